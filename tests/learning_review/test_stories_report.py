"""The report is settled and checked, EMPPC reflects on it, CSOG considers it; it is published or not, and the Care Inspectorate is told."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import docx

from engine.models import Document, Submission
from tests.learning_review.course_report import (
    ASSESSED,
    csog_has_considered,
    emppc_has_met,
    report_is_checked,
    report_is_settled,
)
from tests.learning_review.story import Story

From = Callable[[str], Story]

TO_PUBLISH: dict[str, Any] = {"family": "told", "sensitive_day": "no", "accessible": "yes"}
SIGNED: dict[str, Any] = {"people": "yes", "area": "yes"}


def word_file(text: str, **properties: str) -> bytes:
    """A Word document that says this, with these properties."""
    made, file = docx.Document(), io.BytesIO()
    made.add_paragraph(text)
    for name, value in properties.items():
        setattr(made.core_properties, name, value)
    made.save(file)
    return file.getvalue()


def is_prepared(story: Story, files: dict[str, tuple[str, bytes]] | None = None, **checks: Any) -> None:
    """The office prepares what is published, and the manager signs it."""
    story.do("administrator", "Prepare what is published", files=files, publication_checks=TO_PUBLISH | checks)
    story.do("manager", "Sign what is to be published", publication_signed=SIGNED)


def test_the_report_goes_to_emppc_and_to_csog_and_is_published(story_from: From):
    # given a draft that the Review Team finds final
    story = story_from("finished")

    # when the Reviewer settles it
    report_is_settled(story, learning="Ailsa Grant was not asked, and Musselburgh was never visited.")

    # then names and places are shown to whoever checks it, and the Reviewer is not the one
    assert "Check that nobody can be recognised" not in story.tasks_of("reviewer")
    check = story.open_task("manager", "Check that nobody can be recognised").text
    assert "Ailsa Grant" in check
    assert "Musselburgh" in check

    # when it goes back, is changed and passes
    story.do("manager", "Check that nobody can be recognised", recognition={"outcome": "back", "note": "Take the name out."})
    assert "Take the name out." in story.open_task("reviewer", "Settle the final report").text
    report_is_settled(story)
    report_is_checked(story)

    # then EMPPC gets it, and nobody else
    assert "Report to EMPPC" in story.stage
    assert story.variables["embargo"] == "set"
    emppc_has_met(story)
    assert "Report to CSOG" in story.stage

    # and CSOG, whose consideration ends the time in which it is held back
    csog_has_considered(story)
    assert story.variables["embargo"] == "cleared"
    assert "Prepare what is published" in story.tasks_of("administrator")

    # when it is prepared, signed and placed
    is_prepared(story)
    placed = {"on": story.day(0), "address": "https://committee.example/learning-reviews/1"}
    story.do("administrator", "Publish the report", published=placed)

    # then what was published is known by its checksum
    [done] = [one for one in story.rows(Submission) if one.form_key == "publication_done"]
    assert done.values["published"]["checksum"] in {one.sha256 for one in story.rows(Document) if one.media_type == "application/pdf"}
    assert not any("publish" in task.lower() for task in story.tasks_of("administrator"))


def test_emppc_corrects_a_fact_and_csog_asks_for_a_change(story_from: From):
    # given a report before EMPPC
    story = story_from("finished")
    report_is_settled(story)
    report_is_checked(story)

    # when EMPPC corrects a fact, it is corrected and checked anew
    emppc_has_met(story, facts_right="no", corrections="There were four visits.")
    assert "There were four visits." in story.open_task("reviewer", "Settle the final report").text
    report_is_settled(story, how_conducted="Three meetings, two events, four visits.")
    report_is_checked(story)
    emppc_has_met(story)

    # and when CSOG asks for a change, it comes back the same way
    back = {"considered_on": story.day(0), "by_chair": "yes", "outcome": "back", "note": "Say what it costs."}
    story.do("csog", "CSOG considers the report", at_csog=back)
    assert "Say what it costs." in story.open_task("reviewer", "Settle the final report").text
    assert story.variables["embargo"] == "set"


def test_what_could_tell_the_council_area_is_never_published(story_from: From):
    # given a report that CSOG wants to be published
    story = story_from("reported")

    # when its text, a file's name or a file's properties name a place, and somebody signs it all the same
    for files, words in (
        (None, {"learning": "A worker from Dalkeith knew."}),
        ({"publication_checks__files": ("Musselburgh summary.docx", word_file("What was learned."))}, {"learning": "A worker knew."}),
        (
            {"publication_checks__files": ("summary.docx", word_file("What was learned.", subject="Tranent"))},
            {"learning": "A worker knew."},
        ),
    ):
        story.do("administrator", "Prepare what is published", files=files, publication_checks=TO_PUBLISH, published_text=words)
        story.do("manager", "Sign what is to be published", publication_signed=SIGNED)

        # then it comes back, and says what tells
        prepared = story.open_task("administrator", "Prepare what is published").text
        assert "could tell the council area" in prepared

    # and nothing has been placed
    assert not any(task.startswith("Publish the report") for task in story.tasks_of("administrator"))


def test_the_author_of_what_is_published_cannot_sign_it(story_from: From):
    story = story_from("reported")

    story.do("child lead", "Prepare what is published", publication_checks=TO_PUBLISH)

    assert not any(task.startswith("Sign what is to be published") for task in story.tasks_of("child lead"))
    assert any(task.startswith("Sign what is to be published") for task in story.tasks_of("manager"))


def test_csog_defers_publication_until_a_trial_is_over(story_from: From):
    # given a report before CSOG
    story = story_from("finished")
    report_is_settled(story)
    report_is_checked(story)
    emppc_has_met(story)

    # when it is to be published after the trial
    csog_has_considered(story, {"decision": "later_event", "event": "The end of the trial", "extent": "summary"} | ASSESSED)

    # then somebody looks every four weeks
    story.do("child lead", "See whether it has happened", publication_waits={"happened": "not_yet"})
    assert not any(task.startswith("See whether") for task in story.tasks_of("child lead"))
    story.days_pass(28)
    story.do("child lead", "See whether it has happened", publication_waits={"happened": "yes"})

    # and it can be prepared
    is_prepared(story)
    assert any(task.startswith("Publish the report") for task in story.tasks_of("administrator"))


def test_what_does_not_happen_is_decided_again(story_from: From):
    # given a report that waits for something
    story = story_from("finished")
    report_is_settled(story)
    report_is_checked(story)
    emppc_has_met(story)
    csog_has_considered(story, {"decision": "later_event", "event": "An inquiry", "extent": "full"} | ASSESSED)

    # when it will not happen, CSOG decides again: on a day
    story.do("child lead", "See whether it has happened", publication_waits={"happened": "never"})
    day = (story.today + timedelta(days=60)).isoformat()
    story.do(
        "csog", "CSOG decides again on publication", publication={"decision": "later_date", "publish_on": day, "extent": "full"} | ASSESSED
    )

    # then the office is reminded four weeks and one week before, and prepares it on that day
    reminded = len(story.letters("task_waiting"))
    story.days_pass(59)
    assert len([one for one in story.letters("task_waiting")[reminded:] if "to be published soon" in one.body]) == 2
    story.days_pass(2)
    assert story.today > date.fromisoformat(day)
    assert "Prepare what is published" in story.tasks_of("administrator")


def test_the_care_inspectorate_gets_the_report_and_its_feedback_is_taken_up(story_from: From):
    # given a report that CSOG has considered
    story = story_from("reported")
    assert "7 calendar days" in story.deadline("Submit the report to the Care Inspectorate")

    # when nobody submits it for a week, the Lead Officer is reminded three times
    before = len(story.letters("task_waiting"))
    story.days_pass(9)
    asked = [letter for letter in story.letters("task_waiting")[before:] if "waits for a report" in letter.body]
    assert len(asked) == 3

    # and when it is submitted, they meet, and feedback comes
    sent = {"checked": ["anonymised", "right_version"], "submitted_on": story.day(0), "how": "portal", "receipt": "CI 77"}
    story.do("child lead", "Submit the report to the Care Inspectorate", inspectorate=sent)
    met = {"on": story.day(0), "there": ["inspectorate", "chair", "lead", "manager"], "note": "A good review."}
    story.do("chair", "Meet the Care Inspectorate", inspectorate_met=met)
    story.do("child lead", "Keep the written feedback", feedback={"received_on": story.day(0), "text": "Look at the handover."})
    story.do(
        "subgroup", "Review the feedback", feedback_review={"on": story.day(0), "view": "We agree."},
        feedback_actions=[{"change": "Handovers are complete.", "action": "Write a handover sheet.", "kind": "practice", "agency": "nhs",
                           "owner": "Ruth Bell", "due": story.day(90), "priority": "high", "measure": "A sample each quarter."}],
    )  # fmt: skip

    # then CSOG gets it with the view of the Sub-group
    assert "We agree." in story.open_task("child lead", "Provide the feedback to CSOG").text
    story.do("child lead", "Provide the feedback to CSOG", feedback_provided={"on": story.day(0)})
