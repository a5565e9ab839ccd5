"""Standard loops: an activity again and again while a condition is true."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.diagrams import boundary, call, diagram, each, end, looped, mapping, process, script, start, sub_process, timer, user_task
from tests.engine.cases import MONDAY, Case, case

ADD_ONE = "=get or else(n, 0) + 1"


def a_task(loop: str, variables: dict[str, object] | None = None) -> Case:
    return case(start() + user_task("A", loop=loop) + user_task("Z") + end(), "start A; A Z; Z end", variables)


def counted(loop: str, n: int = 0) -> Case:
    return case(start() + script("A", ADD_ONE, "n", loop=loop) + end(), "start A; A end", {"n": n})


@pytest.mark.parametrize(("before", "turns"), [(0, 3), (1, 2), (3, 1), (9, 1)])
def test_it_happens_and_then_again_while_its_condition_is_true(before, turns):
    run = counted(looped("=n < 3"), before)

    assert run.done
    assert (run.count("A"), run.variables) == (turns, {"n": before + turns})


@pytest.mark.parametrize(("before", "turns"), [(0, 3), (3, 0)])
def test_tested_before_it_may_not_happen_at_all(before, turns):
    run = counted(looped("=n < 3", test_before=True), before)

    assert run.done
    assert (run.count("A"), run.variables) == (turns, {"n": before + turns})


@pytest.mark.parametrize("test_before", [True, False])
@pytest.mark.parametrize("condition", ["=true", ""])
def test_a_maximum_ends_it(condition, test_before):
    assert counted(looped(condition, "3", test_before=test_before)).count("A") == 3


def test_each_turn_is_a_task_of_its_own_that_knows_its_number():
    run = a_task(looped("=more"))

    assert run.scope("A")["loopCounter"] == 1
    assert run.complete("A", more=True).scope("A")["loopCounter"] == 2
    assert run.complete("A", more=False).open == ["Z"]


def test_the_condition_may_count_the_turns():
    run = counted(looped("=loopCounter < 4"))
    assert run.count("A") == 4

    assert counted(looped("=loopCounter < 4", test_before=True)).count("A") == 4


def test_mappings_belong_to_each_turn():
    lines = mapping([("=n", "before")], [("=before + 1", "n")])
    run = case(start() + user_task("A", lines, looped("=n < 2")) + end(), "start A; A end", {"n": 0})

    assert run.complete("A").scope("A")["before"] == 1
    assert run.complete("A").done
    assert run.variables == {"n": 2}


@pytest.mark.parametrize("test_before", [True, False])
def test_a_condition_that_cannot_be_told_is_a_problem_that_can_be_put_right(test_before):
    run = a_task(looped("=more", test_before=test_before))
    if not test_before:
        run.complete("A")

    assert "where true or false is needed" in run.troubles[0][1]
    assert run.retry("A", more=True).open == ["A"]


def test_events_on_its_border_belong_to_the_whole_loop():
    body = start() + user_task("A", loop=looped("=true", "9")) + boundary("b", "A", timer("timeDuration", "P2D")) + user_task("L")
    run = case(body + end(), "start A; A end; b L; L end")

    run.later(days=1).complete("A").later(hours=23)
    assert run.open == ["A"]
    assert run.until(MONDAY + timedelta(days=2)).open == ["L"]


def test_a_sub_process_loops_with_all_that_is_in_it():
    inner = start("s") + script("C", ADD_ONE, "n") + user_task("A") + end("e")
    run = case(start() + sub_process("P", inner, "s C; C A; A e", loop=looped("=n < 2")) + end(), "start P; P end", {"n": 0})

    assert run.complete("A").open == ["A"]
    assert run.complete("A").done
    assert run.variables == {"n": 2}


def test_a_called_process_loops():
    child = diagram(process(start() + user_task("A") + end(), "start A; A end", "child"))
    run = case(start() + call("C", "child", loop=looped("=more")) + end(), "start C; C end", files=(child,))

    assert run.complete("A", more=True).open == ["A"]
    assert run.complete("A", more=False).done


def test_a_loop_inside_a_multi_instance_sub_process_is_each_ones_own():
    inner = start("s") + user_task("A", loop=looped("=loopCounter < turns")) + end("e")
    body = start() + sub_process("P", inner, "s A; A e", loop=each("=[1, 2]", "turns")) + end()
    run = case(body, "start P; P end")

    assert [run.scope("A", number)["turns"] for number in (0, 1)] == [1, 2]
    assert run.complete("A", 0).open == ["A"]
    assert run.complete("A").complete("A").done


def test_thousands_of_turns_cost_the_same_each():
    """SpiffWorkflow loses every token after some 330 turns of a loop, and says the process is done."""
    steps = [counted(looped("=n < 3000")), counted(looped("=n < 1500"))]

    assert [run.count("A") for run in steps] == [3000, 1500]
    assert len(steps[0].stored) <= len(steps[1].stored) + 8


def test_a_loop_that_waits_does_not_grow():
    run = a_task(looped("=true", "1100"))
    for _ in range(30):
        run.complete("A")
    early = len(run.stored)
    for _ in range(1070):
        run.complete("A")

    assert run.open == ["Z"]
    assert len(run.stored) <= early


def test_a_loop_without_end_becomes_a_problem():
    run = counted(looped("=true"))

    assert "endless loop" in run.troubles[0][1]
