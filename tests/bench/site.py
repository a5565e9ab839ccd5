"""Completions over HTTP: two web processes on PostgreSQL, sixteen people who send one form after the other; and the memory it takes.

The people, the site and the database share the machine's cores.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from queue import Empty, SimpleQueue
from statistics import quantiles
from urllib.parse import urlencode
from uuid import UUID

import psutil
from lxml import html
from sqlalchemy import func, select

from engine import database, deployments, identity, instances
from engine.models import SignIn, TaskState, UserTask
from tests.ports import unused_port
from web.unit_of_work import SIGN_IN_COOKIE

from .contestants import PASSWORD, clerk
from .processes import bundle, key_of

CLIENTS = 16
PROCESSES = 2
STEPS = 2  # user tasks of a case; the first is completed, so that each completion opens the next


def measure(url: str, cases: int, folder: Path) -> dict[str, object]:
    """Completions in a second, milliseconds until an answer, and megabytes of a web process before and after."""
    engine = database.connect(url)
    try:
        sessions = database.sessions(engine)
        waiting = _begin(sessions, cases)
        with _serving(url, folder) as (port, process):
            visitor = _Visitor(port, _token(sessions), str(waiting[0]))
            before = _megabytes(process)
            seconds, times = _all_at_once(visitor, waiting)
            after = _megabytes(process)
        return _told(seconds, times, before, after, _done(sessions))
    finally:
        engine.dispose()


def _told(seconds: float, times: list[float], before: list[int], after: list[int], done: int) -> dict[str, object]:
    cuts = quantiles(times, n=100)
    return {
        "clients": CLIENTS,
        "web processes": PROCESSES,
        "completions": done,
        "in a second": round(done / seconds, 1),
        "in a second and core": round(done / seconds / (os.cpu_count() or 1), 1),
        "p50 ms": round(1000 * cuts[49], 1),
        "p99 ms": round(1000 * cuts[98], 1),
        "MB of each web process, idle": before,
        "MB of each web process, afterwards": after,
    }


def _begin(sessions: database.Sessions, cases: int) -> list[UUID]:
    """So many cases, each at its first task; the tasks."""
    with database.transaction(sessions) as session:
        deployments.deploy(session, bundle(STEPS))
    somebody = clerk(sessions)
    for _ in range(cases):
        with database.transaction(sessions) as session:
            instances.start(session, somebody, key_of(STEPS), {})
    with database.transaction(sessions, reading=True) as session:
        return list(session.scalars(select(UserTask.id).where(UserTask.state == TaskState.OPEN)))


def _token(sessions: database.Sessions) -> str:
    with database.transaction(sessions) as session:
        return identity.sign_in(session, "clerk@example.org", PASSWORD, address="127.0.0.1")


def _done(sessions: database.Sessions) -> int:
    with database.transaction(sessions, reading=True) as session:
        assert session.scalar(select(func.count()).select_from(SignIn)) == 1
        return session.scalar(select(func.count()).select_from(UserTask).where(UserTask.state == TaskState.COMPLETED)) or 0


@contextmanager
def _serving(url: str, folder: Path) -> Iterator[tuple[int, psutil.Process]]:
    port = unused_port()
    environment = {
        **os.environ,
        "CASEWORK_DATABASE_URL": url,
        "CASEWORK_FOLDER": str(folder),
        "CASEWORK_PORT": str(port),
        "CASEWORK_PROCESSES": str(PROCESSES),
    }
    command = [str(Path(sys.executable).with_name("casework")), "serve", "--no-scheduler"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port)
            yield port, psutil.Process(server.pid)
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/sign-in")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("The site did not start.")


def _megabytes(process: psutil.Process) -> list[int]:
    """Of each process that serves; the first one only looks after them."""
    return sorted(round(child.memory_info().rss / 2**20) for child in process.children())


class _Visitor:
    """What a browser of the clerk sends."""

    def __init__(self, port: int, token: str, task: str) -> None:
        self.port = port
        connection = HTTPConnection("127.0.0.1", port)
        connection.request("GET", f"/tasks/{task}", headers={"Cookie": f"{SIGN_IN_COOKIE}={token}"})
        answer = connection.getresponse()
        page = html.document_fromstring(answer.read())
        session = answer.headers["Set-Cookie"].split(";")[0]
        [csrf] = {field.get("value") for field in page.xpath("//input[@name='csrf_token']")}
        self.body = urlencode({"csrf_token": csrf, "seen": "0", "action": "submit", "f-answer": "7"})
        self.headers = {"Cookie": f"{SIGN_IN_COOKIE}={token}; {session}", "Content-Type": "application/x-www-form-urlencoded"}

    def complete(self, waiting: SimpleQueue[UUID], times: list[float]) -> None:
        """One task after the other, until none is left."""
        connection = HTTPConnection("127.0.0.1", self.port)
        while True:
            try:
                task = waiting.get_nowait()
            except Empty:
                return
            began = time.perf_counter()
            connection.request("POST", f"/tasks/{task}", self.body, self.headers)
            answer = connection.getresponse()
            answer.read()
            times.append(time.perf_counter() - began)
            assert answer.status == 303, answer.status


def _all_at_once(visitor: _Visitor, tasks: list[UUID]) -> tuple[float, list[float]]:
    """Seconds in all, and seconds of each."""
    waiting: SimpleQueue[UUID] = SimpleQueue()
    for task in tasks:
        waiting.put(task)
    times: list[float] = []
    people = [threading.Thread(target=visitor.complete, args=(waiting, times)) for _ in range(CLIENTS)]
    began = time.perf_counter()
    for person in people:
        person.start()
    for person in people:
        person.join()
    return time.perf_counter() - began, times
