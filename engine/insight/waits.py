"""From rows to open steps: what of all that is armed in an instance is really waited for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from .. import calendars, clock, runtime
from ..declared_procedure import Procedure
from ..models import NOT_ENDED, Deadline, Incident, Job, ProcessInstance, Subscription, UserTask
from ..procedures import Deployed
from . import otherwise
from .rows import Open, People
from .sentences import Kind, Waiting

# A message at one of these may come, but nothing stands still until it does.
POSSIBILITIES = frozenset({"boundaryEvent", "startEvent"})


def of_instance(instance: ProcessInstance, rows: Open, people: People, deployed: Deployed) -> list[Waiting]:
    """Every open step of an instance, the most urgent first."""
    if instance.state not in NOT_ENDED:
        return []
    found = _all(instance, rows, people, deployed)
    if instance.suspended_at is not None:  # no timer fires until it goes on
        found = (replace(waiting, otherwise="") for waiting in found)
    return sorted(found, key=lambda waiting: waiting.urgency) or [_unknown(instance)]


def _all(instance: ProcessInstance, rows: Open, people: People, deployed: Deployed) -> Iterator[Waiting]:
    timers = [job for job in rows.jobs if job.job_type == runtime.TIMER]
    broken = {incident.token for incident in rows.incidents}
    yield from (_problem(incident) for incident in rows.incidents)
    yield from (_task(task, rows, people, deployed, timers) for task in rows.tasks if task.id not in broken)
    awaited = [s for s in rows.subscriptions if _element_kind(deployed, s) not in POSSIBILITIES and s.token not in broken]
    yield from (_message(subscription, deployed, timers) for subscription in awaited)
    raced = {timer.id for s in awaited for timer in otherwise.raced_timers(deployed.definitions, timers, s.process_key, s.element_id)}
    for job in rows.jobs:
        if job.job_type != runtime.TIMER:
            yield _machine(job, instance)
        elif not job.headers.get("host") and job.id not in raced:
            yield _timer(job, instance)


def _element_kind(deployed: Deployed, subscription: Subscription) -> str:
    process = deployed.definitions.processes.get(subscription.process_key)
    element = process.elements.get(subscription.element_id) if process else None
    return element.kind if element else ""


def _task(task: UserTask, rows: Open, people: People, deployed: Deployed, timers: list[Job]) -> Waiting:
    return Waiting(
        kind=Kind.TASK, optional=task.optional,
        name=task.name, subject=task.subject, who=who_does(task, people, deployed.procedure), since=task.created_at,
        roles=_roles(task, deployed.procedure), nobody_left=task.id in rows.undoable, unheld=task.id in rows.unheld,
        due=task.due_at or _deadline_of(task, rows.deadlines, timers),
        otherwise=otherwise.sentence(deployed.definitions, timers, task.id, task.process_key, task.element_id, task.subject),
        token=task.id, process_key=task.process_key, element_id=task.element_id,
    )  # fmt: skip


def who_does(task: UserTask, people: People, procedure: Procedure) -> str:
    """Who may do a task, in words: the person who took it, else the people and roles it is offered to."""
    if task.assignee_id in people.by_id:
        return people.by_id[task.assignee_id]
    named = sorted(people.by_email.get(c.name, c.name) for c in task.candidates if c.kind == "person")
    groups = sorted(procedure.group_name(c.name) for c in task.candidates if c.kind == "group")
    return " or ".join([*named, *groups])


def _roles(task: UserTask, procedure: Procedure) -> str:
    """The roles that may do a task, without their organisations."""
    roles = {role.name for c in task.candidates if c.kind == "group" and (role := procedure.role_of(c.name))}
    return " or ".join(sorted(roles)) or "somebody asked by name"


def _deadline_of(task: UserTask, deadlines: Iterable[Deadline], timers: Iterable[Job]) -> datetime | None:
    """The end of the day by which this very task must be finished, where a deadline is attached to it."""
    hosts = {timer.token: timer.headers.get("host_token") for timer in timers}
    for deadline in deadlines:
        attached = (deadline.process_key, deadline.host_element_id) == (task.process_key, task.element_id)
        if attached and hosts.get(deadline.token) in (None, "", str(task.id)) and deadline.subject in ("", task.subject):
            return calendars.end_of_day(deadline.due_on)
    return None


def _message(subscription: Subscription, deployed: Deployed, timers: list[Job]) -> Waiting:
    where = subscription.process_key, subscription.element_id
    raced = otherwise.raced_timers(deployed.definitions, timers, *where)
    says = otherwise.sentence(deployed.definitions, timers, subscription.token, *where)
    if raced:
        says = otherwise.says(deployed.definitions, raced[0])
    element = deployed.definitions.processes[subscription.process_key].elements[subscription.element_id]
    return Waiting(
        kind=Kind.MESSAGE, name=element.name or subscription.name, since=subscription.created_at, otherwise=says,
        token=subscription.token, process_key=subscription.process_key, element_id=subscription.element_id,
    )  # fmt: skip


def _timer(job: Job, instance: ProcessInstance) -> Waiting:
    return Waiting(
        kind=Kind.TIMER, name=job.name, since=instance.moved_at, due=job.due_at,
        token=job.token, process_key=job.process_key, element_id=job.element_id,
    )  # fmt: skip


def _machine(job: Job, instance: ProcessInstance) -> Waiting:
    return Waiting(
        kind=Kind.MACHINE, name=job.name, since=instance.moved_at, message=job.last_error,
        due=job.due_at if job.due_at > clock.now() else None, token=job.token, process_key=job.process_key, element_id=job.element_id,
    )  # fmt: skip


def _problem(incident: Incident) -> Waiting:
    return Waiting(
        kind=Kind.PROBLEM, name=incident.name, since=incident.opened_at, message=incident.message,
        token=incident.token, process_key=incident.process_key, element_id=incident.element_id,
    )  # fmt: skip


def _unknown(instance: ProcessInstance) -> Waiting:
    return Waiting(kind=Kind.UNKNOWN, name="", since=instance.moved_at)
