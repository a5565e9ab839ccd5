"""The one clock. Everything asks it for the time, so that time can be moved for a rehearsal, a demonstration or a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

CIVIL = ZoneInfo("Europe/London")  # the zone in which a day begins and ends (design: deadlines are dates)

_offset = timedelta()


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC) + _offset


def today() -> date:
    """The civil date of this instant."""
    return now().astimezone(CIVIL).date()


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Inside, it is `moment` and time runs on from there. For the whole process: not for use while serving others."""
    global _offset
    before = _offset
    _offset = moment - datetime.now(UTC)
    try:
        yield
    finally:
        _offset = before
