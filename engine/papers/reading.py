"""The words of a file, wherever they stand in it: text, headers, comments, what was deleted but is still there, properties, links.

A Word file keeps one word in several pieces where it was edited; they are put together here. Nothing is run or fetched.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pypdf
from lxml import etree

# What is larger is said to be unreadable: a small file can be made to unpack to any size.
MAX_PART = 40_000_000  # bytes of one part, unpacked
MAX_UNPACKED = 100_000_000  # bytes of all parts of a file
MAX_LETTERS = 2_000_000  # of a whole file; a long book has one million
MAX_PAGES = 2000

PARAGRAPHS = frozenset({"p", "h", "si", "is", "comment", "text", "creator", "v", "f"})  # "v" and "f": of a chart, of a formula
BREAKS = frozenset({"tab", "br", "cr", "line-break", "s"})
TELLING = frozenset({"author", "initials", "descr", "title", "Target", "href", "creator", "displayName"})  # attributes that hold words
NAMED = frozenset({"docPr", "cNvPr", "sheet", "definedName", "bookmarkStart"})  # elements whose name holds words
PLACES = (
    ("header", "header"), ("footer", "footer"), ("comments", "comments"), ("footnotes", "footnotes"), ("endnotes", "endnotes"),
    ("docProps", "properties"), (".psmdcp", "properties"), ("meta.xml", "properties"),
    ("styles.xml", "headers and styles"), (".rels", "links"),
)  # fmt: skip
READ = (".xml", ".rels", ".vml", ".psmdcp")
WITHOUT_WORDS = ("/", "mimetype", "manifest.rdf", "layout-cache", "thumbnail.jpeg", ".ttf", ".odttf")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".tif", ".tiff", ".bmp", ".svg", ".bin")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)


@dataclass(frozen=True)
class Words:
    """Some words of a file, and where in it they stand. Without words: a part that could not be read."""

    where: str
    text: str | None


def words_of(content: bytes) -> Iterator[Words]:
    """Everything in a file that somebody could read or look up."""
    left = MAX_LETTERS
    try:
        for words in _words(content):
            left -= len(words.text or "")
            if left < 0:
                yield Words("the rest of it", None)
                return
            yield words
    except Exception:  # noqa: BLE001 - whatever is wrong with somebody's file, it is told and not a failure
        yield Words("", None)


def _words(content: bytes) -> Iterator[Words]:
    if content.startswith(b"%PDF-"):
        yield from _of_pdf(content)
    elif content.startswith(b"PK\x03\x04"):
        yield from _of_zip(content)
    elif (text := _decoded(content)) is None:
        yield Words("", None)
    elif text.lstrip()[:400].lower().find("from:") >= 0 and "\n\n" in text.replace("\r\n", "\n"):
        yield from _of_email(content)
    else:
        yield Words("text", text)


def _decoded(content: bytes) -> str | None:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _of_pdf(content: bytes) -> Iterator[Words]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    for number, page in enumerate(reader.pages[:MAX_PAGES], 1):
        text = page.extract_text()
        yield Words(f"page {number}", text if text.strip() else None)
        notes: Any = page.get("/Annots") or []
        for note in notes:
            about = note.get_object()
            said = [about.get("/Contents"), about.get("/T"), about.get("/V"), _address(about)]
            yield Words(f"notes on page {number}", "\n".join(str(one) for one in said if one))
    if len(reader.pages) > MAX_PAGES:
        yield Words(f"pages after {MAX_PAGES}", None)
    yield Words("properties", "\n".join(map(str, (reader.metadata or {}).values())))
    root: Any = reader.trailer["/Root"]
    if "/Metadata" in root:
        yield Words("properties", "\n".join(_parsed(root["/Metadata"].get_data()).itertext()))
    yield Words("bookmarks", "\n".join(_bookmarks(reader.outline)))
    for name in reader.attachments:
        yield Words("attached files", name)
        yield Words(f"attached file {name}", None)


def _address(note: Any) -> str:
    """Where a link leads."""
    return str(note["/A"].get("/URI", "")) if "/A" in note else ""


def _bookmarks(outline: Any) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _bookmarks(entry)
        else:
            yield str(entry.title)


def _of_zip(content: bytes) -> Iterator[Words]:
    unpacked = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            name, ending = entry.filename, entry.filename.lower()
            if ending.endswith(READ):
                unpacked += entry.file_size
                if entry.file_size > MAX_PART or unpacked > MAX_UNPACKED:
                    yield Words(name, None)
                else:
                    yield from _of_part(name, archive.read(entry))
            elif not ending.endswith(WITHOUT_WORDS):
                called = "picture" if ending.endswith(PICTURES) else "attached file"
                yield Words(f"{called} {name.rpartition('/')[2]}", None)


def _of_part(name: str, content: bytes) -> Iterator[Words]:
    root = _parsed(content)
    where = next((place for mark, place in PLACES if mark in name), "text")
    open_document = name in ("content.xml", "styles.xml", "meta.xml")
    for node in root.iter(etree.Element):
        local = _local(node.tag)
        if where == "properties" and (node.text or "").strip():
            yield Words(f"properties: {local}", node.text)
        elif local in PARAGRAPHS and (text := _text(node, tails=open_document)).strip():
            yield Words(where, text)
        for attribute, value in node.attrib.items():
            own = _local(attribute)
            if str(value).strip() and (own in TELLING or (own == "name" and local in NAMED)):
                yield Words(f"{where}: {own}", str(value))


def _parsed(content: bytes) -> Any:
    return etree.fromstring(content, _PARSER)


def _local(name: Any) -> str:
    return str(name).rpartition("}")[2]


def _text(paragraph: Any, *, tails: bool) -> str:
    """The words of one paragraph, whatever pieces it is kept in."""
    parts = []
    for node in paragraph.iter():
        if isinstance(node.tag, str):
            parts.append(" " if _local(node.tag) in BREAKS else node.text or "")
        if tails and node is not paragraph:
            parts.append(node.tail or "")
    return "".join(parts)


def _of_email(content: bytes) -> Iterator[Words]:
    message = message_from_bytes(content, policy=policy.default)
    yield Words("heading", "\n".join(f"{name}: {value}" for name, value in message.items()))
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_maintype() == "text":
            yield Words("text", str(part.get_content()))
        elif not part.is_multipart():
            name = str(part.get_filename() or part.get_content_type())
            yield Words("attached files", name)
            yield Words(f"attached file {name}", None)
