"""grant-role: lets people act as a role in this case only, from now on, for good or up to a day. Who has no account gets one."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Sequence
from datetime import date
from typing import Any

from .. import access, history, identity, letters, procedures
from ..errors import Conflict, Trouble
from ..letters import Recipient
from ..models import Person
from ..procedures import Deployed
from .send_letter import TEMPLATE, letter_of
from .work import Work

RESULTS: frozenset[str] = frozenset()
ROLE = "role"  # the input with the role's key


def work(work: Work) -> dict[str, Any]:
    """Inputs: role (one that procedure.toml gives `per = "case"`) and to (an email address, or a list of them).

    Optionally until (a date: from that day on it counts no more) and toName (a name, or one for each address). Header: template, a letter
    to each who did not act as it before; it may read passwordLink, empty for those who had an account. Twice changes nothing but the day.
    """
    role, emails, until = case_role(work), addresses(work), _until(work)
    deployed = procedures.of_instance(work.session, work.instance)
    element = deployed.element(work.process_key, work.element_id)
    for email, name in zip(emails, _names(work, emails), strict=True):
        known = identity.by_email(work.session, email)
        person = known or identity.invite(work.session, email, name)
        _keep_apart(work, person, role)
        step = element.name if element else ""
        if identity.join(work.session, person, role, work.instance, ends_on=until, granted_by=step):
            history.record(work.session, "role_granted", instance=work.instance, actor=work.actor, role=role, person=str(person.id))
            if work.headers.get(TEMPLATE):
                _write(work, deployed, person, new=known is None)
    return {}


def _keep_apart(work: Work, person: Person, role: str) -> None:
    """Raises Trouble where this person runs the machine. The sentence does not say who: an administrator reads it."""
    everywhere = {one.group for one in person.memberships if one.instance_id is None}
    try:
        access.keep_apart(work.session, {*everywhere, role})
    except Conflict as error:
        raise Trouble(str(error)) from error


def _write(work: Work, deployed: Deployed, person: Person, *, new: bool) -> None:
    key = f"{work.key} {person.email}"
    link = identity.password_links.placeholder(work.base_url, key) if new else ""
    about = {"reference": work.instance.business_key, "link": work.base_url.rstrip("/") + "/tasks", "passwordLink": link}
    letters.write(
        work.session, letter_of(work, deployed.letters), ChainMap(about, work.variables), to=Recipient(person.name, person.email),
        key=key, instance=work.instance, classification=deployed.classification_of(work.process_key, work.element_id),
    )  # fmt: skip


def _until(work: Work) -> date | None:
    given = work.variables.get("until")
    if given in (None, ""):
        return None
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise Trouble("The input “until” must be a date such as 2026-03-31. Correct its input mapping.") from None


def _names(work: Work, emails: Sequence[str]) -> list[str]:
    """What each is called; where the diagram does not say, the first part of the address."""
    given = work.variables.get("toName")
    listed = given if isinstance(given, list) else [given] * len(emails)
    said = [str(name or "").strip() for name in listed] if len(listed) == len(emails) else [""] * len(emails)
    return [name or email.partition("@")[0].replace(".", " ").title() for name, email in zip(said, emails, strict=True)]


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
