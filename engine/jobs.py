"""Jobs: the work the machine owes its instances. Timers that are due, and service tasks that wait for their worker."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, and_, case, exists, or_, select, update
from sqlalchemy.orm import Session, lazyload

from . import clock, history, runtime, workers
from .database import Sessions, transaction
from .errors import Conflict, Trouble
from .models import NOT_ENDED, InstanceState, Job, JobState, ProcessInstance

log = structlog.get_logger()

LEASE = timedelta(minutes=10)  # a job whose worker has not come back by then is free again
LOST = "Whoever did this stopped in the middle, each time. Find out why before you try it again."
BACK_OFF = (timedelta(hours=1), timedelta(minutes=10), timedelta(minutes=1))  # before the next try, by how many tries are left


def run_due(sessions: Sessions, *, base_url: str = "", limit: int = 1000) -> int:
    """Do everything that is due, oldest first, each job in its own transaction. Returns how many were done."""
    done = 0
    while done < limit:
        job_id = claim(sessions)
        if job_id is None:
            break
        run(sessions, job_id, base_url=base_url)
        done += 1
    return done


def claim(sessions: Sessions) -> int | None:
    """Take the job due longest, for this worker alone. One conditional update decides between workers."""
    now = clock.now()
    with transaction(sessions) as session:
        oldest = select(Job.id).where(_free(now)).order_by(Job.due_at, Job.id).limit(1)
        if session.get_bind().dialect.name == "postgresql":
            oldest = oldest.with_for_update(skip_locked=True)
        taken = (
            update(Job)
            .where(Job.id == oldest.scalar_subquery(), _free(now))
            # A claim that lapsed was a try: a job that takes its worker down with it must not be begun for ever.
            .values(
                state=JobState.RUNNING, claimed_at=now, retries=case((Job.state == JobState.RUNNING, Job.retries - 1), else_=Job.retries)
            )
            .returning(Job.id)
        )
        return session.execute(taken, execution_options={"synchronize_session": False}).scalar()


def _free(now: object) -> ColumnElement[bool]:
    abandoned = and_(Job.state == JobState.RUNNING, Job.claimed_at < clock.now() - LEASE)
    return and_(Job.due_at <= now, or_(Job.state == JobState.WAITING, abandoned), ~_on_hold())


def _on_hold() -> ColumnElement[bool]:
    """Nothing of a suspended case is done; what is due meanwhile is done when it goes on."""
    return exists().where(ProcessInstance.id == Job.instance_id, ProcessInstance.state == InstanceState.SUSPENDED)


def run(sessions: Sessions, job_id: int, *, base_url: str = "") -> None:
    """Do one claimed job. On an error nothing of it is kept: it is tried again later, or becomes an incident."""
    try:
        with transaction(sessions) as session:
            _do(session, job_id, base_url)
    except Conflict:
        _again_soon(sessions, job_id)
    except Exception as error:  # noqa: BLE001 - whatever a worker does, the job must not be lost
        log.warning("job failed", job=job_id, error=type(error).__name__)
        _fail(sessions, job_id, error)


def _do(session: Session, job_id: int, base_url: str) -> None:
    instance, job = _locked(session, job_id)
    if job.state is not JobState.RUNNING or instance.state not in NOT_ENDED:
        return
    if job.retries <= 0:
        raise Trouble(LOST)
    job.state = JobState.DONE
    with runtime.moving(session, instance, done=job.token) as running:
        if job.job_type == runtime.TIMER:
            running.fire(job.token)
            return
        work = workers.Work(
            session=session, instance=instance, variables=running.scope(job.token), headers=job.headers,
            key=f"job-{job.token}", base_url=base_url,
        )  # fmt: skip
        running.complete(job.token, workers.WORKERS[job.job_type](work))


def _locked(session: Session, job_id: int) -> tuple[ProcessInstance, Job]:
    """The job with its instance. The instance comes first, as for everybody who moves it: two who waited for each other would both fail."""
    instance_id = session.scalars(select(Job.instance_id).where(Job.id == job_id)).one()
    instance = session.scalars(runtime.locked(instance_id)).one()
    return instance, session.get_one(Job, job_id, options=[lazyload(Job.instance)], with_for_update={"of": Job})


def _again_soon(sessions: Sessions, job_id: int) -> None:
    """Somebody moved the same instance meanwhile; nobody is to blame, so no try is counted."""
    with transaction(sessions) as session:
        session.execute(update(Job).where(Job.id == job_id, Job.state == JobState.RUNNING).values(state=JobState.WAITING, claimed_at=None))


def _fail(sessions: Sessions, job_id: int, error: Exception) -> None:
    with transaction(sessions) as session:
        _, job = _locked(session, job_id)
        if job.state is not JobState.RUNNING:
            return
        job.retries -= 1
        job.last_error, job.claimed_at = _sentence(error), None
        if job.retries > 0:
            job.state, job.due_at = JobState.WAITING, clock.now() + BACK_OFF[min(job.retries, len(BACK_OFF)) - 1]
        else:
            job.state = JobState.FAILED
            _open_incident(session, job)


def _sentence(error: Exception) -> str:
    """What an administrator may read. Only our own errors are written for people; others could hold personal data."""
    return str(error) if isinstance(error, Trouble) else f"An unexpected error: {type(error).__name__}."


def _open_incident(session: Session, job: Job) -> None:
    session.add(runtime.incident(job.instance, runtime.wait_of(job), job.last_error, job))
    history.record(
        session, "job_failed", instance=job.instance, process_key=job.process_key, element_id=job.element_id, token=job.token, name=job.name
    )


def retry(session: Session, instance: ProcessInstance, token: UUID) -> None:
    """Try a failed job again at once, with a full set of tries."""
    failed = update(Job).where(Job.instance_id == instance.id, Job.token == token, Job.state == JobState.FAILED)
    session.execute(failed.values(state=JobState.WAITING, retries=runtime.TIMER_TRIES, due_at=clock.now(), claimed_at=None, last_error=""))


def next_due(session: Session) -> datetime | None:
    """When the next job is due, or None."""
    pending = Job.state.in_([JobState.WAITING, JobState.RUNNING])
    return session.scalar(select(Job.due_at).where(pending, ~_on_hold()).order_by(Job.due_at).limit(1))
