"""The people of a case: who holds which role in it, and who has done what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, lazyload

from .. import procedures
from ..access import Sight
from ..declared_procedure import Procedure
from ..identity import in_force
from ..models import UNCLASSIFIED, Membership, Person, ProcessInstance, TaskState, UserTask


@dataclass(frozen=True)
class Part:
    """A role that takes part in a case."""

    role: str
    holders: Sequence[str]  # names of those who may act as it
    did: Sequence[tuple[str, Sequence[str]]]  # a name, and the tasks this person completed
    asked: bool  # True while the case waits for it, not where it only may do something


def people(session: Session, instance: ProcessInstance, procedure: Procedure, sight: Sight | None = None) -> list[Part]:
    """Every role that a task of this case was offered to, in the order in which they came in.

    sight: whose page it is for; the tasks they may not know of are left out.
    """
    tasks = session.scalars(
        select(UserTask).where(UserTask.instance_id == instance.id).options(lazyload(UserTask.instance)).order_by(UserTask.created_at)
    ).all()
    if sight is not None:
        deployed = procedures.of_instance(session, instance)
        tasks = [task for task in tasks if sight.of(deployed.classification_of(task.process_key, task.element_id), task_id=task.id)]
    groups = list(dict.fromkeys(c.name for task in tasks for c in task.candidates if c.kind == "group"))
    named = select(Person.id, Person.name).where(Person.id.in_(_doers(tasks)))
    names: dict[UUID, str] = {id_: name for id_, name in session.execute(named)}
    holders = _holders(session, instance, groups)
    shown = [group for group in groups if sight is None or _may_know(sight, procedure, group)]
    return [_part(group, tasks, holders, names, procedure) for group in shown]


def _may_know(sight: Sight, procedure: Procedure, group: str) -> bool:
    """Whether this person may know who acts as the group: of roles that a case gives only where they may read what those are kept as."""
    role = procedure.role_of(group)
    return role is None or not role.per_case or role.classification == UNCLASSIFIED or sight.may_read(role.classification)


@dataclass(frozen=True)
class Appointment:
    """A role that somebody acts as in this case alone."""

    role: str
    name: str
    since: datetime | None
    until: date | None  # from that day on it counts no more
    given_by: str  # name of the step


def appointments(session: Session, procedure: Procedure, sight: Sight) -> list[Appointment]:
    """Who acts as what in this case alone, by role and name, as far as this person may know. Nobody's grade or seniority is told."""
    here = Membership.instance_id == sight.instance.id
    held = select(Membership, Person.name).join(Membership.person).where(here, in_force(), Person.active)
    found = [
        Appointment(procedure.group_name(one.group), name, one.granted_at, one.ends_on, one.granted_by)
        for one, name in session.execute(held)
        if sight.may_read(_kept_as(procedure, one.group), by=one.person_id)
    ]
    return sorted(found, key=lambda one: (one.role, one.name))


def _kept_as(procedure: Procedure, group: str) -> str:
    """How sensitive it is who acts as this group in a case."""
    role = procedure.role_of(group)
    return role.classification if role else UNCLASSIFIED


def knows_starter(sight: Sight, deployed: procedures.Deployed) -> bool:
    """True if this person may know who began the case: whoever may read what it began with."""
    process = deployed.definitions.processes[sight.instance.definition.key]
    words = {deployed.classification_of(process.id, ident) for ident in process.starts}
    return all(sight.may_read(word, by=sight.instance.started_by) for word in words)


def _doers(tasks: Sequence[UserTask]) -> set[UUID]:
    return {task.completed_by for task in tasks if task.completed_by}


def _holders(session: Session, instance: ProcessInstance, groups: Sequence[str]) -> Mapping[str, list[str]]:
    everywhere_or_here = or_(Membership.instance_id.is_(None), Membership.instance_id == instance.id)
    rows = session.execute(
        select(Membership.group, Person.name).join(Membership.person)
        .where(Membership.group.in_(groups), everywhere_or_here, in_force(), Person.active).order_by(Person.name).distinct()
    )  # fmt: skip
    found: dict[str, list[str]] = defaultdict(list)
    for group, name in rows:
        found[group].append(name)
    return found


def _part(group: str, tasks: Sequence[UserTask], holders: Mapping[str, list[str]], names: Mapping[UUID, str], procedure: Procedure) -> Part:
    offered = [task for task in tasks if any(c.kind == "group" and c.name == group for c in task.candidates)]
    did: dict[str, list[str]] = defaultdict(list)
    for task in offered:
        name = names.get(task.completed_by) if task.completed_by else None
        if name and group in _acted_as(task, name, holders):
            did[name].append(f"{task.name} ({task.subject})" if task.subject else task.name)
    asked = any(task.state is TaskState.OPEN and not task.optional for task in offered)
    return Part(procedure.group_name(group), holders.get(group, []), list(did.items()), asked)


def _acted_as(task: UserTask, name: str, holders: Mapping[str, list[str]]) -> list[str]:
    """Of the roles that a task was offered to, those its doer holds; all of them where that cannot be told any more."""
    offered_to = [c.name for c in task.candidates if c.kind == "group"]
    return [group for group in offered_to if name in holders.get(group, [])] or offered_to
