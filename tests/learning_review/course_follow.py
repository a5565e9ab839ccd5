"""The usual course of a Learning Review after CSOG: published, told, planned, shared, and closed."""

from __future__ import annotations

from typing import Any

from tests.learning_review.story import Story

ACTION: dict[str, Any] = {
    "change": "Nobody is visited twice for the same.", "action": "Try a shared calendar.", "kind": "system", "agency": "nhs",
    "owner": "Head of nursing", "due": "2027-12-31", "priority": "high", "measure": "Double visits are counted.", "plan": "",
}  # fmt: skip
BRIEFING: dict[str, Any] = {
    "kind": "briefing", "title": "Planning visits together", "audience": "Community teams", "owner_name": "Aileen Boyd",
    "owner_email": "aileen.boyd@example.org",
}  # fmt: skip
NOBODY_KNOWN: dict[str, Any] = {"people": "yes", "area": "yes"}
MANAGERS = [
    {"name": "Nadia Shah", "email": "nadia.shah@example.org", "agency": "nhs"},
    {"name": "Pete Dunn", "email": "pete.dunn@example.org", "agency": "police"},
]


def report_is_published(story: Story, by: str = "administrator") -> None:
    """The office prepares what is published, the manager signs it, and it is placed."""
    checks = {"family": "told", "sensitive_day": "no", "accessible": "yes"}
    story.do(by, "Prepare what is published", publication_checks=checks)
    story.do("manager", "Sign what is to be published", publication_signed=NOBODY_KNOWN)
    story.do(by, "Publish the report", published={"on": story.day(0), "address": "https://committee.example/reviews/1"})


def inspectorate_is_told(story: Story, lead: str = "child lead", *actions: dict[str, Any], text: str = "Thank you.") -> None:
    """The Care Inspectorate gets the report, meets the Chair and writes, by default nothing that asks for an action."""
    sent = {"checked": ["anonymised", "right_version"], "submitted_on": story.day(0), "how": "portal", "receipt": "CI 77"}
    story.do(lead, "Submit the report to the Care Inspectorate", inspectorate=sent)
    met = {"on": story.day(0), "there": ["inspectorate", "chair", "lead", "manager"], "note": "A good review."}
    story.do("chair", "Meet the Care Inspectorate", inspectorate_met=met)
    story.do(lead, "Keep the written feedback", feedback={"received_on": story.day(0), "text": text})
    reviewed = {"on": story.day(0), "view": "We agree."}
    story.do("subgroup", "Review the feedback", feedback_review=reviewed, feedback_actions=list(actions))
    story.do(lead, "Provide the feedback to CSOG", feedback_provided={"on": story.day(0)})


def family_has_the_report(story: Story, lead: str = "child lead") -> None:
    """The mother wishes to see a summary."""
    chosen = {"outcome": "summary", "on": story.day(0), "who": "The Chair of the team and her mother"}
    story.do(lead, "Offer the report to the family", family_report=chosen)


def participants_are_told(
    story: Story, lead: str = "child lead", came: tuple[str, ...] = ("jo.park@example.org", "una.flynn@example.org")
) -> None:
    """Two come to a session; the strategic manager is told alone."""
    session = {"held": "yes", "on": story.day(0), "there": list(came), "said": "What was learned.", "support": "no"}
    story.do("reviewer", "Hold a feedback session", session=session)
    told = {"how": "conversation", "on": story.day(0), "take_back": "Ask first.", "support": "no"}
    story.do(lead, "Tell somebody what was learned", "Ken Ross", participant_feedback=told)


def improvement_is_planned(story: Story, *actions: dict[str, Any]) -> None:
    """Managers of the agencies agree the actions, and CSOG looks at them."""
    invited = {"on": story.day(7), "place": "Room 2", "people": MANAGERS}
    story.do("chair", "Call the managers’ meeting", managers_invited=invited)
    story.days_pass(7)
    meeting = {"held": "yes", "on": story.day(0), "there": "Health and the police", "to_csog": "yes"}
    story.do("chair", "Record the managers’ meeting", managers_meeting=meeting, actions=list(actions or (ACTION,)))
    story.do("csog", "CSOG looks at the plan", plan_at_csog={"on": story.day(0), "view": "We support it."})


def sharing_is_planned(story: Story, *items: dict[str, Any], by: str = "manager") -> None:
    """The Manager plans what is shared, by default a briefing in six weeks."""
    story.do(by, "Plan how the learning is shared", items=[item | {"due": story.day(42)} for item in items or (BRIEFING,)])


def item_is_shared(story: Story, title: str = "Planning visits together", by: str = "child lead", text: str = "Ask one another.") -> None:
    """One item is prepared, checked by somebody else, and shared."""
    story.do(by, "Prepare what is shared", title, sharing={"outcome": "prepared", "text": text})
    story.do("manager", "Check what is shared", title, sharing_signed=NOBODY_KNOWN)
    story.do(by, "Share it", title, delivery={"on": story.day(0), "reach": 24, "evaluation": "They will plan together."})


def review_is_closed(story: Story, by: str = "manager") -> None:
    """The case closes; its action goes on in the combined plan."""
    closing = {"summary": "Services plan together now.", "anything_open": "no"}
    story.do(by, "Close the Learning Review", review_closing=closing)


def it_is_followed_up(story: Story, lead: str = "child lead") -> None:
    """Everything that follows from the report is done, and the case is closed."""
    report_is_published(story)
    inspectorate_is_told(story, lead)
    family_has_the_report(story, lead)
    participants_are_told(story, lead)
    improvement_is_planned(story)
    sharing_is_planned(story)
    item_is_shared(story, by=lead)
    review_is_closed(story)
