"""Events and scopes: what happens inside is caught at the right place, ends what it should, and nothing else."""

from __future__ import annotations

import cProfile
from collections.abc import Callable

import pytest

from tests.diagrams import (
    boundary,
    call,
    catch,
    condition,
    diagram,
    each,
    element,
    end,
    event,
    gateway,
    handler,
    message,
    process,
    script,
    start,
    sub_process,
    throw,
    timer,
    user_task,
)
from tests.engine.cases import Case, case

MARKS = (
    '<bpmn:error id="bad" name="E" errorCode="bad"/><bpmn:escalation id="up" name="S" escalationCode="up"/>'
    '<bpmn:signal id="go" name="go"/><bpmn:signal id="open" name="open"/>' + message("m", "paid", "=order")
)
THROWN = {"escalation": throw("x", event("escalation", "up")), "error": end("x", event("error", "bad"))}
TRIGGERS: dict[str, tuple[str, Callable[[Case], object]]] = {
    "message": (event("message", "m"), lambda run: run.message("paid", 7)),
    "timer": (timer("timeDuration", "PT1H"), lambda run: run.later(hours=1)),
    "signal": (event("signal", "go"), lambda run: run.signal("go")),
    "conditional": (condition("=n > 0"), lambda run: run.complete("B", n=1)),
    "escalation": (event("escalation", "up"), lambda run: run.complete("B")),
    "error": (event("error", "bad"), lambda run: run.complete("B")),
}


def on(ident: str, trigger: str, body: str, arrows: str, *, interrupting: bool = True) -> str:
    """An event sub-process; its start event is its id and “s”."""
    return handler(ident, start(f"{ident}s", trigger, isInterrupting=str(interrupting).lower()) + body, arrows)


def run(body: str, arrows: str, *files: bytes) -> Case:
    return case(start() + body + end(), arrows, {"order": 7, "n": 0}, also=MARKS, files=files)


def scope(kind: str, *, interrupting: bool) -> tuple[str, str]:
    """Two tasks side by side, the second of which throws where its kind is thrown, and the event sub-process."""
    caught = on("X", TRIGGERS[kind][0], user_task("H") + end("xe"), "Xs H; H xe", interrupting=interrupting)
    body = start("s1") + gateway("f", "parallel") + user_task("A") + user_task("B") + THROWN.get(kind, element("task", "x")) + end("e1")
    return body + caught, "s1 f; f A; f B; A e1; B x" + ("; x e1" if kind != "error" else "")


def in_process(body: str, arrows: str) -> Case:
    return case(body, arrows, {"order": 7, "n": 0}, also=MARKS)


def in_sub_process(body: str, arrows: str) -> Case:
    return run(sub_process("P", body, arrows), "start P; P end")


def in_called_process(body: str, arrows: str) -> Case:
    return run(call("C", "child"), "start C; C end", diagram(MARKS, process(body, arrows, "child")))


def in_one_of_several(body: str, arrows: str) -> Case:
    return run(sub_process("P", body, arrows, loop=each("=[1]", "item")), "start P; P end")


def in_event_sub_process(body: str, arrows: str) -> Case:
    around = sub_process("P", body, arrows)
    one = run(user_task("Z") + on("O", event("signal", "open"), around + end("oe"), "Os P; P oe"), "start Z; Z end")
    one.signal("open")
    return one


@pytest.mark.parametrize("place", [in_process, in_sub_process, in_called_process, in_one_of_several, in_event_sub_process])
@pytest.mark.parametrize("kind", TRIGGERS)
def test_an_interrupting_event_sub_process_replaces_its_scope_at_every_level(kind, place):
    one = place(*scope(kind, interrupting=True))
    assert one.open == ["A", "B"]

    TRIGGERS[kind][1](one)

    assert one.open == ["H"]
    assert one.complete("H").done


@pytest.mark.parametrize("place", [in_process, in_sub_process, in_called_process, in_one_of_several, in_event_sub_process])
@pytest.mark.parametrize("kind", [kind for kind in TRIGGERS if kind != "error"])
def test_a_dashed_event_sub_process_runs_beside_its_scope_at_every_level(kind, place):
    one = place(*scope(kind, interrupting=False))

    TRIGGERS[kind][1](one)

    assert "H" in one.open
    assert "A" in one.open
    for task in one.open:
        one.complete(task)
    assert one.done


INSIDE = start("s1") + gateway("f", "parallel") + user_task("A") + user_task("B")
HOSTS = {
    "sub-process": lambda body, arrows: sub_process("P", body, arrows),
    "transaction": lambda body, arrows: sub_process("P", body, arrows, kind="transaction"),
    "called process": lambda body, arrows: call("P", "child"),
    "several": lambda body, arrows: sub_process("P", body, arrows, loop=each("=[1]", "item")),
    "several called": lambda body, arrows: call("P", "child", loop=each("=[1]", "item")),
}


# What a called process sets is its own until it is done, so that no condition around it changes; an error always interrupts.
HEARD = [(kind, host) for kind in TRIGGERS for host in HOSTS if not (kind == "conditional" and "called" in host)]
BORDERS = [(*heard, True) for heard in HEARD] + [(*heard, False) for heard in HEARD if heard[0] != "error"]


@pytest.mark.parametrize(("kind", "host", "interrupting"), BORDERS)
def test_an_event_on_a_border_hears_what_happens_in_any_kind_of_activity(kind, host, interrupting):
    body, arrows = INSIDE + THROWN.get(kind, element("task", "x")) + end("e1"), "s1 f; f A; f B; A e1; B x"
    arrows += "; x e1" if kind != "error" else ""
    border = boundary("b", "P", TRIGGERS[kind][0], interrupting=interrupting) + user_task("H")
    child = diagram(MARKS, process(body, arrows, "child"))
    one = run(HOSTS[host](body, arrows) + border, "start P; P end; b H; H end", child)

    TRIGGERS[kind][1](one)

    assert one.open == (["H"] if interrupting else sorted({*one.open, "A", "H"}))
    for task in one.open:
        one.complete(task)
    assert one.done


def test_an_error_of_one_event_sub_process_is_caught_by_another_of_the_same_scope():
    failing = on("N", event("message", "m"), end("boom", event("error", "bad")), "Ns boom", interrupting=False)
    caught = on("X", event("error", "bad"), user_task("H") + end("xe"), "Xs H; H xe")
    one = run(user_task("A") + failing + caught, "start A; A end")

    one.message("paid", 7)

    assert (one.open, one.troubles) == (["H"], [])


def test_what_an_event_sub_process_throws_itself_goes_outwards():
    """Else it would start itself again without end."""
    own = on(
        "X", event("escalation", "up"), throw("again", event("escalation", "up")) + user_task("H"), "Xs again; again H", interrupting=False
    )
    inner = start("s1") + throw("x", event("escalation", "up")) + user_task("A") + end("e1") + own
    body = sub_process("P", inner, "s1 x; x A; A e1") + boundary("b", "P", event("escalation", "up"), interrupting=False) + user_task("K")

    assert run(body, "start P; P end; b K; K end").open == ["A", "H", "K"]


def test_an_error_thrown_while_one_is_handled_is_not_caught_by_the_same_event():
    own = on("X", event("error", "bad"), end("worse", event("error", "bad")), "Xs worse")
    body = sub_process("P", start("s1") + end("x", event("error", "bad")) + own, "s1 x") + boundary("b", "P", event("error", "bad"))

    assert run(body + user_task("K"), "start P; P end; b K; K end").open == ["K"]


def test_an_escalation_is_caught_again_and_again():
    inner = start("s1") + gateway("g") + throw("x", event("escalation", "up")) + user_task("A") + gateway("h") + end("e1")
    part = sub_process("P", inner, "s1 g; g x; x A; A h; h e1 | =n > 2; h g | default")
    one = run(part + boundary("b", "P", event("escalation", "up"), interrupting=False) + user_task("K"), "start P; P end; b K; K end")

    one.complete("A", n=1).complete("A", n=2).complete("A", n=3)

    assert one.open == ["K", "K", "K"]


def test_events_on_the_border_of_a_called_process_hear_what_happens_in_it():
    child = process(start("s1") + throw("x", event("escalation", "up")) + user_task("A") + end("e1"), "s1 x; x A; A e1", "child")
    body = call("C", "child") + boundary("b", "C", event("escalation", "up"), interrupting=False)
    body += boundary("late", "C", timer("timeDuration", "P1D")) + user_task("H") + user_task("L")
    one = run(body, "start C; C end; b H; late L; H end; L end", diagram(MARKS, child))
    assert one.open == ["A", "H"]

    assert one.later(days=1).open == ["H", "L"]


def test_an_error_of_one_instance_ends_all_of_them():
    inner = start("s1") + user_task("A") + gateway("g") + end("x", event("error", "bad")) + end("e1")
    part = sub_process("P", inner, "s1 A; A g; g x | =it = 2; g e1 | default", loop=each("=[1, 2, 3]", "it"))
    one = run(part + boundary("b", "P", event("error", "bad")) + user_task("H"), "start P; P end; b H; H end")

    one.complete("A", number=1)

    assert one.open == ["H"]
    assert one.count("A", "cancelled") == 2


def test_a_terminate_end_of_one_instance_leaves_the_others():
    inner = start("s1") + gateway("f", "parallel") + user_task("A") + user_task("B") + end("t", event("terminate"))
    part = sub_process("P", inner, "s1 f; f A; f B; A t; B t", loop=each("=[1, 2]", "it"))
    one = run(part + user_task("Z"), "start P; P Z; Z end")

    assert one.complete("A").open == ["A", "B"]
    assert one.complete("B").open == ["Z"]


@pytest.mark.parametrize("kind", ["signal", "escalation", "error"])
def test_an_end_event_that_interrupts_what_it_stands_in_has_ended_as_drawn(kind):
    mark = {"signal": "go", "escalation": "up", "error": "bad"}[kind]
    part = sub_process("P", start("s1") + end("x", event(kind, mark)), "s1 x") + boundary("b", "P", event(kind, mark))
    one = run(part + user_task("H"), "start P; P end; b H; H end")

    assert one.open == ["H"]
    told = [(said.element_id, said.what) for said in one.happened if said.element_id in ("x", "P", "b")]
    assert told == [("P", "entered"), ("x", "entered"), ("x", "completed"), ("P", "cancelled"), ("b", "fired")]


def test_a_link_is_caught_from_wherever_it_is_thrown():
    links = throw("l1", event("link", name="L")) + throw("l2", event("link", name="L")) + catch("k", event("link", name="L"))

    assert run(gateway("f", "parallel") + links + user_task("A"), "start f; f l1; f l2; k A; A end").open == ["A", "A"]


def test_a_parallel_gateway_in_a_loop_costs_the_same_each_time():
    """In SpiffWorkflow 160 turns take a hundred times as long as 20."""

    def calls(turns: int) -> int:
        body = gateway("g") + gateway("f", "parallel") + script("A", "=n + 1", "n") + element("task", "B")
        arrows = f"start g; g f; f A; f B; A j; B j; j h; h end | =n >= {turns}; h g | default"
        profile = cProfile.Profile(builtins=False)
        done = profile.runcall(run, body + gateway("j", "parallel") + gateway("h"), arrows).done
        assert done
        return sum(entry.callcount for entry in profile.getstats())

    few, more, most = calls(10), calls(110), calls(510)

    assert (most - few) / (more - few) < 5.5
