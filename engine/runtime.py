"""Moving an instance: the one way in which a running instance changes.

`moving` opens the snapshot, lets the caller take one step on it, and makes the rows agree with what the instance
waits for afterwards: user tasks, jobs, subscriptions, deadlines and incidents, its history and its milestone.
All of it belongs to the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, undefer

from . import clock, deadlines, history, identity, procedures, spiff
from .errors import Conflict
from .identity import SYSTEM, Actor
from .models import (
    Candidate,
    Incident,
    IncidentState,
    InstanceState,
    Job,
    JobState,
    Message,
    ProcessInstance,
    Subscription,
    TaskState,
    UserTask,
)
from .waits import Happening, JobWait, MessageWait, SignalWait, Thrown, TimerWait, TroubleWait, UserTaskWait, Wait

TIMER = "timer"
TIMER_TRIES = 3
MESSAGE_LIFE = timedelta(days=30)

ENDED = "This case has ended. Nothing can be done in it any more."


def begin(
    session: Session, instance: ProcessInstance, variables: Mapping[str, Any], *, actor: Actor, start_event: str | None = None
) -> None:
    """Let a new instance run to its first waits. The caller has filled in everything that the engine does not decide."""
    deployed = procedures.of_deployment(session, instance.definition.deployment_id)
    running = spiff.start(deployed.definitions, instance.definition.key, dict(variables), at=clock.now(), start_event=start_event)
    history.record(session, "case_started", instance=instance, actor=actor)
    _save(session, instance, running, {}, deployed)


@contextmanager
def moving(session: Session, instance: ProcessInstance) -> Iterator[spiff.Running]:
    """Step an instance and make the rows agree.

    The instance should be locked by the caller's query. Raises Conflict where it has ended. Where somebody else moved it
    in between, the transaction's end raises Conflict and nothing of this move is kept.
    """
    if instance.state is not InstanceState.ACTIVE:
        raise Conflict(ENDED)
    deployed = procedures.of_deployment(session, instance.definition.deployment_id)
    running = spiff.load(deployed.definitions, instance.snapshot, at=clock.now())
    before = dict(running.waits)
    yield running
    _save(session, instance, running, before, deployed)


def looking(session: Session, instance: ProcessInstance) -> spiff.Running:
    """The instance as it stands, to look at its variables; moving it here changes nothing that is stored."""
    deployed = procedures.of_deployment(session, instance.definition.deployment_id)
    return spiff.load(deployed.definitions, instance.snapshot, at=clock.now())


def _save(
    session: Session, instance: ProcessInstance, running: spiff.Running, before: Mapping[UUID, Wait], deployed: procedures.Deployed
) -> None:
    after = running.waits
    closed = [wait for token, wait in before.items() if type(after.get(token)) is not type(wait)]
    opened = [wait for token, wait in after.items() if type(before.get(token)) is not type(wait)]
    _note_progress(instance, running)
    _close(session, instance, closed, running.happened, deployed.deadline_hosts)
    _open(session, instance, opened, deployed.procedure)
    _send(session, instance, running.thrown)
    history.record_many(session, instance, SYSTEM, running.happened)
    instance.snapshot = running.dump()


def _note_progress(instance: ProcessInstance, running: spiff.Running) -> None:
    instance.moved_at = clock.now()
    for happening in running.happened:
        if happening.what == "milestone":
            instance.milestone, instance.milestone_at = happening.name, happening.at
    if running.completed:
        instance.state, instance.ended_at = InstanceState.COMPLETED, clock.now()


def _close(
    session: Session, instance: ProcessInstance, waits: Sequence[Wait], happened: Sequence[Happening], hosts: frozenset[str]
) -> None:
    tasks = [w.token for w in waits if isinstance(w, UserTaskWait)]
    if tasks:
        # The task a person has just completed is no longer open; the others were taken back by the process.
        session.flush()
        gone = update(UserTask).where(UserTask.id.in_(tasks), UserTask.state == TaskState.OPEN)
        session.execute(gone.values(state=TaskState.CANCELLED, closed_at=clock.now()), execution_options={"synchronize_session": "fetch"})
    jobs = [w.token for w in waits if isinstance(w, JobWait | TimerWait)]
    if jobs:
        # A meeting held in time disarms its reminder; the row is kept, so that the timeline can say so.
        session.flush()
        pending = Job.state.in_([JobState.WAITING, JobState.RUNNING])
        session.execute(update(Job).where(Job.instance_id == instance.id, Job.token.in_(jobs), pending).values(state=JobState.CANCELLED))
    awaited = [w.token for w in waits if isinstance(w, MessageWait | SignalWait)]
    if awaited:
        session.execute(delete(Subscription).where(Subscription.instance_id == instance.id, Subscription.token.in_(awaited)))
    troubles = [w.token for w in waits if isinstance(w, TroubleWait)]
    if troubles:
        solved = update(Incident).where(
            Incident.instance_id == instance.id, Incident.token.in_(troubles), Incident.state == IncidentState.OPEN
        )
        session.execute(solved.values(state=IncidentState.RESOLVED, resolved_at=clock.now()))
    deadlines.close(session, instance, [w for w in waits if isinstance(w, TimerWait)], happened, hosts)


def _open(session: Session, instance: ProcessInstance, waits: Sequence[Wait], procedure: procedures.Procedure) -> None:
    for wait in waits:
        match wait:
            case UserTaskWait():
                session.add(_user_task(session, instance, wait, procedure))
            case JobWait():
                session.add(_job(instance, wait, wait.job_type, clock.now(), wait.retries, dict(wait.headers)))
            case TimerWait():
                session.add(_job(instance, wait, TIMER, wait.due_at, TIMER_TRIES, _timer_facts(wait)))
                deadlines.arm(session, instance, wait)
            case MessageWait():
                session.add(_subscription(instance, wait, "message", wait.message, wait.correlation_key))
            case SignalWait():
                session.add(_subscription(instance, wait, "signal", wait.signal, None))
            case TroubleWait():
                session.add(incident(instance, wait, wait.message))


def _user_task(session: Session, instance: ProcessInstance, wait: UserTaskWait, procedure: procedures.Procedure) -> UserTask:
    assignee = identity.by_email(session, wait.assignee) if wait.assignee else None
    groups = {procedure.group_for(group) for group in wait.candidate_groups}
    people = {user.strip().lower() for user in (*wait.candidate_users, *([wait.assignee] if wait.assignee else []))}
    return UserTask(
        id=wait.token, instance=instance, process_key=wait.process_key, element_id=wait.element_id, name=wait.name,
        subject=str(wait.properties.get("subject") or ""), documentation=wait.documentation, form_key=wait.form_key,
        properties=dict(wait.properties), assignee_id=assignee.id if assignee else None, priority=wait.priority,
        created_at=clock.now(), due_at=wait.due_at, follow_up_at=wait.follow_up_at,
        candidates=[Candidate(kind="group", name=g) for g in sorted(groups)] + [Candidate(kind="person", name=p) for p in sorted(people)],
    )  # fmt: skip


def _job(instance: ProcessInstance, wait: Wait, job_type: str, due_at: Any, retries: int, headers: dict[str, Any]) -> Job:
    return Job(
        token=wait.token, instance=instance, process_key=wait.process_key, element_id=wait.element_id, name=wait.name,
        job_type=job_type, headers=headers, due_at=due_at, retries=retries,
    )  # fmt: skip


def _timer_facts(wait: TimerWait) -> dict[str, Any]:
    host_token = str(wait.host_token) if wait.host_token else ""
    return {
        "host": wait.host_element_id, "host_token": host_token, "interrupting": wait.interrupting,
        "subject": str(wait.properties.get("subject") or ""),
    }  # fmt: skip


def _subscription(instance: ProcessInstance, wait: Wait, kind: str, name: str, key: str | None) -> Subscription:
    return Subscription(
        token=wait.token, instance_id=instance.id, process_key=wait.process_key, element_id=wait.element_id,
        kind=kind, name=name, correlation_key=key, created_at=clock.now(),
    )  # fmt: skip


def incident(instance: ProcessInstance, wait: Wait, message: str, job: Job | None = None) -> Incident:
    """A problem at this wait, for an administrator."""
    return Incident(
        token=wait.token, instance=instance, process_key=wait.process_key, element_id=wait.element_id, name=wait.name,
        message=message, opened_at=clock.now(), job_id=job.id if job else None,
    )  # fmt: skip


def wait_of(job: Job) -> Wait:
    """The bare wait that a job stands for."""
    return Wait(token=job.token, process_key=job.process_key, element_id=job.element_id, name=job.name)


def _send(session: Session, instance: ProcessInstance, thrown: Sequence[Thrown]) -> None:
    now = clock.now()
    for one in thrown:
        session.add(
            Message(
                kind=one.kind, name=one.name, correlation_key=one.correlation_key, variables=one.variables,
                source_id=instance.id, sent_at=now, expires_at=now + MESSAGE_LIFE,
            )
        )  # fmt: skip


def locked(instance_id: UUID) -> Any:
    """The query for an instance that is about to be moved: with its snapshot, and nobody else moves it meanwhile."""
    return (
        select(ProcessInstance).where(ProcessInstance.id == instance_id).options(undefer(ProcessInstance.snapshot))
        .with_for_update(of=ProcessInstance).execution_options(populate_existing=True)
    )  # fmt: skip
