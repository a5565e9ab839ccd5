"""Managing a case, for administrators: what waits in it, and each thing that can be done, said before it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from engine import administration, calendars, clock, database
from engine.identity import Actor
from engine.models import Deadline, InstanceState, Job, JobState
from tests.engine.office import ARROWS, BODY, Office
from tests.engine.standing import Garden, bundle
from tests.visitors import Visitor
from web.dates import say_date

SignIn = Callable[[Actor], Visitor]
WHY = "The council asked for it."


@pytest.fixture
def office(sessions: database.Sessions, person: Callable[..., Actor]) -> Office:
    garden = Garden(sessions, bundle(BODY, ARROWS))
    garden.now = clock.now()
    return Office(garden, person("Ada Low", "administrator"))


@pytest.fixture
def ada(office: Office, sign_in: SignIn) -> Visitor:
    """The administrator at the case's page."""
    return sign_in(office.ada).open(f"/cases/{office.reference}/manage")


def test_the_page_tells_what_waits_and_what_can_be_done(office: Office, ada: Visitor) -> None:
    assert f"Manage case {office.reference}" in ada.text
    assert "Waits for “Dig it over” from Secretary" in ada.text
    assert "Deadline: 7 calendar days from" in ada.text
    assert "nudge, beside “Dig it over”" in ada.text
    assert len(ada.links("Reschedule")) == 2
    assert [bool(ada.links(words)) for words in ("Put it on hold", "Terminate it", "Let it go on", "Open the case")] == [
        True,
        True,
        False,
        False,
    ]


def test_managing_a_case_exists_for_administrators_only(office: Office, ada: Visitor, sign_in: SignIn) -> None:
    rosa = sign_in(office.garden.rosa)
    token = rosa.open("/tasks").page.xpath("string(//input[@name='csrf_token']/@value)")

    for path in ("", "/suspend", "/resume", "/terminate", f"/timers/{office.timer('by').id}", f"/tokens/{office.task('dig')}"):
        assert rosa.open(f"/cases/{office.reference}/manage{path}").answer.status_code == 404, path
        sent = rosa.client.post(f"/cases/{office.reference}/manage{path}", data={"csrf_token": token, "reason": WHY, "target": "sow"})
        assert sent.status_code in (404, 405), path
    assert rosa.open(f"/cases/{office.reference}").links("Manage this case") == []
    assert ada.open("/cases/NOBODY/manage").answer.status_code == 404


def test_an_administrator_who_may_open_the_case_goes_there_from_it(office: Office, person: Callable[..., Actor], sign_in: SignIn) -> None:
    bea = sign_in(person("Bea Both", "administrator", "secretary")).open(f"/cases/{office.reference}")

    bea.open(bea.links("Manage this case")[0])

    assert bea.links("Open the case") == [f"/cases/{office.reference}"]


def test_a_token_is_moved_after_reading_what_that_does(office: Office, ada: Visitor) -> None:
    ada.open(ada.links("Move on or back")[0])
    ada.open(f"{ada.answer.request.path}?target=water")
    assert "Will not happen “Dig it over” “Sow” Tasks taken back “Dig it over” Deadlines cancelled “Decision”" in ada.text
    assert "Will be waited for “Water”" in ada.text
    assert office.open_tasks() == ["dig"]

    ada.send({"reason": ""})
    assert ada.problems == ["Say why, so that others can understand it later."]
    ada.send({"reason": WHY})

    assert "The case was moved." in ada.text
    assert office.open_tasks() == ["water"]


def test_a_token_is_not_moved_where_it_cannot_go(office: Office, ada: Visitor) -> None:
    ada.open(ada.links("Move on or back")[0])
    page = ada.answer.request.path

    assert ada.open(f"{page}?target=").problems == ["Choose where the case should go on."]
    assert ada.open(f"{page}?target=by").problems[0].startswith("“by” is on the border of an activity")
    assert ada.open(f"{page}?target=nowhere").problems[0].startswith("“nowhere” is not drawn beside the step")


def test_what_moved_since_the_page_was_made_is_said_and_the_reason_kept(office: Office, ada: Visitor) -> None:
    ada.open(f"/cases/{office.reference}/manage/tokens/{office.task('dig')}?target=water")
    office.garden.complete("dig")

    ada.send({"reason": WHY})

    assert ada.answer.status_code == 409
    assert "Someone else changed this case" in ada.text
    assert office.open_tasks() == ["sow"]
    assert "This step is over." in ada.open(f"/cases/{office.reference}/manage/tokens/{UUID(int=1)}").text
    assert f"Manage case {office.reference}" in ada.text


def test_a_deadline_is_moved_to_a_day(office: Office, ada: Visitor) -> None:
    day = clock.today() + timedelta(days=20)
    ada.open(f"/cases/{office.reference}/manage/timers/{office.timer('by').id}")

    ada.send({"due-day": "31", "due-month": "2", "due-year": "2027", "reason": ""})
    assert ada.problems == ["Enter the new date as a real date, like 27 3 2026", "Say why, so that others can understand it later."]
    assert ada.page.xpath("//input[@name='due-day']/@value") == ["31"]
    ada.send({"due-day": str(day.day), "due-month": str(day.month), "due-year": str(day.year), "reason": WHY})

    assert "“Decision” is rescheduled." in ada.text
    [deadline] = office.rows(Deadline)
    assert deadline.due_on == day
    assert f"moved to {say_date(day)}" in ada.text


def test_a_timer_is_put_off_to_a_time_of_day_in_this_country_or_made_due_now(office: Office, ada: Visitor) -> None:
    job = office.timer("nudge").id
    page = f"/cases/{office.reference}/manage/timers/{job}"
    july = {"due-day": "1", "due-month": "7", "due-year": "2030", "reason": WHY}

    assert ada.open(page).send({"reason": WHY}).problems == ["Choose whether it is due now or later."]
    assert ada.send({"when": "at", "time": "25:00", "reason": ""}).problems == [
        "Enter the day on which it is due.", "Enter the time like 9:30am or 14:30", "Say why, so that others can understand it later.",
    ]  # fmt: skip
    ada.send({"when": "at", "time": "2.30pm"} | july)
    assert office.timer("nudge").due_at == calendars.instant("2030-07-01T14:30:00")
    assert "1 July 2030 at 2:30pm" in ada.text

    ada.open(page).send({"when": "now", "reason": WHY})
    assert office.timer("nudge").due_at <= clock.now()


@pytest.mark.parametrize(("typed", "told"), [("9", "9:00am"), ("12am", "12:00am"), ("12:05 PM", "12:05pm"), ("14.30", "2:30pm")])
def test_a_time_may_be_typed_in_several_ways(office: Office, ada: Visitor, typed: str, told: str) -> None:
    ada.open(f"/cases/{office.reference}/manage/timers/{office.timer('nudge').id}")

    ada.send({"when": "at", "time": typed, "due-day": "1", "due-month": "7", "due-year": "2030", "reason": WHY})

    assert f"1 July 2030 at {told}" in ada.text


def test_a_timer_that_has_fired_meanwhile_is_said_to_have(office: Office, ada: Visitor) -> None:
    job = office.timer("nudge").id
    office.garden.complete("dig")

    assert "This timer is no longer running." in ada.open(f"/cases/{office.reference}/manage/timers/{job}").text
    assert f"Manage case {office.reference}" in ada.text


def test_a_case_is_put_on_hold_and_goes_on(office: Office, ada: Visitor, sign_in: SignIn) -> None:
    ada.open(ada.links("Put it on hold")[0])
    assert "Deadlines go on counting." in ada.text
    ada.send({"reason": WHY})
    assert "The case is on hold. Its deadlines go on counting." in ada.text
    assert office.case.state is InstanceState.SUSPENDED

    rosa = sign_in(office.garden.rosa)
    assert "On hold since" in rosa.open("/board").text
    assert "On hold" in rosa.open("/tasks").text
    page = rosa.open(f"/cases/{office.reference}")
    assert "On hold" in page.text
    assert "if nothing happens" not in page.text
    assert page.links("Look at this task")

    ada.open(ada.links("Let it go on")[0]).send({"reason": "It was clarified."})
    assert "The case goes on." in ada.text
    story = rosa.open(f"/cases/{office.reference}/timeline").text
    assert f"Ada Low put the case on hold. Why: {WHY}" in story
    assert "Ada Low let the case go on. Why: It was clarified." in story


def test_a_deadline_says_for_how_long_the_case_was_on_hold_and_why_it_is_no_longer_needed(office: Office, sign_in: SignIn) -> None:
    office.do(administration.suspend)
    office.garden.later(days=2)
    office.do(administration.resume)
    office.do(administration.move, office.task("dig"), "sow")

    with clock.moved_to(office.garden.now):
        page = sign_in(office.garden.rosa).open(f"/cases/{office.reference}")

    deadline = " ".join(page.page.xpath("//*[contains(@class, 'app-deadlines')]")[0].text_content().split())
    assert "The case was on hold on 2 of these days." in deadline
    assert f"Why it is no longer needed: {WHY} (Ada Low" in deadline
    assert "No longer needed since" in deadline


def test_what_is_typed_in_a_task_on_hold_is_kept_and_can_be_sent_later(office: Office, ada: Visitor, sign_in: SignIn) -> None:
    rosa = sign_in(office.garden.rosa).open(f"/tasks/{office.task('dig')}")
    ada.open(ada.links("Put it on hold")[0]).send({"reason": WHY})

    rosa.send({"f-note": "Half of it is stones."}, form="//form[.//*[@name='f-note']]")

    assert rosa.answer.status_code == 409
    assert "This case is on hold" in rosa.text
    assert "What you typed is kept" in rosa.text
    assert office.open_tasks() == ["dig"]
    again = rosa.open(f"/tasks/{office.task('dig')}")
    assert again.page.xpath("//*[@name='f-note']/@value") == ["Half of it is stones."]
    ada.open(ada.links("Let it go on")[0]).send({"reason": WHY})
    again.send(form="//form[.//*[@name='f-note']]")
    assert office.open_tasks() == ["sow"]


def test_a_case_is_terminated_after_typing_its_reference(office: Office, ada: Visitor, sign_in: SignIn) -> None:
    ada.open(ada.links("Terminate it")[0])
    assert "This is final." in ada.text
    assert "Tasks taken back “Dig it over”" in ada.text

    ada.send({"reason": WHY, "confirmation": "PLOT"})
    assert ada.problems == [f"Type the reference of this case, {office.reference}, to confirm that it is the one you mean."]
    ada.send({"reason": WHY, "confirmation": office.reference})

    assert "The case is terminated." in ada.text
    assert "Nothing is left to manage." in ada.text
    rosa = sign_in(office.garden.rosa)
    assert f"Ada Low terminated the case. Why: {WHY}" in rosa.open(f"/cases/{office.reference}/timeline").text
    page = rosa.open(f"/cases/{office.reference}").text
    assert "Terminated" in page
    assert "Ended with the case" in page
    assert {job.state for job in office.rows(Job)} == {JobState.CANCELLED}
    assert ada.open(f"/cases/{office.reference}/manage/terminate").answer.status_code == 200
    assert "This case has ended already." in ada.text


def test_the_timeline_tells_what_administrators_did_and_why(office: Office, ada: Visitor, sign_in: SignIn) -> None:
    page, day = f"/cases/{office.reference}/manage", clock.today() + timedelta(days=20)
    ada.open(f"{page}/timers/{office.timer('by').id}").send(
        {"due-day": str(day.day), "due-month": str(day.month), "due-year": str(day.year), "reason": WHY}
    )
    ada.open(f"{page}/tokens/{office.task('dig')}?target=water").send({"reason": WHY})

    story = sign_in(office.garden.rosa).open(f"/cases/{office.reference}/timeline").text

    assert f"Ada Low moved the case from “Dig it over” to “Water”. Why: {WHY}" in story
    assert f"Ada Low rescheduled “Decision” to {say_date(day)}. Why: {WHY}" in story
