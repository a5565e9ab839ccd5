"""What timers cost: an idle tick beside many instances that wait, and how many due timers several worker processes do in a second.

`python -m tests.bench.timers` prints it as JSON. WAITING= and TIMERS= make it smaller or larger. Every timer must have fired once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, event, func, insert, select, text

from engine import clock, database, deployments, instances, jobs, scheduler
from engine.identity import SYSTEM
from engine.models import HistoryEvent, InstanceState, Job, JobState, ProcessInstance
from tests.diagrams import catch, diagram, end, process, start, timer
from tests.postgres import Server

ROOT = Path(__file__).resolve().parent.parent.parent
WAITING = int(os.environ.get("WAITING", "100000"))
TIMERS = int(os.environ.get("TIMERS", "10000"))
WORKERS = (1, 2, 4)
TICKS = 50
AT_ONCE = 1000  # rows of one INSERT

_INSTANCES, _JOBS = (kind.metadata.tables[kind.__tablename__] for kind in (ProcessInstance, Job))
BUNDLE = {
    "procedure.toml": b'key = "waiting"\nname = "Waiting"\n[reference]\nprefix = "W-"\nlength = 8\n',
    "waiting.bpmn": diagram(process(start() + catch("wait", timer("timeDuration", "P30D")) + end(), "start wait; wait end", "waiting")),
}


def measure(url: str, *, waiting: int = WAITING, due: int = TIMERS, workers: Sequence[int] = WORKERS) -> dict[str, Any]:
    """Fill a database that has all tables with instances, and measure."""
    engine = database.connect(url)
    sessions = database.sessions(engine)
    try:
        with database.transaction(sessions) as session:
            deployments.deploy(session, BUNDLE)
        fill(sessions, waiting, clock.now() + timedelta(days=30))
        told: dict[str, Any] = {"waiting": waiting, "idle_tick_ms": round(1000 * _idle(sessions), 3), "plan": plan(engine)}
        rates = {str(count): _race(sessions, url, due, count) for count in workers}
        return told | {"timers": due, "timers_per_second": rates}
    finally:
        engine.dispose()


def fill(sessions: database.Sessions, count: int, due_at: datetime) -> None:
    """So many instances that wait for a timer which is due then: copies of one that was really started."""
    with database.transaction(sessions) as session:
        pattern = instances.start(session, SYSTEM, "waiting", {}, process="waiting").id
    with database.transaction(sessions) as session:
        instance, job = (
            dict(session.execute(select(table).where(column == pattern)).mappings().one())
            for table, column in ((_INSTANCES, _INSTANCES.c.id), (_JOBS, _JOBS.c.instance_id))
        )
        session.execute(text("DELETE FROM job WHERE instance_id = :id").bindparams(id=_as_stored(session, pattern)))
        instance |= {"history_length": 0, "history_hash": ""}  # the copies' history begins with their timer
        del job["id"]
        for first in range(0, count, AT_ONCE):
            ids = [uuid4() for _ in range(first, min(first + AT_ONCE, count))]
            session.execute(insert(_INSTANCES), [instance | {"id": one, "business_key": one.hex} for one in ids])
            session.execute(insert(_JOBS), [job | {"instance_id": one, "due_at": due_at} for one in ids])
    with sessions() as session:
        session.execute(text("ANALYZE"))
        session.commit()


def _as_stored(session: Any, value: Any) -> Any:
    return value.hex if session.get_bind().dialect.name == "sqlite" else value


def _idle(sessions: database.Sessions) -> float:
    times = []
    for _ in range(TICKS):
        began = perf_counter()
        scheduler.tick(sessions, None, base_url="")
        times.append(perf_counter() - began)
    return median(times)


def plan(engine: Engine) -> str:
    """How the database looks for due jobs."""
    word = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "

    def explain(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> tuple[str, Any]:
        return word + statement, parameters

    event.listen(engine, "before_cursor_execute", explain, retval=True)
    try:
        with engine.connect() as connection:
            rows = connection.execute(jobs.NEXT, jobs.at_this_moment([])).cursor.fetchall()
    finally:
        event.remove(engine, "before_cursor_execute", explain)
    return "; ".join(str(row[-1]).strip() for row in rows)


def _race(sessions: database.Sessions, url: str, due: int, count: int) -> int:
    """So many timers are due now; how many of them these processes together do in a second."""
    fill(sessions, due, clock.now() - timedelta(seconds=1))
    command = [sys.executable, "-m", "tests.bench.timers", url]
    together = [subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(count)]
    for worker in together:
        _said(worker)  # it is ready
    began = perf_counter()
    for worker in together:
        _tell(worker)
    done = sum(int(_said(worker)) for worker in together)
    taken = perf_counter() - began
    for worker in together:
        worker.communicate()
    assert [worker.returncode for worker in together] == [0] * count
    _each_once(sessions, due, done)
    return round(due / taken)


def _said(worker: subprocess.Popen[str]) -> str:
    assert worker.stdout is not None
    return worker.stdout.readline()


def _tell(worker: subprocess.Popen[str]) -> None:
    assert worker.stdin is not None
    worker.stdin.write("go\n")
    worker.stdin.flush()


def _each_once(sessions: database.Sessions, due: int, done: int) -> None:
    """Every one of them has fired, and none twice. Then they make room for the next race."""
    with database.transaction(sessions) as session:
        ended = select(ProcessInstance.id).where(ProcessInstance.state == InstanceState.COMPLETED)
        fired = select(HistoryEvent.instance_id, func.count()).where(HistoryEvent.what == "fired").group_by(HistoryEvent.instance_id)
        times = [number for _, number in session.execute(fired)]
        finished = session.scalar(select(func.count()).select_from(Job).where(Job.state == JobState.DONE))
        assert (done, finished, times) == (due, due, [1] * due), f"{done} done, {finished} finished, {len(times)} fired"
        assert len(session.scalars(ended).all()) == due
        session.execute(text("DELETE FROM history_event"))
        for table, condition in ((Job, "state = 'done'"), (ProcessInstance, "state = 'completed'")):
            session.execute(text(f"DELETE FROM {table.__tablename__} WHERE {condition}"))


def _work(url: str) -> None:
    """A worker process: do what is due until nothing is."""
    sessions = database.sessions(database.connect(url))
    with database.transaction(sessions, reading=True) as session:
        session.scalar(select(Job.id).limit(1))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    done = 0
    while did := scheduler.tick(sessions, None, base_url=""):
        done += did
    sys.stdout.write(f"{done}\n")


def main() -> None:
    """Measure on both databases, then print everything at once."""
    with tempfile.TemporaryDirectory() as folder:
        file = f"sqlite:///{folder}/bench.db"
        database.upgrade(file)
        server = Server(Path(folder) / "postgres", durable=True)
        result = {"sqlite": measure(file), "postgresql": measure(server.create())}
        server.close()
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _work(sys.argv[1])
    else:
        main()
