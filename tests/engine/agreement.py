"""Whether the rows of a case say what its stored state says: what nobody who reads only rows could notice."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import history, runtime
from engine.models import Incident, IncidentState, InstanceState, Job, JobState, ProcessInstance, Subscription, TaskState, UserTask
from engine.waits import JobWait, MessageWait, SignalWait, TimerWait, TroubleWait, UserTaskWait, Wait

OWED = [JobState.WAITING, JobState.RUNNING, JobState.FAILED]


def disagreements(session: Session, instance: ProcessInstance) -> list[str]:
    """Everything in which this case's rows, state and history differ, as sentences."""
    waits = runtime.looking(session, instance).waits if instance.state is InstanceState.ACTIVE else {}
    wrong = [f"{instance.business_key}: {sentence}" for sentence in history.verify(session, instance)]
    for what, kinds, rows in _kinds(session, instance):
        expected = sorted(wait.token for wait in waits.values() if isinstance(wait, kinds))
        if expected != sorted(rows):
            wrong.append(f"{instance.business_key}: it waits for {len(expected)} {what}, and there are {len(rows)} rows of them.")
    return wrong


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
