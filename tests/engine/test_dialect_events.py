"""Messages, signals, errors, escalations, conditions and ends: caught in the right scope, at once, and told to the world outside."""

from __future__ import annotations

import pytest

from engine.errors import Conflict
from tests.diagrams import (
    boundary,
    call,
    catch,
    condition,
    diagram,
    element,
    end,
    event,
    gateway,
    mapping,
    message,
    process,
    start,
    sub_process,
    throw,
    user_task,
)
from tests.engine.cases import case

PAID = message("m", "paid", "=order")
MARKS = (
    '<bpmn:error id="bad" name="E" errorCode="bad"/><bpmn:escalation id="up" name="S" escalationCode="up"/><bpmn:signal id="go" name="go"/>'
)


@pytest.mark.parametrize("waiting", [catch("c", event("message", "m")), element("receiveTask", "c", messageRef="m")], ids=["event", "task"])
def test_a_message_reaches_whoever_waits_for_its_name_and_key(waiting):
    run = case(start() + waiting + user_task("A") + end(), "start c; c A; A end", {"order": 7}, also=PAID)

    assert not run.message("paid", 8)
    assert not run.message("other", 7)
    assert run.message("paid", 7, sum=3)

    assert run.open == ["A"]
    assert run.variables["sum"] == 3


def test_a_dashed_message_event_happens_again_and_again_until_its_host_is_done():
    body = start() + user_task("A") + boundary("b", "A", event("message", "m"), mapping((), [("=sum", "total")]), interrupting=False)
    run = case(body + user_task("H") + end(), "start A; A end; b H; H end", {"order": 7}, also=PAID)

    assert run.message("paid", 7, sum=1)
    assert run.message("paid", 7, sum=2)
    assert run.open == ["A", "H", "H"]
    assert run.variables == {"order": 7, "total": 2}

    run.complete("A")
    assert not run.message("paid", 7)
    assert run.complete("H").complete("H").done


def test_a_message_that_arrives_twice_is_a_conflict_the_second_time():
    run = case(start() + catch("c", event("message", "m")) + user_task("A") + end(), "start c; c A; A end", {"order": 7}, also=PAID)
    token = run.task("c").token
    run.message("paid", 7)

    with pytest.raises(Conflict, match="no longer awaited"):
        run.receive(token)


def test_a_process_may_start_at_its_message_event():
    body = start("by_message", event("message", "m")) + start() + user_task("A") + user_task("B") + end()
    arrows = "by_message A; start B; A end; B end"

    assert case(body, arrows, also=message("m", "paid"), start_event="by_message").open == ["A"]
    assert case(body, arrows, also=message("m", "paid")).open == ["B"]


def test_a_correlation_key_that_is_nothing_is_a_problem():
    """In SpiffWorkflow an instance without a key takes every message of that name."""
    run = case(start() + catch("c", event("message", "m")) + end(), "start c; c end", also=PAID)

    assert "“=order” gives nothing where a text or number is needed" in run.troubles[0][1]


def test_a_thrown_message_carries_what_its_mappings_name_and_nothing_else():
    body = start() + throw("t", event("message", "m"), mapping([("=order * 2", "double")])) + end("end", event("message", "m"))
    run = case(body, "start t; t end", {"order": 7, "name": "Ann"}, also=PAID)

    assert run.done
    assert [(one.kind, one.name, one.correlation_key, one.variables) for one in run.thrown] == [
        ("message", "paid", "7", {"double": 14}),
        ("message", "paid", "7", {}),
    ]


def test_a_send_task_without_a_job_type_throws_its_message():
    run = case(start() + element("sendTask", "t", messageRef="m") + end(), "start t; t end", {"order": 7}, also=PAID)

    assert [(one.name, one.correlation_key) for one in run.thrown] == [("paid", "7")]


def test_an_error_goes_to_the_event_on_the_activity_around_it():
    """In SpiffWorkflow an event on a task beside it may catch it too, and uncaught errors pass as success."""
    inner = start("s1") + gateway("f", "parallel") + user_task("W") + boundary("wrong", "W", event("error", "bad")) + user_task("X")
    inner += end("x", event("error", "bad")) + end("e1")
    body = (
        start()
        + sub_process("P", inner, "s1 f; f W; f X; W e1; wrong e1; X x")
        + boundary("b", "P", event("error", "bad"))
        + user_task("H")
        + end()
    )
    run = case(body, "start P; P end; b H; H end", also=MARKS)

    run.complete("X")

    assert run.open == ["H"]
    assert run.count("W", "cancelled") == 1
    assert run.complete("H").done


def test_an_error_that_nobody_catches_is_a_problem():
    """SpiffWorkflow goes on as if the sub-process had succeeded."""
    run = case(start() + end("x", event("error", "bad")), "start x", also=MARKS)

    assert run.troubles == [("x", "No event catches the error “bad”. Add an error event to the diagram for later cases.")]
    assert not run.done


def test_an_error_passes_through_a_called_process():
    child = diagram(MARKS, process(start() + end("x", event("error", "bad")), "start x", "child"))
    body = start() + call("C", "child") + boundary("b", "C", event("error", "bad")) + user_task("H") + end()

    assert case(body, "start C; C end; b H; H end", also=MARKS, files=(child,)).open == ["H"]


@pytest.mark.parametrize(("interrupting", "still_open"), [(False, ["A", "H"]), (True, ["H"])])
def test_an_escalation_interrupts_or_not(interrupting, still_open):
    inner = start("s1") + throw("x", event("escalation", "up")) + user_task("A") + end("e1")
    body = start() + sub_process("P", inner, "s1 x; x A; A e1") + boundary("b", "P", event("escalation", "up"), interrupting=interrupting)
    run = case(body + user_task("H") + end(), "start P; P end; b H; H end", also=MARKS)

    assert run.open == still_open


def test_an_escalation_that_nobody_catches_is_no_problem():
    assert case(start() + throw("x", event("escalation", "up")) + end(), "start x; x end", also=MARKS).done


def test_a_signal_reaches_everyone_in_the_case_at_once_and_leaves_for_others():
    """A signal end event is a blank one in SpiffWorkflow."""
    body = (
        start()
        + gateway("f", "parallel")
        + catch("c", event("signal", "go"))
        + user_task("A")
        + user_task("B")
        + end("x", event("signal", "go"))
        + end()
    )
    run = case(body, "start f; f c; f A; c B; A x; B end", also=MARKS)

    run.complete("A")

    assert run.open == ["B"]
    assert [(one.kind, one.name) for one in run.thrown] == [("signal", "go")]


def test_a_signal_from_outside_brings_its_variables():
    body = start() + gateway("f", "parallel") + catch("c", event("signal", "go")) + user_task("A") + user_task("B") + end()
    run = case(body, "start f; f c; f A; c B; A end; B end", also=MARKS)

    run.signal("go", v=1)

    assert run.open == ["A", "B"]
    assert run.variables == {"v": 1}


SIDE_BY_SIDE = {
    "an event in the flow": (catch("c", event("signal", "go")) + user_task("B"), "f c; c B; B end"),
    "an event behind a gateway": (
        gateway("g", "eventBased") + catch("c", event("signal", "go")) + catch("other", event("signal", "stop")) + user_task("B"),
        "f g; g c; g other; c B; other end; B end",
    ),
    "an event on a border": (
        user_task("A") + boundary("c", "A", event("signal", "go")) + user_task("B"), "f A; A end; c B; B end",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("listener", "arrows"), SIDE_BY_SIDE.values(), ids=SIDE_BY_SIDE.keys())
def test_of_two_ways_that_go_on_side_by_side_the_one_that_listens_hears_what_the_other_throws(listener, arrows):
    body = start() + gateway("f", "parallel") + throw("t", event("signal", "go")) + listener + end()
    run = case(body, f"start f; f t; t end; {arrows}", also=MARKS + '<bpmn:signal id="stop" name="stop"/>')

    assert run.open == ["B"]


def test_a_terminate_end_ends_its_own_scope_and_no_more():
    inner = start("s1") + gateway("f", "parallel") + user_task("A") + user_task("B") + end("t", event("terminate")) + end("e1")
    run = case(start() + sub_process("P", inner, "s1 f; f A; f B; A t; B e1") + user_task("Z") + end(), "start P; P Z; Z end")

    run.complete("A")

    assert run.open == ["Z"]
    assert run.seen("cancelled") == ["B"]


def test_a_terminate_end_of_the_process_ends_the_case():
    run = case(
        start() + gateway("f", "parallel") + user_task("A") + user_task("B") + end() + end("t", event("terminate")),
        "start f; f A; f B; A end; B t",
    )

    assert run.complete("B").done


def test_a_cancelled_transaction_goes_on_at_its_cancel_event():
    inner = start("s1") + gateway("f", "parallel") + user_task("A") + user_task("B") + end("x", event("cancel")) + end("e1")
    body = (
        start()
        + sub_process("T", inner, "s1 f; f A; f B; A x; B e1", kind="transaction")
        + boundary("b", "T", event("cancel"))
        + user_task("H")
        + end()
    )
    run = case(body, "start T; T end; b H; H end")

    run.complete("A")

    assert run.open == ["H"]


def test_a_condition_is_looked_at_whenever_a_variable_changes():
    """In SpiffWorkflow a conditional event looks at a copy of the data that never changes."""
    body = (
        start()
        + gateway("f", "parallel")
        + user_task("A")
        + user_task("B")
        + boundary("b", "A", condition("=q > 5"))
        + user_task("H")
        + end()
    )
    run = case(body, "start f; f A; f B; A end; B end; b H; H end", {"q": "text"})
    assert run.open == ["A", "B"]
    assert run.conditions == ["b"]

    assert run.complete("B", q=9).open == ["H"]


def test_a_dashed_condition_fires_each_time_it_becomes_true():
    body = (
        start() + gateway("f", "parallel") + user_task("A") + boundary("b", "A", condition("=q > 5"), interrupting=False) + user_task("H")
    )
    run = case(body + gateway("m") + user_task("S") + end(), "start f; f A; f m; m S; S m; A end; b H; H end", {"q": 9})
    assert run.open == ["A", "H", "S"]

    assert run.complete("S", q=10).open == ["A", "H", "S"]  # it has been true all the time
    assert run.complete("S", q=1).open == ["A", "H", "S"]
    assert run.complete("S", q=7).open == ["A", "H", "H", "S"]


def test_what_an_event_happens_to_is_told_once():
    body = start() + user_task("A") + boundary("b", "A", event("message", "m")) + user_task("H") + end()
    run = case(body, "start A; A end; b H; H end", {"order": 1}, also=PAID)

    run.message("paid", 1)

    assert [(h.element_id, h.what) for h in run.happened if h.element_id in "Ab"] == [("A", "entered"), ("A", "cancelled"), ("b", "fired")]


def test_the_end_is_told():
    run = case(start() + end(), "start end")

    assert run.happened[-1].what == "ended"
    assert run.happened[-1].process_key == "p"
