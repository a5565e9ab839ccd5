"""The outbox: which of the letters a person may read."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from . import access
from .identity import Actor
from .models import Letter, ProcessInstance

NEWEST = 500  # more than anybody reads


def letters_for(session: Session, actor: Actor) -> list[Letter]:
    """The letters of the cases this person may open, and those addressed to them, the newest first."""
    seen = select(ProcessInstance.id).where(ProcessInstance.procedure_key.in_(access.seen_procedures(session, actor)))
    readable = or_(Letter.instance_id.in_(seen), Letter.to_email == actor.email)
    return list(session.scalars(select(Letter).where(readable).order_by(Letter.id.desc()).limit(NEWEST)))
