"""Documents that the machine writes: each as PDF and as Word, version after version, and never twice by one job."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .. import clock
from ..models import UNCLASSIFIED, Document, ProcessInstance
from . import file_names, kinds

FORMATS = (kinds.PDF, kinds.WORD)


@dataclass(frozen=True)
class Place:
    """Where a document stands among those that follow one another."""

    series: str
    version: int


def next_place(session: Session, instance: ProcessInstance, series: str) -> Place:
    """The place after the newest version. Whoever moves the case has it alone, so nobody else takes the same."""
    newest = select(func.max(Document.version)).where(Document.instance_id == instance.id, Document.series == series)
    return Place(series, (session.scalar(newest) or 0) + 1)


def written_as(session: Session, key: str) -> tuple[Document, Document] | None:
    """What this job has written already."""
    keys = [f"{key} {kind.endings[0]}" for kind in FORMATS]
    found = {document.written_as: document for document in session.scalars(select(Document).where(Document.written_as.in_(keys)))}
    return (found[keys[0]], found[keys[1]]) if len(found) == len(keys) else None


def keep_written(
    session: Session, instance: ProcessInstance, place: Place, contents: tuple[bytes, bytes], *,
    name: str, source: str, key: str, note: str = "", classification: str = "",
) -> tuple[Document, Document]:  # fmt: skip
    """Keep a document that was written just now. Its name tells the version, and nothing of the case."""
    called = name if place.version == 1 else f"{name}, version {place.version}"
    made = [
        Document(
            id=uuid4(), instance_id=instance.id, field="", name=file_names.clean(called, kind.endings), media_type=kind.media_type,
            size=len(content), sha256=hashlib.sha256(content).hexdigest(), uploaded_at=clock.now(), content=content,
            classification=classification or UNCLASSIFIED, series=place.series, version=place.version, note=note, source=source,
            written_as=f"{key} {kind.endings[0]}",
        )
        for kind, content in zip(FORMATS, contents, strict=True)
    ]  # fmt: skip
    session.add_all(made)
    session.flush()
    return made[0], made[1]
