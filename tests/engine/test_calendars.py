"""Civil time: months by the corresponding date, days by the wall clock, deadlines to the end of their day."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import calendars
from engine.clock import CIVIL
from engine.errors import Trouble

MOMENTS = st.datetimes(datetime(1980, 1, 1), datetime(2080, 1, 1), timezones=st.just(UTC))
DAYS = st.dates(date(1980, 1, 1), date(2080, 1, 1))


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


SUMS = [
    (utc(2026, 8, 31, 12), "P6M", utc(2027, 2, 28, 13)),  # 13:00 in summer is 13:00 in winter by the clock
    (utc(2026, 1, 31), "P1M", utc(2026, 2, 28)),
    (utc(2024, 2, 29), "P1Y", utc(2025, 2, 28)),
    (utc(2026, 3, 28, 9), "P1D", utc(2026, 3, 29, 8)),  # nine o'clock stays nine o'clock
    (utc(2026, 3, 28, 9), "PT24H", utc(2026, 3, 29, 9)),  # hours are hours
    (utc(2026, 3, 28, 1, 30), "P1D", utc(2026, 3, 29, 1, 30)),  # a time the clocks skip moves on by the hour
    (utc(2026, 1, 1), "P1Y2M3W4DT5H6M7.5S", datetime(2027, 3, 26, 5, 6, 7, 500_000, tzinfo=UTC)),
]


@pytest.mark.parametrize(("at", "duration", "result"), SUMS)
def test_a_duration_is_added_by_the_calendar_on_the_wall(at, duration, result):
    """SpiffWorkflow adds the length of a month in seconds, and knows one offset for all the year."""
    assert calendars.add(at, duration) == result


@given(MOMENTS, st.integers(0, 600))
def test_months_land_on_the_same_day_or_the_last_of_a_shorter_month(at, months):
    before, after = at.astimezone(CIVIL), calendars.add(at, f"P{months}M").astimezone(CIVIL)

    assert (after.year * 12 + after.month) - (before.year * 12 + before.month) == months
    assert after.day == min(before.day, monthrange(after.year, after.month)[1])


@given(MOMENTS, st.integers(0, 5000))
def test_days_keep_the_time_on_the_wall_unless_the_clocks_skip_it(at, days):
    before, after = at.astimezone(CIVIL), calendars.add(at, f"P{days}D").astimezone(CIVIL)

    assert after.date() == before.date() + timedelta(days)
    skipped = after.utcoffset() != before.utcoffset() and after.time() != before.time()
    assert skipped or after.time() == before.time()
    assert not skipped or (after.month, before.hour) == (3, 1)


@given(MOMENTS, st.integers(0, 10_000))
def test_hours_are_hours_whatever_the_clocks_do(at, hours):
    assert calendars.add(at, f"PT{hours}H") - at == timedelta(hours=hours)


@given(DAYS)
def test_a_day_ends_where_the_next_begins(day):
    assert calendars.end_of_day(day) == calendars.start_of_day(day + timedelta(1))
    assert calendars.end_of_day(day) == calendars.instant((day + timedelta(1)).isoformat())
    assert calendars.civil_date(calendars.last_second(day)) == day
    assert calendars.end_of_day(day) - calendars.start_of_day(day) in (timedelta(hours=23), timedelta(hours=24), timedelta(hours=25))
    assert calendars.end_of_day(day).astimezone(CIVIL).time() == time()


@given(DAYS, st.integers(1, 60))
def test_working_days_are_counted_one_by_one(day, days):
    end = calendars.add_working_days(day, days)

    between = [day + timedelta(n) for n in range(1, (end - day).days + 1)]
    assert sum(map(calendars.is_working_day, between)) == days
    assert calendars.is_working_day(end)


def test_scotlands_own_holidays_are_no_working_days():
    assert calendars.add_working_days(date(2026, 12, 23), 5) == date(2027, 1, 5)
    assert not calendars.is_working_day(date(2026, 1, 2))
    assert not calendars.is_working_day(date(2026, 6, 15))  # once only
    assert calendars.is_working_day(date(2026, 8, 31))  # a holiday in England


@given(DAYS, st.integers(0, 500), st.integers(0, 60))
def test_a_period_from_a_date_ends_on_a_date(day, days, months):
    end = calendars.add_days_and_months(day, f"P{months}M{days}D")

    assert end == calendars.add_days_and_months(calendars.add_days_and_months(day, f"P{months}M"), f"P{days}D")


def test_the_42nd_day_may_be_any_day():
    assert calendars.add_days_and_months(date(2026, 11, 21), "P42D") == date(2027, 1, 2)


INSTANTS = {
    "2026-07-01": utc(2026, 6, 30, 23),
    "2026-07-01T10:00:00": utc(2026, 7, 1, 9),
    "2026-07-01T10:00:00Z": utc(2026, 7, 1, 10),
    "2026-07-01T10:00:00+02:00": utc(2026, 7, 1, 8),
    "2026-07-01T10:00:00@Europe/London": utc(2026, 7, 1, 9),
    "2026-07-01T10:00:00[Europe/London]": utc(2026, 7, 1, 9),
}


@pytest.mark.parametrize(("text", "moment"), INSTANTS.items())
def test_a_text_means_a_moment(text, moment):
    assert calendars.instant(text) == moment


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "2026-02-30", "2026-07-01T10:00:00@Nowhere/Else"])
def test_a_text_that_is_no_date_is_told(text):
    with pytest.raises(Trouble, match="is not a date"):
        calendars.instant(text)


@pytest.mark.parametrize("text", ["P", "PT", "-P1D", "P1H", "1D", "PT1M1H", "R/P", "", "P1.5D", "P١D", f"P{'9' * 5000}D"])
def test_a_text_that_is_no_duration_is_told(text):
    with pytest.raises(Trouble, match="is not a duration"):
        calendars.parse_duration(text)


@pytest.mark.parametrize(
    "text", ["P1D", "R", "R/", "R/P", "Rx/P1D", "R-1/P1D", "R/PT0S", "R0/P1D", "R/PT0.0000001S", "R/PT0.9S", f"R{'9' * 5000}/P1D"]
)
def test_a_text_that_is_no_cycle_is_told(text):
    with pytest.raises(Trouble):
        calendars.first_firing("timeCycle", text, utc(2026, 1, 1))


def test_what_lies_beyond_the_calendar_is_told():
    with pytest.raises(Trouble, match="beyond the calendar"):
        calendars.add(utc(2026, 1, 1), "P99999999D")
    with pytest.raises(Trouble, match="beyond the calendar"):
        calendars.add_days_and_months(date(2026, 1, 1), "P99999Y")
    with pytest.raises(Trouble, match="end of the calendar"):
        calendars.end_of_day(date(9999, 12, 31))
    with pytest.raises(Trouble, match="end of the calendar"):
        calendars.add_working_days(date(9999, 12, 1), 60)
    with pytest.raises(Trouble, match="too many"):
        calendars.add_working_days(date(2026, 1, 1), 99_999_999)
    for text in ("9999-12-31", "0001-01-01T00:00:00Z"):
        with pytest.raises(Trouble, match="is not a date"):
            calendars.read_date(text)
    with pytest.raises(Trouble, match="hours in it"):
        calendars.add_days_and_months(date(2026, 1, 1), "PT5H")


def test_a_cycle_counts_each_firing_from_its_anchor():
    """Counted from one another, 31 January, 28 February would be followed by 28 March."""
    firing: calendars.Firing | None = calendars.first_firing("timeCycle", "R3/2026-01-31T09:00/P1M", utc(2026, 1, 1))
    due = []

    while firing:
        due.append(firing.due.date().isoformat())
        firing = calendars.next_firing(firing, firing.due)

    assert due == ["2026-01-31", "2026-02-28", "2026-03-31"]


@given(MOMENTS, st.sampled_from(["PT1S", "PT90M", "P1D", "P1W", "P1M", "P3M", "P1Y", "P1M1DT1H"]), st.integers(0, 40_000_000))
def test_after_downtime_a_cycle_goes_on_at_its_next_turn(at, every, seconds):
    firing = calendars.first_firing("timeCycle", f"R/{every}", at)
    now = firing.due + timedelta(seconds=seconds)

    following = calendars.next_firing(firing, now)

    assert following is not None
    assert following.due > now
    assert calendars.add(at, every, following.number) == following.due
    assert calendars.add(at, every, following.number - 1) <= now


@given(st.integers(1, 20), st.integers(0, 30))
def test_a_counted_cycle_never_has_more_turns_than_it_says(count, days_off):
    firing = calendars.first_firing("timeCycle", f"R{count}/P1D", utc(2026, 1, 1))
    fired = 1

    following = calendars.next_firing(firing, firing.due + timedelta(days=days_off))
    while following:
        fired += 1
        following = calendars.next_firing(following, following.due)

    assert fired == max(1, count - days_off)


def test_dates_and_durations_are_said_in_words():
    assert calendars.say_date(date(2026, 3, 3)) == "3 March 2026"
    assert calendars.say_duration("P42D") == "42 calendar days"
    assert calendars.say_duration("P5D", working=True) == "5 working days"
    assert calendars.say_duration("P6M") == "6 months"
    assert calendars.say_duration("P1Y2WT1H") == "1 year, 2 weeks and 1 hour"
    assert calendars.say_duration("PT0S") == "no time"
    with pytest.raises(Trouble):
        calendars.say_duration("soon")
