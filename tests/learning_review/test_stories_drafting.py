"""The draft report: each person's own perspective, five sections, the comments of the Review Team, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from engine.database import transaction
from engine.models import Document
from tests.learning_review.course_events import DRAFT, draft_is_written, events_are_held, everybody_is_prepared
from tests.learning_review.course_meetings import the_team_has_met_once, the_team_has_met_twice
from tests.learning_review.course_of_review import AT_RISK
from tests.learning_review.course_setup import it_is_set_up
from tests.learning_review.story import SQLITE_ONLY, Story
from tests.learning_review.usual_course import adult, child, criteria_are, decision_is, everybody_is_told, facts_are, up_to_the_meeting

MEMBERS = ("health member", "police member", "review chair", "child lead")
COMMENT = "Comment on the draft report"


def sources(story: Story) -> list[str]:
    """The text of the draft as a document, version by version."""
    written = select(Document.source).where(Document.name.startswith("Draft report")).order_by(Document.version)
    with transaction(story.sessions, reading=True) as session:
        return list(dict.fromkeys(session.scalars(written)))


def nobody_comments(story: Story, *others: str) -> None:
    """Every member has read the draft and says nothing about it."""
    for who in others or MEMBERS:
        story.do(who, COMMENT, draft_comments={"read": "yes"})


def test_a_comment_that_is_taken_up_changes_the_draft_and_every_comment_is_answered(story_from: Callable[[str], Story]):
    # given a draft that two members commented on, of which one comment was taken up
    story = story_from("drafted")

    # then the draft has two versions, and the second says what was asked for
    first, second = sources(story)
    assert "Visits are planned apart." in first
    assert "Visits have been planned apart since 2024." in second
    assert "## 5. Suggested strategies" in second

    # and the Review Team meets about it
    assert "Arrange the Review Team’s meeting" in " ".join(story.tasks_of("administrator"))


def test_a_member_who_sends_nothing_is_reminded_named_and_not_waited_for(story_from: Callable[[str], Story]):
    # given a draft on which Ian Cope says nothing, and Leah Moss something
    story = story_from("events_held")
    draft_is_written(story)
    assert [task for task in story.tasks_of("health member") if task.startswith(COMMENT)] == [f"{COMMENT} – Leah Moss"]
    story.do("health member", COMMENT, draft_comments={"circumstances": "Shorter, please.", "read": "yes"})
    nobody_comments(story, "review chair", "child lead")
    before = len(story.letters("task_waiting"))

    # when the ten working days pass
    story.days_pass(13)
    reminders = [letter for letter in story.letters("task_waiting")[before:] if "next three working days" in letter.body]
    assert [letter.to_email for letter in reminders] == ["ian.cope@example.org"]
    story.days_pass(9)

    # then the Reviewer answers what came, and reads who sent nothing
    answering = story.open_task("reviewer", "Answer the comments").text
    assert "Members who sent nothing Member Ian Cope" in answering
    refused = story.try_to("reviewer", "Answer the comments", comments=[{"disposition": "not_accepted"}])
    assert refused.problems == ["Comment 1: enter why it is not taken up wholly"]
    story.do("reviewer", "Answer the comments", comments=[{"disposition": "not_accepted", "reason": "It is one page."}])

    # and the draft goes to the Review Team as it is
    assert len(sources(story)) == 1
    assert COMMENT not in " ".join(story.tasks_of("police member"))
    assert "Arrange the Review Team’s meeting" in " ".join(story.tasks_of("administrator"))


def test_a_learning_point_is_in_the_report_or_there_is_a_reason_why_not(story_from: Callable[[str], Story]):
    # given a draft that stands for neither learning point
    story = story_from("events_held")
    draft_is_written(story, learning_covers=[], effective_covers=[])

    # when the Reviewer adds one, and leaves one out without saying why
    rows = [{"choice": "add"}, {"choice": "leave_out"}]
    refused = story.try_to("reviewer", "Say why learning points are left out", uncovered=rows)
    assert refused.problems == ["Learning point 2: enter why it is left out"]
    rows[1]["reason"] = "The first one says it already."
    story.do("reviewer", "Say why learning points are left out", uncovered=rows)

    # then the draft is asked for again, and only the one that is still missing would be asked about
    story.do("reviewer", "Write the draft report", draft=DRAFT | {"learning_covers": ["1"], "effective_covers": []})
    assert COMMENT in " ".join(story.tasks_of("health member"))


def test_words_that_judge_with_hindsight_are_pointed_out_once_and_may_stay(story_from: Callable[[str], Story]):
    # given a draft with such words
    story = story_from("events_held")
    draft_is_written(story, learning="Services should have shared their calendars.")

    # when the Reviewer is shown them, and changes the draft but keeps other such words
    shown = story.open_task("reviewer", "Think about the wording").text
    assert "should have" in shown
    story.do("reviewer", "Think about the wording", wording_choice="change")
    quoted = DRAFT | {"learning": "People asked whether anybody was at fault."}
    story.do("reviewer", "Write the draft report", draft=quoted)
    refused = story.try_to("reviewer", "Think about the wording", wording_choice="keep")
    assert refused.problems == ["Enter why the words stay"]
    story.do("reviewer", "Think about the wording", wording_choice="keep", wording_kept="It is what people asked.")

    # then the members are asked for comments, and a later version with the same words is not stopped again
    story.do("health member", COMMENT, draft_comments={"circumstances": "Say when.", "read": "yes"})
    nobody_comments(story, "police member", "review chair", "child lead")
    story.do("reviewer", "Answer the comments", comments=[{"disposition": "accepted"}])
    story.do("reviewer", "Write the draft report", draft=quoted | {"circumstances": "A child was harmed in spring."})
    assert "Think about the wording" not in " ".join(story.tasks_of("reviewer"))
    assert len(sources(story)) == 2


def test_a_report_without_strategies_has_no_fifth_section(story_from: Callable[[str], Story]):
    # given that no strategies are required
    story = story_from("events_held")
    draft_is_written(story, strategies_needed="no", strategies="")

    # then the draft has four sections, and members are asked about four
    assert "## 5." not in sources(story)[0]
    assert "Your comment: Suggested strategies" not in story.open_task("health member", COMMENT).text
    assert "Your comment: Effective practice" in story.open_task("health member", COMMENT).text


@SQLITE_ONLY
@pytest.mark.long
def test_two_children_and_their_mother_have_three_perspectives_and_one_report(story: Story):
    # given a review about three people
    family = [child("Ailsa Grant", born="2012-05-01"), child("Brodie Grant"), adult("Jean Grant")]
    up_to_the_meeting(story, *family, strand="both")
    for number in (1, 2):
        facts_are(story, AT_RISK, person=number, by="child lead")
    facts_are(
        story, {"died": "no", "asp": "previous", "joint_working_concern": "yes", "serious_abuse": "yes", "effective_working": "no"}, 3
    )
    criteria_are(story, "met", "Ailsa Grant", "child_abuse")
    decision_is(story, "proceed", "additional_learning", covered=[person["name"] for person in family])
    everybody_is_told(story, "proceed")
    for stage in (it_is_set_up, the_team_has_met_once, everybody_is_prepared, the_team_has_met_twice, events_are_held):
        stage(story)

    # when each of them has a perspective of their own, one of which nobody knows
    tasks = " ".join(story.tasks_of("reviewer"))
    assert all(f"Write one person’s perspective – Person {number}" in tasks for number in (1, 2, 3))
    refused = story.try_to("reviewer", "Write one person’s perspective", "Person 3", perspective={"heard": "unknown"})
    assert "Enter what was tried to learn it" in refused.problems
    draft_is_written(story, persons=3)

    # then there is one report with three sections for them, and no name in it
    [report] = sources(story)
    assert [f"### Person {number}" in report for number in (1, 2, 3)] == [True, True, True]
    assert "What it was like for person 2." in report
    assert "Grant" not in report
