"""Who may see and do what. What a person may not see does not exist for them.

What a role may see of a case stands in rows (`engine.rights`); here they are asked: in conditions for lists and counts, and by a
`Sight` for what belongs to one case.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select, tuple_
from sqlalchemy.orm import Session

from . import procedures, rights
from .declared_procedure import Start
from .errors import Conflict
from .identity import Actor
from .models import AccessRight, Candidate, Deployment, Document, ProcessInstance, Right, UserTask

ADMINISTRATOR = "administrator"  # sees problems of the machine, and no case's content
APART = "Whoever looks after Casework itself reads no case."
CASE = "case"  # as a classification: that there is such a case, its stage and its dates

SEEING = Right.STATUS  # the least with which a case exists for somebody


def seen(actor: Actor, classification: str = CASE, right: Right = SEEING) -> ColumnElement[bool]:
    """A condition on ProcessInstance: the actor has at least this right to what is classified so."""
    granted = (AccessRight.classification.in_([classification, rights.ANY]), AccessRight.level >= right)
    profile, everywhere = AccessRight.profile_id, [*roles_of(actor.groups), rights.ANYONE]
    to_all = select(profile).where(*granted, AccessRight.role.in_(everywhere), AccessRight.own.is_(False))
    to_own = select(profile).where(*granted, AccessRight.role.in_(everywhere), AccessRight.own.is_(True))
    here = [(case, role) for case, groups in actor.case_groups.items() for role in sorted(roles_of(groups))]
    in_case = exists().where(profile == ProcessInstance.access_profile_id, *granted, tuple_(ProcessInstance.id, AccessRight.role).in_(here))
    return or_(
        ProcessInstance.access_profile_id.in_(to_all),
        and_(ProcessInstance.started_by == actor.id, ProcessInstance.access_profile_id.in_(to_own)),
        and_(ProcessInstance.id.in_(list(actor.case_groups)), in_case),
    )


def roles_of(groups: frozenset[str]) -> frozenset[str]:
    """The roles of these groups: "senior_manager:police" is of the role "senior_manager"."""
    return frozenset(group.partition(":")[0] for group in groups)


@dataclass(frozen=True)
class Sight:
    """What one actor may see in one case."""

    session: Session = field(repr=False)
    actor: Actor
    instance: ProcessInstance
    granted: Mapping[tuple[str, bool], Right]  # by classification, and whether only of their own

    def of(self, classification: str, *, by: UUID | None = None, task_id: UUID | None = None) -> Right:
        """The right to an item. by: who gave it in; task_id: with which task. Their own people may see more of."""
        right = self._to(classification, False)
        own = self._to(classification, True)
        return own if own > right and self._is_own(by, task_id) else right

    def may_read(self, classification: str, *, by: UUID | None = None, task_id: UUID | None = None) -> bool:
        """True if the item may be read, and not only known of."""
        return self.of(classification, by=by, task_id=task_id) >= Right.READ

    @property
    def of_case(self) -> Right:
        """The right to the case as such: STATUS, to know of it and how it stands; READ, to open it."""
        return self.of(CASE, by=self.instance.started_by)

    def _to(self, classification: str, own: bool) -> Right:
        return max(self.granted.get((word, own), Right.NONE) for word in (classification, rights.ANY))

    def _is_own(self, by: UUID | None, task_id: UUID | None) -> bool:
        return (by is not None and by == self.actor.id) or (task_id is not None and task_id in self._own_tasks)

    @cached_property
    def _own_tasks(self) -> frozenset[UUID]:
        """The tasks of this case that the actor did, or that were for them or for the organisation they act for."""
        if self.actor.id is None:
            return frozenset()
        organisations = {organisation for group in self.actor.groups if (organisation := group.partition(":")[2])}
        theirs = [Candidate.name.endswith(f":{one}", autoescape=True) for one in sorted(organisations)]
        offered = exists().where(Candidate.task_id == UserTask.id, Candidate.kind == "group", or_(*theirs)) if theirs else None
        mine = or_(UserTask.completed_by == self.actor.id, CANDIDATE, *([offered] if offered is not None else []))
        found = select(UserTask.id).where(UserTask.instance_id == self.instance.id, mine)
        return frozenset(self.session.scalars(found, as_candidate(self.actor)))


def sight(session: Session, actor: Actor, instance: ProcessInstance) -> Sight:
    """What the actor may see in this case."""
    return sights(session, actor, [instance])[instance.id]


def sights(session: Session, actor: Actor, instances: Sequence[ProcessInstance]) -> dict[UUID, Sight]:
    """What the actor may see in each of these cases, with one query however many there are."""
    profiles = {instance.access_profile_id for instance in instances} - {None}
    roles = roles_of(actor.groups.union(*actor.case_groups.values())) | {rights.ANYONE}
    rows: dict[UUID, list[AccessRight]] = {}
    for row in session.scalars(select(AccessRight).where(AccessRight.profile_id.in_(profiles), AccessRight.role.in_(roles))):
        rows.setdefault(row.profile_id, []).append(row)
    # Cases that stand alike, and in which the actor is nobody in particular, are worked out once: a board may have thousands.
    alike: dict[tuple[UUID | None, frozenset[str]], Mapping[tuple[str, bool], Right]] = {}
    found = {}
    for one in instances:
        key = one.access_profile_id, actor.groups_in(one.id)
        if key not in alike:
            alike[key] = _granted(rows.get(key[0], []) if key[0] else [], key[1])
        found[one.id] = Sight(session, actor, one, alike[key])
    return found


def _granted(rows: Sequence[AccessRight], groups: frozenset[str]) -> dict[tuple[str, bool], Right]:
    roles = roles_of(groups) | {rights.ANYONE}
    granted: dict[tuple[str, bool], Right] = {}
    for row in rows:
        if row.role in roles:
            key = row.classification, row.own
            granted[key] = max(row.level, granted.get(key, Right.NONE))
    return granted


def may_see_case(session: Session, actor: Actor, instance: ProcessInstance, right: Right = Right.READ) -> bool:
    """True if the actor may open the case; with STATUS, if they may know of it."""
    return sight(session, actor, instance).of_case >= right


def may_read(session: Session, actor: Actor, document: Document, right: Right = Right.READ) -> bool:
    """True if the actor may read this document of a case; with WRITE, if they may replace it or take it back."""
    instance = session.get(ProcessInstance, document.instance_id) if document.instance_id else None
    if instance is None:
        return False
    return sight(session, actor, instance).of(document.classification, by=document.uploaded_by, task_id=document.task_id) >= right


def role_sees(session: Session, instance: ProcessInstance, role: str) -> bool:
    """True if whoever acts as this role may know of the case as it stands now."""
    granted = exists().where(
        AccessRight.profile_id == instance.access_profile_id, AccessRight.role == role, AccessRight.own.is_(False),
        AccessRight.classification.in_([CASE, rights.ANY]), AccessRight.level >= SEEING,
    )  # fmt: skip
    return bool(session.scalar(select(granted)))


def seen_procedures(session: Session, actor: Actor) -> frozenset[str]:
    """The procedures that have cases for the actor: because of what they act as everywhere, or because there is one they may see."""
    keys = session.scalars(select(Deployment.procedure_key).distinct()).all()
    watched = {key for key in keys if procedures.deployed(session, key).watchers & roles_of(actor.groups)}
    if set(keys) == watched or actor.id is None:
        return frozenset(watched)
    return frozenset(watched | set(session.scalars(select(ProcessInstance.procedure_key).where(seen(actor)).distinct())))


# A condition on user tasks: the actor is a candidate; for everybody else the task does not exist. A statement that has it is given what
# `as_candidate` says. Whoever a task is assigned to was a candidate then; who left the role since no longer may do it, so being
# assigned is not enough. Built once, because building it takes longer than the database's answer.
CANDIDATE = exists().where(
    Candidate.task_id == UserTask.id,
    or_(
        and_(Candidate.kind == "group", Candidate.name.in_(bindparam("groups", expanding=True))),
        and_(
            Candidate.kind == "group",
            tuple_(UserTask.instance_id, Candidate.name).in_(bindparam("case_groups", expanding=True)),
        ),
        and_(Candidate.kind == "person", Candidate.name == bindparam("email")),
    ),
)


def as_candidate(actor: Actor) -> dict[str, Any]:
    """What `CANDIDATE` must be told of the actor. Only a person does user tasks."""
    if actor.id is None:
        raise ValueError("only a person does user tasks")
    in_cases = [(instance_id, group) for instance_id, groups in actor.case_groups.items() for group in sorted(groups)]
    return {"groups": sorted(actor.groups), "case_groups": in_cases, "email": actor.email}


def may_start(actor: Actor | None, start: Start) -> bool:
    """True if the start is public, or the actor holds one of its roles."""
    return start.public or (actor is not None and bool(start.who & roles_of(actor.groups)))


def keep_apart(session: Session, groups: Collection[str]) -> None:
    """Raises Conflict where somebody who acts as all of these would run the machine and read cases, too.

    Only a procedure without an access table, where a role sees all or nothing, lets one person be both.
    """
    if ADMINISTRATOR not in groups:
        return
    known = [deployed.procedure for deployed in procedures.all_deployed(session)]
    for group in sorted(set(groups) - {ADMINISTRATOR}):
        having = [procedure for procedure in known if procedure.role_of(group)]
        if not having or any(procedure.access.decision for procedure in having):
            name = having[0].group_name(group) if having else group
            raise Conflict(f"{APART} They cannot act as “{name}”. Name somebody else, or use another account for one of the two.")


def is_administrator(actor: Actor) -> bool:
    """True if the actor looks after the machine."""
    return ADMINISTRATOR in actor.groups
