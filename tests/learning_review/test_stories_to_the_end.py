"""Two cases from the notification to their end, one for each outcome; both databases keep them alike."""

from __future__ import annotations

from tests.learning_review.story import Story
from tests.learning_review.usual_course import (
    adult,
    agencies_are_asked,
    case_is_closed_without_review,
    child,
    criteria_are,
    decision_is,
    everybody_is_told,
    facts_are,
    is_acknowledged,
    meeting_is_convened,
    meeting_is_held,
    notification,
    papers_are_out,
    police_report_comes,
    up_to_the_meeting,
)

WAS_NEGLECTED = {"died": "no", "asp": "previous", "joint_working_concern": "yes", "serious_abuse": "yes", "effective_working": "no"}


def test_the_criteria_are_met_but_no_review_is_held_because_it_is_being_addressed_already(story: Story):
    # given an adult whose situation the meeting finds within the criteria, and a plan that takes it all up
    up_to_the_meeting(story, adult("Jean Grant"), strand="adult")
    facts_are(story, WAS_NEGLECTED)
    assert "Section 3, adult 1(ii)" in story.open_task("chair", "Decision 1").text
    criteria_are(
        story, "met", "Jean Grant", "adult_1ii", learning_needed="no", learning_sufficient="partly", being_addressed="all",
        plans=[{"theme": "Sharing", "plan_kind": "multi_agency", "plan": "The sharing plan"}],
    )  # fmt: skip
    assert "what needs improving is being addressed already" in story.open_task("chair", "Decision 2").text

    # when the Chair records that no review is held
    decision_is(story, "not_proceed", "being_addressed", covered=["Jean Grant"])

    # then everybody is told all the same, and the Summary Report goes to EMPPC and to CSOG
    assert story.stage == "Decided since 2 April 2026"
    assert story.tasks_of("csog") == story.tasks_of("emppc") == []
    everybody_is_told(story, "not_proceed", by="adult lead")
    assert "not to proceed to a Learning Review" in story.letter("csog_notice").body
    assert (story.letter("outcome").to_email, story.letter("outcome").to_name) == ("ann.lee@example.org", "Ann Lee")
    assert "not to proceed to a Learning Review" in story.letter("outcome").body
    case_is_closed_without_review(story, by="adult lead")

    # and the closed case tells what became of its dates, and keeps the proof of the submission
    assert story.stage == "Closed on 2 April 2026"
    assert story.deadline("Decision of the Consideration Meeting") == (
        "42 calendar days from 3 March 2026, received → 14 April 2026 Met on 2 April 2026"
    )
    # Good Friday is no working day; Easter Monday is one in Scotland
    assert story.deadline("Tell the Care Inspectorate of the decision").endswith("→ 10 April 2026 Met on 2 April 2026")
    assert "receipt.txt" in story.case_page().text
    assert "2 April 2026" in story.on_the_board(closed=True)


WAS_ON_THE_REGISTER = {
    "died": "yes", "death_cause": "natural", "abuse_factor": "no", "cpr": "yes", "sibling_cpr": "no", "care_experienced": "no",
    "no_bearing": "no", "carm": "no", "additional_learning": "yes", "additional_learning_what": "How the register is left.",
    "effective_working": "no",
}  # fmt: skip
SEATS = [
    "chair", "social_work_midlothian", "health", "paediatrics", "education_midlothian", "police", "lead_officer_child",
    "public_protection_manager", "minute",
]  # fmt: skip


def test_a_child_who_was_on_the_register_has_died_and_a_review_is_held(story: Story):
    # given a child who died, and had been on the register; nobody has determined that this has no bearing
    ailsa = child("Ailsa Grant", born="2012-05-01", died="yes", died_on="2026-02-20", cpr="yes", cpr_when="before",
                  in_education="yes", education_place="Harbour Primary School")  # fmt: skip
    story.notify(notification(ailsa, strand="child"))
    assert story.stage == "Notified since 3 March 2026"
    sentence, *_ = story.waits_for
    assert sentence.startswith("Waits for “Check the notification” from Senior Business Support Administrator, since today; due in 2 days")
    assert sentence.endswith("if nothing happens, “Remind the office” on 6 March 2026.")
    is_acknowledged(story, "child", lead_person="Catriona Laing")
    assert "Catriona Laing" in story.letter("acknowledgement").body
    agencies_are_asked(story, "police")
    assert story.stage == "Gathering agency reports since 3 March 2026"

    # when the police report, the meeting is held on its day, and finds that it is enough that she was on the register
    meeting_is_convened(story, story.day(35), *SEATS)
    story.days_pass(7)
    police_report_comes(story)
    assert story.deadline("Agency report Police Scotland").endswith("17 March 2026 Met on 10 March 2026")
    papers_are_out(story, themes=[{"theme": "Joint visits", "agencies": ["police"]}])
    story.days_pass(28)
    assert "Consideration Meeting" in story.on_the_board()
    meeting_is_held(story, *SEATS)
    facts_are(story, WAS_ON_THE_REGISTER, by="child lead")
    advice = story.open_task("chair", "Decision 1").text
    assert "Section 3, child who has died, register or care experience" in advice
    assert "whether abuse or neglect is suspected does not matter" in advice
    criteria_are(story, "met", "Ailsa Grant", "child_register_or_care")
    assert "there is additional learning that nothing else brings" in story.open_task("chair", "Decision 2").text
    decision_is(story, "proceed", "additional_learning", covered=["Ailsa Grant"])

    # then everybody is told, no Summary Report is asked for, and the review is to be set up
    assert "Agree improvement actions" not in story.tasks_of("chair")
    everybody_is_told(story, "proceed", category="death")
    assert "to proceed to a Learning Review" in story.letter("csog_notice").body
    assert "You may be invited to contribute" in story.letter("outcome").body
    assert "receipt.txt" in story.case_page().text
    assert "Learning Review to be set up" in story.case_page("/timeline").text
