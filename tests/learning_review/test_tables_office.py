"""The tables the office works by: who leads, who sits at the meeting, what speaks for proceeding, and who is warned when."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.learning_review.tables import FOLDER, decide

CP, ASP = "lead_officer_child", "lead_officer_adult"
FORMS = FOLDER.parents[1] / "forms" / "learning_review"
RECEIVED = date(2026, 3, 3)


def person(age=None, **facts):
    return {"age": age, **facts}


# ---- what a meeting of the Review Team talks about (Appendix 1; R160 to R168, R174 to R177, R188, R191)

AGENDAS = {
    "first": ["principles", "Who does what", "Who takes part in", "Making sense", "issues and questions", "do not know yet",
              "Dates and places", "Care Inspectorate"],
    "second": ["had taken on", "Family Liaison Strategy", "confirmed, informed and supported", "Further exploration"],
    "third": ["The draft report", "comments on it", "Is the report final", "Outline of actions"],
    "fourth": ["Finalising the report", "Outline of actions", "Feedback to the family"],
    "extra": ["Why we meet once more", "Further exploration"],
}  # fmt: skip
EVERY_AGENDA = ["perspective and experience", "come up since the last", "Other reviews and proceedings", "The timetable", "Support for",
                "who does what next"]  # fmt: skip


@pytest.mark.parametrize(("kind", "items"), AGENDAS.items())
def test_each_meeting_of_the_review_team_has_its_own_items_and_those_of_every_meeting(kind, items):
    found = decide("agenda_items", meeting_kind=kind)

    assert len(found) == len(items + EVERY_AGENDA)
    assert all(part in item for part, item in zip(items + EVERY_AGENDA, found, strict=True))


# ---- who leads (section 5; R60; G12, G13)

ROUTES = [
    ("child", [person(4)], [CP], ["child"]),
    ("child", [person(15), person(2)], [CP], ["child"]),
    ("unsure", [person(9)], [CP], ["child"]),
    ("child", [person()], [CP], ["child"]),
    ("adult", [person(44)], [ASP], ["adult"]),
    ("unsure", [person(18)], [ASP], ["adult"]),
    ("adult", [person()], [ASP], ["adult"]),
    ("child", [person(16)], [CP, ASP], ["child", "adult"]),
    ("adult", [person(17)], [CP, ASP], ["child", "adult"]),
    ("both", [person(3), person(30)], [CP, ASP], ["child", "adult"]),
    ("child", [person(3), person(30)], [CP, ASP], ["child", "adult"]),
    ("adult", [person(20, care_experienced="aftercare")], [CP, ASP], ["child", "adult"]),
    ("adult", [person(25, care_experienced="continuing_care")], [CP, ASP], ["child", "adult"]),
    ("adult", [person(25, care_experienced="unknown")], [CP, ASP], ["child", "adult"]),
    ("adult", [person(26, care_experienced="aftercare")], [ASP], ["adult"]),
    ("adult", [person(20, care_experienced="no")], [ASP], ["adult"]),
    ("unsure", [person()], [CP, ASP], ["child", "adult"]),
    ("adult", [person(7)], [CP, ASP], ["child", "adult"]),  # the strand and the age do not agree
    ("child", [person(40)], [CP, ASP], ["child", "adult"]),
    (None, [], [CP, ASP], ["child", "adult"]),
]


@pytest.mark.parametrize(("strand", "people", "leads", "strands"), ROUTES)
def test_a_notification_reaches_the_lead_officers_of_everybody_in_it(strand, people, leads, strands):
    route = decide("routing", strand=strand, subjects=people)

    assert (route["leads"], route["strands"]) == (leads, strands)
    assert route["lead"] in leads
    assert route["basis"].endswith(".")


STRANDS = [
    (15, "aftercare", ["child"]),
    (16, "no", ["child", "adult"]),
    (17.9, None, ["child", "adult"]),
    (18, "aftercare", ["child", "adult"]),
    (25, "continuing_care", ["child", "adult"]),
    (25, "unknown", ["child", "adult"]),
    (25, "looked_after", ["adult"]),
    (26, "aftercare", ["adult"]),
    (18, "no", ["adult"]),
    (18, None, ["adult"]),
    (None, "no", ["child", "adult"]),
]


@pytest.mark.parametrize(("age", "care", "strands"), STRANDS)
def test_the_age_and_care_experience_say_whose_criteria_apply(age, care, strands):
    applying = decide("subject_strands", age=age, care_experienced=care)

    assert applying["strands"] == strands
    assert (applying["note"] is not None) == (len(strands) == 2)


# ---- who sits at the meeting (section 5; R55, R68 to R75, R219 to R221)

ALWAYS = ["chair", "health", "police", "public_protection_manager", "minute"]


def seats(area="east_lothian", strands=("adult",), leads=(ASP,), people=()):
    return {seat["key"]: seat for seat in decide("attendance", area=area, strands=list(strands), leads=list(leads), subjects=list(people))}


@pytest.mark.parametrize(
    ("area", "social_work"),
    [
        ("east_lothian", ["social_work_east"]),
        ("midlothian", ["social_work_midlothian"]),
        ("both", ["social_work_east", "social_work_midlothian"]),
        ("other", ["social_work_east", "social_work_midlothian"]),
    ],
)
def test_the_council_area_says_whose_social_work_sits(area, social_work):
    assert sorted(seats(area)) == sorted([*ALWAYS, *social_work, "lead_officer_adult"])


def test_every_seat_says_who_may_fill_it_and_only_the_minute_is_not_required():
    for key, seat in seats().items():
        assert seat["filled_by"]
        assert seat["required"] is (key != "minute")


def test_a_child_brings_a_paediatrician_and_the_child_lead_officer():
    child = seats(strands=["child"], leads=[CP], people=[person(1, in_education="no")])

    assert {"paediatrics", "lead_officer_child"} <= set(child)
    assert not {"lead_officer_adult", "education_east"} & set(child)


@pytest.mark.parametrize(
    ("people", "required"),
    [
        ([person(5, in_education="yes")], True),
        ([person(5, in_education="no"), person(9, in_education="yes")], True),
        ([person(5, in_education="unknown")], False),  # the seat is shown, to be checked; it is never left out in silence
        ([person(5)], False),
        ([person(5, in_education="no"), person(40)], None),
    ],
)
def test_a_child_in_a_setting_brings_the_head_of_education(people, required):
    found = seats("both", ["child", "adult"], [CP, ASP], people)

    for key in ("education_east", "education_midlothian"):
        assert (found[key]["required"] if key in found else None) is required


# ---- what speaks for proceeding (section 5; R76 to R84)

PROCEED = [
    ("not_met", None, None, None, "not_proceed", "R56"),
    ("met", "no", "yes", "unknown", "not_proceed", "R81"),
    ("met", "no", "unknown", "all", "not_proceed", "R82"),
    ("met", "yes", "no", "some", "proceed", "R76"),
    ("met", "yes", "no", "none", "proceed", "R76"),
    ("met", "yes", "partly", "some", "proceed_narrowed", "R83"),
    ("met", "no", "no", "some", "weigh", "R83"),
    ("met", "yes", "yes", "all", "weigh", "R83"),
    ("positive_only", None, None, None, "discretion", "R52"),
]


@pytest.mark.parametrize(("finding", "needed", "sufficient", "addressed", "suggestion", "clause"), PROCEED)
def test_the_answers_of_the_meeting_suggest_whether_to_proceed(finding, needed, sufficient, addressed, suggestion, clause):
    answers = {"learning_needed": needed, "learning_sufficient": sufficient, "being_addressed": addressed}

    advice = decide("proceed_advice", criteria_finding=finding, missing_facts=[], **answers)

    assert (advice["suggestion"], advice["missing"]) == (suggestion, [])
    assert clause in advice["clause"]
    assert advice["basis"].endswith(".")


def test_facts_the_criteria_still_miss_are_named_when_the_meeting_cannot_tell():
    advice = decide("proceed_advice", criteria_finding="not_enough_information", missing_facts=["Kim: the cause of death"])

    assert (advice["suggestion"], advice["missing"]) == ("adjourn", ["Kim: the cause of death"])


def test_answers_that_are_missing_are_named_and_suggest_nothing():
    advice = decide("proceed_advice", criteria_finding="met", learning_needed="yes", learning_sufficient="unknown", being_addressed=None)

    assert advice["suggestion"] == "adjourn"
    assert len(advice["missing"]) == 2


# ---- what a parallel process usually asks of us (section 5; R28, R90, R91)

HOLDS = [
    ("criminal", {"meeting": "go", "analysis": "go", "family": "ask", "events": "hold", "publication": "hold"}),
    ("fatal_accident_inquiry", {"meeting": "go", "family": "ask", "events": "ask", "publication": "ask"}),
    ("child_death_review", {"meeting": "go", "family": "together", "events": "go"}),
    ("something new", {"meeting": "go", "family": "ask", "events": "ask", "publication": "ask"}),
    (None, {"events": "ask", "publication": "ask"}),
]


@pytest.mark.parametrize(("kind", "expected"), HOLDS)
def test_the_kind_of_a_parallel_process_suggests_what_waits_for_it(kind, expected):
    advice = decide("hold_advice", kind=kind)

    assert {step: advice[step] for step in expected} == expected
    assert advice["why"].endswith(".")


def test_no_parallel_process_holds_up_the_reports_and_the_meeting_by_itself():
    kinds = [option["value"] for option in asked_about("parallel_register", "kind")]

    assert {decide("hold_advice", kind=kind)["meeting"] for kind in kinds} == {"go"}
    assert len({decide("hold_advice", kind=kind)["kind_name"] for kind in kinds}) == len(kinds)


def test_the_kinds_and_stages_of_parallel_processes_are_the_same_wherever_they_are_asked():
    for key in ("kind", "stage"):
        assert asked_about("parallel_register", key) == asked_about("notification", key)
    assert asked_about("parallel_process", "entry.kind") == asked_about("notification", "kind")
    assert asked_about("parallel_process", "entry.stage") == asked_about("notification", "stage")


def asked_about(form, key):
    """The options of a question of a form."""
    drawn = json.loads((FORMS / f"{form}.form").read_text(encoding="utf-8"))
    parts = list(drawn["components"])
    while parts:
        one = parts.pop()
        if one.get("key") == key and "values" in one:
            return one["values"]
        parts += one.get("components", [])
    raise AssertionError(f"{form} does not ask for {key}")


# ---- what agencies are called


def test_every_agency_is_called_as_in_the_procedures_descriptor():
    organisations = tomllib.loads((FOLDER / "procedure.toml").read_text())["organisations"]

    assert {key: decide("agency_name", key=key) for key in organisations} == {key: one["name"] for key, one in organisations.items()}
    assert decide("agency_name", key="public_protection") == "Public Protection Office"
    assert decide("agency_name", key="independent") == "Independent of all the agencies"


# ---- who is warned before the 42 days are over (section 6; R67, R98)

DONE = {"agencies": [], "reports": [], "meeting_date": "2026-04-01", "recommendation": {}, "papers_issued_on": "2026-04-01"}
WARNINGS = [
    (5, {"agencies": None}, CP),
    (14, {"agencies": None}, "public_protection_manager"),
    (14, {"meeting_date": None}, "business_support"),
    (19, {"reports": None}, CP),
    (21, {"reports": None}, CP),
    (28, {"meeting_date": None}, "emppc_chair"),
    (28, {"meeting_date": "2026-04-15"}, "emppc_chair"),
    (33, {"recommendation": None}, CP),
    (35, {"papers_issued_on": None}, "business_support"),
    (40, {}, "emppc_chair"),
]


def warning(day, passed=None, **facts):
    now = datetime(2026, 3, 3, 9, tzinfo=UTC) + timedelta(days=day if passed is None else passed)
    known = DONE | {"received": RECEIVED.isoformat(), "decide_by": "2026-04-14", "lead": CP} | facts
    return decide("warnings", now=now, warning_day=day, **known)


@pytest.mark.parametrize(("day", "undone", "told"), WARNINGS)
def test_the_right_person_is_told_what_is_not_done_by_its_day(day, undone, told):
    said = warning(day, **undone)

    assert said["to"] == told
    assert said["concern"].endswith(".")


@pytest.mark.parametrize("day", [5, 14, 19, 21, 28, 33, 35])
def test_nobody_is_told_when_everything_is_done_by_its_day(day):
    assert warning(day) is None


def test_a_day_that_was_passed_long_ago_warns_no_more():
    assert warning(5, passed=14, agencies=None) is None
    assert warning(28, passed=33, meeting_date=None) is None
    assert warning(40, passed=43) is None


# ---- who can be cleared for a Review Team (section 7; R121)

NOTHING = dict.fromkeys(
    ("direct_service", "decision_maker", "line_managed", "agency_report", "personal_link", "other_interest"), "no"
)  # fmt: skip
DECLARED = [
    ({}, [], "cleared"),
    ({"direct_service": "yes"}, [], "excluded"),
    ({"decision_maker": "yes"}, [], "excluded"),
    ({"personal_link": "yes"}, [], "excluded"),
    ({"line_managed": "yes"}, [], "refer"),
    ({"line_managed": "yes", "personal_link": "yes"}, [], "excluded"),
    ({"agency_report": "yes"}, [], "declared"),
    ({"agency_report": "yes", "line_managed": "yes"}, [], "refer"),
    ({"other_interest": "yes"}, [], "refer"),
    ({}, [{"name": "Kim Muir"}], "refer"),
    ({"other_interest": None}, [], "refer"),
]


@pytest.mark.parametrize(("answers", "named", "finding"), DECLARED)
def test_a_declaration_is_weighed_by_its_gravest_answer(answers, named, finding):
    advice = decide("independence", declaration=NOTHING | answers, named=named)

    assert advice["finding"] == finding
    assert advice["why"].endswith(".")
