"""What each open step waits for, in one true sentence, read from rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event, select

from engine import clock, insight, instances, procedures
from engine.database import Sessions, transaction
from engine.identity import SYSTEM
from engine.models import Incident, Job, JobState, Person, ProcessInstance, UserTask
from tests import diagrams
from tests.diagrams import (
    boundary,
    call,
    catch,
    diagram,
    each,
    element,
    gateway,
    handler,
    message,
    process,
    properties,
    start,
    sub_process,
    timer,
    user_task,
)
from tests.engine.standing import MORNING, Garden, bundle, note

SECRETARY = {"form": "do", "candidateGroups": "secretary"}
WARDEN = {"form": "do", "candidateGroups": "warden:south"}  # a role that nobody has
REMIND = note("remind", "Send a reminder")
WEEK = boundary("week", "weed", timer("timeDuration", "P7D"), interrupting=False)


@pytest.fixture
def garden(sessions: Sessions) -> Callable[..., Garden]:
    """Deploys what a test draws: garden(body, arrows)."""
    return lambda *drawn, **more: Garden(sessions, bundle(*drawn, **more))


def test_a_task_says_who_is_asked_since_when_and_by_when(garden):
    plot = garden(
        user_task("weed", name="Weed the beds", dueDate='=date and time("2026-03-10T00:00:00Z")', **SECRETARY), "asked weed; weed end"
    )
    case = plot.start()

    assert plot.sentences(case) == ["Waits for “Weed the beds” from Secretary, since today; due in 6 days."]
    assert plot.later(days=1).sentences(case) == ["Waits for “Weed the beds” from Secretary, since yesterday; due in 5 days."]
    assert plot.later(days=11).sentences(case) == ["Waits for “Weed the beds” from Secretary, 12 days so far; was due 6 days ago."]


def test_a_task_that_nobody_may_do_is_said_to_be_stuck(garden):
    somebody = user_task("dig", name="Dig", form="do", candidateUsers="nobody@example.org, ROSA.FIELD@example.org")
    nobody = user_task("mow", name="Mow", form="do", candidateUsers="nobody@example.org") + user_task("rake", name="Rake", **WARDEN)
    split = gateway("all", "parallel") + somebody + nobody
    plot = garden(split, "asked all; all dig; all mow; all rake; dig end; mow end; rake end")

    said = {waiting.name: waiting.sentence for waiting in plot.waiting(plot.start())}

    assert "stuck" not in said["Dig"]
    assert said["Mow"].endswith("; it is stuck: nobody who may do it has an account here.")
    assert said["Rake"].endswith("; it is stuck: nobody who may do it has an account here.")


def test_a_task_of_somebody_whose_account_was_closed_is_said_to_be_stuck(garden, sessions: Sessions):
    plot = garden(user_task("mow", name="Mow", form="do", candidateUsers="rosa.field@example.org"), "asked mow; mow end")
    case = plot.start()
    with transaction(sessions) as session:
        rosa = session.scalars(select(Person).where(Person.email == "rosa.field@example.org")).one()
        session.scalars(select(UserTask)).one().assignee_id = rosa.id
        rosa.active = False

    [said] = plot.sentences(case)

    assert said.endswith("; it is stuck: nobody who may do it has an account here.")


def test_what_may_be_done_at_any_time_stands_behind_what_the_case_waits_for(garden):
    any_time = user_task("note", properties(optional="yes"), name="Note a visitor", **SECRETARY)
    split = gateway("both", "parallel") + any_time + user_task("weed", name="Weed the beds", **SECRETARY)
    plot = garden(split, "asked both; both note; both weed; note end; weed end")
    case = plot.start()

    [line] = plot.lines()
    assert (line.waiting[0].name, line.others) == ("Weed the beds", 0)
    assert plot.sentences(case)[1] == "Can be done at any time: “Note a visitor” by Secretary."


def test_the_emphasis_is_on_what_who_and_when(garden):
    plot = garden(user_task("weed", name="Weed the beds", **SECRETARY), "asked weed; weed end")
    case = plot.start()

    with clock.moved_to(plot.now):
        assert plot.waiting(case)[0].pieces[1::2] == ("“Weed the beds”", "Secretary", "since today")


def test_what_happens_otherwise_is_the_first_step_behind_the_next_timer(garden):
    plot = garden(user_task("weed", name="Weed", **SECRETARY) + WEEK + REMIND, "asked weed; weed end; week remind; remind end")
    case = plot.start()

    assert plot.sentences(case) == ["Waits for “Weed” from Secretary, since today; if nothing happens, “Send a reminder” on 10 March 2026."]


def test_once_the_last_timer_has_fired_nothing_is_said_of_it(garden):
    plot = garden(user_task("weed", name="Weed", **SECRETARY) + WEEK + REMIND, "asked weed; weed end; week remind; remind end")
    case = plot.start()

    plot.later(days=8)

    assert plot.sentences(case) == ["Waits for “Weed” from Secretary, 8 days so far."]


def test_a_step_that_follows_for_a_person_is_said_with_its_lane(garden):
    lanes = (
        '<bpmn:laneSet id="l"><bpmn:lane id="chair" name="Secretary"><bpmn:flowNodeRef>chase</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>'
    )
    body = lanes + user_task("weed", name="Weed", **SECRETARY) + WEEK + user_task("chase", name="Chase it", form="do")
    plot = garden(body, "asked weed; weed end; week chase; chase end")

    assert plot.waiting(plot.start())[0].otherwise == "“Chase it” goes to Secretary on 10 March 2026"


def test_where_nothing_nearer_is_armed_the_timer_around_it_counts(garden):
    inner = sub_process("bed", start("in") + user_task("weed", name="Weed", **SECRETARY), "in weed")
    late = boundary("late", "bed", timer("timeDuration", "P10D"), interrupting=False)
    plot = garden(inner + late + REMIND, "asked bed; bed end; late remind; remind end")

    assert plot.waiting(plot.start())[0].otherwise == "“Send a reminder” on 13 March 2026"


def test_a_timer_on_the_call_counts_for_the_steps_of_the_called_process(garden):
    called = diagram(process(start("in") + user_task("weed", name="Weed", **SECRETARY), "in weed", "bed", name="Bed"))
    late = boundary("late", "dig", timer("timeDuration", "P10D"), interrupting=False)
    plot = garden(call("dig", "bed") + late + REMIND, "asked dig; dig end; late remind; remind end", called)

    assert plot.waiting(plot.start())[0].otherwise == "“Send a reminder” on 13 March 2026"


def test_a_deadline_with_nothing_behind_it_says_that_it_is_missed(garden):
    period = boundary("period", "weed", timer("timeDuration", "P42D"), properties(deadline="Decision"), interrupting=False)
    plot = garden(user_task("weed", name="Weed", **SECRETARY) + period + element("endEvent", "late"), "asked weed; weed end; period late")
    case = plot.start()

    waiting = plot.waiting(case)[0]

    assert waiting.otherwise == "the deadline “Decision” is missed after 14 April 2026"
    with clock.moved_to(plot.now):
        assert "; due in 42 days;" in waiting.sentence


def test_a_deadline_of_a_whole_scope_is_named_from_inside_it(garden):
    late = handler("watch", start("over", timer("timeDuration", "P42D"), properties(deadline="Decision"), isInterrupting="false"), "")
    plot = garden(user_task("weed", name="Weed", **SECRETARY) + late, "asked weed; weed end")

    assert plot.waiting(plot.start())[0].otherwise == "the deadline “Decision” is missed after 14 April 2026"


def test_parallel_steps_each_have_their_own_timer(garden):
    write = user_task("write", properties(subject="=field"), name="Write", form="do", candidateGroups='="warden:" + field')
    week = boundary("week", "write", timer("timeDuration", '=if field = "north" then "P7D" else "P9D"'), interrupting=False)
    body = sub_process("every", start("in") + write + week + REMIND, "in write; week remind", "", each("=fields", "field"))
    plot = garden(body, "asked every; every end")

    said = {waiting.subject: (waiting.who, waiting.otherwise) for waiting in plot.waiting(plot.start(fields=["north", "south"]))}

    assert said["north"] == ("Warden, North field", "“Send a reminder” on 10 March 2026")
    assert said["south"] == ("Warden, South field", "“Send a reminder” on 12 March 2026")


def test_timers_of_an_activity_done_for_several_count_for_each(garden):
    weed = user_task("weed", properties(subject="=string(bed)"), each("=[1, 2]", "bed"), name="Weed", **SECRETARY)
    plot = garden(weed + WEEK + REMIND, "asked weed; weed end; week remind; remind end")

    assert {waiting.otherwise for waiting in plot.waiting(plot.start())} == {"“Send a reminder” on 10 March 2026"}


@pytest.mark.parametrize(
    ("subject", "said"),
    [({}, ["", ""]), ({"subject": "=string(days)"}, ["“Send a reminder” on 6 March 2026", "“Send a reminder” on 8 March 2026"])],
    ids=["cannot be told apart", "told apart by their subject"],
)
def test_of_parallel_scopes_only_its_own_timers_count_for_a_step(garden, subject, said):
    bed = sub_process("bed", start("in") + user_task("weed", properties(**subject), name="Weed", **SECRETARY), "in weed")
    late = boundary("late", "bed", timer("timeDuration", '="P" + string(days) + "D"'), properties(**subject), interrupting=False)
    every = sub_process("every", start("first") + bed + late + REMIND, "first bed; late remind", "", each("=[3, 5]", "days"))
    plot = garden(every, "asked every; every end")

    assert [waiting.otherwise for waiting in plot.waiting(plot.start())] == said


def test_a_person_who_took_the_task_is_named(garden):
    plot = garden(user_task("weed", name="Weed", form="do", assignee="rosa.field@example.org"), "asked weed; weed end")

    assert plot.waiting(plot.start())[0].who == "Rosa Field"


def test_an_awaited_message_is_waited_for_and_its_race_with_a_timer_told(garden):
    race = gateway("which", "eventBased") + catch("reply", diagrams.event("message", "m")) + catch("enough", timer("timeDuration", "P14D"))
    plot = garden(
        race + REMIND, "asked which; which reply; which enough; reply end; enough remind; remind end", also=message("m", "Reply", "=1")
    )

    sentences = plot.sentences(plot.start())

    assert sentences == ["Waits for “Reply”, since today; if nothing happens, “Send a reminder” on 17 March 2026."]


def test_a_message_that_may_come_meanwhile_is_not_waited_for(garden):
    body = user_task("weed", name="Weed", **SECRETARY) + boundary("news", "weed", diagrams.event("message", "m"))
    plot = garden(body, "asked weed; weed end; news end", also=message("m", "News", "=1"))

    assert [waiting.kind for waiting in plot.waiting(plot.start())] == [insight.Kind.TASK]


def test_a_moment_is_waited_for(garden):
    plot = garden(catch("spring", timer("timeDuration", "P14D")), "asked spring; spring end")

    assert plot.sentences(plot.start()) == ["Waits until 17 March 2026 (in 14 days): “spring”."]


def test_work_of_the_machine_is_said_with_its_failures(garden):
    plot = garden(note("tell", "Tell them"), "asked tell; tell end")
    with clock.moved_to(MORNING), transaction(plot.sessions) as session:
        case = instances.start(session, SYSTEM, "garden", {}).id
    assert plot.sentences(case) == ["Casework does “Tell them” by itself, in a moment."]

    with transaction(plot.sessions) as session:
        job = session.scalars(select(Job)).one()
        job.state, job.last_error, job.due_at = JobState.WAITING, "The mail server is away.", MORNING + timedelta(hours=1)

    assert plot.sentences(case) == [
        "Casework does “Tell them” by itself; the last try failed, the next one is at 10:00 on 3 March 2026."
    ]  # fmt: skip


def test_a_problem_comes_first_and_hides_the_step_it_stopped(garden):
    plot = garden(
        user_task("weed", name="Weed", **SECRETARY) + user_task("dig", name="Dig", **SECRETARY), "asked weed; asked dig; weed end; dig end"
    )
    case = plot.start()
    stopped = next(waiting for waiting in plot.waiting(case) if waiting.name == "Dig")
    with transaction(plot.sessions) as session:
        session.add(
            Incident(
                token=stopped.token,
                instance_id=case,
                process_key="p",
                element_id="dig",
                name="Dig",
                message="Why.",
                opened_at=MORNING,
            )
        )

    assert plot.sentences(case) == [
        "Stopped at “Dig”, since today: an administrator has to look at it.",
        "Waits for “Weed” from Secretary, since today.",
    ]


def test_a_condition_leaves_no_row_and_is_still_owned_up_to(garden):
    grown = catch("grown", diagrams.condition("=height > 3"))
    plot = garden(grown, "asked grown; grown end")

    assert plot.sentences(plot.start(height=1)) == ["Waits for something that is neither a task nor a date nor a message: see its diagram."]


def test_a_closed_case_waits_for_nothing(garden):
    plot = garden(user_task("weed", name="Weed", **SECRETARY), "asked weed; weed end")
    case = plot.start()

    plot.complete("weed")

    assert plot.waiting(case) == []
    assert plot.lines() == []
    assert [(line.sentence, line.ended_at is not None) for line in plot.lines(ended=True)] == [("Closed.", True)]


def test_the_board_puts_first_what_is_most_urgent(garden):
    plot = garden(user_task("weed", name="Weed", dueDate="=due", **SECRETARY), "asked weed; weed end")
    later, sooner, undated = plot.start(due="2026-03-20T00:00:00Z"), plot.start(due="2026-03-05T00:00:00Z"), plot.start(due=None)

    lines = plot.lines()

    with transaction(plot.sessions, reading=True) as session:
        assert [line.reference for line in lines] == [
            session.get_one(ProcessInstance, case).business_key for case in (sooner, later, undated)
        ]
    with clock.moved_to(MORNING):
        assert [line.risk for line in lines] == ["soon", "on_track", "on_track"]
    with clock.moved_to(MORNING + timedelta(days=3)):
        assert lines[0].overdue
        assert [line.risk for line in lines] == ["overdue", "on_track", "on_track"]


def test_a_missed_deadline_keeps_a_case_overdue_until_it_is_done_after_all(garden):
    period = boundary("period", "weed", timer("timeDuration", "P2D"), properties(deadline="Decision"), interrupting=False)
    body = user_task("weed", name="Weed", **SECRETARY) + period + user_task("dig", name="Dig", **SECRETARY) + element("endEvent", "late")
    plot = garden(body, "asked weed; weed dig; dig end; period late")
    plot.start()

    plot.later(days=4)
    assert [(line.next_due_for, line.next_due.day) for line in plot.lines()] == [("Decision", 5)]

    plot.complete("weed")
    assert [line.next_due for line in plot.lines()] == [None]


def test_people_see_only_the_cases_of_procedures_they_may_open(garden):
    plot = garden(user_task("weed", name="Weed", **SECRETARY), "asked weed; weed end")
    plot.start()

    assert len(plot.lines(plot.rosa)) == 1
    assert plot.lines(plot.wim) == []


def test_the_board_asks_as_often_for_forty_cases_as_for_two(garden):
    plot = garden(user_task("weed", name="Weed", **SECRETARY) + WEEK + REMIND, "asked weed; weed end; week remind; remind end")
    plot.start(), plot.start()
    plot.lines()  # whatever is compiled once is compiled now

    few = count_queries(plot)
    for _ in range(38):
        plot.start()

    assert count_queries(plot) == few <= 12


def count_queries(plot: Garden) -> int:
    """How many queries the board takes."""
    asked: list[str] = []

    def note_it(connection: object, cursor: object, statement: str, *more: object) -> None:
        asked.append(statement)

    event.listen(plot.sessions.kw["bind"], "before_cursor_execute", note_it)
    plot.lines()
    event.remove(plot.sessions.kw["bind"], "before_cursor_execute", note_it)
    return sum(statement.startswith("SELECT") for statement in asked)


def test_tokens_mark_the_callers_too(garden):
    called = diagram(process(start("in") + user_task("weed", "", each("=[1, 2]"), name="Weed", **SECRETARY), "in weed", "bed", name="Bed"))
    plot = garden(call("dig", "bed"), "asked dig; dig end", called)
    case = plot.start()

    with transaction(plot.sessions, reading=True) as session:
        instance = session.get_one(ProcessInstance, case)
        here = insight.tokens(procedures.of_deployment(session, instance.definition.deployment), insight.waiting(session, instance))

    assert here == {"p": {"dig": 1}, "bed": {"weed": 2}}


def test_the_people_of_a_case_are_its_roles_with_who_holds_them_and_who_did_what(garden):
    body = user_task("weed", name="Weed", **SECRETARY) + user_task("dig", name="Dig", form="do", candidateGroups="warden:north")
    plot = garden(body, "asked weed; weed dig; dig end")
    case = plot.start()
    plot.complete("weed")

    with transaction(plot.sessions, reading=True) as session:
        instance = session.get_one(ProcessInstance, case)
        parts = insight.people(session, instance, procedures.of_deployment(session, instance.definition.deployment).procedure)

    assert [(part.role, list(part.holders), part.asked) for part in parts] == [
        ("Secretary", ["Rosa Field"], False),
        ("Warden, North field", ["Wim Bed"], True),
    ]
    assert parts[0].did == [("Rosa Field", ["Weed"])]


def test_an_unknown_token_of_a_problem_is_still_shown(garden):
    plot = garden(user_task("weed", name="Weed", **SECRETARY), "asked weed; weed end")
    case = plot.start()
    with transaction(plot.sessions) as session:
        session.add(
            Incident(token=uuid4(), instance_id=case, process_key="gone", element_id="gone", name="Gone", message="x", opened_at=MORNING)
        )

    assert plot.sentences(case)[0].startswith("Stopped at “Gone”")
