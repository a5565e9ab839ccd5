"""My tasks and the page of a task."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest

from engine import clock, database, drafts, tasks
from engine.declared_procedure import Procedure
from engine.models import Candidate, Deadline, UserTask
from tests.visitors import Visitor
from tests.web.errands import Errands
from web.tasks.views import deadlines_of

SignIn = Callable[..., Visitor]
FILLED = {"f-note": "Easy", "f-looked_on-day": "3", "f-looked_on-month": "3", "f-looked_on-year": "2026"}
DONE = "Complete this task"


def titles(visitor: Visitor) -> list[str]:
    return [" ".join(link.text_content().split()) for link in visitor.page.xpath("//h3/a")]


def groups(visitor: Visitor) -> list[str]:
    return [" ".join(heading.text_content().split()) for heading in visitor.page.xpath("//main//h2")]


def test_an_empty_list_says_so_kindly(errands: Errands, sign_in: SignIn) -> None:
    una = sign_in(errands.stranger).open("/tasks")

    assert "You are up to date" in una.text
    assert titles(una) == []


def test_a_task_is_on_the_list_of_those_who_may_do_it_only(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()

    assert titles(sign_in(errands.leila).open("/tasks")) == ["Look into it"]
    assert reference in sign_in(errands.leila).open("/tasks").text
    assert titles(sign_in(errands.iain).open("/tasks")) == []


def test_tasks_stand_in_groups_by_how_urgent_they_are(errands: Errands, sign_in: SignIn) -> None:
    with clock.moved_to(clock.now() - timedelta(days=10)):
        errands.ask()
    errands.ask()

    leila = sign_in(errands.leila).open("/tasks")

    assert groups(leila) == ["Overdue 1 task", "Due in the next 7 days 1 task"]
    assert "7 days overdue" in leila.text.lower()
    assert "due in 3 days" in leila.text.lower()
    assert leila.page.xpath("string(//title)").strip().startswith("My tasks (2)")


def test_the_list_can_be_searched_and_narrowed(errands: Errands, sign_in: SignIn) -> None:
    mine, free = errands.ask(), errands.ask()
    leila = sign_in(errands.leila)
    leila.open(errands.page(mine)).send(form="//form[contains(@action, '/claim')]")

    assert mine in leila.open("/tasks?whose=mine").text
    assert free not in leila.text
    assert free in leila.open("/tasks?whose=roles").text
    assert mine not in leila.page.xpath("string(//main)")
    assert titles(leila.open(f"/tasks?search={free.lower()}")) == ["Look into it"]
    assert "No task fits" in leila.open("/tasks?search=nothing").text


@pytest.mark.parametrize("sort", ["due", "-due", "reference", "-reference", "task", "stage", "nonsense"])
def test_the_list_can_be_sorted_by_links(errands: Errands, sign_in: SignIn, sort: str) -> None:
    references = sorted([errands.ask(), errands.ask()], reverse=sort == "-reference")

    leila = sign_in(errands.leila).open(f"/tasks?sort={sort}")

    shown = [" ".join(place.text_content().split()) for place in leila.page.xpath("//*[contains(@class, 'app-task__reference')]")]
    assert sorted(shown) == sorted(references)
    if "reference" in sort:
        assert shown == references


def test_the_page_says_what_is_asked_why_and_by_when(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()

    leila = sign_in(errands.leila).open(errands.page(reference))

    assert "so that nobody runs for nothing (section 1)" in leila.text
    assert reference in leila.text
    assert "Received" in leila.text
    assert "7 calendar days from" in leila.text
    assert "It can be done by: Clerk" in leila.text
    assert leila.page.xpath("count(//h1)") == 1
    assert leila.page.xpath("string(//title)").endswith("– Casework")


def test_completing_a_task_says_what_happens_next(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()

    leila = sign_in(errands.leila).open(errands.page(reference)).send(FILLED, button=DONE)

    assert leila.answer.status_code == 200
    assert "that is done" in leila.text
    assert "The North Office is asked to run." in leila.text
    assert "something more for you" in leila.text
    assert titles(leila) == ["Run the errand"]
    assert titles(sign_in(errands.iain).open("/tasks")) == ["Run the errand"]


def test_what_happens_next_tells_nothing_of_the_case_to_those_who_may_not_see_it(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    sign_in(errands.leila).open(errands.page(reference)).send(FILLED, button=DONE)

    iain = sign_in(errands.iain).open(errands.page(reference)).send({"f-how": "Well"}, button=DONE)

    assert "that is done" in iain.text
    assert "how the case stands" not in iain.text
    assert iain.links("Look at the case") == []


def test_wrong_answers_are_told_and_kept(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()

    leila = (
        sign_in(errands.leila).open(errands.page(reference)).send(FILLED | {"f-looked_on-day": "31", "f-looked_on-month": "2"}, button=DONE)
    )

    assert leila.answer.status_code == 422
    assert len(leila.problems) == 1
    assert leila.page.xpath("string(//title)").startswith("Error: ")
    assert leila.page.xpath("string(//textarea)").strip() == "Easy"
    assert leila.page.xpath("string(//input[@name='f-looked_on-day']/@value)") == "31"


def test_a_half_filled_form_is_saved_for_later(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()

    leila = sign_in(errands.leila).open(errands.page(reference)).send({"f-note": "Half"}, button="Save and come back later")

    assert "is saved" in leila.text
    morag = sign_in(errands.morag).open(errands.page(reference))
    assert morag.page.xpath("string(//textarea)").strip() == "Half"
    assert "by Leila Khan" in morag.text


def test_two_people_with_one_form_see_each_others_changes_field_by_field(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    leila, morag = sign_in(errands.leila).open(errands.page(reference)), sign_in(errands.morag).open(errands.page(reference))
    morag.send({"f-note": "Hard", "f-remark": "Mind the dog"}, button="Save and come back later")

    leila.send(FILLED, button=DONE)

    assert leila.answer.status_code == 409
    assert leila.text.count("Morag Bell changed this") == 2, "what she left empty is no change"
    assert "Hard" in leila.text
    assert leila.page.xpath("string(//textarea[@name='f-note'])").strip() == "Easy", "Leila’s own words stand"
    assert leila.page.xpath("string(//input[@name='f-remark']/@value)") == "Mind the dog", "what only Morag typed is kept"
    leila.send(button=DONE)
    assert "that is done" in leila.text


def test_a_task_that_was_done_meanwhile_keeps_what_was_typed(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    page = errands.page(reference)
    leila, morag = sign_in(errands.leila).open(page), sign_in(errands.morag).open(page)
    leila.client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    morag.send(FILLED, button=DONE)

    leila.send(FILLED | {"f-note": "Mine"}, button=DONE)

    assert leila.answer.status_code == 409
    assert "Morag Bell did this task" in leila.text
    assert "Mine" in leila.text


def test_an_enormous_file_is_refused_and_the_rest_is_kept(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    huge = (io.BytesIO(b"%PDF-" + b"0" * 30_000_000), "huge.pdf")

    leila = sign_in(errands.leila).open(errands.page(reference)).send(FILLED | {"f-look_papers": huge}, button=DONE)

    assert leila.answer.status_code == 422
    assert leila.problems == ["“huge.pdf” is larger than 10 MB. Attach a smaller file"]
    assert leila.page.xpath("string(//textarea)").strip() == "Easy"


def test_a_file_is_attached_with_the_answers(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    page = errands.page(reference)
    note = (io.BytesIO(b"A note."), "note.txt")

    leila = sign_in(errands.leila).open(page).send({"f-look_papers": note}, button="Save and come back later").open(page)

    assert "note.txt" in leila.text
    leila.send(button="Take away")
    assert "note.txt" not in leila.text


def test_long_texts_and_scripts_come_back_as_they_were_typed(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    text = "<script>alert(1)</script> & “ok” " + "x" * 200_000

    leila = (
        sign_in(errands.leila)
        .open(errands.page(reference))
        .send({"f-note": text}, button="Save and come back later")
        .open(errands.page(reference))
    )

    assert leila.page.xpath("string(//textarea)").strip() == text
    assert leila.page.xpath("//script[contains(text(), 'alert')]") == []


def test_a_draft_is_saved_by_script_and_tells_what_others_changed(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    page = errands.page(reference)
    leila, morag = sign_in(errands.leila).open(page), sign_in(errands.morag).open(page)

    saved = autosave(leila, page, 0, {"f-note": ["First"]})
    answer = autosave(morag, page, 0, {"f-remark": ["Also"]}).get_json()

    assert saved.get_json()["theirs"] == {}
    assert answer["theirs"]["f-note"]["values"] == ["First"]
    assert answer["theirs"]["f-note"]["by"] == "Leila Khan"
    assert answer["clashes"] == {}


def autosave(visitor: Visitor, page: str, seen: int, fields: dict[str, list[str]]):
    token = visitor.page.xpath("string(//main//input[@name='csrf_token']/@value)")
    return visitor.client.post(f"{page}/draft", json={"seen": seen, "fields": fields}, headers={"X-CSRFToken": token})


@pytest.mark.parametrize("body", [[], {"fields": []}, {"fields": {"f-note": 3}, "seen": "x"}, {"fields": {"f-note": [1, None]}}])
def test_a_draft_that_makes_no_sense_harms_nothing(errands: Errands, sign_in: SignIn, body: object) -> None:
    page = errands.page(errands.ask())
    leila = sign_in(errands.leila).open(page)
    token = leila.page.xpath("string(//main//input[@name='csrf_token']/@value)")

    answer = leila.client.post(f"{page}/draft", json=body, headers={"X-CSRFToken": token})

    assert answer.status_code in (200, 400, 422)
    assert answer.is_json


def test_files_are_attached_by_script(errands: Errands, sign_in: SignIn) -> None:
    page = errands.page(errands.ask())
    leila = sign_in(errands.leila).open(page)
    token = leila.page.xpath("string(//main//input[@name='csrf_token']/@value)")

    def post(**data: object):
        return leila.client.post(
            f"{page}/files", data={"csrf_token": token, "field": "f-look_papers", **data}, headers={"Accept": "application/json"}
        )

    [file] = post(file=(io.BytesIO(b"A note."), "note.txt")).get_json()["files"]
    refused = post(file=(io.BytesIO(b"MZ\x00\x00"), "virus.exe"))

    assert file["name"] == "note.txt"
    assert refused.status_code == 422
    assert "virus.exe" in refused.get_json()["problem"]
    assert post(take_away=file["id"]).get_json()["files"] == []


def test_a_task_is_taken_on_given_back_and_given_to_a_colleague(errands: Errands, sign_in: SignIn) -> None:
    leila = sign_in(errands.leila).open(errands.page(errands.ask()))

    leila.send(form="//form[contains(@action, '/claim')]")
    assert "Assigned to you" in leila.text
    leila.send(form="//form[contains(@action, '/release')]")
    assert "Nobody has taken this on yet" in leila.text
    leila.send({"person": str(errands.morag.id)}, form="//form[contains(@action, '/assign')]")
    assert "Assigned to Morag Bell" in leila.text


@pytest.mark.parametrize("chosen", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_task_is_given_only_to_somebody_who_may_do_it(errands: Errands, sign_in: SignIn, chosen: str) -> None:
    leila = sign_in(errands.leila).open(errands.page(errands.ask()))

    leila.send({"person": chosen}, form="//form[contains(@action, '/assign')]")

    assert leila.answer.status_code == 422
    assert len(leila.problems) == 1


def test_a_task_can_be_put_by_until_a_day(errands: Errands, sign_in: SignIn, sessions: database.Sessions) -> None:
    page = errands.page(errands.ask())
    leila, later = sign_in(errands.leila).open(page), clock.today() + timedelta(days=2)
    day = {"follow_up-day": str(later.day), "follow_up-month": str(later.month), "follow_up-year": str(later.year)}

    leila.send(day, form="//form[contains(@action, '/follow-up')]")

    assert groups(leila.open("/tasks")) == ["To come back to later 1 task"]
    leila.open(page).send(dict.fromkeys(day, ""), form="//form[contains(@action, '/follow-up')]")
    assert groups(leila.open("/tasks")) == ["Due in the next 7 days 1 task"]


def test_an_impossible_follow_up_date_is_told_and_kept(errands: Errands, sign_in: SignIn) -> None:
    leila = sign_in(errands.leila).open(errands.page(errands.ask()))

    leila.send({"follow_up-day": "31", "follow_up-month": "2", "follow_up-year": "2026"}, form="//form[contains(@action, '/follow-up')]")

    assert leila.answer.status_code == 422
    assert "real date" in leila.problems[0]
    assert leila.page.xpath("string(//input[@name='follow_up-day']/@value)") == "31"


@pytest.mark.parametrize("what", ["", "/draft", "/files", "/claim", "/release", "/assign", "/follow-up"])
def test_nobody_does_anything_with_a_task_of_someone_elses(errands: Errands, sign_in: SignIn, what: str) -> None:
    page = errands.page(errands.ask())
    iain = sign_in(errands.iain).open("/tasks")
    token = iain.page.xpath("string(//input[@name='csrf_token']/@value)")

    answer = iain.client.post(f"{page}{what}", data={"csrf_token": token})

    assert answer.status_code == 404
    assert iain.open(f"{page}/done").answer.status_code == 404


def test_a_prefilled_form_sent_untouched_is_no_change(errands: Errands, sessions: database.Sessions, sign_in: SignIn) -> None:
    reference = errands.ask()
    page = errands.page(reference)
    leila, morag = sign_in(errands.leila).open(page), sign_in(errands.morag).open(page)
    morag.send({"f-remark": "Mind the dog"}, button="Save and come back later")

    leila.send(button="Save and come back later")

    assert draft_of(sessions, errands, reference) == {"f-remark": ["Mind the dog"]}


def draft_of(sessions: database.Sessions, errands: Errands, reference: str) -> dict[str, list[str]]:
    with database.transaction(sessions, reading=True) as db:
        draft = drafts.of_task(db, db.get_one(UserTask, errands.task(reference)))
        assert draft is not None
        return drafts.raw_of(draft)


def test_the_list_is_one_of_tasks_that_can_be_done_now(errands: Errands, sessions: database.Sessions, sign_in: SignIn) -> None:
    reference = errands.ask()
    with database.transaction(sessions) as db:
        tasks.complete_with(db, errands.leila, errands.task(reference), {"note": "Done", "looked_on": "2026-03-03"})

    assert titles(sign_in(errands.leila).open("/tasks")) == ["Run the errand"]


@pytest.mark.parametrize(
    ("may_see_case", "shown"),
    [(True, ["of the case", "of this task", "of the North Office"]), (False, ["of this task", "of the North Office"])],
    ids=["who may see the case", "who may not"],
)
def test_the_page_shows_no_deadline_of_somebody_elses_part(may_see_case: bool, shown: list[str]) -> None:
    task = UserTask(process_key="errand", element_id="run_it", subject="North Office")
    of_case = Deadline(name="of the case", process_key="errand", host_element_id="errand", subject="")
    of_task = Deadline(name="of this task", process_key="errand", host_element_id="run_it", subject="")
    of_north = Deadline(name="of the North Office", process_key="errand", host_element_id="offices", subject="North Office")
    of_south = Deadline(name="of the South Office", process_key="errand", host_element_id="offices", subject="South Office")
    opened = tasks.OpenTask(task, None, {}, None, [of_case, of_task, of_north, of_south], Procedure("errand", "Errands"))

    assert [deadline.name for deadline in deadlines_of(opened, may_see_case)] == shown


def test_what_is_asked_of_one_person_by_name_is_not_offered_to_be_taken_on(
    errands: Errands, sessions: database.Sessions, sign_in: SignIn
) -> None:
    reference = errands.ask()
    with database.transaction(sessions) as db:
        db.get_one(UserTask, errands.task(reference)).candidates = [Candidate(kind="person", name=errands.leila.email)]

    leila = sign_in(errands.leila).open("/tasks")
    assert "Asked of you" in leila.text
    assert "Take this on" not in leila.text

    leila.open(errands.page(reference))
    assert "It is asked of you by name" in leila.text
    assert "Take this on" not in leila.text
