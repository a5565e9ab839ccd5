"""A whole Casework on one machine, to be killed piece by piece: servers, workers, a mail server, one database."""

from __future__ import annotations

import os
import random
import signal
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from email import message_from_bytes
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from engine import clock, database, deployments, identity, incidents, jobs
from engine.identity import Actor
from engine.models import Incident, IncidentState, Job, JobState, Letter, LetterState, Message, MessageState
from tests.conftest import PASSWORD
from tests.crash.fate import Fate, live
from tests.crash.relay import bundle
from tests.ports import unused_port

SERVE = ["serve", "--no-scheduler"]
WORK = ["work"]
COMMANDS = [SERVE, SERVE, WORK, WORK, WORK]
PRELOADED = ["web.cli", "web.server", "web.site", "engine.scheduler", "engine.deployments", "alembic.command", "alembic.config"]


class Postbox:
    """What the mail server was given: each message's id, as often as it came, and whom it was for."""

    def __init__(self) -> None:
        self.taken: Counter[tuple[str, str]] = Counter()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        for recipient in envelope.rcpt_tos:
            self.taken[message_from_bytes(envelope.content)["Message-ID"], recipient] += 1
        return "250 OK"


class Place:
    """Where one process of the installation runs; when it dies, the next takes its place."""

    def __init__(self, command: list[str]) -> None:
        self.command, self.port = command, 0
        self.process: BaseProcess | None = None

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.is_alive()

    def sweep(self) -> None:
        """Kill what is left of a dead server: the processes that it had made."""
        if self.process is not None and self.process.pid is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.join()

    def kill(self) -> None:
        """Kill the process itself; a server's own processes find out by themselves."""
        if self.process is not None:
            self.process.kill()


class Installation:
    """All of it. `seed` decides which process is killed where."""

    def __init__(self, url: str, folder: Path, seed: str) -> None:
        self.url, self.folder, self.dice, self.mortal = url, folder, random.Random(seed), True
        self.engine = database.connect(url)
        self.sessions = database.sessions(self.engine)
        self.postbox = Postbox()
        self.mail = Controller(self.postbox, hostname="127.0.0.1", port=unused_port())
        self.places = [Place(command) for command in COMMANDS]
        self.born = self.murdered = 0
        # Processes are forked from one that has imported everything: what is killed is the real command, its start is cheap.
        self.context = get_context("forkserver")
        self.context.set_forkserver_preload(PRELOADED)

    def __enter__(self) -> Installation:
        self.mail.start()
        return self

    def __exit__(self, *_: object) -> None:
        for place in self.places:
            place.sweep()
        self.mail.stop()
        self.engine.dispose()

    def begin(self, *names: str) -> tuple[list[str], Actor]:
        """Deploy the procedure; a sign-in for each of these runners, and an administrator."""
        with database.transaction(self.sessions) as session:
            deployments.deploy(session, deployments.read([]) | bundle())
            ada = identity.add_person(session, email="ada@example.org", name="Ada", password=PASSWORD, groups=["administrator"])
            for name in names:
                identity.add_person(session, email=f"{name}@example.org", name=name, password=PASSWORD, groups=["runner"])
            tokens = [identity.sign_in(session, f"{name}@example.org", PASSWORD, address="test") for name in names]
            return tokens, identity.actor_for(session, ada)

    def settings(self, port: int) -> Mapping[str, str]:
        said = {
            "folder": self.folder, "database_url": self.url, "secret_key": "known to the test", "port": port, "processes": 2, "threads": 2,
            "smtp_host": "127.0.0.1", "smtp_port": self.mail.port, "smtp_security": "none",
        }  # fmt: skip
        return {f"CASEWORK_{name.upper()}": str(value) for name, value in said.items()}

    def revive(self) -> None:
        """Start whatever is dead."""
        for place in self.places:
            if not place.alive:
                place.sweep()
                self._start(place)

    def _start(self, place: Place) -> None:
        self.born += 1
        place.port = unused_port()
        fate = Fate(f"{self.dice.random()}" if self.mortal else None, self.folder / "deaths")
        place.process = self.context.Process(target=live, args=(place.command, self.settings(place.port), fate, self.folder / "log"))
        place.process.start()

    def ports(self) -> list[int]:
        """Where somebody serves, or will in a moment."""
        return [place.port for place in self.places if place.command == SERVE and place.port]

    @property
    def deaths(self) -> list[str]:
        """What each process was doing when it died by its own hand."""
        file = self.folder / "deaths"
        return file.read_text().splitlines() if file.exists() else []

    def kill_one(self) -> None:
        """Kill a process that does not expect it, a whole server included."""
        self.dice.choice(self.places).kill()
        self.murdered += 1

    def make_immortal(self) -> None:
        """The storm is over: whoever is left is killed once more, and those that come live."""
        self.mortal = False
        for place in self.places:
            place.kill()
            place.sweep()
            self.murdered += 1
        self.revive()

    def let_time_pass(self) -> None:
        """So much time passes that every lease has lapsed and everything that was put off is due."""
        long_ago = clock.now() - jobs.LEASE - timedelta(minutes=1)
        with database.transaction(self.sessions) as session:
            session.execute(update(Job).where(Job.state == JobState.RUNNING).values(claimed_at=long_ago))
            session.execute(update(Job).where(Job.state == JobState.WAITING, Job.due_at > clock.now()).values(due_at=clock.now()))
            session.execute(update(Letter).where(Letter.state == LetterState.WAITING).values(next_try_at=clock.now()))

    def solve(self, ada: Actor) -> int:
        """An administrator tries every problem again. Returns how many there were."""
        with database.transaction(self.sessions) as session:
            found = [incident.id for incident in incidents.open_ones(session, ada)]
        for number in found:
            with database.transaction(self.sessions) as session:
                incidents.retry(session, ada, number, reason="Mended.")
        return len(found)

    def unfinished(self) -> list[str]:
        """What the machine still owes."""
        with database.transaction(self.sessions, reading=True) as session:
            owed = select(Job).where(Job.state.in_([JobState.WAITING, JobState.RUNNING]))
            found = [f"job {job.id} {job.element_id} {job.state}" for job in session.scalars(owed)]
            letters = session.scalars(select(Letter).where(Letter.state == LetterState.WAITING))
            found += [f"letter {letter.key}" for letter in letters]
            messages = session.scalars(select(Message).where(Message.state.not_in([MessageState.DELIVERED, MessageState.EXPIRED])))
            found += [f"message {message.name} {message.correlation_key}" for message in messages]
            problems = session.scalars(select(Incident).where(Incident.state == IncidentState.OPEN))
            return found + [f"incident {problem.element_id}: {problem.message}" for problem in problems]
