"""Running: instances, and as rows everything they wait for."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from .base import Base, Serial, words
from .deployed import ProcessDefinition


class InstanceState(StrEnum):
    ACTIVE = "active"  # waits for somebody or something
    SUSPENDED = "suspended"  # an administrator has put it on hold: nothing in it is done until it is resumed
    COMPLETED = "completed"  # ran to its end
    TERMINATED = "terminated"  # ended by an administrator, with a reason


NOT_ENDED = (InstanceState.ACTIVE, InstanceState.SUSPENDED)


class ProcessInstance(Base):
    """One run of one version of a process. Staff call it a case."""

    __tablename__ = "process_instance"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    definition_id: Mapped[UUID] = mapped_column(ForeignKey("process_definition.id"), index=True)
    procedure_key: Mapped[str] = mapped_column(index=True)
    business_key: Mapped[str] = mapped_column(unique=True)  # the reference people quote
    state: Mapped[InstanceState] = mapped_column(words(InstanceState), default=InstanceState.ACTIVE, index=True)
    milestone: Mapped[str] = mapped_column(default="")  # name of the last blank intermediate throw event passed
    milestone_at: Mapped[datetime | None]
    stage: Mapped[str] = mapped_column(default="")  # of the last milestone that carries one, for the access table
    access_profile_id: Mapped[UUID | None] = mapped_column(index=True)  # who may see it; none: nobody, until the next step
    started_at: Mapped[datetime]
    started_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    moved_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    suspended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    history_length: Mapped[int] = mapped_column(default=0)  # events recorded, and the hash of the last one
    history_hash: Mapped[str] = mapped_column(default="")
    snapshot: Mapped[bytes] = deferred(mapped_column(LargeBinary))

    definition: Mapped[ProcessDefinition] = relationship(lazy="joined", innerjoin=True)
    __mapper_args__ = {"version_id_col": version}


class VariableChunk(Base):
    """Variables of an instance that did not change for a while. Never edited: newer values stand elsewhere and hide these."""

    __tablename__ = "variable_chunk"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class TaskState(StrEnum):
    OPEN = "open"  # waits for a person
    COMPLETED = "completed"  # a person did it
    CANCELLED = "cancelled"  # the process moved on without it


UNTOLD = text("told_at IS NULL AND state = 'open'")  # the rows that the search for tasks to tell of looks at


class UserTask(Base):
    """Work that waits for a person."""

    __tablename__ = "user_task"
    __table_args__ = (Index("ix_user_task_untold", "created_at", sqlite_where=UNTOLD, postgresql_where=UNTOLD),)
    id: Mapped[UUID] = mapped_column(primary_key=True)  # the token's id inside the instance
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), index=True)
    process_key: Mapped[str]
    element_id: Mapped[str]
    name: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")  # tells parallel tasks of one element apart: "Police Scotland"
    documentation: Mapped[str] = mapped_column(default="")
    form_key: Mapped[str | None]
    properties: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[TaskState] = mapped_column(words(TaskState), default=TaskState.OPEN, index=True)
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    priority: Mapped[int] = mapped_column(default=50)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    follow_up_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    completed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    told_at: Mapped[datetime | None]  # when those who may do it were told by email

    instance: Mapped[ProcessInstance] = relationship(lazy="joined", innerjoin=True)
    candidates: Mapped[list[Candidate]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    @property
    def optional(self) -> bool:
        """True if it may be done at any time, and nothing waits for it: the diagram says so by a property of this name."""
        return self.properties.get("optional") == "yes"


class Candidate(Base):
    """A group or a person (by email) that may do a task."""

    __tablename__ = "candidate"
    task_id: Mapped[UUID] = mapped_column(ForeignKey("user_task.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)  # "group" or "person"
    name: Mapped[str] = mapped_column(primary_key=True, index=True)


class JobState(StrEnum):
    WAITING = "waiting"  # due at due_at
    RUNNING = "running"  # a worker claimed it; free again when its lease has lapsed
    DONE = "done"
    FAILED = "failed"  # out of retries; an incident is open
    CANCELLED = "cancelled"  # the process moved on without it


PENDING = text("state IN ('waiting', 'running')")  # the rows that the search for due jobs looks at


class Job(Base):
    """Work that the machine owes an instance, now or later."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "due_at", "id", sqlite_where=PENDING, postgresql_where=PENDING),)
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    token: Mapped[UUID] = mapped_column(index=True)  # inside the instance
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), index=True)
    process_key: Mapped[str]
    element_id: Mapped[str]
    name: Mapped[str]
    job_type: Mapped[str]  # "timer", or the type of a service task
    headers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[JobState] = mapped_column(words(JobState), default=JobState.WAITING)
    due_at: Mapped[datetime]
    retries: Mapped[int]  # tries left
    back_off: Mapped[str] = mapped_column(default="")  # durations between the tries, with commas: "PT1M,PT1H"; without any, the usual ones
    claimed_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(default="")

    instance: Mapped[ProcessInstance] = relationship(lazy="joined", innerjoin=True)


FRESH = text("fresh")


class Subscription(Base):
    """A message or signal that an instance awaits."""

    __tablename__ = "subscription"
    __table_args__ = (Index("ix_subscription_fresh", "id", sqlite_where=FRESH, postgresql_where=FRESH),)
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    token: Mapped[UUID] = mapped_column(index=True)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), index=True)
    process_key: Mapped[str]
    element_id: Mapped[str]
    kind: Mapped[str]  # "message" or "signal"
    name: Mapped[str] = mapped_column(index=True)
    correlation_key: Mapped[str | None] = mapped_column(index=True)
    fresh: Mapped[bool] = mapped_column(default=True)  # nobody has looked yet whether what it awaits is here already
    created_at: Mapped[datetime]


class MessageState(StrEnum):
    SENT = "sent"  # nobody has looked yet who awaits it, or only cases on hold do
    WAITING = "waiting"  # nobody awaits it yet; kept until expires_at
    RETRYING = "retrying"  # its delivery failed; tried again at try_at
    FAILED = "failed"  # out of tries; an administrator has it tried again or withdraws it
    DELIVERED = "delivered"
    EXPIRED = "expired"  # nobody ever awaited it
    WITHDRAWN = "withdrawn"  # an administrator gave it up, with a reason


UNDELIVERED = text("state IN ('sent', 'waiting')")  # the rows that the search for messages looks at


class Message(Base):
    """A message or signal on its way from one instance, or from outside, to another."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_undelivered", "name", "correlation_key", sqlite_where=UNDELIVERED, postgresql_where=UNDELIVERED),)
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    kind: Mapped[str]  # "message" or "signal"
    name: Mapped[str]
    correlation_key: Mapped[str | None]
    variables: Mapped[dict[str, Any]]  # empty once it has arrived, expired or been withdrawn
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_instance.id"))
    recipient: Mapped[UUID | None]  # of a signal on its way to one of those who listened: the token, or the start trigger
    state: Mapped[MessageState] = mapped_column(words(MessageState), default=MessageState.SENT, index=True)
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)  # that failed
    try_at: Mapped[datetime | None] = mapped_column(index=True)  # when it is tried again
    last_error: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")  # why an administrator had it tried again or withdrew it


class StartTrigger(Base):
    """What begins a case of a live version when its time comes, or its message or signal. Deploying makes the rows."""

    __tablename__ = "start_trigger"
    __table_args__ = (UniqueConstraint("definition_id", "element_id", "kind", "event_name", "timer"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    definition_id: Mapped[UUID] = mapped_column(ForeignKey("process_definition.id"))
    element_id: Mapped[str]  # which may have several
    name: Mapped[str]
    kind: Mapped[str]  # "timer", "message" or "signal"
    event_name: Mapped[str] = mapped_column(default="", index=True)  # of the message or signal
    timer: Mapped[str] = mapped_column(default="")  # as it is written; while it stays the same, a new version goes on counting
    due_at: Mapped[datetime | None]  # of a timer; none: it is over
    cycle: Mapped[dict[str, Any]] = mapped_column(default=dict)  # of a timer that repeats: what is needed to know its next turn
    try_at: Mapped[datetime | None] = mapped_column(index=True)  # due_at, or later where the last try failed
    last_error: Mapped[str] = mapped_column(default="")

    definition: Mapped[ProcessDefinition] = relationship(lazy="joined", innerjoin=True)


class DeadlineState(StrEnum):
    RUNNING = "running"
    MET = "met"  # what it was for happened in time
    MISSED = "missed"  # the day passed
    WITHDRAWN = "withdrawn"  # the process took another way and no longer needs it
    TERMINATED = "terminated"  # the case was terminated while it ran


class Deadline(Base):
    """A date the office answers for. It warns, asks for a reason, escalates; it never blocks."""

    __tablename__ = "deadline"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    token: Mapped[UUID] = mapped_column(index=True)  # the timer's
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), index=True)
    process_key: Mapped[str]
    element_id: Mapped[str]
    host_element_id: Mapped[str]  # what must be finished by then
    host_token: Mapped[UUID | None]  # which of several running at once
    name: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    counting: Mapped[str]  # "42 calendar days from 3 March 2026, received → 14 April 2026"
    counted_from: Mapped[date]
    due_on: Mapped[date] = mapped_column(index=True)  # over at the end of this day
    state: Mapped[DeadlineState] = mapped_column(words(DeadlineState), default=DeadlineState.RUNNING, index=True)
    ended_at: Mapped[datetime | None]  # when it was met, or when a missed one was done after all
    changes: Mapped[list[Any]] = mapped_column(default=list)  # by administrators: {from, to, at, by, reason}, the latest last
    reason: Mapped[str] = mapped_column(default="")  # why it was missed
    reason_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    reason_at: Mapped[datetime | None]

    instance: Mapped[ProcessInstance] = relationship(lazy="joined", innerjoin=True)


class IncidentState(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"


class Incident(Base):
    """A job or step that needs an administrator."""

    __tablename__ = "incident"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    token: Mapped[UUID] = mapped_column(index=True)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), index=True)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    process_key: Mapped[str]
    element_id: Mapped[str]
    name: Mapped[str]
    message: Mapped[str]
    state: Mapped[IncidentState] = mapped_column(words(IncidentState), default=IncidentState.OPEN, index=True)
    opened_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]

    instance: Mapped[ProcessInstance] = relationship(lazy="joined", innerjoin=True)
