"""grant-role: lets people act as a role in this case only, from now on."""

from __future__ import annotations

from typing import Any

from .. import history, identity, procedures
from ..errors import Trouble
from .work import Work

RESULTS: frozenset[str] = frozenset()
ROLE = "role"  # the input with the role's key


def work(work: Work) -> dict[str, Any]:
    """Inputs: role (one that procedure.toml gives `per = "case"`) and to (an email address, or a list of them). Twice changes nothing."""
    role = case_role(work)
    for email in addresses(work):
        person = identity.by_email(work.session, email)
        if person is None:
            raise Trouble("Somebody who should take part in this case has no account. Add one with this email address, then try again.")
        if identity.join(work.session, person, role, work.instance):
            history.record(work.session, "role_granted", instance=work.instance, actor=work.actor, role=role, person=str(person.id))
    return {}


def case_role(work: Work) -> str:
    """The role's key. Raises Trouble where it is none that a case may give."""
    key = work.text(ROLE)
    role = procedures.of_instance(work.session, work.instance).procedure.roles.get(key)
    if role is None or not role.per_case:
        raise Trouble(
            f'“{key}” is no role that a case gives. Write `per = "case"` below [roles.{key}] in procedure.toml, or correct the input.'
        )
    return key


def addresses(work: Work) -> list[str]:
    """Whom it is about. Raises Trouble where they are not email addresses."""
    value = work.variables.get("to")
    given = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) and identity.EMAIL.fullmatch(one.strip()) for one in given):
        raise Trouble("The input “to” must be an email address, or a list of them. Correct its input mapping.")
    return [str(one).strip() for one in given]
