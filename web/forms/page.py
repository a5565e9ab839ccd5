"""One page of a form as its template draws it: the whole form, a question page, or check-your-answers."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine import forms
from engine.forms import CHECK, Filled

from .pieces import Look, Piece, pieces
from .summary import Section, sections


@dataclass(frozen=True)
class Shown:
    """What form_errors and form_page of templates/forms/form.html draw."""

    page: str | None  # the slug; None when the form is all one page
    title: str  # the heading of a question page
    hint: str
    pieces: Sequence[Piece]
    sections: Sequence[Section]  # on check-your-answers
    errors: Sequence[dict[str, str]]
    back: str  # the slug of the page before
    changing: bool
    focus: str
    known: str  # JSON for conditions in the browser
    has_files: bool
    steps: tuple[int, int] = field(default=(0, 0))  # which question page it is, of how many

    @property
    def has_errors(self) -> bool:
        """True if the page's title should begin with "Error:"."""
        return bool(self.errors)

    @property
    def is_check(self) -> bool:
        """True on check-your-answers."""
        return self.page == CHECK

    @property
    def goes_on(self) -> bool:
        """True if another page comes after this one."""
        return self.page is not None and not self.is_check


def show(
    filled: Filled, page: str | None, *, problems: Mapping[str, str] | None = None, changed: Mapping[str, Any] | None = None,
    changing: bool = False, focus: str = "", openable: Container[str] = (),
) -> Shown:  # fmt: skip
    """The page, with the problems it is told to show, what somebody else changed meanwhile, and links to documents."""
    problems = problems or {}
    slugs = [one.slug for one in filled.pages]
    common: dict[str, Any] = {
        "page": page, "errors": _errors(filled, page, problems), "back": CHECK if changing else forms.page_before(filled, page),
        "changing": changing, "focus": focus, "steps": (slugs.index(page) + 1 if page in slugs and page else 0, len(slugs)),
    }  # fmt: skip
    if page == CHECK:
        parts = [section for one in filled.pages for section in sections(filled, one, openable)]
        return Shown(**common, title="Check your answers", hint="", pieces=(), sections=parts, known="{}", has_files=False)
    blocks, look = filled.of(page or ""), Look(problems, changed or {}, openable)
    top = blocks[0] if page else None
    inside = top.blocks if top else blocks
    return Shown(
        **common, title=top.label if top else "", hint=top.hint if top else "", pieces=pieces(inside, look),
        sections=(), known=json.dumps(filled.known_to_conditions(inside), default=str), has_files=filled.takes_files(inside),
    )  # fmt: skip


def _errors(filled: Filled, page: str | None, problems: Mapping[str, str]) -> list[dict[str, str]]:
    """The lines of the error summary; on check-your-answers they lead to the page of the question."""

    def link(control: str) -> str:
        return f"?page={filled.page_of(control)}&change=1#{control}" if page == CHECK else f"#{control}"

    return [{"text": sentence, "href": link(control)} for control, sentence in problems.items()]
