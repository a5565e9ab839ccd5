"""name-readers: lets people read a document of this case, who then get it marked with their name on each page."""

from __future__ import annotations

from typing import Any

from .. import documents
from ..errors import Invalid, Trouble
from . import grant_role, scan_text
from .work import Work

RESULTS: frozenset[str] = frozenset()


def work(work: Work) -> dict[str, Any]:
    """Inputs: document (a file of this case, or several) and to (an email address, or a list of them). Twice changes nothing."""
    emails = grant_role.addresses(work)
    for document in documents.in_case(work.session, work.instance, scan_text.ids_in(work.variables.get("document"))):
        try:
            documents.name_readers(work.session, work.instance, document, emails, actor=work.actor)
        except Invalid as error:
            raise Trouble(" ".join(error.problems.values())) from error
    return {}
