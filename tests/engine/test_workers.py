"""What the machine does for a service task."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import access, clock, history, identity, workers
from engine.errors import FeelError, Trouble
from engine.models import Candidate, Deadline, DeadlineState, Letter, Message, ProcessInstance, UserTask
from engine.workers import Work
from tests.engine.rows import deployment, instance, person


@pytest.fixture
def case(db: Session) -> ProcessInstance:
    return instance(db, deployment(db, {"letters/broken.md": b"---\nsubject: x\n---\n{{ size + }}"}))


def do(db: Session, case: ProcessInstance, job_type: str, variables: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    work = Work(session=db, instance=case, variables=variables or {}, base_url="https://casework.example/", **({"key": "job-1"} | more))
    return workers.WORKERS[job_type](work)


def send(db: Session, case: ProcessInstance, to: Any, *, template: str = "answer", key: str = "job-1", **variables: Any) -> list[Letter]:
    do(db, case, "send-letter", {"size": 12, "to": to, **variables}, headers={"template": template}, key=key)
    return list(db.scalars(select(Letter).order_by(Letter.id)))


def trouble(db: Session, case: ProcessInstance, to: Any, **more: Any) -> str:
    with pytest.raises(Trouble) as caught:
        send(db, case, to, **more)
    assert db.scalars(select(Letter)).all() == []
    return str(caught.value)


def test_the_known_job_types_are_those_that_have_a_worker():
    assert workers.known("send-letter")
    assert not workers.known("send-pigeon")
    assert set(workers.RESULTS) == set(workers.WORKERS)


def test_a_letter_to_an_address_is_put_into_the_outbox(db, case):
    inputs = {"size": 12, "to": " Ines@Example.org ", "toName": "Ines Roy"}
    with clock.moved_to(datetime(2026, 3, 3, 10, tzinfo=UTC)):
        result = do(db, case, "send-letter", inputs, headers={"template": "answer"})

    letter = db.scalars(select(Letter)).one()
    assert (letter.to_name, letter.to_email, letter.instance_id) == ("Ines Roy", "ines@example.org", case.id)
    assert letter.subject == "Your request PLOT-1"
    assert letter.body == "Hello Ines Roy,\n\nsee https://casework.example/tasks and dig 12 square metres."
    assert set(result) == workers.RESULTS["send-letter"]
    assert result["sentAt"].startswith("2026-03-03T10:00")


def test_a_letter_to_a_role_goes_to_everybody_active_in_it_by_name(db, case):
    for name, active in (("Bo Lane", True), ("Ann Hill", True), ("Cy Wood", False)):
        person(db, name, "gardener", active=active)
    person(db, "Di Moor", "secretary")

    assert [(letter.to_name, letter.to_email) for letter in send(db, case, "gardener")] == [
        ("Ann Hill", "ann.hill@example.org"),
        ("Bo Lane", "bo.lane@example.org"),
    ]


def test_a_letter_to_a_role_also_goes_to_those_who_hold_it_in_this_case_only(db, case):
    other = instance(db, case.definition.deployment, reference="PLOT-2")
    here, elsewhere = person(db, "Ann Hill"), person(db, "Bo Lane")
    identity.join(db, here, "gardener", case)
    identity.join(db, elsewhere, "gardener", other)

    assert [letter.to_name for letter in send(db, case, "gardener")] == ["Ann Hill"]


def test_a_letter_to_a_role_of_one_organisation_goes_to_its_people_only(db, case):
    person(db, "Ann Hill", "warden:north")
    person(db, "Bo Lane", "warden:south")

    assert [letter.to_name for letter in send(db, case, "warden:north")] == ["Ann Hill"]


@pytest.mark.parametrize(
    ("to", "name", "email"),
    [
        ("gardener", "Gardener", "gardeners@example.org"),
        ("warden:north", "Warden, North field", "north@example.org"),
        ("warden:south", "Warden, South field", "wardens@example.org"),
    ],
)
def test_where_nobody_holds_the_role_the_letter_goes_to_the_office(db, case, to, name, email):
    assert [(letter.to_name, letter.to_email) for letter in send(db, case, to)] == [(name, email)]


def test_a_letter_leads_to_the_case_those_who_may_open_it(db, case):
    person(db, "Ann Hill", "secretary")

    assert "see https://casework.example/cases/PLOT-1 and" in send(db, case, "secretary")[0].body


def test_a_job_that_runs_twice_writes_its_letters_once(db, case):
    person(db, "Ann Hill", "gardener")
    person(db, "Bo Lane", "gardener")
    send(db, case, "gardener")

    assert len(send(db, case, "gardener")) == 2
    assert len(send(db, case, "gardener", key="job-2")) == 4


def test_a_key_of_the_diagrams_own_sends_a_letter_once_in_a_case(db, case):
    other = instance(db, case.definition.deployment, reference="PLOT-2")

    for job in ("job-2", "job-3"):
        do(db, case, "send-letter", {"to": "ines@example.org", "key": "welcome"}, headers={"template": "answer"}, key=job)
        do(db, other, "send-letter", {"to": "ines@example.org", "key": "welcome"}, headers={"template": "answer"}, key=job + "o")

    assert len(db.scalars(select(Letter)).all()) == 2


def test_an_unknown_template_is_trouble_that_says_what_to_do(db, case):
    assert trouble(db, case, "ines@example.org", template="thanks") == (
        "There is no letter “thanks” in this procedure. Add letters/thanks.md, or correct the header “template” of the service task."
    )


def test_a_letter_to_nobody_is_trouble_that_names_no_person(db, case):
    assert "“postman”, which is neither an email address nor a role" in trouble(db, case, "postman")
    assert "Nobody acts as “Treasurer”" in trouble(db, case, "treasurer")
    assert "Ines" not in trouble(db, case, "Ines Roy")
    assert "Ines" not in trouble(db, case, "Ines Roy <ines@example.org>")


@pytest.mark.parametrize(("to", "said"), [(None, "empty"), ("", "empty"), ("  ", "blank"), (["a@example.org"], "a list"), (7, "a int")])
def test_an_input_that_is_missing_or_no_text_is_trouble(db, case, to, said):
    assert f"needs the input “to” as text, and it is {said}." in trouble(db, case, to)


def test_a_letter_whose_text_fails_is_trouble(db, case):
    with pytest.raises(FeelError):
        send(db, case, "ines@example.org", template="broken")


def test_the_reference_of_the_case_is_told_to_the_diagram(db, case):
    assert do(db, case, "assign-reference") == {"reference": "PLOT-1"}


def test_the_reason_for_a_missed_deadline_is_kept(db, case):
    deadline = Deadline(
        token=case.id, instance=case, process_key="letting", element_id="due", host_element_id="dig", name="Dig", counting="",
        counted_from=clock.today(), due_on=clock.today(), state=DeadlineState.MISSED,
    )  # fmt: skip
    db.add(deadline)

    do(db, case, "explain-deadline", {"deadline": "due", "reason": " The ground was frozen. "})

    assert deadline.reason == "The ground was frozen."
    assert deadline.reason_at is not None
    assert deadline.reason_by is None


def test_the_reason_for_a_missed_deadline_is_kept_with_who_gave_it(db, case):
    ines = identity.add_person(db, email="ines@example.org", name="Ines Roy", password="correct horse battery")
    deadline = Deadline(
        token=case.id, instance=case, process_key="letting", element_id="due", host_element_id="dig", name="Dig", counting="",
        counted_from=clock.today(), due_on=clock.today(), state=DeadlineState.MISSED,
    )  # fmt: skip
    db.add(deadline)

    do(db, case, "explain-deadline", {"deadline": "due", "reason": "Frost.", "by": "ines@example.org"})

    assert deadline.reason_by == ines.id


def test_a_reason_is_kept_with_the_one_deadline_that_is_meant(db, case):
    """It was written to every missed deadline of the same timer, whichever organisation had been late."""
    north, south, once_more = (
        Deadline(
            token=case.id, instance=case, process_key="letting", element_id="due", host_element_id="dig", name="Dig", subject=subject,
            counting="", counted_from=clock.today(), due_on=clock.today() + timedelta(day), state=DeadlineState.MISSED,
        )
        for day, subject in enumerate(("North", "South", "North"))
    )  # fmt: skip
    db.add_all([north, south, once_more])

    do(db, case, "explain-deadline", {"deadline": "due", "reason": "Frost.", "deadlineSubject": "South"})
    assert [one.reason for one in (north, south, once_more)] == ["", "Frost.", ""]

    do(db, case, "explain-deadline", {"deadline": "due", "reason": "Flood."})
    assert [one.reason for one in (north, south, once_more)] == ["", "Frost.", "Flood."]

    with pytest.raises(Trouble, match="comes from “due” and has this subject"):
        do(db, case, "explain-deadline", {"deadline": "due", "reason": "Snow.", "deadlineSubject": "South"})


def test_a_reason_for_a_deadline_that_was_not_missed_is_trouble(db, case):
    with pytest.raises(Trouble, match="No missed deadline of this case that still needs a reason comes from “due”"):
        do(db, case, "explain-deadline", {"deadline": "due", "reason": "Frost"})
    with pytest.raises(Trouble, match="needs the input “reason”"):
        do(db, case, "explain-deadline", {"deadline": "due", "reason": ""})


def test_a_message_is_kept_for_whoever_awaits_it(db, case):
    do(db, case, "send-message", {"key": " PLOT-1 ", "content": {"grown": "leeks"}}, headers={"message": "from the bed"})

    message = db.scalars(select(Message)).one()
    assert (message.name, message.correlation_key, message.variables) == ("from the bed", "PLOT-1", {"grown": "leeks"})
    assert message.source_id == case.id
    assert message.expires_at > clock.now()


@pytest.mark.parametrize(
    ("headers", "variables", "said"),
    [
        ({}, {"key": "PLOT-1"}, "does not say which message it sends"),
        ({"message": "m"}, {}, "needs the input “key”"),
        ({"message": "m"}, {"key": "PLOT-1", "content": "leeks"}, "must be a context"),
    ],
)
def test_a_message_without_name_key_or_context_is_trouble(db, case, headers, variables, said):
    with pytest.raises(Trouble, match=said):
        do(db, case, "send-message", variables, headers=headers)
    assert db.scalars(select(Message)).all() == []


CASE_ROLE = {
    "procedure.toml": b"""
key = "allotment"
name = "Allotment"
[roles.neighbour]
name = "Neighbour"
per = "case"
[roles.gardener]
name = "Gardener"
"""
}


def test_a_role_is_given_in_one_case_and_ended_again(db):
    case = instance(db, deployment(db, CASE_ROLE))
    ann = person(db, "Ann Hill")
    given = {"role": "neighbour", "to": [" Ann.Hill@example.org "]}

    do(db, case, "grant-role", given)
    do(db, case, "grant-role", given)

    assert identity.actor_for(db, ann).groups == frozenset()
    assert identity.actor_for(db, ann).groups_in(case.id) == {"neighbour"}

    do(db, case, "end-role", {"role": "neighbour"})
    do(db, case, "end-role", given)

    assert identity.actor_for(db, ann).groups_in(case.id) == frozenset()
    assert [event.what for event in history.events(db, case)] == ["role_granted", "role_ended"]


def test_who_has_no_account_gets_one_and_a_letter_with_a_link_and_the_others_get_none(db):
    letter = b'---\nsubject: Welcome\n---\nDear {{ toName }}, {{ if passwordLink = "" then link else passwordLink }}\n'
    case = instance(db, deployment(db, CASE_ROLE | {"letters/welcome.md": letter}))
    person(db, "Ann Hill")
    given = {"role": "neighbour", "to": ["ann.hill@example.org", "bo.lind@example.org"], "toName": ["Ann Hill", "Bo Lind"]}

    do(db, case, "grant-role", given, headers={"template": "welcome"})
    do(db, case, "grant-role", given, headers={"template": "welcome"})

    bo = identity.by_email(db, "bo.lind@example.org")
    assert bo is not None
    assert (bo.name, identity.actor_for(db, bo).groups_in(case.id)) == ("Bo Lind", frozenset({"neighbour"}))
    old, new = db.scalars(select(Letter).order_by(Letter.id)).all()
    assert (old.to_email, new.to_email) == ("ann.hill@example.org", "bo.lind@example.org")
    assert "/tasks" in old.body
    assert f"/set-password/{identity.password_links.mark(new.key)}" in new.body


def test_with_a_role_that_ends_go_the_tasks_that_name_the_person_where_the_diagram_says_so(db):
    case = instance(db, deployment(db, CASE_ROLE))
    ann = person(db, "Ann Hill")
    do(db, case, "grant-role", {"role": "neighbour", "to": ann.email})
    candidates = [Candidate(kind="person", name=ann.email), Candidate(kind="person", name="bo.lind@example.org")]
    task = UserTask(
        id=uuid4(), instance=case, process_key="p", element_id="t", name="T", created_at=clock.now(), candidates=candidates,
        assignee_id=ann.id, properties={},
    )  # fmt: skip
    db.add(task)
    db.flush()
    as_candidate = access.as_candidate(identity.actor_for(db, ann))

    do(db, case, "end-role", {"role": "neighbour", "to": "cy@example.org"}, headers={"tasks": "taken-back"})
    assert db.scalars(select(UserTask).where(access.CANDIDATE), as_candidate).unique().all() == [task]
    do(db, case, "end-role", {"role": "neighbour", "to": ann.email}, headers={"tasks": "taken-back"})

    db.refresh(task)
    assert ([one.name for one in task.candidates], task.assignee_id) == (["bo.lind@example.org"], None)
    assert db.scalars(select(UserTask).where(access.CANDIDATE), as_candidate).unique().all() == []


def test_a_role_for_a_time_counts_no_more_from_its_day_on(db):
    case = instance(db, deployment(db, CASE_ROLE))
    ann, given = person(db, "Ann Hill"), {"role": "neighbour", "to": "ann.hill@example.org"}
    with clock.moved_to(datetime(2026, 3, 30, 9, tzinfo=UTC)):
        do(db, case, "grant-role", given | {"until": "2026-04-01"})

    def acts_on(day: int) -> bool:
        with clock.moved_to(datetime(2026, 4, day, 9, tzinfo=UTC)):
            held = identity.people_in(db, "neighbour", case.id)
            return identity.actor_for(db, ann).groups_in(case.id) == {"neighbour"} and held == [ann]

    with clock.moved_to(datetime(2026, 3, 31, 9, tzinfo=UTC)):
        assert identity.actor_for(db, ann).groups_in(case.id) == {"neighbour"}
    assert not acts_on(1)

    with clock.moved_to(datetime(2026, 4, 2, 9, tzinfo=UTC)):
        do(db, case, "grant-role", given | {"until": "2026-04-20"})

    assert acts_on(19)
    assert not acts_on(20)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"role": "gardener", "to": "ann.hill@example.org"}, "no role that a case gives"),
        ({"role": "neighbour", "to": "Ann Hill"}, "must be an email address"),
        ({"role": "neighbour", "to": "ann.hill@example.org", "until": "next week"}, "must be a date such as"),
    ],
)
def test_a_role_that_cannot_be_given_is_said(db, variables, said):
    case = instance(db, deployment(db, CASE_ROLE))

    with pytest.raises(Trouble, match=said):
        do(db, case, "grant-role", variables)
