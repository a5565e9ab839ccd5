"""A file's name as it may be kept, shown and used again on any computer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

MAX_LENGTH = 120
NAMELESS = "document"

FORBIDDEN = re.compile(r'[<>:"|?*]')  # on Windows
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def clean(name: str, endings: Sequence[str]) -> str:
    """The name without its path and without what could deceive or disturb, and with an ending that fits the content."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Category C: control characters, and those that turn the direction of writing, so that "exe.pdf" reads "fdp.exe".
    name = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in name)
    name = FORBIDDEN.sub("_", " ".join(name.split())).strip(". ")
    if DEVICES.match(name):
        name = "_" + name
    return _ended(name, endings)


def _ended(name: str, endings: Sequence[str]) -> str:
    ending = next((ending for ending in endings if name.lower().endswith(ending)), "")
    kept = name[len(name) - len(ending) :] if ending else endings[0]
    stem = name[: len(name) - len(ending)] if ending else name
    return (stem[: MAX_LENGTH - len(kept)].rstrip(". ") or NAMELESS) + kept
