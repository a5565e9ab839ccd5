"""What takes long is done before the transaction that writes begins: others write meanwhile, and nothing is ever half done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from engine import clock, documents, identity, instances, papers, workers
from engine.database import Sessions, transaction
from engine.identity import SYSTEM
from engine.models import Document, Job, JobState, ProcessInstance
from tests.conftest import PASSWORD
from tests.diagrams import job
from tests.engine.standing import Garden, bundle

TEMPLATE = b"---\ntitle: Minute\n---\nWe dig {{ metres }} metres.\n"
WRITE = job(
    "write", "make-document",
    '<zeebe:taskHeaders><zeebe:header key="template" value="minute"/></zeebe:taskHeaders>'
    '<zeebe:ioMapping><zeebe:input source="=&quot;Minute&quot;" target="name"/><zeebe:input source="=height" target="metres"/>'
    '<zeebe:output source="=document" target="minute"/></zeebe:ioMapping>',
)  # fmt: skip
SCAN = job(
    "scan", "scan-text",
    '<zeebe:taskHeaders><zeebe:header key="lists" value="places"/></zeebe:taskHeaders>'
    '<zeebe:ioMapping><zeebe:input source="=minute" target="files"/><zeebe:output source="=findings" target="findings"/></zeebe:ioMapping>',
)  # fmt: skip
FILES = bundle(WRITE + SCAN, "asked write; write scan; scan end") | {"documents/minute.md": TEMPLATE, "lists/places.txt": b"metres\n"}


class Killed(BaseException):
    """The process ends here, as by a power cut."""


@pytest.fixture
def garden(sessions: Sessions) -> Garden:
    return Garden(sessions, FILES)


def write_something(sessions: Sessions, name: str) -> None:
    """What somebody else does meanwhile, on a connection of their own; it does not wait."""
    with transaction(sessions) as session:
        identity.add_person(session, email=f"{name}@example.org", name=name.title(), password=PASSWORD, groups=[])


@contextmanager
def meanwhile(monkeypatch: pytest.MonkeyPatch, module: Any, called: str, do: Any) -> Iterator[list[str]]:
    """Something happens while a function of a module is at work."""
    real, times = getattr(module, called), []

    def both(*given: Any, **named: Any) -> Any:
        times.append(called)
        do()
        return real(*given, **named)

    with monkeypatch.context() as changed:
        changed.setattr(module, called, both)
        yield times


def kept(sessions: Sessions) -> list[tuple[str, int, int]]:
    """The documents: name, the size they say, and the size they have."""
    with transaction(sessions, reading=True) as session:
        rows = session.execute(select(Document.name, Document.size, func.length(Document.content)).order_by(Document.name))
        return [(name, size, length) for name, size, length in rows]


def started(garden: Garden, **variables: Any) -> UUID:
    """A case whose document is still to be written."""
    with clock.moved_to(garden.now), transaction(garden.sessions) as session:
        return instances.start(session, SYSTEM, "garden", {"height": 7} | variables).id


def test_others_write_while_a_pdf_is_drawn_and_files_are_looked_through(garden, sessions, monkeypatch):
    case = started(garden)
    names = iter(["ann", "bea", "cleo", "dora"])

    def other() -> None:
        write_something(sessions, next(names))

    with (
        meanwhile(monkeypatch, papers, "to_pdf", other) as drawn,
        meanwhile(monkeypatch, papers, "words_of", other) as read,
    ):
        garden.later(minutes=1)

    assert (drawn, read) == (["to_pdf"], ["words_of"])  # each once: the transaction finds it done
    assert [name for name, *_ in kept(sessions)] == ["Minute.docx", "Minute.pdf"]
    with transaction(sessions, reading=True) as session:
        assert session.get_one(ProcessInstance, case).ended_at is not None


@pytest.mark.parametrize("where", ["while it is drawn", "when it is kept"])
def test_a_process_that_dies_between_leaves_nothing_half_done(garden, sessions, monkeypatch, where):
    started(garden)

    def dies() -> None:
        raise Killed

    module, called = (papers, "to_pdf") if where == "while it is drawn" else (documents, "keep_written")
    with meanwhile(monkeypatch, module, called, dies), pytest.raises(Killed):
        garden.later(minutes=1)
    assert kept(sessions) == []

    garden.later(minutes=11)  # the claim has lapsed

    assert [name for name, *_ in kept(sessions)] == ["Minute.docx", "Minute.pdf"]
    assert all(size == length > 0 for _, size, length in kept(sessions))
    with transaction(sessions, reading=True) as session:
        assert set(session.scalars(select(Job.state))) == {JobState.DONE}


def test_what_changed_meanwhile_is_written_as_it_is_then(garden, sessions, monkeypatch):
    case = started(garden)

    def somebody_corrects_it() -> None:
        with clock.moved_to(garden.now), transaction(sessions) as session:
            instance = session.get_one(ProcessInstance, case)
            place = documents.next_place(session, instance, f"job-{token_of(sessions)}")
            documents.keep_written(session, instance, place, (b"%PDF-1", b"PK"), name="Other", source="x", key="other")

    with meanwhile(monkeypatch, papers, "to_word", iter_once(somebody_corrects_it)):
        garden.later(minutes=1)

    with transaction(sessions, reading=True) as session:
        newest = session.scalars(select(Document).where(Document.version == 2, Document.media_type == "application/pdf")).one()
        assert b"Version 2" in b" ".join(words.text.encode() for words in papers.words_of(newest.content) if words.text)


def iter_once(do: Any) -> Any:
    """The same the first time, and nothing after that."""
    left = [do]
    return lambda: left.pop()() if left else None


def token_of(sessions: Sessions) -> UUID:
    with transaction(sessions, reading=True) as session:
        return session.scalars(select(Job.token).where(Job.state == JobState.RUNNING)).one()


def test_what_cannot_be_prepared_is_told_by_the_job_itself(garden, sessions, monkeypatch):
    started(garden)
    monkeypatch.setitem(workers.PREPARATIONS, "make-document", lambda _work: (_ for _ in ()).throw(ValueError("not yet")))

    garden.later(minutes=1)

    assert [name for name, *_ in kept(sessions)] == ["Minute.docx", "Minute.pdf"]
