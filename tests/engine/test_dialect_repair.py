"""Tokens moved, skipped and withdrawn by an administrator: what waited with them goes too, and nothing is left waiting unseen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine import spiff
from engine.errors import Conflict, Invalid
from engine.waits import TimerWait, TroubleWait
from tests.diagrams import (
    boundary,
    call,
    catch,
    diagram,
    each,
    element,
    end,
    event,
    gateway,
    handler,
    job,
    mapping,
    message,
    process,
    start,
    sub_process,
    throw,
    timer,
    user_task,
)
from tests.engine.cases import MONDAY, Case, case

WEEK = timer("timeDuration", "P7D")
TWO_BRANCHES = gateway("split", "parallel") + gateway("join", "parallel") + user_task("a") + user_task("b") + user_task("after")
TWO_ARROWS = "start split; split a; split b; a join; b join; join after; after end"


def three_steps() -> Case:
    """First, second and third, one after the other; the first is reminded of every week."""
    steps = user_task("first") + user_task("second") + user_task("third") + boundary("week", "first", WEEK, interrupting=False)
    return case(start() + steps + user_task("remind") + end(), "start first; first second; second third; third end; week remind")


def two_branches() -> Case:
    return case(start() + TWO_BRANCHES + end(), TWO_ARROWS)


# Moving


def test_a_moved_token_waits_at_the_other_element_and_what_was_armed_for_it_is_gone() -> None:
    running = three_steps()

    running.move("first", "third")

    assert running.open == ["third"]
    assert running.timers() == []
    assert running.seen("cancelled") == ["first"]
    assert running.complete("third").done


def test_a_token_can_be_moved_back_and_the_steps_happen_again() -> None:
    running = three_steps().complete("first")

    running.move("second", "first")

    assert running.open == ["first"]
    assert len(running.timers()) == 1
    assert running.complete("first").complete("second").complete("third").done


def test_a_token_is_moved_only_within_its_scope() -> None:
    inner = start("s") + user_task("inside") + user_task("beside") + end("e")
    late = handler("late", start("l", WEEK, isInterrupting="false") + user_task("chase") + end("le"), "l chase; chase le")
    running = case(
        start() + user_task("first") + sub_process("part", inner, "s inside; inside beside; beside e") + late + end(),
        "start first; first part; part end",
    )

    for target, why in (
        ("inside", "not drawn beside"),
        ("chase", "not drawn beside"),
        ("late", "not drawn beside"),
        ("nothing", "not drawn"),
    ):
        with pytest.raises(Invalid, match=why):
            running.move("first", target)
    assert running.open == ["first"]
    assert running.destinations("first") == ["end", "first", "part", "start"]
    assert running.move("first", "part").open == ["inside"]
    assert running.destinations("inside") == ["beside", "e", "inside", "s"]


def test_a_token_is_moved_neither_to_a_border_event_nor_to_a_join() -> None:
    steps = TWO_BRANCHES + boundary("week", "after", WEEK)
    running = case(start() + steps + end() + end("gone"), TWO_ARROWS + "; week gone")

    with pytest.raises(Invalid, match="“week” is on the border"):
        running.move("a", "week")
    with pytest.raises(Invalid, match="“join” joins several arrows"):
        running.move("a", "join")
    assert running.destinations("a") == ["a", "after", "b", "end", "gone", "split", "start"]


def test_an_event_that_only_waits_beside_a_step_is_not_moved() -> None:
    running = three_steps()

    with pytest.raises(Invalid, match="only waits beside"):
        running.move("week", "third")
    assert running.destinations("week") == []


def test_one_of_several_stands_for_the_whole_activity() -> None:
    several = user_task("ask", loop=each("=[1, 2, 3]", "it", "answers", "=answer"))
    running = case(start() + several + user_task("weigh") + end(), "start ask; ask weigh; weigh end")
    running.complete("ask", answer="yes")

    running.move("ask", "weigh")

    assert running.open == ["weigh"]
    assert running.variables["answers"] == ["yes", None, None]
    assert running.move("weigh", "ask").open == ["ask", "ask", "ask"]


def test_an_activity_that_calls_a_process_is_moved_with_all_that_runs_in_it() -> None:
    called = diagram(process(start() + user_task("dig") + user_task("weed") + end(), "start dig; start weed; dig end; weed end", "beds"))
    running = case(
        start() + call("beds_done", "beds") + user_task("after") + end(), "start beds_done; beds_done after; after end", files=(called,)
    )
    [around] = running.around("dig")
    assert (around.process_key, around.element_id) == ("p", "beds_done")

    running.move_token(around.token, "after")

    assert running.open == ["after"]
    assert sorted(running.seen("cancelled")) == ["beds_done", "dig", "weed"]


def test_from_an_event_gateway_all_its_ways_go_with_the_token() -> None:
    ways = gateway("which", "eventBased") + catch("week", WEEK) + catch("word", event("message", "m")) + user_task("after")
    arrows = "start which; which week; which word; week after; word after; after end"
    running = case(start() + ways + end(), arrows, also=message("m", "word", "=1"))

    running.move("word", "after")

    assert running.open == ["after"]
    assert running.timers() == []
    assert not running.message("word", 1)


def test_a_moved_token_that_is_gone_is_a_conflict() -> None:
    running = three_steps()
    token = running.task("first").token
    running.complete("first")

    with pytest.raises(Conflict, match="This step is over"):
        running.move_token(token, "third")


def test_what_puts_another_step_right_is_withdrawn_or_skipped_but_not_moved() -> None:
    def undone() -> Case:
        body = (
            user_task("book")
            + boundary("undo", "book", event("compensate"))
            + user_task("unbook").replace('id="unbook"', 'id="unbook" isForCompensation="true"')
        )
        body += throw("back", event("compensate")) + user_task("after")
        arrows = "start book; book back; back after; after end"
        return case(start() + body + element("association", "leads", sourceRef="undo", targetRef="unbook") + end(), arrows).complete("book")

    running = undone()
    assert running.open == ["unbook"]
    with pytest.raises(Invalid, match="puts right what another step did"):
        running.move("unbook", "after")
    assert [wait.element_id for wait in running.around("unbook")] == ["back"]

    assert undone().withdraw("unbook").open == ["after"]
    assert undone().skip("unbook").open == ["after"]
    assert running.move_token(running.around("unbook")[0].token, "end").done


# Joins whose tokens cannot come any more


def test_a_join_left_without_a_token_says_so_instead_of_waiting_for_ever() -> None:
    running = two_branches().move("a", "after")
    assert running.troubles == []

    running.complete("b")

    [(where, why)] = running.troubles
    assert where == "join"
    assert "can no longer come" in why
    assert running.complete("after").done is False


def test_a_join_goes_on_when_a_token_is_moved_to_where_it_can_come_from() -> None:
    running = two_branches().move("a", "after").complete("b")

    running.move("after", "a")

    assert running.troubles == []
    assert running.complete("a").complete("after").done


def test_a_join_can_be_let_go_on_without_the_token() -> None:
    running = two_branches().move("a", "end").complete("b")

    running.skip("join")

    assert running.troubles == []
    assert running.complete("after").done


def test_a_join_that_is_tried_again_in_vain_still_says_so() -> None:
    running = two_branches().move("a", "after").complete("b")

    running.retry("join")

    assert [where for where, _ in running.troubles] == ["join"]


def test_a_join_whose_other_token_waits_at_a_join_behind_a_free_one_is_patient() -> None:
    body = "".join(gateway(ident, "parallel") for ident in ("s1", "s2", "j1", "j2")) + user_task("a") + user_task("b") + user_task("c")
    arrows = "start s1; s1 a; s1 s2; s2 b; s2 c; b j2; c j2; j2 j1; a j1; j1 end"
    running = case(start() + body + end(), arrows)

    running.complete("a").complete("b")

    assert running.troubles == []
    assert running.complete("c").done


# Skipping


def test_a_failed_step_is_skipped_without_its_results_and_mappings() -> None:
    fails = user_task("fails", mapping(outputs=[("=answer", "answer")]), candidateGroups="=5")
    running = case(start() + fails + user_task("after") + end(), "start fails; fails after; after end", {"answer": "kept"})
    assert [where for where, _ in running.troubles] == ["fails"]

    running.skip("fails")

    assert running.open == ["after"]
    assert running.variables == {"answer": "kept"}
    assert running.seen("skipped") == ["fails"]


def test_a_gateway_is_never_skipped() -> None:
    running = case(
        start() + gateway("which") + user_task("a") + user_task("b") + end(),
        "start which; which a | =missing; which b | =not(missing); a end; b end",
    )
    assert [where for where, _ in running.troubles] == ["which"]

    with pytest.raises(Invalid, match="which way to go"):
        running.skip("which")

    assert running.move("which", "b").open == ["b"]


def test_a_step_whose_border_could_not_be_armed_is_skipped_with_its_border() -> None:
    late = boundary("late", "first", timer("timeDuration", "=missing"))
    running = case(
        start() + user_task("first") + late + user_task("after") + end() + end("gone"), "start first; first after; after end; late gone"
    )
    assert [where for where, _ in running.troubles] == ["first"]

    running.skip("first")

    assert running.open == ["after"]
    assert running.complete("after").done


def test_a_skipped_one_of_several_counts_as_done_and_collects_nothing() -> None:
    several = user_task("ask", candidateGroups='=if it = 2 then 5 else "warden"', loop=each("=[1, 2]", "it", "answers", "=answer"))
    running = case(start() + several + user_task("after") + end(), "start ask; ask after; after end")
    [failed] = [wait for wait in running.tasks("ask") if isinstance(wait, TroubleWait)]

    running.skip_token(failed.token)
    assert running.open == ["ask"]

    running.complete("ask", answer="yes")
    assert running.open == ["after"]
    assert running.variables["answers"] == ["yes", None]


def test_a_job_that_nobody_can_do_is_skipped() -> None:
    running = case(start() + job("send") + user_task("after") + end(), "start send; send after; after end")

    running.skip("send")

    assert running.open == ["after"]
    assert running.seen("skipped") == ["send"]


# Withdrawing, ending


def test_a_withdrawn_token_ends_and_the_rest_goes_on() -> None:
    running = case(start() + user_task("a") + user_task("b") + end(), "start a; start b; a end; b end")

    running.withdraw("a")

    assert running.open == ["b"]
    assert running.complete("b").done


def test_a_scope_from_which_the_last_token_is_withdrawn_is_done() -> None:
    inner = start("s") + user_task("inside") + end("e")
    part = sub_process("part", inner, "s inside; inside e") + boundary("week", "part", WEEK)
    running = case(start() + part + user_task("after") + end() + end("gone"), "start part; part after; after end; week gone")

    running.withdraw("inside")

    assert running.open == ["after"]
    assert running.timers() == []


@pytest.mark.parametrize("sequential", [False, True])
def test_a_withdrawn_one_of_several_leaves_the_others(sequential: bool) -> None:
    several = user_task("ask", loop=each("=[1, 2]", "it", "answers", "=answer", one_by_one=sequential))
    running = case(start() + several + user_task("after") + end(), "start ask; ask after; after end")

    running.withdraw("ask")
    assert running.open == ["ask"]

    running.complete("ask", answer="yes")
    assert running.open == ["after"]
    assert running.variables["answers"] == [None, "yes"]


def test_a_rescheduled_timer_is_due_at_the_new_moment_and_repeats_as_before() -> None:
    cycle = boundary("week", "first", timer("timeCycle", "R/P7D"), interrupting=False)
    running = case(start() + user_task("first") + cycle + user_task("remind") + end(), "start first; first end; week remind; remind end")
    [before] = running.timers()

    running.reschedule("week", MONDAY + timedelta(days=2))

    [after] = running.timers()
    assert isinstance(after, TimerWait)
    assert (before.due_at, after.due_at) == (MONDAY + timedelta(days=7), MONDAY + timedelta(days=2))
    assert running.later(days=2).open == ["first", "remind"]
    assert running.next_due == MONDAY + timedelta(days=14)


def test_a_terminated_instance_has_nothing_left_and_did_not_reach_its_end() -> None:
    inner = start("s") + user_task("inside") + end("e")
    running = case(
        start() + user_task("a") + sub_process("part", inner, "s inside; inside e") + throw("said") + end(),
        "start a; start part; a end; part said; said end",
    )

    running.terminate()

    assert running.done
    assert running.open == []
    assert sorted(running.seen("cancelled")) == ["a", "inside", "part"]
    assert running.seen("ended") == []
    assert spiff.load(running.definitions, running.stored, at=running.now).waits == {}
