"""A form with answers, as pages draw it: every component in order, with what was entered, what is wrong and whether it is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine import feel

from .attachments import FileNames, attached
from .model import Component, Computed, Entry, Field, Form, Group, Option, Page
from .scopes import Scope
from .sentences import Wrong


@dataclass
class Block:
    """One component where it stands. In a row of a list it is there once for every row."""

    component: Component
    scope: Scope
    name: str = ""  # of its control, which is also its id
    label: str = ""
    hint: str = ""
    hidden: bool = False
    readonly: bool = False
    entered: dict[str, list[str]] = field(default_factory=dict)  # by part of the field, as typed
    known: Any = None  # before anybody entered anything
    value: Any = None
    wrong: tuple[str, str] = ("", "")  # of the entry itself: the sentence, and the part to go to
    problem: str = ""  # the sentence to show here
    at: str = ""  # the control that the sentence is about
    options: Sequence[Option] = ()
    text: str = ""  # Markdown
    columns: Sequence[str] = ()
    cells: Sequence[Sequence[str]] = ()
    blocks: list[Block] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    blank: Row | None = None  # from which the browser makes further rows

    @property
    def subject(self) -> str:
        """What sentences about it call it: its label, where it has no better name."""
        return self.component.properties.get("called") or self.label

    @property
    def said(self) -> list[str]:
        """The answer in words, by line."""
        return self.component.say(self.value, self.options) if isinstance(self.component, Field) else []

    @property
    def files(self) -> list[Mapping[str, Any]]:
        """The files it shows, as a field or in the cells of a table."""
        own = attached(self.value) if self.component.type == "filepicker" else []
        return [*own, *(file for row in self.cells for cell in row if isinstance(cell, FileNames) for file in cell.files)]

    def say_entry(self, entry: Entry) -> str:
        """Another entry in words: as an answer where it is one, else as it was typed."""
        if not isinstance(self.component, Field):
            return ""
        try:
            return "\n".join(self.component.say(self.component.parse(entry, self.label, self.options), self.options))
        except Wrong:
            return " ".join(text for texts in entry.values() for text in texts)

    def fields(self) -> Iterator[Block]:
        """Every field in it that is not hidden, itself included."""
        if not self.hidden:
            if isinstance(self.component, Field):
                yield self
            for block in [*self.blocks, *(block for row in self.rows for block in row.blocks)]:
                yield from block.fields()

    def has_something(self) -> bool:
        """False when nobody would see anything of it."""
        if self.hidden or isinstance(self.component, Computed):
            return False
        return any(block.has_something() for block in self.blocks) if isinstance(self.component, Group) else True


@dataclass
class Row:
    """One row of a list."""

    name: str  # the control that says it exists
    number: int | str  # stays with the row; NEW for the blank copy
    title: str  # "Agency 2"
    scope: Scope
    blocks: list[Block]
    known: dict[str, Any]  # what the row held before anybody entered anything
    dropped: bool = False  # nobody entered anything, and nobody must

    def known_to_conditions(self) -> dict[str, Any]:
        """What the row held that conditions in it may read. The rest of it is none of the browser's business."""
        conditions = " ".join(_conditions(self.blocks))
        return {key: value for key, value in self.known.items() if key in conditions}

    @property
    def is_blank(self) -> bool:
        """True if nothing was entered in it."""
        return all(_is_blank(block) for block in self.blocks)


def _is_blank(block: Block) -> bool:
    if block.rows or block.blocks:
        return all(row.is_blank for row in block.rows) and all(_is_blank(inner) for inner in block.blocks)
    component = block.component
    if not isinstance(component, Field) or block.hidden or block.readonly:
        return True
    return not block.wrong[0] and block.value in (component.empty, component.default)


@dataclass(frozen=True)
class Filled:
    """A whole form with answers."""

    form: Form
    blocks: Sequence[Block]
    values: dict[str, Any]  # typed; what would be handed in
    scope: Scope

    @property
    def problems(self) -> dict[str, str]:
        """A sentence for every control with something wrong, in the order of the form."""
        return problems_in(self.blocks)

    @property
    def pages(self) -> list[Page]:
        """The question pages to go through: all but those with nothing to see."""
        return [page for page in self.form.pages if any(block.has_something() for block in self.of(page.slug))]

    def of(self, slug: str) -> Sequence[Block]:
        """The blocks of one page."""
        if not slug:
            return self.blocks
        page = next(page for page in self.form.pages if page.slug == slug)
        return [block for block in self.blocks if block.component is page.group]

    def problems_of(self, slug: str) -> dict[str, str]:
        """What is wrong on one page."""
        return problems_in(self.of(slug))

    def page_of(self, control: str) -> str:
        """The slug of the page that this control stands on."""
        return next((page.slug for page in self.form.pages if any(_has(block, control) for block in self.of(page.slug))), "")

    def known_to_conditions(self, blocks: Sequence[Block]) -> dict[str, Any]:
        """The variables and answers that conditions among these blocks read, for the browser to judge them. No others."""
        wanted: frozenset[str] = frozenset().union(*(feel.names(text[1:]) for text in _conditions(blocks)))
        return {name: self.scope.data[name] for name in sorted(wanted) if name in self.scope.data}

    def takes_files(self, blocks: Sequence[Block]) -> bool:
        """True if files may be attached among these blocks, hidden or not."""
        return any(block.component.type == "filepicker" and not block.readonly for block in _every(blocks))

    def files(self) -> list[Mapping[str, Any]]:
        """Every file that the form shows, attached or told of."""
        return [file for block in _every(self.blocks) if not block.hidden for file in block.files]


def _inside(block: Block) -> list[Sequence[Block]]:
    return [block.blocks, *(row.blocks for row in [*block.rows, *([block.blank] if block.blank else [])])]


def _conditions(blocks: Sequence[Block]) -> list[str]:
    """The conditions among these blocks, and the expressions that give them what they read."""
    every = list(_every(blocks))
    texts = [block.component.hide for block in every if block.component.hide]
    computed = [block.component for block in every if isinstance(block.component, Computed)]
    for _ in computed:  # one may read another
        read = " ".join(texts)
        texts += [one.expression for one in computed if one.keys[-1] in read and one.expression not in texts]
    return texts


def _every(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        for inside in _inside(block):
            yield from _every(inside)


def problems_in(blocks: Sequence[Block]) -> dict[str, str]:
    """What is wrong in these blocks: the sentence by its control."""
    found: dict[str, str] = {}
    for block in (block for block in blocks if not block.hidden):
        if block.problem:
            found[block.at] = block.problem
        for inside in [block.blocks, *(row.blocks for row in block.rows)]:
            found.update(problems_in(inside))
    return found


def _has(block: Block, control: str) -> bool:
    if block.name and (control == block.name or control.startswith(f"{block.name}-")):
        return True
    return any(_has(inner, control) for inner in block.blocks)
