"""Putting a case on hold, letting it go on, and ending it for good."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .. import clock, history, runtime
from ..errors import Conflict, Invalid
from ..identity import Actor
from ..models import Deadline, DeadlineState, InstanceState, Job, JobState, ProcessInstance
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


def terminate(
    session: Session, actor: Actor, reference: str, *, reason: str, confirmation: str, seen: int | None = None
) -> ProcessInstance:
    """End a case for good: everything open in it is withdrawn. `confirmation`: the reference, typed once more."""
    instance = to_change(session, actor, reference, seen)
    why, _ = together(lambda: reason_of(reason), lambda: _confirm(instance, confirmation))
    with runtime.moving(session, instance, act=act(actor, "case_terminated", why), though_suspended=True) as running:
        running.terminate()
    # Nobody will do any more what these were for.
    unsettled = update(Deadline).where(Deadline.instance_id == instance.id, Deadline.state == DeadlineState.MISSED)
    session.execute(unsettled.where(Deadline.ended_at.is_(None)).values(ended_at=instance.ended_at))
    return instance


def _confirm(instance: ProcessInstance, typed: str) -> None:
    if typed.strip().upper() != instance.business_key.upper():
        sentence = f"Type the reference of this case, {instance.business_key}, to confirm that it is the one you mean."
        raise Invalid({"confirmation": sentence})
