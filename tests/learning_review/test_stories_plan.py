"""Stories about the one combined improvement plan: from an action that is raised to the quarter in which it has made a difference."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest

from engine import messages
from engine.database import transaction
from engine.models import ProcessInstance
from tests.learning_review.story import SQLITE_ONLY, Story
from tests.learning_review.usual_course import SUMMARY, adult, criteria_are, everybody_is_told, facts_are, up_to_the_meeting

pytestmark = SQLITE_ONLY

RAISED = {
    "change": "Families tell their story once.", "action": "Keep one shared chronology.", "kind": "system", "agency": "nhs",
    "owner": "Head of nursing", "due": "2027-06-30", "priority": "high", "measure": "Audit of ten records.", "plan": "",
}  # fmt: skip
AGREED = RAISED | {
    "theme": ["sharing", "records"], "owner_name": "Ruth Bell", "owner_email": "ruth.bell@example.org", "sponsor": "Elspeth Mann",
    "resources": "Two days a month.", "data_source": "The yearly audit", "baseline": "3 of 10", "target": "9 of 10",
    "impact_shown": "Families are asked.",
}  # fmt: skip
QUARTERS = [datetime(year, month, 4, 9, tzinfo=UTC) for year, month in product((2026, 2027, 2028), (3, 6, 9, 12))][1:9]
PROOF = {"news__evidence": ("audit.txt", b"Seven of ten records.")}


def raised(story: Story, **more: Any) -> str:
    """An action comes from a finished review; its reference."""
    content = {"action": RAISED | more, "source": "review", "came_from": ""}
    with transaction(story.sessions) as session:
        messages.publish(session, "action_raised", key="x", variables=content)
    story.days_pass(0)
    story.reference = story.newest()
    return story.reference


def agreed(story: Story, **more: Any) -> str:
    """The Sub-group takes an action into the plan; its reference."""
    reference = raised(story, **more)
    story.do("subgroup", "Agree an improvement action", agreement={"answer": "take"}, action=AGREED | more)
    return reference


def evidence_is_sent(story: Story, reference: str, progress: str = "The form is shared in two wards.", **more: Any) -> None:
    """The owner answers for the quarter."""
    story.reference = reference
    news = {"progress": progress, "data": "7 of 10", "evidence_note": "Seven of ten records."} | more
    story.do("action owner", "Send evidence", news=news, files=PROOF)


def action_is_reviewed(story: Story, reference: str, decision: str = "continue", **more: Any) -> None:
    """The Sub-group judges one action."""
    story.reference = reference
    judgement = {"evidence_seen": "yes", "impact": "early", "decision": decision, "note": "Thank you."} | more
    story.do("subgroup", "Review an improvement action", judgement=judgement)


def review_is_recorded(story: Story, **more: Any) -> None:
    """The Sub-group's meeting is over."""
    story.reference = story.register("plan_reviews")[0]["Case"]
    story.do("subgroup", "Record the quarterly review", review={"held_on": story.day(0), "summary": "On the way."} | more)


def row(story: Story, reference: str, asked: str = "state=all", who: str = "subgroup") -> dict[str, str]:
    """An action's row in the combined plan."""
    [found] = [one for one in story.register("improvement_plan", who, asked) if one["Number"] == reference]
    return found


def test_a_meeting_that_holds_no_review_puts_its_actions_into_the_one_plan_which_does_not_show_the_case(story: Story):
    # given a meeting that decides against a review and agrees two actions
    up_to_the_meeting(story, adult(), strand="adult")
    facts_are(story, {"died": "no", "asp": "previous", "joint_working_concern": "no", "serious_abuse": "no", "effective_working": "no"})
    criteria_are(story, "not_met", "Jean Grant", "adult_1ii")
    everybody_is_told(story, "not_proceed", by="adult lead")
    case, two = story.reference, [RAISED, RAISED | {"action": "Train together.", "kind": "training"}]
    story.do("chair", "Agree improvement actions", actions=two)

    # then both are in the combined plan, which does not name the case anywhere, and the Sub-group is asked to agree each
    rows = story.register("improvement_plan", "subgroup")
    assert {(one["What is to be done"], one["Where it stands"]) for one in rows} == {
        ("Keep one shared chronology.", "To be agreed"), ("Train together.", "To be agreed"),
    }  # fmt: skip
    assert {one["Where it comes from"] for one in rows} == {"A meeting that decided against a review"}
    assert {one["Case"] for one in rows} == {""}
    assert case not in str(rows)
    story.reference = rows[0]["Number"]
    page = story.open_task("subgroup", "Agree an improvement action")
    assert story.reference.startswith("ACT-")
    assert case not in page.answer.text
    assert case not in story.sign_in(story.people["subgroup"]).open(f"/cases/{story.reference}").answer.text

    # and those who may open both cases find one from the other
    assert f"This case is an improvement action from {case}" in story.case_page().text
    first = story.reference
    story.reference = case
    assert f"{first} is an improvement action from this case" in story.case_page().text

    # and the case goes its own way to the Summary Report
    story.do("adult lead", "Write the Summary Report", summary=SUMMARY)


def test_somebody_of_the_office_or_the_sub_group_puts_an_action_into_the_plan_by_hand(story: Story):
    # given what the Care Inspectorate said to the Sub-group, which belongs to no case
    answers: dict[str, Any] = {"source": "care_inspectorate", "action": {"change": RAISED["change"], "action": RAISED["action"]}}
    refused = story.sign_in(story.people["subgroup"]).open("/start/learning_review:improvement_action")
    refused = story._send(refused, "/start/learning_review:improvement_action?page=check-your-answers", {})
    assert refused.problems == [
        "Select where the action comes from", "Enter what will be different for people", "Enter what needs to be done",
    ]  # fmt: skip

    # when one of them puts it in
    story.begin("improvement_action", "subgroup", **answers)

    # then it stands in the one plan with where it comes from, and is agreed like any other
    assert story.reference.startswith("ACT-")
    entered = row(story, story.reference)
    assert (entered["Where it stands"], entered["Where it comes from"]) == ("To be agreed", "Feedback of the Care Inspectorate")
    story.do("subgroup", "Agree an improvement action", agreement={"answer": "take"}, action=AGREED)
    assert row(story, story.reference)["Where it stands"] == "Under way"

    # and whoever has no part in the plan cannot
    for who in ("police", "csog", "reviewer"):
        assert story.sign_in(story.people[who]).open("/start/learning_review:improvement_action").answer.status_code == 404


def test_an_action_is_completed_before_it_becomes_part_of_the_plan(story: Story):
    # given an action that only trains
    reference = raised(story, kind="training", action="Train together.")

    # then the Sub-group must say who owns it, and how a difference will be shown
    asked = story.try_to("subgroup", "Agree an improvement action", agreement={"answer": "take"}, action=RAISED)
    assert {"Enter who owns it", "Enter their email address", "Enter where it stands now", "Enter how a difference will be shown"} <= set(
        asked.problems
    )

    # when it is agreed, then the plan has every field, and flags the action as weak
    training = AGREED | {"kind": "training", "action": "Train together."}
    story.do("subgroup", "Agree an improvement action", agreement={"answer": "take"}, action=training)
    found = row(story, reference)
    assert (found["Where it stands"], found["Weak action"], found["Kind of action"]) == ("Under way", "Yes", "Training")
    assert (found["What will be different for people"], found["Number"]) == ("Families tell their story once.", reference)
    assert (found["Owner"], found["Lead agency"], found["Priority"]) == ("Ruth Bell, Head of nursing", "NHS Lothian", "High")
    assert found["Themes"] == "Sharing what is known, Records and systems"
    assert found["EMPPC sponsor"] == "Elspeth Mann"
    assert story.stage.startswith("Under way")

    # and its owner is told, sees the one task, and neither the case nor the plan
    assert story.letter("task_waiting").to_email == "ruth.bell@example.org"
    assert len(story.tasks_of("action owner")) == 1
    owner = story.sign_in(story.people["action owner"])
    assert owner.open("/registers").answer.status_code == owner.open(f"/cases/{reference}").answer.status_code == 404

    # when the owner tells of it in between, then the plan shows it
    story.do("action owner", "Say how the action", news={"progress": "A date is set."})
    assert row(story, reference)["Latest news from the owner"] == "A date is set."
    assert len(story.tasks_of("action owner")) == 1


def test_an_action_that_the_plan_has_already_is_joined_and_one_that_does_not_fit_is_left_out_with_a_reason(story: Story):
    first, second = agreed(story), raised(story, action="Share chronologies.")

    # when the second is the same as the first
    story.do("subgroup", "Agree an improvement action", agreement={"answer": "duplicate", "duplicate_of": first})

    # then it is closed, and the first says that it covers it
    assert row(story, second, "state=closed")["Where it stands"] == "Joined"
    assert row(story, second)["Why it was closed"] == f"Joined with {first}"
    assert row(story, first, "")["Also covers"].strip() == second
    assert story.tasks_of("subgroup") == []

    # when another does not fit, then it is left out, with a reason
    third = raised(story, action="Change the law.")
    refused = story.try_to("manager", "Agree an improvement action", agreement={"answer": "not_taken"})
    assert refused.problems == ["Explain why it does not become part of the plan"]
    story.do("manager", "Agree an improvement action", agreement={"answer": "not_taken", "reason": "It is not ours to do."})
    assert (row(story, third)["Where it stands"], row(story, third)["Why it was closed"]) == ("Not taken", "It is not ours to do.")


def test_each_quarter_the_owner_is_asked_and_reminded_and_the_sub_group_reviews(story: Story):
    # given an action under way when the quarter begins, on 3 June
    reference = agreed(story)
    story.days_pass(92)

    # then its owner has three weeks to answer
    assert story.tasks_of("action owner") == ["Send evidence for the quarterly review – 2026 Q2"]
    assert "24 June 2026" in story.sign_in(story.people["action owner"]).open("/tasks").text

    # when nothing comes in two weeks, then there is a reminder; when the day comes, then that nothing came is on record
    reminders = len(story.letters("task_waiting"))
    story.days_pass(14)
    assert [letter.to_name for letter in story.letters("task_waiting")[reminders:]] == ["Ruth Bell"]
    story.days_pass(7)
    assert row(story, reference)["Latest news from the owner"] == "No answer for 2026 Q2"
    assert story.tasks_of("action owner") == []
    assert "The owner has not answered for this quarter." in story.open_task("subgroup", "Review an improvement action").text

    # when the Sub-group reviews it and records its meeting
    story.days_pass(2)
    action_is_reviewed(story, reference, evidence_seen="no", impact="none_yet", note="Please tell us next time.")
    review_is_recorded(story, exceptions="One answer did not come.")

    # then the register has the counts and the summary, CSOG is told where it is, and the owner reads what was said
    (quarter,) = story.register("plan_reviews", "csog", "state=closed")
    assert (quarter["Quarter"], quarter["What became of it"], quarter["Held on"]) == ("2026 Q2", "Held", story.day(0))
    assert (quarter["Actions"], quarter["Answered"], quarter["Reviewed"]) == ("1", "0", "1")
    assert (quarter["No answer for"], quarter["Summary for CSOG"]) == (reference, "On the way.")
    assert story.letter("plan_summary").to_name == "Callum Orr"
    story.reference = reference
    assert "Please tell us next time." in story.open_task("action owner", "Say how the action").text


def test_a_quarter_that_was_missed_is_covered_by_the_next_and_nobody_is_asked_twice(story: Story):
    # given an action that its owner has answered for, and a Sub-group that did not meet
    reference = agreed(story)
    story.days_pass(93)
    evidence_is_sent(story, reference)
    missed = story.register("plan_reviews")[0]["Case"]
    story.days_pass(28)
    assert [letter.to_name for letter in story.letters("task_waiting")][-1] == "Morag Sim"

    # when the next quarter begins, then the missed review is over and on record, and there is one task for each, not two
    story.days_pass(70)
    assert story.tasks_of("action owner") == ["Send evidence for the quarterly review – 2026 Q3"]
    assert story.tasks_of("subgroup") == []
    (earlier,) = story.register("plan_reviews", "subgroup", "state=closed")
    assert (earlier["Quarter"], earlier["What became of it"]) == ("2026 Q2", "Not held; covered by the next")
    story.reference = missed
    assert "Why it was missed: The review was not held." in story.deadline("Quarterly review of the combined plan")
    assert story.stage.startswith("Closed on")

    # when the next one is held, then it says which quarter it covers, and asks why
    evidence_is_sent(story, reference, "Four wards now.")
    story.days_pass(21)
    assert [task.partition(" – ")[0] for task in story.tasks_of("subgroup")] == [
        "Review an improvement action",
        "Record the quarterly review",
    ]
    action_is_reviewed(story, reference)
    story.reference = story.register("plan_reviews")[0]["Case"]
    assert "This review also covers what was not reviewed in 2026 Q2." in story.open_task("subgroup", "Record the quarterly review").text
    refused = story.try_to("subgroup", "Record the quarterly review", review={"held_on": story.day(0), "summary": "On the way."})
    assert refused.problems == ["Explain why it was not reviewed then"]
    review_is_recorded(story, missed_why="Too few could come.")
    (held,) = [one for one in story.register("plan_reviews", asked="state=closed") if one["What became of it"] == "Held"]
    assert (held["Quarter"], held["Also covers the quarters"], held["Why they were missed"]) == (
        "2026 Q3",
        "2026 Q2",
        "Too few could come.",
    )
    assert held["Answered"] == held["Reviewed"] == "1"


def test_an_action_is_closed_with_evidence_and_a_difference_or_with_a_reason(story: Story):
    # given two actions in their quarter, one of them with evidence
    with_proof, without = agreed(story), agreed(story, action="Train together.")
    story.days_pass(93)
    evidence_is_sent(story, with_proof)
    story.days_pass(21)

    # when one is to be closed without evidence, then a reason is asked for
    story.reference = without
    none = {"evidence_seen": "no", "impact": "none_yet", "decision": "close"}
    assert story.try_to("subgroup", "Review an improvement action", judgement=none).problems == ["Explain why"]
    story.do("subgroup", "Review an improvement action", judgement=none | {"why": "The service has ended."})
    assert (row(story, without)["Where it stands"], row(story, without)["Why it was closed"]) == ("Closed", "The service has ended.")

    # when the other has made a difference, then it is closed without one, and its owner has nothing left to do
    action_is_reviewed(story, with_proof, "close", impact="embedded")
    found = row(story, with_proof)
    assert (found["Where it stands"], found["Difference made"], found["Evidence"]) == ("Closed", "Embedded", "Seven of ten records.")
    assert found["Closed on"] == story.day(0)
    assert story.stage.startswith("Closed on")
    assert story.tasks_of("action owner") == []
    assert story.people["action owner"].email not in str([one for one in story.register("improvement_plan", "subgroup")])


@pytest.mark.long
def test_the_sub_group_gives_a_later_date_asks_emppc_changes_the_owner_and_joins_two(story: Story):
    late, stuck, left, same = (agreed(story, action=f"Action {number}.") for number in (1, 2, 3, 4))
    story.days_pass(114)

    # a later date needs a reason
    later = {"evidence_seen": "yes", "impact": "early", "decision": "redate", "new_due": "2027-12-31"}
    story.reference = late
    assert story.try_to("subgroup", "Review an improvement action", judgement=later).problems == ["Explain why"]
    action_is_reviewed(story, late, "redate", new_due="2027-12-31", why="The new system comes later.")
    assert row(story, late)["Due on"] == "2027-12-31"

    # EMPPC helps
    action_is_reviewed(story, stuck, "escalate", why="No money.")
    assert row(story, stuck)["Where it stands"] == "With EMPPC"
    story.do("chair", "Help with an improvement action", passed_up={"answer": "CSOG gives the money."})
    assert (row(story, stuck)["Where it stands"], row(story, stuck)["What EMPPC answered"]) == ("Under way", "CSOG gives the money.")

    # another owner takes over, and the first one's tasks are gone
    before = len(story.tasks_of("action owner"))
    action_is_reviewed(story, left, owner_name="Ken Ross", owner_email="ken.ross@example.org")
    assert row(story, left)["Owner"] == "Ken Ross, Head of nursing"
    assert len(story.tasks_of("strategic manager")) == 1
    assert len(story.tasks_of("action owner")) == before

    # one is joined with another
    action_is_reviewed(story, same, "merge", merge_into=late, why="It is the same.")
    assert row(story, same)["Why it was closed"] == f"Joined with {late}"
    assert row(story, late)["Also covers"].strip() == same


@pytest.mark.long
def test_two_years_of_quarters_go_by_for_an_action_that_takes_its_time(story: Story):
    reference = agreed(story, due="2028-03-31")

    for number, quarter in enumerate(QUARTERS, 1):
        story.time_passes_until(quarter)
        evidence_is_sent(story, reference, f"Step {number}.")
        story.days_pass(21)
        last = quarter == QUARTERS[-1]
        action_is_reviewed(story, reference, "close" if last else "continue", impact="embedded" if last else "early")
        review_is_recorded(story)

    assert [one["Quarter"] for one in story.register("plan_reviews", asked="state=closed")][::-1] == [
        "2026 Q2", "2026 Q3", "2026 Q4", "2027 Q1", "2027 Q2", "2027 Q3", "2027 Q4", "2028 Q1",
    ]  # fmt: skip
    assert row(story, reference)["Where it stands"] == "Closed"

    # with nothing left, the next quarter asks nobody
    story.days_pass(100)
    assert story.register("plan_reviews", asked="state=closed")[0]["What became of it"] == "Nothing to review"
    assert story.tasks_of("subgroup") == story.tasks_of("action owner") == []
    assert len([case for case in story.rows(ProcessInstance) if case.business_key.startswith("QR-")]) == 9
