"""Marks a PDF with words on each page, such as who was given it and when."""

from __future__ import annotations

import io
from html import escape

import pypdf
from pypdf.generic import DecodedStreamObject, NameObject

from ..errors import Trouble
from .pdf import written

# What a reader of the tags passes over: it is no part of the text.
ARTIFACT = b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC\n%s\nEMC\n"
MOST_SIZES = 50  # of pages in one file; each takes a mark of its own, and drawing one takes a while


class Unstampable(Exception):
    """The PDF cannot be marked: it is damaged, locked, or made to be slow."""


def stamp(content: bytes, words: str) -> bytes:
    """The same PDF with these words across and below each page, which nobody hears read out. What it says of itself, and its tags, stay."""
    try:
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
        sizes = [(float(page.mediabox.width), float(page.mediabox.height)) for page in writer.pages]
        if len(set(sizes)) > MOST_SIZES:
            raise Unstampable
        marks = {size: _drawn(_mark(words, *size)) for size in set(sizes)}
        for page, size in zip(writer.pages, sizes, strict=True):
            page.merge_page(marks[size])
        made = io.BytesIO()
        writer.write(made)
    except (Trouble, Unstampable):
        raise
    except Exception as error:  # whatever is wrong with somebody's file, it is told and not a failure
        raise Unstampable from error
    return made.getvalue()


def _drawn(html: str) -> pypdf.PageObject:
    """The page of a mark, all of it an artifact."""
    page = pypdf.PdfReader(io.BytesIO(written(html))).pages[0]
    contents = page.get_contents()
    stream = DecodedStreamObject()
    stream.set_data(ARTIFACT % (b"" if contents is None else contents.get_data()))
    page[NameObject("/Contents")] = stream
    return page


def _mark(words: str, width: float, height: float) -> str:
    """A page that has nothing but the words: pale across it, and small at its lower edge."""
    said = escape(words)
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{said}</title><style>'
        f"@page {{ size: {width}pt {height}pt; margin: 0 }} body {{ margin: 0; font-family: 'Liberation Sans', 'DejaVu Sans', sans-serif }}"
        f".across {{ position: absolute; top: {height * 0.45}pt; width: {width}pt; text-align: center; font-size: {width / 26}pt;"
        " color: rgba(11, 12, 12, .16); transform: rotate(-35deg) }"
        f".below {{ position: absolute; bottom: 14pt; width: {width}pt; text-align: center; font-size: 8pt; color: #0b0c0c }}"
        f'</style></head><body><p class="across">{said}</p><p class="below">Given to {said}</p></body></html>'
    )
