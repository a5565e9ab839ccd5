"""Many timers: found by an index, done once each by whoever comes first, and left tidy by a worker that is told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select

from engine import clock, database, deployments, jobs, runtime, scheduler
from engine.database import Sessions, transaction
from engine.models import Job, JobState
from tests.bench import timers
from tests.bench.timers import BUNDLE, fill, measure


def test_several_processes_do_each_due_timer_once(database_url: str) -> None:
    told = measure(database_url, waiting=1500, due=60, workers=(2,))

    assert "ix_job_due" in told["plan"]
    assert "Sort" not in told["plan"]  # thousands may be due at the same midnight
    assert told["timers_per_second"]["2"] > 0


def test_a_tick_without_work_only_reads(sessions: Sessions, engine: Engine) -> None:
    """It took the lock for writing, so that with every process that ticked people waited a little more often."""
    with transaction(sessions) as session:
        deployments.deploy(session, BUNDLE)
    fill(sessions, 3, clock.now() + timedelta(days=1))
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement.split()[0])

    event.listen(engine, "before_cursor_execute", note)
    scheduler.tick(sessions, None, base_url="")

    assert statements
    assert set(statements) <= {"SELECT", "BEGIN"}


def test_an_instance_that_somebody_moves_is_passed_over_and_the_others_are_not(sessions: Sessions) -> None:
    if sessions.kw["bind"].dialect.name == "sqlite":
        pytest.skip("SQLite lets one transaction write at a time")
    with transaction(sessions) as session:
        deployments.deploy(session, BUNDLE)
    fill(sessions, 3, clock.now() - timedelta(days=1))
    with transaction(sessions, reading=True) as session:
        oldest = session.scalars(select(Job).order_by(Job.id).limit(1)).one()

    with transaction(sessions) as session:
        session.scalars(runtime.locked(oldest.instance_id)).one()
        assert jobs.run_due(sessions) == 2

    with transaction(sessions, reading=True) as session:
        waits = session.get_one(Job, oldest.id)
        assert (waits.state, waits.retries, waits.claimed_at) == (JobState.WAITING, oldest.retries, None)
    assert jobs.run_due(sessions) == 1


def test_a_worker_that_is_told_to_stop_finishes_what_it_does_and_begins_nothing(tmp_path: Path) -> None:
    """It was gone at once from one thread and went on for minutes in the other, which held up the process's end."""
    url = f"sqlite:///{tmp_path / 'casework.db'}"
    database.upgrade(url)
    sessions = database.sessions(database.connect(url))
    with transaction(sessions) as session:
        deployments.deploy(session, BUNDLE)
    fill(sessions, 3000, clock.now() - timedelta(days=1))

    worker = subprocess.Popen(
        [sys.executable, "-c", "from web.cli import main; main()", "work"], cwd=timers.ROOT,
        env={**os.environ, "CASEWORK_FOLDER": str(tmp_path), "CASEWORK_DATABASE_URL": url},
    )  # fmt: skip
    until = monotonic() + 60
    while not counted(sessions, JobState.DONE) and monotonic() < until:
        sleep(0.05)  # another process: its time cannot be moved
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=20) == 0
    assert counted(sessions, JobState.RUNNING) == 0
    assert 0 < counted(sessions, JobState.DONE) < 3000
    sessions.kw["bind"].dispose()


def counted(sessions: Sessions, state: JobState) -> int:
    with transaction(sessions, reading=True) as session:
        return session.scalar(select(func.count()).select_from(Job).where(Job.state == state)) or 0
