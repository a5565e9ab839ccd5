"""Messages and signals between instances: by name and key, in our own table, kept while nobody awaits them yet.

A message is looked at once it is sent, a subscription once it is opened, both after their commit: whichever came later finds the
other. So a tick costs what is new, however much is kept and awaited. Each delivery is a transaction of its own and moves one instance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, TypeAlias

import structlog
from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from . import access, calendars, clock, runtime, starts, undelivered
from .database import Sessions, add_rows, transaction
from .errors import Conflict, Invalid, NotFound
from .identity import SYSTEM, Actor
from .models import FRESH, UNDELIVERED, InstanceState, Message, MessageState, ProcessInstance, StartTrigger, Subscription
from .waits import MESSAGE_LIFE, Happening

log = structlog.get_logger()

BATCH = 2000
REMEMBERED = timedelta(days=30)  # so long a message that has arrived or expired is still counted
TURN = 2027  # any number, as long as nobody else locks it


def _awaited_in(state: InstanceState) -> ColumnElement[bool]:
    """Whether an instance in this state awaits the message, or is whom the signal is for."""
    meant = and_(
        Message.kind == "message", Subscription.name == Message.name,
        Subscription.correlation_key.is_not_distinct_from(Message.correlation_key),
    )  # fmt: skip
    its = and_(Subscription.kind == Message.kind, or_(Subscription.token == Message.recipient, meant))
    return exists().where(its, Subscription.instance_id == ProcessInstance.id, ProcessInstance.state == state).correlate(Message)


# What was sent and can be looked at. What only cases on hold await stays as it is, beyond its life, until one of them goes on or ends.
_SENT = and_(Message.state == MessageState.SENT, or_(~_awaited_in(InstanceState.SUSPENDED), _awaited_in(InstanceState.ACTIVE)))
# Whether there is a message or a subscription that nobody has looked at, or a message to be tried again.
NEW = or_(exists().where(_SENT), exists(select(Subscription.id).where(FRESH)), undelivered.DUE)

Address: TypeAlias = tuple[str, str | None]  # a message's name and key


def publish(
    session: Session, name: str, *, key: str | None, variables: Mapping[str, Any], life: timedelta = MESSAGE_LIFE,
    kind: str = "message", actor: Actor = SYSTEM,
) -> Message:  # fmt: skip
    """Send a message or signal from outside. A message reaches whoever awaits it, or is kept until its life is over.

    For the machine itself and for administrators; NotFound for everybody else.
    """
    if actor is not SYSTEM and not access.is_administrator(actor):
        raise NotFound("There is no such page.")
    if not name.strip():
        raise Invalid({"name": "Say what the message is called."})
    now = clock.now()
    message = Message(kind=kind, name=name, correlation_key=key, variables=dict(variables), sent_at=now, expires_at=now + life)
    session.add(message)
    return message


def lasting(duration: str) -> timedelta:
    """How long a message lives that is sent now with this ISO 8601 duration. Raises Trouble where it is none."""
    now = clock.now()
    return calendars.add(now, duration) - now


def deliver(sessions: Sessions) -> int:
    """Bring what was sent to those who await it, and to who has begun to await it what is kept. Returns how many arrived somewhere."""
    undelivered.resume(sessions)
    arrived = sum(_try(sessions, signal) for signal in _signals(sessions))
    addresses = dict.fromkeys([*_sent(sessions), *_newly_awaited(sessions)])
    return arrived + sum(_empty(sessions, address) for address in addresses)


def _undelivered(address: Address) -> ColumnElement[bool]:
    """Messages with this name and key that may still arrive. One that was just sent is tried once, however short its life."""
    alive = or_(Message.state == MessageState.SENT, Message.expires_at > clock.now())
    return and_(UNDELIVERED, alive, Message.kind == "message", Message.name == address[0], Message.correlation_key == address[1])


def _sent(sessions: Sessions) -> list[Address]:
    """Where messages were sent to that nobody has looked at, the oldest first."""
    sent = select(Message.name, Message.correlation_key).where(_SENT, Message.kind == "message")
    with transaction(sessions, reading=True) as session:
        found = session.execute(sent.group_by(Message.name, Message.correlation_key).order_by(func.min(Message.id)).limit(BATCH))
        return [(name, key) for name, key in found]


def _newly_awaited(sessions: Sessions) -> list[Address]:
    """What somebody has begun to await and is here already. Who awaits what is not here need not be looked at again."""
    fresh = select(Subscription.id).where(FRESH).order_by(Subscription.id).limit(BATCH)
    with transaction(sessions, reading=True) as session:
        if session.scalar(fresh.limit(1)) is None:
            return []
    same = and_(UNDELIVERED, Message.name == Subscription.name, Message.correlation_key.is_not_distinct_from(Subscription.correlation_key))
    here = exists().where(same, Message.kind == Subscription.kind)
    with transaction(sessions) as session:
        ids = session.scalars(fresh.with_for_update(skip_locked=True)).all()
        session.execute(update(Subscription).where(Subscription.id.in_(ids), ~here).values(fresh=False).execution_options(**_DIRECTLY))
        awaited = select(Subscription.name, Subscription.correlation_key).where(Subscription.id.in_(ids), here).order_by(Subscription.id)
        return [(name, key) for name, key in session.execute(awaited)]


_DIRECTLY = {"synchronize_session": False}


def _empty(sessions: Sessions, address: Address) -> int:
    """Deliver all messages with this name and key, the oldest first. One that cannot be delivered waits, and nothing waits behind it."""
    arrived, passed = 0, list[int]()
    while True:
        number = None
        try:
            with transaction(sessions) as session:
                message = _oldest(session, address, passed)
                number = message.id if message else None
                if message is None or not (handed := _hand_over(session, message)):
                    if message is not None and handed is None:
                        _keep(session, address, passed)
                    return arrived
        except SQLAlchemyError:
            raise
        except Exception as error:
            if number is None:
                raise
            _not_delivered(sessions, number, error)
            passed.append(number)
        else:
            arrived += 1


def _oldest(session: Session, address: Address, passed: list[int]) -> Message | None:
    """The message to deliver now. Two processes never deliver to the same name and key at once."""
    if session.get_bind().dialect.name == "postgresql":
        turn = func.pg_try_advisory_xact_lock(TURN, func.hashtext(f"{address[0]} {address[1]}"))
        if not session.scalar(select(turn)):
            return None
    return session.scalars(select(Message).where(_undelivered(address), Message.id.not_in(passed)).order_by(Message.id).limit(1)).first()


def _hand_over(session: Session, message: Message) -> bool | None:
    """To who awaits it, else to a process that it begins. False: not just now; None: nobody awaits it."""
    received = _to_the_oldest(session, message)
    trigger = session.scalars(starts.waiting_for(message.kind, message.name).limit(1)).first() if received is None else None
    if trigger is not None and starts.take_turn(session, trigger):  # another event may have begun meanwhile the case that awaits this one
        received = _to_the_oldest(session, message)
    if trigger is None or received is not None:
        return received
    starts.begin(session, trigger, message.variables)
    _arrived(message)
    return True


def _to_the_oldest(session: Session, message: Message) -> bool | None:
    """To the oldest of those who await it. False: not just now; None: nobody awaits it."""
    awaited = select(Subscription).join(ProcessInstance, ProcessInstance.id == Subscription.instance_id).order_by(Subscription.id)
    awaited = awaited.where(
        Subscription.kind == message.kind, Subscription.name == message.name, Subscription.correlation_key == message.correlation_key
    )
    running = awaited.where(ProcessInstance.state == InstanceState.ACTIVE)
    while (subscription := session.scalars(running.limit(1)).first()) is not None:
        received = _receive(session, message, subscription)
        if received is not None:
            return received
    if session.scalars(awaited.limit(1)).first() is None:
        return None
    _hold(session, (message.name, message.correlation_key))
    return False


def _hold(session: Session, address: Address) -> None:
    """Only cases on hold await what was sent there: it waits for them as if it had just been sent."""
    session.execute(update(Message).where(_undelivered(address)).values(state=MessageState.SENT).execution_options(**_DIRECTLY))
    awaits = and_(Subscription.kind == "message", Subscription.name == address[0], Subscription.correlation_key == address[1])
    session.execute(update(Subscription).where(awaits).values(fresh=False).execution_options(**_DIRECTLY))


def _keep(session: Session, address: Address, passed: list[int]) -> None:
    """What was sent there waits for somebody to await it, or is given up where its life is over already."""
    sent = and_(_undelivered(address), Message.state == MessageState.SENT, Message.id.not_in(passed))
    waits = update(Message).where(sent, Message.expires_at > clock.now()).values(state=MessageState.WAITING)
    session.execute(waits.execution_options(**_DIRECTLY))
    session.execute(update(Message).where(sent).values(state=MessageState.EXPIRED, variables={}).execution_options(**_DIRECTLY))


def _receive(session: Session, message: Message, subscription: Subscription) -> bool | None:
    """Whether the message has arrived there. Not if somebody is moving the instance or it is on hold; None if it awaits it no more."""
    instance = session.scalars(runtime.locked(subscription.instance_id).with_for_update(of=ProcessInstance, skip_locked=True)).first()
    if instance is None or instance.state is InstanceState.SUSPENDED:
        return False
    if session.scalar(select(Subscription.id).where(Subscription.id == subscription.id)) is None:
        session.expunge(subscription)
        return None
    received = Happening(
        what=f"{message.kind}_received", at=clock.now(), token=subscription.token, process_key=subscription.process_key,
        element_id=subscription.element_id, name=message.name,
    )  # fmt: skip
    with runtime.moving(session, instance, act=runtime.Act(SYSTEM, received)) as moved:
        moved.receive(subscription.token, dict(message.variables))
    _arrived(message)
    return True


def _arrived(message: Message) -> None:
    """What a message brought is with its recipient now, and kept nowhere else."""
    message.state, message.variables = MessageState.DELIVERED, {}


def _signals(sessions: Sessions) -> Iterator[int]:
    """The signals that were sent, and those that are sent on meanwhile."""
    last = 0
    sent = select(Message.id).where(_SENT, Message.kind == "signal").order_by(Message.id).limit(BATCH)
    while True:
        with transaction(sessions, reading=True) as session:
            found = session.scalars(sent.where(Message.id > last)).all()
        if not found:
            return
        yield from found
        last = found[-1]


def _try(sessions: Sessions, signal_id: int) -> bool:
    """Bring a signal on its way. Where that cannot be done now it waits for the next time."""
    try:
        with transaction(sessions) as session:
            mine = select(Message).where(Message.id == signal_id, Message.state == MessageState.SENT).with_for_update(skip_locked=True)
            signal = session.scalars(mine).first()
            if signal is None:
                return False
            return _bring(session, signal) if signal.recipient else _spread(session, signal)
    except SQLAlchemyError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever is odd about one signal must not stop the others
        _not_delivered(sessions, signal_id, error)
        return False


def _not_delivered(sessions: Sessions, number: int, error: Exception) -> None:
    log.warning("message not delivered", message=number, error=type(error).__name__)
    if not isinstance(error, Conflict):  # else somebody moved the case meanwhile: nobody is to blame, and no try is counted
        undelivered.put_off(sessions, number, error)


def _spread(session: Session, signal: Message) -> bool:
    """Send a signal on to everyone who listens now, each for itself: what happens to one is nothing to the others."""
    listening = select(Subscription.token).where(Subscription.kind == signal.kind, Subscription.name == signal.name)
    if signal.source_id is not None:  # inside the instance that threw it, it has been heard already
        listening = listening.where(Subscription.instance_id != signal.source_id)
    tokens = session.scalars(listening.order_by(Subscription.id)).all()
    waiting = session.scalars(starts.waiting_for(signal.kind, signal.name))
    begun = [trigger.id for trigger in waiting if not starts.gathers(session, trigger)]
    kept = {"kind": signal.kind, "name": signal.name, "variables": signal.variables, "source_id": signal.source_id}
    times = {"sent_at": signal.sent_at, "expires_at": signal.expires_at}
    add_rows(session, Message, [{**kept, **times, "recipient": recipient} for recipient in (*tokens, *begun)])
    _arrived(signal)
    return False


def _bring(session: Session, signal: Message) -> bool:
    """A signal arrives at one of those who listened."""
    awaited = select(Subscription).where(Subscription.token == signal.recipient, Subscription.kind == signal.kind)
    subscription = session.scalars(awaited).first()
    if subscription is not None and (received := _receive(session, signal, subscription)) is not None:
        return received
    trigger = session.get(StartTrigger, signal.recipient)
    if trigger is not None:
        starts.begin(session, trigger, signal.variables)
    _arrived(signal)  # also where nobody listens any more
    return trigger is not None


def expire(session: Session) -> None:
    """Give up messages whose life is over, with what they brought, and forget those that have long arrived."""
    now = clock.now()
    over = update(Message).where(Message.state == MessageState.WAITING, Message.expires_at <= now)
    session.execute(over.values(state=MessageState.EXPIRED, variables={}).execution_options(**_DIRECTLY))
    ended = Message.state.in_([MessageState.DELIVERED, MessageState.EXPIRED, MessageState.WITHDRAWN])
    session.execute(delete(Message).where(ended, Message.expires_at <= now - REMEMBERED).execution_options(**_DIRECTLY))


def given_up(session: Session, actor: Actor) -> int:
    """How many messages have reached nobody in the last month, for administrators."""
    if not access.is_administrator(actor):
        raise NotFound("There is no such page.")
    return session.scalar(select(func.count()).select_from(Message).where(Message.state == MessageState.EXPIRED)) or 0
