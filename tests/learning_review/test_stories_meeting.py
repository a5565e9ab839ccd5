"""Stories about the Consideration Meeting: it is moved, the minute is corrected, and the meeting sees it differently from the tables."""

from __future__ import annotations

from typing import Any

from engine.models import Document
from tests.learning_review.story import SQLITE_ONLY, Story
from tests.learning_review.usual_course import (
    ADULT_SEATS,
    adult,
    agencies_are_asked,
    criteria_are,
    decision_is,
    facts_are,
    invited,
    is_acknowledged,
    meeting_is_convened,
    notification,
    papers_are_out,
    up_to_the_meeting,
)

pytestmark = SQLITE_ONLY

NO_CONCERN = {"died": "no", "asp": "previous", "joint_working_concern": "no", "serious_abuse": "no", "effective_working": "no"}


def test_a_meeting_that_is_moved_is_convened_again_with_the_same_people(story: Story):
    # given a meeting on 13 March
    story.notify(notification(adult(), strand="adult"))
    is_acknowledged(story, "adult")
    agencies_are_asked(story, by="adult lead")
    meeting_is_convened(story, story.day(10), *ADULT_SEATS)
    papers_are_out(story, by="adult lead")

    # when snow keeps everybody at home
    story.days_pass(10)
    story.do("administrator", "Record the meeting", meeting_held="moved", moved_why="Snow; the roads were closed.")

    # then a new day is agreed, and everybody is invited to it
    meeting_is_convened(story, story.day(7), people=invited([{"key": key} for key in ADULT_SEATS]))
    assert story.letter("invitation").subject == f"{story.reference}: Consideration Meeting on 20 March 2026"
    assert len(story.letters("invitation")) == 2 * len(ADULT_SEATS)
    assert "Send out the papers" in story.tasks_of("administrator")


def test_the_meeting_may_see_it_differently_from_the_tables_and_says_why(story: Story):
    # given facts that meet no criterion
    up_to_the_meeting(story, adult(), strand="adult")
    facts_are(story, NO_CONCERN)
    finding: dict[str, Any] = {
        "findings": [{"person": "Jean Grant", "clause": "adult_1ii", "finding": "met", "reason": "As we see it."}],
        "criteria_finding": "met", "criteria_reason": "As we see it.", "learning_needed": "yes", "learning_sufficient": "no",
        "being_addressed": "none", "consensus": "agreed", "family_told": "yes",
    }  # fmt: skip

    # when the Chair records that the criteria are met all the same, then the reason is asked for
    refused = story.try_to("chair", "Decision 1", **finding)
    assert refused.problems == ["Enter why the meeting sees it differently"]
    story.do("chair", "Decision 1", **finding, override_reason="What her sister told the meeting is not in any record.")

    # and the meeting's finding is what counts
    decision_is(story, "proceed", "additional_learning", covered=["Jean Grant"])
    assert story.stage.startswith("Decided")


def test_a_minute_that_is_sent_back_is_corrected_and_approved(story: Story):
    # given a decision, and a minute in which the Chair misses something
    up_to_the_meeting(story, adult(), strand="adult")
    facts_are(story, NO_CONCERN)
    criteria_are(story, "not_met", "Jean Grant", "adult_1ii")
    story.do("chair", "Approve the minute", minute="send_back", minute_comment="The police’s question is missing.")

    # when the office corrects it
    assert "The police’s question is missing." in story.open_task("administrator", "Correct the minute").text
    story.do("administrator", "Correct the minute", discussion=[{"agency": "Police Scotland", "said": "Asked who was told."}])

    # then the Chair reads the corrected minute, and approves it
    assert "Asked who was told." in story.open_task("chair", "Approve the minute").text
    story.do("chair", "Approve the minute", minute="approve")
    assert "Approve the minute" not in story.tasks_of("chair")

    # and is kept as a document
    written = [document.name for document in story.rows(Document) if document.classification == "minute"]
    assert sorted(written) == ["Minute.docx", "Minute.pdf"]
    assert "Agree improvement actions" in story.tasks_of("chair")
