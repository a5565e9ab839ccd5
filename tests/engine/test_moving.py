"""A case moves: a person completes a task, time passes, a worker does its job; and the rows tell it truly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from engine import calendars, clock, drafts, history, incidents, jobs, scheduler, tasks, workers
from engine.database import Sessions, transaction
from engine.errors import Conflict, Invalid, NotFound, Trouble
from engine.identity import Actor
from engine.models import (
    Base,
    Deadline,
    DeadlineState,
    Incident,
    IncidentState,
    InstanceState,
    Job,
    JobState,
    Letter,
    ProcessInstance,
    Submission,
    TaskState,
    UserTask,
)
from tests.diagrams import boundary, end, handler, properties, start, sub_process, timer, user_task
from tests.engine.standing import Garden, bundle

Person = Callable[..., Actor]
YES = {"f-answer": ["yes"], "f-note": ["by the gate"]}


@pytest.fixture
def secretary(person: Person) -> Actor:
    return person("Sana Kaur", "secretary")


@pytest.fixture
def digger(person: Person) -> Actor:
    return person("Dov Levy", "digger")


def rows(sessions: Sessions, kind: type[Base], **having: Any) -> Sequence[Any]:
    with transaction(sessions, reading=True) as session:
        return session.scalars(select(kind).filter_by(**having)).unique().all()


def the_task(sessions: Sessions, name: str) -> UserTask:
    [task] = rows(sessions, UserTask, name=name, state=TaskState.OPEN)
    return task


def complete(sessions: Sessions, actor: Actor, name: str, raw: dict[str, list[str]]) -> UserTask:
    task = the_task(sessions, name)
    with transaction(sessions) as session:
        return tasks.complete(session, actor, task.id, raw)


def tick(sessions: Sessions, **later: int) -> None:
    with clock.moved_to(clock.now() + timedelta(**later)):
        scheduler.tick(sessions, None, base_url="http://localhost")


def test_a_task_is_done_at_once_only_where_nobody_typed_into_it_and_every_answer_is_right(
    sessions: Sessions, case: ProcessInstance, secretary: Actor
) -> None:
    task = the_task(sessions, "Find a plot")

    with transaction(sessions) as session:
        assert not tasks.complete_at_once(session, secretary, task.id, {"f-answer": ["perhaps"]})
    with transaction(sessions) as session:
        drafts.save(session, tasks.draft_of(session, secretary, task.id), {"f-note": ["half a sentence"]}, seen=0, actor=secretary)
    with transaction(sessions) as session:
        assert not tasks.complete_at_once(session, secretary, task.id, YES)
    assert the_task(sessions, "Find a plot").id == task.id
    assert rows(sessions, Submission, task_id=task.id) == []

    with transaction(sessions) as session:
        drafts.discard(session, tasks.draft_of(session, secretary, task.id))
    with transaction(sessions) as session:
        assert tasks.complete_at_once(session, secretary, task.id, YES)
    [handed_in] = rows(sessions, Submission, task_id=task.id)
    assert handed_in.values["answer"] == "yes"


def test_a_case_waits_at_its_first_task_with_its_deadline_counted(sessions: Sessions, begin: Callable[..., UUID]) -> None:
    with clock.moved_to(datetime(2026, 3, 3, 10, tzinfo=UTC)):
        begin()

    [task] = rows(sessions, UserTask)
    [deadline] = rows(sessions, Deadline)

    assert (task.name, task.state, [c.name for c in task.candidates]) == ("Find a plot", TaskState.OPEN, ["secretary"])
    assert task.due_at == datetime(2026, 3, 8, 23, 59, 59, tzinfo=UTC)  # the end of the day
    assert (deadline.counted_from, deadline.due_on) == (date(2026, 3, 3), date(2026, 3, 10))
    assert deadline.counting.startswith("7 calendar days from ")
    assert ", asked → " in deadline.counting


def test_completing_a_task_hands_in_the_answers_and_lets_the_case_run_on(
    sessions: Sessions, case: ProcessInstance, secretary: Actor
) -> None:
    complete(sessions, secretary, "Find a plot", YES)

    [task] = rows(sessions, UserTask)
    [case] = rows(sessions, ProcessInstance)
    assert (task.state, task.completed_by) == (TaskState.COMPLETED, secretary.id)
    assert case.milestone == "Decided"
    assert [s.values for s in rows(sessions, Submission, task_id=task.id)] == [{"answer": "yes", "note": "by the gate"}]
    assert [job.name for job in rows(sessions, Job, state=JobState.WAITING)] == ["Tell them"]


def test_the_letter_is_written_by_its_job_and_the_next_person_gets_the_task(
    sessions: Sessions, case: ProcessInstance, secretary: Actor, digger: Actor
) -> None:
    complete(sessions, secretary, "Find a plot", YES)

    tick(sessions)

    [letter] = rows(sessions, Letter)
    assert (letter.to_email, letter.subject) == ("ines@example.org", f"Your request {case.business_key}")
    assert "A plot is yours." in letter.body
    with transaction(sessions, reading=True) as session:
        assert [task.name for task in tasks.inbox(session, digger)] == ["Dig it over"]
        assert tasks.inbox(session, secretary) == []


def test_a_case_ends_when_nothing_is_left_to_do(sessions: Sessions, case: ProcessInstance, secretary: Actor, digger: Actor) -> None:
    complete(sessions, secretary, "Find a plot", YES)
    tick(sessions)

    complete(sessions, digger, "Dig it over", {"f-dug_on-day": ["1"], "f-dug_on-month": ["3"], "f-dug_on-year": ["2026"]})

    [case] = rows(sessions, ProcessInstance)
    assert case.state is InstanceState.COMPLETED
    with transaction(sessions, reading=True) as session:
        assert history.verify(session, session.get_one(ProcessInstance, case.id)) == []


def test_a_wrong_answer_gets_a_sentence_and_changes_nothing(sessions: Sessions, case: ProcessInstance, secretary: Actor) -> None:
    with pytest.raises(Invalid) as refused:
        complete(sessions, secretary, "Find a plot", {"f-answer": ["perhaps"], "f-note": [""]})

    assert list(refused.value.problems) == ["f-answer"]
    assert the_task(sessions, "Find a plot").state is TaskState.OPEN


def test_a_task_that_is_not_theirs_does_not_exist_for_a_person(sessions: Sessions, case: ProcessInstance, digger: Actor) -> None:
    with pytest.raises(NotFound):
        complete(sessions, digger, "Find a plot", YES)


def test_a_task_done_already_says_by_whom(sessions: Sessions, case: ProcessInstance, secretary: Actor, person: Person) -> None:
    colleague = person("Piet Bos", "secretary")
    task = the_task(sessions, "Find a plot")
    complete(sessions, secretary, "Find a plot", YES)

    with pytest.raises(Conflict, match="Sana Kaur did this task"), transaction(sessions) as session:
        tasks.complete(session, colleague, task.id, YES)


def test_two_people_at_once_complete_a_task_once(sessions: Sessions, case: ProcessInstance, secretary: Actor, person: Person) -> None:
    people = [secretary, *(person(f"Colleague {n}", "secretary") for n in "ABC")]
    task = the_task(sessions, "Find a plot")

    def attempt(actor: Actor) -> str:
        try:
            with transaction(sessions) as session:
                tasks.complete(session, actor, task.id, YES)
        except Conflict:
            return "too late"
        return "done"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(attempt, people))

    assert outcomes == ["done", "too late", "too late", "too late"]
    assert len(rows(sessions, Submission, task_id=task.id)) == 1


def test_what_a_colleague_typed_meanwhile_is_not_overwritten(
    sessions: Sessions, case: ProcessInstance, secretary: Actor, person: Person
) -> None:
    colleague = person("Piet Bos", "secretary")
    task = the_task(sessions, "Find a plot")
    with transaction(sessions) as session:
        drafts.save(session, tasks.draft_of(session, colleague, task.id), {"f-answer": ["no"]}, seen=0, actor=colleague)

    with pytest.raises(tasks.Clashed) as clash, transaction(sessions) as session:
        tasks.complete(session, secretary, task.id, YES, seen=0)

    assert clash.value.clashes["f-answer"].values == ["no"]
    assert clash.value.clashes["f-answer"].by == "Piet Bos"
    assert the_task(sessions, "Find a plot").state is TaskState.OPEN


@pytest.mark.parametrize(("days", "state"), [(1, DeadlineState.MET), (50, DeadlineState.MISSED)])
def test_a_deadline_of_a_part_is_met_when_the_part_is_done_in_time(sessions: Sessions, days: int, state: DeadlineState) -> None:
    begins = start("over", timer("timeDuration", "P42D"), properties(deadline="Look at it"), isInterrupting="false")
    watch = handler("watch", begins + end("told"), "over told")
    tasks_of = [user_task(ident, form="do", candidateGroups="secretary") for ident in ("look", "tidy")]
    part = sub_process("part", start("in") + tasks_of[0] + end("out") + watch, "in look; look out")
    garden = Garden(sessions, bundle(part + tasks_of[1], "asked part; part tidy; tidy end"))
    case = garden.start()

    garden.later(days=days).complete("look")

    [deadline] = garden.deadlines(case)
    assert (deadline.state, deadline.ended_at is not None) == (state, True)


@pytest.mark.parametrize(("own", "days"), [({}, 7), ({"dueDate": '=string(today() + duration("P3D"))'}, 3)])
def test_a_task_without_a_due_date_is_due_when_its_statutory_period_ends(sessions: Sessions, own: dict[str, str], days: int) -> None:
    look = user_task("look", form="do", candidateGroups="secretary", **own)
    body = (
        look + boundary("over", "look", timer("timeDuration", "P7D"), properties(deadline="Look at it"), interrupting=False) + end("told")
    )
    garden = Garden(sessions, bundle(body, "asked look; look end; over told"))

    garden.start()

    [task] = rows(sessions, UserTask)
    assert task.due_at == calendars.last_second(garden.now.date() + timedelta(days=days))


@pytest.mark.parametrize(("interrupting", "days"), [(True, 2), (False, None)])
def test_a_task_that_working_days_end_is_due_then_and_a_reminder_says_nothing_of_it(
    sessions: Sessions, interrupting: bool, days: int | None
) -> None:
    over = boundary("over", "look", timer("timeDuration", "P2D"), properties(dayKind="working"), interrupting=interrupting)
    body = user_task("look", form="do", candidateGroups="secretary") + over + end("told")
    garden = Garden(sessions, bundle(body, "asked look; look end; over told"))

    garden.start()

    [task] = rows(sessions, UserTask)
    assert task.due_at == (calendars.last_second(garden.now.date() + timedelta(days=days)) if days else None)


def test_a_deadline_is_met_when_its_task_is_done_in_time(sessions: Sessions, case: ProcessInstance, secretary: Actor) -> None:
    complete(sessions, secretary, "Find a plot", YES)

    [deadline] = rows(sessions, Deadline)
    assert deadline.state is DeadlineState.MET
    assert rows(sessions, Job, job_type="timer", state=JobState.WAITING) == []


def test_a_deadline_is_over_at_the_end_of_its_day_and_never_blocks(sessions: Sessions, case: ProcessInstance, secretary: Actor) -> None:
    tick(sessions, days=6)
    assert rows(sessions, Deadline)[0].state is DeadlineState.RUNNING

    tick(sessions, days=8)

    assert rows(sessions, Deadline)[0].state is DeadlineState.MISSED
    assert [letter.to_email for letter in rows(sessions, Letter, template="answer")] == [secretary.email]
    complete(sessions, secretary, "Find a plot", YES)
    [deadline] = rows(sessions, Deadline)
    assert deadline.state is DeadlineState.MISSED
    assert deadline.ended_at is not None


def test_a_year_of_downtime_fires_each_timer_once(sessions: Sessions, case: ProcessInstance, secretary: Actor) -> None:
    tick(sessions, days=365)
    tick(sessions, days=366)

    assert len(rows(sessions, Letter, template="answer")) == 1


def test_several_workers_do_each_job_once(sessions: Sessions, begin: Callable[..., UUID], secretary: Actor) -> None:
    cases = [begin() for _ in range(10)]
    with clock.moved_to(clock.now() + timedelta(days=8)):
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: scheduler.tick(sessions, None, base_url=""), range(4)))
        scheduler.tick(sessions, None, base_url="")

    assert sorted(letter.instance_id for letter in rows(sessions, Letter, template="answer")) == sorted(cases)
    assert rows(sessions, Incident) == []


def test_a_job_whose_worker_died_is_free_again_after_its_lease(sessions: Sessions, case: ProcessInstance, secretary: Actor) -> None:
    complete(sessions, secretary, "Find a plot", YES)
    claimed = jobs.claim(sessions)

    tick(sessions)
    assert rows(sessions, Letter) == []
    tick(sessions, minutes=11)

    assert rows(sessions, Job, id=claimed)[0].state is JobState.DONE
    assert len(rows(sessions, Letter, template="answer")) == 1


def test_a_job_out_of_tries_becomes_a_problem_that_an_administrator_can_retry(
    sessions: Sessions, case: ProcessInstance, secretary: Actor, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    administrator = person("Ada Admin", "administrator")
    complete(sessions, secretary, "Find a plot", YES)

    def refuse(work: workers.Work) -> dict[str, Any]:
        raise Trouble("The printer is out of paper.")

    with monkeypatch.context() as broken:
        broken.setitem(workers.WORKERS, "send-letter", refuse)
        for hours in range(5):
            tick(sessions, hours=hours * 2)
    [problem] = rows(sessions, Incident)
    assert (problem.state, problem.message) == (IncidentState.OPEN, "The printer is out of paper.")

    with transaction(sessions) as session:
        incidents.retry(session, administrator, problem.id, reason="There is paper again.")
    tick(sessions)

    assert rows(sessions, Incident)[0].state is IncidentState.RESOLVED
    assert len(rows(sessions, Letter, template="answer")) == 1


def test_problems_are_for_administrators_only(sessions: Sessions, case: ProcessInstance, secretary: Actor) -> None:
    with pytest.raises(NotFound), transaction(sessions, reading=True) as session:
        incidents.open_ones(session, secretary)


def test_a_task_is_claimed_taken_over_and_given_back(sessions: Sessions, case: ProcessInstance, secretary: Actor, person: Person) -> None:
    colleague = person("Piet Bos", "secretary")
    task_id = the_task(sessions, "Find a plot").id

    with transaction(sessions) as session:
        assert tasks.claim(session, secretary, task_id).assignee_id == secretary.id
        assert tasks.claim(session, colleague, task_id).assignee_id == colleague.id
        assert tasks.release(session, colleague, task_id).assignee_id is None
        assert [p.name for p in tasks.assignable(session, tasks.get_for(session, secretary, task_id))] == ["Piet Bos", "Sana Kaur"]


def test_a_draft_is_gone_once_the_task_is_done(sessions: Sessions, case: ProcessInstance, secretary: Actor) -> None:
    task = the_task(sessions, "Find a plot")
    with transaction(sessions) as session:
        saved = drafts.save(session, tasks.draft_of(session, secretary, task.id), {"f-note": ["half a sen"]}, seen=0, actor=secretary)

    with transaction(sessions) as session:
        tasks.complete(session, secretary, task.id, YES, seen=saved.version)

    with transaction(sessions, reading=True) as session:
        assert drafts.of_task(session, session.get_one(UserTask, task.id)) is None
