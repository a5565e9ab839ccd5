"""People are told by email of the tasks that wait for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from engine import announcements, clock, scheduler
from engine.database import Sessions, transaction
from engine.models import Candidate, InstanceState, Letter, Membership, Person, ProcessInstance
from tests.engine.rows import deployment, instance, person, task

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with clock.moved_to(NOON):
        yield


class Office:
    """A case, and the people around it."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        with transaction(sessions) as db:
            self.case = instance(db, deployment(db)).id

    def employs(self, name: str, group: str) -> Any:
        """Somebody acts as this group."""
        with transaction(self._sessions) as db:
            return person(db, name, group).id

    def opens(self, *groups: str, people: tuple[str, ...] = (), **more: Any) -> None:
        """A task opens at noon."""
        with transaction(self._sessions) as db:
            made = task(db, db.get_one(ProcessInstance, self.case), groups=groups)
            for key, value in more.items():
                setattr(made, key, value)
            made.candidates += [Candidate(kind="person", name=email) for email in people]

    def writes(self, email: str) -> None:
        """The case writes a letter of its own at noon."""
        with transaction(self._sessions) as db:
            letter = Letter(
                key="k", template="answer", to_name="", to_email=email, subject="s", body="b", written_at=NOON, next_try_at=NOON
            )
            letter.instance_id = self.case
            db.add(letter)

    def is_put(self, state: InstanceState) -> None:
        """The case is put on hold, or goes on."""
        with transaction(self._sessions) as db:
            db.get_one(ProcessInstance, self.case).state = state

    def tells(self, after: timedelta = timedelta(minutes=3)) -> list[Letter]:
        """The emails about tasks that there are so long after noon."""
        with clock.moved_to(NOON + after):
            scheduler.tick(self._sessions, None, base_url="https://casework.example/")
        with transaction(self._sessions, reading=True) as db:
            return list(db.scalars(select(Letter).where(Letter.template == "tasks_waiting").order_by(Letter.id)))


@pytest.fixture
def office(sessions: Sessions) -> Office:
    return Office(sessions)


def test_everybody_who_may_do_a_new_task_is_told_once_and_nothing_about_the_case(office):
    # given a task of the gardeners, of whom there are two, and of somebody without an account
    office.employs("Ann Hill", "gardener")
    office.employs("Bo Lane", "gardener")
    guests = ("guest@example.org", "ann.hill@example.org")
    office.opens("gardener", people=guests, name="Weed the plot of Rosa Field", subject="Rosa Field")

    # when time goes on
    assert office.tells(timedelta(minutes=1)) == []
    letters = office.tells()

    # then each of them gets one email, and it says only the reference and where to go
    assert sorted(letter.to_email for letter in letters) == ["ann.hill@example.org", "bo.lane@example.org", "guest@example.org"]
    assert {letter.subject for letter in letters} == {"PLOT-1: a task is waiting for you"}
    assert "https://casework.example/tasks" in letters[0].body
    assert "Rosa" not in letters[0].body
    assert "Weed" not in letters[0].body
    assert "There is something for you to do in Casework." in letters[0].body
    assert "please say so soon" in letters[0].body

    # and never again
    assert len(office.tells(timedelta(days=3))) == 3


def test_several_new_tasks_make_one_email(office):
    office.employs("Ann Hill", "gardener")
    office.opens("gardener", due_at=datetime(2026, 3, 9, 23, 59, 59, tzinfo=UTC))
    office.opens("gardener")

    [letter] = office.tells()

    assert letter.subject == "2 tasks are waiting for you"
    assert "There are 2 things for you to do in Casework." in letter.body
    assert "Case PLOT-1, due on 9 March 2026" in letter.body
    assert letter.instance_id == office.case


def test_a_group_that_nobody_acts_as_is_told_at_its_shared_address(office):
    office.opens("warden:north")

    assert [letter.to_email for letter in office.tells()] == ["north@example.org"]


def test_a_task_that_somebody_has_taken_on_is_told_to_nobody_else(office):
    ann = office.employs("Ann Hill", "gardener")
    office.employs("Bo Lane", "gardener")
    office.opens("gardener", assignee_id=ann)

    assert [letter.to_email for letter in office.tells()] == ["ann.hill@example.org"]


def test_whom_the_case_has_just_written_to_is_not_told_again(office):
    office.employs("Ann Hill", "gardener")
    office.opens("gardener")
    office.writes("ann.hill@example.org")

    assert office.tells() == []


def test_what_is_no_address_and_who_has_left_get_no_email(office, sessions):
    gone = office.employs("Ann Hill", "gardener")
    office.employs("Bo Lane", "gardener")
    with transaction(sessions) as db:
        db.get_one(Person, gone).active = False
    office.opens("gardener", people=("nobody", "x@example.org\nBcc: y@example.org", "ann.hill@example.org"), assignee_id=gone)

    assert [letter.to_email for letter in office.tells()] == ["bo.lane@example.org"]


def test_a_fault_in_one_part_of_the_tick_keeps_no_other_from_its_work(office, sessions, monkeypatch):
    def fails(*_: Any, **__: Any) -> int:
        raise ValueError("about Rosa Field")

    monkeypatch.setattr(announcements, "tell_all", fails)
    leaves = office.employs("Ann Hill", "gardener")
    with transaction(sessions) as db:
        db.scalars(select(Membership).where(Membership.person_id == leaves)).one().ends_on = NOON.date()
    office.opens("gardener")

    with capture_logs() as logs:
        assert office.tells() == []

    with transaction(sessions, reading=True) as db:
        assert db.scalars(select(Membership).where(Membership.person_id == leaves)).all() == []
    assert "part of a tick failed" in {line["event"] for line in logs}
    assert "Rosa" not in str(logs)


def test_an_optional_task_is_told_of_to_nobody_and_a_later_one_later(office):
    office.employs("Ann Hill", "gardener")
    office.opens("gardener", properties={"optional": "yes"})
    office.opens("gardener", follow_up_at=NOON + timedelta(days=2))

    assert office.tells() == []
    assert len(office.tells(timedelta(days=2))) == 1


def test_a_task_of_a_case_on_hold_is_told_of_when_it_goes_on(office):
    office.employs("Ann Hill", "gardener")
    office.opens("gardener")
    office.is_put(InstanceState.SUSPENDED)

    assert office.tells() == []

    office.is_put(InstanceState.ACTIVE)
    assert len(office.tells()) == 1


def test_hundreds_of_new_tasks_of_one_case_make_one_email(office):
    office.employs("Ann Hill", "gardener")
    for _ in range(450):
        office.opens("gardener")

    assert [letter.subject for letter in office.tells()] == ["200 tasks are waiting for you"]
    assert len(office.tells(timedelta(days=1))) == 1
