"""The shape of `procedure.toml`: what it may say, and of which kind each value is. What it says otherwise is told, never ignored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .declared_registers import CASES
from .declared_registers import KINDS as COLUMN_KINDS
from .errors import Problem

FILE = "procedure.toml"
KEY = re.compile(r"[a-z0-9_]+", re.ASCII)  # of procedures, roles and organisations: they stand in addresses and in "role:organisation"
EACH = "*"  # any key

ROLE = {"name": str, "sees": ("cases", "tasks"), "per": ("organisation", "case"), "email": str, "classification": KEY}
START = {"process": str, "who": [str], "public": bool, "prefix": str, "signpost": [{"when": str, "letter": str}]}
COLUMN = {"key": KEY, "name": str, "kind": COLUMN_KINDS, "filter": bool, "detail": bool}
REGISTER = {"name": str, "summary": str, "readers": [str], "case": CASES, "columns": [COLUMN]}
SHAPE: Mapping[str, Any] = {
    "key": KEY, "name": str, "summary": str, "start": [START], "reference": {"prefix": str, "length": range(2, 41)},
    "roles": {EACH: ROLE}, "organisations": {EACH: {"name": str, "email": str}}, "registers": {EACH: REGISTER},
    "chronology": [{"form": str, "rows": str}],
    "access": {"decision": str, "facts": [str], "stages": [KEY], "classifications": [KEY]},
}  # fmt: skip
KINDS = {str: "a text", bool: "true or false"}


def problems(data: Mapping[str, Any]) -> list[Problem]:
    """Everything in the descriptor that is not known, or not of its kind."""
    start = data.get("start", [])
    whole = {**data, "start": start if isinstance(start, list) else [start]}
    return [Problem(FILE, where, said) for where, said in _wrong(whole, SHAPE, "")]


def _wrong(value: Any, shape: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(shape, Mapping):
        yield from _wrong_table(value, shape, where)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield where, "This must be a list. Put it in square brackets."
            return
        for entry in value:
            yield from _wrong(entry, shape[0], where)
    elif not _fits(value, shape):
        yield where, f"This must be {_kind(shape)}. Correct it."


def _wrong_table(value: Any, shape: Mapping[str, Any], where: str) -> Iterator[tuple[str, str]]:
    if not isinstance(value, dict):
        yield where, f"This must be a table. Write [{where}] above its lines."
        return
    for key, entry in value.items():
        here = f"{where}.{key}" if where else key
        if EACH in shape and not KEY.fullmatch(key):
            yield here, "A key has only small letters, figures and underscores. Choose another."
        elif EACH not in shape and key not in shape:
            yield here, f"This is not known here. Take it away, or write one of: {', '.join(shape)}."
        else:
            yield from _wrong(entry, shape.get(EACH, shape.get(key)), here)


def _fits(value: Any, shape: Any) -> bool:
    if isinstance(shape, re.Pattern):
        return isinstance(value, str) and bool(shape.fullmatch(value))
    if isinstance(shape, range):
        return isinstance(value, int) and not isinstance(value, bool) and value in shape
    return value in shape if isinstance(shape, tuple) and isinstance(value, str) else isinstance(shape, type) and isinstance(value, shape)


def _kind(shape: Any) -> str:
    if isinstance(shape, re.Pattern):
        return "a text of small letters, figures and underscores"
    if isinstance(shape, range):
        return f"a whole number from {shape[0]} to {shape[-1]}"
    return " or ".join(f"“{one}”" for one in shape) if isinstance(shape, tuple) else KINDS[shape]
