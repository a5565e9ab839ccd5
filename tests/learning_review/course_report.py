"""The usual course of a Learning Review: the report is settled and checked, EMPPC reflects on it, and CSOG considers it."""

from __future__ import annotations

from typing import Any

from tests.learning_review.story import Story

FINAL: dict[str, Any] = {
    "how_conducted": "Three meetings and two events.", "circumstances": "A child was harmed at home.",
    "perspectives_joined": "To be asked, and to be heard.", "learning": "What each service knew was not brought together.",
    "effective_practice": "A teacher kept asking.", "strategies": "A shared chronology from the first day.",
}  # fmt: skip
ALL_CHECKED = ["nobody", "practice", "blame", "points", "each_person", "family", "effective", "linked", "accessible"]
PASSED: dict[str, Any] = {"outcome": "passed", "checks": ALL_CHECKED}
FROM_EMPPC: dict[str, Any] = {"by_reviewer": "yes", "attended": "All agencies", "reflections": "We recognise this.", "facts_right": "yes"}
ASSESSED: dict[str, Any] = {
    "reasons": "Others can learn from it.", "confidentiality": "Nobody can be recognised.", "data_protection": "yes",
    "crown": "none", "impact": "The family agrees.",
}  # fmt: skip
PUBLISH: dict[str, Any] = {"decision": "publish", "extent": "full"} | ASSESSED


def report_is_settled(story: Story, by: str = "reviewer", **changes: Any) -> None:
    """The Reviewer settles the text; Casework writes the document and looks for names and places."""
    story.do(by, "Settle the final report", final=FINAL | changes)


def report_is_checked(story: Story, by: str = "manager", **answers: Any) -> None:
    """Somebody who did not write it finds that nobody can be recognised."""
    story.do(by, "Check that nobody can be recognised", recognition=PASSED | answers)


def emppc_has_met(story: Story, **answers: Any) -> None:
    """EMPPC reflects on the report."""
    story.do("chair", "Present the report to EMPPC", emppc=FROM_EMPPC | {"presented_on": story.day(0)} | answers)


def csog_has_considered(story: Story, publication: dict[str, Any] | None = None) -> None:
    """CSOG considers the report, and decides on its publication."""
    answers = {"considered_on": story.day(0), "by_chair": "yes", "outcome": "considered", "view": "Noted with thanks."}
    story.do("csog", "CSOG considers the report", at_csog=answers, publication=publication or PUBLISH)


def it_is_reported(story: Story) -> None:
    """The report goes its way to CSOG, which decides that it is published."""
    report_is_settled(story)
    report_is_checked(story)
    story.days_pass(21)
    emppc_has_met(story)
    story.days_pass(28)
    csog_has_considered(story)
