"""What a person may not see does not exist: every address of the site, opened by people it is not for, with ids that are real."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from engine import clock, deputies, documents, drafts, instances, letters, tasks
from engine.database import transaction
from engine.errors import NotFound
from engine.identity import Actor
from engine.letters import LetterTemplate, Recipient
from engine.models import Document, Job, ProcessInstance, Submission, UserTask
from tests.visitors import Visitor
from tests.web.errands import Errands

SignIn = Callable[[Actor], Visitor]

# Addresses that are no case's: what they show is for everybody who is signed in, or for everybody, or about the visitor alone.
NO_CASES = {
    "static", "account.account", "account.name", "auth.enter", "auth.home", "auth.sign_in", "auth.sign_out", "cases.find",
    "documents.mine", "outbox.letters", "passwords.ask", "passwords.choose", "passwords.forgotten", "passwords.set_password",
    "registers.shelf", "start.answer", "start.begin", "start.choose", "start.discard", "start.draft", "start.files", "start.sent",
    "start.throw_away", "studio.decision", "studio.file", "studio.files", "studio.form", "studio.letter", "studio.paper",
    "studio.procedure", "studio.procedures", "studio.process", "studio.terms", "tasks.inbox",
}  # fmt: skip
# Of cases, or of the machine that runs them.
GUARDED = {
    "account.end", "administration.case", "administration.change", "administration.lifecycle", "administration.move",
    "administration.reschedule", "administration.timer", "administration.token", "cases.case", "cases.chronology",
    "cases.chronology_csv", "cases.diagram", "cases.form", "cases.form_since", "cases.forms", "cases.happened",
    "documents.about", "documents.acting", "documents.change", "documents.download", "documents.name", "documents.naming",
    "documents.reclassify", "documents.reclassifying", "documents.replace", "documents.replacing", "documents.since",
    "documents.unname", "documents.unnaming", "insight.board", "insight.table", "outbox.letter", "problems.find",
    "problems.letter", "problems.list_open", "problems.message", "problems.problem", "problems.send_letter",
    "problems.settle_message", "problems.solve", "registers.csv", "registers.register", "registers.row", "tasks.answer",
    "tasks.assign", "tasks.claim", "tasks.done", "tasks.draft", "tasks.files", "tasks.follow_up", "tasks.release", "tasks.task",
}  # fmt: skip
FOR_ADMINISTRATORS = {one for one in GUARDED if one.startswith(("administration.", "problems."))} | {"account.end"}
PAPER = "stairs-of-the-asker.txt"


@dataclass(frozen=True)
class Errand:
    """One case with something in every corner, and the ids of it all."""

    reference: str
    ids: dict[str, Any]


@pytest.fixture
def errand(errands: Errands) -> Errand:
    """Leila has looked into it with a paper attached; the next task is half filled in; a letter was written; Iain is her deputy."""
    reference = errands.ask()
    with transaction(errands.sessions) as db:
        case = db.scalars(select(ProcessInstance).where(ProcessInstance.business_key == reference)).one()
        task = db.get_one(UserTask, errands_task(db, case))
        draft = tasks.draft_of(db, errands.leila, task.id)
        paper = documents.attach(db, draft=draft, field="f-look_papers", name=PAPER, media_type="", content=b"Two.", actor=errands.leila)
        documents.settle(db, draft, case, task, {"papers": [documents.value_of(paper)]})
        drafts.discard(db, draft)
        tasks.complete_with(db, errands.leila, task.id, {"note": "A heavy one"})
        template, to = LetterTemplate("x", "About the asker", "Dear asker", frozenset()), Recipient("R", "r@example.org")
        letter = letters.write(db, template, {}, to=to, key="1", instance=case)
        today = clock.today()
        deputy = deputies.name(
            db, errands.leila, group="clerk", email=errands.iain.email, starts_on=today, ends_on=today + timedelta(days=1), reason="Leave"
        )
        db.flush()
        ids = {
            "reference": reference, "task_id": errands_task(db, case), "document_id": paper.id, "letter_id": letter.id,
            "number": db.scalars(select(Submission.id).where(Submission.task_id.is_not(None))).one(), "deputy_id": deputy.id,
            "token": task.id, "job_id": db.scalars(select(Job.id)).first() or 1, "incident_id": 1, "message_id": 1, "reader_id": 1,
            "version": 1, "procedure_key": "errand", "key": "rounds", "earlier": 1,
        }  # fmt: skip
    return Errand(reference, ids)


def errands_task(db: Any, case: ProcessInstance) -> Any:
    return db.scalars(select(UserTask.id).where(UserTask.instance_id == case.id, UserTask.closed_at.is_(None))).one()


def addresses(app: Flask, ids: dict[str, Any], of: set[str]) -> list[tuple[str, str, str]]:
    """Each way in which these addresses can be opened: endpoint, method, path."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.endpoint in of:
                path = app.url_map.bind("localhost").build(rule.endpoint, {**ids, **_first_of(rule)})
                found += [(rule.endpoint, method, path) for method in sorted((rule.methods or set()) & {"GET", "POST"})]
    return found


def _first_of(rule: Rule) -> dict[str, str]:
    """A word for an argument that takes one of several."""
    return {"act": "suspend" if rule.endpoint.startswith("administration") else "withdraw"} if "act" in rule.arguments else {}


def test_every_address_is_known_to_be_of_a_case_or_of_none(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == NO_CASES | GUARDED
    assert not NO_CASES & GUARDED


def opened(visitor: Visitor, token: str, method: str, path: str) -> Any:
    if method == "GET":
        return visitor.client.get(path)
    return visitor.client.post(path, data={"csrf_token": token, "file": (io.BytesIO(b"x"), "x.txt")})


def token_of(visitor: Visitor) -> str:
    """What the site asks of a form of its own."""
    return str(visitor.open("/account").page.xpath("//input[@name='csrf_token']/@value")[0])


def test_for_somebody_without_a_role_no_case_exists_anywhere(app: Flask, errands: Errands, errand: Errand, sign_in: SignIn) -> None:
    stranger = sign_in(errands.stranger)
    token = token_of(stranger)

    for endpoint, method, path in addresses(app, errand.ids, GUARDED):
        assert opened(stranger, token, method, path).status_code == 404, (endpoint, method)
    for endpoint, method, path in addresses(app, errand.ids | {"token": "guessed"}, {"tasks.inbox", "outbox.letters", "documents.mine"}):
        assert errand.reference not in opened(stranger, token, method, path).text, endpoint
    assert errand.reference not in stranger.open("/account").text


def test_the_same_addresses_exist_for_those_they_are_for(app: Flask, errands: Errands, errand: Errand, sign_in: SignIn) -> None:
    leila, iain = sign_in(errands.leila), sign_in(errands.iain)
    of_the_case = {"cases.case", "cases.diagram", "cases.form", "cases.forms", "cases.happened", "documents.about", "documents.download",
                   "insight.board", "insight.table", "outbox.letter", "tasks.done"}  # fmt: skip

    done = errand.ids | {"task_id": errand.ids["token"]}
    for endpoint, method, path in addresses(app, done, of_the_case):
        assert opened(leila, "", method, path).status_code == 200, endpoint
    for endpoint, method, path in addresses(app, errand.ids, {"tasks.task"}):
        assert opened(iain, "", method, path).status_code == 200, endpoint


def test_administrators_find_the_machine_and_no_content(
    app: Flask, errands: Errands, errand: Errand, person: Callable[..., Actor], sign_in: SignIn
) -> None:
    ada = sign_in(person("Ada Low", "administrator"))
    token = token_of(ada)

    for endpoint, method, path in addresses(app, errand.ids, GUARDED - FOR_ADMINISTRATORS):
        assert opened(ada, token, method, path).status_code == 404, (endpoint, method)
    for endpoint, _, path in addresses(app, errand.ids, {one for one in FOR_ADMINISTRATORS if one.endswith(("case", "list_open"))}):
        page = ada.open(path).text
        for kept in (PAPER, "A heavy one", "About the asker", "A parcel"):
            assert kept not in page, endpoint


def test_nothing_of_a_case_can_be_started_or_read_by_its_id_alone(errands: Errands, errand: Errand) -> None:
    with transaction(errands.sessions, reading=True) as db:
        document = db.scalars(select(Document)).one()
        for who in (errands.stranger,):
            with pytest.raises(NotFound):
                documents.get_for(db, who, document.id)
            with pytest.raises(NotFound):
                instances.sight_for(db, who, errand.reference)
