"""The wording of what is wrong with an answer: what to do, in the words of the question."""

from __future__ import annotations

from collections.abc import Sequence


class Wrong(Exception):
    """An entry cannot be accepted. Carries the sentence, and the part of the field to go to (such as "-month")."""

    def __init__(self, sentence: str, part: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.part = part


def lower_first(text: str) -> str:
    """The text as it goes on in the middle of a sentence: "Date of birth" becomes "date of birth", "NHS number" stays."""
    first = text.split(" ", 1)[0]
    stays = first in ("I", "I’m", "I've") or (len(first) > 1 and first != first.capitalize())
    return text if stays else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """The text as it begins a sentence."""
    return text[:1].upper() + text[1:]


def subject(label: str) -> str:
    """The field as the subject of "… must be a number"."""
    return f"The answer to “{label}”" if label.rstrip().endswith("?") else upper_first(label)


def demand(verb: str, label: str) -> str:
    """Asks for an answer: "Enter date of birth", "Select an answer to “Did she know?”"."""
    return f"{verb} an answer to “{label}”" if label.rstrip().endswith("?") else f"{verb} {lower_first(label)}"


def listing(words: Sequence[str], last: str = "and") -> str:
    """Words in a row: "day, month and year"."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def plural(count: int, word: str) -> str:
    """The count with its word: "1 character", "2 characters"."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
