"""Stories about what changes while a review runs: its terms, its team, its timetable, and the months that pass (section 7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from engine.models import Document
from tests.learning_review.course_meetings import FIRST, NO_OTHER, team_meets
from tests.learning_review.course_setup import EDUCATION_MANAGER, LATE, declares, is_cleared, roles_of
from tests.learning_review.story import Story

StoryFrom = Callable[[str], Story]


def change_is_proposed(story: Story, by: str = "health member", **terms: Any) -> None:
    """The Review Team has agreed that the terms should change."""
    agreed = {"change_note": "The school comes in.", "agreed_on": story.day(0)}
    story.do(by, "Change the terms of reference", terms=agreed | terms)


def how_it_stands(story: Story) -> str:
    """What the office sees of the review beside the procedure."""
    return story.open_task("administrator", "Check the review against the procedure").text


def versions_of_terms(story: Story) -> list[int]:
    """The versions of the document, each of them as PDF and as Word."""
    return [one.version for one in story.rows(Document, series="terms_of_reference") if one.name.endswith(".pdf")]


def test_a_change_of_the_terms_takes_effect_after_five_working_days_without_objection(story_from: StoryFrom):
    # given a team that wants to look at the school as well
    story = story_from("set_up")
    assert versions_of_terms(story) == [1]
    change_is_proposed(story, case_aspects="The school as well.")

    # then the manager and the EMPPC Chair are told, and see what changes
    told = [letter.to_name for letter in story.letters("task_waiting") if "five working days to object" in letter.body]
    assert sorted(told) == ["Grace Kerr", "Morag Sim"]
    page = story.open_task("chair", "Object to the change, or agree").text
    assert "Aspects of this case The move between schools. The school as well." in page
    assert "Rationale" not in page

    # and a further change can be proposed meanwhile
    assert "Change the terms of reference" in story.tasks_of("review chair")

    # when one agrees and the other says nothing, then a week with Good Friday in it is not enough
    story.do("chair", "Object to the change, or agree", terms_answer="no_objection")
    assert "10 April 2026" in story.open_task("manager", "Object to the change, or agree").text
    story.days_pass(7)
    assert "Terms of reference Version 1" in how_it_stands(story)
    story.days_pass(2)

    # then it is version 2, of the terms and of their document
    assert "Terms of reference Version 2" in how_it_stands(story)
    assert "Object to the change, or agree" not in story.tasks_of("manager")
    assert versions_of_terms(story) == [1, 2]


def test_an_objection_to_a_change_goes_back_to_the_team(story_from: StoryFrom):
    # given a change to which the manager objects, while the EMPPC Chair says nothing
    story = story_from("set_up")
    change_is_proposed(story, by="reviewer", methodology="Interviews.")
    assert story.try_to("manager", "Object to the change, or agree", terms_answer="object").problems == ["Enter what speaks against it"]
    story.do("manager", "Object to the change, or agree", terms_answer="object", terms_note="Events say more.")
    story.days_pass(9)

    # when the team proposes something else, and both agree
    assert "Events say more." in story.open_task("review chair", "Answer the objection").text
    story.do("review chair", "Answer the objection", objection_choice="propose_again")
    story.do("review chair", "Change the proposal", terms={"methodology": "Interviews and events."})
    for who in ("manager", "chair"):
        assert "Interviews and events." in story.open_task(who, "Object to the change, or agree").text
        story.do(who, "Object to the change, or agree", terms_answer="no_objection")

    # then that takes effect
    assert "Terms of reference Version 2" in how_it_stands(story)

    # and another that is objected to, and given up, leaves the terms as they are
    change_is_proposed(story, period_to="2026-02-01")
    story.do("chair", "Object to the change, or agree", terms_answer="object", terms_note="It would leave out the event.")
    story.do("manager", "Object to the change, or agree", terms_answer="no_objection")
    story.do("review chair", "Answer the objection", objection_choice="withdraw")
    assert "Terms of reference Version 2" in how_it_stands(story)
    assert versions_of_terms(story) == [1, 2]


def test_a_member_turns_out_to_have_been_involved_half_way(story_from: StoryFrom):
    # given Leah, a nurse in the team, who brought something to it
    story = story_from("set_up")
    story.do("health member", "Bring something to the Review Team", raised={"kind": "theme", "text": "Handing over between shifts."})

    # when she turns out to have been involved
    change = {"kind": "involved", "email": "leah.moss@example.org", "reason": "She covered a shift."}
    story.do("review chair", "Change the Review Team", change=change)

    # then her access ends at once, and she is thanked
    assert roles_of(story, "health member") == set()
    assert story.tasks_of("health member") == []
    assert story.sign_in(story.people["health member"]).open(f"/cases/{story.reference}").answer.status_code == 404
    assert story.letter("nomination_over").to_name == "Leah Moss"

    # and what she contributed stays, while the team marks it
    page = story.open_task("review chair", "Change the Review Team").text
    assert "Leah Moss Review Team Member 2 April 2026 Was involved; what they contributed is marked" in page
    arranged: dict[str, Any] = {"team_meeting_on": story.day(14), "team_meeting_time": "10:00", "team_meeting_place": "Room 4"}
    story.do("administrator", "Arrange the Review Team’s meeting", **arranged)
    assert "Handing over between shifts. Leah Moss" in story.open_task("child lead", "Prepare the Review Team’s agenda").text
    assert "People who have left the team 1" in how_it_stands(story)

    # when somebody joins in her place, they declare like everybody else
    newcomer = {"kind": "joins", "role": "member", "name": "Una Flynn", "new_email": "una.flynn@example.org", "agency": "nhs"}
    story.do("chair", "Change the Review Team", change=newcomer | EDUCATION_MANAGER)
    assert roles_of(story, "nurse") == {"nominee"}
    declares(story, "nurse")
    is_cleared(story, "Una Flynn")

    # then they are in the team, and after its first meeting they are asked to name people, and not the one who left
    assert roles_of(story, "nurse") == {"review_member"}
    story.do("child lead", "Prepare the Review Team’s agenda")
    team_meets(story, FIRST, **NO_OTHER)
    asked = "Name who takes part in the events"
    assert any(task.startswith(asked) for task in story.tasks_of("nurse"))
    assert not any(task.startswith(asked) for task in story.tasks_of("health member"))
    assert "Una Flynn Review Team Member NHS Lothian" in story.open_task("review chair", "Change the Review Team").text


def test_the_chair_of_the_team_steps_down_and_a_new_one_is_cleared(story_from: StoryFrom):
    # given a Chair who steps down
    story = story_from("set_up")
    story.do("manager", "Change the Review Team", change={"kind": "leaves", "email": "fiona.hay@example.org", "reason": "A new post."})
    assert roles_of(story, "review chair") == set()
    assert "needs a new Chair" in story.letter("task_waiting").body

    # when somebody is named who is not cleared, the team has no new member
    newcomer = {"kind": "joins", "role": "chair", "name": "Ken Ross", "new_email": "ken.ross@example.org", "agency": "police"}
    story.do("chair", "Change the Review Team", change=newcomer | EDUCATION_MANAGER)
    declares(story, "strategic manager", direct_service="yes")
    is_cleared(story, "Ken Ross", by="chair", outcome="excluded")
    assert "Ken Ross Review Team Chair" not in story.open_task("chair", "Change the Review Team").text

    # and the next one, whom the EMPPC Chair clears, chairs
    newcomer |= {"name": "Una Flynn", "new_email": "una.flynn@example.org", "agency": "nhs"}
    story.do("chair", "Change the Review Team", change=newcomer | EDUCATION_MANAGER)
    declares(story, "nurse")
    is_cleared(story, "Una Flynn", by="chair")
    assert roles_of(story, "nurse") == {"review_chair"}
    assert "Change the timetable" in story.tasks_of("nurse")


def test_the_timetable_is_changed_with_its_reason_and_so_is_what_departs_from_the_procedure(story_from: StoryFrom):
    # given a timetable that no longer holds
    story = story_from("set_up")
    assert story.try_to("review chair", "Change the timetable").problems == [
        "Select the main reason", "Enter the reason", "Enter who takes the next step", "Enter what helps to get there",
        "Enter when you now expect the review to be complete",
    ]  # fmt: skip
    story.do("review chair", "Change the timetable", delay=LATE | {"forecast": story.day(200)})

    # then the change and its reason are shown to who changes it next
    assert "Waiting for the police. 19 October 2026" in story.open_task("child lead", "Change the timetable").text

    # when the office does a step in another way
    departure = {"step": "The third meeting", "kind": "left_out", "reason": "It was joined with the second."}
    story.do("administrator", "Check the review against the procedure", departure=departure)

    # then that is shown beside how the review stands
    page = how_it_stands(story)
    assert "The third meeting Left out It was joined with the second." in page
    assert "Agencies in the Review Team 3" in page
    assert "Times the timetable was changed, or a date was passed 1" in page


def test_months_pass_and_the_reasons_are_asked_for_at_six_and_at_nine(story_from: StoryFrom):
    # given a review that was decided on 2 April 2026
    story = story_from("set_up")

    # when three months pass, and five
    story.time_passes_until(datetime(2026, 9, 30, 12, tzinfo=UTC))
    warned = [(letter.to_name, letter.body) for letter in story.letters("review_warning")]
    assert [name for name, _ in warned] == ["Grace Kerr", "Fiona Hay"] * 2
    assert "has taken 3 months" in warned[0][1]
    assert "has taken 5 months" in warned[-1][1]
    assert "Say why the review takes longer than 6 months" not in story.tasks_of("review chair")

    # and six, then the reason is asked for, with the days that something waited, and kept
    story.time_passes_until(datetime(2026, 10, 3, 12, tzinfo=UTC))
    page = story.open_task("review chair", "Say why the review takes longer than 6 months").text
    assert "Days since the decision: 184. Days of these on which something waited for another process: 0. Without these: 184." in page
    story.do("review chair", "Say why the review takes longer than 6 months", delay=LATE | {"forecast": story.day(60)})
    assert "Waiting for the police." in story.deadline("Learning Review complete: six months")

    # and after nine the Sub-group hears of it every month
    story.time_passes_until(datetime(2027, 3, 3, 12, tzinfo=UTC))
    assert "Say why the review takes longer than 9 months" in story.tasks_of("manager")
    late = [letter for letter in story.letters("review_warning") if "nine months for the Learning Review are over" in letter.body]
    assert [letter.to_name for letter in late] == ["Mina Patel", "Grace Kerr"] * 2
