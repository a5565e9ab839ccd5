"""Terms looked for in texts: names, places, patterns. Whole words, whatever their case and accents, with their possessives and plurals.

A list of terms is a text file with one on each line. In it `*` stands for one word and `?` for one letter; a line that
begins with # is for the reader, and one that begins with ! is what is not meant although a term fits it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from .errors import Problem

WORD = re.compile(r"\w+")
ENDING = r"(?:['’]s|s['’]|es|s)?(?!\w)"
PARTS = {"*": r"[\w'’-]{1,40}", "?": r"[^\W\d_]"}
LIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})
LONGEST_TERM = 200
SHORTEST_NAME = 2  # letters: a part of a name that is looked for by itself
AROUND = 60  # letters of the text shown on each side


@dataclass(frozen=True)
class Term:
    """One thing to look for."""

    said: str  # as it stands in the list
    pattern: re.Pattern[str]  # of the folded text
    first: str  # its first word, folded; empty where that is a pattern


@dataclass(frozen=True)
class TermList:
    """The terms of one file."""

    key: str
    terms: tuple[Term, ...]
    not_meant: frozenset[str]  # folded


@dataclass(frozen=True)
class Found:
    """Where a term stands in a text."""

    term: str
    excerpt: str


def read(content: bytes, path: str) -> tuple[TermList, list[Problem]]:
    """A file of terms, and everything that is wrong with it."""
    key = PurePosixPath(path).stem
    try:
        lines = [line.strip() for line in content.decode("utf-8-sig").splitlines()]
    except UnicodeDecodeError:
        return TermList(key, (), frozenset()), [Problem(path, "", "The file is not UTF-8 text. Save it as UTF-8.")]
    entries = [(number, line) for number, line in enumerate(lines, 1) if line and not line.startswith("#")]
    problems = [Problem(path, "", f"In line {number}, “{line[:40]}”: {said}") for number, line in entries if (said := _wrong(line))]
    if not any(not line.startswith("!") for _, line in entries):
        problems.append(Problem(path, "", "There is no term in this list. Write one on each line."))
    terms = tuple(pattern(line) for _, line in entries if not line.startswith("!") and not _wrong(line))
    return TermList(key, terms, frozenset(fold(line[1:].strip())[0] for _, line in entries if line.startswith("!"))), problems


def read_all(bundle: Mapping[str, bytes]) -> tuple[dict[str, TermList], list[Problem]]:
    """The lists among the files of a procedure, by their names, and what is wrong in any of them."""
    found = [read(content, path) for path, content in sorted(bundle.items()) if path.startswith("lists/") and path.endswith(".txt")]
    return {one.key: one for one, _ in found}, [problem for _, problems in found for problem in problems]


def _wrong(line: str) -> str:
    if len(line) > LONGEST_TERM:
        return f"a term has at most {LONGEST_TERM} letters. Make it shorter."
    if not line.startswith("!") and not any(letter.isalnum() for letter in line) and "?" not in line:
        return "this fits every word. Write at least one letter."
    if not line.startswith("!") and not (line[0].isalnum() or line[0] in PARTS):
        return "a term begins with a letter, a figure, * or ?. Take away what stands before it."
    return ""


def pattern(said: str) -> Term:
    """A line of a list as something to look for."""
    folded, _ = fold(said)
    parts = re.split(r"([*?]|\s+)", folded)
    built = "".join(PARTS.get(part) or (r"[\s-]+" if part.isspace() else re.escape(part)) for part in parts if part)
    ends_in_word = folded[-1:].isalnum() or folded[-1:] in PARTS
    first = WORD.match(folded)
    plain = first is not None and folded[first.end() : first.end() + 1] not in PARTS
    return Term(said, re.compile(built + (ENDING if ends_in_word else "")), first[0] if first and plain else "")


def names(given: Iterable[str]) -> TermList:
    """Names of people as terms: each as a whole, and each of its parts that begins with a capital letter."""
    wanted: dict[str, None] = {}
    for name in (" ".join(name.split())[:LONGEST_TERM] for name in given):
        parts = [part.strip(".,;:()") for part in name.split(" ")]
        own = [part for part in parts if len(part) >= SHORTEST_NAME and part[:1].isupper()]
        wanted |= dict.fromkeys(one for one in [name, *own] if any(letter.isalnum() for letter in one))
    return TermList("", tuple(_literally(name) for name in wanted), frozenset())


def _literally(name: str) -> Term:
    """A name as a term: no sign in it means anything."""
    return pattern(name.replace("*", " ").replace("?", " ").strip())


def find(text: str, lists: Iterable[TermList]) -> Iterator[Found]:
    """Everywhere in a text that a term stands; of several in one place the longest."""
    known = list(lists)
    by_first: defaultdict[str, list[Term]] = defaultdict(list)
    for term in (term for one in known for term in one.terms):
        by_first[term.first].append(term)
    not_meant = frozenset().union(*(one.not_meant for one in known))
    folded, places = fold(text)
    end = 0
    for word in WORD.finditer(folded):
        if word.start() < end:
            continue
        matches = [(match.end(), term) for term in _candidates(word[0], by_first) if (match := term.pattern.match(folded, word.start()))]
        if matches:
            stop, term = max(matches, key=lambda one: one[0])
            if folded[word.start() : stop] not in not_meant:
                yield Found(term.said, _excerpt(text, places[word.start()], places[stop - 1] + 1))
            end = stop


def _candidates(word: str, by_first: dict[str, list[Term]]) -> Iterator[Term]:
    """The terms that may begin with this word, which may have an ending of its own."""
    for first in {word, word.removesuffix("s"), word.removesuffix("es"), ""}:
        yield from by_first.get(first, ())


def _excerpt(text: str, start: int, stop: int) -> str:
    before, after = text[max(0, start - AROUND) : start], text[stop : stop + AROUND]
    cut_before, cut_after = start > AROUND, len(text) > stop + AROUND
    return " ".join(f"{'…' * cut_before}{before}{text[start:stop]}{after}{'…' * cut_after}".split())


def fold(text: str) -> tuple[str, list[int]]:
    """The text without case, accents and what is not seen, and for each of its letters where it stood."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", letter.translate(LIKE)).casefold():
            if unicodedata.category(part) not in ("Mn", "Cf"):
                letters.append(part)
                places.append(place)
    return "".join(letters), places
