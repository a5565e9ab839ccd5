"""Processes are killed with SIGKILL while they complete, fire, send and commit; afterwards nothing is lost or done twice.

KILLS=400 kills more of them (30 without it), CRASH_SEED=… repeats the choices of a run that failed; its seed is in the failure.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import database
from engine.identity import Actor
from engine.models import ProcessInstance, TaskState, UserTask
from tests.conftest import POSTGRESQL
from tests.crash import truth
from tests.crash.clerks import Clerk, Told
from tests.crash.installation import Installation
from tests.engine.agreement import disagreements
from tests.postgres import Server
from web.configuration import ROOT

KILLS = int(os.environ.get("KILLS", "15"))
SEED = os.environ.get("CRASH_SEED") or str(random.SystemRandom().randrange(10**6))
LONGEST_STORM, LONGEST_CALM = 60 + 2 * KILLS, 60 + KILLS  # seconds
SLOW = 3.0  # seconds that a worker may take for a job on a busy machine, before so much time is made to pass that it has lost it
CLERKS = ("rosa", "wim", "sana", "piet")


def storm(installation: Installation, dice: random.Random, server: Server | None) -> None:
    """Kill, and start again what was killed, until there were enough deaths. Half way through, PostgreSQL itself is killed."""
    began, crashed, passed = time.monotonic(), server is None, 0.0
    while (deaths := len(installation.deaths) + installation.murdered) < KILLS:
        assert time.monotonic() - began < LONGEST_STORM, f"only {deaths} deaths: {Counter(installation.deaths)}"
        installation.revive()
        if dice.random() < 0.01:
            installation.kill_one()
        if server is not None and not crashed and deaths >= KILLS // 2:
            server.crash()
            crashed = True
        if time.monotonic() - passed > SLOW:
            passed = time.monotonic()
            installation.let_time_pass()
        time.sleep(0.05)


def calm(installation: Installation, ada: Actor, *, until_all_done: bool) -> int:
    """Let everything that is due be done; the number of problems that an administrator had to try again."""
    began, passed, problems = time.monotonic(), 0.0, 0
    while left := _left(installation, until_all_done):
        assert time.monotonic() - began < LONGEST_CALM, f"{len(left)} wait for ever: {left[:10]}"
        installation.revive()
        if time.monotonic() - passed > SLOW:
            passed = time.monotonic()
            installation.let_time_pass()
            problems += installation.solve(ada)
        time.sleep(0.2)
    return problems


def _left(installation: Installation, until_all_done: bool) -> list[str]:
    with database.transaction(installation.sessions, reading=True) as session:
        open_ones = select(UserTask.id).where(UserTask.state == TaskState.OPEN)
        tasks = [f"task {task}" for task in session.scalars(open_ones)] if until_all_done else []
    return installation.unfinished() + tasks


class Office:
    """The clerks, each in a thread."""

    def __init__(self, clerks: list[Clerk]) -> None:
        self.clerks, self.threads = clerks, list[threading.Thread]()

    @contextmanager
    def open(self, *, begins: bool) -> Iterator[None]:
        """Inside, they work."""
        self.threads = [threading.Thread(target=clerk.work, kwargs={"begins": begins}) for clerk in self.clerks]
        for clerk, thread in zip(self.clerks, self.threads, strict=True):
            clerk.stop.clear()
            thread.start()
        try:
            yield
        finally:
            for clerk in self.clerks:
                clerk.stop.set()
            for thread in self.threads:
                thread.join()


@pytest.fixture
def own_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server | None]:
    """A PostgreSQL that nobody else uses, so that it may be killed too; none where the test is about SQLite."""
    if request.param == "sqlite":
        yield None
        return
    server = Server(tmp_path / "postgres", durable=True)
    yield server
    server.close()


@pytest.mark.parametrize("own_server", ["sqlite", POSTGRESQL], indirect=True)
def test_whatever_is_killed_nothing_accepted_is_lost_and_nothing_is_done_twice(own_server: Server | None, tmp_path: Path) -> None:
    print(f"CRASH_SEED={SEED}")  # noqa: T201
    url = own_server.create() if own_server else f"sqlite:///{tmp_path / 'casework.db'}"
    database.upgrade(url)
    told, dice, began = Told(), random.Random(SEED), time.monotonic()

    with Installation(url, tmp_path, SEED) as installation:
        tokens, ada = installation.begin(*CLERKS)
        office = Office([Clerk(token, installation.ports, told, f"{SEED} {token}") for token in tokens])
        installation.revive()
        with office.open(begins=True):
            storm(installation, dice, own_server)
        stormy = time.monotonic() - began
        installation.make_immortal()
        for clerk in office.clerks:
            clerk.send_what_is_open()
        told.last = True
        office.clerks[0].begin()
        assert office.clerks[0].unsent is None
        problems = calm(installation, ada, until_all_done=False)
        with database.transaction(installation.sessions, reading=True) as session:
            at_rest = [sentence for case in session.scalars(select(ProcessInstance)) for sentence in disagreements(session, case)]
        with office.open(begins=False):
            problems += calm(installation, ada, until_all_done=True)

        with database.transaction(installation.sessions, reading=True) as session:
            assert [*at_rest, *truth.wrong(session, told, installation.postbox.taken)] == []
        verify = [sys.executable, "-c", "from web.cli import main; main()", "verify"]
        assert subprocess.run(verify, env=os.environ | installation.settings(0), cwd=ROOT).returncode == 0
    print(f"{stormy:.0f} s of killing, {time.monotonic() - began - stormy:.0f} s until all was done and looked at")  # noqa: T201
    _tell(installation, told, problems)


def _tell(installation: Installation, told: Told, problems: int) -> None:
    """The figures, for whoever runs it with -s."""
    where = Counter(line.partition(":")[0] for line in installation.deaths)
    twice = sum(times - 1 for times in installation.postbox.taken.values())
    lines = [
        f"{len(installation.deaths)} died where their fate was, {dict(where)}; {installation.murdered} were killed from outside",
        f"{installation.born} processes were started; {told.lost} answers of the site were lost",
        f"{len(told.begun)} cases, {len(told.accepted)} answers accepted, {len(installation.postbox.taken)} letters, {twice} of them twice",
        f"{problems} problems were tried again by the administrator",
        *(f"  {times:4} × {what}" for what, times in Counter(installation.deaths).most_common()),
    ]
    print("\n".join(lines))  # noqa: T201
