"""What stands on a form's page, from top to bottom: each piece names the macro that draws it and holds what that macro needs."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from engine.forms import Block
from engine.forms.attachments import FileNames, FilePicker
from engine.forms.model import Computed, Field, Group, Mark, Repeating, Table, Text
from engine.forms.sentences import lower_first

from ..pages import CLASSES, MARKDOWN
from .controls import params
from .summary import fact_rows, named_files


@dataclass
class Piece:
    """One thing to draw."""

    drawn_as: str  # the name of its macro in templates/forms/pieces.html
    params: dict[str, Any] = field(default_factory=dict)
    inside: Sequence[Any] = ()  # pieces, or the rows of a list
    attributes: dict[str, str] = field(default_factory=dict)  # for the script: conditions, keys
    hidden: bool = False
    change: Any = None  # what somebody else put here meanwhile


@dataclass
class Look:
    """What a page shows besides the form itself."""

    problems: Mapping[str, str]
    changed: Mapping[str, Any]
    openable: Container[str] = ()  # ids of documents that whoever looks may open


def pieces(blocks: Sequence[Block], look: Look, depth: int = 2) -> list[Piece]:
    """The blocks as pieces. Facts that follow each other become one list."""
    found: list[Piece] = []
    for block in blocks:
        if block.readonly and isinstance(block.component, Field):
            if not block.hidden:
                _add_fact(found, block, look)
            continue
        piece = _piece(block, look, depth)
        piece.hidden = block.hidden
        piece.attributes = _attributes(block)
        found.append(piece)
    return found


def _add_fact(found: list[Piece], block: Block, look: Look) -> None:
    if not found or found[-1].drawn_as != "facts":
        found.append(Piece("facts", {"rows": []}))
    found[-1].params["rows"] += fact_rows(block, look.openable)


def _piece(block: Block, look: Look, depth: int) -> Piece:
    component = block.component
    if isinstance(component, Group):
        return Piece("group", {"label": block.label, "hint": block.hint, "level": min(depth, 4)}, pieces(block.blocks, look, depth + 1))
    if isinstance(component, Repeating):
        return _list(block, component, look, depth)
    if isinstance(component, Text):
        return Piece("words", {"html": prose(block.text)})
    if isinstance(component, Table):
        cells = [[_cell(cell, look.openable) for cell in row] for row in block.cells]
        return Piece("table", {"caption": block.label, "columns": block.columns, "cells": cells})
    if isinstance(component, Computed):
        return Piece("computed")
    if isinstance(component, Mark):
        return Piece(component.type)
    name, wanted = params(block, look.problems)
    if block.files:
        wanted["openable"] = look.openable
    return Piece(name, wanted, change=_change(block, look.changed))


def _cell(cell: str, openable: Container[str]) -> str:
    return Markup(", ").join(named_files(cell.files, openable)) if isinstance(cell, FileNames) else cell


def _list(block: Block, component: Repeating, look: Look, depth: int) -> Piece:
    name = lower_first(block.scope.tell(component.row_name))
    rows = [_row(row, look, depth, component.may_add and len(block.rows) > component.least) for row in block.rows]
    article = "an" if name[:1] in "aeiou" else "a"
    wanted = {
        "name": block.name, "label": block.label, "hint": block.hint, "may_add": component.may_add, "level": min(depth, 4),
        "add_first": f"Add {article} {name}", "add_another": f"Add another {name}", "problem": look.problems.get(f"{block.name}-add"),
        "blank": _row(block.blank, look, depth, True) if block.blank else None,
    }  # fmt: skip
    return Piece("list", wanted, rows)


def _row(row: Any, look: Look, depth: int, may_go: bool) -> dict[str, Any]:
    known = json.dumps(row.known_to_conditions(), default=str)
    return {"name": row.name, "title": row.title, "pieces": pieces(row.blocks, look, depth + 1), "may_go": may_go, "known": known}


def _attributes(block: Block) -> dict[str, str]:
    component = block.component
    found = {"data-hide": component.hide[1:].strip()} if component.hide else {}
    if isinstance(component, Computed):
        found |= {"data-compute": component.expression[1:].strip(), "data-keys": json.dumps(component.keys)}
    elif isinstance(component, Field):
        found |= {"data-control": block.name, "data-kind": component.type, "data-keys": json.dumps(component.keys)}
        found |= {"data-subtype": type(component).__name__.lower()} if component.type == "datetime" else {}
    elif isinstance(component, Repeating):
        found |= {"data-list": block.name, "data-keys": json.dumps(component.keys), "data-least": str(component.least)}
        found["data-row-name"] = block.scope.tell(component.row_name)
    return found


def _change(block: Block, changed: Mapping[str, Any]) -> dict[str, Any] | None:
    """What somebody else put into this field: in words, and who and when."""
    component = block.component
    if not isinstance(component, Field) or isinstance(component, FilePicker):
        return None
    theirs = {part: changed[block.name + part] for part in component.parts if block.name + part in changed}
    if not theirs:
        return None
    last = next(iter(theirs.values()))
    entry = {**block.entered, **{part: list(change.values) for part, change in theirs.items()}}
    return {"said": block.say_entry(entry), "by": last.by, "at": last.at}


def prose(text: str) -> Markup:
    """A form's words, Markdown, one level of heading deeper: the page has its own first heading."""
    tokens = MARKDOWN.parse(text)
    for token in [inner for outer in tokens for inner in (outer, *(outer.children or ()))]:
        if token.tag in ("h1", "h2", "h3", "h4", "h5"):
            token.tag = f"h{int(token.tag[1]) + 1}"
        if token.nesting >= 0 and token.tag in CLASSES:
            token.attrSet("class", CLASSES[token.tag])
    return Markup(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {}))
