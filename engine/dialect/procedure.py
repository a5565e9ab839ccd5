"""All the diagrams and decision tables of a procedure, and what does not fit between them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from engine import dmn
from engine.errors import Problem

from .collaboration import Collaboration
from .model import Element, Process
from .reader import Reader

Decisions = Mapping[str, dmn.Decisions]
DIAGRAMS = (".bpmn", ".bpmn2", ".xml")


@dataclass
class Files:
    """What the diagrams and decision tables of a procedure say together."""

    processes: dict[str, Process] = field(default_factory=dict)
    decisions: dict[str, dmn.Decisions] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)  # what a deployment would refuse, and a rehearsal goes on without
    drafts: list[str] = field(default_factory=list)  # processes that are not executable, and were not asked for
    collaboration: Collaboration = field(default_factory=Collaboration)


def read_procedure(files: Mapping[str, bytes], executable: Collection[str] = (), *, known: bool = False, forgiving: bool = False) -> Files:
    """Read every *.bpmn and *.dmn; processes and decisions by id, and all problems in the order of the files."""
    found = Files()
    for path, content in sorted(files.items()):
        if path.lower().endswith(DIAGRAMS):
            _add_diagram(found, Reader(path, content, executable, known=known, forgiving=forgiving))
        elif path.lower().endswith(".dmn"):
            _add_decisions(found, path, content, known, files)
    for process in found.processes.values():
        found.problems += _references(process, found.processes, found.decisions)
    return found


def _add_diagram(found: Files, reader: Reader) -> None:
    found.problems += reader.problems
    found.notes += reader.notes
    found.drafts += reader.drafts
    found.collaboration.add(reader.collaboration)
    for ident, process in reader.processes.items():
        if ident in found.processes:
            other = found.processes[ident].file
            found.problems.append(Problem(reader.file, ident, f"“{other}” has a process with this id too. Give each its own."))
        found.processes[ident] = process


def _add_decisions(found: Files, path: str, content: bytes, known: bool, files: Mapping[str, bytes]) -> None:
    beside = {other: text for other, text in files.items() if other != path and other.lower().endswith(".dmn")}
    read, wrong = dmn.read(content, path, beside=beside, known=known)
    found.problems += wrong
    for ident in read.ids:
        if ident in found.decisions:
            found.problems.append(Problem(path, ident, "Another file has a decision with this id too. Give each its own."))
    found.decisions |= dict.fromkeys(read.ids, read)


def _references(process: Process, processes: Mapping[str, Process], decisions: Decisions) -> Iterator[Problem]:
    """Calls of processes and decisions that are not there. What an expression names is only known in a case."""
    for element in process.scope.everything():
        problem = partial(Problem, process.file, element.id)
        called = element.zeebe.get("calledElement", "processId")
        if called and not called.startswith("=") and called not in processes:
            yield problem(f"It calls the process “{called}”, which is not among the files or not executable. Add it or correct the id.")
        elif called in processes and len(blank := processes[called].scope.blank_starts) > 1:
            said = "and nothing says at which of them it begins. Call a process with one."
            yield problem(f"It calls the process “{called}”, which has {len(blank)} start events without an event, {said}")
        decision = element.zeebe.get("calledDecision", "decisionId")
        if decision and not decision.startswith("=") and decision not in decisions:
            yield problem(f"It asks the decision “{decision}”, which is not among the files. Add it or correct the id.")
        if element.kind == "endEvent" and "cancel" in element.event_kinds and not _can_cancel(element, process):
            yield problem("It cancels no transaction. Draw it directly in a transaction that has a cancel event on its border.")


def _can_cancel(element: Element, process: Process) -> bool:
    everything = process.scope.everything()
    around = next((other for other in everything if other.id == element.parent), None)
    if around is None or around.kind != "transaction":
        return False
    return any(other.host == around.id and "cancel" in other.event_kinds for other in everything)
