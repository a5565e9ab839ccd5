"""A case told as a story whose people sit at browsers: they sign in, open a task on their list and answer it page by page."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask
from lxml import html
from playwright.sync_api import ConsoleMessage, Page, Request, Response, ViewportSize

from engine import forms, identity, instances, tasks
from engine.database import Sessions, transaction
from engine.identity import Actor
from engine.models import Person, Submission
from tests.browser.filling import FIELDS, PATIENCE, Answers, Filling
from tests.conftest import PASSWORD
from tests.learning_review.cast import BEGAN
from tests.learning_review.filled_in import entries
from tests.learning_review.story import Files, Story, taken_away
from tests.visitors import Visitor

OpenPage = Callable[..., Page]
Check = Callable[[Page], None]

DESK: ViewportSize = {"width": 1280, "height": 900}
TELEPHONE: ViewportSize = {"width": 375, "height": 740}


@dataclass(frozen=True)
class Shown:
    """What a browser shows, with the parts of a test client's answer that a story reads."""

    path: str
    status_code: int
    text: str

    @property
    def request(self) -> Shown:
        """What was asked for: it has a path."""
        return self


class BrowserVisitor(Visitor):
    """A person with a browser. Whoever is not signed in, or no longer, does so at the sign-in page. Nothing may go wrong on the way."""

    def __init__(self, browser: Page, person: Actor | None = None) -> None:
        self.browser, self.person = browser, person
        self.wrong: list[str] = []
        self._status = 0
        browser.set_default_timeout(PATIENCE)
        browser.add_init_script(path=FIELDS)
        browser.on("console", self._hear)
        browser.on("pageerror", lambda error: self.wrong.append(str(error)))
        browser.on("requestfailed", self._miss)
        browser.on("response", self._receive)

    def open(self, path: str) -> BrowserVisitor:
        """Go to a page by its address."""
        self.browser.goto(path)
        if self.person and urlsplit(self.browser.url).path == "/sign-in":
            self.browser.get_by_role("textbox", name="Email address").fill(self.person.email)
            self.browser.get_by_role("textbox", name="Password").fill(PASSWORD)
            self.press("Sign in")
        return self.read()

    def press(self, words: str) -> None:
        """Click the button with these words: another page comes."""
        with self.browser.expect_navigation():
            self.browser.get_by_role("button", name=words, exact=True).click()

    def follow(self, href: str) -> BrowserVisitor:
        """Click a link, in a part of the page that must perhaps be opened first."""
        link = self.browser.locator(f"main a[href='{href}']").first
        if not link.is_visible():
            self.browser.locator("details", has=link).locator("summary").click()
        with self.browser.expect_navigation():
            link.click()
        return self.read()

    def read(self) -> BrowserVisitor:
        """Look at what is shown now; nothing may have gone wrong until here."""
        shown = self.browser.content()
        self.page = html.document_fromstring(shown)
        self.answer = Shown(urlsplit(self.browser.url).path, self._status, shown)  # type: ignore[assignment]
        assert self.wrong == [], f"{self.browser.url}: {self.problems} {self.wrong}"
        return self

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self.wrong.append(said.text)

    def _miss(self, request: Request) -> None:
        if request.is_navigation_request() and request.failure == "net::ERR_ABORTED":
            return  # the link was to a file: it is taken away, and the page stays
        self.wrong.append(f"{request.method} {request.url}: {request.failure}")

    def _receive(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self._status = response.status
        if response.status >= 400:
            self.wrong.append(f"{response.request.method} {response.url}: {response.status}")


class BrowserStory(Story):
    """A story in which everything people do and read is done and read in browsers, one for each person."""

    def __init__(self, app: Flask, sessions: Sessions, people: dict[str, Actor], open_page: OpenPage, check: Check) -> None:
        super().__init__(app, sessions, self._at_browser, people, BEGAN)
        self.open_page, self.check = open_page, check
        self.visitors: dict[str, BrowserVisitor] = {}
        self.looked_at: set[str] = set()

    def _at_browser(self, person: Actor) -> BrowserVisitor:
        if person.email not in self.visitors:
            self.visitors[person.email] = BrowserVisitor(self.open_page(viewport=DESK), person)
        return self.visitors[person.email]

    def stranger(self) -> Visitor:
        """Somebody without an account."""
        return BrowserVisitor(self.open_page(viewport=DESK))

    def go_to_task(self, person: Visitor, href: str) -> Visitor:
        """Click it on the list."""
        assert isinstance(person, BrowserVisitor)
        self.look_at(person.browser, "My tasks")
        return person.follow(href)

    def _send(self, page: Visitor, address: str, answers: dict[str, Any], files: Files | None = None) -> Visitor:
        """Answer the form from page to page, until it is sent. What arrives is what these answers mean, wherever conditions hid a field."""
        assert isinstance(page, BrowserVisitor)
        given = Answers(entries(answers), {f"f-{key}": file for key, file in (files or {}).items()})
        expected = self._meant(page, answers, given)
        while page.browser.locator("form[data-form]").count() and not page.problems:
            Filling(page.browser).answer(given)
            self._look_at_form(page.browser)
            with page.browser.expect_navigation():
                page.browser.locator(".app-form .govuk-button-group .govuk-button").first.click()
            page.read()
        if not page.problems:
            arrived = _without(self.rows(Submission)[-1].values, files)
            wrong = [(key, arrived.get(key), meant) for key, meant in _without(expected, files).items() if arrived.get(key) != meant]
            assert wrong == [], f"{address}: this arrived, and that was meant: {wrong}"
        return page

    def _meant(self, page: BrowserVisitor, answers: dict[str, Any], given: Answers) -> dict[str, Any]:
        """What the engine makes of the answers by itself, without any browser."""
        _, _, task = page.answer.request.path.partition("/tasks/")
        with transaction(self.sessions, reading=True) as session:
            asked: tasks.OpenTask | instances.StartForm
            if task and page.person:
                now = identity.actor_for(session, session.get_one(Person, page.person.id))  # with the roles that cases gave meanwhile
                asked = tasks.open_form(session, now, UUID(task))
            else:
                asked = instances.start_form(session, page.person, "learning_review")
            assert asked.form is not None
            enclosed = {control: [{"id": name, "name": name}] for control, (name, _) in given.files.items()}
            values = forms.fill(asked.form, asked.variables, {**taken_away(answers), **given.raw}, enclosed).values
            return {key: values.get(key) for key in asked.form.sets()}

    def _look_at_form(self, page: Page) -> None:
        rows = "with rows" if page.locator("[data-list]").count() else "without rows"
        self.look_at(page, "Check your answers" if "check-your-answers" in page.url else f"A form {rows}")
        self._is_narrow(page, page.title())

    def visit(self, who: str, path: str) -> None:
        """Somebody looks at a page and has no difficulty in reading it."""
        shown = self._at_browser(self.people[who]).open(path)
        if shown.browser.locator("[data-diagram]").count():
            shown.browser.wait_for_selector("[data-diagram][data-ready]")
        self.look_at(shown.browser, path)
        shown.read()

    def register(self, key: str, who: str = "manager", asked: str = "") -> list[dict[str, str]]:
        """The rows of a register as this person downloads them from its page."""
        person = self._at_browser(self.people[who])
        person.open(f"/registers/learning_review/{key}?{asked}")
        self.look_at(person.browser, "A register")
        with person.browser.expect_download() as taken:
            person.browser.get_by_role("link", name="Download as CSV").click()
        return list(csv.DictReader(io.StringIO(Path(taken.value.path()).read_text(encoding="utf-8-sig"))))

    def look_at(self, page: Page, kind: str) -> None:
        """Each kind of page is looked at once by axe, on a desk and on a telephone."""
        if kind in self.looked_at:
            return
        self.looked_at.add(kind)
        self.check(page)
        self._is_narrow(page, f"{kind} on a telephone", self.check)

    def _is_narrow(self, page: Page, name: str, check: Check | None = None) -> None:
        """Once for each name: on a telephone nothing on the page is wider than the screen."""
        if name in self.looked_at:
            return
        self.looked_at.add(name)
        page.set_viewport_size(TELEPHONE)
        too_wide = page.evaluate("tooWide()")
        assert too_wide == [], f"{name} is wider than the screen: {too_wide}"
        if check:
            check(page)
        page.set_viewport_size(DESK)


def _without(values: dict[str, Any], files: Files | None) -> dict[str, Any]:
    """Answers without documents: those have a number that nobody entered."""
    found: dict[str, Any] = _ordered(values)
    for *groups, key in (path.split("__") for path in files or {}):
        reduce(dict.__getitem__, groups, found).pop(key, None)
    return found


def _ordered(value: Any) -> Any:
    """A copy in which what was ticked stands in one order: a page has its own, and says nothing by it."""
    if isinstance(value, dict):
        return {key: _ordered(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted(value) if all(isinstance(one, str) for one in value) else [_ordered(one) for one in value]
    return value
