"""One case in a real browser, from the notification to the closing of the last improvement action."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page

from engine import clock, deployments
from engine.database import Sessions, transaction
from engine.identity import Actor
from tests.browser.browser_story import BrowserStory
from tests.learning_review.cast import BEGAN, CAST
from tests.learning_review.course_of_plan import action_is_agreed, action_makes_a_difference
from tests.learning_review.course_of_review import COURSE
from tests.learning_review.story import FOLDERS
from tests.learning_review.test_stories_plan import row

pytestmark = pytest.mark.long


@pytest.fixture
def story(
    app: Flask,
    sessions: Sessions,
    person: Callable[..., Actor],
    open_page: Callable[..., Page],
    assert_accessible: Callable[[Page], None],
) -> Iterator[BrowserStory]:
    """The procedure is live, and it is ten o'clock on 3 March 2026."""
    people = {name: person(full_name, *groups) for name, (full_name, *groups) in CAST.items()}
    with transaction(sessions) as session, clock.moved_to(BEGAN):
        deployments.deploy(session, deployments.read(FOLDERS))
    story = BrowserStory(app, sessions, people, open_page, assert_accessible)
    try:
        yield story
        story.all_is_well()
    finally:
        story.close()


def everything_is_read(story: BrowserStory) -> None:
    """What people read of a case can be read with a screen reader and on a telephone."""
    for part in ("", "/timeline", "/diagram", "/written", "/chronology"):
        story.visit("chair", f"/cases/{story.reference}{part}")
    [about, *_] = story.case_page().links("About")
    for path in (about, "/documents", "/board", "/registers"):
        story.visit("chair", path)


def test_a_case_of_a_child_is_told_in_browsers_from_the_notification_to_the_closing_of_its_last_action(story: BrowserStory) -> None:
    # given a case that comes to its decision, its review, its report and what follows from it
    for stage, goes_on in COURSE.items():
        goes_on(story)
        if stage == "reported":
            everything_is_read(story)
    case = story.reference
    assert story.stage.startswith("Closed")
    assert story.waits_for == []
    assert "Closed" in story.on_the_board(closed=True)
    assert "Met on" in story.deadline("Learning Review complete: nine months")

    # when the Sub-group takes what follows from it into the combined plan, and evidence shows that it makes a difference
    action = action_is_agreed(story)
    action_makes_a_difference(story, action)

    # then it is closed, two years after the notification, and never showed the case it came from
    assert story.today.year == 2028
    assert row(story, action)["Where it stands"] == "Closed"
    assert case not in str(row(story, action))
