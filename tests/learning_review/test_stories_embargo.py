"""A report is for EMPPC and those who work on it until CSOG has considered it, on every page, in every file and in every table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.models import Document, Submission, TaskState, UserTask
from tests.learning_review.course_report import FINAL, csog_has_considered, emppc_has_met, report_is_checked, report_is_settled
from tests.learning_review.story import Story

From = Callable[[str], Story]

ABOUT_A_DOCUMENT = ("", "/about", "/since/1", "/readers", "/replace", "/reclassify", "/withdraw")
OF_THE_CASE = ("/timeline", "/diagram", "/written", "/chronology", "/chronology.csv")
TABLES = ("/board", "/board/cases.csv", "/registers/learning_review/reviews.csv", "/registers/learning_review/improvement_plan.csv")


@pytest.fixture
def at_emppc(story_from: From) -> Story:
    """The report was settled, changed and checked, and is before EMPPC."""
    story = story_from("finished")
    report_is_settled(story, learning="A first go.")
    story.do("manager", "Check that nobody can be recognised", recognition={"outcome": "back", "note": "Please say more."})
    report_is_settled(story)
    report_is_checked(story)
    return story


def files_of_the_report(story: Story) -> list[str]:
    """The addresses of the report's two versions, each as PDF and as Word."""
    found = [f"/documents/{one.id}" for one in story.rows(Document) if one.name.startswith("Learning Review report")]
    assert len(found) == 4
    return found


def forms_with_the_report(story: Story) -> list[str]:
    """The addresses of the forms in which it was written."""
    return [f"/cases/{story.reference}/written/{one.id}" for one in story.rows(Submission) if FINAL["learning"] in str(one.values)]


def answers(story: Story, who: str, addresses: list[str]) -> set[int]:
    """How the site answers this person at these addresses."""
    visitor = story.sign_in(story.people[who])
    return {visitor.client.get(address).status_code for address in addresses}


def test_before_csog_a_member_of_emppc_reads_the_report_and_a_member_of_the_sub_group_finds_nothing_of_it(at_emppc: Story):
    # given a report before EMPPC
    story, files, forms = at_emppc, files_of_the_report(at_emppc), forms_with_the_report(at_emppc)
    [task] = story.rows(UserTask, element_id="present_to_emppc", state=TaskState.OPEN)
    held_back = [
        *(file + about for file in files for about in ABOUT_A_DOCUMENT), *forms, f"/tasks/{task.id}",
        *(f"/cases/{story.reference}{part}" for part in OF_THE_CASE),
    ]  # fmt: skip
    assert len(forms) == 1

    # then a member of EMPPC reads it in their task, and takes the file away
    assert FINAL["learning"] in story.open_task("emppc", "Present the report to EMPPC").text
    assert answers(story, "emppc", files) == {200}

    # and for a member of the Sub-group, or of CSOG, it does not exist: as a page, a file, its versions, or a table
    for who in ("subgroup", "csog", "practitioner", "action owner", "adult lead"):
        assert answers(story, who, held_back) == {404}, who
    seen = story.sign_in(story.people["subgroup"])
    for address in (f"/cases/{story.reference}", *TABLES, "/tasks", "/documents", f"/cases/find?reference={story.reference}"):
        page = seen.open(address).answer
        assert page.status_code == 200, address
        assert not any(text in page.text for text in FINAL.values()), address
        assert "Learning Review report" not in page.text, address

    # and no email says a word of it
    assert not any(text in letter.subject + letter.body for letter in story.letters() for text in FINAL.values())


def test_csog_gets_the_report_with_the_reflections_of_emppc_and_only_its_consideration_lets_it_go_further(at_emppc: Story):
    # given a report before EMPPC
    story, files = at_emppc, files_of_the_report(at_emppc)

    # when EMPPC has no reflections yet, then it goes no further
    assert "Enter" in " ".join(story.try_to("chair", "Present the report to EMPPC", emppc={"reflections": ""}).problems)
    emppc_has_met(story, reflections="Handovers are where we lose people.")

    # then CSOG reads them beside the report
    page = story.open_task("csog", "CSOG considers the report").text
    assert "Handovers are where we lose people." in page
    assert FINAL["learning"] in page
    [paper] = [one for one in story.rows(Document) if one.name.startswith("Paper for CSOG") and one.media_type == "application/pdf"]
    assert answers(story, "csog", [*files, f"/documents/{paper.id}"]) == {200}
    assert answers(story, "emppc", files) == {200}
    assert answers(story, "subgroup", [*files, f"/documents/{paper.id}"]) == {404}

    # when CSOG has considered it, then it is held back no longer, and is still no business of the Sub-group's
    csog_has_considered(story)
    assert story.variables["embargo"] == "cleared"
    assert answers(story, "csog", files) == {200}
    assert answers(story, "subgroup", files) == {404}


def test_the_reviewer_reads_all_that_is_known_of_the_case_and_every_member_of_the_team_as_much(story_from: From):
    # given a review whose team has met
    story = story_from("met_once")
    sent = story.rows(Submission)

    # when they look into what was written
    read = {
        who: {one.id for one in sent if answers(story, who, [f"/cases/{story.reference}/written/{one.id}"]) == {200}}
        for who in ("reviewer", "health member", "police member")
    }

    # then the Reviewer finds the papers, the decision, the terms and the meetings of the team; not who notified
    forms = {one.form_key for one in sent if one.id in read["reviewer"]}
    assert {"recommendation", "meeting_record", "proceed_decision", "terms_of_reference", "review_plan", "team_record"} <= forms
    assert not {"notification", "independence_clearing", "reviewer_appointment"} & forms

    # and whoever chairs the team, how it was formed and what its members declared
    chaired = {one.form_key for one in sent if answers(story, "review chair", [f"/cases/{story.reference}/written/{one.id}"]) == {200}}
    of_the_team = {"reviewer_appointment", "team_nomination", "team_confirmation", "independence_declaration", "independence_clearing"}
    assert chaired - forms <= of_the_team
    assert "independence_clearing" in chaired

    # and every member of the team finds as much, but for what each declared of themselves
    declared = {one.id for one in sent if one.form_key == "independence_declaration"}
    assert read["reviewer"] - declared == read["health member"] - declared == read["police member"] - declared
