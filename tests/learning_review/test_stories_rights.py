"""Stories about access that comes late, ends early, or is kept from those who would judge themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from engine import identity
from engine.database import transaction
from engine.models import Document, Draft, Person, ProcessInstance, TaskState, UserTask
from tests.conftest import PASSWORD
from tests.learning_review.course_events import draft_is_written
from tests.learning_review.course_setup import roles_of
from tests.learning_review.story import SQLITE_ONLY, Story
from tests.learning_review.test_stories_beginning import LED_BY_FIFE
from tests.learning_review.test_stories_plan import action_is_reviewed, agreed
from tests.learning_review.test_stories_registers import FREEDOM
from tests.learning_review.usual_course import agencies_are_asked, child, is_acknowledged, notification, police_report_comes

JOINT = LED_BY_FIFE | {"lead_area": "ours", "counterpart_access": "yes", "counterpart_email": "moira.gunn@example.org"}


@SQLITE_ONLY
def test_our_counterpart_in_another_area_reads_a_joint_case_until_the_day_that_was_agreed(story: Story) -> None:
    # given a child of two areas; the Chair agrees that we lead, and that Moira Gunn reads the case here for a month
    story.notify(notification(child(), strand="child", other_area="yes", other_area_name="Fife"))
    is_acknowledged(story, "child")
    story.do("chair", "Agree with the other area", contacted_on=story.day(0), counterpart_until=story.day(30), **JOINT)

    # then she is sent a link to choose a password, and no word of the case but its reference
    assert "/set-password/" in story.letter("counterpart_welcome").body
    assert "Ailsa" not in story.letter("counterpart_welcome").body
    with transaction(story.sessions) as session:
        moira = identity.by_email(session, "moira.gunn@example.org")
        assert moira is not None
        identity.set_password(session, moira, PASSWORD)
        story.people["counterpart"] = identity.actor_for(session, moira)

    # when agencies have reported, then she opens the case, and finds nothing of what they wrote
    agencies_are_asked(story, "police", by="child lead")
    police_report_comes(story)
    page = story.case_page("/written", who="counterpart")
    for kept in ("Write the agency report", "Check the notification", "Tell the person who notified"):
        assert kept not in page.text
    assert "visited twice" not in story.case_page("/chronology", who="counterpart").text
    assert story.tasks_of("counterpart") == []

    # and when the day has come, the case does not exist for her any more
    story.days_pass(30)
    assert answers(story, "counterpart", f"/cases/{story.reference}", f"/cases/{story.reference}/timeline") == {404}
    assert story.reference not in story.sign_in(story.people["counterpart"]).open("/board").text


@SQLITE_ONLY
def test_the_records_officer_opens_a_request_for_what_is_held_and_learns_of_no_case_by_it(story: Story) -> None:
    # given a case, and a request that the records officer notes to be about it
    story.notify(notification(child(), strand="child"))
    case = story.reference
    story.begin("disclosure_request", "records officer", disclosure=FREEDOM | {"received_on": story.day(0), "about": case})

    # then they open the request, which tells them of no link and of no case beside it
    page = story.case_page(who="records officer")
    timeline = story.case_page("/timeline", who="records officer").text
    assert "Linked cases" not in page.text
    assert "linked to another" not in timeline
    assert answers(story, "records officer", f"/cases/{case}", f"/cases/{case}/timeline") == {404}

    # and the office, which may open both, is told
    assert f"This case is about what is held in {case}" in story.case_page().text
    assert "linked to another" in story.case_page("/timeline").text

    # and for the Sub-group there is no request at all
    assert answers(story, "subgroup", f"/cases/{story.reference}") == {404}
    assert story.reference not in story.sign_in(story.people["subgroup"]).open("/board").text


@SQLITE_ONLY
def test_who_owns_an_improvement_action_does_not_judge_it(story: Story) -> None:
    # given an action that a member of the Sub-group owns herself, when it is to be reviewed
    with transaction(story.sessions) as session:
        other = identity.add_person(session, email="nan.ure@example.org", name="Nan Ure", password=PASSWORD, groups=["subgroup_member"])
        story.people["other member"] = identity.actor_for(session, other)
    reference = agreed(story, owner_email="mina.patel@example.org", owner_name="Mina Patel")
    story.days_pass(92 + 21)
    [task] = story.rows(UserTask, element_id="judge_action", state=TaskState.OPEN)

    # then it is not on her list, and its page says why
    assert not any(name.startswith("Review an improvement action") for name in story.tasks_of("subgroup"))
    page = story.sign_in(story.people["subgroup"]).open(f"/tasks/{task.id}")
    assert page.answer.status_code == 409
    assert "You act as “Action owner” in this case, so somebody else must do “Review an improvement action”" in page.text

    # and another member reviews it
    story.people["subgroup"] = story.people["other member"]
    action_is_reviewed(story, reference, evidence_seen="no", impact="none_yet")
    assert story.rows(UserTask, element_id="judge_action", state=TaskState.OPEN) == []


def test_a_member_who_was_involved_loses_everything_at_once_with_an_open_tab_a_draft_and_a_download_link(
    story_from: Callable[[str], Story],
) -> None:
    # given Leah, who has the draft report open in a tab, has typed a comment, and has kept the link to the file
    story = story_from("events_held")
    draft_is_written(story)
    tab = story.open_task("health member", "Comment on the draft report")
    task = tab.answer.request.path
    token = tab.page.xpath("string(//input[@name='csrf_token']/@value)")
    typed: dict[str, Any] = {"csrf_token": token, "f-draft_comments__learning": "Say since when.", "action": "save"}
    assert tab.client.post(task, data=typed).status_code < 400
    [file] = [one for one in story.rows(Document) if one.name.startswith("Draft report") and one.media_type == "application/pdf"]
    assert tab.client.get(f"/documents/{file.id}").status_code == 200
    before = len(story.rows(Draft))

    # when it turns out that she was involved
    change = {"kind": "involved", "email": "leah.moss@example.org", "reason": "She covered a shift."}
    story.do("review chair", "Change the Review Team", change=change)

    # then in the same tab nothing of it exists any more: the task, what she typed, the file, the case
    gone = [task, f"/documents/{file.id}", f"/documents/{file.id}/about", f"/cases/{story.reference}"]
    assert {tab.client.get(address).status_code for address in gone} == {404}
    for part in ("timeline", "written", "chronology.csv", "diagram"):
        assert tab.client.get(f"/cases/{story.reference}/{part}").status_code == 404, part
    assert tab.client.post(task, data=typed | {"action": "submit"}).status_code == 404
    for address in ("/tasks", "/board", "/documents", f"/cases/find?reference={story.reference}"):
        assert "draft report" not in tab.open(address).text, address
    assert story.tasks_of("health member") == []
    assert roles_of(story, "health member") == set()

    # and what she typed is not lost, and is nobody else's; the others go on, and the case waits for nobody in her name
    assert len(story.rows(Draft)) == before
    assert any(name.startswith("Comment on the draft report") for name in story.tasks_of("police member"))
    assert not any(one.subject == "Leah Moss" for one in story.rows(UserTask, element_id="comment_on_draft", state=TaskState.OPEN))


def test_who_takes_part_in_an_event_is_told_on_the_case_page_to_the_team_and_the_office_alone(story_from: Callable[[str], Story]) -> None:
    # given a review in which Jo Park takes part in an event, and Sheila Wood was at the meeting that decided on it
    story = story_from("set_up")
    with transaction(story.sessions) as session:
        case = session.scalars(select(ProcessInstance).where(ProcessInstance.business_key == story.reference)).one()
        for who, role in (("practitioner", "practitioner"), ("social work", "meeting_member")):
            identity.join(session, session.get_one(Person, story.people[who].id), role, case)

    # then the card of those who act in this case only tells of Jo to those who work on it
    for who in ("chair", "child lead", "review chair", "reviewer", "health member"):
        assert {"Jo Park", "Fiona Hay"} <= said_of(story, who), who

    # and whoever is a member of the meeting only is told of its members, and of nobody else
    assert said_of(story, "social work") & {"Jo Park", "Una Flynn", "Ken Ross", "Fiona Hay", "Tom Reid", "Leah Moss"} == set()
    assert "Sheila Wood" in said_of(story, "social work")


def said_of(story: Story, who: str) -> set[str]:
    """The names in the card “In this case only”, as this person's page of the case has it."""
    cards = story.case_page(who=who).page.xpath("//section[h2[contains(., 'In this case only')]]")
    shown = " ".join(card.text_content() for card in cards)
    return {person.name for person in story.people.values() if person.name in shown}


def answers(story: Story, who: str, *addresses: str) -> set[int]:
    """How the site answers this person at these addresses."""
    visitor = story.sign_in(story.people[who])
    return {visitor.client.get(address).status_code for address in addresses}
