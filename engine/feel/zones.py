"""How the clock of a named time zone changes, for the FEEL interpreter, which knows London and UTC only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

FIRST = datetime(1900, 1, 1, tzinfo=UTC)
LAST = datetime(2100, 1, 1, tzinfo=UTC)
STEP = timedelta(days=7)  # no clock changes twice within a week


@cache
def changes(name: str) -> list[tuple[int, int]] | None:
    """(second since 1970, offset in seconds) of each change from 1900 to 2100, the first for all time before; None: no such zone."""
    if name not in available_timezones():
        return None
    zone = ZoneInfo(name)
    found = [(int(FIRST.timestamp()), _offset(FIRST, zone))]
    moment = FIRST
    while moment < LAST:
        later = moment + STEP
        if _offset(later, zone) != found[-1][1]:
            found.append((_change(moment, later, zone), _offset(later, zone)))
        moment = later
    return found


def _offset(moment: datetime, zone: ZoneInfo) -> int:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return round(offset.total_seconds())


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> int:
    """The second at which the clock changes between two moments."""
    low, high = int(before.timestamp()), int(after.timestamp())
    old = _offset(before, zone)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(datetime.fromtimestamp(middle, UTC), zone) == old:
            low = middle
        else:
            high = middle
    return high
