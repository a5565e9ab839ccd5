"""What changed from one text to another: paragraph by paragraph, and word by word in those that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MOST_WORDS = 3000  # in one changed part; a larger one is shown as taken out and put in as a whole
MOST_PARAGRAPHS = 5000


class Kind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Stretch:
    """Words that stayed, came or went together."""

    kind: Kind
    text: str


Paragraph = tuple[Stretch, ...]


def compare(before: str, after: str) -> list[Paragraph]:
    """The paragraphs of both texts in their order, each as stretches."""
    old, new = _paragraphs(before), _paragraphs(after)
    if max(len(old), len(new)) > MOST_PARAGRAPHS:
        return [*_whole(Kind.REMOVED, old), *_whole(Kind.ADDED, new)]
    found: list[Paragraph] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        found += _whole(Kind.SAME, old[a:b]) if what == "equal" else _changed(old[a:b], new[c:d])
    return found


def words_in(paragraphs: Sequence[Paragraph], kind: Kind) -> int:
    """How many words came, went or stayed."""
    return sum(len(re.findall(r"\w+", one.text)) for paragraph in paragraphs for one in paragraph if one.kind is kind)


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _whole(kind: Kind, paragraphs: Sequence[str]) -> list[Paragraph]:
    return [(Stretch(kind, paragraph),) for paragraph in paragraphs]


def _changed(old: Sequence[str], new: Sequence[str]) -> list[Paragraph]:
    """A changed part: paragraph beside paragraph, as long as both texts have some; then what only one has."""
    pairs = [tuple(_by_words(before, after)) for before, after in zip(old, new, strict=False)]
    return [*pairs, *_whole(Kind.REMOVED, old[len(new) :]), *_whole(Kind.ADDED, new[len(old) :])]


def _by_words(before: str, after: str) -> Iterator[Stretch]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        yield from (Stretch(Kind.REMOVED, before), Stretch(Kind.ADDED, after))
        return
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Stretch(Kind.SAME, "".join(old[a:b]))
        else:
            yield from (Stretch(kind, "".join(words)) for kind, words in ((Kind.REMOVED, old[a:b]), (Kind.ADDED, new[c:d])) if words)
