"""Cases of a procedure that a test draws itself: deployed for real, started, and moved through time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from engine import clock, deadlines, deployments, identity, insight, instances, jobs, tasks
from engine.database import Sessions, transaction
from engine.identity import SYSTEM, Actor
from engine.models import Deadline, ProcessInstance, TaskState, UserTask
from tests.conftest import PASSWORD
from tests.diagrams import diagram, element, end, process
from tests.engine.drawn import content, text

MORNING = datetime(2026, 3, 3, 9, tzinfo=UTC)  # a Tuesday
DESCRIPTOR = b"""
key = "garden"
name = "Garden reports"
[start]
process = "p"
who = ["secretary"]
[reference]
prefix = "G-"
[roles.secretary]
name = "Secretary"
sees = "cases"
[roles.warden]
name = "Warden"
per = "organisation"
[organisations.north]
name = "North field"
[organisations.south]
name = "South field"
"""
ASKED = element("startEvent", "asked", "", '<zeebe:formDefinition formId="ask"/>', name="Asked")
FORMS = {"do.form": content(text("note"), id="do"), "ask.form": content(*map(text, ("fields", "due", "height")), id="ask")}
LETTER = b"---\nsubject: Reminder\n---\nPlease remember.\n"


def bundle(body: str, arrows: str, *files: bytes, also: str = "", key: str = "p") -> dict[str, bytes]:
    """The files of a procedure whose process begins at `asked` and ends at `end`."""
    drawn = {"p.bpmn": diagram(also, process(ASKED + body + end(), arrows, key, name="Reports"))}
    return (
        drawn
        | {f"{number}.bpmn": file for number, file in enumerate(files)}
        | FORMS
        | {"procedure.toml": DESCRIPTOR, "letters/note.md": LETTER}
    )


def note(ident: str, name: str) -> str:
    """A send task that writes to the secretary."""
    parts = (
        '<zeebe:taskDefinition type="send-letter"/><zeebe:taskHeaders><zeebe:header key="template" value="note"/></zeebe:taskHeaders>'
        '<zeebe:ioMapping><zeebe:input source="secretary" target="to"/></zeebe:ioMapping>'
    )
    return element("sendTask", ident, "", parts, name=name)


class Garden:
    """The procedure on one database, with people, at a moment that the test moves."""

    def __init__(self, sessions: Sessions, files: dict[str, bytes]) -> None:
        self.sessions, self.now = sessions, MORNING
        with clock.moved_to(MORNING), transaction(sessions) as session:
            deployments.deploy(session, deployments.read([]) | files)
            self.rosa = self._person(session, "Rosa Field", "secretary")
            self.wim = self._person(session, "Wim Bed", "warden:north")

    def _person(self, session: Any, name: str, group: str) -> Actor:
        email = f"{name.lower().replace(' ', '.')}@example.org"
        return identity.actor_for(session, identity.add_person(session, email=email, name=name, password=PASSWORD, groups=[group]))

    def start(self, **variables: Any) -> UUID:
        """A new case, with everything done that is due."""
        with clock.moved_to(self.now), transaction(self.sessions) as session:
            case = instances.start(session, SYSTEM, "garden", variables).id
        self._run()
        return case

    def later(self, **time: float) -> Garden:
        """Time passes; what becomes due is done."""
        self.now += timedelta(**time)
        self._run()
        return self

    def _run(self) -> None:
        with clock.moved_to(self.now):
            jobs.run_due(self.sessions)

    def complete(self, element_id: str, subject: str = "", **values: Any) -> None:
        """Somebody does an open task, a minute later."""
        self.now += timedelta(minutes=1)
        with clock.moved_to(self.now), transaction(self.sessions) as session:
            open_one = select(UserTask.id).where(
                UserTask.element_id == element_id, UserTask.subject == subject, UserTask.state == TaskState.OPEN
            )
            tasks.complete_with(session, self.rosa, session.scalars(open_one.limit(1)).one(), values)
        self._run()

    def waiting(self, case: UUID) -> list[insight.Waiting]:
        """What the case waits for now."""
        with clock.moved_to(self.now), transaction(self.sessions, reading=True) as session:
            return insight.waiting(session, session.get_one(ProcessInstance, case))

    def sentences(self, case: UUID) -> list[str]:
        """The same in words."""
        with clock.moved_to(self.now):
            return [waiting.sentence for waiting in self.waiting(case)]

    def lines(self, actor: Actor | None = None, **asked: Any) -> list[insight.CaseLine]:
        """The board as this person sees it; without one, as the secretary does."""
        with clock.moved_to(self.now), transaction(self.sessions, reading=True) as session:
            return insight.cases(session, actor or self.rosa, **asked)

    def deadlines(self, case: UUID) -> list[Deadline]:
        """The case's deadlines."""
        with transaction(self.sessions, reading=True) as session:
            return deadlines.of_instance(session, session.get_one(ProcessInstance, case))
