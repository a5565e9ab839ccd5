"""Long lists, one page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")

ON_A_PAGE = 50


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows, and which of all pages they are."""

    rows: Sequence[Row]
    number: int
    last: int


def page_of(rows: Sequence[Row], asked: Mapping[str, str]) -> Page[Row]:
    """The page that an address asks for; the nearest one where there is no such page, the first where it asks for nonsense."""
    last = max(1, -(-len(rows) // ON_A_PAGE))
    wanted = asked.get("page", "")
    number = min(max(int(wanted), 1), last) if wanted.isdecimal() and len(wanted) < 7 else 1
    return Page(rows[(number - 1) * ON_A_PAGE : number * ON_A_PAGE], number, last)
