"""What must hold after any number of deaths: nothing accepted is lost, nothing is done twice, and everything is told as it was."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.models import (
    HistoryEvent,
    InstanceState,
    Job,
    JobState,
    Letter,
    LetterState,
    Message,
    MessageState,
    ProcessInstance,
    Submission,
    TaskState,
    UserTask,
)
from engine.runtime import TIMER
from tests.crash.clerks import Told
from tests.engine.agreement import disagreements

DOMAIN = "localhost"  # of the sender that the settings name


def wrong(session: Session, told: Told, taken: Mapping[tuple[str, str], int]) -> list[str]:
    """Every sentence that should not be true. `taken`: what the mail server got, by Message-ID and recipient."""
    return [
        *_starts(session, told),
        *_answers(session, told),
        *_timers(session),
        *_letters(session, taken),
        *_messages(session),
        *_cases(session),
        *told.broken,
    ]


def _starts(session: Session, told: Told) -> Iterator[str]:
    starts = Counter(row["name"] for row in session.scalars(select(Submission.values).where(Submission.task_id.is_(None))))
    yield from (f"case {name} was begun {times} times" for name, times in starts.items() if times > 1)
    yield from (f"case {name} was accepted and is not there" for name in told.begun - starts.keys())


def _answers(session: Session, told: Told) -> Iterator[str]:
    stored = session.execute(select(Submission.task_id, Submission.values).where(Submission.task_id.is_not(None))).all()
    notes = Counter(values["note"] for _, values in stored)
    yield from (f"answer {note} is there {times} times" for note, times in notes.items() if times > 1)
    yield from (f"answer {note} was accepted and is not there" for note in told.accepted - notes.keys())
    yield from (f"answer {values['note']} stands at another task" for task, values in stored if told.tried.get(values["note"]) != task)
    done = set(session.scalars(select(UserTask.id).where(UserTask.state == TaskState.COMPLETED)))
    answered: Counter[UUID | None] = Counter(task for task, _ in stored)
    recorded = Counter(session.scalars(select(HistoryEvent.token).where(HistoryEvent.what == "task_completed")))
    yield from _each_once("completed task", done, answered, "an answer")
    yield from _each_once("completed task", done, recorded, "an event in the history")


def _timers(session: Session) -> Iterator[str]:
    """A firing is a job that is done and an event in the history: as many of the one as of the other, for each token at most one."""
    done = select(Job.token).where(Job.job_type == TIMER, Job.state == JobState.DONE)
    timers = HistoryEvent.what == "fired", HistoryEvent.element_id != "await"  # that one is fired by a message
    fired = Counter(session.scalars(select(HistoryEvent.token).where(*timers)))
    yield from _each_once("timer", set(session.scalars(done)), fired, "a firing in the history")


def _each_once(what: str, expected: set[UUID], found: Counter[UUID | None], kind: str) -> Iterator[str]:
    yield from (f"{what} {token} has {found[token]} times {kind}" for token in expected if found[token] != 1)
    yield from (f"{kind} belongs to no {what}: {token}" for token in found.keys() - expected)


def _letters(session: Session, taken: Mapping[tuple[str, str], int]) -> Iterator[str]:
    """Each letter job wrote one letter; each letter left at least once, always as the same message, to whom it is for."""
    letters = list(session.scalars(select(Letter)))
    jobs = select(Job).where(Job.job_type != TIMER, Job.state == JobState.DONE)
    keys = Counter(letter.key.split()[0] for letter in letters)
    expected = {f"job-{job.token}" for job in session.scalars(jobs)}
    yield from (f"{key} wrote {keys[key]} letters" for key in expected if keys[key] != 1)
    yield from (f"letter {key} was written by no job" for key in keys.keys() - expected)
    yield from (f"letter {letter.key} is {letter.state}" for letter in letters if letter.state is not LetterState.SENT)
    ids = {(f"<{hashlib.sha256(letter.key.encode()).hexdigest()[:40]}@{DOMAIN}>", letter.to_email) for letter in letters}
    yield from (f"letter {one} never arrived" for one in ids - taken.keys())
    yield from (f"something else arrived: {one}" for one in taken.keys() - ids)


def _messages(session: Session) -> Iterator[str]:
    messages = list(session.scalars(select(Message)))
    thrown = Counter(message.source_id for message in messages)
    yield from (f"{source} threw {times} messages" for source, times in thrown.items() if times != 1)
    yield from (f"message {m.id} to {m.correlation_key} is {m.state}" for m in messages if m.state is not MessageState.DELIVERED)
    received = Counter(session.scalars(select(HistoryEvent.instance_id).where(HistoryEvent.what == "message_received")))
    yield from (f"{case} received {times} messages" for case, times in received.items() if times != 1)
    if len(messages) != sum(received.values()):
        yield f"{len(messages)} messages were thrown, {sum(received.values())} received"


def _cases(session: Session) -> Iterator[str]:
    for instance in session.scalars(select(ProcessInstance)):
        yield from disagreements(session, instance)
        if instance.state is not InstanceState.COMPLETED:
            yield f"{instance.business_key} is {instance.state}"
