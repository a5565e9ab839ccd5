"""Stories of what follows when CSOG has considered the report: those who took part hear of it, managers meet, the learning is shared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.learning_review.course_follow import (
    ACTION,
    BRIEFING,
    NOBODY_KNOWN,
    family_has_the_report,
    improvement_is_planned,
    inspectorate_is_told,
    item_is_shared,
    participants_are_told,
    report_is_published,
    review_is_closed,
    sharing_is_planned,
)
from tests.learning_review.course_setup import roles_of
from tests.learning_review.story import Story

From = Callable[[str], Story]


def of(story: Story, reference: str) -> Story:
    """The same story, at another of its cases."""
    story.reference = reference
    return story


def test_everything_that_follows_is_done_and_the_case_closes(story_from: From):
    # given a report that CSOG has considered
    story = story_from("reported")
    review = story.reference
    assert roles_of(story, "reviewer") == {"reviewer"}

    # when it is published, those who have a right to know are told, and managers agree an action
    report_is_published(story)
    inspectorate_is_told(story)
    family_has_the_report(story)
    participants_are_told(story)
    improvement_is_planned(story)

    # then each manager was invited, the action is part of the one plan, and improvement is under way
    assert {one.to_email for one in story.letters("managers_meeting_invitation")} == {"nadia.shah@example.org", "pete.dunn@example.org"}
    assert [one["What is to be done"] for one in story.register("improvement_plan", "subgroup")] == [ACTION["action"]]
    assert story.stage.startswith("Improvement under way")
    assert story.deadline("Managers meet on the improvement plan").endswith(f"Met on {story.today.day} {story.today:%B %Y}")

    # when the learning is shared and the Manager closes the case
    sharing_is_planned(story)
    item_is_shared(story)
    review_is_closed(story)

    # then nobody keeps a role that it gave, and its action goes on
    assert roles_of(story, "reviewer") == roles_of(story, "review chair") == roles_of(story, "health member") == set()
    assert story.stage.startswith("Closed")
    assert "Closing summary" in story.case_page().text
    [action] = [row for row in story.register("improvement_plan") if row["What is to be done"] == ACTION["action"]]
    assert action["Where it stands"] == "To be agreed"
    assert of(story, review).register("reviews", asked="state=all")[-1]["Stage"] == "Closed"


def test_feedback_that_waits_is_reminded_of_and_whoever_cannot_be_reached_is_noted(story_from: From):
    # given people who took part and wait to hear
    story = story_from("reported")
    told_before = len(story.letters("task_waiting"))

    # when four weeks pass
    story.days_pass(29)

    # then the Lead Officer is reminded after two weeks and after four, and the case says that it is overdue
    reminders = [one for one in story.letters("task_waiting")[told_before:] if "wait to hear what came of it" in one.body]
    assert [one.to_email for one in reminders] == ["catriona.laing@example.org"] * 2
    assert "1 day overdue" in story.deadline("Feedback to those who took part")

    # and when no session is held, each of the three is told alone; one cannot be reached
    story.do("child lead", "Hold a feedback session", session={"held": "no", "reason": "Shifts."})
    for name in ("Jo Park", "Una Flynn"):
        answer = {"how": "written", "on": story.day(0), "support": "not_known"}
        story.do("reviewer", "Tell somebody what was learned", name, participant_feedback=answer)
    nobody = {"how": "not_reached", "tried": "A call and a letter.", "support": "not_known"}
    story.do("reviewer", "Tell somebody what was learned", "Ken Ross", participant_feedback=nobody)
    assert not any(task.startswith("Tell somebody") for task in story.tasks_of("child lead"))


def test_a_meeting_that_did_not_come_about_is_held_on_another_day_and_may_agree_that_nothing_is_needed(story_from: From):
    # given a managers' meeting that does not come about
    story = story_from("reported")
    invited: dict[str, Any] = {"place": "Online", "people": [{"name": "Nadia Shah", "email": "nadia.shah@example.org", "agency": "nhs"}]}
    refused = story.try_to("chair", "Call the managers’ meeting", managers_invited=invited | {"on": story.day(3)})
    assert refused.problems == ["Enter why an agency of the Review Team is not invited"]
    invited["left_out"] = "The police send what they suggest."
    story.do("chair", "Call the managers’ meeting", managers_invited=invited | {"on": story.day(3)})
    story.do("chair", "Record the managers’ meeting", managers_meeting={"held": "no", "why_not": "Illness."}, actions=[])

    # when they meet on another day, with the actions before them that the Review Team outlined, and find that nothing is needed
    story.do("chair", "Call the managers’ meeting", managers_invited=invited | {"on": story.day(5)})
    assert "Nobody is visited twice for the same. Try a shared calendar." in story.open_task("chair", "Record the managers’ meeting").text
    story.days_pass(5)
    met = {"held": "yes", "on": story.day(0), "there": "Health", "no_actions": "It is being done already.", "to_csog": "no"}
    story.do("chair", "Record the managers’ meeting", managers_meeting=met, actions=[])

    # then they were invited twice, and the plan has nothing of it
    assert len(story.letters("managers_meeting_invitation")) == 2
    assert story.register("improvement_plan", "subgroup") == []

    # and the Review Team reads on until everybody whom it has to tell has heard
    assert story.case_page(who="reviewer").answer.status_code == 200
    assert not story.stage.startswith("Improvement under way")
    family_has_the_report(story)
    participants_are_told(story)
    assert story.stage.startswith("Improvement under way")
    assert story.sign_in(story.people["reviewer"]).open(f"/cases/{story.reference}").answer.status_code == 404


def test_what_tells_the_council_area_is_not_shared_and_its_author_cannot_sign_it(story_from: From):
    # given a learning summary that is planned, though the report is not published yet
    story = story_from("reported")
    summary = BRIEFING | {"kind": "summary", "title": "One calendar"}
    sharing_is_planned(story, summary)

    # when it names a place, and somebody signs it all the same
    story.do("child lead", "Prepare what is shared", sharing={"outcome": "prepared", "text": "A team in Dalkeith planned together."})
    assert not any(task.startswith("Check what is shared") for task in story.tasks_of("child lead"))
    assert "Dalkeith" in story.open_task("manager", "Check what is shared").text
    story.do("manager", "Check what is shared", sharing_signed=NOBODY_KNOWN)

    # then it comes back and says why, and cannot be shared
    assert "could tell the council area" in story.open_task("child lead", "Prepare what is shared").text
    assert not any(task.startswith("Share it") for task in story.tasks_of("child lead"))

    # and what tells nothing is written as a document, shared, and in the register
    item_is_shared(story, "One calendar")
    [row] = story.register("dissemination", asked="state=all")
    assert (row["What"], row["Kind"], row["How many it reached"]) == ("One calendar", "Learning summary", "24")
    assert row["Checked that nobody and no area can be known"] == "Morag Sim"


def test_more_is_shared_while_something_is_under_way_and_something_is_not_done(story_from: From):
    # given a briefing that is planned
    story = story_from("reported")
    sharing_is_planned(story)

    # when another is added, and that one is not done
    course = BRIEFING | {"kind": "training", "title": "Course on planning", "due": story.day(60)}
    story.do("manager", "Add something to share", items=[course])
    story.do(
        "child lead", "Prepare what is shared", "Course on planning", sharing={"outcome": "dropped", "reason": "There is one already."}
    )

    # then something can still be added, until all is done
    assert any(task.startswith("Add something to share") for task in story.tasks_of("manager"))
    item_is_shared(story)
    assert not any(task.startswith("Add something to share") for task in story.tasks_of("manager"))
    rows = {row["What"]: row for row in story.register("dissemination", asked="state=all")}
    assert rows["Course on planning"]["What people made of it"] == "Not done: There is one already."
    assert rows["Planning visits together"]["Done on"] == story.today.isoformat()


KINDS = {
    "session": "Feedback session", "briefing": "Multi-agency briefing", "bespoke": "Briefing for a team", "summary": "Learning summary",
    "seven_minutes": "7-minute briefing", "training": "Change to training", "newsletter": "Newsletter article",
    "hub": "National knowledge hub",
}  # fmt: skip


def test_what_a_child_taught_is_shared_in_every_way_there_is(story_from: From):
    # given one item of each kind, for a child the national hub too
    story = story_from("reported")
    sharing_is_planned(story, *(BRIEFING | {"kind": kind, "title": called, "audience": f"For {kind}"} for kind, called in KINDS.items()))

    # when each is prepared, checked by somebody else, and done
    for called in KINDS.values():
        item_is_shared(story, called)

    # then the register tells of each for whom it was, how many it reached, and what people made of it
    rows = {row["What"]: row for row in story.register("dissemination", asked="state=all")}
    assert rows.keys() == set(KINDS.values())
    for kind, called in KINDS.items():
        assert (rows[called]["For whom"], rows[called]["How many it reached"]) == (f"For {kind}", "24")
        assert rows[called]["What people made of it"] == "They will plan together."
    assert len({row["Kind"] for row in rows.values()}) == len(KINDS)
