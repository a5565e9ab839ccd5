"""One case from the notification to the closing of the last improvement action, across two years, on both databases."""

from __future__ import annotations

import pytest

from tests.learning_review.course_of_plan import action_is_agreed, action_makes_a_difference
from tests.learning_review.course_of_review import COURSE
from tests.learning_review.story import Story
from tests.learning_review.test_stories_plan import row

pytestmark = pytest.mark.long


def test_a_case_of_a_child_runs_from_the_notification_to_the_closing_of_its_last_action(story: Story):
    # given a case that comes to its decision, its review, its report and what follows from it
    for goes_on in COURSE.values():
        goes_on(story)
    case = story.reference
    assert "Closed" in story.on_the_board(closed=True)

    # when the Sub-group takes what follows from it into the combined plan, and evidence shows that it makes a difference
    action = action_is_agreed(story)
    action_makes_a_difference(story, action)

    # then it is closed, two years after the notification, and never showed the case it came from
    assert story.today.year == 2028
    assert row(story, action)["Where it stands"] == "Closed"
    assert case not in str(row(story, action))
