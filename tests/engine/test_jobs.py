"""Jobs beside people: both move the same case at once, and neither stops the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from engine import clock, incidents, jobs, runtime, tasks
from engine.database import Sessions, transaction
from engine.errors import Conflict
from engine.identity import Actor
from engine.models import Incident, Job, JobState, ProcessInstance, TaskState, UserTask

Person = Callable[..., Actor]
WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


def wait_until_somebody_waits(sessions: Sessions) -> None:
    """Until another transaction waits for a row; in SQLite all transactions that write wait for one another anyway."""
    if sessions.kw["bind"].dialect.name != "postgresql":
        return
    for _ in range(2000):
        with transaction(sessions, reading=True) as session:
            if session.scalar(WAITING):
                return
    raise AssertionError("nobody waits for anything")


def test_a_timer_that_is_due_while_its_task_is_completed_is_simply_gone(sessions: Sessions, case: ProcessInstance, person: Person) -> None:
    """Each had locked what the other needed next, and the database undid one of them."""
    secretary = person("Sana Kaur", "secretary")
    with transaction(sessions, reading=True) as session:
        task_id = session.query(UserTask.id).filter_by(state=TaskState.OPEN).scalar()

    with clock.moved_to(clock.now() + timedelta(days=40)), ThreadPoolExecutor(1) as worker:
        job_id = jobs.claim(sessions)
        assert job_id is not None
        with transaction(sessions) as session:
            session.scalars(runtime.locked(case.id)).one()
            running = worker.submit(jobs.run, sessions, job_id)
            if sessions.kw["bind"].dialect.name == "postgresql":
                running.result()  # it does not wait for the instance
            tasks.complete(session, secretary, task_id, {"f-answer": ["yes"], "f-note": ["by the gate"]})
        running.result()

    with transaction(sessions, reading=True) as session:
        job = session.get_one(Job, job_id)
        assert (job.state, job.last_error) == (JobState.CANCELLED, "")


@pytest.mark.parametrize("act", [tasks.claim, tasks.release, "assign"])
def test_taking_on_a_task_that_is_being_withdrawn_says_so(sessions: Sessions, case: ProcessInstance, person: Person, act: Any) -> None:
    """Each waited for a row of the other, and the database undid one of them: a trace for whoever it was."""
    secretary, colleague = person("Sana Kaur", "secretary"), person("Piet Bos", "secretary")
    with transaction(sessions, reading=True) as session:
        task_id = session.query(UserTask.id).filter_by(state=TaskState.OPEN).scalar()

    def take_on() -> str:
        assert colleague.id is not None
        try:
            with transaction(sessions) as session:
                if act == "assign":
                    tasks.assign(session, secretary, task_id, colleague.id)
                else:
                    act(session, secretary, task_id)
        except Conflict as error:
            return str(error)
        return "taken on"

    with ThreadPoolExecutor(1) as other:
        with transaction(sessions) as session:
            session.scalars(runtime.locked(case.id)).one()
            taking = other.submit(take_on)
            wait_until_somebody_waits(sessions)
            tasks.complete(session, colleague, task_id, {"f-answer": ["yes"], "f-note": ["by the gate"]})
        said = taking.result()

    assert said.startswith("Piet Bos did this task on")


def test_a_job_that_takes_its_worker_down_each_time_becomes_a_problem(sessions: Sessions, case: ProcessInstance) -> None:
    """It was claimed anew every ten minutes, for ever, and nobody was told."""
    with clock.moved_to(clock.now() + timedelta(days=40)):
        job_id = jobs.claim(sessions)
    assert job_id is not None

    for hours in range(1, runtime.TIMER_TRIES + 1):  # the worker dies between claiming and doing, each time
        with clock.moved_to(clock.now() + timedelta(days=40, hours=hours)):
            assert jobs.claim(sessions) == job_id
    jobs.run(sessions, job_id)

    with transaction(sessions, reading=True) as session:
        assert session.get_one(Job, job_id).state is JobState.FAILED
        assert session.query(Incident).one().message == jobs.LOST


def test_a_problem_may_be_tried_again_while_its_case_moves(sessions: Sessions, case: ProcessInstance, person: Person) -> None:
    admin = person("Ada Min", "administrator")
    with transaction(sessions) as session:
        job = session.query(Job).first()
        assert job is not None
        job.state = JobState.FAILED
        incident = runtime.incident(session.get_one(ProcessInstance, case.id), runtime.wait_of(job), "It did not work.", job)
        session.add(incident)
        session.flush()
        incident_id = incident.id

    with ThreadPoolExecutor(1) as administrator:
        with transaction(sessions) as session:
            session.scalars(runtime.locked(case.id)).one()
            retrying = administrator.submit(retry, sessions, admin, incident_id)
            wait_until_somebody_waits(sessions)
            session.get_one(Incident, incident_id, with_for_update={"of": Incident})
        retrying.result()

    with transaction(sessions, reading=True) as session:
        assert session.get_one(Job, job.id).state is JobState.WAITING


def retry(sessions: Sessions, admin: Actor, incident_id: int) -> None:
    with transaction(sessions) as session:
        incidents.retry(session, admin, incident_id, reason="Found and removed.")
