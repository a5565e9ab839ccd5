"""Activities that happen once for each item of a list."""

from __future__ import annotations

from datetime import timedelta

from tests.diagrams import boundary, call, diagram, each, end, mapping, process, script, start, sub_process, timer, user_task
from tests.engine.cases import MONDAY, Case, case

CHILD = diagram(process(start() + user_task("A") + end(), "start A; A end", "child"))


def a_task(loop: str, variables: dict[str, object]) -> Case:
    return case(start() + user_task("A", loop=loop) + user_task("Z") + end(), "start A; A Z; Z end", variables)


def test_in_parallel_each_has_its_item_and_its_result():
    run = a_task(each("=items", "item", "results", "=result"), {"items": [3, 4, 5], "result": "keep"})
    assert [(run.scope("A", i)["item"], run.scope("A", i)["result"], run.scope("A", i)["loopCounter"]) for i in range(3)] == [
        (3, None, 1), (4, None, 2), (5, None, 3),
    ]  # fmt: skip

    run.complete("A", 2, result="c").complete("A", 0, result="a").complete("A", 0, result="b")

    assert run.open == ["Z"]
    assert run.variables == {"items": [3, 4, 5], "result": "keep", "results": ["a", "b", "c"]}


def test_an_output_mapping_to_the_collected_variable_is_each_ones_own():
    loop = each("=items", "item", "results", "=result")
    body = start() + user_task("A", mapping((), [("=answer * 2", "result"), ("=item", "last")]), loop=loop) + end()
    run = case(body, "start A; A end", {"items": [3, 4], "result": "keep"})

    run.complete("A", 1, answer=20).complete("A", 0, answer=10)

    assert run.variables == {"items": [3, 4], "result": "keep", "results": [20, 40], "last": 3}


def test_one_after_the_other():
    run = a_task(each("=items", "item", "results", "=item * 2", one_by_one=True), {"items": [3, 4]})
    assert len(run.tasks("A")) == 1

    assert run.complete("A").scope("A")["item"] == 4
    run.complete("A")

    assert run.variables["results"] == [6, 8]
    assert run.open == ["Z"]


def test_of_an_empty_list_nothing_happens():
    run = a_task(each("=items", "item", "results", "=item"), {"items": []})

    assert run.open == ["Z"]
    assert run.variables["results"] == []


def test_what_is_no_list_is_a_problem():
    run = a_task(each("=items", "item"), {})

    assert "where a list is needed" in run.troubles[0][1]
    assert len(run.retry("A", items=[1]).tasks("A")) == 1


def test_more_times_than_anybody_could_do_are_a_problem():
    run = a_task(each("=for i in 1..n return i"), {"n": 100_000})

    assert run.open == []
    assert "100,000 times are too many" in run.troubles[0][1]


def test_a_completion_condition_cancels_the_rest_and_keeps_what_was_collected():
    run = a_task(each("=items", "item", "results", "=r", until="=numberOfCompletedInstances >= 2"), {"items": [1, 2, 3]})

    run.complete("A", 0, r=1).complete("A", 0, r=2)

    assert run.open == ["Z"]
    assert run.variables["results"] == [1, 2, None]
    assert run.count("A", "cancelled") == 1


def test_interrupted_it_keeps_what_was_collected():
    body = (
        start()
        + user_task("A", loop=each("=items", "item", "results", "=r"))
        + boundary("b", "A", timer("timeDuration", "P1D"))
        + user_task("L")
        + end()
    )
    run = case(body, "start A; A end; b L; L end", {"items": [1, 2]})

    run.complete("A", 1, r="late").later(days=1)

    assert run.open == ["L"]
    assert run.variables["results"] == [None, "late"]


def test_events_on_its_border_belong_to_the_whole_of_it():
    body = start() + user_task("A", loop=each("=items", "item")) + boundary("b", "A", timer("timeDuration", "P1D"))
    body += boundary("n", "A", timer("timeCycle", "R/PT8H"), interrupting=False) + user_task("L") + user_task("N") + end()
    run = case(body, "start A; A end; b L; L end; n N; N end", {"items": [1, 2]})

    assert run.later(hours=9).open == ["A", "A", "N"]
    assert run.until(MONDAY + timedelta(days=1)).open == ["L", "N", "N"]
    assert run.next_due is None


def test_a_sub_process_for_each_item():
    inner = start("s1") + script("C", '=agency.kind + "!"', "k") + user_task("A") + end("e1")
    body = start() + sub_process("P", inner, "s1 C; C A; A e1", loop=each("=agencies", "agency", "ks", "=k")) + end()
    run = case(body, "start P; P end", {"agencies": [{"kind": "police"}, {"kind": "nhs"}]})
    assert len(run.tasks("A")) == 2

    run.complete("A", 1).complete("A")

    assert run.done
    assert run.variables["ks"] == ["police!", "nhs!"]


def test_a_called_process_for_each_item():
    body = start() + call("C", "child", loop=each("=list", "i", "o", "=y", one_by_one=True)) + end()
    run = case(body, "start C; C end", {"list": [1, 2]}, files=(CHILD,))

    run.complete("A", y=1).complete("A", y=2)

    assert run.done
    assert run.variables["o"] == [1, 2]


def test_a_hundred_called_processes_stay_small():
    """In SpiffWorkflow 200 children make 584 kB, and each completion reads all that ever ran."""
    body = start() + call("C", "child", loop=each("=list", "i")) + end()
    run = case(body, "start C; C end", {"list": list(range(100))}, files=(CHILD,))

    assert len(run.tasks("A")) == 100
    assert len(run.stored) < 15_000
    run.complete("A", 50)
    assert len(run.tasks("A")) == 99
