"""Which processes of the files are rehearsed, and how each of them begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from engine import calendars, feel, spiff
from engine.errors import Problem, Trouble
from engine.spiff import Definitions, ElementFacts, ProcessFacts

NEITHER = "The file is neither a diagram (.bpmn) nor decision tables (.dmn). Leave it out, or give it its ending."


def compiled(files: Mapping[str, bytes], named: Sequence[str]) -> tuple[Definitions, list[Problem]]:
    """The files as a rehearsal reads them: with the drafts that are named, and those that are called."""
    wanted = set(named)
    while True:
        definitions, problems = spiff.compile_procedure(files, executable=wanted, forgiving=True)
        called = _called(definitions) & set(definitions.drafts)
        if not called - wanted:
            break
        wanted |= called
    unread = [Problem(path, "", NEITHER) for path in files if not path.lower().endswith((*spiff.DIAGRAMS, ".dmn"))]
    return definitions, [*unread, *problems]


def choose(
    definitions: Definitions, named: Sequence[str], at: datetime, start_events: Sequence[str] = ()
) -> tuple[list[str], list[Problem]]:
    """The processes to start: those named, and of the start events named; else those of the pools, else the only one that no other
    calls."""
    known = list(definitions.processes)
    owners = {ident: process for process, facts in definitions.processes.items() for ident in facts.starts}
    if missing := [ident for ident in start_events if ident not in owners]:
        said = f"It is no start event of a process. The files have: {', '.join(owners) or 'none'}."
        return [], [Problem("", ident, said) for ident in missing]
    named = list(dict.fromkeys([*named, *(owners[ident] for ident in start_events)]))
    have = ", ".join(filter(None, [*known, *definitions.drafts])) or "none"
    if missing := [process for process in named if process not in known]:
        return [], [Problem("", process, f"There is no such process. The files have: {have}.") for process in missing]
    called = _called(definitions)
    pooled = [process for process in definitions.collaboration.pools.values() if process in known and process not in called]
    by_itself = [process for process in known if process not in called and not _is_awakened(definitions, process)]
    free = list(dict.fromkeys(named or pooled or by_itself))
    if not known:
        return [], [Problem("", "", f"No process is executable. Tick “Executable”, or name the process to play. The files have: {have}.")]
    if not named and not pooled and len(free) != 1:
        return [], [Problem("", "", f"Say which process to play. The files have: {have}.")]
    return free, [problem for process in free for problem in _untimely(definitions.processes[process], at)]


def _untimely(process: ProcessFacts, at: datetime) -> Iterator[Problem]:
    """Timer start events whose time cannot be told."""
    for element in process.beginnings:
        if element.event == "timer":
            try:
                first_start(element, at)
            except Trouble as error:
                yield Problem(process.path, element.id, str(error))


def _called(definitions: Definitions) -> set[str]:
    return {element.called_process for process in definitions.processes.values() for element in process.elements.values()}


def _is_awakened(definitions: Definitions, process: str) -> bool:
    """True for a process that others of the files start, by a message or signal."""
    facts = definitions.processes[process]
    return not begins_at_once(definitions, facts, set()) and not any(element.event == "timer" for element in facts.beginnings)


def begins_at_once(definitions: Definitions, process: ProcessFacts, sent: set[tuple[str, str]]) -> list[str | None]:
    """Where a process that is to be rehearsed begins by itself, once at each; None is where it has no event. Nowhere: it begins when
    its event happens.

    sent: the messages and signals, by kind and name, that come from outside. One that nobody could send is taken as having come.
    """
    waiting = process.beginnings
    if len(process.blank_starts) > 1:
        return list(process.blank_starts)
    if not waiting or not all(process.elements[ident].event for ident in process.starts):
        return [None]
    thrown = {
        (one.event, one.event_name) for each in definitions.processes.values() for element in _throwing(each) for one in element.triggers
    }
    for element in waiting:
        if element.event == "timer" or (element.event, element.event_name) in thrown | sent:
            return []
    return [waiting[0].id]


def _throwing(process: ProcessFacts) -> list[ElementFacts]:
    return [element for element in process.elements.values() if element.kind in ("sendTask", "intermediateThrowEvent", "endEvent")]


def first_start(element: ElementFacts, at: datetime) -> calendars.Firing:
    """When a timer start event begins its process for the first time."""
    text = element.timer_value
    value = feel.evaluate(text[1:], {}, now=at) if text.startswith("=") else text
    if not isinstance(value, str):
        raise Trouble(f"The timer of “{element.name or element.id}” gives no text. A start event knows no variables. Correct “{text}”.")
    return calendars.first_firing(element.timer, value, at)
