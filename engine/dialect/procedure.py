"""All the diagrams and decision tables of a procedure, and what does not fit between them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial

from engine import dmn
from engine.errors import Problem

from .model import Element, Process
from .reader import Reader

Decisions = Mapping[str, dmn.Decisions]


def read_procedure(
    files: Mapping[str, bytes], executable: Collection[str], known: bool
) -> tuple[dict[str, Process], dict[str, dmn.Decisions], list[Problem]]:
    """Read every *.bpmn and *.dmn; processes and decisions by id, and all problems in the order of the files."""
    processes: dict[str, Process] = {}
    decisions: dict[str, dmn.Decisions] = {}
    problems: list[Problem] = []
    for path, content in sorted(files.items()):
        if path.endswith(".bpmn"):
            reader = Reader(path, content, executable, known=known)
            problems += reader.problems
            for ident, process in reader.processes.items():
                if ident in processes:
                    problems.append(Problem(path, ident, f"“{processes[ident].file}” has a process with this id too. Give each its own."))
                processes[ident] = process
        elif path.endswith(".dmn"):
            found, wrong = dmn.read(content, path, known=known)
            problems += wrong
            problems += [
                Problem(path, i, "Another file has a decision with this id too. Give each its own.") for i in found.ids if i in decisions
            ]
            decisions |= dict.fromkeys(found.ids, found)
    for process in processes.values():
        problems += _references(process, processes, decisions)
    return processes, decisions, problems


def _references(process: Process, processes: Mapping[str, Process], decisions: Decisions) -> Iterator[Problem]:
    """Calls of processes and decisions that are not there. What an expression names is only known in a case."""
    for element in process.scope.everything():
        problem = partial(Problem, process.file, element.id)
        called = element.zeebe.get("calledElement", "processId")
        if called and not called.startswith("=") and called not in processes:
            yield problem(f"It calls the process “{called}”, which is not among the files or not executable. Add it or correct the id.")
        decision = element.zeebe.get("calledDecision", "decisionId")
        if decision and not decision.startswith("=") and decision not in decisions:
            yield problem(f"It asks the decision “{decision}”, which is not among the files. Add it or correct the id.")
        if element.kind == "endEvent" and element.event_kind == "cancel" and not _can_cancel(element, process):
            yield problem("It cancels no transaction. Draw it directly in a transaction that has a cancel event on its border.")


def _can_cancel(element: Element, process: Process) -> bool:
    everything = process.scope.everything()
    around = next((other for other in everything if other.id == element.parent), None)
    if around is None or around.kind != "transaction":
        return False
    return any(other.host == around.id and other.event_kind == "cancel" for other in everything)
