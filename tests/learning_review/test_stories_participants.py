"""Who takes part in the events: named by the members of the Review Team, informed, and supported by their managers."""

from __future__ import annotations

from collections.abc import Callable

from tests.learning_review.course_events import (
    PRACTITIONER,
    STRATEGIC_MANAGER,
    events_are_arranged,
    lists_are_settled,
    people_are_named,
    person_is_prepared,
)
from tests.learning_review.course_meetings import the_team_has_met_twice
from tests.learning_review.story import Story

ARRANGE = "Arrange the briefing and the events"


def test_everybody_who_takes_part_is_informed_and_supported_before_the_events(story_from: Callable[[str], Story]):
    # given participants who were named, informed and supported
    story = story_from("met_twice")

    # then each was told about the review and about support, and each manager only that a colleague takes part
    told = {letter.to_email: letter.body for letter in story.letters("participant_information")}
    assert set(told) == {"jo.park@example.org", "una.flynn@example.org", "ken.ross@example.org"}
    assert all("employee assistance programme" in body and "Lead Officer" in body for body in told.values())
    managers = story.letters("support_wanted")
    assert {letter.to_email for letter in managers} == {"pete.dunn@example.org", "nadia.shah@example.org"}
    assert not [letter for letter in managers if any(name in letter.body for name in ("Jo Park", "Una Flynn", "Ken Ross"))]

    # and whoever arranges the events sees how ready everybody is: that support was offered, and nothing of what was said
    ready = story.open_task("administrator", ARRANGE).text
    assert "Jo Park Police Scotland Practitioners Yes Offered and accepted Yes" in ready
    assert "Ken Ross Police Scotland Strategic managers Yes Offered and accepted Yes" in ready
    assert "Una Flynn NHS Lothian Practitioners Yes Offered and accepted Yes" in ready


def test_an_agency_that_names_nobody_is_reminded_spoken_to_and_gone_on_without(story_from: Callable[[str], Story]):
    # given that only the police have named their people
    story = story_from("met_once")
    story.do("police member", "Name who takes part", nominations=[PRACTITIONER, STRATEGIC_MANAGER])
    before = len(story.letters("task_waiting"))

    # when a week passes, then Leah Moss is reminded, and after ten days the Review Team Chair is asked
    story.days_pass(7)
    assert [letter.to_email for letter in story.letters("task_waiting")[before:]] == ["leah.moss@example.org"]
    assert "Find out who takes part" not in " ".join(story.tasks_of("review chair"))
    story.days_pass(3)

    # when the Chair waits another week, and then learns that nobody knew the family
    story.do("review chair", "Find out who takes part", "NHS Lothian", nominations_choice="more_time")
    story.days_pass(7)
    refused = story.try_to("review chair", "Find out who takes part", nominations_choice="nobody")
    assert refused.problems == ["Enter why nobody takes part"]
    story.do("review chair", "Find out who takes part", nominations_choice="nobody", nobody_why="Nobody who knew them works there now.")

    # then Leah Moss is asked no longer, and the Lead Officer reads why
    assert "Name who takes part" not in " ".join(story.tasks_of("health member"))
    settling = story.open_task("child lead", "Settle who takes part").text
    assert "NHS Lothian Nobody who knew them works there now." in settling


def test_nobody_comes_to_both_events_without_a_reason(story_from: Callable[[str], Story]):
    # given somebody who is named for both events
    story = story_from("met_once")
    both = [PRACTITIONER, PRACTITIONER | {"event": "strategic_manager"}]

    # when no reason is given, then it is asked for
    refused = story.try_to("police member", "Name who takes part", nominations=both)
    assert refused.problems == ["Enter why the same person should come to both events"]

    # when it is given, then the Lead Officer sees it and has to agree
    story.do("police member", "Name who takes part", nominations=both, both_why="A team of one.")
    story.do("health member", "Name who takes part", nominations=[], nobody_why="Nobody knew them.")
    assert "Police Scotland A team of one." in story.open_task("child lead", "Settle who takes part").text
    rows = [person | {"agency": "police"} for person in both]
    refused = story.try_to("child lead", "Settle who takes part", participants=rows)
    assert refused.problems == ["Enter why the same person may come to both events, or take one of the entries away"]
    lists_are_settled(story, PRACTITIONER)
    assert "Say whether you take part – Jo Park" in " ".join(story.tasks_of("practitioner"))


def test_whoever_does_not_answer_is_reminded_noted_and_not_waited_for(story_from: Callable[[str], Story]):
    # given three participants of whom only Ken Ross answers, and says no
    story = story_from("met_once")
    people_are_named(story)
    lists_are_settled(story)
    person_is_prepared(story, "strategic manager", "police", "Ken Ross", taking_part="no")

    # when two weeks pass
    story.days_pass(13)
    reminded = [letter.to_email for letter in story.letters("task_waiting")]
    assert reminded.count("jo.park@example.org") == reminded.count("una.flynn@example.org") == 2
    assert "Arrange the Review Team’s meeting" not in " ".join(story.tasks_of("administrator"))
    story.days_pass(2)

    # then the Review Team meets all the same, and what is not known is said to be so
    the_team_has_met_twice(story)
    ready = story.open_task("administrator", ARRANGE).text
    assert "Jo Park Police Scotland Practitioners No answer yet Not known Not known" in ready
    assert "Ken Ross Police Scotland Strategic managers Does not take part Offered and accepted" in ready

    # and whoever does not take part is not invited
    events_are_arranged(story)
    assert {letter.to_email for letter in story.letters("event_invitation")} == {"jo.park@example.org", "una.flynn@example.org"}
