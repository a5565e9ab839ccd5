"""What starting a case costs, and whether the five hundredth turn of a loop costs more than the tenth."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median
from time import perf_counter
from uuid import UUID

from sqlalchemy import select

from engine import database, deployments, instances, tasks
from engine.identity import Actor
from engine.models import TaskState, UserTask

from .contestants import clerk
from .processes import bundle, key_of, loop

EARLY, LATE = 5, 475  # turns that are taken before the measured ones: the tenth and the five hundredth are in their middle
ROUNDS, AT_A_TURN = 5, 10


def measure(urls: Mapping[str, str], rounds: int) -> dict[str, object]:
    """For each database, medians in milliseconds."""
    return {name: _on(url, rounds) for name, url in urls.items()}


def _on(url: str, rounds: int) -> dict[str, float]:
    engine = database.connect(url)
    try:
        sessions = database.sessions(engine)
        with database.transaction(sessions) as session:
            deployments.deploy(session, bundle(10))
            deployments.deploy(session, loop())
        somebody = clerk(sessions)
        starting = median(_start(sessions, somebody, key_of(10))[1] for _ in range(rounds))
        early, late = _looping(sessions, somebody)
        return {
            "start": round(1000 * starting, 3),
            "turn 10": round(1000 * early, 3),
            "turn 500": round(1000 * late, 3),
            "turn 500 / turn 10": round(late / early, 2),
        }
    finally:
        engine.dispose()


def _start(sessions: database.Sessions, actor: Actor, key: str) -> tuple[UUID, float]:
    began = perf_counter()
    with database.transaction(sessions) as session:
        case_id = instances.start(session, actor, key, {}).id
    return case_id, perf_counter() - began


def _looping(sessions: database.Sessions, actor: Actor) -> tuple[float, float]:
    """Seconds for a turn early and late in the life of a case: medians of turns that alternate, so that a busy moment hits both alike."""
    old = _after(sessions, actor, LATE)
    times = []
    for _ in range(ROUNDS):
        young = _after(sessions, actor, EARLY)
        times += [(_turn(sessions, actor, young), _turn(sessions, actor, old)) for _ in range(AT_A_TURN)]
    early, late = zip(*times, strict=True)
    return median(early), median(late)


def _after(sessions: database.Sessions, actor: Actor, turns: int) -> UUID:
    """A case that has looped so many times."""
    case_id, _ = _start(sessions, actor, "loop")
    for _ in range(turns):
        _turn(sessions, actor, case_id)
    return case_id


def _turn(sessions: database.Sessions, actor: Actor, case_id: UUID) -> float:
    with database.transaction(sessions, reading=True) as session:
        waiting = select(UserTask.id).where(UserTask.instance_id == case_id, UserTask.state == TaskState.OPEN)
        task_id = session.scalars(waiting).one()
    began = perf_counter()
    with database.transaction(sessions) as session:
        tasks.complete(session, actor, task_id, {"f-answer": ["7"]})
    return perf_counter() - began
