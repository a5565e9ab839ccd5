"""Civil time: when a period ends, in Europe/London, as people count days, months and working days.

Years, months, weeks and days are added to the calendar date by the corresponding-date rule (31 August + 6 months is the last day
of February); hours, minutes and seconds are added to the instant. Everything else in the engine asks here and computes nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from engine.clock import CIVIL
from engine.errors import Trouble

_DURATION = re.compile(
    r"P(?=\d|T\d)(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?"
    r"(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?",
    re.ASCII,
)
_CYCLE = re.compile(r"R(\d{0,9})/(?:([^P/][^/]*)/)?(P[^/]+)", re.ASCII)
_YEARS = range(2, 9999)  # with a day to spare at either end for zones and for the end of a day
_MOST_WORKING_DAYS = 5000  # about twenty years, and as many as can be counted one by one
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in the three measures that cannot be turned into one another."""

    months: int = 0
    days: int = 0
    seconds: float = 0


@dataclass(frozen=True, slots=True)
class Firing:
    """When a timer fires, and what is needed to know when it fires again."""

    due: datetime
    anchor: datetime | None = None  # from which a repeating timer counts, so that R/P1M from 31 January is not worn down to the 28th
    every: str = ""
    number: int = 0  # periods between the anchor and this firing
    left: int = 0  # firings after this one; -1: without end


def parse_duration(text: str) -> Duration:
    """An ISO 8601 duration such as P6M, P42D or PT12H."""
    found = _DURATION.fullmatch(text)
    if not found:
        raise Trouble(f"“{text}” is not a duration. Write it as P42D (42 days), P6M (6 months) or PT12H (12 hours).")
    years, months, weeks, days, hours, minutes, seconds = (
        float(part) if part and "." in part else int(part or 0) for part in found.groups()
    )
    return Duration(int(years * 12 + months), int(weeks * 7 + days), hours * 3600 + minutes * 60 + seconds)


def add(at: datetime, duration: str, times: int = 1) -> datetime:
    """The moment `times` durations after another, in UTC. The time of day stays what the clock on the wall showed."""
    length = parse_duration(duration)
    try:
        if length.months or length.days:
            local = at.astimezone(CIVIL)
            day = _add_months(local.date(), length.months * times) + timedelta(length.days * times)
            at = datetime.combine(day, local.time(), CIVIL).astimezone(UTC)  # a time that the clocks skip moves on by the hour
        return at.astimezone(UTC) + timedelta(seconds=length.seconds * times)
    except (OverflowError, ValueError) as error:
        raise Trouble(f"“{duration}” after {at:%-d %B %Y} is beyond the calendar. Write a shorter duration.") from error


def add_days_and_months(day: date, duration: str) -> date:
    """The date a period ends on that is counted from a date: whole days, weeks, months and years only."""
    length = parse_duration(duration)
    if length.seconds:
        raise Trouble(f"“{duration}” has hours in it, but this period is counted in days. Write it as P42D or P6M.")
    try:
        return _add_months(day, length.months) + timedelta(length.days)
    except (OverflowError, ValueError) as error:
        raise Trouble(f"“{duration}” after {say_date(day)} is beyond the calendar. Write a shorter duration.") from error


def add_working_days(day: date, days: int) -> date:
    """The date so many working days later. Weekends and Scottish bank holidays do not count; the first day is not counted."""
    if days > _MOST_WORKING_DAYS:
        raise Trouble(f"{days} working days are too many to be counted. Write at most {_MOST_WORKING_DAYS}, or months.")
    while days > 0:
        day = _plus_days(day, 1)
        days -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no bank holiday in Scotland."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def instant(text: str) -> datetime:
    """The moment a date or date-time means, in UTC. A bare date is the start of that civil day; no zone means civil time."""
    stripped, _, zone = str(text).replace("[", "@").rstrip("]").partition("@")  # FEEL writes 2026-07-01T10:00:00@Europe/London
    try:
        read = datetime.fromisoformat(stripped)
        if read.year not in _YEARS:
            raise OverflowError
        local = read if read.tzinfo else read.replace(tzinfo=ZoneInfo(zone) if zone else CIVIL)
        return local.astimezone(UTC)
    except (ValueError, OverflowError, KeyError) as error:
        raise Trouble(f"“{text}” is not a date. Write it as 2026-03-31 or 2026-03-31T09:00:00.") from error


def is_date(text: str) -> bool:
    """Whether a text is a date without a time of day."""
    return bool(_DATE.fullmatch(text))


def read_date(text: str) -> date:
    """The civil date that a date or date-time falls on."""
    return civil_date(instant(text))


def civil_date(at: datetime) -> date:
    """The date on the wall calendar at a moment."""
    return at.astimezone(CIVIL).date()


def start_of_day(day: date) -> datetime:
    """The first instant of the civil day, in UTC."""
    return datetime.combine(day, time(), CIVIL).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The first instant after the civil day, in UTC: a deadline on that day is missed from then on."""
    return start_of_day(_plus_days(day, 1))


def last_second(day: date) -> datetime:
    """The last second of the civil day, in UTC: a moment that still falls on that day wherever it is shown."""
    return end_of_day(day) - timedelta(seconds=1)


def first_firing(kind: str, text: str, at: datetime) -> Firing:
    """When a timer armed at `at` fires first. `kind` is the element of the diagram: timeDate, timeDuration or timeCycle."""
    if kind == "timeDate":
        return Firing(instant(text))
    if kind == "timeDuration":
        return Firing(add(at, text))
    found = _CYCLE.fullmatch(text)
    if not found:
        raise Trouble(f"“{text}” is not a repeating interval. Write it as R/P3M (every 3 months for ever) or R3/PT8H (three times).")
    count, start, every = found.groups()
    length = parse_duration(every)
    if not (length.months or length.days) and length.seconds < 1:
        raise Trouble(f"“{text}” repeats with hardly any time in between. Write a duration of at least a second.")
    if count and not int(count):
        raise Trouble(f"“{text}” says that it happens no time. Write R1/… for once, or R/… for ever.")
    anchor = instant(start) if start else at.astimezone(UTC)
    number = 0 if start else 1
    return Firing(add(anchor, every, number), anchor, every, number, int(count) - 1 if count else -1)


def next_firing(firing: Firing, at: datetime) -> Firing | None:
    """When a repeating timer that fires at `at` fires again: after `at`, once for all the turns missed. None: no more."""
    if not firing.left or firing.anchor is None:
        return None
    number, left, due = firing.number, firing.left, firing.due
    while left and due <= at:
        skipped = max(1, _turns_until(firing, number, at))
        skipped = min(skipped, left) if left > 0 else skipped
        number, left = number + skipped, left - skipped if left > 0 else left
        due = add(firing.anchor, firing.every, number)
    return Firing(due, firing.anchor, firing.every, number, left) if due > at else None


def _turns_until(firing: Firing, number: int, at: datetime) -> int:
    """Turns that can safely be skipped at once. Days and months are taken as long as they get, so that none is skipped too far."""
    length = parse_duration(firing.every)
    clock_change = timedelta(hours=1) if length.months or length.days else timedelta()
    longest = timedelta(days=length.months * 31 + length.days, seconds=length.seconds) + clock_change
    assert firing.anchor is not None
    return int((at - add(firing.anchor, firing.every, number)) / longest)


def say_date(day: date) -> str:
    """A date in words: 3 March 2026."""
    return f"{day.day} {day:%B %Y}"


def say_duration(text: str, *, working: bool = False) -> str:
    """A duration in words: 42 calendar days; 5 working days; 6 months; 1 year and 2 weeks."""
    found = _DURATION.fullmatch(text)
    if not found:
        parse_duration(text)
        return text
    units = ("year", "month", "week", "working day" if working else "calendar day", "hour", "minute", "second")
    parts = [
        f"{count} {unit}{'' if count == '1' else 's'}" for count, unit in zip(found.groups(), units, strict=True) if count and float(count)
    ]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts or ["no time"])


def _plus_days(day: date, days: int) -> date:
    try:
        return day + timedelta(days)
    except OverflowError as error:
        raise Trouble(f"{say_date(day)} is the end of the calendar. Write a date before it.") from error


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    import holidays  # knows the whole world, and takes a while to say so: not at every start

    return frozenset(holidays.country_holidays("GB", subdiv="SCT", years=year))
