"""The usual course of a case, step by step: what a story tells in one line where its own point comes later."""

from __future__ import annotations

from typing import Any

from tests.learning_review.filled_in import NOTIFICATION
from tests.learning_review.story import Story

ACKNOWLEDGED = {"lead_person": "the Lead Officer", "duplicate": "none", "complete": "complete"}
PEOPLE_OF_THE_MEETING = {
    "chair": ("Grace Kerr", "EMPPC Chair"),
    "social_work_east": ("Sheila Wood", "Chief Social Work Officer, East Lothian"),
    "social_work_midlothian": ("Martin Fell", "Chief Social Work Officer, Midlothian"),
    "health": ("Nadia Shah", "Director of Public Protection"),
    "paediatrics": ("Ines Rey", "Lead Paediatrician"),
    "education_east": ("Kirsty Bain", "Head of Education, East Lothian"),
    "education_midlothian": ("Isla Moffat", "Head of Education, Midlothian"),
    "police": ("Pete Dunn", "Detective Inspector"),
    "lead_officer_adult": ("Aileen Boyd", "Adult Support and Protection Lead Officer"),
    "lead_officer_child": ("Catriona Laing", "Child Protection Lead Officer"),
    "public_protection_manager": ("Morag Sim", "Public Protection Manager"),
    "minute": ("Rowan Hughes", "Senior Business Support Administrator"),
}
REPORT: dict[str, Any] = {
    "author_name": "Rob Innes",
    "author_job": "Sergeant",
    "author_service": "Public protection unit",
    "author_independent": "yes",
    "records_checked": "The incident records.",
    "period_from": "2024-01-01",
    "period_to": "2026-02-20",
    "involvement": "Officers visited twice.",
    **{f"reflect_{about}": "It went as it should." for about in
       ("risk", "sharing", "reducing_harm", "timely", "multi_agency", "planning", "records", "legal")},
    "effective_found": "yes",
    "effective_practice": "A joint visit.",
    "improvement_found": "none",
    "improvement_none_why": "Nothing was found.",
    "initial_reflection": "A joint visit helped.",
    "being_addressed": "no",
    "parallel_known": "no",
}  # fmt: skip
RECOMMENDATION: dict[str, Any] = {
    "subject_outline": "One person.",
    "basis": "The notification and the reports.",
    "current_circumstances": "As they were.",
    "gaps_found": "no",
    "criteria_comment": "The criteria may be met.",
    "additional_learning": "Some.",
    "being_addressed": "no",
    "parallel_effect": "None known",
    "family": "The family knows.",
    "cross_authority": "None",
    "view": "proceed",
    "rationale": "There is more to learn.",
}
BOTH_AGREED: dict[str, Any] = {"consensus": "agreed", "family_told": "yes"}
REASONS: dict[str, Any] = {
    "decision_reason": "It is what helps most.",
    "proportionality": "It asks no more than it gives.",
    "parallel_effect": "None known",
}
CSOG_NOTICE: dict[str, Any] = {"csog_reason": "What the meeting found, in a sentence.", "csog_parallel": "None known", "csog_media": "no"}
OUTCOME: dict[str, Any] = {
    "outcome_reason": "The meeting weighed it carefully.",
    "outcome_contact": "the Lead Officer",
    "outcome_checked": True,
}
SUMMARY = {
    "subjects": "One person",
    "circumstances": "What happened, in a paragraph.",
    "criteria": "Met.",
    "reasons": "It is being addressed.",
    "learning": "That asking helps.",
    "actions": "None beyond the plan.",
    "neutral": True,
}


def child(name: str = "Ailsa Grant", born: str = "2015-05-01", **facts: Any) -> dict[str, Any]:
    """A child of a notification: ten years old and alive, unless told otherwise."""
    usual = {"cpr": "no", "sibling_cpr": "no", "care_experienced": "no", "carm": "no", "in_education": "no"}
    return {"name": name, "birth": "exact", "born": born, "sex": "female", "address": "3 Harbour Row", "died": "no"} | usual | facts


def adult(name: str = "Jean Grant", age: int = 44, **facts: Any) -> dict[str, Any]:
    """An adult of a notification, alive and once under adult support and protection, unless told otherwise."""
    return {
        "name": name, "birth": "unknown", "age": age, "sex": "female", "address": "3 Harbour Row", "died": "no", "asp": "previous",
    } | facts  # fmt: skip


def notification(*people: dict[str, Any], strand: str, **answers: Any) -> dict[str, Any]:
    """A practitioner's notification about these people, beside whose case nothing else goes on."""
    other = "criteria_adult" if strand == "child" else "criteria_child" if strand == "adult" else ""
    usual = {key: value for key, value in NOTIFICATION.items() if key not in (other, "proceedings")}
    return usual | {"strand": strand, "subjects": list(people), "proceedings_known": "no"} | answers


def is_acknowledged(story: Story, strand: str, lead: str = "", **answers: Any) -> None:
    """The office checks the notification and acknowledges it."""
    lead = lead or ("lead_officer_adult" if strand == "adult" else "lead_officer_child")
    story.do("administrator", "Check the notification", strand=strand, lead=lead, **ACKNOWLEDGED | answers)


def agencies_are_asked(story: Story, *agencies: str, by: str = "child lead") -> None:
    """The Lead Officer chooses the agencies, and each is asked for a report."""
    rows = [{"key": key, "why": "They knew the family.", "request_type": "report"} for key in agencies]
    story.do(
        by, "Choose the agencies", precipitating="What happened at home.", identifiers="Known to you", period_from="2024-01-01",
        period_to="2026-02-20", **({"agencies": rows} if rows else {"agencies": [], "no_agencies_reason": "The notification says it all."}),
    )  # fmt: skip


def police_report_comes(story: Story) -> None:
    """The police's Senior Manager asks a sergeant to write the report, and signs it off."""
    story.do("police", "Decide who writes the report", response="delegate", author_name="Rob Innes", author_email="rob.innes@example.org")
    story.do("police author", "Write the agency report", report=REPORT)
    story.do("police", "Sign the report off", sign_off="approve")


def invited(seats: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One person for each seat."""
    rows = [(*PEOPLE_OF_THE_MEETING[seat["key"]], seat["key"]) for seat in seats]
    return [{"name": n, "post": p, "email": f"{n.lower().replace(' ', '.')}@example.org", "seats": [key]} for n, p, key in rows]


def meeting_is_convened(story: Story, on: str, *keys: str, people: list[dict[str, Any]] | None = None) -> None:
    """The office agrees a date, and names who sits in each of these seats."""
    rows = people or invited([{"key": key} for key in keys])
    story.do(
        "administrator", "Convene the meeting", meeting_date=on, meeting_time="10:30", meeting_how="online",
        meeting_place="The link follows", invited=rows,
    )  # fmt: skip


def papers_are_out(story: Story, by: str = "child lead", **recommendation: Any) -> None:
    """The Lead Officer recommends, and the papers are sent."""
    story.do(by, "Write the recommendation", recommendation=RECOMMENDATION | recommendation)
    story.do("administrator", "Send out the papers", papers_issued_on=story.day(0), papers=["recommendation"], papers_checked=True)


def meeting_is_held(story: Story, *covered: str, **answers: Any) -> None:
    """The office records that the meeting was held today, and which seats were covered."""
    story.do(
        "administrator", "Record the meeting",
        **{"meeting_held": "yes", "held_on": story.day(0), "chaired_by": "emppc_chair", "seats_covered": list(covered),
           "attendance": [{"name": "Grace Kerr", "post": "EMPPC Chair"}], "conflicts_declared": "no",
           "discussion": [{"agency": "All", "said": "What was known when."}]} | answers,
    )  # fmt: skip


ADULT_SEATS = ("chair", "social_work_midlothian", "health", "police", "lead_officer_adult", "public_protection_manager", "minute")
CHILD_SEATS = (
    "chair", "social_work_midlothian", "health", "paediatrics", "police", "lead_officer_child", "public_protection_manager", "minute",
)  # fmt: skip


def up_to_the_meeting(story: Story, *people: dict[str, Any], strand: str, held_on_day: int = 30, **answers: Any) -> None:
    """A case without agency reports comes to its meeting, which is held that many days after the notification."""
    seats: tuple[str, ...]
    by, seats = ("adult lead", ADULT_SEATS) if strand == "adult" else ("child lead", CHILD_SEATS)
    if strand == "both":
        seats = tuple(dict.fromkeys([*CHILD_SEATS, *ADULT_SEATS]))
    story.notify(notification(*people, strand=strand, **answers))
    is_acknowledged(story, strand)
    agencies_are_asked(story, by=by)
    meeting_is_convened(story, story.day(held_on_day), *seats)
    papers_are_out(story, by=by)
    story.days_pass(held_on_day)
    meeting_is_held(story, *seats)


def facts_are(story: Story, facts: dict[str, Any], person: int = 1, by: str = "administrator") -> None:
    """What the meeting found about one person is recorded."""
    story.do(by, "Record what the meeting found", f"Person {person}", facts=facts)


def criteria_are(story: Story, finding: str, person: str, clause: str, **answers: Any) -> None:
    """The Chair records the first decision."""
    one = finding if finding in ("met", "not_met", "not_enough_information") else "met"
    row = {"person": person, "clause": clause, "finding": one, "reason": "As the meeting found."}
    usual = {"learning_needed": "yes", "learning_sufficient": "no", "being_addressed": "none", **BOTH_AGREED}
    story.do(
        "chair", "Decision 1: are the criteria met?",
        **{"findings": [row], "criteria_finding": finding, "criteria_reason": "The meeting saw it so."} | usual | answers,
    )  # fmt: skip


def decision_is(story: Story, decision: str, *reasons: str, covered: list[str], **answers: Any) -> None:
    """The Chair records the second decision."""
    one_or_many = {"one_review": "one"} if decision == "proceed" and len(covered) > 1 else {}
    story.do(
        "chair", "Decision 2: is it necessary to proceed?",
        **{"decision": decision, "reasons": list(reasons), "subjects_covered": covered} | REASONS | BOTH_AGREED | one_or_many | answers,
    )  # fmt: skip


def everybody_is_told(story: Story, decision: str, by: str = "child lead", category: str = "harm") -> None:
    """CSOG, the Care Inspectorate, with proof, and whoever notified hear of the decision, and the minute is approved."""
    story.do(
        "chair", "Tell CSOG of the decision", **CSOG_NOTICE | ({"csog_timescale": "Six to nine months"} if decision == "proceed" else {})
    )
    care_inspectorate_is_told(story, decision, by, category)
    story.do("administrator", "Tell the person who notified", **OUTCOME)
    story.do("chair", "Approve the minute", minute="approve")


def care_inspectorate_is_told(story: Story, decision: str, by: str, category: str = "harm") -> None:
    """The Lead Officer has entered the decision in the Care Inspectorate's own form, and keeps the receipt."""
    expected = {"ci_expected": "Six to nine months"} if decision == "proceed" else {}
    story.do(
        by, "Tell the Care Inspectorate", files={"ci_proof": ("receipt.txt", b"Received: your form 20417.")},
        ci_category=category, ci_harm_types=["none"], ci_reasons="As decided.", ci_submitted_by="The Lead Officer",
        ci_submitted_on=story.day(0), ci_submitted_time="15:10", ci_receipt="Form 20417", **expected,
    )  # fmt: skip


def case_is_closed_without_review(story: Story, by: str = "child lead") -> None:
    """Actions, Summary Report, EMPPC and CSOG, one after the other."""
    story.do("chair", "Agree improvement actions", actions=[], no_actions_reason="The plan has them all.")
    story.do(by, "Write the Summary Report", summary=SUMMARY)
    story.do("emppc", "EMPPC considers it", emppc_date=story.day(0), emppc_comments="Noted with thanks.")
    story.do("csog", "CSOG considers it", csog_date=story.day(0), csog_comments="Noted with thanks.")
