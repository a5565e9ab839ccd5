"""Stories about registers: what runs beside the cases, and who has asked for what is held."""

from __future__ import annotations

from tests.learning_review.story import SQLITE_ONLY, Story
from tests.learning_review.test_stories_parallel import CRIMINAL, INQUIRY, checked, hold, with_proceedings
from tests.learning_review.test_stories_troubles import is_closed_early

pytestmark = SQLITE_ONLY

FREEDOM = {"kind": "foi", "asked": "How many reviews were held in five years.", "about": ""}


def test_what_runs_beside_a_case_stands_in_the_register_until_it_is_over(story: Story):
    # given criminal proceedings that a notification names
    with_proceedings(story, CRIMINAL)

    # then they are in the register at once, with the case, for those who may know of it
    (row,) = story.register("parallel_processes")
    assert (row["Process"], row["Who is responsible"], row["Case"]) == (
        "Criminal investigation or court case", "Police Scotland", story.reference,
    )  # fmt: skip
    assert (row["How far it has got"], row["Next check"], row["What they advise"]) == ("Under way", story.day(7), "")

    # when the police were asked, then the register says so, and what waits for them
    story.do("child lead", "Check on a parallel process", **checked(story, holds=[hold(story, "events"), hold(story, "publication")]))
    (row,) = story.register("parallel_processes", "child lead")
    assert (row["What waits for it"], row["Next check"]) == ("Events, Publication", story.day(21))
    assert row["What they advise"] == "Two people may be called as witnesses."

    # when they are over, then the row is closed, and says how they ended
    story.do("manager", "Check on a parallel process", **checked(story, stage="finished", ended_on=story.day(-1), outcome="No charge."))
    assert story.register("parallel_processes") == []
    (row,) = story.register("parallel_processes", asked="state=closed")
    assert (row["How it ended"], row["Ended on"], row["Next check"]) == ("No charge.", story.day(-1), "")


def test_what_runs_beside_a_case_is_not_followed_after_its_end_and_the_row_says_so(story: Story):
    # given two cases with something beside each of them
    with_proceedings(story, INQUIRY)
    other = story.reference
    with_proceedings(story, CRIMINAL)

    # when one of them is closed early
    is_closed_early(story, "in_error")

    # then its row is closed with it and says why, for whoever opens closed cases, and the row of the other one stays
    (row,) = story.register("parallel_processes", "records officer", "state=closed")
    assert (row["Case"], row["How it ended"]) == (story.reference, "Not known: our case ended first")
    assert (row["Next check"], row["Ended on"]) == ("", "")
    assert [row["Case"] for row in story.register("parallel_processes")] == [other]


def test_the_register_of_what_runs_beside_the_cases_does_not_exist_for_those_outside_the_office(story: Story):
    with_proceedings(story, CRIMINAL)

    assert story.register("parallel_processes", "records officer") == []
    for who in ("subgroup", "police", "csog"):
        visitor = story.sign_in(story.people[who])
        assert visitor.open("/registers/learning_review/parallel_processes").answer.status_code == 404
        assert visitor.open("/registers/learning_review/parallel_processes.csv").answer.status_code == 404


def test_a_freedom_of_information_request_is_logged_and_has_twenty_working_days(story: Story):
    # given a request that is about a case
    with_proceedings(story, CRIMINAL)
    case = story.reference
    story.begin("disclosure_request", "administrator", disclosure=FREEDOM | {"received_on": story.day(-1), "about": case.lower()})

    # then it has a reference of its own, a period that the law gives, and both cases know of each other
    assert story.reference.startswith("DIS-")
    assert "20 working days" in story.deadline("Answer to a freedom of information request")
    assert "due 30 March 2026" in " ".join(story.waits_for) or "30 March 2026" in story.deadline(
        "Answer to a freedom of information request"
    )
    assert f"This case is about what is held in {case}" in story.case_page().text
    (row,) = story.register("disclosure_log", "records officer")
    assert (row["Kind of request"], row["Time to answer"], row["Case"]) == ("Freedom of information", "20 working days", story.reference)

    # when it is answered in part, then the log says what was given, and why not all
    story.days_pass(10)
    given = {"given": "The number of reviews.", "reason": "Years with few cases: people could be known.", "nobody_named": True}
    story.do("records officer", "Answer a freedom of information", answer=given | {"decision": "part", "decided_on": story.day(0)})
    (row,) = story.register("disclosure_log", "records officer", "state=closed")
    assert (row["Decision"], row["What was given"], row["Answered on"]) == ("Part of it given", "The number of reviews.", story.day(0))
    assert story.stage.startswith("Closed on")


def test_a_person_who_asks_about_themselves_is_answered_within_a_month_and_lateness_is_noted(story: Story):
    # given a request that names a case there is none of
    story.begin("disclosure_request", "records officer", disclosure=FREEDOM | {"kind": "sar", "received_on": story.day(0), "about": "LR-0"})
    assert story.case_page().text.count("Linked cases") == 0

    # when a month and a day have passed
    story.days_pass(32)

    # then the deadline is missed, and the request can still be answered
    assert "3 April 2026 1 day overdue" in story.deadline("Answer to a request about oneself").replace(
        " No reason has been recorded yet.", ""
    )
    refused = story.try_to("records officer", "Answer a request about oneself", answer={"decision": "none", "decided_on": story.day(1)})
    assert refused.problems == ["Enter why something was held back", "The date must be today or in the past"]
    answer = {"decision": "none", "reason": "It is about somebody else.", "decided_on": story.day(0)}
    story.do("records officer", "Answer a request about oneself", answer=answer)
    assert story.register("disclosure_log", asked="state=closed")[0]["Decision"] == "Nothing given"
