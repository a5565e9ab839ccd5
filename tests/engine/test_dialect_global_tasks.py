"""Global tasks: drawn nowhere, and called by call activities."""

from __future__ import annotations

import pytest

from engine import play, spiff
from tests.diagrams import boundary, call, diagram, each, element, end, mapping, process, rule, script, start, timer, user_task
from tests.engine.cases import Case
from tests.engine.test_twin import SIZES, steps_of

COUNT = script("count", "=get or else(n, 0) + 1", "n").replace("scriptTask", "globalScriptTask")
ASK = user_task("ask", name="Ask them", candidateGroups="clerks", form="f").replace("userTask id", "globalUserTask id")
ASK = ASK.replace("</bpmn:userTask>", "</bpmn:globalUserTask>")


def calling(task: str, ident: str, also: str = "", arrows: str = "start C; C end", **said: str) -> Case:
    return Case(diagram(task, process(start() + call("C", ident, **said) + also + end(), arrows)), dmn=SIZES)


def test_a_call_activity_runs_a_global_script_task():
    run = calling(COUNT, "count")

    assert (run.done, run.variables, run.seen("completed")) == (True, {"n": 1}, ["start", "count", "C", "end"])


def test_a_global_user_task_is_a_task_like_any_other():
    run = calling(ASK, "ask")

    assert (run.task("ask").name, run.task("ask").candidate_groups, run.task("ask").form_key) == ("Ask them", ("clerks",), "f")
    assert run.complete("ask", answer=1).done
    assert run.variables == {"answer": 1}


@pytest.mark.parametrize("kind", ["globalTask", "globalManualTask"])
def test_global_tasks_that_do_nothing_let_the_token_pass(kind):
    assert calling(element(kind, "pass"), "pass").done


def test_a_global_business_rule_task_asks_its_table():
    table = rule("decide", "plot_size", "plot").replace("businessRuleTask", "globalBusinessRuleTask")

    run = calling(table, "decide")

    assert (run.seen("decided"), run.done) == (["decide"], True)


def test_bpmns_own_attribute_names_what_is_called():
    own = element("callActivity", "C", calledElement="count")
    run = Case(diagram(COUNT, process(start() + own + end(), "start C; C end")))
    assert run.variables == {"n": 1}

    child = process(start("s") + user_task("A") + end("e"), "s A; A e", "child")
    own = element("callActivity", "C", calledElement="child")
    assert Case(diagram(process(start() + own + end(), "start C; C end"), child)).open == ["A"]


def test_events_on_the_border_mappings_and_markers_belong_to_the_call():
    many = call("C", "ask", mapping([("=who", "asked")]), each('=["a", "b"]', "who"))
    body = start() + many + boundary("b", "C", timer("timeDuration", "P1D")) + user_task("L") + end()
    run = Case(diagram(ASK, process(body, "start C; C end; b L; L end")))

    assert [run.scope("ask", number)["asked"] for number in (0, 1)] == ["a", "b"]
    assert run.complete("ask").later(days=1).open == ["L"]


def test_one_that_nobody_calls_is_not_looked_at():
    assert Case(
        diagram(element("globalScriptTask", "odd", "<bpmn:script>print(1)</bpmn:script>"), process(start() + end(), "start end"))
    ).done


def test_its_problems_are_named():
    drawn = diagram(script("bad", "=1 +", "n").replace("scriptTask", "globalScriptTask"), process(start() + call("C", "bad"), "start C"))

    assert [problem.element for problem in spiff.compile_procedure({"p.bpmn": drawn})[1]] == ["bad"]


def test_a_rehearsal_takes_one_that_nobody_does_as_a_job():
    drawn = diagram(element("globalScriptTask", "odd"), process(start() + call("C", "odd"), "start C"))

    told = list(play.play({"p.bpmn": drawn}, answers={"odd": {"n": 1}}))

    assert (told[-1]["state"], told[-1]["variables"]) == ("completed", {"n": 1})


def test_its_twin_is_one_step():
    found = steps_of(diagram(ASK, process(start() + call("C", "ask") + end(), "start C; C end")), "ask.process")

    assert [(step.number, step.id, step.done) for step in found] == [("1", "ask", "A person does this")]
