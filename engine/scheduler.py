"""The tick. The one module that knows APScheduler; it holds no timers of its own, for what is due is rows.

Any number of processes may run it: each job, message and letter is claimed by one of them.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import timedelta
from threading import Event

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import or_, select
from sqlalchemy.exc import SQLAlchemyError

from . import administration, announcements, drafts, expiry, jobs, mail, messages, starts
from .database import Sessions, transaction

log = structlog.get_logger()

TICK = timedelta(seconds=2)
NEXT_DAY = timedelta(minutes=5)  # how soon a day that is over is noticed where no timer tells
TIDY = timedelta(hours=6)


def tick(sessions: Sessions, transport: mail.Transport | None, *, base_url: str, stopping: Callable[[], bool] = lambda: False) -> int:
    """Do everything that is due now: cases that begin, jobs, the messages they throw, and the letters written. Returns how many.

    stopping: once it says yes, what is being done is finished and nothing more is begun.
    """
    done = 0
    while not stopping() and _anything(sessions):
        did = _alone(lambda: starts.run_due(sessions))
        did += _alone(lambda: jobs.run_due(sessions, base_url=base_url, stopping=stopping))
        did += _alone(lambda: announcements.tell_all(sessions, base_url=base_url)) + _alone(lambda: expiry.end_due(sessions))
        done += did
        if not _alone(lambda: messages.deliver(sessions)) and not did:
            break
    if transport is not None and not stopping():
        mail.send_waiting(sessions, transport)
    return done


def _alone(part: Callable[[], int]) -> int:
    """One part of the tick: what goes wrong in it keeps no other part from its work, and its words, which may be about people, no log."""
    try:
        return part()
    except SQLAlchemyError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault in one part, such as one odd row, comes back with every tick
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
        log.error("part of a tick failed", error=type(error).__name__, places=places[-12:])
        return 0


# Whether there is anything to do, in one question: a tick without work costs next to nothing, however many instances wait.
_ANYTHING = select(or_(jobs.NEXT.exists(), starts.DUE, messages.NEW, announcements.DUE, expiry.DUE))


def _anything(sessions: Sessions) -> bool:
    with transaction(sessions, reading=True) as session:
        moment = {**jobs.at_this_moment([]), **announcements.at_this_moment(), **expiry.at_this_moment()}
        return bool(session.scalar(_ANYTHING, moment))


def tidy(sessions: Sessions) -> None:
    """Put away what nobody will come back for: abandoned public drafts, messages past their life."""
    with transaction(sessions) as session:
        drafts.prune(session)
        messages.expire(session)


class Ticking:
    """Ticks in threads beside the caller, until `shutdown`: what is being done then is finished first."""

    def __init__(self, sessions: Sessions, transport: mail.Transport | None, *, base_url: str) -> None:
        self._stopping = Event()
        calm = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = BackgroundScheduler(executors={"default": ThreadPoolExecutor(2)}, job_defaults=calm)
        self._every(TICK, lambda: tick(sessions, transport, base_url=base_url, stopping=self._stopping.is_set))
        self._every(NEXT_DAY, lambda: administration.pass_deadlines(sessions))
        self._every(TIDY, lambda: tidy(sessions))
        self._scheduler.start()

    def _every(self, interval: timedelta, work: Callable[[], object]) -> None:
        self._scheduler.add_job(_patient(work), "interval", seconds=interval.total_seconds())

    def shutdown(self) -> None:
        """Begin nothing more, and return when what was begun is finished."""
        self._stopping.set()
        self._scheduler.shutdown()


def _patient(work: Callable[[], object]) -> Callable[[], None]:
    """A database that is away for a while must not end the ticking, nor fill the log with traces."""

    def once() -> None:
        try:
            work()
        except SQLAlchemyError as error:
            log.warning("the database did not answer; trying again at the next tick", error=type(error).__name__)

    return once
