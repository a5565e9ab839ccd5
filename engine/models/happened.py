"""Happened: only added to."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import UNCLASSIFIED, Base, Serial, words


class HistoryEvent(Base):
    """Something that happened in an instance. Each row carries the hash of the one before, so that a change shows."""

    __tablename__ = "history_event"
    __table_args__ = (UniqueConstraint("instance_id", "number"),)
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"))
    number: Mapped[int]  # 1, 2, … within the instance
    at: Mapped[datetime]
    what: Mapped[str]  # past tense: "task_completed"
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))  # none: the system
    process_key: Mapped[str] = mapped_column(default="")
    element_id: Mapped[str] = mapped_column(default="")
    token: Mapped[UUID | None]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    hash: Mapped[str]  # of this row and the hash of the one before


class Submission(Base):
    """What a person handed in with a form, as it was accepted."""

    __tablename__ = "submission"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), index=True)
    task_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_task.id"), index=True)  # none: the start form
    form_key: Mapped[str]
    values: Mapped[dict[str, Any]]
    submitted_at: Mapped[datetime]
    submitted_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))  # none: somebody without an account


class LetterState(StrEnum):
    WAITING = "waiting"  # in the outbox
    SENT = "sent"  # taken by the mail server
    FAILED = "failed"  # given up; an administrator is told


class Letter(Base):
    """A letter in the outbox. Its key makes writing it twice harmless."""

    __tablename__ = "letter"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_instance.id"), index=True)
    template: Mapped[str]
    to_name: Mapped[str]
    to_email: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]  # Markdown
    state: Mapped[LetterState] = mapped_column(words(LetterState), default=LetterState.WAITING, index=True)
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    last_error: Mapped[str] = mapped_column(default="")
    classification: Mapped[str] = mapped_column(default=UNCLASSIFIED)
