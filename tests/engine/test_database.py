"""The database: rows written in the short way agree with those written in the usual one, and a connection that is gone is replaced."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from engine import clock, database
from engine.database import add_rows, transaction, update_row
from engine.errors import Conflict
from engine.models import Message, MessageState, Person
from tests.postgres import Server


def message(**columns: Any) -> dict[str, Any]:
    """The columns of a message, as someone sends it."""
    now = clock.now()
    return {"kind": "message", "name": "ask", "variables": {}, "sent_at": now, "expires_at": now + timedelta(days=1), **columns}


def test_rows_written_at_once_are_read_as_objects(db: Session) -> None:
    # given: values of every kind of column, quotes and signs of the drivers' own among them
    odd = message(name="100 % of ?s, :names and %(names)s", correlation_key="O'Hara", variables={"days": [1, None, "x"], "%": "é"})

    # when
    add_rows(db, Message, [odd, {**odd, "correlation_key": None}])

    # then: the columns that nobody named have what they have by default
    first, second = db.query(Message).order_by(Message.id).all()
    assert {name: getattr(first, name) for name in odd} == odd
    assert (second.correlation_key, first.recipient, first.state) == (None, None, MessageState.SENT)


def test_rows_of_other_columns_are_written_by_another_statement(db: Session) -> None:
    # when
    add_rows(db, Message, [message()])
    add_rows(db, Message, [message(state=MessageState.WAITING, correlation_key="A")])

    # then
    assert [(one.state, one.correlation_key) for one in db.query(Message).order_by(Message.id)] == [("sent", None), ("waiting", "A")]


def test_a_row_that_is_gone_is_not_changed(db: Session) -> None:
    # given
    db.add(leila := Person(id=uuid4(), email="leila@example.org", name="Leila", password_hash="", created_at=clock.now()))
    db.flush()
    db.execute(text("DELETE FROM person"))

    # then
    with pytest.raises(Conflict):
        update_row(db, leila, {"name": "Leila Khan"})


@pytest.fixture
def postgresql(postgres: Server) -> Iterator[Engine]:
    """A database on a server, which can close a connection; SQLite has none to lose."""
    engine = database.connect(url := postgres.create())
    yield engine
    engine.dispose()
    postgres.drop(url)


def server_process(sessions: database.Sessions) -> int:
    """Which of the server's processes a connection from the pool talks to."""
    with transaction(sessions) as session:
        return session.execute(text("SELECT pg_backend_pid()")).scalar_one()


def test_a_connection_that_the_database_closed_is_replaced(postgresql: Engine, postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    sessions = database.sessions(postgresql)
    gone = server_process(sessions)
    postgres.disconnect(postgresql.url.database or "")

    # when: longer than a moment has passed
    monkeypatch.setattr(database, "IDLE", 0)

    # then
    assert server_process(sessions) != gone


def test_a_connection_in_constant_use_is_not_asked_each_time(postgresql: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    asked = []
    ping = postgresql.dialect.do_ping

    def asking(connection: Any) -> bool:
        asked.append(connection)
        return ping(connection)

    monkeypatch.setattr(postgresql.dialect, "do_ping", asking)

    # when
    same = {server_process(database.sessions(postgresql)) for _ in range(3)}

    # then: only once it has rested
    assert (len(same), asked) == (1, [])
    monkeypatch.setattr(database, "IDLE", 0)
    server_process(database.sessions(postgresql))
    assert len(asked) == 1
