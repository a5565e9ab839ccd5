"""Named readers of a document, and what they get."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from uuid import uuid4

import pypdf
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import clock, documents, history, papers
from engine.errors import Conflict, Invalid, NotFound, Trouble
from engine.models import Document, DocumentReader, DocumentState, ProcessInstance
from engine.papers import Paper
from engine.workers import WORKERS, Work
from tests.engine.rows import actor, deployment, instance

BODY = "## What was found\n\n" + "Word after word. " * 2000


@pytest.fixture
def case(db: Session) -> ProcessInstance:
    return instance(db, deployment(db))


@pytest.fixture
def report(db: Session, case: ProcessInstance) -> Document:
    paper = Paper("Report", "", BODY)
    files = papers.to_pdf(paper), papers.to_word(paper)
    return documents.keep_written(db, case, documents.next_place(db, case, "report"), files, name="Report", source=BODY, key="job-1")[0]


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def test_a_named_reader_reads_the_document_and_nothing_else_of_the_case(db, case, report):
    bo, cy = actor(db, "Bo Lane"), actor(db, "Cy Wood")
    documents.name_readers(db, case, report, [" Bo.Lane@Example.org "])
    documents.name_readers(db, case, report, ["bo.lane@example.org"])

    assert documents.get_for(db, bo, report.id) is report
    assert documents.named_for(db, bo) == [report]
    assert documents.named_for(db, cy) == []
    with pytest.raises(NotFound):
        documents.get_for(db, cy, report.id)
    word = next(one for one in documents.versions_of(db, report) if one is not report)
    with pytest.raises(NotFound):
        documents.get_for(db, bo, word.id)
    assert [(event.what, event.detail["count"]) for event in history.events(db, case)] == [("readers_named", 1)]


def test_who_is_named_reads_the_document_until_the_case_is_over(db, case, report):
    bo = actor(db, "Bo Lane")
    documents.name_readers(db, case, report, [bo.email])

    case.ended_at = clock.now()
    db.flush()

    assert documents.named_for(db, bo) == []
    with pytest.raises(NotFound):
        documents.get_for(db, bo, report.id)


def test_every_page_of_what_they_get_bears_name_and_time_and_the_file_stays_tagged(db, case, report):
    bo = actor(db, "Bo Łane")
    documents.name_readers(db, case, report, [bo.email])

    with clock.moved_to(datetime(2026, 7, 3, 9, 15, tzinfo=UTC)):
        given = documents.content_for(db, bo, report)

    assert len(pages(given)) == len(pages(report.content)) > 1
    assert all(page.count("Bo Łane, 3 July 2026, 10:15") == 2 for page in pages(given))
    assert "What was found" in pages(given)[0]
    reader = pypdf.PdfReader(io.BytesIO(given))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"  # type: ignore[index]
    assert "/StructTreeRoot" in root  # type: ignore[operator]
    assert "Bo" not in "".join(pages(report.content))


def marked_content(page: pypdf.PageObject) -> tuple[list[int], int, int]:
    """The numbers under which the tags know parts of a page, and how often text is shown as part of it and as an artifact of it."""
    contents, within = page.get_contents(), list[str]()
    numbers, read, artifacts = list[int](), 0, 0
    assert contents is not None
    for operands, operator in contents.operations:
        if operator in (b"BDC", b"BMC"):
            within.append(str(operands[0]))
            if len(operands) > 1 and "/MCID" in operands[1]:
                numbers.append(int(operands[1]["/MCID"]))
        elif operator == b"EMC":
            within.pop()
        elif operator in (b"TJ", b"Tj"):
            artifacts += "/Artifact" in within
            read += bool(within) and "/Artifact" not in within
    assert within == []
    return numbers, read, artifacts


def test_nobody_hears_the_mark_read_out_for_it_is_an_artifact_of_the_page(db, case, report):
    bo = actor(db, "Bo Lane")
    documents.name_readers(db, case, report, [bo.email])

    given = pypdf.PdfReader(io.BytesIO(documents.content_for(db, bo, report)))

    for before, after in zip(pypdf.PdfReader(io.BytesIO(report.content)).pages, given.pages, strict=True):
        (numbers, read, artifacts), (_, read_before, artifacts_before) = marked_content(after), marked_content(before)
        assert len(numbers) == len(set(numbers))  # else the tags would lead to the mark instead of the text
        assert read == read_before
        assert artifacts == artifacts_before + 2


def test_those_who_may_read_it_anyway_get_it_marked_too_once_there_are_readers(db, case, report):
    ann = actor(db, "Ann Hill", "secretary")
    assert documents.content_for(db, ann, report) == report.content

    documents.name_readers(db, case, report, ["bo@example.org"])

    assert "Ann Hill" in pages(documents.content_for(db, ann, report))[0]


def test_a_reader_is_taken_off_the_list_with_a_reason_and_the_row_stays(db, case, report):
    ann, bo = actor(db, "Ann Hill", "secretary"), actor(db, "Bo Lane")
    documents.add_reader(db, ann, report.id, email=bo.email)
    [row] = documents.readers_of(db, report)

    with pytest.raises(Invalid):
        documents.end_reader(db, ann, report.id, row.id, reason=" ")
    documents.end_reader(db, ann, report.id, row.id, reason="She has left.")

    with pytest.raises(NotFound):
        documents.get_for(db, bo, report.id)
    with pytest.raises(Conflict):
        documents.end_reader(db, ann, report.id, row.id, reason="Twice.")
    assert documents.named_for(db, bo) == []
    assert db.scalar(select(func.count()).select_from(DocumentReader)) == 1
    assert [event.what for event in history.events(db, case)] == ["readers_named", "reader_ended"]


def test_only_those_who_may_change_a_document_name_its_readers(db, case, report):
    documents.name_readers(db, case, report, ["bo.lane@example.org"])
    bo = actor(db, "Bo Lane")

    with pytest.raises(NotFound):
        documents.add_reader(db, bo, report.id, email="cy@example.org")


def test_a_withdrawn_document_is_given_to_no_reader(db, case, report):
    bo = actor(db, "Bo Lane")
    documents.name_readers(db, case, report, [bo.email])
    documents.withdraw(db, actor(db, "Ann Hill", "secretary"), report.id, reason="Too early.")

    assert report.state is DocumentState.WITHDRAWN
    assert documents.named_for(db, bo) == []
    with pytest.raises(Conflict):
        documents.opened(db, bo, report.id)


def blank(*widths: int) -> bytes:
    made, file = pypdf.PdfWriter(), io.BytesIO()
    for width in widths:
        made.add_blank_page(width, 200)
    made.write(file)
    return file.getvalue()


BROKEN = {
    "beginning": b"%PDF-1.7 broken",
    "empty": b"",
    "no list of pages": blank(200).replace(b"/Pages 2 0 R", b"/Pages 4 0 R"),
    "pages of very many sizes": blank(*range(100, 160)),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_marked_is_not_given_out(db, case, report, content):
    report.content = content
    documents.name_readers(db, case, report, ["bo@example.org"])

    with pytest.raises(Conflict, match="cannot be marked with your name"):
        documents.content_for(db, actor(db, "Ann Hill", "secretary"), report)


def test_a_locked_pdf_is_not_given_out_either(db, case, report):
    locked, file = pypdf.PdfWriter(clone_from=io.BytesIO(report.content)), io.BytesIO()
    locked.encrypt("secret", algorithm="RC4-128")
    locked.write(file)
    report.content = file.getvalue()
    documents.name_readers(db, case, report, ["bo@example.org"])

    with pytest.raises(Conflict, match="cannot be marked with your name"):
        documents.content_for(db, actor(db, "Ann Hill", "secretary"), report)


def name(db: Session, case: ProcessInstance, **variables: object) -> None:
    WORKERS["name-readers"](Work(session=db, instance=case, variables=variables, key="job-1"))


def test_a_diagram_names_the_readers_of_a_file(db, case, report):
    name(db, case, document=documents.value_of(report), to=["bo@example.org", "cy@example.org"])

    assert [one.email for one in documents.readers_of(db, report)] == ["bo@example.org", "cy@example.org"]


def test_readers_that_cannot_be_named_are_told(db, case, report):
    text = Document(
        id=uuid4(), instance_id=case.id, field="", name="a.txt", media_type="text/plain", size=1, sha256="", content=b"a",
        uploaded_at=clock.now(),
    )  # fmt: skip
    db.add(text)
    db.flush()

    with pytest.raises(Trouble, match="for a PDF only"):
        name(db, case, document=documents.value_of(text), to="bo@example.org")
    with pytest.raises(Trouble, match="must be an email address"):
        name(db, case, document=documents.value_of(report), to="Bo")
