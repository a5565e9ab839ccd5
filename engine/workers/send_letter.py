"""send-letter: writes a letter from one of the procedure's templates into the outbox, one for each who should get it.

It goes to an email address, to the people of a role, or to those of a role in one organisation ("role:organisation").
Where nobody holds the role, it goes to the address that procedure.toml gives for the organisation or the role.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping
from typing import Any

from .. import access, addressees, clock, letters, procedures
from ..declared_procedure import Procedure
from ..errors import Trouble
from ..identity import EMAIL
from ..letters import LetterTemplate, Recipient
from .work import BpmnError, Work

TEMPLATE = "template"  # the header that names the letter
RESULTS = frozenset({"sentAt"})
NO_ADDRESS = "no-address"  # the code of the BPMN error for a letter that nobody would get

KEY = re.compile(r"[a-z0-9_]+(:[a-z0-9_]+)?")


def work(work: Work) -> dict[str, Any]:
    """Header: template. Inputs: to; toName and key where needed. Output: sentAt.

    Where nobody would get it, it throws the BPMN error “no-address”.
    With `key` a letter of this template is sent to the same address only once in the case, whichever task asks for it.
    """
    deployed = procedures.of_instance(work.session, work.instance)
    template = letter_of(work, deployed.letters)
    once = f"{work.instance.id} {template.key} {work.text('key')}" if work.variables.get("key") else work.key
    known, classification = _known(work, deployed.procedure), deployed.classification_of(work.process_key, work.element_id)
    for recipient in _recipients(work, deployed.procedure):
        key = f"{once} {recipient.email}"
        letters.write(work.session, template, known, to=recipient, key=key, instance=work.instance, classification=classification)
    return {"sentAt": clock.now().isoformat()}


def letter_of(work: Work, known: Mapping[str, LetterTemplate]) -> LetterTemplate:
    """The letter that the header names. Raises Trouble where there is none."""
    key = str(work.headers.get(TEMPLATE) or "")
    if key not in known:
        raise Trouble(
            f"There is no letter “{key}” in this procedure. Add letters/{key}.md, or correct the header “template” of the service task."
        )
    return known[key]


def _known(work: Work, procedure: Procedure) -> Mapping[str, Any]:
    """What the letter may read."""
    return ChainMap({"reference": work.instance.business_key, "link": _link(work, procedure)}, work.variables)


def _link(work: Work, procedure: Procedure) -> str:
    """The page that a letter points to: the case, for those who may open it; for all others the list of their tasks."""
    role = procedure.role_of(work.text("to"))
    sees = role is not None and access.role_sees(work.session, work.instance, role.key)
    page = f"/cases/{work.instance.business_key}" if sees else "/tasks"
    return work.base_url.rstrip("/") + page


def _recipients(work: Work, procedure: Procedure) -> list[Recipient]:
    to = work.text("to")
    name = str(work.variables.get("toName") or "")
    if "@" in to:
        if not EMAIL.fullmatch(to):
            raise Trouble("The letter cannot be sent: what it should go to is not an email address. Correct it, or the input “to”.")
        return [Recipient(name, to.lower())]
    role = procedure.role_of(to)
    if role is None:
        # Only what looks like a key is repeated: anything else could be about a person.
        what = f"“{to}”" if KEY.fullmatch(to) else "something"
        raise Trouble(f"A letter should go to {what}, which is neither an email address nor a role in procedure.toml.")
    found = addressees.of_group(work.session, procedure, to, work.instance.id, called=name)
    if not found:
        who = procedure.group_name(to)
        cure = "Add a person or an address, then try again."
        raise BpmnError(NO_ADDRESS, f"Nobody acts as “{who}”, and procedure.toml has no email for it. {cure}")
    return found
