"""Drafts: forms half filled in, kept as typed.

Two people, or one in two browsers, may type into the same draft. They are merged control by control: nobody's typing
overwrites what they have not seen, and what could not be kept comes back to the one who typed it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from . import clock
from .errors import Conflict
from .identity import Actor
from .models import Document, Draft, DraftField, TaskState, UserTask

Raw = Mapping[str, Sequence[str]]  # names of controls, and what was typed or chosen there

ABANDONED = timedelta(days=7)  # after so long a draft that nobody can come back to is deleted
REMEMBERED = 200  # so many earlier values of a control are recognised; an older one counts as changed, which loses nothing

YOU = "you, in another window"
SENT = "This form has been sent or discarded in the meantime. What you typed here was not added to it."


@dataclass(frozen=True)
class Change:
    """What somebody else put into a control."""

    values: list[str]
    by: str  # a name, or YOU; empty where nobody was signed in
    at: datetime


@dataclass(frozen=True)
class Clash(Change):
    """Two changes of one control: the other's is in the draft, `mine` comes back to the one who typed it."""

    mine: list[str]


@dataclass(frozen=True)
class Saved:
    """What became of a save."""

    version: int  # the next save has seen this
    theirs: dict[str, Change] = field(default_factory=dict)  # what else changed since the version last seen
    clashes: dict[str, Clash] = field(default_factory=dict)


def of_task(session: Session, task: UserTask) -> Draft | None:
    """What has been typed into a task's form so far, by everyone who may do it."""
    return session.scalars(select(Draft).where(Draft.task_id == task.id)).first()


def begun(session: Session, tasks: Sequence[UUID]) -> frozenset[UUID]:
    """Those of these tasks into whose form somebody has typed."""
    typed = select(Draft.task_id).where(Draft.task_id.in_(tasks), Draft.version > 0)
    return frozenset(filter(None, session.scalars(typed))) if tasks else frozenset()


def of_start(session: Session, start_key: str, owner: str) -> Draft | None:
    """What this person, or this browser, has typed into a start form so far."""
    return session.scalars(_of_start(start_key, owner)).first()


def _of_start(start_key: str, owner: str) -> Select[Draft]:
    return select(Draft).where(Draft.start_key == start_key, Draft.owner == owner)


def owner_of(actor: Actor | None, token: str = "") -> str:
    """Whose a start draft is: the person's, or, without an account, the browser's that holds this random token."""
    if actor is not None and actor.id is not None:
        return f"person:{actor.id}"
    if not token:
        raise ValueError("a draft without a person needs a browser's token")
    return "browser:" + hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def needs_person(session: Session, form_id: UUID) -> bool:
    """True for what somebody began with their account: without it they must not go on, or the case would not be theirs."""
    owner = session.scalar(select(Draft.owner).where(Draft.id == form_id))
    return owner is not None and owner.startswith("person:")


def ensure_of_task(session: Session, task: UserTask) -> Draft:
    """The task's draft, begun if there is none."""
    return of_task(session, task) or _begin(session, select(Draft).where(Draft.task_id == task.id), task_id=task.id)


def ensure_of_start(session: Session, start_key: str, owner: str, form_id: UUID | None = None) -> Draft:
    """The draft of this start form, begun if there is none. form_id: what to call a new one, unless something is called so."""
    if (begun := of_start(session, start_key, owner)) is not None:
        return begun
    free = form_id is not None and session.get(Draft, form_id) is None
    return _begin(session, _of_start(start_key, owner), id=form_id if free else uuid4(), start_key=start_key, owner=owner)


def _begin(session: Session, same: Select[Draft], **of: Any) -> Draft:
    draft = Draft(**{"id": uuid4(), **of}, version=0, created_at=clock.now(), saved_at=clock.now(), fields=[])
    try:
        with session.begin_nested():
            session.add(draft)
    except IntegrityError:  # begun by somebody else this very moment
        return session.scalars(same).one()
    return draft


def save(session: Session, draft: Draft, raw: Raw, *, seen: int, actor: Actor | None, shown: Raw | None = None) -> Saved:
    """Keep what was typed, without overwriting what somebody else typed since version `seen`.

    Only the controls in `raw` are touched; one that was emptied or unticked is there with an empty list.
    shown: what the form shows where nothing was typed, so that sending the whole form does not count as typing.
    Raises Conflict where the form was sent or discarded meanwhile.
    """
    _count_save(session, draft)
    fields = {row.name: row for row in draft.fields}
    theirs = _changes(fields, raw, seen, actor)
    clashes: dict[str, Clash] = {}
    for name, values in ((name, list(values)) for name, values in raw.items()):
        row, known = fields.get(name), list((shown or {}).get(name, []))
        if row is None:
            if shown is None or values != known:
                draft.fields.append(_field(name, values, draft.version, actor))
        elif row.values != values:
            if row.version <= seen:
                _change(row, values, draft.version, actor)
            elif _print(values) != _print_seen(row, seen, known):
                clashes[name] = Clash(**vars(theirs[name]), mine=values)
    session.flush()
    return Saved(draft.version, theirs, clashes)


def _count_save(session: Session, draft: Draft) -> None:
    """Two saves at the same moment take turns here, and the second sees what the first has kept."""
    count = update(Draft).where(Draft.id == draft.id).values(version=Draft.version + 1, saved_at=clock.now())
    session.execute(count, execution_options={"synchronize_session": False})
    lock(session, draft)


def lock(session: Session, draft: Draft) -> None:
    """Nobody else changes or sends the draft until this transaction ends. Raises Conflict where it is gone."""
    fresh = select(Draft).where(Draft.id == draft.id).with_for_update(of=Draft)
    if session.scalars(fresh, execution_options={"populate_existing": True}).first() is None:
        raise Conflict(SENT)


def clashes(draft: Draft, raw: Raw, *, seen: int, actor: Actor | None) -> dict[str, Clash]:
    """Answers about to be sent that differ from what somebody else typed since the page was made.

    An answer that is not among `raw` counts as empty: whoever sends a form answers for all of it.
    """
    fields = {row.name: row for row in draft.fields}
    sent = {name: list(raw.get(name, [])) for name, row in fields.items()}
    theirs = _changes(fields, sent, seen, actor)
    return {name: Clash(**vars(change), mine=sent[name]) for name, change in theirs.items() if any(change.values) or any(sent[name])}


def raw_of(draft: Draft) -> dict[str, list[str]]:
    """Everything typed so far, as the form would post it."""
    return {row.name: list(row.values) for row in draft.fields}


def discard(session: Session, draft: Draft) -> None:
    """Throw a draft away, with the documents that were attached to it and belong to no case.

    Raises Conflict where somebody else was quicker, so that a form sent twice at once is sent once.
    """
    lock(session, draft)
    session.execute(delete(Document).where(Document.draft_id == draft.id))
    session.delete(draft)
    session.flush()


def prune(session: Session) -> int:
    """Delete what nobody can come back to: what people without an account left, and what was typed into tasks that are closed.

    Returns how many drafts that were.
    """
    closed = Draft.task_id.in_(select(UserTask.id).where(UserTask.state != TaskState.OPEN))
    abandoned = select(Draft).where(or_(Draft.owner.startswith("browser:"), closed), Draft.saved_at < clock.now() - ABANDONED)
    drafts = session.scalars(abandoned).all()
    for draft in drafts:
        discard(session, draft)
    return len(drafts)


def _changes(fields: Mapping[str, DraftField], mine: Raw, seen: int, actor: Actor | None) -> dict[str, Change]:
    """What changed since `seen` and is not just what this person typed, too."""
    new = (row for row in fields.values() if row.version > seen and (row.name not in mine or list(mine[row.name]) != row.values))
    return {row.name: Change(list(row.values), _who(row, actor), row.saved_at) for row in new}


def _who(row: DraftField, actor: Actor | None) -> str:
    if row.saved_by == _id_of(actor):
        return YOU
    return row.saver.name if row.saver else ""


def _id_of(actor: Actor | None) -> UUID | None:
    return actor.id if actor else None


def _field(name: str, values: list[str], version: int, actor: Actor | None) -> DraftField:
    return DraftField(name=name, values=values, version=version, saved_at=clock.now(), saved_by=_id_of(actor), past=[])


def _change(row: DraftField, values: list[str], version: int, actor: Actor | None) -> None:
    row.past = [*row.past, [row.version, _print(row.values)]][-REMEMBERED:]
    row.values, row.version, row.saved_at, row.saved_by = values, version, clock.now(), _id_of(actor)


def _print_seen(row: DraftField, seen: int, known: list[str]) -> str | None:
    """The fingerprint of what the control held at version `seen`; None where that is no longer known."""
    earlier = [fingerprint for version, fingerprint in row.past if version <= seen]
    if earlier:
        return str(earlier[-1])
    return None if len(row.past) == REMEMBERED else _print(known)


def _print(values: Sequence[str]) -> str:
    """A short fingerprint of a control's values. Nothing typed and nothing chosen are the same."""
    typed = list(values) if any(values) else []
    return hashlib.sha256(json.dumps(typed).encode()).hexdigest()[:16]
