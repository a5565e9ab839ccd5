"""Rehearsing diagrams with prepared answers and a clock that jumps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine import play
from engine.errors import NotFound, Refused
from tests.diagrams import (
    boundary,
    call,
    catch,
    diagram,
    end,
    event,
    gateway,
    job,
    mapping,
    message,
    process,
    script,
    start,
    throw,
    timer,
    user_task,
)

BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)
PAID = message("m", "paid", "=order")


def played(*drawn: str, **options):
    """Events and outcome of a rehearsal that begins on a Monday morning."""
    *events, outcome = play.play({"a.bpmn": diagram(*drawn)}, start=BEGIN, **options)
    return events, outcome


ASK = process(
    start() + user_task("A", name="Ask") + gateway("x") + user_task("B") + end(), "start A; A x; x B | =again; x end | default; B A"
)


def test_a_process_with_all_its_answers_runs_to_its_end():
    events, outcome = played(ASK, answers={"A": [{"again": True}, {"again": False}], "B": {}})

    assert outcome == {"state": "completed", "variables": {"again": False}, "waiting": []}
    assert [(e["element"], e["what"]) for e in events[:4]] == [
        ("start", "entered"),
        ("start", "completed"),
        ("A", "entered"),
        ("A", "completed"),
    ]
    assert set(events[0]) == {"time", "instance", "process", "element", "what", "name", "detail"}


def test_a_user_task_without_an_answer_stops_the_run_and_is_listed():
    _, outcome = played(ASK, answers={"A": [{"again": True}]})

    assert outcome["state"] == "waiting"
    assert [(waiting["element"], waiting["kind"]) for waiting in outcome["waiting"]] == [("B", "user task")]


def test_the_clock_jumps_to_the_next_timer_when_nothing_else_can_move():
    drawn = process(
        start() + catch("t", timer("timeDuration", "P42D")) + script("S", "=string(today())", "on") + end(), "start t; t S; S end"
    )

    events, outcome = played(drawn)

    assert outcome["variables"] == {"on": "2026-02-16"}
    assert events[-1]["time"] == "2026-02-16T09:00:00+00:00"


def test_until_lets_the_clock_run_although_a_task_waits():
    body = start() + user_task("A") + boundary("b", "A", timer("timeCycle", "R/P7D"), interrupting=False) + job("J") + end()
    drawn = process(body, "start A; A end; b J; J end")

    assert sum(e["what"] == "fired" for e in played(drawn)[0]) == 0
    events, outcome = played(drawn, until=datetime(2026, 1, 27, tzinfo=UTC))

    assert [e["time"][:10] for e in events if e["what"] == "fired"] == ["2026-01-12", "2026-01-19", "2026-01-26"]
    assert outcome["waiting"][-1]["due"].startswith("2026-02-02")


def test_jobs_take_their_answers_or_are_done_without_a_result():
    drawn = process(start() + job("J") + job("K") + end(), "start J; J K; K end")

    assert played(drawn, answers={"J": {"sent": True}})[1] == {"state": "completed", "variables": {"sent": True}, "waiting": []}


def test_a_message_reaches_another_instance_and_may_start_one():
    sender = process(start() + throw("t", event("message", "m"), mapping([("=order", "n")])) + end(), "start t; t end", "sender")
    other = process(start("s", event("message", "m")) + user_task("A") + end("e"), "s A; A e", "other")

    events, outcome = played(sender, other, PAID, process="sender", variables={"order": 7}, answers={"A": {"done": True}})

    assert outcome["state"] == "completed"
    assert {e["instance"] for e in events} == {"sender", "other"}


def test_a_message_that_nobody_awaits_yet_is_kept():
    body = start() + throw("t", event("message", "m")) + catch("c", event("message", "m")) + end()

    assert played(process(body, "start t; t c; c end"), PAID, variables={"order": 7})[1]["state"] == "completed"


def test_a_message_from_outside_is_an_answer_too():
    drawn = process(start() + catch("c", event("message", "m")) + end(), "start c; c end")

    assert played(drawn, PAID, variables={"order": 7})[1]["state"] == "waiting"
    assert played(drawn, PAID, variables={"order": 7}, answers={"c": {"sum": 3}})[1]["variables"] == {"order": 7, "sum": 3}


def test_a_signal_reaches_the_others_once():
    caught = process(start("s", event("signal", "go")) + user_task("A") + end("e"), "s A; A e", "other")
    thrown = process(start() + throw("t", event("signal", "go")) + end(), "start t; t end", "sender")

    events, _ = played(thrown, caught, '<bpmn:signal id="go" name="go"/>', process="sender")

    assert [e["instance"] for e in events if e["element"] == "A"] == ["other"]


def test_a_failing_step_is_an_incident():
    _, outcome = played(process(start() + gateway("x") + user_task("A") + end(), "start x; x A | =n > 1; x end | default; A end"))

    assert outcome["state"] == "incident"
    assert "Variable 'n' not found." in outcome["waiting"][0]["problem"]


def test_a_diagram_with_problems_is_refused_with_all_of_them():
    _, outcome = played(process(start() + job("J", "") + gateway("g") + end(), "start J; J g"))

    assert outcome["state"] == "refused"
    assert len(outcome["problems"]) == 3


def test_a_draft_may_be_played_by_naming_its_process():
    draft = process(start() + end(), "start end", executable=False)

    assert played(draft)[1]["state"] == "refused"
    assert played(draft, process="p")[1]["state"] == "completed"


def test_of_several_processes_the_one_that_no_other_calls_is_played():
    child = process(start("s") + end("e"), "s e", "child")
    parent = process(start() + call("C", "child") + end(), "start C; C end", "parent")

    assert played(child, parent)[0][0]["process"] == "parent"
    assert "Say which process" in played(child, process(start("a") + end("b"), "a b", "other"))[1]["problems"][0]
    assert "no such process" in played(child, process="nope")[1]["problems"][0]


def test_a_rehearsal_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(play, "MOST_MOVES", 50)

    events, outcome = played(ASK, answers={"A": {"again": True}, "B": {}})

    assert outcome["state"] == "waiting"
    assert len(events) < 200


TABLE = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="x" name="x" namespace="n">
<decision id="d" name="D"><literalExpression><text>n * 2</text></literalExpression></decision></definitions>"""


def test_a_decision_is_made_from_its_input():
    assert play.decide(TABLE, "d.dmn", "d", {"n": 21}) == 42


def test_a_decision_that_is_not_there_or_not_readable_is_told():
    with pytest.raises(NotFound, match="It has: d"):
        play.decide(TABLE, "d.dmn", "e", {})
    with pytest.raises(Refused, match="cannot be read"):
        play.decide(TABLE.replace(b"n * 2", b"n *"), "d.dmn", "d", {})
