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
NO_OTHER: dict[str, Any] = {"another_meeting": "no"}


def team_is_called(story: Story, meeting: str = "", *, in_days: int = 14) -> None:
    """A day is found, the team is invited, and its agenda is agreed."""
    arranged: dict[str, Any] = {"team_meeting_on": story.day(in_days), "team_meeting_time": "10:00", "team_meeting_place": "Room 4"}
    story.do("administrator", "Arrange the Review Team’s meeting", meeting, **arranged)
    story.do("child lead", "Prepare the Review Team’s agenda", meeting)


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


def the_team_has_met_once(story: Story) -> None:
    """Two weeks later the Review Team meets for the first time."""
    team_is_called(story)
    story.days_pass(14)
    team_meets(story, FIRST, **NO_OTHER)


def the_team_has_met_twice(story: Story) -> None:
    """Five weeks after that it meets again, and everybody is ready for the events."""
    team_is_called(story, in_days=35)
    story.days_pass(35)
    team_meets(story, SECOND, **NO_OTHER)


def the_draft_is_final(story: Story) -> None:
    """The Review Team meets for the third time, and finds the draft final."""
    team_is_called(story, "Third meeting")
    story.days_pass(14)
    final = DRAFT | {"final_reason": "The learning is clear."}
    team_meets(story, final, final_now="yes", outline_actions=[{"change": "One telephone number for all."}])
