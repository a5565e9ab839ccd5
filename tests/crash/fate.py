"""How a process dies: by its own hand, with SIGKILL, at a boundary that a seed has chosen for it.

The product knows nothing of this. The process runs the real command; SQLAlchemy's events and Python's audit events tell where it is.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

WRITTEN, COMMITTING, COMMITTED, SENDING, ANY_MOMENT = (
    "row written",
    "before the commit",
    "after the commit",
    "letter half sent",
    "any moment",
)
MOST = {WRITTEN: 20, COMMITTING: 5, COMMITTED: 5, SENDING: 10}  # so many times it may pass such a boundary before it dies
LONGEST_LIFE = 3.0  # seconds, of those that die at any moment
TICK = timedelta(seconds=0.2)  # of the processes under test: two seconds are long where a life is short


@dataclass(frozen=True)
class Fate:
    """Which process of the run this is; `seed` None: it lives."""

    seed: str | None
    deaths: Path  # one line for each death, written just before it

    def draw(self, *, sends: bool) -> None:
        """Choose the boundary, and watch for it from now on."""
        if self.seed is None:
            return
        dice = random.Random(f"{self.seed} {os.getpid()}")
        boundary = dice.choice([WRITTEN, COMMITTING, COMMITTED, ANY_MOMENT, *([SENDING] if sends else [])])
        if boundary == ANY_MOMENT:
            threading.Thread(target=self._die_after, args=[dice.uniform(0.1, LONGEST_LIFE)], daemon=True).start()
        else:
            _Watch(self, boundary, dice.randint(1, MOST[boundary])).begin()

    def _die_after(self, seconds: float) -> None:
        time.sleep(seconds)
        self.fulfil(ANY_MOMENT, "")

    def fulfil(self, boundary: str, what: str) -> None:
        """Die here and now."""
        line = f"{boundary}: {what}\n".encode()
        file = os.open(self.deaths, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(file, line)
        os.kill(os.getpid(), signal.SIGKILL)


class _Watch:
    """Counts boundaries of one kind. Only transactions that write are of interest."""

    def __init__(self, fate: Fate, boundary: str, left: int) -> None:
        self.fate, self.boundary, self.left = fate, boundary, left
        self.mine = threading.local()  # what this thread's transaction has written

    def begin(self) -> None:
        event.listen(Engine, "after_cursor_execute", self._executed)
        event.listen(Engine, "commit", lambda connection: self._pass(COMMITTING, self._written()))
        event.listen(Session, "after_commit", self._committed)
        event.listen(Session, "after_rollback", lambda session: self._written().clear())
        sys.addaudithook(self._audit)

    def _written(self) -> list[str]:
        if not hasattr(self.mine, "written"):
            self.mine.written = []
        return self.mine.written

    def _executed(self, connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        words = statement.split()
        if words[0] in ("INSERT", "UPDATE", "DELETE") and cursor.rowcount != 0:
            what = f"{words[0]} {words[1 if words[0] == 'UPDATE' else 2]}"
            self._written().append(what)
            self._pass(WRITTEN, [what])

    def _committed(self, session: Session) -> None:
        self._pass(COMMITTED, self._written())
        self._written().clear()

    def _audit(self, happening: str, arguments: tuple[Any, ...]) -> None:
        if happening == "smtplib.send":
            self._pass(SENDING, [bytes(arguments[1])[:4].decode("ascii", "replace").strip()])

    def _pass(self, boundary: str, what: list[str]) -> None:
        if boundary == self.boundary and what:
            self.left -= 1
            if self.left == 0:
                self.fate.fulfil(boundary, ", ".join(dict.fromkeys(what)))


def live(command: list[str], settings: Mapping[str, str], fate: Fate, log: Path) -> None:
    """Run a command of Casework in this process, until it dies."""
    os.setsid()
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.environ.update(settings)
    threading.Thread(target=_end_with, args=[os.getppid()], daemon=True).start()
    from engine import scheduler
    from web.cli import main

    scheduler.TICK = TICK
    serving = command[0] == "serve"
    if serving:  # the processes that gunicorn makes are the ones that do anything
        os.register_at_fork(after_in_child=lambda: fate.draw(sends=False))
    else:
        fate.draw(sends=True)
    main(command)


def _end_with(parent: int) -> None:
    """Nothing of a test that was itself killed stays behind."""
    while os.getppid() == parent:
        time.sleep(1)
    os.killpg(0, signal.SIGKILL)
