"""Event sub-processes. SpiffWorkflow 3.2.0 ignores whether they interrupt, starts error handlers with the process, and lets a timer
block the end until it fires."""

from __future__ import annotations

from engine.dialect.activities import SubProcess
from tests.diagrams import (
    boundary,
    each,
    end,
    event,
    gateway,
    handler,
    job,
    mapping,
    message,
    script,
    start,
    sub_process,
    throw,
    timer,
    user_task,
)
from tests.engine.cases import Case, case

PAID = message("m", "paid", "=order")
MARKS = (
    '<bpmn:error id="bad" name="E" errorCode="bad"/><bpmn:escalation id="up" name="S" escalationCode="up"/><bpmn:signal id="go" name="go"/>'
)


def on(trigger: str, *, interrupting: bool, inner: str = "", extensions: str = "") -> str:
    begin = start("s2", trigger, extensions, isInterrupting="true" if interrupting else "false")
    return handler("ES", begin + (inner or user_task("H")) + end("e2"), "s2 H; H e2")


def beside_a_task(trigger: str, *, interrupting: bool, first: str = "", **options: str) -> Case:
    body = start() + (first or user_task("A")) + end() + on(trigger, interrupting=interrupting, **options)
    return case(body, "start A; A end", {"order": 7}, also=PAID + MARKS)


def test_an_interrupting_one_takes_the_place_of_its_scope():
    run = beside_a_task(event("message", "m"), interrupting=True)
    assert run.open == ["A"]

    assert run.message("paid", 7, sum=1)
    assert run.open == ["H"]
    assert run.count("A", "cancelled") == 1
    assert run.variables == {"order": 7}  # what the message brought is the handler's

    run.complete("H", order=8)
    assert run.done
    assert run.variables == {"order": 8}


def test_a_dashed_one_happens_again_and_again_beside_its_scope():
    run = beside_a_task(event("message", "m"), interrupting=False)

    assert run.message("paid", 7)
    assert run.message("paid", 7)
    assert run.open == ["A", "H", "H"]

    run.complete("A")
    assert not run.done
    assert run.complete("H").complete("H").done


def two_of_them() -> Case:
    """A task, an event sub-process that a message starts beside it, and one that would interrupt."""
    other = handler("N", start("sn", event("message", "m"), isInterrupting="false") + user_task("HN") + end("en"), "sn HN; HN en")
    body = start() + user_task("A") + end() + other + on(event("signal", "go"), interrupting=True)
    run = case(body, "start A; A end", {"order": 1}, also=PAID + MARKS)
    run.message("paid", 1)
    return run


def test_none_begins_once_only_another_is_left():
    """BPMN 2.0, 13.3.2 and 13.5.4: a scope that has nothing else left to do is completing, and waits for what runs already."""
    run = two_of_them().complete("A")
    assert run.open == ["HN"]
    assert run.waits == run.tasks("HN")

    run.signal("go")

    assert run.open == ["HN"]
    assert not run.message("paid", 1)
    assert run.complete("HN").done


def test_an_escalation_out_of_the_last_one_goes_outwards():
    up = event("escalation", "up")
    last = handler("N", start("sn", event("message", "m"), isInterrupting="false") + user_task("HN") + end("en", up), "sn HN; HN en")
    inner = start("s1") + user_task("A") + end("e1") + last + on(up, interrupting=False)
    around = sub_process("P", inner, "s1 A; A e1") + boundary("b", "P", up, interrupting=False) + user_task("B")
    run = case(start() + around + end(), "start P; P end; b B", {"order": 1}, also=PAID + MARKS)
    run.message("paid", 1)

    run.complete("A").complete("HN")

    assert run.open == ["B"]


def test_what_was_stored_when_one_could_still_begin_then_ends_all_the_same(monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(SubProcess, "release", lambda *_: None)  # as in version 0.1.0
        run = two_of_them().complete("A")
        assert len(run.waits) == 3

    assert run.complete("HN").done


def test_one_that_nothing_triggers_does_not_hold_up_the_end():
    run = beside_a_task(timer("timeDuration", "P1D"), interrupting=True)

    assert run.complete("A").done
    assert run.next_due is None


def test_output_mappings_of_its_start_event_reach_the_scope_around_it():
    run = beside_a_task(event("message", "m"), interrupting=False, extensions=mapping((), [("=sum", "total")]))

    run.message("paid", 7, sum=4)

    assert run.variables == {"order": 7, "total": 4}


def test_a_mapping_of_its_start_event_happens_once():
    run = beside_a_task(event("message", "m"), interrupting=False, extensions=mapping((), [("=order + 1", "order")]))

    run.message("paid", 7)

    assert run.variables == {"order": 8}


def test_a_timer_starts_it():
    run = beside_a_task(timer("timeDuration", "P1D"), interrupting=True).later(days=1)

    assert run.open == ["H"]
    assert run.complete("H").done


def test_a_cycle_starts_it_each_time():
    assert beside_a_task(timer("timeCycle", "R2/P1D"), interrupting=False).later(days=3).open == ["A", "H", "H"]


def test_an_error_of_its_scope_starts_it():
    body = start() + user_task("A") + end("x", event("error", "bad")) + on(event("error", "bad"), interrupting=True)
    run = case(body, "start A; A x", also=MARKS)
    assert run.seen("entered") == ["start", "A"]

    assert run.complete("A").open == ["H"]
    assert run.complete("H").done


def test_any_error_of_a_worker_starts_one_without_a_code():
    run = beside_a_task(event("error"), interrupting=True, first=job("A"))

    assert run.error("A", "whatever")

    assert run.open == ["H"]


def test_an_escalation_starts_it():
    body = start() + throw("x", event("escalation", "up")) + user_task("A") + end() + on(event("escalation", "up"), interrupting=False)

    assert case(body, "start x; x A; A end", also=MARKS).open == ["A", "H"]


def test_a_signal_starts_it():
    run = beside_a_task(event("signal", "go"), interrupting=True)

    run.signal("go")

    assert run.open == ["H"]


def test_an_interrupting_one_ends_the_others_too():
    other = handler("N", start("sn", event("message", "m"), isInterrupting="false") + user_task("HN") + end("en"), "sn HN; HN en")
    run = case(
        start() + user_task("A") + end() + other + on(event("signal", "go"), interrupting=True),
        "start A; A end",
        {"order": 1},
        also=PAID + MARKS,
    )
    run.message("paid", 1)
    assert run.open == ["A", "HN"]

    run.signal("go")

    assert run.open == ["H"]


def test_in_a_sub_process_it_sees_that_ones_variables():
    inner = start("s1") + user_task("A") + end("e1") + on(event("message", "m"), interrupting=True, inner=script("H", "=l + 1", "l"))
    body = start() + sub_process("P", inner, "s1 A; A e1", mapping([("=5", "l")], [("=l", "out")])) + end()
    run = case(body, "start P; P end", {"order": 7}, also=PAID)

    run.message("paid", 7)

    assert run.done
    assert run.variables == {"order": 7, "out": 6}


def test_a_terminate_end_beside_it_ends_it():
    run = case(
        start() + user_task("A") + end("t", event("terminate")) + on(event("message", "m"), interrupting=False),
        "start A; A t",
        {"order": 7},
        also=PAID,
    )
    run.message("paid", 7)

    run.complete("A")

    assert run.done
    assert run.count("H", "cancelled") == 1


def test_in_a_multi_instance_sub_process_each_has_its_own():
    inner = start("s1") + user_task("A") + end("e1") + on(event("message", "m"), interrupting=True)
    body = start() + sub_process("P", inner, "s1 A; A e1", loop=each("=list", "order")) + end()
    run = case(body, "start P; P end", {"list": [1, 2]}, also=PAID)

    assert run.message("paid", 2)

    assert run.open == ["A", "H"]
    assert run.complete("A").complete("H").done


def test_two_events_of_one_scope_keep_apart():
    body = start() + gateway("f", "parallel") + user_task("A") + user_task("B") + end()
    body += on(event("message", "m"), interrupting=False)
    body += handler("T", start("st", timer("timeDuration", "PT1H"), isInterrupting="false") + user_task("K") + end("et"), "st K; K et")
    run = case(body, "start f; f A; f B; A end; B end", {"order": 7}, also=PAID)

    run.later(hours=1)
    run.message("paid", 7)

    assert run.open == ["A", "B", "H", "K"]
