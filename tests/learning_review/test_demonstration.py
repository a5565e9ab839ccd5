"""The demonstration of `make run`: its accounts can sign in, and its cases stand at the stages that it wants to show."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import database, demonstration, deployments, history, identity, insight, procedures
from engine.database import Sessions, transaction
from engine.models import Deadline, DeadlineState, Incident, Person, ProcessInstance, Submission
from tests.learning_review.story import FOLDERS

HERE: Path = FOLDERS[0]
ANY_TIME = "Close the case early"
STAGES = {
    "Notified": ["Check the notification", ANY_TIME],
    "Gathering agency reports": [
        "Add a parallel process", ANY_TIME, "Convene the meeting", "Decide about a missing report", "Decide who writes the report",
        "Every report in, or gone on without", "Write the agency report"],
    "Consideration Meeting": [
        "Add a parallel process", "Check on a parallel process", ANY_TIME, "Decision 2: is it necessary to proceed?", "Record the meeting",
        "Say why it takes longer"],
    "Summary Report": ["Add a parallel process", "CSOG considers it", ANY_TIME],
    "Decided": ["Add a parallel process", "Approve the minute", "Check on a parallel process", ANY_TIME],
}  # fmt: skip


@pytest.fixture(scope="module")
def shown(sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sessions]:
    """A site as `make run` leaves it."""
    engine = database.connect(f"sqlite:///{shutil.copy(sqlite_file, tmp_path_factory.mktemp('shown') / 'casework.db')}")
    sessions = database.sessions(engine)
    with transaction(sessions) as session:
        deployments.deploy(session, deployments.read(FOLDERS))
    assert demonstration.load(sessions, HERE, HERE.name, base_url="http://localhost") == 8
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
        waited_for = {stage: {one.name for line in lines if line.stage == stage for one in line.waiting} for stage in STAGES}
        assert {stage: sorted(names - {"Next warning day"}) for stage, names in waited_for.items()} == STAGES
        assert sorted(line.risk for line in lines) == ["on_track"] * 4 + ["overdue"] * 2 + ["soon"] * 3
        # Beside the eight cases there is an improvement action that one of them has raised.
        assert [history.verify(session, instance) for instance in session.query(ProcessInstance)] == [[]] * 9
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
        "senior_manager", "agency_author", "csog_member", "emppc_member", "administrator",
    }  # fmt: skip
    with transaction(shown) as session:
        for account in accounts:
            assert identity.sign_in(session, account.email, account.password, address=account.email)
