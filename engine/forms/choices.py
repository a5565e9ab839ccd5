"""Fields whose answers are given: a box to tick, one of several, any of several."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from .model import Entry, Field, Option
from .sentences import Wrong, demand


class Checkbox(Field):
    """A statement to tick."""

    empty: ClassVar[Any] = False

    def demand(self, label: str) -> str:
        return f"Tick “{label}”"

    def parse(self, entry: Entry, label: str, options: Sequence[Option]) -> bool:
        return any(entry.get("", ()))

    def enter(self, value: Any, options: Sequence[Option]) -> dict[str, list[str]]:
        return {"": ["yes"]} if value is True else {}

    def say(self, value: Any, options: Sequence[Option]) -> list[str]:
        return ["Yes" if value is True else "No"]


@dataclass(frozen=True, kw_only=True)
class Choosing(Field):
    """A field with options."""

    source: Any = ()  # of the options: a list, or "= FEEL" that gives one

    verb: ClassVar[str] = "Select"

    def _chosen(self, entry: Entry, label: str, options: Sequence[Option]) -> list[Any]:
        known = {option.entry: option.value for option in options}
        entered = [text for text in entry.get("", ()) if text]
        if any(text not in known for text in entered):
            raise Wrong(demand("Select", label))
        return [known[text] for text in dict.fromkeys(entered)]

    def say(self, value: Any, options: Sequence[Option]) -> list[str]:
        values = value if isinstance(value, list) and self.empty == [] else [] if value is None else [value]
        return [next((option.label for option in options if option.entry == _entry(one)), said(one)) for one in values]


class Choice(Choosing):
    """One of several answers."""

    def parse(self, entry: Entry, label: str, options: Sequence[Option]) -> Any:
        chosen = self._chosen(entry, label, options)
        if len(chosen) > 1:
            raise Wrong(demand("Select", label))
        return chosen[0] if chosen else None

    def enter(self, value: Any, options: Sequence[Option]) -> dict[str, list[str]]:
        return {"": [option.entry for option in options if option.entry == _entry(value)]}


class Choices(Choosing):
    """Any of several answers."""

    empty: ClassVar[Any] = []

    def parse(self, entry: Entry, label: str, options: Sequence[Option]) -> list[Any]:
        return self._chosen(entry, label, options)

    def enter(self, value: Any, options: Sequence[Option]) -> dict[str, list[str]]:
        return {"": [option.entry for option in options if option.entry in map(_entry, value)]} if isinstance(value, list) else {}


def options(source: Any) -> list[Option]:
    """The options in a list as form-js takes it: of contexts with a label and a value, or of plain values."""
    items = source if isinstance(source, list) else []
    pairs = [(item.get("value"), item.get("label")) if isinstance(item, dict) and "value" in item else (item, None) for item in items]
    found = {
        _entry(value): Option(value, said(value if label is None else label), _entry(value)) for value, label in pairs if value is not None
    }
    found.pop("", None)  # what is posted for "nothing chosen"
    return list(found.values())


def _entry(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, separators=(",", ":"))


def said(value: Any) -> str:
    """A value that has no better words, as text."""
    if isinstance(value, dict):
        return str(next((value[key] for key in ("label", "name", "title") if key in value), json.dumps(value)))
    return {True: "Yes", False: "No"}[value] if isinstance(value, bool) else "" if value is None else str(value)
