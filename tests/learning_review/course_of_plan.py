"""The usual course of an improvement action after its case is closed: from the combined plan to the quarter in which it is closed too."""

from __future__ import annotations

from engine.models import ProcessInstance
from tests.learning_review.story import Story
from tests.learning_review.test_stories_plan import AGREED, QUARTERS, action_is_reviewed, evidence_is_sent, review_is_recorded


def action_is_agreed(story: Story) -> str:
    """The Sub-group takes what follows from the case into the combined plan; its reference."""
    [action] = [one.business_key for one in story.rows(ProcessInstance) if one.business_key.startswith("ACT-")]
    story.reference = str(action)
    story.do("subgroup", "Agree an improvement action", agreement={"answer": "take"}, action=AGREED | {"due": "2028-03-31"})
    return story.reference


def action_makes_a_difference(story: Story, action: str) -> None:
    """Evidence shows it, quarter by quarter, until the action is closed."""
    quarters = [quarter for quarter in QUARTERS if quarter.date() > story.today]
    for quarter in quarters:
        story.time_passes_until(quarter)
        evidence_is_sent(story, action)
        story.days_pass(21)
        last = quarter == quarters[-1]
        action_is_reviewed(story, action, "close" if last else "continue", impact="embedded" if last else "early")
        review_is_recorded(story)
