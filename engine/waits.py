"""What a running instance shows of itself: what it waits for, and what just happened in it. Plain facts, no library behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

MESSAGE_LIFE = timedelta(days=30)  # how long a message that says nothing of it is kept while nobody awaits it


@dataclass(frozen=True, kw_only=True)
class Wait:
    """A token that cannot go on by itself."""

    token: UUID
    process_key: str  # of the process the element is drawn in (a called one may differ from the instance's)
    element_id: str
    name: str  # of the element; its id where it has no name


@dataclass(frozen=True, kw_only=True)
class UserTaskWait(Wait):
    """Waits for a person. Everything was evaluated once, when the token arrived."""

    form_key: str | None = None
    assignee: str | None = None  # email of a person
    candidate_groups: tuple[str, ...] = ()  # from the diagram, else the name of the innermost lane
    candidate_users: tuple[str, ...] = ()
    due_at: datetime | None = None
    follow_up_at: datetime | None = None
    priority: int = 50
    documentation: str = ""
    properties: dict[str, Any] = field(default_factory=dict)  # zeebe:properties; those that start with "=" evaluated


@dataclass(frozen=True, kw_only=True)
class JobWait(Wait):
    """Waits for a worker."""

    job_type: str
    retries: int = 3
    headers: dict[str, str] = field(default_factory=dict)
    back_off: tuple[str, ...] = ()  # durations between the tries; without any, the usual ones


@dataclass(frozen=True, kw_only=True)
class TimerWait(Wait):
    """Waits for a moment."""

    due_at: datetime
    host_element_id: str = ""  # of a boundary event: the activity; of an event sub-process: the process or sub-process
    interrupting: bool = True
    properties: dict[str, Any] = field(default_factory=dict)  # with "deadline": a statutory period
    counted_from: date | None = None
    due_on: date | None = None  # where the timer is a date: the date itself
    period: str = ""  # of a statutory period: its duration as it was drawn or worked out, "P42D"
    host_token: UUID | None = None  # of the activity or scope it is attached to; tells parallel ones apart
    endless: bool = False  # a cycle without a number of turns


@dataclass(frozen=True, kw_only=True)
class MessageWait(Wait):
    """Waits for a message with this name, and this key where it has one."""

    message: str
    correlation_key: str | None = None


@dataclass(frozen=True, kw_only=True)
class SignalWait(Wait):
    """Waits for a signal."""

    signal: str


@dataclass(frozen=True, kw_only=True)
class ConditionWait(Wait):
    """Waits for variables to make a condition true."""


@dataclass(frozen=True, kw_only=True)
class TroubleWait(Wait):
    """Waits for an administrator: the step failed."""

    message: str


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One thing that happened while the instance was moved.

    what: "entered", "completed", "cancelled", "fired" (an event was triggered; where an activity is compensated, detail: undone),
    "decided" (detail: decision and rules), "failed" (detail: message), "skipped" (an administrator let the case go on without it),
    "milestone" (a blank intermediate throw event was passed), "ended" (the instance is over), "terminated" (an administrator ended it).
    """

    what: str
    at: datetime
    token: UUID | None = None
    scope: UUID | None = None  # the token of the activity it happened inside of; None: directly in the process
    process_key: str = ""
    element_id: str = ""
    name: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Thrown:
    """A message or signal that left the instance."""

    kind: str  # "message" or "signal"
    name: str
    correlation_key: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    life: str = ""  # a duration: how long a message is kept while nobody awaits it; else as long as usual
    after: int = 0  # how much had happened in the instance by then, since it was started or loaded
    token: UUID | None = None  # that threw it, and the element it stood at
    process_key: str = ""
    element_id: str = ""
