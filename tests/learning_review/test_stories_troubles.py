"""Stories of cases that should not go on by themselves: opened in error, joined with another, looked at anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine import instances
from engine.database import transaction
from engine.models import CaseLink, ProcessInstance, TaskState, UserTask
from tests.learning_review.story import SQLITE_ONLY, Story
from tests.learning_review.usual_course import agencies_are_asked, child, is_acknowledged, notification

StoryFrom = Callable[[str], Story]
CLOSE = "Close the case early"


def is_closed_early(story: Story, kind: str, **more: Any) -> None:
    """The EMPPC Chair closes the case at once."""
    story.do("chair", CLOSE, closing={"kind": kind, "reason": "The same notification was keyed in twice.", "sure": True} | more)


def another_notification(story: Story, **answers: Any) -> str:
    """A second notification; the reference of the first one, which the story now leaves."""
    first = story.reference
    story.notify(notification(child(), strand="child", **answers))
    return first


def links(story: Story) -> list[tuple[str, str, str]]:
    """The cases that are linked, and how."""
    names = {case.id: case.business_key for case in story.rows(ProcessInstance)}
    return [(names[link.from_id], link.kind, names[link.to_id]) for link in story.rows(CaseLink)]


def open_tasks(story: Story) -> list[UserTask]:
    """What still waits for a person in the case."""
    [case] = story.rows(ProcessInstance, business_key=story.reference)
    return story.rows(UserTask, instance_id=case.id, state=TaskState.OPEN)


@SQLITE_ONLY
def test_a_case_opened_in_error_is_closed_with_its_reason_and_nothing_is_deleted(story: Story):
    # given a case of which agencies were asked already
    story.notify(notification(child(), strand="child"))
    is_acknowledged(story, "child")
    agencies_are_asked(story, "police")

    # when the Chair closes it, which has to be said twice
    refused = story.try_to("chair", CLOSE, closing={"kind": "in_error"})
    assert refused.problems == ["Enter the reason", "Confirm that you want to close this case"]
    is_closed_early(story, "in_error")

    # then nothing waits any more, and all that happened can still be read
    assert story.stage.startswith("Closed")
    assert open_tasks(story) == []
    assert "Decide who writes the report" not in story.tasks_of("police")
    timeline = story.case_page("/timeline").text
    assert "Opened in error" in timeline
    assert "Choose the agencies" in timeline

    # and whoever notified hears of it, and of nothing else
    letter = story.letter("closed_early")
    assert letter.to_email == notification(child(), strand="child")["notifier"]["email"]
    assert "it was not meant to be opened" in letter.body
    assert "keyed in twice" not in letter.body


def test_a_review_can_be_closed_while_it_runs(story_from: StoryFrom):
    # given a review that is set up
    story = story_from("set_up")

    # when it turns out that the case was opened in error, then all of it ends
    is_closed_early(story, "in_error")
    assert story.stage.startswith("Closed")
    assert open_tasks(story) == []


@SQLITE_ONLY
def test_two_cases_are_joined_and_what_the_one_knew_goes_to_the_other(story: Story):
    # given two cases that turn out to be one
    story.notify(notification(child("Ailsa Grant"), strand="child"))
    is_acknowledged(story, "child")
    first = another_notification(story)
    is_acknowledged(story, "child")
    second = story.reference

    # when the Chair gives a reference that does not exist, it is asked for again
    is_closed_early(story, "joined", joined_to="LR-0000")
    page = story.open_task("chair", CLOSE).text
    assert "There is no other case with the reference you gave." in page
    assert story.stage.startswith("Gathering")

    # and with the right one the case is closed and linked
    is_closed_early(story, "joined", joined_to=first.lower())
    assert story.stage.startswith("Closed")
    assert "Goes on in another case" in story.case_page("/timeline").text
    assert links(story) == [(second, "goes on in", first)]
    assert "read together with the other one" in story.letter("closed_early").body
    assert first not in story.letter("closed_early").body

    # then the Lead Officer of the other one reads what it knew
    story.reference = first
    assert "The same notification was keyed in twice." in story.open_task("child lead", "Read what another case knew").text
    story.do("child lead", "Read what another case knew", joined_note="It names a second school.")
    with transaction(story.sessions, reading=True) as session:
        [case] = [one for one in story.rows(ProcessInstance) if one.business_key == first]
        assert instances.variables_of(session, session.get_one(ProcessInstance, case.id))["joined_cases"][0]["reference"] == second


@SQLITE_ONLY
def test_a_decision_is_looked_at_anew_when_a_new_notification_brings_information(story: Story):
    # given a case that was closed, and a notification that names it
    story.notify(notification(child(), strand="child"))
    is_acknowledged(story, "child")
    is_closed_early(story, "in_error")
    first = another_notification(story, earlier_reference=story.reference)
    assert first in story.open_task("administrator", "Check the notification").text

    # when the office sees that it brings new information, and mistypes the reference
    is_acknowledged(story, "child", duplicate="new_information", duplicate_of="LR-0000")
    story.do("administrator", "Correct the reference of the other case", duplicate="new_information", duplicate_of=first)

    # then the EMPPC Chair decides, and the new case goes the usual way, linked with the earlier one
    assert "Choose the agencies" not in story.tasks_of("child lead")
    story.do("chair", "Decide whether the case is looked at anew", anew="yes", anew_reason="The inquiry names a service.")
    assert "Choose the agencies" in story.tasks_of("child lead")
    assert links(story) == [(story.reference, "new information on", first)]


@SQLITE_ONLY
def test_new_information_that_changes_nothing_stays_with_the_earlier_case(story: Story):
    # given a notification that is said to bring new information
    story.notify(notification(child(), strand="child"))
    is_acknowledged(story, "child")
    first = another_notification(story)
    is_acknowledged(story, "child", duplicate="new_information", duplicate_of=first)

    # when the Chair finds nothing new in it, then it is closed, and linked all the same
    story.do("chair", "Decide whether the case is looked at anew", anew="no", anew_reason="All of it was known.")
    assert story.stage.startswith("Closed")
    assert links(story) == [(story.reference, "new information on", first)]

    # and whoever brought it hears that the decision stands
    assert "the earlier decision stands" in story.letter("closed_early").body


@SQLITE_ONLY
def test_linked_cases_go_on_side_by_side(story: Story):
    # given a notification that is linked with an earlier case
    story.notify(notification(child(), strand="child"))
    first = another_notification(story)

    # when the office says so, then it goes on, and both show the link
    is_acknowledged(story, "child", duplicate="linked", duplicate_of=first)
    assert "Choose the agencies" in story.tasks_of("child lead")
    assert first in story.case_page().text
