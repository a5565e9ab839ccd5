"""A register as somebody asked for it: narrowed by the columns that allow it, sorted by any, one page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from engine.declared_registers import CHOICE, DATE, Column, Register
from engine.models import RegisterEntry
from web.dates import say_date
from web.paging import Page, page_of

CHANGED = "changed"  # the sorting by the last change; no column's key stands beside it in an address
STATES = {"": "Open", "closed": "Closed", "all": "Open and closed"}


@dataclass(frozen=True)
class Table:
    """The rows of a register that answer what was asked. Nonsense in the address asks for nothing."""

    register: Register
    all: Sequence[RegisterEntry]
    asked: Mapping[str, str]

    @property
    def filters(self) -> list[Column]:
        """The columns that the register may be narrowed by."""
        return [column for column in self.register.columns if column.filter]

    @property
    def columns(self) -> list[Column]:
        """The columns of the page."""
        return [column for column in self.register.columns if not column.detail]

    @property
    def sort(self) -> str:
        return self.asked.get("sort", "")

    @cached_property
    def rows(self) -> list[RegisterEntry]:
        """What was asked for, sorted; without a sorting the newest first."""
        found = [row for row in self.all if all(self._fits(column, row.values.get(column.key)) for column in self.filters)]
        by = self.sort.removeprefix("-")
        if by == CHANGED:
            return sorted(found, key=lambda row: row.changed_at, reverse=self.sort.startswith("-"))
        column = self.register.column(by.removeprefix("by-"))
        return _sorted(found, column, falling=self.sort.startswith("-")) if column else found

    @cached_property
    def page(self) -> Page[RegisterEntry]:
        return page_of(self.rows, self.asked)

    def choices(self, column: Column) -> list[str]:
        """What a column can be narrowed to: everything that stands in it."""
        return sorted({str(row.values[column.key]) for row in self.all if row.values.get(column.key) not in (None, "")})

    def wanted(self, column: Column, part: str = "") -> str:
        """What was asked of this column."""
        return self.asked.get(f"of-{column.key}{part}", "").strip()

    def _fits(self, column: Column, value: Any) -> bool:
        if column.kind == DATE:
            first, last = (_day(self.wanted(column, part)) for part in ("-from", "-to"))
            day = _day(str(value or ""))
            return (first is None or (day is not None and day >= first)) and (last is None or (day is not None and day <= last))
        wanted = self.wanted(column)
        if column.kind == CHOICE:
            return not wanted or plain(value) == wanted
        return wanted.casefold() in plain(value).casefold()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _sorted(rows: list[RegisterEntry], column: Column, *, falling: bool) -> list[RegisterEntry]:
    """By the values of a column, which an older version may have filled in otherwise. Rows without one stand last."""

    def key(row: RegisterEntry) -> tuple[bool, Any]:
        value = row.values[column.key]
        return (False, value) if isinstance(value, int | float) else (True, str(value).casefold())

    filled = [row for row in rows if row.values.get(column.key) not in (None, "")]
    return sorted(filled, key=key, reverse=falling) + [row for row in rows if row.values.get(column.key) in (None, "")]


def plain(value: Any) -> str:
    """A value as it is taken away: dates stay ISO text."""
    return "" if value is None else str(value)


def say(column: Column, value: Any) -> str:
    """A value as it is read: “3 March 2026”."""
    if column.kind == DATE and _day(str(value)):
        return say_date(str(value))
    return plain(value)
