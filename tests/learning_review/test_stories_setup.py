"""Stories about setting a review up: terms of reference, independence, the team and the timetable (section 7)."""

from __future__ import annotations

from collections.abc import Callable

from tests.learning_review.course_of_review import AT_RISK
from tests.learning_review.course_setup import (
    CATRIONA,
    IAN,
    LATE,
    LEAH,
    MEDIA,
    ROWAN,
    TEAM,
    TERMS,
    chair_is_cleared,
    declares,
    is_cleared,
    people_are_named,
    resources_are_planned,
    roles_of,
    terms_are_agreed,
    terms_are_written,
)
from tests.learning_review.story import SQLITE_ONLY, Story
from tests.learning_review.usual_course import (
    CHILD_SEATS,
    REPORT,
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
)

StoryFrom = Callable[[str], Story]


def test_a_review_is_set_up(story_from: StoryFrom):
    # given the decision, and who chairs and reviews; the terms and the team are then made side by side
    story = story_from("decided")
    assert story.stage.startswith("Learning Review being set up")
    resources_are_planned(story)
    assert "Write the terms of reference" in story.tasks_of("chair")
    assert "Write the terms of reference" in story.tasks_of("manager")

    # when both have approved the terms
    terms_are_agreed(story)
    assert story.deadline("Terms of reference agreed").endswith("Met on 2 April 2026")

    # and everybody who was named has declared and is cleared
    chair_is_cleared(story)
    people_are_named(story)
    for who in ("reviewer", *TEAM):
        declares(story, who)
        is_cleared(story, story.people[who].name)
    page = story.open_task("chair", "Confirm the Review Team").text
    assert "To think about" not in page
    assert "Leah Moss Review Team Member NHS Lothian Cleared" in page
    story.do("chair", "Confirm the Review Team", team_complete="yes")

    # then the Chair of the team plans from a proposed timetable, with six months to the end
    plan = story.open_task("review chair", "Plan the review")
    assert plan.page.xpath("//input[@value='First Review Team meeting']")
    story.do("review chair", "Plan the review", contributors=[{"who": "The school", "why": "It knew her.", "how": "By letter."}])

    # and each acts in the role that was asked for, and in no other
    assert [roles_of(story, who) for who in ("review chair", "reviewer", "health member")] == [
        {"review_chair"},
        {"reviewer"},
        {"review_member"},
    ]


def test_whoever_is_named_sees_only_the_own_declaration_until_they_are_cleared(story_from: StoryFrom):
    # given Leah, who has been named
    story = story_from("decided")
    resources_are_planned(story)
    chair_is_cleared(story)
    people_are_named(story, LEAH)

    # then she has one task, and no case
    assert story.tasks_of("health member") == ["Declare your independence – Leah Moss"]
    assert story.sign_in(story.people["health member"]).open(f"/cases/{story.reference}").answer.status_code == 404
    assert not [task for task in story.tasks_of("police member") if task.startswith("Declare")]
    [asked] = [letter for letter in story.letters("nominee_declaration") if letter.to_name == "Leah Moss"]
    assert "It says nothing about your work" in asked.body

    # and after her declaration, nothing at all until the Chair has decided
    declares(story, "health member")
    assert story.tasks_of("health member") == []
    assert roles_of(story, "health member") == {"nominee"}
    is_cleared(story, "Leah Moss")
    assert roles_of(story, "health member") == {"review_member"}


def test_a_declaration_excludes_and_somebody_else_takes_the_place(story_from: StoryFrom):
    # given Ian, who took decisions in the case
    story = story_from("decided")
    resources_are_planned(story)
    terms_are_agreed(story)
    chair_is_cleared(story)
    people_are_named(story, IAN, ROWAN, CATRIONA)
    for who in ("reviewer", "administrator", "child lead"):
        declares(story, who)
        is_cleared(story, story.people[who].name)
    declares(story, "police member", decision_maker="yes")

    # then the table advises against him; to see it differently needs a reason
    page = story.open_task("review chair", "Clear a person for the Review Team", "Ian Cope").text
    assert "They took decisions in the case." in page
    refused = story.try_to("review chair", "Clear a person for the Review Team", "Ian Cope", clearing={"outcome": "cleared"})
    assert refused.problems == ["Enter why you see it differently"]
    is_cleared(story, "Ian Cope", outcome="excluded")

    # and he is thanked, and acts as nothing in the case
    assert story.letter("nomination_over").to_name == "Ian Cope"
    assert roles_of(story, "police member") == set()

    # when the EMPPC Chair looks at the team, what it lacks is said, and blocks nothing but needs a reason
    page = story.open_task("chair", "Confirm the Review Team").text
    assert "Fewer than two agencies are in the team." in page
    assert "The team has no members beside its Chair and the Reviewer." in page
    assert story.try_to("chair", "Confirm the Review Team", team_complete="yes").problems == ["Enter why you go on with this team"]
    story.do("chair", "Confirm the Review Team", team_complete="no")

    # then more people can be named
    assert "Ian Cope" in story.open_task("administrator", "Nominate more people").text
    story.do("administrator", "Nominate more people", nominated=[LEAH])
    declares(story, "health member")
    is_cleared(story, "Leah Moss")
    assert "To think about" not in story.open_task("chair", "Confirm the Review Team").text


def test_the_chairs_own_declaration_is_for_the_emppc_chair(story_from: StoryFrom):
    # given a Chair of the team who knows the family
    story = story_from("decided")
    resources_are_planned(story)
    declares(story, "review chair", personal_link="yes")

    # then the EMPPC Chair decides, and not the Chair
    assert not any(task.startswith("Clear a person") for task in story.tasks_of("review chair"))
    is_cleared(story, "Fiona Hay", by="chair", outcome="excluded")

    # and names somebody else, who is asked in turn
    assert "The person you named could not be cleared." in story.open_task("chair", "Name another Review Team Chair").text
    leah = {"chair_name": "Leah Moss", "chair_email": "leah.moss@example.org", "chair_agency": "nhs",
            "chair_manager_name": "Nadia Shah", "chair_manager_email": "nadia.shah@example.org"}  # fmt: skip
    story.do("chair", "Name another Review Team Chair", resources=leah)
    declares(story, "health member")
    is_cleared(story, "Leah Moss", by="chair")
    assert roles_of(story, "health member") == {"review_chair"}
    assert roles_of(story, "review chair") == set()


def test_nobody_declares_and_is_chased_until_the_chair_takes_the_nomination_back(story_from: StoryFrom):
    # given Ian, who does not answer
    story = story_from("decided")
    resources_are_planned(story)
    chair_is_cleared(story)
    people_are_named(story, LEAH, IAN, ROWAN, CATRIONA)
    for who in ("reviewer", "health member", "administrator", "child lead"):
        declares(story, who)
        is_cleared(story, story.people[who].name)

    # when five working days are over he is reminded, and after two weeks the Chair is asked, who waits once more
    story.days_pass(12)  # Easter lies between
    assert [letter.to_name for letter in story.letters("task_waiting") if "declaration of independence" in letter.body] == ["Ian Cope"]
    story.days_pass(2)
    story.do("review chair", "Decide about an unanswered nomination", "Ian Cope", silence="wait")
    assert not any(task.startswith("Decide about") for task in story.tasks_of("review chair"))
    story.days_pass(14)
    story.do("review chair", "Decide about an unanswered nomination", "Ian Cope", silence="withdraw")

    # then the team goes on without him
    assert story.tasks_of("police member") == []
    assert "Ian Cope" in story.open_task("chair", "Confirm the Review Team").text
    assert roles_of(story, "police member") == set()


@SQLITE_ONLY
def test_a_name_in_an_agencys_report_is_pointed_out(story: Story):
    # given a case in which the police report that Kim Muir was there
    story.notify(notification(child("Ailsa Grant"), strand="child"))
    is_acknowledged(story, "child")
    agencies_are_asked(story, "police")
    meeting_is_convened(story, story.day(30), *CHILD_SEATS)
    there = {"name": "Kim Muir", "job": "Constable", "team": "Response"}
    story.do("police", "Decide who writes the report", response="delegate", author_name="Rob Innes", author_email="rob.innes@example.org")
    story.do("police author", "Write the agency report", report=REPORT | {"staff_involved": [there]})
    story.do("police", "Sign the report off", sign_off="approve")
    papers_are_out(story, themes=[{"theme": "Joint visits", "agencies": ["police"]}])
    story.days_pass(30)
    meeting_is_held(story, *CHILD_SEATS)
    facts_are(story, AT_RISK, by="child lead")
    criteria_are(story, "met", "Ailsa Grant", "child_abuse")
    decision_is(story, "proceed", "additional_learning", covered=["Ailsa Grant"])
    everybody_is_told(story, "proceed")

    # when somebody of that name is to chair the team, and declares nothing
    resources_are_planned(story, chair_name="Kim  MUIR")
    declares(story, "review chair")

    # then whoever clears them is told
    page = story.open_task("chair", "Clear a person for the Review Team").text
    assert "Kim Muir Constable Police Scotland The same name" in page
    assert "Please find out whether it is the same person." in page

    # and the author of the report, who says so, is cleared with that recorded
    is_cleared(story, "Kim MUIR", by="chair", outcome="managed", arrangement="She was asked: it is another person.")
    people_are_named(story, LEAH | {"name": "Rob Innes", "email": "rob.innes@example.org", "agency": "police"})
    declares(story, "police author", agency_report="yes")
    page = story.open_task("review chair", "Clear a person for the Review Team", "Rob Innes").text
    assert "They can be cleared, and this is recorded." in page
    assert "Author of the report" not in page


def test_the_terms_are_sent_back_twice_and_then_agreed(story_from: StoryFrom):
    # given terms that the EMPPC Chair writes
    story = story_from("decided")
    resources_are_planned(story)
    terms_are_written(story, by="chair")

    # when first the Chair and then the manager sends them back
    story.do("chair", "Approve the terms of reference", terms_answer="send_back", terms_note="Say more about health.")
    story.do("manager", "Approve the terms of reference", terms_answer="agree")
    assert "Say more about health." in story.open_task("manager", "Write the terms of reference").text
    terms_are_written(story, case_aspects="Health visits.")
    story.do("chair", "Approve the terms of reference", terms_answer="agree")
    refused = story.try_to("manager", "Approve the terms of reference", terms_answer="send_back")
    assert refused.problems == ["Enter what should change"]
    story.do("manager", "Approve the terms of reference", terms_answer="send_back", terms_note="Shorten the period.")

    # then what was written is kept for the next time, and only both together agree
    page = story.open_task("chair", "Write the terms of reference")
    assert "Shorten the period." in page.text
    assert "Health visits." in page.answer.text
    terms_are_agreed(story)
    assert "Write the terms of reference" not in story.tasks_of("chair")


def test_a_target_past_nine_months_needs_a_reason_and_what_is_out_of_scope_is_asked_for(story_from: StoryFrom):
    # given a decision of 2 April 2026
    story = story_from("decided")
    resources_are_planned(story)

    # then six months are proposed
    written = TERMS | {"not_in_scope": "", "completion_target": "2027-01-03"}
    refused = story.try_to("manager", "Write the terms of reference", terms=written, media=MEDIA)
    assert refused.problems == ["Enter what is not in scope", "Enter why more than nine months are needed"]

    # and with the reason, and the limits of the review, the terms can be approved
    terms_are_written(story, completion_target="2027-01-03", completion_reason="A trial comes first.")
    assert "A trial comes first." in story.open_task("chair", "Approve the terms of reference").text


def test_terms_that_take_longer_than_four_weeks_are_chased_and_their_reason_is_kept(story_from: StoryFrom):
    # given terms that nobody writes
    story = story_from("decided")
    resources_are_planned(story)

    # when three weeks have passed, and then four
    story.days_pass(22)
    assert any("due in a week" in letter.body for letter in story.letters("task_waiting"))
    story.days_pass(8)

    # then the reason is asked for, and kept with the date
    story.do("manager", "Say why the terms take longer", delay=LATE | {"forecast": story.day(7)})
    assert "Waiting for the police." in story.deadline("Terms of reference agreed")
    assert "Write the terms of reference" in story.tasks_of("manager")
