"""The one true sentence of an open step: what it waits for, from whom, since when, due when, what happens otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from .. import calendars, clock


class Kind(StrEnum):
    """What an open step waits for."""

    NEUTRAL = "neutral"  # something of which only the role that does it may be known
    PROBLEM = "problem"  # an administrator: the step failed
    TASK = "task"  # a person
    MESSAGE = "message"  # news from elsewhere
    TIMER = "timer"  # a moment
    MACHINE = "machine"  # Casework itself, in a moment
    UNKNOWN = "unknown"  # something that leaves no row


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One open step of a case. Read its sentence, or `pieces` where every second piece is to be emphasised."""

    kind: Kind
    name: str
    since: datetime
    subject: str = ""
    who: str = ""
    due: datetime | None = None
    otherwise: str = ""  # what happens if nothing happens: "“Send a reminder” on 5 May 2026"
    message: str = ""  # of a problem
    roles: str = ""  # of a task: the roles that may do it, without their organisations and people
    nobody_left: bool = False  # all who may do it have done what it must be kept apart from
    unheld: bool = False  # nobody who may do it has an account
    optional: bool = False  # it may be done at any time, and nothing waits for it
    token: UUID | None = None
    process_key: str = ""
    element_id: str = ""

    @property
    def overdue(self) -> bool:
        """True when the due day is over."""
        return self.due is not None and self.due <= clock.now()

    @property
    def pieces(self) -> tuple[str, ...]:
        """The sentence in pieces: plain, emphasised, plain, …, with its full stop."""
        return _joined(_SAID[self.kind](self))

    @property
    def sentence(self) -> str:
        """ "Waits for “Write the report” (Police) from Senior Manager, Police, 12 days so far; due in 2 days; …"."""
        return "".join(self.pieces)

    @property
    def urgency(self) -> tuple[int, datetime, datetime]:
        """Sorts what needs somebody first to the front."""
        rank = {Kind.PROBLEM: 0, Kind.TIMER: 2, Kind.UNKNOWN: 3, Kind.MACHINE: 4}.get(self.kind, 5 if self.optional else 1)
        return rank, self.due or datetime.max.replace(tzinfo=clock.CIVIL), self.since


def neutral(waiting: Waiting) -> Waiting:
    """The same step for somebody who may know only how the case stands: no names, subjects or organisations."""
    by = {Kind.TASK: waiting.roles, Kind.PROBLEM: "an administrator", Kind.MACHINE: "Casework itself"}.get(waiting.kind, "")
    due = waiting.due if waiting.kind is Kind.TASK else None  # nobody answers for the moment of a timer
    return Waiting(
        kind=Kind.NEUTRAL,
        name="",
        who=by or "something to come",
        roles=waiting.roles,
        since=waiting.since,
        due=due,
        optional=waiting.optional,
    )


def last_day(due: datetime) -> date:
    """The day by whose end something is due: an instant at midnight ends the day before."""
    return (due - timedelta(microseconds=1)).astimezone(clock.CIVIL).date()


def days_left(day: date) -> str:
    """ "in 2 days", "tomorrow", "today", "since yesterday", "3 days ago"."""
    days = (day - clock.today()).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


def on_hold(since: datetime | None) -> str:
    """That a case is on hold, and what that does not stop; nothing where it is not."""
    return f"On hold since {calendars.say_date(calendars.civil_date(since))}; deadlines go on counting." if since else ""


def so_far(since: datetime) -> tuple[str, str]:
    """How long something has lasted, emphasised first: ("12 days", " so far")."""
    days = (clock.today() - since.astimezone(clock.CIVIL).date()).days
    if days < 2:
        return ("since yesterday" if days == 1 else "since today"), ""
    return f"{days} days", " so far"


def _task(waiting: Waiting) -> Iterator[tuple[str, str]]:
    if waiting.optional:
        yield from _what("Can be done at any time: ", waiting)
        if waiting.who:
            yield " by ", waiting.who
        return
    yield from _what("Waits for ", waiting)
    if waiting.who:
        yield " from ", waiting.who
    yield from _lasting(waiting)
    if waiting.nobody_left:
        yield "; ", "nobody may do it, for all who could did what it must be kept apart from"
    if waiting.unheld:
        yield "; it is stuck: ", "nobody who may do it has an account here"


def _message(waiting: Waiting) -> Iterator[tuple[str, str]]:
    yield from _what("Waits for ", waiting)
    yield from _lasting(waiting)


def _what(start: str, waiting: Waiting) -> Iterator[tuple[str, str]]:
    yield start, f"“{waiting.name}”" + (f" ({waiting.subject})" if waiting.subject else "")


def _lasting(waiting: Waiting) -> Iterator[tuple[str, str]]:
    length, rest = so_far(waiting.since)
    yield ", ", length
    yield rest, ""
    if waiting.due:
        day = last_day(waiting.due)
        yield ("; was due " if waiting.overdue else "; due "), days_left(day)
    if waiting.otherwise:
        yield f"; if nothing happens, {waiting.otherwise}", ""


def _timer(waiting: Waiting) -> Iterator[tuple[str, str]]:
    assert waiting.due is not None, "a timer has a moment"
    day = waiting.due.astimezone(clock.CIVIL).date()
    yield "Waits until ", calendars.say_date(day)
    yield f" ({days_left(day)}): ", f"“{waiting.name}”"


def _machine(waiting: Waiting) -> Iterator[tuple[str, str]]:
    yield "Casework does ", f"“{waiting.name}”"
    if waiting.message and waiting.due:
        local = waiting.due.astimezone(clock.CIVIL)
        yield " by itself; the last try failed, the next one is at ", f"{local:%H:%M} on {calendars.say_date(local.date())}"
    else:
        yield " by itself, in a moment", ""


def _problem(waiting: Waiting) -> Iterator[tuple[str, str]]:
    yield "Stopped at ", f"“{waiting.name}”"
    yield from _lasting(waiting)
    yield ": ", "an administrator"
    yield " has to look at it", ""


def _neutral(waiting: Waiting) -> Iterator[tuple[str, str]]:
    if waiting.optional:
        yield "Something can be done at any time by ", waiting.who
        return
    yield "Waits for ", waiting.who
    yield from _lasting(waiting)


def _unknown(waiting: Waiting) -> Iterator[tuple[str, str]]:
    yield "Waits for something that is neither a task nor a date nor a message: see its diagram", ""


_SAID = {
    Kind.TASK: _task, Kind.MESSAGE: _message, Kind.TIMER: _timer, Kind.MACHINE: _machine, Kind.PROBLEM: _problem, Kind.UNKNOWN: _unknown,
    Kind.NEUTRAL: _neutral,
}  # fmt: skip


def _joined(pairs: Iterator[tuple[str, str]]) -> tuple[str, ...]:
    """Pieces in turn plain and emphasised; an empty emphasis lets two plain ones grow together."""
    pieces = [""]
    for plain, strong in pairs:
        pieces[-1] += plain
        if strong:
            pieces += [strong, ""]
    pieces[-1] += "."
    return tuple(pieces)
