"""The forms and letters with which a review is set up: what they ask, of whom, and when a reason is wanted (section 7)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine import clock, forms
from tests.learning_review.test_forms_content import LETTERS, asked, form, problems_of, seen


def test_the_terms_of_reference_ask_for_all_that_the_procedure_names():
    missing = problems_of("terms_of_reference", {}, decided_on="2026-04-02", review_limit="2027-01-02")

    topics = (
        "rationale", "good_practice", "missed_opportunities", "case_aspects", "improvement_areas", "themes", "not_in_scope", "family",
        "methodology", "chairing", "report_arrangements", "emerging_issues", "parallel_processes", "information_basis",
    )  # fmt: skip
    days = {f"f-terms__{name}-day" for name in ("period_from", "period_to", "completion_target")}
    media = {f"f-media__{name}" for name in ("lead", "holding_line", "triggers", "family_warning")}
    assert {f"f-terms__{topic}" for topic in topics} | days | media == missing.keys()


def test_a_period_that_goes_beyond_the_event_needs_a_reason():
    event = {"happened_on": "2026-02-20"}

    assert "period_reason" in asked("terms_of_reference", {"terms": {"period_to": "2026-02-21"}}, **event)
    assert "period_reason" not in asked("terms_of_reference", {"terms": {"period_to": "2026-02-20"}}, **event)


def test_only_a_change_of_the_terms_asks_what_changes():
    assert "change_note" in asked("terms_of_reference", {}, terms={"version": 1})
    assert "change_note" not in asked("terms_of_reference", {}, terms={"version": 0})


def test_only_a_reviewer_from_outside_has_a_contract():
    outside, within = ({"resources": {"reviewer_source": source}} for source in ("independent", "partnership"))

    assert {"fee", "contract", "organisation"} <= asked("reviewer_appointment", {}, **outside)
    assert not {"fee", "contract", "organisation"} & asked("reviewer_appointment", {}, **within)
    assert {"agency", "manager_name"} <= asked("reviewer_appointment", {}, **within)


@pytest.mark.parametrize(
    ("finding", "outcome", "is_asked"),
    [
        ("cleared", "cleared", False), ("declared", "cleared", False), ("refer", "cleared", True), ("excluded", "cleared", True),
        ("refer", "managed", False), ("excluded", "managed", True),
        ("cleared", "excluded", True), ("refer", "excluded", False), ("excluded", "excluded", False),
    ],
)  # fmt: skip
def test_clearing_a_person_against_the_advice_needs_a_reason(finding, outcome, is_asked):
    questions = asked("independence_clearing", {"clearing": {"outcome": outcome}}, advice={"finding": finding})

    assert ("reason" in questions) is is_asked
    assert ("arrangement" in questions) is (outcome == "managed")


def test_days_on_which_something_waited_are_counted_once():
    # given two holds that overlap by eleven days, one of them from before the decision, and one that goes on
    ended = {"held_from": "2026-03-01", "held_until": "2026-04-20"}
    other = {"held_from": "2026-04-10", "held_until": "2026-04-30"}
    open_still = {"held_from": "2026-05-31"}
    register = {"parallel_register": [{"holds": [ended, other]}, {"kind": "complaint"}, {"holds": [open_still]}]}

    # when the reason is asked for sixty days after the decision
    with clock.moved_to(datetime(2026, 6, 1, 9, tzinfo=UTC)):
        page = forms.fill(form("review_delay"), {"decided_on": "2026-04-02", "case": register})

    # then 2 to 30 April count once each, and the day that is over of the last
    [said] = [text for block in page.blocks for text in seen(block) if text.startswith("Days since")]
    assert said.startswith("Days since the decision: 60. Days of these on which something waited for another process: 30.")
    assert said.endswith("Without these: 30.")


@pytest.mark.parametrize("name", ["nominee_declaration", "review_team_welcome", "nomination_over"])
def test_whoever_is_asked_to_join_a_review_team_reads_who_supports_them(name):
    assert "Senior Manager" in LETTERS[name][0].body
