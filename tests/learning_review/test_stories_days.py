"""Stories about the 42 days: who is warned and when, what happens on the last of them, and what is kept of it."""

from __future__ import annotations

from datetime import UTC, datetime

from engine import clock
from tests.learning_review.story import SQLITE_ONLY, Story
from tests.learning_review.usual_course import (
    ADULT_SEATS,
    adult,
    agencies_are_asked,
    criteria_are,
    facts_are,
    is_acknowledged,
    meeting_is_convened,
    meeting_is_held,
    notification,
    papers_are_out,
)

pytestmark = SQLITE_ONLY

RECEIVED = datetime(2026, 3, 3).date()


def warnings(story: Story) -> list[tuple[int, str]]:
    """The day of the case on which somebody was warned, and who."""
    days = [
        ((letter.written_at.astimezone(clock.CIVIL).date() - RECEIVED).days, letter.to_name) for letter in story.letters("deadline_warning")
    ]
    return days


def test_everybody_concerned_is_warned_on_their_day_when_nothing_is_done(story: Story):
    # given a notification that is acknowledged and then left
    story.notify(notification(adult(), strand="adult"))
    is_acknowledged(story, "adult")

    # when 48 days pass
    story.days_pass(48)

    # then each warning went to whom it concerns, the reason is asked for after day 42, and the Chair hears every week
    assert warnings(story) == [
        (5, "Aileen Boyd"), (14, "Morag Sim"), (19, "Aileen Boyd"), (21, "Aileen Boyd"), (28, "Grace Kerr"), (33, "Aileen Boyd"),
        (35, "Rowan Hughes"), (40, "Grace Kerr"),
    ]  # fmt: skip
    assert "Say why it takes longer" in story.tasks_of("chair")
    story.days_pass(14)
    assert warnings(story)[8:] == [(49, "Grace Kerr"), (56, "Grace Kerr")]
    assert "Choose the agencies" in story.tasks_of("adult lead")  # nothing is blocked


def test_the_warnings_count_from_receipt_and_do_not_wait_for_the_acknowledgement(story: Story):
    # given a notification that nobody looks at for 16 days
    story.notify(notification(adult(), strand="adult"))
    story.days_pass(16)
    assert warnings(story) == [(5, "Aileen Boyd"), (14, "Morag Sim")]

    # when it is acknowledged at last, then nobody is told twice, and the next warning comes on its day
    is_acknowledged(story, "adult")
    assert warnings(story) == [(5, "Aileen Boyd"), (14, "Morag Sim")]
    story.days_pass(3)
    assert warnings(story) == [(5, "Aileen Boyd"), (14, "Morag Sim"), (19, "Aileen Boyd")]


def test_nobody_is_warned_of_what_is_done(story: Story):
    # given a case in which everything is done in time, but for the meeting itself, which is on day 41
    story.notify(notification(adult(), strand="adult"))
    is_acknowledged(story, "adult")
    agencies_are_asked(story, by="adult lead")
    meeting_is_convened(story, story.day(41), *ADULT_SEATS)
    papers_are_out(story, by="adult lead")

    # when 41 days pass, then only the Chair was told, two days before the end
    story.days_pass(41)
    assert warnings(story) == [(40, "Grace Kerr")]

    # and when the meeting decides on that day, nobody is asked why it took so long
    meeting_is_held(story, *ADULT_SEATS)
    facts_are(story, {"died": "no", "asp": "previous", "joint_working_concern": "no", "serious_abuse": "no", "effective_working": "no"})
    criteria_are(story, "not_met", "Jean Grant", "adult_1ii")
    story.days_pass(7)
    assert "Say why it takes longer" not in story.tasks_of("chair")
    assert "Met on 13 April 2026" in story.deadline("Decision of the Consideration Meeting")
    assert warnings(story) == [(40, "Grace Kerr")]


def test_the_42nd_day_falls_on_2_january_and_the_reason_for_missing_it_is_kept(story: Story):
    # given a notification on 21 November 2026; the 42nd day is a bank holiday
    story.it_is(datetime(2026, 11, 21, 10, tzinfo=UTC))
    story.notify(notification(adult(), strand="adult"))
    is_acknowledged(story, "adult")

    # then the date stays, for all days count
    assert story.deadline("Decision of the Consideration Meeting") == (
        "42 calendar days from 21 November 2026, received → 2 January 2027 Due in 42 days 2 January 2027"
    )
    # and the two working days of the acknowledgement begin on the Monday
    assert "→ 24 November 2026" in story.deadline("Acknowledge the notification")

    # when 2 January comes and passes
    story.time_passes_until(datetime(2027, 1, 2, 23, 50, tzinfo=UTC))
    assert "Due today" in story.deadline("Decision of the Consideration Meeting")
    assert "Say why it takes longer" not in story.tasks_of("chair")
    story.time_passes_until(datetime(2027, 1, 3, 8, tzinfo=UTC))

    # then it was missed at the end of that day, and the board says so
    assert "Say why it takes longer" in story.tasks_of("chair")
    assert "No reason has been recorded yet." in story.deadline("Decision of the Consideration Meeting")
    assert "Overdue" in story.on_the_board()

    # when the Chair says why, then the reason stands with the date, and the case goes on
    story.do(
        "chair", "Say why it takes longer", deadline_cause="agency_reports", deadline_reason="Two agencies needed the holidays.",
        deadline_new_date="2027-01-20",
    )  # fmt: skip
    assert "Why it was missed: Two agencies needed the holidays. (Grace Kerr, 3 January 2027)" in story.deadline(
        "Decision of the Consideration Meeting"
    )
    agencies_are_asked(story, by="adult lead")
    meeting_is_convened(story, story.day(10), *ADULT_SEATS)
    papers_are_out(story, by="adult lead")
    story.days_pass(10)
    meeting_is_held(story, *ADULT_SEATS)
    facts_are(story, {"died": "no", "asp": "previous", "joint_working_concern": "no", "serious_abuse": "no", "effective_working": "no"})
    criteria_are(story, "not_met", "Jean Grant", "adult_1ii")
    assert story.deadline("Decision of the Consideration Meeting").endswith("Missed done on 13 January 2027")


def test_the_office_is_reminded_to_acknowledge_after_two_working_days(story: Story):
    # given a notification on a Friday
    story.it_is(datetime(2026, 3, 6, 10, tzinfo=UTC))
    story.notify(notification(adult(), strand="adult"))

    # when the weekend, Monday and Tuesday pass, then the office is reminded, and the deadline is missed
    story.time_passes_until(datetime(2026, 3, 10, 23, tzinfo=UTC))
    assert story.letters("task_waiting") == []
    story.time_passes_until(datetime(2026, 3, 11, 9, tzinfo=UTC))
    assert story.letter("task_waiting").to_name == "Rowan Hughes"
    is_acknowledged(story, "adult")
    assert story.deadline("Acknowledge the notification").endswith("Missed done on 11 March 2026")


def test_those_who_should_tell_others_of_the_decision_are_reminded_until_they_have(story: Story):
    # given a decision on Tuesday 3 March, and nobody who tells anybody of it
    story.notify(notification(adult(), strand="adult"))
    is_acknowledged(story, "adult")
    agencies_are_asked(story, by="adult lead")
    meeting_is_convened(story, story.day(0), *ADULT_SEATS)
    papers_are_out(story, by="adult lead")
    meeting_is_held(story, *ADULT_SEATS)
    facts_are(story, {"died": "no", "asp": "previous", "joint_working_concern": "no", "serious_abuse": "no", "effective_working": "no"})
    criteria_are(story, "not_met", "Jean Grant", "adult_1ii")
    before = len(story.letters())

    # when eight days pass
    story.days_pass(8)

    # then the Lead Officer was reminded after 2 and 5 days, the Chair after 3, the office after 5, and all after 5 working days
    reminders = [
        (letter.written_at.astimezone(clock.CIVIL).day, letter.to_name, letter.template) for letter in story.letters()[before:]
    ]  # fmt: skip
    assert sorted(reminders) == [
        (5, "Aileen Boyd", "care_inspectorate_reminder"), (6, "Grace Kerr", "task_waiting"),
        (8, "Aileen Boyd", "care_inspectorate_reminder"), (8, "Rowan Hughes", "task_waiting"),
        (11, "Aileen Boyd", "care_inspectorate_reminder"), (11, "Grace Kerr", "task_waiting"),
    ]  # fmt: skip
    assert "→ 10 March 2026" in story.deadline("Tell CSOG of the decision")
    assert {"Tell CSOG of the decision", "Agree improvement actions", "Approve the minute"} <= set(story.tasks_of("chair"))
