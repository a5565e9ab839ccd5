"""explain-deadline: keeps the reason why a deadline of this case was missed, as a person gave it in a form."""

from __future__ import annotations

from typing import Any

from .. import deadlines
from ..errors import Invalid, Trouble
from .work import Work

RESULTS: frozenset[str] = frozenset()


def work(work: Work) -> dict[str, Any]:
    """Inputs: deadline (the id of its timer in the diagram), reason."""
    element_id, reason = work.text("deadline"), work.text("reason")
    try:
        deadlines.explain(work.session, work.instance, element_id, reason, actor=work.actor)
    except Invalid as error:
        raise Trouble(" ".join(error.problems.values())) from error
    return {}
