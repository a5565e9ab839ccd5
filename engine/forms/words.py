"""Fields of words: one line, and many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from engine import feel
from engine.errors import FeelError

from .model import Ask, Entry, Field, Option
from .sentences import Wrong, plural

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()\-.]{5,24}(?: ?(?:ext|x)\.? ?[0-9]{1,6})?", re.IGNORECASE)


class TextField(Field):
    """One line of text."""

    empty: ClassVar[Any] = ""

    def parse(self, entry: Entry, label: str, options: Sequence[Option]) -> str:
        return " ".join("".join(entry.get("", ())[-1:]).split())

    def enter(self, value: Any, options: Sequence[Option]) -> dict[str, list[str]]:
        return {} if value is None or isinstance(value, (dict, list)) else {"": [str(value)]}

    def complain(self, value: Any, label: str, ask: Ask) -> None:
        least, most = length_limit(self, "minLength", ask), length_limit(self, "maxLength", ask)
        if least is not None and len(value) < least:
            raise Wrong(f"{label} must be {plural(least, 'character')} or more")
        if most is not None and len(value) > most:
            raise Wrong(f"{label} must be {plural(most, 'character')} or less: it has {len(value):,}")
        kind, pattern = self.rules.get("validationType"), self.rules.get("pattern")
        if kind == "email" and (len(value) > 254 or not _EMAIL.fullmatch(value)):
            raise Wrong(f"{label} must be an email address in the right format, like name@example.org")
        if kind == "phone" and not _PHONE.fullmatch(value):
            raise Wrong(f"{label} must be a phone number, like 0131 496 0000 or +44 131 496 0000")
        if pattern and not matches(value, pattern):
            raise Wrong(self.rules.get("patternErrorMessage") or f"{label} is not in the right format")


class TextArea(TextField):
    """Many lines of text."""

    def parse(self, entry: Entry, label: str, options: Sequence[Option]) -> str:
        # Browsers post the ends of lines as \r\n; a limit of characters must not count them twice.
        return "".join(entry.get("", ())[-1:]).replace("\r\n", "\n").replace("\r", "\n").strip()


def length_limit(field: Field, rule: str, ask: Ask) -> int | None:
    """The limit of characters that holds here, if there is one."""
    limit = ask(field.rules.get(rule))
    return int(limit) if isinstance(limit, (int, float)) and not isinstance(limit, bool) else None


def matches(value: str, pattern: str) -> bool:
    """True if the text has the pattern. As the form's editor does it: a JavaScript expression, here with FEEL's time limit."""
    try:
        return feel.evaluate("matches(value, pattern)", {"value": value, "pattern": pattern}) is True
    except FeelError:
        return False
