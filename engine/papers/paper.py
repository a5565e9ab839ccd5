"""A paper before it has a format: read from its template, and filled in with what a case knows."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .. import calendars, clock, feel, templates
from ..errors import Problem, Trouble
from ..forms import markdown

KIND = templates.Kind("document", "Minute of the meeting", ("title", "marking", "classification"))
PLAIN = "This is one plain word, the same in every case. Take the {{ }} away."
MAX_TITLE = 200
LANGUAGE = "en-GB"


@dataclass(frozen=True)
class PaperTemplate:
    """A document before it is filled in."""

    key: str  # the file's name without .md
    title: str
    marking: str  # how carefully it is to be handled, above and below each page
    classification: str
    body: str  # Markdown
    reads: frozenset[str]

    def names(self) -> frozenset[str]:
        """The variables that the head and the body read."""
        return self.reads


@dataclass(frozen=True)
class Paper:
    """A document with everything filled in."""

    title: str
    marking: str
    body: str  # Markdown
    note: str = ""  # below each page, such as “Version 2”


def read(content: bytes, path: str, *, known: bool = False) -> tuple[PaperTemplate, list[Problem]]:
    """A template file, and everything that is wrong with it. known: as in `templates.read`."""
    template, problems = templates.read(content, path, KIND, known=known)
    title, marking, classification = (template.head.get(line, "") for line in KIND.lines)
    if "{{" in classification:
        problems.append(Problem(path, "classification", PLAIN))
    return PaperTemplate(template.key, title, marking, classification, template.body, template.reads), problems


def fill(template: PaperTemplate, variables: Mapping[str, Any]) -> Paper:
    """The document, as this case has it. Raises Trouble where it has no title."""
    known = {**variables, "today": calendars.say_date(clock.today())}
    title, marking = (templates.one_line(feel.render(text, known))[:MAX_TITLE] for text in (template.title, template.marking))
    if not title:
        raise Trouble(f"The document “{template.key}” has an empty title in this case. Correct its line “title: {template.title}”.")
    return Paper(title, marking, _writable(markdown.fill_in(template.body, known).strip()))


def with_note(paper: Paper, note: str) -> Paper:
    """The same with these words below each page."""
    return replace(paper, note=note)


def tokens(body: str) -> list[Token]:
    """What the Markdown says, for both formats. Nothing in it is taken from elsewhere."""
    return _markdown().parse(body)


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable("image")


def _writable(text: str) -> str:
    """Without the control characters that a Word file may not have."""
    return "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs"))
