"""An administrator at work on a case; after each act its rows are as they should be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from engine import clock, history
from engine.database import transaction
from engine.identity import Actor
from engine.models import Job, JobState, ProcessInstance, TaskState, UserTask
from tests.diagrams import boundary, properties, timer, user_task
from tests.engine.agreement import disagreements
from tests.engine.standing import Garden, note

TASK = {"form": "do", "candidateGroups": "secretary"}
WHY = "The council asked for it."
STATUTORY = properties(deadline="Decision", countedFromWhat="asked")
BODY = (
    user_task("dig", **TASK, name="Dig it over")
    + boundary("by", "dig", timer("timeDuration", "P7D"), STATUTORY, interrupting=False)
    + boundary("nudge", "dig", timer("timeCycle", "R/P2D"), interrupting=False)
    + note("remind", "Send a reminder")
    + user_task("sow", **TASK, name="Sow")
    + user_task("water", **TASK, name="Water")
)
ARROWS = "asked dig; dig sow; sow water; water end; nudge remind"


class Office:
    """An administrator at work on one case."""

    def __init__(self, garden: Garden, ada: Actor, **variables: Any) -> None:
        self.garden, self.ada = garden, ada
        self.id: UUID = garden.start(**variables)
        self.reference: str = self.case.business_key

    @property
    def case(self) -> ProcessInstance:
        return self.read(lambda session: session.get_one(ProcessInstance, self.id))

    def read(self, look: Callable[[Any], Any]) -> Any:
        with clock.moved_to(self.garden.now), transaction(self.garden.sessions, reading=True) as session:
            return look(session)

    def rows(self, kind: Any, **having: Any) -> Sequence[Any]:
        return self.read(lambda session: session.scalars(select(kind).filter_by(instance_id=self.id, **having)).unique().all())

    def do(self, act: Callable[..., Any], *given: Any, **more: Any) -> Any:
        """One act, a minute later; afterwards the rows are as they should be."""
        self.garden.now += timedelta(minutes=1)
        with clock.moved_to(self.garden.now), transaction(self.garden.sessions) as session:
            answer = act(session, self.ada, self.reference, *given, **({"reason": WHY} | more))
        self.agree()
        return answer

    def agree(self) -> None:
        assert self.read(lambda session: disagreements(session, session.get_one(ProcessInstance, self.id))) == []

    def open_tasks(self) -> list[str]:
        return sorted(task.element_id for task in self.rows(UserTask, state=TaskState.OPEN))

    def task(self, element_id: str) -> UUID:
        [task] = self.rows(UserTask, element_id=element_id, state=TaskState.OPEN)
        return UUID(str(task.id))

    def timer(self, element_id: str) -> Job:
        [job] = self.rows(Job, element_id=element_id, state=JobState.WAITING)
        found: Job = job
        return found

    def told(self, what: str) -> list[dict[str, Any]]:
        """Details of the events of this kind, all by the administrator."""
        events = [e for e in self.read(lambda s: history.events(s, s.get_one(ProcessInstance, self.id))) if e.what == what]
        assert {event.actor_id for event in events} <= {self.ada.id}
        return [event.detail for event in events]
