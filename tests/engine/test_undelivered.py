"""Messages and signals whose delivery fails: tried again after a while, and in the end an administrator's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event as listener
from sqlalchemy import select, update

from engine import clock, scheduler, undelivered
from engine.database import Sessions, transaction
from engine.errors import Conflict, Invalid, NotFound
from engine.history import events
from engine.identity import Actor
from engine.models import Message, MessageState, ProcessInstance
from tests.diagrams import catch, event, gateway, message, throw, user_task
from tests.engine.standing import Garden, bundle
from tests.engine.test_messages import deliver, open_tasks, publish

RAIN = '<bpmn:signal id="rain" name="rain"/>'
# Tall ones listen for rain, small ones wait for a parcel; the others send one.
WAITS = bundle(
    gateway("which")
    + catch("porch", event("message", "parcel")) + catch("roof", event("signal", "rain")) + throw("send", event("message", "parcel"))
    + user_task("open", form="do", candidateGroups="secretary", name="Open"),
    "asked which; which porch | =height = 1; which roof | =height = 2; which send | default; porch open; roof open; send open; open end",
    also=message("parcel", "parcel", '="k"') + RAIN,
)  # fmt: skip
WHY = "The case was restored from a backup."


def damage(sessions: Sessions, case: UUID) -> bytes:
    """The state of a case that nobody can load any more. Returns what it was."""
    with transaction(sessions) as session:
        was = session.scalars(select(ProcessInstance.snapshot).where(ProcessInstance.id == case)).one()
    mend(sessions, case, b"damaged")
    return was


def mend(sessions: Sessions, case: UUID, state: bytes) -> None:
    with transaction(sessions) as session:
        session.execute(update(ProcessInstance).where(ProcessInstance.id == case).values(snapshot=state))


def fate(sessions: Sessions) -> list[tuple[MessageState, int]]:
    """Of every message that still matters: where it is, and how often its delivery failed."""
    over = Message.state.in_([MessageState.DELIVERED, MessageState.EXPIRED])
    with transaction(sessions, reading=True) as session:
        return [(one.state, one.tries) for one in session.scalars(select(Message).where(~over))]


def fail_for_good(garden: Garden) -> int:
    """Let every try of the one delivery fail. Returns the message."""
    for minutes in (0, 1.1, 10.1, 60.1):
        garden.now += timedelta(minutes=minutes)
        deliver(garden)
    with transaction(garden.sessions, reading=True) as session:
        return session.scalars(select(Message.id).where(Message.state == MessageState.FAILED)).one()


@pytest.fixture
def ada(person: Callable[..., Actor]) -> Actor:
    return person("Ada Min", "administrator")


def test_a_delivery_that_fails_is_tried_again_after_a_while_and_then_left_to_an_administrator(sessions: Sessions) -> None:
    # given
    garden = Garden(sessions, WAITS)
    damage(sessions, garden.start(height=1))
    publish(garden, "k")

    # when: each wait is longer than the one before, and in between nothing is tried
    seen = []
    for minutes in (0, 0.5, 0.6, 9, 1.1, 58, 2.1, 600):
        garden.now += timedelta(minutes=minutes)
        deliver(garden)
        seen += fate(sessions)

    # then
    again, given_up = MessageState.RETRYING, MessageState.FAILED
    assert seen == [(again, 1), (again, 1), (again, 2), (again, 2), (again, 3), (again, 3), (given_up, 4), (given_up, 4)]


@pytest.mark.parametrize(("height", "kind", "name"), [(1, "message", "parcel"), (2, "signal", "rain")])
def test_what_was_wrong_for_a_while_does_no_harm(sessions: Sessions, height: int, kind: str, name: str) -> None:
    # given
    garden = Garden(sessions, WAITS)
    case = garden.start(height=height)
    was = damage(sessions, case)
    publish(garden, "k" if kind == "message" else "", kind=kind, name=name)
    deliver(garden)
    assert fate(sessions) == [(MessageState.RETRYING, 1)]

    # when: it is put right, and the time comes
    mend(sessions, case, was)
    garden.now += timedelta(minutes=1.1)
    with clock.moved_to(garden.now):
        scheduler.tick(sessions, None, base_url="")

    # then
    assert (open_tasks(sessions, case), fate(sessions)) == (["open"], [])


def test_what_fails_costs_a_tick_nothing_while_it_waits(sessions: Sessions) -> None:
    garden = Garden(sessions, WAITS)
    damage(sessions, garden.start(height=1))
    publish(garden, "k")
    with clock.moved_to(garden.now):
        for _ in range(2):
            scheduler.tick(sessions, None, base_url="")
    statements: list[str] = []
    listener.listen(sessions.kw["bind"], "before_cursor_execute", lambda _c, _cursor, said, *_rest: statements.append(said.split()[0]))

    with clock.moved_to(garden.now):
        scheduler.tick(sessions, None, base_url="")

    assert [word for word in statements if word != "BEGIN"] == ["SELECT"]


def test_an_administrator_has_it_sent_again(sessions: Sessions, ada: Actor) -> None:
    # given a message of another case that could not be delivered
    garden = Garden(sessions, WAITS)
    case = garden.start(height=1)
    was = damage(sessions, case)
    sender = garden.start(height=3)
    number = fail_for_good(garden)
    mend(sessions, case, was)

    # when
    with clock.moved_to(garden.now), transaction(sessions) as session:
        assert [one.last_error for one in undelivered.failed(session, ada)] == ["An unexpected error: ZstdError."]
        undelivered.retry(session, ada, number, reason=WHY)
    deliver(garden)

    # then it arrives, and the case that sent it knows why
    assert (open_tasks(sessions, case), fate(sessions)) == (["open"], [])
    with transaction(sessions, reading=True) as session:
        (told,) = [one for one in events(session, session.get_one(ProcessInstance, sender)) if one.what == "message_retried"]
    assert (told.actor_id, told.detail) == (ada.id, {"reason": WHY, "message": "parcel"})


def test_an_administrator_withdraws_it(sessions: Sessions, ada: Actor) -> None:
    garden = Garden(sessions, WAITS)
    case = garden.start(height=1)
    was = damage(sessions, case)
    publish(garden, "k")
    number = fail_for_good(garden)
    mend(sessions, case, was)

    with clock.moved_to(garden.now), transaction(sessions) as session:
        undelivered.withdraw(session, ada, number, reason=WHY)
    deliver(garden)

    assert open_tasks(sessions, case) == []
    with transaction(sessions, reading=True) as session:
        kept = session.get_one(Message, number)
        assert (kept.state, kept.reason, kept.variables) == (MessageState.WITHDRAWN, WHY, {})
    with clock.moved_to(garden.now + timedelta(days=70)):
        scheduler.tidy(sessions)
    with transaction(sessions, reading=True) as session:
        assert session.get(Message, number) is None


def test_only_an_administrator_does_so_with_a_reason_and_once(sessions: Sessions, ada: Actor) -> None:
    garden = Garden(sessions, WAITS)
    damage(sessions, garden.start(height=1))
    publish(garden, "k")
    number = fail_for_good(garden)

    with transaction(sessions) as session:
        for refused in (undelivered.failed, lambda s, who: undelivered.retry(s, who, number, reason=WHY)):
            with pytest.raises(NotFound):
                refused(session, garden.rosa)
        with pytest.raises(Invalid, match="Say why"):
            undelivered.withdraw(session, ada, number, reason=" ")
        with pytest.raises(NotFound):
            undelivered.retry(session, ada, number + 1, reason=WHY)
        undelivered.retry(session, ada, number, reason=WHY)
        with pytest.raises(Conflict, match="does not wait for an administrator any more"):
            undelivered.withdraw(session, ada, number, reason=WHY)
