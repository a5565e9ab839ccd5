"""What people wrote in the forms of a case, read only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload

from engine import forms
from engine.access import Sight
from engine.models import Person, ProcessInstance, Submission, UserTask
from engine.procedures import Deployed

NOT_ANSWERED = "Not answered"


@dataclass(frozen=True)
class Sent:
    """A form as it was sent in; its content is not shown before somebody asks for it."""

    number: int
    name: str  # of the task
    by: str  # empty: somebody without an account
    at: datetime
    form_key: str
    values: dict[str, Any] = field(repr=False)
    place: tuple[str, str]  # the process and the element that asked for it
    task_id: UUID | None  # none: the start form
    sender: UUID | None
    subject: str = ""  # of the task: whom or what it was about


@dataclass(frozen=True)
class Answer:
    """One answer in words, or the files that were attached."""

    label: str
    lines: Sequence[str]
    files: Sequence[dict[str, Any]] = ()


@dataclass
class Part:
    """Answers under one heading."""

    title: str = ""
    answers: list[Answer] = field(default_factory=list)


def of_instance(session: Session, instance: ProcessInstance, deployed: Deployed) -> list[Sent]:
    """The forms sent in this case, the newest first."""
    rows = session.execute(
        select(Submission, UserTask, Person.name).options(lazyload(UserTask.instance), lazyload(UserTask.candidates))
        .outerjoin(UserTask, UserTask.id == Submission.task_id).outerjoin(Person, Person.id == Submission.submitted_by)
        .where(Submission.instance_id == instance.id, Submission.form_key.in_(deployed.forms)).order_by(Submission.id.desc())
    )  # fmt: skip
    return [_sent(one, task, by or "", instance, deployed) for one, task, by in rows]


def _sent(one: Submission, task: UserTask | None, by: str, instance: ProcessInstance, deployed: Deployed) -> Sent:
    name = _name(task.name, task.subject) if task else instance.definition.name
    place = (task.process_key, task.element_id) if task else _start(one.form_key, instance, deployed)
    subject = (task.subject or "") if task else ""
    return Sent(one.id, name, by, one.submitted_at, one.form_key, one.values, place, one.task_id, one.submitted_by, subject)


def _start(form_key: str, instance: ProcessInstance, deployed: Deployed) -> tuple[str, str]:
    """The start event that asks for this form."""
    process = deployed.definitions.processes[instance.definition.key]
    return process.id, next((ident for ident in process.starts if process.elements[ident].form_key == form_key), "")


def seen_in(sight: Sight, deployed: Deployed) -> list[Sent]:
    """Those of them that this person may read."""
    return [one for one in of_instance(sight.session, sight.instance, deployed) if _may_read(sight, one, deployed)]


def _may_read(sight: Sight, one: Sent, deployed: Deployed) -> bool:
    return sight.may_read(deployed.classification_of(*one.place), by=one.sender, task_id=one.task_id)


def _name(task: str, subject: str) -> str:
    return f"{task} ({subject})" if subject else task


def content(sent: Sent, deployed: Deployed) -> list[Part]:
    """What was written, by heading, in the words of the form of that version."""
    filled = forms.fill(deployed.forms[sent.form_key], sent.values)
    parts = [Part()]
    _walk(filled.blocks, parts)
    return [part for part in parts if part.answers]


def _walk(blocks: Iterable[forms.Block], parts: list[Part]) -> None:
    for block in blocks:
        if block.hidden or block.readonly:
            continue
        if block.rows:
            for row in block.rows:
                parts.append(Part(row.title))
                _walk(row.blocks, parts)
            parts.append(Part())
        elif block.blocks:
            parts.append(Part(block.label))
            _walk(block.blocks, parts)
            parts.append(Part())
        else:
            parts[-1].answers.extend(_answer(block))


def _answer(block: forms.Block) -> Iterator[Answer]:
    """The answer of a field that asks for one; nothing for texts and lines."""
    if list(block.fields()) != [block]:
        return
    files = [file for file in block.value or [] if isinstance(file, dict) and "size" in file] if isinstance(block.value, list) else []
    yield Answer(block.label, block.said or [NOT_ANSWERED], files)
