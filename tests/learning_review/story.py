"""A case told as a story: people sign in, find a task on their list, answer its form and send it; and days pass."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from engine import clock, history, instances, jobs, scheduler, starts
from engine.database import Sessions, transaction
from engine.identity import Actor
from engine.models import Base, Incident, IncidentState, Letter, ProcessInstance, Submission
from tests.learning_review.filled_in import entries
from tests.visitors import Visitor

SignIn = Callable[[Actor], Visitor]
Files = Mapping[str, tuple[str, bytes]]  # by key of the field: name and content

ROOT = Path(__file__).parent.parent.parent
FOLDERS = [ROOT / "bpmn" / "learning_review", ROOT / "forms" / "learning_review"]
# That both databases keep a case alike is told by a few stories; the others tell of the procedure and need only one.
SQLITE_ONLY = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

START = "/start/learning_review"
MOST_ROWS = 15


class Story:
    """One case, the people around it, and the clock."""

    def __init__(self, app: Flask, sessions: Sessions, sign_in: SignIn, people: dict[str, Actor], began: datetime) -> None:
        self.app, self.sessions, self.sign_in, self.people = app, sessions, sign_in, people
        self.reference = ""
        self._clock = ExitStack()
        self._go_to(began)

    def close(self) -> None:
        """The clock goes back to where it was."""
        self._clock.close()

    # What people do

    def notify(self, answers: dict[str, Any], by: str | None = None, files: Files | None = None) -> Visitor:
        """Somebody sends a notification, through the public page or, `by` a member of the office, from inside."""
        sent = self.fill_in_notification(answers, by, files)
        assert sent.answer.request.path == f"{START}/sent", sent.problems or sent.text
        self.reference = self.newest()
        assert self.reference in sent.text
        self._settle()
        return sent

    def begin(self, process: str, by: str, **answers: Any) -> Visitor:
        """A person of the office begins another of the procedure's processes with its form; the story goes on with that case."""
        address = f"{START}:{process}"
        sent = self._send(self.sign_in(self.people[by]).open(address), f"{address}?page=check-your-answers", answers)
        assert sent.answer.request.path == f"{address}/sent", sent.problems or sent.text
        self.reference = self.newest()
        self._settle()
        return sent

    def newest(self) -> str:
        """The reference of the case that began last."""
        newest = select(ProcessInstance.business_key).order_by(ProcessInstance.started_at.desc()).limit(1)
        with transaction(self.sessions, reading=True) as session:
            return session.scalar(newest) or ""

    def fill_in_notification(self, answers: dict[str, Any], by: str | None = None, files: Files | None = None) -> Visitor:
        """Somebody fills in the notification and sends it; what comes of it is theirs to see."""
        visitor = self.sign_in(self.people[by]) if by else self.stranger()
        return self._send(visitor.open(START), f"{START}?page=check-your-answers", answers, files)

    def do(self, who: str, task: str, /, subject: str = "", files: Files | None = None, **answers: Any) -> Visitor:
        """A person finds a task on their list by its name, fills in its form and sends it."""
        page = self.try_to(who, task, subject, files, **answers)
        assert page.answer.request.path.endswith("/done"), f"“{task}” was not accepted: {page.problems or page.text[:2000]}"
        self._settle()
        return page

    def try_to(self, who: str, task: str, /, subject: str = "", files: Files | None = None, **answers: Any) -> Visitor:
        """As `do`, but what is sent may be refused."""
        page = self.open_task(who, task, subject)
        return self._send(page, f"{page.answer.request.path}?page=check-your-answers", answers, files)

    def open_task(self, who: str, task: str, subject: str = "") -> Visitor:
        """The page of a task that is on this person's list."""
        person = self.sign_in(self.people[who])
        rows = person.open("/tasks").page.xpath("//li[.//a[starts-with(@href, '/tasks/')]]")
        mine = [row for row in rows if self.reference in _words(row)]
        links = [link for row in mine for link in row.xpath(".//a[starts-with(@href, '/tasks/')]")]
        found = [link for link in links if _words(link).startswith(task) and subject in _words(link)]
        assert found, f"“{task}” {subject} is not on the list: {[_words(row) for row in rows]}"
        return _as_seen(self.go_to_task(person, found[0].get("href")))

    def stranger(self) -> Visitor:
        """Somebody without an account."""
        return Visitor(self.app.test_client())

    def go_to_task(self, person: Visitor, href: str) -> Visitor:
        """From the list to one of its tasks."""
        return person.open(href)

    def _send(self, page: Visitor, address: str, answers: dict[str, Any], files: Files | None = None) -> Visitor:
        """Send a form's answers at once, with what the page holds already, as a browser would send it along."""
        held = {name: values for name, values in _held(page).items() if not any(_is_part(name, f"f-{key}") for key in answers)}
        posted: dict[str, Any] = {**held, **taken_away(answers), **entries(answers), "action": "submit"}
        posted |= {f"f-{key}": (io.BytesIO(content), name) for key, (name, content) in (files or {}).items()}
        return page._see(page.client.post(address, data=posted, follow_redirects=True))

    def tasks_of(self, who: str) -> list[str]:
        """The names of the tasks on this person's list now."""
        return [_words(link) for link in self.sign_in(self.people[who]).open("/tasks").page.xpath("//a[starts-with(@href, '/tasks/')]")]

    # Time

    @property
    def today(self) -> date:
        """The day it is in the story."""
        return clock.today()

    def day(self, number: int) -> str:
        """The ISO date of so many days from today."""
        return (clock.today() + timedelta(days=number)).isoformat()

    def it_is(self, moment: datetime) -> None:
        """Before anything has happened: another day than 3 March 2026."""
        self._go_to(moment)

    def days_pass(self, days: int) -> None:
        """Time goes on, stopping whenever something is due."""
        self.time_passes_until(clock.now() + timedelta(days=days))

    def time_passes_until(self, moment: datetime) -> None:
        """Everything due on the way happens at its own time."""
        while (due := self._next_due()) is not None and due <= moment:
            self._go_to(max(due, clock.now()))
            self._settle()
        self._go_to(moment)
        self._settle()

    def _next_due(self) -> datetime | None:
        with transaction(self.sessions, reading=True) as session:
            return min(filter(None, (jobs.next_due(session), starts.next_due(session))), default=None)

    def _go_to(self, moment: datetime) -> None:
        self._clock.close()
        self._clock.enter_context(clock.moved_to(moment))

    def _settle(self) -> None:
        scheduler.tick(self.sessions, None, base_url="http://localhost")

    # What people see

    @property
    def keeper(self) -> str:
        """Who looks at the case: the Chair, and once it is closed the records officer."""
        return "records officer" if self._case.stage == "closed" else "chair"

    @property
    def _case(self) -> ProcessInstance:
        [case] = self.rows(ProcessInstance, business_key=self.reference)
        found: ProcessInstance = case
        return found

    def case_page(self, part: str = "", who: str = "") -> Visitor:
        """The case's page, or one of its parts: timeline, written, …"""
        page = self.sign_in(self.people[who or self.keeper]).open(f"/cases/{self.reference}{part}")
        assert page.answer.status_code == 200, page.text
        return _as_seen(page)

    @property
    def stage(self) -> str:
        """Where the case stands, as its page heads it."""
        return self._found("//*[contains(@class, 'app-case-head__stage')]")[0]

    @property
    def waits_for(self) -> list[str]:
        """The sentences that say what the case waits for."""
        return self._found("//*[contains(@class, 'app-waits__sentence')]")

    def deadline(self, name: str) -> str:
        """What the case's page says about a deadline: how it is counted, how it stands, and why it was missed."""
        [said] = [text for text in self._found("//li[contains(@class, 'app-deadline')]") if text.startswith(name)]
        return said.removeprefix(name).strip()

    def _found(self, xpath: str) -> list[str]:
        return [_words(element) for element in self.case_page().page.xpath(xpath)]

    def on_the_board(self, *, closed: bool = False) -> str:
        """The line of this case in “Where cases stand”."""
        board = self.sign_in(self.people["chair"]).open("/board?ended=1" if closed else "/board")
        [line] = [_words(row) for row in board.page.xpath("//tbody/tr") if self.reference in _words(row)]
        return line

    def register(self, key: str, who: str = "manager", asked: str = "") -> list[dict[str, str]]:
        """The rows of a register as this person takes them away, by the names of its columns."""
        answer = self.sign_in(self.people[who]).client.get(f"/registers/learning_review/{key}.csv?{asked}")
        assert answer.status_code == 200, answer.text
        return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))

    def letters(self, template: str | None = None) -> list[Letter]:
        """The letters in the outbox."""
        return self.rows(Letter, **({"template": template} if template else {}))

    def letter(self, template: str) -> Letter:
        """The newest letter of its kind."""
        return self.letters(template)[-1]

    # What is so

    def rows(self, kind: type[Base], **having: Any) -> list[Any]:
        """The rows of a table, in the order in which they came."""
        with transaction(self.sessions, reading=True) as session:
            return list(session.scalars(select(kind).filter_by(**having)).unique())

    @property
    def variables(self) -> dict[str, Any]:
        """What the case knows, for what no page shows."""
        [case] = self.rows(ProcessInstance, business_key=self.reference)
        with transaction(self.sessions, reading=True) as session:
            return dict(instances.variables_of(session, session.get_one(ProcessInstance, case.id)))

    def all_is_well(self) -> None:
        """At the end of every story: nothing is stuck, nobody has touched the history, and no email says whom a case is about."""
        assert [incident.message for incident in self.rows(Incident, state=IncidentState.OPEN)] == []
        with transaction(self.sessions, reading=True) as session:
            wrong = [sentence for case in session.scalars(select(ProcessInstance)) for sentence in history.verify(session, case)]
            sent = list(session.scalars(select(Submission.values)))
        assert wrong == []
        written = " ".join(f"{letter.subject} {letter.body}" for letter in self.letters())
        assert [one["name"] for values in sent for one in values.get("subjects", []) if one["name"] in written] == []


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def _as_seen(page: Visitor) -> Visitor:
    """The page without what is hidden as long as nothing is typed, and without the blank rows that a list adds."""
    for hidden in page.page.xpath("//main//*[@hidden] | //main//template"):
        hidden.drop_tree()
    return page


def taken_away(answers: dict[str, Any]) -> dict[str, list[str]]:
    """Rows that a list was shown with and that are not among the answers, as their Remove buttons leave them."""
    lists = {key: len(rows) for key, rows in answers.items() if isinstance(rows, list) and not any(isinstance(row, str) for row in rows)}
    return {f"f-{key}-{number}": [""] for key, count in lists.items() for number in range(count, MOST_ROWS)}


def _is_part(control: str, of: str) -> bool:
    return control == of or control.startswith((f"{of}-", f"{of}__"))


def _held(page: Visitor) -> dict[str, list[str]]:
    """What the page's form would send as it stands."""
    forms = page.page.xpath("//main//form[@method='post'][.//*[@name='action']]")
    held: dict[str, list[str]] = {}
    for name, value in forms[0].form_values() if forms else []:
        held.setdefault(name, []).append(value)
    return held
