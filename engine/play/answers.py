"""The answers prepared for a rehearsal: what people, workers and the world outside will say, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from engine import calendars
from engine.errors import Invalid, Trouble
from engine.waits import Thrown

BEGINNING = datetime(2026, 1, 5, 9, tzinfo=UTC)  # a Monday morning: where the clock stands if nothing else is said
OUTSIDE = {"messages": "message", "signals": "signal"}  # keys of an answers file that are no element
_SAYS = {"name", "key", "variables", "at"}


@dataclass(frozen=True)
class Answer:
    """What a user task, job or event is completed with; or the error that a job reports. `after`: how long that takes."""

    values: dict[str, Any] = field(default_factory=dict)
    error: str = ""
    after: str = ""


@dataclass(frozen=True)
class FromOutside:
    """A message or signal that comes at a moment."""

    at: datetime
    thrown: Thrown


class Answers:
    """Reads answers; Invalid says what is wrong with them."""

    def __init__(self, given: Mapping[str, Any], start: datetime) -> None:
        self._once: dict[str, list[Answer]] = {}
        self._always: dict[str, Answer] = {}
        self._used: set[str] = set()
        self.from_outside = [_outside(key, entry, start) for key in OUTSIDE for entry in _listed(key, given.get(key, []))]
        for element, said in given.items():
            if element in OUTSIDE:
                continue
            if isinstance(said, list):
                self._once[element] = [_answer(element, entry) for entry in said]
            else:
                self._always[element] = _answer(element, said)

    def take(self, element: str, *, once: bool) -> Answer | None:
        """The next answer for an element. `once`: one that is not a list counts one time only, as a message does."""
        if element in self._once:
            return self._once[element].pop(0) if self._once[element] else None
        if element not in self._always:
            return None
        self._used.add(element)
        return self._always.pop(element) if once else self._always[element]

    @property
    def unused(self) -> list[str]:
        """Elements with answers that nobody asked for."""
        return sorted([element for element, left in self._once.items() if left] + [key for key in self._always if key not in self._used])


def _answer(element: str, said: Any) -> Answer:
    if not isinstance(said, dict):
        raise Invalid({element: f"The answer for “{element}” is not a JSON object. Write its values as {{…}}, or a list of such."})
    error, after, variables = said.get("error", ""), said.get("after", ""), said.get("variables", {})
    if not set(said) <= {"error", "after", "variables"} or not (error or after) or not isinstance(error, str):
        return Answer(said)
    if not isinstance(variables, dict):
        raise Invalid({element: f"The variables for “{element}” are not a JSON object. Write them as {{…}}."})
    try:
        calendars.parse_duration(str(after or "P0D"))
    except Trouble as problem:
        raise Invalid({element: f"“after” for “{element}”: {problem}"}) from problem
    return Answer(variables, error, after)


def _listed(key: str, entries: Any) -> list[dict[str, Any]]:
    wrong = not isinstance(entries, list) or not all(isinstance(entry, dict) and isinstance(entry.get("name"), str) for entry in entries)
    if wrong:
        raise Invalid({key: f'“{key}” must be a list of objects that each have a name, such as [{{"name": "paid"}}]. Correct it.'})
    for entry in entries:
        if unknown := sorted(set(entry) - _SAYS):
            raise Invalid({key: f"“{unknown[0]}” is not known in “{key}”. Write one of: {', '.join(sorted(_SAYS))}."})
        if not isinstance(entry.get("variables", {}), dict):
            raise Invalid({key: f"The variables of “{entry['name']}” are not a JSON object. Write them as {{…}}."})
    return list(entries)


def _outside(key: str, entry: dict[str, Any], start: datetime) -> FromOutside:
    correlation = entry.get("key")
    thrown = Thrown(
        kind=OUTSIDE[key], name=entry["name"], correlation_key=None if correlation is None else str(correlation),
        variables=entry.get("variables", {}),
    )  # fmt: skip
    return FromOutside(_moment(key, entry.get("at"), start), thrown)


def _moment(key: str, at: Any, start: datetime) -> datetime:
    """A moment, or a duration from the start; without either as soon as nothing else can move."""
    if at is None:
        return start
    try:
        return calendars.first_firing("timeDuration" if str(at).startswith("P") else "timeDate", str(at), start).due
    except Trouble as error:
        raise Invalid({key: f"“at” in “{key}”: {error}"}) from error
