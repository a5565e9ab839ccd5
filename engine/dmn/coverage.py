"""What a decision table's rules leave out, and where two of them apply together, found without evaluating anything.

Only what is certain is said: a cell that cannot be compared makes a rule one of which nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from .cells import Cell, Value, read, said, worth_trying

MOST = 3  # overlaps that are told of one table
LARGEST = 500  # rules of a table in which every two are compared
STEPS = 5_000  # after which the search for a gap is given up
_NAME = re.compile(r"[^\W\d][\w ]*(\.[^\W\d][\w ]*)*")
ELSE = object()  # a text that is written nowhere in the column

Example = dict[str, Any]


class _Rules:
    """The rules by what they ask: columns that ask for the same belong together."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.titles = {column["text"]: column["title"] for column in table["inputs"]}
        self.rows = [self._row(table["inputs"], rule["inputs"]) for rule in table["rules"]]
        self.allowed = {column["text"]: read(column["values"]) for column in table["inputs"] if column["values"]}

    def _row(self, columns: Sequence[Mapping[str, Any]], cells: Sequence[str]) -> dict[str, list[Cell | None]]:
        row: dict[str, list[Cell | None]] = {}
        for column, cell in zip(columns, cells, strict=False):
            row.setdefault(column["text"], []).append(read(cell))
        return row

    def values(self, text: str, *, between: bool) -> list[Value]:
        """What is worth trying for this input, as far as it is allowed."""
        cells = [cell for row in self.rows for cell in row.get(text, ()) if cell is not None]
        allowed = self.allowed.get(text)
        values = worth_trying([*cells, allowed] if allowed else cells, between=between)
        return [value for value in values if allowed is None or allowed.has(value)]


def overlaps(table: Mapping[str, Any]) -> Iterator[str]:
    """Where two rules of a table apply to the same input, as sentences that give one."""
    rules = _Rules(table)
    if len(rules.rows) > LARGEST or not _independent(list(rules.titles)):
        return
    values = {text: rules.values(text, between=True) for text in rules.titles}
    found = 0
    for (i, first), (j, second) in combinations(enumerate(rules.rows, 1), 2):
        example = _shared(first, second, values)
        if example is not None and (found := found + 1) <= MOST:
            where = _where(example, rules.titles)
            yield f"Rules {i} and {j} both apply{where}. The hit policy UNIQUE allows one: change a rule, or choose FIRST."


def _independent(texts: Sequence[str]) -> bool:
    """Whether each input can be anything whatever the others are, as far as is known: names, none of them a part of another."""
    parts = [[part.strip() for part in text.split(".")] for text in texts]
    return all(_NAME.fullmatch(text) for text in texts) and not any(
        one[: len(other)] == other for one in parts for other in parts if one is not other
    )


def _shared(first: Mapping[str, Any], second: Mapping[str, Any], values: Mapping[str, list[Value]]) -> Example | None:
    example: Example = {}
    for text in values:
        cells = [*first.get(text, ()), *second.get(text, ())]
        if None in cells:
            return None
        if any(cell.spans for cell in cells):
            shared = next((value for value in values[text] if all(cell.has(value) for cell in cells)), None)
            if shared is None:
                return None
            example[text] = shared
    return example


def gap(table: Mapping[str, Any]) -> str | None:
    """An input for which no rule applies, as the end of a sentence; None where none was found."""
    rules = _Rules(table)
    texts = list(rules.titles)
    if not rules.rows or not _independent(texts):
        return None
    values = {text: [*rules.values(text, between=False), *_elsewhere(rules, text)] for text in texts}
    example = _Search(rules.rows, texts, values).find(0, range(len(rules.rows)), {})
    return _where(example, rules.titles).removeprefix(", for example") if example else None


def _elsewhere(rules: _Rules, text: str) -> list[Any]:
    written = [cell for row in rules.rows for cell in row[text] if cell is not None]
    texts = any(isinstance(end, str) for cell in written for end in cell.ends())
    return [ELSE] if texts and text not in rules.allowed else []


class _Search:
    """Goes through what is worth trying, input by input, with the rules that still apply."""

    def __init__(self, rows: Sequence[Mapping[str, Any]], texts: Sequence[str], values: Mapping[str, list[Any]]) -> None:
        self.rows, self.texts, self.values, self.steps = rows, texts, values, 0

    def find(self, at: int, left: Sequence[int], example: Example) -> Example | None:
        """The first combination that no rule applies to."""
        self.steps += 1
        if not left:
            return example
        if self.steps > STEPS or at == len(self.texts) or any(self._asks_no_more(rule, at) for rule in left):
            return None
        text = self.texts[at]
        for value in self.values[text] or [None]:
            applying = [rule for rule in left if all(self._passes(cell, value) for cell in self.rows[rule][text])]
            found = self.find(at + 1, applying, example if value is None else {**example, text: value})
            if found is not None:
                return found
        return None

    def _asks_no_more(self, rule: int, at: int) -> bool:
        return all(cell is None or not cell.spans for text in self.texts[at:] for cell in self.rows[rule][text])

    def _passes(self, cell: Cell | None, value: Any) -> bool:
        if cell is None or not cell.spans:
            return True
        return cell.negated if value is ELSE else value is None or cell.has(value)


def _where(example: Example, titles: Mapping[str, str]) -> str:
    said_ones = [f"{titles[text]} is {'something else' if value is ELSE else said(value)}" for text, value in example.items()]
    listed = ", ".join(said_ones[:-1]) + (" and " if len(said_ones) > 1 else "") + "".join(said_ones[-1:])
    return f", for example where {listed}" if listed else ", whatever is asked"
