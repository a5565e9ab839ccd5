"""Stories about the agencies' reports: one that never comes, one that comes late, one that needs longer."""

from __future__ import annotations

from engine import clock
from tests.learning_review.story import SQLITE_ONLY, Story
from tests.learning_review.usual_course import (
    CHILD_SEATS,
    REPORT,
    agencies_are_asked,
    child,
    criteria_are,
    facts_are,
    is_acknowledged,
    meeting_is_convened,
    meeting_is_held,
    notification,
    papers_are_out,
    police_report_comes,
)

pytestmark = SQLITE_ONLY


NOT_HARMED = {
    "died": "no", "harmed": "no", "abuse_factor": "no", "harm_cause": "other", "cpr": "no", "sibling_cpr": "no", "care_experienced": "no",
    "carm": "no", "additional_learning": "no", "effective_working": "no",
}  # fmt: skip


def the_agencies_are_asked(story: Story, *agencies: str) -> None:
    """On 3 March; their reports are due on 17 March."""
    story.notify(notification(child(), strand="child"))
    is_acknowledged(story, "child")
    agencies_are_asked(story, *agencies)


def told(story: Story, template: str, to: str) -> list[str]:
    """The civil days on which this person got such a letter."""
    return [
        letter.written_at.astimezone(clock.CIVIL).date().isoformat() for letter in story.letters(template) if letter.to_name == to
    ]  # fmt: skip


def test_an_agency_that_never_replies_is_reminded_told_of_and_gone_on_without(story: Story):
    # given two agencies that are asked; NHS Lothian was not involved, and the police do not answer
    the_agencies_are_asked(story, "nhs", "police")
    assert {letter.to_name for letter in story.letters("report_request")} == {"Nadia Shah", "Pete Dunn"}
    story.do("nhs", "Decide who writes the report", response="nil_return", nil_reason="She was never our patient.")
    meeting_is_convened(story, story.day(35), *CHILD_SEATS)

    # when three weeks pass
    story.days_pass(21)

    # then the police were reminded 5 and 2 days before and on the day, told 2 days after, and the Chair was told 5 days after
    assert told(story, "report_reminder", "Pete Dunn") == ["2026-03-12", "2026-03-15", "2026-03-17"]
    assert told(story, "report_overdue", "Pete Dunn") == ["2026-03-19"]
    assert told(story, "report_escalation", "Grace Kerr") == ["2026-03-22"]
    assert [letter for letter in story.letters("report_reminder") if letter.to_name == "Nadia Shah"] == []
    assert "→ 17 March 2026" in story.deadline("Agency report Police Scotland")
    assert story.tasks_of("police") == ["Decide who writes the report – Police Scotland"]

    # when the Chair is reminded once more, and decides to go on without
    story.days_pass(7)
    assert told(story, "report_escalation", "Grace Kerr") == ["2026-03-22", "2026-03-29"]
    story.do(
        "chair", "Decide about a missing report", "Police Scotland", missing_contact="I telephoned Pete Dunn.",
        missing_choice="go_on_without", missing_reason="Nobody is free to write it.",
    )  # fmt: skip

    # then the case goes on, and the gap is named
    assert story.stage == "Preparing the Consideration Meeting since 31 March 2026"
    recommendation = story.open_task("child lead", "Write the recommendation").text
    assert "Police Scotland" in recommendation
    assert "Nobody is free to write it." in recommendation
    papers_are_out(story, missing_reports_reason="Nobody was free to write it.")
    assert "Record the meeting" in story.tasks_of("administrator")

    # and the police can still send it, until the meeting has decided
    assert story.tasks_of("police") == ["Decide who writes the report – Police Scotland"]
    story.days_pass(7)
    assert told(story, "report_escalation", "Grace Kerr") == ["2026-03-22", "2026-03-29"]


def test_a_report_that_is_asked_for_no_longer_is_said_to_be_so(story: Story):
    # given an agency that does not answer, and a meeting that goes on without its report
    the_agencies_are_asked(story, "nhs", "police")
    story.do("nhs", "Decide who writes the report", response="nil_return", nil_reason="She was never our patient.")
    meeting_is_convened(story, story.day(35), *CHILD_SEATS)
    story.days_pass(28)
    story.do(
        "chair", "Decide about a missing report", "Police Scotland", missing_contact="I telephoned Pete Dunn.",
        missing_choice="go_on_without", missing_reason="Nobody is free to write it.",
    )  # fmt: skip
    papers_are_out(story, missing_reports_reason="Nobody was free to write it.")

    # when the meeting decides while the police have the task open
    asked = story.open_task("police", "Decide who writes the report").answer.request.path
    story.days_pass(7)
    meeting_is_held(story, *CHILD_SEATS)
    facts_are(story, NOT_HARMED)
    criteria_are(story, "not_met", "Ailsa Grant", "child_abuse")

    # then the task says so instead of failing
    assert story.tasks_of("police") == []
    late = story.sign_in(story.people["police"]).open(asked)
    assert late.answer.status_code == 409
    assert "no longer needed: the case has moved on" in late.text


def test_a_report_that_comes_after_the_case_has_gone_on_without_it_reaches_the_case(story: Story):
    # given an agency without whose report the case has gone on, while its author had begun to write
    the_agencies_are_asked(story, "police", "nhs")
    story.do("police", "Decide who writes the report", response="delegate", author_name="Rob Innes", author_email="rob.innes@example.org")
    begun = story.open_task("police author", "Write the agency report").answer.request.path
    story.days_pass(20)
    for agency in ("Police Scotland", "NHS Lothian"):
        story.do(
            "chair", "Decide about a missing report", agency, missing_contact="I telephoned.", missing_choice="go_on_without",
            missing_reason="Nobody is free to write it.",
        )  # fmt: skip
    assert story.stage.startswith("Preparing the Consideration Meeting")

    # when the police's comes before the recommendation is written, then it is read with the others
    assert story.open_task("police author", "Write the agency report").answer.request.path == begun
    story.do("police author", "Write the agency report", report=REPORT)
    story.do("police", "Sign the report off", sign_off="approve")
    recommendation = story.open_task("child lead", "Write the recommendation").text
    assert "Officers visited twice." in recommendation
    assert "after all" in story.letter("task_waiting").body
    meeting_is_convened(story, story.day(10), *CHILD_SEATS)
    papers_are_out(story, themes=[{"theme": "Visits", "agencies": ["police"]}], missing_reports_reason="NHS Lothian had nobody free.")

    # and when the other comes after it, then the Lead Officer says how the meeting hears of it
    story.do("nhs", "Decide who writes the report", response="write")
    story.do("nhs", "Write the agency report", report=REPORT | {"involvement": "Nurses saw her each month."})
    story.do("nhs", "Sign the report off", sign_off="approve", same_person_reason="I wrote it myself.")
    assert "Nurses saw her each month." in story.open_task("child lead", "Read a late report", "NHS Lothian").text
    story.do("child lead", "Read a late report", late_report_use="said", late_report_note="Who saw her, and when.")
    assert "Read a late report – NHS Lothian" not in story.tasks_of("child lead")


def test_an_agency_that_will_not_report_is_talked_to_at_once_and_may_change_its_mind(story: Story):
    # when the police say that there will be no report
    the_agencies_are_asked(story, "police")
    story.do("police", "Decide who writes the report", response="refuse", refusal_reason="The matter is before the court.")

    # then the Chair is told on the same day, and reads why
    assert told(story, "report_escalation", "Grace Kerr") == ["2026-03-03"]
    assert "there will be no report" in story.letter("report_escalation").body
    assert "The matter is before the court." in story.open_task("chair", "Decide about a missing report", "Police Scotland").text

    # and when the Chair goes on without, then nobody is reminded any more and the Chair is not asked again
    story.do(
        "chair", "Decide about a missing report", missing_contact="I telephoned.", missing_choice="go_on_without",
        missing_reason="They may not share it yet.",
    )  # fmt: skip
    story.days_pass(25)
    assert story.letters("report_reminder") == story.letters("report_overdue") == []
    assert "Decide about a missing report – Police Scotland" not in story.tasks_of("chair")
    assert "They may not share it yet." in story.open_task("child lead", "Write the recommendation").text

    # and when they send one all the same, it counts
    police_report_comes(story)
    assert "Officers visited twice." in story.open_task("child lead", "Write the recommendation").text


def test_a_report_that_comes_after_its_day_is_late_and_counts_all_the_same(story: Story):
    # given the police, whose report was due on 17 March
    the_agencies_are_asked(story, "police")
    story.days_pass(24)
    assert "Decide about a missing report – Police Scotland" in story.tasks_of("chair")

    # when it comes on 27 March
    police_report_comes(story)

    # then the date says both, nobody need decide about it any more, and the recommendation has it
    assert story.deadline("Agency report Police Scotland").endswith(
        "17 March 2026 No reason has been recorded yet. Missed done on 27 March 2026"
    )
    assert "Decide about a missing report – Police Scotland" not in story.tasks_of("chair")
    assert story.letter("report_received").to_name == "Pete Dunn"
    assert "Officers visited twice." in story.open_task("child lead", "Write the recommendation").text


def test_an_agency_that_asks_for_longer_is_reminded_of_the_new_date_and_not_of_the_old(story: Story):
    # given the police, who ask for a week more
    the_agencies_are_asked(story, "police")
    story.do("police", "Decide who writes the report", response="extend", asked_until="2026-03-24", asked_why="The author is on leave.")

    # when the Lead Officer agrees
    asked = story.open_task("child lead", "Answer the request for longer", "Police Scotland")
    assert "The author is on leave." in asked.text
    story.do("child lead", "Answer the request for longer", more_time_answer="agree", more_time_until="2026-03-24")

    # then the police are reminded 2 days before the new date, and of no other
    assert "24 March 2026" in story.open_task("police", "Decide who writes the report").text
    story.days_pass(22)
    assert told(story, "report_reminder", "Pete Dunn") == ["2026-03-22"]
    assert story.letters("report_overdue") == story.letters("report_escalation") == []
    police_report_comes(story)
    assert "Write the recommendation" in story.tasks_of("child lead")


def test_a_report_that_is_sent_back_returns_to_its_author_with_the_note(story: Story):
    # given a report that the police's Senior Manager reads
    the_agencies_are_asked(story, "police")
    story.do("police", "Decide who writes the report", response="delegate", author_name="Rob Innes", author_email="rob.innes@example.org")
    assert story.letter("task_waiting").to_email == "rob.innes@example.org"
    story.do("police author", "Write the agency report", report=REPORT)

    # when it is sent back
    story.do("police", "Sign the report off", sign_off="send_back", send_back_comment="Please add the second visit.")

    # then the author finds the note, and everything that was written
    again = story.open_task("police author", "Write the agency report")
    assert "Please add the second visit." in again.text
    story.do("police author", "Write the agency report", report={"involvement": "Officers visited three times."})
    story.do("police", "Sign the report off", sign_off="approve")
    assert "Officers visited three times." in story.open_task("child lead", "Write the recommendation").text


def test_the_dates_of_all_agencies_are_read_side_by_side(story: Story):
    # given two agencies that have reported, and speak of the same day
    the_agencies_are_asked(story, "police", "nhs")
    for agency, event in (("police", "Officers came to the house."), ("nhs", "A nurse saw her at home.")):
        story.do(agency, "Decide who writes the report", response="write")
        key_date = {"date": "2025-01-02", "event": event, "source": "The visits book", "significance": "Nobody knew of the other."}
        story.do(agency, "Write the agency report", report=REPORT | {"chronology": [key_date]})

    # when the Lead Officer opens the chronology
    page = story.case_page("/chronology", "child lead")

    # then it tells who says what of that day
    assert "2 January 2025 Two accounts" in page.text
    assert "NHS Lothian A nurse saw her at home. Why it matters: Nobody knew of the other." in page.text
    assert "Police Scotland Officers came to the house." in page.text
