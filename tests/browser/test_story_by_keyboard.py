"""A whole case in a real browser by keyboard alone, with nothing on any page that axe finds fault with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from engine import deployments
from engine.database import Sessions, transaction
from engine.identity import Actor
from tests.browser.keyboard import Keyboard
from tests.conftest import PASSWORD
from tests.learning_review.cast import BEGAN, CAST
from tests.learning_review.filled_in import entries
from tests.learning_review.story import FOLDERS, START, Files, SignIn, Story
from tests.learning_review.usual_course import (
    ADULT_SEATS,
    CHILD_SEATS,
    adult,
    agencies_are_asked,
    child,
    decision_is,
    everybody_is_told,
    facts_are,
    is_acknowledged,
    meeting_is_convened,
    meeting_is_held,
    notification,
    papers_are_out,
    police_report_comes,
)
from tests.visitors import Visitor

OpenPage = Callable[..., Page]
Check = Callable[[Page], None]

TELEPHONE = {"viewport": {"width": 375, "height": 740}}
DESK = {"viewport": {"width": 1440, "height": 900}}
SEATS = list(dict.fromkeys([*CHILD_SEATS, *ADULT_SEATS]))
# Pages on which somebody first goes on without an answer: where, and what they are told.
TOO_SOON = {
    f"{START}?page=contact": "Enter your full name",
    f"{START}?page=people": "Select who this notification is about",
    "Convene the meeting?page=people": "Person 1: enter the name",
    "Decide who writes the report": "Select how your agency will respond",
    "Decision 1: are the criteria met??page=criteria": "Finding 1: select the person",
}
NOT_HARMED = {
    "died": "no", "harmed": "no", "abuse_factor": "no", "harm_cause": "other", "cpr": "no", "sibling_cpr": "no",
    "care_experienced": "no", "carm": "no", "additional_learning": "no", "effective_working": "no",
}  # fmt: skip
WAS_NEGLECTED = {"died": "no", "asp": "previous", "joint_working_concern": "yes", "serious_abuse": "yes", "effective_working": "no"}
MET_AND_ADDRESSED: dict[str, Any] = {
    "findings": [{"person": "Jean Grant", "clause": "adult_1ii", "finding": "met", "reason": "As the meeting found."}],
    "criteria_finding": "met", "criteria_reason": "The meeting saw it so.",
    "learning_needed": "no", "learning_sufficient": "partly", "being_addressed": "all",
    "plans": [{"theme": "Sharing", "plan_kind": "multi_agency", "plan": "The sharing plan"}],
}  # fmt: skip
PEOPLE = [
    {"name": "Grace Kerr", "post": "EMPPC Chair", "email": "grace.kerr@example.org", "seats": ["chair"]},
    {"name": "Nadia Shah", "post": "Director", "email": "nadia.shah@example.org", "seats": ["health", "paediatrics"]},
    {"name": "Morag Sim", "post": "Manager", "email": "morag.sim@example.org",
     "seats": [key for key in SEATS if key not in ("chair", "health", "paediatrics")]},
]  # fmt: skip


def told_of_a_mistake(where: str) -> str:
    """What a page is called when it shows mistakes."""
    return f"{where}, told of a mistake"


class StoryByKeyboard(Story):
    """A story whose people sit at keyboards: each has a browser, signs in, finds the task and answers page by page."""

    def __init__(
        self, app: Flask, sessions: Sessions, sign_in: SignIn, people: dict[str, Actor], open_page: OpenPage, check: Check
    ) -> None:
        super().__init__(app, sessions, sign_in, people, BEGAN)
        self.open_page, self.check = open_page, check
        self.keyboards: dict[str, Keyboard] = {}
        self.checked: set[str] = set()

    def notify(self, answers: dict[str, Any], by: str | None = None, files: Files | None = None) -> Visitor:
        """A practitioner sends the notification from a telephone, through the public page."""
        assert by is None, "the office would begin from its own list"
        keyboard = Keyboard(self.open_page(**TELEPHONE))
        keyboard.page.goto(START)
        self._fill_in(keyboard, START, answers, files or {})
        expect(keyboard.page.get_by_role("heading", name="Thank you. It has arrived.")).to_be_visible()
        self.look_at(keyboard.page, "Sent")
        self.reference = keyboard.page.locator(".app-reference").inner_text()
        self._settle()
        return self._as_visitor(keyboard.page)

    def do(self, who: str, task: str, /, subject: str = "", files: Files | None = None, **answers: Any) -> Visitor:
        """A person finds a task on their list by its name, answers it page by page, and completes it."""
        keyboard = self.at_the_keyboard(who)
        keyboard.skip()
        self.look_at(keyboard.page, "My tasks")
        keyboard.go(task, containing=subject)
        self._fill_in(keyboard, task, answers, files or {})
        expect(keyboard.page.get_by_role("heading", name="Thank you, that is done")).to_be_visible()
        self.look_at(keyboard.page, "Done")
        self._settle()
        return self._as_visitor(keyboard.page)

    def at_the_keyboard(self, who: str) -> Keyboard:
        """This person's browser with My tasks; whoever is not signed in, or no longer, signs in."""
        if who not in self.keyboards:
            self.keyboards[who] = Keyboard(self.open_page(**DESK))
        keyboard = self.keyboards[who]
        keyboard.page.goto("/tasks")
        if keyboard.page.get_by_role("heading", name="Sign in", level=1).is_visible():
            self._sign_in(keyboard, self.people[who])
        expect(keyboard.page.get_by_role("heading", name="My tasks", level=1)).to_be_visible()
        return keyboard

    def _sign_in(self, keyboard: Keyboard, person: Actor) -> None:
        self.look_at(keyboard.page, "Sign in")
        keyboard.skip()
        keyboard.reach("Email address")
        keyboard.type(person.email)
        keyboard.reach("Password")
        keyboard.type(PASSWORD)
        keyboard.go("Sign in")

    def _fill_in(self, keyboard: Keyboard, form: str, answers: dict[str, Any], files: Files) -> None:
        """From page to page, until the form is sent; every answer is asked for on some page."""
        raw, page = entries(answers), keyboard.page
        enclosed = {f"f-{key}": file for key, file in files.items()}
        answered: set[str] = set()
        while page.locator("form[data-form]").count():
            query = urlsplit(page.locator("form[data-form]").get_attribute("action") or "").query
            where = f"{form}?{query}" if query else form
            keyboard.skip()
            if where in TOO_SOON:
                keyboard.is_told(TOO_SOON[where])
                self.look_at(page, told_of_a_mistake(where))
            answered |= keyboard.answer(raw, enclosed)
            self.look_at(page, where)
            keyboard.enter()
            problems = page.locator(".govuk-error-summary__list").all_inner_texts()
            assert problems == [], f"{where}: {problems}"
        asked = {name for name, values in raw.items() if values not in (["row"], [""])} | enclosed.keys()
        assert asked - answered == set(), f"{form}: the keyboard never came to these"

    def look_at(self, page: Page, where: str) -> None:
        """Each page is looked at once by axe, and nothing on it is wider than the screen."""
        if where in self.checked:
            return
        self.checked.add(where)
        self.check(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{where} is wider than the screen"

    def _as_visitor(self, page: Page) -> Visitor:
        """What the browser shows, to be read."""
        client = self.app.test_client()
        for cookie in page.context.cookies():
            client.set_cookie(cookie["name"], cookie["value"])
        shown = urlsplit(page.url)
        return Visitor(client).open(f"{shown.path}?{shown.query}")


@pytest.fixture
def story(
    app: Flask,
    sessions: Sessions,
    sign_in: SignIn,
    person: Callable[..., Actor],
    open_page: OpenPage,
    assert_accessible: Check,
) -> Iterator[StoryByKeyboard]:
    """The procedure is live, and it is ten o'clock on 3 March 2026."""
    people = {name: person(full_name, *groups) for name, (full_name, *groups) in CAST.items()}
    with transaction(sessions) as session:
        deployments.deploy(session, deployments.read(FOLDERS))
    story = StoryByKeyboard(app, sessions, sign_in, people, open_page, assert_accessible)
    try:
        yield story
        story.all_is_well()
    finally:
        story.close()


@pytest.mark.long
def test_a_case_is_decided_by_keyboard_alone(story: StoryByKeyboard) -> None:
    # given a notification about a child and her mother, and two agencies that are asked
    story.notify(notification(child("Ailsa Grant"), adult("Jean Grant"), strand="both"), files={"attachments": ("record.txt", b"A visit.")})
    assert [person["name"] for person in story.variables["subjects"]] == ["Ailsa Grant", "Jean Grant"]
    is_acknowledged(story, "both")
    agencies_are_asked(story, "police", "nhs")
    police_report_comes(story)
    Story.do(story, "nhs", "Decide who writes the report", response="nil_return", nil_reason="No records.")

    # when the meeting is prepared and held, and decides twice
    meeting_is_convened(story, story.day(30), people=PEOPLE)
    papers_are_out(story, themes=[{"theme": "How what is known is shared.", "agencies": ["police"]}])
    story.days_pass(30)
    meeting_is_held(story, *SEATS)
    facts_are(story, NOT_HARMED, 1, by="child lead")
    facts_are(story, WAS_NEGLECTED, 2)
    story.do("chair", "Decision 1: are the criteria met?", **MET_AND_ADDRESSED)
    decision_is(story, "not_proceed", "being_addressed", covered=["Ailsa Grant", "Jean Grant"])
    everybody_is_told(story, "not_proceed")

    # then the board and the case's page tell it
    chair = story.at_the_keyboard("chair")
    chair.go("Where cases stand")
    story.look_at(chair.page, "Where cases stand")
    expect(chair.page.get_by_role("row").filter(has_text=story.reference)).to_contain_text("Decided")
    chair.skip()
    chair.go(story.reference)
    story.look_at(chair.page, "The case")
    expect(chair.page.get_by_role("heading", name=f"Case {story.reference}")).to_be_visible()
    expect(chair.page.locator(".app-case-head__stage")).to_have_text("Decided since 2 April 2026")
    assert {told_of_a_mistake(where) for where in TOO_SOON} <= story.checked
