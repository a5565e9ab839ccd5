"""Keeping documents: attached to a draft, settled in the case when its form is sent, and found again by those who may."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from .. import access, clock
from ..errors import Conflict, Invalid, NotFound, Trouble
from ..identity import Actor
from ..models import UNCLASSIFIED, Document, DocumentReader, DocumentState, Draft, ProcessInstance, UserTask
from . import file_names, kinds

MAX_BYTES = 10_000_000
MAX_FILES = 30  # in one form

Scanner = Callable[[str, bytes], str | None]

# Each sees the name and the content of every file and may refuse it with a sentence: the place for a virus scanner.
SCANNERS: list[Scanner] = []

GONE = "There is no such document."


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its clean name, its true kind, its fingerprint."""

    name: str
    media_type: str
    sha256: str


Judgement: TypeAlias = Checked | Invalid


def attach(
    session: Session, *, draft: Draft, field: str, name: str, media_type: str, content: bytes, actor: Actor | None,
    judged: Judgement | None = None,
) -> Document:  # fmt: skip
    """Keep a file with the draft, for this control. Raises Invalid with a sentence where it cannot be taken.

    judged: what `judge` has said of this file before the transaction began.
    """
    _check_draft(session, draft, field)
    known = check(field, name, media_type, content, judged)
    document = Document(
        id=uuid4(), draft_id=draft.id, field=field, name=known.name, media_type=known.media_type, size=len(content),
        sha256=known.sha256, uploaded_at=clock.now(), uploaded_by=actor.id if actor else None, content=content,
    )  # fmt: skip
    session.add(document)
    session.flush()
    return document


def _check_draft(session: Session, draft: Draft, field: str) -> None:
    if session.scalar(select(Draft.id).where(Draft.id == draft.id).with_for_update(of=Draft)) is None:
        raise Conflict("This form has been sent or discarded in the meantime. The file was not attached.")
    if (session.scalar(select(func.count()).where(Document.draft_id == draft.id)) or 0) >= MAX_FILES:
        raise Invalid({field: f"There are {MAX_FILES} files in this form already. Remove one before you attach another"})


def judge(field: str, name: str, media_type: str, content: bytes) -> Judgement:
    """Look at a file, which may take a while and needs no database."""
    try:
        return check(field, name, media_type, content)
    except Invalid as refusal:
        return refusal


def check(field: str, name: str, media_type: str, content: bytes, judged: Judgement | None = None) -> Checked:
    """What may be kept of a file. Raises Invalid where it may not be kept, or was judged so."""
    if isinstance(judged, Invalid):
        raise judged
    if judged is not None:
        return judged
    shown = file_names.clean(name, ("",))
    if not content:
        raise Invalid({field: f"“{shown}” is empty. Attach the file again"})
    if len(content) > MAX_BYTES:
        raise Invalid({field: f"“{shown}” is larger than {MAX_BYTES // 1_000_000} MB. Attach a smaller file"})
    try:
        kind = kinds.recognise(content, media_type)
    except kinds.Unwelcome as error:
        raise Invalid({field: f"“{shown}” {error}"}) from error
    name = file_names.clean(name, kind.endings)
    for scan in SCANNERS:
        if refusal := scan(name, content):
            raise Invalid({field: refusal})
    return Checked(name, kind.media_type, hashlib.sha256(content).hexdigest())


def take_away(session: Session, *, draft: Draft, document_id: UUID | str) -> None:
    """Take a file away from a draft again. Where it is not in this draft, or no longer, nothing happens."""
    with suppress(ValueError):
        wanted = document_id if isinstance(document_id, UUID) else UUID(document_id)
        session.execute(delete(Document).where(Document.id == wanted, Document.draft_id == draft.id))


def settle(
    session: Session, draft: Draft, instance: ProcessInstance, task: UserTask | None, values: Mapping[str, Any],
    classified: Callable[[str], str] = lambda _control: UNCLASSIFIED,
) -> None:  # fmt: skip
    """The form was sent: what was attached and is among its answers now belongs to the case.

    classified: how sensitive what was attached at a control is.
    A file of a field that was hidden in the end, or of a row that was taken away, stays with the draft and goes with it.
    """
    for document in session.scalars(select(Document).where(Document.draft_id == draft.id, Document.id.in_(_ids_in(values)))):
        document.draft_id, document.instance_id, document.task_id = None, instance.id, task.id if task else None
        document.classification = classified(document.field)
    session.flush()


def _ids_in(value: Any) -> list[UUID]:
    """The ids of all documents among the values of a form."""
    if isinstance(value, Mapping):
        own = [UUID(value["id"])] if {"id", "name", "size"} == set(value) else []
        return own + [found for entry in value.values() for found in _ids_in(entry)]
    return [found for entry in value for found in _ids_in(entry)] if isinstance(value, list) else []


def of_draft(session: Session, draft: Draft) -> dict[str, list[dict[str, Any]]]:
    """The files attached to a draft as values of its form, by control and in the order in which they came."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for document in session.scalars(select(Document).where(Document.draft_id == draft.id).order_by(Document.uploaded_at, Document.id)):
        found[document.field].append(value_of(document))
    return dict(found)


def value_of(document: Document) -> dict[str, Any]:
    """The document as the value of a form's field. The bytes stay here."""
    return {"id": str(document.id), "name": document.name, "size": document.size}


def in_case(session: Session, instance: ProcessInstance, ids: Sequence[str]) -> list[Document]:
    """The documents of a case with these ids, in this order; for a wrong file what stands in its place. Raises Trouble for any other."""
    wanted = [_as_id(one) for one in ids]
    rows = session.scalars(select(Document).where(Document.instance_id == instance.id, Document.id.in_(wanted)))
    found = {document.id: document for document in rows}
    if not found.keys() >= set(wanted):
        raise Trouble("A file is not, or no longer, among the documents of this case. Correct what names it.")
    chosen = [found[one] for one in wanted if one]
    return [newest_of(session, one) if one.state is DocumentState.SEALED else one for one in chosen]


def versions_of(session: Session, document: Document) -> list[Document]:
    """All versions of a document, the newest first, and each in every format that it was written in."""
    if document.series is None:
        return [document]
    same = select(Document).where(Document.instance_id == document.instance_id, Document.series == document.series)
    return list(session.scalars(same.order_by(Document.version.desc(), Document.name.desc(), Document.id)))


def newest_of(session: Session, document: Document) -> Document:
    """The newest version, in the same format where there are several."""
    versions = versions_of(session, document)
    newest = [one for one in versions if one.version == versions[0].version]
    return next((one for one in newest if one.media_type == document.media_type), newest[0])


def ids_among(texts: Iterable[str]) -> list[UUID]:
    """Those of these texts that may be the id of a document."""
    return [found for text in texts if (found := _as_id(text)) is not None]


def _as_id(text: str) -> UUID | None:
    with suppress(ValueError):
        return UUID(text)
    return None


def of_instance(session: Session, instance: ProcessInstance) -> list[Document]:
    """The documents of a case, the newest first."""
    theirs = select(Document).where(Document.instance_id == instance.id)
    return list(session.scalars(theirs.order_by(Document.uploaded_at.desc(), Document.id)))


def seen_in(sight: access.Sight) -> list[Document]:
    """The documents of a case that may be read, the newest first."""
    every = of_instance(sight.session, sight.instance)
    return [one for one in every if sight.may_read(one.classification, by=one.uploaded_by, task_id=one.task_id)]


def get_for(session: Session, actor: Actor, document_id: UUID) -> Document:
    """The document, for those who may read it in its case, who fill in the form it is attached to, or are named. Else NotFound."""
    document = session.get(Document, document_id)
    if document is None or not (
        _belongs_to(session, document, actor)
        or access.may_read(session, actor, document)
        or _in_own_form(session, actor, document)
        or _is_named(session, actor, document)
    ):
        raise NotFound(GONE)
    return document


def _is_named(session: Session, actor: Actor, document: Document) -> bool:
    """Among the named readers of this document, in a case that is not over."""
    instance = session.get(ProcessInstance, document.instance_id) if document.instance_id else None
    if instance is None or instance.ended_at is not None:
        return False
    named = select(DocumentReader.id).where(DocumentReader.document_id == document.id, DocumentReader.ended_at.is_(None))
    return session.scalar(named.where(DocumentReader.email == actor.email)) is not None


def _belongs_to(session: Session, document: Document, actor: Actor) -> bool:
    """In a form that would begin a case, not sent yet, and attached by this person."""
    if document.draft_id is None or actor.id is None or document.uploaded_by != actor.id:
        return False
    draft = session.get(Draft, document.draft_id)
    return draft is not None and draft.task_id is None


def _in_own_form(session: Session, actor: Actor, document: Document) -> bool:
    """Attached to the form of an open task that this person may do."""
    if actor.id is None or document.draft_id is None:
        return False
    theirs = select(UserTask.id).join(Draft, Draft.task_id == UserTask.id).where(Draft.id == document.draft_id, access.CANDIDATE)
    return session.scalar(theirs, access.as_candidate(actor)) is not None
