"""Everything that waits in some instances, read with one query a table however many instances there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, lazyload

from .. import identity, separation
from ..models import (
    Deadline,
    DeadlineState,
    Incident,
    IncidentState,
    Job,
    JobState,
    Person,
    ProcessInstance,
    Subscription,
    TaskState,
    UserTask,
)

UNSETTLED = or_(Deadline.state == DeadlineState.RUNNING, and_(Deadline.state == DeadlineState.MISSED, Deadline.ended_at.is_(None)))


@dataclass
class Open:
    """What waits in one instance."""

    tasks: list[UserTask] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    subscriptions: list[Subscription] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    undoable: set[UUID] = field(default_factory=set)  # tasks that all who may do them must be kept apart from
    unheld: set[UUID] = field(default_factory=set)  # tasks that nobody with an account may do
    deadlines: list[Deadline] = field(default_factory=list)  # running, or missed and still not done; the next one first


class People:
    """Names of people, by id and by email."""

    def __init__(self, rows: Iterable[Any] = ()) -> None:
        known = list(rows)
        self.by_id: dict[UUID, str] = {row.id: row.name for row in known}
        self.by_email: dict[str, str] = {row.email: row.name for row in known}
        self.active: set[UUID | str] = {known_by for row in known if row.active for known_by in (row.id, row.email)}


def of_instances(session: Session, which: ColumnElement[bool]) -> tuple[dict[UUID, Open], People]:
    """What waits in every instance for which the condition on ProcessInstance holds, and the people concerned."""
    chosen = select(ProcessInstance.id).where(which)
    found: dict[UUID, Open] = defaultdict(Open)
    tasks = select(UserTask).where(UserTask.instance_id.in_(chosen), UserTask.state == TaskState.OPEN).order_by(UserTask.created_at)
    for task in session.scalars(tasks.options(lazyload(UserTask.instance))):
        found[task.instance_id].tasks.append(task)
    jobs = select(Job).where(Job.instance_id.in_(chosen), Job.state.in_([JobState.WAITING, JobState.RUNNING])).order_by(Job.due_at, Job.id)
    for job in session.scalars(jobs.options(lazyload(Job.instance))):
        found[job.instance_id].jobs.append(job)
    for subscription in session.scalars(select(Subscription).where(Subscription.instance_id.in_(chosen)).order_by(Subscription.id)):
        found[subscription.instance_id].subscriptions.append(subscription)
    incidents = select(Incident).where(Incident.instance_id.in_(chosen), Incident.state == IncidentState.OPEN).order_by(Incident.opened_at)
    for incident in session.scalars(incidents.options(lazyload(Incident.instance))):
        found[incident.instance_id].incidents.append(incident)
    deadlines = select(Deadline).where(Deadline.instance_id.in_(chosen), UNSETTLED).order_by(Deadline.due_on, Deadline.id)
    for deadline in session.scalars(deadlines.options(lazyload(Deadline.instance))):
        found[deadline.instance_id].deadlines.append(deadline)
    waiting = [task for one in found.values() for task in one.tasks]
    people = _people(session, waiting)
    undoable = separation.undoable(session, waiting)
    for task in waiting:
        if task.id in undoable:
            found[task.instance_id].undoable.add(task.id)
    for task in _unheld(session, waiting, people):
        found[task.instance_id].unheld.add(task.id)
    return found, people


def _unheld(session: Session, tasks: list[UserTask], people: People) -> list[UserTask]:
    """Of these tasks those that nobody may do: no role they are for has anybody in it, and nobody who is named has an account."""
    groups = {candidate.name for task in tasks for candidate in task.candidates if candidate.kind == "group"}
    held = identity.acting(session, groups, {task.instance_id for task in tasks}).keys() if groups else set()

    def somebody(task: UserTask) -> bool:
        known = {(one.name, instance) for one in task.candidates if one.kind == "group" for instance in (None, task.instance_id)}
        named = any(one.name in people.active for one in task.candidates if one.kind == "person")
        return task.assignee_id in people.active or named or bool(known & held)

    return [task for task in tasks if not somebody(task)]


def _people(session: Session, tasks: list[UserTask]) -> People:
    ids = {task.assignee_id for task in tasks if task.assignee_id}
    emails = {candidate.name for task in tasks for candidate in task.candidates if candidate.kind == "person"}
    if not ids and not emails:
        return People()
    columns = Person.id, Person.email, Person.name, Person.active
    return People(session.execute(select(*columns).where(or_(Person.id.in_(ids), Person.email.in_(emails)))))
