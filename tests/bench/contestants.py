"""What is measured: a user task completed by our engine, by the plain library, and one row updated. Each does one thing a call."""

from __future__ import annotations

import io
from typing import Any, Protocol

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState as LibraryState
from sqlalchemy import Engine, select, text

from engine import database, deployments, identity, instances, tasks
from engine.identity import Actor
from engine.models import TaskState, UserTask

from .processes import bundle, diagram, key_of

PASSWORD = "a long password"


def clerk(sessions: database.Sessions) -> Actor:
    """Who does every task."""
    with database.transaction(sessions) as session:
        person = identity.by_email(session, "clerk@example.org") or identity.add_person(
            session, email="clerk@example.org", name="Clerk", password=PASSWORD, groups=["clerk"]
        )
        return identity.actor_for(session, person)


class Contestant(Protocol):
    """`prepare` is not measured; `do` is."""

    def prepare(self) -> None: ...
    def do(self) -> None: ...


class Ours:
    """engine.tasks.complete in a transaction of its own: answers checked, process moved, rows and history written, committed."""

    def __init__(self, sessions: database.Sessions, tasks_in_process: int) -> None:
        self.sessions, self.key = sessions, key_of(tasks_in_process)
        with database.transaction(sessions) as session:
            deployments.deploy(session, bundle(tasks_in_process))
        self.clerk = clerk(sessions)
        self.instance_id: Any = None
        self.task_id: Any = None

    def prepare(self) -> None:
        """Find the open task; begin another case where this one is over."""
        waiting = select(UserTask.id).where(UserTask.instance_id == self.instance_id, UserTask.state == TaskState.OPEN)
        with database.transaction(self.sessions, reading=True) as session:
            self.task_id = session.scalar(waiting) if self.instance_id else None
        if self.task_id is None:
            with database.transaction(self.sessions) as session:
                self.instance_id = instances.start(session, self.clerk, self.key, {}).id
            self.prepare()

    def do(self) -> None:
        """Complete it."""
        with database.transaction(self.sessions) as session:
            tasks.complete(session, self.clerk, self.task_id, {"f-answer": ["7"]})


class Bare:
    """The library alone, with its own parser and serializer: load from text, complete, save as text. No database, no history."""

    def __init__(self, tasks_in_process: int) -> None:
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.parse(io.BytesIO(diagram(tasks_in_process, condition="answer >= 0", zeebe=False))))
        self.spec = parser.get_spec(key_of(tasks_in_process))
        self.serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        self.saved = ""

    def prepare(self) -> None:
        """Begin again where the process is over."""
        if not self.saved or self._load().completed:
            workflow = BpmnWorkflow(self.spec)
            workflow.do_engine_steps()
            self.saved = self.serializer.serialize_json(workflow)

    def do(self) -> None:
        """Load, complete, save."""
        workflow = self._load()
        task = next(iter(workflow.get_tasks(state=LibraryState.READY, manual=True)))
        task.data["answer"] = 7
        task.run()
        workflow.do_engine_steps()
        self.saved = self.serializer.serialize_json(workflow)

    def _load(self) -> BpmnWorkflow:
        return self.serializer.deserialize_json(self.saved)


class Update:
    """One UPDATE of one row, committed: what a database asks for anything at all."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE bench (id INTEGER PRIMARY KEY, version INTEGER NOT NULL)"))
            connection.execute(text("INSERT INTO bench VALUES (1, 0)"))

    def prepare(self) -> None:
        """Nothing to prepare."""

    def do(self) -> None:
        """Update it."""
        with self.engine.begin() as connection:
            connection.execute(text("UPDATE bench SET version = version + 1 WHERE id = 1"))
