"""Problems: tried again as they are or with other variables, skipped, withdrawn; with a reason, and without telling what a case holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from engine import administration, clock, incidents, outbox, workers
from engine.administration import Foreseen
from engine.database import Sessions, transaction
from engine.errors import Conflict, Invalid, NotFound, Trouble
from engine.identity import Actor
from engine.models import Incident, IncidentState, InstanceState, Job, JobState, Letter, LetterState
from tests.diagrams import boundary, timer, user_task
from tests.engine.office import TASK, WHY, Office
from tests.engine.standing import Garden, bundle, note

# It stops until the height is a text: then it names who may dig.
BODY = (
    user_task("dig", form="do", candidateGroups="=height", name="Dig it over")
    + user_task("sow", **TASK, name="Sow")
    + user_task("beside", **TASK, name="Beside")
)
ARROWS = "asked dig; asked beside; dig sow; sow end; beside end"


@pytest.fixture
def office(sessions: Sessions, ada: Actor) -> Office:
    return Office(Garden(sessions, bundle(BODY, ARROWS)), ada, height=7, due="private")


def problem(office: Office) -> Incident:
    [incident] = office.rows(Incident, state=IncidentState.OPEN)
    found: Incident = incident
    return found


def solve(office: Office, act: Callable[..., Incident], **more: Any) -> Incident:
    """One act on the only problem of the case."""
    number = problem(office).id
    solved: Incident = office.do(lambda session, actor, _, **given: act(session, actor, number, **given), **more)
    return solved


def test_a_step_tried_again_with_other_variables_goes_on_and_only_their_names_are_kept(office: Office) -> None:
    solve(office, incidents.retry, changes='{"height": "secretary", "new": [1]}')

    assert office.open_tasks() == ["beside", "dig"]
    assert office.told("incident_retried") == [{"name": "Dig it over", "changed": ["height", "new"], "reason": WHY}]
    assert office.rows(Incident)[0].state is IncidentState.RESOLVED


def test_a_step_tried_again_in_vain_stays_a_problem(office: Office) -> None:
    again = solve(office, incidents.retry)

    assert again.state is IncidentState.OPEN
    assert office.open_tasks() == ["beside"]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("height: secretary", "line 1, column 1"), ('{"height": secretary}', "a text needs double quotes"), ("[1]", "one JSON object"),
        ('{"a": 1,}', "line 1"), ('{"a": 1, "a": 2}', "written twice"), ('{"a": NaN}', "NaN is no number"), ('{"": 1}', "has no name"),
        ('{"a": 1e400}', "too large"), ('{"a": %s}' % ("9" * 30), "too large"),
        ('{"a": "\\ud800"}', "not whole"), (f'{{"a": {"[" * 300}{"]" * 300}}}', "nested too deeply"),
        pytest.param("[" * 100_000, "nested too deeply", id="nested"), ('{"a": "', "no closing double quotes"),
    ],
)  # fmt: skip
def test_variables_that_cannot_be_read_get_a_sentence_and_change_nothing(typed: str, why: str) -> None:
    with pytest.raises(Invalid, match=why) as refused:
        incidents.changes_of(typed)

    assert list(refused.value.problems) == ["changes"]


def test_everything_that_is_wrong_is_said_at_once(office: Office) -> None:
    with pytest.raises(Invalid) as refused:
        solve(office, incidents.retry, changes="{", reason="")

    assert sorted(refused.value.problems) == ["changes", "reason"]
    assert problem(office).state is IncidentState.OPEN


def test_what_the_step_sees_is_told_by_name_and_its_content_only_to_those_who_may_open_the_case(
    office: Office, ada: Actor, person: Callable[..., Actor]
) -> None:
    both = person("Bea Both", "administrator", "secretary")
    number = problem(office).id

    def seen_by(actor: Actor) -> list[tuple[str, str, str | None]]:
        told = office.read(lambda s: incidents.variables_of(s, actor, s.get_one(Incident, number)))
        return [(one.name, one.kind, one.value) for one in told if one.name != "reference"]

    assert seen_by(ada) == [("due", "a text", None), ("height", "a number", None)]
    assert seen_by(both) == [("due", "a text", '"private"'), ("height", "a number", "7")]


def test_skipping_says_first_what_follows_and_then_does_it(office: Office) -> None:
    skipping, withdrawing = office.read(lambda s: incidents.foresee_leaving(s, s.get_one(Incident, problem(office).id)))
    assert isinstance(skipping, Foreseen)
    assert isinstance(withdrawing, Foreseen)
    assert ([wait.name for wait in skipping.steps], list(withdrawing.steps)) == (["Sow"], [])

    solved = solve(office, incidents.skip)

    assert solved.state is IncidentState.RESOLVED
    assert office.open_tasks() == ["beside", "sow"]
    assert office.told("incident_skipped") == [{"name": "Dig it over", "reason": WHY}]


def test_a_withdrawn_step_is_followed_by_nothing_and_the_rest_goes_on(office: Office) -> None:
    solve(office, incidents.withdraw)

    assert office.open_tasks() == ["beside"]
    office.garden.complete("beside")
    assert office.case.state is InstanceState.COMPLETED


def test_the_last_step_is_not_withdrawn_for_that_would_close_the_case(office: Office) -> None:
    office.garden.complete("beside")
    _, withdrawing = office.read(lambda s: incidents.foresee_leaving(s, s.get_one(Incident, problem(office).id)))
    assert withdrawing == incidents.LAST

    with pytest.raises(Invalid, match="Terminate the case instead"):
        solve(office, incidents.withdraw)

    assert office.case.state is InstanceState.ACTIVE
    assert problem(office).state is IncidentState.OPEN


def test_a_problem_is_solved_once_and_by_administrators_only(office: Office) -> None:
    number, seen = problem(office).id, office.case.version
    for act in (incidents.retry, incidents.skip, incidents.withdraw):
        with pytest.raises(NotFound), transaction(office.garden.sessions) as session:
            act(session, office.garden.rosa, number, reason=WHY)
    solve(office, incidents.skip, seen=seen)

    with pytest.raises(Conflict, match="solved already"), transaction(office.garden.sessions) as session:
        incidents.withdraw(session, office.ada, number, reason=WHY, seen=seen)


# Jobs

JOBS = user_task("dig", **TASK, name="Dig") + note("tell", "Tell them") + user_task("sow", **TASK, name="Sow")


@pytest.fixture
def broken(sessions: Sessions, ada: Actor, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A case whose letter nobody can write."""

    def refuse(work: workers.Work) -> dict[str, Any]:
        if work.variables.get("height") != "enough":
            raise Trouble("The printer is out of paper.")
        return {}

    monkeypatch.setitem(workers.WORKERS, "send-letter", refuse)
    week = boundary("week", "tell", timer("timeDuration", "P7D"))
    made = Office(Garden(sessions, bundle(JOBS + week, "asked tell; asked dig; tell sow; dig end; sow end; week end")), ada, height=1)
    for _ in range(4):
        made.garden.later(hours=2)
    assert problem(made).job_id is not None
    return made


def test_a_job_is_tried_again_with_other_variables(broken: Office) -> None:
    solve(broken, incidents.retry, changes='{"height": "enough"}')
    broken.garden.later(seconds=1)

    assert broken.open_tasks() == ["dig", "sow"]
    broken.agree()


def test_a_job_that_nobody_can_do_is_skipped_and_its_row_says_so(broken: Office) -> None:
    solve(broken, incidents.skip)

    assert broken.open_tasks() == ["dig", "sow"]
    assert {job.state for job in broken.rows(Job)} == {JobState.CANCELLED}


def test_the_problem_of_a_job_is_gone_when_the_case_goes_on_without_it(broken: Office) -> None:
    broken.garden.later(days=8)

    assert broken.rows(Incident, state=IncidentState.OPEN) == []
    assert broken.rows(Job, state=JobState.FAILED) == []
    broken.agree()


def test_a_problem_of_a_suspended_case_is_solved_now_and_done_when_it_goes_on(broken: Office) -> None:
    broken.do(administration.suspend)
    solve(broken, incidents.retry, changes='{"height": "enough"}')
    broken.garden.later(seconds=1)
    assert broken.open_tasks() == ["dig"]

    broken.do(administration.resume)
    broken.garden.later(seconds=1)

    assert broken.open_tasks() == ["dig", "sow"]


# Letters


def test_a_letter_that_was_given_up_is_sent_again(broken: Office) -> None:
    with transaction(broken.garden.sessions) as session:
        letter = Letter(
            key="k", instance_id=broken.id, template="note", to_name="", to_email="rosa@example.org", subject="s", body="b",
            state=LetterState.FAILED, written_at=clock.now(), tries=8, next_try_at=clock.now() + timedelta(days=1), last_error="Refused.",
        )  # fmt: skip
        session.add(letter)
        session.flush()
        number = letter.id
    with pytest.raises(NotFound), transaction(broken.garden.sessions) as session:
        outbox.retry(session, broken.garden.rosa, number, reason=WHY)
    with pytest.raises(Invalid, match="Say why"):
        broken.do(lambda session, actor, _, **given: outbox.retry(session, actor, number, **given), reason="")

    broken.do(lambda session, actor, _, **given: outbox.retry(session, actor, number, **given))

    [letter] = broken.rows(Letter)
    assert (letter.state, letter.tries, letter.last_error) == (LetterState.WAITING, 0, "")
    assert broken.told("letter_retried") == [{"template": "note", "reason": WHY}]
    with pytest.raises(Conflict, match="does not wait"):
        broken.do(lambda session, actor, _, **given: outbox.retry(session, actor, number, **given))
