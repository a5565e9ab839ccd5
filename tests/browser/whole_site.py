"""A site like the demonstration's, with something to see on each of its pages, and the address of each."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from engine import clock, database, demonstration, deployments, deputies, documents, identity, messages, papers, tasks
from engine.identity import Actor
from engine.models import (
    Document,
    DocumentReader,
    Incident,
    Job,
    JobState,
    Letter,
    LetterState,
    MessageState,
    Person,
    ProcessInstance,
    RegisterEntry,
    Submission,
    TaskState,
    UserTask,
)
from tests.learning_review.story import FOLDERS

PROCEDURE = FOLDERS[0].name
CASES = (1, 6)  # of the demonstration: in one agencies are being asked, the other does not go on and has left its mark in a register
PEOPLE = {
    "office": "rowan.hughes", "lead": "catriona.laing", "chair": "grace.kerr", "manager": "morag.sim", "author": "olu.ade",
    "subgroup": "mina.patel", "administrator": "jo.lindsay", "reader": "fiona.hay",
}  # fmt: skip
NOBODY = "nobody"
LONG = "A_plan_with_a_very_long_name_that_is_one_word_and_does_not_fit_a_telephone.txt"

# What answers with a file, or only sends on to a page.
NO_PAGES = {
    "static", "auth.home", "insight.table", "cases.chronology_csv", "cases.find", "problems.find", "documents.download", "registers.csv",
    "studio.file", "studio.files",
}  # fmt: skip

_PROCEDURE = f"/procedures/{PROCEDURE}"
_VERSION = f"{_PROCEDURE}/versions/1"
# Every other view that can be looked at: by whom, and where. What stands in braces is found on the site.
PAGES: dict[str, list[tuple[str, str]]] = {
    "account.account": [("chair", "/account"), ("author", "/account")],
    "administration.case": [("administrator", "/cases/{case}/manage")],
    "administration.lifecycle": [("administrator", f"/cases/{{case}}/manage/{act}") for act in ("suspend", "terminate")],
    "administration.timer": [("administrator", "/cases/{case}/manage/timers/{timer}")],
    "administration.token": [("administrator", "/cases/{case}/manage/tokens/{token}")],
    "auth.sign_in": [(NOBODY, "/sign-in")],
    "cases.case": [("chair", "/cases/{decided}"), ("lead", "/cases/{case}"), ("subgroup", "/cases/{decided}")],
    "cases.chronology": [("lead", "/cases/{decided}/chronology"), ("lead", "/cases/{case}/chronology")],
    "cases.diagram": [("lead", "/cases/{case}/diagram")],
    "cases.form": [("lead", "/cases/{decided}/written/{number}")],
    "cases.form_since": [("lead", "/cases/{decided}/written/{number}/since/{earlier}")],
    "cases.forms": [("lead", "/cases/{decided}/written")],
    "cases.happened": [("lead", "/cases/{decided}/timeline"), ("lead", "/cases/{decided}/timeline?every-step=1")],
    "documents.about": [("lead", f"/documents/{{{name}}}/about") for name in ("attached", "wrong", "written")],
    "documents.acting": [("lead", "/documents/{attached}/withdraw")],
    "documents.mine": [("reader", "/documents"), ("chair", "/documents")],
    "documents.naming": [("lead", "/documents/{written}/readers")],
    "documents.reclassifying": [("lead", "/documents/{attached}/reclassify")],
    "documents.replacing": [("lead", "/documents/{attached}/replace")],
    "documents.since": [("lead", "/documents/{written}/since/1")],
    "documents.unnaming": [("lead", "/documents/{written}/readers/{reader}")],
    "insight.board": [("chair", "/board"), ("chair", "/board?risk=overdue"), ("chair", "/board?ended=1"), ("chair", "/board?stage=None")],
    "outbox.letter": [("chair", "/outbox/{letter}")],
    "outbox.letters": [("chair", "/outbox"), ("chair", "/outbox?case={decided}")],
    "passwords.choose": [(NOBODY, "/set-password/a-link")],
    "passwords.forgotten": [(NOBODY, "/forgotten-password")],
    "problems.letter": [("administrator", "/problems/letters/{lost_letter}")],
    "problems.list_open": [("administrator", "/problems")],
    "problems.message": [("administrator", "/problems/messages/{message}")],
    "problems.problem": [("administrator", "/problems/{problem}")],
    "registers.register": [("subgroup", f"/registers/{PROCEDURE}/improvement_plan")],
    "registers.row": [("subgroup", f"/registers/{PROCEDURE}/improvement_plan/{{row}}")],
    "registers.shelf": [("subgroup", "/registers")],
    "start.begin": [(NOBODY, f"/start/{PROCEDURE}"), ("office", f"/start/{PROCEDURE}")],
    "start.choose": [("office", "/start"), ("reader", "/start")],
    "start.discard": [(NOBODY, f"/start/{PROCEDURE}/discard")],
    "start.sent": [("office", f"/start/{PROCEDURE}/sent")],
    "studio.decision": [("lead", f"{_VERSION}/decisions/{{decision}}")],
    "studio.form": [("lead", f"{_VERSION}/forms/notification")],
    "studio.letter": [("lead", f"{_VERSION}/letters/invitation")],
    "studio.paper": [("lead", f"{_VERSION}/documents/{{paper}}")],
    "studio.procedure": [("lead", _PROCEDURE), ("lead", _VERSION)],
    "studio.procedures": [("lead", "/procedures")],
    "studio.process": [("lead", f"{_VERSION}/processes/{PROCEDURE}")],
    "studio.terms": [("lead", f"{_VERSION}/lists/{{terms}}")],
    "tasks.done": [("chair", "/tasks/{done}/done")],
    "tasks.inbox": [("chair", "/tasks"), ("reader", "/tasks")],
    "tasks.task": [("author", "/tasks/{task}")],
}


class WholeSite:
    """The site, what its addresses name, and who looks at it."""

    def __init__(self, app: Flask, sessions: database.Sessions, folder: Path) -> None:
        self.app, self.sessions = app, sessions
        with database.transaction(sessions) as db:
            deployments.deploy(db, deployments.read(FOLDERS))
        demonstration.load(sessions, _cut(folder), PROCEDURE, base_url="http://localhost")
        with database.transaction(sessions) as db:
            self.people = {who: _actor(db, name) for who, name in PEOPLE.items()}
            cases = select(ProcessInstance).where(ProcessInstance.business_key.startswith("LR-"))
            case, decided = db.scalars(cases.order_by(ProcessInstance.started_at.desc()))
            self.named = self._usual(db, case, decided) | self._wrong(db, case) | self._documents(db, case)
            days = clock.today(), clock.today() + timedelta(days=9)
            deputy = self.people["manager"].email
            deputies.name(db, self.people["chair"], group="emppc_chair", email=deputy, starts_on=days[0], ends_on=days[1], reason="Leave")

    def path(self, template: str) -> str:
        """An address, with what stands in braces filled in."""
        return template.format(**self.named)

    def _usual(self, db: Session, case: ProcessInstance, decided: ProcessInstance) -> dict[str, Any]:
        """What a site has after some weeks of use."""
        timer = select(Job.id).where(Job.instance_id == case.id, Job.job_type == "timer", Job.state == JobState.WAITING)
        done = select(UserTask.id).where(UserTask.completed_by == self.people["chair"].id, UserTask.instance_id == decided.id)
        read = select(Submission).where(Submission.instance_id == decided.id, Submission.submitted_by == self.people["lead"].id)
        earlier = db.scalars(read).all()[0]
        number = _handed_in_again(db, earlier)
        return {
            "case": case.business_key, "decided": decided.business_key, "number": number, "earlier": earlier.id,
            "done": db.scalars(done).first(),
            "task": tasks.inbox(db, self.people["author"])[0].id, "timer": db.scalars(timer).first(),
            "token": db.scalars(_open_tasks(case)).unique().all()[-1].id,
            "letter": db.scalars(select(Letter.id).where(Letter.instance_id == decided.id, Letter.template == "outcome")).first(),
            "row": db.scalars(select(RegisterEntry.id).where(RegisterEntry.register == "improvement_plan")).one(),
            "decision": min(file.name for file in FOLDERS[0].glob("*.dmn")),
            "paper": min(file.stem for file in FOLDERS[1].glob("documents/*.md")),
            "terms": min(file.stem for file in FOLDERS[0].glob("lists/*.txt")),
        }  # fmt: skip

    def _wrong(self, db: Session, case: ProcessInstance) -> dict[str, Any]:
        """A step that failed, a message that found nobody, a letter that was not sent."""
        now, task = clock.now(), db.scalars(_open_tasks(case)).unique().all()[0]
        where = {"token": task.id, "instance": case, "process_key": task.process_key, "element_id": task.element_id, "name": task.name}
        job = Job(**where, job_type="send-letter", state=JobState.FAILED, due_at=now, retries=0)
        db.add(job)
        db.flush()
        problem = Incident(**where, job_id=job.id, message="The address “to” is empty. Say who it is for.", opened_at=now)
        message = messages.publish(db, "news from elsewhere", key="k", variables={})
        message.state, message.tries, message.last_error = MessageState.FAILED, 4, "The case was damaged. Restore it from a backup."
        letter = Letter(
            key="lost", instance_id=case.id, template="invitation", to_name="", to_email="nobody@example.org", subject="Meeting",
            body="Come.", state=LetterState.FAILED, written_at=now, next_try_at=now, tries=5, last_error="There is no such address.",
        )  # fmt: skip
        db.add_all([problem, letter])
        db.flush()
        return {"problem": problem.id, "message": message.id, "lost_letter": letter.id}

    def _documents(self, db: Session, case: ProcessInstance) -> dict[str, Any]:
        """A file that somebody attached, a wrong one that was replaced, and one that the case wrote twice, with a named reader."""
        attached, wrong = (self._attached(db, case, name) for name in (LONG, "wrong.txt"))
        right = {"name": "right.txt", "media_type": "text/plain", "content": b"Right"}
        documents.replace(db, self.people["lead"], wrong, **right, reason="It was another case's.")  # type: ignore[arg-type]
        for number, body in enumerate(("We go **up**.", "We go **down** the stairs.")):
            paper = papers.Paper("Minute", "", body)
            files = papers.to_pdf(paper), papers.to_word(paper)
            written, _ = documents.keep_written(
                db, case, documents.next_place(db, case, "minutes"), files, name="Minute", source=body, key=str(number),
                note="Corrected." * number, classification="papers",
            )  # fmt: skip
        documents.name_readers(db, case, written, [self.people["reader"].email])
        documents.note_reading(db, self.people["chair"], written)
        reader = db.scalars(select(DocumentReader.id)).one()
        return {"attached": attached, "wrong": wrong, "written": written.id, "reader": reader}

    def _attached(self, db: Session, case: ProcessInstance, name: str) -> Any:
        document = Document(
            id=uuid4(), instance_id=case.id, field="", name=name, media_type="text/plain", size=5, sha256="", uploaded_at=clock.now(),
            uploaded_by=self.people["lead"].id, content=b"Words", classification="papers",
        )  # fmt: skip
        db.add(document)
        db.flush()
        return document.id


def _cut(folder: Path) -> Path:
    """The demonstration with its people and two of its cases."""
    people, *cases = (FOLDERS[0] / demonstration.FILE).read_text(encoding="utf-8").split("\n[[cases]]\n")
    (folder / demonstration.FILE).write_text("\n[[cases]]\n".join([people, *(cases[number] for number in CASES)]), encoding="utf-8")
    return folder


def _handed_in_again(db: Session, sent: Submission) -> int:
    """The number of the same form with other words."""
    again = Submission(**{column.key: getattr(sent, column.key) for column in inspect(Submission).columns if column.key != "id"})
    again.values = sent.values | {key: "Changed" for key, value in sent.values.items() if isinstance(value, str)}
    db.add(again)
    db.flush()
    return again.id


def _open_tasks(case: ProcessInstance) -> Any:
    return select(UserTask).where(UserTask.instance_id == case.id, UserTask.state == TaskState.OPEN).order_by(UserTask.created_at)


def _actor(db: Session, name: str) -> Actor:
    return identity.actor_for(db, db.scalars(select(Person).where(Person.email == f"{name}@example.org")).one())
