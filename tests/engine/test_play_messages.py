"""Messages and signals between the instances of a rehearsal, and from outside."""

from __future__ import annotations

from tests.diagrams import (
    boundary,
    catch,
    element,
    end,
    event,
    gateway,
    mapping,
    message,
    process,
    properties,
    start,
    throw,
    timer,
    times,
    user_task,
)
from tests.engine.played import played, seen

PAID = message("m", "paid", "=order")


SENDER = process(start() + throw("t", event("message", "m"), mapping([("=order", "n")])) + end(), "start t; t end", "sender")


def test_a_message_starts_an_instance_of_another_process():
    other = process(start("s", event("message", "m")) + user_task("A") + end("e"), "s A; A e", "other")

    events, outcome = played(SENDER, other, PAID, processes=["sender"], variables={"order": 7}, answers={"A": {"done": True}})

    assert outcome["state"] == "completed"
    assert [(one["instance"], one["process"], one["variables"]) for one in outcome["instances"]] == [
        (1, "sender", {"order": 7}),
        (2, "other", {"n": 7, "done": True}),
    ]
    assert [(e["what"], e["element"], e["instance"]) for e in events if "message" in e["what"]] == [("message_sent", "t", 1)]


def test_a_message_is_told_of_where_it_is_thrown():
    events, _ = played(SENDER, PAID, variables={"order": 7})

    assert [(e["element"], e["what"]) for e in events[3:6]] == [("t", "entered"), ("t", "message_sent"), ("t", "completed")]
    assert events[4]["detail"] == {"key": "7", "variables": {"n": 7}}
    assert events[4]["token"] == events[3]["token"]


def test_everything_is_told_in_the_order_in_which_it_happens():
    go = event("signal", "go")
    body = start() + gateway("f", "parallel") + user_task("A") + boundary("b", "A", go) + element("task", "x") + element("task", "y")
    body += throw("t", go + event("message", "m")) + user_task("B")
    arrows = "start f; f A; f x; x y; y t; b B"

    events, _ = played(process(body, arrows), PAID, '<bpmn:signal id="go" name="go"/>', variables={"order": 7})

    told = [(e["element"], e["what"]) for e in events if e["element"] in ("A", "b", "t")]
    assert told == [
        ("A", "entered"), ("t", "entered"), ("t", "signal_sent"), ("A", "cancelled"), ("b", "fired"), ("t", "message_sent"),
        ("t", "completed"),
    ]  # fmt: skip


def test_what_an_activity_throws_by_itself_is_told_when_it_does():
    loop = times("2", one_by_one=True, behavior="None", noneBehaviorEventRef="shout")
    also = '<bpmn:signal id="go" name="go"/><bpmn:signalEventDefinition id="shout" signalRef="go"/>'
    drawn = process(start() + user_task("A", loop=loop) + end(), "start A; A end")

    events, _ = played(drawn, also, answers={"A": {}})

    told = [e["what"] for e in events if e["element"] == "A" and e["what"] in ("completed", "signal_sent")]
    assert told[:4] == ["completed", "signal_sent", "completed", "signal_sent"]


def late(life: str, days: int) -> tuple[list[tuple[str, str]], str]:
    """A message that lives so long, and is awaited after so many days."""
    sent = throw("t", event("message", "m"), properties(timeToLive=life) if life else "")
    body = start() + sent + catch("w", timer("timeDuration", f"P{days}D")) + catch("c", event("message", "m")) + end()
    events, outcome = played(process(body, "start t; t w; w c; c end"), PAID, variables={"order": 7})
    return [(e["time"][:10], e["what"]) for e in events if e["what"].startswith("message_")][1:], outcome["state"]


def test_a_kept_message_is_there_until_its_life_is_over():
    assert late("P3D", 2) == ([("2026-01-05", "message_kept"), ("2026-01-07", "message_received")], "completed")
    assert late("P3D", 4) == ([("2026-01-05", "message_kept"), ("2026-01-08", "message_expired")], "waiting")
    assert late("", 29)[1] == "completed"
    assert late("", 31) == ([("2026-01-05", "message_kept"), ("2026-02-04", "message_expired")], "waiting")


def test_a_message_that_is_only_for_who_awaits_it_now_is_not_kept():
    assert late("PT0S", 1) == ([("2026-01-05", "message_expired")], "waiting")


def test_a_message_that_nobody_awaits_yet_is_kept():
    body = start() + throw("t", event("message", "m")) + catch("c", event("message", "m")) + end()

    events, outcome = played(process(body, "start t; t c; c end"), PAID, variables={"order": 7})

    assert outcome["state"] == "completed"
    assert [e["what"] for e in events if "message" in e["what"]] == ["message_sent", "message_received"]


def test_a_message_goes_by_name_and_key_to_one_instance():
    waiting = [
        process(start(f"s{n}") + catch(f"c{n}", event("message", "m")) + end(f"e{n}"), f"s{n} c{n}; c{n} e{n}", f"w{n}") for n in (1, 2)
    ]
    wrong = {"messages": [{"name": "paid", "key": 8}, {"name": "other", "key": 7}]}

    _, none = played(*waiting, PAID, processes=["w1", "w2"], variables={"order": 7}, answers=wrong)
    events, one = played(*waiting, PAID, processes=["w1", "w2"], variables={"order": 7}, answers={"messages": [{"name": "paid", "key": 7}]})

    assert [waiting["element"] for waiting in none["waiting"]] == ["c1", "c2"]
    assert [waiting["element"] for waiting in one["waiting"]] == ["c2"]
    assert seen(events, "message_received") == ["c1"]


def pools(*processes: str, flows: str = "") -> str:
    inside = "".join(f'<bpmn:participant id="pool_{key}" processRef="{key}"/>' for key in processes)
    ends = (flow.split() for flow in flows.split(";") if flow.strip())
    arrows = "".join(f'<bpmn:messageFlow id="f_{source}_{target}" sourceRef="{source}" targetRef="{target}"/>' for source, target in ends)
    return element("collaboration", "c", inside + arrows)


def receiver(key: str, body: str = "") -> str:
    return process(
        start(f"s{key}") + (body or catch(f"c{key}", event("message", "m"))) + end(f"e{key}"), f"s{key} c{key}; c{key} e{key}", key
    )


def test_every_pool_is_started_and_a_message_goes_where_its_flow_leads():
    drawn = (pools("one", "two", "sender", flows="t ctwo"), receiver("one"), receiver("two"), SENDER, message("m", "hello"))

    events, outcome = played(*drawn)

    assert [one["process"] for one in outcome["instances"]] == ["one", "two", "sender"]
    assert seen(events, "message_received") == ["ctwo"]
    assert [waiting["element"] for waiting in outcome["waiting"]] == ["cone"]


def test_a_message_flow_to_a_whole_pool_reaches_whatever_waits_in_it():
    drawn = (pools("one", "two", "sender", flows="t pool_two"), receiver("one"), receiver("two"), SENDER, message("m", "hello"))

    assert seen(played(*drawn)[0], "message_received") == ["ctwo"]


def test_a_message_from_outside_needs_no_message_flow():
    empty = '<bpmn:participant id="customer"/><bpmn:messageFlow id="f" sourceRef="customer" targetRef="cone"/></bpmn:collaboration>'
    drawn = pools("one", "two").replace("</bpmn:collaboration>", empty)

    events, _ = played(drawn, receiver("one"), receiver("two"), message("m", "hello"), answers={"messages": [{"name": "hello"}] * 2})

    assert seen(events, "message_received") == ["cone", "ctwo"]


def test_ends_of_a_message_flow_need_no_message_of_their_own():
    asks = receiver("one", throw("cone", event("message")))

    events, outcome = played(pools("one", "two", flows="cone ctwo"), asks, receiver("two", catch("ctwo", event("message"))))

    assert outcome["state"] == "completed"
    assert [e["detail"]["file"] for e in events if e["what"] == "note"][:1] == ["a.bpmn"]


def test_a_message_flow_to_a_pool_brings_the_message_that_the_pool_awaits():
    asks = process(start() + throw("t", event("message")) + end(), "start t; t end", "one")
    starts = process(start("s", event("message", "m")) + end("e"), "s e", "two")

    _, outcome = played(pools("one", "two", flows="t pool_two"), asks, starts, message("m", "order"))

    assert [(one["process"], one["state"]) for one in outcome["instances"]] == [("one", "completed"), ("two", "completed")]


def test_a_pool_that_a_message_starts_is_not_started_twice():
    waits = process(start("s", event("message", "m")) + user_task("A") + end("e"), "s A; A e", "two")

    _, outcome = played(pools("sender", "two"), SENDER, waits, PAID, variables={"order": 7})

    assert [one["process"] for one in outcome["instances"]] == ["sender", "two"]


def test_two_pools_may_talk_for_long():
    def talks(key: str, opens: str, first: str, second: str) -> str:
        body = start(f"s{key}") + gateway(f"x{key}") + opens + gateway(f"y{key}") + end(f"e{key}")
        done = f"y{key} e{key} | =n >= 500; y{key} x{key} | default"
        return process(body, f"s{key} x{key}; x{key} {first}; {first} {second}; {second} y{key}; {done}", key)

    count = mapping((), [("=if n = null then 1 else n + 1", "n")])
    ping = throw("t1", event("message", "ping"), count) + catch("c1", event("message", "pong"))
    pong = catch("c2", event("message", "ping"), count) + throw("t2", event("message", "pong"))
    also = message("ping", "ping") + message("pong", "pong")

    _, outcome = played(pools("one", "two"), talks("one", ping, "t1", "c1"), talks("two", pong, "c2", "t2"), also)

    assert (outcome["state"], outcome["variables"]["n"]) == ("completed", 500)


def test_a_message_from_outside_is_an_answer_too_and_comes_once():
    drawn = process(start() + catch("c", event("message", "m")) + catch("k", event("message", "m")) + end(), "start c; c k; k end")

    assert played(drawn, PAID, variables={"order": 7})[1]["state"] == "waiting"
    assert played(drawn, PAID, variables={"order": 7}, answers={"c": {"sum": 3}, "k": {}})[1]["variables"] == {"order": 7, "sum": 3}


def test_messages_and_signals_come_from_outside_at_their_moments():
    also = message("m", "paid") + '<bpmn:signal id="go" name="go"/>'
    drawn = process(start() + catch("c", event("message", "m")) + catch("k", event("signal", "go")) + end(), "start c; c k; k end")
    outside = {
        "signals": [{"name": "go", "at": "2026-03-01T12:00:00Z"}, {"name": "go", "at": "P1D"}],
        "messages": [{"name": "paid", "at": "P30D", "variables": {"sum": 3}}],
    }  # the first signal comes before anybody waits for it, and is lost

    events, outcome = played(drawn, also, answers=outside)

    assert (outcome["state"], outcome["variables"]) == ("completed", {"sum": 3})
    assert [(e["time"][:10], e["what"]) for e in events if e["what"].endswith("_sent")] == [
        ("2026-01-06", "signal_sent"),
        ("2026-02-04", "message_sent"),
        ("2026-03-01", "signal_sent"),
    ]


def test_a_signal_reaches_the_others_once():
    caught = process(start("s", event("signal", "go")) + user_task("A") + end("e"), "s A; A e", "other")
    thrown = process(start() + throw("t", event("signal", "go")) + end(), "start t; t end", "sender")

    events, _ = played(thrown, caught, '<bpmn:signal id="go" name="go"/>', processes=["sender"])

    assert [e["instance"] for e in events if e["element"] == "A"] == [2]


def test_a_process_that_only_a_message_starts_waits_for_the_one_from_outside():
    drawn = process(start("s", event("message", "m")) + end("e"), "s e")

    _, outcome = played(drawn, PAID, answers={"messages": [{"name": "paid", "variables": {"sum": 3}, "at": "P1D"}] * 2})

    assert [one["variables"] for one in outcome["instances"]] == [{"sum": 3}] * 2


def test_a_process_that_only_a_message_starts_begins_by_itself_where_nobody_could_send_it():
    drawn = process(start("s", event("message", "m")) + end("e"), "s e")

    events, outcome = played(drawn, PAID, variables={"sum": 3})

    assert (outcome["state"], outcome["variables"], events[0]["element"]) == ("completed", {"sum": 3}, "s")
