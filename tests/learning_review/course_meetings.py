"""The usual course of a Learning Review: the Review Team meets."""

from __future__ import annotations

from typing import Any

from tests.learning_review.story import Story

FIRST: dict[str, Any] = {
    "principles": True, "roles": True, "participants_named": True, "inspectorate_shown": "yes",
    "sense_making": "Two services knew different halves of the story.", "another_reason": "The next one can go on from here.",
}  # fmt: skip
SECOND: dict[str, Any] = {
    "tasks_done": "yes",
    "family_check": "Two of three have been heard.",
    "ready": "yes",
    "another_reason": "All is ready.",
}
DRAFT: dict[str, Any] = {"draft_version": "1", "draft_discussion": "The order of the learning points.", "comments_settled": "yes"}
TEAM_CHAIR = "review chair"
STRATEGY: dict[str, Any] = {
    "lead": "Fiona Hay", "who": "Her mother and her brother.", "clearance": "not_needed", "own_voice": "With her teacher, who knows her.",
    "key_messages": "What a review is for.", "shared_at_end": "themes_first", "shared_by": "Fiona Hay", "sensitive_dates": [],
    "contacts": [
        {"name": "Jean Grant", "relationship": "Mother", "invite": "yes", "route": "A call", "needs": "A quiet room, in the morning."},
        {"name": "Rory Grant", "relationship": "Brother", "invite": "yes", "route": "By letter"},
        {"name": "Neil Grant", "relationship": "Father", "invite": "no", "invite_reason": "A court order."},
    ],
}  # fmt: skip
MOTHER_HEARD: dict[str, Any] = {
    "how": "A visit", "who": "Fiona Hay and Tom Reid", "outcome": "heard", "methods": ["conversation"],
    "summary": "The health visitor carried her through.", "helpful": "Being called back.", "quote": "no",
}  # fmt: skip
NO_OTHER: dict[str, Any] = {"another_meeting": "no"}


def team_is_called(story: Story, meeting: str = "", *, in_days: int = 14, lead: str = "child lead") -> None:
    """A day is found, the team is invited, and its agenda is agreed."""
    arranged: dict[str, Any] = {"team_meeting_on": story.day(in_days), "team_meeting_time": "10:00", "team_meeting_place": "Room 4"}
    story.do("administrator", "Arrange the Review Team’s meeting", meeting, **arranged)
    story.do(lead, "Prepare the Review Team’s agenda", meeting)


def recorded(about: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What is noted of a meeting that took place, with what this kind of meeting asks."""
    of_every_meeting = {
        "took_place": "held", "perspective": "She told her teacher that she liked the visits.", "parallel_considered": True,
        "on_time": "yes", "support_checked": True, "attendance": [{"name": "Fiona Hay", "agency": "Police Scotland"}],
    }  # fmt: skip
    return {"team_meeting": of_every_meeting | about} | more


def team_meets(story: Story, about: dict[str, Any], meeting: str = "", **more: Any) -> None:
    """The meeting takes place, its minute is written and approved."""
    story.do("administrator", "Record the Review Team’s meeting", meeting, **recorded(about, **more))
    story.do(TEAM_CHAIR, "Approve the Review Team’s minute", meeting, team_minute="approve")


def strategy_is_agreed(story: Story, **more: Any) -> None:
    """The Family Liaison Strategy names whom to ask, and how."""
    story.do(TEAM_CHAIR, "Agree the Family Liaison Strategy", strategy={**STRATEGY, **more})


def mother_is_heard(story: Story) -> None:
    """She tells the Review Team Chair and the Reviewer of her experience."""
    story.do(TEAM_CHAIR, "Be in touch with a member of the family", "Mother", contact_made={**MOTHER_HEARD, "on": story.day(0)})


def the_team_has_met_once(story: Story) -> None:
    """Two weeks later the Review Team meets for the first time."""
    team_is_called(story)
    story.days_pass(14)
    team_meets(story, FIRST, **NO_OTHER)


def the_team_has_met_twice(story: Story) -> None:
    """The mother is heard; five weeks later the team meets again, and everybody is ready for the events."""
    strategy_is_agreed(story)
    mother_is_heard(story)
    team_is_called(story, in_days=35)
    story.days_pass(35)
    team_meets(story, SECOND, **NO_OTHER)


def the_draft_is_final(story: Story) -> None:
    """The third meeting finds the draft final, and the mother hears by word of mouth what became of what she said."""
    team_is_called(story, "Third meeting")
    story.days_pass(14)
    team_meets(story, DRAFT | {"final_reason": "The learning is clear."}, "Third meeting", final_now="yes")
    story.do("chair", "Agree to feedback to the family", feedback_agreed={"now": "yes", "reason": "The themes are clear."})
    told = {"name": "Jean Grant", "on": story.day(0), "by": "Fiona Hay", "said": "The themes.", "report_wanted": "yes"}
    story.do(TEAM_CHAIR, "Give feedback to the family", family_told=[told], no_document=True)
