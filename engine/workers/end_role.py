"""end-role: ends what people act as in this case. What they contributed stays."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update

from .. import history, identity
from ..models import Candidate, Person, TaskState, UserTask
from . import grant_role
from .work import Work

RESULTS: frozenset[str] = frozenset()
TASKS, TAKEN_BACK = "tasks", "taken-back"  # the header, and what it says


def work(work: Work) -> dict[str, Any]:
    """Inputs: role; optionally to (an email address, or a list of them; without it, everybody who has it here). Twice changes nothing.

    With the header tasks = taken-back, the open tasks of the case that are for these people by name are theirs no more.
    """
    role = grant_role.case_role(work)
    emails = None if work.variables.get("to") is None else grant_role.addresses(work)
    for person in identity.leave(work.session, role, work.instance, emails):
        history.record(work.session, "role_ended", instance=work.instance, actor=work.actor, role=role, person=str(person.id))
        if work.headers.get(TASKS) == TAKEN_BACK:
            _take_back(work, person)
    return {}


def _take_back(work: Work, person: Person) -> None:
    """Of what waits in the case, nothing is for this person any more because it names them."""
    open_here = select(UserTask.id).where(UserTask.instance_id == work.instance.id, UserTask.state == TaskState.OPEN)
    named = delete(Candidate).where(Candidate.kind == "person", Candidate.name == person.email, Candidate.task_id.in_(open_here))
    work.session.execute(named)
    taken_on = update(UserTask).where(UserTask.id.in_(open_here), UserTask.assignee_id == person.id)
    work.session.execute(taken_on.values(assignee_id=None))
