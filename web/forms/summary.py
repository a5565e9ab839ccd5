"""Answers and facts in words: for read-only fields and for check-your-answers."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from markupsafe import Markup, escape

from engine.forms import Block, Filled, Page
from engine.forms.model import Computed, Field, Group, Repeating

NOTHING = "Not known"
NO_ANSWER = "Not answered"


@dataclass
class Section:
    """Answers that belong together: those of a question page, of a group, or of one row of a list."""

    title: str
    page: str  # the slug of the question page they are given on
    rows: list[dict[str, Any]] = field(default_factory=list)
    is_card: bool = False


def lines(said: Sequence[str], nothing: str) -> Markup:
    """Lines of words, each on its own."""
    return Markup("<br>").join(said) if any(said) else Markup('<span class="app-nothing">{}</span>').format(nothing)


def named_files(files: Iterable[Mapping[str, Any]], openable: Container[str]) -> list[Markup]:
    """The names of files; those that this person may open are links to them."""
    return [_named(str(file["id"]), str(file["name"]), openable) for file in files]


def _named(id_: str, name: str, openable: Container[str]) -> Markup:
    if id_ not in openable:
        return escape(name)
    return Markup('<a class="govuk-link" href="{}">{}</a>').format(url_for("documents.download", document_id=id_), name)


def said(block: Block, openable: Container[str]) -> Sequence[str]:
    """An answer or a fact in words, by line; a file that this person may open is a link to it."""
    return named_files(block.files, openable) or block.said


def fact_rows(block: Block, openable: Container[str]) -> list[dict[str, Any]]:
    """A read-only field as a row of a summary list."""
    return [{"key": {"text": block.label}, "value": {"html": lines(said(block, openable), NOTHING)}}]


def sections(filled: Filled, page: Page, openable: Container[str]) -> list[Section]:
    """The answers of one question page, with links to change them."""
    title = next((block.label for block in filled.of(page.slug) if page.slug), "")
    first = Section(title, page.slug)
    found = [first]
    _collect(filled.of(page.slug), page.slug, found, first, openable)
    # The title of a page stands above its cards, even where it has no answers besides them.
    return [section for section in found if section.rows or (section is first and len(found) > 1)]


def _collect(blocks: Sequence[Block], page: str, found: list[Section], into: Section, openable: Container[str]) -> None:
    for block in blocks:
        component = block.component
        if block.hidden or isinstance(component, Computed):
            continue
        if isinstance(component, Group):
            _collect(block.blocks, page, found, into, openable)
        elif isinstance(component, Repeating):
            _collect_rows(block, page, found, into, openable)
        elif isinstance(component, Field) and not block.readonly:
            into.rows.append(_answer(block.label, lines(said(block, openable), NO_ANSWER), page, block.name + component.first))


def _collect_rows(block: Block, page: str, found: list[Section], into: Section, openable: Container[str]) -> None:
    rows = [row for row in block.rows if not row.dropped]
    if not rows:
        into.rows.append(_answer(block.label, lines([], "None"), page, f"{block.name}-add"))
    for row in rows:
        section = Section(row.title, page, is_card=True)
        found.append(section)
        _collect(row.blocks, page, found, section, openable)


def _answer(label: str, said: Markup, page: str, control: str) -> dict[str, Any]:
    link = {"text": "Change", "href": f"?page={page}&change=1#{control}", "visuallyHiddenText": label}
    return {"key": {"text": label}, "value": {"html": said}, "actions": {"items": [link]}}
