"""Who may see and do what. What a person may not see does not exist for them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, bindparam, exists, or_, select, tuple_
from sqlalchemy.orm import Session

from . import procedures
from .identity import Actor
from .models import Candidate, Deployment, ProcessInstance, UserTask

ADMINISTRATOR = "administrator"  # sees problems of the machine, and no case's content


def may_see_case(session: Session, actor: Actor, instance: ProcessInstance) -> bool:
    """True if one of the actor's roles may open every case of this procedure."""
    procedure = procedures.deployed(session, instance.procedure_key).procedure
    return _sees_cases(procedure, actor.groups_in(instance.id))


def seen_procedures(session: Session, actor: Actor) -> frozenset[str]:
    """The procedures whose cases the actor may open."""
    if not actor.groups:
        return frozenset()
    keys = session.scalars(select(Deployment.procedure_key).distinct())
    return frozenset(key for key in keys if _sees_cases(procedures.deployed(session, key).procedure, actor.groups))


def _sees_cases(procedure: procedures.Procedure, groups: frozenset[str]) -> bool:
    return any(role.sees_cases for role in map(procedure.role_of, groups) if role)


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


def may_start(actor: Actor | None, start: procedures.Start) -> bool:
    """True if the start is public, or the actor holds one of its roles."""
    return start.public or (actor is not None and bool(start.who & {group.partition(":")[0] for group in actor.groups}))


def is_administrator(actor: Actor) -> bool:
    """True if the actor looks after the machine."""
    return ADMINISTRATOR in actor.groups
