"""How often a job is tried and how long it waits in between; and what becomes of one that the diagram has an answer to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from engine import clock, incidents, jobs, workers
from engine.database import Sessions, transaction
from engine.errors import Trouble
from engine.models import Incident, IncidentState, Job, JobState, Letter
from tests.diagrams import boundary, element, end, event, job, mapping, properties, start, user_task
from tests.engine.cases import Case, case, problems_in
from tests.engine.standing import Garden, bundle

NOBODY = '<bpmn:error id="nobody" name="Nobody" errorCode="no-address"/>'


def tries(retries: str, extensions: str = "", **variables: Any) -> Case:
    return case(start() + job("J", "t", extensions, retries=retries) + end(), "start J; J end", variables)


@pytest.mark.parametrize(
    ("retries", "back_off", "planned"),
    [
        ("", "", (3, ())),
        ("5", "", (5, ())),
        ("R3/PT5M", "", (3, ("PT5M", "PT5M"))),
        ("R1/PT5M", "", (1, ())),
        ("PT1M, PT10M,PT1H", "", (4, ("PT1M", "PT10M", "PT1H"))),
        ("4", "PT1M,PT1H", (4, ("PT1M", "PT1H", "PT1H"))),
        ("2", "PT1M,PT1H", (2, ("PT1M",))),
        ("", "PT5M", (3, ("PT5M", "PT5M"))),
        ("", "PT5M,P1D", (3, ("PT5M", "P1D"))),
    ],
)
def test_a_diagram_says_how_often_and_after_which_waits(retries: str, back_off: str, planned: tuple[int, tuple[str, ...]]) -> None:
    run = tries(retries, properties(retryBackoff=back_off) if back_off else "")

    assert (run.task("J").retries, run.task("J").back_off) == planned


def test_the_number_of_tries_may_come_from_the_case() -> None:
    assert tries("=often", often=5).task("J").retries == 5
    assert tries("=often", often="R2/P1D").task("J").back_off == ("P1D",)

    [(_, said)] = tries("=often", often="many").troubles
    assert said.startswith("The number of retries what “=often” gives is not a number.")


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        (job("x", retries="0"), "0 tries are not possible. Write a number from 1 to 100."),
        (job("x", retries="R500/PT1S"), "500 tries are not possible"),
        (job("x", retries="R3/5 minutes"), "is not a number. Write 3, R3/PT5M or PT1M,PT10M,PT1H."),
        (job("x", retries="PT1M,soon"), "“soon” is not a duration"),
        (job("x", extensions=properties(retryBackoff="a while")), "“a while” is not a duration"),
        (job("x", extensions=properties(retryBackoff="PT1M"), retries="R3/PT5M"), "given twice"),
        (element("manualTask", "x", "", properties(retryBackoff="PT1M")), "means nothing here"),
    ],
)
def test_what_could_not_be_kept_to_is_said_at_deployment(drawn: str, words: str) -> None:
    assert words in problems_in(start() + drawn + end(), "start x; x end")["x"]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The worker that writes letters fails each time; here are the times at which it was asked."""
    asked: list[str] = []

    def refuse(work: workers.Work) -> dict[str, Any]:
        asked.append(f"{clock.now():%H:%M}")  # the seconds are the test's own
        raise Trouble("The printer is out of paper.")

    monkeypatch.setitem(workers.WORKERS, "send-letter", refuse)
    return asked


def letter(retries: str = "", to: str = '="secretary"', template: str = "note") -> str:
    header = f'<zeebe:taskHeaders><zeebe:header key="template" value="{template}"/></zeebe:taskHeaders>'
    return job("tell", "send-letter", header + mapping([(to, "to")]), retries=retries)


def wait_for_everything(garden: Garden) -> None:
    """Time passes until nothing is due any more."""
    while due := _next_due(garden.sessions):
        garden.later(seconds=max((due - garden.now).total_seconds(), 0) + 0.5)


def _next_due(sessions: Sessions) -> datetime | None:
    with transaction(sessions, reading=True) as session:
        return jobs.next_due(session)


def test_a_failing_job_is_tried_after_each_of_its_waits_and_then_becomes_a_problem(sessions: Sessions, broken: list[str]) -> None:
    garden = Garden(sessions, bundle(letter("PT5M,PT20M"), "asked tell; tell end"))
    garden.start()

    wait_for_everything(garden)

    assert broken == ["09:00", "09:05", "09:25"]
    with transaction(sessions, reading=True) as session:
        assert session.query(Incident).one().message == "The printer is out of paper."


def test_a_job_without_waits_of_its_own_waits_as_ever(sessions: Sessions, broken: list[str]) -> None:
    garden = Garden(sessions, bundle(letter(), "asked tell; tell end"))
    garden.start()

    wait_for_everything(garden)

    assert broken == ["09:00", "09:10", "10:10"]


def test_a_problem_that_is_tried_again_has_all_its_tries_again(sessions: Sessions, broken: list[str], person: Any) -> None:
    admin = person("Ada Min", "administrator")
    garden = Garden(sessions, bundle(letter("PT5M"), "asked tell; tell end"))
    garden.start()
    wait_for_everything(garden)

    with clock.moved_to(garden.now), transaction(sessions) as session:
        incidents.retry(session, admin, session.scalars(select(Incident.id)).one(), reason="Mended.")
    wait_for_everything(garden)

    assert broken == ["09:00", "09:05", "09:05", "09:10"]


def test_a_database_that_fails_costs_a_job_no_try(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three moments without the database, or three deadlocks, made an incident of a job that had nothing wrong with it."""
    garden = Garden(sessions, bundle(letter("R1/PT1M"), "asked tell; tell end"))
    garden.start()

    def away(work: workers.Work) -> dict[str, Any]:
        raise OperationalError("SELECT", {}, Exception("the connection is closed"))

    with monkeypatch.context() as broken_line:
        broken_line.setitem(workers.WORKERS, "send-letter", away)
        garden.later(seconds=1).later(seconds=1)
    with transaction(sessions, reading=True) as session:
        waits = session.scalars(select(Job)).one()
        assert (waits.state, waits.retries, waits.last_error) == (JobState.WAITING, 1, "")

    wait_for_everything(garden)
    with transaction(sessions, reading=True) as session:
        assert [one.to_email for one in session.query(Letter)] == ["rosa.field@example.org"]


def caught(*, code: str = "no-address") -> dict[str, bytes]:
    body = letter(to='="warden:south"') + boundary("nobody_there", "tell", event("error", "nobody")) + user_task(
        "ring", form="do", candidateGroups="secretary", name="Ring them"
    )  # fmt: skip
    return bundle(body, "asked tell; tell end; nobody_there ring; ring end", also=NOBODY.replace("no-address", code))


def test_a_workers_error_is_caught_where_the_diagram_has_an_answer(sessions: Sessions) -> None:
    garden = Garden(sessions, caught())

    case = garden.start()
    wait_for_everything(garden)

    assert [waiting.name for waiting in garden.waiting(case)] == ["Ring them"]
    with transaction(sessions, reading=True) as session:
        assert session.query(Job.state).all() == [(JobState.DONE,)]
        assert session.query(Incident).all() == []


def test_a_workers_error_that_nothing_catches_is_a_problem_at_once(sessions: Sessions, person: Any) -> None:
    admin = person("Ada Min", "administrator")
    garden = Garden(sessions, caught(code="another"))
    garden.start()
    wait_for_everything(garden)
    with transaction(sessions, reading=True) as session:
        problem = session.query(Incident).one()
        assert problem.message.startswith("Nobody acts as “Warden, South field”")

    # when there is somebody, it goes through
    with transaction(sessions) as session:
        garden._person(session, "Sol Moor", "warden:south")
    with clock.moved_to(garden.now), transaction(sessions) as session:
        incidents.retry(session, admin, problem.id, reason="Mended.")
    wait_for_everything(garden)

    with transaction(sessions, reading=True) as session:
        assert session.get_one(Incident, problem.id).state is IncidentState.RESOLVED
        assert [one.to_email for one in session.query(Letter)] == ["sol.moor@example.org"]
