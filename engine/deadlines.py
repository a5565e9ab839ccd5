"""The statutory clock: the dates an office answers for, how each is counted, and what became of it.

A deadline is a timer event of a diagram that carries the property `deadline`. It warns, asks for a reason and
escalates; it never blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from . import calendars, clock
from .errors import Invalid
from .identity import SYSTEM, Actor
from .models import Deadline, DeadlineState, ProcessInstance
from .waits import Happening, TimerWait, Wait

NAME = "deadline"  # the property that makes a timer a deadline
OVER = and_(Deadline.state == DeadlineState.RUNNING, Deadline.due_on < bindparam("today", callable_=clock.today))


def arm(session: Session, instance: ProcessInstance, wait: TimerWait) -> None:
    """A deadline begins to run, if this timer is one."""
    if NAME not in wait.properties or wait.due_on is None:
        return
    counted_from = wait.counted_from or clock.today()
    deadline = Deadline(
        token=wait.token, instance=instance, process_key=wait.process_key, element_id=wait.element_id,
        host_element_id=wait.host_element_id, host_token=wait.host_token,
        name=str(wait.properties[NAME]), subject=str(wait.properties.get("subject") or ""),
        counting=_counting(wait), counted_from=counted_from, due_on=wait.due_on,
    )  # fmt: skip
    session.add(deadline)


def ends_of(waits: Sequence[Wait]) -> dict[UUID | None, datetime]:
    """The last second of what leaves an activity so many days, by the activity: its statutory period, or the working days after which
    a timer interrupts it.
    """
    periods = [wait for wait in waits if isinstance(wait, TimerWait) and (NAME in wait.properties or _counts_working_days(wait))]
    return {one.host_token: one.due_at - timedelta(seconds=1) for one in periods}


def _counts_working_days(wait: TimerWait) -> bool:
    return wait.interrupting and wait.properties.get("dayKind") == "working"


def _counting(wait: TimerWait) -> str:
    """ "42 calendar days from 3 March 2026, received → 14 April 2026"."""
    due = calendars.say_date(wait.due_on) if wait.due_on else ""
    if not wait.period or wait.counted_from is None:
        return f"by {due}"
    what = str(wait.properties.get("countedFromWhat") or "")
    period = calendars.say_duration(wait.period, working=wait.properties.get("dayKind") == "working")
    return f"{period} from {calendars.say_date(wait.counted_from)}{', ' + what if what else ''} → {due}"


@dataclass(frozen=True)
class Moved:
    """A step of an instance, as far as its deadlines are concerned."""

    happened: Sequence[Happening]
    finished: AbstractSet[UUID]  # scopes whose own work is done, and activities that were done all their times
    dropped: AbstractSet[UUID]  # activities that were to be done several times and were taken back
    hosts: frozenset[str]  # the elements of this procedure that have a deadline, so that most steps need no query
    overruled: tuple[Actor, str] | None = None  # by an administrator who took another way, and why

    def tokens(self, what: str) -> set[UUID | None]:
        return {happening.token for happening in self.happened if happening.what == what}

    @property
    def ended(self) -> bool:
        return any(happening.what == "ended" for happening in self.happened)

    @property
    def done(self) -> set[UUID]:
        """The activities and scopes that were finished, of those that may have a deadline."""
        return self._hosts_that("completed") | (self.finished if self.hosts else set())

    @property
    def taken_back(self) -> set[UUID]:
        """The activities that nobody does any more, of those that may have a deadline."""
        return self._hosts_that("cancelled") | (self.dropped if self.hosts else set())

    def _hosts_that(self, what: str) -> set[UUID]:
        return {one.token for one in self.happened if one.what == what and one.element_id in self.hosts and one.token}


def close(session: Session, instance: ProcessInstance, timers: Sequence[TimerWait], moved: Moved) -> list[Happening]:
    """Deadlines whose timers are gone were missed if the timer fired, met if their activity was completed, else withdrawn,
    or terminated with their case. Where an administrator moved the case past an activity, nobody did it: that withdraws its deadline.

    A missed deadline whose activity is completed after all, or taken back, keeps its state and says when that was. Returns what the
    history says of it.
    """
    told = []
    for deadline in _running(session, instance, {timer.token for timer in timers if NAME in timer.properties}):
        _settle(deadline, moved)
        told.append(_told(deadline))
    if (over := moved.done | moved.taken_back) or (moved.ended and moved.hosts):
        _note_over(session, instance, None if moved.ended else over)
    return told


def _settle(deadline: Deadline, moved: Moved) -> None:
    done = deadline.host_token in moved.tokens("completed") | moved.finished or moved.ended
    missed = deadline.token in moved.tokens("fired")
    if missed:
        deadline.state = DeadlineState.MISSED
    elif moved.overruled:
        deadline.state, deadline.reason_at = DeadlineState.WITHDRAWN, clock.now()
        deadline.reason_by, deadline.reason = moved.overruled[0].id, moved.overruled[1]
    elif done:
        deadline.state = DeadlineState.MET
    else:
        deadline.state = DeadlineState.TERMINATED if moved.tokens("terminated") else DeadlineState.WITHDRAWN
    deadline.ended_at = None if missed and not done else clock.now()


def pass_by(session: Session, instance: ProcessInstance) -> list[Happening]:
    """Deadlines whose last day is over although no timer fires, for the case is on hold: they are missed all the same.

    What their timers do happens when the case goes on. Returns what the history says of it.
    """
    over = select(Deadline).where(Deadline.instance_id == instance.id, OVER)
    deadlines = session.scalars(over.order_by(Deadline.due_on, Deadline.id)).all()
    for deadline in deadlines:
        deadline.state = DeadlineState.MISSED
    return [_told(deadline) for deadline in deadlines]


def _told(deadline: Deadline) -> Happening:
    detail = {"subject": deadline.subject, "due_on": deadline.due_on.isoformat()}
    return Happening(
        what=f"deadline_{deadline.state.value}", at=clock.now(), token=deadline.token, process_key=deadline.process_key,
        element_id=deadline.element_id, name=deadline.name, detail=detail,
    )  # fmt: skip


def _running(session: Session, instance: ProcessInstance, tokens: set[UUID]) -> Sequence[Deadline]:
    if not tokens:
        return []
    running = Deadline.instance_id == instance.id, Deadline.state == DeadlineState.RUNNING
    return session.scalars(select(Deadline).where(*running, Deadline.token.in_(tokens))).all()


def _note_over(session: Session, instance: ProcessInstance, over: set[UUID] | None) -> None:
    """What was missed and is done after all, or taken back; None: all of it, for the case is over."""
    missed = select(Deadline).where(
        Deadline.instance_id == instance.id, Deadline.state == DeadlineState.MISSED, Deadline.ended_at.is_(None)
    )
    for deadline in session.scalars(missed if over is None else missed.where(Deadline.host_token.in_(over))):
        deadline.ended_at = clock.now()


def explain(
    session: Session, instance: ProcessInstance, element_id: str, reason: str, *, subject: str | None = None, actor: Actor = SYSTEM
) -> None:
    """Record why a deadline was missed: the last one of this element that has no reason yet, and of this subject where one is given.

    Raises Invalid without a reason or where no such deadline was missed.
    """
    if not reason.strip():
        raise Invalid({"reason": "Say why the date was passed."})
    missed = select(Deadline).where(Deadline.instance_id == instance.id, Deadline.state == DeadlineState.MISSED)
    meant = missed.where(Deadline.element_id == element_id, Deadline.reason == "").order_by(Deadline.due_on.desc(), Deadline.id.desc())
    deadline = session.scalars(meant if subject is None else meant.where(Deadline.subject == subject)).first()
    if deadline is None:
        which = " and has this subject" if subject is not None else ""
        raise Invalid({"deadline": f"No missed deadline of this case that still needs a reason comes from “{element_id}”{which}."})
    deadline.reason, deadline.reason_at, deadline.reason_by = reason.strip(), clock.now(), actor.id


def of_instance(session: Session, instance: ProcessInstance) -> list[Deadline]:
    """Every deadline of an instance, the next one first and the settled ones after."""
    rows = session.scalars(select(Deadline).where(Deadline.instance_id == instance.id)).all()
    return sorted(rows, key=lambda deadline: (deadline.state is not DeadlineState.RUNNING, deadline.due_on, deadline.id))
