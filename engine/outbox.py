"""The outbox: which of the letters a person may read, and those that the mail server did not take."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from . import access, clock, history
from .administration.authority import reason_of, require
from .errors import Conflict, NotFound
from .identity import Actor
from .models import Letter, LetterState, ProcessInstance, Right

NEWEST = 500  # more than anybody reads

GONE = "There is no such letter."


def letters_for(session: Session, actor: Actor, reference: str = "") -> list[Letter]:
    """The letters of the cases this person may open, and those addressed to them, the newest first. reference: of one case alone."""
    found = select(Letter).where(_readable(session, actor)).order_by(Letter.id.desc()).limit(NEWEST)
    if reference:
        found = found.join(ProcessInstance).where(ProcessInstance.business_key == reference, access.seen(actor))
    return list(session.scalars(found))


def letter_for(session: Session, actor: Actor, letter_id: int) -> Letter:
    """One of these letters, however old. For everybody else it does not exist."""
    found = session.scalars(select(Letter).where(Letter.id == letter_id, _readable(session, actor))).first()
    if found is None:
        raise NotFound(GONE)
    return found


def _readable(session: Session, actor: Actor) -> ColumnElement[bool]:
    """A condition on Letter: the actor may read it."""
    words = session.scalars(select(Letter.classification).distinct()).all()
    readable = [Letter.to_email == actor.email]
    for word in words:
        seen = select(ProcessInstance.id).where(access.seen(actor, word, Right.READ))
        readable.append(and_(Letter.classification == word, Letter.instance_id.in_(seen)))
    return or_(*readable)


def seen_in(sight: access.Sight) -> list[Letter]:
    """The letters of a case that may be read, the newest first."""
    theirs = select(Letter).where(Letter.instance_id == sight.instance.id).order_by(Letter.written_at.desc(), Letter.id.desc())
    return [one for one in sight.session.scalars(theirs) if sight.may_read(one.classification) or one.to_email == sight.actor.email]


def failed(session: Session, actor: Actor) -> list[Letter]:
    """The letters that were given up, the oldest first; NotFound for everybody but administrators."""
    require(actor)
    given_up = select(Letter).where(Letter.state == LetterState.FAILED)
    return list(session.scalars(given_up.order_by(Letter.written_at, Letter.id).limit(NEWEST)))


def retry(session: Session, actor: Actor, letter_id: int, *, reason: str) -> Letter:
    """Send a letter again that was given up, with a full set of tries."""
    require(actor)
    letter = session.get(Letter, letter_id, with_for_update=True)
    if letter is None:
        raise NotFound(GONE)
    why = reason_of(reason)
    if letter.state is not LetterState.FAILED:
        raise Conflict("This letter does not wait for an administrator any more.")
    letter.state, letter.tries, letter.next_try_at, letter.last_error = LetterState.WAITING, 0, clock.now(), ""
    if letter.instance_id is not None:
        instance = session.get_one(ProcessInstance, letter.instance_id)
        history.record(session, "letter_retried", instance=instance, actor=actor, reason=why, template=letter.template)
    return letter
