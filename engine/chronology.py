"""A chronology merged from what several people handed in: who says what of which day, and where two accounts meet.

`[[chronology]]` in procedure.toml names a form, and with FEEL what it says of the past: a list of contexts with `date`, `event`,
`source` and `significance`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from . import feel
from .errors import FeelError, Problem
from .forms import Form

SECTION = "chronology"


@dataclass(frozen=True)
class Source:
    """A form that tells of the past."""

    form: str
    rows: str  # "= FEEL", over the answers of the form


@dataclass(frozen=True)
class Account:
    """What one of those who handed something in says of one day."""

    day: date | None  # none: the day is not known
    who: str
    event: str
    source: str
    significance: str
    shared: bool = False  # somebody else gives an account of this day too


def read(section: Sequence[Mapping[str, Any]]) -> tuple[Source, ...]:
    """The sources of a descriptor, as far as they can be understood."""
    return tuple(Source(entry["form"], entry["rows"]) for entry in section if {"form", "rows"} <= set(entry))


def problems(section: Sequence[Mapping[str, Any]], file: str) -> Iterator[Problem]:
    """What is wrong with the sources of a descriptor, each by itself."""
    for entry in section:
        if not {"form", "rows"} <= set(entry):
            yield Problem(file, SECTION, "A source of the chronology needs `form` and `rows` (FEEL that gives a list).")
            continue
        try:
            feel.names(entry["rows"].removeprefix("="))
        except FeelError as error:
            yield Problem(file, SECTION, f"The rows from “{entry['form']}” cannot be read: {error}")


def missing(sources: Iterable[Source], forms: Mapping[str, Form], file: str) -> Iterator[Problem]:
    """What the sources read that is not among the files."""
    for source in sources:
        if source.form not in forms:
            yield Problem(file, SECTION, f"There is no form “{source.form}”. Add {source.form}.form or correct its name.")
            continue
        with suppress(FeelError):  # said already
            for name in sorted(feel.names(source.rows.removeprefix("=")) - forms[source.form].sets()):
                yield Problem(file, SECTION, f"The rows read “{name}”, which the form “{source.form}” does not ask for. Correct the name.")


def accounts_in(source: Source, values: Mapping[str, Any], who: str) -> list[Account]:
    """What one form that was handed in says of the past; nothing where it says nothing, or what nobody can use."""
    try:
        rows = feel.value(source.rows, values)
    except FeelError:
        return []
    return [_account(row, who) for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _account(row: Mapping[str, Any], who: str) -> Account:
    day, event, source, significance = (str(row.get(name) or "").strip() for name in ("date", "event", "source", "significance"))
    known = None
    with suppress(ValueError):
        known = date.fromisoformat(day[:10])
    return Account(known, who, event, source, significance)


def merged(accounts: Iterable[Account]) -> list[Account]:
    """All accounts by day; each tells whether somebody else speaks of the same day. Those without a day come last."""
    given = list(accounts)
    by_day: defaultdict[date | None, set[str]] = defaultdict(set)
    for one in given:
        by_day[one.day].add(one.who)
    told = (replace(one, shared=one.day is not None and len(by_day[one.day]) > 1) for one in given)
    return sorted(told, key=lambda one: (one.day is None, one.day or date.max, one.who))
