"""Separation of duty: a user task that must not be done by whoever did certain others in the same case, or acts as something in it.

The property `separateFrom` of a user task names the elements of those others, and keys of roles. Where both tasks have a subject, only
those about the same subject count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, lazyload

from . import identity, procedures
from .errors import Conflict
from .identity import Actor
from .models import Membership, Person, TaskState, UserTask

NAME = "separateFrom"


@dataclass(frozen=True)
class Done:
    """Who has done what, or acts as what, of which a task must be kept apart."""

    by: UUID
    name: str  # of what was done, or the role's
    acts: bool = False  # it is a role

    @property
    def said(self) -> str:
        """How it is told to the one who did it."""
        return f"You act as “{self.name}” in this case" if self.acts else f"You did “{self.name}” in this case"


def elements_of(written: object) -> list[str]:
    """The elements and roles that the property names, with commas between them."""
    return [one.strip() for one in str(written or "").split(",") if one.strip()]


def done(session: Session, tasks: Iterable[UserTask]) -> Mapping[UUID, Sequence[Done]]:
    """For each of these tasks that must be kept apart: what was done already. Most need no query."""
    apart = {task: set(elements_of(task.properties.get(NAME))) for task in tasks if task.properties.get(NAME)}
    if not apart:
        return {}
    wanted = set().union(*apart.values())
    others = select(UserTask).where(
        UserTask.instance_id.in_({task.instance_id for task in apart}), UserTask.element_id.in_(wanted),
        UserTask.state == TaskState.COMPLETED, UserTask.completed_by.is_not(None),
    )  # fmt: skip
    found: defaultdict[UUID, list[Done]] = defaultdict(list)
    for other in session.scalars(others.options(lazyload(UserTask.instance), lazyload(UserTask.candidates))):
        for task, elements in apart.items():
            if _concerns(task, elements, other) and other.completed_by is not None:
                found[task.id].append(Done(other.completed_by, other.name))
    for acting in session.execute(_acting(apart, wanted)):
        for task, names in apart.items():
            if acting.instance_id == task.instance_id and acting.group in names:
                called = procedures.of_instance(session, task.instance).procedure.group_name(acting.group)
                found[task.id].append(Done(acting.person_id, called, acts=True))
    return found


def _acting(tasks: Iterable[UserTask], names: set[str]) -> Select[UUID | None, UUID, str]:
    """Who acts as one of these roles in the cases of these tasks."""
    here = Membership.instance_id.in_({task.instance_id for task in tasks}), Membership.group.in_(names), identity.in_force()
    return select(Membership.instance_id, Membership.person_id, Membership.group).where(*here)


def _concerns(task: UserTask, elements: set[str], other: UserTask) -> bool:
    alike = not task.subject or not other.subject or task.subject == other.subject
    return other.instance_id == task.instance_id and other.element_id in elements and alike


def doable(session: Session, actor: Actor, tasks: Sequence[UserTask]) -> list[UserTask]:
    """Those of these tasks that this person may do, as far as what they have done and act as goes."""
    apart = done(session, tasks)
    return [task for task in tasks if actor.id not in {one.by for one in apart.get(task.id, [])}]


def check(session: Session, actor: Actor, task: UserTask) -> None:
    """Raises Conflict where this person has done, or acts as, what the task must be kept apart from, and says so."""
    for one in done(session, [task]).get(task.id, []):
        if one.by == actor.id:
            raise Conflict(f"{one.said}, so somebody else must do “{task.name}”. Nothing is asked of you here.")


def undoable(session: Session, tasks: Sequence[UserTask]) -> set[UUID]:
    """Those of these tasks that everybody who may do them must be kept apart from. A few queries, however many tasks there are."""
    apart = {task_id: {one.by for one in some} for task_id, some in done(session, tasks).items()}
    kept = [task for task in tasks if apart.get(task.id)]
    if not kept:
        return set()
    candidates = [candidate for task in kept for candidate in task.candidates]
    groups, emails = ({one.name for one in candidates if one.kind == kind} for kind in ("group", "person"))
    acting = identity.acting(session, groups, {task.instance_id for task in kept})
    named = {email: id_ for email, id_ in session.execute(select(Person.email, Person.id).where(Person.email.in_(emails), Person.active))}

    def may_do(task: UserTask) -> set[UUID]:
        of_groups = (
            acting.get((one.name, case), set()) for one in task.candidates if one.kind == "group" for case in (None, task.instance_id)
        )
        people = {named[one.name] for one in task.candidates if one.kind == "person" and one.name in named}
        return people.union(*of_groups)

    return {task.id for task in kept if may_do(task) <= apart[task.id]}


def left(session: Session, task: UserTask) -> list[Person]:
    """Everybody who may do the task, by name: the people it is for, without those it must be kept apart from."""
    groups = [candidate.name for candidate in task.candidates if candidate.kind == "group"]
    people = {person.id: person for group in groups for person in identity.people_in(session, group, task.instance_id)}
    named = (identity.by_email(session, c.name) for c in task.candidates if c.kind == "person")
    people.update({person.id: person for person in named if person is not None and person.active})
    apart = {one.by for one in done(session, [task]).get(task.id, [])}
    return sorted((person for person in people.values() if person.id not in apart), key=lambda person: person.name)
