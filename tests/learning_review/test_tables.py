"""The criteria tables, row by row: what they advise, on what basis, and which facts they still ask for (section 3)."""

from __future__ import annotations

import pytest

from tests.learning_review.tables import decide

# Facts under which no criterion of the strand is met, each of them known: every test changes what matters to it.
ADULT = {
    "asp": "current", "joint_working_concern": "yes", "died": "no", "harm_factor": "no", "death_cause": "natural", "serious_abuse": "no",
    "serious_harm": "no", "lack_of_involvement": "no", "committee_learning": "no",
}  # fmt: skip
CHILD = {
    "died": "no", "harmed": "sustained", "additional_learning": "yes", "abuse_factor": "no", "cpr": "no", "sibling_cpr": "no",
    "care_experienced": "no", "no_bearing": "no", "harm_cause": "other", "death_cause": "natural", "carm": "no", "causes_harm": "no",
}  # fmt: skip
DEAD_CHILD = CHILD | {"died": "yes"}
NO_BEARING = {"no_bearing": "yes", "no_bearing_reason": "Years before she was born.", "no_bearing_by": "The meeting"}


def clauses(advice):
    return [clause["clause"].removeprefix("Section 3, ") for clause in advice["clauses"]]


# ---- adults (section 3; R33 to R40)

ADULT_ROWS = [
    ("A1", {"died": "yes", "harm_factor": "known"}, "adult 1(i), harm or neglect"),
    ("A1", {"died": "yes", "harm_factor": "suspected", "asp": "previous"}, "adult 1(i), harm or neglect"),
    ("A2", {"died": "yes", "death_cause": "suicide"}, "adult 1(i), suicide or accident"),
    ("A2", {"died": "yes", "death_cause": "accidental"}, "adult 1(i), suicide or accident"),
    ("A3", {"died": "yes", "death_cause": "murder"}, "adult 1(i), violence"),
    ("A3", {"died": "yes", "death_cause": "culpable_homicide"}, "adult 1(i), violence"),
    ("A3", {"died": "yes", "death_cause": "reckless_conduct"}, "adult 1(i), violence"),
    ("A3", {"died": "yes", "death_cause": "violence"}, "adult 1(i), violence"),
    ("A4", {"serious_abuse": "yes"}, "adult 1(ii), serious abuse or neglect"),
    ("A5", {"asp": "never", "died": "yes", "lack_of_involvement": "yes"}, "adult 2(i), lack of involvement"),
    ("A5", {"asp": "never", "serious_harm": "yes", "lack_of_involvement": "yes"}, "adult 2(i), lack of involvement"),
    ("A6", {"asp": "never", "died": "yes", "committee_learning": "yes"}, "adult 2(ii), learning to be gained"),
]


@pytest.mark.parametrize(("row", "facts", "clause"), ADULT_ROWS)
def test_an_adult_criterion_is_met_by_its_row_alone(row, facts, clause):
    advice = decide("adult_criteria", facts=ADULT | facts)

    assert advice["finding"] == "met"
    assert clauses(advice) == [clause]
    assert advice["missing"] == []
    assert advice["clauses"][0]["basis"].endswith(".")


def test_only_the_committees_own_determination_is_discretionary():
    never = ADULT | {"asp": "never", "died": "yes", "lack_of_involvement": "yes", "committee_learning": "yes"}

    advice = decide("adult_criteria", facts=never)

    assert [clause["discretionary"] for clause in advice["clauses"]] == [False, True]


def test_several_criteria_may_be_met_at_once():
    advice = decide("adult_criteria", facts=ADULT | {"died": "yes", "harm_factor": "known", "death_cause": "violence"})

    assert clauses(advice) == ["adult 1(i), harm or neglect", "adult 1(i), violence"]


ADULT_NO = [
    (
        "A7",
        {"joint_working_concern": "no", "died": "yes", "death_cause": "suicide"},
        "Criterion 2 is only for adults who were never",
    ),
    (
        "A7",
        {"joint_working_concern": "no", "asp": "previous", "committee_learning": "yes"},
        "Criterion 2 is only for adults who were never",
    ),
    ("A8", {"died": "yes"}, "harm or neglect played no part"),
    ("alive", {}, "None of the adult criteria applies"),
    ("never, alive, unharmed", {"asp": "never", "lack_of_involvement": "yes"}, "None of the adult criteria applies"),
    ("never, but 1(i) needs it", {"asp": "never", "died": "yes", "death_cause": "suicide"}, "None of the adult criteria applies"),
]


@pytest.mark.parametrize(("row", "facts", "note"), ADULT_NO)
def test_an_adult_criterion_that_is_not_met_says_why(row, facts, note):
    advice = decide("adult_criteria", facts=ADULT | facts)

    assert (advice["finding"], advice["clauses"], advice["missing"]) == ("not_met", [], [])
    assert note in " ".join(advice["notes"])


ADULT_UNKNOWN = [
    ({"asp": "unknown", "serious_abuse": "yes"}, ["whether the adult is or was subject to adult support and protection"]),
    ({"joint_working_concern": "unknown", "serious_abuse": "yes"}, ["whether there is reasonable cause for concern about how services"]),
    ({"died": "unknown", "serious_abuse": "yes"}, ["whether the adult has died"]),
    ({"died": "yes", "harm_factor": "unknown"}, ["whether harm or neglect played a part in the death"]),
    ({"died": "yes", "death_cause": "unknown"}, ["the cause of death"]),
    ({"serious_abuse": "unknown"}, ["whether the adult is believed to have experienced serious abuse or neglect"]),
    ({"asp": "never", "lack_of_involvement": "yes", "serious_harm": "unknown"}, ["whether the adult died or sustained serious harm"]),
    ({"asp": "never", "died": "yes", "lack_of_involvement": "unknown"}, ["whether an inquiry, a court or another organisation"]),
    ({"asp": "never", "died": "yes", "committee_learning": "unknown"}, ["whether the committee determines that there may be learning"]),
]


@pytest.mark.parametrize(("facts", "missing"), ADULT_UNKNOWN)
def test_what_is_not_known_about_an_adult_is_asked_for_and_never_read_as_no(facts, missing):
    advice = decide("adult_criteria", facts=ADULT | facts)

    assert (advice["finding"], advice["clauses"]) == ("indeterminate", [])
    assert len(advice["missing"]) == len(missing)
    assert all(said.startswith(wanted) for said, wanted in zip(advice["missing"], missing, strict=True))


def test_an_unknown_fact_that_can_change_nothing_is_not_asked_for():
    met = decide("adult_criteria", facts=ADULT | {"died": "yes", "death_cause": "suicide", "harm_factor": "unknown"})
    impossible = decide("adult_criteria", facts=ADULT | {"joint_working_concern": "no", "harm_factor": "unknown", "died": "unknown"})

    assert (met["finding"], met["missing"]) == ("met", [])
    assert (impossible["finding"], impossible["missing"]) == ("not_met", [])


@pytest.mark.parametrize("nothing", [None, {}, {"asp": "", "died": None}])
@pytest.mark.parametrize("decision", ["adult_criteria", "child_harm_criteria", "child_death_criteria", "positive_learning"])
def test_facts_that_nobody_gave_are_unknown(decision, nothing):
    advice = decide(decision, facts=nothing)

    assert advice["finding"] == "indeterminate"
    assert advice["missing"]


# ---- children (section 3; R41 to R51)

HARM_ROWS = [
    ("H1", {"abuse_factor": "known"}, "child harmed or at risk, abuse or neglect"),
    ("H1", {"abuse_factor": "suspected", "harmed": "risk"}, "child harmed or at risk, abuse or neglect"),
    ("H2", {"cpr": "yes"}, "child harmed or at risk, register or care experience"),
    ("H2", {"sibling_cpr": "yes"}, "child harmed or at risk, register or care experience"),
    ("H2", {"care_experienced": "looked_after"}, "child harmed or at risk, register or care experience"),
    ("H2", {"care_experienced": "aftercare"}, "child harmed or at risk, register or care experience"),
    ("H2", {"care_experienced": "continuing_care"}, "child harmed or at risk, register or care experience"),
    ("H2", {"cpr": "yes", "abuse_factor": "unknown"}, "child harmed or at risk, register or care experience"),
    ("H3", {"harm_cause": "attempted_suicide"}, "child harmed or at risk, cause"),
    ("H3", {"harm_cause": "attempted_murder"}, "child harmed or at risk, cause"),
    ("H3", {"harm_cause": "reckless_conduct"}, "child harmed or at risk, cause"),
    ("H3", {"harm_cause": "violence"}, "child harmed or at risk, cause"),
    ("H4", {"carm": "yes", "causes_harm": "yes"}, "child harmed or at risk, Care and Risk Management"),
]
DEATH_ROWS = [
    ("D1", {"abuse_factor": "known"}, "child who has died, abuse or neglect"),
    ("D1", {"abuse_factor": "suspected", "abuse_factor_in": "harm"}, "child who has died, abuse or neglect"),
    ("D2", {"cpr": "yes"}, "child who has died, register or care experience"),
    ("D2", {"sibling_cpr": "yes"}, "child who has died, register or care experience"),
    ("D2", {"care_experienced": "continuing_care"}, "child who has died, register or care experience"),
    ("D3", {"carm": "yes"}, "child who has died, Care and Risk Management"),  # no harm to anybody is needed here
    ("D4", {"death_cause": "suicide"}, "child who has died, cause"),
    ("D4", {"death_cause": "murder"}, "child who has died, cause"),
    ("D4", {"death_cause": "culpable_homicide"}, "child who has died, cause"),
    ("D4", {"death_cause": "reckless_conduct"}, "child who has died, cause"),
    ("D4", {"death_cause": "violence"}, "child who has died, cause"),
]


@pytest.mark.parametrize(("row", "facts", "clause"), HARM_ROWS)
def test_a_child_who_lives_meets_a_criterion_by_its_row_alone(row, facts, clause):
    advice = decide("child_harm_criteria", facts=CHILD | facts)

    assert (advice["finding"], clauses(advice), advice["missing"]) == ("met", [clause], [])


@pytest.mark.parametrize(("row", "facts", "clause"), DEATH_ROWS)
def test_a_child_who_has_died_meets_a_criterion_by_its_row_alone(row, facts, clause):
    advice = decide("child_death_criteria", facts=DEAD_CHILD | facts)

    assert (advice["finding"], clauses(advice), advice["missing"]) == ("met", [clause], [])


@pytest.mark.parametrize(("decision", "facts"), [("child_harm_criteria", CHILD), ("child_death_criteria", DEAD_CHILD)])
class TestBothTablesForChildren:
    def test_without_additional_learning_no_row_helps(self, decision, facts):
        advice = decide(decision, facts=facts | {"abuse_factor": "known", "cpr": "yes", "carm": "yes", "additional_learning": "no"})

        assert (advice["finding"], advice["clauses"]) == ("not_met", [])
        assert "no additional learning" in " ".join(advice["notes"])

    def test_additional_learning_that_is_not_known_is_asked_for(self, decision, facts):
        advice = decide(decision, facts=facts | {"abuse_factor": "known", "additional_learning": "unknown"})

        assert advice["finding"] == "indeterminate"
        assert advice["missing"] == ["whether there is additional learning to be gained from a review"]

    def test_a_determined_no_bearing_takes_the_register_out_and_leaves_the_rest(self, decision, facts):
        alone = decide(decision, facts=facts | NO_BEARING | {"cpr": "yes"})
        with_abuse = decide(decision, facts=facts | NO_BEARING | {"cpr": "yes", "abuse_factor": "suspected"})

        assert alone["finding"] == "not_met"
        assert "has no bearing on this case" in " ".join(alone["notes"])
        assert with_abuse["finding"] == "met"
        assert [clause.rpartition(", ")[2] for clause in clauses(with_abuse)] == ["abuse or neglect"]

    @pytest.mark.parametrize("undone", [{"no_bearing_reason": ""}, {"no_bearing_by": None}, {"no_bearing": "no"}, {"no_bearing": None}])
    def test_no_bearing_counts_only_with_its_reason_and_who_determined_it(self, decision, facts, undone):
        advice = decide(decision, facts=facts | NO_BEARING | {"cpr": "yes"} | undone)

        assert advice["finding"] == "met"

    @pytest.mark.parametrize("unknown", ["cpr", "sibling_cpr", "care_experienced"])
    def test_an_unknown_register_is_asked_for_until_one_of_the_three_is_known(self, decision, facts, unknown):
        open_question = decide(decision, facts=facts | {unknown: "unknown"})
        answered = decide(decision, facts=facts | {unknown: "unknown"} | ({"sibling_cpr": "yes"} if unknown == "cpr" else {"cpr": "yes"}))

        assert open_question["finding"] == "indeterminate"
        assert "Child Protection Register" in open_question["missing"][0]
        assert answered["finding"] == "met"

    def test_when_nothing_applies_it_says_so(self, decision, facts):
        advice = decide(decision, facts=facts)

        assert (advice["finding"], advice["missing"]) == ("not_met", [])
        assert advice["notes"]


def test_a_child_neither_harmed_nor_at_risk_meets_no_criterion():
    advice = decide("child_harm_criteria", facts=CHILD | {"harmed": "no", "abuse_factor": "known", "cpr": "yes"})

    assert advice["finding"] == "not_met"
    assert "neither sustained significant harm nor is at risk" in advice["notes"][0]


@pytest.mark.parametrize("facts", [{"carm": "yes"}, {"causes_harm": "yes"}])
def test_care_and_risk_management_needs_harm_caused_while_the_child_lives(facts):
    assert decide("child_harm_criteria", facts=CHILD | facts)["finding"] == "not_met"


CHILD_UNKNOWN = [
    ("child_harm_criteria", CHILD | {"harmed": "unknown", "cpr": "yes"}, "sustained significant harm"),
    ("child_harm_criteria", CHILD | {"abuse_factor": "unknown"}, "abuse or neglect"),
    ("child_harm_criteria", CHILD | {"harm_cause": "unknown"}, "what caused the harm"),
    ("child_harm_criteria", CHILD | {"carm": "unknown", "causes_harm": "yes"}, "Care and Risk Management"),
    ("child_harm_criteria", CHILD | {"carm": "yes", "causes_harm": "unknown"}, "causes harm"),
    ("child_harm_criteria", CHILD | {"died": "unknown", "cpr": "yes"}, "whether the child has died"),
    ("child_death_criteria", DEAD_CHILD | {"abuse_factor": "unknown"}, "abuse or neglect"),
    ("child_death_criteria", DEAD_CHILD | {"carm": "unknown"}, "Care and Risk Management"),
    ("child_death_criteria", DEAD_CHILD | {"death_cause": "unknown"}, "the cause of death"),
]


@pytest.mark.parametrize(("decision", "facts", "wanted"), CHILD_UNKNOWN)
def test_what_is_not_known_about_a_child_is_asked_for_and_never_read_as_no(decision, facts, wanted):
    advice = decide(decision, facts=facts)

    assert advice["finding"] == "indeterminate"
    assert len(advice["missing"]) == 1
    assert wanted in advice["missing"][0]


@pytest.mark.parametrize(
    ("effective", "outstanding", "finding"),
    [("yes", "yes", "may"), ("yes", "no", "no"), ("no", "yes", "no"), ("no", "unknown", "no"), ("yes", "unknown", "indeterminate")],
)
def test_a_review_may_be_held_for_what_went_well(effective, outstanding, finding):
    advice = decide("positive_learning", facts={"effective_working": effective, "outstanding_learning": outstanding})

    assert advice["finding"] == finding
    assert [clause["discretionary"] for clause in advice["clauses"]] == ([True] if finding == "may" else [])
    assert len(advice["missing"]) == (1 if finding == "indeterminate" else 0)
