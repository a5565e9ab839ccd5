"""A person's day in a real browser: signing in, the list, a task, starting something — by keyboard, on a telephone, without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from engine import database
from engine.identity import Actor
from tests.conftest import PASSWORD
from tests.web.errands import Errands

OpenPage = Callable[..., Page]
SMALL = {"viewport": {"width": 375, "height": 740}}


@pytest.fixture
def errands(sessions: database.Sessions, person: Callable[..., Actor]) -> Errands:
    """A tiny procedure, deployed, and the people in it."""
    return Errands(sessions, person)


def go_to(page: Page, name: str) -> None:
    """Press Tab until the thing with this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if name in page.evaluate("document.activeElement.innerText || document.activeElement.labels?.[0]?.innerText || ''"):
            return
    raise AssertionError(f"the keyboard does not reach “{name}”")


def test_a_task_is_done_by_keyboard_alone(errands: Errands, open_page: OpenPage, assert_accessible: Callable[[Page], None]) -> None:
    errands.ask()
    page = open_page()
    page.goto("/")

    go_to(page, "Email address")
    page.keyboard.type(errands.leila.email)
    go_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="My tasks")).to_be_visible()
    go_to(page, "Look into it")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Look into it", level=1)).to_be_visible()
    go_to(page, "Your note")
    page.keyboard.type("Easy")
    for part in ("3", "3", "2026"):
        page.keyboard.press("Tab")
        page.keyboard.type(part)
    go_to(page, "Complete this task")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Thank you, that is done")).to_be_visible()
    assert_accessible(page)


def test_the_first_tab_leads_past_the_navigation(errands: Errands, open_page: OpenPage) -> None:
    page = open_page(errands.leila)
    page.goto("/tasks")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main-content"


def test_a_mistake_is_told_first_and_leads_to_its_field(errands: Errands, open_page: OpenPage) -> None:
    page = open_page(errands.leila)
    page.goto(errands.page(errands.ask()))

    page.get_by_role("button", name="Complete this task").click()

    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Enter your note").click()
    expect(page.get_by_label("Your note")).to_be_focused()


@pytest.mark.parametrize("settings", [{}, SMALL], ids=["desk", "telephone"])
def test_pages_are_accessible_and_fit_the_screen(
    errands: Errands, open_page: OpenPage, assert_accessible: Callable[[Page], None], settings: dict[str, object]
) -> None:
    task = errands.page(errands.ask())
    visitor, leila = open_page(**settings), open_page(errands.leila, **settings)

    for page, path in [
        (visitor, "/sign-in"), (visitor, "/start/errand"), (visitor, "/no/such/page"), (visitor, "/start/errand?page=check-your-answers"),
        (leila, "/tasks"), (leila, "/tasks?search=nothing"), (leila, task), (leila, "/start"),
    ]:  # fmt: skip
        page.goto(path)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path

    leila.goto(task)
    leila.get_by_role("button", name="Complete this task").click()
    assert_accessible(leila)


def test_everything_works_without_scripts(errands: Errands, open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/start/errand")

    page.get_by_label("Your name").fill("Rab")
    page.get_by_label("A parcel").check()
    page.get_by_role("button", name="Continue").last.click()
    page.get_by_label("What to fetch").fill("A red parcel")
    page.get_by_role("button", name="Continue").last.click()
    page.get_by_role("button", name="Send").last.click()

    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert errands.count() == 1


def test_what_is_typed_is_saved_without_pressing_anything(errands: Errands, open_page: OpenPage) -> None:
    path = errands.page(errands.ask())
    leila, morag = open_page(errands.leila), open_page(errands.morag)
    leila.goto(path)

    with leila.expect_response("**/draft"):
        leila.get_by_label("Your note").press_sequentially("Half a thought")

    morag.goto(path)
    expect(morag.get_by_label("Your note")).to_have_value("Half a thought")


def test_somebody_elses_change_is_the_first_thing_that_is_read(
    errands: Errands, open_page: OpenPage, assert_accessible: Callable[[Page], None]
) -> None:
    path = errands.page(errands.ask())
    leila, morag = open_page(errands.leila), open_page(errands.morag)
    leila.route("**/draft", lambda route: route.abort())  # a page that could not save as it was typed in
    leila.goto(path)
    leila.get_by_label("Your note").fill("Easy")
    morag.goto(path)
    morag.get_by_label("Your note").fill("Hard")
    morag.get_by_role("button", name="Save and come back later").click()

    leila.get_by_role("button", name="Complete this task").last.click()

    expect(leila.locator("[data-take-focus]")).to_be_focused()
    expect(leila.get_by_label("Your note")).to_have_value("Easy")
    expect(leila.get_by_text("Morag Bell changed this")).to_be_visible()
    assert_accessible(leila)


def test_the_menu_folds_on_a_telephone(errands: Errands, open_page: OpenPage) -> None:
    page = open_page(errands.leila, **SMALL)
    page.goto("/tasks")

    expect(page.get_by_role("link", name="Where cases stand")).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("link", name="Where cases stand")).to_be_visible()
