"""The words of the adults' case: a brother who died, a sister who lives, and what the people around them say of it."""

from __future__ import annotations

from typing import Any

from tests.learning_review.course_events import NURSE, PRACTITIONER, STRATEGIC_MANAGER
from tests.learning_review.course_follow import ACTION
from tests.learning_review.course_meetings import STRATEGY
from tests.learning_review.course_report import ASSESSED
from tests.learning_review.course_setup import AILEEN, HEALTH_MANAGER, IAN, LEAH, ROWAN
from tests.learning_review.usual_course import adult

HUGH = adult("Hugh Laird", age=61, sex="male", died="yes", died_on="2026-02-20", asp="current")
NAN = adult("Nan Laird", age=66, asp="current")
BOTH = [HUGH["name"], NAN["name"]]
POLICE = {"kind": "criminal", "body": "Police Scotland", "stage": "under_way"}
HEALTH_REVIEW = {"kind": "adverse_event_review", "body": "NHS Lothian", "stage": "under_way"}

HE_DIED = {
    "died": "yes", "death_cause": "accidental", "asp": "current", "joint_working_concern": "yes", "harm_factor": "suspected",
    "effective_working": "no",
}  # fmt: skip
SHE_LIVES = {"died": "no", "asp": "current", "joint_working_concern": "yes", "serious_abuse": "yes", "effective_working": "no"}
FINDINGS = [
    {"person": HUGH["name"], "clause": "adult_1i_harm", "finding": "met", "reason": "He was left alone with it."},
    {"person": NAN["name"], "clause": "adult_1ii", "finding": "met", "reason": "She was left alone as well."},
]
TEAM = {"health member": LEAH, "police member": IAN, "administrator": ROWAN, "adult lead": AILEEN}
MEMBERS = ("nurse", "police member", "review chair", "adult lead")
UNA = {"kind": "joins", "role": "member", "name": "Una Flynn", "new_email": "una.flynn@example.org", "agency": "nhs", **HEALTH_MANAGER}
RUTH = NURSE | {"name": "Ruth Bell", "email": "ruth.bell@example.org", "post": "District nurse"}
POLICE_PEOPLE = [PRACTITIONER, STRATEGIC_MANAGER]
CAME = ("jo.park@example.org", "ruth.bell@example.org")
FAMILY = STRATEGY | {
    "who": "His sister and his son.", "own_voice": "With Nan herself, and the advocate she trusts.",
    "contacts": [
        {"name": "Nan Laird", "relationship": "Sister", "invite": "yes", "route": "Through her advocate"},
        {"name": "Ewan Laird", "relationship": "Son", "invite": "yes", "route": "By letter"},
    ],
}  # fmt: skip
NOT_NOW = {"how": "By letter", "who": "Fiona Hay", "outcome": "declined"}
HELD_UP = {"cause": "parallel_process", "reason": "The police ask us to wait.", "owner": "Fiona Hay", "step": "A call each month"}
HELD_TO_THE_LIMIT = HELD_UP | {"reason": "The events could only be held in November.", "step": "Two dates with EMPPC are booked."}
AFTER_THE_CASE = {"decision": "later_event", "event": "The end of the criminal case", "extent": "summary"} | ASSESSED
NOT_PUBLISHED = ASSESSED | {"decision": "not", "reasons": "Nan asks us not to.", "impact": "She would be known at once."}

ONE_CALENDAR: dict[str, Any] = ACTION
TRAINING: dict[str, Any] = ACTION | {"action": "Train staff to ask who else is at home.", "kind": "training"}
MORE_THAN_TRAINING = {"stronger": "Every team asks each week who else is at home.", "stronger_kind": "practice"}
SAME_AGAIN: dict[str, Any] = ACTION | {"action": "Plan visits in one calendar.", "due": "2027-12-31"}
SEVEN_MINUTES = {
    "kind": "seven_minutes", "title": "Who else is at home", "audience": "All teams for adults", "owner_name": "Aileen Boyd",
    "owner_email": "aileen.boyd@example.org",
}  # fmt: skip
