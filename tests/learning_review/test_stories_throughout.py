"""Stories about what comes up in a review at any time: missing information, questions, and what cannot wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.learning_review.course_meetings import FIRST, NO_OTHER, TEAM_CHAIR, recorded, team_is_called
from tests.learning_review.story import Story

From = Callable[[str], Story]
ASK = "Ask an agency for information"
ANSWER = "Answer a request for information"
WANTED: dict[str, Any] = {"agency": "nhs", "what": "The discharge letter.", "why": "We do not know when she came home."}


def agenda_of(story: Story) -> str:
    """What the team’s next agenda lists, on a day in three weeks."""
    arranged: dict[str, Any] = {"team_meeting_on": story.day(21), "team_meeting_time": "10:00", "team_meeting_place": "Room 4"}
    story.do("administrator", "Arrange the Review Team’s meeting", **arranged)
    return story.open_task("child lead", "Prepare the Review Team’s agenda").text


def chased(story: Story, choice: str, **more: Any) -> None:
    """The Review Team Chair follows a request up."""
    chase = {"said": "They are looking for it.", "choice": choice, **more}
    story.do(TEAM_CHAIR, "Follow up a request for information", "NHS Lothian", chase=chase)


def test_anybody_in_the_team_asks_an_agency_and_the_answer_comes_before_the_next_meeting(story_from: From):
    # given a member who misses something
    story = story_from("set_up")
    refused = story.try_to("health member", ASK)
    assert refused.problems == ["Select which agency has it", "Enter what you ask for", "Enter why the review needs it"]
    story.do("health member", ASK, wanted=WANTED)

    # then its Senior Manager is asked, and reads what and why; the email says neither
    letter = story.letter("information_request")
    assert letter.to_name == "Nadia Shah"
    assert "discharge" not in letter.body
    assert "We do not know when she came home." in story.open_task("nhs", ANSWER).text

    # when it answers, then the next agenda says so
    story.do("nhs", ANSWER, information={"outcome": "received", "text": "She came home on 4 January."})
    assert "Information The discharge letter.: received NHS Lothian" in agenda_of(story)


def test_several_requests_go_on_side_by_side(story_from: From):
    # given two requests, one of them to somebody who has nobody here
    story = story_from("set_up")
    story.do("reviewer", ASK, wanted=WANTED)
    story.do("child lead", ASK, wanted={**WANTED, "agency": "other", "other_agency": "A nursery", "what": "The attendance list."})

    # when the second is answered by the Lead Officer, who has telephoned, then the first still waits
    story.do("child lead", ANSWER, "A nursery", information={"outcome": "not_held", "reason": "It was not kept."})
    assert [task for task in story.tasks_of("nhs") if task.startswith(ANSWER)] == [f"{ANSWER} – NHS Lothian"]
    assert "Information The attendance list.: not held A nursery" in agenda_of(story)


def test_an_agency_that_does_not_answer_is_reminded_followed_up_and_asked_again(story_from: From):
    # given a request that is due in two weeks
    story = story_from("set_up")
    story.do("reviewer", ASK, wanted=WANTED)

    # when nobody answers, then the agency is reminded, and the chair asked to follow it up the day after it was due
    story.days_pass(12)
    assert len(story.letters("information_reminder")) == 1
    assert not any(task.startswith("Follow up") for task in story.tasks_of(TEAM_CHAIR))
    story.days_pass(3)
    assert story.letter("task_waiting").to_name == "Fiona Hay"

    # when it is given longer in vain, then the chair is asked again
    refused = story.try_to(TEAM_CHAIR, "Follow up a request for information", chase={"said": "Soon.", "choice": "longer"})
    assert refused.problems == ["Enter until when"]
    chased(story, "longer", until=story.day(7))
    assert not any(task.startswith("Follow up") for task in story.tasks_of(TEAM_CHAIR))
    story.days_pass(9)
    assert "They are looking for it." in story.open_task(TEAM_CHAIR, "Follow up a request for information").text

    # when the chair turns to the Senior Manager, then the EMPPC Chair knows as well, and a week later it is asked once more
    chased(story, "escalate")
    assert {letter.to_name for letter in story.letters("information_escalation")} == {"Nadia Shah", "Grace Kerr"}
    story.days_pass(8)
    chased(story, "without")
    assert not any(task.startswith(ANSWER) for task in story.tasks_of("nhs"))
    assert "Information The discharge letter.: has not come NHS Lothian" in agenda_of(story)


@pytest.mark.parametrize(("choice", "is_asked_again"), [("again", True), ("accept", False)])
def test_an_agency_that_refuses_is_asked_once_more_or_the_gap_is_accepted(story_from: From, choice: str, is_asked_again: bool):
    # given an agency that cannot share what was asked for, and says why
    story = story_from("set_up")
    story.do("reviewer", ASK, wanted=WANTED)
    assert story.try_to("nhs", ANSWER, information={"outcome": "refused"}).problems == ["Enter why not"]
    story.do("nhs", ANSWER, information={"outcome": "refused", "reason": "It belongs to another board."})

    # when the chair has weighed that up
    assert "It belongs to another board." in story.open_task(TEAM_CHAIR, "Weigh up a refusal").text
    story.do(TEAM_CHAIR, "Weigh up a refusal", refusal={"said": "I spoke to them.", "choice": choice})

    # then it is asked again, or not
    assert any(task.startswith(ANSWER) for task in story.tasks_of("nhs")) is is_asked_again


def test_what_a_meeting_finds_missing_is_asked_for_at_once(story_from: From):
    # given a first meeting that wants to know two things
    story = story_from("set_up")
    team_is_called(story)
    story.days_pass(14)
    wanted = [WANTED, {**WANTED, "agency": "police", "what": "The log of the call."}]
    story.do("administrator", "Record the Review Team’s meeting", **recorded(FIRST, information_wanted=wanted, **NO_OTHER))

    # then both agencies are asked, and nothing is asked twice when the minute is corrected
    story.do(TEAM_CHAIR, "Approve the Review Team’s minute", team_minute="send_back", minute_note="A name is wrong.")
    story.do("administrator", "Correct the Review Team’s minute", **recorded(FIRST, **NO_OTHER))
    assert [task for task in story.tasks_of("police") if task.startswith(ANSWER)] == [f"{ANSWER} – Police Scotland"]
    assert len(story.letters("information_request")) == 2


def test_a_question_to_the_lead_officer_stays_between_the_two(story_from: From):
    # given a member who asks
    story = story_from("set_up")
    story.do("health member", "Ask the Lead Officer about the review", question={"text": "Who will read what I say?"})
    assert not any("Answer a question" in task for task in story.tasks_of("manager"))
    next_asker = story.open_task("police member", "Ask the Lead Officer about the review")
    assert "Who will read what I say?" not in next_asker.answer.get_data(as_text=True)

    # when the Lead Officer answers, then only the member reads it, and can ask further
    story.do("child lead", "Answer a question about the review", question={"answer": "Only the Review Team."})
    assert story.letter("task_waiting").to_email == "leah.moss@example.org"
    assert not any("Read the Lead Officer" in task for task in story.tasks_of("police member"))
    assert "Only the Review Team." in story.open_task("health member", "Read the Lead Officer’s answer").text
    story.do("health member", "Read the Lead Officer’s answer", question={"further": "yes", "more": "And my manager?"})
    assert "And my manager?" in story.open_task("child lead", "Answer a question about the review").text
    story.do("child lead", "Answer a question about the review", question={"answer": "No, not your manager."})
    story.do("health member", "Read the Lead Officer’s answer", question={"further": "no"})
    assert not any("Read the Lead Officer" in task for task in story.tasks_of("health member"))


def test_the_reviewer_asks_how_services_work_here(story_from: From):
    # given a Reviewer from elsewhere
    story = story_from("set_up")
    story.do("reviewer", "Ask how services work here", context={"asked": "Who answers at night?"})

    # when the Lead Officer explains it, then the Reviewer reads it, and the team hears that it is known
    story.do("child lead", "Explain how services work here", context={"note": "One team for both councils."})
    assert "One team for both councils." in story.open_task("reviewer", "Read how services work here").text
    story.do("reviewer", "Read how services work here", context_read=True)
    assert "How services work here Who answers at night? Catriona Laing" in agenda_of(story)


def test_an_immediate_risk_is_passed_on_at_once_and_the_lead_officer_reminded_every_day(story_from: From):
    # given somebody who sees a risk and has not passed it on
    story = story_from("set_up")
    raised = {"kinds": ["risk"], "passed_on": "no"}
    story.do("police member", "Raise something that cannot wait", emerging=raised)

    # when the Lead Officer does not see it for two days, then there are reminders, and what it is about is nowhere asked
    story.days_pass(2)
    reminders = [letter for letter in story.letters("task_waiting") if "concern about safety" in letter.body]
    assert [letter.to_name for letter in reminders] == ["Catriona Laing", "Catriona Laing"]
    story.do("child lead", "Pass on an immediate risk", risk={"to": "Duty social work", "on": story.day(0)})
    assert "Emerging issue Dealt with: an immediate risk Ian Cope" in agenda_of(story)


def test_a_risk_that_was_passed_on_leaves_nothing_to_do(story_from: From):
    story = story_from("set_up")
    passed_on = {"kinds": ["risk"], "passed_on": "yes", "passed_to": "The police on 101, this morning"}
    story.do("police member", "Raise something that cannot wait", emerging=passed_on)

    assert not any("risk" in task for task in story.tasks_of("child lead"))


@pytest.mark.parametrize("share", ["yes", "no"])
def test_early_learning_is_shared_when_the_emppc_chair_says_so(story_from: From, share: str):
    # given learning that should not wait for the report
    story = story_from("set_up")
    story.do("reviewer", "Raise something that cannot wait", emerging={"kinds": ["early_learning"], "learning": "Ask who else is at home."})

    # when the EMPPC Chair decides
    decided = (
        {"share": "yes", "text": "Ask who else is at home.", "with": "All managers.", "checked": True}
        if share == "yes"
        else {"share": "no"}
    )
    story.do("chair", "Decide about sharing early learning", early={**decided, "reason": "It helps now."})

    # then the Lead Officer shares it, or does not
    assert any(task.startswith("Share early learning") for task in story.tasks_of("child lead")) is (share == "yes")
    if share == "yes":
        story.do("child lead", "Share early learning", early_shared={"on": story.day(0), "with": "All managers."})


def test_of_a_matter_of_conduct_only_that_it_was_referred_on_is_kept(story_from: From):
    # given somebody who raises one; the form has no room for what it is
    story = story_from("set_up")
    page = story.try_to("health member", "Raise something that cannot wait")
    assert page.problems == ["Select what has come up"]
    story.do("health member", "Raise something that cannot wait", emerging={"kinds": ["conduct"]})

    # when the Lead Officer has passed it on outside, then the team hears no more than that
    story.do("child lead", "Refer a matter of conduct on", referral={"to": "employer", "on": story.day(0)})
    assert "Dealt with: a matter for somebody else Leah Moss" in agenda_of(story)
