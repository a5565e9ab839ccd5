"""Timers: armed with the token, due by civil time, and the statutory periods among them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.errors import Conflict
from tests.diagrams import boundary, catch, end, gateway, handler, properties, script, start, timer, user_task
from tests.engine.cases import MONDAY, case


def on_a_task(value: str, kind: str = "timeDuration", extensions: str = "", *, interrupting: bool = True) -> str:
    return start() + user_task("A") + boundary("b", "A", timer(kind, value), extensions, interrupting=interrupting) + user_task("L") + end()


ARROWS = "start A; A end; b L; L end"


def test_a_timer_in_the_flow_takes_feel_or_plain_iso_8601():
    """SpiffWorkflow reads the text as Python, and fails on PT1H when the token arrives."""
    run = case(
        start() + catch("t", timer("timeDuration", '="PT" + string(n) + "H"')) + user_task("A") + end(), "start t; t A; A end", {"n": 2}
    )
    assert run.next_due == MONDAY + timedelta(hours=2)

    assert run.later(hours=1).open == []
    assert run.later(hours=1).open == ["A"]


def test_months_go_by_the_corresponding_date():
    """SpiffWorkflow counts 31 August + 6 months into March."""
    run = case(on_a_task('=date(d) + duration("P6M")', "timeDate"), ARROWS, {"d": "2026-08-31"})
    assert run.next_due == datetime(2027, 2, 28, tzinfo=UTC)

    assert run.until(datetime(2027, 2, 28, tzinfo=UTC)).open == ["L"]


def test_a_timer_of_an_activity_that_is_done_is_gone():
    run = case(on_a_task("P1D"), ARROWS)
    token = run.task("b").token

    run.complete("A")

    assert run.next_due is None
    with pytest.raises(Conflict, match="no longer running"):
        run.fire(token)


def test_a_timer_says_what_it_is_attached_to():
    run = case(on_a_task("P1D"), ARROWS)

    timer_wait = run.timers()[0]

    assert (timer_wait.host_element_id, timer_wait.host_token, timer_wait.interrupting) == ("A", run.task("A").token, True)


def test_a_cycle_fires_each_time_at_its_own_time():
    body = start() + user_task("A") + boundary("b", "A", timer("timeCycle", "R3/P1M"), interrupting=False)
    run = case(body + script("C", "=append(at, string(today()))", "at") + end(), "start A; A end; b C; C end", {"at": []})

    run.until(datetime(2027, 1, 1, tzinfo=UTC))

    assert run.variables["at"] == ["2026-02-05", "2026-03-05", "2026-04-05"]
    assert run.next_due is None


def test_after_downtime_a_cycle_fires_once_for_all_missed_turns():
    """SpiffWorkflow fires once for each, one after the other."""
    run = case(on_a_task("R/P1D", "timeCycle", interrupting=False), ARROWS)

    run.wake(MONDAY + timedelta(days=9, hours=5))

    assert run.open == ["A", "L"]
    assert run.next_due == MONDAY + timedelta(days=10)


def test_missed_turns_count_against_the_number_of_a_cycle():
    run = case(on_a_task("R3/P1D", "timeCycle", interrupting=False), ARROWS)

    assert run.wake(MONDAY + timedelta(days=2, hours=5)).next_due == MONDAY + timedelta(days=3)
    assert run.later(days=1).next_due is None
    assert run.open == ["A", "L", "L"]


def test_a_cycle_whose_turns_are_all_missed_fires_once():
    run = case(on_a_task("R3/P1D", "timeCycle", interrupting=False), ARROWS).wake(MONDAY + timedelta(days=90))

    assert run.open == ["A", "L"]
    assert run.next_due is None


def test_a_value_that_is_no_time_is_a_problem():
    run = case(start() + catch("t", timer("timeDuration", "=x")) + user_task("A") + end(), "start t; t A; A end", {"x": "soon"})
    assert "what “=x” gives is not a duration" in run.troubles[0][1]

    assert run.retry("t", x="PT1H").later(hours=1).open == ["A"]


@pytest.mark.parametrize("value", ["Jane Doe, born 2020", "", "9999-12-31", "0001-01-01T00:00:00Z"])
@pytest.mark.parametrize(
    "place",
    [
        on_a_task("=x", "timeDate", properties(deadline="D"), interrupting=False),
        on_a_task("=x", "timeDuration"),
        on_a_task("=x", "timeCycle", interrupting=False),
        on_a_task("P42D", extensions=properties(deadline="D", countedFrom="=x"), interrupting=False),
        start() + user_task("A", dueDate="=x") + boundary("b", "A", timer("timeDate", "2026-03-03")) + user_task("L") + end(),
    ],
    ids=["date", "duration", "cycle", "counted from", "due"],
)
def test_a_time_that_makes_no_sense_is_a_problem_that_tells_no_value(place, value):
    """Administrators and the history read the sentence; what people answered is not for them."""
    run = case(place, ARROWS, {"x": value})

    assert run.troubles == [] or (not value or value not in run.troubles[0][1])
    assert run.troubles or value == ""
    assert "Jane" not in str([happening.detail for happening in run.happened])


def test_a_border_timer_that_cannot_be_armed_is_a_problem_of_its_activity():
    run = case(on_a_task("=x"), ARROWS)

    assert run.troubles[0][0] == "A"
    assert "is needed. Variable 'x' not found." in run.troubles[0][1]
    assert run.open == []


PERIOD = properties(deadline="Decision", countedFrom="=received", countedFromWhat="received")


def test_a_deadline_counts_from_its_date_and_is_over_at_the_end_of_the_last_day():
    run = case(on_a_task("P42D", extensions=PERIOD, interrupting=False), ARROWS, {"received": "2026-03-03"})

    period = run.timers()[0]
    assert (period.counted_from, period.due_on, period.period) == (date(2026, 3, 3), date(2026, 4, 14), "P42D")
    assert period.due_at == datetime(2026, 4, 14, 23, tzinfo=UTC)  # midnight in summer time
    assert period.properties == {"deadline": "Decision", "countedFrom": "2026-03-03", "countedFromWhat": "received"}

    assert run.until(datetime(2026, 4, 14, 22, 59, tzinfo=UTC)).open == ["A"]
    assert run.until(datetime(2026, 4, 14, 23, tzinfo=UTC)).open == ["A", "L"]  # it blocks nothing


def test_a_deadline_without_a_date_counts_from_the_civil_day_it_begins():
    run = case(
        start() + user_task("Z") + on_a_task("P1D", extensions=properties(deadline="D"), interrupting=False)[len(start()) :],
        "start Z; Z A; A end; b L; L end",
    )
    run.wake(datetime(2026, 6, 30, 23, 30, tzinfo=UTC))  # 1 July, half past midnight

    run.complete("Z")

    assert run.timers()[0].counted_from == date(2026, 7, 1)
    assert run.timers()[0].due_on == date(2026, 7, 2)


def test_a_deadline_may_count_working_days():
    words = properties(deadline="D", countedFrom='="2026-12-23"', dayKind="working")
    run = case(on_a_task("P5D", extensions=words, interrupting=False), ARROWS)

    assert run.timers()[0].due_on == date(2027, 1, 5)  # two weekends, Christmas, Boxing Day moved, 1 January, and Scotland's 4th


def test_any_timer_with_a_duration_may_count_working_days():
    run = case(on_a_task("P2D", extensions=properties(dayKind="working")), ARROWS)  # from Monday 5 January 2026

    assert run.next_due == datetime(2026, 1, 8, tzinfo=UTC)  # when Wednesday is over
    assert run.until(datetime(2026, 1, 8, tzinfo=UTC)).open == ["L"]


def test_a_deadline_may_be_a_date():
    run = case(on_a_task("=d", "timeDate", properties(deadline="D"), interrupting=False), ARROWS, {"d": "2026-03-03"})

    period = run.timers()[0]
    assert (period.due_on, period.counted_from, period.due_at) == (date(2026, 3, 3), None, datetime(2026, 3, 4, tzinfo=UTC))


def test_a_deadline_whose_first_day_is_unknown_is_a_problem():
    run = case(on_a_task("P42D", extensions=PERIOD, interrupting=False), ARROWS)
    assert "the date it counts from is not known" in run.troubles[0][1]

    assert run.retry("A", received="2026-03-03").timers()[0].due_on == date(2026, 4, 14)


def test_a_deadline_of_a_whole_scope_starts_an_event_sub_process():
    body = start() + user_task("A") + end()
    body += handler(
        "ES",
        start("s2", timer("timeDuration", "P42D"), properties(deadline="D"), isInterrupting="false") + user_task("H") + end("e2"),
        "s2 H; H e2",
    )
    run = case(body, "start A; A end")

    assert (run.timers()[0].host_element_id, run.timers()[0].due_on) == ("p", date(2026, 2, 16))
    assert run.until(datetime(2026, 2, 17, tzinfo=UTC)).open == ["A", "H"]


def test_two_timers_of_parallel_branches_keep_apart():
    body = start() + gateway("f", "parallel") + user_task("A") + user_task("B") + boundary("a", "A", timer("timeDuration", "PT1H"))
    body += boundary("b", "B", timer("timeDuration", "PT2H")) + user_task("X") + user_task("Y") + end()
    run = case(body, "start f; f A; f B; A end; B end; a X; b Y; X end; Y end")

    assert run.later(hours=1).open == ["B", "X"]
    assert run.later(hours=1).open == ["X", "Y"]


def test_a_cycle_in_the_flow_sends_a_token_as_often_as_it_says():
    run = case(start() + catch("t", timer("timeCycle", "R3/PT1H")) + user_task("A") + end(), "start t; t A; A end")

    opened = [len(run.later(hours=1).tasks("A")) for _ in range(4)]

    assert (opened, run.timers()) == ([1, 2, 3, 3], [])
    assert run.complete("A").complete("A").complete("A").done


def test_a_cycle_in_the_flow_that_says_no_number_is_the_next_time_of_it():
    run = case(start() + catch("t", timer("timeCycle", "R/2026-01-01T10:00/P7D")) + user_task("A") + end(), "start t; t A; A end")
    assert run.next_due == datetime(2026, 1, 8, 10, tzinfo=UTC)

    run.later(days=30)

    assert (run.open, run.timers()) == (["A"], [])


def test_the_last_turn_of_a_cycle_in_the_flow_ends_the_instance_and_no_earlier_one():
    run = case(start() + catch("t", timer("timeCycle", "R2/PT1H")) + script("n", "=n + 1", "n") + end(), "start t; t n; n end", {"n": 0})

    assert (run.later(hours=1).done, run.variables) == (False, {"n": 1})
    assert (run.later(hours=1).done, run.variables) == (True, {"n": 2})
