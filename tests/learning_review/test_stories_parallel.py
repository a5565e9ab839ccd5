"""Stories about what runs beside a case: criminal proceedings, an inquiry, another review. They stop nothing."""

from __future__ import annotations

from typing import Any

from engine import clock
from tests.learning_review.story import SQLITE_ONLY, Story
from tests.learning_review.usual_course import (
    ADULT_SEATS,
    adult,
    agencies_are_asked,
    case_is_closed_without_review,
    child,
    criteria_are,
    everybody_is_told,
    facts_are,
    is_acknowledged,
    meeting_is_convened,
    meeting_is_held,
    notification,
    papers_are_out,
    up_to_the_meeting,
)

pytestmark = SQLITE_ONLY

CRIMINAL = {"kind": "criminal", "body": "Police Scotland", "stage": "under_way"}
INQUIRY = {"kind": "fatal_accident_inquiry", "body": "The Procurator Fiscal", "stage": "planned", "known_from": "The police told us."}
OVER = {"kind": "complaint", "body": "NHS Lothian", "stage": "finished"}


def checked(story: Story, **news: Any) -> dict[str, Any]:
    """What somebody notes who has asked the police."""
    usual = {
        "body": "Police Scotland", "contact_name": "Iona Birk", "contact_how": "0131 496 0300", "contacted_on": story.day(0),
        "advice": "Two people may be called as witnesses.", "stage": "under_way", "effect": "Events wait; reports go on.",
        "next_check": story.day(21),
    }  # fmt: skip
    return {"entry": usual | news}


def hold(story: Story, activity: str) -> dict[str, Any]:
    """A step of ours that waits from today."""
    return {
        "activity": activity, "authority": "Detective Inspector Birk", "held_from": story.day(0), "review_on": story.day(21),
        "why": "They may be witnesses.",
    }  # fmt: skip


def with_proceedings(story: Story, *proceedings: dict[str, Any]) -> None:
    """A notification that names what else is going on, and that the office has acknowledged."""
    story.notify(notification(child(), strand="child", proceedings_known="yes", proceedings=list(proceedings)))
    is_acknowledged(story, "child")


def page_of(story: Story, who: str, task: str, slug: str) -> str:
    """One page of a long form."""
    page = story.open_task(who, task)
    return page.open(f"{page.answer.request.path}?page={slug}").text


def test_proceedings_that_a_notification_names_are_followed_until_they_are_over(story: Story):
    # given criminal proceedings under way, and a complaint that is over
    with_proceedings(story, CRIMINAL, OVER)
    criminal = "Criminal investigation or court case, Police Scotland"

    # then the case waits for a check on the first, within a week; what it usually asks of us is said, and the second is only listed
    assert [task for task in story.tasks_of("child lead") if task.startswith("Check on")] == [f"Check on a parallel process – {criminal}"]
    assert any(sentence.startswith(f"Waits for “Check on a parallel process” ({criminal})") for sentence in story.waits_for)
    page = story.open_task("child lead", "Check on a parallel process").text
    assert "Events with practitioners and managers Wait for their advice" in page
    assert "Agency reports and the Consideration Meeting Goes on" in page
    assert "NHS Lothian Finished" in story.open_task("child lead", "Add a parallel process").text

    # when the Lead Officer asks the police, and events have to wait
    story.do("child lead", "Check on a parallel process", **checked(story, holds=[hold(story, "events")]))

    # then everybody who decides sees it, and it is asked again on the day that was chosen, then every week
    agencies_are_asked(story)
    around = page_of(story, "child lead", "Write the recommendation", "around")
    assert "Events with practitioners and managers" in around
    assert "24 March 2026" in around
    story.days_pass(29)
    reminders = [letter for letter in story.letters("task_waiting") if "check on another process" in letter.body]
    days = [(letter.to_name, letter.written_at.astimezone(clock.CIVIL).date().isoformat()) for letter in reminders]
    assert days == [("Catriona Laing", "2026-03-24"), ("Catriona Laing", "2026-03-31")]

    # when it is over, nobody is asked again
    story.do("manager", "Check on a parallel process", **checked(story, stage="finished", ended_on=story.day(-1), outcome="No charge."))
    assert [task for task in story.tasks_of("child lead") if task.startswith("Check on")] == []
    assert "Police Scotland Finished" in page_of(story, "child lead", "Write the recommendation", "around")


def test_a_parallel_process_can_be_added_at_any_time(story: Story):
    # given a case without any, which is on its way to its meeting
    story.notify(notification(adult(), strand="adult"))
    is_acknowledged(story, "adult")
    agencies_are_asked(story, by="adult lead")
    meeting_is_convened(story, story.day(20), *ADULT_SEATS)
    papers_are_out(story, by="adult lead")
    assert [task for task in story.tasks_of("adult lead") if task.startswith("Check on")] == []

    # when nothing is added, then that is asked for; when an inquiry is, it is followed, and more can be added
    refused = story.try_to("adult lead", "Add a parallel process", parallel_added=[])
    assert refused.problems == ["Add what you have heard of"]
    story.do("adult lead", "Add a parallel process", parallel_added=[INQUIRY])
    story.do("manager", "Add a parallel process", parallel_added=[CRIMINAL | {"known_from": "The newspaper."}])
    assert [task.partition(" – ")[2] for task in story.tasks_of("adult lead") if task.startswith("Check on")] == [
        "Fatal Accident Inquiry, or an investigation of the death, The Procurator Fiscal",
        "Criminal investigation or court case, Police Scotland",
    ]

    # and the meeting, which it does not hold up, reads of both before it decides
    story.days_pass(20)
    meeting_is_held(story, *ADULT_SEATS)
    facts_are(story, {"died": "no", "asp": "previous", "joint_working_concern": "yes", "serious_abuse": "yes", "effective_working": "no"})
    assert "The Procurator Fiscal" in story.open_task("chair", "Decision 1").text
    criteria_are(story, "met", "Jean Grant", "adult_1ii")
    scope = page_of(story, "chair", "Decision 2", "scope")
    assert "The Procurator Fiscal" in scope
    assert "Police Scotland" in scope


def test_news_of_one_process_leaves_the_others_as_they_stand(story: Story):
    # given two of the same kind
    with_proceedings(story, CRIMINAL, CRIMINAL | {"body": "British Transport Police"})

    # when one of them is checked
    story.do("child lead", "Check on a parallel process", "British Transport", **checked(story, body="British Transport Police"))

    # then the other still waits for its own first check
    waiting = [sentence for sentence in story.waits_for if "Check on a parallel process" in sentence]
    assert len(waiting) == 2
    known = {row["body"]: row.get("contact_name") for row in story.variables["parallel_register"]}
    assert known == {"Police Scotland": None, "British Transport Police": "Iona Birk"}


def test_a_case_is_closed_although_something_beside_it_goes_on(story: Story):
    # given proceedings that go on while the meeting decides that no review is held
    up_to_the_meeting(story, adult(), strand="adult", proceedings_known="yes", proceedings=[CRIMINAL])
    facts_are(story, {"died": "no", "asp": "previous", "joint_working_concern": "no", "serious_abuse": "no", "effective_working": "no"})
    criteria_are(story, "not_met", "Jean Grant", "adult_1ii")

    # when the last step is done, then the case is closed, and nobody is asked about them any more
    assert "Police Scotland" in story.open_task("chair", "Tell CSOG of the decision").text
    everybody_is_told(story, "not_proceed", by="adult lead")
    case_is_closed_without_review(story, by="adult lead")
    assert story.stage.startswith("Closed on")
    assert story.tasks_of("adult lead") == story.tasks_of("manager") == []
