"""Stories about whose case it is: one person or several, a child and an adult at once, what went well, and what nobody knows yet."""

from __future__ import annotations

from typing import Any

from tests.learning_review.story import SQLITE_ONLY, Story
from tests.learning_review.usual_course import (
    ADULT_SEATS,
    CHILD_SEATS,
    RECOMMENDATION,
    adult,
    agencies_are_asked,
    child,
    criteria_are,
    decision_is,
    everybody_is_told,
    facts_are,
    invited,
    is_acknowledged,
    meeting_is_convened,
    meeting_is_held,
    notification,
    papers_are_out,
    up_to_the_meeting,
)

pytestmark = SQLITE_ONLY

HARMED = {
    "died": "no", "harmed": "sustained", "abuse_factor": "known", "harm_cause": "other", "cpr": "no", "sibling_cpr": "no",
    "care_experienced": "no", "carm": "no", "additional_learning": "yes", "additional_learning_what": "How they are heard.",
    "effective_working": "no",
}  # fmt: skip


def test_one_person_fills_all_seats_of_social_work_and_is_counted_once(story: Story):
    # given a case of both council areas, so that both have a seat
    story.notify(notification(adult(), strand="adult", area="both"))
    is_acknowledged(story, "adult")
    agencies_are_asked(story, by="adult lead")
    seats = [*ADULT_SEATS, "social_work_east"]

    # when Sheila Wood sits for both
    others = invited([{"key": key} for key in seats if not key.startswith("social_work")])
    sheila = {"name": "Sheila Wood", "post": "Head of Adult Social Work in both areas", "email": "sheila.wood@example.org",
              "seats": ["social_work_east", "social_work_midlothian"]}  # fmt: skip
    meeting_is_convened(story, story.day(30), people=[*others, sheila])

    # then she gets one invitation, which does not name the areas, and no seat is open
    assert [letter.to_name for letter in story.letters("invitation")].count("Sheila Wood") == 1
    [hers] = [letter.body for letter in story.letters("invitation") if letter.to_name == "Sheila Wood"]
    assert "You are asked to fill: Social Work" in hers
    assert "Social Work, " not in hers
    story.do("adult lead", "Write the recommendation", recommendation=RECOMMENDATION)
    papers = story.open_task("administrator", "Send out the papers").text
    assert "Sheila Wood" in papers
    assert "Seats that nobody fills yet" not in papers

    # and the meeting, held with her, misses nobody
    story.do("administrator", "Send out the papers", papers_issued_on=story.day(0), papers=["criteria"], papers_checked=True)
    meeting_is_held(story, *seats)
    facts_are(story, {"died": "no", "asp": "previous", "joint_working_concern": "no", "serious_abuse": "no", "effective_working": "no"})
    assert "Seats that were not covered" not in story.open_task("chair", "Decision 1").text
    criteria_are(story, "not_met", "Jean Grant", "adult_1ii")
    assert story.stage.startswith("Decided")


def test_a_seat_that_nobody_covers_asks_the_chair_for_a_reason_and_stops_nothing(story: Story):
    # given a meeting without the police
    story.notify(notification(adult(), strand="adult"))
    is_acknowledged(story, "adult")
    agencies_are_asked(story, by="adult lead")
    here = [key for key in ADULT_SEATS if key != "police"]
    meeting_is_convened(story, story.day(30), *here)
    story.do("adult lead", "Write the recommendation", recommendation=RECOMMENDATION)
    assert "Seats that nobody fills yet Seat Police Scotland" in story.open_task("administrator", "Send out the papers").text
    story.do("administrator", "Send out the papers", papers_issued_on=story.day(0), papers=["criteria"], papers_checked=True)
    meeting_is_held(story, *here)
    facts_are(story, {"died": "no", "asp": "previous", "joint_working_concern": "no", "serious_abuse": "no", "effective_working": "no"})

    # when the Chair decides without a word about it, then the reason is asked for
    decision: dict[str, Any] = {
        "findings": [{"person": "Jean Grant", "clause": "adult_1ii", "finding": "not_met", "reason": "No concern."}],
        "criteria_finding": "not_met", "criteria_reason": "No concern.", "consensus": "agreed", "family_told": "yes",
    }  # fmt: skip
    assert "Seats that were not covered Seat Police Scotland" in story.open_task("chair", "Decision 1").text
    refused = story.try_to("chair", "Decision 1", **decision)
    assert refused.problems == ["Enter why the meeting decided without these seats"]

    # and with it the meeting decides
    story.do("chair", "Decision 1", **decision, missing_seats_reason="The inspector was called away and agreed by telephone.")
    assert story.stage.startswith("Decided")


def test_a_girl_of_seventeen_with_adult_support_is_looked_at_under_both_sets_of_criteria(story: Story):
    # given Rosa, who is 17 and was under adult support and protection; whoever notified was unsure what that makes her
    story.notify(notification(child("Rosa Nairn", born="2008-09-01", asp="previous"), strand="unsure"))
    assert "16 or 17: both sets of criteria apply" in story.open_task("administrator", "Check the notification").text
    is_acknowledged(story, "both")

    # when her case comes to its meeting
    assert "Choose the agencies" in story.tasks_of("child lead")
    assert "Choose the agencies" in story.tasks_of("adult lead")
    agencies_are_asked(story, by="adult lead")
    seats = [*CHILD_SEATS, "lead_officer_adult"]
    meeting_is_convened(story, story.day(30), *seats)
    papers_are_out(story)
    meeting_is_held(story, *seats)
    facts_are(story, HARMED | {"asp": "previous", "joint_working_concern": "yes", "serious_abuse": "yes"})

    # then the advice comes from both tables, and says why
    advice = story.open_task("chair", "Decision 1").text
    assert "Aged 16 or 17: looked at under both sets of criteria." in advice
    assert "Section 3, adult 1(ii), serious abuse or neglect" in advice
    assert "Section 3, child harmed or at risk, abuse or neglect" in advice

    # and each Lead Officer is named with what they did themselves
    assert story.case_page().text.count("Aileen Boyd did “Choose the agencies”") == 1


def test_three_siblings_and_their_mother_are_one_case_with_one_decision(story: Story):
    # given one notification about four people
    family = [
        child("Ailsa Grant", born="2012-05-01"), child("Brodie Grant", born="2015-05-01"), child("Cara Grant", born="2019-05-01"),
        adult("Jean Grant"),
    ]  # fmt: skip
    up_to_the_meeting(story, *family, strand="both")

    # when the meeting records what it found about each of them
    assert sum(task.startswith("Record what the meeting found") for task in story.tasks_of("adult lead")) == 4
    for number in (1, 2, 3):
        facts_are(story, HARMED if number == 1 else HARMED | {"harmed": "no"}, person=number, by="child lead")
    assert "Decision 1: are the criteria met?" not in story.tasks_of("chair")
    facts_are(
        story, {"died": "no", "asp": "previous", "joint_working_concern": "yes", "serious_abuse": "yes", "effective_working": "no"}, 4
    )

    # then each person is advised on by their own tables, and two of the four meet the criteria
    advice = story.open_task("chair", "Decision 1").text
    assert "Ailsa Grant: criteria are met" in advice
    assert "Brodie Grant: no criterion is met" in advice
    assert "Cara Grant: no criterion is met" in advice
    assert "Jean Grant: criteria are met" in advice

    # and one review covers them all
    criteria_are(story, "met", "Ailsa Grant", "child_abuse")
    decision_is(story, "proceed", "additional_learning", covered=[person["name"] for person in family])
    everybody_is_told(story, "proceed")
    assert "Learning Review to be set up" in story.case_page("/timeline").text
    assert len(story.letters("outcome")) == len(story.letters("csog_notice")) == 1


def test_effective_work_may_be_learned_from_although_nobody_was_harmed(story: Story):
    # given a child whom services kept from harm
    up_to_the_meeting(story, child("Finlay Ross", born="2016-05-01"), strand="child", criteria_child=["positive"])

    # when the meeting finds outstanding positive learning, and no harm
    facts_are(story, HARMED | {"harmed": "no", "abuse_factor": "no", "effective_working": "yes", "outstanding_learning": "yes"})

    # then the advice is that a review may be held, and the choice is the meeting's
    assert "no harm is needed" in story.open_task("chair", "Decision 1").text
    criteria_are(story, "positive_only", "Finlay Ross", "positive")
    assert "it is for the meeting to choose" in story.open_task("chair", "Decision 2").text
    decision_is(story, "proceed", "positive_learning", covered=["Finlay Ross"])
    everybody_is_told(story, "proceed", category="positive")
    assert "Learning Review to be set up" in story.case_page("/timeline").text


def test_an_adult_under_adult_support_and_protection_has_died_by_suicide(story: Story):
    # given an adult at risk who took his own life
    up_to_the_meeting(story, adult("Hugh Laird", died="yes", died_on="2026-02-20", asp="current"), strand="adult")

    # when the meeting has reason to look at how services worked together
    facts_are(story, {
        "died": "yes", "death_cause": "suicide", "asp": "current", "joint_working_concern": "yes", "harm_factor": "no",
        "effective_working": "no",
    }, by="adult lead")  # fmt: skip

    # then the criterion on suicide is named, and no other
    advice = story.open_task("chair", "Decision 1").text
    assert "Section 3, adult 1(i), suicide or accident" in advice
    assert "Section 3, adult 1(i), harm or neglect" not in advice
    criteria_are(story, "met", "Hugh Laird", "adult_1i_suicide_accident")
    decision_is(story, "proceed", "additional_learning", covered=["Hugh Laird"])
    everybody_is_told(story, "proceed", by="adult lead", category="death")
    assert "Learning Review to be set up" in story.case_page("/timeline").text


NOBODY_KNOWS = {
    "died": "yes", "death_cause": "unknown", "asp": "current", "joint_working_concern": "unknown", "harm_factor": "unknown",
    "effective_working": "unknown", "outstanding_learning": "unknown",
}  # fmt: skip


def test_what_nobody_knows_is_listed_and_is_never_a_silent_no(story: Story):
    # given a death of which the meeting knows little
    up_to_the_meeting(story, adult("Jean Grant", died="yes", died_on="2026-02-20", asp="current"), strand="adult")
    facts_are(story, NOBODY_KNOWS)

    # then the missing facts are named, for this person
    advice = story.open_task("chair", "Decision 1").text
    for fact in ("the cause of death", "whether harm or neglect played a part in the death", "how services worked together"):
        assert fact in advice
    assert "Facts are missing: the tables cannot say" in advice

    # when the meeting adjourns for them
    criteria_are(
        story, "not_enough_information", "Jean Grant", "adult_1i_harm", adjourn="yes", facts_wanted="The cause of death.",
    )  # fmt: skip

    # then it is convened again, with the same people, while the 42 days run on
    again = story.open_task("administrator", "Convene the meeting")
    assert "The cause of death." in again.text
    assert story.deadline("Decision of the Consideration Meeting").endswith("Due in 12 days 14 April 2026")
    seats = [{"key": key} for key in ADULT_SEATS]
    meeting_is_convened(story, story.day(5), people=invited(seats))
    assert len(story.letters("invitation")) == 2 * len(ADULT_SEATS)
    story.do("administrator", "Send out the papers", papers_issued_on=story.day(0), papers=["criteria"], papers_checked=True)
    story.days_pass(5)
    meeting_is_held(story, *ADULT_SEATS)

    # and what was known already need not be entered again
    facts_are(story, {"death_cause": "accidental", "joint_working_concern": "yes", "harm_factor": "no", "effective_working": "no"})
    assert "Section 3, adult 1(i), suicide or accident" in story.open_task("chair", "Decision 1").text
    criteria_are(story, "met", "Jean Grant", "adult_1i_suicide_accident")
    assert "Decision 2: is it necessary to proceed?" in story.tasks_of("chair")
