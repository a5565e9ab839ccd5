"""Brings a form, known variables and entries together, until hiding has settled.

1. Build a block for every component, and for every row of every list.
2. In the order of the form: hide, compute, read entries. What is hidden has no value. Again, until nothing changes.
3. Write labels and texts, check the rules, leave out rows in which nobody entered anything.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import names
from .attachments import FilePicker, Files, attached
from .choices import Choosing, options
from .finishing import finish
from .model import Component, Computed, Container, Entry, Field, Form, Group, Repeating
from .names import Raw
from .scopes import Answers, Scope, get, put, remove
from .sentences import Wrong, subject
from .shown import Block, Filled, Row

PASSES = 25  # conditions that depend on each other in longer chains than this, or in circles, are left as they are then


def fill(form: Form, variables: Mapping[str, Any], raw: Raw | None = None, files: Files | None = None) -> Filled:
    """The form as it is to be shown: with what was typed (right or wrong), else with what is known."""
    values = Answers(variables, {name: copy.deepcopy(variables[name]) for name in form.sets() if name in variables})
    filling = _Filling(names.clean((raw or {}).items(), form.controls()), files or {})
    scope = Scope(values)
    blocks = [filling.build(component, scope) for component in form.components]
    filling.settle(blocks)
    finish(blocks)
    handed_in = {name: values[name] for block in blocks for name in _sets(block) if name in values}
    return Filled(form, blocks, handed_in, scope)


def _sets(block: Block) -> Iterable[str]:
    """The variables that visible answers set."""
    component = block.component
    if block.hidden:
        return
    if isinstance(component, Group):
        for inner in block.blocks:
            yield from _sets(inner)
    elif isinstance(component, Repeating):
        if component.may_add or any(True for row in block.rows for inner in row.blocks for _ in _sets(inner)):
            yield component.keys[0]
    elif isinstance(component, Computed) or (isinstance(component, Field) and not block.readonly):
        yield component.keys[0]


class _Filling:
    def __init__(self, raw: Raw, files: Files) -> None:
        self.raw = raw
        self.files = files
        self.changed = True

    def build(self, component: Component, scope: Scope) -> Block:
        """The block of a component, with all that is inside it."""
        block = Block(component, scope)
        if isinstance(component, Group):
            block.blocks = [self.build(inner, scope) for inner in component.components]
        elif isinstance(component, Repeating):
            block.name = names.control(component.keys, scope.control)
            self._build_rows(block, component)
        elif isinstance(component, Field):
            block.name = names.control(component.keys, scope.control)
            found = get(scope.data, component.keys)
            block.known = component.default if found is None else found
        return block

    def _build_rows(self, block: Block, component: Repeating) -> None:
        known = get(block.scope.data, component.keys)
        rows = [dict(row) for row in known if isinstance(row, dict)] if isinstance(known, list) else []
        for position, number in enumerate(self._numbers(block.name, component, len(rows) if isinstance(known, list) else None), 1):
            values = rows[number] if number < len(rows) else {}
            block.rows.append(self._build_row(block, component, values, position, number))
        if component.may_add:
            block.blank = self._build_row(block, component, {}, len(block.rows) + 1, names.NEW)

    def _build_row(self, block: Block, component: Container, values: dict[str, Any], position: int, number: int | str) -> Row:
        name = names.row(block.name, number)
        scope = Scope(values, block.scope, position, name)
        known = copy.deepcopy(values)
        return Row(name, number, "", scope, [self.build(inner, scope) for inner in component.components], known)

    def _numbers(self, name: str, component: Repeating, known: int | None) -> list[int]:
        """The rows there are: those it starts with, those added since, without those taken away."""
        posted = names.rows(name, self.raw) if component.may_add else {}
        at_first = component.first_rows if known is None else known
        there = {number for number in range(at_first) if posted.get(number, True)} | {number for number in posted if posted[number]}
        return sorted(there)[: component.most + 1]  # one too many is enough to say so

    def settle(self, blocks: Sequence[Block]) -> None:
        """Hides and reads until nothing changes any more."""
        for _ in range(PASSES):
            self.changed = False
            self._pass(blocks, hidden=False)
            if not self.changed:
                return

    def _pass(self, blocks: Iterable[Block], hidden: bool) -> None:
        for block in blocks:
            component, before = block.component, (block.hidden, block.value, block.readonly)
            block.hidden = hidden or (component.hide is not None and block.scope.ask(component.hide) is True)
            if isinstance(component, Repeating):
                block.value = [row.scope.data for row in block.rows]
                self._keep(block, component.keys)
            elif isinstance(component, Computed):
                block.value = None if block.hidden else block.scope.ask(component.expression)
                self._keep(block, component.keys)
            elif isinstance(component, Field):
                self._read(block, component)
            self.changed = self.changed or before != (block.hidden, block.value, block.readonly)
            for inside in [block.blocks, *(row.blocks for row in block.rows), block.blank.blocks if block.blank else []]:
                self._pass(inside, block.hidden)

    def _keep(self, block: Block, keys: Sequence[str]) -> None:
        if block.hidden:
            remove(block.scope.data, keys)
        else:
            put(block.scope.data, keys, block.value)

    def _read(self, block: Block, component: Field) -> None:
        block.readonly = block.scope.ask(component.readonly) is True
        if isinstance(component, Choosing):
            block.options = options(block.scope.ask(component.source))
        if block.readonly:
            block.value = block.known
            return
        block.wrong, block.value = ("", ""), copy.copy(component.empty)
        block.label = block.scope.tell(component.label)
        block.entered = {part: list(texts) for part, texts in self._entry(block, component).items()}
        try:
            block.value = component.parse(block.entered, subject(block.subject), block.options)
        except Wrong as wrong:
            block.wrong = (wrong.sentence, wrong.part or component.first)
        if isinstance(component, FilePicker):
            block.value = self._attached(block, component)
        self._keep(block, component.keys)

    def _entry(self, block: Block, component: Field) -> Entry:
        """What was entered in each part; of a field that was never posted, what is known."""
        posted = {part: self.raw[block.name + part] for part in component.parts if block.name + part in self.raw}
        return posted or component.enter(block.known, block.options)

    def _attached(self, block: Block, component: FilePicker) -> list[dict[str, Any]]:
        before = attached(block.known)
        new = attached(list(self.files.get(block.name, ())))
        return before + [file for file in new if file["id"] not in {one["id"] for one in before}]
