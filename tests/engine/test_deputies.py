"""Deputies: who acts in whose place, from when to when, and what the history tells of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from engine import clock, deputies, history, identity, tasks
from engine.database import Sessions, transaction
from engine.errors import Conflict, Invalid, NotFound
from engine.identity import Actor
from engine.models import Deputy, Membership, Person, ProcessInstance, UserTask

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEAVE: dict[str, Any] = {
    "group": "secretary", "email": "dov.levy@example.org", "starts_on": date(2026, 3, 3), "ends_on": date(2026, 3, 5), "reason": "Leave",
}  # fmt: skip


class Office:
    """Sana is the secretary; Dov is to act in her place from the third to the fifth of March."""

    def __init__(self, sessions: Sessions, person: Callable[..., Actor]) -> None:
        self.sessions, self.sana, self.dov = sessions, person("Sana Kaur", "secretary"), person("Dov Levy", "digger")

    def name(self, by: Actor | None = None, **changed: Any) -> int:
        with clock.moved_to(DAY), transaction(self.sessions) as session:
            return deputies.name(session, by or self.sana, **(LEAVE | changed)).id

    def problems(self, by: Actor | None = None, **changed: Any) -> dict[str, str]:
        with pytest.raises(Invalid) as refused:
            self.name(by, **changed)
        return refused.value.problems

    def as_on(self, day: int, actor: Actor | None = None) -> Actor:
        """Dov, or somebody else, as they act on this day of March."""
        with clock.moved_to(datetime(2026, 3, day, 9, tzinfo=UTC)), transaction(self.sessions, reading=True) as session:
            return identity.actor_for(session, session.get_one(Person, (actor or self.dov).id))


@pytest.fixture
def office(sessions: Sessions, begin: Callable[..., UUID], person: Callable[..., Actor]) -> Office:
    begin()
    return Office(sessions, person)


def test_a_deputy_acts_as_the_role_from_the_first_day_to_the_last(office: Office) -> None:
    office.name()

    assert [day for day in range(1, 9) if "secretary" in office.as_on(day).groups] == [3, 4, 5]
    with clock.moved_to(datetime(2026, 3, 4, tzinfo=UTC)), transaction(office.sessions, reading=True) as session:
        assert [one.name for one in identity.people_in(session, "secretary")] == ["Dov Levy", "Sana Kaur"]


def test_what_a_deputy_does_is_told_as_done_for_whose_role_it_is(office: Office) -> None:
    office.name()
    dov = office.as_on(4)

    with clock.moved_to(datetime(2026, 3, 4, 9, tzinfo=UTC)), transaction(office.sessions) as session:
        task = session.scalars(select(UserTask)).unique().one()
        assert [one.id for one in tasks.inbox(session, dov)] == [task.id]
        tasks.complete_with(session, dov, task.id, {"answer": "yes"})

    with transaction(office.sessions, reading=True) as session:
        case = session.scalars(select(ProcessInstance)).one()
        [done] = [event for event in history.events(session, case) if event.what == "task_completed"]
    assert (done.actor_id, done.detail["for"]) == (office.dov.id, str(office.sana.id))


def test_what_somebody_does_in_their_own_role_is_told_as_theirs(office: Office) -> None:
    with clock.moved_to(DAY), transaction(office.sessions) as session:
        task = session.scalars(select(UserTask)).unique().one()
        tasks.complete_with(session, office.sana, task.id, {"answer": "yes"})
        case = session.scalars(select(ProcessInstance)).one()

        assert [event.detail.get("for") for event in history.events(session, case) if event.what == "task_completed"] == [None]


def test_a_deputy_loses_the_role_with_whose_it_is(office: Office) -> None:
    office.name()
    with transaction(office.sessions) as session:
        session.execute(delete(Membership).where(Membership.person_id == office.sana.id))

    assert "secretary" not in office.as_on(4).groups


def test_a_deputy_cannot_pass_the_role_on(office: Office, person: Callable[..., Actor]) -> None:
    person("Ann Hill")
    office.name()
    dov = office.as_on(4)

    with clock.moved_to(datetime(2026, 3, 4, 9, tzinfo=UTC)), transaction(office.sessions, reading=True) as session:
        assert "secretary" not in deputies.roles_of(session, dov)
    assert office.problems(dov, email="ann.hill@example.org") == {"group": "Choose one of your roles."}


@pytest.mark.parametrize("who", ["sana", "dov", "ada"])
def test_it_can_be_ended_early_by_who_is_concerned_and_by_administrators(office: Office, ada: Actor, who: str) -> None:
    by, made = {"sana": office.sana, "dov": office.dov, "ada": ada}[who], office.name()

    with clock.moved_to(datetime(2026, 3, 4, 9, tzinfo=UTC)):
        with transaction(office.sessions) as session:
            assert [one.id for one in deputies.shown_to(session, by)] == [made]
            deputies.end(session, by, made)
        assert "secretary" not in office.as_on(4).groups
        with transaction(office.sessions) as session:
            assert deputies.shown_to(session, by) == []
            assert session.get_one(Deputy, made).ended_by == by.id
            with pytest.raises(Conflict):
                deputies.end(session, by, made)


def test_for_others_it_does_not_exist(office: Office, person: Callable[..., Actor]) -> None:
    made, stranger = office.name(), person("Una Strang")

    with clock.moved_to(DAY), transaction(office.sessions) as session:
        assert deputies.shown_to(session, stranger) == []
        with pytest.raises(NotFound):
            deputies.end(session, stranger, made)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"group": "treasurer"}, "group"),
    ({"email": "nobody@example.org"}, "email"),
    ({"email": "sana.kaur@example.org"}, "email"),
    ({"starts_on": None}, "starts_on"),
    ({"starts_on": date(2026, 3, 1)}, "starts_on"),
    ({"ends_on": date(2026, 3, 2)}, "ends_on"),
    ({"ends_on": date(2028, 3, 2)}, "ends_on"),
    ({"ends_on": None}, "ends_on"),
    ({"reason": " "}, "reason"),
    ({"reason": "x" * 501}, "reason"),
]


@pytest.mark.parametrize(("changed", "field"), WRONG)
def test_what_is_wrong_is_said_and_nobody_is_named(office: Office, changed: dict[str, Any], field: str) -> None:
    assert list(office.problems(**changed)) == [field]
    with transaction(office.sessions, reading=True) as session:
        assert session.scalars(select(Deputy)).all() == []


def test_a_colleague_who_has_the_role_needs_not_be_named(office: Office, person: Callable[..., Actor]) -> None:
    ann = person("Ann Hill", "secretary")

    assert office.problems(email=ann.email) == {"email": "This colleague has that role already."}
