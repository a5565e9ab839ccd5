"""The database: connecting, the transaction every edge opens, and bringing the tables up to date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, TypeAlias, cast

from sqlalchemy import Connection, Dialect, Engine, Table, create_engine, event, inspect
from sqlalchemy.exc import DatabaseError, InvalidatePoolError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from .errors import Conflict
from .models import Base
from .statements import change, insertion

MIGRATIONS = Path(__file__).parent / "migrations"

Sessions: TypeAlias = sessionmaker[Session]

CONNECTIONS = 20  # that a process keeps open once it has needed them; opening one costs more than most requests

IDLE = 2.0  # seconds after which a connection is asked whether it is still alive: a database that was started anew has forgotten it

CHANGED_MEANWHILE = "Someone else changed this case while you were working on it. Open it again to see their changes."


def connect(url: str) -> Engine:
    """An engine for a SQLAlchemy URL. SQLite is set up for several processes and for a power cut."""
    # An error's text must not carry what was about to be stored: it may end in a log.
    engine = create_engine(url, pool_size=CONNECTIONS, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "checkin", _note_use)
        event.listen(engine, "checkout", partial(_ask_after, engine.dialect))
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


def add_rows(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write new rows at once, in one statement. For rows that nobody needs as objects: keeping an object costs more than its row."""
    if rows:
        connection = session.connection()  # not through the session, which would write everything else first
        insertion(_table(model), tuple(rows[0]), connection.dialect).execute(connection, rows)


def update_row(session: Session, row: Any, values: Mapping[str, Any]) -> None:
    """Write these columns of a stored row now, and let its object agree. For rows that every step writes: a flush costs several times more.

    row: an object with an `id`. Raises Conflict where its rows count their versions and somebody else has written it since it was read.
    """
    known = {"id": row.id}
    if inspect(type(row)).version_id_col is not None:
        known["version"] = row.version
        values = {**values, "version": row.version + 1}
    connection = session.connection()
    one = change(_table(type(row)), tuple(values), tuple(known), connection.dialect)
    if one.execute(connection, [{**values, **{f"old_{name}": value for name, value in known.items()}}]).rowcount != 1:
        raise Conflict(CHANGED_MEANWHILE)
    for key, value in values.items():
        set_committed_value(row, key, value)


def _table(model: type[Base]) -> Table:
    return model.metadata.tables[model.__tablename__]


def upgrade(url: str) -> None:
    """Bring the tables of this database to the newest revision."""
    if _revision(url) == _newest():
        return
    from alembic import command  # takes longer to load than all else that a start does with a database

    command.upgrade(migration_config(url), "head")


def _newest() -> str:
    """The revisions are numbered in their order."""
    return max(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _revision(url: str) -> str | None:
    """The revision that the tables have; None where there are none yet."""
    engine = connect(url)
    try:
        with engine.connect() as connection:
            known = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            return None if known is None else str(known)
    except DatabaseError:
        return None  # no such table; or no such database, which the upgrade will say
    finally:
        engine.dispose()


def migration_config(url: str) -> Any:
    """Alembic's configuration for this database."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
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


def _note_use(_connection: Any, record: Any) -> None:
    record.info["used"] = monotonic()


def _ask_after(dialect: Dialect, connection: Any, record: Any, _proxy: Any) -> None:
    """A connection that was in use a moment ago needs no round trip of its own. Where one is gone, so are all that were opened before."""
    now = monotonic()
    if now - record.info.get("used", now) < IDLE:
        return
    try:
        dialect.do_ping(connection)
    except cast("Any", dialect).loaded_dbapi.Error as error:
        raise InvalidatePoolError("The database has closed this connection.") from error
