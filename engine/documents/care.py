"""What is done with a document after it was added: replaced, withdrawn, given out again; and who has opened it. Nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import access, clock, history, papers, procedures
from ..errors import Conflict, Invalid, NotFound
from ..identity import Actor
from ..models import Document, DocumentReading, DocumentState, Person, ProcessInstance, Right
from . import store
from .store import GONE, get_for, newest_of, versions_of

LONGEST_REASON = 2_000  # characters
FILE = "file"  # the control with the new file
SEALED = "sealed"  # how a wrong file is classified from then on

NOT_NOW = "This document was changed in the meantime. Look at it again."


@dataclass(frozen=True)
class Reading:
    """That somebody opened a document."""

    name: str
    version: int
    at: datetime


def case_of(session: Session, document: Document) -> ProcessInstance | None:
    """The case that a document belongs to; none while its form has not been sent."""
    return session.get(ProcessInstance, document.instance_id) if document.instance_id else None


def sees_case_of(session: Session, actor: Actor, document: Document) -> bool:
    """True if the actor may open the case."""
    instance = case_of(session, document)
    return instance is not None and access.may_see_case(session, actor, instance)


def may_change(session: Session, actor: Actor, document: Document) -> bool:
    """True for those who may write what is classified so in this case, and for whoever attached this file."""
    own = actor.id is not None and document.uploaded_by == actor.id
    return document.instance_id is not None and (own or access.may_read(session, actor, document, Right.WRITE))


def to_change(session: Session, actor: Actor, document_id: UUID) -> tuple[Document, ProcessInstance]:
    """The document and its case, for those who may change what is given out. For all others it does not exist."""
    document = get_for(session, actor, document_id)
    instance = case_of(session, document)
    if instance is None or not may_change(session, actor, document):
        raise NotFound(GONE)
    return document, instance


def _to_change_alone(session: Session, actor: Actor, document_id: UUID) -> tuple[Document, ProcessInstance]:
    """The same, and nobody else changes it meanwhile: whoever comes second sees what became of it."""
    document, instance = to_change(session, actor, document_id)
    session.refresh(document, ["state", "classification", "series"], with_for_update=True)
    return document, instance


def opened(session: Session, actor: Actor, document_id: UUID) -> Document:
    """What a link to this document gives out: the document, or what stands in its place. Raises Conflict where it was withdrawn."""
    document = session.get(Document, document_id)
    if document is not None and document.state is DocumentState.SEALED and not access.may_read(session, actor, document):
        document_id = newest_of(session, document).id
    document = get_for(session, actor, document_id)
    if document.state is DocumentState.WITHDRAWN:
        raise Conflict("This document was withdrawn and is not given out any more.")
    return document


def openable(session: Session, actor: Actor | None, ids: Iterable[str]) -> dict[str, str]:
    """The names of those of these documents that a link may lead this person to, by their ids; for everybody else it leads nowhere."""
    wanted = store.ids_among(ids) if actor is not None else []
    if actor is None or not wanted:
        return {}
    every = session.scalars(select(Document).where(Document.id.in_(wanted)))
    return {str(document.id): document.name for document in every if _leads_somewhere(session, actor, document)}


def _leads_somewhere(session: Session, actor: Actor, document: Document) -> bool:
    try:
        opened(session, actor, document.id)
    except NotFound:
        return False
    except Conflict:  # withdrawn: its page says so
        return True
    return True


def seen_versions(session: Session, actor: Actor, document: Document) -> list[Document]:
    """The versions of a document that the actor may know of, the newest first."""
    return [one for one in versions_of(session, document) if one.id == document.id or access.may_read(session, actor, one)]


def note_reading(session: Session, actor: Actor, document: Document) -> None:
    """Keep that this person opened it now. A file of a form that was not sent yet is nobody else's concern, and may still go."""
    if actor.id is not None and document.instance_id is not None:
        session.add(DocumentReading(document_id=document.id, person_id=actor.id, at=clock.now()))
        session.flush()


def two_versions(session: Session, actor: Actor, document_id: UUID, version: int) -> tuple[Document, Document]:
    """A document and an earlier version of it, where the actor may open both. Otherwise NotFound."""
    document = get_for(session, actor, document_id)
    earlier = [one for one in seen_versions(session, actor, document) if one.version == version < document.version]
    given_out = [one for one in earlier if one.state is not DocumentState.WITHDRAWN and document.state is not DocumentState.WITHDRAWN]
    if not given_out:
        raise NotFound(GONE)
    return next((one for one in given_out if one.media_type == document.media_type), given_out[0]), document


def text_of(document: Document) -> str | None:
    """The words of a document: what it was written from, else what its file says. None where that cannot be read."""
    if document.source is not None:
        return document.source
    found = [words for words in papers.words_of(document.content) if words.where.startswith(("text", "page")) and ":" not in words.where]
    return None if not found or any(words.text is None for words in found) else "\n".join(words.text or "" for words in found)


def readings(session: Session, document: Document) -> list[Reading]:
    """Who opened a document in any of its versions, the latest first."""
    ids = [one.id for one in versions_of(session, document)]
    rows = session.execute(
        select(Person.name, Document.version, DocumentReading.at)
        .join(Person, Person.id == DocumentReading.person_id).join(Document, Document.id == DocumentReading.document_id)
        .where(DocumentReading.document_id.in_(ids)).order_by(DocumentReading.at.desc(), DocumentReading.id.desc())
    )  # fmt: skip
    return [Reading(name, version, at) for name, version, at in rows]


def replace(
    session: Session, actor: Actor, document_id: UUID, *, name: str, media_type: str, content: bytes, reason: str,
    judged: store.Judgement | None = None,
) -> Document:  # fmt: skip
    """Put the right file in the place of a wrong one, which is kept, sealed, in every format that it was written in.

    judged: as in `attach`. Raises Invalid where file or reason will not do.
    """
    document, instance = _to_change_alone(session, actor, document_id)
    problems: dict[str, str] = {}
    if document.state is not DocumentState.CURRENT or newest_of(session, document).version != document.version:
        raise Conflict(NOT_NOW)
    try:
        checked = store.check(FILE, name, media_type, content, judged)
    except Invalid as error:
        problems |= error.problems
    reason = reason_of(reason, problems)
    wrong = _formats_of(session, document)
    document.series = document.series or str(document.id)
    right = Document(
        id=uuid4(), instance_id=instance.id, task_id=document.task_id, field=document.field, name=checked.name,
        media_type=checked.media_type, size=len(content), sha256=checked.sha256, uploaded_at=clock.now(), uploaded_by=actor.id,
        content=content, classification=document.classification, series=document.series, version=document.version + 1, note=reason,
    )  # fmt: skip
    was = document.classification
    for one in wrong:
        one.classification = SEALED
        _mark(actor, one, DocumentState.SEALED, reason)
    session.add(right)
    told: dict[str, Any] = {"document": document.id, "by": right.id, "was": was, "reason": reason}
    history.record(session, "document_replaced", instance=instance, actor=actor, **told)
    session.flush()
    return right


def withdraw(session: Session, actor: Actor, document_id: UUID, *, reason: str) -> None:
    """Give a document out no more. Raises Invalid without a reason."""
    _change(session, actor, document_id, DocumentState.CURRENT, DocumentState.WITHDRAWN, "document_withdrawn", reason)


def reinstate(session: Session, actor: Actor, document_id: UUID, *, reason: str) -> None:
    """Give a withdrawn document out again. Raises Invalid without a reason."""
    _change(session, actor, document_id, DocumentState.WITHDRAWN, DocumentState.CURRENT, "document_reinstated", reason)


def classifications(session: Session, document: Document) -> list[str]:
    """The words that a document may be classified with; none where its procedure has no access table."""
    instance = case_of(session, document)
    return sorted(procedures.of_instance(session, instance).procedure.access.classifications) if instance else []


def reclassify(session: Session, actor: Actor, document_id: UUID, *, classification: str, reason: str) -> None:
    """Say anew how sensitive a document is, and so who may read it. Raises Invalid without a known word and a reason."""
    document, instance = _to_change_alone(session, actor, document_id)
    if document.state is not DocumentState.CURRENT:
        raise Conflict(NOT_NOW)
    problems: dict[str, str] = {}
    if classification not in classifications(session, document):
        problems["classification"] = "Choose how it is to be handled."
    elif classification == document.classification:
        problems["classification"] = "It is handled like this already. Choose another."
    reason = reason_of(reason, problems)
    was = document.classification
    for one in _formats_of(session, document):
        one.classification = classification
    told: dict[str, Any] = {"document": document.id, "was": was, "now": classification, "reason": reason}
    history.record(session, "document_reclassified", instance=instance, actor=actor, **told)
    session.flush()


def _change(
    session: Session, actor: Actor, document_id: UUID, before: DocumentState, after: DocumentState, what: str, reason: str
) -> None:  # fmt: skip
    document, instance = _to_change_alone(session, actor, document_id)
    if document.state is not before:
        raise Conflict(NOT_NOW)
    reason = reason_of(reason, {})
    for one in _formats_of(session, document):
        _mark(actor, one, after, reason)
    history.record(session, what, instance=instance, actor=actor, document=document.id, reason=reason)
    session.flush()


def _formats_of(session: Session, document: Document) -> Sequence[Document]:
    """The same version in every format that it was written in."""
    return [one for one in versions_of(session, document) if one.version == document.version]


def _mark(actor: Actor, document: Document, state: DocumentState, reason: str) -> None:
    document.state, document.state_reason, document.state_at, document.state_by = state, reason, clock.now(), actor.id


def reason_of(text: str, problems: dict[str, str]) -> str:
    """Why it is done. Raises Invalid with all that is wrong."""
    reason = text.strip()
    if not reason:
        problems["reason"] = "Say why, so that others can understand it later."
    elif len(reason) > LONGEST_REASON:
        problems["reason"] = f"Write the reason in at most {LONGEST_REASON:,} characters."
    if problems:
        raise Invalid(problems)
    return reason
