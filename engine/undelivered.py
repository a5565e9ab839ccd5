"""Messages and signals whose delivery fails: tried again after a while, in the end an administrator's to try again or to withdraw.

Whatever is wrong with one of them stays with it: others are delivered meanwhile, and no tick costs more for it.
"""

from __future__ import annotations

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.orm import Session

from . import calendars, clock, history
from .administration.authority import reason_of, require
from .database import Sessions, transaction
from .errors import Conflict, NotFound, sentence_of
from .identity import Actor
from .jobs import BACK_OFF
from .models import Message, MessageState, ProcessInstance

SETTLED = "This message does not wait for an administrator any more."
DUE = exists().where(Message.try_at <= bindparam("now"))  # whether one is to be tried again


def put_off(sessions: Sessions, message_id: int, error: Exception) -> None:
    """Its delivery failed: try it again after a while, or leave it to an administrator."""
    with transaction(sessions) as session:
        trying = Message.state.in_([MessageState.SENT, MessageState.WAITING])
        message = session.scalars(select(Message).where(Message.id == message_id, trying).with_for_update()).first()
        if message is None:  # somebody else has brought it there meanwhile
            return
        message.last_error = sentence_of(error)
        if message.tries < len(BACK_OFF):
            message.state, message.try_at = MessageState.RETRYING, calendars.add(clock.now(), BACK_OFF[message.tries])
        else:
            message.state = MessageState.FAILED
        message.tries += 1


def resume(sessions: Sessions) -> None:
    """What was put off until now is sent again."""
    due = Message.try_at <= clock.now()
    with transaction(sessions, reading=True) as session:
        if session.scalar(select(Message.id).where(due).limit(1)) is None:
            return
    with transaction(sessions) as session:
        again = update(Message).where(due, Message.state == MessageState.RETRYING).values(state=MessageState.SENT, try_at=None)
        session.execute(again.execution_options(synchronize_session=False))


def failed(session: Session, actor: Actor) -> list[Message]:
    """Those that wait for an administrator, the oldest first; NotFound for everybody else."""
    require(actor)
    return list(session.scalars(select(Message).where(Message.state == MessageState.FAILED).order_by(Message.id)))


def get_for(session: Session, actor: Actor, message_id: int) -> Message:
    """One that waits for an administrator. Raises Conflict where it does no more."""
    require(actor)
    message = session.get(Message, message_id, with_for_update=True)
    if message is None:
        raise NotFound("There is no such message.")
    if message.state is not MessageState.FAILED:
        raise Conflict(SETTLED)
    return message


def retry(session: Session, actor: Actor, message_id: int, *, reason: str) -> Message:
    """Send it again as if it had just been sent, with a full set of tries."""
    message = get_for(session, actor, message_id)
    _settle(session, actor, message, "message_retried", reason)
    message.state, message.tries, message.last_error = MessageState.SENT, 0, ""
    return message


def withdraw(session: Session, actor: Actor, message_id: int, *, reason: str) -> Message:
    """Give it up: it reaches nobody, and what it brought is kept no longer."""
    message = get_for(session, actor, message_id)
    _settle(session, actor, message, "message_withdrawn", reason)
    message.state, message.variables = MessageState.WITHDRAWN, {}
    return message


def _settle(session: Session, actor: Actor, message: Message, what: str, reason: str) -> None:
    """Keep why: with the message, and in the history of the case that sent it."""
    message.reason = reason_of(reason)
    if message.source_id is not None:
        source = session.get_one(ProcessInstance, message.source_id)
        history.record(session, what, instance=source, actor=actor, reason=message.reason, message=message.name)
