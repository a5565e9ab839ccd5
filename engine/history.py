"""What happened in an instance: only added to, each event carrying the hash of the one before, so that a change shows.

The instance keeps how many events there are and the hash of the last; the numbers, unique in an instance, let only one
transaction at a time add to the chain. Details name elements, tasks and dates, never what was answered.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from . import clock
from .database import CHANGED_MEANWHILE, add_rows, update_row
from .errors import Conflict
from .identity import SYSTEM, Actor
from .models import HistoryEvent, ProcessInstance
from .waits import Happening

_TABLE: Table = HistoryEvent.metadata.tables[HistoryEvent.__tablename__]


def record(
    session: Session, what: str, *, instance: ProcessInstance, actor: Actor = SYSTEM, process_key: str = "", element_id: str = "",
    token: UUID | None = None, **detail: Any,
) -> None:  # fmt: skip
    """Add one event, which happens now."""
    happening = Happening(what=what, at=clock.now(), token=token, process_key=process_key, element_id=element_id, detail=detail)
    record_many(session, instance, actor, [happening])


def record_many(session: Session, instance: ProcessInstance, actor: Actor, happenings: Sequence[Happening]) -> None:
    """Add these events of one actor in their order, with one INSERT. Raises Conflict like `record_all`."""
    record_all(session, instance, [(actor, happening) for happening in happenings])


def record_all(session: Session, instance: ProcessInstance, acts: Sequence[tuple[Actor, Happening]]) -> None:
    """Add these events in their order, with one INSERT. Raises Conflict where somebody else has added some since the instance was read."""
    if acts:
        update_row(session, instance, append(session, instance, acts))


def append(session: Session, instance: ProcessInstance, acts: Sequence[tuple[Actor, Happening]]) -> dict[str, Any]:
    """Add these events for a caller that writes the instance anyway, and gets what the instance must keep. Raises Conflict alike."""
    if instance in session.new:
        session.flush()
    number, link = instance.history_length or 0, instance.history_hash or ""
    rows = []
    for actor, happening in acts:
        number += 1
        row = _row(instance.id, number, actor, happening)
        link = row["hash"] = _hash(link, row)
        rows.append(row)
    try:
        add_rows(session, HistoryEvent, rows)
    except IntegrityError as error:  # somebody else's events have taken these numbers
        raise Conflict(CHANGED_MEANWHILE) from error
    return {"history_length": number, "history_hash": link}


def _row(instance_id: UUID, number: int, actor: Actor, happening: Happening) -> dict[str, Any]:
    detail = {"name": happening.name, **happening.detail} if happening.name else happening.detail
    return {
        "instance_id": instance_id, "number": number, "at": happening.at, "what": happening.what, "actor_id": actor.id,
        "process_key": happening.process_key, "element_id": happening.element_id, "token": happening.token,
        # As it will be read back: a date becomes text, and what is not JSON at all is refused here.
        "detail": json.loads(_json(detail)) if detail else {},
    }  # fmt: skip


def _hash(before: str, row: Mapping[str, Any]) -> str:
    """The hash of an event and everything before it."""
    facts = [
        row["instance_id"].hex, row["number"], row["at"].astimezone(UTC).isoformat(), row["what"], row["actor_id"] and row["actor_id"].hex,
        row["process_key"], row["element_id"], row["token"] and row["token"].hex, row["detail"], before,
    ]  # fmt: skip
    return hashlib.sha256(_json(facts).encode()).hexdigest()


def _as_text(value: Any) -> str:
    if isinstance(value, date | UUID):
        return value.isoformat() if isinstance(value, date) else str(value)
    raise TypeError(f"{type(value).__name__} cannot be kept in the history")


_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False, default=_as_text).encode


def events(session: Session, instance: ProcessInstance) -> list[HistoryEvent]:
    """Everything that happened in this instance, in order."""
    in_order = select(HistoryEvent).where(HistoryEvent.instance_id == instance.id).order_by(HistoryEvent.number)
    return list(session.scalars(in_order))


def verify(session: Session, instance: ProcessInstance) -> list[str]:
    """What is wrong with this instance's history, as sentences; empty where nobody has touched it."""
    wrong, expected, link = [], 1, ""
    for row in session.execute(select(_TABLE).where(_TABLE.c.instance_id == instance.id).order_by(_TABLE.c.number)).mappings():
        if row["number"] > expected:
            wrong.append(_missing(expected, row["number"] - 1))
        elif row["hash"] != _hash(link, dict(row)):
            wrong.append(f"Event {row['number']} does not follow from the one before it: one of the two was changed.")
        expected, link = row["number"] + 1, row["hash"]
    if expected <= instance.history_length:
        wrong.append(_missing(expected, instance.history_length))
    elif expected > instance.history_length + 1:
        wrong.append(f"There are {expected - 1} events, but only {instance.history_length} were recorded.")
    elif link != instance.history_hash:
        wrong.append("The last event is not the one that was recorded last.")
    return wrong


def _missing(first: int, last: int) -> str:
    return f"Event {first} is missing." if first == last else f"Events {first} to {last} are missing."
