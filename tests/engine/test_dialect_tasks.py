"""Activities: what waits for people and workers, what runs at once, and what becomes of their results."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.errors import Conflict, Trouble
from tests.diagrams import (
    boundary,
    call,
    diagram,
    element,
    end,
    event,
    gateway,
    headers,
    job,
    lanes,
    mapping,
    message,
    process,
    properties,
    rule,
    script,
    start,
    sub_process,
    throw,
    user_task,
)
from tests.engine.cases import MONDAY, Case, case

ERRORS = '<bpmn:error id="bad" name="Bad" errorCode="bad"/>'
CHILD = diagram(process(start() + user_task("A") + end(), "start A; A end", "child"))


def test_a_user_task_says_what_it_was_when_the_token_arrived():
    words = user_task(
        "A", properties(subject='=agency + "!"', plain="as it is"), name="Notify  the\noffice", documentation="Say what happened.",
        form="notify", assignee="=clerk", candidateGroups='=["a","b"]', candidateUsers="x, y",
        dueDate='=date(received) + duration("P42D")', followUpDate="2026-02-01T00:00:00Z", priority="=50+1",
    )  # fmt: skip

    run = case(start() + words + end(), "start A; A end", {"clerk": "jo@example.org", "received": "2026-01-05", "agency": "Police"})

    task = run.task("A")
    assert (task.name, task.documentation, task.form_key, task.assignee) == (
        "Notify the office",
        "Say what happened.",
        "notify",
        "jo@example.org",
    )
    assert (task.candidate_groups, task.candidate_users, task.priority) == (("a", "b"), ("x", "y"), 51)
    assert task.follow_up_at == datetime(2026, 2, 1, tzinfo=UTC)
    assert task.properties == {"subject": "Police!", "plain": "as it is"}


def test_a_task_due_on_a_date_is_overdue_only_when_that_day_is_over():
    run = case(start() + user_task("A", dueDate="2026-07-01") + end(), "start A; A end")

    assert run.task("A").due_at == datetime(2026, 7, 1, 22, 59, 59, tzinfo=UTC)  # summer: the day ends at 23:00 UTC


def test_what_a_task_says_does_not_change_afterwards():
    body = start() + gateway("f", "parallel") + user_task("A", assignee="=clerk") + user_task("B") + end()
    run = case(body, "start f; f A; f B; A end; B end", {"clerk": "jo"})

    run.complete("B", clerk="pat")

    assert run.task("A").assignee == "jo"


def test_an_attribute_of_the_wrong_type_is_a_problem_that_a_retry_solves():
    run = case(start() + user_task("A", candidateGroups="=groups") + end(), "start A; A end", {"groups": 7})
    assert run.open == []
    assert "candidateGroups" in run.troubles[0][1]

    run.retry("A", groups="office")

    assert run.task("A").candidate_groups == ("office",)


def test_a_task_without_groups_is_for_its_innermost_lane_also_inside_a_sub_process():
    inner = sub_process("P", start("s1") + user_task("B") + end("e1"), "s1 B; B e1")
    drawn = process(start() + user_task("A") + inner + end(), "start A; A P; P end", lanes=lanes(Office=["A"], Chair=["P"]))
    run = Case(diagram(drawn))
    assert run.task("A").candidate_groups == ("Office",)

    run.complete("A")

    assert run.task("B").candidate_groups == ("Chair",)


def test_a_task_for_people_by_name_is_not_for_everybody_of_its_lane():
    drawn = process(start() + user_task("A", candidateUsers="=person") + end(), "start A; A end", lanes=lanes(Chair=["A"]))

    named, nobody = (Case(diagram(drawn), variables={"person": person}) for person in (["jo@example.org"], []))

    assert (named.task("A").candidate_users, named.task("A").candidate_groups) == (("jo@example.org",), ())
    assert nobody.task("A").candidate_groups == ("Chair",)


def test_completing_a_closed_task_is_a_conflict():
    run = case(start() + user_task("A") + user_task("B") + end(), "start A; A B; B end")
    token = run.task("A").token
    run.complete("A")

    with pytest.raises(Conflict, match="no longer open"):
        run.complete_token(token, {})


def test_plain_and_manual_tasks_let_the_token_pass():
    """SpiffWorkflow makes both wait for a person."""
    assert case(start() + element("task", "A") + element("manualTask", "B") + end(), "start A; A B; B end").done


def test_a_job_waits_for_the_worker_of_its_type():
    run = case(start() + job("J", '="t" + kind', headers(h="1"), retries="5") + end(), "start J; J end", {"kind": "x"})
    task = run.task("J")
    assert (task.job_type, task.retries, task.headers) == ("tx", 5, {"h": "1"})

    run.complete("J", ok=True)

    assert run.done
    assert run.variables["ok"] is True


def test_a_thrown_message_with_a_job_type_is_a_job():
    body = (
        start()
        + throw("T", event("message", "m"), '<zeebe:taskDefinition type="send"/>')
        + end("end", event("message", "m"), '<zeebe:taskDefinition type="bye"/>')
    )
    run = case(body, "start T; T end", also=message("m", "note"))
    assert run.task("T").job_type == "send"

    run.complete("T")
    run.complete("end")

    assert run.done


def test_the_exact_error_code_comes_before_the_event_that_catches_all():
    body = (
        start()
        + job("J")
        + boundary("all", "J", event("error"))
        + boundary("one", "J", event("error", "bad"))
        + user_task("H")
        + user_task("G")
        + end()
    )
    arrows = "start J; J end; one H; all G; H end; G end"
    run = case(body, arrows, also=ERRORS)

    assert run.error("J", "bad", why="no")

    assert run.open == ["H"]
    assert run.variables == {"why": "no"}
    other = case(body, arrows, also=ERRORS)
    other.error("J", "something else")
    assert other.open == ["G"]


def test_a_workers_error_that_nobody_catches_keeps_the_job_for_another_try():
    """SpiffWorkflow goes on as if the work had succeeded."""
    run = case(start() + job("J") + end(), "start J; J end")

    assert not run.error("J", "bad")

    assert run.troubles == [("J", "No event catches the error “bad”. Add an error event to the diagram for later cases.")]
    assert run.retry("J").open == ["J"]
    assert run.complete("J").done


def test_a_failing_output_mapping_keeps_what_was_entered():
    """A person's form is accepted; the administrator gets the problem."""
    run = case(start() + user_task("A", mapping((), [("=assert(q, q > floor)", "m")])) + end(), "start A; A end", {"floor": 5})

    run.complete("A", q=2)

    assert run.troubles[0][0] == "A"
    with pytest.raises(Conflict, match="an administrator has to solve first"):
        run.complete("A", q=9)
    assert run.retry("A", floor=1).done
    assert run.variables == {"floor": 1, "m": 2}


def test_input_mappings_make_variables_of_the_task_and_outputs_name_what_leaves_it():
    lines = mapping([("=order.id", "oid")], [("=oid + 1", "next"), ("=street", "address.street")])
    run = case(start() + user_task("A", lines) + end(), "start A; A end", {"order": {"id": 7}, "address": {"town": "X"}})
    assert run.scope("A")["oid"] == 7

    run.complete("A", street="High St", other=1)

    assert run.variables == {"order": {"id": 7}, "address": {"town": "X", "street": "High St"}, "next": 8}


def test_a_variable_of_the_task_alone_stays_there():
    run = case(start() + user_task("A", mapping([("=1", "x")])) + user_task("B") + end(), "start A; A B; B end", {"x": 0})

    run.complete("A", x=5, y=6)

    assert run.variables == {"x": 0, "y": 6}


def test_a_sub_process_has_a_scope_of_its_own():
    inner = sub_process("P", start("s1") + user_task("A") + end("e1"), "s1 A; A e1", mapping([("=x", "l")], [("=l", "out")]))
    run = case(start() + inner + end(), "start P; P end", {"x": 1})

    run.complete("A", l=2, g=3)

    assert run.done
    assert run.variables == {"x": 1, "out": 2, "g": 3}


def test_a_called_process_gives_back_everything_or_only_what_is_mapped():
    """SpiffWorkflow always passes everything in and out."""

    def calling(extensions: str = "", **attributes: str) -> Case:
        body = start() + call("C", '="child"', extensions, **attributes) + user_task("Z") + end()
        return case(body, "start C; C Z; Z end", {"x": 1}, files=(CHILD,))

    assert calling().complete("A", y=2, x=9).variables == {"x": 9, "y": 2}
    assert calling(mapping([("=x+1", "i")], [("=y", "z")]), propagateAllChildVariables="false").complete("A", y=2, x=9).variables == {
        "x": 1,
        "z": 2,
    }
    assert calling(propagateAllChildVariables="false").complete("A", y=2, x=9).variables == {"x": 1}
    assert calling(mapping([("=5", "i")]), propagateAllParentVariables="false").scope("A") == {"i": 5}


def test_what_waits_in_a_called_process_is_told_by_that_processs_key():
    run = case(start() + call("C", "child") + end(), "start C; C end", files=(CHILD,))

    assert run.task("A").process_key == "child"
    assert run.seen("entered") == ["start", "C", "start", "A"]


def test_calling_a_process_that_is_not_there_is_a_problem_in_the_case():
    run = case(start() + call("C", "=which") + end(), "start C; C end", {"which": "nope"}, files=(CHILD,))
    assert "“nope”" in run.troubles[0][1]

    assert run.retry("C", which="child").open == ["A"]


def test_a_process_that_calls_itself_without_end_is_stopped():
    run = case(start() + call("C", "p") + end(), "start C; C end")

    assert len(run.troubles) == 1
    assert "call one another" in run.troubles[0][1]


def test_a_script_computes_with_feel():
    run = case(start() + script("C", "=a + 1", "n") + end(), "start C; C end", {"a": 9})

    assert run.variables == {"a": 9, "n": 10}


DMN = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="x" name="x" namespace="n"><inputData id="i" name="age"/>
<decision id="route" name="Route"><informationRequirement><requiredDecision href="#cat"/></informationRequirement>
<decisionTable><input><inputExpression><text>cat</text></inputExpression></input><output name="group"/>
<rule><inputEntry><text>"child"</text></inputEntry><outputEntry><text>"social"</text></outputEntry></rule>
<rule><inputEntry><text>string length(?) &gt; 4</text></inputEntry>
<outputEntry><text>"other"</text></outputEntry></rule></decisionTable></decision>
<decision id="cat" name="cat"><literalExpression>
<text>if age &lt; 18 then "child" else "adult"</text></literalExpression></decision></definitions>"""


def test_a_decision_is_made_at_once_and_its_rules_are_told():
    run = case(start() + rule("R", "route", "r") + user_task("A") + end(), "start R; R A; A end", {"age": 40}, dmn=DMN)

    assert run.variables["r"] == "other"
    decided = next(happening for happening in run.happened if happening.what == "decided")
    assert decided.detail == {"decision": "route", "rules": [{"decision": "Route", "rules": [2]}]}


def test_a_decision_whose_table_contradicts_itself_is_a_problem():
    """SpiffWorkflow takes the first rule and says nothing."""
    run = case(start() + rule("R", "route", "r") + end(), "start R; R end", {"age": 5}, dmn=DMN)

    assert run.troubles == [("R", "The decision “Route” allows one rule to match (UNIQUE), but rules 1 and 2 do.")]


def test_a_decision_that_an_expression_names_must_be_there():
    run = case(start() + rule("R", "=d", "r") + end(), "start R; R end", {"d": "nope"}, dmn=DMN)

    assert "There is no decision “nope”" in run.troubles[0][1]


def test_form_fields_named_like_anything_stay_what_they_are():
    """SpiffWorkflow's serializer takes a dict with a “typename” for one of its own and can never load the instance again."""
    run = case(start() + user_task("A") + user_task("B") + end(), "start A; A B; B end")
    strange = {
        "typename": "nope",
        "__proto__": 1,
        "count": 2,
        "data_objects": {},
        "vars": 3,
        "task": {"typename": "Task"},
        "": "x",
        "a b": 1,
    }

    run.complete_token(run.task("A").token, strange)

    assert run.open == ["B"]
    assert run.variables == strange


def test_values_that_are_not_json_are_made_json_or_refused():
    run = case(start() + user_task("A") + user_task("B") + end(), "start A; A B; B end")

    run.complete("A", day=MONDAY.date(), at=MONDAY)

    assert run.variables == {"day": "2026-01-05", "at": "2026-01-05T09:00:00+00:00"}
    with pytest.raises(Trouble, match="cannot be kept as JSON"):
        run.complete("B", what=object())


def test_values_nested_without_end_cannot_be_stored_and_are_told():
    body = start() + gateway("m") + script("S", "=[x]", "x") + script("C", "=n + 1", "n") + gateway("g") + end()

    with pytest.raises(Trouble, match="cannot be stored"):
        case(body, "start m; m S; S C; C g; g m | =n < 400; g end | default", {"n": 0, "x": 1})
