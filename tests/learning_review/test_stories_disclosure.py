"""Stories about requests of which it has to be asked what they mean: the time to answer stands still until that is known."""

from __future__ import annotations

from tests.learning_review.story import SQLITE_ONLY, Story
from tests.learning_review.test_stories_registers import FREEDOM

pytestmark = SQLITE_ONLY

ASK = "Ask what is meant"
NOTE = "Note what is meant"


def is_asked(story: Story, kind: str) -> None:
    """A request that came today, and five days later the question what it means."""
    story.begin("disclosure_request", "administrator", disclosure=FREEDOM | {"kind": kind, "received_on": story.day(0)})
    story.days_pass(5)
    story.do("records officer", ASK, unclear={"question": "Which years do you mean?", "asked_on": story.day(0)})


def log(story: Story, asked: str = "") -> tuple[str, str]:
    """The time to answer, and the decision, as the disclosure log has them."""
    (row,) = story.register("disclosure_log", "records officer", asked)
    return row["Time to answer"], row["Decision"]


def test_under_freedom_of_information_the_days_are_counted_anew_once_it_is_clear_what_is_meant(story: Story):
    # given a request about which the person was asked
    is_asked(story, "foi")
    assert log(story) == ("Stands still until we know what is meant", "Waiting for clarification")
    assert "Answer a freedom of information request" not in " ".join(story.tasks_of("records officer"))

    # when more than twenty working days pass, then nothing is late
    story.days_pass(30)
    assert "overdue" not in story.case_page().text

    # and when they say what they mean, then it has twenty working days again, and the answer knows what is meant
    wrong = story.try_to("records officer", NOTE, clarified={"outcome": "clear", "on": story.day(-31)})
    assert wrong.problems == ["The date must not be before you asked", "Enter what they mean"]
    story.do("records officer", NOTE, clarified={"outcome": "clear", "on": story.day(0), "text": "The last five years."})
    assert "20 working days from 7 April 2026, clarified → 6 May 2026" in story.case_page().text
    assert log(story) == ("20 working days from 2026-04-07", "")
    page = story.open_task("records officer", "Answer a freedom of information request").text
    assert "The last five years." in page
    assert "6 May 2026" in page


def test_for_a_person_who_asks_about_themselves_the_days_waited_are_added(story: Story):
    # given such a request, and an answer after ten days
    is_asked(story, "sar")
    story.days_pass(10)
    story.do("records officer", NOTE, clarified={"outcome": "clear", "on": story.day(0), "text": "The letters."})

    # then the month ends ten days later
    assert "1 month from 13 March 2026, received; the days we waited are added → 13 April 2026" in story.case_page().text

    # and it may be asked a second time, and the days add up
    story.do("records officer", ASK, unclear={"question": "All letters?", "asked_on": story.day(0)})
    story.days_pass(4)
    story.do("records officer", NOTE, clarified={"outcome": "clear", "on": story.day(0), "text": "All of them."})
    assert "17 April 2026" in story.case_page().text
    answer = {"decision": "all", "given": "The letters.", "nobody_named": True, "decided_on": story.day(0)}
    story.do("records officer", "Answer a request about oneself", answer=answer)
    assert log(story, "state=closed")[1] == "All of it given"


def test_a_request_that_stays_unclear_is_closed_and_the_log_says_why(story: Story):
    is_asked(story, "foi")
    story.days_pass(60)

    story.do("records officer", NOTE, clarified={"outcome": "not_clear"})

    assert log(story, "state=closed")[1] == "Withdrawn"
    assert story.stage.startswith("Closed on")
