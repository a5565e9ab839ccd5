"""Ends what people act as for a time only. It counts no more from its day on; here the history is told of it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from . import clock, history, runtime
from .database import Sessions, transaction
from .errors import Conflict
from .models import Membership, ProcessInstance

DUE = exists().where(Membership.ends_on <= bindparam("today"))  # whether there is anything to end


def at_this_moment() -> dict[str, object]:
    """What `DUE` must be told."""
    return {"today": clock.today()}


def end_due(sessions: Sessions) -> int:
    """End every role whose day has come, each case in a transaction of its own. Returns how many."""
    return sum(_end_in(sessions, case) for case in _cases(sessions))


def _cases(sessions: Sessions) -> Iterable[UUID | None]:
    with transaction(sessions, reading=True) as session:
        return session.scalars(select(Membership.instance_id).where(Membership.ends_on <= clock.today()).distinct()).all()


def _end_in(sessions: Sessions, case: UUID | None) -> int:
    try:
        with transaction(sessions) as session:
            instance = session.scalars(runtime.locked(case)).one() if case is not None else None
            return _end(session, instance)
    except Conflict:  # somebody moves the case this very moment: at the next tick
        return 0


def _end(session: Session, instance: ProcessInstance | None) -> int:
    here = Membership.instance_id == instance.id if instance is not None else Membership.instance_id.is_(None)
    over = session.scalars(select(Membership).where(here, Membership.ends_on <= clock.today()).with_for_update()).all()
    for membership in over:
        if instance is not None:
            history.record(session, "role_ended", instance=instance, role=membership.group, person=str(membership.person_id))
        session.delete(membership)
    return len(over)
