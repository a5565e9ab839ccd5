"""The names of HTML controls. Every one begins with "f-", so that a field may be called anything at all: id, csrf_token, __proto__, a b.

contact.email           f-contact__email
agencies, row 3, name   f-agencies-3-name     (the 3 stays with its row; it is no position)
received, its month     f-received-month
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

PREFIX = "f-"
NEW = "NEW"  # the row of the blank copy from which the browser makes further rows

Raw = Mapping[str, Sequence[str]]  # control → what was entered, exactly as posted

_ODD = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|[^A-Za-z0-9_]")  # what would be taken for one of our own separators
_ROW = re.compile(r"-[0-9]{1,9}(?=-|$)")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # a NUL and halves of characters, which no database takes


def control(keys: Sequence[str], within: str = "") -> str:
    """The control of a field with these keys, in the form or in a row."""
    escaped = "__".join(_ODD.sub(lambda odd: f".{ord(odd[0]):x}.", key) for key in keys)
    return f"{within}-{escaped}" if within else PREFIX + escaped


def row(repeating: str, number: int | str) -> str:
    """The control that says this row of the list exists."""
    return f"{repeating}-{number}"


def rows(repeating: str, raw: Raw) -> dict[int, bool]:
    """The rows of a list that were posted, by number: True when the row is there, False when it was taken away."""
    start = len(repeating) + 1
    tails = {name[start:]: values for name, values in raw.items() if name.startswith(f"{repeating}-")}
    return {int(tail): any(values) for tail, values in tails.items() if re.fullmatch("[0-9]{1,9}", tail)}


def shape(name: str) -> str:
    """The same for every row."""
    return _ROW.sub("-0", name)


def clean(pairs: Iterable[tuple[str, Iterable[str]]], shapes: frozenset[str]) -> dict[str, list[str]]:
    """What was posted, without foreign controls and without characters that cannot be stored."""
    return {
        name: [_UNSTORABLE.sub("\ufffd", value) for value in values if isinstance(value, str)]
        for name, values in pairs
        if isinstance(name, str) and shape(name) in shapes and not isinstance(values, str)
    }
