"""Registers as `procedure.toml` declares them: tables over all cases of a procedure, with the columns that diagrams fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .errors import Problem

TEXT, DATE, NUMBER, CHOICE = KINDS = ("text", "date", "number", "choice")
SHOWN, KNOWN, HIDDEN = CASES = ("shown", "known", "hidden")
RESERVED = frozenset({"key", "case"})  # what a diagram reads beside the columns of a row


@dataclass(frozen=True)
class Column:
    """One column."""

    key: str
    name: str
    kind: str = TEXT
    filter: bool = False  # the page lets its readers narrow the register by it
    detail: bool = False  # only on the page of a row, and in the CSV


@dataclass(frozen=True)
class Register:
    """A table to which diagrams add rows, and who reads it."""

    key: str
    name: str
    columns: tuple[Column, ...]
    summary: str = ""
    readers: frozenset[str] = frozenset()  # roles
    case: str = SHOWN  # "known", "hidden": a row does not exist for those who may not know of its case, or open it; else for every reader

    def column(self, key: str) -> Column | None:
        """The column with this key."""
        return next((column for column in self.columns if column.key == key), None)


def read(section: Mapping[str, Any]) -> dict[str, Register]:
    """The registers of a descriptor, as far as they can be understood."""
    return {key: _register(key, entry) for key, entry in section.items() if not list(_problems(entry))}


def _register(key: str, entry: Mapping[str, Any]) -> Register:
    columns = tuple(
        Column(c["key"], c["name"], c.get("kind", TEXT), bool(c.get("filter")), bool(c.get("detail"))) for c in entry["columns"]
    )
    return Register(key, entry["name"], columns, entry.get("summary", ""), frozenset(entry["readers"]), entry.get("case", SHOWN))


def problems(section: Mapping[str, Any], roles: Mapping[str, Any], file: str) -> Iterator[Problem]:
    """What is wrong with the registers of a descriptor."""
    for key, entry in section.items():
        where = f"registers.{key}"
        yield from (Problem(file, where, said) for said in _problems(entry))
        for role in entry.get("readers", []):
            if role not in roles:
                yield Problem(file, f"{where}.readers", f"There is no role “{role}”. Add it under [roles] or correct it.")


def _problems(entry: Mapping[str, Any]) -> Iterator[str]:
    if "name" not in entry:
        yield 'A name is missing. Add name = "…".'
    if not entry.get("readers"):
        yield 'Nobody could read it. Add readers = ["…"] with the keys of roles.'
    columns = entry.get("columns", [])
    if not columns:
        yield 'It has no columns. Add columns = [{ key = "…", name = "…" }].'
    seen = set[str]()
    for column in columns:
        if not {"key", "name"} <= set(column):
            yield 'Each column needs a key and a name: { key = "…", name = "…" }.'
            continue
        if column["key"] in RESERVED:
            yield f"A column cannot be called “{column['key']}”: that is what a diagram reads of every row. Choose another key."
        if column["key"] in seen:
            yield f"Two columns have the key “{column['key']}”. Give one of them another."
        seen.add(column["key"])
