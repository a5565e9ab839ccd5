"""Who may administer a case, why they say they do, and that nobody else changed it meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import access, clock, runtime
from ..database import CHANGED_MEANWHILE
from ..errors import Conflict, Invalid, NotFound
from ..identity import Actor
from ..models import ProcessInstance
from ..waits import Happening, Wait

LONGEST_REASON = 2_000  # characters


def require(actor: Actor) -> None:
    """NotFound for everybody but administrators."""
    if not access.is_administrator(actor):
        raise NotFound("There is no such page.")


def find(session: Session, actor: Actor, reference: str) -> ProcessInstance:
    """The case with this reference, for administrators; for everybody else it does not exist."""
    require(actor)
    instance = session.scalars(select(ProcessInstance).where(ProcessInstance.business_key == reference)).first()
    if instance is None:
        raise NotFound("There is no such case.")
    return instance


def to_change(session: Session, actor: Actor, reference: str, seen: int | None) -> ProcessInstance:
    """The case, locked, as the administrator saw it. Raises Conflict where somebody moved it since."""
    return unchanged(session, find(session, actor, reference).id, seen)


def unchanged(session: Session, instance_id: UUID, seen: int | None) -> ProcessInstance:
    """The instance, locked. seen: the version that the administrator's page was made from."""
    instance: ProcessInstance = session.scalars(runtime.locked(instance_id)).one()
    if seen is not None and instance.version != seen:
        raise Conflict(CHANGED_MEANWHILE)
    return instance


def reason_of(text: str) -> str:
    """Why the administrator does it. Raises Invalid where nothing is said."""
    reason = text.strip()
    if not reason:
        raise Invalid({"reason": "Say why, so that others can understand it later."})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": f"Write the reason in at most {LONGEST_REASON:,} characters."})
    return reason


def together(*reads: Callable[[], Any]) -> list[Any]:
    """What each of these gives; where some refuse what was entered, all that is wrong at once."""
    given: list[Any] = []
    problems: dict[str, str] = {}
    for read in reads:
        try:
            given.append(read())
        except Invalid as error:
            problems |= error.problems
    if problems:
        raise Invalid(problems)
    return given


def act(actor: Actor, what: str, reason: str, at: Wait | None = None, **detail: Any) -> runtime.Act:
    """What an administrator did, as the history tells it."""
    told = {**detail, "reason": reason}
    if at is None:
        return runtime.Act(actor, Happening(what=what, at=clock.now(), detail=told))
    happening = Happening(
        what=what, at=clock.now(), token=at.token, process_key=at.process_key, element_id=at.element_id, name=at.name, detail=told
    )
    return runtime.Act(actor, happening)
