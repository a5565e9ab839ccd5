"""What starts a process although it is no start event: receive tasks and event-based gateways."""

from __future__ import annotations

import pytest

from engine import play, spiff
from engine.errors import Trouble
from tests.diagrams import (
    boundary,
    catch,
    diagram,
    each,
    element,
    end,
    event,
    mapping,
    message,
    process,
    start,
    sub_process,
    throw,
    timer,
    user_task,
)
from tests.engine.cases import Case, problems_in

SIGNAL = '<bpmn:signal id="go" name="go"/>'
MARKS = message("m", "m") + message("n", "n", "=k") + SIGNAL


def receive(ident: str, reference: str = "m", extensions: str = "", loop: str = "") -> str:
    return element("receiveTask", ident, loop, extensions, messageRef=reference, instantiate="true")


def gateway(kind: str = "Exclusive") -> str:
    return element("eventBasedGateway", "g", instantiate="true", eventGatewayType=kind)


def begun(body: str, arrows: str, at: str | None, **variables: object) -> Case:
    return Case(diagram(MARKS, process(body, arrows)), variables=variables, start_event=at)


TASK = receive("R", extensions=mapping((), [("=a + 1", "b")])) + boundary("t", "R", timer("timeDuration", "P1D")) + user_task("A") + end()
TASK_ARROWS = "R A; A end; t end"


def test_an_instance_that_a_receive_task_begins_has_its_message():
    run = begun(TASK, TASK_ARROWS, "R", a=1)

    assert (run.open, run.variables, run.timers()) == (["A"], {"a": 1, "b": 2}, [])
    assert run.seen("entered") == ["R", "A"]
    assert run.complete("A").done


def test_led_back_to_it_would_wait_so_no_arrow_may_lead_there():
    assert "no arrow leads to it" in problems_in(TASK.replace('messageRef="m"', ""), TASK_ARROWS + "; A R")["R"]


FIRST = gateway() + catch("x", event("message", "m")) + catch("y", event("signal", "go")) + catch("z", timer("timeDate", "2026-02-01"))
FIRST += user_task("A") + user_task("B") + user_task("C") + end()
FIRST_ARROWS = "g x; g y; g z; x A; y B; z C; A end; B end; C end"


@pytest.mark.parametrize(("at", "task"), [("x", "A"), ("y", "B"), ("z", "C")])
def test_a_gateway_is_begun_by_the_first_of_its_events_and_the_others_are_not_awaited(at, task):
    run = begun(FIRST, FIRST_ARROWS, at)

    assert (run.open, run.timers(), run.tasks("y")) == ([task], [], [])
    assert run.complete(task).done


BOTH = gateway("Parallel") + catch("x", event("message", "n")) + catch("y", event("signal", "go")) + user_task("A") + user_task("B") + end()
BOTH_ARROWS = "g x; g y; x A; y B; A end; B end"


def test_a_parallel_gateway_is_begun_by_one_of_its_events_and_waits_for_the_others_in_the_same_instance():
    run = begun(BOTH, BOTH_ARROWS, "y", k=7)

    assert run.open == ["B"]
    assert not run.complete("B").done
    assert run.message("n", 7)
    assert run.open == ["A"]
    assert run.complete("A").done


def test_the_facts_name_everything_that_begins_a_process():
    body = (
        start() + start("s", event("message", "m") + event("signal", "go")) + receive("R") + gateway() + catch("x", event("signal", "go"))
    )
    files = {"p.bpmn": diagram(MARKS, process(body + end(), "start end; s end; R end; g x; x end"))}
    definitions, problems = spiff.compile_procedure(files)

    facts = definitions.processes["p"]
    assert (problems, facts.starts) == ([], ["start", "s", "R", "x"])
    assert [(each.id, each.event, each.event_name) for each in facts.elements["s"].by_trigger] == [
        ("s", "message", "m"),
        ("s", "signal", "go"),
    ]
    assert facts.elements["R"].event == "message"


def test_what_begins_nothing_is_no_start():
    with pytest.raises(Trouble, match="is no start event"):
        begun(BOTH, BOTH_ARROWS, "A")


def test_a_rehearsal_begins_a_process_by_what_another_throws():
    sender = process(start("s") + throw("t", event("signal", "go") + event("message", "m")) + end("e"), "s t; t e", "sender")
    files = {"p.bpmn": diagram(MARKS, process(FIRST, FIRST_ARROWS), sender)}

    told = list(play.play(files, processes=["sender"], answers={"A": {}, "B": {}}))

    started = [(one["process"], one["element"]) for one in told if one.get("what") == "started"]
    assert started == [("sender", ""), ("p", "y"), ("p", "x")]
    assert told[-1]["state"] == "completed"


def test_it_cannot_be_repeated_and_its_message_needs_no_key():
    assert problems_in(receive("R") + end(), "R end", MARKS) == {}
    assert problems_in(FIRST, FIRST_ARROWS, MARKS) == {}
    assert "no correlation key" in problems_in(BOTH.replace('Ref="n"', 'Ref="m"'), BOTH_ARROWS, MARKS)["x"]
    assert "cannot be repeated" in problems_in(receive("R", loop=each("=[1]")) + end(), "R end", MARKS)["R"]
    inside = sub_process("P", receive("R") + end("e"), "R e")
    assert "Only what stands in the process" in problems_in(start() + inside + end(), "start P; P end", MARKS)["R"]
