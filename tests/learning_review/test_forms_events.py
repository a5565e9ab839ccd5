"""The forms of the events and of the draft report: what they ask, and what they never ask."""

from __future__ import annotations

import pytest

from engine import forms
from tests.learning_review.filled_in import entries
from tests.learning_review.test_forms_content import asked, form, problems_of


def test_the_record_of_an_event_asks_for_the_five_things_a_review_looks_at():
    held = {"practitioner_event": {"held": "yes", "factors": [{"factor": "A calendar"}], "significant": [{"what": "A visit"}]}}
    questions = asked("practitioner_event", held)

    assert {"story", "judged", "seen_then", "reflection", "learning", "effective_found", "different_found"} <= questions
    assert {"factor", "effect", "level", "what", "looked"} <= questions
    assert "f-practitioner_event__factors-add" in problems_of("practitioner_event", {"practitioner_event": {"held": "yes"}})


def test_an_event_that_was_not_held_is_asked_only_why():
    postponed = {"practitioner_event": {"held": "postponed"}}

    assert asked("practitioner_event", postponed) == {"held", "why"}


def test_the_briefing_is_given_by_the_reviewer_and_the_lead_officer_together():
    alone, together = ({"briefing": {"presented_by": who}} for who in (["reviewer"], ["reviewer", "lead_officer"]))

    assert problems_of("briefing", alone)["f-briefing__presented_why"] == "Enter why one of them presented it alone"
    assert "f-briefing__presented_why" not in problems_of("briefing", together)


@pytest.mark.parametrize("event", ["practitioner_event", "managers_event"])
def test_both_events_note_who_of_the_reviewer_the_lead_officer_and_the_chair_was_there(event):
    nobody, everybody = ({event: {"held": "yes", "team_there": who}} for who in ([], ["reviewer", "lead_officer", "review_chair"]))

    assert problems_of(event, nobody)[f"f-{event}__team_there"] == "Select who was there for the review"
    assert f"f-{event}__team_there" not in problems_of(event, everybody)


def test_those_who_missed_the_briefing_are_briefed_another_way():
    people = [{"name": "Jo Park", "email": "jo.park@example.org", "confirmed": "yes"}]
    nobody, everybody = ({"briefing": {"came": came}} for came in ([], ["jo.park@example.org"]))

    assert "f-briefing__absent" in problems_of("briefing", nobody, participants=people)
    assert "f-briefing__absent" not in problems_of("briefing", everybody, participants=people)


def test_the_report_has_its_sections_and_none_about_a_single_practitioner():
    pages = [page.group.label for page in form("draft_report").pages if page.group]

    assert pages == [
        "Before you write",
        "1. How the review was conducted",
        "2. The circumstances",
        "3. The learning",
        "4. Effective practice",
        "5. Suggested strategies",
        "Outline actions",
    ]
    missing = problems_of("draft_report", {})
    needed = ("how_conducted", "circumstances", "learning", "effective_practice", "factors-add")
    assert {f"f-draft__{key}" for key in needed} <= missing.keys()
    assert "f-draft__strategies" not in missing
    assert "f-draft__strategies" in problems_of("draft_report", {"draft": {"strategies_needed": "yes"}})


def test_days_of_the_events_come_one_after_the_other():
    days = {"briefing_on": "2026-05-10", "practitioner_event_on": "2026-05-09", "managers_event_on": "2026-05-08"}

    assert problems_of("event_dates", days)["f-practitioner_event_on-day"].endswith("must be on or after the day of the briefing")
    assert problems_of("event_dates", days)["f-managers_event_on-day"].endswith("must be on or after the day of the practitioner event")


def test_somebody_who_joins_one_event_while_in_the_other_needs_a_reason():
    known = {"participants": [{"name": "Jo Park", "email": "jo.park@example.org", "confirmed": "yes"}]}
    joins, other = ({"change": "joins", "joiner": {"email": email}} for email in ("jo.park@example.org", "una.flynn@example.org"))

    assert "both_why" in {name.split("__")[-1] for name in forms.fill(form("participant_change"), known, entries(joins)).problems}
    assert "both_why" not in {name.split("__")[-1] for name in forms.fill(form("participant_change"), known, entries(other)).problems}
