"""Deadlines of whole parts and of cases that an administrator holds or takes another way: facts of the calendar, whatever stands still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Event
from time import monotonic

import pytest

from engine import administration, clock, history, insight, messages, scheduler
from engine.database import Sessions, transaction
from engine.identity import Actor
from engine.models import Deadline, DeadlineState, HistoryEvent, InstanceState, ProcessInstance
from tests.diagrams import boundary, each, end, event, handler, looped, message, properties, start, sub_process, timer, user_task
from tests.engine.office import TASK, WHY, Office
from tests.engine.standing import Garden, bundle

BEGINS = start("over", timer("timeDuration", "P7D"), properties(deadline="Report"), isInterrupting="false")
WHOLE = handler("watch", BEGINS + end("told"), "over told")
COMES = start("comes", event("message", "m"), isInterrupting="false")
NEWS = handler("news", COMES + user_task("read_it", **TASK), "comes read_it")
ALSO = message("m", "word", "=height")
TASKS = user_task("dig", **TASK, name="Dig it over") + user_task("sow", **TASK, name="Sow")


def watched(sessions: Sessions, ada: Actor, body: str = TASKS + NEWS, arrows: str = "asked dig; dig sow; sow end") -> Office:
    """A case with a deadline of the whole, and an event sub-process beside it."""
    return Office(Garden(sessions, bundle(body + WHOLE, arrows, also=ALSO)), ada, height="7")


def deadline_of(office: Office) -> Deadline:
    [deadline] = office.rows(Deadline)
    found: Deadline = deadline
    return found


def settled_now(office: Office) -> bool:
    ended_at = deadline_of(office).ended_at
    return ended_at is not None and timedelta() <= ended_at - office.garden.now < timedelta(minutes=1)


def past_midnight(office: Office) -> int:
    with clock.moved_to(office.garden.now):
        return administration.pass_deadlines(office.garden.sessions)


# On hold


def test_a_deadline_is_missed_at_its_day_although_the_case_is_on_hold(office: Office) -> None:
    office.do(administration.suspend)
    office.garden.later(days=7)
    assert (past_midnight(office), deadline_of(office).state) == (0, DeadlineState.RUNNING)

    office.garden.later(days=1)
    assert past_midnight(office) == 1

    assert (deadline_of(office).state, deadline_of(office).ended_at) == (DeadlineState.MISSED, None)
    [line] = office.garden.lines()
    assert (line.risk, line.on_hold) == ("overdue", "On hold since 3 March 2026; deadlines go on counting.")
    office.agree()
    assert past_midnight(office) == 0


def test_the_scheduler_looks_for_days_that_are_over(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "NEXT_DAY", timedelta(milliseconds=20))
    office.do(administration.suspend)
    office.garden.later(days=9)

    with clock.moved_to(office.garden.now):
        ticking = scheduler.Ticking(office.garden.sessions, None, base_url="")
        arrived = until(lambda: deadline_of(office).state is DeadlineState.MISSED)
        ticking.shutdown()

    assert arrived


def until(true: Callable[[], bool]) -> bool:
    """Whether it becomes true in a while."""
    end = monotonic() + 10
    while not true() and monotonic() < end:
        Event().wait(0.02)
    return true()


def test_it_is_missed_once_and_what_its_timer_does_happens_when_the_case_goes_on(sessions: Sessions, ada: Actor) -> None:
    office = watched(sessions, ada)
    office.do(administration.suspend)
    office.garden.later(days=9)
    past_midnight(office)
    assert told(office) == ["deadline_missed"]

    office.do(administration.resume)

    assert told(office) == ["deadline_missed", "told"]
    office.garden.complete("dig")
    office.garden.complete("sow")
    assert (deadline_of(office).state, settled_now(office)) == (DeadlineState.MISSED, True)


def told(office: Office) -> list[str]:
    """Of its deadlines, and of what a timer of theirs starts."""
    events = office.read(lambda session: history.events(session, session.get_one(ProcessInstance, office.id)))
    return [one.element_id if one.element_id == "told" else one.what for one in events if is_news(one)]


def is_news(one: HistoryEvent) -> bool:
    return one.what.startswith("deadline_") or (one.element_id, one.what) == ("told", "completed")


def hears(office: Office) -> None:
    """The message comes for which an event sub-process waits."""
    with clock.moved_to(office.garden.now), transaction(office.garden.sessions) as session:
        messages.publish(session, "word", key="7", variables={})
    with clock.moved_to(office.garden.now):
        messages.deliver(office.garden.sessions)


def test_a_case_that_goes_on_keeps_the_dates_it_has(office: Office) -> None:
    office.garden.later(days=9)
    assert past_midnight(office) == 0
    assert deadline_of(office).state is DeadlineState.MISSED


def test_a_page_can_say_for_how_long_a_case_was_on_hold_meanwhile(office: Office) -> None:
    office.garden.later(days=1)
    office.do(administration.suspend)
    office.garden.later(days=2)
    office.do(administration.resume)
    office.garden.later(days=1)
    office.do(administration.suspend)
    office.garden.later(days=1)

    assert held(office) == ["The case was on hold on 3 of these days."]


def test_nothing_is_said_of_a_hold_before_a_deadline_began_or_after_it_was_over(office: Office) -> None:
    office.do(administration.suspend)
    office.do(administration.resume)
    assert held(office) == []
    office.garden.complete("dig")
    office.do(administration.suspend)
    office.garden.later(days=3)

    assert held(office) == []


def held(office: Office) -> list[str]:
    return list(office.read(lambda session: insight.held(session, office.case, office.rows(Deadline))).values())


# Of the whole


def test_a_token_that_is_moved_to_the_end_meets_no_deadline_of_the_whole(sessions: Sessions, ada: Actor) -> None:
    office = watched(sessions, ada)

    office.do(administration.move, office.task("dig"), "end")

    deadline = deadline_of(office)
    assert office.case.state is InstanceState.COMPLETED
    assert (deadline.state, deadline.reason, deadline.reason_by) == (DeadlineState.WITHDRAWN, WHY, ada.id)
    assert settled_now(office)


def test_nor_one_of_the_part_that_this_ends(sessions: Sessions, ada: Actor) -> None:
    part = sub_process("part", start("in") + user_task("dig", **TASK) + end("out") + WHOLE, "in dig; dig out")
    office = Office(Garden(sessions, bundle(part + user_task("sow", **TASK), "asked part; part sow; sow end")), ada)

    office.do(administration.move, office.task("dig"), "out")

    assert office.open_tasks() == ["sow"]
    assert (deadline_of(office).state, deadline_of(office).reason) == (DeadlineState.WITHDRAWN, WHY)


def test_a_token_that_is_moved_onwards_leaves_it_to_be_met(sessions: Sessions, ada: Actor) -> None:
    office = watched(sessions, ada)

    office.do(administration.move, office.task("dig"), "sow")
    office.garden.complete("sow")

    assert (deadline_of(office).state, deadline_of(office).reason) == (DeadlineState.MET, "")


@pytest.mark.parametrize(("days", "state"), [(1, DeadlineState.MET), (9, DeadlineState.MISSED)])
def test_a_whole_case_that_is_done_leaves_no_deadline_open(sessions: Sessions, ada: Actor, days: int, state: DeadlineState) -> None:
    office = watched(sessions, ada)
    office.garden.later(days=days).complete("dig")

    office.garden.complete("sow")

    assert (deadline_of(office).state, settled_now(office)) == (state, True)


@pytest.mark.parametrize(("days", "state"), [(1, DeadlineState.MET), (9, DeadlineState.MISSED)])
def test_it_is_done_when_only_event_sub_processes_are_left(sessions: Sessions, ada: Actor, days: int, state: DeadlineState) -> None:
    office = watched(sessions, ada)
    hears(office)
    office.garden.later(days=days).complete("dig")

    office.garden.complete("sow")

    assert (office.open_tasks(), office.case.state) == (["read_it"], InstanceState.ACTIVE)
    assert (deadline_of(office).state, settled_now(office)) == (state, True)


def test_a_deadline_that_passes_with_the_end_of_its_case_is_over_too(sessions: Sessions, ada: Actor) -> None:
    stop = handler("stop", start("now", timer("timeDuration", "P9D")) + end("stopped"), "now stopped")
    office = watched(sessions, ada, TASKS + stop)
    office.do(administration.suspend)
    office.garden.later(days=10)

    office.do(administration.resume)

    assert office.case.state is InstanceState.COMPLETED
    assert (deadline_of(office).state, settled_now(office)) == (DeadlineState.MISSED, True)


# Taken back


EACH_BED = user_task("dig", loop=each("=[1, 2]", one_by_one=True), **TASK) + user_task("sow", **TASK)
AGAIN = user_task("dig", loop=looped("= loopCounter < 2"), **TASK) + user_task("sow", **TASK)


@pytest.mark.parametrize("tasks", [TASKS, EACH_BED, AGAIN], ids=["once", "once for each", "again and again"])
def test_a_missed_deadline_is_over_when_nobody_does_its_activity_any_more(sessions: Sessions, ada: Actor, tasks: str) -> None:
    # given an activity whose day is over, and which a later timer interrupts
    late = boundary("late", "dig", timer("timeDuration", "P3D"), properties(deadline="Digging"), interrupting=False)
    body = tasks + late + end("told") + boundary("given_up", "dig", timer("timeDuration", "P9D"))
    office = Office(Garden(sessions, bundle(body, "asked dig; dig sow; sow end; late told; given_up sow")), ada, height="7")
    office.garden.later(days=5)
    assert (deadline_of(office).state, deadline_of(office).ended_at) == (DeadlineState.MISSED, None)

    # when it does
    office.garden.later(days=5)

    # then the deadline was missed, and is over
    assert deadline_of(office).state is DeadlineState.MISSED
    assert settled_now(office)


@pytest.mark.parametrize("tasks", [EACH_BED, AGAIN], ids=["once for each", "again and again"])
def test_a_deadline_of_what_is_done_several_times_is_met_when_all_of_it_is_done(sessions: Sessions, ada: Actor, tasks: str) -> None:
    late = boundary("late", "dig", timer("timeDuration", "P3D"), properties(deadline="Digging"), interrupting=False)
    office = Office(Garden(sessions, bundle(tasks + late, "asked dig; dig sow; sow end; late end")), ada, height="7")

    office.garden.complete("dig")
    assert deadline_of(office).state is DeadlineState.RUNNING
    office.garden.complete("dig")

    assert (deadline_of(office).state, settled_now(office)) == (DeadlineState.MET, True)
    office.agree()


def test_a_missed_deadline_of_what_is_done_several_times_is_over_when_all_of_it_is_done(sessions: Sessions, ada: Actor) -> None:
    late = boundary("late", "dig", timer("timeDuration", "P3D"), properties(deadline="Digging"), interrupting=False)
    office = Office(Garden(sessions, bundle(EACH_BED + late, "asked dig; dig sow; sow end; late end")), ada, height="7")
    office.garden.later(days=4)
    assert (deadline_of(office).state, deadline_of(office).ended_at) == (DeadlineState.MISSED, None)

    office.garden.complete("dig")
    assert deadline_of(office).ended_at is None
    office.garden.complete("dig")

    assert (deadline_of(office).state, settled_now(office)) == (DeadlineState.MISSED, True)
