"""The tick. The one module that knows APScheduler; it holds no timers of its own, for what is due is rows.

Any number of processes may run it: each job, message and letter is claimed by one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from sqlalchemy.exc import SQLAlchemyError

from . import drafts, jobs, mail, messages
from .database import Sessions, transaction

log = structlog.get_logger()

TICK = timedelta(seconds=2)
TIDY = timedelta(hours=6)


def tick(sessions: Sessions, transport: mail.Transport | None, *, base_url: str) -> int:
    """Do everything that is due now: jobs, the messages they throw, and the letters they write. Returns the number of jobs."""
    done = jobs.run_due(sessions, base_url=base_url)
    while messages.deliver(sessions):
        done += jobs.run_due(sessions, base_url=base_url)
    if transport is not None:
        mail.send_waiting(sessions, transport)
    return done


def tidy(sessions: Sessions) -> None:
    """Put away what nobody will come back for: abandoned public drafts, messages past their life."""
    with transaction(sessions) as session:
        drafts.prune(session)
        messages.expire(session)


def in_background(sessions: Sessions, transport: mail.Transport | None, *, base_url: str) -> BaseScheduler:
    """Tick in threads beside the caller; stop it with `.shutdown()`."""
    return _start(BackgroundScheduler, sessions, transport, base_url)


def run(sessions: Sessions, transport: mail.Transport | None, *, base_url: str) -> None:
    """Tick until the process is stopped."""
    _start(BlockingScheduler, sessions, transport, base_url)


def _start(kind: type[BaseScheduler], sessions: Sessions, transport: mail.Transport | None, base_url: str) -> BaseScheduler:
    calm = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler = kind(executors={"default": ThreadPoolExecutor(2)}, job_defaults=calm)
    scheduler.add_job(_patient(lambda: tick(sessions, transport, base_url=base_url)), "interval", seconds=TICK.total_seconds())
    scheduler.add_job(_patient(lambda: tidy(sessions)), "interval", seconds=TIDY.total_seconds())
    scheduler.start()
    return scheduler


def _patient(work: Callable[[], object]) -> Callable[[], None]:
    """A database that is away for a while must not end the ticking, nor fill the log with traces."""

    def once() -> None:
        try:
            work()
        except SQLAlchemyError as error:
            log.warning("the database did not answer; trying again at the next tick", error=type(error).__name__)

    return once
