"""Roles for a time only: the tick ends them, and tells the history once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import select

from engine import clock, history, identity, scheduler
from engine.database import Sessions, transaction
from engine.identity import Actor
from engine.models import Membership, Person, ProcessInstance


def test_the_tick_ends_what_is_over_and_tells_it_in_the_case(
    sessions: Sessions, begin: Callable[..., UUID], person: Callable[..., Actor]
) -> None:
    ann, case_id = person("Ann Hill"), begin()
    with clock.moved_to(datetime(2026, 3, 1, 9, tzinfo=UTC)), transaction(sessions) as session:
        known, case = session.get_one(Person, ann.id), session.get_one(ProcessInstance, case_id)
        identity.join(session, known, "digger", case, ends_on=date(2026, 3, 10))
        identity.join(session, known, "secretary", ends_on=date(2026, 3, 12))
        identity.join(session, known, "treasurer")

    def held_on(day: int) -> list[str]:
        with clock.moved_to(datetime(2026, 3, day, 9, tzinfo=UTC)):
            scheduler.tick(sessions, None, base_url="http://localhost")
        with transaction(sessions, reading=True) as session:
            return sorted(session.scalars(select(Membership.group).where(Membership.person_id == ann.id)))

    assert held_on(9) == ["digger", "secretary", "treasurer"]
    assert held_on(10) == ["secretary", "treasurer"]
    assert held_on(12) == held_on(13) == ["treasurer"]

    with transaction(sessions, reading=True) as session:
        case = session.get_one(ProcessInstance, case_id)
        told = [(event.what, event.detail) for event in history.events(session, case) if event.what == "role_ended"]
        assert told == [("role_ended", {"role": "digger", "person": str(ann.id)})]
        assert history.verify(session, case) == []
