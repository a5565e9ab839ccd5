"""Signals and messages on their way between cases."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from engine import clock, messages, tasks
from engine.database import Sessions, transaction
from engine.models import Message, MessageState, TaskState, UserTask
from engine.runtime import MESSAGE_LIFE
from tests.diagrams import (
    boundary,
    call,
    catch,
    diagram,
    end,
    event,
    gateway,
    handler,
    headers,
    mapping,
    message,
    process,
    start,
    sub_process,
    throw,
    user_task,
)
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


CARD = message("card", "from the bed", "= reference")
TELLS = process(
    start("s")
    + throw(
        "write",
        event("message", "card"),
        '<zeebe:taskDefinition type="send-message"/>'
        + headers(message="from the bed")
        + mapping([("= reference", "key"), ('= {grown: "leeks"}', "content")]),
    )
    + user_task("dig", form="do", candidateGroups="secretary", name="Dig"),
    "s write; write dig",
    "bed",
)
READS = bundle(
    call("field", "bed") + handler("post", start("came", event("message", "card"), isInterrupting="false")
    + user_task("read", form="do", candidateGroups="secretary", name="Read"), "came read"),
    "asked field; field end",
    diagram(CARD, TELLS), also=CARD,
)  # fmt: skip


def test_a_called_process_tells_its_case_something_while_it_goes_on(sessions: Sessions) -> None:
    # given a case that awaits a card, and calls a process that writes one
    garden = Garden(sessions, READS)
    case = garden.start(height=1)
    garden.later(minutes=1)

    # when it is delivered
    with clock.moved_to(garden.now):
        assert messages.deliver(sessions) == 1

    # then somebody in the case reads it, and the process that wrote it goes on
    assert sorted(open_tasks(sessions, case)) == ["dig", "read"]
    with clock.moved_to(garden.now), transaction(sessions) as session:
        [read] = [task for task in tasks.inbox(session, garden.rosa) if task.element_id == "read"]
        assert tasks.variables_for(session, garden.rosa, read)["grown"] == "leeks"
