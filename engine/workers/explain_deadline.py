"""explain-deadline: keeps the reason why a deadline of this case was missed, as a person gave it in a form."""

from __future__ import annotations

from typing import Any

from .. import deadlines, identity
from ..errors import Invalid, Trouble
from ..identity import Actor
from .work import Work

RESULTS: frozenset[str] = frozenset()


def work(work: Work) -> dict[str, Any]:
    """Inputs: deadline (the id of its timer in the diagram) and reason.

    Optionally deadlineSubject, which tells parallel deadlines of one timer apart, and by (the email address of who gave the reason).
    """
    element_id, reason = work.text("deadline"), work.text("reason")
    subject = work.text("deadlineSubject") if work.variables.get("deadlineSubject") is not None else None
    try:
        deadlines.explain(work.session, work.instance, element_id, reason, subject=subject, actor=_giver(work))
    except Invalid as error:
        raise Trouble(" ".join(error.problems.values())) from error
    return {}


def _giver(work: Work) -> Actor:
    """Who gave the reason; the machine where the diagram does not say."""
    email = work.variables.get("by")
    person = identity.by_email(work.session, email) if isinstance(email, str) else None
    return identity.actor_for(work.session, person) if person else work.actor
