"""What changed from one form to the next that was handed in for the same thing: answer by answer, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine import comparison
from engine.comparison import Kind, Paragraph
from engine.procedures import Deployed

from . import written
from .written import Answer, Sent

Place = tuple[str, str, int]  # the heading, the label, and which of several with both


@dataclass(frozen=True)
class Change:
    """One answer that is not what it was."""

    heading: str
    label: str
    paragraphs: Sequence[Paragraph]


@dataclass(frozen=True)
class Changes:
    """All of them, and how many answers stayed as they were."""

    answers: Sequence[Change]
    same: int

    @property
    def added(self) -> int:
        """How many words came."""
        return self._words(Kind.ADDED)

    @property
    def removed(self) -> int:
        """How many words went."""
        return self._words(Kind.REMOVED)

    def _words(self, kind: Kind) -> int:
        return sum(comparison.words_in(one.paragraphs, kind) for one in self.answers)


def same_thing(earlier: Sent, later: Sent) -> bool:
    """True if both were handed in for the same thing, one after the other."""
    return _thing(earlier) == _thing(later) and earlier.number < later.number


def _thing(sent: Sent) -> tuple[tuple[str, str], str, str]:
    return sent.place, sent.subject, sent.form_key


def earlier_ones(sent: Sequence[Sent]) -> dict[int, Sent]:
    """For each form the one before it that was handed in for the same thing. sent: the newest first."""
    newest: dict[tuple[tuple[str, str], str, str], Sent] = {}
    found: dict[int, Sent] = {}
    for one in sent:
        if later := newest.get(_thing(one)):
            found[later.number] = one
        newest[_thing(one)] = one
    return found


def between(earlier: Sent, later: Sent, deployed: Deployed) -> Changes:
    """What changed from one to the other."""
    before, after = dict(_answers(earlier, deployed)), dict(_answers(later, deployed))
    places = [*after, *(place for place in before if place not in after)]
    changed = [place for place in places if before.get(place, "") != after.get(place, "")]
    told = [Change(place[0], place[1], comparison.compare(before.get(place, ""), after.get(place, ""))) for place in changed]
    return Changes(told, len(places) - len(changed))


def _answers(sent: Sent, deployed: Deployed) -> Iterator[tuple[Place, str]]:
    seen: Counter[tuple[str, str]] = Counter()
    for part in written.content(sent, deployed):
        for answer in part.answers:
            seen[part.title, answer.label] += 1
            yield (part.title, answer.label, seen[part.title, answer.label]), _text(answer)


def _text(answer: Answer) -> str:
    lines = [str(file["name"]) for file in answer.files] or [line for line in answer.lines if line != written.NOT_ANSWERED]
    return "\n".join(lines)
