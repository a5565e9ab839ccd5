"""Fills in Markdown with {{ FEEL }} so that what people typed stays words: it cannot become a link, a heading or a list.

Every insert is written between two marks that nobody can know; what then stands between them is escaped.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from engine import feel

# Made anew in every process, not for every text: the interpreter remembers what it has compiled by its text.
_SECRET = secrets.token_hex(8)
_OPEN, _CLOSE = f"\ue000{_SECRET}\ue001", f"\ue002{_SECRET}\ue003"
_INSERTED = re.compile(f"{_OPEN}(.*?){_CLOSE}", re.DOTALL)
LINE_END = "\u2028"  # ends a line inside a row of a table, which is one line of Markdown; whoever draws the table breaks the line there
_SIGNS = re.compile(r"[\\`*_\[\]<|]|&(?=[#\w])")  # mean something wherever they stand
_BEGINNINGS = re.compile(r"^(?:(\d{1,9})(?=[.)])|(?=[#>+=:~-]))")  # of headings, lists, quotations and lines


def fill_in(template: str, variables: Mapping[str, Any]) -> str:
    """Markdown with its inserts made, each of them plain words."""
    if "{{" not in template:
        return template
    return "".join(_plain(feel.render(_marked(template), variables)))


def _plain(rendered: str) -> Iterator[str]:
    """The text with each insert as words; one in a row of a table stays in its row."""
    line = ""
    for number, part in enumerate(_INSERTED.split(rendered)):  # texts and inserts take turns
        if number % 2 == 0:
            line = part.rpartition("\n")[2] if "\n" in part else line + part
            yield part
        else:
            yield words(part).replace("\\\n", LINE_END) if line.startswith("|") else words(part)


def words(text: str) -> str:
    """Words as Markdown: no sign in them means anything, and lines end where they ended."""
    lines = (_SIGNS.sub(r"\\\g<0>", line.strip()) for line in text.strip().splitlines())
    return "\\\n".join(_BEGINNINGS.sub(r"\1\\", line) for line in lines)


@lru_cache(maxsize=1000)
def _marked(template: str) -> str:
    """The template with marks around each insert; not around {{#if}}, {{#loop}} and their ends, which write nothing themselves."""
    return "".join(
        part if part.startswith(("{{#", "{{/")) or not part.startswith("{{") else f"{_OPEN}{part}{_CLOSE}" for part in _parts(template)
    )


def _parts(template: str) -> Iterator[str]:
    """The tags of a template, and the texts between them."""
    at = 0
    while (start := template.find("{{", at)) >= 0:
        stop = _end_of_tag(template, start + 2)
        yield template[at:start]
        inside = template[start + 2 : stop - 2].strip()
        yield "{{" + inside + "}}"
        at = stop
    yield template[at:]


def _end_of_tag(template: str, at: int) -> int:
    """Where the tag ends whose expression starts here: after the }} that stands in no text and no context of FEEL."""
    depth = 0
    for found in re.compile(r'"(?:\\.|[^"\\])*"|\}\}|[{}]', re.DOTALL).finditer(template, at):
        token = found[0]
        if token == "}}" and not depth:
            return found.end()
        depth += {"{": 1, "}": -1, "}}": -2}.get(token, 0)
    return len(template)
