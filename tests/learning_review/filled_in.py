"""Answers for the Learning Review's forms: what a person types, a whole notification, and what a case knows near its end."""

from __future__ import annotations

import re
from typing import Any

DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
TIME = re.compile(r"\d\d:\d\d")


def entries(answers: dict[str, Any], name: str = "f-", join: str = "") -> dict[str, list[str]]:
    """Answers as a browser posts them."""
    raw: dict[str, list[str]] = {}
    for key, answer in answers.items():
        raw.update(_entry(f"{name}{join}{key}", answer))
    return raw


def _entry(control: str, answer: Any) -> dict[str, list[str]]:
    if isinstance(answer, dict):
        return entries(answer, control, "__")
    if isinstance(answer, list) and answer and isinstance(answer[0], dict):
        rows = {f"{control}-{number}": ["row"] for number in range(len(answer))}
        return rows | {name: texts for number, row in enumerate(answer) for name, texts in entries(row, f"{control}-{number}", "-").items()}
    if isinstance(answer, str) and (day := DAY.fullmatch(answer)):
        return {f"{control}-year": [day[1]], f"{control}-month": [day[2]], f"{control}-day": [day[3]]}
    if isinstance(answer, str) and TIME.fullmatch(answer):
        return {f"{control}-time": [answer]}
    return {control: ["yes"] if answer is True else [str(one) for one in answer] if isinstance(answer, list) else [str(answer)]}


CHILD: dict[str, Any] = {
    "name": "Ailsa Grant",
    "birth": "exact",
    "born": "2012-05-01",
    "sex": "female",
    "address": "3 Harbour Row",
    "died": "yes",
    "died_on": "2026-02-20",
    "cpr": "yes",
    "cpr_when": "before",
    "sibling_cpr": "no",
    "care_experienced": "no",
    "carm": "unknown",
    "in_education": "yes",
    "education_place": "Harbour Primary School",
}
MOTHER: dict[str, Any] = {
    "name": "Jean Grant",
    "birth": "unknown",
    "age": 44,
    "sex": "female",
    "address": "3 Harbour Row",
    "died": "no",
    "asp": "previous",
    "legal_status": "Guardianship",
}
NOTIFICATION: dict[str, Any] = {
    "capacity": "practitioner",
    "notifier": {
        "name": "Ann Lee",
        "job_title": "Health visitor",
        "agency": "NHS Lothian",
        "email": "ann.lee@example.org",
        "phone": "0131 496 0000",
    },
    "event_kind": "event",
    "happened_on": "2026-02-20",
    "event_place": "At home",
    "event_summary": "Ailsa died at home.\nHer mother was in hospital.",
    "strand": "both",
    "subjects": [CHILD, MOTHER],
    "criteria_adult": ["adult_1ii"],
    "criteria_child": ["child_register_or_care", "not_sure"],
    "criteria_why": "Ailsa was on the register until 2024.",
    "evidence": "The health visiting record.",
    "immediate_concerns": "no",
    "agencies_known": [{"key": "police"}, {"key": "other", "name": "A playgroup", "contact": "The leader"}],
    "proceedings_known": "yes",
    "proceedings": [{"kind": "criminal", "body": "Police Scotland", "stage": "under_way"}],
    "area": "midlothian",
    "other_area": "no",
    "family_aware": "unknown",
    "family_no_contact": "no",
    "media_interest": "no",
    "declaration": True,
}

CLAUSE = {"clause": "Child Protection Register", "basis": "Ailsa was on the register.", "discretionary": True}
ASSESSMENT = {
    "person": "Ailsa Grant",
    "finding": "met",
    "clauses": [CLAUSE],
    "missing": ["was there additional learning"],
    "notes": ["Both tables were used."],
}
REPORT: dict[str, Any] = {
    "author_name": "Rob Innes",
    "period_from": "2024-01-01",
    "period_to": "2026-02-20",
    "involvement": "Officers visited twice.",
    "chronology": [{"date": "2025-01-02", "event": "A visit", "significance": "The first"}],
    "effective_practice": "A joint visit.",
    "improvement_areas": "Sharing what is known sooner.",
    "improvements": [{"plan": "Sharing plan", "action": "A shared form", "due": "2026-09-01"}],
    "staff_involved": [{"name": "Kim Muir", "job": "Constable", "team": "Response"}],
}
PARALLEL: dict[str, Any] = {
    "number": 1, "kind": "child_death_review", "body": "NHS Lothian", "stage": "under_way", "contacted_on": "2026-03-10",
    "holds": [{"activity": "events", "authority": "NHS Lothian", "held_from": "2026-03-10", "review_on": "2026-04-10", "why": "Dates."}],
    "next_check": "2026-04-07",
}  # fmt: skip
NOT_INVOLVED = {"direct_service": "no", "decision_maker": "no", "line_managed": "yes", "line_managed_detail": "Until 2020."}
MEMBER = {"name": "Leah Moss", "email": "leah@example.org", "agency": "nhs", "agency_name": "NHS Lothian", "role": "member"}
TERMS = {"version": 1, "rationale": "There is more to learn.", "period_from": "2024-01-01", "period_to": "2026-02-20",
         "completion_target": "2026-10-10", "change_note": "A longer period.", "agreed_on": "2026-05-01"}  # fmt: skip
PARTICIPANT: dict[str, Any] = {
    "name": "Jo Park", "email": "jo.park@example.org", "agency_name": "Police Scotland", "event": "practitioner", "confirmed": "yes",
    "support": "accepted", "released": "yes", "adjustments": "A quiet room",
}  # fmt: skip
LEARNING_POINT: dict[str, Any] = {
    "number": 1, "text": "Visits are planned apart.", "level": "systems", "agreed": False,
    "differences": [{"correction": "Only some.", "reason": "All said so."}],
}  # fmt: skip
EVENTS: dict[str, Any] = {
    "member": MEMBER,
    "participant": PARTICIPANT,
    "participants": [PARTICIPANT, {**PARTICIPANT, "name": "Ken Ross", "event": "strategic_manager", "left_on": "2026-05-01"}],
    "nominations_nobody": [{"agency": "NHS Lothian", "why": "Nobody knew her."}],
    "nominations_both": [{"agency": "Police Scotland", "why": "A team of one."}],
    "event": "practitioner",
    "briefing_on": "2026-05-10",
    "practitioner_event_on": "2026-05-17",
    "managers_event_on": "2026-06-10",
    "events_where": "Room 2",
    "event_gone": "practitioner",
    "event_gone_why": "The Reviewer was ill.",
    "practitioner_event": {"learning": "Visits are planned apart.", "effective": "A joint visit.", "different": "Sharing dates."},
    "managers_event": {"changes": "One place for dates.", "strategies": "A shared calendar."},
    "points": [LEARNING_POINT],
    "corrections": [{"was": "Visits are planned apart.", "correction": "Only some.", "by": "Jo Park"}],
    "corrections_comments": ["Thank you."],
    "learning_points": [LEARNING_POINT],
    "learning_check": {"asked": 2, "agree": 1, "correct": 1, "no_response": 0},
    "perspectives": [{"subject": "Person 1", "text": "It was long."}],
    "draft": {"how_conducted": "Two events.", "factors": [{"factor": "No shared calendar", "effect": "inhibited", "level": "systems"}]},
    "draft_version": 1,
    "comment_log": [{"section_name": "The learning", "comment": "Since when?", "by": "Leah Moss", "disposition": "accepted"}],
    "comments": [{"section_name": "The learning", "comment": "Since when?", "by": "Leah Moss"}],
    "comments_silent": ["Ian Cope"],
    "uncovered": [{"number": 2, "text": "A joint visit helped."}],
    "wording_found": [{"where": "learning", "term": "should have", "excerpt": "… should have asked …"}],
}
CASE: dict[str, Any] = {
    **NOTIFICATION,
    "me": {"name": "Fiona Baird", "email": "fiona@example.org"},
    "reference": "LR-7F3K",
    "link": "https://casework.example.org/tasks",
    "received": "2026-03-03",
    "decide_by": "2026-04-14",
    "lead": "lead_officer_child",
    "lead_name": "Child Protection Lead Officer",
    "strands": ["child", "adult"],
    "routing_basis": "A child and an adult: both Lead Officers.",
    "agencies": [{"key": "police", "why": "Officers attended."}, {"key": "nhs", "why": "She was in hospital."}],
    "agency": {"key": "police", "why": "Officers attended.", "questions": "When?"},
    "agency_name": "Police Scotland",
    "report_due": "2026-03-19",
    "asked_until": "2026-03-26",
    "identifiers": "Ailsa Grant, born 1 May 2012",
    "report": REPORT,
    "reports": [
        {**REPORT, "agency": "Police Scotland", "agency_key": "police", "outcome": "received"},
        {"agency": "NHS Lothian", "agency_key": "nhs", "outcome": "not_received", "reason": "Still to come"},
    ],
    "missing_reports": ["nhs"],
    "late_report": {**REPORT, "agency": "Police Scotland"},
    "refusal_reason": "Nobody who knew her works here any more.",
    "response": "refuse",
    "subject": CHILD,
    "subject_strands": ["child"],
    "age": 13,
    "assessments": [ASSESSMENT],
    "pre_assessments": [ASSESSMENT],
    "suggestion": "met",
    "missing_facts": ["Jean Grant: serious harm"],
    "seats": [{"key": "chair", "seat": "Chair", "filled_by": "EMPPC Chair", "required": True, "note": ""}],
    "seats_open": ["Police Scotland"],
    "seats_missing": ["Lead Paediatrician"],
    "seat_names": ["Chair"],
    "invited": [{"name": "Grace Kerr", "post": "EMPPC Chair", "email": "grace@example.org", "seats": ["chair"]}],
    "meeting_date": "2026-04-10",
    "meeting_time": "10:30",
    "meeting_place": "Room 2",
    "held_on": "2026-04-10",
    "attendance": [{"name": "Grace Kerr", "post": "EMPPC Chair"}],
    "conflicts": [{"name": "Grace Kerr", "interest": "None", "ruling": "take_part"}],
    "discussion": [{"agency": "Police Scotland", "said": "What was known when."}],
    "recommendation": {"view": "proceed", "rationale": "There is more to learn."},
    "criteria_finding": "met",
    "criteria_reason": "She was on the register.",
    "advice": {"suggestion": "proceed_narrowed", "basis": "Part of it is being addressed."},
    "decision": "not_proceed",
    "decided_on": "2026-04-10",
    "reasons": ["being_addressed", "proportionality"],
    "decision_reason": "It is being addressed.",
    "clauses": [{"person": "Ailsa Grant", "clause": "Child Protection Register", "basis": "On the register"}],
    "plans": [{"theme": "Sharing", "plan_kind": "national", "plan": "Promise plan"}],
    "actions": [{"action": "Share sooner", "owner": "Head of service", "due": "2026-09-01"}],
    "parallel_effect": "None known",
    "ci_submitted_on": "2026-04-14",
    "summary": {"subjects": "A child of secondary school age"},
    "emppc_date": "2026-05-01",
    "review_target": "2026-10-10",
    "review_limit": "2027-01-10",
    "resources": {"chair_name": "Fiona Hay", "reviewer_source": "independent", "reviewer_why": "The partnership is small."},
    "person": MEMBER,
    "declaration": NOT_INVOLVED,
    "named": [{"name": "Leah Moss", "job": "Nurse", "agency": "NHS Lothian", "close": "The same name"}],
    "team": [{**MEMBER, "independence": {"outcome": "cleared"}}],
    "not_cleared": [MEMBER],
    "team_warnings": ["Nobody is cleared as the Reviewer."],
    "nominated_on": "2026-04-12",
    "terms": TERMS,
    "manager_note": "Say more about health.",
    "overdue": "Terms of reference agreed",
    **EVENTS,
    "days_so_far": 29,
    "duplicate": "none",
    "complete": "queried",
    "concern": "The meeting has no date yet.",
    "warning_day": 28,
    "what": "A report is yours to write.",
    "outcome_reason": "What needs to improve is already being addressed.",
    "outcome_contact": "the Lead Officer on 0131 496 0001",
    "entry": {**PARALLEL, "contact_name": "Iona Birk"},
    "hold_advice": {
        "kind_name": "Child death review",
        "meeting": "go",
        "analysis": "go",
        "family": "together",
        "events": "hold",
        "why": "x",
    },
    "case": {"parallel_register": [PARALLEL, {"kind": "complaint", "body": "NHS Lothian", "stage": "finished"}], "other_area": "unknown"},
}
