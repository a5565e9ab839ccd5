"""Stories about the register of requests for information: what was asked, of whom, how it was followed up, and what came of it."""

from __future__ import annotations

from collections.abc import Callable

from tests.learning_review.story import Story
from tests.learning_review.test_stories_throughout import ANSWER, ASK, WANTED, chased
from tests.learning_review.test_stories_troubles import is_closed_early

From = Callable[[str], Story]
REGISTER = "information_requests"


def rows(story: Story, asked: str = "", who: str = "manager") -> list[tuple[str, str, str]]:
    """What is asked for, of whom, and what came of it, as the office takes it away."""
    return [(row["What was asked for"], row["Who holds it"], row["What came of it"]) for row in story.register(REGISTER, who, asked)]


def test_a_request_stands_in_the_register_from_the_day_it_is_asked_until_it_is_answered(story_from: From):
    # given two requests
    story = story_from("set_up")
    story.do("health member", ASK, wanted=WANTED | {"legal_basis": "The agreement of the partnership."})
    story.do("reviewer", ASK, wanted={**WANTED, "agency": "police", "what": "The log of the call."})

    # then both are there, the newest first, with who asked, why and by when
    waits = "Waits for an answer"
    assert rows(story) == [("The log of the call.", "Police Scotland", waits), ("The discharge letter.", "NHS Lothian", waits)]
    row = story.register(REGISTER)[1]
    assert (row["Who asked"], row["Why it is needed"]) == ("Leah Moss", "We do not know when she came home.")
    assert (row["Asked on"], row["Due on"], row["Legal basis"]) == (story.day(0), story.day(14), "The agreement of the partnership.")
    assert row["Case"] == story.reference

    # when one is answered, then its row is over
    story.do("nhs", ANSWER, information={"outcome": "received", "text": "She came home on 4 January."})
    assert rows(story) == [("The log of the call.", "Police Scotland", waits)]
    (row,) = story.register(REGISTER, asked="state=closed")
    assert (row["What came of it"], row["Received on"]) == ("Received", story.day(0))


def test_the_register_says_how_a_request_was_followed_up_and_passed_up(story_from: From):
    # given a request that nobody answers in two weeks
    story = story_from("set_up")
    story.do("reviewer", ASK, wanted=WANTED)
    story.days_pass(15)

    # when the chair gives it longer, then the register has the new day
    first, until = story.day(0), story.day(7)
    chased(story, "longer", until=until)
    (row,) = story.register(REGISTER)
    assert (row["What came of it"], row["Due on"], row["Passed up to"]) == ("Followed up", until, "")
    assert row["How it was chased"] == f"{first}: They are looking for it."

    # when the Senior Manager is turned to, and then it is done without, then it says both, and is over
    story.days_pass(9)
    chased(story, "escalate")
    assert story.register(REGISTER)[0]["Passed up to"] == "Senior Manager, EMPPC Chair"
    story.days_pass(8)
    chased(story, "without")
    assert rows(story) == []
    (row,) = story.register(REGISTER, asked="state=closed")
    assert (row["What came of it"], row["Why it was not given"]) == ("Did not come", "They are looking for it.")
    assert row["How it was chased"].count("They are looking for it.") == 3


def test_a_refusal_is_in_the_register_and_open_until_it_is_weighed_up(story_from: From):
    # given an agency that cannot share something
    story = story_from("set_up")
    story.do("reviewer", ASK, wanted=WANTED)
    story.do("nhs", ANSWER, information={"outcome": "refused", "reason": "It belongs to another board."})
    assert rows(story) == [("The discharge letter.", "NHS Lothian", "Cannot be shared")]
    assert story.register(REGISTER)[0]["Why it was not given"] == "It belongs to another board."

    # when it is asked once more, and refused again, and the gap accepted
    story.do("review chair", "Weigh up a refusal", refusal={"said": "I spoke to them.", "choice": "again"})
    assert (rows(story)[0][2], story.register(REGISTER)[0]["Due on"]) == ("Asked once more", story.day(7))
    story.do("nhs", ANSWER, information={"outcome": "refused", "reason": "Our lawyers say no."})
    story.do("review chair", "Weigh up a refusal", refusal={"said": "They will not.", "choice": "accept"})

    # then the row is over, with all that was said
    (row,) = story.register(REGISTER, asked="state=closed")
    assert row["What came of it"] == "Cannot be shared, and the gap is accepted"
    assert "I spoke to them." in row["How it was chased"]
    assert "They will not." in row["How it was chased"]


def test_a_request_that_is_open_when_the_case_ends_is_closed_with_it(story_from: From):
    # given a request nobody has answered
    story = story_from("set_up")
    story.do("reviewer", ASK, wanted=WANTED)

    # when the case is closed early
    is_closed_early(story, "in_error")

    # then its row says so, to the records officer, who alone opens closed cases
    assert rows(story, who="records officer") == []
    assert rows(story, "state=closed", "records officer") == [("The discharge letter.", "NHS Lothian", "No answer before the work ended")]
