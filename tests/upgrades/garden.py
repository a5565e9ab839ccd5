"""The office of the parked cases: begins them, tells where each stands, and brings every one to its end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from engine import (
    administration,
    clock,
    deployments,
    drafts,
    history,
    identity,
    incidents,
    instances,
    links,
    messages,
    runtime,
    scheduler,
    tasks,
)
from engine.database import Sessions, transaction
from engine.identity import SYSTEM, Actor
from engine.models import (
    Attempt,
    Deputy,
    Document,
    DocumentReader,
    DocumentReading,
    InstanceState,
    Membership,
    PasswordLink,
    Person,
    ProcessInstance,
    Subscription,
    TaskState,
    UserTask,
)
from tests.conftest import PASSWORD
from tests.upgrades.parked import Parked

MORNING = datetime(2026, 3, 3, 9, tzinfo=UTC)
ROUND = timedelta(days=20)  # between two visits of the people who finish the cases
ROUNDS = 12
BLIND = {"token", "host_token"}  # made at random
ANSWERS = {"n": 2, "more": False}  # what every task is completed with in the end
ROSA, ADA = "rosa@example.org", "ada@example.org"


def begin(sessions: Sessions, bundle: Mapping[str, bytes], parked: Mapping[str, Parked]) -> None:
    """Deploy the procedure and park a case of each of its processes, with a row in every table beside them."""
    with clock.moved_to(MORNING):
        with transaction(sessions) as session:
            deployments.deploy(session, dict(bundle))
            identity.add_person(session, email=ROSA, name="Rosa Field", password=PASSWORD, groups=["warden"])
            identity.add_person(session, email=ADA, name="Ada Low", password=PASSWORD, groups=["administrator"])
        for fresh in (False, True):
            for key, one in parked.items():
                if one.fresh is fresh:
                    _park(sessions, key, one)
            if not fresh:
                _tick(sessions)
        _enter(sessions)


def _park(sessions: Sessions, key: str, one: Parked) -> None:
    with transaction(sessions) as session:
        case = instances.start(session, SYSTEM, "garden", {"key": key, "warden": "warden", **one.variables}, process=key).id
    for element in one.done:
        with transaction(sessions) as session:
            ours = UserTask.instance_id == case, UserTask.element_id == element, UserTask.state == TaskState.OPEN
            tasks.complete_with(session, rosa(sessions), session.scalars(select(UserTask.id).where(*ours).limit(1)).one(), {})
    if one.on_hold:
        ada = rosa(sessions, ADA)
        with transaction(sessions) as session:
            administration.suspend(session, ada, session.get_one(ProcessInstance, case).business_key, reason="Winter")


def _enter(sessions: Sessions) -> None:
    """What people have half typed, attached and tried, and who acts in one case only."""
    with transaction(sessions) as session:
        task = session.scalars(select(UserTask).where(UserTask.process_key == "user_task")).unique().one()
        drafts.save(session, drafts.ensure_of_task(session, task), {"f-note": ["half a sen"]}, seen=0, actor=rosa(sessions))
        person = session.scalars(select(Person).where(Person.email == ADA)).one()
        session.add(Membership(person_id=person.id, group="warden", instance_id=task.instance_id))
        session.add(
            Document(
                id=task.id, instance_id=task.instance_id, field="f-map", name="map.txt", media_type="text/plain", size=5, sha256="",
                uploaded_at=clock.now(), content=b"north",
            )
        )  # fmt: skip
        session.add_all([
            DocumentReader(document_id=task.id, email=ROSA, named_at=clock.now()),
            DocumentReading(document_id=task.id, person_id=person.id, at=clock.now()),
            PasswordLink(token_hash="of a letter", person_id=person.id, made_at=clock.now()),
            Attempt(key="a try", at=clock.now()),
        ])  # fmt: skip
        other = select(ProcessInstance.business_key).where(ProcessInstance.id != task.instance_id).limit(1)
        links.link(session, task.instance, session.scalars(other).one(), "goes on in")
        identity.sign_in(session, ROSA, PASSWORD, address="test")
    with transaction(sessions) as session:
        session.add(_deputy(session))


def _deputy(session: Any) -> Deputy:
    """Rosa named herself once: it is the row that counts."""
    person = identity.by_email(session, ROSA)
    assert person is not None
    today = clock.today()
    return Deputy(
        person_id=person.id, deputy_id=person.id, group="gardener", starts_on=today, ends_on=today, reason="Leave", named_at=clock.now()
    )


def _tick(sessions: Sessions) -> None:
    scheduler.tick(sessions, None, base_url="http://localhost")


def rosa(sessions: Sessions, email: str = ROSA) -> Actor:
    """Who does the tasks; or another person, by email."""
    with transaction(sessions, reading=True) as session:
        found = identity.by_email(session, email)
        assert found is not None
        return identity.actor_for(session, found)


def standing(sessions: Sessions) -> dict[str, Any]:
    """What each case waits for and knows, by its process; as JSON has it."""
    with clock.moved_to(MORNING), transaction(sessions, reading=True) as session:
        cases = {case.definition.key: case for case in session.scalars(select(ProcessInstance))}
        return {key: _standing(runtime.looking(session, case)) for key, case in sorted(cases.items())}


def _standing(running: Any) -> dict[str, Any]:
    waits = [{"kind": type(w).__name__, **{k: v for k, v in asdict(w).items() if k not in BLIND}} for w in running.waits.values()]
    plain = json.loads(json.dumps({"waits": waits, "variables": {**running.variables, "reference": ""}}, default=str))
    return {"waits": sorted(plain["waits"], key=lambda wait: json.dumps(wait, sort_keys=True)), "variables": plain["variables"]}


def finish(sessions: Sessions) -> dict[str, list[str]]:
    """Messages arrive, time passes, people do their tasks, an administrator tries again what failed: until every case has ended.

    Returns what happened in each, by its process.
    """
    sent: set[int] = set()
    now = MORNING
    for _ in range(ROUNDS):
        if not _active(sessions):
            break
        now += ROUND
        with clock.moved_to(now):
            _resume(sessions)
            _send(sessions, sent)
            _tick(sessions)
            _complete(sessions)
            _solve(sessions)
            _tick(sessions)
    assert (left := _active(sessions)) == [], {key: facts["waits"] for key, facts in standing(sessions).items() if key in left}
    with transaction(sessions, reading=True) as session:
        return {case.definition.key: _told(session, case) for case in session.scalars(select(ProcessInstance))}


def _told(session: Any, case: ProcessInstance) -> list[str]:
    assert history.verify(session, case) == []
    return [f"{event.what} {event.element_id}".strip() for event in history.events(session, case)]


def _active(sessions: Sessions) -> list[str]:
    with transaction(sessions, reading=True) as session:
        return [c.definition.key for c in session.scalars(select(ProcessInstance)) if c.state is InstanceState.ACTIVE]


def _resume(sessions: Sessions) -> None:
    """What was put on hold goes on."""
    ada = rosa(sessions, ADA)
    with transaction(sessions) as session:
        for reference in session.scalars(
            select(ProcessInstance.business_key).where(ProcessInstance.state == InstanceState.SUSPENDED)
        ).all():
            administration.resume(session, ada, reference, reason="Spring")


def _send(sessions: Sessions, sent: set[int]) -> None:
    """A message to everybody who has begun to await one."""
    with transaction(sessions) as session:
        awaited = [one for one in session.scalars(select(Subscription).order_by(Subscription.id)) if one.id not in sent]
        for one in awaited:
            if one.kind == "message" and one.name == "word":
                messages.publish(session, one.name, key=one.correlation_key, variables={})
        sent.update(one.id for one in awaited)


def _complete(sessions: Sessions) -> None:
    """Every open task, the cases one after the other and in each by name; what that opens waits for the next round."""
    with transaction(sessions, reading=True) as session:
        open_ones = select(UserTask).where(UserTask.state == TaskState.OPEN)
        found = sorted(session.scalars(open_ones).unique(), key=lambda task: (task.process_key, task.element_id))
    for task in found:
        with transaction(sessions) as session:
            if session.get_one(UserTask, task.id).state is TaskState.OPEN:
                tasks.complete_with(session, rosa(sessions), task.id, ANSWERS)
        _tick(sessions)


def _solve(sessions: Sessions) -> None:
    """Somebody acts as what nobody was, and what failed is tried again."""
    ada = rosa(sessions, ADA)
    with transaction(sessions) as session:
        if not identity.people_in(session, "digger", None):
            session.add(Membership(person_id=ada.id, group="digger"))
        found = [incident.id for incident in incidents.open_ones(session, ada)]
    for number in found:
        with transaction(sessions) as session:
            incidents.retry(session, ada, number, reason="The cause is gone")
