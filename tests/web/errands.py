"""A tiny procedure for tests of the site: somebody asks for an errand, a clerk looks into it, a runner of the North Office runs it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from engine import database, deployments, identity, instances
from engine.identity import Actor
from engine.models import ProcessInstance, TaskState, UserTask

FOLDER = Path(__file__).parent.parent / "procedures" / "errand"
ASKED = {"asker": "Rab", "kind": "parcel", "what": "A parcel", "papers": []}


class Errands:
    """The procedure on one database."""

    def __init__(self, sessions: database.Sessions, person: Callable[..., Actor]) -> None:
        self.sessions = sessions
        with database.transaction(sessions) as db:
            deployments.deploy(db, deployments.read([FOLDER]))
        self.leila = person("Leila Khan", "clerk")
        self.morag = person("Morag Bell", "clerk")
        self.iain = person("Iain Fraser", "runner:north")
        self.stranger = person("Una Strang", "gardener")

    def ask(self, **values: Any) -> str:
        """An errand that somebody asked for; its reference."""
        with database.transaction(self.sessions) as db:
            return instances.start(db, identity.SYSTEM, "errand", ASKED | values).business_key

    def task(self, reference: str) -> UUID:
        """The open task of an errand."""
        with database.transaction(self.sessions, reading=True) as db:
            of_case = select(UserTask.id).join(UserTask.instance).where(ProcessInstance.business_key == reference)
            return db.scalars(of_case.where(UserTask.state == TaskState.OPEN)).one()

    def page(self, reference: str) -> str:
        """Where the open task of an errand is done."""
        return f"/tasks/{self.task(reference)}"

    def count(self) -> int:
        """How many errands there are."""
        with database.transaction(self.sessions, reading=True) as db:
            return len(db.scalars(select(ProcessInstance.id)).all())
