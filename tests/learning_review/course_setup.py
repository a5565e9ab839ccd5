"""A Learning Review is set up: terms of reference, Reviewer, team and timetable."""

from __future__ import annotations

from typing import Any

from engine import identity
from engine.database import transaction
from engine.models import Person, ProcessInstance
from tests.learning_review.story import Story

OFFICE_MANAGER = {"manager_name": "Morag Sim", "manager_email": "morag.sim@example.org"}
HEALTH_MANAGER = {"manager_name": "Nadia Shah", "manager_email": "nadia.shah@example.org"}
POLICE_MANAGER = {"manager_name": "Pete Dunn", "manager_email": "pete.dunn@example.org"}

EDUCATION_MANAGER = {"manager_name": "Kirsty Bain", "manager_email": "kirsty.bain@example.org"}
LATE = {"cause": "parallel_process", "reason": "Waiting for the police.", "owner": "The manager", "step": "A call next week"}

LEAH = {"role": "member", "name": "Leah Moss", "email": "leah.moss@example.org", "agency": "nhs", **HEALTH_MANAGER}
IAN = {"role": "member", "name": "Ian Cope", "email": "ian.cope@example.org", "agency": "police", **POLICE_MANAGER}
ROWAN = {
    "role": "administrator", "name": "Rowan Hughes", "email": "rowan.hughes@example.org", "agency": "public_protection", **OFFICE_MANAGER,
}  # fmt: skip
CATRIONA = {
    "role": "lead_officer", "name": "Catriona Laing", "email": "catriona.laing@example.org", "agency": "public_protection",
    **OFFICE_MANAGER,
}  # fmt: skip
AILEEN = CATRIONA | {"name": "Aileen Boyd", "email": "aileen.boyd@example.org"}
TEAM = {"health member": LEAH, "police member": IAN, "administrator": ROWAN, "child lead": CATRIONA}
FIONA = {
    "chair_name": "Fiona Hay", "chair_email": "fiona.hay@example.org", "chair_agency": "education_east",
    "chair_manager_name": "Kirsty Bain", "chair_manager_email": "kirsty.bain@example.org",
}  # fmt: skip
OUTSIDE = {"reviewer_source": "independent", "reviewer_why": "The partnership is small."}
TOM = {
    "name": "Tom Reid", "email": "tom.reid@example.org", "organisation": "Reid Learning", "route": "Three were asked.", "fee": "£9,000",
    "contract": "C-1204",
}  # fmt: skip
FROM_WITHIN = {"reviewer_source": "partnership", "reviewer_why": "A colleague from another service knows how to listen."}
TOM_FROM_WITHIN = {
    "name": "Tom Reid", "email": "tom.reid@example.org", "agency": "fire", "manager_name": "Kay Burn",
    "manager_email": "kay.burn@example.org", "route": "Two were asked.",
}  # fmt: skip
NOTHING_TO_DECLARE: dict[str, Any] = {
    **dict.fromkeys(("direct_service", "decision_maker", "line_managed", "agency_report", "personal_link", "other_interest"), "no"),
    "supported": True,
    "true_and_told": True,
}  # fmt: skip
TERMS: dict[str, Any] = {
    "rationale": "There is more to learn.",
    "period_from": "2024-01-01",
    "period_to": "2026-02-20",
    "good_practice": "Joint visits.",
    "missed_opportunities": "How news was shared.",
    "case_aspects": "The move between schools.",
    "improvement_areas": "Plans that several agencies share.",
    "themes": "Neglect.",
    "not_in_scope": "The care of the other children.",
    "family": "They are asked for their views.",
    "methodology": "Events and conversations.",
    "chairing": "Education chairs; health and the police are in the team.",
    "report_arrangements": "A short report without names.",
    "emerging_issues": "Risk is passed on at once.",
    "parallel_processes": "None known",
    "information_basis": "The agreement of the partners.",
}
MEDIA = {
    "lead": "The press office of the lead council", "holding_line": "We do not speak about single cases.",
    "triggers": "A court date.", "family_warning": "By the Chair, on the day before.",
}  # fmt: skip


def roles_of(story: Story, who: str) -> set[str]:
    """What somebody acts as in this case, and in it alone."""
    [case] = story.rows(ProcessInstance, business_key=story.reference)
    with transaction(story.sessions, reading=True) as session:
        person = session.get_one(Person, story.people[who].id)
        return set(identity.actor_for(session, person).case_groups.get(case.id, frozenset()))


def resources_are_planned(story: Story, **answers: Any) -> None:
    """The EMPPC Chair and the Public Protection Manager agree who chairs, and that the Reviewer comes from outside."""
    story.do("chair", "Decide who chairs and who reviews", resources=FIONA | OUTSIDE | answers)


def terms_are_written(story: Story, by: str = "manager", **answers: Any) -> None:
    """One of the two writes the terms of reference."""
    story.do(by, "Write the terms of reference", terms=TERMS | answers, media=MEDIA)


def terms_are_agreed(story: Story) -> None:
    """The terms are written, and both approve them."""
    terms_are_written(story)
    for who in ("manager", "chair"):
        story.do(who, "Approve the terms of reference", terms_answer="agree")


def declares(story: Story, who: str, **answers: str) -> None:
    """Somebody who was named for the team declares, by default that nothing speaks against it."""
    details = {f"{question}_detail": "For a short time." for question, answer in answers.items() if answer == "yes"}
    story.do(who, "Declare your independence", declaration=NOTHING_TO_DECLARE | answers | details)


def is_cleared(story: Story, name: str, by: str = "review chair", outcome: str = "cleared", **answers: str) -> None:
    """The Chair decides about a person who was named for the team."""
    story.do(by, "Clear a person for the Review Team", name, clearing={"outcome": outcome} | answers)


def chair_is_cleared(story: Story) -> None:
    """Fiona Hay chairs."""
    declares(story, "review chair")
    is_cleared(story, "Fiona Hay", by="chair")


def people_are_named(story: Story, *people: dict[str, Any], reviewer: dict[str, str] = TOM) -> None:
    """The Reviewer is commissioned, or nominated from within, and the agencies name their people."""
    story.do("manager", "Commission the Reviewer" if "contract" in reviewer else "Nominate the Reviewer", appointed=reviewer)
    story.do("administrator", "Nominate the Review Team", nominated=list(people or TEAM.values()))


def team_is_formed(story: Story, team: dict[str, dict[str, Any]] = TEAM, reviewer: dict[str, str] = TOM) -> None:
    """Everybody declares, is cleared and is in the team."""
    chair_is_cleared(story)
    people_are_named(story, *team.values(), reviewer=reviewer)
    for who in ("reviewer", *team):
        declares(story, who)
        is_cleared(story, story.people[who].name)
    story.do("chair", "Confirm the Review Team", team_complete="yes")


def it_is_set_up(story: Story) -> None:
    """Soon after the decision there are terms of reference, a team from three agencies, and a timetable."""
    resources_are_planned(story)
    terms_are_agreed(story)
    team_is_formed(story)
    story.do("review chair", "Plan the review", contributors=[], no_contributors_reason="The team knows them all.")
