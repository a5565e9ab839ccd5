"""Where tokens choose, split and join."""

from __future__ import annotations

import pytest

from engine.dialect import instance
from tests.diagrams import (
    call,
    catch,
    diagram,
    element,
    end,
    event,
    gateway,
    handler,
    job,
    message,
    process,
    script,
    start,
    throw,
    timer,
    user_task,
)
from tests.engine.cases import case

CHOICE = start() + script("C", "=a + 1", "n") + gateway("x") + user_task("B") + user_task("D") + end()
CHOICE_ARROWS = "start C; C x; x B | =n > 5; x D | default; B end; D end"


def test_the_first_true_condition_is_taken_else_the_default():
    assert case(CHOICE, CHOICE_ARROWS, {"a": 9}).open == ["B"]
    assert case(CHOICE, CHOICE_ARROWS, {"a": 1}).open == ["D"]


def test_a_condition_that_is_neither_true_nor_false_is_a_problem_never_false():
    run = case(CHOICE, CHOICE_ARROWS, {"a": "text"})
    assert run.troubles == [("x", "“=n > 5” gives nothing where true or false is needed.")]

    assert run.retry("x", n=7).open == ["B"]
    assert run.troubles == []


def test_the_problem_names_a_missing_variable_but_quotes_no_value():
    """It goes into the history, which holds no answers."""
    run = case(start() + gateway("x") + user_task("B") + end(), "start x; x B | =secret + n > 5; x end | default; B end", {"secret": "Ann"})

    assert run.troubles[0][1] == "“=secret + n > 5” gives nothing where true or false is needed. Variable 'n' not found."


def test_no_true_condition_and_no_default_is_a_problem():
    run = case(
        start() + gateway("x") + user_task("B") + user_task("D") + end(), "start x; x B | =n > 5; x D | =n < 0; B end; D end", {"n": 1}
    )

    assert "no default flow" in run.troubles[0][1]


INCLUSIVE = start() + gateway("o", "inclusive") + user_task("A") + user_task("B") + gateway("j", "inclusive") + user_task("Z") + end()


@pytest.mark.parametrize(("both", "order"), [(True, "AB"), (True, "BA"), (False, "A")])
def test_an_inclusive_join_waits_for_every_branch_that_was_taken(both, order):
    run = case(INCLUSIVE, "start o; o A | =a; o B | =b; A j; B j; j Z; Z end", {"a": True, "b": both})

    for task in order:
        assert run.open != ["Z"]
        run.complete(task)

    assert run.open == ["Z"]


@pytest.mark.parametrize("go", [True, False])
def test_an_inclusive_join_waits_for_a_token_that_may_still_come(go):
    body = start() + gateway("o", "inclusive") + user_task("A") + job("J") + gateway("x") + user_task("B") + gateway("j", "inclusive")
    body += user_task("Z") + end() + end("e2")
    run = case(body, "start o; o A | =true; o J | =true; J x; x B | =go; x e2 | default; A j; B j; j Z; Z end", {"go": go})

    run.complete("A")
    assert run.open == ["J"]
    run.complete("J")

    assert run.open == (["B"] if go else ["Z"])
    if go:
        assert run.complete("B").open == ["Z"]


def test_an_inclusive_join_takes_one_token_of_each_arrow_and_then_the_next():
    tasks = "".join(user_task(ident) for ident in ("A", "B", "C", "Z"))
    body = start() + gateway("o", "parallel") + tasks + element("task", "m") + gateway("j", "inclusive") + end()
    run = case(body, "start o; o A; o B; o C; A m; B m; m j; C j; j Z; Z end")

    for task in "ABC":
        assert run.open != ["Z"]
        run.complete(task)

    assert run.open == ["Z", "Z"]
    assert run.complete("Z").complete("Z").done


def test_several_arrows_out_of_an_activity_are_a_parallel_split():
    """SpiffWorkflow refuses them, or takes the first."""
    run = case(start() + user_task("A") + user_task("B") + user_task("C") + end(), "start A; A B; A C; B end; C end")

    assert run.complete("A").open == ["B", "C"]


def test_arrows_with_conditions_out_of_an_activity_are_taken_where_true():
    run = case(start() + user_task("A") + user_task("B") + user_task("C") + end(), "start A; A B | =n > 1; A C; B end; C end", {"n": 1})

    assert run.complete("A").open == ["C"]
    assert run.complete("C").done


PARALLEL = start() + gateway("f", "parallel") + user_task("A") + user_task("B") + gateway("j", "parallel") + user_task("Z") + end()


@pytest.mark.parametrize("order", ["AB", "BA"])
def test_parallel_branches_never_overwrite_each_other_with_stale_copies(order):
    """SpiffWorkflow: the branch that joins last wins with the copy it started with."""
    run = case(PARALLEL, "start f; f A; f B; A j; B j; j Z; Z end", {"x": 1})

    for task in order:
        run.complete(task, **({"x": 5} if task == "A" else {}))

    assert run.open == ["Z"]
    assert run.variables == {"x": 5}


def test_a_counter_in_a_parallel_loop_ends_the_loop():
    """SpiffWorkflow leaves the counter at 0 after the join, so that the loop never ends."""
    body = (
        start()
        + gateway("m")
        + gateway("f", "parallel")
        + script("I", "=n + 1", "n")
        + user_task("B")
        + gateway("j", "parallel")
        + gateway("x")
        + end()
    )
    run = case(body, "start m; m f; f I; f B; I j; B j; j x; x m | =n < 3; x end | default", {"n": 0})

    for _ in range(3):
        assert not run.done
        run.complete("B")

    assert run.done
    assert run.variables == {"n": 3}


def test_a_second_token_on_one_flow_stays_for_the_next_round():
    body = (
        start()
        + gateway("f", "parallel")
        + user_task("A")
        + user_task("B")
        + gateway("m")
        + user_task("C")
        + gateway("j", "parallel")
        + user_task("Z")
        + end()
    )
    run = case(body, "start f; f A; f B; f C; A m; B m; m j; C j; j Z; Z end")

    run.complete("A").complete("B")
    assert run.open == ["C"]
    run.complete("C")
    assert run.open == ["Z"]

    assert not run.complete("Z").done  # the second token of A and B still waits


def test_of_the_events_behind_a_gateway_the_first_cancels_the_others():
    """SpiffWorkflow keeps one due time for all timers of the gateway, so that the shorter one never fires."""
    body = start() + gateway("g", "eventBased") + catch("c", event("message", "m")) + catch("hour", timer("timeDuration", "PT1H"))
    body += catch("minute", timer("timeDuration", "PT1M")) + user_task("A") + user_task("B") + user_task("C") + end()
    arrows = "start g; g c; g hour; g minute; c A; hour B; minute C; A end; B end; C end"
    paid = message("m", "paid", "=order")

    run = case(body, arrows, {"order": 7}, also=paid)
    assert run.message("paid", 7)
    assert (run.open, run.next_due) == (["A"], None)
    assert run.complete("A").done

    late = case(body, arrows, {"order": 7}, also=paid).later(minutes=2)
    assert late.open == ["C"]
    assert not late.message("paid", 7)


def test_a_link_leads_to_the_event_that_catches_it():
    """In SpiffWorkflow the flow simply ends at a link."""
    body = start() + throw("l1", event("link", name="L")) + catch("l2", event("link", name="L")) + user_task("A") + end()

    assert case(body, "start l1; l2 A; A end").open == ["A"]


def test_a_process_without_start_and_end_events_runs_and_names_of_the_library_are_free():
    """SpiffWorkflow never completes without an end event, and keeps the names Start, End and Root for itself."""
    run = case(element("startEvent", "Start") + user_task("End") + user_task("Root"), "Start End; End Root")
    run.complete("End")
    assert run.open == ["Root"]
    assert run.complete("Root").done

    assert case(user_task("A") + user_task("B"), "A B").complete("A").complete("B").done


def test_a_loop_of_many_turns_runs_to_its_end():
    """SpiffWorkflow loses every token deeper than 1,000 in its tree and calls the instance completed."""
    body = start() + gateway("m") + script("I", "=n + 1", "n") + gateway("x") + end()

    run = case(body, "start m; m I; I x; x m | =n < 1500; x end | default", {"n": 0})

    assert run.done
    assert run.variables["n"] == 1500


def test_a_loop_without_a_wait_is_stopped():
    run = case(start() + gateway("m") + script("I", "=1", "n"), "start m; m I; I m")

    assert len(run.troubles) == 1
    assert "endless loop" in run.troubles[0][1]


def test_a_long_process_is_read_and_run():
    """SpiffWorkflow's parser cannot read 500 elements in a row."""
    count = 1200
    body = start() + "".join(element("task", f"t{i}") for i in range(count)) + end()
    arrows = "; ".join(["start t0", *(f"t{i} t{i + 1}" for i in range(count - 1)), f"t{count - 1} end"])

    assert case(body, arrows).done


def test_a_diagram_is_shared_and_one_case_leaves_no_trace_in_it():
    """After one instance catches an event sub-process's message, SpiffWorkflow starts later instances with that handler."""
    body = start() + user_task("A") + end() + handler("ES", start("s2", event("message", "m")) + user_task("H") + end("e2"), "s2 H; H e2")
    first = case(body, "start A; A end", {"order": 1}, also=message("m", "paid", "=order"))
    first.message("paid", 1)

    second = first.another({"order": 2})

    assert (first.open, second.open) == (["H"], ["A"])


def test_a_blank_intermediate_event_is_a_milestone_also_in_a_called_process():
    child = diagram(process(start() + throw("m2", name="Inside") + end(), "start m2; m2 end", "child"))
    run = case(start() + throw("m1", name="Received") + call("C", "child") + end(), "start m1; m1 C; C end", files=(child,))

    assert [(happening.name, happening.process_key) for happening in run.happened if happening.what == "milestone"] == [
        ("Received", "p"),
        ("Inside", "child"),
    ]


def test_a_movement_that_computes_for_too_long_is_a_problem(monkeypatch):
    """Each expression may take a second, and ten thousand of them would hold the database for hours."""
    monkeypatch.setattr(instance, "LONGEST", -1)

    run = case(start() + script("s", "=1", "x") + end(), "start s; s end")

    assert "was stopped" in run.troubles[0][1]


def test_two_inclusive_joins_that_wait_for_each_other_are_a_problem_and_can_be_let_go():
    body = start() + gateway("f", "parallel") + gateway("J", "inclusive") + gateway("K", "inclusive") + user_task("A") + user_task("B")
    body += gateway("x") + gateway("y") + end()
    back = "J A; A x; x K | =again; x end | default; K B; B y; y J | =again; y end | default"
    run = case(body, f"start f; f J; f K; {back}", {"again": False})
    assert run.open == []
    assert [element for element, _ in run.troubles] == ["J", "K"]
    assert "waits for a token that can no longer come" in run.troubles[0][1]

    run.skip("J")

    assert run.open == ["A"]
    assert run.troubles == []  # A may still lead to it
    assert run.complete("A").open == ["B"]
    assert run.complete("B").done


def test_an_activity_that_never_gets_the_tokens_it_needs_is_a_problem_and_can_begin_with_those_it_has():
    body = start() + gateway("f", "parallel") + user_task("A") + user_task("B") + element("userTask", "C", startQuantity="3") + end()
    run = case(body, "start f; f A; f B; A C; B C; C end")
    assert run.complete("A").troubles == []

    run.complete("B")

    [(element_id, why)] = run.troubles
    assert (element_id, why.partition(".")[0]) == ("C", "This step waits for more tokens to begin with, and none can come any more")
    assert run.skip("C").open == ["C"]
    assert run.complete("C").done
