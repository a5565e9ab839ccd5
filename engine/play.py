"""Rehearsing diagrams: the real engine in memory, with a clock that jumps to whatever is due and answers prepared in advance.

What cannot be rehearsed is simple: a job without an answer is taken as done without a result, for no worker runs here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import clock, dmn, spiff
from .errors import NotFound, Problem, Refused
from .waits import JobWait, MessageWait, SignalWait, Thrown, TimerWait, TroubleWait, UserTaskWait, Wait

MOST_MOVES = 10_000  # completions and firings; more is a rehearsal that never ends
KINDS: dict[type[Wait], str] = {
    UserTaskWait: "user task",
    JobWait: "job",
    TimerWait: "timer",
    MessageWait: "message",
    SignalWait: "signal",
    TroubleWait: "problem",
}
Event = dict[str, Any]


def play(
    files: Mapping[str, bytes], *, process: str | None = None, variables: Mapping[str, Any] | None = None,
    answers: Mapping[str, Any] | None = None, until: datetime | None = None, start: datetime | None = None,
) -> Iterator[Event]:  # fmt: skip
    """Run a process and tell what happens: one dict for each event, and at last the state, the variables and what waits.

    answers: by element id, the values for it, or a list of them with one for each time. User tasks without one stop the run; so
    do messages from outside. until: the clock runs on to this moment although tasks wait. A process that its file does not mark
    as executable may be played by naming it.
    """
    definitions, problems = spiff.compile_procedure(files, executable=[process] if process else [])
    if not problems:
        process, problems = _choose(definitions, process)
    if problems or process is None:
        yield {"state": "refused", "problems": [str(problem) for problem in problems], "variables": dict(variables or {}), "waiting": []}
        return
    yield from _Rehearsal(definitions, answers or {}, start or clock.now(), until).run(process, variables or {})


def decide(xml: bytes, path: str, decision: str, given: Mapping[str, Any]) -> Any:
    """The result of a decision of a DMN file."""
    decisions, problems = dmn.read(xml, path)
    if problems:
        raise Refused(problems)
    if decision not in decisions.ids:
        raise NotFound(f"There is no decision “{decision}” in {path}. It has: {', '.join(decisions.ids)}.")
    return decisions.decide(decision, given)[0]


def _choose(definitions: spiff.Definitions, process: str | None) -> tuple[str | None, list[Problem]]:
    """The process to play: the one named, or the only one that no other calls."""
    if process is not None and process not in definitions.processes:
        return None, [Problem("", process, f"There is no such process. The files have: {', '.join(definitions.processes) or 'none'}.")]
    called = {element.called_process for facts in definitions.processes.values() for element in facts.elements.values()}
    candidates = [process] if process else [ident for ident in definitions.processes if ident not in called]
    if len(candidates) != 1:
        return None, [Problem("", "", f"Say which process to play. The files have: {', '.join(definitions.processes)}.")]
    return candidates[0], []


@dataclass
class _Played:
    """One instance of the rehearsal."""

    name: str
    running: spiff.Running


class _Rehearsal:
    def __init__(self, definitions: spiff.Definitions, answers: Mapping[str, Any], now: datetime, until: datetime | None) -> None:
        self.definitions = definitions
        self.answers = {element: list(given) if isinstance(given, list) else given for element, given in answers.items()}
        self.now = now
        self.until = until
        self.played: list[_Played] = []
        self.kept: list[Thrown] = []  # messages that nobody awaits yet
        self.moves = 0

    def run(self, process: str, variables: Mapping[str, Any]) -> Iterator[Event]:
        yield from self._begin(process, variables, None)
        while self.moves < MOST_MOVES:
            moved = False
            for event in self._move():
                moved = True
                yield event
            if not moved:
                break
        yield self._outcome()

    def _begin(self, process: str, variables: Mapping[str, Any], start_event: str | None) -> Iterator[Event]:
        count = sum(played.running.process_key == process for played in self.played)
        running = spiff.start(self.definitions, process, variables, at=self.now, start_event=start_event)
        played = _Played(process if not count else f"{process} {count + 1}", running)
        self.played.append(played)
        yield from self._tell(played)

    def _move(self) -> Iterator[Event]:
        """One thing that can happen now; else the clock goes on to the next timer."""
        for played in self.played:
            for wait in played.running.waits.values():
                values = self._values_for(wait)
                if values is not None:
                    yield from self._step(played, wait, values)
                    return
        yield from self._next_timer()

    def _values_for(self, wait: Wait) -> dict[str, Any] | None:
        """What to complete a wait with, or None when it has to wait."""
        kept = self._kept_for(wait)
        if kept is not None:
            return dict(kept.variables)
        if not isinstance(wait, UserTaskWait | JobWait | MessageWait | SignalWait):
            return None
        given = self.answers.get(wait.element_id)
        if isinstance(given, list):
            return dict(given.pop(0)) if given else None
        if given is not None and not isinstance(wait, UserTaskWait | JobWait):
            del self.answers[wait.element_id]  # a message arrives once, or as often as the list says
        if given is None and isinstance(wait, JobWait):
            return {}
        return None if given is None else dict(given)

    def _kept_for(self, wait: Wait) -> Thrown | None:
        for thrown in self.kept:
            if _reaches(thrown, wait):
                self.kept.remove(thrown)
                return thrown
        return None

    def _next_timer(self) -> Iterator[Event]:
        timers = [
            (wait.due_at, played, wait) for played in self.played for wait in played.running.waits.values() if isinstance(wait, TimerWait)
        ]
        if not timers:
            return
        due, played, wait = min(timers, key=lambda timer: timer[0])
        if due > self.until if self.until else self._somebody_is_asked():
            return
        self.now = max(self.now, due)
        yield from self._step(played, wait, {})

    def _somebody_is_asked(self) -> bool:
        return any(isinstance(wait, UserTaskWait | TroubleWait) for played in self.played for wait in played.running.waits.values())

    def _step(self, played: _Played, wait: Wait, values: dict[str, Any]) -> Iterator[Event]:
        self.moves += 1
        running = played.running = spiff.load(self.definitions, played.running.dump(), at=self.now)
        if isinstance(wait, TimerWait):
            running.fire(wait.token)
        elif isinstance(wait, UserTaskWait | JobWait):
            running.complete(wait.token, values)
        else:
            running.receive(wait.token, values)
        yield from self._tell(played)

    def _tell(self, played: _Played) -> Iterator[Event]:
        for happening in played.running.happened:
            yield self._event(played, happening.process_key, happening.element_id, happening.what, happening.name, happening.detail)
        for thrown in list(played.running.thrown):
            yield self._event(played, played.running.process_key, "", f"{thrown.kind}_sent", thrown.name, {"key": thrown.correlation_key})
            yield from self._deliver(played, thrown)

    def _event(self, played: _Played, process: str, element: str, what: str, name: str, detail: dict[str, Any]) -> Event:
        return {
            "time": self.now.isoformat(), "instance": played.name, "process": process, "element": element,
            "what": what, "name": name, "detail": detail,
        }  # fmt: skip

    def _deliver(self, source: _Played, thrown: Thrown) -> Iterator[Event]:
        """A message to the first that awaits it, else to a process that it starts, else it is kept; a signal to all others."""
        reached = False
        for played in list(self.played):
            for wait in list(played.running.waits.values()):
                # A signal has reached its own instance already.
                if (
                    _reaches(thrown, wait)
                    and not (thrown.kind == "signal" and played is source)
                    and not (thrown.kind == "message" and reached)
                ):
                    reached = True
                    yield from self._step(played, wait, dict(thrown.variables))
        for process, facts in self.definitions.processes.items():
            for start in (facts.elements[ident] for ident in facts.starts):
                if (start.event, start.event_name) == (thrown.kind, thrown.name) and not (thrown.kind == "message" and reached):
                    reached = True
                    yield from self._begin(process, thrown.variables, start.id)
        if thrown.kind == "message" and not reached:
            self.kept.append(thrown)

    def _outcome(self) -> Event:
        waits = [(played, wait) for played in self.played for wait in played.running.waits.values()]
        if any(isinstance(wait, TroubleWait) for _, wait in waits):
            state = "incident"
        else:
            state = "completed" if all(played.running.completed for played in self.played) else "waiting"
        return {"state": state, "variables": self.played[0].running.variables, "waiting": [_told(played, wait) for played, wait in waits]}


def _reaches(thrown: Thrown, wait: Wait) -> bool:
    if thrown.kind == "signal":
        return isinstance(wait, SignalWait) and wait.signal == thrown.name
    return isinstance(wait, MessageWait) and wait.message == thrown.name and wait.correlation_key in (None, thrown.correlation_key)


def _told(played: _Played, wait: Wait) -> Event:
    told = {
        "instance": played.name,
        "element": wait.element_id,
        "name": wait.name,
        "kind": KINDS.get(type(wait), "condition"),
        "token": str(wait.token),
    }
    match wait:
        case TimerWait():
            told["due"] = wait.due_at.isoformat()
        case UserTaskWait(due_at=datetime() as due):
            told["due"] = due.isoformat()
        case TroubleWait():
            told["problem"] = wait.message
    return told
