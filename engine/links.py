"""Cases that belong together. A link is known only to those who may open both cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from . import access, clock, history
from .errors import NotFound
from .identity import SYSTEM, Actor
from .models import CaseLink, ProcessInstance, Right


@dataclass(frozen=True)
class Linked:
    """Another case, as it is told on the page of one."""

    reference: str
    kind: str  # what the first case is to the second
    outward: bool  # whether the case whose page it is said so, or the other one
    linked_at: datetime


def link(session: Session, instance: ProcessInstance, reference: str, kind: str, *, actor: Actor = SYSTEM) -> None:
    """Say what this case is to another one. Twice changes nothing. Raises NotFound where there is no other case with this reference."""
    other = session.scalars(select(ProcessInstance).where(ProcessInstance.business_key == reference)).first()
    if other is None or other.id == instance.id:
        raise NotFound("There is no other case with this reference.")
    same = select(CaseLink.id).where(CaseLink.from_id == instance.id, CaseLink.to_id == other.id, CaseLink.kind == kind)
    if session.scalar(same) is None:
        session.add(CaseLink(from_id=instance.id, to_id=other.id, kind=kind, linked_at=clock.now()))
        history.record(session, "case_linked", instance=instance, actor=actor)


def of_case(session: Session, actor: Actor, instance: ProcessInstance) -> list[Linked]:
    """The cases that this one belongs together with and the actor may open, in the order in which they were linked."""
    either = or_(CaseLink.from_id == instance.id, CaseLink.to_id == instance.id)
    links = session.scalars(select(CaseLink).where(either).order_by(CaseLink.id)).all()
    ids = {id_ for one in links for id_ in (one.from_id, one.to_id)} - {instance.id}
    others = session.scalars(select(ProcessInstance).where(ProcessInstance.id.in_(ids))).all() if ids else []
    seen = {id_: sight for id_, sight in access.sights(session, actor, others).items() if sight.of_case >= Right.READ}
    told = ((one, one.from_id == instance.id) for one in links)
    known = ((one, outward, seen.get(one.to_id if outward else one.from_id)) for one, outward in told)
    return [Linked(sight.instance.business_key, one.kind, outward, one.linked_at) for one, outward, sight in known if sight]
