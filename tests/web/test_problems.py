"""Problems, for administrators."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from engine import clock, database, messages
from engine.identity import Actor
from engine.models import (
    Incident,
    Job,
    JobState,
    Letter,
    LetterState,
    MessageState,
    ProcessDefinition,
    ProcessInstance,
    StartTrigger,
    UserTask,
)
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
        task = db.scalars(select(UserTask.id).where(UserTask.instance_id == case.id)).one()
        job = Job(
            token=task, instance=case, process_key="errand", element_id="tell", name="Tell the runner", job_type="send-letter",
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
    assert not [link for link in page.links("") if link == f"/cases/{reference}"]


def solve(page: Visitor, act: str = "retry", **answers: str) -> Visitor:
    """From the list to the problem, and do something about it."""
    page.open(page.links("Solve this problem")[0])
    return page.send({"act": act, "reason": "There is an address now."} | answers)


def test_a_problem_can_be_tried_again(errands: Errands, ada: Actor, sign_in: SignIn) -> None:
    reference = errands.ask()
    stop(errands, reference)

    page = solve(sign_in(ada).open("/problems"))

    assert "“Tell the runner” is being tried again." in page.text
    assert f"Manage case {reference}" in page.text
    assert "No problems" in page.open("/problems").text
    with database.transaction(errands.sessions, reading=True) as db:
        assert db.scalars(select(Job.state).where(Job.element_id == "tell")).one() is JobState.WAITING


def test_a_problem_that_is_solved_already_is_said_to_be(errands: Errands, ada: Actor, sign_in: SignIn) -> None:
    number = stop(errands, errands.ask())
    first, second = (sign_in(ada).open(f"/problems/{number}") for _ in range(2))
    first.send({"act": "retry", "reason": "Mended."})

    second.send({"act": "retry", "reason": "Mended, I think."})

    assert second.answer.status_code == 409
    assert "This problem has been solved already." in second.text
    assert "This problem has been solved already." in second.open(f"/problems/{number}").text
    assert "No problems" in second.text


def test_what_is_missing_is_said_and_what_was_typed_is_kept(errands: Errands, ada: Actor, sign_in: SignIn) -> None:
    stop(errands, errands.ask())
    page = sign_in(ada).open("/problems")

    solve(page, "change", changes='{"asker": Rab}', reason="")

    assert page.answer.status_code == 422
    assert page.problems[0] == "Say why, so that others can understand it later."
    assert page.problems[1].startswith("This is not JSON: line 1, column 11: a value is missing; a text needs double quotes.")
    assert page.page.xpath("string(//textarea[@name='changes'])").strip() == '{"asker": Rab}'
    assert solve(page.open("/problems"), "change", changes=" ").problems == [
        "Write the variables that are to be changed, or choose to try it again as it is."
    ]
    assert solve(page.open("/problems"), "").problems == ["Choose what is to be done."]


def test_an_administrator_reads_the_names_of_variables_and_not_what_they_hold(
    errands: Errands, ada: Actor, person: Callable[..., Actor], sign_in: SignIn
) -> None:
    number = stop(errands, errands.ask())

    page = sign_in(ada).open(f"/problems/{number}")

    assert "What they hold is shown only to those who may open the case." in page.text
    assert ("asker", "a text") in {(name.text_content(), name.getnext().text_content()) for name in page.page.xpath("//dt")}
    assert "Rab" not in page.text
    assert "Rab" in sign_in(person("Bea Both", "administrator", "clerk")).open(f"/problems/{number}").text


def test_a_case_is_found_by_its_reference(errands: Errands, ada: Actor, sign_in: SignIn) -> None:
    reference = errands.ask()
    page = sign_in(ada)

    assert f"Manage case {reference}" in page.open(f"/problems/find?reference={reference.lower()}").text
    assert "There is no case with the reference “NONE”." in page.open("/problems/find?reference=none").text
    assert sign_in(errands.leila).open(f"/problems/find?reference={reference}").answer.status_code == 404


def test_a_letter_that_was_given_up_can_be_sent_again(errands: Errands, ada: Actor, sign_in: SignIn) -> None:
    with database.transaction(errands.sessions) as db:
        letter = Letter(
            key="k", template="elsewhere", to_name="", to_email="rab@example.org", subject="Private", body="Private",
            state=LetterState.FAILED, written_at=clock.now(), next_try_at=clock.now(), last_error="The mail server refused it (550).",
        )  # fmt: skip
        db.add(letter)
    page = sign_in(ada).open("/problems")
    assert "to rab@example.org. The mail server refused it (550)." in page.text
    assert "Private" not in page.text

    page.open(page.links("elsewhere")[0]).send({"reason": ""})
    assert page.problems == ["Say why, so that others can understand it later."]
    page.send({"reason": "The address works again."})

    assert "The letter is being sent again." in page.text
    assert "Letters that were not sent" not in page.text
    assert "does not wait for an administrator any more" in page.open("/problems/letters/1").text
    assert sign_in(errands.leila).open("/problems/letters/1").answer.status_code == 404


def test_problems_do_not_exist_for_anybody_else(errands: Errands, sign_in: SignIn) -> None:
    number = stop(errands, errands.ask())
    leila = sign_in(errands.leila)

    assert leila.open("/problems").answer.status_code == 404
    token = leila.open("/tasks").page.xpath("string(//input[@name='csrf_token']/@value)")
    assert leila.open(f"/problems/{number}").answer.status_code == 404
    assert leila.client.post(f"/problems/{number}", data={"csrf_token": token}).status_code == 404


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


def undeliverable(errands: Errands) -> int:
    """A message that was tried in vain."""
    with database.transaction(errands.sessions) as db:
        message = messages.publish(db, "news of the day", key="k", variables={"said": "Private"})
        message.state, message.tries, message.last_error = MessageState.FAILED, 4, "The case was damaged."
        db.flush()
        return message.id


def test_a_message_that_could_not_be_delivered_is_sent_again_or_withdrawn(errands: Errands, ada: Actor, sign_in: SignIn) -> None:
    first, second = undeliverable(errands), undeliverable(errands)
    page = sign_in(ada).open("/problems")
    assert "The case was damaged." in page.text
    assert "No problems" not in page.text

    page.open(f"/problems/messages/{first}").send({"act": "", "reason": ""})
    assert page.problems == ["Choose what is to be done."]
    assert page.send({"act": "retry", "reason": ""}).problems == ["Say why, so that others can understand it later."]
    assert "Private" not in page.text
    page.send({"act": "retry", "reason": "It was restored."})
    assert "The message is being sent again." in page.text
    page.open(f"/problems/messages/{second}").send({"act": "withdraw", "reason": "It is old."})
    assert "The message was withdrawn." in page.text

    assert "Messages that could not be delivered" not in page.open("/problems").text
    assert "does not wait for an administrator any more" in page.open(f"/problems/messages/{first}").text
    assert sign_in(errands.leila).open(f"/problems/messages/{second}").answer.status_code == 404
