"""Stories about a Review Team that changes while something runs: what was asked of who left is asked of who follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.learning_review.course_events import NURSE, PRACTITIONER, STRATEGIC_MANAGER, draft_is_written, people_are_named
from tests.learning_review.course_setup import EDUCATION_MANAGER, declares, is_cleared
from tests.learning_review.story import Story
from tests.learning_review.test_stories_drafting import COMMENT, nobody_comments

From = Callable[[str], Story]
NAME = "Name who takes part in the events"
SOMEBODY = NURSE | {"name": "Ada Moir", "email": "ada.moir@example.org"}

LISTED = [(SOMEBODY, "nhs"), (PRACTITIONER, "police"), (STRATEGIC_MANAGER, "police")]  # as the members named them


def leah_leaves(story: Story) -> None:
    """The member of the health board takes a new post."""
    change = {"kind": "leaves", "email": "leah.moss@example.org", "reason": "A new post."}
    story.do("review chair", "Change the Review Team", change=change)


def una_joins(story: Story) -> None:
    """A nurse of the same board comes into the team, once she is cleared."""
    newcomer = {"kind": "joins", "role": "member", "name": "Una Flynn", "new_email": "una.flynn@example.org", "agency": "nhs"}
    story.do("chair", "Change the Review Team", change=newcomer | EDUCATION_MANAGER)
    declares(story, "nurse")
    is_cleared(story, "Una Flynn")


def asked(story: Story, who: str, task: str) -> list[str]:
    """The tasks of this name on somebody's list."""
    return [one for one in story.tasks_of(who) if one.startswith(task)]


def test_a_member_who_leaves_while_the_draft_is_read_is_followed_by_their_successor(story_from: From):
    # given a draft that four people are asked to read
    story = story_from("events_held")
    draft_is_written(story)
    assert asked(story, "health member", COMMENT) == [f"{COMMENT} – Leah Moss"]

    # when one of them leaves, then nothing is asked of her any more
    leah_leaves(story)
    assert story.tasks_of("health member") == []

    # and when somebody follows her four days later, they are asked instead, with as much time as everybody
    story.days_pass(4)
    una_joins(story)
    assert asked(story, "nurse", COMMENT) == [f"{COMMENT} – Una Flynn"]
    nobody_comments(story, "police member", "review chair", "child lead")
    before = len(story.letters())
    story.days_pass(8)
    assert "leah.moss@example.org" not in {letter.to_email for letter in story.letters()[before:]}
    story.do("nurse", COMMENT, draft_comments={"circumstances": "Say when.", "read": "yes"})

    # then the Reviewer answers what she wrote, and nobody is named as silent
    page = story.open_task("reviewer", "Answer the comments").text
    assert "Say when." in page
    assert "Members who sent nothing" not in page or "Leah Moss" not in page


def test_a_successor_who_is_there_already_is_asked_at_once(story_from: From):
    # given a draft, and a second member of the health board who came after it was sent out
    story = story_from("events_held")
    draft_is_written(story)
    una_joins(story)
    assert asked(story, "nurse", COMMENT) == []

    # when the first one leaves
    leah_leaves(story)

    # then the second is asked
    assert asked(story, "nurse", COMMENT) == [f"{COMMENT} – Una Flynn"]


def test_a_place_that_stays_empty_holds_the_draft_up_no_longer_than_anybody_else(story_from: From):
    # given a draft that everybody but the one who left has read
    story = story_from("events_held")
    draft_is_written(story)
    leah_leaves(story)
    story.do("police member", COMMENT, draft_comments={"circumstances": "Shorter.", "read": "yes"})
    nobody_comments(story, "review chair", "child lead")
    assert asked(story, "reviewer", "Answer the comments") == []

    # when ten working days pass, then it goes on, and nobody is named as silent who is not there
    story.days_pass(17)
    page = story.open_task("reviewer", "Answer the comments").text
    assert "Shorter." in page
    assert "Leah Moss" not in page


def test_who_names_participants_is_whoever_is_in_the_team(story_from: From):
    # given members who are asked to name people
    story = story_from("met_once")
    assert len(asked(story, "health member", NAME)) == 1

    # when one leaves, and is followed
    leah_leaves(story)
    assert story.tasks_of("health member") == []
    una_joins(story)

    # then the successor names them
    assert len(asked(story, "nurse", NAME)) == 1


def test_a_place_that_nobody_takes_is_for_the_lead_officer_after_a_week(story_from: From):
    # given a member who left before naming anybody
    story = story_from("met_once")
    leah_leaves(story)
    assert asked(story, "child lead", "Find out who takes part") == []

    # when a week passes
    story.days_pass(8)

    # then the Lead Officer finds out
    assert asked(story, "child lead", "Find out who takes part") == ["Find out who takes part – NHS Lothian"]


def test_who_left_is_not_invited_to_the_meeting_that_is_being_arranged(story_from: From):
    # given a meeting that is to be arranged
    story = story_from("set_up")
    leah_leaves(story)

    # when it is
    arranged: dict[str, Any] = {"team_meeting_on": story.day(14), "team_meeting_time": "10:00", "team_meeting_place": "Room 4"}
    story.do("administrator", "Arrange the Review Team’s meeting", **arranged)

    # then everybody else is invited, and proposed as present
    invited = {letter.to_email for letter in story.letters("team_meeting_invitation")}
    assert "ian.cope@example.org" in invited
    assert "leah.moss@example.org" not in invited
    story.do("child lead", "Prepare the Review Team’s agenda")
    story.days_pass(14)
    assert "Leah Moss" not in story.open_task("administrator", "Record the Review Team’s meeting").answer.get_data(as_text=True)


def test_participants_whom_a_former_member_named_are_helped_by_the_successor(story_from: From):
    # given a participant whom the member of the health board has named, and can answer for
    story = story_from("met_once")
    people_are_named(story, nhs=[SOMEBODY])
    story.do("child lead", "Settle who takes part", participants=[person | {"agency": agency} for person, agency in LISTED])
    helped = ("Say whether you take part – Ada Moir", "Say whether support was offered – Ada Moir")
    assert set(helped) <= set(story.tasks_of("health member"))

    # when she leaves while nobody follows, then the Lead Officer can
    leah_leaves(story)
    assert story.tasks_of("health member") == []
    assert "Say whether you take part – Ada Moir" in story.tasks_of("child lead")

    # and somebody of the other agency is where they were
    assert "Say whether you take part – Jo Park" in story.tasks_of("police member")


def test_a_successor_who_is_there_answers_for_the_participants_at_once(story_from: From):
    # given two members of one agency, of whom the first has named somebody
    story = story_from("met_once")
    people_are_named(story, nhs=[SOMEBODY])
    story.do("child lead", "Settle who takes part", participants=[person | {"agency": agency} for person, agency in LISTED])
    una_joins(story)

    # when the first leaves
    leah_leaves(story)

    # then the second can answer
    assert "Say whether you take part – Ada Moir" in story.tasks_of("nurse")
    assert "Say whether support was offered – Ada Moir" in story.tasks_of("nurse")
