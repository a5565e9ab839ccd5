"""A case as an administrator sees it: where its tokens stand, its timers and its problems; nothing of what people wrote in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import insight, procedures, runtime
from ..identity import Actor
from ..models import NOT_ENDED, Deadline, DeadlineState, Incident, IncidentState, Job, JobState, ProcessInstance
from ..spiff import ElementFacts
from ..waits import ConditionWait, SignalWait, Wait
from .authority import find
from .timers import deadline_of, running_timer


@dataclass(frozen=True)
class Step:
    """A token that waits and can be moved."""

    stands: Wait
    process: str  # name of the process it is drawn in
    waiting: insight.Waiting | None  # in words, where the board has them
    around: Sequence[Wait]  # the activities it is inside, innermost first

    @property
    def sentence(self) -> str:
        """What it waits for."""
        if self.waiting is not None:
            return self.waiting.sentence
        match self.stands:
            case ConditionWait():
                return f"Waits until the condition of “{self.stands.name}” is true."
            case SignalWait():
                return f"Waits for the signal “{self.stands.signal}”."
        return f"Waits at “{self.stands.name}”."


@dataclass(frozen=True)
class Timer:
    """A timer that runs, and the date the office answers for where it is one."""

    job: Job
    deadline: Deadline | None
    beside: str  # name of the activity it belongs to, if any
    process: str


@dataclass(frozen=True)
class Destination:
    """An element to which a token can be moved."""

    element: ElementFacts

    @property
    def name(self) -> str:
        """Its name, else its id."""
        return self.element.name or self.element.id


@dataclass(frozen=True)
class Overview:
    """Everything that the page of a case shows an administrator."""

    instance: ProcessInstance
    deployed: procedures.Deployed
    steps: Sequence[Step]
    timers: Sequence[Timer]
    incidents: Sequence[Incident]


def overview(session: Session, actor: Actor, reference: str) -> Overview:
    """Where a case stands, for an administrator."""
    instance = find(session, actor, reference)
    deployed = procedures.of_instance(session, instance)
    if instance.state not in NOT_ENDED:
        return Overview(instance, deployed, [], [], [])
    stopped = select(Incident).where(Incident.instance_id == instance.id, Incident.state == IncidentState.OPEN).order_by(Incident.opened_at)
    return Overview(
        instance, deployed, _steps(session, instance, deployed), _timers(session, instance, deployed), list(session.scalars(stopped))
    )


def _steps(session: Session, instance: ProcessInstance, deployed: procedures.Deployed) -> list[Step]:
    running = runtime.looking(session, instance)
    told = {waiting.token: waiting for waiting in insight.waiting(session, instance)}
    movable = [wait for wait in running.waits.values() if running.destinations(wait.token)]
    return [
        Step(wait, process_name(deployed, wait.process_key), told.get(wait.token), running.around(wait.token))
        for wait in sorted(movable, key=lambda wait: _urgency(told.get(wait.token)))
    ]


def _urgency(waiting: insight.Waiting | None) -> tuple[bool, object]:
    return waiting is None, waiting.urgency if waiting else ()


def _timers(session: Session, instance: ProcessInstance, deployed: procedures.Deployed) -> list[Timer]:
    pending = Job.state.in_([JobState.WAITING, JobState.RUNNING])
    jobs = select(Job).where(Job.instance_id == instance.id, Job.job_type == runtime.TIMER, pending).order_by(Job.due_at, Job.id)
    running = select(Deadline).where(Deadline.instance_id == instance.id, Deadline.state == DeadlineState.RUNNING)
    deadlines = {deadline.token: deadline for deadline in session.scalars(running)}
    return [_timer(job, deadlines.get(job.token), deployed) for job in session.scalars(jobs)]


def _timer(job: Job, deadline: Deadline | None, deployed: procedures.Deployed) -> Timer:
    elements = deployed.definitions.processes[job.process_key].elements
    host = elements.get(str(job.headers.get("host") or ""))
    return Timer(job, deadline, host.name if host else "", process_name(deployed, job.process_key))


def timer_at(session: Session, actor: Actor, reference: str, job_id: int) -> tuple[ProcessInstance, Timer]:
    """One running timer of a case. Raises Conflict where it does not run any more."""
    instance = find(session, actor, reference)
    job = running_timer(session, instance, job_id)
    deployed = procedures.of_instance(session, instance)
    return instance, _timer(job, deadline_of(session, job), deployed)


def step_at(session: Session, actor: Actor, reference: str, token: UUID) -> tuple[ProcessInstance, Step]:
    """One token of a case, be it that of an activity in which others stand. Raises Conflict where it is gone."""
    instance = find(session, actor, reference)
    deployed = procedures.of_instance(session, instance)
    running = runtime.looking(session, instance)
    told = {waiting.token: waiting for waiting in insight.waiting(session, instance)}
    stands = running.waits.get(token) or running.at(token)
    return instance, Step(stands, process_name(deployed, stands.process_key), told.get(token), running.around(token))


def destinations(session: Session, instance: ProcessInstance, stands: Wait) -> list[Destination]:
    """Where a token can be moved, in the order in which the diagram has it."""
    allowed = set(runtime.looking(session, instance).destinations(stands.token))
    return [Destination(element) for ident, element in elements_of(session, instance, stands).items() if ident in allowed]


def elements_of(session: Session, instance: ProcessInstance, stands: Wait) -> Mapping[str, ElementFacts]:
    """The elements of the process a token stands in."""
    deployed = procedures.of_instance(session, instance)
    return deployed.definitions.processes[stands.process_key].elements


def process_name(deployed: procedures.Deployed, process_key: str) -> str:
    """The name of a process, else its id."""
    process = deployed.definitions.processes.get(process_key)
    return process.name if process and process.name else process_key
