"""Whether the rows of a case say what its stored state says: what nobody who reads only rows could notice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from engine import history, runtime
from engine.models import (
    NOT_ENDED,
    Deadline,
    DeadlineState,
    Incident,
    IncidentState,
    Job,
    JobState,
    ProcessInstance,
    Subscription,
    TaskState,
    UserTask,
)
from engine.waits import JobWait, MessageWait, SignalWait, TimerWait, TroubleWait, UserTaskWait, Wait

OWED = [JobState.WAITING, JobState.RUNNING, JobState.FAILED]


def disagreements(session: Session, instance: ProcessInstance) -> list[str]:
    """Everything in which this case's rows, state and history differ, as sentences."""
    waits = runtime.looking(session, instance).waits if instance.state in NOT_ENDED else {}
    wrong = [f"{instance.business_key}: {sentence}" for sentence in history.verify(session, instance)]
    for what, kinds, rows in _kinds(session, instance):
        expected = sorted(wait.token for wait in waits.values() if isinstance(wait, kinds))
        if expected != sorted(rows):
            wrong.append(f"{instance.business_key}: it waits for {len(expected)} {what}, and there are {len(rows)} rows of them.")
    if instance.state in NOT_ENDED and not waits:
        wrong.append(f"{instance.business_key}: it waits for nothing, and has not ended.")
    more = [*_dates(session, instance, waits), *_problems_about_nothing(session, instance, waits)]
    return wrong + [f"{instance.business_key}: {sentence}" for sentence in more]


def _kinds(session: Session, instance: ProcessInstance) -> list[tuple[str, tuple[type[Wait], ...], list[UUID]]]:
    """Each kind of wait, with the tokens of the rows there are of it."""
    tasks = select(UserTask.id).where(UserTask.instance_id == instance.id, UserTask.state == TaskState.OPEN)
    owed = select(Job.token).where(Job.instance_id == instance.id, Job.state.in_(OWED))
    awaited = select(Subscription.token).where(Subscription.instance_id == instance.id)
    open_ones = select(Incident.token).where(Incident.instance_id == instance.id, Incident.state == IncidentState.OPEN)
    return [
        ("user tasks", (UserTaskWait,), list(session.scalars(tasks))),
        ("jobs and timers", (JobWait, TimerWait), list(session.scalars(owed))),
        ("messages and signals", (MessageWait, SignalWait), list(session.scalars(awaited))),
        ("problems", (TroubleWait,), list(session.scalars(open_ones.where(Incident.job_id.is_(None))))),
    ]


def _dates(session: Session, instance: ProcessInstance, waits: Mapping[UUID, Wait]) -> Iterator[str]:
    """Timers and deadlines whose rows have another date. A job that failed is due for its next try."""
    timers = {token: wait for token, wait in waits.items() if isinstance(wait, TimerWait)}
    waiting = select(Job).where(Job.instance_id == instance.id, Job.job_type == runtime.TIMER, Job.state == JobState.WAITING)
    for job in session.scalars(waiting.where(Job.last_error == "")):
        if job.token in timers and job.due_at != timers[job.token].due_at:
            yield f"the timer “{job.name}” is due at {job.due_at}, but waits until {timers[job.token].due_at}."
    due = {token: wait.due_on for token, wait in timers.items() if "deadline" in wait.properties}
    # One that was missed while the case is on hold has its timer still to fire.
    counts = or_(Deadline.state == DeadlineState.RUNNING, and_(Deadline.state == DeadlineState.MISSED, Deadline.token.in_(due)))
    running = select(Deadline).where(Deadline.instance_id == instance.id, counts)
    rows = {deadline.token: deadline.due_on for deadline in session.scalars(running)}
    if rows != due:
        yield f"its deadlines are due on {sorted(due.values(), key=str)}, and the rows of them on {sorted(rows.values())}."


def _problems_about_nothing(session: Session, instance: ProcessInstance, waits: Mapping[UUID, Wait]) -> Iterator[str]:
    open_ones = select(Incident).where(Incident.instance_id == instance.id, Incident.state == IncidentState.OPEN)
    of_jobs = session.scalars(open_ones.where(Incident.job_id.is_not(None)))
    yield from (f"the problem of the job “{one.name}” is about nothing." for one in of_jobs if one.token not in waits)
