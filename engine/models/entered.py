"""Being entered: forms half filled in, and the documents people attach."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from .base import UNCLASSIFIED, Base, Serial, words
from .people import Person


class Draft(Base):
    """A form being filled in: of a user task (shared by everyone who may do it), or a start form of one person or browser."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("start_key", "owner"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    task_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_task.id"), unique=True)
    start_key: Mapped[str | None]  # procedure and process: "leave/request"
    owner: Mapped[str | None] = mapped_column(index=True)  # of a start draft: "person:" and the id, or "browser:" and the hash of its token
    version: Mapped[int] = mapped_column(default=0)  # counts the saves
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]

    fields: Mapped[list[DraftField]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class DraftField(Base):
    """One control of a form as typed, right or wrong."""

    __tablename__ = "draft_field"
    __table_args__ = (UniqueConstraint("draft_id", "name"),)
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"), index=True)
    name: Mapped[str]  # of the HTML control
    values: Mapped[list[str]]
    version: Mapped[int]  # the draft's version at which this field last changed
    saved_at: Mapped[datetime]
    saved_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    past: Mapped[list[Any]] = mapped_column(default=list)  # [version, fingerprint] of its earlier values: tells who changed it since

    saver: Mapped[Person | None] = relationship(lazy="joined")


class DocumentState(StrEnum):
    CURRENT = "current"  # given out to those who may read it
    SEALED = "sealed"  # the wrong file: another stands in its place
    WITHDRAWN = "withdrawn"  # given out to nobody until it is reinstated


class Document(Base):
    """A file that belongs to a case, or to a draft until its form is sent."""

    __tablename__ = "document"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_instance.id"), index=True)
    draft_id: Mapped[UUID | None] = mapped_column(ForeignKey("draft.id"), index=True)
    task_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_task.id"), index=True)
    field: Mapped[str]  # name of the form's control it was attached to
    name: Mapped[str]  # as the person's computer called it
    media_type: Mapped[str]
    size: Mapped[int]  # bytes
    sha256: Mapped[str]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    classification: Mapped[str] = mapped_column(default=UNCLASSIFIED)  # how sensitive it is: a word of the procedure's access table
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    series: Mapped[str | None]  # in its case: what its versions have in common
    version: Mapped[int] = mapped_column(default=1)
    note: Mapped[str] = mapped_column(default="")  # what is different in this version
    written_as: Mapped[str | None] = mapped_column(unique=True)  # of a file that the machine wrote: the job and the format
    source: Mapped[str | None] = deferred(mapped_column(String))  # the Markdown that it was made of
    state: Mapped[DocumentState] = mapped_column(words(DocumentState), default=DocumentState.CURRENT)
    state_reason: Mapped[str] = mapped_column(default="")
    state_at: Mapped[datetime | None]
    state_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class DocumentReader(Base):
    """Somebody who may read a document because they are named, and gets it marked with their name. Ended, never deleted."""

    __tablename__ = "document_reader"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"), index=True)
    email: Mapped[str] = mapped_column(index=True)  # lower case
    named_at: Mapped[datetime]
    named_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]


class DocumentReading(Base):
    """That somebody opened a document. Only added to."""

    __tablename__ = "document_reading"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
