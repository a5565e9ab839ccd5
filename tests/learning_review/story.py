"""A case told as a story: people sign in, find a task on their list, answer its form and send it; and days pass."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from engine import clock, instances, jobs, scheduler
from engine.database import Sessions, transaction
from engine.identity import Actor
from engine.models import Base, Incident, IncidentState, Letter, ProcessInstance
from tests.learning_review.filled_in import entries
from tests.visitors import Visitor

SignIn = Callable[[Actor], Visitor]

START = "/start/learning_review"


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

    def notify(self, answers: dict[str, Any], by: str | None = None) -> Visitor:
        """Somebody sends a notification, through the public page or, `by` a member of the office, from inside."""
        visitor = self.sign_in(self.people[by]) if by else Visitor(self.app.test_client())
        sent = self._send(visitor.open(START), f"{START}?page=check-your-answers", answers)
        assert sent.answer.request.path == f"{START}/sent", sent.problems or sent.text
        newest = select(ProcessInstance.business_key).order_by(ProcessInstance.started_at.desc()).limit(1)
        with transaction(self.sessions, reading=True) as session:
            self.reference = session.scalar(newest) or ""
        self._settle()
        return sent

    def do(self, who: str, task: str, /, subject: str = "", **answers: Any) -> Visitor:
        """A person finds a task on their list by its name, fills in its form and sends it."""
        person = self.sign_in(self.people[who])
        address = self._address(person, task, subject)
        page = person.open(address)
        assert page.answer.status_code == 200, page.text
        self._send(page, f"{address}?page=check-your-answers", answers)
        assert page.answer.request.path.endswith("/done"), f"“{task}” was not accepted: {page.problems or page.text[:2000]}"
        self._settle()
        return page

    @staticmethod
    def _send(page: Visitor, address: str, answers: dict[str, Any]) -> Visitor:
        """Send a form's answers at once, with what the page holds already, as a browser would send it along."""
        typed = {**_held(page), **entries(answers), "action": "submit"}
        return page._see(page.client.post(address, data=typed, follow_redirects=True))

    def _address(self, person: Visitor, task: str, subject: str) -> str:
        rows = person.open("/tasks").page.xpath("//a[contains(@href, '/tasks/')]")
        named = [row for row in rows if task == " ".join(row.text_content().split()) or task in " ".join(row.text_content().split())]
        found = [row.get("href") for row in named if subject in " ".join(_around(row).split())]
        assert found, f"“{task}” {subject} is not on the list: {self.lists(person)}"
        return str(found[0])

    @staticmethod
    def lists(person: Visitor) -> list[str]:
        """The names of the tasks on a person's list."""
        found = person.open("/tasks").page.xpath("//a[starts-with(@href, '/tasks/')]")
        return [" ".join(link.text_content().split()) for link in found]

    def tasks_of(self, who: str) -> list[str]:
        """The names of the tasks on this person's list now."""
        return self.lists(self.sign_in(self.people[who]))

    # Time

    @property
    def today(self) -> date:
        """The day it is in the story."""
        return clock.today()

    def day(self, number: int) -> str:
        """The ISO date of so many days from today."""
        return (clock.today() + timedelta(days=number)).isoformat()

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
            return jobs.next_due(session)

    def _go_to(self, moment: datetime) -> None:
        self._clock.close()
        self._clock.enter_context(clock.moved_to(moment))

    def _settle(self) -> None:
        scheduler.tick(self.sessions, None, base_url="http://localhost")
        assert [incident.message for incident in self.rows(Incident, state=IncidentState.OPEN)] == []

    # What is so

    def rows(self, kind: type[Base], **having: Any) -> list[Any]:
        """The rows of a table, in the order in which they came."""
        with transaction(self.sessions, reading=True) as session:
            return list(session.scalars(select(kind).filter_by(**having)).unique())

    def letters(self, template: str | None = None) -> list[Letter]:
        """The letters in the outbox."""
        return self.rows(Letter, **({"template": template} if template else {}))

    @property
    def case(self) -> ProcessInstance:
        """The case as it stands."""
        [case] = self.rows(ProcessInstance, business_key=self.reference)
        return case

    @property
    def variables(self) -> dict[str, Any]:
        """What the case knows."""
        with transaction(self.sessions, reading=True) as session:
            return dict(instances.variables_of(session, session.get_one(ProcessInstance, self.case.id)))


def _around(link: Any) -> str:
    """The words of the list's row in which a link stands."""
    row = link.xpath("ancestor::*[self::li or self::tr or contains(@class, 'row')][1]")
    return str((row[0] if row else link).text_content())


def _held(page: Visitor) -> dict[str, list[str]]:
    """What the page's form would send as it stands."""
    forms = page.page.xpath("//main//form[@method='post'][.//*[@name='action']]")
    held: dict[str, list[str]] = {}
    for name, value in forms[0].form_values() if forms else []:
        held.setdefault(name, []).append(value)
    return held
