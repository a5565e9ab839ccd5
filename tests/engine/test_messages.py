"""Signals and messages on their way between cases."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from engine import clock, messages
from engine.database import Sessions, transaction
from engine.models import Message, MessageState, TaskState, UserTask
from engine.runtime import MESSAGE_LIFE
from tests.diagrams import boundary, catch, end, event, gateway, start, sub_process, throw, user_task
from tests.engine.standing import Garden, bundle

RAIN = '<bpmn:signal id="rain" name="rain"/>'
HEARD_TWICE = bundle(
    gateway("which")
    + throw("call", event("signal", "rain"))
    + sub_process("outside", start("s") + catch("inside", event("signal", "rain")) + end("e"), "s inside; inside e")
    + boundary("around", "outside", event("signal", "rain"))
    + user_task("cover", form="do", candidateGroups="secretary", name="Cover the beds"),
    "asked which; which call | =height = 1; which outside | default; call end; outside end; around cover; cover end",
    also=RAIN,
)


def open_tasks(sessions: Sessions, case: UUID) -> list[str]:
    with transaction(sessions, reading=True) as session:
        wanted = select(UserTask.element_id).where(UserTask.instance_id == case, UserTask.state == TaskState.OPEN)
        return list(session.scalars(wanted))


def test_a_message_that_cannot_be_delivered_holds_up_no_other(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    garden = Garden(sessions, HEARD_TWICE)
    deliver_one = messages._deliver_one
    with clock.moved_to(garden.now), transaction(sessions) as session:
        odd, plain = (messages.publish(session, "nobody", key=None, variables={}) for _ in range(2))
        session.flush()
        monkeypatch.setattr(messages, "_deliver_one", lambda s, number: 1 // (number - odd.id) and deliver_one(s, number))

    with clock.moved_to(garden.now + 2 * MESSAGE_LIFE):
        messages.deliver(sessions)

    with transaction(sessions, reading=True) as session:
        states = {number: state for number, state in session.execute(select(Message.id, Message.state))}
    assert states == {odd.id: MessageState.WAITING, plain.id: MessageState.EXPIRED}


def test_a_signal_that_ends_one_of_its_own_listeners_arrives_all_the_same(sessions: Sessions) -> None:
    """The listener that was gone made the delivery fail, again and again, and everything behind it waited."""
    garden = Garden(sessions, HEARD_TWICE)
    case = garden.start(height=0)
    garden.start(height=1)

    with clock.moved_to(garden.now):
        messages.deliver(sessions)

    with transaction(sessions, reading=True) as session:
        assert set(session.scalars(select(Message.state))) == {MessageState.DELIVERED}
    assert open_tasks(sessions, case) in (["cover"], [])
