"""Problems, for administrators."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from engine import clock, database, messages
from engine.identity import Actor
from engine.models import Incident, Job, JobState, ProcessDefinition, ProcessInstance, StartTrigger
from tests.visitors import Visitor
from tests.web.errands import Errands

SignIn = Callable[..., Visitor]


@pytest.fixture
def ada(person: Callable[..., Actor]) -> Actor:
    """An administrator, who may open no case."""
    return person("Ada Low", "administrator")


def stop(errands: Errands, reference: str) -> int:
    """A job of this case has failed for good; the incident's number."""
    with database.transaction(errands.sessions) as db:
        case = db.scalars(select(ProcessInstance).where(ProcessInstance.business_key == reference)).one()
        job = Job(
            token=uuid4(), instance=case, process_key="errand", element_id="tell", name="Tell the runner", job_type="send-letter",
            state=JobState.FAILED, due_at=clock.now(), retries=0,
        )  # fmt: skip
        db.add(job)
        db.flush()
        incident = Incident(
            token=job.token, instance=case, job_id=job.id, process_key="errand", element_id="tell", name="Tell the runner",
            message="The address “runner” is empty.", opened_at=clock.now(),
        )  # fmt: skip
        db.add(incident)
        db.flush()
        return incident.id


def test_a_problem_says_what_stopped_where_and_why(errands: Errands, ada: Actor, sign_in: SignIn) -> None:
    reference = errands.ask()
    stop(errands, reference)

    page = sign_in(ada).open("/problems")

    assert "Tell the runner The address “runner” is empty." in page.text
    facts = {name.text_content(): name.getnext().text_content() for name in page.page.xpath("//dt")}
    assert (facts["Case"], facts["Procedure"], facts["Element"]) == (reference, "Errands, version 1", "tell in errand")
    assert page.links(reference) == []


def test_a_problem_can_be_tried_again(errands: Errands, ada: Actor, sign_in: SignIn) -> None:
    stop(errands, errands.ask())
    page = sign_in(ada).open("/problems")

    page.send(button="Try again")

    assert "“Tell the runner” is being tried again." in page.text
    assert "No problems" in page.text
    with database.transaction(errands.sessions, reading=True) as db:
        assert db.scalars(select(Job.state).where(Job.element_id == "tell")).one() is JobState.WAITING


def test_a_problem_that_is_solved_already_is_said_to_be(errands: Errands, ada: Actor, sign_in: SignIn) -> None:
    stop(errands, errands.ask())
    first, second = sign_in(ada).open("/problems"), sign_in(ada).open("/problems")
    first.send(button="Try again")

    second.send(button="Try again")

    assert second.answer.status_code == 409
    assert "This problem has been solved already." in second.text


def test_problems_do_not_exist_for_anybody_else(errands: Errands, sign_in: SignIn) -> None:
    number = stop(errands, errands.ask())
    leila = sign_in(errands.leila)

    assert leila.open("/problems").answer.status_code == 404
    token = leila.open("/tasks").page.xpath("string(//input[@name='csrf_token']/@value)")
    assert leila.client.post(f"/problems/{number}/retry", data={"csrf_token": token}).status_code == 404


def test_an_administrator_learns_what_reached_nobody_and_what_could_not_begin(errands: Errands, ada: Actor, sign_in: SignIn) -> None:
    with database.transaction(errands.sessions) as db:
        messages.publish(db, "nobody", key="k", variables={}, life=timedelta())
        definition = db.scalars(select(ProcessDefinition)).first()
        assert definition is not None
        late = StartTrigger(
            id=uuid4(), definition=definition, element_id="monday", name="Every Monday", kind="timer", due_at=clock.now(),
            try_at=clock.now(), last_error="No free reference was found.",
        )  # fmt: skip
        db.add(late)
    messages.deliver(errands.sessions)

    page = sign_in(ada).open("/problems")

    assert "1 message has reached nobody in the last month." in page.text
    assert "“Every Monday” of " in page.text
    assert "No free reference was found. It is tried again at" in page.text
    assert "No problems" not in page.text
