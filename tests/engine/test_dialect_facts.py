"""What checks and pages may know of a diagram without running it."""

from __future__ import annotations

from engine import spiff
from engine.spiff import ElementFacts
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
    headers,
    job,
    mapping,
    message,
    process,
    properties,
    rule,
    script,
    start,
    sub_process,
    timer,
    user_task,
)

TABLE = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="x" name="x" namespace="n">
<decision id="route" name="Route"><literalExpression><text>1</text></literalExpression></decision></definitions>"""


def facts(body: str, arrows: str, also: str = "") -> dict[str, ElementFacts]:
    definitions, problems = spiff.compile_procedure({"p.bpmn": diagram(also, process(body, arrows)), "d.dmn": TABLE})
    assert problems == []
    return definitions.processes["p"].elements


def test_the_facts_of_an_element_say_what_is_drawn():
    task = facts(start() + user_task("A", form="notify", candidateGroups="office") + end(), "start A; A end")["A"]

    assert (task.kind, task.form_key, task.candidate_groups, task.assigned) == ("userTask", "notify", "office", False)
    assert (task.flows, task.incoming, task.scope) == (["end"], ["start"], "p")


def test_a_task_for_one_person_is_assigned():
    assert facts(start() + user_task("A", assignee="=clerk") + end(), "start A; A end")["A"].assigned


def test_jobs_decisions_and_calls_name_what_they_need():
    body = start() + job("J", "send-letter", headers(template="hello")) + rule("R", "route", "r") + call("C", "p") + end()
    known = facts(body, "start J; J R; R C; C end")

    assert (known["J"].job_type, known["J"].headers) == ("send-letter", {"template": "hello"})
    assert (known["R"].called_decision, known["C"].called_process) == ("route", "p")


def test_events_tell_their_kind_their_host_and_their_time():
    body = start() + user_task("A") + boundary("b", "A", timer("timeDuration", "P42D"), properties(deadline="D"), interrupting=False)
    body += catch("c", event("message", "m")) + end()
    body += handler("H", start("hs", timer("timeCycle", "R/P1D"), isInterrupting="false") + end("he"), "hs he")
    known = facts(body, "start A; A c; c end; b end", message("m", "paid", "=order"))

    assert (known["b"].event, known["b"].timer, known["b"].timer_value, known["b"].host) == ("timer", "timeDuration", "P42D", "A")
    assert (known["b"].interrupting, known["b"].properties) == (False, {"deadline": "D"})
    assert (known["c"].event, known["c"].event_name, known["c"].correlation_key) == ("message", "paid", "=order")
    assert (known["hs"].host, known["hs"].scope) == ("p", "H")


def test_elements_of_sub_processes_are_among_them():
    known = facts(start() + sub_process("P", start("s") + user_task("A") + end("e"), "s A; A e") + end(), "start P; P end")

    assert known["A"].scope == "P"


def test_the_expressions_and_conditions_of_an_element_are_told():
    body = start() + gateway("x") + user_task("A", mapping([("=a", "b")]), assignee="=who", priority="50") + end()
    known = facts(body, "start x; x A | =n > 5; x end | default; A end")

    assert known["x"].conditions == {"A": "=n > 5"}
    assert known["x"].expressions == ["=n > 5"]
    assert sorted(known["A"].expressions) == ["=a", "=who"]


def test_the_variables_an_element_sets_are_told_as_far_as_they_are_drawn():
    body = start() + script("S", "=1", "n") + user_task("A", mapping([("=1", "local")], [("=q", "case.q")]))
    body += user_task("B", loop=each("=list", "item", "results", "=r")) + rule("R", "route", "r") + end()
    known = facts(body, "start S; S A; A B; B R; R end")

    assert (known["S"].sets, known["S"].sets_unknown) == (frozenset({"n"}), False)
    assert (known["A"].sets, known["A"].sets_unknown) == (frozenset({"local", "case"}), False)
    assert (known["B"].sets, known["B"].sets_unknown) == (frozenset({"item", "results", "loopCounter"}), True)
    assert known["B"].multi_instance
    assert known["R"].sets == {"r"}


def test_a_process_tells_its_file_and_its_starts():
    definitions, _ = spiff.compile_procedure(
        {"p.bpmn": diagram(process(start() + user_task("A") + end(), "start A; A end", name="Ask")), "d.dmn": TABLE}
    )

    known = definitions.processes["p"]

    assert (known.name, known.path, known.starts) == ("Ask", "p.bpmn", ["start"])
    assert definitions.decision_ids == {"route"}
