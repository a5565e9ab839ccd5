"""A brother who died and a sister who lives: one case, from the notification to its last improvement action, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from engine.models import ProcessInstance
from tests.learning_review import course_of_adults as adults
from tests.learning_review.course_follow import (
    improvement_is_planned,
    inspectorate_is_told,
    item_is_shared,
    participants_are_told,
    review_is_closed,
    sharing_is_planned,
)
from tests.learning_review.course_of_adults_review import LEAD, PARALLEL, REVIEW
from tests.learning_review.course_setup import roles_of
from tests.learning_review.story import Story
from tests.learning_review.test_stories_parallel import checked
from tests.learning_review.test_stories_plan import AGREED, QUARTERS, action_is_reviewed, evidence_is_sent, review_is_recorded, row

pytestmark = pytest.mark.long


def it_is_not_published_and_shared_all_the_same(story: Story) -> None:
    """The criminal case ends without a trial, and CSOG decides for Nan's sake that the report stays unpublished. The learning does not."""
    story.do(LEAD, "See whether it has happened", publication_waits={"happened": "never"})
    story.do("csog", "CSOG decides again on publication", publication=adults.NOT_PUBLISHED)
    assert not any("publish" in task.lower() for task in story.tasks_of("administrator"))
    assert "National child protection knowledge hub" not in story.open_task("manager", "Plan how the learning is shared").answer.text
    sharing_is_planned(story, adults.SEVEN_MINUTES)
    item_is_shared(story, "Who else is at home", by=LEAD, text="Ask who else is at home.")


def the_care_inspectorate_asks_for_what_has_been_agreed(story: Story) -> None:
    """Two actions of the managers, and a third that says the same as the first."""
    participants_are_told(story, LEAD, adults.CAME)
    family = {"outcome": "told", "on": story.day(0), "who": "The Chair of the team, with Nan and Ewan"}
    story.do(LEAD, "Offer the report to the family", family_report=family)
    improvement_is_planned(story, adults.ONE_CALENDAR, adults.TRAINING)
    inspectorate_is_told(story, LEAD, adults.SAME_AGAIN, text="Look at how visits are planned.")
    story.do(LEAD, PARALLEL, "Police Scotland", **checked(story, stage="finished", ended_on=story.day(-1), outcome="No charge."))
    review_is_closed(story)
    assert "Closed" in story.on_the_board(closed=True)
    assert roles_of(story, "nurse") == roles_of(story, "reviewer") == set()


def the_plan_takes_two_actions_and_joins_the_third(story: Story) -> None:
    """What only trains is marked as weak; what is the same as another is joined with it."""
    case = story.reference
    calendar, training, again = actions_of(story)
    agreement: dict[str, Any] = {"answer": "take"}
    for number, action in ((calendar, adults.ONE_CALENDAR), (training, adults.TRAINING)):
        story.reference = number
        story.do("subgroup", "Agree an improvement action", agreement=agreement, action=AGREED | action)
    story.reference = again
    story.do("subgroup", "Agree an improvement action", agreement={"answer": "duplicate", "duplicate_of": calendar})
    assert [row(story, number)["Where it stands"] for number in (calendar, training, again)] == ["Under way", "Under way", "Joined"]
    assert [row(story, number)["Weak action"] for number in (calendar, training)] == ["No", "Yes"]
    assert case not in str(story.register("improvement_plan", "subgroup"))


def actions_of(story: Story) -> list[str]:
    """The numbers of the calendar, of the training, and of the calendar once more."""
    cases = sorted(story.rows(ProcessInstance), key=lambda case: case.started_at)
    return [case.business_key for case in cases if case.business_key.startswith("ACT-")]


def evidence_comes(story: Story, quarter: int, *actions: str) -> None:
    """A quarter begins, and the owner of each of these actions answers."""
    story.time_passes_until(QUARTERS[quarter])
    for action in actions:
        evidence_is_sent(story, action)


def the_training_becomes_what_teams_do(story: Story) -> None:
    """In March 2027 the Sub-group sees what came of both actions, and makes more of the weak one."""
    calendar, training, _ = actions_of(story)
    evidence_comes(story, 3, calendar, training)
    story.days_pass(21)
    action_is_reviewed(story, calendar)
    action_is_reviewed(story, training, **adults.MORE_THAN_TRAINING)
    review_is_recorded(story)
    now = row(story, training)
    assert (now["Weak action"], now["Kind of action"]) == ("No", "Practice")
    assert now["What is to be done"] == adults.MORE_THAN_TRAINING["stronger"]
    story.reference = training
    assert adults.MORE_THAN_TRAINING["stronger"] in story.open_task("action owner", "Say how the action").text


def one_quarter_is_missed_and_caught_up(story: Story) -> None:
    """In June the Sub-group does not meet; in September it reviews what it missed, and says why."""
    actions = actions_of(story)[:2]
    evidence_comes(story, 4, *actions)
    evidence_comes(story, 5, *actions)
    story.days_pass(21)
    for action in actions:
        action_is_reviewed(story, action)
    review_is_recorded(story, missed_why="Too few could come in June.")
    held = next(one for one in story.register("plan_reviews", asked="state=closed") if one["What became of it"] == "Held")
    assert (held["Quarter"], held["Also covers the quarters"], held["Reviewed"]) == ("2027 Q3", "2027 Q2", "2")


def the_last_action_is_closed(story: Story) -> None:
    """At the end of 2027 every team asks; by the spring everybody plans in one calendar."""
    calendar, training, _ = actions_of(story)
    for quarter, closed, goes_on in ((6, training, [calendar]), (7, calendar, [])):
        evidence_comes(story, quarter, closed, *goes_on)
        story.days_pass(21)
        action_is_reviewed(story, closed, "close", impact="embedded")
        for action in goes_on:
            action_is_reviewed(story, action)
        review_is_recorded(story)


CHAPTERS = (
    *REVIEW,
    it_is_not_published_and_shared_all_the_same,
    the_care_inspectorate_asks_for_what_has_been_agreed,
    the_plan_takes_two_actions_and_joins_the_third,
    the_training_becomes_what_teams_do,
    one_quarter_is_missed_and_caught_up,
    the_last_action_is_closed,
)


def test_a_case_of_two_adults_runs_from_the_notification_to_the_closing_of_its_last_action(story: Story):
    # given two adults whose case comes to its review, its report, and what follows from it
    for chapter in CHAPTERS:
        chapter(story)

    # then two years after the notification all three are closed, and none of them ever named the case
    story.reference, *_ = (case.business_key for case in story.rows(ProcessInstance) if case.business_key.startswith("LR-"))
    rows = [row(story, action) for action in actions_of(story)]
    assert [one["Where it stands"] for one in rows] == ["Closed", "Closed", "Joined"]
    assert story.reference not in str(rows)
    assert story.today.year == 2028
    assert story.waits_for == []
