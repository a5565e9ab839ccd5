"""A form in outline: what it asks, of which kind each answer is, and when a question is asked at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.feel import is_expression
from engine.forms import Form
from engine.forms.choices import Choosing, options
from engine.forms.dates import Timed
from engine.forms.model import Component, Computed, Field, Group, Repeating, Table, Text

KINDS = {
    "textfield": "Short text", "textarea": "Long text", "number": "Number", "checkbox": "Box to tick", "filepicker": "Files",
    "radio": "One of these", "select": "One of these", "checklist": "Any of these", "taglist": "Any of these",
}  # fmt: skip
TIMES = {"Date": "Date", "Time": "Time", "DateTime": "Date and time"}


@dataclass(frozen=True)
class Line:
    """One thing in a form."""

    label: str
    kind: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()
    must: bool = False
    hidden_when: str = ""  # FEEL
    depth: int = 0
    is_heading: bool = False
    is_text: bool = False  # Markdown to read


@dataclass(frozen=True)
class Outline:
    """A page of a form, or all of it."""

    title: str
    lines: Sequence[Line]


def pages(form: Form) -> list[Outline]:
    """The form page by page."""
    if len(form.pages) == 1 and form.pages[0].group is None:
        return [Outline("", list(_lines(form.components, 0)))]
    return [Outline(page.group.label, list(_lines(page.group.components, 0))) for page in form.pages if page.group]


def _lines(components: Sequence[Component], depth: int) -> Iterator[Line]:
    for component in components:
        hidden_when = (component.hide or "").removeprefix("=").strip()
        if isinstance(component, Group | Repeating):
            kind = "As often as needed" if isinstance(component, Repeating) else ""
            yield Line(component.label, kind, component.hint, hidden_when=hidden_when, depth=depth, is_heading=True)
            yield from _lines(component.components, depth + 1)
        elif isinstance(component, Field):
            yield _field(component, hidden_when, depth)
        elif isinstance(component, Text):
            yield Line(component.text, hidden_when=hidden_when, depth=depth, is_text=True)
        elif isinstance(component, Table):
            yield Line(component.label, "Facts to read", hidden_when=hidden_when, depth=depth)
        elif isinstance(component, Computed):
            yield Line(".".join(component.keys), "Worked out by Casework", component.expression, depth=depth)


def _field(field: Field, hidden_when: str, depth: int) -> Line:
    kind = TIMES[type(field).__name__] if isinstance(field, Timed) else KINDS.get(field.type, field.type)
    kind = "Fact to read" if field.readonly is True else kind
    return Line(field.label or ".".join(field.keys), kind, field.hint, _choices(field), field.required, hidden_when, depth)


def _choices(field: Field) -> tuple[str, ...]:
    """The answers to choose from, where the form itself lists them."""
    if not isinstance(field, Choosing) or field.readonly is True or is_expression(field.source):
        return ()
    return tuple(option.label for option in options(field.source))
