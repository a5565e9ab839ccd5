"""The last step of filling in: words as people read them, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from engine import calendars

from . import markdown
from .attachments import named
from .choices import said
from .dates import as_day
from .model import Field, Group, Repeating, Table, Text
from .scopes import Scope
from .sentences import Wrong, lower_first, subject
from .shown import Block, Row


def finish(blocks: Iterable[Block], row: Row | None = None) -> None:
    """Writes labels and texts into the blocks, checks what is visible, and leaves blank rows out of the values."""
    for block in blocks:
        _write(block)
        if isinstance(block.component, Repeating):
            _finish_rows(block, block.component)
        elif isinstance(block.component, Field) and not (block.hidden or block.readonly):
            _check(block, block.component, row)
        if isinstance(block.component, Group):
            finish(block.blocks, row)


def _write(block: Block) -> None:
    component, scope = block.component, block.scope
    block.label, block.hint = scope.tell(component.label), scope.tell(component.hint)
    if isinstance(component, Text):
        block.text = markdown.fill_in(component.text, scope)
    elif isinstance(component, Table):
        block.columns, block.cells = _table(component, scope)


def _table(table: Table, scope: Scope) -> tuple[list[str], list[list[str]]]:
    told = scope.ask(table.columns_expression) if table.columns_expression else None
    columns = (
        [(str(one.get("label")), str(one.get("key"))) for one in told if isinstance(one, dict)] if isinstance(told, list) else table.columns
    )
    rows = scope.ask(table.rows)
    cells = [[_cell(row.get(key)) for _, key in columns] for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return [label for label, _ in columns], cells


def _cell(value: Any) -> str:
    if (files := named(value)) is not None:
        return files
    if isinstance(value, list):
        return ", ".join(_cell(one) for one in value)
    day = as_day(value) if isinstance(value, str) and len(value) == 10 else None
    return calendars.say_date(day) if day else said(value)


def _finish_rows(block: Block, component: Repeating) -> None:
    name = block.scope.tell(component.row_name)
    for position, row in enumerate([*block.rows, *([block.blank] if block.blank else [])], 1):
        row.title = f"{name} {position}"
    filled = [row for row in block.rows if not (component.may_add and row.is_blank)]
    needed = max(component.least - len(filled), 0)
    wanted = filled + [row for row in block.rows if row not in filled][:needed]
    for row in block.rows:
        row.dropped = row not in wanted
        finish(row.blocks, None if row.dropped else row)
        if row.dropped:
            _forget(row.blocks)
    if block.blank:
        finish(block.blank.blocks)
        _forget(block.blank.blocks)
    if isinstance(block.value, list):
        block.value[:] = [row.scope.data for row in block.rows if not row.dropped]
    if not block.hidden and component.may_add:
        _count(block, component, len(wanted), name)


def _count(block: Block, component: Repeating, rows: int, name: str) -> None:
    """A list must have enough rows, and not too many."""
    if rows < component.least:
        block.problem = (
            component.properties.get("requiredMessage")
            or f"Add at least {component.least} row{'s' if component.least > 1 else ''} to “{block.label or name}”"
        )
    elif rows > component.most:
        block.problem = f"“{block.label or name}” can have no more than {component.most} rows: take some away"
    block.at = f"{block.name}-add"


def _forget(blocks: Sequence[Block]) -> None:
    """Nothing is wrong in a row that does not count."""
    for block in blocks:
        block.problem = ""
        for inside in [block.blocks, *(row.blocks for row in block.rows)]:
            _forget(inside)


def _check(block: Block, component: Field, row: Row | None) -> None:
    sentence, part = block.wrong if block.wrong[0] else _broken_rule(block, component)
    if sentence:
        block.problem = f"{row.title}: {lower_first(sentence)}" if row else sentence
        block.at = block.name + (part or component.first)


def _broken_rule(block: Block, component: Field) -> tuple[str, str]:
    if block.value in (component.empty, None):
        wanted = block.scope.tell(component.properties.get("requiredMessage", "")) or component.demand(block.subject)
        return (wanted, "") if component.required else ("", "")
    try:
        component.complain(block.value, subject(block.subject), block.scope.ask)
    except Wrong as wrong:
        return wrong.sentence, wrong.part
    return "", ""
