"""A rehearsal in JSON: each event, each wait and the outcome as plain values that are the same in every run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from engine.errors import Problem
from engine.spiff import ElementFacts
from engine.waits import ConditionWait, Happening, JobWait, MessageWait, SignalWait, Thrown, TimerWait, TroubleWait, UserTaskWait, Wait

KINDS: dict[type[Wait], str] = {
    UserTaskWait: "user task", JobWait: "job", TimerWait: "timer", MessageWait: "message", SignalWait: "signal", TroubleWait: "incident",
    ConditionWait: "condition", Wait: "join",
}  # fmt: skip
Event = dict[str, Any]


class Numbers:
    """Tokens as small numbers, in the order in which they are first told of, with the activity instance each one is inside."""

    def __init__(self) -> None:
        self._numbers: dict[UUID, int] = {}
        self._scopes: dict[UUID, UUID | None] = {}

    def number(self, token: UUID | None) -> int | None:
        return None if token is None else self._numbers.setdefault(token, len(self._numbers) + 1)

    def happened(self, instance: int, happening: Happening, at: datetime) -> Event:
        if happening.token is not None:
            self._scopes[happening.token] = happening.scope
        return event(
            at, instance, happening.process_key, happening.element_id, happening.what, happening.name,
            token=self.number(happening.token), scope=self.number(happening.scope), **happening.detail,
        )  # fmt: skip

    def sent(self, instance: int | None, thrown: Thrown, at: datetime) -> Event:
        """A message or signal leaves an instance, or comes from outside."""
        token = self.number(thrown.token)
        scope = self.number(self._scopes.get(thrown.token)) if thrown.token else None
        detail = {"key": thrown.correlation_key, "variables": thrown.variables}
        what = f"{thrown.kind}_sent"
        return event(at, instance, thrown.process_key, thrown.element_id, what, thrown.name, token=token, scope=scope, **detail)

    def reached(self, instance: int, wait: Wait, what: str, name: str, at: datetime, detail: Mapping[str, Any]) -> Event:
        """Something that is waited for has come."""
        token, scope = self.number(wait.token), self._scope(wait)
        return event(at, instance, wait.process_key, wait.element_id, what, name, token=token, scope=scope, **detail)

    def waiting(self, instance: int, wait: Wait) -> Event:
        told: Event = {
            "instance": instance, "process": wait.process_key, "element": wait.element_id, "name": wait.name,
            "kind": KINDS[type(wait)], "token": self.number(wait.token), "scope": self._scope(wait),
        }  # fmt: skip
        match wait:
            case TimerWait():
                told["due"] = wait.due_at.isoformat()
            case UserTaskWait(due_at=datetime() as due):
                told["due"] = due.isoformat()
            case JobWait():
                told["type"] = wait.job_type
            case MessageWait():
                told |= {"message": wait.message, "key": wait.correlation_key}
            case SignalWait():
                told["signal"] = wait.signal
            case TroubleWait():
                told["problem"] = wait.message
        return told

    def _scope(self, wait: Wait) -> int | None:
        """What is attached to an activity is in the scope of that activity."""
        tokens = [wait.token, *([wait.host_token] if isinstance(wait, TimerWait) and wait.host_token else [])]
        return self.number(next((self._scopes[token] for token in tokens if token in self._scopes), None))


def event(
    at: datetime, instance: int | None, process: str, element: str, what: str, name: str, *, token: int | None = None,
    scope: int | None = None, **detail: Any,
) -> Event:  # fmt: skip
    """One line."""
    return {
        "time": at.isoformat(), "instance": instance, "process": process, "element": element, "token": token, "scope": scope,
        "what": what, "name": name, "detail": detail,
    }  # fmt: skip


def waiting_start(start: ElementFacts) -> Event:
    """A start event that did not happen."""
    told: Event = {"instance": None, "process": start.scope, "element": start.id, "name": start.name or start.id, "kind": start.event}
    return told | {"token": None, "scope": None} | ({start.event: start.event_name} if start.event_name else {})


def told_note(note: Problem, at: datetime) -> Event:
    """Something that a deployment would refuse."""
    return event(at, None, "", note.element, "note", "", file=note.file, sentence=note.message)


def refused(problems: Sequence[Problem]) -> Event:
    """The last line where nothing was run."""
    told = [{"file": problem.file, "element": problem.element, "sentence": problem.message} for problem in problems]
    return {"state": "refused", "problems": told, "variables": {}, "instances": [], "waiting": [], "unused": []}
