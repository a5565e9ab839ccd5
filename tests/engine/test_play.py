"""Rehearsing diagrams with prepared answers and a clock that jumps."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engine import play
from engine.errors import Invalid, NotFound, Refused
from engine.play import rehearsal
from tests.diagrams import (
    boundary,
    call,
    catch,
    diagram,
    each,
    end,
    event,
    gateway,
    handler,
    job,
    message,
    process,
    script,
    start,
    sub_process,
    throw,
    timer,
    user_task,
)
from tests.engine.played import played, seen

ASK = process(
    start() + user_task("A", name="Ask") + gateway("x") + user_task("B") + end(), "start A; A x; x B | =again; x end | default; B A"
)


def test_a_process_with_all_its_answers_runs_to_its_end():
    events, outcome = played(ASK, answers={"A": [{"again": True}, {"again": False}], "B": {}})

    assert outcome == {
        "state": "completed", "variables": {"again": False}, "waiting": [], "unused": [],
        "instances": [{"instance": 1, "process": "p", "state": "completed", "variables": {"again": False}}],
    }  # fmt: skip
    assert [(e["element"], e["what"]) for e in events[:4]] == [
        ("", "started"),
        ("start", "entered"),
        ("start", "completed"),
        ("A", "entered"),
    ]
    assert all(list(e) == ["time", "instance", "process", "element", "token", "scope", "what", "name", "detail"] for e in events)


def test_the_example_in_the_description_is_true():
    drawn = process(start("asked") + user_task("approve", name="Approve") + end(), "asked approve; approve end", "leave", name="Leave")
    described = (Path(__file__).parents[2] / "bpmn/README.md").read_text(encoding="utf-8")

    lines = play.play({"leave.bpmn": diagram(drawn)})

    assert [line for line in lines if json.dumps(line) not in described] == []


def test_two_runs_tell_the_same():
    inner = start("s") + user_task("A") + end("e")
    drawn = process(start() + sub_process("S", inner, "s A; A e", loop=each("=[1,2,3]")) + end(), "start S; S end")

    assert played(drawn, answers={"A": {}}) == played(drawn, answers={"A": {}})


def test_events_say_which_activity_they_are_inside_of():
    inner = sub_process("T", start("s2") + user_task("A") + end("e2"), "s2 A; A e2")
    drawn = process(start() + sub_process("S", start("s1") + inner + end("e1"), "s1 T; T e1") + end(), "start S; S end")

    events, outcome = played(drawn)

    token = {e["element"]: e["token"] for e in events if e["what"] == "entered"}
    scope = {e["element"]: e["scope"] for e in events if e["what"] == "entered"}
    assert (scope["S"], scope["T"], scope["A"]) == (None, token["S"], token["T"])
    assert outcome["waiting"][0]["scope"] == token["T"]
    assert sorted(token.values()) == [*range(1, len(token) + 1)]


def test_an_event_sub_process_is_directly_in_its_process():
    on = handler("H", start("h", event("message", "m")) + user_task("B") + end("he"), "h B; B he")

    events, _ = played(process(start() + user_task("A") + end() + on, "start A; A end"), message("m", "go"), answers={"h": {}})

    assert [e["scope"] for e in events if e["element"] in ("A", "H")] == [None] * 3


def test_a_user_task_without_an_answer_waits_and_is_listed():
    _, outcome = played(ASK, answers={"A": [{"again": True}]})

    assert outcome["state"] == "waiting"
    assert [(waiting["element"], waiting["kind"]) for waiting in outcome["waiting"]] == [("B", "user task")]


def test_answers_that_nobody_asked_for_are_told():
    assert played(ASK, answers={"A": [{"again": False}, {}], "Nobody": {}, "B": {}})[1]["unused"] == ["A", "B", "Nobody"]


def test_the_clock_jumps_to_the_next_timer_when_nothing_else_can_move():
    drawn = process(
        start() + catch("t", timer("timeDuration", "P42D")) + script("S", "=string(today())", "on") + end(), "start t; t S; S end"
    )

    events, outcome = played(drawn)

    assert outcome["variables"] == {"on": "2026-02-16"}
    assert events[-1]["time"] == "2026-02-16T09:00:00+00:00"


def test_the_clock_may_be_set_and_stopped():
    drawn = process(start() + catch("t", timer("timeDuration", "P42D")) + end(), "start t; t end")

    assert played(drawn, start=datetime(2030, 1, 1, tzinfo=UTC))[0][-1]["time"] == "2030-02-12T00:00:00+00:00"
    assert played(drawn, until=datetime(2026, 1, 27, tzinfo=UTC))[1]["waiting"][0]["due"] == "2026-02-16T09:00:00+00:00"


def test_time_passes_although_a_task_waits():
    body = start() + user_task("A") + boundary("b", "A", timer("timeDuration", "P7D")) + user_task("B") + end()

    events, outcome = played(process(body, "start A; A end; b B; B end"))

    assert seen(events, "fired") == ["b"]
    assert [waiting["element"] for waiting in outcome["waiting"]] == ["B"]


def test_what_repeats_without_end_is_told_ten_times_or_as_long_as_said():
    body = start() + user_task("A") + boundary("b", "A", timer("timeCycle", "R/P7D"), interrupting=False) + script("S", "=1", "x") + end()
    drawn = process(body, "start A; A end; b S; S end")

    assert len(seen(played(drawn)[0], "fired")) == 10
    events, outcome = played(drawn, until=datetime(2026, 1, 27, tzinfo=UTC))

    assert [e["time"][:10] for e in events if e["what"] == "fired"] == ["2026-01-12", "2026-01-19", "2026-01-26"]
    assert outcome["waiting"][-1]["due"].startswith("2026-02-02")
    assert len(seen(played(drawn.replace("R/P7D", "R25/P7D"))[0], "fired")) == 25


JOBS = process(start() + job("J") + job("K") + end(), "start J; J K; K end")


def test_a_job_waits_for_its_answer():
    outcome = played(JOBS, answers={"J": {"sent": True}})[1]

    assert (outcome["state"], outcome["variables"]) == ("waiting", {"sent": True})
    assert (outcome["waiting"][0]["kind"], outcome["waiting"][0]["type"]) == ("job", "work")


def test_jobs_without_an_answer_may_all_be_done():
    assert played(JOBS, answers={"J": {"sent": True}}, complete_jobs=True)[1]["variables"] == {"sent": True}


def test_an_answer_may_be_an_error():
    body = start() + job("J") + boundary("b", "J", event("error", "bad")) + user_task("A") + end()
    also = '<bpmn:error id="bad" name="E" errorCode="E1"/>'

    _, caught = played(process(body, "start J; J end; b A; A end"), also, answers={"J": {"error": "E1", "variables": {"why": "no"}}})
    _, uncaught = played(JOBS, answers={"J": {"error": "E2"}})

    assert (caught["waiting"][0]["element"], caught["variables"]) == ("A", {"why": "no"})
    assert (uncaught["state"], uncaught["waiting"][0]["kind"]) == ("incident", "incident")
    assert "E2" in uncaught["waiting"][0]["problem"]


def test_an_answer_may_take_its_time():
    body = start() + user_task("A") + boundary("b", "A", timer("timeDuration", "P2D"), interrupting=False) + script("S", "=1", "x") + end()
    drawn = process(body, "start A; A end; b S; S end")

    events, outcome = played(drawn, answers={"A": {"after": "P3D", "variables": {"late": True}}})
    early, _ = played(drawn, answers={"A": {"after": "P1D"}})

    assert (outcome["state"], outcome["variables"]) == ("completed", {"late": True, "x": 1})
    assert [e["time"][:10] for e in events if (e["element"], e["what"]) in (("b", "fired"), ("A", "completed"))] == [
        "2026-01-07",
        "2026-01-08",
    ]
    assert seen(early, "fired") == []


WRONG = [
    ({"A": 3}, "not a JSON object"),
    ({"A": [3]}, "not a JSON object"),
    ({"A": {"error": "E", "variables": 3}}, "variables for “A”"),
    ({"A": {"after": "a while"}}, "“after” for “A”"),
    ({"messages": {}}, "must be a list"),
    ({"signals": [{}]}, "must be a list"),
    ({"messages": [{"name": "m", "delay": "P1D"}]}, "“delay” is not known"),
    ({"messages": [{"name": "m", "at": "soon"}]}, "“at” in “messages”"),
    ({"messages": [{"name": "m", "variables": []}]}, "not a JSON object"),
]


@pytest.mark.parametrize(("answers", "words"), WRONG)
def test_answers_that_cannot_be_read_are_told(answers, words):
    with pytest.raises(Invalid, match=words):
        played(ASK, answers=answers)


def test_a_timer_starts_its_process_when_it_is_due():
    drawn = process(start("s", timer("timeCycle", "R3/P1D")) + end("e"), "s e")

    events, outcome = played(drawn)

    assert [e["time"][:10] for e in events if e["what"] == "started"] == ["2026-01-06", "2026-01-07", "2026-01-08"]
    assert [one["state"] for one in outcome["instances"]] == ["completed"] * 3
    assert len(played(drawn.replace("R3/", "R/"))[1]["instances"]) == 10
    none = played(drawn, until=datetime(2026, 1, 5, tzinfo=UTC))[1]
    assert (none["state"], [(waiting["element"], waiting["kind"]) for waiting in none["waiting"]]) == ("waiting", [("s", "timer")])


def test_a_timer_start_whose_time_is_unknown_is_refused():
    _, outcome = played(process(start("s", timer("timeDuration", "=length")) + end("e"), "s e"))

    assert (outcome["state"], outcome["problems"][0]["element"]) == ("refused", "s")


def test_a_failing_step_is_an_incident():
    _, outcome = played(process(start() + gateway("x") + user_task("A") + end(), "start x; x A | =n > 1; x end | default; A end"))

    assert outcome["state"] == "incident"
    assert "Variable 'n' not found." in outcome["waiting"][0]["problem"]


def test_what_no_server_could_store_is_an_incident():
    deep: dict[str, Any] = {}
    for _ in range(300):
        deep = {"inside": deep}

    events, outcome = played(ASK, answers={"A": deep})

    assert outcome["state"] == "incident"
    assert "cannot be kept as JSON" in events[-1]["detail"]["message"]


def test_a_diagram_with_problems_is_refused_with_all_of_them():
    _, outcome = played(process(start() + script("J", "", "") + gateway("g") + end(), "start J; J g"))

    assert outcome["state"] == "refused"
    assert sorted(problem["element"] for problem in outcome["problems"]) == ["J", "end", "g"]


def test_a_draft_may_be_played_by_naming_or_calling_it():
    draft = process(start("s") + end("e"), "s e", "draft", executable=False)
    caller = process(start() + call("C", "draft") + end(), "start C; C end")

    assert "name the process to play" in played(draft)[1]["problems"][0]["sentence"]
    named, outcome = played(draft, processes=["draft"])
    assert outcome["state"] == "completed"
    assert [(e["element"], e["detail"]["sentence"]) for e in named if e["what"] == "note"] == [
        ("draft", "The process is not marked as executable. Tick “Executable” in its properties.")
    ]
    assert [e["process"] for e in played(caller, draft)[0] if e["element"] == "s"] == ["draft"] * 2


def test_of_several_processes_the_one_that_no_other_calls_is_played():
    child = process(start("s") + end("e"), "s e", "child")
    parent = process(start() + call("C", "child") + end(), "start C; C end", "parent")

    assert played(child, parent)[0][0]["process"] == "parent"
    assert "Say which process" in played(child, process(start("a") + end("b"), "a b", "other"))[1]["problems"][0]["sentence"]
    assert "no such process" in played(child, processes=["nope"])[1]["problems"][0]["sentence"]


def test_of_several_processes_the_one_that_sends_is_played_and_starts_the_other():
    sender = process(start() + throw("t", event("signal", "go")) + end(), "start t; t end", "sender")
    other = process(start("s", event("signal", "go")) + end("e"), "s e", "other")

    _, outcome = played(other, sender, '<bpmn:signal id="go" name="go"/>')

    assert [(one["process"], one["state"]) for one in outcome["instances"]] == [("sender", "completed"), ("other", "completed")]


def test_a_token_that_waits_at_a_join_for_ever_is_told():
    body = start() + gateway("x") + user_task("A") + user_task("B") + gateway("j", "parallel") + end()

    _, outcome = played(process(body, "start x; x A | =true; x B | default; A j; B j; j end"), answers={"A": {}})

    assert outcome["state"] == "incident"
    assert [(waiting["element"], waiting["kind"]) for waiting in outcome["waiting"]] == [("j", "incident")]


def test_several_processes_may_be_named():
    two = [process(start(f"s{key}") + end(f"e{key}"), f"s{key} e{key}", key) for key in "ab"]

    assert [one["process"] for one in played(*two, processes=["b", "a", "b"])[1]["instances"]] == ["b", "a"]


def test_a_file_that_is_neither_a_diagram_nor_a_table_is_refused():
    [outcome] = play.play({"a.bpmn": diagram(ASK), "notes.txt": b"?"})

    assert [(problem["file"], outcome["state"]) for problem in outcome["problems"]] == [("notes.txt", "refused")]


def test_a_rehearsal_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(rehearsal, "MOST_MOVES", 50)

    events, outcome = played(ASK, answers={"A": {"again": True}, "B": {}})

    assert outcome["state"] == "stopped"
    assert len(events) < 250


TABLE = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="x" name="x" namespace="n">
<decision id="d" name="D"><literalExpression><text>n * 2</text></literalExpression></decision></definitions>"""


def test_a_decision_is_made_from_its_input():
    assert play.decide(TABLE, "d.dmn", "d", {"n": 21}) == (42, [])


def test_a_decision_that_is_not_there_is_told():
    with pytest.raises(NotFound, match="It has: d"):
        play.decide(TABLE, "d.dmn", "e", {})
    with pytest.raises(Refused, match="not readable as XML"):
        play.decide(b"<broken", "d.dmn", "d", {})


def test_a_decision_that_cannot_be_made_is_nothing_and_says_why():
    value, warnings = play.decide(TABLE.replace(b"n * 2", b"n *"), "d.dmn", "D", {})

    assert (value, warnings) == (None, ["The decision “D”: this is not a complete FEEL expression."])
