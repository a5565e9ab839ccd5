"""Drafts in a browser: nothing typed is lost, and nobody's words are overwritten."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from engine import database
from engine.identity import Actor
from tests.browser.one_task import OneTask
from tests.engine.drawn import day, needed, radio, rows, text
from web.unit_of_work import SIGN_IN_COOKIE

OpenPage = Callable[..., Page]
FORM = (
    text("what", label="What happened", **needed()),
    {"type": "textarea", "key": "why", "label": "Why"},
    radio("harmed", "yes", "no", label="Harmed"),
    day("on", dateLabel="On which day"),
    rows("people", text("name", label="Name"), properties={"rowName": "Person"}),
)
SAVED = re.compile(r"Saved at \d\d:\d\d")
NOT_SAVED = "Not saved yet; we will try again."


@pytest.fixture
def task(sessions: database.Sessions, person: Callable[..., Actor]) -> OneTask:
    """A task whose form each test draws."""
    return OneTask(sessions, person)


def saved(page: Page) -> None:
    """Wait until everything typed is on the server."""
    expect(page.get_by_role("status").filter(has_text=SAVED)).to_be_visible()


def type_and_save(page: Page, label: str, words: str) -> None:
    with page.expect_response("**/draft"):
        page.get_by_label(label).press_sequentially(words)
    saved(page)


def test_words_are_saved_within_a_second_of_a_pause(task: OneTask, open_page: OpenPage) -> None:
    path = task.with_form(*FORM)
    page = open_page(task.leila)
    page.goto(path)

    page.get_by_label("What happened").press_sequentially("A fall")
    paused = time.monotonic()
    with page.expect_request("**/draft") as asked:
        pass

    assert time.monotonic() - paused < 1.5
    assert asked.value.post_data_json == {"seen": 0, "fields": {"f-what": ["A fall"]}}
    saved(page)
    page.reload()
    expect(page.get_by_label("What happened")).to_have_value("A fall")


def test_words_are_saved_on_leaving(task: OneTask, open_page: OpenPage) -> None:
    path = task.with_form(*FORM)
    page = open_page(task.leila)
    page.goto(path)

    page.get_by_label("Why").fill("Ice")
    page.get_by_label("Yes").check()
    page.goto("/tasks")

    # The page is left at once; what it sent on leaving may be taken in after the next page was asked for.
    for _ in range(20):
        page.goto(path)
        if page.get_by_label("Why").input_value():
            break
    expect(page.get_by_label("Why")).to_have_value("Ice")
    expect(page.get_by_label("Yes")).to_be_checked()


def test_a_colleagues_change_appears_where_i_typed_nothing(task: OneTask, open_page: OpenPage) -> None:
    path = task.with_form(*FORM)
    leila, morag = open_page(task.leila), open_page(task.morag)
    leila.goto(path)
    morag.goto(path)

    morag.get_by_label("No", exact=True).check()
    morag.get_by_label("Day").first.fill("3")
    type_and_save(morag, "Why", "Ice")
    type_and_save(leila, "What happened", "A fall")

    expect(leila.get_by_label("Why")).to_have_value("Ice")
    expect(leila.get_by_label("No", exact=True)).to_be_checked()
    expect(leila.get_by_label("Day").first).to_have_value("3")
    expect(leila.get_by_text(re.compile(r"Morag Bell changed this at \d\d:\d\d\."))).to_have_count(3)
    expect(leila.get_by_label("What happened")).to_have_value("A fall")


def test_a_colleagues_change_of_what_i_changed_is_shown_beside_mine(
    task: OneTask, open_page: OpenPage, assert_accessible: Callable[[Page], None]
) -> None:
    path = task.with_form(*FORM)
    leila, morag = open_page(task.leila), open_page(task.morag)
    leila.goto(path)
    morag.goto(path)

    type_and_save(morag, "Why", "Ice")
    with leila.expect_response("**/draft"):
        leila.get_by_label("Why").press_sequentially("Snow")
    notice = leila.locator(".app-change")
    expect(notice).to_contain_text("Morag Bell changed this too")
    expect(notice).to_contain_text("Ice")
    expect(leila.get_by_label("Why")).to_have_value("Snow")
    assert_accessible(leila)
    with leila.expect_response("**/draft"):
        leila.get_by_role("button", name="Keep mine").click()

    expect(notice).to_have_count(0)
    assert leila.evaluate("document.activeElement.id") == "f-why"
    morag.reload()
    expect(morag.get_by_label("Why")).to_have_value("Snow")


def test_a_colleagues_change_can_be_taken_instead_of_mine(task: OneTask, open_page: OpenPage) -> None:
    path = task.with_form(*FORM)
    leila, morag = open_page(task.leila), open_page(task.morag)
    leila.goto(path)
    morag.goto(path)

    with morag.expect_response("**/draft"):
        morag.get_by_label("Yes").check()
    saved(morag)
    with leila.expect_response("**/draft"):
        leila.get_by_label("No", exact=True).check()
    expect(leila.locator(".app-change")).to_contain_text("Yes")
    leila.get_by_role("button", name="Use theirs").click()

    expect(leila.get_by_label("Yes")).to_be_checked()
    expect(leila.locator(".app-change")).to_have_count(0)


def test_a_form_is_not_sent_before_one_has_decided(task: OneTask, open_page: OpenPage) -> None:
    path = task.with_form(*FORM)
    leila, morag = open_page(task.leila), open_page(task.morag)
    leila.goto(path)
    morag.goto(path)

    type_and_save(morag, "What happened", "Ice")
    with leila.expect_response("**/draft"):
        leila.get_by_label("What happened").fill("Snow")
    expect(leila.locator(".app-change")).to_contain_text("Ice")
    leila.get_by_role("button", name="Complete this task").click()
    assert leila.evaluate("document.activeElement.textContent") == "Keep mine"
    leila.keyboard.press("Enter")
    leila.wait_for_timeout(1100)  # two presses within a second are one, for people who double-click everything
    leila.get_by_role("button", name="Complete this task").click()

    expect(leila.get_by_role("heading", name="Thank you, that is done")).to_be_visible()
    assert task.handed_in()["what"] == "Snow"


def test_a_row_that_a_colleague_added_appears(task: OneTask, open_page: OpenPage) -> None:
    path = task.with_form(*FORM)
    leila, morag = open_page(task.leila), open_page(task.morag)
    leila.goto(path)
    morag.goto(path)

    morag.get_by_role("button", name="Add another person").click()
    with morag.expect_response("**/draft"):
        morag.get_by_role("group", name="Person 2").get_by_label("Name").fill("Bea")
    saved(morag)
    type_and_save(leila, "What happened", "A fall")

    expect(leila.get_by_role("group", name="Person 2").get_by_label("Name")).to_have_value("Bea")


def test_two_people_add_rows_and_both_are_kept(task: OneTask, open_page: OpenPage) -> None:
    path = task.with_form(*FORM)
    leila, morag = open_page(task.leila), open_page(task.morag)
    leila.goto(path)
    morag.goto(path)

    for page, name in ((morag, "Bea"), (leila, "Cat")):
        page.get_by_role("button", name="Add another person").click()
        with page.expect_response("**/draft"):
            page.get_by_role("group", name="Person 2").get_by_label("Name").fill(name)
        saved(page)
        page.wait_for_timeout(1100)  # rows are told apart by the second in which they were added

    morag.reload()
    names = {morag.get_by_label("Name").nth(place).input_value() for place in range(morag.get_by_label("Name").count())}
    assert names == {"", "Bea", "Cat"}


def test_while_the_server_is_away_words_wait_on_the_page(task: OneTask, open_page: OpenPage) -> None:
    path = task.with_form(*FORM)
    page = open_page(task.leila)
    page.goto(path)

    page.context.set_offline(True)
    page.get_by_label("What happened").fill("A fall")
    expect(page.get_by_text(NOT_SAVED)).to_be_visible()
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    warned: list[str] = []

    def stay(dialog: Dialog) -> None:
        warned.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert warned == ["beforeunload"]
    page.context.set_offline(False)

    saved(page)
    page.reload()
    expect(page.get_by_label("What happened")).to_have_value("A fall")


def test_a_server_in_trouble_is_asked_again(task: OneTask, open_page: OpenPage) -> None:
    page = open_page(task.leila)
    page.goto(task.with_form(*FORM))

    page.route("**/draft", lambda route: route.fulfill(status=503), times=1)
    page.get_by_label("What happened").fill("A fall")
    expect(page.get_by_text(NOT_SAVED)).to_be_visible()

    saved(page)


def test_whoever_was_signed_out_is_told_and_loses_nothing(task: OneTask, open_page: OpenPage) -> None:
    page = open_page(task.leila)
    page.goto(task.with_form(*FORM))
    page.context.clear_cookies(name=SIGN_IN_COOKIE)

    page.get_by_label("What happened").fill("A fall")

    expect(page.get_by_text("you have been signed out")).to_be_visible()
    expect(page.get_by_label("What happened")).to_have_value("A fall")


def test_a_task_done_by_a_colleague_is_told(task: OneTask, open_page: OpenPage) -> None:
    path = task.with_form(*FORM)
    leila, morag = open_page(task.leila), open_page(task.morag)
    leila.goto(path)
    morag.goto(path)
    morag.get_by_label("What happened").fill("A fall")
    morag.get_by_role("button", name="Complete this task").click()
    expect(morag.get_by_role("heading", name="Thank you, that is done")).to_be_visible()

    leila.get_by_label("Why").fill("Ice")

    expect(leila.locator("[data-saved]")).to_contain_text("Morag Bell did this task")
    expect(leila.get_by_label("Why")).to_have_value("Ice")


def test_sending_waits_for_a_save_that_is_under_way(task: OneTask, open_page: OpenPage) -> None:
    page = open_page(task.leila)
    page.goto(task.with_form(*FORM))

    def slowly(route: Route) -> None:
        page.wait_for_timeout(700)
        route.continue_()

    page.route("**/draft", slowly)
    with page.expect_request("**/draft"):
        page.get_by_label("What happened").fill("A fall")
    page.get_by_label("What happened").fill("A fall on ice")
    page.get_by_role("button", name="Complete this task").click()

    expect(page.get_by_role("heading", name="Thank you, that is done")).to_be_visible()
    assert task.handed_in()["what"] == "A fall on ice"


def test_two_hundred_kilobytes_are_saved_as_typed(task: OneTask, open_page: OpenPage) -> None:
    path = task.with_form(*FORM)
    page = open_page(task.leila)
    page.goto(path)
    words = "He said “no” & left.\n" * 9_000

    with page.expect_response("**/draft"):
        page.get_by_label("Why").evaluate(
            "(box, words) => { box.value = words; box.dispatchEvent(new Event('input', {bubbles: true})); }", words
        )
    saved(page)

    page.reload()
    expect(page.get_by_label("Why")).to_have_value(words)


def test_nothing_is_sent_when_nothing_changed(task: OneTask, open_page: OpenPage) -> None:
    page = open_page(task.leila)
    page.goto(task.with_form(*FORM))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/draft") else None)

    page.get_by_label("Why").fill("Ice")
    page.get_by_label("Why").fill("")
    page.wait_for_timeout(1200)
    page.goto("/tasks")

    assert sent == []
