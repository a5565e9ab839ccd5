"""Stories of places that nobody fills: what waits for them is shown as stuck to those who can put it right, until somebody is there."""

from __future__ import annotations

from collections.abc import Callable

from engine.database import transaction
from engine.models import Person
from tests.learning_review.course_setup import EDUCATION_MANAGER, declares, is_cleared
from tests.learning_review.story import SQLITE_ONLY, Story
from tests.learning_review.test_stories_throughout import ASK, WANTED
from tests.learning_review.usual_course import child, notification

STUCK = "it is stuck: nobody who may do it has an account here"


def has_an_account(story: Story, who: str, active: bool) -> None:
    """An administrator closes somebody's account, or opens it again."""
    with transaction(story.sessions) as session:
        session.get_one(Person, story.people[who].id).active = active


@SQLITE_ONLY
def test_an_office_without_an_administrator_shows_what_waits_for_one_as_stuck(story: Story):
    # given a notification that comes while the place of the administrator is empty
    has_an_account(story, "administrator", active=False)
    story.notify(notification(child(), strand="child"))

    # then the case and the board say that nobody can do it
    [waits] = [sentence for sentence in story.waits_for if "Check the notification" in sentence]
    assert STUCK in waits
    assert STUCK in story.on_the_board()

    # when somebody fills the place, then it waits for them as usual
    has_an_account(story, "administrator", active=True)
    assert not any(STUCK in sentence for sentence in story.waits_for)
    assert "Check the notification" in story.tasks_of("administrator")


def test_a_review_without_a_chair_shows_what_waits_for_one_as_stuck_until_there_is_a_new_one(story_from: Callable[[str], Story]):
    # given an agency that does not answer, and a Review Team Chair who steps down before following it up
    story = story_from("set_up")
    story.do("reviewer", ASK, wanted=WANTED)
    story.do("manager", "Change the Review Team", change={"kind": "leaves", "email": "fiona.hay@example.org", "reason": "A new post."})
    story.days_pass(15)

    # then the office hears of it in the chair's place, and the case says that nobody can follow it up
    assert story.letter("task_waiting").to_email == "public.protection.office@example.org"
    [waits] = [sentence for sentence in story.waits_for if "Follow up a request for information" in sentence]
    assert STUCK in waits

    # when somebody else is the chair, then it waits for them
    newcomer = {"kind": "joins", "role": "chair", "name": "Una Flynn", "new_email": "una.flynn@example.org", "agency": "nhs"}
    story.do("chair", "Change the Review Team", change=newcomer | EDUCATION_MANAGER)
    declares(story, "nurse")
    is_cleared(story, "Una Flynn", by="chair")
    assert not any(STUCK in sentence for sentence in story.waits_for)
    assert any(task.startswith("Follow up a request") for task in story.tasks_of("nurse"))
