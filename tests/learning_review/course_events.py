"""The usual course of a review from the participants of its events to the draft report."""

from __future__ import annotations

from typing import Any

from tests.learning_review.story import Story

PRACTITIONER: dict[str, Any] = {
    "name": "Jo Park", "email": "jo.park@example.org", "post": "Constable", "event": "practitioner",
    "manager_name": "Pete Dunn", "manager_email": "pete.dunn@example.org",
}  # fmt: skip
NURSE: dict[str, Any] = {
    "name": "Una Flynn", "email": "una.flynn@example.org", "post": "Health visitor", "event": "practitioner",
    "manager_name": "Nadia Shah", "manager_email": "nadia.shah@example.org",
}  # fmt: skip
STRATEGIC_MANAGER: dict[str, Any] = {
    "name": "Ken Ross", "email": "ken.ross@example.org", "post": "Chief inspector", "event": "strategic_manager",
    "manager_name": "Pete Dunn", "manager_email": "pete.dunn@example.org",
}  # fmt: skip
AGENCY = {"Jo Park": "police", "Ken Ross": "police", "Una Flynn": "nhs", "Ruth Bell": "nhs"}
EVENT: dict[str, Any] = {
    "held": "yes",
    "team_there": ["reviewer", "lead_officer", "review_chair", "note_taker"],
    "story": "Three services visited, each on its own day.",
    "judged": "Each visit was judged by itself.",
    "seen_then": "Every visit went well, so nobody saw reason to worry.",
    "significant": [
        {"what": "A visit that nobody could make", "looked": "One of many in a full week", "helped": "A colleague called instead"}
    ],
    "reflection": "That nobody had the whole picture.",
    "factors": [{"factor": "No shared calendar", "effect": "inhibited", "level": "systems"}],
    "effective_found": "yes",
    "effective": "A joint visit.",
    "different_found": "yes",
    "different": "Sharing dates of visits.",
    "learning": "Visits are more useful when services know of one another’s.",
    "conditions": ["purpose", "trust", "voices", "challenge"],
}
POINTS = [
    {"text": "Services plan visits without knowing of one another’s.", "level": "systems"},
    {"text": "A joint visit showed what nobody had seen alone.", "level": "processes"},
]
MANAGERS_EVENT: dict[str, Any] = {
    "held": "yes",
    "team_there": ["reviewer", "lead_officer"],
    "outline": "How services planned their visits.",
    "challenges": "Three systems that do not talk to one another.",
    "worked": "Joint visits, because people know one another.",
    "changes": "One place for dates.",
    "strategies": "A shared calendar.",
    "conditions": ["purpose", "trust"],
}
DRAFT: dict[str, Any] = {
    "how_conducted": "Two meetings and two events.",
    "circumstances": "A child was harmed.",
    "perspectives_joined": "People wished that somebody had asked.",
    "learning": "Visits are planned apart.",
    "factors": [{"factor": "No shared calendar", "effect": "inhibited", "level": "systems"}],
    "learning_covers": ["1"],
    "effective_practice": "Joint visits.",
    "effective_covers": ["2"],
    "strategies_needed": "yes",
    "strategies": "A shared calendar.",
}


def people_are_named(story: Story, police: list[dict[str, Any]] | None = None, nhs: list[dict[str, Any]] | None = None) -> None:
    """Each member names the people of their agency, and the Lead Officer settles the lists."""
    story.do("police member", "Name who takes part", nominations=[PRACTITIONER, STRATEGIC_MANAGER] if police is None else police)
    story.do("health member", "Name who takes part", nominations=[NURSE] if nhs is None else nhs)


def lists_are_settled(story: Story, *people: dict[str, Any], lead: str = "child lead") -> None:
    """The Lead Officer settles who takes part."""
    rows = [person | {"agency": AGENCY[person["name"]]} for person in people or (PRACTITIONER, STRATEGIC_MANAGER, NURSE)]
    story.do(lead, "Settle who takes part", participants=rows)


def person_is_prepared(story: Story, who: str, manager: str, name: str, **answers: Any) -> None:
    """Somebody says that they take part, and their manager has offered support."""
    story.do(who, "Say whether you take part", name, **{"information_read": "yes", "taking_part": "yes"} | answers)
    story.do(manager, "Say whether support was offered", name, support="accepted", wellbeing="no", released="yes")


def everybody_is_prepared(story: Story) -> None:
    """Two practitioners and a strategic manager are named, informed and supported."""
    people_are_named(story)
    lists_are_settled(story)
    person_is_prepared(story, "practitioner", "police", "Jo Park")
    person_is_prepared(story, "nurse", "nhs", "Una Flynn")
    person_is_prepared(story, "strategic manager", "police", "Ken Ross")


def events_are_arranged(story: Story) -> None:
    """A briefing in a week, the practitioner event in two, the strategic managers' event in six."""
    story.do(
        "administrator", "Arrange the briefing", briefing_on=story.day(7), practitioner_event_on=story.day(14),
        managers_event_on=story.day(42), events_where="Room 2",
    )  # fmt: skip


def briefing_is_held(
    story: Story, came: tuple[str, ...] = ("jo.park@example.org", "una.flynn@example.org", "ken.ross@example.org")
) -> None:
    """The Reviewer and the Lead Officer brief everybody."""
    story.days_pass(7)
    story.do(
        "reviewer", "Record the briefing",
        briefing={"held_on": story.day(0), "presented_by": ["reviewer", "lead_officer"], "came": list(came),
                  "covered": ["process", "expectations", "equal", "notes", "ways", "support"]},
    )  # fmt: skip


def practitioner_event_is_held(story: Story, **answers: Any) -> None:
    """People look back together, and what was said is written down."""
    story.days_pass(7)
    event = EVENT | {"held_on": story.day(0), "came": ["jo.park@example.org", "una.flynn@example.org"]} | answers
    story.do("reviewer", "Record the practitioner event", practitioner_event=event)


def learning_points_are_agreed(story: Story, *people: str) -> None:
    """Every participant agrees with the learning points."""
    story.do("reviewer", "Write up the learning points", points=POINTS)
    for who in people or ("practitioner", "nurse"):
        story.do(who, "Check the learning points", check={"answer": "agree"})


def strategic_event_is_held(story: Story) -> None:
    """Strategic managers discuss what it would take."""
    story.days_pass(28)
    event = MANAGERS_EVENT | {"held_on": story.day(0), "came": ["ken.ross@example.org"]}
    story.do("reviewer", "Record the strategic managers’ event", managers_event=event)


def events_are_held(story: Story) -> None:
    """From the briefing to the strategic managers' event."""
    events_are_arranged(story)
    briefing_is_held(story)
    practitioner_event_is_held(story)
    learning_points_are_agreed(story)
    strategic_event_is_held(story)


def draft_is_written(story: Story, persons: int = 1, **draft: Any) -> None:
    """The perspective of each person, then one report."""
    for number in range(1, persons + 1):
        story.do(
            "reviewer", "Write one person’s perspective", f"Person {number}",
            perspective={"heard": "told", "text": f"What it was like for person {number}."},
        )  # fmt: skip
    story.do(
        "reviewer",
        "Write the draft report",
        draft=DRAFT | draft,
        outline_actions=[{"change": "Nobody is visited twice for the same.", "action": "Try a shared calendar."}],
    )


def report_is_drafted(story: Story) -> None:
    """Every member comments on the draft; one comment is taken up, and the draft is changed."""
    draft_is_written(story)
    for who in ("health member", "police member"):
        story.do(who, "Comment on the draft report", draft_comments={"learning": "Say since when.", "read": "yes"})
    for who in ("review chair", "child lead"):
        story.do(who, "Comment on the draft report", draft_comments={"read": "yes"})
    answers = [{"disposition": "accepted"}, {"disposition": "not_accepted", "reason": "It is the same comment."}]
    story.do("reviewer", "Answer the comments", comments=answers)
    story.do("reviewer", "Write the draft report", draft=DRAFT | {"learning": "Visits have been planned apart since 2024."})


def draft_is_changed(story: Story) -> None:
    """After a meeting that did not find it final, the draft is changed; nobody has another comment."""
    story.do("reviewer", "Write the draft report", draft={"learning": "Visits have been planned apart since 2024, and calls too."})
    for who in ("health member", "police member", "review chair", "child lead"):
        story.do(who, "Comment on the draft report", draft_comments={"read": "yes"})
