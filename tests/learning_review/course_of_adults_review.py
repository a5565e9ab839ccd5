"""The review of the adults' case, chapter by chapter, from the notification to what CSOG says of the report."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.learning_review import course_of_adults as adults
from tests.learning_review.course_events import (
    DRAFT,
    briefing_is_held,
    draft_is_written,
    events_are_arranged,
    learning_points_are_agreed,
    lists_are_settled,
    person_is_prepared,
    practitioner_event_is_held,
    strategic_event_is_held,
)
from tests.learning_review.course_meetings import DRAFT as FINAL_DRAFT
from tests.learning_review.course_meetings import (
    FIRST,
    MOTHER_HEARD,
    NO_OTHER,
    SECOND,
    TEAM_CHAIR,
    strategy_is_agreed,
    team_is_called,
    team_meets,
)
from tests.learning_review.course_report import csog_has_considered, emppc_has_met, report_is_checked, report_is_settled
from tests.learning_review.course_setup import (
    FROM_WITHIN,
    TOM_FROM_WITHIN,
    declares,
    is_cleared,
    resources_are_planned,
    roles_of,
    team_is_formed,
    terms_are_agreed,
)
from tests.learning_review.story import Story
from tests.learning_review.test_stories_drafting import sources
from tests.learning_review.test_stories_parallel import checked, hold
from tests.learning_review.usual_course import (
    ADULT_SEATS,
    agencies_are_asked,
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

LEAD = "adult lead"
IN_TOUCH = "Be in touch with a member of the family"
PARALLEL = "Check on a parallel process"


def an_adult_has_died_and_his_sister_lives_on(story: Story) -> None:
    """Two adults at risk, beside whose case the police and NHS Lothian look into the same event."""
    beside = {"proceedings_known": "yes", "proceedings": [adults.POLICE, adults.HEALTH_REVIEW]}
    story.notify(notification(adults.HUGH, adults.NAN, strand="adult", criteria_adult=["adult_1i_harm", "adult_1ii"], **beside))
    is_acknowledged(story, "adult")
    assert not any(task.startswith("Choose the agencies") for task in story.tasks_of("child lead"))

    # when those who are responsible are asked, the police ask for the events to wait, and the NHS shares what it has
    story.do(LEAD, PARALLEL, "Police Scotland", **checked(story, holds=[hold(story, "events")]))
    shared = {"body": "NHS Lothian", "reuse": "Its timeline of the last month.", "effect": "Nothing waits."}
    story.do(LEAD, PARALLEL, "NHS Lothian", **checked(story, **shared))


def one_agency_is_late(story: Story) -> None:
    """NHS Lothian reports in time, the police ten days after they were asked to."""
    agencies_are_asked(story, "police", "nhs", by=LEAD)
    meeting_is_convened(story, story.day(35), *ADULT_SEATS)
    story.do("nhs", "Decide who writes the report", response="nil_return", nil_reason="Neither was our patient.")
    story.days_pass(24)
    assert "Decide about a missing report – Police Scotland" in story.tasks_of("chair")
    police_report_comes(story)
    assert story.deadline("Agency report Police Scotland").endswith("Missed done on 27 March 2026")
    papers_are_out(story, by=LEAD, themes=[{"theme": "Who else is at home", "agencies": ["police"]}])


def a_review_is_decided_for_both(story: Story) -> None:
    """The meeting looks at each of them apart, and decides that one review covers both."""
    story.days_pass(11)
    meeting_is_held(story, *ADULT_SEATS)
    facts_are(story, adults.HE_DIED, 1, by=LEAD)
    facts_are(story, adults.SHE_LIVES, 2, by=LEAD)
    advice = story.open_task("chair", "Decision 1").text
    assert "Hugh Laird: criteria are met" in advice
    assert "Nan Laird: criteria are met" in advice
    criteria_are(story, "met", adults.HUGH["name"], "adult_1i_harm", findings=adults.FINDINGS)
    decision_is(story, "proceed", "additional_learning", covered=adults.BOTH)
    everybody_is_told(story, "proceed", by=LEAD, category="death")


def it_is_set_up_with_a_reviewer_from_within(story: Story) -> None:
    """A colleague of the partnership reviews, who has no contract."""
    resources_are_planned(story, **FROM_WITHIN)
    terms_are_agreed(story)
    team_is_formed(story, adults.TEAM, TOM_FROM_WITHIN)
    story.do(TEAM_CHAIR, "Plan the review", contributors=[], no_contributors_reason="The team knows them all.")
    assert roles_of(story, "reviewer") == {"reviewer"}


def the_first_meeting_is_cancelled_and_held_later(story: Story) -> None:
    """Nobody can come, so the team meets two weeks later."""
    team_is_called(story, lead=LEAD)
    story.days_pass(14)
    story.do("administrator", "Record the Review Team’s meeting", team_meeting={"took_place": "cancelled", "why_not": "Too many were ill."})
    team_is_called(story, lead=LEAD)
    story.days_pass(14)
    team_meets(story, FIRST, **NO_OTHER)


def a_member_is_replaced(story: Story) -> None:
    """Leah Moss goes to another post while she is asked to name people; Una Flynn takes her place, and what was asked of her."""
    assert any(task.startswith("Name who takes part") for task in story.tasks_of("health member"))
    story.do(TEAM_CHAIR, "Change the Review Team", change={"kind": "leaves", "email": "leah.moss@example.org", "reason": "A new post."})
    assert story.tasks_of("health member") == []
    story.do("chair", "Change the Review Team", change=adults.UNA)
    declares(story, "nurse")
    is_cleared(story, "Una Flynn")
    assert roles_of(story, "health member") == set()
    assert roles_of(story, "nurse") == {"review_member"}


def people_are_prepared(story: Story) -> None:
    """Two practitioners and a strategic manager are named, informed and supported."""
    story.do("police member", "Name who takes part", nominations=adults.POLICE_PEOPLE)
    story.do("nurse", "Name who takes part", nominations=[adults.RUTH])
    lists_are_settled(story, *adults.POLICE_PEOPLE, adults.RUTH, lead=LEAD)
    person_is_prepared(story, "practitioner", "police", "Jo Park")
    person_is_prepared(story, "action owner", "nhs", "Ruth Bell")
    person_is_prepared(story, "strategic manager", "police", "Ken Ross")


def a_son_declines_and_the_events_wait(story: Story) -> None:
    """Nan tells of herself and of her brother; Ewan would rather not; and the police do not let the events begin."""
    strategy_is_agreed(story, **adults.FAMILY)
    story.do("reviewer", IN_TOUCH, "Sister", contact_made=MOTHER_HEARD | {"on": story.day(0), "methods": ["with_advocate"]})
    story.do(TEAM_CHAIR, IN_TOUCH, "Son", contact_made=adults.NOT_NOW | {"on": story.day(0)})
    team_is_called(story, in_days=35, lead=LEAD)
    story.days_pass(35)
    team_meets(story, SECOND, **NO_OTHER)
    assert "Detective Inspector Birk" in story.open_task(TEAM_CHAIR, "The events wait for advice").text


def months_pass_and_the_son_comes_back(story: Story) -> None:
    """The end is expected later, with its reason; in August Ewan telephones, for whom the door was open."""
    story.time_passes_until(datetime(2026, 8, 20, 10, tzinfo=UTC))
    story.do("reviewer", "Hear a member of the family again", "Son", again={"why": "He telephoned."})
    story.do("reviewer", IN_TOUCH, "Son", contact_made=MOTHER_HEARD | {"on": story.day(0), "summary": "He had asked for help twice."})

    story.do(TEAM_CHAIR, "Change the timetable", delay=adults.HELD_UP | {"forecast": "2026-12-20"})
    story.time_passes_until(datetime(2026, 10, 8, 10, tzinfo=UTC))
    late = story.open_task(TEAM_CHAIR, "Say why the review takes longer than 6 months").text
    assert "Days of these on which something waited for another process: 184." in late
    story.do(TEAM_CHAIR, "Say why the review takes longer than 6 months", delay=adults.HELD_UP | {"forecast": "2027-01-31"})
    assert "The police ask us to wait." in story.deadline("Learning Review complete: six months")


def the_police_let_the_events_go_on(story: Story) -> None:
    """Nobody is charged yet, but the witnesses have been heard: both events are held."""
    released = hold(story, "events") | {"held_from": "2026-03-03", "held_until": story.day(0)}
    story.do(LEAD, PARALLEL, "Police Scotland", **checked(story, holds=[released], advice="The witnesses have been heard."))
    assert not any(task.startswith("The events wait") for task in story.tasks_of(TEAM_CHAIR))
    events_are_arranged(story)
    briefing_is_held(story, came=(*adults.CAME, "ken.ross@example.org"))
    practitioner_event_is_held(story, came=list(adults.CAME))
    learning_points_are_agreed(story, "practitioner", "action owner")
    strategic_event_is_held(story)


def there_are_two_perspectives_and_one_report(story: Story) -> None:
    """Each of the two is written of apart, and the learning comes together; every member who is in the team now comments."""
    draft_is_written(story, persons=2, circumstances="A man died, and his sister was found alone.")
    assert not any(task.startswith("Write one person’s perspective") for task in story.tasks_of("reviewer"))
    assert story.tasks_of("health member") == []
    for who in adults.MEMBERS:
        comment = {"learning": "Say since when."} if who == "nurse" else {}
        story.do(who, "Comment on the draft report", draft_comments={"read": "yes"} | comment)
    story.do("reviewer", "Answer the comments", comments=[{"disposition": "accepted"}])
    story.do("reviewer", "Write the draft report", draft=DRAFT | {"learning": "Visits have been planned apart since 2024."})
    report = sources(story)[-1]
    assert [part in report for part in ("### Person 1", "### Person 2", "since 2024", "Laird")] == [True, True, True, False]


def nine_months_pass_before_csog_considers_the_report(story: Story) -> None:
    """The team finds the draft final, both of the family hear of it, and the reason for the nine months is kept."""
    team_is_called(story, "Third meeting", lead=LEAD)
    story.days_pass(14)
    team_meets(story, FINAL_DRAFT | {"final_reason": "The learning is clear."}, "Third meeting", final_now="yes")
    story.do("chair", "Agree to feedback to the family", feedback_agreed={"now": "yes", "reason": "They have waited long."})
    told: dict[str, Any] = {"on": story.day(0), "by": "Fiona Hay", "said": "The themes.", "report_wanted": "yes"}
    people = [told | {"name": name} for name in ("Nan Laird", "Ewan Laird")]
    story.do(TEAM_CHAIR, "Give feedback to the family", family_told=people, no_document=True)
    report_is_settled(story, circumstances="A man died, and his sister was found alone.")
    report_is_checked(story)
    story.time_passes_until(datetime(2027, 1, 12, 10, tzinfo=UTC))
    story.do("manager", "Say why the review takes longer than 9 months", delay=adults.HELD_TO_THE_LIMIT | {"forecast": story.day(28)})
    emppc_has_met(story)
    story.days_pass(21)
    csog_has_considered(story, adults.AFTER_THE_CASE)
    assert "The events could only be held in November." in story.deadline("Learning Review complete: nine months")


REVIEW = (
    an_adult_has_died_and_his_sister_lives_on,
    one_agency_is_late,
    a_review_is_decided_for_both,
    it_is_set_up_with_a_reviewer_from_within,
    the_first_meeting_is_cancelled_and_held_later,
    a_member_is_replaced,
    people_are_prepared,
    a_son_declines_and_the_events_wait,
    months_pass_and_the_son_comes_back,
    the_police_let_the_events_go_on,
    there_are_two_perspectives_and_one_report,
    nine_months_pass_before_csog_considers_the_report,
)
