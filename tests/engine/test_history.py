"""The history of a case: only added to, and any tampering shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, event, insert, select, update
from sqlalchemy.orm import Session

from engine import clock, database, history
from engine.database import Sessions, transaction
from engine.errors import Conflict
from engine.models import Base, HistoryEvent, ProcessInstance
from engine.waits import Happening
from tests.engine.rows import actor, instance

TABLE = Base.metadata.tables["history_event"]


def happenings(count: int) -> list[Happening]:
    return [
        Happening(
            what="entered", at=clock.now(), token=uuid4(), process_key="letting", element_id=f"step{n}", name=f"Step {n}", detail={"n": n}
        )
        for n in range(count)
    ]


def test_events_are_read_in_the_order_in_which_they_happened(db):
    case, rosa = instance(db), actor(db)

    history.record(db, "case_started", instance=case, actor=rosa)
    history.record_many(db, case, rosa, happenings(3))
    history.record(db, "deadline_missed", instance=case, element_id="due", due_on=date(2026, 3, 3))

    happened = history.events(db, case)
    assert [one.what for one in happened] == ["case_started", "entered", "entered", "entered", "deadline_missed"]
    assert [one.number for one in happened] == [1, 2, 3, 4, 5]
    assert happened[1].detail == {"name": "Step 0", "n": 0}
    assert (happened[0].actor_id, happened[4].actor_id) == (rosa.id, None)
    assert happened[4].detail == {"due_on": "2026-03-03"}
    assert (case.history_length, case.history_hash) == (5, happened[4].hash)


def test_a_history_nobody_touched_is_right_after_it_was_stored_and_read_again(sessions: Sessions):
    with transaction(sessions) as session:
        case = instance(session)
        history.record_many(session, case, actor(session), happenings(4))
        history.record(session, "noted", instance=case, number=1.5, words=["é", "\u2028", 'quote"'], nothing=None)
        case_id = case.id

    with transaction(sessions) as session:
        assert history.verify(session, session.get_one(ProcessInstance, case_id)) == []


def test_a_case_without_events_has_a_history_that_is_right(db):
    assert history.verify(db, instance(db)) == []


def test_many_events_take_one_insert(engine: Engine, db):
    case = instance(db)
    inserts: list[str] = []
    event.listen(
        engine, "before_cursor_execute", lambda _c, _k, statement, *_: inserts.append(statement) if "history_event" in statement else None
    )

    history.record_many(db, case, actor(db), happenings(10))
    history.record_many(db, case, actor(db, "Ann Hill"), [])

    assert len(inserts) == 1


def test_what_is_not_json_is_refused_when_it_is_recorded(db):
    case = instance(db)

    with pytest.raises(TypeError, match="object cannot be kept"):
        history.record(db, "noted", instance=case, thing=object())
    with pytest.raises(ValueError, match="JSON"):
        history.record(db, "noted", instance=case, thing=float("nan"))


def test_two_who_add_at_once_do_not_both_succeed(sessions: Sessions):
    with transaction(sessions) as session:
        case_id = instance(session).id
    with transaction(sessions) as session:
        read_earlier = session.get_one(ProcessInstance, case_id)
    with transaction(sessions) as session:
        history.record(session, "task_claimed", instance=session.get_one(ProcessInstance, case_id))

    def release() -> None:
        with transaction(sessions) as session:
            session.add(read_earlier)
            history.record(session, "task_released", instance=read_earlier)

    with pytest.raises(Conflict, match="Someone else changed this case"):
        release()

    with transaction(sessions) as session:
        assert history.verify(session, session.get_one(ProcessInstance, case_id)) == []


@pytest.fixture(scope="module")
def memory() -> Iterator[Engine]:
    """A database for a hundred quick tries, none of which is kept."""
    engine = database.connect("sqlite://")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@contextmanager
def case_with(count: int, memory: Engine) -> Iterator[tuple[Session, ProcessInstance]]:
    """A case with so many events, which is gone afterwards."""
    with Session(memory) as session:
        case = instance(session)
        history.record_many(session, case, actor(session), happenings(count))
        session.flush()
        yield session, case
        session.rollback()


def edit(session: Session, where: Any, values: dict[str, Any]) -> None:
    session.execute(update(TABLE).where(where).values(**values))


def at(number: int) -> Any:
    return TABLE.c.number == number


CHANGES: dict[str, Callable[[], Any]] = {
    "what": lambda: "another", "at": lambda: clock.now() + timedelta(days=1), "actor_id": lambda: None, "process_key": lambda: "other",
    "element_id": lambda: "other", "token": uuid4, "detail": lambda: {"n": -1}, "hash": lambda: "0" * 64,
}  # fmt: skip


@given(count=st.integers(1, 8), data=st.data())
def test_a_changed_event_is_found_whatever_was_changed(memory, count, data):
    number = data.draw(st.integers(1, count))
    column = data.draw(st.sampled_from(sorted(CHANGES)))
    with case_with(count, memory) as (session, case):
        edit(session, at(number), {column: CHANGES[column]()})

        assert history.verify(session, case)


@given(count=st.integers(1, 8), data=st.data())
def test_missing_events_are_found_and_named(memory, count, data):
    gone = data.draw(st.sets(st.integers(1, count), min_size=1))
    with case_with(count, memory) as (session, case):
        session.execute(delete(TABLE).where(TABLE.c.number.in_(gone)))

        wrong = " ".join(history.verify(session, case))

        assert f"Event {min(gone)} is missing." in wrong or f"Events {min(gone)} to " in wrong


@given(count=st.integers(2, 8), data=st.data())
def test_events_put_in_another_order_are_found(memory, count, data):
    first, second = sorted(data.draw(st.sets(st.integers(1, count), min_size=2, max_size=2)))
    with case_with(count, memory) as (session, case):
        for old, new in ((first, -1), (second, first), (-1, second)):
            edit(session, at(old), {"number": new})

        assert history.verify(session, case)


@given(count=st.integers(2, 8), data=st.data())
def test_events_taken_out_so_that_the_rest_counts_on_are_found(memory, count, data):
    gone = data.draw(st.integers(1, count))
    with case_with(count, memory) as (session, case):
        session.execute(delete(TABLE).where(at(gone)))
        for number in range(gone + 1, count + 1):
            edit(session, at(number), {"number": number - 1})

        assert history.verify(session, case)


@given(count=st.integers(1, 8), data=st.data())
def test_a_chain_forged_from_some_event_on_is_found_by_what_the_case_remembers(memory, count, data):
    changed = data.draw(st.integers(1, count))
    with case_with(count, memory) as (session, case):
        rows = [dict(row) for row in session.execute(select(TABLE).order_by(TABLE.c.number)).mappings()]
        rows[changed - 1]["what"] = "forged"
        link = ""
        for row in rows:
            link = row["hash"] = history._hash(link, row)
        session.execute(delete(TABLE))
        session.execute(insert(TABLE), rows)

        assert history.verify(session, case) == ["The last event is not the one that was recorded last."]


def test_events_slipped_in_at_the_end_or_before_the_first_are_found(memory):
    with case_with(3, memory) as (session, case):
        last = session.scalars(select(HistoryEvent).order_by(HistoryEvent.number.desc())).first()
        assert last is not None
        fact = {"instance_id": case.id, "at": clock.now(), "what": "slipped_in", "actor_id": None, "process_key": "", "element_id": ""}
        row = fact | {"number": 4, "token": None, "detail": {}}
        session.execute(insert(TABLE), [row | {"hash": history._hash(last.hash, row)}])

        assert history.verify(session, case) == ["There are 4 events, but only 3 were recorded."]

        edit(session, at(4), {"number": 0})
        assert "Event 0 does not follow from the one before it: one of the two was changed." in history.verify(session, case)


def test_an_event_moved_from_one_case_to_another_is_found(memory):
    with case_with(1, memory) as (session, case):
        other = instance(session, case.definition.deployment, reference="PLOT-2")
        history.record(session, "entered", instance=other)
        session.flush()
        stolen, own = (session.scalar(select(HistoryEvent.id).where(HistoryEvent.instance_id == one.id)) for one in (other, case))
        edit(session, TABLE.c.id == own, {"number": 99})
        edit(session, TABLE.c.id == stolen, {"instance_id": case.id})

        assert history.verify(session, case)
        assert history.verify(session, other) == ["Event 1 is missing."]
