"""The database: connecting, the transaction every edge opens, and bringing the tables up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from .errors import Conflict

Sessions: TypeAlias = sessionmaker[Session]

CHANGED_MEANWHILE = "Someone else changed this case while you were working on it. Open it again to see their changes."


def connect(url: str) -> Engine:
    """An engine for a SQLAlchemy URL. SQLite is set up for several processes and for a power cut."""
    # An error's text must not carry what was about to be stored: it may end in a log.
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"), hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def sessions(engine: Engine) -> Sessions:
    """What `transaction` takes: makes sessions on this engine."""
    return sessionmaker(engine, expire_on_commit=False)


@contextmanager
def transaction(sessions: Sessions, *, reading: bool = False) -> Iterator[Session]:
    """Everything inside happens, or none of it does.

    reading: only reads are meant; SQLite then does not make others wait. Raises Conflict where somebody else
    changed the same instance in between.
    """
    try:
        with sessions.begin() as session:
            if reading:
                session.connection(execution_options={"reading": True})
            yield session
    except StaleDataError as error:
        raise Conflict(CHANGED_MEANWHILE) from error


def upgrade(url: str) -> None:
    """Bring the tables of this database to the newest revision."""
    from alembic import command

    command.upgrade(migration_config(url), "head")


def migration_config(url: str) -> Any:
    """Alembic's configuration for this database."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["url"] = url
    return config


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own idea of when a transaction begins leaves reads outside it; we say BEGIN ourselves.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later can find the database changed under it; taking the
    # write lock at once makes writers queue instead of failing.
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
