"""What changed from one text to another: paragraph by paragraph, and word by word in those that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

WORDS = re.compile(r"\s*(?:\w+|[^\w\s])")  # with the space before: as parts of their own, spaces would be found everywhere
# What is more than that is shown as taken out and put in as a whole.
MOST_WORDS = 3000  # in one changed paragraph
MOST_PARAGRAPHS = 2000
MOST_LETTERS = 400_000  # in all changed parts together


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
    room = MOST_LETTERS
    # Its rule for what stands there very often is wanted: without it a long text takes minutes.
    for what, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if what == "equal":
            found += _whole(Kind.SAME, old[a:b])
            continue
        room -= sum(map(len, old[a:b])) + sum(map(len, new[c:d]))
        found += _changed(old[a:b], new[c:d]) if room >= 0 else [*_whole(Kind.REMOVED, old[a:b]), *_whole(Kind.ADDED, new[c:d])]
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
    for kind, alike in groupby(_stretches(old, new), key=lambda one: one.kind):
        yield Stretch(kind, "".join(one.text for one in alike))


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    """Word by word; which words are the same is told without the spaces before them, and spaces that differ with what comes before."""
    removed = added = ""
    for what, a, b, c, d in SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new]).get_opcodes():
        if what != "equal":
            removed, added = removed + "".join(old[a:b]), added + "".join(new[c:d])
            continue
        for mine, theirs in zip(old[a:b], new[c:d], strict=True):
            word = theirs if mine == theirs else theirs.strip()
            yield from _other(removed + mine.removesuffix(word), added + theirs.removesuffix(word))
            yield Stretch(Kind.SAME, word)
            removed = added = ""
    yield from _other(removed, added)


def _other(removed: str, added: str) -> Iterator[Stretch]:
    """Words in the place of others; the space before both stays."""
    space = removed[:1] if removed[:1] == added[:1] and removed[:1].isspace() else ""
    stretches = ((Kind.SAME, space), (Kind.REMOVED, removed[len(space) :]), (Kind.ADDED, added[len(space) :]))
    yield from (Stretch(kind, words) for kind, words in stretches if words)
