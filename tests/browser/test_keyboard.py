"""What somebody without a mouse would stumble over is found by the keyboard that the stories are told with."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.keyboard import Keyboard

LINKS = "<a href='#a'>First</a> <a href='#b'>Second</a> <a href='#c'>Third</a>"


@pytest.fixture
def keyboard(page: Page) -> Keyboard:
    """A keyboard at an empty page."""
    keyboard = Keyboard(page)
    page.goto("about:blank")
    return keyboard


def test_what_can_be_reached_and_seen_is_reached(keyboard: Keyboard) -> None:
    keyboard.page.set_content(LINKS)

    assert keyboard.reach("Second").href == "#b"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param(LINKS.replace("href='#b'", "href='#b' tabindex=-1"), "Tab does not lead to “Second”", id="left-out-of-the-order"),
        pytest.param(f"<style>a {{ outline: none }}</style>{LINKS}", "the focus cannot be seen on “First”", id="focus-without-a-look"),
        pytest.param(f"<style>a {{ position: fixed; top: -9em }}</style>{LINKS}", "is out of sight", id="outside-the-window"),
        pytest.param(f"{LINKS}<p style='position: fixed; inset: 0; background: #fff'>", "lies under <p", id="covered"),
    ],
)
def test_what_cannot_is_told(keyboard: Keyboard, content: str, found: str) -> None:
    keyboard.page.set_content(content)

    with pytest.raises(AssertionError, match=found):
        keyboard.reach("Second")


def test_a_key_after_which_nothing_has_the_focus_is_told(keyboard: Keyboard) -> None:
    keyboard.page.set_content("<button onclick='this.remove()'>Remove</button> <a href='#a'>After</a>")
    keyboard.reach("Remove")

    with pytest.raises(AssertionError, match="after Enter nothing has the focus"):
        keyboard.press("Enter")


def test_a_mistake_whose_link_leads_nowhere_is_told(keyboard: Keyboard) -> None:
    summary = "<div class='govuk-error-summary' tabindex='-1'><a href='#f-name'>Enter a name</a></div>"
    page = f"<title>Error: Form</title>{summary}<script>document.querySelector('.govuk-error-summary').focus()</script>"
    keyboard.page.route("**/wrong*", lambda route: route.fulfill(body=page, content_type="text/html"))
    keyboard.page.goto("/wrong")
    keyboard.page.set_content("<form action='/wrong'><button name='action' value='continue'>Continue</button></form>")

    with pytest.raises(AssertionError, match="“Enter a name” leads to"):
        keyboard.is_told("Enter a name")
