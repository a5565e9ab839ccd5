"""Multi-instance in BPMN's own words: a number of times, and the events that are thrown as instances complete."""

from __future__ import annotations

import pytest

from engine import checks
from tests.diagrams import boundary, element, end, event, message, start, times, user_task
from tests.engine.cases import Case, case
from tests.engine.standing import bundle

SIGNAL = '<bpmn:signal id="go" name="go"/><bpmn:signalEventDefinition id="shout" signalRef="go"/>'


def a_task(loop: str, variables: dict[str, object] | None = None) -> Case:
    return case(start() + user_task("A", loop=loop) + user_task("Z") + end(), "start A; A Z; Z end", variables)


@pytest.mark.parametrize(("cardinality", "made"), [("3", 3), ("0", 0), ("=n + 1", 3), ("=2.0", 2)])
def test_a_loop_cardinality_says_how_often(cardinality, made):
    run = a_task(times(cardinality), {"n": 2})

    assert [run.scope("A", number)["loopCounter"] for number in range(len(run.tasks("A")))] == list(range(1, made + 1))
    for _ in range(made):
        run.complete("A")
    assert run.open == ["Z"]


def test_one_after_the_other_by_number():
    run = a_task(times("2", one_by_one=True))

    assert len(run.tasks("A")) == 1
    assert run.complete("A").scope("A")["loopCounter"] == 2
    assert run.complete("A").open == ["Z"]


@pytest.mark.parametrize(
    ("given", "words"),
    [(-1, "does not give a whole number"), (1.5, "does not give a whole number"), (5001, "5,001 times are too many"),
     (None, "gives nothing where a number is needed"), ("3", "gives a text where a number is needed"), (True, "where a number is needed")],
)  # fmt: skip
def test_an_absurd_number_of_times_is_a_problem_that_can_be_put_right(given, words):
    run = a_task(times("=n"), {"n": given})

    assert words in run.troubles[0][1]
    assert len(run.retry("A", n=2).tasks("A")) == 2


def test_a_completion_condition_in_bpmns_words():
    run = a_task(times("3", until="=numberOfCompletedInstances = 2 and numberOfActiveInstances = 1 and numberOfTerminatedInstances = 0"))

    assert run.complete("A").open == ["A", "A"]
    assert run.complete("A").open == ["Z"]


def test_a_data_object_names_the_list_and_the_item():
    data = (
        "<bpmn:loopDataInputRef>d1</bpmn:loopDataInputRef><bpmn:loopDataOutputRef>d2</bpmn:loopDataOutputRef>"
        '<bpmn:inputDataItem id="i1" name="item"/><bpmn:outputDataItem id="o1" name="answer"/>'
    )
    drawn = '<bpmn:dataObject id="d1" name="agencies"/><bpmn:dataObject id="d2" name="answers"/>'
    body = start() + drawn + user_task("A", loop=times("", inner=data)) + end()
    run = case(body, "start A; A end", {"agencies": ["police", "nhs"]})

    assert run.scope("A", 1)["item"] == "nhs"
    run.complete("A", 1, answer="late").complete("A", answer="soon")
    assert run.variables["answers"] == ["soon", "late"]


def behaving(loop: str, caught: str, also: str = SIGNAL, *, interrupting: bool = False) -> Case:
    """A task that happens three times, one after the other, with an event on its border."""
    body = start() + user_task("A", loop=loop) + boundary("b", "A", caught, interrupting=interrupting) + user_task("B") + user_task("Z")
    return case(body + end(), "start A; A Z; Z end; b B; B end", also=also)


def test_behaviour_none_throws_its_event_for_every_instance():
    run = behaving(times("3", one_by_one=True, behavior="None", noneBehaviorEventRef="shout"), event("signal", "go"))

    assert run.complete("A").open == ["A", "B"]
    assert run.complete("A").open == ["A", "B", "B"]
    assert run.complete("A").open == ["B", "B", "B", "Z"]


def test_behaviour_one_throws_its_event_for_the_first():
    run = behaving(times("3", behavior="One", oneBehaviorEventRef="shout"), event("signal", "go"))

    assert run.complete("A", 1).open == ["A", "A", "B"]
    assert run.complete("A").complete("A").open == ["B", "Z"]


def test_behaviour_all_throws_nothing():
    run = behaving(times("2", behavior="All", noneBehaviorEventRef="shout"), event("signal", "go"))

    assert run.complete("A").complete("A").open == ["Z"]


def test_a_complex_behaviour_throws_where_its_condition_is_true_and_may_interrupt_the_rest():
    raised = '<bpmn:escalation id="enough" escalationCode="enough"/>'
    two = complex_behaviour("=numberOfCompletedInstances = 2", event("escalation", "enough"))
    run = behaving(times("3", behavior="Complex", inner=two), event("escalation", "enough"), raised, interrupting=True)

    assert run.complete("A").open == ["A", "A"]
    assert run.complete("A").open == ["B"]
    assert (run.count("A"), run.count("A", "cancelled")) == (2, 1)


def test_a_complex_behaviour_may_send_a_message_and_see_the_instances_variables():
    told = complex_behaviour("=answer > 1", event("message", "m"))
    run = case(
        start() + user_task("A", loop=times("2", behavior="Complex", inner=told)) + end(), "start A; A end",
        {"reference": "R-1"}, also=message("m", "told", "=reference"),
    )  # fmt: skip

    run.complete("A", answer=1).complete("A", answer=2)

    assert [(thrown.name, thrown.correlation_key) for thrown in run.thrown] == [("told", "R-1")]


def test_a_condition_that_cannot_be_told_is_a_problem_of_that_instance():
    told = complex_behaviour("=answer > 1", event("signal", "go"))
    run = behaving(times("2", behavior="Complex", inner=told), event("signal", "go"))

    run.complete("A")

    assert "where true or false is needed" in run.troubles[0][1]
    assert run.retry("A", answer=2).open == ["A", "B"]


def complex_behaviour(condition: str, definition: str) -> str:
    said = f"<bpmn:condition>{condition.replace('>', '&gt;')}</bpmn:condition>"
    return f"<bpmn:complexBehaviorDefinition>{said}{element('event', 'thrown', definition)}</bpmn:complexBehaviorDefinition>"


def test_what_the_engine_counts_may_be_read_in_a_deployed_procedure():
    counting = times("2", until="=numberOfCompletedInstances + numberOfActiveInstances > loopCounter")
    files = bundle(user_task("A", form="do", candidateGroups="secretary", loop=counting), "asked A; A end")

    assert checks.check(files) == []
