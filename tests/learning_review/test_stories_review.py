"""A Learning Review is held, from the terms of reference to the last of what follows from the report."""

from __future__ import annotations

from collections.abc import Callable

from tests.learning_review.story import Story


def test_a_learning_review_is_held(story_from: Callable[[str], Story]):
    # given a Learning Review that is set up
    story = story_from("set_up")

    # then the Review Team meets
    assert any("Arrange the Review Team’s meeting" in sentence for sentence in story.waits_for)
