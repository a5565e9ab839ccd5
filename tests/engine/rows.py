"""Rows that a test needs without running a procedure for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from engine import clock, procedures, rights
from engine.identity import Actor, actor_for
from engine.models import Candidate, DeployedFile, Deployment, Membership, Person, ProcessDefinition, ProcessInstance, UserTask

DIAGRAM = b"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
  <bpmn:process id="letting" isExecutable="true">
    <bpmn:startEvent id="asked"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="asked" targetRef="done" />
    <bpmn:endEvent id="done"><bpmn:incoming>f1</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>
"""

DESCRIPTOR = """
key = "letting"
name = "Letting a plot"
[roles.secretary]
name = "Secretary"
sees = "cases"
[roles.gardener]
name = "Gardener"
email = "gardeners@example.org"
[roles.treasurer]
name = "Treasurer"
[roles.warden]
name = "Warden"
per = "organisation"
email = "wardens@example.org"
[organisations.north]
name = "North field"
email = "north@example.org"
[organisations.south]
name = "South field"
"""

LETTER = b"""---
subject: Your request {{ reference }}
---
Hello {{ toName }},

see {{ link }} and dig {{ size }} square metres.
"""


def person(session: Session, name: str = "Rosa Field", *groups: str, active: bool = True) -> Person:
    """An account that nobody can sign in with."""
    email = name.lower().replace(" ", ".") + "@example.org"
    made = Person(id=uuid4(), email=email, name=name, password_hash="", active=active, created_at=clock.now())
    made.memberships = [Membership(group=group) for group in groups]
    session.add(made)
    session.flush()
    return made


def actor(session: Session, name: str = "Rosa Field", *groups: str) -> Actor:
    """A new person, acting."""
    return actor_for(session, person(session, name, *groups))


def deployment(session: Session, files: Mapping[str, bytes] | None = None) -> Deployment:
    """A procedure as it lies in the database."""
    bundle = {"procedure.toml": DESCRIPTOR.encode(), "letting.bpmn": DIAGRAM, "letters/answer.md": LETTER} | dict(files or {})
    made = Deployment(
        procedure_key="letting", name="Letting a plot", version=1, checksum="", deployed_at=clock.now(), deployed_by="",
        files=[DeployedFile(path=path, content=content) for path, content in bundle.items()],
        processes=[ProcessDefinition(id=uuid4(), key="letting", name="Letting a plot", path="letting.bpmn")],
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def instance(session: Session, of: Deployment | None = None, *, reference: str = "PLOT-1") -> ProcessInstance:
    """A case that nothing has happened in."""
    made = ProcessInstance(
        id=uuid4(), definition=(of or deployment(session)).processes[0], procedure_key="letting", business_key=reference,
        started_at=clock.now(), moved_at=clock.now(), snapshot=b"", history_length=0, history_hash="",
    )  # fmt: skip
    session.add(made)
    session.flush()
    made.access_profile_id = rights.profile_of(session, procedures.of_instance(session, made), "letting", "", {})
    session.flush()
    return made


def task(session: Session, case: ProcessInstance, *, groups: Iterable[str] = (), **more: Any) -> UserTask:
    """An open task."""
    made = UserTask(
        id=uuid4(), instance=case, process_key="letting", element_id="dig", name="Dig", form_key=None, created_at=clock.now(),
        candidates=[Candidate(kind="group", name=group) for group in groups], **more,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made
