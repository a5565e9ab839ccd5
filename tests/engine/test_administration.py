"""What an administrator does to a running case: with a reason, told in its history, and with rows that stay true."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from engine import administration, calendars, tasks
from engine.database import transaction
from engine.errors import Conflict, Invalid, NotFound
from engine.identity import Actor
from engine.models import (
    Deadline,
    DeadlineState,
    InstanceState,
    Job,
    JobState,
    ProcessInstance,
    TaskState,
    UserTask,
)
from tests.engine.office import WHY, Office


def test_what_an_administrator_does_exists_for_nobody_else(office: Office) -> None:
    office.ada = office.garden.rosa

    for act, more in (
        (administration.suspend, {}), (administration.resume, {}), (administration.terminate, {"confirmation": office.reference}),
        (administration.move, {"token": office.task("dig"), "target": "sow"}), (administration.reschedule, {"job_id": 1, "due": None}),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            office.do(act, **more)
    for look in (administration.overview, administration.find):
        with pytest.raises(NotFound):
            office.read(partial(look, actor=office.garden.rosa, reference=office.reference))
    assert office.case.state is InstanceState.ACTIVE


def test_every_act_needs_a_reason(office: Office) -> None:
    for act, more in (
        (administration.suspend, {}), (administration.terminate, {"confirmation": office.reference}),
        (administration.move, {"token": office.task("dig"), "target": "sow"}),
        (administration.reschedule, {"job_id": office.timer("nudge").id, "due": None}),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            office.do(act, **more, reason="  ")
        assert list(refused.value.problems) == ["reason"]
    with pytest.raises(Invalid, match="at most 2,000 characters"):
        office.do(administration.suspend, reason="x" * 2_001)
    office.agree()


def test_what_changed_since_the_page_was_made_is_not_overwritten(office: Office) -> None:
    seen = office.case.version
    office.do(administration.move, office.task("dig"), "sow", seen=seen)

    for act, more in ((administration.suspend, {}), (administration.terminate, {"confirmation": office.reference})):
        with pytest.raises(Conflict, match="Someone else changed this case"):
            office.do(act, **more, seen=seen)
    assert office.case.state is InstanceState.ACTIVE


def test_of_two_administrators_at_once_one_is_told(office: Office) -> None:
    seen, token = office.case.version, office.task("dig")

    def attempt(target: str) -> str:
        try:
            with transaction(office.garden.sessions) as session:
                administration.move(session, office.ada, office.reference, token, target, reason=WHY, seen=seen)
        except Conflict:
            return "too late"
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, ["sow", "water"])) == ["done", "too late"]
    office.agree()


# Moving a token


def test_a_move_says_first_what_it_skips_and_then_does_it(office: Office) -> None:
    token = office.task("dig")
    path, foreseen = office.read(lambda s: administration.foresee_move(s, office.ada, office.reference, token, "water"))
    assert path.skipped == ["Dig it over", "Sow"]
    assert [wait.name for wait in foreseen.tasks] == ["Dig it over"]
    assert (foreseen.deadlines, foreseen.timers, foreseen.ends) == (["Decision"], ["nudge"], False)
    assert [wait.name for wait in foreseen.steps] == ["Water"]
    assert office.open_tasks() == ["dig"]

    office.do(administration.move, token, "water")

    assert office.open_tasks() == ["water"]
    assert [deadline.state for deadline in office.rows(Deadline)] == [DeadlineState.WITHDRAWN]
    assert office.rows(Job, job_type="timer", state=JobState.WAITING) == []
    [told] = office.told("token_moved")
    assert told == {"name": "Dig it over", "to": "water", "to_name": "Water", "reason": WHY}


def test_a_move_back_says_what_happens_again(office: Office) -> None:
    office.garden.complete("dig")
    office.garden.complete("sow")

    path, foreseen = office.read(lambda s: administration.foresee_move(s, office.ada, office.reference, office.task("water"), "dig"))

    assert (path.skipped, path.repeated) == ([], ["Dig it over", "Sow", "Water"])
    assert [wait.name for wait in foreseen.steps] == ["Dig it over"]
    office.do(administration.move, office.task("water"), "dig")
    assert [d.state for d in office.rows(Deadline)] == [DeadlineState.MET, DeadlineState.RUNNING]


def test_a_move_to_the_end_says_that_the_case_is_closed(office: Office) -> None:
    _, foreseen = office.read(lambda s: administration.foresee_move(s, office.ada, office.reference, office.task("dig"), "end"))
    assert foreseen.ends

    office.do(administration.move, office.task("dig"), "end")

    assert office.case.state is InstanceState.COMPLETED


def test_a_move_to_where_no_token_may_go_is_refused_with_a_sentence(office: Office) -> None:
    for target, why in (("by", "on the border"), ("nowhere", "not drawn beside"), ("", "Choose where")):
        with pytest.raises(Invalid, match=why) as refused:
            office.do(administration.move, office.task("dig"), target)
        assert list(refused.value.problems) == ["target"]
    with pytest.raises(Conflict, match="This step is over"):
        office.do(administration.move, UUID(int=1), "sow")
    assert office.open_tasks() == ["dig"]


def test_the_overview_tells_where_the_tokens_stand_and_where_they_can_go(office: Office) -> None:
    seen = office.read(lambda s: administration.overview(s, office.ada, office.reference))

    [step] = seen.steps
    assert step.sentence.startswith("Waits for “Dig it over”")
    assert [(timer.job.element_id, timer.beside, bool(timer.deadline)) for timer in seen.timers] == [
        ("nudge", "Dig it over", False), ("by", "Dig it over", True),
    ]  # fmt: skip
    [instance, at] = office.read(lambda s: administration.step_at(s, office.ada, office.reference, step.stands.token))
    found = office.read(lambda s: administration.destinations(s, s.get_one(ProcessInstance, instance.id), at.stands))
    assert [place.name for place in found] == ["Asked", "Dig it over", "Send a reminder", "Sow", "Water", "end"]


# Rescheduling a timer


def test_a_deadline_that_is_rescheduled_keeps_both_dates_and_who_and_why(office: Office, ada: Actor) -> None:
    [before] = office.rows(Deadline)
    day = before.due_on + timedelta(days=14)

    office.do(administration.reschedule, office.timer("by").id, due=day)

    [after] = office.rows(Deadline)
    [change] = after.changes
    assert (after.due_on, after.state) == (day, DeadlineState.RUNNING)
    assert after.counting == f"{before.counting}; moved to {calendars.say_date(day)}"
    assert (change["from"], change["to"], change["by"], change["reason"]) == (before.due_on.isoformat(), day.isoformat(), str(ada.id), WHY)
    office.garden.later(days=10)
    assert office.rows(Deadline)[0].state is DeadlineState.RUNNING
    office.garden.later(days=14)
    assert office.rows(Deadline)[0].state is DeadlineState.MISSED
    [told] = office.told("timer_rescheduled")
    assert (told["before"], told["after"]) == (before.due_on.isoformat(), day.isoformat())


def test_a_deadline_moved_twice_keeps_how_it_was_counted_once(office: Office) -> None:
    [before] = office.rows(Deadline)
    for days in (14, 20):
        office.do(administration.reschedule, office.timer("by").id, due=before.due_on + timedelta(days=days))

    [after] = office.rows(Deadline)
    assert after.counting.count("moved to") == 1
    assert [change["from"] for change in after.changes] == [before.due_on.isoformat(), (before.due_on + timedelta(days=14)).isoformat()]


def test_a_timer_is_rescheduled_to_a_moment_or_to_now(office: Office) -> None:
    job = office.timer("nudge")
    later = office.garden.now + timedelta(days=3)
    office.do(administration.reschedule, job.id, due=later)
    assert office.timer("nudge").due_at == later
    office.garden.later(days=2.5)
    assert office.rows(Job, element_id="remind") == []

    office.do(administration.reschedule, job.id, due=None)
    office.garden.later(seconds=1)

    assert len(office.rows(Job, element_id="remind")) == 1
    assert office.timer("nudge").id != job.id


def test_a_timer_is_not_rescheduled_to_what_is_over_nor_a_deadline_to_an_hour(office: Office) -> None:
    past = office.garden.now - timedelta(hours=1)
    for element_id, due, why in (
        ("nudge", past, "This moment is over"), ("by", past.date() - timedelta(days=1), "moved into the past"),
        ("by", None, "a deadline is a day"), ("by", past, "a deadline is a day"),
    ):  # fmt: skip
        with pytest.raises(Invalid, match=why) as refused:
            office.do(administration.reschedule, office.timer(element_id).id, due=due)
        assert list(refused.value.problems) == ["due"]
    office.agree()


def test_a_timer_that_runs_no_more_cannot_be_rescheduled(office: Office, ada: Actor) -> None:
    job = office.timer("nudge")
    other = Office(office.garden, ada)
    with pytest.raises(Conflict, match="no longer running"):
        other.do(administration.reschedule, job.id, due=None)
    office.garden.complete("dig")

    with pytest.raises(Conflict, match="no longer running"):
        office.do(administration.reschedule, job.id, due=None)


# Terminating


def test_a_terminated_case_has_nothing_open_and_says_who_and_why(office: Office) -> None:
    office.garden.later(days=2.5)

    office.do(administration.terminate, confirmation=f" {office.reference.lower()} ")

    case = office.case
    assert (case.state, case.ended_at is not None) == (InstanceState.TERMINATED, True)
    assert [task.state for task in office.rows(UserTask)] == [TaskState.CANCELLED]
    assert {deadline.state for deadline in office.rows(Deadline)} == {DeadlineState.TERMINATED}
    assert office.told("case_terminated") == [{"reason": WHY}]
    assert office.garden.waiting(office.id) == []
    with pytest.raises(Conflict, match="This case has ended"):
        office.do(administration.terminate, confirmation=office.reference)
    with pytest.raises(Conflict, match="This case has ended"):
        office.do(administration.suspend)


def test_a_missed_deadline_of_a_terminated_case_stays_missed_and_no_longer_counts(office: Office) -> None:
    office.garden.later(days=9)

    office.do(administration.terminate, confirmation=office.reference)

    [deadline] = office.rows(Deadline)
    assert deadline.state is DeadlineState.MISSED
    assert deadline.ended_at is not None


def test_terminating_needs_the_reference_of_this_very_case(office: Office) -> None:
    with pytest.raises(Invalid) as refused:
        office.do(administration.terminate, confirmation="G-OTHER", reason="")

    assert sorted(refused.value.problems) == ["confirmation", "reason"]
    assert office.reference in refused.value.problems["confirmation"]
    assert office.case.state is InstanceState.ACTIVE


def test_a_suspended_case_can_be_terminated(office: Office) -> None:
    office.do(administration.suspend)

    office.do(administration.terminate, confirmation=office.reference)

    assert (office.case.state, office.case.suspended_at) == (InstanceState.TERMINATED, None)


def test_a_task_of_a_terminated_case_says_that_it_is_no_longer_needed(office: Office) -> None:
    token = office.task("dig")
    office.do(administration.terminate, confirmation=office.reference)

    with pytest.raises(Conflict, match="no longer needed"), transaction(office.garden.sessions) as session:
        tasks.complete(session, office.garden.rosa, token, {})
