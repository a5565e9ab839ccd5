"""Putting a case on hold, letting it go on, and ending it for good."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from .. import clock, deadlines, history, runtime
from ..database import Sessions, transaction
from ..errors import Conflict, Invalid
from ..identity import SYSTEM, Actor
from ..models import Deadline, InstanceState, Job, JobState, ProcessInstance
from .authority import act, reason_of, to_change, together


def suspend(session: Session, actor: Actor, reference: str, *, reason: str, seen: int | None = None) -> ProcessInstance:
    """Put a case on hold: nothing in it is done until it is resumed. Its deadlines go on counting."""
    instance = to_change(session, actor, reference, seen)
    why = reason_of(reason)
    if instance.state is not InstanceState.ACTIVE:
        raise Conflict("This case is on hold already." if instance.state is InstanceState.SUSPENDED else runtime.ENDED)
    instance.state, instance.suspended_at = InstanceState.SUSPENDED, clock.now()
    history.record_many(session, instance, actor, [act(actor, "case_suspended", why).happening])
    return instance


def resume(session: Session, actor: Actor, reference: str, *, reason: str, seen: int | None = None) -> ProcessInstance:
    """Let a case go on. Its timers that fell due meanwhile fire at once, each once; what was sent to it arrives with the next delivery."""
    instance = to_change(session, actor, reference, seen)
    why = reason_of(reason)
    if instance.state is not InstanceState.SUSPENDED:
        raise Conflict("This case is not on hold." if instance.state is InstanceState.ACTIVE else runtime.ENDED)
    instance.state, instance.suspended_at = InstanceState.ACTIVE, None
    due = _due_timers(session, instance)
    with runtime.moving(session, instance, act=act(actor, "case_resumed", why)) as running:
        for job in due:
            if job.token in running.waits:  # another one that was due may have ended it
                running.fire(job.token)
                job.state = JobState.DONE
    return instance


def _due_timers(session: Session, instance: ProcessInstance) -> list[Job]:
    pending = Job.state.in_([JobState.WAITING, JobState.RUNNING])
    timers = select(Job).where(Job.instance_id == instance.id, Job.job_type == runtime.TIMER, pending, Job.due_at <= clock.now())
    return list(session.scalars(timers.order_by(Job.due_at, Job.id)))


def pass_deadlines(sessions: Sessions) -> int:
    """Deadlines of cases on hold are missed when their day is over, as those of any other. Returns of how many cases."""
    on_hold = select(ProcessInstance.id).where(ProcessInstance.state == InstanceState.SUSPENDED)
    with transaction(sessions, reading=True) as session:
        late = session.scalars(on_hold.where(exists().where(Deadline.instance_id == ProcessInstance.id, deadlines.OVER))).all()
    return sum(_pass_deadlines(sessions, instance_id) for instance_id in late)


def _pass_deadlines(sessions: Sessions, instance_id: UUID) -> bool:
    try:
        with transaction(sessions) as session:
            instance = session.scalars(runtime.locked(instance_id)).one()
            missed = deadlines.pass_by(session, instance) if instance.state is InstanceState.SUSPENDED else []
            history.record_many(session, instance, SYSTEM, missed)
    except Conflict:  # somebody changes the case just now: next time
        return False
    return bool(missed)


def terminate(
    session: Session, actor: Actor, reference: str, *, reason: str, confirmation: str, seen: int | None = None
) -> ProcessInstance:
    """End a case for good: everything open in it is withdrawn. `confirmation`: the reference, typed once more."""
    instance = to_change(session, actor, reference, seen)
    why, _ = together(lambda: reason_of(reason), lambda: _confirm(instance, confirmation))
    with runtime.moving(session, instance, act=act(actor, "case_terminated", why), though_suspended=True) as running:
        running.terminate()
    return instance


def _confirm(instance: ProcessInstance, typed: str) -> None:
    if typed.strip().upper() != instance.business_key.upper():
        sentence = f"Type the reference of this case, {instance.business_key}, to confirm that it is the one you mean."
        raise Invalid({"confirmation": sentence})
