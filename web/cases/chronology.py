"""The chronology of a case: what those who handed something in say of the past, day by day, as a page and for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from engine import chronology
from engine.access import Sight
from engine.chronology import Account
from engine.procedures import Deployed

from . import written

COLUMNS = ("Date", "Who", "What happened", "Where it is recorded", "Why it matters", "Accounts of this day")


@dataclass(frozen=True)
class Day:
    """What is said of one day."""

    day: date | None
    accounts: list[Account]
    tellers: int  # how many different people or bodies speak of it


def of_case(sight: Sight, deployed: Deployed) -> list[Account]:
    """Everything that this person may read of it. Whoever handed a form in twice is taken by the newer one."""
    return chronology.merged(_told(sight, deployed))


def _told(sight: Sight, deployed: Deployed) -> Iterator[Account]:
    sources = {source.form: source for source in deployed.procedure.chronology}
    taken: set[tuple[tuple[str, str], str]] = set()
    for sent in written.seen_in(sight, deployed):  # the newest first
        if sent.form_key in sources and (sent.place, sent.subject) not in taken:
            taken.add((sent.place, sent.subject))
            yield from chronology.accounts_in(sources[sent.form_key], sent.values, sent.subject or sent.by or "Somebody without an account")


def by_day(accounts: list[Account]) -> list[Day]:
    """The accounts, day by day."""
    grouped = ((day, list(some)) for day, some in groupby(accounts, key=lambda one: one.day))
    return [Day(day, some, len({one.who for one in some}) if day else 0) for day, some in grouped]


def rows(accounts: list[Account]) -> Iterator[list[str]]:
    """The accounts for a spreadsheet, in the order of COLUMNS."""
    for one in accounts:
        day = one.day.isoformat() if one.day else ""
        yield [day, one.who, one.event, one.source, one.significance, "more than one" if one.shared else ""]
