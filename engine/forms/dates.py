"""Fields of dates and times: typed as people write them, kept as ISO text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar

from engine import calendars, clock

from .model import Ask, Entry, Field, Option
from .sentences import Wrong, listing

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))? ?(am|pm)?", re.IGNORECASE)
_DAY_PARTS = ("-day", "-month", "-year")


@dataclass(frozen=True, kw_only=True)
class Timed(Field):
    """What fields of days and of times share."""

    time_format: str = "no_timezone"  # how ISO text says the zone: also "utc_offset" or "utc_normalized"
    no_past: bool = False


class Date(Timed):
    """A day, as day, month and year."""

    parts: ClassVar[tuple[str, ...]] = _DAY_PARTS
    first: ClassVar[str] = "-day"

    def parse(self, entry: Entry, label: str, options: Sequence[Option]) -> str | None:
        day = read_day(entry, label)
        return day.isoformat() if day else None

    def enter(self, value: Any, options: Sequence[Option]) -> dict[str, list[str]]:
        return _enter_day(as_day(value))

    def complain(self, value: Any, label: str, ask: Ask) -> None:
        complain_of_day(self, date.fromisoformat(value), label, ask)

    def say(self, value: Any, options: Sequence[Option]) -> list[str]:
        day = as_day(value)
        return [calendars.say_date(day)] if day else super().say(value, options)


class Time(Timed):
    """A time of day."""

    parts: ClassVar[tuple[str, ...]] = ("-time",)
    first: ClassVar[str] = "-time"

    def parse(self, entry: Entry, label: str, options: Sequence[Option]) -> str | None:
        at = read_time(entry, label)
        if at is None:
            return None
        moment = datetime.combine(clock.today(), at, clock.CIVIL)
        return _serialised(self, moment).partition("T")[2]

    def enter(self, value: Any, options: Sequence[Option]) -> dict[str, list[str]]:
        moment = as_moment(f"{clock.today().isoformat()}T{value}")
        return {"-time": [f"{moment:%H:%M}"]} if moment else {}

    def say(self, value: Any, options: Sequence[Option]) -> list[str]:
        entered = self.enter(value, options)
        return entered["-time"] if entered else super().say(value, options)


class DateTime(Timed):
    """A day and a time of it."""

    parts: ClassVar[tuple[str, ...]] = (*_DAY_PARTS, "-time")
    first: ClassVar[str] = "-day"

    def parse(self, entry: Entry, label: str, options: Sequence[Option]) -> str | None:
        day, at = read_day(entry, label), read_time(entry, label)
        if day is None and at is None:
            return None
        if day is None:
            raise Wrong(f"{label} must include a date", "-day")
        if at is None:
            raise Wrong(f"{label} must include a time", "-time")
        return _serialised(self, datetime.combine(day, at, clock.CIVIL))

    def enter(self, value: Any, options: Sequence[Option]) -> dict[str, list[str]]:
        moment = as_moment(value)
        return {**_enter_day(moment.date()), "-time": [f"{moment:%H:%M}"]} if moment else {}

    def complain(self, value: Any, label: str, ask: Ask) -> None:
        moment = as_moment(value)
        if moment:
            complain_of_day(self, moment.date(), label, ask)

    def say(self, value: Any, options: Sequence[Option]) -> list[str]:
        moment = as_moment(value)
        return [f"{calendars.say_date(moment.date())} at {moment:%H:%M}"] if moment else super().say(value, options)


def read_day(entry: Entry, label: str) -> date | None:
    """The day that was entered; raises Wrong naming what is missing."""
    texts = {part: "".join(entry.get(part, ())[-1:]).strip() for part in _DAY_PARTS}
    missing = [part for part in _DAY_PARTS if not texts[part]]
    if len(missing) == 3:
        return None
    if missing:
        raise Wrong(f"{label} must include a {listing([part[1:] for part in missing])}", missing[0])
    if not re.fullmatch("[0-9]{4}", texts["-year"]):
        raise Wrong(f"{label}: the year must have 4 numbers, like {clock.today().year}", "-year")
    try:
        return date(int(texts["-year"]), _month(texts["-month"]), int(texts["-day"][:3]))
    except ValueError:
        raise Wrong(f"{label} must be a real date", "-day") from None


def _month(text: str) -> int:
    named = [number for number, name in enumerate(_MONTHS, 1) if len(text) > 2 and name.startswith(text.lower())]
    return named[0] if named else int(text[:3])


def read_time(entry: Entry, label: str) -> time | None:
    """The time that was entered: 14:30, 1430, 2.30pm, 9am."""
    text = "".join(entry.get("-time", ())[-1:]).strip()
    if not text:
        return None
    found = _TIME.fullmatch(text)
    at = _time_of(found[1], found[2], (found[3] or "").lower()) if found else None
    if at is None:
        raise Wrong(f"{label} must have a time like 14:30 or 2:30pm", "-time")
    return at


def _time_of(hours: str, minutes: str | None, half: str) -> time | None:
    hour, minute = int(hours), int(minutes or 0)
    # "9" alone could be any half of the day.
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12) or not (minutes or half):
        return None
    return time(hour % 12 + (12 if half == "pm" else 0) if half else hour, minute)


def complain_of_day(field: Timed, day: date, label: str, ask: Ask) -> None:
    """Raises Wrong when the day is before the earliest or after the latest one."""
    properties, today = field.properties, clock.today()
    earliest = today if field.no_past else as_day(ask(properties.get("earliest")))
    latest = as_day(ask(properties.get("latest")))
    if earliest and day < earliest:
        said = "today or in the future" if earliest == today else f"the same as or after {calendars.say_date(earliest)}"
        raise Wrong(properties.get("earliestMessage") or f"{label} must be {said}", "-day")
    if latest and day > latest:
        said = "today or in the past" if latest == today else f"the same as or before {calendars.say_date(latest)}"
        raise Wrong(properties.get("latestMessage") or f"{label} must be {said}", "-day")


def as_day(value: Any) -> date | None:
    """The day in a known value, if it has one."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def as_moment(value: Any) -> datetime | None:
    """The moment in a known value, as a clock on the wall shows it."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.astimezone(clock.CIVIL) if moment and moment.tzinfo else moment


def _enter_day(day: date | None) -> dict[str, list[str]]:
    return {"-day": [str(day.day)], "-month": [str(day.month)], "-year": [f"{day.year:04}"]} if day else {}


def _serialised(field: Timed, moment: datetime) -> str:
    """ISO text, as the field's "time format" in the editor wants it."""
    if field.time_format == "utc_normalized":
        return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
    return moment.isoformat(timespec="minutes") if field.time_format == "utc_offset" else f"{moment:%Y-%m-%dT%H:%M}"
