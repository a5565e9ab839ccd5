"""end-role: ends what people act as in this case. What they contributed stays."""

from __future__ import annotations

from typing import Any

from .. import history, identity
from . import grant_role
from .work import Work

RESULTS: frozenset[str] = frozenset()


def work(work: Work) -> dict[str, Any]:
    """Inputs: role; optionally to (an email address, or a list of them; without it, everybody who has it here). Twice changes nothing."""
    role = grant_role.case_role(work)
    emails = None if work.variables.get("to") is None else grant_role.addresses(work)
    for person in identity.leave(work.session, role, work.instance, emails):
        history.record(work.session, "role_ended", instance=work.instance, actor=work.actor, role=role, person=str(person.id))
    return {}
