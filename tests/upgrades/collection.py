"""The collection: for each release a folder with a database of that release as SQL, the files it deployed, and what was true of it.

A folder is written once, by `python -m tests.upgrades save`, and never changed: it is what people have in their databases.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, Connection, Date, DateTime, MetaData, Table, Uuid, create_engine, select, text

from engine import database
from tests.upgrades import garden
from tests.upgrades.parked import all_parked, bundle

HERE = Path(__file__).parent
SQL, STOOD, FILES = "database.sql", "stood.json", "files"
DEPLOYED = 'INSERT INTO "deployed_file"'


def saved() -> list[Path]:
    """The folders of all releases, oldest first."""
    return sorted(file.parent for file in HERE.glob(f"*/{SQL}"))


def save(folder: Path, scratch: Path) -> None:
    """Park the cases with the code as it is now, and keep them in this new folder."""
    url, files = f"sqlite:///{scratch / 'parked.db'}", bundle()
    database.upgrade(url)
    engine = database.connect(url)
    sessions = database.sessions(engine)
    garden.begin(sessions, files, all_parked())
    stood, dump = garden.standing(sessions), "\n".join(_dumped(scratch / "parked.db")) + "\n"
    happened = garden.finish(sessions)
    engine.dispose()
    for path, content in files.items():
        (folder / FILES / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / FILES / path).write_bytes(content)
    (folder / SQL).write_text(dump, encoding="utf-8")
    whole = {key: {**facts, "happened": happened[key]} for key, facts in stood.items()}
    (folder / STOOD).write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _dumped(file: Path) -> Iterator[str]:
    """The database as SQL. Deployed files stand beside it, where they can be read."""
    connection = sqlite3.connect(file)
    empty = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if _is_empty(connection, name)]
    assert empty == [], f"a row is wanted in every table; there is none in {', '.join(empty)}"
    deployed = connection.execute("SELECT id, deployment_id, path FROM deployed_file").fetchall()
    for line in connection.iterdump():
        if line == "COMMIT;":
            yield from (
                f"{DEPLOYED} (id, deployment_id, path, content) VALUES ({i}, {of}, '{path}', file('{path}'));" for i, of, path in deployed
            )
        if not line.startswith(DEPLOYED):
            yield line
    connection.close()


def _is_empty(connection: sqlite3.Connection, table: str) -> bool:
    return connection.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone() is None


def stood(folder: Path) -> dict[str, Any]:
    """What was true of each case of this release, by its process."""
    facts: dict[str, Any] = json.loads((folder / STOOD).read_text(encoding="utf-8"))
    return facts


def restore(folder: Path, file: Path) -> None:
    """The release's database, just as it was, as an SQLite file."""
    connection = sqlite3.connect(file)
    connection.create_function("file", 1, lambda path: (folder / FILES / path).read_bytes())
    connection.executescript((folder / SQL).read_text(encoding="utf-8"))
    connection.close()


def restore_on_postgresql(folder: Path, url: str, scratch: Path) -> None:
    """The same database as that release would have had it on PostgreSQL: its revision, its rows."""
    from alembic import command

    restore(folder, scratch / "source.db")
    source, target = create_engine(f"sqlite:///{scratch / 'source.db'}"), create_engine(url)
    with source.connect() as there:
        command.upgrade(database.migration_config(url), there.scalar(text("SELECT version_num FROM alembic_version")) or "")
        with target.begin() as here:
            tables = MetaData()
            tables.reflect(here)
            for table in tables.sorted_tables:
                if table.name != "alembic_version":
                    _copy(table, there, here)
    source.dispose()
    target.dispose()


def _copy(table: Table, there: Connection, here: Connection) -> None:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    rows = there.execute(text(f'SELECT {names} FROM "{table.name}"')).mappings()
    here.execute(table.insert(), [{c.name: _as(c.type, row[c.name]) for c in table.columns} for row in rows])
    if "id" in table.c and table.c.id.autoincrement is True:
        here.execute(select(text(f"setval(pg_get_serial_sequence('{table.name}', 'id'), (SELECT max(id) FROM \"{table.name}\"))")))


def _as(kind: Any, value: Any) -> Any:
    """A value as SQLite keeps it, as PostgreSQL's type wants it."""
    if value is None:
        return None
    match kind:
        case Uuid():
            return UUID(value)
        case JSON():
            return json.loads(value)
        case Boolean():
            return bool(value)
        case DateTime():
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        case Date():
            return date.fromisoformat(value)
    return value
