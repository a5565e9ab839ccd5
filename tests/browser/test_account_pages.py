"""Deputies, passwords, who acts in a case, and what may be done at any time: for a screen reader, by keyboard, on narrow screens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from engine import clock, database, deputies
from engine.identity import Actor
from engine.models import Membership, ProcessInstance, UserTask
from tests.web.errands import Errands

OpenPage = Callable[..., Page]
Check = Callable[[Page], None]


@pytest.fixture
def errands(sessions: database.Sessions, person: Callable[..., Actor]) -> Errands:
    """A tiny procedure, deployed, and the people in it."""
    return Errands(sessions, person)


@pytest.mark.parametrize("width", [1280, 375])
def test_the_pages_of_an_account_are_accessible_and_fit_the_screen(
    errands: Errands, open_page: OpenPage, assert_accessible: Check, width: int
) -> None:
    reference = errands.ask()
    with database.transaction(errands.sessions) as db:
        case = db.scalars(select(ProcessInstance).where(ProcessInstance.business_key == reference)).one()
        db.add(Membership(person_id=errands.stranger.id, group="clerk", instance_id=case.id, ends_on=clock.today() + timedelta(days=9)))
        days = clock.today(), clock.today() + timedelta(days=3)
        deputies.name(db, errands.leila, group="clerk", email=errands.iain.email, starts_on=days[0], ends_on=days[1], reason="Leave")
    size = {"viewport": {"width": width, "height": 900}}
    leila, visitor = open_page(errands.leila, **size), open_page(**size)

    for page, path in [
        (leila, "/account"), (leila, f"/cases/{reference}"), (visitor, "/forgotten-password"), (visitor, "/set-password/a-link"),
    ]:  # fmt: skip
        page.goto(path)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    leila.goto("/account")
    leila.get_by_role("button", name="Name this deputy").click()
    expect(leila.locator(".govuk-error-summary")).to_be_focused()
    assert_accessible(leila)


def test_a_deputy_is_named_by_keyboard_without_scripts(errands: Errands, open_page: OpenPage) -> None:
    page = open_page(errands.leila, java_script_enabled=False)
    page.goto("/account")

    page.get_by_label("Your deputy’s email address").focus()
    page.keyboard.type(errands.stranger.email)
    for day in (clock.today(), clock.today() + timedelta(days=3)):
        for part in (day.day, day.month, day.year):
            page.keyboard.press("Tab")
            page.keyboard.type(str(part))
    page.keyboard.press("Tab")
    page.keyboard.type("Leave")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Una Strang acts for you")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 375])
def test_what_may_be_done_at_any_time_is_unfolded_by_keyboard(
    errands: Errands, open_page: OpenPage, assert_accessible: Check, width: int
) -> None:
    task_id = errands.task(errands.ask())
    with database.transaction(errands.sessions) as db:
        task = db.get_one(UserTask, task_id)
        task.properties, task.due_at = {"optional": "yes"}, None
    page = open_page(errands.leila, viewport={"width": width, "height": 900})
    page.goto("/tasks")
    expect(page.get_by_role("link", name="Look into it")).to_be_hidden()

    page.locator("summary").focus()
    page.keyboard.press("Enter")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Look into it", level=1)).to_be_visible()
