"""Whom a letter to a group goes to: the people who act as it, or else the shared address that procedure.toml gives."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from . import identity
from .declared_procedure import Procedure
from .letters import Recipient


def of_group(session: Session, procedure: Procedure, group: str, instance_id: UUID, *, called: str = "") -> list[Recipient]:
    """Everybody who acts as this group in this case; where nobody does its shared address, `called` so, if it has one."""
    people = identity.people_in(session, group, instance_id)
    return [Recipient(person.name, person.email) for person in people] or _shared(procedure, group, called)


def _shared(procedure: Procedure, group: str, called: str) -> list[Recipient]:
    role, organisation = procedure.role_of(group), procedure.organisations.get(group.partition(":")[2])
    email = (organisation.email if organisation else "") or (role.email if role else "")
    return [Recipient(called or procedure.group_name(group), email)] if email else []
