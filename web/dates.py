"""How dates read: "3 March 2026", "in 2 days", "12 days ago". All in civil time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from flask import Flask

from engine import clock
from engine.errors import Invalid

if TYPE_CHECKING:
    from .configuration import Configuration

SOON = timedelta(days=7)

When = date | datetime | str


def prepare(app: Flask, configuration: Configuration) -> None:
    """Give the templates the filters below."""
    app.jinja_env.filters.update(
        date=say_date,
        moment=say_moment,
        days=say_days,
        late=say_late,
        so_far=say_so_far,
        tone=tone,
        due_day=due_day,
        iso=lambda when: day_of(when).isoformat(),
    )
    app.jinja_env.globals["today"] = clock.today


def day_of(when: When) -> date:
    """The civil day of a date, an instant or ISO text."""
    if isinstance(when, str):
        when = datetime.fromisoformat(when) if "T" in when else date.fromisoformat(when)
    if isinstance(when, datetime):
        return when.astimezone(clock.CIVIL).date() if when.tzinfo else when.date()
    return when


def due_day(due_at: datetime | date) -> date:
    """The day by the end of which something is due. An instant at midnight ends the day before."""
    if isinstance(due_at, datetime):
        return day_of(due_at - timedelta(microseconds=1))
    return due_at


def say_date(when: When | None) -> str:
    """3 March 2026"""
    if not when:
        return ""
    day = day_of(when)
    return f"{day.day} {day:%B %Y}"


def say_moment(when: datetime | str | None) -> str:
    """3 March 2026 at 2:15pm"""
    if not when:
        return ""
    if isinstance(when, str):
        when = datetime.fromisoformat(when)
    local = when.astimezone(clock.CIVIL)
    return f"{say_date(local)} at {local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def say_days(when: When | None) -> str:
    """in 2 days, tomorrow, today, yesterday, 12 days ago"""
    if not when:
        return ""
    days = (day_of(when) - clock.today()).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


def say_so_far(since: When) -> str:
    """since today, 1 day, 12 days"""
    days = (clock.today() - day_of(since)).days
    return f"{days} day{'' if days == 1 else 's'}" if days > 0 else "since today"


def say_late(due: date | datetime | None) -> str:
    """due in 2 days, due today, 1 day overdue"""
    if not due:
        return ""
    days = (clock.today() - due_day(due)).days
    if days > 0:
        return f"{days} day{'' if days == 1 else 's'} overdue"
    return f"due {say_days(due_day(due))}"


def tone(due: date | datetime | None) -> str:
    """How a due date is coloured: late, soon, calm; quiet without one."""
    if not due:
        return "quiet"
    left = due_day(due) - clock.today()
    if left < timedelta():
        return "late"
    return "soon" if left <= SOON else "calm"


def day_entered(posted: Mapping[str, str], name: str, what: str) -> date | None:
    """The date typed as day, month and year; None where nothing was. Raises Invalid where there is no such day."""
    typed = [posted.get(f"{name}-{part}", "").strip() for part in ("day", "month", "year")]
    if not any(typed):
        return None
    try:
        day, month, year = map(int, typed)
        return date(year, month, day)
    except (ValueError, OverflowError):
        raise Invalid({name: f"Enter {what} as a real date, like 27 3 2026"}) from None
