"""Compensation: what was completed is put right, the last first, each time it was done, with its data; and transactions called off.

SpiffWorkflow 3.2.0 refuses a compensation event on a border, and takes a thrown one for a blank event.
"""

from __future__ import annotations

import pytest

from tests.diagrams import (
    boundary,
    call,
    diagram,
    each,
    element,
    end,
    event,
    gateway,
    handler,
    job,
    mapping,
    process,
    script,
    start,
    sub_process,
    throw,
    timer,
    user_task,
)
from tests.engine.cases import Case, case, problems_in

MARKS = '<bpmn:error id="bad" name="E" errorCode="bad"/><bpmn:signal id="go" name="go"/>'
UNDO = event("compensate")


def log(ident: str, expression: str = "", loop: str = "") -> str:
    """Writes down that it ran, and what it saw."""
    expression = expression or f'"{ident}"'
    return script(ident, f"=append(trace, {expression})", "trace", loop=loop)


def undone(host: str, by: str = "", trigger: str = UNDO) -> str:
    """A compensation event on the border of an activity, with the activity it leads to."""
    by = by or log(f"undo{host}")
    kind, ident = by.split('id="', 1)[0].strip(), by.split('id="', 1)[1].split('"', 1)[0]
    marked = by.replace(kind, f'{kind} isForCompensation="true"', 1)
    return boundary(f"b{host}", host, trigger) + marked + element("association", f"a{host}", sourceRef=f"b{host}", targetRef=ident)


def task(ident: str, by: str = "") -> str:
    """A user task that can be undone."""
    return user_task(ident) + undone(ident, by)


def run(body: str, arrows: str, variables: dict | None = None, **options) -> Case:
    return case(start() + body + end(), arrows, {"trace": [], **(variables or {})}, also=MARKS, **options)


def trace(case: Case) -> list:
    return case.variables["trace"]


def test_everything_completed_is_undone_and_the_last_comes_first():
    one = run(task("A") + task("B") + task("C") + throw("x", UNDO) + log("after"), "start A; A B; B C; C x; x after; after end")

    one.complete("A").complete("B").complete("C")

    assert one.done
    assert trace(one) == ["undoC", "undoB", "undoA", "after"]
    undoing = [(said.element_id, said.detail["undone"]) for said in one.happened if said.what == "fired"]
    assert undoing == [("bC", "C"), ("bB", "B"), ("bA", "A")]


def test_what_undoes_is_told_where_the_event_that_asks_for_it_is():
    deep = sub_process("Q", start("s2") + task("A") + end("e2"), "s2 A; A e2")
    part = sub_process("P", start("s1") + deep + throw("x", UNDO) + end("e1"), "s1 Q; Q x; x e1")
    one = run(part, "start P; P end").complete("A")

    inside = {said.element_id: said.scope for said in one.happened if said.what == "entered"}
    assert inside["undoA"] == inside["x"] == inside["Q"] != inside["A"]


def test_an_end_event_undoes_before_it_ends():
    one = case(start() + task("A", user_task("H")) + end("x", UNDO), "start A; A x")

    assert one.complete("A").open == ["H"]
    assert one.complete("H").done


def test_what_was_never_completed_is_not_undone_and_nothing_is_undone_twice():
    body = gateway("f", "parallel") + task("A") + task("B") + throw("x", UNDO) + user_task("W") + throw("y", UNDO)
    one = run(body, "start f; f A; f B; A x; x W; W y; y end; B end")

    one.complete("A")
    assert (trace(one), one.open) == (["undoA"], ["B", "W"])
    one.complete("W")
    assert trace(one) == ["undoA"]
    assert one.complete("B").done


def test_an_interrupted_activity_is_not_undone():
    body = task("A") + boundary("late", "A", timer("timeDuration", "P1D")) + throw("x", UNDO)

    assert trace(run(body, "start A; A end; late x; x end").later(days=2)) == []


def test_one_activity_alone_may_be_undone():
    one = run(task("A") + task("B") + throw("x", event("compensate", activityRef="A")), "start A; A B; B x; x end")

    assert trace(one.complete("A").complete("B")) == ["undoA"]


def test_each_turn_of_a_loop_is_undone():
    body = gateway("m") + task("A", log("undoA", "n")) + gateway("g") + throw("x", UNDO)
    one = run(body, "start m; m A; A g; g m | =n < 3; g x | default; x end", {"n": 0})

    for n in (1, 2, 3):
        one.complete("A", n=n)

    assert trace(one) == [3, 3, 3]  # the turns share the process's variables


@pytest.mark.parametrize("one_by_one", [True, False])
def test_each_instance_of_a_multi_instance_activity_is_undone_with_what_it_was_about(one_by_one):
    looped = user_task("A", loop=each("=list", "it", one_by_one=one_by_one)) + undone("A", log("undoA", "it"))
    one = run(looped + throw("x", UNDO), "start A; A x; x end", {"list": [7, 8]})

    one.complete("A", number=0 if one_by_one else 1).complete("A")

    assert trace(one) == ([8, 7] if one_by_one else [7, 8])


def test_a_handler_may_be_a_task_and_the_throw_event_waits_for_it():
    one = run(task("A", user_task("H")) + task("B", job("J")) + throw("x", UNDO), "start A; A B; B x; x end", {"who": "Ann"})
    one.complete("A").complete("B")
    assert one.open == ["J"]

    one.complete("J")
    assert one.open == ["H"]
    assert one.scope("H")["who"] == "Ann"

    assert one.complete("H", paid=False).done
    assert one.variables["paid"] is False


def test_a_throw_event_that_does_not_wait_goes_on_at_once_and_the_process_waits():
    beside = throw("x", event("compensate", waitForCompletion="false"), mapping([], [("=get or else(n, 0) + 1", "n")]))
    one = run(task("A", user_task("H")) + beside + user_task("B"), "start A; A x; x B; B end")

    one.complete("A")
    assert one.open == ["B", "H"]
    assert one.variables["n"] == 1
    one.complete("B")
    assert not one.done
    assert one.complete("H").done


def test_a_handler_that_fails_is_a_problem_and_can_be_tried_again():
    one = run(task("A") + task("B", script("H", "=assert(n, n > 1)", "r")) + throw("x", UNDO), "start A; A B; B x; x end", {"n": 0})

    one.complete("A").complete("B")
    assert [ident for ident, _ in one.troubles] == ["H"]
    assert trace(one) == []

    assert one.retry("H", n=5).done
    assert trace(one) == ["undoA"]


def test_a_completed_sub_process_is_undone_inside_with_its_variables_as_they_were():
    inner = start("s1") + task("A", log("undoA", "l")) + task("B", log("undoB", '"B" + string(l)')) + end("e1")
    part = sub_process("P", inner, "s1 A; A B; B e1", mapping([("=order", "l")]))
    one = run(task("Z") + part + throw("x", UNDO), "start Z; Z P; P x; x end", {"order": 7})

    one.complete("Z").complete("A", l=8, order=1).complete("B")

    assert trace(one) == ["B8", 8, "undoZ"]
    assert one.done


def test_compensation_goes_down_through_sub_processes_of_sub_processes():
    deep = sub_process("Q", start("s2") + task("A", user_task("H")) + end("e2"), "s2 A; A e2", mapping([("=2", "deep")]))
    part = sub_process("P", start("s1") + deep + task("B") + end("e1"), "s1 Q; Q B; B e1", mapping([("=1", "shallow")]))
    one = run(part + throw("x", event("compensate", activityRef="P")), "start P; P x; x end")

    one.complete("A").complete("B")

    assert (one.open, trace(one)) == (["H"], ["undoB"])
    assert {"deep": 2, "shallow": 1}.items() <= one.scope("H").items()
    assert one.complete("H").done


def test_inside_a_sub_process_only_its_own_activities_are_undone():
    inner = start("s1") + task("B") + end("x", UNDO)
    one = run(task("A") + sub_process("P", inner, "s1 B; B x") + user_task("Z"), "start A; A P; P Z; Z end")

    one.complete("A").complete("B")

    assert (trace(one), one.open) == (["undoB"], ["Z"])


def test_an_activity_on_the_border_of_a_sub_process_undoes_it_as_a_whole():
    part = sub_process("P", start("s1") + task("A") + end("e1"), "s1 A; A e1") + undone("P", log("undoP"))

    assert trace(run(part + throw("x", UNDO), "start P; P x; x end").complete("A")) == ["undoP"]


def undoing_itself(*inner: str, arrows: str) -> str:
    return handler("ES", start("s2", UNDO) + "".join(inner) + end("e2"), arrows)


def test_a_sub_process_may_say_itself_how_it_is_undone():
    own = undoing_itself(log("first", "l"), throw("all", UNDO), log("last"), arrows="s2 first; first all; all last; last e2")
    part = sub_process("P", start("s1") + task("A") + end("e1") + own, "s1 A; A e1", mapping([("=5", "l")]))
    one = run(part + throw("x", UNDO), "start P; P x; x end")
    assert one.open == ["A"]

    one.complete("A", l=6)

    assert trace(one) == [6, "undoA", "last"]
    assert one.done


def test_a_sub_process_that_says_so_may_leave_its_activities_as_they_are():
    own = undoing_itself(user_task("H"), arrows="s2 H; H e2")
    one = run(
        sub_process("P", start("s1") + task("A") + end("e1") + own, "s1 A; A e1") + throw("x", UNDO) + throw("y", UNDO),
        "start P; P x; x y; y end",
    )

    assert one.complete("A").open == ["H"]
    assert one.complete("H").done
    assert trace(one) == []


def test_it_does_not_start_while_its_sub_process_runs_or_when_that_was_interrupted():
    own = undoing_itself(log("own"), arrows="s2 own; own e2")
    part = sub_process("P", start("s1") + task("A") + throw("x", UNDO) + user_task("B") + end("e1") + own, "s1 A; A x; x B; B e1")
    one = run(part + boundary("late", "P", timer("timeDuration", "P1D")) + throw("y", UNDO), "start P; P end; late y; y end")

    one.complete("A")
    assert trace(one) == ["undoA"]
    assert one.later(days=1).done
    assert trace(one) == ["undoA"]


def test_each_instance_of_a_sub_process_has_its_own_data_when_it_is_undone():
    own = undoing_itself(log("own", "it * 10 + l"), arrows="s2 own; own e2")
    inner = start("s1") + user_task("A") + end("e1") + own
    part = sub_process("P", inner, "s1 A; A e1", mapping([("=0", "l")]), each("=[1, 2, 3]", "it"))
    one = run(part + throw("x", UNDO), "start P; P x; x end")

    one.complete("A", number=2, l=9).complete("A", number=0, l=7).complete("A", l=8)

    assert trace(one) == [28, 17, 39]


def test_an_event_sub_process_undoes_what_was_completed_around_it():
    late = handler("ES", start("s2", timer("timeDuration", "P1D")) + task("N") + throw("x", UNDO) + end("e2"), "s2 N; N x; x e2")
    one = run(task("A") + task("B") + user_task("C") + late, "start A; A B; B C; C end")

    one.complete("A").complete("B").later(days=1).complete("N")

    assert trace(one) == ["undoN", "undoB", "undoA"]
    assert one.done


def test_after_an_error_in_a_handler_the_rest_can_still_be_undone():
    failing = sub_process("H", start("s3") + end("e3", event("error", "bad")), "s3 e3")
    inner = start("s1") + task("A1") + task("B1", failing) + task("C1") + end("e1")
    part = sub_process("P", inner, "s1 A1; A1 B1; B1 C1; C1 e1")
    caught = handler("ES", start("s2", event("error", "bad")) + throw("y", UNDO) + end("e2"), "s2 y; y e2")
    one = run(task("A") + part + task("D") + throw("x", UNDO) + caught, "start A; A P; P D; D x; x end")

    for ident in ("A", "A1", "B1", "C1", "D"):
        one.complete(ident)

    assert one.done
    assert trace(one) == ["undoD", "undoC1", "undoA1", "undoA"]


def test_each_called_process_is_undone_with_the_variables_it_had():
    child = process(start("s1") + task("A", user_task("H")) + end("e1"), "s1 A; A e1", "child")
    alone = {"propagateAllParentVariables": "false", "propagateAllChildVariables": "false"}
    calling = call("C", "child", mapping([("=it", "l")]), each("=[7, 8]", "it"), **alone)
    one = run(calling + throw("x", UNDO), "start C; C x; x end", files=(diagram(child),))

    one.complete("A", l=70).complete("A", l=80)

    assert one.open == ["H"]
    assert one.scope("H") == {"l": 80, "it": 8, "loopCounter": 2}
    assert one.complete("H", l=1).scope("H") == {"l": 70, "it": 7, "loopCounter": 1}
    assert one.complete("H").done
    assert "l" not in one.variables


def test_what_can_be_undone_is_stored_with_the_case_and_forgotten_with_its_scope():
    part = sub_process("P", start("s1") + task("A", user_task("H")) + end("e1"), "s1 A; A e1", mapping([("=secret", "mine")]))
    failing = sub_process("O", start("s0") + part + end("t", event("error", "bad")), "s0 P; P t") + boundary(
        "b", "O", event("error", "bad")
    )
    plain = run(user_task("A") + user_task("Z"), "start A; A Z; Z end").complete("A")
    kept = run(part + user_task("Z"), "start P; P Z; Z end").complete("A")
    lost = run(failing + user_task("Z"), "start O; O end; b Z; Z end").complete("A")

    assert (kept.open, lost.open) == (["Z"], ["Z"])
    assert len(kept.stored) > len(lost.stored) + 30
    assert abs(len(lost.stored) - len(plain.stored)) < 10


def test_ending_a_throw_event_early_ends_its_handlers():
    part = sub_process("P", start("s1") + task("A", user_task("H")) + throw("x", UNDO) + end("e1"), "s1 A; A x; x e1")
    one = run(part + boundary("late", "P", timer("timeDuration", "P1D")) + user_task("Z"), "start P; P end; late Z; Z end")
    one.complete("A")

    assert one.later(days=1).open == ["Z"]
    assert one.count("H", "cancelled") == 1


def transaction(inner: str, arrows: str, *more: str) -> str:
    return sub_process("T", start("s1") + inner + end("e1") + end("off", event("cancel")) + "".join(more), arrows, kind="transaction")


def test_a_transaction_called_off_is_undone_before_its_cancel_event_happens():
    inner = task("A") + task("B", user_task("H")) + gateway("f", "parallel") + user_task("W") + user_task("C")
    body = transaction(inner, "s1 A; A B; B f; f W; f C; C off; W e1") + boundary("b", "T", event("cancel")) + log("after")
    one = run(body, "start T; T end; b after; after end")

    one.complete("A").complete("B").complete("C")
    assert one.open == ["H"]
    assert one.count("W", "cancelled") == 1
    assert one.count("b", "fired") == 0

    assert one.complete("H").done
    assert trace(one) == ["undoA", "after"]
    assert one.count("T", "cancelled") == 1


def test_a_transaction_called_off_ends_its_event_sub_processes():
    watch = handler("ES", start("s2", event("signal", "go"), isInterrupting="false") + user_task("N") + end("e2"), "s2 N; N e2")
    body = transaction(task("A", user_task("H")) + user_task("C"), "s1 A; A C; C off; C e1", watch) + boundary("b", "T", event("cancel"))
    one = run(body + user_task("Z"), "start T; T end; b Z; Z end")
    one.complete("A").signal("go")
    assert one.open == ["C", "N"]

    one.complete("C")
    assert one.open == ["H"]
    assert one.complete("H").open == ["Z"]


def test_an_error_out_of_a_transaction_undoes_nothing():
    body = sub_process("T", start("s1") + task("A") + end("wrong", event("error", "bad")), "s1 A; A wrong", kind="transaction")
    one = run(body + boundary("b", "T", event("error", "bad")) + user_task("Z"), "start T; T end; b Z; Z end")

    assert one.complete("A").open == ["Z"]
    assert trace(one) == []


def test_a_completed_transaction_can_be_undone_later():
    body = sub_process("T", start("s1") + task("A") + end("e1"), "s1 A; A e1", kind="transaction") + throw("x", UNDO)

    assert trace(run(body, "start T; T x; x end").complete("A")) == ["undoA"]


def refused(body: str, arrows: str) -> dict[str, str]:
    return problems_in(start() + body + end(), arrows, MARKS)


def test_what_cannot_be_compensated_is_refused():
    plain = "start A; A end"
    assert "leads to no activities" in refused(user_task("A") + boundary("b", "A", UNDO), plain)["b"]
    unmarked = user_task("A") + undone("A", user_task("H")).replace(' isForCompensation="true"', "")
    assert "not marked so" in refused(unmarked, plain)["H"]
    assert "no arrow leads to it" in refused(task("A", user_task("H")), "start A; A H; H end")["H"]
    assert "no compensation event leads to it" in refused(user_task("A") + element("task", "H", isForCompensation="true"), plain)["H"]
    assert "An arrow leads out of it" in refused(task("A", user_task("H")) + user_task("B"), "start A; A end; bA B; B end")["bA"]
    second = boundary("again", "A", UNDO) + element("association", "a2", sourceRef="again", targetRef="undoA")
    assert "Keep one" in refused(task("A") + second, plain)["again"]
    late = boundary("late", "undoA", timer("timeDuration", "P1D"))
    assert "No event can stand" in refused(task("A") + late, "start A; A end; late end")["undoA"]


def test_a_throw_event_must_see_what_it_compensates():
    def asked(ref: str) -> str:
        hidden = sub_process("P", start("s1") + task("B") + end("e1"), "s1 B; B e1")
        body = task("A") + user_task("C") + hidden + throw("x", event("compensate", activityRef=ref))
        return refused(body, "start A; A C; C P; P x; x end").get("x", "")

    assert asked("A") == asked("P") == ""
    assert "does not see" in asked("nowhere")
    assert "does not see" in asked("B")
    assert "nothing puts that right" in asked("C")


def test_an_event_sub_process_that_compensates_is_alone():
    one, two = (handler(f"E{n}", start(f"s{n}2", UNDO) + end(f"e{n}2"), f"s{n}2 e{n}2") for n in "ab")
    part = sub_process("P", start("s1") + end("e1") + one + two, "s1 e1")
    assert "Keep one" in refused(part, "start P; P end")["P"]
    both = sub_process("P", start("s1") + end("e1") + one, "s1 e1") + undone("P")
    assert "Keep one of them" in refused(both, "start P; P end")["P"]
    assert "caught on the border" in problems_in(start("s", UNDO) + end(), "s end")["s"]
