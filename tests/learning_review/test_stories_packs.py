"""Stories about information packs: written by the case, read where they are needed, and written anew when there is more to know."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import docx
import pypdf

from engine.models import Document
from tests.learning_review.course_meetings import FIRST, team_is_called, team_meets
from tests.learning_review.course_of_review import AT_RISK
from tests.learning_review.course_report import csog_has_considered, emppc_has_met, report_is_checked, report_is_settled
from tests.learning_review.story import SQLITE_ONLY, Story
from tests.learning_review.usual_course import (
    CHILD_SEATS,
    CSOG_NOTICE,
    RECOMMENDATION,
    agencies_are_asked,
    care_inspectorate_is_told,
    child,
    criteria_are,
    decision_is,
    facts_are,
    invited,
    is_acknowledged,
    meeting_is_convened,
    notification,
    police_report_comes,
    up_to_the_meeting,
)


def pack(story: Story, name: str) -> Document:
    """A document of the case by the name of its file."""
    [found] = [one for one in story.rows(Document) if one.name == name]
    return found


def content(story: Story, who: str, name: str) -> bytes:
    """What this person downloads, by the link on the case's page."""
    page = story.case_page(who=who)
    address = next(link for link in page.links(name) if not link.endswith("/about"))
    return page.client.get(address).data


def text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def tags(pdf: bytes) -> list[str]:
    """The tags of a PDF, outside in."""

    def walk(node: Any) -> Iterator[str]:
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                yield from walk(one)
        elif isinstance(node, dict):
            yield from [str(node["/S"])] if "/S" in node else []
            yield from walk(node["/K"]) if "/K" in node else ()

    root: Any = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert str(root["/MarkInfo"]["/Marked"]) == "True"
    return list(walk(root["/StructTreeRoot"]))


@SQLITE_ONLY
def test_the_meeting_has_one_pack_and_another_version_when_it_is_convened_again(story: Story):
    # given a report of the police, a recommendation and a meeting
    story.notify(notification(child(), strand="child"))
    is_acknowledged(story, "child")
    agencies_are_asked(story, "police")
    police_report_comes(story)
    meeting_is_convened(story, story.day(20), *CHILD_SEATS)
    story.do(
        "child lead", "Write the recommendation",
        recommendation=RECOMMENDATION | {"themes": [{"theme": "Joint visits", "agencies": ["police"]}]},
    )  # fmt: skip

    # then the pack stands on the task, linked, and holds what the meeting needs; not what is to be handled with care
    task = story.open_task("administrator", "Send out the papers")
    assert task.links("Information pack.pdf") == [f"/documents/{pack(story, 'Information pack.pdf').id}"]
    assert task.links("Information pack.docx") == [f"/documents/{pack(story, 'Information pack.docx').id}"]
    pdf = content(story, "administrator", "Information pack.pdf")
    assert "Police Scotland Report received. Officers visited twice. First reflections: A joint visit helped." in text(pdf)
    assert "Joint visits" in text(pdf)
    assert "To hold a Learning Review. There is more to learn." in text(pdf)
    assert "Version 1, 3 March 2026" in text(pdf)
    assert "Rob Innes" not in text(pdf)
    assert [tag for tag in tags(pdf) if tag in ("/H1", "/H2")] == ["/H1", *["/H2"] * 5]
    assert pack(story, "Information pack.pdf").classification == "papers"

    # when the papers are out, those who are invited are told which document to read
    story.do("administrator", "Send out the papers", papers_issued_on=story.day(0), papers=["pack"], papers_checked=True)
    assert "Please begin with “Information pack.pdf”" in story.letter("meeting_papers").body

    # and when the meeting is moved, the pack says so in its next version
    story.days_pass(20)
    story.do("administrator", "Record the meeting", meeting_held="moved", moved_why="Snow; the roads were closed.")
    meeting_is_convened(story, story.day(7), people=invited([{"key": key} for key in CHILD_SEATS]))
    newer = content(story, "administrator", "Information pack, version 2.pdf")
    assert "It is on 30 March 2026 at 10:30" in text(newer)
    assert "Information pack, version 2.pdf" in story.open_task("administrator", "Send out the papers").text
    about = story.sign_in(story.people["administrator"]).open(f"/documents/{pack(story, 'Information pack, version 2.pdf').id}/about")
    assert "What changed since version 1" in about.text


@SQLITE_ONLY
def test_the_care_inspectorate_s_pack_is_prepared_and_then_kept_as_it_was_sent(story: Story):
    # given a decision
    up_to_the_meeting(story, child("Ailsa Grant"), strand="child")
    facts_are(story, AT_RISK, by="child lead")
    criteria_are(story, "met", "Ailsa Grant", "child_abuse")
    decision_is(story, "proceed", "additional_learning", covered=["Ailsa Grant"])

    # then everything that is known is set out in the order of their form, also as a Word file to work on
    task = story.open_task("child lead", "Tell the Care Inspectorate")
    assert task.links("Care Inspectorate decision.docx") == [f"/documents/{pack(story, 'Care Inspectorate decision.docx').id}"]
    prepared = content(story, "child lead", "Care Inspectorate decision.pdf")
    assert "4. Category To be entered" in text(prepared)
    assert "to proceed to a Learning Review" in text(prepared)
    assert tags(prepared).count("/H2") == 14
    word = docx.Document(io.BytesIO(content(story, "child lead", "Care Inspectorate decision.docx")))
    assert [cell.text for cell in word.tables[0].rows[1].cells][:2] == ["Ailsa Grant", "1 May 2015"]

    # and the reminder names it
    story.days_pass(2)
    assert "“Care Inspectorate decision.pdf”" in story.letter("care_inspectorate_reminder").body

    # when it is sent, then what was sent is the next version, for those alone who may read the notification
    story.do("chair", "Tell CSOG of the decision", **CSOG_NOTICE, csog_timescale="Six to nine months")
    care_inspectorate_is_told(story, "proceed", "child lead")
    sent = content(story, "child lead", "Care Inspectorate decision, version 2.pdf")
    assert "As it was sent on 4 April 2026 by The Lead Officer." in text(sent)
    assert "4. Category Significant or serious harm" in text(sent)
    assert pack(story, "Care Inspectorate decision, version 2.pdf").classification == "notification"
    hidden = story.sign_in(story.people["police"]).open(f"/documents/{pack(story, 'Care Inspectorate decision, version 2.pdf').id}")
    assert hidden.answer.status_code == 404


def test_every_meeting_of_the_review_team_has_the_next_version_of_its_pack(story_from: Callable[[str], Story]):
    # given a review that is set up, when the team is called
    story = story_from("set_up")
    team_is_called(story)

    # then the invitation names the pack, and whoever is in the team reads it
    assert "Please read “Team information pack.pdf” before" in story.letter("team_meeting_invitation").body
    first = pack(story, "Team information pack.pdf")
    read = story.sign_in(story.people["reviewer"])
    pdf = read.client.get(f"/documents/{first.id}").data
    assert "Everybody in the team counts alike" in text(pdf)
    assert "The terms of reference" in text(pdf)
    assert {"/H1", "/H2", "/LI", "/TH"} <= set(tags(pdf))
    assert story.sign_in(story.people["practitioner"]).open(f"/documents/{first.id}").answer.status_code == 404

    # when the team has met and asks itself something, then the next pack has it
    story.days_pass(14)
    team_meets(story, FIRST, another_meeting="yes", issues=[{"text": "Who knew of the visits?", "state": "open"}])
    team_is_called(story, in_days=7)
    second = pack(story, "Team information pack, version 2.pdf")
    read = story.sign_in(story.people["reviewer"])  # signed in anew, for two weeks have passed
    assert "Who knew of the visits?" in text(read.client.get(f"/documents/{second.id}").data)


def test_the_submission_of_the_report_says_which_report_it_is(story_from: Callable[[str], Story]):
    # given a report that CSOG has considered
    story = story_from("finished")
    report_is_settled(story)
    report_is_checked(story)
    emppc_has_met(story)
    csog_has_considered(story)

    # then its covering page stands on the task beside the report, and tells it by its checksum
    task = story.open_task("child lead", "Submit the report to the Care Inspectorate")
    cover = pack(story, "Care Inspectorate submission.pdf")
    assert task.links(cover.name) == [f"/documents/{cover.id}"]
    report = next(one for one in story.rows(Document, media_type="application/pdf") if one.classification == "report")
    assert task.links(report.name) == [f"/documents/{report.id}"]
    pdf = content(story, "child lead", cover.name)
    assert report.sha256 in text(pdf).replace(" ", "")
    assert {"/H1", "/H2", "/TH", "/TD", "/LI"} <= set(tags(pdf))
