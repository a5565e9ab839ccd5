"""end-role: ends what people act as in this case. What they contributed stays."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from .. import history, identity
from ..models import Candidate, Person, ProcessInstance, TaskState, UserTask
from . import grant_role
from .work import Work

RESULTS: frozenset[str] = frozenset()
TASKS_TO = "tasksTo"  # the input with the role that takes their tasks over


def work(work: Work) -> dict[str, Any]:
    """Inputs: role; optionally to (an email address, or a list of them; without it, everybody who has it here). Twice changes nothing.

    And optionally tasksTo (a role): what this case offers to them by name is then offered to whoever acts as that role instead.
    """
    role, successors = grant_role.case_role(work), work.variables.get(TASKS_TO)
    emails = None if work.variables.get("to") is None else grant_role.addresses(work)
    for person in identity.leave(work.session, role, work.instance, emails):
        history.record(work.session, "role_ended", instance=work.instance, actor=work.actor, role=role, person=str(person.id))
        if successors is not None:
            _pass_on(work.session, work.instance, person, grant_role.case_role(work, TASKS_TO))
    return {}


def _pass_on(session: Session, instance: ProcessInstance, person: Person, role: str) -> None:
    """Whoever leaves finds no task of the case any more, and none of them is lost: the role's members find it."""
    of_case = select(UserTask.id).where(UserTask.instance_id == instance.id, UserTask.state == TaskState.OPEN)
    by_name = (Candidate.kind == "person", Candidate.name == person.email, Candidate.task_id.in_(of_case))
    theirs = set(session.scalars(select(Candidate.task_id).where(*by_name)))
    offered = set(session.scalars(select(Candidate.task_id).where(Candidate.task_id.in_(theirs), Candidate.name == role)))
    session.execute(delete(Candidate).where(*by_name))
    session.add_all(Candidate(task_id=task_id, kind="group", name=role) for task_id in theirs - offered)
    session.execute(update(UserTask).where(UserTask.id.in_(of_case), UserTask.assignee_id == person.id).values(assignee_id=None))
