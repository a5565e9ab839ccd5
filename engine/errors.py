"""What can go wrong, in words a person can act on. The web decides the status of each once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class EngineError(Exception):
    """The base of every error whose text may be shown to the person who caused it."""


class NotFound(EngineError):
    """The thing does not exist, or this actor may not know that it does."""


class Conflict(EngineError):
    """Someone else got there first; nothing of this attempt was kept but what was typed."""


class Suspended(Conflict):
    """An administrator has put the case on hold; nothing can be done in it until it goes on."""


class Invalid(EngineError):
    """What was entered cannot be accepted. `problems` has a sentence for each field, by its key."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = dict(problems)


class TooMany(EngineError):
    """The same thing was tried too often in a short time."""


class Trouble(EngineError):
    """A running instance cannot go on here: it becomes an incident for an administrator."""


class FeelError(Trouble):
    """An expression cannot be read, takes too long, or fails."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing in a procedure's files that would stop a case later."""

    file: str  # path inside the bundle, such as "consideration.bpmn"
    element: str  # id of the element, rule, field or key; "" for the file as a whole
    message: str  # one or two sentences: what is wrong and the cure

    def __str__(self) -> str:
        return f"{self.file}: {self.element + ': ' if self.element else ''}{self.message}"


class Refused(EngineError):
    """A procedure cannot be deployed; nothing of it was stored. `problems` lists everything found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = list(problems)


def sentence_of(error: Exception) -> str:
    """What an administrator may read of an error. Only our own are written for people; others, and what was entered, could be personal."""
    ours = isinstance(error, EngineError) and not isinstance(error, Invalid)
    return str(error) if ours else f"An unexpected error: {type(error).__name__}."
