"""Templates of what a case writes: a head of lines such as `subject: …` between two lines of ---, then Markdown with FEEL in it.

Letters and documents are both read here; each says which lines its head may have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from . import feel
from .errors import FeelError, Problem

HEAD = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)(.*)", re.DOTALL | re.MULTILINE)
LINE = re.compile(r"([A-Za-z_-]+)[ \t]*:[ \t]*(.*)")


@dataclass(frozen=True)
class Kind:
    """What templates of one kind have in their head, and what they are called when something is missing."""

    called: str  # "letter"
    example: str  # of the line that must be there: "Your request"
    lines: tuple[str, ...]  # what the head may say; the first must be there


@dataclass(frozen=True)
class Template:
    """A template file, taken apart."""

    key: str  # the file's name without .md
    head: Mapping[str, str]
    body: str  # Markdown
    reads: frozenset[str]  # the variables that head and body read


def read(content: bytes, path: str, kind: Kind, *, known: bool = False) -> tuple[Template, list[Problem]]:
    """A template file, and everything that is wrong with it.

    known: the file was read before without problems; then its FEEL is not looked at now, and what it reads is not known.
    """
    key = PurePosixPath(path).stem
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return Template(key, {}, "", frozenset()), [Problem(path, "", "The file is not UTF-8 text. Save it as UTF-8.")]
    found = HEAD.match(text)
    if found is None:
        return Template(key, {}, text, frozenset()), [Problem(path, "", _no_head(kind))]
    head, problems = _head(found[1], path, kind)
    body = found[2].strip()
    problems += _missing(head, body, path, kind)
    parts = [*head.items(), ("body", body)]
    reads = frozenset() if known else frozenset().union(*(_names(text, path, part, problems) for part, text in parts))
    return Template(key, head, body, reads), problems


def _no_head(kind: Kind) -> str:
    line = f"{kind.lines[0]}: {kind.example}"
    return f"The head is missing. Begin the file with a line of ---, a line such as “{line}”, and a line of --- again."


def _head(text: str, path: str, kind: Kind) -> tuple[dict[str, str], list[Problem]]:
    entries: dict[str, str] = {}
    problems = []
    for line in filter(str.strip, text.split("\n")):
        entry = LINE.fullmatch(line.strip())
        if entry is None or entry[1] not in kind.lines:
            allowed = _either([f"“{name}: …”" for name in kind.lines])
            problems.append(Problem(path, "", f"The head has a line “{line.strip()}”. It may only say {allowed}."))
        elif entry[1] in entries:
            problems.append(Problem(path, entry[1], f"There are two {entry[1]}s. Take one away."))
        else:
            entries[entry[1]] = entry[2].strip()
    return entries, problems


def _missing(head: Mapping[str, str], body: str, path: str, kind: Kind) -> list[Problem]:
    first, problems = kind.lines[0], []
    if not head.get(first):
        problems.append(
            Problem(path, first, f"The {first} is missing. Add a line such as “{first}: {kind.example}” to the head.")
        )  # fmt: skip
    if not body:
        problems.append(Problem(path, "body", f"There is nothing below the head. Write the {kind.called} there."))
    return problems


def _names(text: str, path: str, part: str, problems: list[Problem]) -> frozenset[str]:
    try:
        return feel.template_names(text)
    except FeelError as error:
        problems.append(Problem(path, part, str(error)))
        return frozenset()


def _either(names: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def one_line(text: str) -> str:
    """Text as it may stand in a subject or a title."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
