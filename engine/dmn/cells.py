"""What the cells of a decision table say, as far as they compare with plain values: numbers, texts, dates, true and false."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeAlias

Value: TypeAlias = Decimal | str | bool | date

_LITERAL = r'(?:-?\d+(?:\.\d+)?|"(?:[^"\\])*"|true|false|date\(\s*"\d{4}-\d\d-\d\d"\s*\)|@"\d{4}-\d\d-\d\d")'
_TEST = re.compile(
    rf"(?P<sign><=|>=|<|>|=)?\s*(?P<one>{_LITERAL})|(?P<from>[\[\](])\s*(?P<low>{_LITERAL})\s*\.\.\s*(?P<high>{_LITERAL})\s*(?P<to>[\])\[])"
)
_NOT = re.compile(r"not\s*\((.*)\)", re.DOTALL)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Span:
    """The values between two ends; None: without end."""

    low: Any
    high: Any
    with_low: bool = True
    with_high: bool = True

    def has(self, value: Value) -> bool:
        """Whether a value lies in it. A text or a truth is only ever the one that is written."""
        if any(end is not None and type(end) is not type(value) for end in (self.low, self.high)):
            return False
        above = self.low is None or value > self.low or (self.with_low and value == self.low)
        return above and (self.high is None or value < self.high or (self.with_high and value == self.high))


@dataclass(frozen=True)
class Cell:
    """A cell that could be read: any of its spans, or none of them. Without spans, everything."""

    spans: tuple[Span, ...] = ()
    negated: bool = False

    def has(self, value: Value) -> bool:
        """Whether the value passes."""
        return not self.spans or any(span.has(value) for span in self.spans) is not self.negated

    def ends(self) -> set[Value]:
        """The values that are written in it."""
        return {end for span in self.spans for end in (span.low, span.high) if end is not None}


def read(text: str) -> Cell | None:
    """The cell, or None where it says more than can be compared without evaluating it."""
    written = text.strip()
    if written in ("", "-"):
        return Cell()
    inside = _NOT.fullmatch(written)
    spans = _spans(inside.group(1) if inside else written)
    return Cell(tuple(spans), negated=inside is not None) if spans else None


def _spans(text: str) -> list[Span]:
    """All tests with commas between them; none where one of them cannot be read."""
    spans, at = list[Span](), 0
    while True:
        found = _TEST.match(text, at := _skip(text, at))
        span = _span(found) if found else None
        if found is None or span is None:
            return []
        spans.append(span)
        at = _skip(text, found.end())
        if at == len(text):
            return spans
        if text[at] != ",":
            return []
        at += 1


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _span(found: re.Match[str]) -> Span | None:
    if found["one"] is None:
        low, high = _value(found["low"]), _value(found["high"])
        return Span(low, high, found["from"] == "[", found["to"] == "]") if _ordered(low) and _ordered(high) else None
    value, sign = _value(found["one"]), found["sign"]
    if sign in (None, "="):
        return Span(value, value)
    if not _ordered(value):
        return None
    return Span(value, None, sign == ">=") if ">" in sign else Span(None, value, with_high=sign == "<=")


def _value(literal: str) -> Value:
    if literal in ("true", "false"):
        return literal == "true"
    if literal.startswith('"'):
        return literal[1:-1]
    day = _DATE.search(literal)
    return date.fromisoformat(day.group()) if day and not literal[0].isdigit() else Decimal(literal)


def _ordered(value: Value) -> bool:
    return isinstance(value, Decimal | date)


def worth_trying(cells: Iterable[Cell], *, between: bool) -> list[Value]:
    """Values of which at least one lies in every region that these cells tell apart, texts aside: of those only what is written.

    between: also those between two whole numbers that follow one another.
    """
    ends = set[Value]().union(*(cell.ends() for cell in cells))
    numbers, dates = sorted(v for v in ends if isinstance(v, Decimal)), sorted(v for v in ends if isinstance(v, date))
    values: list[Value] = [*sorted(v for v in ends if isinstance(v, str)), *numbers, *dates]
    if any(isinstance(v, bool) for v in ends):
        values += [True, False]
    one = Decimal(1)
    for low, high in pairwise(numbers):
        middle = low + one if low % 1 == high % 1 == 0 and high - low > one else (low + high) / 2
        values += [middle] if between or middle % 1 == 0 else []
    values += [numbers[0] - one, numbers[-1] + one] if numbers else []
    values += [other for v in dates for other in (v - timedelta(days=1), v + timedelta(days=1))]
    return sorted(values, key=_odd)  # an example with a whole number is easier to see


def _odd(value: Value) -> bool:
    return isinstance(value, Decimal) and value % 1 != 0


def said(value: Value) -> str:
    """The value as FEEL writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else value.isoformat() if isinstance(value, date) else f"{value.normalize():f}"
