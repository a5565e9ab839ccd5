"""Jobs: the work the machine owes its instances. Timers that are due, and service tasks that wait for their worker.

A claim is one conditional update, kept before the job is begun: a job that takes its worker down is tried as often as any other.
Whoever has done a job takes the next one in the same transaction. An instance that somebody else is moving is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import structlog
from sqlalchemy import Table, and_, bindparam, case, exists, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, contains_eager, lazyload, undefer

from . import calendars, clock, history, runtime, spiff, starts, workers
from .database import Sessions, transaction, update_row
from .errors import Conflict, Trouble, sentence_of
from .models import NOT_ENDED, PENDING, InstanceState, Job, JobState, ProcessInstance

log = structlog.get_logger()

LEASE = timedelta(minutes=10)  # a job whose worker has not come back by then is free again
LOST = "Whoever did this stopped in the middle, each time. Find out why before you try it again."
BACK_OFF = ("PT1M", "PT10M", "PT1H")  # before the last tries, where the diagram says nothing: an hour before the very last one


class Claimed(NamedTuple):
    """A job that this worker has taken."""

    id: int
    job_type: str


class Busy(Exception):
    """Somebody else is moving the instance, or it is on hold. Nobody waits for that: there is other work."""


# What is due and nobody does: what waits, and what somebody claimed who has not come back. The condition is written out so that the
# database sees that the index of pending jobs has all of it.
_FREE = and_(PENDING, Job.due_at <= bindparam("now"), or_(Job.claimed_at.is_(None), Job.claimed_at < bindparam("lapsed")))
# The job due longest, of an instance that is not on hold. Built once, because building it takes longer than the database's answer.
NEXT = (
    select(Job.id).where(_FREE, Job.instance_id.not_in(bindparam("passed", expanding=True)))
    .where(exists().where(ProcessInstance.id == Job.instance_id, ProcessInstance.state == InstanceState.ACTIVE).correlate(Job))
    .order_by(Job.due_at, Job.id).limit(1)
)  # fmt: skip
_ON_HOLD = exists().where(ProcessInstance.id == Job.instance_id, ProcessInstance.state == InstanceState.SUSPENDED).correlate(Job)
_TABLE: Table = Job.metadata.tables[Job.__tablename__]
_CLAIM = (
    update(_TABLE).where(_TABLE.c.id == NEXT.with_for_update(of=Job, skip_locked=True).scalar_subquery())
    # A claim that lapsed was a try: a job that takes its worker down with it must not be begun for ever.
    .values(
        state=JobState.RUNNING, claimed_at=bindparam("now"),
        retries=case((Job.state == JobState.RUNNING, Job.retries - 1), else_=Job.retries),
    ).returning(_TABLE.c.id, _TABLE.c.job_type)
)  # fmt: skip
# With its instance, which comes first as for everybody who moves it: two who waited for each other would both fail.
_CLAIMED = (
    select(Job).where(Job.id == bindparam("job_id")).join(Job.instance)
    .options(contains_eager(Job.instance).options(undefer(ProcessInstance.snapshot), lazyload(ProcessInstance.definition)))
    .with_for_update(of=[ProcessInstance, Job], skip_locked=True).execution_options(populate_existing=True)
)  # fmt: skip


def run_due(sessions: Sessions, *, base_url: str = "", limit: int = 1000, stopping: Callable[[], bool] = lambda: False) -> int:
    """Do everything that is due, oldest first, each job in its own transaction. Returns how many were done.

    stopping: asked between two jobs; once it says yes, no more are begun.
    """
    if not _anything_due(sessions):
        return 0
    shift = _Shift(sessions, base_url, limit, stopping)
    claimed = shift.claim()
    while claimed is not None:
        claimed = shift.do(claimed)
    return shift.done


def claim(sessions: Sessions) -> int | None:
    """Take the job due longest, for this worker alone. One conditional update decides between workers."""
    claimed = _Shift(sessions).claim()
    return None if claimed is None else claimed.id


def run(sessions: Sessions, job_id: int, *, base_url: str = "") -> None:
    """Do one claimed job. On an error nothing of it is kept: it is tried again later, or becomes an incident."""
    with transaction(sessions, reading=True) as session:
        job_type = session.scalar(select(Job.job_type).where(Job.id == job_id)) or ""
    _Shift(sessions, base_url, limit=1).do(Claimed(job_id, job_type))


def next_due(session: Session) -> datetime | None:
    """When the next job is due, or the next case begins by itself; None where nothing is."""
    job = session.scalar(select(Job.due_at).where(PENDING, ~_ON_HOLD).order_by(Job.due_at).limit(1))
    return min(filter(None, (job, starts.next_due(session))), default=None)


def _anything_due(sessions: Sessions) -> bool:
    """Only reads, so that a tick without work keeps nobody waiting."""
    with transaction(sessions, reading=True) as session:
        return session.scalar(NEXT, at_this_moment([])) is not None


def at_this_moment(passed: list[UUID]) -> dict[str, object]:
    """What `NEXT` must be told. passed: instances to pass over."""
    now = clock.now()
    return {"now": now, "lapsed": now - LEASE, "passed": passed}


@dataclass
class _Shift:
    """One worker, until nothing is due any more."""

    sessions: Sessions
    base_url: str = ""
    limit: int = 1
    stopping: Callable[[], bool] = lambda: False
    done: int = 0
    passed: list[UUID] = field(default_factory=list)  # instances that somebody else was moving: next time

    def claim(self) -> Claimed | None:
        """Take the job due longest."""
        with transaction(self.sessions) as session:
            return self._take(session)

    def do(self, job: Claimed) -> Claimed | None:
        """Do this job, and take the next one with the same commit."""
        following = None
        ahead = _prepared(self.sessions, job) if job.job_type in workers.PREPARATIONS else {}
        try:
            with transaction(self.sessions) as session:
                _do(session, job.id, self.base_url, ahead)
                following = self._take(session, done=1)
        except (Busy, Conflict, OperationalError):
            self.passed.append(_put_back(self.sessions, job.id))
        except Exception as error:  # noqa: BLE001 - whatever a worker does, the job must not be lost
            log.warning("job failed", job=job.id, error=type(error).__name__)
            _fail(self.sessions, job.id, error)
        else:
            self.done += 1
            return following
        return self.claim()

    def _take(self, session: Session, *, done: int = 0) -> Claimed | None:
        if self.done + done >= self.limit or self.stopping():
            return None
        row = session.connection().execute(_CLAIM, at_this_moment(self.passed)).first()
        return None if row is None else Claimed(*row)


def _prepared(sessions: Sessions, claimed: Claimed) -> dict[Hashable, Any]:
    """What takes long, worked out while nobody is kept waiting. What fails here fails again where it is told."""
    try:
        with transaction(sessions, reading=True) as session:
            job = session.get_one(Job, claimed.id)
            work = _work(session, job, runtime.looking(session, job.instance), "", {})
            workers.PREPARATIONS[claimed.job_type](work)
            return work.ahead
    except Exception as error:  # noqa: BLE001 - the job itself says what is wrong, and it may be right by then
        log.info("job not prepared", job=claimed.id, error=type(error).__name__)
        return {}


def _work(session: Session, job: Job, running: spiff.Running, base_url: str, ahead: dict[Hashable, Any]) -> workers.Work:
    return workers.Work(
        session=session, instance=job.instance, variables=running.scope(job.token), headers=job.headers, key=f"job-{job.token}",
        base_url=base_url, process_key=job.process_key, element_id=job.element_id, ahead=ahead,
    )  # fmt: skip


def _do(session: Session, job_id: int, base_url: str, ahead: dict[Hashable, Any]) -> None:
    job = session.scalars(_CLAIMED, {"job_id": job_id}).first()
    if job is None:
        raise Busy
    if job.state is not JobState.RUNNING or job.instance.state not in NOT_ENDED:
        return
    if job.instance.state is InstanceState.SUSPENDED:  # put on hold after the claim; it is done when the case goes on
        raise Busy
    if job.retries <= 0:
        raise Trouble(LOST)
    update_row(session, job, {"state": JobState.DONE})
    with runtime.moving(session, job.instance, done=job.token) as running:
        if job.job_type == runtime.TIMER:
            running.fire(job.token)
            return
        work = _work(session, job, running, base_url, ahead)
        try:
            running.complete(job.token, workers.WORKERS[job.job_type](work))
        except workers.BpmnError as error:
            if not running.throw_error(job.token, error.code, error.variables):
                raise


def _put_back(sessions: Sessions, job_id: int) -> UUID:
    """Somebody moved the same instance meanwhile; nobody is to blame, so no try is counted. Returns which instance."""
    with transaction(sessions) as session:
        session.execute(update(Job).where(Job.id == job_id, Job.state == JobState.RUNNING).values(state=JobState.WAITING, claimed_at=None))
        return session.scalars(select(Job.instance_id).where(Job.id == job_id)).one()


def _fail(sessions: Sessions, job_id: int, error: Exception) -> None:
    with transaction(sessions) as session:
        instance_id = session.scalars(select(Job.instance_id).where(Job.id == job_id)).one()
        session.scalars(runtime.locked(instance_id)).one()
        job = session.get_one(Job, job_id, options=[lazyload(Job.instance)], with_for_update={"of": Job})
        if job.state is not JobState.RUNNING:
            return
        # What the diagram has no answer to does not change by trying it again.
        job.retries = 0 if isinstance(error, workers.BpmnError) else job.retries - 1
        job.last_error, job.claimed_at = sentence_of(error), None
        if job.retries > 0:
            job.state, job.due_at = JobState.WAITING, calendars.add(clock.now(), _wait(job))
        else:
            job.state = JobState.FAILED
            _open_incident(session, job)


def _wait(job: Job) -> str:
    """How long to wait before the next try: the list is as long as there are tries after the first, and counts from its end."""
    waits = job.back_off.split(",") if job.back_off else BACK_OFF
    return waits[max(len(waits) - job.retries, 0)]


def _open_incident(session: Session, job: Job) -> None:
    session.add(runtime.incident(job.instance, runtime.wait_of(job), job.last_error, job))
    history.record(
        session, "job_failed", instance=job.instance, process_key=job.process_key, element_id=job.element_id, token=job.token, name=job.name
    )


def retry(session: Session, instance: ProcessInstance, token: UUID) -> None:
    """Try a failed job again at once, with a full set of tries."""
    for job in session.scalars(select(Job).where(Job.instance_id == instance.id, Job.token == token, Job.state == JobState.FAILED)):
        job.state, job.due_at, job.claimed_at, job.last_error = JobState.WAITING, clock.now(), None, ""
        job.retries = len(job.back_off.split(",")) + 1 if job.back_off else runtime.TIMER_TRIES
