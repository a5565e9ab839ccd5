"""Answers and facts in words: for read-only fields and for check-your-answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

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


def fact_rows(block: Block) -> list[dict[str, Any]]:
    """A read-only field as a row of a summary list."""
    return [{"key": {"text": block.label}, "value": {"html": lines(block.said, NOTHING)}}]


def sections(filled: Filled, page: Page) -> list[Section]:
    """The answers of one question page, with links to change them."""
    title = next((block.label for block in filled.of(page.slug) if page.slug), "")
    first = Section(title, page.slug)
    found = [first]
    _collect(filled.of(page.slug), page.slug, found, first)
    # The title of a page stands above its cards, even where it has no answers besides them.
    return [section for section in found if section.rows or (section is first and len(found) > 1)]


def _collect(blocks: Sequence[Block], page: str, found: list[Section], into: Section) -> None:
    for block in blocks:
        component = block.component
        if block.hidden or isinstance(component, Computed):
            continue
        if isinstance(component, Group):
            _collect(block.blocks, page, found, into)
        elif isinstance(component, Repeating):
            _collect_rows(block, page, found, into)
        elif isinstance(component, Field) and not block.readonly:
            into.rows.append(_answer(block.label, lines(block.said, NO_ANSWER), page, block.name + component.first))


def _collect_rows(block: Block, page: str, found: list[Section], into: Section) -> None:
    rows = [row for row in block.rows if not row.dropped]
    if not rows:
        into.rows.append(_answer(block.label, lines([], "None"), page, f"{block.name}-add"))
    for row in rows:
        section = Section(row.title, page, is_card=True)
        found.append(section)
        _collect(row.blocks, page, found, section)


def _answer(label: str, said: Markup, page: str, control: str) -> dict[str, Any]:
    link = {"text": "Change", "href": f"?page={page}&change=1#{control}", "visuallyHiddenText": label}
    return {"key": {"text": label}, "value": {"html": said}, "actions": {"items": [link]}}
