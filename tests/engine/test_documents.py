"""Attaching files: what is taken, under which name, and who may read it afterwards."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from uuid import uuid4

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from sqlalchemy.orm import Session

from engine import documents, drafts
from engine.database import Sessions, transaction
from engine.documents import file_names, kinds
from engine.errors import Conflict, Invalid, NotFound
from engine.identity import SYSTEM, Actor
from engine.models import Document, Draft, TaskState
from tests.engine.rows import actor, instance, task

OPEN = "application/vnd.oasis.opendocument."


def zipped(*names: str, mimetype: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "<x/>")
    return file.getvalue()


def ole(*streams: str) -> bytes:
    return kinds.OLE + b"\0" * 500 + b"\0\0".join(stream.encode("utf-16-le") for stream in streams)


EMAIL = b"Received: from a by b\r\nFrom: Ann <ann@example.org>\r\nDate: Tue, 3 Mar 2026 10:00:00 +0000\r\n\r\n<p>Hello</p>\r\n"

TAKEN = {
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", kinds.PDF),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", kinds.PNG),
    "jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF", kinds.JPEG),
    "word": (zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"), kinds.WORD),
    "excel": (zipped("[Content_Types].xml", "xl/workbook.xml"), kinds.EXCEL),
    "older word": (ole("Root Entry", "WordDocument"), kinds.OLD_WORD),
    "older excel": (ole("Root Entry", "Workbook"), kinds.OLD_EXCEL),
    "outlook": (ole("Root Entry", "__properties_version1.0"), kinds.OUTLOOK),
    "open text": (zipped("content.xml", mimetype=OPEN + "text"), kinds.OPEN_TEXT),
    "open spreadsheet": (zipped("content.xml", mimetype=OPEN + "spreadsheet"), kinds.OPEN_SHEET),
    "email": (EMAIL, kinds.EMAIL),
    "text": ("Sweet pea – 3 m²\n".encode(), kinds.TEXT),
    "text of an older computer": ("Sweet pea – 3 m²\r\n".encode("cp1252"), kinds.TEXT),
    "wide text": ("Sweet pea\n".encode("utf-16"), kinds.TEXT),
    "text that mentions a page": (b"Write <html> at the top of your page.\n", kinds.TEXT),
    "table": (b"bed,metres\n1,3\n", kinds.TEXT),
}
REFUSED = {
    "page": b"<!DOCTYPE html><script>alert(1)</script>",
    "page after blanks": b"\xef\xbb\xbf\n  <HTML><body onload=alert(1)>",
    "drawing": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "xml": b'<?xml version="1.0"?><svg/>',
    "windows program": b"MZ\x90\0\x03\0\0\0",
    "linux program": b"\x7fELF\x02\x01\x01",
    "shell script": b"#!/bin/sh\nrm -rf /\n",
    "batch file": b"@echo off\r\ndel *.*\r\n",
    "rich text": b"{\\rtf1\\ansi hello}",
    "gif": b"GIF89a\x01\0\x01\0",
    "plain zip": zipped("beds.txt"),
    "half a zip": zipped("[Content_Types].xml", "word/document.xml")[:60],
    "slides": zipped("[Content_Types].xml", "ppt/presentation.xml"),
    "open drawing": zipped("content.xml", mimetype=OPEN + "graphics"),
    "java program": zipped("META-INF/MANIFEST.MF", "Main.class"),
    "older slides": ole("Root Entry", "PowerPoint Document"),
}
MACROS = {
    "word": zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "open text": zipped("content.xml", "Basic/Standard/Module1.xml", mimetype=OPEN + "text"),
    "older excel": ole("Root Entry", "Workbook", "_VBA_PROJECT_CUR"),
}


def pdf(change: Callable[[pypdf.PdfWriter], object] = lambda _writer: None) -> bytes:
    """A PDF of one page, with something done to it."""
    writer, file = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    change(writer)
    writer.write(file)
    return file.getvalue()


def on_opening(writer: pypdf.PdfWriter, kind: str) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject(kind), NameObject("/F"): TextStringObject("calc.exe")})
    writer.root_object[NameObject("/OpenAction")] = action


def named_script(writer: pypdf.PdfWriter) -> None:
    script = DictionaryObject({NameObject("/S"): NameObject("/Java#53cript")})
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): script})


def written_otherwise(content: bytes) -> bytes:
    """The same action with a letter of its name written as a number, as it may be."""
    assert b"/S /JavaScript" in content
    return content.replace(b"/S /JavaScript", b"/S /J#61vaScript")


@pytest.fixture
def rosa(db: Session) -> Actor:
    return actor(db, "Rosa Field", "gardener")


@pytest.fixture
def draft(db: Session) -> Draft:
    return drafts.ensure_of_task(db, task(db, instance(db), groups=["gardener"]))


@pytest.fixture
def scanners() -> Iterator[list[documents.Scanner]]:
    before = list(documents.SCANNERS)
    yield documents.SCANNERS
    documents.SCANNERS[:] = before


def attach(db: Session, draft: Draft, by: Actor | None, content: bytes = b"beds", *, name: str = "beds.txt") -> Document:
    return documents.attach(db, draft=draft, field="f-file", name=name, media_type="application/octet-stream", content=content, actor=by)


def refusal(db: Session, draft: Draft, content: bytes, **more: str) -> str:
    with pytest.raises(Invalid) as caught:
        attach(db, draft, None, content, **more)
    return caught.value.problems["f-file"]


@pytest.mark.parametrize(("content", "kind"), TAKEN.values(), ids=TAKEN)
def test_a_file_is_known_by_its_content(content, kind):
    assert kinds.recognise(content) is kind


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_what_could_run_or_nobody_can_open_is_refused(content):
    with pytest.raises(kinds.Unwelcome, match="is not a kind of file that can be attached"):
        kinds.recognise(content)


@pytest.mark.parametrize("content", MACROS.values(), ids=MACROS)
def test_macros_are_refused_with_the_cure(content):
    with pytest.raises(kinds.Unwelcome, match="Save it without macros"):
        kinds.recognise(content)


@pytest.mark.parametrize(
    "content",
    [
        pdf(named_script),
        pdf(lambda writer: on_opening(writer, "/JavaScript")),
        pdf(lambda writer: on_opening(writer, "/Launch")),
        written_otherwise(pdf(lambda writer: on_opening(writer, "/JavaScript"))),
    ],
    ids=["a script among its names", "a script on opening", "a program", "a script that is written otherwise"],
)
def test_a_pdf_that_would_run_something_is_refused_with_the_cure(db, draft, content):
    said = refusal(db, draft, content, name="plan.pdf")

    assert said.startswith("“plan.pdf” would run a program when it is opened. Save it without")


def test_a_pdf_that_only_opens_at_its_second_page_is_taken():
    assert kinds.recognise(pdf(lambda writer: on_opening(writer, "/GoTo"))) is kinds.PDF


@pytest.mark.parametrize("media_type", ["text/html", "TEXT/HTML; charset=utf-8", "image/svg+xml", "text/javascript", "application/hta"])
def test_what_calls_itself_a_page_or_a_program_is_refused_whatever_it_looks_like(media_type):
    with pytest.raises(kinds.Unwelcome):
        kinds.recognise(b"harmless words", media_type)


@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-", kinds.ZIP, kinds.OLE, b"From: a\n"]))
def test_any_content_is_either_a_kind_or_refused(content, beginning):
    with suppress(kinds.Unwelcome):
        assert kinds.recognise(beginning + content).endings


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("beds.pdf", "beds.pdf"),
        ("C:\\Users\\Rosa\\My beds.PDF", "My beds.PDF"),
        ("../../etc/passwd", "passwd.pdf"),
        ("invoice.pdf.exe", "invoice.pdf.exe.pdf"),
        ("beds\r\nSet-Cookie: x=1.pdf", "beds Set-Cookie_ x=1.pdf"),
        ("beds\u202efdp.exe", "beds fdp.exe.pdf"),
        ("  ..hidden.pdf ", "hidden.pdf"),
        ("con.pdf", "_con.pdf"),
        ('a<b>:"c|d?*.pdf', "a_b___c_d__.pdf"),
        ("", "document.pdf"),
        (".pdf", "pdf.pdf"),
        ("Pläne für Beete.pdf", "Pläne für Beete.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_lose_their_path_and_their_tricks(given_name, kept):
    assert file_names.clean(given_name, (".pdf",)) == kept


@given(st.text(max_size=200))
def test_a_cleaned_name_is_safe_and_stays_as_it_is_when_cleaned_again(name):
    cleaned = file_names.clean(name, (".txt", ".csv"))

    assert cleaned.endswith((".txt", ".csv")) or cleaned.lower().endswith((".txt", ".csv"))
    assert len(cleaned) <= file_names.MAX_LENGTH
    assert cleaned.isprintable()
    assert not set(cleaned) & set('/\\<>:"|?*')
    assert file_names.clean(cleaned, (".txt", ".csv")) == cleaned


def test_a_document_is_kept_with_its_true_type_and_fingerprint(db, draft, rosa):
    content = TAKEN["word"][0]

    made = attach(db, draft, rosa, content, name="C:\\report")

    assert (made.name, made.media_type, made.size, made.uploaded_by) == ("report.docx", kinds.WORD.media_type, len(content), rosa.id)
    assert made.sha256 == hashlib.sha256(content).hexdigest()
    db.expire_all()
    assert made.content == content
    assert documents.of_draft(db, draft) == {"f-file": [{"id": str(made.id), "name": "report.docx", "size": len(content)}]}


def test_a_script_that_is_plain_text_can_only_be_opened_as_text(db, draft, rosa):
    assert attach(db, draft, rosa, b"WScript.Echo 1\r\n", name="beds.vbs").name == "beds.vbs.txt"


def test_a_refused_file_is_named_with_the_cure(db, draft):
    assert refusal(db, draft, b"<svg/>", name="a/b/plan.svg") == (
        "“plan.svg” is not a kind of file that can be attached. "
        "Attach a PDF, Word, Excel, OpenDocument, plain text, PNG, JPEG or email file"
    )
    assert refusal(db, draft, b"") == "“beds.txt” is empty. Attach the file again"


def test_ten_megabytes_are_taken_and_not_a_byte_more(db, draft, rosa):
    assert attach(db, draft, rosa, b"a" * documents.MAX_BYTES).size == 10_000_000

    assert refusal(db, draft, b"a" * (documents.MAX_BYTES + 1)) == "“beds.txt” is larger than 10 MB. Attach a smaller file"


def test_a_form_takes_only_so_many_files(db, draft, rosa, monkeypatch):
    monkeypatch.setattr("engine.documents.store.MAX_FILES", 2)
    attach(db, draft, rosa)
    attach(db, draft, rosa)

    assert "There are 2 files in this form already" in refusal(db, draft, b"beds")


def test_a_scanner_sees_every_file_and_may_refuse_it(db, draft, rosa, scanners):
    seen: list[tuple[str, bytes]] = []

    def scan(name: str, content: bytes) -> str | None:
        seen.append((name, content))
        return f"“{name}” contains a virus" if b"EICAR" in content else None

    scanners.append(scan)

    assert attach(db, draft, rosa, b"beds").id
    assert refusal(db, draft, b"EICAR") == "“beds.txt” contains a virus"
    assert seen == [("beds.txt", b"beds"), ("beds.txt", b"EICAR")]
    assert len(documents.of_draft(db, draft)["f-file"]) == 1


def test_a_file_may_be_taken_away_again_from_its_own_draft_only(db, draft, rosa):
    kept, gone = attach(db, draft, rosa), attach(db, draft, rosa)
    other = drafts.ensure_of_start(db, "letting/letting", drafts.owner_of(rosa))

    documents.take_away(db, draft=draft, document_id=str(gone.id))
    for wrong in (gone.id, uuid4(), "not an id"):
        documents.take_away(db, draft=draft, document_id=wrong)
    documents.take_away(db, draft=other, document_id=kept.id)

    assert [file["id"] for file in documents.of_draft(db, draft)["f-file"]] == [str(kept.id)]


def test_nothing_is_attached_to_a_draft_that_is_gone(sessions: Sessions):
    with transaction(sessions) as session:
        draft = drafts.ensure_of_task(session, task(session, instance(session)))
    with transaction(sessions) as session:
        drafts.discard(session, session.get_one(Draft, draft.id))

    with pytest.raises(Conflict, match="sent or discarded"), transaction(sessions) as session:
        attach(session, draft, None)


def test_when_the_form_is_sent_its_documents_belong_to_the_case(db, rosa):
    case = instance(db)
    work = task(db, case, groups=["gardener"])
    draft = drafts.ensure_of_task(db, work)
    made = attach(db, draft, rosa)

    documents.settle(db, draft, case, work, {"plan": [documents.value_of(made)]})
    drafts.discard(db, draft)

    assert documents.of_instance(db, case) == [made]
    assert (made.instance_id, made.task_id, made.draft_id) == (case.id, work.id, None)


def test_a_file_that_is_not_among_the_answers_goes_with_the_draft(db, rosa):
    case = instance(db)
    draft = drafts.ensure_of_task(db, task(db, case))
    kept, hidden = attach(db, draft, rosa), attach(db, draft, rosa)

    documents.settle(db, draft, case, None, {"beds": [{"plan": [documents.value_of(kept)]}], "note": "none"})
    drafts.discard(db, draft)

    assert documents.of_instance(db, case) == [kept]
    with pytest.raises(NotFound):
        documents.get_for(db, rosa, hidden.id)


def test_a_settled_document_is_for_those_who_see_the_case_or_have_to_do_with_the_task(db):
    case = instance(db)
    work = task(db, case, groups=["warden:north"])
    writer, colleague = actor(db, "Ann Hill", "warden:north"), actor(db, "Bo Lane", "warden:north")
    secretary, stranger = actor(db, "Cy Wood", "secretary"), actor(db, "Di Moor", "warden:south")
    draft = drafts.ensure_of_task(db, work)
    made = attach(db, draft, writer)
    documents.settle(db, draft, case, work, {"plan": [documents.value_of(made)]})
    drafts.discard(db, draft)
    work.state, work.completed_by = TaskState.COMPLETED, writer.id

    for allowed in (writer, colleague, secretary):
        assert documents.get_for(db, allowed, made.id) is made
    for refused in (stranger, SYSTEM):
        with pytest.raises(NotFound):
            documents.get_for(db, refused, made.id)


def test_whoever_did_the_task_still_reads_its_document_after_leaving_the_group(db):
    case = instance(db)
    writer = actor(db, "Ann Hill")
    work = task(db, case, groups=["warden:north"], state=TaskState.COMPLETED, completed_by=writer.id)
    draft = drafts.ensure_of_task(db, work)
    made = attach(db, draft, None)
    documents.settle(db, draft, case, work, {"plan": [documents.value_of(made)]})

    assert documents.get_for(db, writer, made.id) is made


def test_a_document_of_a_draft_is_for_those_who_may_do_the_task_and_for_the_one_who_attached_it(db, draft, rosa):
    colleague, secretary = actor(db, "Bo Lane", "gardener"), actor(db, "Cy Wood", "secretary")
    made = attach(db, draft, rosa)
    started = attach(db, drafts.ensure_of_start(db, "letting/letting", drafts.owner_of(secretary)), secretary)

    assert documents.get_for(db, colleague, made.id) is made
    assert documents.get_for(db, secretary, started.id) is started
    for refused, document in ((secretary, made), (rosa, started), (SYSTEM, made)):
        with pytest.raises(NotFound):
            documents.get_for(db, refused, document.id)


def test_a_document_attached_without_an_account_is_for_nobody_until_it_is_sent(db, rosa):
    case = instance(db)
    secretary = actor(db, "Cy Wood", "secretary")
    draft = drafts.ensure_of_start(db, "letting/letting", drafts.owner_of(None, "a browser"))
    made = attach(db, draft, None)

    for refused in (secretary, SYSTEM):
        with pytest.raises(NotFound):
            documents.get_for(db, refused, made.id)
    documents.settle(db, draft, case, None, {"plan": [documents.value_of(made)]})

    assert documents.get_for(db, secretary, made.id) is made
    with pytest.raises(NotFound):
        documents.get_for(db, rosa, made.id)
    with pytest.raises(NotFound):
        documents.get_for(db, secretary, uuid4())
