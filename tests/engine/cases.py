"""A case for tests: a running instance that goes through its stored bytes after every step, so that every test is one of loading too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from engine import spiff
from engine.waits import ConditionWait, Happening, JobWait, MessageWait, SignalWait, Thrown, TimerWait, TroubleWait, UserTaskWait, Wait
from tests.diagrams import diagram, process

MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)


class Case:
    """Runs the process "p" of the first file."""

    def __init__(
        self, *files: bytes, variables: dict[str, Any] | None = None, start_event: str | None = None, dmn: bytes | None = None
    ) -> None:
        named = {f"{number}.bpmn": content for number, content in enumerate(files)} | ({"tables.dmn": dmn} if dmn else {})
        self.definitions, problems = spiff.compile_procedure(named)
        assert problems == [], problems
        self._begin(variables or {}, start_event)

    def another(self, variables: dict[str, Any]) -> Case:
        """A second case of the same deployment."""
        other = Case.__new__(Case)
        other.definitions = self.definitions
        other._begin(variables, None)
        return other

    def _begin(self, variables: dict[str, Any], start_event: str | None) -> None:
        self.now = MONDAY
        self.chunks: dict[str, bytes] = {}
        self.happened: list[Happening] = []
        self.thrown: list[Thrown] = []
        self._running = spiff.start(self.definitions, "p", variables, at=self.now, start_event=start_event)
        self._store()

    # What is seen

    @property
    def open(self) -> list[str]:
        """Ids of the elements that wait for a person or a worker."""
        return sorted(wait.element_id for wait in self._waits(UserTaskWait, JobWait))

    @property
    def troubles(self) -> list[tuple[str, str]]:
        return [(wait.element_id, wait.message) for wait in self._waits(TroubleWait) if isinstance(wait, TroubleWait)]

    @property
    def conditions(self) -> list[str]:
        return [wait.element_id for wait in self._waits(ConditionWait)]

    @property
    def variables(self) -> dict[str, Any]:
        return dict(self._running.variables)

    @property
    def done(self) -> bool:
        return self._running.completed

    @property
    def next_due(self) -> datetime | None:
        return min((timer.due_at for timer in self.timers()), default=None)

    @property
    def waits(self) -> list[Wait]:
        """Everything it waits for."""
        return list(self._running.waits.values())

    def timers(self) -> list[TimerWait]:
        return [wait for wait in self._waits(TimerWait) if isinstance(wait, TimerWait)]

    def tasks(self, element: str) -> list[Any]:
        """What waits at an element, in the order in which it came there."""
        return [wait for wait in self._running.waits.values() if wait.element_id == element]

    def task(self, element: str) -> Any:
        return self.tasks(element)[0]

    def scope(self, element: str, number: int = 0) -> dict[str, Any]:
        return dict(self._running.scope(self.tasks(element)[number].token))

    def scope_of(self, token: UUID) -> Mapping[str, Any]:
        return self._running.scope(token)

    def count(self, element: str, what: str = "completed") -> int:
        return sum((happening.element_id, happening.what) == (element, what) for happening in self.happened)

    def seen(self, what: str) -> list[str]:
        return [happening.element_id for happening in self.happened if happening.what == what]

    # What is done

    def complete(self, element: str, number: int = 0, **values: Any) -> Case:
        return self.complete_token(self.tasks(element)[number].token, values)

    def complete_token(self, token: UUID, values: dict[str, Any]) -> Case:
        self._running.complete(token, values)
        return self._store()

    def error(self, element: str, code: str, **values: Any) -> bool:
        return self.fail(self.task(element).token, code, values)

    def fail(self, token: UUID, code: str, values: dict[str, Any] | None = None) -> bool:
        caught = self._running.throw_error(token, code, values or {})
        self._store()
        return caught

    def retry(self, element: str, **values: Any) -> Case:
        self._running.retry(next(wait.token for wait in self._waits(TroubleWait) if wait.element_id == element), values)
        return self._store()

    def move(self, element: str, target: str, number: int = 0) -> Case:
        return self.move_token(self.tasks(element)[number].token, target)

    def move_token(self, token: UUID, target: str) -> Case:
        self._running.move(token, target)
        return self._store()

    def skip(self, element: str) -> Case:
        return self.skip_token(self.task(element).token)

    def skip_token(self, token: UUID) -> Case:
        self._running.skip(token)
        return self._store()

    def reschedule(self, element: str, due_at: datetime) -> Case:
        self._running.reschedule(self.task(element).token, due_at)
        return self._store()

    def terminate(self) -> Case:
        self._running.terminate()
        return self._store()

    def withdraw(self, element: str) -> Case:
        self._running.withdraw(self.task(element).token)
        return self._store()

    def destinations(self, element: str) -> list[str]:
        return sorted(self._running.destinations(self.task(element).token))

    def around(self, element: str) -> list[Wait]:
        return self._running.around(self.task(element).token)

    def message(self, name: str, key: object = None, **values: Any) -> bool:
        """A message arrives; the oldest of those that await it gets it."""
        for wait in self._waits(MessageWait):
            if isinstance(wait, MessageWait) and wait.message == name and wait.correlation_key in (None, str(key)):
                self._running.receive(wait.token, values)
                self._store()
                return True
        return False

    def signal(self, name: str, **values: Any) -> None:
        for wait in self._waits(SignalWait):
            if isinstance(wait, SignalWait) and wait.signal == name:
                self._running.receive(wait.token, values)
                self._store()

    def later(self, **time: float) -> Case:
        return self.until(self.now + timedelta(**time))

    def until(self, moment: datetime) -> Case:
        """Time passes, and every timer fires when it is due."""
        while (due := self.next_due) is not None and due <= moment:
            self.wake(due)
        return self.wake(moment)

    def wake(self, moment: datetime) -> Case:
        """It is `moment`, and everything overdue fires now: the server was off until then."""
        self.now = moment
        self._load(moment)
        for timer in sorted(self.timers(), key=lambda timer: timer.due_at):
            if timer.due_at <= moment and timer.token in self._running.waits:
                self._running.fire(timer.token)
        return self._store()

    def receive(self, token: UUID, values: dict[str, Any] | None = None) -> Case:
        self._running.receive(token, values or {})
        return self._store()

    def fire(self, token: UUID) -> Case:
        self._running.fire(token)
        return self._store()

    def _waits(self, *kinds: type[Wait]) -> list[Wait]:
        return [wait for wait in self._running.waits.values() if isinstance(wait, kinds)]

    def _store(self) -> Case:
        self.happened += self._running.happened
        self.thrown += self._running.thrown
        waits, variables = self._running.waits, dict(self._running.variables)
        parts = self._running.store()
        self.stored = parts.state
        self.chunks = {ident: content for ident, content in (self.chunks | parts.new).items() if ident not in parts.unused}
        self._load(self.now)
        assert (self._running.waits, self._running.variables) == (waits, variables)
        return self

    def _load(self, moment: datetime) -> None:
        self._running = spiff.load(self.definitions, self.stored, at=moment, read=self.chunks.__getitem__)


def case(
    body: str, arrows: str, variables: dict[str, Any] | None = None, *, also: str = "", files: tuple[bytes, ...] = (), **options: Any
) -> Case:
    """A case of a process drawn in a line. `also`: messages, errors and so on of the file."""
    return Case(diagram(also, process(body, arrows)), *files, variables=variables, **options)


def problems_in(body: str, arrows: str, also: str = "") -> dict[str, str]:
    """What is wrong with a process, by element."""
    _, problems = spiff.compile_procedure({"p.bpmn": diagram(also, process(body, arrows))})
    found: dict[str, str] = {}
    for problem in problems:
        found[problem.element] = " ".join([*filter(None, [found.get(problem.element)]), problem.message])
    return found
