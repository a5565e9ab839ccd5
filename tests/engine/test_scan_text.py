"""What a scan looks at: texts, and every corner of a file."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from uuid import uuid4

import docx
import pypdf
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from engine import checks, clock, papers, procedures
from engine.errors import Trouble
from engine.models import Document, ProcessInstance
from engine.papers import Paper, reading
from engine.workers import WORKERS, Work, scan_text
from tests.diagrams import job
from tests.engine.rows import deployment, instance
from tests.engine.standing import bundle

LISTS = {"lists/places.txt": b"# towns\nTranent\nDunbar\n", "lists/initials.txt": b"?.?.\n!e.g.\n"}
BODY = job(
    "scan", "scan-text",
    '<zeebe:taskHeaders><zeebe:header key="lists" value="{lists}"/></zeebe:taskHeaders>'
    '<zeebe:ioMapping><zeebe:input source="=fields" target="text"/></zeebe:ioMapping>',
)  # fmt: skip


@pytest.fixture
def case(db) -> ProcessInstance:
    return instance(db, deployment(db, LISTS))


def keep(db, case: ProcessInstance, name: str, content: bytes) -> dict[str, Any]:
    """A file of the case as the value of a form's field."""
    document = Document(
        id=uuid4(), instance_id=case.id, field="", name=name, media_type="", size=len(content), sha256="", uploaded_at=clock.now(),
        content=content,
    )  # fmt: skip
    db.add(document)
    db.flush()
    return {"id": str(document.id), "name": name, "size": len(content)}


def scan(db, case: ProcessInstance, lists: str = "places, initials", **variables: Any) -> list[tuple[str, str]]:
    work = Work(session=db, instance=case, variables=variables, headers={"lists": lists}, key="job-1")
    return [(one["where"], one["term"]) for one in WORKERS["scan-text"](work)["findings"]]


def word(change: Any) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    change(document)
    document.save(file)
    return file.getvalue()


def in_pieces(document: Any) -> None:
    paragraph = document.add_paragraph("in Tra")
    paragraph.add_run("ne").bold = True
    paragraph.add_run("nt.")


def deleted(document: Any) -> None:
    run = document.add_paragraph().add_run()
    text = OxmlElement("w:delText")
    text.text = "Tranent"
    run._r.append(text)


def commented(document: Any) -> None:
    document.add_comment(document.add_paragraph("Fine.").runs, "Was it Tranent?", author="Jo", initials="JP")


def by_tranent(document: Any) -> None:
    document.core_properties.author = "Tranent office"


def in_a_link(document: Any) -> None:
    document.part.relate_to("https://tranent.example", "http://x/hyperlink", is_external=True)


def in_a_picture(document: Any) -> None:
    paragraph = document.add_paragraph()
    described = OxmlElement("w:docPr")
    described.set(qn("w:descr"), "The shop in Tranent")
    paragraph._p.append(described)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (in_pieces, "text"),
        (deleted, "text"),
        (commented, "comments"),
        (by_tranent, "properties: creator"),
        (in_a_link, "links: Target"),
        (in_a_picture, "text: descr"),
        (lambda document: setattr(document.sections[0].header.paragraphs[0], "text", "Tranent"), "header"),
        (lambda document: setattr(document.add_table(1, 1).cell(0, 0), "text", "Tranent"), "text"),
    ],
)
def test_a_term_is_found_in_every_corner_of_a_word_file(db, case, change, where):
    file = keep(db, case, "report.docx", word(change))

    assert set(scan(db, case, "places", files=[file])) == {(f"report.docx: {where}", "Tranent")}


def test_a_term_is_found_in_every_corner_of_a_pdf(db, case):
    written = pypdf.PdfWriter(
        clone_from=io.BytesIO(papers.to_pdf(Paper("Report", "", "## Life in Tranent\n\n[x](https://dunbar.example)")))
    )
    written.add_metadata({"/Author": "Dunbar office"})
    written.add_outline_item(title="About Tranent", page_number=0)
    written.add_attachment("Dunbar.txt", b"x")
    file = io.BytesIO()
    written.write(file)

    found = scan(db, case, "places", files={"nested": [keep(db, case, "Tranent.pdf", file.getvalue())]})

    assert set(found) == {
        ("Tranent.pdf: its name", "Tranent"), ("Tranent.pdf: page 1", "Tranent"), ("Tranent.pdf: notes on page 1", "Dunbar"),
        ("Tranent.pdf: properties", "Dunbar"), ("Tranent.pdf: bookmarks", "Tranent"), ("Tranent.pdf: attached files", "Dunbar"),
        ("Tranent.pdf: attached file Dunbar.txt", ""),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("a.txt", "in Tranent".encode("utf-16"), "a.txt: text"),
        ("a.eml", b"From: a@tranent.example\nDate: x\n\nHello", "a.eml: heading"),
        ("a.eml", b"From: a@b.example\nDate: x\nContent-Transfer-Encoding: base64\n\nVHJhbmVudA==", "a.eml: text"),
    ],
)
def test_texts_and_emails_are_read(db, case, name, content, where):
    assert scan(db, case, "places", files=[keep(db, case, name, content)]) == [(where, "Tranent")]


@pytest.mark.parametrize(
    ("name", "parts", "places"),
    [
        (
            "a.xlsx",
            {
                "xl/sharedStrings.xml": "<sst><si><r><t>Tra</t></r><r><t>nent</t></r></si></sst>",
                "xl/workbook.xml": '<w><sheet name="Dunbar"/></w>',
            },
            [("text", "Tranent"), ("text: name", "Dunbar")],
        ),
        (
            "a.odt",
            {"content.xml": "<d><p>in Tra<span>nent</span> now</p></d>", "meta.xml": "<m><creator>Dunbar</creator></m>"},
            [("text", "Tranent"), ("properties: creator", "Dunbar")],
        ),
        ("a.odt", {"content.xml": "<d><annotation><creator>Dunbar</creator></annotation></d>"}, [("text", "Dunbar")]),
        ("a.docx", {"word/charts/chart1.xml": "<c><cat><pt><v>Dunbar</v></pt></cat></c>"}, [("text", "Dunbar")]),
        ("a.docx", {"word/vmlDrawing1.vml": "<xml><textbox><p>Dunbar</p></textbox></xml>"}, [("text", "Dunbar")]),
        ("a.xlsx", {"xl/threadedComments/t1.xml": "<t><text>Dunbar</text></t>"}, [("text", "Dunbar")]),
        ("a.docx", {"word/embeddings/table.xlsx": "PK"}, [("attached file table.xlsx", "")]),
    ],
)
def test_a_table_of_excel_and_an_open_document_are_read(db, case, name, parts, places):
    found = scan(db, case, "places", files=[keep(db, case, name, zipped(parts))])

    assert found == [(f"{name}: {where}", term) for where, term in places]


def zipped(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\0", b"%PDF-1.7 broken", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0"]
)
def test_what_cannot_be_read_is_told_and_never_passed_over(db, case, content):
    assert scan(db, case, files=[keep(db, case, "a.bin", content)]) == [("a.bin", "")]


def test_one_part_that_is_enormous_is_not_even_unpacked(db, case, monkeypatch):
    unpacked: list[str] = []
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda _self, entry, *_more: unpacked.append(entry.filename))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(41):
            part.write(b" " * 1_000_000)
    assert len(file.getvalue()) < 100_000

    assert scan(db, case, files=[keep(db, case, "bomb.docx", file.getvalue())]) == [("bomb.docx: word/document.xml", "")]
    assert unpacked == []


def test_a_page_that_is_a_picture_is_told(db, case):
    blank, file = pypdf.PdfWriter(), io.BytesIO()
    blank.add_blank_page(100, 100)
    blank.write(file)

    assert scan(db, case, files=[keep(db, case, "a.pdf", file.getvalue())]) == [("a.pdf: page 1", "")]


def test_of_a_file_made_to_be_endless_the_rest_is_told_as_unread(db, case, monkeypatch):
    monkeypatch.setattr(reading, "MAX_LETTERS", 1000)
    monkeypatch.setattr(reading, "MAX_UNPACKED", 5000)
    nested = "<d>" + "<p>" * 50 + "x" * 90 + "</p>" * 50 + "</d>"
    bomb = {f"word/{number}.xml": f"<d>{' ' * 900}</d>" for number in range(8)}

    assert scan(db, case, files=[keep(db, case, "a.docx", zipped({"word/document.xml": nested}))]) == [("a.docx: the rest of it", "")]
    assert len(scan(db, case, files=[keep(db, case, "b.docx", zipped(bomb))])) == 3


def test_texts_are_looked_through_wherever_they_stand(db, case):
    report = {"circumstances": "In Tranent.", "learning_points": [{"text": "J.S. said, e.g., Dunbar"}], "count": 3, "none": None}

    assert scan(db, case, text=report) == [
        ("circumstances", "Tranent"), ("learning points, 1, text", "?.?."), ("learning points, 1, text", "Dunbar"),
    ]  # fmt: skip
    assert scan(db, case, text="Jo Park came", terms=["Jo Park", None]) == [("text", "Jo Park")]
    assert scan(db, case) == []


def test_of_very_many_findings_the_first_are_told(db, case, monkeypatch):
    monkeypatch.setattr(scan_text, "MOST", 2)

    assert scan(db, case, text=["Tranent"] * 5) == [("1", "Tranent"), ("2", "Tranent"), ("", "")]


def test_a_file_of_another_case_is_not_looked_at(db, case):
    other = instance(db, case.definition.deployment, reference="PLOT-2")
    foreign = keep(db, other, "a.txt", b"Tranent")

    for file in (foreign, foreign | {"id": "1"}):
        with pytest.raises(Trouble, match="not, or no longer, among the documents of this case"):
            scan(db, case, files=[file])


@pytest.mark.parametrize(
    ("given", "said"),
    [({"lists": "towns"}, "There is no list “towns” in this procedure"), ({"terms": 3}, "must be a list of texts")],
)
def test_a_scan_that_cannot_be_made_says_why(db, case, given, said):
    with pytest.raises(Trouble, match=said):
        scan(db, case, **given)


def test_a_list_that_is_missing_or_wrong_is_told_before_deploying():
    def said(lists: str, more: dict[str, bytes]) -> str:
        return " ".join(problem.message for problem in checks.check(bundle(BODY.replace("{lists}", lists), "asked scan; scan end") | more))

    assert said("places", LISTS) == ""
    assert "“scan” looks for the terms of “towns”, which is not among the files. Add lists/towns.txt" in said("places, towns", LISTS)
    assert "There is no term in this list" in said("places", {"lists/places.txt": b""})


def test_the_lists_of_a_procedure_are_deployed_with_it(db, case):
    assert sorted(procedures.of_instance(db, case).lists) == ["initials", "places"]


@given(st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", b"From: x\n\n"]), st.binary(max_size=300))
def test_no_file_is_too_odd_to_be_looked_at(beginning, content):
    assert all(words.text is None or isinstance(words.text, str) for words in papers.words_of(beginning + content))
