"""How long a case was on hold while a deadline counted: a hold moves no date, but whoever judges one should know of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import calendars, clock
from ..models import Deadline, HistoryEvent, ProcessInstance

BEGAN, WENT_ON = "case_suspended", "case_resumed"
Hold = tuple[date, date]


def held(session: Session, instance: ProcessInstance, deadlines: Sequence[Deadline]) -> dict[int, str]:
    """For each deadline that counted while the case was on hold a sentence that says for how long, by the deadline's id."""
    holds = _holds(session, instance)
    days = {deadline.id: sum(_overlap(deadline, hold) for hold in holds) for deadline in deadlines}
    return {ident: f"The case was on hold on {count} of these days." for ident, count in days.items() if count}


def _holds(session: Session, instance: ProcessInstance) -> list[Hold]:
    """From the day on which each began to the day on which it was over; today, where it is not."""
    told = select(HistoryEvent.what, HistoryEvent.at).where(
        HistoryEvent.instance_id == instance.id, HistoryEvent.what.in_([BEGAN, WENT_ON])
    )
    events = [(what, calendars.civil_date(at)) for what, at in session.execute(told.order_by(HistoryEvent.number))]
    until = calendars.civil_date(instance.ended_at) if instance.ended_at else clock.today()
    return [
        (day, events[number + 1][1] if number + 1 < len(events) else until) for number, (what, day) in enumerate(events) if what == BEGAN
    ]


def _overlap(deadline: Deadline, hold: Hold) -> int:
    last = calendars.civil_date(deadline.ended_at) if deadline.ended_at else clock.today()
    return max((min(hold[1], last) - max(hold[0], deadline.counted_from)).days, 0)
