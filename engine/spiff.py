"""The face of the process engine: compile a procedure's diagrams, start and load instances, move them, see what they wait for.

Everyone above sees the words of BPMN and the facts of engine/waits.py; that SpiffWorkflow does the work is known only here and below.
Nothing here touches a database.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from engine import snapshot
from engine.dialect import repair, waiting
from engine.dialect.build import Specs
from engine.dialect.collaboration import Collaboration
from engine.dialect.events import WAIT
from engine.dialect.facts import COUNTED, ElementFacts, ProcessFacts, facts_of
from engine.dialect.instance import ENTER, LEAVE, TROUBLE, Instance
from engine.dialect.library import SpiffTask
from engine.dialect.procedure import DIAGRAMS, read_procedure
from engine.dialect.scopes import propagate, scopes, visible
from engine.dialect.work import WORK
from engine.errors import Conflict, Invalid, Problem, Trouble
from engine.waits import Happening, Thrown, Wait

__all__ = ["COUNTED", "DIAGRAMS", "Definitions", "ElementFacts", "ProcessFacts", "Running", "compile_procedure", "load", "start"]


OVER = "This step is over. Open the case again to see where it stands."


@dataclass(frozen=True)
class Definitions:
    """The processes and decisions of a deployment; shared by all its instances and never changed."""

    processes: dict[str, ProcessFacts]
    decision_ids: frozenset[str]
    specs: Specs = field(repr=False)
    collaboration: Collaboration = field(default_factory=Collaboration)
    drafts: Sequence[str] = ()  # processes of the files that are not executable, and were not asked for
    notes: Sequence[Problem] = ()  # what a deployment would refuse, and a rehearsal goes on without

    def decide(self, decision: str, variables: Mapping[str, Any], at: datetime) -> Any:
        """What a decision says of these variables, outside of any instance."""
        return self.specs.decide(decision, variables, at)[0]

    def columns(self, decision: str) -> Mapping[str, Sequence[str]]:
        """The cells of a decision table as they are written, by what a column tests or answers; nothing where it is no table."""
        table = self.specs.decisions.get(decision)
        return table.columns(decision) if table is not None else {}


def compile_procedure(
    files: Mapping[str, bytes], *, executable: Collection[str] = (), known: bool = False, forgiving: bool = False
) -> tuple[Definitions, list[Problem]]:
    """Every *.bpmn and *.dmn of `files`, and everything that is wrong in them at once.

    executable: processes to take although their file does not mark them so, as when a draft is played.
    known: the files were found right when they were deployed; their FEEL is then compiled when it is first needed.
    forgiving: for a rehearsal. What only says who does something may be missing; the notes tell of it.
    """
    read = read_procedure(files, executable, known=known, forgiving=forgiving)
    facts = {ident: facts_of(process) for ident, process in read.processes.items()}
    specs = Specs(read.processes, read.decisions)
    return Definitions(facts, frozenset(read.decisions), specs, read.collaboration, read.drafts, read.notes), read.problems


def start(
    definitions: Definitions, process_key: str, variables: Mapping[str, Any], *, at: datetime, start_event: str | None = None
) -> Running:
    """A new instance that has run to its first waits. `start_event`: where it starts, if not at its only blank start event; of one of
    several events that must all come, its `entry`."""
    instance = Instance(definitions.specs, process_key, at, start_event)
    instance.data.update(_plain(variables))
    instance.settle()
    return Running(instance)


def load(definitions: Definitions, stored: bytes, *, at: datetime, read: Callable[[str], bytes] | None = None) -> Running:
    """A stored instance, to be looked at or moved at this moment. read: the bytes of a chunk that `Running.store` made."""
    return Running(snapshot.load(definitions.specs, stored, at, read))


class Running:
    """A running instance. A step that fails becomes a TroubleWait; a token that is not there any more is a Conflict."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._waits: dict[UUID, Wait] | None = None

    @property
    def process_key(self) -> str:
        return self._instance.process

    @property
    def completed(self) -> bool:
        return bool(self._instance.completed)

    @property
    def variables(self) -> Mapping[str, Any]:
        """The root process's."""
        return self._instance.data

    def at_hand(self, names: Sequence[str]) -> dict[str, Any]:
        """Those of these variables of the root process that are set and need not be fetched: whatever was changed lately is."""
        data: Any = self._instance.data
        here: Mapping[str, Any] = getattr(data, "here", data)
        return {name: here[name] for name in names if name in here}

    @property
    def waits(self) -> dict[UUID, Wait]:
        """Everything the instance waits for now."""
        if self._waits is None:
            self._waits = waiting.waits_of(self._instance)
        return self._waits

    @property
    def joins(self) -> list[Wait]:
        """The tokens that wait at a join for other tokens, which nobody outside can bring."""
        return waiting.joins_of(self._instance)

    @property
    def happened(self) -> list[Happening]:
        """What happened since start or load, in order."""
        return self._instance.happened

    @property
    def thrown(self) -> list[Thrown]:
        """What left the instance since start or load, in order."""
        return self._instance.thrown

    @property
    def finished(self) -> AbstractSet[UUID]:
        """Scopes in which nothing but event sub-processes is left since start or load, and activities that happened all their times:
        each by the host token of its own timers."""
        return self._instance.finished

    @property
    def dropped(self) -> AbstractSet[UUID]:
        """Activities that happen several times and were taken back since start or load, each by the host token of its own timers."""
        return self._instance.dropped

    def complete(self, token: UUID, values: Mapping[str, Any]) -> None:
        """A user task or a job is done with these results; run on until everything waits."""
        task = self._open(token, WORK, "This task is no longer open.")
        self._instance.done(task, _plain(values))
        self._settle()

    def fire(self, token: UUID) -> None:
        """A timer that is due. A repeating one waits again, once for all the turns it missed."""
        task = self._waiting(token, {"timer"}, "This timer is no longer running.")
        task.task_spec.fire(task, {})
        self._settle()

    def receive(self, token: UUID, values: Mapping[str, Any]) -> None:
        """A message or signal arrives at this wait."""
        task = self._waiting(token, {"message", "signal"}, "This message is no longer awaited.")
        task.task_spec.fire(task, _plain(values))
        self._settle()

    def throw_error(self, token: UUID, code: str, values: Mapping[str, Any]) -> bool:
        """A worker reports a BPMN error. False when nothing in the diagram catches it: then the job waits as an incident."""
        task = self._open(token, WORK, "This job is no longer open.")
        caught = self._instance.bubble(task, "error", code, _plain(values))
        if not caught:
            self._instance.uncaught(task, code)
        self._settle()
        return caught

    def retry(self, token: UUID, values: Mapping[str, Any] | None = None) -> None:
        """Try the failed step again. `values` are set first, where the token sees them."""
        task = self._open(token, TROUBLE, "This problem is already solved.")
        trouble = task.internal_data.pop(TROUBLE)
        if values:
            propagate(scopes(task), _plain(values))
        if trouble["phase"] == ENTER:
            self._instance.again(task)
        elif trouble["phase"] == LEAVE:
            self._instance.done(task, trouble.get("values", {}))
        self._settle()

    # What an administrator does

    def move(self, token: UUID, element_id: str) -> None:
        """Take a token from where it stands to another element of the same scope. Raises Invalid where it cannot go there."""
        repair.move(self._standing(token), element_id)
        self._settle()

    def destinations(self, token: UUID) -> list[str]:
        """The elements to which `move` would take a token."""
        return repair.destinations(self._standing(token))

    def assign(self, token: UUID, values: Mapping[str, Any]) -> None:
        """Set variables where a token sees them."""
        propagate(scopes(self._standing(token)), _plain(values))
        self._settle()

    def skip(self, token: UUID) -> None:
        """Go on behind a step as if it had been done, without its results. Raises Invalid where nobody could tell how."""
        task = self._standing(token)
        if sentence := repair.unskippable(task):
            raise Invalid({"act": sentence})
        repair.skip(task)
        self._settle()

    def withdraw(self, token: UUID) -> None:
        """Cancel a token; nothing follows it. The rest goes on."""
        repair.withdraw(self._standing(token))
        self._settle()

    def reschedule(self, token: UUID, due_at: datetime, *, last_day: date | None = None) -> None:
        """A running timer is due at another moment. `last_day`: where it is a date, the date itself."""
        repair.reschedule(self._waiting(token, {"timer"}, "This timer is no longer running."), due_at, last_day)
        self._waits = None

    def terminate(self) -> None:
        """End everything at once."""
        repair.terminate(self._instance)
        self._waits = None

    def at(self, token: UUID) -> Wait:
        """Where a token stands."""
        return waiting.bare(self._standing(token))

    def around(self, token: UUID) -> list[Wait]:
        """The activities in which a token stands, innermost first; their tokens can be moved too."""
        return [waiting.bare(task) for task in repair.around(self._standing(token))]

    def _standing(self, token: UUID) -> SpiffTask:
        task = self._instance.find(token)
        if task is None:
            raise Conflict(OVER)
        return task

    def scope(self, token: UUID) -> ChainMap[str, Any]:
        """The variables the token sees, innermost first. What is written into it goes nowhere."""
        return visible(self._standing(token)).new_child()

    def dump(self) -> bytes:
        """The instance to be stored, whole. What happened and was thrown is not in it."""
        return snapshot.dump(self._instance)

    def store(self) -> snapshot.Stored:
        """The same, with large variables in chunks, of which only the new ones need to be written. The last thing asked of it."""
        return snapshot.store(self._instance)

    def _open(self, token: UUID, key: str, otherwise: str) -> SpiffTask:
        task = self._instance.find(token)
        if task is None or key not in task.internal_data:
            raise Conflict(f"{otherwise} Open the case again to see where it stands.")
        if key != TROUBLE and TROUBLE in task.internal_data:
            raise Conflict("This step has a problem, which an administrator has to solve first.")
        return task

    def _waiting(self, token: UUID, kinds: AbstractSet[str], otherwise: str) -> SpiffTask:
        task = self._open(token, WAIT, otherwise)
        if task.internal_data[WAIT]["kind"] not in kinds:
            raise Conflict(f"{otherwise} Open the case again to see where it stands.")
        return task

    def _settle(self) -> None:
        self._waits = None
        self._instance.settle()


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Variables are JSON: dates become ISO text, and nothing stays shared with the caller."""
    try:
        plain: dict[str, Any] = orjson.loads(orjson.dumps(dict(values)))
    except TypeError as error:
        raise Trouble(f"A variable holds what cannot be kept as JSON: {error}.") from error
    return plain
