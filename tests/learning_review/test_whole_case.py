"""One case from the notification to the closing of the last improvement action, across two years, on both databases."""

from __future__ import annotations

import pytest

from engine.models import ProcessInstance
from tests.learning_review.course_of_review import COURSE
from tests.learning_review.story import Story
from tests.learning_review.test_stories_plan import AGREED, QUARTERS, action_is_reviewed, evidence_is_sent, review_is_recorded, row

pytestmark = pytest.mark.long


def test_a_case_of_a_child_runs_from_the_notification_to_the_closing_of_its_last_action(story: Story):
    # given a case that comes to its decision, its review, its report and what follows from it
    for goes_on in COURSE.values():
        goes_on(story)
    case = story.reference
    assert "Closed" in story.on_the_board(closed=True)

    # when the Sub-group takes what follows from it into the combined plan
    [action] = [one.business_key for one in story.rows(ProcessInstance) if one.business_key.startswith("ACT-")]
    story.reference = action
    story.do("subgroup", "Agree an improvement action", agreement={"answer": "take"}, action=AGREED | {"due": "2028-03-31"})

    # and evidence shows, quarter by quarter, that it makes a difference
    quarters = [quarter for quarter in QUARTERS if quarter.date() > story.today]
    for quarter in quarters:
        story.time_passes_until(quarter)
        evidence_is_sent(story, action)
        story.days_pass(21)
        last = quarter == quarters[-1]
        action_is_reviewed(story, action, "close" if last else "continue", impact="embedded" if last else "early")
        review_is_recorded(story)

    # then it is closed, two years after the notification, and never showed the case it came from
    assert story.today.year == 2028
    assert row(story, action)["Where it stands"] == "Closed"
    assert case not in str(row(story, action))
