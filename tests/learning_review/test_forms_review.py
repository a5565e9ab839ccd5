"""What the forms of a case and of its review insist on, and for what they take a reason instead."""

from __future__ import annotations

from typing import Any

import pytest

from engine import forms
from tests.learning_review.filled_in import PARTICIPANT, entries
from tests.learning_review.test_forms_content import LETTERS, asked, form, problems_of, seen

HELD = {"team_meeting": {"took_place": "held"}}
TEAM = {
    "team": [{"name": "Leah Moss", "agency": "nhs", "role": "member"}, {"name": "Fiona Hay", "agency": "education_east", "role": "chair"}]
}
ALL_CHECKS = ["nobody", "practice", "blame", "points", "each_person", "family", "effective", "linked", "accessible"]


def shown(name: str, **variables: Any) -> str:
    """Everything that a form shows to whoever opens it."""
    return " ".join(text for block in forms.fill(form(name), variables).blocks for text in seen(block))


@pytest.mark.parametrize(
    ("name", "answers", "control", "sentence"),
    [
        ("agency_scoping", {"agencies": [{"key": "police"}]}, "agencies-0-why", "Agency 1: enter why this agency is asked"),
        ("convene", {"invited": [{"name": "Ann Lee", "seats": []}]}, "invited-0-reason", "Person 1: enter why this person is invited"),
        ("meeting_record", {"meeting_held": "yes", "chaired_by": "deputy"}, "deputy_reason", "Enter why a deputy chaired the meeting"),
        ("meeting_record", {"meeting_held": "yes", "discussion": [{"agency": "A"}]}, "discussion-0-said", "Agency 1: enter what was said"),
        ("independence_declaration", {}, "declaration__supported", "Confirm that you know who supports you"),
        ("review_plan", {"contributors": []}, "no_contributors_reason", "Enter why nobody else is needed"),
        ("family_strategy", {}, "strategy__own_voice", "Enter how the child or adult is heard"),
        ("briefing", {"briefing": {"presented_by": ["reviewer"]}}, "briefing__covered", "Select what was covered"),
        ("support_offered", {}, "wellbeing", "Select whether further supports were identified"),
        ("emppc_report", {"emppc": {"by_reviewer": "no"}}, "emppc__presented_by", "Enter who presented it, and why"),
        ("feedback_session", {"session": {"held": "yes"}}, "session__said", "Enter what was told"),
        ("feedback_session", {"session": {"held": "no"}}, "session__reason", "Enter why no session was held"),
        ("sharing_done", {}, "delivery__reach", "Enter how many people it reached"),
    ],
)  # fmt: skip
def test_what_is_needed_is_asked_for(name, answers, control, sentence):
    assert problems_of(name, answers)[f"f-{control}"] == sentence


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("first", {"sense_making", "inspectorate_shown"}),
        ("second", {"tasks_done", "family_check", "ready"}),
        ("third", {"draft_version", "draft_discussion", "comments_settled"}),
    ],
)
def test_each_of_the_usual_meetings_of_a_review_team_records_what_is_its_own(kind, expected):
    every, own = {"attendance-add", "perspective", "parallel_considered", "on_time"}, {"final_now", "another_meeting"}
    missing = {name.split("__")[-1] for name in problems_of("team_record", HELD, meeting_kind=kind)}

    assert expected | every <= missing | {"attendance-add"}
    others = {"sense_making", "inspectorate_shown", "tasks_done", "family_check", "ready", "draft_version", "draft_discussion"} - expected
    assert not others & missing
    assert ("final_now" if kind == "third" else "another_meeting") in {name.removeprefix("f-") for name in missing} & own


def test_only_a_meeting_about_the_draft_outlines_actions_and_only_the_first_sets_all_dates():
    first, third = (asked("team_record", HELD, meeting_kind=kind) for kind in ("first", "third"))

    assert {"principles", "roles", "participants_named"} <= first - third
    outlined = HELD | {"outline_actions": [{"change": "Nobody is asked twice."}]}
    assert "action" in asked("team_record", outlined, meeting_kind="third") - asked("team_record", outlined, meeting_kind="first")
    dates = {"team_meeting": {"took_place": "held", "dates": [{"what": "The briefing"}]}}
    assert "f-team_meeting__dates-0-day-day" in problems_of("team_record", dates, meeting_kind="first")


def test_what_somebody_of_the_family_tells_is_asked_for_from_both_sides():
    heard, declined = (asked("family_contact", {"contact_made": {"outcome": outcome}}) for outcome in ("heard", "declined"))

    assert {"methods", "summary", "helpful", "unhelpful", "suggestions", "quote"} <= heard - declined
    assert {"on", "how", "who"} <= declined


def test_a_check_that_was_left_out_before_a_report_goes_on_needs_a_reason():
    def checked(*checks: str) -> dict[str, str]:
        return problems_of("recognition_check", {"recognition": {"outcome": "passed", "checks": list(checks)}}, traces=[])

    assert checked(*ALL_CHECKS) == {}
    for left_out in ("nobody", "practice", "blame", "points", "each_person", "effective"):
        assert checked(*(one for one in ALL_CHECKS if one != left_out)) == {
            "f-recognition__unchecked": "Enter why something is not ticked",
        }, left_out  # fmt: skip


def test_publication_is_decided_with_confidentiality_data_protection_and_the_family_in_mind():
    asked_of_csog = {"confidentiality", "data_protection", "crown", "impact", "reasons"}

    for decision in ("publish", "later_date", "later_event", "not"):
        answers = {"at_csog": {"outcome": "considered"}, "publication": {"decision": decision}}
        missing = {name.removeprefix("f-publication__") for name in problems_of("csog_report", answers)}
        assert asked_of_csog <= missing, decision
        assert ("extent" in missing) is (decision != "not"), decision
        again = {
            name.removeprefix("f-publication__") for name in problems_of("publication_decision", {"publication": {"decision": decision}})
        }
        assert asked_of_csog <= again, decision


def test_every_agency_with_a_member_in_the_team_is_invited_to_plan_improvement_or_there_is_a_reason():
    nobody, nhs = ({"managers_invited": {"people": [{"name": "N", "agency": agency}]}} for agency in ("police", "nhs"))
    missing = "f-managers_invited__left_out"

    assert problems_of("managers_invitation", nobody, **TEAM)[missing] == "Enter why an agency of the Review Team is not invited"
    assert missing not in problems_of("managers_invitation", nhs, **TEAM)


def test_what_a_participant_needs_reaches_whoever_arranges_the_events():
    assert "adjustments" in asked("taking_part", {"taking_part": "yes"}) - asked("taking_part", {"taking_part": "no"})
    assert "A quiet room" in shown("event_dates", participants=[PARTICIPANT])


def test_a_weak_action_can_be_made_stronger_when_it_is_reviewed_and_then_says_of_what_kind_it_is():
    goes_on = {"judgement": {"decision": "continue", "stronger": "Ask at every meeting."}}
    weak = {"rating": {"weak": True, "why": "Training alone seldom changes what people can do."}}

    assert "stronger" not in asked("action_review", goes_on, rating={"weak": False})
    assert "stronger" not in asked("action_review", {"judgement": {"decision": "close"}}, **weak)
    assert problems_of("action_review", goes_on, **weak)["f-judgement__stronger_kind"] == "Select what kind of action it is then"
    kinds = next(
        field for block in forms.fill(form("action_review"), weak, entries(goes_on)).blocks for field in block.fields()
        if field.name == "f-judgement__stronger_kind"
    )  # fmt: skip
    assert not {"training", "reminder"} & {option.value for option in kinds.options}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("participant_information", ("brings agencies together", "employee assistance programme", "the Lead Officer", "supervision")),
        ("support_wanted", ("before the event", "Think about what would help your team as a whole", "Release them from other duties")),
        ("review_team_welcome", ("supervision", "Senior Manager")),
    ],
)  # fmt: skip
def test_staff_and_whoever_leads_them_read_what_it_is_for_and_what_helps(name, words):
    assert [word for word in words if word not in LETTERS[name][0].body] == []
