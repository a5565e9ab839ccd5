"""Rescheduling a running timer. A deadline's row keeps which date it had, which it got, from whom and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import calendars, clock, runtime
from ..errors import Conflict, Invalid
from ..identity import Actor
from ..models import Deadline, DeadlineState, Job, JobState, ProcessInstance
from .authority import act, reason_of, to_change, together

MOVED = "; moved to "  # in a deadline's counting


def reschedule(
    session: Session, actor: Actor, reference: str, job_id: int, *, due: date | datetime | None, reason: str, seen: int | None = None
) -> Job:
    """A running timer is due at another moment; None: now. A deadline takes a date, which is its last day.

    Raises Invalid with a sentence for `due` or `reason`, Conflict where the timer no longer runs.
    """
    instance = to_change(session, actor, reference, seen)
    job = running_timer(session, instance, job_id)
    deadline = deadline_of(session, job)
    why, (due_at, last_day) = together(lambda: reason_of(reason), lambda: _last_day(due) if deadline else (_moment(due), None))
    at = replace(runtime.wait_of(job), name=deadline.name if deadline else job.name)
    told = act(
        actor, "timer_rescheduled", why, at, subject=str(job.headers.get("subject") or ""),
        before=deadline.due_on if deadline else job.due_at, after=last_day or due_at,
    )  # fmt: skip
    with runtime.moving(session, instance, act=told, though_suspended=True) as running:
        running.reschedule(job.token, due_at, last_day=last_day)
    job.due_at, job.state, job.claimed_at = due_at, JobState.WAITING, None
    if deadline is not None and last_day is not None:
        _change(deadline, last_day, actor, why)
    return job


def running_timer(session: Session, instance: ProcessInstance, job_id: int) -> Job:
    """The timer of this case. Raises Conflict where it does not run any more."""
    pending = Job.state.in_([JobState.WAITING, JobState.RUNNING])
    wanted = select(Job).where(Job.id == job_id, Job.instance_id == instance.id, Job.job_type == runtime.TIMER, pending)
    job = session.scalars(wanted).first()
    if job is None:
        raise Conflict("This timer is no longer running. Open the case again to see where it stands.")
    return job


def deadline_of(session: Session, job: Job) -> Deadline | None:
    """The date the office answers for, where the timer is one."""
    its = select(Deadline).where(Deadline.instance_id == job.instance_id, Deadline.token == job.token)
    return session.scalars(its.where(Deadline.state == DeadlineState.RUNNING)).first()


def _last_day(due: date | datetime | None) -> tuple[datetime, date]:
    if due is None or isinstance(due, datetime):
        raise Invalid({"due": "Enter the date by the end of which it is due: a deadline is a day."})
    if due < clock.today():
        raise Invalid({"due": "Enter today or a later day: a deadline cannot be moved into the past."})
    return calendars.end_of_day(due), due


def _moment(due: date | datetime | None) -> datetime:
    moment = clock.now() if due is None else due if isinstance(due, datetime) else calendars.start_of_day(due)
    if due is not None and moment < clock.now():
        raise Invalid({"due": "This moment is over. Enter a later one, or choose that it is due now."})
    return moment


def _change(deadline: Deadline, day: date, actor: Actor, reason: str) -> None:
    change = {
        "from": deadline.due_on.isoformat(), "to": day.isoformat(), "at": clock.now().isoformat(), "by": str(actor.id), "reason": reason,
    }  # fmt: skip
    deadline.changes = [*deadline.changes, change]
    deadline.counting = deadline.counting.partition(MOVED)[0] + MOVED + calendars.say_date(day)
    deadline.due_on = day
