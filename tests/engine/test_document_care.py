"""What becomes of a document: replaced, withdrawn, given out again; and who opened it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import clock, deployments, documents, history, instances, papers
from engine.database import Sessions, transaction
from engine.documents import kinds
from engine.errors import Conflict, Invalid, NotFound
from engine.identity import SYSTEM, Actor
from engine.models import Document, DocumentReading, DocumentState, ProcessInstance, TaskState
from tests.engine.guarded import RULES, guarded
from tests.engine.rows import actor, deployment, instance, task

WHY = "It was another plot's."
RIGHT: dict[str, Any] = {"name": "right.txt", "media_type": "text/plain", "content": b"The right plan.\n"}
MINUTE = (b"%PDF-1.7 x", b"PK")


@pytest.fixture
def case(db: Session) -> ProcessInstance:
    return instance(db, deployment(db))


@pytest.fixture
def ann(db: Session) -> Actor:
    """Sees every case."""
    return actor(db, "Ann Hill", "secretary")


@pytest.fixture
def bo(db: Session) -> Actor:
    """Attached a file in a task, and sees no case."""
    return actor(db, "Bo Lane", "gardener")


@pytest.fixture
def plan(db: Session, case: ProcessInstance, bo: Actor) -> Document:
    return attached_by(db, case, bo)


def attached_by(db: Session, case: ProcessInstance, bo: Actor) -> Document:
    done = task(db, case, groups=["gardener"], state=TaskState.COMPLETED, completed_by=bo.id)
    document = Document(
        id=uuid4(), instance_id=case.id, task_id=done.id, field="f-plan", name="plan.txt", media_type="text/plain", size=5, sha256="x",
        uploaded_at=clock.now(), uploaded_by=bo.id, content=b"Wrong", classification="plans",
    )  # fmt: skip
    db.add(document)
    db.flush()
    return document


def told(db: Session, case: ProcessInstance) -> list[str]:
    return [event.what for event in history.events(db, case)]


def test_the_right_file_takes_the_place_of_a_wrong_one_which_is_sealed(db, case, ann, bo, plan):
    right = documents.replace(db, bo, plan.id, **RIGHT, reason=WHY)

    assert (right.name, right.version, right.classification, right.task_id) == ("right.txt", 2, "plans", plan.task_id)
    assert (plan.state, plan.state_reason, plan.state_by, plan.content) == (DocumentState.SEALED, WHY, bo.id, b"Wrong")
    assert documents.opened(db, ann, plan.id) is plan
    assert documents.in_case(db, case, [str(plan.id)]) == [right]
    assert documents.versions_of(db, right) == [right, plan]
    [event] = history.events(db, case)
    assert (event.what, event.detail["reason"], event.actor_id) == ("document_replaced", WHY, bo.id)
    assert "plan.txt" not in str(event.detail)


def test_a_wrong_file_may_be_replaced_again_but_only_the_newest(db, ann, plan):
    second = documents.replace(db, ann, plan.id, **RIGHT, reason=WHY)
    third = documents.replace(db, ann, second.id, **RIGHT, reason=WHY)

    assert [one.version for one in documents.versions_of(db, plan)] == [3, 2, 1]
    assert documents.newest_of(db, plan) is third
    with pytest.raises(Conflict):
        documents.replace(db, ann, plan.id, **RIGHT, reason=WHY)


def test_of_two_who_replace_the_same_file_at_once_the_second_is_told(sessions: Sessions):
    with transaction(sessions) as session:
        case, people = instance(session, deployment(session)), [actor(session, name, "secretary") for name in ("Ann Hill", "Cy Wood")]
        plan = attached_by(session, case, actor(session, "Bo Lane", "gardener")).id
    at_once = Barrier(2)

    def put_right(who: Actor) -> str:
        with transaction(sessions, reading=True) as session:
            documents.to_change(session, who, plan)
        at_once.wait()
        try:
            with transaction(sessions) as session:
                documents.replace(session, who, plan, **RIGHT, reason=WHY)
        except Conflict as error:
            return str(error)
        return "replaced"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(put_right, people))

    assert said == ["This document was changed in the meantime. Look at it again.", "replaced"]
    with transaction(sessions, reading=True) as session:
        kept = documents.of_instance(session, session.get_one(ProcessInstance, case.id))
        assert sorted((one.version, one.state) for one in kept) == [(1, DocumentState.SEALED), (2, DocumentState.CURRENT)]


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({"reason": " "}, {"reason": "Say why, so that others can understand it later."}),
        ({"reason": "x" * 2001}, {"reason": "Write the reason in at most 2,000 characters."}),
        ({"content": b""}, {"file": "“right.txt” is empty. Attach the file again"}),
        ({"content": b"<html>", "reason": ""}, {"file", "reason"}),
    ],
)
def test_what_will_not_do_is_told_and_nothing_is_changed(db, case, ann, plan, given, problems):
    with pytest.raises(Invalid) as caught:
        documents.replace(db, ann, plan.id, **({**RIGHT, "reason": WHY} | given))

    assert caught.value.problems == problems if isinstance(problems, dict) else set(caught.value.problems) == problems
    assert plan.state is DocumentState.CURRENT
    assert told(db, case) == []


def test_a_withdrawn_document_is_given_out_to_nobody_until_it_is_reinstated(db, case, ann, plan):
    documents.withdraw(db, ann, plan.id, reason=WHY)

    with pytest.raises(Conflict, match="was withdrawn"):
        documents.opened(db, ann, plan.id)
    with pytest.raises(Conflict):
        documents.withdraw(db, ann, plan.id, reason=WHY)

    documents.reinstate(db, ann, plan.id, reason="It was right after all.")

    assert documents.opened(db, ann, plan.id) is plan
    assert told(db, case) == ["document_withdrawn", "document_reinstated"]
    assert db.scalar(select(func.count()).select_from(Document)) == 1


def test_a_written_document_is_withdrawn_in_both_formats(db, case, ann):
    place = documents.next_place(db, case, "minutes")
    pdf, word = documents.keep_written(db, case, place, MINUTE, name="Minute", source="x", key="job-1")
    later, _ = documents.keep_written(db, case, documents.next_place(db, case, "minutes"), MINUTE, name="Minute", source="y", key="job-2")

    documents.withdraw(db, ann, word.id, reason=WHY)

    assert (pdf.state, word.state, later.state) == (DocumentState.WITHDRAWN, DocumentState.WITHDRAWN, DocumentState.CURRENT)
    assert documents.newest_of(db, pdf) is later
    assert documents.newest_of(db, word).media_type == kinds.WORD.media_type


def test_a_wrong_document_that_was_written_is_sealed_in_both_formats(db, case, ann):
    written = documents.keep_written(db, case, documents.next_place(db, case, "minutes"), MINUTE, name="Minute", source="x", key="job-1")

    right = documents.replace(db, ann, written[1].id, **RIGHT, reason=WHY)

    assert {(one.state, one.classification) for one in written} == {(DocumentState.SEALED, "sealed")}
    assert [documents.newest_of(db, one) for one in written] == [right, right]
    for one in written:
        with pytest.raises(Conflict):
            documents.replace(db, ann, one.id, **RIGHT, reason=WHY)


@pytest.mark.parametrize("act", [documents.withdraw, documents.reinstate])
def test_what_a_person_may_not_change_does_not_exist_for_them(db, plan, act: Callable[..., None]):
    with pytest.raises(NotFound):
        act(db, actor(db, "Cy Wood", "treasurer"), plan.id, reason=WHY)
    with pytest.raises(NotFound):
        act(db, actor(db, "Di Moor"), uuid4(), reason=WHY)


def test_who_opened_a_document_is_kept_for_every_version(db, ann, bo, plan):
    with clock.moved_to(datetime(2026, 3, 3, 9, tzinfo=UTC)):
        documents.note_reading(db, bo, plan)
    right = documents.replace(db, bo, plan.id, **RIGHT, reason=WHY)
    documents.note_reading(db, ann, right)

    assert [(one.name, one.version) for one in documents.readings(db, right)] == [("Ann Hill", 2), ("Bo Lane", 1)]
    assert documents.readings(db, right)[1].at.year == 2026


def test_a_file_of_a_form_that_was_not_sent_keeps_no_readers(db, bo, plan):
    plan.instance_id = None

    documents.note_reading(db, bo, plan)

    assert db.scalars(select(DocumentReading)).all() == []


@pytest.fixture
def guarded_case(db: Session) -> ProcessInstance:
    """A case of a procedure with an access table, while its bed is dug."""
    deployed = deployments.deploy(db, guarded([*RULES, *MORE]))
    return instances.start(db, SYSTEM, deployed.procedure_key, {})


def attached(db: Session, case: ProcessInstance, by: Actor, classification: str) -> Document:
    document = Document(
        id=uuid4(), instance_id=case.id, field="", name="plan.txt", media_type="text/plain", size=5, sha256="x", uploaded_at=clock.now(),
        uploaded_by=by.id, content=b"Wrong", classification=classification,
    )  # fmt: skip
    db.add(document)
    db.flush()
    return document


MORE = (("", "", '"treasurer"', '["case", "plan"]', "", '"read"'), ("", "", '"secretary"', '"plan"', "", '"write"'))


def test_a_sealed_file_is_only_for_those_whom_the_access_table_says(db, guarded_case):
    sana, tom = actor(db, "Sana Kaur", "secretary"), actor(db, "Tom Low", "treasurer")
    plan = attached(db, guarded_case, sana, "plan")
    assert documents.get_for(db, tom, plan.id) is plan

    right = documents.replace(db, sana, plan.id, **RIGHT, reason=WHY)

    assert plan.classification == "sealed"
    assert documents.opened(db, tom, plan.id) is right
    assert documents.seen_versions(db, tom, right) == [right]
    with pytest.raises(NotFound):
        documents.get_for(db, tom, plan.id)
    [*_, event] = history.events(db, guarded_case)
    assert event.detail["was"] == "plan"


def test_how_a_document_is_handled_is_changed_with_a_reason_by_those_who_may_write_it(db, guarded_case):
    sana, tom = actor(db, "Sana Kaur", "secretary"), actor(db, "Tom Low", "treasurer")
    plan = attached(db, guarded_case, sana, "plan")
    assert documents.classifications(db, plan) == ["case", "money", "plan", "sealed"]

    with pytest.raises(NotFound):
        documents.reclassify(db, tom, plan.id, classification="money", reason=WHY)
    for wrong in ("", "plan", "secret"):
        with pytest.raises(Invalid) as caught:
            documents.reclassify(db, sana, plan.id, classification=wrong, reason="")
        assert set(caught.value.problems) == {"classification", "reason"}
    documents.reclassify(db, sana, plan.id, classification="money", reason="It says what the seed costs.")

    with pytest.raises(NotFound):
        documents.get_for(db, tom, plan.id)
    [*_, event] = history.events(db, guarded_case)
    assert (event.what, event.detail["was"], event.detail["now"]) == ("document_reclassified", "plan", "money")


def test_a_version_is_compared_with_an_earlier_one_by_those_who_may_open_both(db, guarded_case):
    sana, tom = actor(db, "Sana Kaur", "secretary"), actor(db, "Tom Low", "treasurer")
    place = documents.next_place(db, guarded_case, "plans")
    documents.keep_written(db, guarded_case, place, MINUTE, name="Plan", source="x", key="1", classification="money")
    later = documents.next_place(db, guarded_case, "plans")
    pdf, _ = documents.keep_written(db, guarded_case, later, MINUTE, name="Plan", source="y", key="2", classification="plan")

    earlier, _ = documents.two_versions(db, sana, pdf.id, 1)
    assert (earlier.version, earlier.media_type) == (1, pdf.media_type)
    for who, version in ((tom, 1), (sana, 2), (sana, 3)):
        with pytest.raises(NotFound):
            documents.two_versions(db, who, pdf.id, version)


def test_the_words_of_a_document_are_what_it_was_written_from_or_what_its_file_says(db, case, ann):
    paper = papers.Paper("Plan", "", "## Beds\n\nWe dig.")
    contents = {papers.to_word(paper): "Plan\nBeds\nWe dig.", b"We\ndig.": "We\ndig.", b"\x89PNG\0": None, b"%PDF-1.7 broken": None}
    found = [documents.text_of(attached(db, case, ann, "plan"))]
    for content in contents:
        document = attached(db, case, ann, "plan")
        document.content = content
        found.append(documents.text_of(document))

    assert found == ["Wrong", *contents.values()]
    assert "We dig." in (documents.text_of(Document(content=papers.to_pdf(paper))) or "")
    assert documents.text_of(Document(content=b"x", source="**We** dig.")) == "**We** dig."
