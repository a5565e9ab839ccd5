"""A paper as a Word file: its own heading styles, lists and tables, and no names among its properties."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from markdown_it.tree import SyntaxTreeNode

from .. import clock
from ..forms.markdown import LINE_END
from . import paper
from .paper import LANGUAGE, Paper

LISTS = {"bullet_list": "List Bullet", "ordered_list": "List Number"}
DEEPEST_STYLE = 3  # lists further in look like this one
MARKS = {"strong": "bold", "em": "italic"}


def to_word(wanted: Paper) -> bytes:
    """The paper as a Word file that can be worked on."""
    document = Document()
    _properties(document, wanted)
    _edges(document, wanted)
    document.add_paragraph(wanted.title, style="Title")
    for block in SyntaxTreeNode(paper.tokens(wanted.body)).children:
        _block(document, document, block)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _properties(document: WordDocument, wanted: Paper) -> None:
    """What the file says of itself: its title and when it was made. Not who made it, or with what."""
    about = document.core_properties
    about.title, about.language = wanted.title, LANGUAGE
    about.author = about.last_modified_by = about.comments = about.keywords = about.subject = about.category = ""
    about.created = about.modified = clock.now().replace(tzinfo=None)
    fonts = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    if fonts is not None:
        fonts.set(qn("w:val"), LANGUAGE)


def _edges(document: WordDocument, wanted: Paper) -> None:
    """What stands above and below every page."""
    section = document.sections[0]
    above = section.header.paragraphs[0]
    above.alignment = WD_ALIGN_PARAGRAPH.CENTER
    above.add_run(wanted.marking).bold = True
    below = section.footer.paragraphs[0]
    below.add_run(f"{wanted.note or wanted.title}\t\tPage ")
    _field(below, "PAGE")
    below.add_run(" of ")
    _field(below, "NUMPAGES")


def _field(below: Paragraph, what: str) -> None:
    """A number that Word works out."""
    run: Any = below.add_run()
    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = what
        run._r.append(part)


def _block(document: WordDocument, into: Any, block: SyntaxTreeNode, style: str = "", depth: int = 0) -> None:
    """One block of Markdown. Below the document's title, its second level of headings is the first."""
    match block.type:
        case "heading":
            _inline(into.add_paragraph(style=f"Heading {max(1, int(block.tag[1:]) - 1)}"), block)
        case "bullet_list" | "ordered_list":
            _list(document, into, block, depth)
        case "table":
            _table(document, block)
        case "blockquote":
            for child in block.children:
                _block(document, into, child, "Quote", depth)
        case "fence" | "code_block":
            into.add_paragraph(block.content.rstrip("\n"), style=style or None)
        case "hr":
            into.add_paragraph("* * *").alignment = WD_ALIGN_PARAGRAPH.CENTER
        case _:
            _inline(into.add_paragraph(style=style or None), block)


def _list(document: WordDocument, into: Any, block: SyntaxTreeNode, depth: int) -> None:
    level = min(depth, DEEPEST_STYLE - 1)
    style = LISTS[block.type] + (f" {level + 1}" if level else "")
    numbering = _numbering(document, style, int(block.attrs.get("start", 1))) if block.type == "ordered_list" else None
    for item in block.children:
        for number, child in enumerate(item.children):
            if child.type in LISTS:
                _list(document, into, child, depth + 1)
                continue
            before = len(into.paragraphs)
            _block(document, into, child, style if number == 0 else "List Continue", depth)
            if numbering is not None and number == 0:
                _number(into.paragraphs[before], numbering)


def _numbering(document: WordDocument, style: str, start: int) -> int:
    """A numbering of its own for one list: with the style's alone, a second list would go on where the first ended."""
    numbers = document.part.numbering_part.element
    abstract = numbers.num_having_numId(document.styles[style].element.pPr.numPr.numId.val).abstractNumId.val
    numbering = numbers.add_num(abstract)
    numbering.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(numbering.numId)


def _number(item: Paragraph, numbering: int) -> None:
    paragraph: Any = item._p
    properties = paragraph.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering


def _table(document: WordDocument, block: SyntaxTreeNode) -> None:
    rows = [row for part in block.children for row in part.children]
    table = document.add_table(len(rows), len(rows[0].children), style="Table Grid")
    for row, cells in zip(rows, table.rows, strict=True):
        for cell, place in zip(row.children, cells.cells, strict=True):
            _cell(place, cell, header=cell.type == "th")
    # The first row says what stands in each column, and does so again on every page.
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _cell(place: _Cell, cell: SyntaxTreeNode, *, header: bool) -> None:
    words = place.paragraphs[0]
    _inline(words, cell)
    for run in words.runs if header else []:
        run.bold = True


def _inline(words: Paragraph, block: SyntaxTreeNode) -> None:
    for text, marks in _runs(block, {}):
        run = words.add_run(text.replace(LINE_END, "\n"))
        for name, value in marks.items():
            if name == "link":
                _link(words, run, value)
            else:
                setattr(run, name, value)


def _runs(node: SyntaxTreeNode, marks: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The words of a block, each stretch with how it is set."""
    if node.type in ("text", "code_inline"):
        yield node.content, marks
    elif node.type in ("softbreak", "hardbreak"):
        yield "\n", marks
    else:
        own = {MARKS[node.type]: True} if node.type in MARKS else {"link": node.attrs.get("href")} if node.type == "link" else {}
        for child in node.children:
            yield from _runs(child, marks | own)


def _link(words: Paragraph, run: Any, address: str) -> None:
    """Make a stretch of words lead somewhere."""
    paragraph: Any = words._p
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), words.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run.underline = True
    link.append(run._r)
    paragraph.append(link)
