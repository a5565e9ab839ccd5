"""A Learning Review is held, from the terms of reference to the last of what follows from the report."""

from __future__ import annotations

from collections.abc import Callable

from tests.learning_review.story import Story


def test_a_learning_review_is_held(story_from: Callable[[str], Story]):
    # given, when a Learning Review is set up, undertaken, reported and followed up
    story = story_from("followed_up")

    # then the case is closed, and waits for nothing
    assert story.stage.startswith("Closed")
    assert story.waits_for == []

    # and its report is published, its learning shared, and its action part of the one plan
    assert [row["What"] for row in story.register("dissemination", asked="state=all")] == ["Planning visits together"]
    assert [row["Where it stands"] for row in story.register("improvement_plan")] == ["To be agreed"]
    assert [row["Stage"] for row in story.register("reviews", asked="state=all")] == ["Closed"]

    # and all its dates are told with what became of them
    assert "Met on" in story.deadline("Submit the report to the Care Inspectorate")
    assert "Met on" in story.deadline("Learning Review complete: nine months")
