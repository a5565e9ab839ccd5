"""The demonstration of `make run`: its accounts can sign in, and its cases stand at the stages that it wants to show."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import database, demonstration, deployments, history, identity, insight, procedures, tasks
from engine.database import Sessions, transaction
from engine.models import Deadline, DeadlineState, Incident, Person, ProcessInstance, Submission
from tests.learning_review.story import FOLDERS

HERE: Path = FOLDERS[0]
STAGES = {
    "Notified": ["Check the notification"],
    "Gathering agency reports": [
        "Convene the meeting", "Decide about a missing report", "Decide who writes the report", "Write the agency report"],
    "Consideration Meeting": [
        "Check on a parallel process", "Decision 2: is it necessary to proceed?", "Record the meeting", "Say why it takes longer"],
    "Summary Report": ["CSOG considers it"],
    "Decided": ["Approve the minute", "Check on a parallel process"],
    "Learning Review being set up": ["Declare your independence"],
    "Report being drafted": ["Be in touch with a member of the family", "Comment on the draft report"],
    "Report to CSOG": ["CSOG considers the report"],
    "Under way": [],
}  # fmt: skip


def _is_asked(one: insight.Waiting) -> bool:
    return one.kind is insight.Kind.TASK and not one.optional


@pytest.fixture(scope="module")
def shown(sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sessions]:
    """A site as `make run` leaves it."""
    engine = database.connect(f"sqlite:///{shutil.copy(sqlite_file, tmp_path_factory.mktemp('shown') / 'casework.db')}")
    sessions = database.sessions(engine)
    with transaction(sessions) as session:
        deployments.deploy(session, deployments.read(FOLDERS))
    assert demonstration.load(sessions, HERE, HERE.name, base_url="http://localhost") == 11
    yield sessions
    engine.dispose()


def test_the_demonstration_shows_a_case_at_every_stage(shown):
    assert demonstration.load(shown, HERE, HERE.name) == 0  # a second start adds nothing

    with transaction(shown, reading=True) as session:
        chair = identity.actor_for(session, session.scalars(select(Person).where(Person.email == "grace.kerr@example.org")).one())
        lines = insight.cases(session, chair)
        forms = procedures.deployed(session, HERE.name).forms
        submissions = session.query(Submission).all()

        assert session.query(Incident).count() == 0
        waited_for = {
            line.stage: {one.name for other in lines if other.stage == line.stage for one in other.waiting if _is_asked(one)}
            for line in lines
        }
        assert {stage: sorted(names) for stage, names in waited_for.items()} == STAGES
        assert sorted(line.risk for line in lines) == ["on_track"] * 5 + ["overdue"] * 2 + ["soon"] * 5
        # Beside the eleven cases there is an improvement action that one of them has raised.
        assert [history.verify(session, instance) for instance in session.query(ProcessInstance)] == [[]] * 12
        # What is answered is what the forms ask; the first answers of a case come from the start form.
        assert [s.form_key for s in submissions if not set(s.values) <= forms[s.form_key or "notification"].sets()] == []


def test_the_dates_of_the_demonstration_are_as_if_the_site_had_been_running(shown):
    with transaction(shown, reading=True) as session:
        missed = session.query(Deadline).filter_by(state=DeadlineState.MISSED).all()
        late = {(deadline.name, deadline.subject): deadline.instance for deadline in missed}

        assert set(late) == {("Agency report", "NHS Lothian"), ("Decision of the Consideration Meeting", "")}
        for deadline in missed:
            [asked] = [e for e in history.events(session, deadline.instance) if e.what == "deadline_missed" and e.token == deadline.token]
            assert (asked.at.date() - deadline.due_on).days in (0, 1)  # the night after the day


def test_every_account_of_the_demonstration_can_sign_in_with_the_password_shown(shown):
    accounts = demonstration.accounts(HERE)

    assert {group.partition(":")[0] for account in accounts for group in account.groups} == {
        "business_support", "lead_officer_adult", "lead_officer_child", "public_protection_manager", "emppc_chair",
        "senior_manager", "agency_author", "csog_member", "emppc_member", "subgroup_member", "records_officer", "administrator",
    }  # fmt: skip
    with transaction(shown) as session:
        for account in accounts:
            assert identity.sign_in(session, account.email, account.password, address=account.email)


def test_everybody_who_has_a_part_in_a_review_finds_it_on_their_list(shown):
    first = {
        "fiona.hay": "Comment on the draft report",
        "leah.moss": "Comment on the draft report",
        "tom.reid": "Declare your independence",
    }

    with transaction(shown, reading=True) as session:
        for name, task in first.items():
            actor = identity.actor_for(session, session.scalars(select(Person).where(Person.email == f"{name}@example.org")).one())
            assert task in {one.name for one in tasks.inbox(session, actor) if not one.optional}


def test_an_improvement_action_is_agreed_and_its_owner_can_say_how_it_gets_on(shown):
    with transaction(shown, reading=True) as session:
        owner = identity.actor_for(session, session.scalars(select(Person).where(Person.email == "ruth.bell@example.org")).one())

        assert [(one.name, one.optional) for one in tasks.inbox(session, owner)] == [("Say how the action is getting on", True)]


def test_a_case_like_another_has_words_of_its_own_and_stops_earlier(shown):
    with transaction(shown, reading=True) as session:
        told = [submission.values for submission in session.query(Submission)]

    for name in ("Ailsa Grant", "Orla Weir", "Mirren Dow"):
        assert sum(name in str(values) for values in told) > 0
    assert not any("Ailsa" in str(values) and ("Orla" in str(values) or "Mirren" in str(values)) for values in told)
