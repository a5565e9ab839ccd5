"""A tiny procedure, deployed, and what tests of the engine do with it again and again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from engine import deployments, instances
from engine.database import Sessions, transaction
from engine.identity import SYSTEM, Actor
from engine.models import ProcessInstance
from tests.engine.office import ARROWS, BODY, Office
from tests.engine.standing import Garden, bundle

ALLOTMENT = Path(__file__).parent.parent / "procedures" / "allotment"
WISH = {"name": "Ines Roy", "email": "ines@example.org", "wish": "plot", "metres": 120}


@pytest.fixture
def allotment(sessions: Sessions) -> str:
    """The allotment procedure, deployed; its key."""
    with transaction(sessions) as session:
        return deployments.deploy(session, deployments.read([ALLOTMENT])).procedure_key


@pytest.fixture
def begin(sessions: Sessions, allotment: str) -> Callable[..., UUID]:
    """Starts a case: begin(metres=50)."""

    def start(**wish: object) -> UUID:
        with transaction(sessions) as session:
            return instances.start(session, SYSTEM, allotment, WISH | wish).id

    return start


@pytest.fixture
def case(sessions: Sessions, begin: Callable[..., UUID]) -> ProcessInstance:
    """A case at its first task."""
    case_id = begin()
    with transaction(sessions, reading=True) as session:
        return session.get_one(ProcessInstance, case_id)


@pytest.fixture
def ada(person: Callable[..., Actor]) -> Actor:
    """An administrator, who may open no case."""
    return person("Ada Low", "administrator")


@pytest.fixture
def office(sessions: Sessions, ada: Actor) -> Office:
    """The administrator at a case that waits at its first task, with a deadline and a reminder."""
    return Office(Garden(sessions, bundle(BODY, ARROWS)), ada)
