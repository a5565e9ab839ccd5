"""Named readers: who may read one document of a case while it runs, whatever else they may see. What they get bears their name."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import calendars, clock, history, papers
from ..errors import Conflict, Invalid
from ..identity import EMAIL, SYSTEM, Actor
from ..models import Document, DocumentReader, DocumentState, ProcessInstance
from . import kinds
from .care import reason_of, to_change

NOT_MARKABLE = "This file cannot be marked with your name, so it is not given out. Ask whoever named you for another copy."


def name_readers(session: Session, instance: ProcessInstance, document: Document, emails: Sequence[str], *, actor: Actor = SYSTEM) -> None:
    """Let these people read a document from now on. Raises Invalid where it cannot be. Twice changes nothing."""
    wanted = list(dict.fromkeys(email.strip().lower() for email in emails))
    if not all(map(EMAIL.fullmatch, wanted)):
        raise Invalid({"email": "Enter an email address in the correct format, like name@example.org."})
    if document.media_type != kinds.PDF.media_type:
        raise Invalid({"email": "Readers can be named for a PDF only, for no other file can be marked with a name."})
    new = [email for email in wanted if email not in {row.email for row in readers_of(session, document)}]
    now = clock.now()
    session.add_all(DocumentReader(document_id=document.id, email=email, named_at=now, named_by=actor.id) for email in new)
    if new:
        history.record(session, "readers_named", instance=instance, actor=actor, document=document.id, count=len(new))
    session.flush()


def readers_of(session: Session, document: Document) -> list[DocumentReader]:
    """Who is named as a reader of a document, in the order of their addresses."""
    named = select(DocumentReader).where(DocumentReader.document_id == document.id, DocumentReader.ended_at.is_(None))
    return list(session.scalars(named.order_by(DocumentReader.email)))


def add_reader(session: Session, actor: Actor, document_id: UUID, *, email: str) -> None:
    """Name one more reader. Raises Invalid where the address is none."""
    document, instance = to_change(session, actor, document_id)
    name_readers(session, instance, document, [email], actor=actor)


def end_reader(session: Session, actor: Actor, document_id: UUID, reader_id: int, *, reason: str) -> None:
    """Let a named reader read the document no more. Raises Invalid without a reason, Conflict where they are none any more."""
    document, instance = to_change(session, actor, document_id)
    reason = reason_of(reason, {})
    row = next((row for row in readers_of(session, document) if row.id == reader_id), None)
    if row is None:
        raise Conflict("This person is not among the readers any more.")
    row.ended_at = clock.now()
    history.record(session, "reader_ended", instance=instance, actor=actor, document=document.id, reason=reason)
    session.flush()


def named_for(session: Session, actor: Actor) -> list[Document]:
    """The documents that the actor is named as a reader of and that are given out, in cases that are not over; the newest first."""
    theirs = (
        select(Document).join(DocumentReader, DocumentReader.document_id == Document.id)
        .join(ProcessInstance, ProcessInstance.id == Document.instance_id)
        .where(DocumentReader.email == actor.email, DocumentReader.ended_at.is_(None), Document.state == DocumentState.CURRENT)
        .where(ProcessInstance.ended_at.is_(None))
    )  # fmt: skip
    return list(session.scalars(theirs.order_by(Document.uploaded_at.desc(), Document.id)))


def content_for(session: Session, actor: Actor, document: Document) -> bytes:
    """What this person gets: marked with their name and the time where there are named readers. Raises Conflict where it cannot be."""
    if not readers_of(session, document):
        return document.content
    now = clock.now()
    moment = f"{calendars.say_date(now.astimezone(clock.CIVIL).date())}, {now.astimezone(clock.CIVIL):%H:%M}"
    try:
        return papers.stamp(document.content, f"{actor.name}, {moment}")
    except papers.Unstampable as error:
        raise Conflict(NOT_MARKABLE) from error
