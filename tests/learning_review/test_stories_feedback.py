"""The Care Inspectorate answers late: long after it got the report, or when the case is closed already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.models import CaseLink, ProcessInstance
from tests.learning_review.story import SQLITE_ONLY, Story
from tests.learning_review.test_stories_troubles import is_closed_early
from tests.learning_review.usual_course import child, notification

From = Callable[[str], Story]

ACTION: dict[str, Any] = {
    "change": "Handovers are complete.", "action": "Write a handover sheet.", "kind": "practice", "agency": "nhs", "owner": "Ruth Bell",
    "priority": "high", "measure": "A sample each quarter.",
}  # fmt: skip
SENT: dict[str, Any] = {"checked": ["anonymised", "right_version"], "how": "portal", "receipt": "CI 77"}
EVERYBODY = ["inspectorate", "chair", "lead", "manager"]


def feedback_is_kept(story: Story) -> None:
    """The Lead Officer keeps what the Care Inspectorate writes."""
    story.do("child lead", "Keep the written feedback", feedback={"received_on": story.day(0), "text": "Look at the handover."})


def feedback_is_reviewed(story: Story, *actions: dict[str, Any]) -> None:
    """The Sub-group says what it thinks, and what follows."""
    found = {"on": story.day(0), "view": "We agree."}
    rows = [action | {"due": story.day(90)} for action in actions]
    story.do("subgroup", "Review the feedback", feedback_review=found, feedback_actions=rows)


@SQLITE_ONLY
def test_feedback_that_comes_after_a_case_was_closed_raises_an_action_all_the_same(story: Story):
    # given a case that is closed
    story.notify(notification(child("Ailsa Grant"), strand="child"))
    is_closed_early(story, "in_error")
    closed = story.reference
    assert story.stage.startswith("Closed")

    # when the Care Inspectorate writes about it, and the reference is mistyped at first
    story.begin("late_feedback", "child lead", about_case="LR-NONE")
    story.do("child lead", "Correct the reference", about_case=closed)
    feedback_is_kept(story)
    late = story.reference

    # then the Sub-group reviews it, its action is in the one plan, and CSOG is told
    feedback_is_reviewed(story, ACTION)
    [row] = story.register("improvement_plan", "subgroup")
    assert (row["What is to be done"], row["Where it comes from"]) == ("Write a handover sheet.", "Feedback of the Care Inspectorate")
    story.do("child lead", "Provide the feedback to CSOG", feedback_provided={"on": story.day(0)})
    assert story.stage.startswith("Closed")

    # and the feedback is linked with the case, which stays closed; the plan names neither
    names = {case.id: case.business_key for case in story.rows(ProcessInstance)}
    linked = [(names[one.from_id], one.kind, names[one.to_id]) for one in story.rows(CaseLink)]
    assert (late, "brings late feedback on", closed) in linked
    assert not {late, closed} & set(str(row).split("'"))
    story.reference = closed
    assert story.on_the_board(closed=True)


def test_feedback_that_does_not_come_is_asked_for_and_may_lead_to_no_action(story_from: From):
    # given a report that the Care Inspectorate got and talked about
    story = story_from("reported")
    story.do("child lead", "Submit the report to the Care Inspectorate", inspectorate=SENT | {"submitted_on": story.day(0)})
    asked = story.try_to("chair", "Meet the Care Inspectorate", inspectorate_met={"on": story.day(0), "there": ["chair"], "note": "Good."})
    assert asked.problems == ["Enter why somebody was missing"]
    story.do("chair", "Meet the Care Inspectorate", inspectorate_met={"on": story.day(0), "there": EVERYBODY, "note": "A good review."})

    # when nothing is written for three months, then the Lead Officer is asked after sixty days, and every month
    before = len(story.letters("task_waiting"))
    story.days_pass(95)
    reminders = [one for one in story.letters("task_waiting")[before:] if "Written feedback" in one.body]
    assert len(reminders) == 2

    # and when it comes and asks for nothing, CSOG is told and the plan stays as it was
    plan = story.register("improvement_plan", "subgroup")
    feedback_is_kept(story)
    feedback_is_reviewed(story)
    assert story.register("improvement_plan", "subgroup") == plan
    assert "We agree." in story.open_task("child lead", "Provide the feedback to CSOG").text


@pytest.mark.parametrize(("days", "reminders"), [(29, 0), (31, 1), (61, 2)])
def test_a_meeting_with_the_care_inspectorate_that_is_not_held_is_asked_for_every_month(story_from: From, days: int, reminders: int):
    story = story_from("reported")
    story.do("child lead", "Submit the report to the Care Inspectorate", inspectorate=SENT | {"submitted_on": story.day(0)})
    before = len(story.letters("task_waiting"))

    story.days_pass(days)

    assert len([one for one in story.letters("task_waiting")[before:] if "meeting with the Care Inspectorate" in one.body]) == reminders
