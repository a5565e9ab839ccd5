"""A procedure of one task with one form, for tests of what forms do in a browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from engine import database, deployments, identity, instances
from engine.identity import Actor
from engine.models import ProcessInstance, Submission, TaskState, UserTask
from tests.engine.drawn import Drawn, content, text

PROCEDURE = b"""
key = "asking"
name = "Asking"
[start]
process = "asking"
who = ["clerk"]
[reference]
prefix = "A-"
length = 4
[roles.clerk]
name = "Clerk"
sees = "cases"
"""
DIAGRAM = b"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
    id="askings" targetNamespace="http://example.org/asking">
  <bpmn:process id="asking" name="Asking" isExecutable="true">
    <bpmn:startEvent id="begun" name="Begun">
      <bpmn:extensionElements><zeebe:formDefinition formId="begin" /></bpmn:extensionElements>
      <bpmn:outgoing>to_ask</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:sequenceFlow id="to_ask" sourceRef="begun" targetRef="ask" />
    <bpmn:userTask id="ask" name="Fill in the form">
      <bpmn:extensionElements>
        <zeebe:userTask />
        <zeebe:formDefinition formId="form" />
        <zeebe:assignmentDefinition candidateGroups="clerk" />
      </bpmn:extensionElements>
      <bpmn:incoming>to_ask</bpmn:incoming><bpmn:outgoing>to_end</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="to_end" sourceRef="ask" targetRef="over" />
    <bpmn:endEvent id="over" name="Over"><bpmn:incoming>to_end</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>
"""


class OneTask:
    """The task, and two clerks who may do it."""

    def __init__(self, sessions: database.Sessions, person: Callable[..., Actor]) -> None:
        self.sessions = sessions
        self.leila, self.morag = person("Leila Khan", "clerk"), person("Morag Bell", "clerk")

    def with_form(self, *components: Drawn, variables: Mapping[str, Any] | None = None) -> str:
        """The address of a task with a form of these components."""
        begin = content(*(text(name) for name in variables or ["nothing"]), id="begin")
        bundle = {"procedure.toml": PROCEDURE, "asking.bpmn": DIAGRAM, "begin.form": begin, "form.form": content(*components)}
        with database.transaction(self.sessions) as db:
            deployments.deploy(db, bundle)
            instance = instances.start(db, identity.SYSTEM, "asking", dict(variables or {}))
            in_case = select(UserTask.id).join(UserTask.instance).where(ProcessInstance.id == instance.id)
            task = db.scalars(in_case.where(UserTask.state == TaskState.OPEN)).one()
        return f"/tasks/{task}"

    def handed_in(self) -> dict[str, Any]:
        """The answers that were accepted."""
        with database.transaction(self.sessions, reading=True) as db:
            return dict(db.scalars(select(Submission.values).where(Submission.form_key == "form")).one())
