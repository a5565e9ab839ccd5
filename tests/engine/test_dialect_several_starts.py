"""Processes with several starts: blank ones, of which each is a start of its own, and events that must all come."""

from __future__ import annotations

from typing import Any

import pytest

from engine import play, spiff
from engine.errors import Trouble
from tests.diagrams import (
    call,
    catch,
    condition,
    diagram,
    element,
    end,
    event,
    message,
    process,
    start,
    sub_process,
    throw,
    timer,
    user_task,
)
from tests.engine.cases import Case, problems_in
from tests.engine.played import played, rehearsed, seen

TWO = start("phoned") + start("written") + user_task("A") + user_task("B") + end("over")
TWO_ARROWS = "phoned A; written B; A over; B over"
SIGNAL = '<bpmn:signal id="go" name="go"/>'
MARKS = message("m", "m", "=k") + message("n", "n", "=k") + SIGNAL
KEYLESS = message("m", "m") + message("n", "n") + SIGNAL
ALL = start("all", event("message", "m") + event("message", "n") + event("signal", "go"), parallelMultiple="true") + user_task("A") + end()
ALL_ARROWS = "all A; A end"


# Blank ones


@pytest.mark.parametrize(("at", "task"), [("phoned", "A"), ("written", "B")])
def test_an_instance_begins_at_the_blank_start_event_that_is_named(at, task):
    run = Case(diagram(process(TWO, TWO_ARROWS)), start_event=at)

    assert run.open == [task]
    assert run.seen("entered") == [at, task]
    assert run.complete(task).done


def test_nobody_says_at_which_of_several_a_case_begins():
    with pytest.raises(Trouble, match="2 start events without an event"):
        Case(diagram(process(TWO, TWO_ARROWS)))


def test_a_rehearsal_begins_an_instance_at_each_or_at_the_one_that_is_named():
    events, outcome = played(process(TWO, TWO_ARROWS), answers={"A": {}, "B": {}})
    assert (outcome["state"], seen(events, "started")) == ("completed", ["phoned", "written"])
    assert [(one["instance"], one["element"]) for one in events if one["what"] == "entered" and one["element"] in "AB"] == [
        (1, "A"),
        (2, "B"),
    ]

    events, outcome = played(process(TWO, TWO_ARROWS), start_events=["written"])
    assert (seen(events, "started"), [wait["element"] for wait in outcome["waiting"]]) == (["written"], ["B"])


def test_a_start_event_that_is_named_says_which_process_is_rehearsed():
    other = process(start("s") + user_task("T") + end("e"), "s T; T e", "other")

    events, _ = played(process(TWO, TWO_ARROWS), other, start_events=["s"])
    assert [(one["process"], one["element"]) for one in events if one["what"] == "started"] == [("other", "s")]

    _, refused = played(process(TWO, TWO_ARROWS), start_events=["A"])
    assert refused["problems"] == [
        {"file": "", "element": "A", "sentence": "It is no start event of a process. The files have: phoned, written."}
    ]


def test_where_nothing_could_say_which_it_is_they_are_refused():
    inside = sub_process("P", TWO, TWO_ARROWS)
    assert "nothing says at which of them it begins" in problems_in(start() + inside + end(), "start P; P end")["P"]

    caller = process(start() + call("c", "two") + end(), "start c; c end")
    _, problems = spiff.compile_procedure({"p.bpmn": diagram(caller, process(TWO, TWO_ARROWS, "two"))})
    assert [(one.element, "Call a process with one" in one.message) for one in problems] == [("c", True)]


def test_a_process_that_is_worked_out_and_has_several_is_a_problem_of_the_call():
    caller = process(start() + call("c", '="two"') + end(), "start c; c end")

    run = Case(diagram(caller, process(TWO, TWO_ARROWS, "two")))

    assert [(ident, "start events without an event" in said) for ident, said in run.troubles] == [("c", True)]


# All of several events


def everything(*more: str, marks: str = MARKS) -> bytes:
    return diagram(marks, process(ALL, ALL_ARROWS), *more)


def test_the_first_of_all_events_begins_an_instance_that_waits_for_the_others():
    run = Case(everything(), variables={"k": 7}, start_event="all[2]")

    assert (run.open, run.seen("entered")) == ([], ["all"])
    run.signal("go")
    assert not run.message("n", 7)
    assert run.message("m", 7, brought=1)

    assert (run.open, run.variables) == (["A"], {"k": 7, "brought": 1})
    assert run.seen("fired") == ["all"]
    assert run.complete("A").done


def test_begun_by_hand_or_called_a_process_is_behind_its_start_event():
    caller = process(start() + call("c", "p") + end("e"), "start c; c e", "caller")

    assert Case(everything(), start_event="all").open == ["A"]
    _, outcome = rehearsed(everything(caller), processes=["caller"])
    assert [(wait["kind"], wait["element"]) for wait in outcome["waiting"]] == [("user task", "A")]


def test_it_waits_for_a_time_and_a_condition_in_the_instance():
    definitions = event("message", "m") + timer("timeDuration", "P2D") + condition("=n > 1")
    body = start("all", definitions, parallelMultiple="true") + user_task("A") + user_task("B") + end()
    run = Case(diagram(MARKS, process(body, "all A; A end; all B; B end")), variables={"n": 2, "k": 1}, start_event="all[1]")
    assert run.open == []

    run.later(days=2)

    assert run.open == ["A", "B"]


def test_the_facts_name_what_begins_an_instance():
    definitions = timer("timeDate", "2026-02-01") + event("message", "m") + event("signal", "go")
    body = (
        start("all", definitions, parallelMultiple="true") + start("any", event("signal", "go") + timer("timeDate", "2026-02-01")) + end()
    )
    compiled, problems = spiff.compile_procedure({"p.bpmn": diagram(MARKS, process(body, "all end; any end"))})

    assert problems == []
    assert [(one.entry, one.event) for one in compiled.processes["p"].beginnings] == [
        ("all[2]", "message"),
        ("all[3]", "signal"),
        ("any", "signal"),
        ("any", "timer"),
    ]


SENDER = process(
    start("s") + throw("t1", event("signal", "go")) + throw("t2", event("message", "m")) + throw("t3", event("message", "n")) + end("e"),
    "s t1; t1 t2; t2 t3; t3 e",
    "sender",
)


def test_a_signal_that_an_instance_needs_to_be_complete_begins_no_other():
    keyless = everything(SENDER, marks=KEYLESS)
    answers: dict[str, Any] = {"A": {}, "signals": [{"name": "go", "at": "P1D"}]}

    events, outcome = rehearsed(keyless, processes=["sender"], answers=answers)

    begun = [(one["time"][:10], one["process"]) for one in events if one["what"] == "started"]
    assert begun == [("2026-01-05", "sender"), ("2026-01-05", "p"), ("2026-01-06", "p")]
    assert [one["element"] for one in events if one["what"] == "completed" and one["instance"] == 2] == ["all", "A", "end"]
    assert {(wait["instance"], wait["kind"]) for wait in outcome["waiting"]} == {(3, "message")}


def test_its_messages_need_keys_and_only_what_nobody_can_send_is_taken_as_having_come():
    problems = problems_in(ALL, ALL_ARROWS, KEYLESS)
    assert "no correlation key" in problems["all"]

    events, outcome = rehearsed(everything(), answers={"A": {}})
    assert (outcome["state"], seen(events, "completed")) == ("completed", ["all", "A", "end"])


def test_behind_a_gateway_that_starts_a_process_all_must_come_too():
    behind = catch("x", event("message", "m") + event("signal", "go"), parallelMultiple="true") + catch("y", event("message", "n"))
    body = element("eventBasedGateway", "g", instantiate="true") + behind + user_task("A") + user_task("B") + end()
    run = Case(diagram(MARKS, process(body, "g x; g y; x A; y B; A end; B end")), variables={"k": 1}, start_event="x[2]")

    assert run.open == []
    assert not run.message("n", 1)
    assert run.message("m", 1)
    assert run.open == ["A"]


def test_lines_of_a_rehearsal_name_the_start_event_and_not_its_part():
    *events, _ = play.play({"a.bpmn": everything()}, answers={"messages": [{"name": "m", "variables": {"k": 1}, "key": "1"}]})

    assert [(one["element"], one["detail"]["variables"]) for one in events if one["what"] == "started"] == [("all", {"k": 1})]
