"""The machine writes documents: as PDF and Word, version after version, and never twice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from engine import checks, documents, history
from engine.database import Sessions, transaction
from engine.documents import kinds
from engine.errors import NotFound, Trouble
from engine.models import Document, ProcessInstance
from engine.workers import WORKERS, Work
from tests.diagrams import job
from tests.engine.guarded import guarded
from tests.engine.rows import actor, deployment, instance
from tests.engine.standing import Garden, bundle

MINUTE = b"---\ntitle: Minute of plot {{ reference }}\nclassification: minute\n---\nWe dig {{ metres }} metres.\n"
FILES = {"documents/minute.md": MINUTE}
BODY = job(
    "write",
    "make-document",
    '<zeebe:taskHeaders><zeebe:header key="template" value="{template}"/></zeebe:taskHeaders>'
    '<zeebe:ioMapping><zeebe:input source="=&quot;Minute&quot;" target="name"/><zeebe:input source="=height" target="metres"/>'
    '<zeebe:output source="=document" target="minute"/></zeebe:ioMapping>',
)


def drawn(template: str = "minute", written: bytes = MINUTE) -> dict[str, bytes]:
    return bundle(BODY.replace("{template}", template), "asked write; write end") | {"documents/minute.md": written}


@pytest.fixture
def case(db) -> ProcessInstance:
    return instance(db, deployment(db, FILES))


def write(db, case: ProcessInstance, key: str = "job-1", **variables: Any) -> dict[str, Any]:
    given = {"name": "Minute", "metres": 3} | variables
    return WORKERS["make-document"](Work(session=db, instance=case, variables=given, headers={"template": "minute"}, key=key))


def test_a_document_is_kept_in_the_case_as_pdf_and_as_word(db, case):
    made = write(db, case)

    pdf, word = (db.get_one(Document, UUID(made[kind]["id"])) for kind in ("document", "word"))
    assert (pdf.name, pdf.media_type, pdf.classification) == ("Minute.pdf", kinds.PDF.media_type, "minute")
    assert (word.name, word.media_type, word.instance_id) == ("Minute.docx", kinds.WORD.media_type, case.id)
    value = {"id": str(pdf.id), "name": "Minute.pdf", "size": len(pdf.content), "version": 1, "sha256": pdf.sha256}
    assert made["document"] == value
    assert kinds.recognise(pdf.content) is kinds.PDF
    assert kinds.recognise(word.content) is kinds.WORD
    assert pdf.source == "We dig 3 metres."
    assert [(event.what, event.detail) for event in history.events(db, case)] == [
        ("document_written", {"document": "Minute", "file": str(pdf.id), "version": 1})
    ]


def test_a_job_that_runs_twice_writes_its_document_once(db, case):
    first = write(db, case, series="minutes")

    assert write(db, case, series="minutes", metres=99) == first
    assert len(db.scalars(select(Document)).all()) == 2
    assert len(history.events(db, case)) == 1


def test_the_same_series_again_is_the_next_version_of_the_document(db, case):
    other = instance(db, case.definition.deployment, reference="PLOT-2")
    write(db, case, "job-1", series="minutes")
    second = write(db, case, "job-2", series="minutes", note="Corrected.", classification="sealed")
    elsewhere = write(db, other, "job-3", series="minutes")

    assert (second["document"]["name"], second["document"]["version"]) == ("Minute, version 2.pdf", 2)
    assert elsewhere["document"]["version"] == 1
    kept = db.get_one(Document, UUID(second["document"]["id"]))
    assert (kept.note, kept.classification) == ("Corrected.", "sealed")


def test_without_a_series_each_document_stands_by_itself(db, case):
    assert [write(db, case, key)["document"]["version"] for key in ("job-1", "job-2")] == [1, 1]


def test_a_name_that_could_deceive_is_made_harmless(db, case):
    assert write(db, case, name="../a\x00b:c.exe")["document"]["name"] == "a b_c.exe.pdf"


def test_a_written_document_is_for_those_who_may_see_the_case(db, case):
    made = UUID(write(db, case)["document"]["id"])

    assert documents.get_for(db, actor(db, "Ann Hill", "secretary"), made).name == "Minute.pdf"
    with pytest.raises(NotFound):
        documents.get_for(db, actor(db, "Bo Lane", "gardener"), made)


def test_the_readers_of_a_document_are_named_when_it_is_written(db, case):
    made = UUID(write(db, case, readers=["Bo.Lane@example.org", "cy@example.org"])["document"]["id"])
    write(db, case, readers=["Bo.Lane@example.org", "cy@example.org"])

    document = db.get_one(Document, made)
    assert [one.email for one in documents.readers_of(db, document)] == ["bo.lane@example.org", "cy@example.org"]
    assert documents.get_for(db, actor(db, "Bo Lane"), made) is document


@pytest.mark.parametrize(
    ("given", "headers", "said"),
    [
        ({}, {"template": "minute"}, "needs the input “name” as text"),
        ({"name": "Minute"}, {"template": "letter"}, "There is no document “letter” in this procedure"),
        ({"name": "Minute", "metres": 3, "readers": ["x"]}, {"template": "minute"}, "email address in the correct format"),
        ({"name": "Minute", "metres": 3, "readers": 3}, {"template": "minute"}, "The input “readers” must be an email address"),
        ({"name": "Minute", "series": 3}, {"template": "minute"}, "needs the input “series” as text"),
    ],
)
def test_a_document_that_cannot_be_written_says_why(db, case, given, headers, said):
    with pytest.raises(Trouble, match=said):
        WORKERS["make-document"](Work(session=db, instance=case, variables=given, headers=headers, key="job-1"))


def test_a_diagram_writes_a_document_and_goes_on_with_it(sessions: Sessions):
    garden = Garden(sessions, drawn())

    case_id = garden.start(height=7)
    garden.later(minutes=1)

    with transaction(sessions, reading=True) as session:
        case = session.get_one(ProcessInstance, case_id)
        made = documents.of_instance(session, case)
        assert {document.name for document in made} == {"Minute.pdf", "Minute.docx"}
        assert {document.source for document in made} == {"We dig 7 metres."}
        assert case.ended_at is not None


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (drawn("letter"), "“write” writes the document “letter”, which is not among the files. Add documents/letter.md"),
        (drawn(""), "“write” does not say which document it writes"),
        (drawn(written=b"---\ntitle: x\n---\n{{ mtres }}"), "The document reads “mtres”, which nothing sets"),
        (drawn(written=b"Hello"), "The head is missing"),
    ],
)
def test_a_document_that_could_not_be_written_is_told_before_deploying(files, said):
    assert said in " ".join(problem.message for problem in checks.check(files))


def test_a_document_that_can_be_written_has_no_problem():
    assert checks.check(drawn()) == []


def test_a_classification_that_the_access_table_does_not_know_is_told():
    files = guarded() | {"documents/minute.md": b"---\ntitle: x\nclassification: secret\n---\nHello"}

    assert "The classification “secret” is not in procedure.toml" in " ".join(problem.message for problem in checks.check(files))
    assert checks.check(files | {"documents/minute.md": b"---\ntitle: x\nclassification: plan\n---\nHello"}) == []
