"""Who may see what, as people find it on the site while a case goes its usual way: pages, board, documents, letters, drafts."""

from __future__ import annotations

import pytest

from engine import mail
from engine.models import Membership, Submission
from tests.learning_review.course_of_review import AT_RISK
from tests.learning_review.story import Story
from tests.learning_review.usual_course import (
    CHILD_SEATS,
    agencies_are_asked,
    child,
    criteria_are,
    decision_is,
    everybody_is_told,
    facts_are,
    is_acknowledged,
    meeting_is_convened,
    meeting_is_held,
    notification,
    papers_are_out,
    police_report_comes,
)

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def sees(story: Story, who: str) -> str:
    """ "all" of the case page, "status" only, or "nothing"; and the board, its CSV and the search agree."""
    visitor = story.sign_in(story.people[who])
    page = visitor.open(f"/cases/{story.reference}")
    found = "nothing" if page.answer.status_code == 404 else "status" if "How it stands" in page.text else "all"
    addresses = ("/board", "/board?ended=1", "/board/cases.csv", "/board/cases.csv?ended=1")
    listed = any(story.reference in visitor.open(address).answer.text for address in addresses)
    assert listed is (found != "nothing"), (who, found)
    assert (visitor.open(f"/cases/find?reference={story.reference}").answer.request.path == f"/cases/{story.reference}") is listed
    if found != "all":
        for part in ("/timeline", "/diagram", "/written"):
            assert visitor.open(f"/cases/{story.reference}{part}").answer.status_code == 404, (who, part)
    if found == "status":
        for kept in ("Ailsa", "Police", "East Lothian", "Jo Park"):
            assert kept not in visitor.open(f"/cases/{story.reference}").text, (who, kept)
    return found


def forms_read(story: Story, who: str) -> int:
    """How many of the case's sent forms this person can open."""
    visitor = story.sign_in(story.people[who])
    pages = (f"/cases/{story.reference}/written/{one.id}" for one in story.rows(Submission))
    return sum(visitor.open(page).answer.status_code == 200 for page in pages)


OFFICE = ("administrator", "child lead", "manager", "chair")
OUTSIDE = ("adult lead", "review chair", "reviewer", "practitioner", "action owner", "csog", "emppc", "records officer")


def office_alone_sees_it(story: Story) -> None:
    assert {who: sees(story, who) for who in OFFICE} == dict.fromkeys(OFFICE, "all")
    assert {who: sees(story, who) for who in OUTSIDE} == dict.fromkeys(OUTSIDE, "nothing")
    assert sees(story, "subgroup") == "status"


def test_from_notification_to_decision_everybody_sees_what_is_theirs(story: Story) -> None:
    # given a case of a child that the office has just been told of
    story.notify(notification(child("Ailsa Grant"), strand="child"))
    office_alone_sees_it(story)
    assert sees(story, "police") == "nothing"

    # when the police write their report, they read that and nothing else
    is_acknowledged(story, "child")
    agencies_are_asked(story, "police", by="child lead")
    police_report_comes(story)
    assert [sees(story, who) for who in ("police", "police author", "nhs")] == ["nothing"] * 3
    office_alone_sees_it(story)

    # when the papers are out, who is invited reads them, and the notification stays the office's
    meeting_is_convened(story, story.day(20), *CHILD_SEATS)
    assert sees(story, "nhs") == "nothing"
    papers_are_out(story, themes=[{"theme": "Visits", "agencies": ["police"]}])
    assert sees(story, "nhs") == sees(story, "police") == "all"
    case_for_nhs = story.case_page("/written", who="nhs").text
    assert "Write the recommendation" in case_for_nhs
    assert "Write the agency report" in case_for_nhs
    assert "Check the notification" not in case_for_nhs
    assert 0 < forms_read(story, "nhs") < forms_read(story, "chair")

    # when it is decided, the minute and the decision are theirs, until two weeks after the minute is approved
    story.days_pass(20)
    meeting_is_held(story, *CHILD_SEATS)
    facts_are(story, AT_RISK, by="child lead")
    criteria_are(story, "met", "Ailsa Grant", "child_abuse")
    decision_is(story, "proceed", "additional_learning", covered=["Ailsa Grant"])
    assert sees(story, "csog") == "status"
    written = story.case_page("/written", who="nhs").text
    assert "Record the meeting" in written
    assert "Write the agency report" not in written
    everybody_is_told(story, "proceed")
    assert sees(story, "nhs") == "all"
    story.days_pass(15)
    assert sees(story, "nhs") == "nothing"
    assert not [one for one in story.rows(Membership) if one.group == "meeting_member"]


def test_who_is_invited_and_has_no_account_gets_one_and_chooses_a_password(story: Story) -> None:
    story.notify(notification(child("Ailsa Grant"), strand="child"))
    is_acknowledged(story, "child")
    agencies_are_asked(story, by="child lead")
    meeting_is_convened(story, story.day(20), *CHILD_SEATS)
    papers_are_out(story)

    letters = {one.to_email: one for one in story.letters("meeting_papers")}

    assert "/set-password/" in letters["martin.fell@example.org"].body
    assert "/set-password/" not in letters["nadia.shah@example.org"].body
    assert all("Ailsa" not in one.subject + one.body for one in letters.values())
    assert mail.message_of(letters["martin.fell@example.org"], "casework@example.org")["Subject"].startswith(story.reference)


def test_a_lead_officer_of_the_other_strand_sees_a_case_of_both(story: Story) -> None:
    story.notify(notification(child("Ailsa Grant", born="2009-05-01", asp="never"), strand="both"))

    assert (sees(story, "adult lead"), sees(story, "child lead")) == ("all", "all")
