"""The complex gateway: when it starts, what it then swallows, and that it begins anew."""

from __future__ import annotations

import pytest

from tests.diagrams import element, end, gateway, script, start, user_task
from tests.engine.cases import Case, case, problems_in


def complex_gateway(ident: str, activation: str = "") -> str:
    condition = activation.replace(">", "&gt;").replace("<", "&lt;")
    return element("complexGateway", ident, f"<bpmn:activationCondition>{condition}</bpmn:activationCondition>" if activation else "")


BRANCHES = start() + gateway("f", "parallel") + user_task("A") + user_task("B") + user_task("C") + user_task("Z") + end()
ARROWS = "start f; f A; f B; f C; A g; B g; C g; g Z; Z end"


def joined(activation: str, arrows: str = ARROWS, also: str = "", **variables: object) -> Case:
    return case(BRANCHES + complex_gateway("g", activation) + also, arrows, variables)


@pytest.mark.parametrize("order", ["ABC", "CAB"])
@pytest.mark.parametrize("needed", [1, 2, 3])
def test_it_starts_once_as_soon_as_enough_have_come(needed, order):
    run = joined("=activationCount >= needed", needed=needed)

    for number, task in enumerate(order, 1):
        run.complete(task)
        assert ("Z" in run.open) is (number >= needed)

    assert run.open == ["Z"]
    assert run.count("g") == 1
    assert run.complete("Z").done


def test_it_is_not_over_while_something_is_still_on_its_way():
    run = joined("=activationCount >= 1")

    assert run.complete("B").complete("Z").open == ["A", "C"]
    assert not run.done
    assert run.complete("A").complete("C").done
    assert run.count("Z") == 1


def test_a_way_that_was_not_taken_is_not_waited_for():
    body = BRANCHES.replace("parallelGateway", "inclusiveGateway") + complex_gateway("g", "=activationCount >= 1")
    arrows = "start f; f A | =true; f B | =true; f C | =false; A g; B g; C g; g Z; Z end"
    run = case(body, arrows)

    assert run.complete("A").complete("B").open == ["Z"]
    assert run.complete("Z").done


def test_the_condition_may_ask_which_arrows_have_a_token():
    run = joined("=p_4 > 0 and (p_5 > 0 or p_6 > 0)")

    assert run.complete("B").complete("C").open == ["A"]
    assert run.complete("A").open == ["Z"]
    assert run.complete("Z").done


def test_in_a_loop_each_round_starts_once():
    arrows = "start m; m f; f A; f B; f C; A g; B g; C g; g Z; Z x; x m | =again; x end | default"
    run = joined("=activationCount >= 2", arrows, gateway("m") + gateway("x"))

    run.complete("A").complete("B").complete("Z", again=True)
    assert run.open == ["A", "B", "C", "C"]  # the one from before is still to be swallowed
    run.complete("C").complete("A").complete("C")

    assert run.open == ["B", "Z"]
    assert run.complete("B").complete("Z", again=False).done
    assert run.count("Z") == 2


def test_a_second_token_on_one_arrow_is_kept_for_the_next_round():
    body = start() + element("userTask", "A", completionQuantity="2") + user_task("B") + complex_gateway("g", "=activationCount = 2")
    run = case(body + user_task("Z") + end(), "start A; start B; A g; B g; g Z; Z end")

    assert run.complete("A").open == ["B"]
    assert run.complete("B").open == ["Z"]
    assert run.complete("Z").open == []
    assert not run.done


def test_arrows_with_conditions_are_asked_at_the_start_and_at_the_reset():
    body = BRANCHES + user_task("Y") + user_task("X") + complex_gateway("g", "=activationCount = 2")
    arrows = "start f; f A; f B; f C; A g; B g; C g; g Z | =waitingForStart; g Y | =not(waitingForStart); g X | =true; Z end; Y end; X end"
    run = case(body, arrows)

    assert run.complete("A").complete("B").open == ["C", "X", "Z"]
    assert run.complete("C").open == ["X", "X", "Y", "Z"]


def test_it_splits_by_its_conditions():
    body = start() + complex_gateway("g") + user_task("A") + user_task("B") + user_task("C") + end()
    arrows = "start g; g A | =n > 1; g B | =n > 2; g C | default; A end; B end; C end"

    assert [case(body, arrows, {"n": n}).open for n in (3, 2, 1)] == [["A", "B"], ["A"], ["C"]]


def test_no_true_condition_and_no_default_is_a_problem_at_the_start_and_none_at_the_reset():
    body = BRANCHES + complex_gateway("g", "=activationCount >= 1")
    run = case(body, ARROWS.replace("g Z", "g Z | =yes"), {"yes": False})

    run.complete("A")
    assert "no default flow" in run.troubles[0][1]
    run.retry("g", yes=True).complete("Z", yes=False).complete("B").complete("C")
    assert run.done


def test_an_activation_condition_that_cannot_be_told_is_a_problem_that_can_be_put_right():
    run = joined("=activationCount >= needed")

    run.complete("A")
    assert "where true or false is needed" in run.troubles[0][1]
    assert run.retry("g", needed=2).open == ["B", "C"]
    assert run.complete("B").open == ["C", "Z"]
    assert run.complete("C").complete("Z").done


def test_what_comes_after_it_may_join_inclusively():
    body = BRANCHES + gateway("j", "inclusive") + complex_gateway("g", "=activationCount >= 1")
    run = case(body, "start f; f A; f B; f C; A g; B g; C j; g j; j Z; Z end")

    assert run.complete("C").open == ["A", "B"]
    assert run.complete("A").open == ["B", "Z"]
    assert run.complete("B").complete("Z").done


def test_an_inclusive_join_behind_it_waits_for_what_the_reset_may_send():
    body = start() + gateway("f", "parallel") + user_task("A") + user_task("B") + user_task("D") + user_task("Y") + user_task("Z")
    body += gateway("x") + gateway("j", "inclusive") + complex_gateway("g", "=activationCount >= 1") + end()
    arrows = "start f; f A; f B; f D; A g; B x; x g | =go; x end | default; g Y | =waitingForStart; g j | =not(waitingForStart); D j; j Z"
    run = case(body, arrows + "; Y end; Z end", {"go": False})

    run.complete("D").complete("A")
    assert run.complete("B").open == ["Y", "Z"]
    assert run.count("j") == 1


def test_when_it_starts_must_be_said_where_several_arrows_lead_to_it():
    assert "activation condition in FEEL" in problems_in(BRANCHES + complex_gateway("g"), ARROWS)["g"]
    assert "not FEEL" in problems_in(BRANCHES + complex_gateway("g", "activationCount > 1"), ARROWS)["g"]
    body = start() + script("A", "=1", "n") + complex_gateway("g", "=activationCount >") + end()
    assert "FEEL" in problems_in(body, "start A; A g; g end")["g"]


def test_one_that_can_never_start_is_a_problem_and_can_be_let_go():
    run = joined("=activationCount >= 4").complete("A").complete("B")
    assert run.troubles == []

    run.complete("C")

    [(element_id, why)] = run.troubles
    assert element_id == "g"
    assert why.startswith("The activation condition of this gateway is not true, and no token can come any more")
    assert run.skip("g").open == ["Z"]
    assert run.complete("Z").done


def test_one_whose_condition_others_may_still_make_true_waits_for_them():
    run = joined("=enough", "start f; f A; f B; f C; A g; B g; C end; g Z; Z end", enough=False)

    run.complete("A").complete("B")
    assert run.troubles == []
    assert run.open == ["C"]

    run.complete("C", enough=True)
    assert run.open == ["Z"]


def test_and_is_a_problem_when_nobody_is_left_who_could():
    run = joined("=enough", "start f; f A; f B; f C; A g; B g; C end; g Z; Z end", enough=False)

    run.complete("A").complete("B").complete("C")

    assert [element_id for element_id, _ in run.troubles] == ["g"]
    assert run.retry("g", enough=True).open == ["Z"]
