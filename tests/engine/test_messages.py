"""Signals and messages on their way between cases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event as listener
from sqlalchemy import select

from engine import clock, messages, scheduler, tasks
from engine.database import Sessions, transaction
from engine.errors import Invalid, NotFound
from engine.identity import Actor
from engine.models import Message, MessageState, Subscription, TaskState, UserTask
from engine.waits import MESSAGE_LIFE
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
    properties,
    start,
    sub_process,
    throw,
    user_task,
)
from tests.engine.cases import case, problems_in
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
    hand_over = messages._hand_over
    with clock.moved_to(garden.now), transaction(sessions) as session:
        odd, plain = (messages.publish(session, "nobody", key=None, variables={}) for _ in range(2))
        session.flush()
        monkeypatch.setattr(messages, "_hand_over", lambda s, message: 1 // (message.id - odd.id) and hand_over(s, message))

    with clock.moved_to(garden.now + 2 * MESSAGE_LIFE):
        messages.deliver(sessions)

    assert states(sessions) == {odd.id: MessageState.RETRYING, plain.id: MessageState.EXPIRED}


def states(sessions: Sessions) -> dict[int, MessageState]:
    with transaction(sessions, reading=True) as session:
        return {number: state for number, state in session.execute(select(Message.id, Message.state))}


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


PARCEL = message("parcel", "parcel", "=reference")
TWO_WAIT = bundle(
    gateway("which")
    + catch("porch", event("message", "parcel"))
    + user_task("open", form="do", candidateGroups="secretary", name="Open")
    + user_task("send", form="do", candidateGroups="secretary", name="Send"),
    "asked which; which porch | =height = 1; which send | default; porch open; open end; send end",
    also=message("parcel", "parcel", "=due"),
)


def publish(
    garden: Garden, key: str, *, times: int = 1, life: timedelta = MESSAGE_LIFE, kind: str = "message", name: str = "parcel"
) -> None:
    with clock.moved_to(garden.now), transaction(garden.sessions) as session:
        for number in range(times):
            messages.publish(session, name, key=key or None, variables={"number": number}, life=life, kind=kind)


def deliver(garden: Garden) -> int:
    with clock.moved_to(garden.now):
        return messages.deliver(garden.sessions)


def test_a_message_waits_for_who_comes_later_and_arrives_once(sessions: Sessions) -> None:
    garden = Garden(sessions, TWO_WAIT)
    publish(garden, "k", times=2)
    assert deliver(garden) == 0
    assert set(states(sessions).values()) == {MessageState.WAITING}

    first, second, elsewhere = (garden.start(height=1, due=key) for key in ("k", "k", "other"))

    assert deliver(garden) == 2
    assert deliver(garden) == 0
    assert [open_tasks(sessions, case) for case in (first, second, elsewhere)] == [["open"], ["open"], []]
    with clock.moved_to(garden.now), transaction(sessions) as session:
        opened = {t.instance_id: tasks.variables_for(session, garden.rosa, t)["number"] for t in tasks.inbox(session, garden.rosa)}
        kept = session.scalars(select(Message.variables)).all()
    assert opened == {first: 0, second: 1}  # the oldest message to the one who waited longest
    assert kept == [{}, {}]  # what a message brought is in its case, and nowhere else


def test_what_waits_costs_a_tick_nothing(sessions: Sessions) -> None:
    """Each message that nobody awaited was tried again at every tick, and after 500 of them no newer one was ever looked at."""
    garden = Garden(sessions, TWO_WAIT)
    publish(garden, "nobody", times=3)
    case = garden.start(height=1, due="k")
    deliver(garden)
    with transaction(sessions, reading=True) as session:
        assert session.scalars(select(Subscription.fresh)).all() == [False]
    statements: list[str] = []
    engine = sessions.kw["bind"]
    listener.listen(engine, "before_cursor_execute", lambda _c, _cursor, said, *_rest: statements.append(said.split()[0]))

    deliver(garden)
    assert set(statements) <= {"SELECT", "BEGIN"}

    publish(garden, "k")
    assert deliver(garden) == 1
    assert open_tasks(sessions, case) == ["open"]


def test_a_message_is_kept_for_its_time_and_then_given_up(sessions: Sessions, person: Callable[..., Actor]) -> None:
    ada, rita = person("Ada Min", "administrator"), person("Rita Low", "secretary")
    garden = Garden(sessions, TWO_WAIT)
    publish(garden, "k", life=timedelta(hours=1))
    publish(garden, "k", life=timedelta(days=3))
    deliver(garden)

    garden.later(hours=2)
    late = garden.start(height=1, due="k")
    assert deliver(garden) == 1
    assert deliver(garden) == 0

    with clock.moved_to(garden.now):
        scheduler.tidy(sessions)
    with clock.moved_to(garden.now), transaction(sessions) as session:
        [task] = tasks.inbox(session, garden.rosa)
        assert (task.instance_id, messages.given_up(session, ada)) == (late, 1)
        with pytest.raises(NotFound):
            messages.given_up(session, rita)
    with clock.moved_to(garden.now + timedelta(days=40)):
        scheduler.tidy(sessions)
    assert states(sessions) == {}


def test_a_message_without_any_time_reaches_only_who_waits_already(sessions: Sessions) -> None:
    garden = Garden(sessions, TWO_WAIT)
    garden.start(height=1, due="k")
    publish(garden, "k", times=2, life=timedelta())

    assert deliver(garden) == 1
    assert sorted(states(sessions).values()) == [MessageState.DELIVERED, MessageState.EXPIRED]


def test_only_the_machine_and_administrators_send_from_outside(sessions: Sessions, person: Callable[..., Actor]) -> None:
    ada, rita = person("Ada Min", "administrator"), person("Rita Low", "secretary")
    with transaction(sessions) as session:
        messages.publish(session, "parcel", key="k", variables={}, actor=ada)
        with pytest.raises(NotFound):
            messages.publish(session, "parcel", key="k", variables={}, actor=rita)
        with pytest.raises(Invalid, match="what the message is called"):
            messages.publish(session, " ", key="k", variables={}, actor=ada)


def test_several_processes_that_deliver_at_once_bring_each_message_to_one_case(sessions: Sessions) -> None:
    garden = Garden(sessions, TWO_WAIT)
    cases = [garden.start(height=1, due=f"k{number % 3}") for number in range(9)]
    for number in range(3):
        publish(garden, f"k{number}", times=4)

    with clock.moved_to(garden.now), ThreadPoolExecutor(4) as pool:
        arrived = sum(pool.map(lambda _: messages.deliver(sessions), range(4)))
        arrived += messages.deliver(sessions)

    assert arrived == 9
    assert [open_tasks(sessions, case) for case in cases] == [["open"]] * 9
    assert sorted(states(sessions).values()) == [MessageState.DELIVERED] * 9 + [MessageState.WAITING] * 3


def test_a_signal_reaches_every_case_that_listens_now(sessions: Sessions) -> None:
    garden = Garden(sessions, HEARD_TWICE)
    listening = [garden.start(height=0) for _ in range(3)]
    publish(garden, "", kind="signal", name="rain")

    assert deliver(garden) >= 3
    late = garden.start(height=0)
    assert deliver(garden) == 0

    assert all(open_tasks(sessions, case) in (["cover"], []) for case in listening)
    with transaction(sessions, reading=True) as session:
        waiting = session.scalars(select(Subscription.instance_id)).all()
    assert set(waiting) == {late}


LIVES = [("PT1H", timedelta(hours=1)), ('="P" + due + "D"', timedelta(days=2)), ("", MESSAGE_LIFE)]


@pytest.mark.parametrize(("written", "life"), LIVES)
def test_a_diagram_says_how_long_its_message_is_kept(sessions: Sessions, written: str, life: timedelta) -> None:
    note = throw("tell", event("message", "parcel"), properties(timeToLive=written) if written else "")
    garden = Garden(sessions, bundle(note, "asked tell; tell end", also=PARCEL))
    garden.start(due="2")

    with transaction(sessions, reading=True) as session:
        sent = session.scalars(select(Message)).one()
    assert sent.expires_at - sent.sent_at == life


def test_a_job_that_sends_a_message_says_so_with_a_header(sessions: Sessions) -> None:
    headed = (
        '<zeebe:taskDefinition type="send-message"/>' + headers(message="parcel", timeToLive="PT2H") + mapping([("= reference", "key")])
    )
    garden = Garden(sessions, bundle(throw("tell", event("message", "parcel"), headed), "asked tell; tell end", also=PARCEL))
    garden.start()
    garden.later(minutes=1)

    with transaction(sessions, reading=True) as session:
        sent = session.scalars(select(Message)).one()
    assert sent.expires_at - sent.sent_at == timedelta(hours=2)


def test_a_time_to_live_that_is_none_is_said_at_deployment_or_where_it_is_worked_out() -> None:
    drawn = throw("x", event("message", "parcel"), properties(timeToLive="a week"))
    assert "“a week” is not a duration" in problems_in(start() + drawn + end(), "start x; x end", also=PARCEL)["x"]

    drawn = throw("x", event("message", "parcel"), properties(timeToLive="=n"))
    run = case(start() + drawn + end(), "start x; x end", {"n": "soon", "reference": "r"}, also=PARCEL)
    assert run.troubles == [("x", run.troubles[0][1])]
    assert "what “=n” gives is not a duration" in run.troubles[0][1]
