"""How dates read on pages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from engine import clock
from engine.errors import Invalid
from web import dates

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
MIDNIGHT_IN_SUMMER = datetime(2026, 7, 1, 23, tzinfo=UTC)  # the first instant of 2 July in London


@pytest.mark.parametrize(
    ("when", "said"), [(date(2026, 3, 3), "3 March 2026"), ("2026-03-03", "3 March 2026"), (MIDNIGHT_IN_SUMMER, "2 July 2026"), (None, "")]
)
def test_a_date_is_said_in_full(when: dates.When | None, said: str) -> None:
    assert dates.say_date(when) == said


@pytest.mark.parametrize(
    ("hour", "said"), [(0, "12:05am"), (9, "9:05am"), (12, "12:05pm"), (14, "2:05pm")], ids=["midnight", "morning", "noon", "afternoon"]
)
def test_a_moment_is_said_by_the_clock_on_the_wall(hour: int, said: str) -> None:
    assert dates.say_moment(datetime(2026, 3, 3, hour, 5, tzinfo=UTC)) == f"3 March 2026 at {said}"


@pytest.mark.parametrize(
    ("day", "said"), [(3, "today"), (4, "tomorrow"), (2, "yesterday"), (5, "in 2 days"), (1, "2 days ago")], ids=lambda value: str(value)
)
def test_days_are_said_from_today(day: int, said: str) -> None:
    with clock.moved_to(NOON):
        assert dates.say_days(date(2026, 3, day)) == said


@pytest.mark.parametrize(
    ("day", "said", "tone"),
    [
        (1, "2 days overdue", "late"),
        (2, "1 day overdue", "late"),
        (3, "due today", "soon"),
        (10, "due in 7 days", "soon"),
        (11, "due in 8 days", "calm"),
    ],
)
def test_a_due_date_says_how_urgent_it_is(day: int, said: str, tone: str) -> None:
    with clock.moved_to(NOON):
        assert dates.say_late(date(2026, 3, day)) == said
        assert dates.tone(date(2026, 3, day)) == tone


def test_something_due_at_midnight_is_due_by_the_end_of_the_day_before() -> None:
    assert dates.due_day(MIDNIGHT_IN_SUMMER) == date(2026, 7, 1)
    assert dates.due_day(NOON) == date(2026, 3, 3)


def test_nothing_due_is_quiet() -> None:
    assert (dates.say_late(None), dates.tone(None), dates.say_days(None), dates.say_moment(None)) == ("", "quiet", "", "")


def test_a_day_is_read_from_its_three_boxes() -> None:
    posted = {"when-day": "27", "when-month": " 3", "when-year": "2026"}

    assert dates.day_entered(posted, "when", "the day") == date(2026, 3, 27)
    assert dates.day_entered({}, "when", "the day") is None


@pytest.mark.parametrize("posted", [("31", "2", "2026"), ("x", "2", "2026"), ("1", "", ""), ("1", "1", "99999")])
def test_a_day_that_there_is_not_is_told(posted: tuple[str, str, str]) -> None:
    boxes = dict(zip(("when-day", "when-month", "when-year"), posted, strict=True))

    with pytest.raises(Invalid, match="Enter the day as a real date"):
        dates.day_entered(boxes, "when", "the day")
