"""The two events of a Learning Review, and the learning points that come of them."""

from __future__ import annotations

from collections.abc import Callable

from tests.learning_review.course_events import (
    EVENT,
    POINTS,
    briefing_is_held,
    events_are_arranged,
    learning_points_are_agreed,
    practitioner_event_is_held,
    strategic_event_is_held,
)
from tests.learning_review.story import Story

CHANGE = "Somebody leaves or joins"


def up_to_the_learning_points(story: Story) -> None:
    """The practitioner event was held, and two learning points are sent to Jo Park and Una Flynn."""
    events_are_arranged(story)
    briefing_is_held(story)
    practitioner_event_is_held(story)
    story.do("reviewer", "Write up the learning points", points=POINTS)


def test_both_events_are_held_and_nobody_who_came_keeps_a_part_in_the_case(story_from: Callable[[str], Story]):
    # given two events that are over
    story = story_from("events_held")

    # then everybody was invited to their own event, and what they may do in the case has ended
    invited = {letter.to_email: letter.body for letter in story.letters("event_invitation")}
    assert "Strategic managers event" in invited["ken.ross@example.org"]
    assert "Practitioner event" in invited["una.flynn@example.org"]
    assert story.case_page("/timeline").text.count("role in this case ended") >= 2
    assert [story.tasks_of(who) for who in ("practitioner", "nurse", "strategic manager")] == [[], [], []]

    # and the agreed learning points wait for the report
    story.do("reviewer", "Write one person’s perspective", perspective={"heard": "told", "text": "It was long."})
    draft = story.open_task("reviewer", "Write the draft report").text
    assert "1 Services plan visits without knowing of one another’s. Agreed" in draft
    assert "sent to 2 people. 2 agreed, 0 asked for corrections and 0 did not answer" in draft


def test_somebody_who_never_answers_is_reminded_and_is_not_counted_as_agreeing(story_from: Callable[[str], Story]):
    # given learning points that only Jo Park answers
    story = story_from("met_twice")
    up_to_the_learning_points(story)
    checks = [task for task in story.tasks_of("practitioner") if task.startswith("Check the learning points")]
    assert checks == ["Check the learning points – Jo Park"]
    story.do("practitioner", "Check the learning points", check={"answer": "agree"})
    before = len(story.letters("task_waiting"))

    # when the ten working days pass
    story.days_pass(13)
    assert [letter.to_email for letter in story.letters("task_waiting")[before:]] == ["una.flynn@example.org"]
    assert "Check the learning points – Una Flynn" in " ".join(story.tasks_of("nurse"))
    story.days_pass(7)

    # then the review goes on without her answer, and says so
    assert "Check the learning points" not in " ".join(story.tasks_of("nurse"))
    strategic_event_is_held(story)
    story.do("reviewer", "Write one person’s perspective", perspective={"heard": "told", "text": "It was long."})
    draft = story.open_task("reviewer", "Write the draft report").text
    assert "sent to 2 people. 1 agreed, 0 asked for corrections and 1 did not answer, which is not read as agreement" in draft


def test_a_correction_that_is_not_taken_up_stays_visible_beside_its_learning_point(story_from: Callable[[str], Story]):
    # given two corrections by Una Flynn
    story = story_from("met_twice")
    up_to_the_learning_points(story)
    story.do("practitioner", "Check the learning points", check={"answer": "agree"})
    corrections = [{"point": "1", "correction": "Only some services."}, {"point": "2", "correction": "Two joint visits."}]
    story.do("nurse", "Check the learning points", check={"answer": "correct", "corrections": corrections})

    # when the Reviewer does not take up the first, then a reason is asked for
    answers = [{"disposition": "not_accepted"}, {"disposition": "accepted", "text": "Two joint visits showed what nobody had seen alone."}]
    refused = story.try_to("reviewer", "Answer the corrections", corrections=answers)
    assert refused.problems == ["Correction 1: enter why it is not taken up wholly"]
    answers[0]["reason"] = "All of them said so."
    story.do("reviewer", "Answer the corrections", corrections=answers)
    strategic_event_is_held(story)

    # then the difference stands beside the first point, and the second one reads as she asked
    story.do("reviewer", "Write one person’s perspective", perspective={"heard": "told", "text": "It was long."})
    draft = story.open_task("reviewer", "Write the draft report").text
    assert "1 Services plan visits without knowing of one another’s. Not agreed Only some services. (All of them said so.)" in draft
    assert "2 Two joint visits showed what nobody had seen alone. Agreed" in draft


def test_somebody_leaves_and_somebody_else_joins(story_from: Callable[[str], Story]):
    # given the days of the events
    story = story_from("met_twice")
    events_are_arranged(story)

    # when Una Flynn leaves and Ruth Bell takes part instead
    story.do("child lead", CHANGE, change="leaves", leaver="una.flynn@example.org")
    story.do(
        "child lead", CHANGE, change="joins",
        joiner={"name": "Ruth Bell", "email": "ruth.bell@example.org", "post": "Nurse", "agency": "nhs", "event": "practitioner",
                "manager_name": "Nadia Shah", "manager_email": "nadia.shah@example.org"},
    )  # fmt: skip
    story.do("action owner", "Say whether you take part", information_read="yes", taking_part="yes")
    story.do("nhs", "Say whether support was offered", "Ruth Bell", support="declined", wellbeing="no", released="yes")

    # then Ruth Bell is invited, and only those who take part are asked about the learning points
    assert story.letter("event_invitation").to_email == "ruth.bell@example.org"
    briefing_is_held(story, came=("jo.park@example.org", "ruth.bell@example.org", "ken.ross@example.org"))
    practitioner_event_is_held(story, came=["jo.park@example.org", "ruth.bell@example.org"])
    story.do("reviewer", "Write up the learning points", points=POINTS)
    asked = {letter.to_email for letter in story.letters("learning_points_check")}
    assert asked == {"jo.park@example.org", "ruth.bell@example.org"}


def test_an_event_that_is_cancelled_is_held_on_another_day(story_from: Callable[[str], Story]):
    # given a practitioner event that cannot be held
    story = story_from("met_twice")
    events_are_arranged(story)
    briefing_is_held(story)
    story.days_pass(7)
    refused = story.try_to("reviewer", "Record the practitioner event", practitioner_event={"held": "cancelled"})
    assert refused.problems == ["Enter why the event did not take place"]
    cancelled = {"held": "cancelled", "why": "The Reviewer was ill."}
    story.do("reviewer", "Record the practitioner event", practitioner_event=cancelled)

    # when the office agrees a new day, then everybody hears of it
    assert "The Reviewer was ill." in story.open_task("administrator", "Agree a new day").text
    story.do("administrator", "Agree a new day", practitioner_event_on=story.day(7), managers_event_on=story.day(35), events_where="Room 3")
    assert {letter.to_email for letter in story.letters("event_moved")} == {
        "jo.park@example.org", "una.flynn@example.org", "ken.ross@example.org",
    }  # fmt: skip

    # and it is held then, and the review goes on
    practitioner_event_is_held(story)
    learning_points_are_agreed(story)
    assert "Record the strategic managers’ event" in story.tasks_of("reviewer")

    # and an event that nobody comes to is not waited for
    story.days_pass(28)
    story.do("reviewer", "Record the strategic managers’ event", managers_event={"held": "not_needed", "why": "Ken Ross has left."})
    assert "Write one person’s perspective – Person 1" in " ".join(story.tasks_of("reviewer"))


def test_effective_practice_and_what_could_be_different_are_both_asked_of_the_event(story_from: Callable[[str], Story]):
    # given an event at which neither was found
    story = story_from("met_twice")
    events_are_arranged(story)
    briefing_is_held(story)
    story.days_pass(7)

    # when the record says so without a reason
    record = {**EVENT, "held_on": story.day(0), "effective_found": "none", "different_found": "none", "effective": "", "different": ""}
    refused = story.try_to("reviewer", "Record the practitioner event", practitioner_event=record)

    # then both reasons are asked for
    assert refused.problems == ["Enter why none was identified", "Enter why nothing was identified"]
