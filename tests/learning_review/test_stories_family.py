"""Stories about the family of whom a review is about, and about what holds the review up: criminal proceedings, an inquiry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.learning_review.course_meetings import (
    DRAFT,
    MOTHER_HEARD,
    NO_OTHER,
    SECOND,
    STRATEGY,
    TEAM_CHAIR,
    strategy_is_agreed,
    team_is_called,
    team_meets,
)
from tests.learning_review.story import Story
from tests.visitors import Visitor

From = Callable[[str], Story]
IN_TOUCH = "Be in touch with a member of the family"
AGAIN = "Hear a member of the family again"
EVENTS_WAIT = "The events wait for advice"
TRIAL: dict[str, Any] = {"kind": "criminal", "body": "Police Scotland", "stage": "under_way", "known_from": "The newspaper."}


def family_tasks(story: Story, name: str, who: str = TEAM_CHAIR) -> list[str]:
    """With whom of the family something is to be done."""
    return [task.partition(" – ")[2] for task in story.tasks_of(who) if task.startswith(name)]


def everything_on(page: Visitor) -> str:
    """The page with all that is in it, seen or not."""
    return page.answer.get_data(as_text=True)


def trial_holds(story: Story, *activities: str, **news: Any) -> None:
    """The police are asked, and say what has to wait."""
    if not any(task.startswith("Check on a parallel process") for task in story.tasks_of("child lead")):
        story.do("child lead", "Add a parallel process", parallel_added=[TRIAL])
    hold = {"authority": "Detective Inspector Birk", "held_from": story.day(0), "review_on": story.day(21), "why": "They may be witnesses."}
    checked = {
        "body": "Police Scotland", "contact_name": "Iona Birk", "contact_how": "0131 496 0300", "contacted_on": story.day(0),
        "advice": "Wait for the trial.", "stage": "under_way", "effect": "Some steps wait.", "next_check": story.day(21),
        "holds": [{"activity": activity, **hold} for activity in activities], **news,
    }  # fmt: skip
    story.do("child lead", "Check on a parallel process", entry=checked)


OVER: dict[str, Any] = {"stage": "finished", "outcome": "A verdict."}


def test_the_family_is_heard_as_the_strategy_says_and_the_next_meeting_knows(story_from: From):
    # given a strategy with three people, of whom two are asked
    story = story_from("prepared")
    assert family_tasks(story, IN_TOUCH) == []
    strategy_is_agreed(story)
    assert family_tasks(story, IN_TOUCH) == ["Mother", "Brother"]

    # when the mother tells of her experience, then what helped and what did not is kept, and how she was heard
    page = story.open_task("reviewer", IN_TOUCH, "Mother").text
    assert "A quiet room, in the morning." in page
    refused = story.try_to("reviewer", IN_TOUCH, "Mother", contact_made={**MOTHER_HEARD, "on": story.day(0), "methods": []})
    assert refused.problems == ["Select in which ways they told you"]
    story.do("reviewer", IN_TOUCH, "Mother", contact_made={**MOTHER_HEARD, "on": story.day(0)})

    # then nothing of hers is in what is asked about the brother, and the team hears that she was heard, not what she said
    assert family_tasks(story, IN_TOUCH) == ["Brother"]
    assert "carried her" not in everything_on(story.open_task(TEAM_CHAIR, IN_TOUCH, "Brother"))
    arranged: dict[str, Any] = {"team_meeting_on": story.day(7), "team_meeting_time": "10:00", "team_meeting_place": "B"}
    story.do("administrator", "Arrange the Review Team’s meeting", **arranged)
    agenda = story.open_task("child lead", "Prepare the Review Team’s agenda")
    assert "Family Mother: heard" in agenda.text
    assert "carried her" not in everything_on(agenda)
    story.do("child lead", "Prepare the Review Team’s agenda")
    assert "carried her" not in everything_on(story.open_task("administrator", "Record the Review Team’s meeting"))


def test_somebody_who_declined_is_heard_when_they_would_like_to_be(story_from: From):
    # given a brother who would rather not
    story = story_from("met_once")
    strategy_is_agreed(story)
    story.do(
        TEAM_CHAIR, IN_TOUCH, "Brother", contact_made={"on": story.day(0), "how": "By telephone", "who": "Fiona Hay", "outcome": "declined"}
    )
    assert family_tasks(story, IN_TOUCH) == ["Mother"]

    # when he telephones two months later, then the door is open, and he is heard
    story.days_pass(60)
    story.do("reviewer", AGAIN, "Brother", again={"why": "He telephoned."})
    story.do("reviewer", IN_TOUCH, "Brother", contact_made={**MOTHER_HEARD, "on": story.day(0)})
    assert family_tasks(story, AGAIN) == ["Brother"]


def test_somebody_new_is_asked_when_the_strategy_changes_and_nobody_twice(story_from: From):
    # given a strategy, and a mother who has been heard
    story = story_from("met_once")
    strategy_is_agreed(story)
    story.do(TEAM_CHAIR, IN_TOUCH, "Mother", contact_made={**MOTHER_HEARD, "on": story.day(0)})

    # when a grandmother is added, then she alone is asked besides
    grandmother = {"name": "Bess Grant", "relationship": "Grandmother", "invite": "yes", "route": "Through the mother"}
    story.do(TEAM_CHAIR, "Change the Family Liaison Strategy", strategy={**STRATEGY, "contacts": [*STRATEGY["contacts"], grandmother]})
    assert sorted(family_tasks(story, IN_TOUCH)) == ["Brother", "Grandmother"]


def test_there_may_be_nobody_to_ask(story_from: From):
    story = story_from("met_once")
    alone = {**STRATEGY, "contacts": []}
    refused = story.try_to(TEAM_CHAIR, "Agree the Family Liaison Strategy", strategy=alone)
    assert refused.problems == ["Enter why there is nobody to ask"]

    story.do(TEAM_CHAIR, "Agree the Family Liaison Strategy", strategy={**alone, "nobody_reason": "Nobody could be found."})

    assert family_tasks(story, IN_TOUCH) == []


def test_a_day_that_is_hard_for_the_family_is_pointed_out(story_from: From):
    # given a birthday next week
    story = story_from("met_once")
    strategy_is_agreed(story, sensitive_dates=[{"day": story.day(7), "what": "Her birthday"}])
    assert "Her birthday" in story.open_task(TEAM_CHAIR, IN_TOUCH, "Mother").text

    # when another contact is planned on that day, then it needs their agreement
    again = {**MOTHER_HEARD, "on": story.day(0), "outcome": "again", "again_on": story.day(7)}
    refused = story.try_to(TEAM_CHAIR, IN_TOUCH, "Mother", contact_made=again)
    assert refused.problems == ["Confirm that the family has agreed to this day, or choose another"]
    story.do(TEAM_CHAIR, IN_TOUCH, "Mother", contact_made={**again, "again_on": story.day(8)})
    assert "Mother" in family_tasks(story, IN_TOUCH)


def test_contact_with_the_family_waits_for_a_trial_and_goes_on_when_it_is_over(story_from: From):
    # given a trial, for which contact with the family waits
    story = story_from("met_once")
    trial_holds(story, "family_contact")
    strategy_is_agreed(story)
    assert family_tasks(story, IN_TOUCH) == []
    assert sorted(family_tasks(story, "Contact with the family waits")) == ["Brother", "Mother"]
    assert "Detective Inspector Birk" in story.open_task(TEAM_CHAIR, "Contact with the family waits", "Mother").text

    # when the police agree to contact with the mother, then that is noted and she can be met
    clearance = {"authority": "Detective Inspector Birk", "on": story.day(0), "advice": "Not about the day itself."}
    story.do(TEAM_CHAIR, "Contact with the family waits", "Mother", family_clearance=clearance)
    assert "Not about the day itself." in story.open_task(TEAM_CHAIR, IN_TOUCH, "Mother").text

    # when the trial is over, then the brother can be met as well
    story.days_pass(21)
    trial_holds(story, **OVER, ended_on=story.day(0))
    assert sorted(family_tasks(story, IN_TOUCH)) == ["Brother", "Mother"]
    assert family_tasks(story, "Contact with the family waits") == []


def test_a_trial_begins_between_the_second_meeting_and_the_events(story_from: From):
    # given a second meeting that is being prepared when a trial begins
    story = story_from("prepared")
    team_is_called(story, "Second meeting")
    trial_holds(story, "events")
    story.days_pass(14)
    team_meets(story, SECOND, **NO_OTHER)

    # then the events wait, and it is said for what
    page = story.open_task(TEAM_CHAIR, EVENTS_WAIT).text
    assert "Detective Inspector Birk" in page
    assert "They may be witnesses." in page
    assert any(sentence.startswith(f"Waits for “{EVENTS_WAIT}”") for sentence in story.waits_for)

    # when the trial is over, then they go on by themselves, and the chair is told
    story.days_pass(21)
    trial_holds(story, **OVER, ended_on=story.day(0))
    assert EVENTS_WAIT not in story.tasks_of(TEAM_CHAIR)
    assert "Nothing holds up the events" in story.letter("task_waiting").body


def test_the_events_go_on_in_spite_of_a_trial_when_those_responsible_advise_so(story_from: From):
    # given events that wait
    story = story_from("prepared")
    trial_holds(story, "events")
    team_is_called(story)
    story.days_pass(14)
    team_meets(story, SECOND, **NO_OTHER)

    # when the chair goes on without saying on whose advice, then that is asked for; with it, the events go on
    missing = story.try_to(TEAM_CHAIR, EVENTS_WAIT)
    assert missing.problems == ["Enter who has agreed", "Enter the day", "Enter what they advised"]
    advice = {"authority": "The Procurator Fiscal", "on": story.day(0), "advice": "Without the two witnesses."}
    story.do(TEAM_CHAIR, EVENTS_WAIT, events_clearance=advice)
    assert not any(task.startswith(EVENTS_WAIT) for task in story.tasks_of(TEAM_CHAIR))


def test_other_proceedings_that_ask_for_nothing_hold_nothing_up(story_from: From):
    story = story_from("prepared")
    trial_holds(story, "publication")
    strategy_is_agreed(story)
    team_is_called(story)
    story.days_pass(14)
    team_meets(story, SECOND, **NO_OTHER)

    assert family_tasks(story, IN_TOUCH) == ["Mother", "Brother"]
    assert not any(task.startswith(EVENTS_WAIT) for task in story.tasks_of(TEAM_CHAIR))


def test_the_family_hears_what_became_of_what_they_said_before_emppc_and_csog(story_from: From):
    # given a report that is final, and a mother who has been heard
    story = story_from("drafted")
    team_is_called(story, "Third meeting")
    story.days_pass(14)
    team_meets(story, DRAFT | {"final_reason": "All is clear."}, final_now="yes")

    # then the EMPPC Chair is asked first, without reading what she said, and reminded
    assert "carried her" not in everything_on(story.open_task("chair", "Agree to feedback to the family"))
    story.days_pass(8)
    assert "needs your agreement" in story.letter("task_waiting").body
    story.do("chair", "Agree to feedback to the family", feedback_agreed={"now": "yes", "reason": "The themes are clear."})

    # when the chair of the team tells her, then nothing is left with her, and the review goes on
    told = [{"name": "Jean Grant", "on": story.day(0), "by": "Fiona Hay", "said": "The themes.", "report_wanted": "yes"}]
    refused = story.try_to(TEAM_CHAIR, "Give feedback to the family", family_told=told)
    assert refused.problems == ["Confirm that no document was shown or left with them"]
    story.do(TEAM_CHAIR, "Give feedback to the family", family_told=told, no_document=True)
    assert family_tasks(story, AGAIN) == []
