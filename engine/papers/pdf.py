"""A paper as PDF/UA-1: tagged, so that it can be listened to; with its language, title, headings and the headers of its tables."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from .. import clock
from ..errors import Trouble
from ..forms.markdown import LINE_END
from . import paper
from .paper import LANGUAGE, Paper

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

LOOKS = Path(__file__).with_name("paper.css")
NO_PANGO = (
    "No PDF can be written, because the library Pango is missing on this machine. Install it "
    "(on Debian and Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core), then try again."
)

_RENDERER = MarkdownIt("commonmark", {"html": False, "breaks": True})


def to_pdf(wanted: Paper) -> bytes:
    """The paper as a PDF. Raises Trouble, with the cure, where the machine lacks what draws it."""
    return written(_page(wanted), variant="pdf/ua-1")


def written(html: str, *, variant: str | None = None) -> bytes:
    """A page of HTML as a PDF, with tags where the variant asks for them; nothing that it names is fetched."""
    library = _library()
    made: bytes = library.HTML(string=html, url_fetcher=_refusing(library)).write_pdf(pdf_variant=variant)
    return made


def _library() -> Any:
    """WeasyPrint, loaded when the first PDF is written: it takes a while, and needs Pango."""
    try:
        import weasyprint
    except OSError as error:
        raise Trouble(NO_PANGO) from error
    return weasyprint


@cache
def _refusing(library: Any) -> URLFetcher:
    fetcher: URLFetcher = library.urls.URLFetcher(allowed_protocols=())
    return fetcher


def _page(wanted: Paper) -> str:
    title, moment = escape(wanted.title), clock.now().isoformat(timespec="seconds")
    marking, note = (_quoted(text) for text in (wanted.marking, wanted.note or wanted.title))
    return (
        f'<!DOCTYPE html><html lang="{LANGUAGE}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="dcterms.created" content="{moment}"><style>{LOOKS.read_text(encoding="utf-8")}'
        f"@page {{ @top-center {{ content: {marking} }} @bottom-left {{ content: {note} }} }}</style></head>"
        f"<body><h1>{title}</h1>{_body(wanted)}</body></html>"
    )


def _body(wanted: Paper) -> str:
    tokens = paper.tokens(wanted.body)
    for token in tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")
    html: str = _RENDERER.renderer.render(tokens, _RENDERER.options, {})
    return html.replace(LINE_END, "<br>")


def _quoted(text: str) -> str:
    """Text as a string of CSS, inside a style element."""
    return '"' + "".join(letter if letter.isalnum() or letter == " " else f"\\{ord(letter):x} " for letter in text) + '"'
