"""Rehearsing diagrams: the real engine in memory, with a clock that jumps to whatever is due and answers prepared in advance.

`casework play` prints what `play` yields; bpmn/README.md describes it for those who read it by program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from engine import dmn
from engine.errors import NotFound, Refused

from .answers import BEGINNING, Answers
from .choosing import choose, compiled
from .rehearsal import Rehearsal
from .telling import Event, refused, told_note

__all__ = ["BEGINNING", "EXIT_CODES", "decide", "play"]

EXIT_CODES = {"completed": 0, "refused": 1, "waiting": 3, "incident": 4, "stopped": 5}  # by the state of the last line


def play(
    files: Mapping[str, bytes], *, processes: Sequence[str] = (), variables: Mapping[str, Any] | None = None,
    answers: Mapping[str, Any] | None = None, start: datetime = BEGINNING, until: datetime | None = None, complete_jobs: bool = False,
    start_events: Sequence[str] = (),
) -> Iterator[Event]:  # fmt: skip
    """Run processes and tell what happens: one dict for each event, and at last the state, the variables and what waits.

    processes: those to start; without any, those of the pools, else the only one that no other calls. variables: what each begins
    with. answers: by element id, with "messages" and "signals" from outside. until: the clock goes no further than this.
    complete_jobs: a job without an answer is done without a result, instead of waiting. start_events: where to begin, of processes that
    could begin at several.
    """
    given = Answers(answers or {}, start)
    definitions, problems = compiled(files, processes)
    chosen: list[str] = []
    if not problems:
        chosen, problems = choose(definitions, processes, start, start_events)
    for note in definitions.notes:
        yield told_note(note, start)
    if problems:
        yield refused(problems)
        return
    yield from Rehearsal(definitions, given, start, until, complete_jobs=complete_jobs).run(chosen, variables or {}, start_events)


def decide(
    xml: bytes, path: str, decision: str, given: Mapping[str, Any], *, beside: Mapping[str, bytes] | None = None, types: bool = False
) -> tuple[Any, list[str]]:
    """The result of a decision of a DMN file, and why what is null in it could not be decided.

    The rest of the file need not be right: a problem elsewhere does not keep this decision from being tried. beside: other files, for
    the models that it imports.
    """
    decisions, problems = dmn.read(xml, path, beside=beside)
    if not decisions.askable:
        raise Refused(problems)
    if decision not in {*decisions.askable, *decisions.askable.values()}:
        raise NotFound(f"There is no decision “{decision}” in {path}. It has: {', '.join(decisions.askable)}.")
    return decisions.answer(decision, given, types=types)
