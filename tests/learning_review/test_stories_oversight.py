"""Stories about the Learning Review Sub-group: it sees where all reviews stand, nothing of what they are about, and advises CSOG."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from engine.models import Document, ProcessInstance
from tests.learning_review.course_setup import LATE
from tests.learning_review.story import Story

StoryFrom = Callable[[str], Story]
REGISTER = "/registers/learning_review/reviews"


def next_overview(story: Story, month: int = 6) -> Story:
    """A quarter ends, three months after the procedure became live and so on; the story goes on with the case of the meeting."""
    story.time_passes_until(datetime(2026, month, 3, 12, tzinfo=UTC))
    overviews = [case for case in story.rows(ProcessInstance) if case.business_key.startswith("SG-")]
    story.reference = overviews[-1].business_key
    return story


def test_the_subgroup_sees_every_quarter_how_reviews_stand_and_advises_csog(story_from: StoryFrom):
    # given a review whose timetable was changed
    story = story_from("set_up")
    review = story.reference
    story.do("review chair", "Change the timetable", delay=LATE | {"forecast": "2026-12-01"})

    # when the quarter ends
    next_overview(story)

    # then the office has the list for the meeting, with references and dates and nothing else of the case
    assert story.reference.startswith("SG-")
    page = story.open_task("administrator", "Record the Sub-group’s meeting").text
    said = f"{review} Under way 2 April 2026 2 October 2026 2 January 2027 1 December 2026 Another process, such as criminal proceedings"
    assert said in page
    assert "Ailsa" not in page

    # and the Sub-group and CSOG open it; nobody of the Review Team does
    opened = {who: story.sign_in(story.people[who]).open(f"/cases/{story.reference}").answer.status_code
              for who in ("subgroup", "csog", "review chair")}  # fmt: skip
    assert opened == {"subgroup": 200, "csog": 200, "review chair": 404}

    # when the meeting is recorded
    view = {"reference": review, "view": "watch", "note": "Waits for a trial."}
    story.do(
        "administrator", "Record the Sub-group’s meeting",
        subgroup_met_on=story.day(0), subgroup_views=[view], subgroup_note="One review waits.", advice_to_csog="Speak to the Fiscal.",
    )  # fmt: skip

    # then CSOG is told by an email that says nothing, and reads the advice
    assert "The advice of the Learning Review Sub-group is ready" in story.letter("task_waiting").body
    page = story.open_task("csog", "Read the Sub-group’s advice").text
    assert "Speak to the Fiscal." in page
    assert f"{review} To be watched Waits for a trial." in page
    story.do("csog", "Read the Sub-group’s advice")
    assert [document.name for document in story.rows(Document) if document.name.startswith("Advice")] == [
        "Advice of the Sub-group.pdf", "Advice of the Sub-group.docx",
    ]  # fmt: skip


def test_a_meeting_that_is_not_recorded_is_asked_for_and_the_next_quarter_comes_all_the_same(story_from: StoryFrom):
    # given a quarter in which nobody records the meeting
    story = next_overview(story_from("set_up"))
    first = story.reference

    # when four weeks pass, and six, then the office is reminded
    story.days_pass(43)
    reminders = [letter.to_name for letter in story.letters("task_waiting") if "this quarter is not recorded" in letter.body]
    assert reminders == ["Rowan Hughes"] * 2

    # and the next quarter has its own
    next_overview(story, month=9)
    assert story.reference != first


def test_the_subgroup_reads_the_register_and_no_case(story_from: StoryFrom):
    # given a review
    story = story_from("set_up")
    subgroup = story.sign_in(story.people["subgroup"])

    # then the Sub-group sees where it stands, and cannot open it
    page = subgroup.open(REGISTER).text
    assert story.reference in page
    assert "Under way" in page
    assert subgroup.open(f"/cases/{story.reference}/written").answer.status_code == 404

    # and a member of the team does not see the register at all
    assert story.sign_in(story.people["health member"]).open(REGISTER).answer.status_code == 404


def test_a_review_that_is_closed_early_is_closed_in_the_register(story_from: StoryFrom):
    # given a review that was opened in error
    story = story_from("set_up")
    story.do("chair", "Close the case early", closing={"kind": "in_error", "reason": "It was a test.", "sure": True})

    # then the next list for the Sub-group is without it
    next_overview(story)
    assert "No Learning Review is open." in story.open_task("administrator", "Record the Sub-group’s meeting").text
