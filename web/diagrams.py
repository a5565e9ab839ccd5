"""A diagram as a page shows it: drawn by the viewer, and in words beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine import twin
from engine.procedures import Deployed


@dataclass(frozen=True)
class Diagram:
    """One process of a deployment."""

    process_key: str
    name: str
    about: str
    path: str  # of the file it is drawn in
    steps: Sequence[twin.Step]
    here: Mapping[str, int] = field(default_factory=dict)  # where a case stands: element → how often
    called: Mapping[str, str] = field(default_factory=dict)  # element → the process it calls
    is_drawn: bool = True  # False: the file has the steps, but no drawing of them


def diagrams_of(deployed: Deployed, root: str | None = None, here: Mapping[str, Counter[str]] | None = None) -> list[Diagram]:
    """The processes of a deployment, callers first; with a root only those that are reached from it."""
    starts = [root] if root else [*(start.process for start in deployed.procedure.starts), *deployed.definitions.processes]
    return [_diagram(deployed, key, (here or {}).get(key, Counter())) for key in _reached(deployed, starts)]


def _reached(deployed: Deployed, starts: Sequence[str]) -> Iterator[str]:
    """Each of these processes with those it calls, every one once."""
    waiting, seen = list(starts), set()
    while waiting:
        key = waiting.pop(0)
        if key in seen or key not in deployed.definitions.processes:
            continue
        seen.add(key)
        yield key
        waiting[:0] = [e.called_process for e in deployed.definitions.processes[key].elements.values() if e.called_process]


def _diagram(deployed: Deployed, key: str, here: Counter[str]) -> Diagram:
    processes = deployed.definitions.processes
    process = processes[key]
    names = {other: facts.name or other for other, facts in processes.items()}
    called = {e.id: e.called_process for e in process.elements.values() if e.called_process in processes}
    file = deployed.diagrams[process.path]
    steps = twin.describe(process, file, here=here, names=names)
    return Diagram(key, names[key], process.documentation, process.path, steps, here, called, twin.is_drawn(process, file))
