"""The statutory clock: the dates an office answers for, how each is counted, and what became of it.

A deadline is a timer event of a diagram that carries the property `deadline`. It warns, asks for a reason and
escalates; it never blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import calendars, clock
from .errors import Invalid
from .identity import SYSTEM, Actor
from .models import Deadline, DeadlineState, ProcessInstance
from .waits import Happening, TimerWait

NAME = "deadline"  # the property that makes a timer a deadline


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


def _counting(wait: TimerWait) -> str:
    """ "42 calendar days from 3 March 2026, received → 14 April 2026"."""
    due = calendars.say_date(wait.due_on) if wait.due_on else ""
    if not wait.period or wait.counted_from is None:
        return f"by {due}"
    what = str(wait.properties.get("countedFromWhat") or "")
    period = calendars.say_duration(wait.period, working=wait.properties.get("dayKind") == "working")
    return f"{period} from {calendars.say_date(wait.counted_from)}{', ' + what if what else ''} → {due}"


def close(
    session: Session, instance: ProcessInstance, timers: Sequence[TimerWait], happened: Sequence[Happening], hosts: frozenset[str]
) -> list[Happening]:
    """Deadlines whose timers are gone were missed if the timer fired, met if their activity was completed, else withdrawn,
    or terminated with their case.

    A missed deadline whose activity is completed after all keeps its state and says when that was.
    `hosts`: the elements of this procedure that have a deadline, so that most steps need no query. Returns what the history says of it.
    """
    ended = any(happening.what == "ended" for happening in happened)
    otherwise = DeadlineState.TERMINATED if any(one.what == "terminated" for one in happened) else DeadlineState.WITHDRAWN
    fired = {happening.token for happening in happened if happening.what == "fired"}
    completed = {happening.token: happening.element_id for happening in happened if happening.what == "completed"}
    told = []
    for deadline in _rows(session, instance, {timer.token for timer in timers if NAME in timer.properties}):
        done = deadline.host_token in completed or ended
        deadline.state = DeadlineState.MISSED if deadline.token in fired else DeadlineState.MET if done else otherwise
        deadline.ended_at = None if deadline.state is DeadlineState.MISSED else clock.now()
        told.append(_told(deadline))
    if late := [token for token, element_id in completed.items() if element_id in hosts]:
        _note_late(session, instance, late)
    return told


def _told(deadline: Deadline) -> Happening:
    detail = {"subject": deadline.subject, "due_on": deadline.due_on.isoformat()}
    return Happening(
        what=f"deadline_{deadline.state.value}", at=clock.now(), token=deadline.token, process_key=deadline.process_key,
        element_id=deadline.element_id, name=deadline.name, detail=detail,
    )  # fmt: skip


def _rows(session: Session, instance: ProcessInstance, tokens: set[UUID]) -> Sequence[Deadline]:
    if not tokens:
        return []
    return session.scalars(select(Deadline).where(Deadline.instance_id == instance.id, Deadline.token.in_(tokens))).all()


def _note_late(session: Session, instance: ProcessInstance, done: Sequence[UUID | None]) -> None:
    missed = select(Deadline).where(Deadline.instance_id == instance.id, Deadline.state == DeadlineState.MISSED)
    for deadline in session.scalars(missed.where(Deadline.ended_at.is_(None), Deadline.host_token.in_(done))):
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
