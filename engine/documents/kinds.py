"""What kind of file this is, by its content. What a file calls itself, or a browser calls it, proves nothing."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from .. import papers

ALLOWED = "PDF, Word, Excel, OpenDocument, plain text, PNG, JPEG or email file"


@dataclass(frozen=True)
class Kind:
    """A kind of file that may be attached."""

    media_type: str
    endings: tuple[str, ...]  # a name ends with one of these; the first is added where it does not


PDF = Kind("application/pdf", (".pdf",))
PNG = Kind("image/png", (".png",))
JPEG = Kind("image/jpeg", (".jpg", ".jpeg"))
WORD = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",))
EXCEL = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",))
OLD_WORD = Kind("application/msword", (".doc",))
OLD_EXCEL = Kind("application/vnd.ms-excel", (".xls",))
OUTLOOK = Kind("application/vnd.ms-outlook", (".msg",))
OPEN_TEXT = Kind("application/vnd.oasis.opendocument.text", (".odt",))
OPEN_SHEET = Kind("application/vnd.oasis.opendocument.spreadsheet", (".ods",))
EMAIL = Kind("message/rfc822", (".eml",))
TEXT = Kind("text/plain", (".txt", ".csv"))

BEGINNINGS = {
    b"%PDF-": PDF,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"\xff\xd8\xff": JPEG,
}
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# The main part of each kind of Office file, and the stream that each kind of older one must have.
PARTS = {"word/document.xml": WORD, "xl/workbook.xml": EXCEL}
STREAMS = {"WordDocument": OLD_WORD, "Workbook": OLD_EXCEL, "__properties_version1.0": OUTLOOK}
OPEN_DOCUMENTS = {kind.media_type: kind for kind in (OPEN_TEXT, OPEN_SHEET)}
MACRO_PARTS = re.compile(r"vbaProject\.bin$|^Basic/|^Scripts/")
MACRO_STREAM = "_VBA_PROJECT"

# Text that some program would run or draw instead of showing it.
ACTIVE_TEXT = re.compile(rb"\s*(?:<[!?/a-z]|#!|\{\\rtf|%!|@echo)", re.IGNORECASE)
ACTIVE_TYPES = re.compile(r"html|svg|xml$|javascript|ecmascript|x-sh|x-msdownload|x-msdos|x-bat|hta", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
HEADER = re.compile(r"[!-9;-~]+:[ \t]")
EMAIL_HEADERS = (
    re.compile(r"^From:", re.IGNORECASE | re.MULTILINE),
    re.compile(r"^(?:Date|Message-ID|MIME-Version):", re.IGNORECASE | re.MULTILINE),
)


class Unwelcome(Exception):
    """The content may not be attached; the text says why, as the end of a sentence about the file."""


NOT_ALLOWED = f"is not a kind of file that can be attached. Attach a {ALLOWED}"
RUNS_SOMETHING = "would run a program when it is opened. Save it without, for example by printing it to a new PDF, and attach it again"
HAS_MACROS = "contains macros. Save it without macros and attach it again"


def recognise(content: bytes, claimed: str = "") -> Kind:
    """The kind of a file. Raises Unwelcome where it may not be attached.

    claimed: the media type it came with. It is never believed, but where it says that the file is a page or a program,
    the file is refused whatever it looks like.
    """
    kind = _of(content)
    if kind is PDF and papers.runs_something(content):
        raise Unwelcome(RUNS_SOMETHING)
    if kind is None or ACTIVE_TYPES.search(claimed.partition(";")[0].strip()):
        raise Unwelcome(NOT_ALLOWED)
    return kind


def _of(content: bytes) -> Kind | None:
    for beginning, kind in BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if content.startswith(ZIP):
        return _of_zip(content)
    if content.startswith(OLE):
        return _of_ole(content)
    return _of_text(content)


def _of_zip(content: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            open_document = ""
            if names and names[0] == "mimetype":
                with archive.open("mimetype") as entry:
                    open_document = entry.read(200).decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return None
    if any(map(MACRO_PARTS.search, names)):
        raise Unwelcome(HAS_MACROS)
    if "[Content_Types].xml" in names:
        return next((kind for part, kind in PARTS.items() if part in names), None)
    return OPEN_DOCUMENTS.get(open_document)


def _of_ole(content: bytes) -> Kind | None:
    """An older Office file: a file system of its own, whose names stand in it as UTF-16."""
    if _names_a_stream(content, MACRO_STREAM):
        raise Unwelcome(HAS_MACROS)
    return next((kind for stream, kind in STREAMS.items() if _names_a_stream(content, stream)), None)


def _names_a_stream(content: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in content


def _of_text(content: bytes) -> Kind | None:
    text = _decoded(content)
    if text is None or CONTROLS.search(text) or ACTIVE_TEXT.match(text.lstrip("\ufeff").encode()):
        return None
    head = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    return EMAIL if HEADER.match(head) and all(header.search(head) for header in EMAIL_HEADERS) else TEXT


def _decoded(content: bytes) -> str | None:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
