"""Ad-hoc sub-processes: what is in them has no fixed order."""

from __future__ import annotations

import pytest

from tests.diagrams import boundary, each, element, end, gateway, handler, script, start, sub_process, timer, user_task
from tests.engine.cases import Case, case, problems_in

BODY = user_task("A") + user_task("B") + user_task("C")
COUNT = script("I", "=get or else(n, 0) + 1", "n")


def ad_hoc(body: str, arrows: str = "", until: str = "", enabled: str = "", loop: str = "", **attributes: str) -> str:
    condition = f"<bpmn:completionCondition>{until.replace('>', '&gt;')}</bpmn:completionCondition>" if until else ""
    active = f'<zeebe:adHoc activeElementsCollection="{enabled}"/>' if enabled else ""
    return sub_process("P", body + condition, arrows, active, loop, kind="adHocSubProcess", **attributes)


def running(inside: str, variables: dict[str, object] | None = None) -> Case:
    return case(start() + inside + user_task("Z") + end(), "start P; P Z; Z end", variables)


def test_everything_in_it_is_open_at_once_and_it_is_over_when_each_was_done_once():
    run = running(ad_hoc(BODY))

    assert run.open == ["A", "B", "C"]
    assert run.complete("C").complete("A").open == ["B"]
    assert run.complete("B").open == ["Z"]
    assert run.complete("Z").done


def test_what_arrows_lead_to_follows():
    run = running(ad_hoc(BODY, "A B"))

    assert run.open == ["A", "C"]
    assert run.complete("A").complete("C").open == ["B"]
    assert run.complete("B").open == ["Z"]


def test_sequentially_one_after_the_other_as_they_are_drawn():
    run = running(ad_hoc(user_task("B") + user_task("A") + user_task("C"), "A C", ordering="Sequential"))

    for ident in ("B", "A", "C", "Z"):
        assert run.open == [ident]
        run.complete(ident)
    assert run.done


def test_automatic_activities_run_by_themselves():
    one, two = script("one", '=append(order, "one")', "order"), script("two", '=append(order, "two")', "order")
    run = running(ad_hoc(one + two, ordering="Sequential"), {"order": []})

    assert (run.open, run.variables["order"]) == (["Z"], ["one", "two"])


def test_an_expression_may_say_what_is_enabled():
    run = running(ad_hoc(BODY, enabled="=wanted"), {"wanted": ["C", "A"]})

    assert run.open == ["A", "C"]
    assert run.complete("A").complete("C").open == ["Z"]


def test_sequentially_in_the_order_that_the_expression_gives():
    run = running(ad_hoc(BODY, enabled="=wanted", ordering="Sequential"), {"wanted": ["C", "A"]})

    assert run.open == ["C"]
    assert run.complete("C").open == ["A"]
    assert run.complete("A").open == ["Z"]


def test_nothing_enabled_is_nothing_to_do():
    assert running(ad_hoc(BODY, enabled="=[]")).open == ["Z"]


@pytest.mark.parametrize(
    ("wanted", "words"), [(["A", "no"], "It can be: A, B, C"), ("A", "where a list is needed"), ([{"a": 1}], "It can be")]
)
def test_what_cannot_be_enabled_is_a_problem_that_can_be_put_right(wanted, words):
    run = running(ad_hoc(BODY, enabled="=wanted"), {"wanted": wanted})

    [(where, said)] = run.troubles
    assert (where, words in said) == ("P", True)
    assert run.retry("P", wanted=["B"]).open == ["B"]


def test_when_the_completion_condition_is_true_what_is_open_is_cancelled():
    run = running(ad_hoc(BODY, until="=enough"), {"enough": False})

    assert run.complete("A").open == ["B", "C"]
    assert run.complete("B", enough=True).open == ["Z"]
    assert run.count("C", "cancelled") == 1


def test_it_ends_a_path_in_the_middle():
    run = running(ad_hoc(BODY, "A B", until="=enough"), {"enough": False})

    assert run.complete("A", enough=True).open == ["Z"]


def test_or_what_is_open_may_be_finished_and_nothing_new_is_enabled():
    run = running(ad_hoc(BODY, "B A", until="=enough", cancelRemainingInstances="false"), {"enough": False})

    assert run.complete("B", enough=True).open == ["A", "C"]
    assert run.complete("C", enough=False).open == ["A"]
    assert run.complete("A").open == ["Z"]


def test_while_it_is_not_true_everything_is_enabled_once_more():
    run = running(ad_hoc(user_task("A") + user_task("B"), until="=enough"), {"enough": False})

    run.complete("A").complete("B")
    assert run.open == ["A", "B"]
    assert run.complete("B", enough=True).open == ["Z"]


def test_what_is_enabled_may_change_from_round_to_round():
    run = running(ad_hoc(BODY, until="=enough", enabled="=[wanted]"), {"enough": False, "wanted": "B"})

    assert run.complete("B", wanted="C").open == ["C"]
    assert run.complete("C", enough=True).open == ["Z"]


def test_automatic_activities_repeat_until_the_condition_is_true():
    run = running(ad_hoc(COUNT, until="=n = 3"))

    assert (run.open, run.variables["n"], run.count("I")) == (["Z"], 3, 3)


def test_a_completion_condition_that_cannot_be_told_is_a_problem_that_can_be_put_right():
    run = running(ad_hoc(BODY, until="=enough"))

    run.complete("A")
    assert run.troubles[0][0] == "P"
    assert run.retry("P", enough=True).open == ["Z"]


def test_nothing_enabled_that_could_make_the_condition_true_is_a_problem():
    run = running(ad_hoc(BODY, until="=enough", enabled="=wanted"), {"enough": False, "wanted": []})

    assert "would never end" in run.troubles[0][1]


def test_gateways_joins_and_activities_with_several_arrows_inside():
    inner = gateway("f", "parallel") + BODY + gateway("j", "inclusive") + user_task("D")
    run = running(ad_hoc(inner, "f A; f B; A j; B j; j D", until="=enough"), {"enough": False})

    assert run.open == ["A", "B", "C"]
    assert run.complete("A").open == ["B", "C"]
    assert run.complete("B").open == ["C", "D"]
    assert run.complete("D").complete("C").open == ["A", "B", "C"]
    assert run.complete("C", enough=True).open == ["Z"]


def test_events_on_its_border_and_inside_it():
    inner = BODY + boundary("t", "A", timer("timeDuration", "P1D")) + user_task("T")
    body = start() + ad_hoc(inner, "t T") + boundary("b", "P", timer("timeDuration", "P2D")) + user_task("L") + end()
    run = case(body, "start P; P end; b L; L end")

    assert run.later(days=1).open == ["B", "C", "T"]
    assert run.later(days=1).open == ["L"]


def test_an_event_sub_process_inside_it():
    inner = BODY + handler("H", start("s", timer("timeDuration", "P1D"), isInterrupting="false") + user_task("T") + end("e"), "s T; T e")
    run = running(ad_hoc(inner, until="=enough"), {"enough": False})

    assert run.later(days=1).open == ["A", "B", "C", "T"]
    assert run.complete("B", enough=True).open == ["T"]
    assert run.complete("T").open == ["Z"]


def test_for_each_item_another_order():
    run = running(ad_hoc(BODY, enabled="=order", ordering="Sequential", loop=each('=[["A", "B"], ["C"]]', "order")))

    assert run.open == ["A", "C"]
    assert run.complete("A").complete("C").open == ["B"]
    assert run.complete("B").open == ["Z"]


def test_what_it_cannot_have_is_refused():
    assert "neither start nor end events" in problems_in(start() + ad_hoc(start("s") + BODY) + end(), "start P; P end")["P"]
    assert "nothing in it" in problems_in(start() + ad_hoc("") + end(), "start P; P end")["P"]
    assert "Write Parallel or Sequential" in problems_in(start() + ad_hoc(BODY, ordering="Any") + end(), "start P; P end")["P"]
    assert "not FEEL" in problems_in(start() + ad_hoc(BODY, until="n > 1") + end(), "start P; P end")["P"]
    assert "not FEEL" in problems_in(start() + ad_hoc(BODY, enabled="A,B") + end(), "start P; P end")["P"]
    collecting = sub_process("P", BODY, "", '<zeebe:adHoc outputCollection="r"/>', kind="adHocSubProcess")
    assert "“outputCollection”" in problems_in(start() + collecting + end(), "start P; P end")["P"]
    assert "means nothing on this kind" in problems_in(start() + element("task", "x", "", "<zeebe:adHoc/>") + end(), "start x; x end")["x"]


def test_one_after_the_other_a_join_waits_for_what_is_still_to_come():
    run = running(ad_hoc(BODY + gateway("j", "parallel"), "A j; B j; j C", ordering="Sequential"))

    assert run.complete("A").open == ["B"]
    assert run.complete("B").open == ["C"]
    assert run.complete("C").open == ["Z"]
