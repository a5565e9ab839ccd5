"""Cases that only begin once several events have come, and procedures whose cases people can begin in several ways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine import checks, clock, deployments, history, instances, messages, scheduler
from engine.database import Sessions, transaction
from engine.errors import NotFound
from engine.identity import Actor
from engine.models import ProcessInstance, StartTrigger, TaskState, UserTask
from tests.diagrams import diagram, end, event, mapping, message, process, start, timer, user_task
from tests.engine.standing import DESCRIPTOR, FORMS, LETTER, MORNING

MARKS = message("seed", "seed", "=bed") + message("water", "water", "=bed") + '<bpmn:signal id="rain" name="rain"/>'
WORK = user_task("dig", form="do", candidateGroups="secretary", name="Dig") + end()
BY_ITSELF = DESCRIPTOR.replace(b'[start]\nprocess = "p"\nwho = ["secretary"]\n', b"")


def deploy(sessions: Sessions, drawn: bytes, descriptor: bytes = BY_ITSELF, at: datetime = MORNING) -> None:
    with clock.moved_to(at), transaction(sessions) as session:
        deployments.deploy(session, files(drawn, descriptor))


def files(drawn: bytes, descriptor: bytes) -> dict[str, bytes]:
    return FORMS | {"procedure.toml": descriptor, "letters/note.md": LETTER, "p.bpmn": drawn}


def together(*definitions: str) -> bytes:
    """A process that only all of these start."""
    bed = mapping((), [("=bed", "bed")])
    return diagram(MARKS, process(start("all", "".join(definitions), bed, parallelMultiple="true") + WORK, "all dig; dig end"))


def tick(sessions: Sessions, at: datetime = MORNING) -> None:
    with clock.moved_to(at):
        scheduler.tick(sessions, None, base_url="")


def send(sessions: Sessions, name: str, key: str | None = None, kind: str = "message", **variables: Any) -> list[int]:
    """Send this, and say how many tasks each case has then."""
    with clock.moved_to(MORNING), transaction(sessions) as session:
        messages.publish(session, name, key=key, variables=variables, kind=kind)
    tick(sessions)
    return opened(sessions)


def opened(sessions: Sessions) -> list[int]:
    with transaction(sessions, reading=True) as session:
        cases = session.scalars(select(ProcessInstance.id).order_by(ProcessInstance.started_at, ProcessInstance.business_key)).all()
        done = [
            session.scalars(select(UserTask).where(UserTask.instance_id == case, UserTask.state == TaskState.OPEN)).all() for case in cases
        ]
        return sorted(len(tasks) for tasks in done)


def test_messages_of_one_key_begin_one_case_whichever_comes_first(sessions: Sessions) -> None:
    deploy(sessions, together(event("message", "seed"), event("message", "water")))

    assert send(sessions, "water", "north", bed="north") == [0]
    assert send(sessions, "seed", "south", bed="south") == [0, 0]
    assert send(sessions, "seed", "north") == [0, 1]
    assert send(sessions, "water", "south") == [1, 1]

    with transaction(sessions, reading=True) as session:
        for case in session.scalars(select(ProcessInstance)):
            told = [(one.what, one.element_id) for one in history.events(session, case)]
            assert told[0] == ("case_started", "all")
            assert history.verify(session, case) == []


def test_a_signal_goes_to_the_case_that_still_needs_it_and_else_begins_one(sessions: Sessions) -> None:
    deploy(sessions, together(event("message", "seed"), event("signal", "rain")))

    assert send(sessions, "seed", "north", bed="north") == [0]
    assert send(sessions, "rain", kind="signal") == [1]
    assert send(sessions, "rain", kind="signal", bed="south") == [0, 1]
    assert send(sessions, "seed", "south") == [1, 1]


def test_a_time_among_them_is_awaited_in_the_case_and_begins_none(sessions: Sessions) -> None:
    deploy(sessions, together(timer("timeDate", "2026-03-05"), event("message", "seed")))
    with transaction(sessions, reading=True) as session:
        assert [trigger.kind for trigger in session.scalars(select(StartTrigger))] == ["message"]

    assert send(sessions, "seed", "north", bed="north") == [0]
    tick(sessions, MORNING + timedelta(days=2))

    assert opened(sessions) == [1]


TWO = start("phoned", "", '<zeebe:formDefinition formId="ask"/>', name="Report by telephone")
TWO += start("walked_in", "", '<zeebe:formDefinition formId="do"/>', name="Report at the gate")
TWO += user_task("call_back", form="do", candidateGroups="secretary", name="Call back")
ARROWS = "phoned call_back; walked_in dig; call_back dig; dig end"


def reports(body: str = TWO) -> bytes:
    return diagram(MARKS, process(body + WORK, ARROWS, name="Reports"))


def test_a_case_begins_at_the_start_event_whose_form_was_filled_in(sessions: Sessions, person: Callable[..., Actor]) -> None:
    rosa = person("Rosa Field", "secretary")
    deploy(sessions, reports(), DESCRIPTOR)

    with clock.moved_to(MORNING), transaction(sessions) as session:
        first = instances.start_form(session, rosa, "garden")
        second = instances.start_form(session, rosa, "garden", "p", "walked_in")
        assert (first.form.id, first.draft_key, first.offer.name) == ("ask", "garden/p", "Report by telephone")
        assert (second.form.id, second.draft_key, second.offer.name) == ("do", "garden/p/walked_in", "Report at the gate")
        with pytest.raises(NotFound):
            instances.start_form(session, rosa, "garden", "p", "dig")
        case = instances.submit_start(session, rosa, "garden", {}, process="p", event="walked_in")
        told = history.events(session, case)
        assert (told[0].what, told[0].element_id, told[0].actor_id) == ("case_started", "walked_in", rosa.id)
        assert session.scalars(select(UserTask.element_id)).all() == ["dig"]
        instances.submit_start(session, rosa, "garden", {})
        assert sorted(session.scalars(select(UserTask.element_id))) == ["call_back", "dig"]


def test_a_start_event_at_which_nobody_could_begin_is_refused() -> None:
    blank = TWO.replace('<zeebe:formDefinition formId="do"/>', "", 1)

    told = {one.element: one.message for one in checks.check(files(reports(blank), DESCRIPTOR))}

    assert "asks for nothing, so nobody could begin there" in told["walked_in"]
    assert checks.check(files(reports(), DESCRIPTOR)) == []
