"""link-case: says what this case is to another one."""

from __future__ import annotations

from typing import Any

from .. import links
from ..errors import NotFound
from .work import BpmnError, Work

RESULTS: frozenset[str] = frozenset()
NO_SUCH_CASE = "no-such-case"  # the code of the BPMN error where there is none


def work(work: Work) -> dict[str, Any]:
    """Inputs: to (a reference) and kind (a text such as “goes on in”). Twice changes nothing."""
    reference, kind = work.text("to").upper(), work.text("kind")
    try:
        links.link(work.session, work.instance, reference, kind, actor=work.actor)
    except NotFound as error:
        raise BpmnError(NO_SUCH_CASE, f"{error} Correct the input “to”, then try again.") from error
    return {}
