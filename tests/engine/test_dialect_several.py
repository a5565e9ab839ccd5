"""Events with several definitions, events by reference, and activities that need or send several tokens."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.diagrams import (
    boundary,
    catch,
    condition,
    element,
    end,
    event,
    gateway,
    handler,
    mapping,
    message,
    start,
    sub_process,
    throw,
    timer,
    user_task,
)
from tests.engine.cases import MONDAY, Case, case, problems_in

MARKS = (
    '<bpmn:signal id="one" name="one"/><bpmn:signal id="two" name="two"/>'
    + message("m", "m", "=k")
    + '<bpmn:error id="bad" errorCode="bad"/><bpmn:escalation id="up" escalationCode="up"/>'
    + '<bpmn:signalEventDefinition id="shared" signalRef="one"/>'
)
BOTH = event("signal", "one") + event("message", "m")
DAY = timer("timeDuration", "P1D")


def waiting(drawn: str, arrows: str = "start x; x A; A end", variables: dict[str, object] | None = None) -> Case:
    return case(start() + drawn + user_task("A") + end(), arrows, {"k": 7} | (variables or {}), also=MARKS)


def test_any_of_several_events_in_the_flow_will_do():
    run = waiting(catch("x", BOTH + DAY))

    assert run.message("m", 7, brought=1)
    assert (run.open, run.variables["brought"]) == (["A"], 1)
    assert (run.timers(), run.tasks("x")) == ([], [])
    assert (run.count("x"), run.count("x", "entered")) == (1, 1)


def test_a_condition_among_several_sees_what_the_input_mappings_give():
    drawn = catch("x", event("signal", "one") + condition("=mine > 1"), mapping([("=k + 1", "mine")]))

    assert waiting(drawn).open == ["A"]


@pytest.mark.parametrize("first", ["message", "signal", "timer"])
def test_each_of_them_is_awaited(first):
    run = waiting(catch("x", BOTH + DAY))
    match first:
        case "message":
            run.message("m", 7)
        case "signal":
            run.signal("one")
        case "timer":
            run.later(days=1)

    assert run.open == ["A"]


def test_events_awaited_together_must_all_come_in_whatever_order():
    run = waiting(catch("x", BOTH + DAY + condition("=ready"), parallelMultiple="true"), variables={"ready": True})

    run.signal("one")
    assert (run.message("m", 7), run.open) == (True, [])
    assert not run.message("m", 7)
    assert run.later(days=1).open == ["A"]


def test_what_each_brings_is_kept_until_all_have_come():
    several = catch("x", event("message", "m") + event("signal", "one"), mapping((), [("=brought + 1", "result")]), parallelMultiple="true")
    run = waiting(several)

    run.message("m", 7, brought=1)
    assert "brought" not in run.variables
    run.signal("one")

    assert (run.open, run.variables) == (["A"], {"k": 7, "result": 2})


def test_a_condition_that_came_true_once_has_come():
    run = waiting(catch("x", condition("=n > 1") + event("message", "m"), parallelMultiple="true"), variables={"n": 2})

    assert run.message("m", 7, n=0)
    assert run.open == ["A"]


def test_several_events_behind_an_event_gateway_leave_when_another_way_is_taken():
    body = start() + gateway("g", "eventBased") + catch("x", BOTH) + catch("y", DAY) + user_task("A") + user_task("B") + end()
    arrows = "start g; g x; g y; x A; y B; A end; B end"
    run = case(body, arrows, {"k": 7}, also=MARKS)

    assert run.later(days=1).open == ["B"]
    assert not run.message("m", 7)

    other = case(body, arrows, {"k": 7}, also=MARKS)
    other.signal("one")
    assert (other.open, other.timers()) == (["A"], [])


def bordered(*, interrupting: bool, together: bool = False, events: str = BOTH + DAY) -> Case:
    body = start() + user_task("A") + boundary("b", "A", events, interrupting=interrupting, together=together) + user_task("B") + end()
    return case(body, "start A; A end; b B; B end", {"k": 7}, also=MARKS)


def test_any_on_a_border_interrupts_once():
    run = bordered(interrupting=True)

    run.signal("one")

    assert (run.open, run.timers()) == (["B"], [])
    assert not run.message("m", 7)
    assert run.complete("B").done


def test_any_on_a_border_beside_happens_again_and_again_and_each_timer_keeps_its_time():
    run = bordered(interrupting=False)

    run.signal("one")
    run.later(hours=23)
    assert run.message("m", 7)
    assert run.open == ["A", "B", "B"]
    assert run.until(MONDAY + timedelta(days=1)).open == ["A", "B", "B", "B"]
    assert run.complete("A").open == ["B", "B", "B"]


def test_an_error_may_be_one_of_several_on_a_border():
    run = bordered(interrupting=True, events=event("error", "bad") + event("escalation", "up"))
    assert run.error("A", "bad")
    assert run.open == ["B"]


def test_conditional_arrows_out_of_an_event_with_several_definitions():
    body = start() + user_task("A") + boundary("b", "A", BOTH) + user_task("B") + user_task("C") + end()
    run = case(body, "start A; A end; b B | =k = 7; b C | =k = 8; B end; C end", {"k": 7}, also=MARKS)

    run.signal("one")

    assert run.open == ["B"]


def test_all_on_a_border_interrupt_when_the_last_has_come():
    run = bordered(interrupting=True, together=True)
    assert {wait.host_element_id for wait in run.timers()} == {"A"}

    run.signal("one")
    run.message("m", 7)
    assert run.open == ["A"]
    assert run.later(days=1).open == ["B"]


def test_all_on_a_border_beside_wait_for_all_of_them_once_more():
    run = bordered(interrupting=False, together=True, events=BOTH)
    for turn in (1, 2):
        run.signal("one")
        assert run.open == ["A", *["B"] * (turn - 1)]
        run.message("m", 7)
        assert run.open == ["A", *["B"] * turn]

    assert run.complete("A").complete("B").complete("B").done


def test_with_a_timer_that_comes_once_all_together_come_once():
    run = bordered(interrupting=False, together=True, events=event("signal", "one") + DAY)

    run.signal("one")
    run.later(days=1)
    run.signal("one")

    assert (run.open, run.timers()) == (["A", "B"], [])


@pytest.mark.parametrize("together", [False, True])
def test_an_event_sub_process_starts_with_several_events(together):
    attributes = {"parallelMultiple": "true"} if together else {}
    inner = start("s", BOTH, **attributes, isInterrupting="false") + user_task("H") + end("e")
    body = start() + user_task("A") + end() + handler("P", inner, "s H; H e")
    run = case(body, "start A; A end", {"k": 7}, also=MARKS)

    run.signal("one")
    assert run.open == (["A"] if together else ["A", "H"])
    run.message("m", 7, brought=1)

    assert run.open == (["A", "H"] if together else ["A", "H", "H"])
    assert run.scope("H", -1)["brought"] == 1
    while run.open:
        run.complete(run.open[0])
    assert run.done


@pytest.mark.parametrize("kind", ["intermediateThrowEvent", "endEvent"])
def test_all_of_several_events_are_thrown_in_their_order(kind):
    thrown = element(kind, "t", event("signal", "two") + event("message", "m") + event("signal", "one"))
    goes_on = kind == "intermediateThrowEvent"
    run = case(start() + thrown + (end() if goes_on else ""), "start t; t end" if goes_on else "start t", {"k": 7}, also=MARKS)

    assert [(one.kind, one.name) for one in run.thrown] == [("signal", "two"), ("message", "m"), ("signal", "one")]


def test_what_ends_the_scope_is_thrown_last():
    inner = start("s") + end("x", event("error", "bad") + event("signal", "one"))
    body = start() + sub_process("P", inner, "s x") + boundary("b", "P", event("error", "bad")) + user_task("B") + end()
    run = case(body, "start P; P end; b B; B end", also=MARKS)

    assert (run.open, [one.name for one in run.thrown]) == (["B"], ["one"])


def test_an_event_definition_may_be_referred_to():
    refers = "<bpmn:eventDefinitionRef>shared</bpmn:eventDefinitionRef>"
    run = waiting(catch("x", refers + event("signal", "two"), parallelMultiple="true"))

    run.signal("two")
    run.signal("one")
    assert run.open == ["A"]

    assert waiting(throw("x", refers)).thrown[0].name == "one"


def test_a_reference_to_no_event_definition_is_refused():
    drawn = start() + catch("x", "<bpmn:eventDefinitionRef>nope</bpmn:eventDefinitionRef>") + end()

    assert "refers to the event definition “nope”" in problems_in(drawn, "start x; x end")["x"]


# Tokens


def tokens(sent: int, needed: int) -> Case:
    quantities = element("userTask", "C", startQuantity=str(needed))
    body = start() + element("userTask", "A", completionQuantity=str(sent)) + user_task("B") + quantities + end()
    return case(body, "start A; A B; B C; C end")


def test_an_activity_sends_as_many_tokens_as_its_completion_quantity_says():
    run = tokens(2, 1)

    assert run.complete("A").open == ["B", "B"]
    assert run.complete("B").complete("B").open == ["C", "C"]


def test_an_activity_starts_when_its_start_quantity_of_tokens_has_come():
    run = tokens(5, 2).complete("A")

    assert run.complete("B").open == ["B"] * 4
    assert run.complete("B").open == ["B"] * 3 + ["C"]
    assert run.complete("B").complete("B").open == ["B", "C", "C"]


def test_too_few_tokens_leave_it_unstarted():
    run = tokens(1, 2).complete("A").complete("B")

    assert (run.open, run.done, run.count("C", "entered")) == ([], False, 0)


def test_tokens_on_different_arrows_count_together_and_events_on_the_border_begin_with_the_start():
    body = start() + user_task("A") + user_task("B") + element("userTask", "C", startQuantity="2") + boundary("b", "C", DAY)
    run = case(body + end(), "start A; start B; A C; B C; C end; b end")

    assert run.complete("A").timers() == []
    assert run.complete("B").open == ["C"]
    assert len(run.timers()) == 1


def test_several_tokens_go_along_each_arrow_whose_condition_is_true():
    body = start() + element("userTask", "A", completionQuantity="2") + user_task("B") + user_task("C") + user_task("D") + end()
    run = case(body, "start A; A B; A C | =yes; A D | =not(yes); B end; C end; D end", {"yes": True})

    assert run.complete("A").open == ["B", "B", "C", "C"]


@pytest.mark.parametrize("attribute", ["startQuantity", "completionQuantity"])
@pytest.mark.parametrize("said", ["0", "-1", "1.5", "two", "1001"])
def test_quantities_that_mean_nothing_are_refused(attribute, said):
    drawn = start() + element("task", "x", **{attribute: said}) + end()

    assert f"{attribute} is “{said}”" in problems_in(drawn, "start x; x end")["x"]
