"""What changed from one text to another."""

from __future__ import annotations

from random import Random
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from engine import comparison
from engine.comparison import Kind


def told(before: str, after: str) -> list[str]:
    marks = {Kind.SAME: "", Kind.ADDED: "+", Kind.REMOVED: "-"}
    return ["|".join(marks[one.kind] + one.text for one in paragraph) for paragraph in comparison.compare(before, after)]


def test_a_changed_paragraph_is_told_word_by_word():
    assert told("We dug the bed.\n\nThen we ate.", "We dug a bed.\nThen we ate.") == ["We dug |-the|+a| bed.", "Then we ate."]


def test_a_word_stays_the_same_whatever_is_put_before_it():
    assert told("Then left.", "Then <left>.") == ["Then |+<|left|+>|."]
    assert told("Reports end.", "All Reports end.") == ["+All |Reports end."]


def test_a_paragraph_that_came_or_went_is_told_as_a_whole():
    assert told("One.\nTwo.\nThree.", "One.\nThree.\nFour.") == ["One.", "-Two.", "Three.", "+Four."]


def test_how_many_words_came_and_went_is_counted():
    found = comparison.compare("We dug the bed.", "We dug two large beds.")

    assert (comparison.words_in(found, Kind.ADDED), comparison.words_in(found, Kind.REMOVED)) == (3, 2)


def test_a_very_long_text_is_told_without_looking_at_every_word():
    assert told("a " * 4000, "b " * 4000) == [f"-{('a ' * 4000).strip()}|+{('b ' * 4000).strip()}"]
    assert len(told("a\n" * 6000, "a\n" * 6000)) == 12000


def test_a_long_paragraph_with_many_small_changes_is_told_word_by_word_and_soon():
    chance = Random(7)
    words = [f"word{chance.randrange(400)}" for _ in range(1400)]
    changed = [f"{word}, so" if number % 7 == 0 else word for number, word in enumerate(words)]
    began = process_time()

    found = comparison.compare(" ".join(words), " ".join(changed))

    assert process_time() - began < 5
    assert (comparison.words_in(found, Kind.ADDED), comparison.words_in(found, Kind.REMOVED)) == (200, 0)


def test_lines_that_all_look_alike_are_compared_soon():
    began = process_time()

    comparison.compare("yes\nno\n" * 990, "yes\nperhaps\n" * 990)

    assert process_time() - began < 5


def test_of_very_many_changes_the_last_are_told_as_a_whole(monkeypatch):
    monkeypatch.setattr(comparison, "MOST_LETTERS", 20)

    assert told("One a.\nSame.\nTwo a.", "One b.\nSame.\nTwo b.") == ["One |-a|+b|.", "Same.", "-Two a.", "+Two b."]


@given(st.text(alphabet="ab .\n", max_size=60), st.text(alphabet="ab .\n", max_size=60))
def test_both_texts_can_be_read_from_what_is_told(before, after):
    found = comparison.compare(before, after)

    def read(kind: Kind) -> list[str]:
        texts = ["".join(one.text for one in paragraph if one.kind in (Kind.SAME, kind)) for paragraph in found]
        return [text for text in texts if text]

    assert read(Kind.REMOVED) == [line.strip() for line in before.splitlines() if line.strip()]
    assert read(Kind.ADDED) == [line.strip() for line in after.splitlines() if line.strip()]
