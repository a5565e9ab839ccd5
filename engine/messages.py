"""Messages and signals between instances: by name and key, in our own table, kept while nobody awaits them yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from . import clock, history, runtime
from .database import Sessions, transaction
from .models import NOT_ENDED, InstanceState, Message, MessageState, ProcessInstance, Subscription

log = structlog.get_logger()

BATCH = 500


def publish(
    session: Session, name: str, *, key: str | None, variables: Mapping[str, Any], life: timedelta = runtime.MESSAGE_LIFE
) -> Message:
    """Send a message from outside. It reaches whoever awaits it at the next delivery, or is kept until its life is over."""
    now = clock.now()
    message = Message(kind="message", name=name, correlation_key=key, variables=dict(variables), sent_at=now, expires_at=now + life)
    session.add(message)
    return message


def deliver(sessions: Sessions) -> int:
    """Bring every waiting message and signal to those who await it. Returns how many arrived somewhere."""
    with transaction(sessions) as session:
        waiting = session.scalars(select(Message.id).where(Message.state == MessageState.WAITING).order_by(Message.id).limit(BATCH)).all()
    return sum(_try(sessions, message_id) for message_id in waiting)


def _try(sessions: Sessions, message_id: int) -> bool:
    """Deliver one message. One that cannot be delivered now waits for the next time, and nothing waits behind it."""
    try:
        return _deliver_one(sessions, message_id)
    except SQLAlchemyError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever is odd about one message must not stop the others
        log.warning("message not delivered", message=message_id, error=type(error).__name__)
        return False


def _deliver_one(sessions: Sessions, message_id: int) -> bool:
    with transaction(sessions) as session:
        message = session.get_one(Message, message_id, with_for_update=True)
        if message.state is not MessageState.WAITING:
            return False
        awaited = _awaited(session, message)
        suspended = _suspended(session, awaited)
        if suspended and (message.kind == "message" or message.recipient_id):
            return False  # kept until the case goes on
        for instance_id in suspended:
            session.add(_kept(message, instance_id))
        for subscription in awaited:
            if subscription.instance_id not in suspended:
                _receive(session, message, subscription)
        if awaited or message.kind == "signal":
            message.state = MessageState.DELIVERED  # a signal is for those who listen when it is thrown
        elif message.expires_at <= clock.now():
            message.state = MessageState.EXPIRED
        return bool(awaited)


def _awaited(session: Session, message: Message) -> Sequence[Subscription]:
    """A signal reaches everyone who listens; a message one instance, there the oldest subscription."""
    listening = select(Subscription).where(Subscription.kind == message.kind, Subscription.name == message.name)
    listening = listening.order_by(Subscription.id)
    if message.kind == "signal":
        if message.recipient_id:
            return session.scalars(listening.where(Subscription.instance_id == message.recipient_id)).all()
        # Inside the instance that threw it, it has been heard already.
        return session.scalars(listening.where(Subscription.instance_id != message.source_id)).all()
    return session.scalars(listening.where(Subscription.correlation_key == message.correlation_key).limit(1)).all()


def _suspended(session: Session, awaited: Sequence[Subscription]) -> set[UUID]:
    """Those of the instances that await it which are on hold."""
    ids = {subscription.instance_id for subscription in awaited}
    on_hold = select(ProcessInstance.id).where(ProcessInstance.id.in_(ids), ProcessInstance.state == InstanceState.SUSPENDED)
    return set(session.scalars(on_hold)) if ids else set()


def _kept(signal: Message, instance_id: UUID) -> Message:
    """The same signal for one instance alone, which hears it when it goes on."""
    return Message(
        kind=signal.kind, name=signal.name, variables=signal.variables, source_id=signal.source_id, recipient_id=instance_id,
        sent_at=signal.sent_at, expires_at=signal.expires_at,
    )  # fmt: skip


def _receive(session: Session, message: Message, subscription: Subscription) -> None:
    instance = session.scalars(runtime.locked(subscription.instance_id)).one()
    if instance.state not in NOT_ENDED:
        return
    with runtime.moving(session, instance) as running:
        if subscription.token not in running.waits:
            return  # what arrived at another one of this instance has ended it
        running.receive(subscription.token, dict(message.variables))
    history.record(
        session, f"{message.kind}_received", instance=instance, process_key=subscription.process_key,
        element_id=subscription.element_id, token=subscription.token, name=message.name,
    )  # fmt: skip


def expire(session: Session) -> None:
    """Give up messages whose life is over."""
    over = update(Message).where(Message.state == MessageState.WAITING, Message.expires_at <= clock.now(), ~_for_somebody_on_hold())
    session.execute(over.values(state=MessageState.EXPIRED))


def _for_somebody_on_hold() -> ColumnElement[bool]:
    """A suspended case awaits it: it does not get too old meanwhile."""
    awaits = or_(
        Message.recipient_id == Subscription.instance_id,
        and_(Message.kind == "message", Message.correlation_key == Subscription.correlation_key),
    )
    on_hold = exists().where(ProcessInstance.id == Subscription.instance_id, ProcessInstance.state == InstanceState.SUSPENDED)
    return exists().where(Subscription.kind == Message.kind, Subscription.name == Message.name, awaits, on_hold)
