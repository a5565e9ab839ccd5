"""Moving an instance: the one way in which a running instance changes.

`moving` opens the snapshot, lets the caller take one step on it, and makes the rows agree with what the instance
waits for afterwards: user tasks, jobs, subscriptions, deadlines and incidents, its history and its milestone.
All of it belongs to the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, lazyload, undefer

from . import calendars, clock, deadlines, history, identity, procedures, rights, spiff
from .database import CHANGED_MEANWHILE, add_rows, update_row
from .declared_procedure import Procedure
from .errors import Conflict, Suspended
from .identity import SYSTEM, Actor
from .models import (
    NOT_ENDED,
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
    VariableChunk,
)
from .waits import MESSAGE_LIFE, Happening, JobWait, MessageWait, SignalWait, Thrown, TimerWait, TroubleWait, UserTaskWait, Wait

if TYPE_CHECKING:
    from sqlalchemy import CursorResult

TIMER = "timer"
OVERRULING = {"token_moved", "incident_withdrawn"}  # what an administrator does instead of what the diagram asks for
TIMER_TRIES = 3

ENDED = "This case has ended. Nothing can be done in it any more."
ON_HOLD = "An administrator has put this case on hold. Nothing can be done in it until it goes on."


@dataclass(frozen=True)
class Act:
    """What somebody did that moves the instance: the first thing told of this move in its history."""

    actor: Actor
    happening: Happening


def begin(
    session: Session, instance: ProcessInstance, variables: Mapping[str, Any], *, actor: Actor, start_event: str | None = None
) -> None:
    """Let a new instance run to its first waits. The caller has filled in everything that the engine does not decide."""
    deployed = procedures.of_instance(session, instance)
    running = spiff.start(deployed.definitions, instance.definition.key, dict(variables), at=clock.now(), start_event=start_event)
    act = Act(actor, Happening(what="case_started", at=clock.now(), **_because(deployed, instance, start_event)))
    _save(session, _Move(instance, deployed, running, {}, act=act))


def _because(deployed: procedures.Deployed, instance: ProcessInstance, start_event: str | None) -> dict[str, Any]:
    """The start event at which a case begins by itself, or one of several, as its history tells it."""
    if start_event is None:
        return {}
    element = deployed.definitions.processes[instance.definition.key].begun_at(start_event)
    return {"process_key": instance.definition.key, "element_id": element.id, "name": element.name or element.id}


@contextmanager
def moving(
    session: Session, instance: ProcessInstance, *, act: Act | None = None, done: UUID | None = None, though_suspended: bool = False
) -> Iterator[spiff.Running]:
    """Step an instance and make the rows agree.

    act: what a person did, for the history. done: the wait whose row the caller closes; all other rows are this function's.
    though_suspended: for administrators, who may put right a case that is on hold.
    The instance should be locked by the caller's query. Raises Conflict where it has ended or somebody else moved it in between,
    Suspended where it is on hold; nothing of this move is kept then.
    """
    if instance.state not in NOT_ENDED:
        raise Conflict(ENDED)
    if instance.state is InstanceState.SUSPENDED and not though_suspended:
        raise Suspended(ON_HOLD)
    deployed = procedures.of_instance(session, instance)
    running = _load(session, instance, deployed)
    before, facts = dict(running.waits), running.at_hand(deployed.procedure.access.facts)
    yield running
    _save(session, _Move(instance, deployed, running, before, act, done, facts))


def looking(session: Session, instance: ProcessInstance) -> spiff.Running:
    """The instance as it stands, to look at its variables; moving it here changes nothing that is stored."""
    return _load(session, instance, procedures.of_instance(session, instance))


def _load(session: Session, instance: ProcessInstance, deployed: procedures.Deployed) -> spiff.Running:
    def chunk(ident: str) -> bytes:
        content = session.scalar(select(VariableChunk.content).where(VariableChunk.id == UUID(ident)))
        if content is None:  # whoever only looks at a case does not keep others from moving it meanwhile
            raise Conflict(CHANGED_MEANWHILE)
        return content

    return spiff.load(deployed.definitions, instance.snapshot, at=clock.now(), read=chunk)


@dataclass(frozen=True)
class _Move:
    """A step that was taken, before the rows know of it."""

    instance: ProcessInstance
    deployed: procedures.Deployed
    running: spiff.Running
    before: Mapping[UUID, Wait]
    act: Act | None = None
    done: UUID | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)  # that its access table reads, as far as they were at hand

    @property
    def closed(self) -> list[Wait]:
        """What was waited for and is no longer."""
        after = self.running.waits
        return [wait for token, wait in self.before.items() if type(after.get(token)) is not type(wait)]

    @property
    def opened(self) -> list[Wait]:
        """What is waited for now and was not."""
        return [wait for token, wait in self.running.waits.items() if type(self.before.get(token)) is not type(wait)]

    @property
    def overruled(self) -> tuple[Actor, str] | None:
        """The administrator who took the case another way, and why."""
        act = self.act
        return (act.actor, str(act.happening.detail["reason"])) if act and act.happening.what in OVERRULING else None

    @property
    def told(self) -> list[tuple[Actor, Happening]]:
        """What the history says of it."""
        first = [(self.act.actor, self.act.happening)] if self.act else []
        return first + [(SYSTEM, happening) for happening in self.running.happened]


def _save(session: Session, move: _Move) -> None:
    # The statements below are about rows that are stored already; writing the others out now would only write them twice.
    with session.no_autoflush:
        settled = [*_close(session, move), *_end_roles(session, move)]
        link = history.append(session, move.instance, [*move.told, *((SYSTEM, happening) for happening in settled)])
        _open(session, move)
        _send(session, move.instance, move.running.thrown)
        now = {**_progress(move.running), **_sight(session, move), **link}
        update_row(session, move.instance, {**now, "snapshot": _keep(session, move)})


def _end_roles(session: Session, move: _Move) -> list[Happening]:
    """Whatever the case let people act as is over with it."""
    ended = identity.end_with(session, move.instance.id) if move.running.completed else []
    return [Happening(what="role_ended", at=clock.now(), detail={"role": group, "person": str(person)}) for group, person in ended]


def _keep(session: Session, move: _Move) -> bytes:
    """Variables that grew large get rows of their own, so that the next step writes only what it changes. Returns the rest of the state."""
    stored = move.running.store()
    add_rows(session, VariableChunk, [{"id": UUID(i), "instance_id": move.instance.id, "content": c} for i, c in stored.new.items()])
    if stored.unused:
        session.execute(delete(VariableChunk).where(VariableChunk.id.in_(map(UUID, stored.unused))))
    return stored.state


def _progress(running: spiff.Running) -> dict[str, Any]:
    """Where the instance is now, as far as this move changed it."""
    now: dict[str, Any] = {"moved_at": clock.now()}
    for happening in running.happened:
        if happening.what == "milestone":
            now |= {"milestone": happening.name, "milestone_at": happening.at}
    if running.completed:
        terminated = any(happening.what == "terminated" for happening in running.happened)
        state = InstanceState.TERMINATED if terminated else InstanceState.COMPLETED
        now |= {"state": state, "ended_at": clock.now(), "suspended_at": None}
    return now


def _sight(session: Session, move: _Move) -> dict[str, Any]:
    """Who may see the instance now, where its stage or a fact that decides it has changed."""
    instance, running, names = move.instance, move.running, move.deployed.procedure.access.facts
    passed = [one for one in running.happened if one.what == "milestone"]
    stages = [stage for one in passed if (stage := rights.known_stage(move.deployed, one.process_key, one.element_id))]
    new = instance.access_profile_id is None
    first = rights.first_stage(move.deployed, instance.definition.key) if new else ""
    stage = stages[-1] if stages else instance.stage or first
    if not new and stage == instance.stage and running.at_hand(names) == move.facts:
        return {}
    facts = {name: running.variables.get(name) for name in names}
    profile = rights.profile_of(session, move.deployed, instance.definition.key, stage, facts)
    return {"stage": stage, "access_profile_id": profile}


def _close(session: Session, move: _Move) -> list[Happening]:
    """The rows of waits that are over. Returns what became of deadlines."""
    instance, closed, now = move.instance, [wait for wait in move.closed if wait.token != move.done], clock.now()
    if tasks := _tokens(closed, UserTaskWait):
        gone = update(UserTask).where(UserTask.id.in_(tasks), UserTask.state == TaskState.OPEN)
        session.execute(gone.values(state=TaskState.CANCELLED, closed_at=now))
    if jobs := _tokens(closed, JobWait, TimerWait):
        # A meeting held in time disarms its reminder; the row is kept, so that the timeline can say so.
        pending = Job.state.in_([JobState.WAITING, JobState.RUNNING])
        theirs = Job.instance_id == instance.id, Job.token.in_(jobs)
        disarmed = session.execute(update(Job).where(*theirs, pending).values(state=JobState.CANCELLED))
        if cast("CursorResult[Any]", disarmed).rowcount < len(jobs):  # some had failed for good: their problems are gone with them
            session.execute(update(Job).where(*theirs, Job.state == JobState.FAILED).values(state=JobState.CANCELLED))
            _resolve(session, instance, jobs)
    if awaited := _tokens(closed, MessageWait, SignalWait):
        session.execute(delete(Subscription).where(Subscription.instance_id == instance.id, Subscription.token.in_(awaited)))
    if troubles := _tokens(closed, TroubleWait):
        _resolve(session, instance, troubles)
    timers = [wait for wait in move.closed if isinstance(wait, TimerWait)]
    running = move.running
    moved = deadlines.Moved(running.happened, running.finished, running.dropped, move.deployed.deadline_hosts, move.overruled)
    return deadlines.close(session, instance, timers, moved)


def _resolve(session: Session, instance: ProcessInstance, tokens: Sequence[UUID]) -> None:
    theirs = update(Incident).where(Incident.instance_id == instance.id, Incident.token.in_(tokens))
    session.execute(theirs.where(Incident.state == IncidentState.OPEN).values(state=IncidentState.RESOLVED, resolved_at=clock.now()))


def _tokens(waits: Sequence[Wait], *kinds: type[Wait]) -> list[UUID]:
    return [wait.token for wait in waits if isinstance(wait, kinds)]


def _open(session: Session, move: _Move) -> None:
    instance, opened, now = move.instance, move.opened, clock.now()
    tasks, periods = [wait for wait in opened if isinstance(wait, UserTaskWait)], deadlines.ends_of(opened)
    add_rows(session, UserTask, [_user_task(session, instance, wait, now, periods.get(wait.token)) for wait in tasks])
    add_rows(session, Candidate, [one for wait in tasks for one in _candidates(wait, move.deployed.procedure)])
    add_rows(session, Job, [_job(instance, wait, now) for wait in opened if isinstance(wait, JobWait | TimerWait)])
    add_rows(session, Subscription, [_subscription(instance, wait, now) for wait in opened if isinstance(wait, MessageWait | SignalWait)])
    for wait in opened:
        if isinstance(wait, TimerWait):
            deadlines.arm(session, instance, wait)
        elif isinstance(wait, TroubleWait):
            session.add(incident(instance, wait, wait.message))


def _place(instance: ProcessInstance, wait: Wait) -> dict[str, Any]:
    """Where a row's wait is: what tasks, jobs and subscriptions have in common."""
    return {"instance_id": instance.id, "process_key": wait.process_key, "element_id": wait.element_id}


def _user_task(session: Session, instance: ProcessInstance, wait: UserTaskWait, now: datetime, ends: datetime | None) -> dict[str, Any]:
    """ends: of the days that a timer drawn at the task leaves for it. Without a due date of its own it is due then."""
    assignee = identity.by_email(session, wait.assignee) if wait.assignee else None
    return {
        "id": wait.token, **_place(instance, wait), "name": wait.name,
        "subject": str(wait.properties.get("subject") or ""), "documentation": wait.documentation, "form_key": wait.form_key,
        "properties": dict(wait.properties), "assignee_id": assignee.id if assignee else None, "priority": wait.priority,
        "created_at": now, "due_at": wait.due_at or ends, "follow_up_at": wait.follow_up_at,
    }  # fmt: skip


def _candidates(wait: UserTaskWait, procedure: Procedure) -> list[dict[str, Any]]:
    groups = {("group", procedure.group_for(group)) for group in wait.candidate_groups}
    people = {("person", user.strip().lower()) for user in (*wait.candidate_users, *([wait.assignee] if wait.assignee else []))}
    return [{"task_id": wait.token, "kind": kind, "name": name} for kind, name in sorted(groups | people)]


def _job(instance: ProcessInstance, wait: JobWait | TimerWait, now: datetime) -> dict[str, Any]:
    at = {"token": wait.token, **_place(instance, wait), "name": wait.name}
    if isinstance(wait, TimerWait):
        return {**at, "job_type": TIMER, "headers": _timer_facts(wait), "due_at": wait.due_at, "retries": TIMER_TRIES, "back_off": ""}
    waits = ",".join(wait.back_off)
    return {**at, "job_type": wait.job_type, "headers": dict(wait.headers), "due_at": now, "retries": wait.retries, "back_off": waits}


def _timer_facts(wait: TimerWait) -> dict[str, Any]:
    host_token = str(wait.host_token) if wait.host_token else ""
    return {
        "host": wait.host_element_id, "host_token": host_token, "interrupting": wait.interrupting,
        "subject": str(wait.properties.get("subject") or ""),
    }  # fmt: skip


def _subscription(instance: ProcessInstance, wait: MessageWait | SignalWait, now: datetime) -> dict[str, Any]:
    if isinstance(wait, SignalWait):
        awaited = {"kind": "signal", "name": wait.signal, "correlation_key": None}
    else:
        awaited = {"kind": "message", "name": wait.message, "correlation_key": wait.correlation_key}
    # A signal is for those who listen when it is thrown; nothing is kept for who comes later.
    return {"token": wait.token, **_place(instance, wait), **awaited, "fresh": isinstance(wait, MessageWait), "created_at": now}


def incident(instance: ProcessInstance, wait: Wait, message: str, job: Job | None = None) -> Incident:
    """A problem at this wait, for an administrator."""
    return Incident(
        token=wait.token, instance=instance, process_key=wait.process_key, element_id=wait.element_id, name=wait.name,
        message=message, opened_at=clock.now(), job_id=job.id if job else None,
    )  # fmt: skip


def wait_of(row: Job | Incident) -> Wait:
    """The bare wait that a job or an incident stands for."""
    return Wait(token=row.token, process_key=row.process_key, element_id=row.element_id, name=row.name)


def _send(session: Session, instance: ProcessInstance, thrown: Sequence[Thrown]) -> None:
    now = clock.now()
    on_their_way = [
        {
            "kind": one.kind, "name": one.name, "correlation_key": one.correlation_key, "variables": one.variables,
            "source_id": instance.id, "sent_at": now, "expires_at": calendars.add(now, one.life) if one.life else now + MESSAGE_LIFE,
        }
        for one in thrown
    ]  # fmt: skip
    add_rows(session, Message, on_their_way)


def locked(instance_id: UUID) -> Any:
    """The query for an instance that is about to be moved: with its snapshot, and nobody else moves it meanwhile."""
    return (
        select(ProcessInstance).where(ProcessInstance.id == instance_id)
        .options(undefer(ProcessInstance.snapshot), lazyload(ProcessInstance.definition))
        .with_for_update(of=ProcessInstance).execution_options(populate_existing=True)
    )  # fmt: skip
