"""Documents that a case writes: their templates, and what stands in the PDF and the Word file."""

from __future__ import annotations

import builtins
import io
from datetime import UTC, datetime
from typing import Any

import docx
import pypdf
import pytest
from docx.document import Document as WordDocument
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import clock, papers
from engine.errors import Trouble
from engine.papers import Paper, PaperTemplate, install, pdf

TEMPLATE = """---
title: Minute of {{ club }}
marking: FOR THE COMMITTEE
classification: minute
---
Held in the **shed**, see [the rules](https://rules.example).

## Present

1. Rosa
2. Wim
   - with a guest

## Decided

1. To dig
{{#if club = "North"}}
### Only in the north
{{/if}}

| Day | What was said |
| --- | --- |
{{#loop said}}
| {{ this.day }} | {{ this.what }} |
{{/loop}}

> Nobody is to blame.

{{ remark }}
"""
KNOWN: dict[str, Any] = {
    "club": "North",
    "said": [{"day": "3 March", "what": "It | rained\nand <b>rained</b>"}, {"day": "4 March", "what": "Sun"}],
    "remark": "# no heading\n\nthe second line",
}


def template(text: str = TEMPLATE) -> PaperTemplate:
    read, problems = papers.read(text.encode(), "documents/minute.md")
    assert problems == []
    return read


def problems(text: str) -> str:
    return " ".join(problem.message for problem in papers.read(text.encode(), "documents/minute.md")[1])


def paper(**known: Any) -> Paper:
    return papers.with_note(papers.fill(template(), KNOWN | known), "Version 2")


def word(made: Paper) -> WordDocument:
    return docx.Document(io.BytesIO(papers.to_word(made)))


def tags(reader: pypdf.PdfReader) -> list[str]:
    """The structure of a PDF: the tag of each element, outside in."""

    def walk(node: Any) -> list[str]:
        node = node.get_object()
        if isinstance(node, list):
            return [tag for child in node for tag in walk(child)]
        if not isinstance(node, dict):
            return []
        return ([str(node["/S"])] if "/S" in node else []) + (walk(node["/K"]) if "/K" in node else [])

    root: Any = reader.trailer["/Root"]
    return walk(root["/StructTreeRoot"])


def test_a_template_has_a_title_and_says_how_it_is_to_be_handled():
    read = template()

    assert (read.key, read.title, read.marking, read.classification) == ("minute", "Minute of {{ club }}", "FOR THE COMMITTEE", "minute")
    assert read.names() == {"club", "said", "remark"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello", "such as “title: Minute of the meeting”"),
        ("---\nmarking: x\n---\nHello", "The title is missing"),
        ("---\ntitle: x\n---\n", "nothing below the head. Write the document there"),
        ("---\ntitle: x\nfrom: me\n---\nHello", "It may only say “title: …”, “marking: …” or “classification: …”."),
        ("---\ntitle: x\ntitle: y\n---\nHello", "two titles"),
        ("---\ntitle: x\nclassification: {{ a }}\n---\nHello", "one plain word"),
        ("---\ntitle: {{ a + }}\n---\nHello", "{{ a + }}"),
    ],
)
def test_what_is_wrong_with_a_template_is_said_with_the_cure(text, said):
    assert said in problems(text)


def test_the_pdf_is_tagged_and_tells_its_language_and_title():
    with clock.moved_to(datetime(2026, 3, 3, 9, tzinfo=UTC)):
        reader = pypdf.PdfReader(io.BytesIO(papers.to_pdf(paper())))

    root: Any = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("en-GB", True, True)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Minute of North", None)
    assert str(reader.metadata.creation_date) == "2026-03-03 09:00:00+00:00"
    found = tags(reader)
    assert [tag for tag in found if tag.startswith("/H")] == ["/H1", "/H2", "/H2", "/H3"]
    assert (found.count("/TH"), found.count("/TD"), found.count("/LI")) == (2, 4, 4)


def test_every_page_of_the_pdf_has_the_marking_its_version_and_its_number():
    reader = pypdf.PdfReader(io.BytesIO(papers.to_pdf(paper(remark="\n".join(f"line {n}" for n in range(120))))))

    assert len(reader.pages) > 1
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        assert "FOR THE COMMITTEE" in text
        assert "Version 2" in text
        assert f"Page {number} of {len(reader.pages)}" in text


def test_what_people_typed_stays_words_in_the_pdf():
    text = pypdf.PdfReader(io.BytesIO(papers.to_pdf(paper()))).pages[0].extract_text()

    assert "It | rained\nand <b>rained</b>" in text
    assert "# no heading" in text


def test_the_word_file_has_real_headings_lists_and_a_table_with_a_header():
    made = word(paper())

    styles = [(p.style.name, p.text) for p in made.paragraphs if p.style is not None and p.style.name != "Normal"]
    assert styles == [
        ("Title", "Minute of North"), ("Heading 1", "Present"), ("List Number", "Rosa"), ("List Number", "Wim"),
        ("List Bullet 2", "with a guest"), ("Heading 1", "Decided"), ("List Number", "To dig"), ("Heading 2", "Only in the north"),
        ("Quote", "Nobody is to blame."),
    ]  # fmt: skip
    table = made.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Day", "What was said"], ["3 March", "It | rained\nand <b>rained</b>"], ["4 March", "Sun"],
    ]  # fmt: skip
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert "w:tblHeader" not in table.rows[1]._tr.xml


def test_a_second_numbered_list_in_word_begins_anew():
    made = word(paper())

    numbers = [p._p.pPr.numPr.numId.val for p in made.paragraphs if p.style is not None and p.style.name == "List Number"]  # type: ignore[union-attr]
    assert numbers[0] == numbers[1] != numbers[2]


def test_the_word_file_names_nobody_and_keeps_marks_and_links():
    made = word(paper())

    about = made.core_properties
    assert (about.title, about.author, about.last_modified_by, about.comments, about.language) == ("Minute of North", "", "", "", "en-GB")
    first = made.paragraphs[1]
    assert [run.text for run in first.runs if run.bold] == ["shed"]
    assert [(link.text, link.address) for link in first.hyperlinks] == [("the rules", "https://rules.example")]
    assert made.sections[0].header.paragraphs[0].text == "FOR THE COMMITTEE"
    assert made.sections[0].footer.paragraphs[0].text == "Version 2\t\tPage  of "


def test_a_document_whose_title_comes_to_nothing_is_not_written():
    with pytest.raises(Trouble, match="has an empty title in this case"):
        papers.fill(template("---\ntitle: {{ club }}\n---\nHello"), {"club": " "})


def test_a_machine_that_cannot_draw_a_pdf_says_what_is_missing(monkeypatch):
    usual = builtins.__import__

    def without_pango(name: str, *more: Any, **most: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return usual(name, *more, **most)

    monkeypatch.setattr(builtins, "__import__", without_pango)

    with pytest.raises(Trouble, match=r"Pango is missing on this machine\. Install it"):
        pdf._library()


def test_setting_up_finds_pango_or_says_how_to_get_it(monkeypatch, capsys):
    install.main()
    assert capsys.readouterr().err == ""

    monkeypatch.setattr(install, "LIBRARIES", ("pango-of-another-machine",))
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    install.main()

    assert "no PDF can be written" in capsys.readouterr().err


@settings(max_examples=25)
@given(st.text(max_size=60), st.lists(st.fixed_dictionaries({"day": st.text(max_size=20), "what": st.text(max_size=40)}), max_size=3))
def test_nothing_that_people_type_breaks_either_file(remark, said):
    made = paper(remark=remark, said=said)

    assert papers.to_pdf(made).startswith(b"%PDF-")
    assert len(word(made).tables[0].rows) == 1 + len(said)
