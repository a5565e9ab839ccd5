"""The usual course of a case that leads to a Learning Review, stage by stage. Each goes on where the one before it ended."""

from __future__ import annotations

from collections.abc import Callable

from tests.learning_review.course_events import events_are_held, everybody_is_prepared, report_is_drafted
from tests.learning_review.course_follow import it_is_followed_up
from tests.learning_review.course_meetings import the_draft_is_final, the_team_has_met_once, the_team_has_met_twice
from tests.learning_review.course_report import it_is_reported
from tests.learning_review.course_setup import it_is_set_up
from tests.learning_review.story import Story
from tests.learning_review.usual_course import (
    child,
    criteria_are,
    decision_is,
    everybody_is_told,
    facts_are,
    up_to_the_meeting,
)

AT_RISK = {
    "died": "no", "harmed": "sustained", "abuse_factor": "known", "harm_cause": "other", "cpr": "no", "sibling_cpr": "no",
    "care_experienced": "no", "no_bearing": "no", "carm": "no", "additional_learning": "yes",
    "additional_learning_what": "How services worked together.", "effective_working": "no",
}  # fmt: skip


def it_is_decided(story: Story) -> None:
    """A child was harmed; a month after the notification the meeting decides that a Learning Review is held, and everybody is told."""
    up_to_the_meeting(story, child("Ailsa Grant"), strand="child")
    facts_are(story, AT_RISK, by="child lead")
    criteria_are(story, "met", "Ailsa Grant", "child_abuse")
    decision_is(story, "proceed", "additional_learning", covered=["Ailsa Grant"])
    everybody_is_told(story, "proceed")


COURSE: dict[str, Callable[[Story], None]] = {
    "decided": it_is_decided,
    "set_up": it_is_set_up,
    "met_once": the_team_has_met_once,
    "prepared": everybody_is_prepared,
    "met_twice": the_team_has_met_twice,
    "events_held": events_are_held,
    "drafted": report_is_drafted,
    "finished": the_draft_is_final,
    "reported": it_is_reported,
    "followed_up": it_is_followed_up,
}
