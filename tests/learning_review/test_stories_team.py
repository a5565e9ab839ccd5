"""Stories about the meetings of the Review Team: called, put off, recorded, approved, and as many as it takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.models import Document
from tests.learning_review.course_events import draft_is_changed, everybody_is_prepared
from tests.learning_review.course_meetings import (
    DRAFT,
    FIRST,
    NO_OTHER,
    SECOND,
    TEAM_CHAIR,
    recorded,
    team_is_called,
    team_meets,
    the_draft_is_final,
)
from tests.learning_review.story import Story

From = Callable[[str], Story]
ONE_MORE: dict[str, Any] = {"another_meeting": "yes", "team_meeting": {"another_reason": "We want to hear from the school."}}


def team_tasks(story: Story, who: str) -> list[str]:
    """What this person has to do for a meeting of the Review Team."""
    return [task for task in story.tasks_of(who) if "Review Team’s" in task]


def is_arranged(story: Story) -> None:
    """The team is to meet in a week."""
    week: dict[str, Any] = {"team_meeting_on": story.day(7), "team_meeting_time": "10:00", "team_meeting_place": "B"}
    story.do("administrator", "Arrange the Review Team’s meeting", **week)


def test_the_first_meeting_is_called_put_off_held_and_its_minute_approved(story_from: From):
    # given a review that has been set up, and a day for its first meeting
    story = story_from("set_up")
    team_is_called(story, "First meeting")

    # when it cannot take place
    story.days_pass(14)
    refused = story.try_to("administrator", "Record the Review Team’s meeting", team_meeting={"took_place": "cancelled"})
    assert refused.problems == ["Enter why it did not take place"]
    story.do("administrator", "Record the Review Team’s meeting", team_meeting={"took_place": "cancelled", "why_not": "Snow."})

    # then another day is looked for, and nothing of the agenda is lost
    assert "Snow." in story.open_task("administrator", "Arrange the Review Team’s meeting").text
    team_is_called(story, "First meeting")

    # when it takes place, the record asks what a first meeting asks
    story.days_pass(14)
    missing = story.try_to("administrator", "Record the Review Team’s meeting", team_meeting={"took_place": "held", "attendance": []})
    assert "Enter what the meeting heard of it" in missing.problems
    assert "Select whether the team has seen proof" in missing.problems
    assert "Confirm that the meeting considered other reviews and proceedings" in missing.problems
    assert "Select whether everybody is ready" not in missing.problems
    story.do("administrator", "Record the Review Team’s meeting", **recorded(FIRST, **NO_OTHER))

    # then the chair sends the minute back once, and approves it
    story.do(TEAM_CHAIR, "Approve the Review Team’s minute", team_minute="send_back", minute_note="Who led on the second question?")
    page = story.open_task("administrator", "Correct the Review Team’s minute").text
    assert "Who led on the second question?" in page
    story.do("administrator", "Correct the Review Team’s minute", **recorded(FIRST, **NO_OTHER))
    story.do(TEAM_CHAIR, "Approve the Review Team’s minute", team_minute="approve")
    everybody_is_prepared(story)
    assert team_tasks(story, "administrator") == ["Arrange the Review Team’s meeting – Second meeting"]

    # and the minute is kept as a document
    written = [document.name for document in story.rows(Document) if document.name.startswith("Minute of")]
    assert sorted(written) == ["Minute of meeting 1.docx", "Minute of meeting 1.pdf"]


def test_what_is_asked_missing_and_taken_on_is_kept_from_one_meeting_to_the_next(story_from: From):
    # given what the first meeting noted
    story = story_from("set_up")
    team_is_called(story)
    story.days_pass(14)
    noted: dict[str, Any] = {
        "issues": [{"text": "Who saw her at home?", "state": "open"}],
        "gaps": [{"text": "The housing file", "state": "open", "remedy": "Ask Housing."}],
        "team_actions": [{"text": "Draw a timeline", "owner": "Tom Reid", "done": "no"}],
    }
    team_meets(story, FIRST, **noted, **NO_OTHER)
    everybody_is_prepared(story)

    # then the next agenda and the next minute have it
    is_arranged(story)
    agenda = story.open_task("child lead", "Prepare the Review Team’s agenda")
    assert "Who saw her at home?" in agenda.text
    assert "The housing file" in agenda.text
    assert "Are the participants of the events confirmed, informed and supported?" in agenda.page.xpath("//input/@value")
    story.do("child lead", "Prepare the Review Team’s agenda")
    story.do("administrator", "Record the Review Team’s meeting", **recorded(SECOND, **NO_OTHER))
    minute = story.open_task(TEAM_CHAIR, "Approve the Review Team’s minute").text
    assert all(text in minute for text in ("Who saw her at home?", "The housing file", "Draw a timeline"))


def test_anybody_in_the_team_can_bring_something_up_and_the_next_meeting_has_it(story_from: From):
    # given nobody who has brought anything up
    story = story_from("set_up")
    refused = story.try_to("child lead", "Bring something to the Review Team")
    assert refused.problems == ["Select what it is", "Enter what it is"]

    # when two people do
    story.do("child lead", "Bring something to the Review Team", raised={"kind": "theme", "text": "Handing over between shifts."})
    rota = {"raised__files": ("rota.txt", b"Monday: nobody.")}
    story.do(TEAM_CHAIR, "Bring something to the Review Team", files=rota, raised={"kind": "gap", "text": "The school’s view."})
    [kept] = story.rows(Document, name="rota.txt")
    assert story.sign_in(story.people["health member"]).client.get(f"/documents/{kept.id}").status_code == 200

    # then both stand on the agenda, each with its name, and more can be brought up
    is_arranged(story)
    agenda = story.open_task("child lead", "Prepare the Review Team’s agenda").text
    assert "Theme Handing over between shifts. Catriona Laing" in agenda
    assert "Something missing The school’s view. Fiona Hay" in agenda
    assert any(task.startswith("Bring something") for task in story.tasks_of("child lead"))

    # and what comes up on the day of the meeting is left for the next one
    story.do("child lead", "Prepare the Review Team’s agenda")
    story.days_pass(7)
    story.do("child lead", "Bring something to the Review Team", raised={"kind": "issue", "text": "Who calls whom at night?"})
    team_meets(story, FIRST, **NO_OTHER)
    everybody_is_prepared(story)
    is_arranged(story)
    agenda = story.open_task("child lead", "Prepare the Review Team’s agenda").text
    assert "Who calls whom at night?" in agenda
    assert "Handing over between shifts." not in agenda


def test_the_care_inspectorate_has_not_been_told_at_the_first_meeting(story_from: From):
    # given a first meeting that has seen no proof
    story = story_from("set_up")
    team_is_called(story)
    story.days_pass(14)
    team_meets(story, FIRST | {"inspectorate_shown": "no"}, **NO_OTHER)

    # then the review goes on, and the Lead Officer is asked, and reminded every week
    everybody_is_prepared(story)
    assert team_tasks(story, "administrator") == ["Arrange the Review Team’s meeting – Second meeting"]
    story.days_pass(8)
    assert story.letter("care_inspectorate_reminder").to_name == "Catriona Laing"

    # when the proof is there, it stays with the case
    story.do("child lead", "Show that the Care Inspectorate was told", ci_submitted_on_proved=story.day(0), ci_receipt_proved="CI-77")
    assert not any("Care Inspectorate" in task for task in story.tasks_of("child lead"))


def test_two_more_meetings_than_planned(story_from: From):
    # given a first meeting that wants another before the review goes on, and that one a third
    story = story_from("set_up")
    for name in ("First meeting", "Meeting 2"):
        team_is_called(story, name)
        story.days_pass(14)
        team_meets(story, FIRST | ONE_MORE["team_meeting"], name, another_meeting="yes")

    # when the third goes on
    team_is_called(story, "Meeting 3")
    story.days_pass(14)
    team_meets(story, {"another_reason": "We have heard from the school."}, "Meeting 3", another_meeting="no")

    # then the second of the usual meetings is next
    everybody_is_prepared(story)
    assert team_tasks(story, "administrator") == ["Arrange the Review Team’s meeting – Second meeting"]


def test_the_report_is_finished_at_the_third_meeting_and_no_fourth_is_held(story_from: From):
    # given the events held and the draft written
    story = story_from("drafted")
    drafted = [task for task in story.tasks_of("administrator") if task.startswith("Arrange")]
    assert drafted == ["Arrange the Review Team’s meeting – Third meeting: the draft report"]

    # when the team finds it final
    the_draft_is_final(story)

    # then there is no fourth meeting, and nothing is left to bring to the team
    assert team_tasks(story, "administrator") == []
    assert not any(task.startswith("Bring something") for task in story.tasks_of("child lead"))


def test_the_draft_goes_to_a_fourth_meeting_and_a_fifth(story_from: From):
    # given a draft that is not final at the third meeting
    story = story_from("drafted")
    again = DRAFT | {"final_reason": "Two comments are open."}
    for name in ("Third meeting", "Meeting 4"):
        team_is_called(story, name)
        story.days_pass(14)
        team_meets(story, again, name, final_now="no")
        draft_is_changed(story)

    # then it is changed and commented on before each, and the team meets until it is
    team_is_called(story, "Meeting 5")
    story.days_pass(14)
    team_meets(story, DRAFT | {"final_reason": "All is settled."}, "Meeting 5", final_now="yes")
    assert team_tasks(story, "administrator") == []


def test_a_minute_that_nobody_reads_is_asked_for_every_week(story_from: From):
    # given the minute of a meeting
    story = story_from("set_up")
    team_is_called(story)
    story.days_pass(14)
    story.do("administrator", "Record the Review Team’s meeting", **recorded(FIRST, **NO_OTHER))

    # when two weeks pass, then its chair is reminded each week
    story.days_pass(15)
    reminders = [letter for letter in story.letters("task_waiting") if "minute of a meeting" in letter.body]
    assert len(reminders) == 2


def test_the_second_meeting_asks_whether_everybody_is_ready(story_from: From):
    # given the second meeting
    story = story_from("prepared")
    team_is_called(story, "Second meeting")
    story.days_pass(14)

    # then its record asks how it goes with the family, and whether everybody has done what they had taken on
    assert {"Enter how it goes with the Family Liaison Strategy", "Select whether everybody has done what they had taken on"} <= set(
        story.try_to("administrator", "Record the Review Team’s meeting", team_meeting={"took_place": "held"}).problems
    )

    # when it says that not everybody is ready, then it says what is to do
    missing = story.try_to("administrator", "Record the Review Team’s meeting", **recorded({**SECOND, "ready": "no"}, **NO_OTHER))
    assert missing.problems == ["Enter what is still to do"]
