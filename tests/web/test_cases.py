"""The page of a case: where it stands, its diagram in words, and behind a click what people wrote."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from engine import clock, database, deployments, jobs, tasks
from engine.models import Deadline, DeadlineState, Document, ProcessInstance, Submission
from tests.drawing import drawn
from tests.visitors import Visitor
from tests.web.errands import FOLDER, Errands

SignIn = Callable[..., Visitor]
FILLED = {"f-note": "It is a heavy one", "f-looked_on-day": "3", "f-looked_on-month": "3", "f-looked_on-year": "2026"}
DONE = "Complete this task"


def section(visitor: Visitor, heading: str) -> str:
    """What the page says under a heading."""
    (found,) = visitor.page.xpath(f"//main//*[self::section or self::div][*[self::h2 or self::h3][normalize-space()='{heading}']]")
    return " ".join(found.text_content().split())


def looked_into(errands: Errands, reference: str, sign_in: SignIn) -> None:
    """Leila looks into an errand, with a paper attached."""
    leila = sign_in(errands.leila).open(errands.page(reference))
    leila.send(FILLED | {"f-look_papers": (io.BytesIO(b"Two stairs up."), "stairs.txt")}, button=DONE)
    assert leila.answer.status_code == 200, leila.text


def test_a_case_says_where_it_stands(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()

    leila = sign_in(errands.leila).open(f"/cases/{reference}")

    assert f"Case {reference}" in leila.text
    assert "Received since" in leila.text
    assert "Waits for “Look into it” from Clerk, since today; due in 3 days" in section(leila, "What it waits for")
    assert "Errands, version 1" in section(leila, "About this case")


def test_who_may_do_what_the_case_waits_for_finds_the_way_there(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()

    assert sign_in(errands.leila).open(f"/cases/{reference}").links("Do this now") == [errands.page(reference)]

    looked_into(errands, reference, sign_in)
    with database.transaction(errands.sessions) as db:
        tasks.claim(db, errands.iain, errands.task(reference))
    leila = sign_in(errands.leila).open(f"/cases/{reference}")
    assert "Waits for “Run the errand” from Iain Fraser" in leila.text


def test_a_case_does_not_exist_for_those_who_may_not_open_it(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    looked_into(errands, reference, sign_in)

    for actor in (errands.iain, errands.stranger):
        visitor = sign_in(actor)
        nothing = visitor.open("/cases/ERR-NONE").text
        for page in ("", "/timeline", "/diagram", "/written", "/written/1"):
            assert visitor.open(f"/cases/{reference}{page}").answer.status_code == 404
            assert visitor.text == nothing
            assert reference not in visitor.text


def test_a_deadline_shows_its_counting_and_how_long_is_left(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    day = clock.today() + timedelta(days=7)

    said = section(sign_in(errands.leila).open(f"/cases/{reference}"), "Deadlines")

    assert "First look" in said
    assert f"7 calendar days from {clock.today().day} {clock.today():%B %Y}, asked → {day.day} {day:%B %Y}" in said
    assert "Due in 7 days" in said


def test_a_missed_deadline_says_why(errands: Errands, sign_in: SignIn) -> None:
    with clock.moved_to(clock.now() - timedelta(days=10)):
        reference = errands.ask()
    jobs.run_due(errands.sessions)

    leila = sign_in(errands.leila)
    assert "3 days overdue" in section(leila.open(f"/cases/{reference}"), "Deadlines")
    assert "No reason has been recorded yet" in leila.text

    with database.transaction(errands.sessions) as db:
        deadline = db.scalars(select(Deadline)).one()
        deadline.reason, deadline.reason_at, deadline.reason_by = "The clerk was ill.", clock.now(), errands.morag.id
    assert "Why it was missed: The clerk was ill. (Morag Bell" in section(leila.open(f"/cases/{reference}"), "Deadlines")

    looked_into(errands, reference, sign_in)
    assert "Missed done on" in section(leila.open(f"/cases/{reference}"), "Deadlines")


def test_a_deadline_that_was_met_says_when(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    looked_into(errands, reference, sign_in)

    assert "Met on" in section(sign_in(errands.leila).open(f"/cases/{reference}"), "Deadlines")


def test_deadlines_that_are_over_are_folded_away_once_there_are_many(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    looked_into(errands, reference, sign_in)
    with database.transaction(errands.sessions) as db:
        met = db.scalars(select(Deadline)).one()
        copied = {
            column.key: getattr(met, column.key) for column in Deadline.__table__.columns if column.key not in ("id", "token", "name")
        }
        for number, state in enumerate([DeadlineState.MET, DeadlineState.MET, DeadlineState.MISSED]):
            db.add(Deadline(**copied | {"token": uuid4(), "name": f"Deadline {number}", "state": state}))

    page = sign_in(errands.leila).open(f"/cases/{reference}")

    named = "h3[contains(@class, 'app-deadline__name')]"
    assert [name.text for name in page.page.xpath(f"//{named}[not(ancestor::details)]")] == ["Deadline 2"]
    assert len(page.page.xpath(f"//details//{named}")) == 3
    assert "3 deadlines met or no longer needed" in page.text


def test_people_are_shown_with_their_part(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    looked_into(errands, reference, sign_in)

    said = section(sign_in(errands.leila).open(f"/cases/{reference}"), "People")

    assert "Clerk asked now Leila Khan, Morag Bell Leila Khan did “Look into it”" in said
    assert "Runner, North Office asked now Iain Fraser" in said


def test_documents_are_listed_and_can_be_taken_away(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    looked_into(errands, reference, sign_in)
    leila = sign_in(errands.leila).open(f"/cases/{reference}")

    address, about = leila.links("stairs.txt")

    assert "14 bytes" in section(leila, "Documents")
    assert leila.client.get(address).data == b"Two stairs up."
    assert about == f"{address}/about"


def test_a_closed_case_says_so(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    looked_into(errands, reference, sign_in)
    with database.transaction(errands.sessions) as db:
        tasks.complete_with(db, errands.leila, errands.task(reference), {})

    leila = sign_in(errands.leila).open(f"/cases/{reference}")

    assert "Closed on" in leila.text
    assert "Nothing. The case was closed on" in section(leila, "What it waits for")


def test_the_diagram_is_there_in_words_and_says_where_the_case_stands(
    errands: Errands, sign_in: SignIn, sessions: database.Sessions
) -> None:
    files = deployments.read([FOLDER])
    with database.transaction(sessions) as db:
        deployments.deploy(db, files | {"errand.bpmn": drawn(files["errand.bpmn"])})
    reference = errands.ask()

    leila = sign_in(errands.leila).open(f"/cases/{reference}/diagram")

    (here,) = leila.page.xpath("//li[contains(@class, 'app-twin__step--here')]")
    assert here.get("id") == "step-look_into"
    assert "The case is here" in here.text_content()
    assert "After 7 calendar days (“A week”), while this goes on" in " ".join(here.text_content().split())
    (drawing,) = leila.page.xpath("//*[@data-diagram]")
    assert drawing.get("data-here") == '{"look_into": 1}'
    assert leila.client.get(drawing.get("data-diagram")).data.startswith(b"<?xml")


def test_a_diagram_that_the_case_has_not_is_not_found(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    leila = sign_in(errands.leila)

    assert leila.open(f"/cases/{reference}/diagram?process=errand").answer.status_code == 200
    assert leila.open(f"/cases/{reference}/diagram?process=inside_errand").answer.status_code == 404


def test_what_was_written_is_shown_only_on_asking(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    looked_into(errands, reference, sign_in)
    leila = sign_in(errands.leila)

    for page in ("", "/timeline", "/timeline?every-step=1", "/written", "/diagram"):
        assert "heavy" not in leila.open(f"/cases/{reference}{page}").text
    (address,) = leila.open(f"/cases/{reference}/written").links("Show what was written: Look into it")
    leila.open(address)

    assert "Your note It is a heavy one" in leila.text
    assert "Looked at on 3 March 2026" in leila.text
    assert "Remark Not answered" in leila.text
    assert leila.links("stairs.txt") == [f"/documents/{document_id(errands)}"]


def document_id(errands: Errands) -> UUID:
    with database.transaction(errands.sessions, reading=True) as db:
        return db.scalars(select(Document.id)).one()


def test_what_was_written_in_another_case_is_not_found_in_this_one(errands: Errands, sign_in: SignIn) -> None:
    first, second = errands.ask(), errands.ask()
    looked_into(errands, first, sign_in)
    with database.transaction(errands.sessions, reading=True) as db:
        of_first = select(Submission.id).join(ProcessInstance, Submission.instance_id == ProcessInstance.id)
        number = db.scalars(of_first.where(ProcessInstance.business_key == first, Submission.form_key == "look")).one()

    leila = sign_in(errands.leila)

    assert leila.open(f"/cases/{first}/written/{number}").answer.status_code == 200
    assert leila.open(f"/cases/{second}/written/{number}").answer.status_code == 404


def test_scripts_in_what_was_written_stay_words(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    sign_in(errands.leila).open(errands.page(reference)).send(FILLED | {"f-note": "<script>alert(1)</script>"}, button=DONE)
    leila = sign_in(errands.leila).open(f"/cases/{reference}/written")

    leila.open(leila.links("Show what was written: Look into it")[0])

    assert "<script>alert(1)</script>" in leila.text
    assert "<script>alert" not in leila.answer.get_data(as_text=True)


def test_a_case_is_found_by_its_reference(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    leila = sign_in(errands.leila)

    assert f"Case {reference}" in leila.open(f"/cases/find?reference=+{reference.lower()}+").text
    assert "You can open no case with the reference “NONSENSE”." in leila.open("/cases/find?reference=nonsense").text
    stranger = sign_in(errands.stranger)
    missing = stranger.client.get("/cases/find?reference=nonsense")
    theirs = stranger.client.get(f"/cases/find?reference={reference}")
    assert (theirs.status_code, theirs.headers["Location"]) == (missing.status_code, missing.headers["Location"])
