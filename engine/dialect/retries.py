"""How often a job is tried, and how long it waits in between: `retries` of its task definition, and the property `retryBackoff`.

`3` is a number of tries, `R3/PT5M` three tries with five minutes in between, `PT1M,PT1H` a try, another a minute later and a last
one an hour after that. The property gives a number of tries its waits, the last of which is used again.
"""

from __future__ import annotations

import re

from engine import calendars
from engine.errors import Trouble

BACK_OFF = "retryBackoff"
USUAL = 3  # tries, where the diagram names none
MOST = 100
_CYCLE = re.compile(r"R(\d{1,4})/(P[^/,]+)", re.ASCII)


def plan(retries: str, back_off: str = "") -> tuple[int, tuple[str, ...]]:
    """The number of tries and the waits between them; without waits the usual ones are meant. Raises Trouble."""
    tries, waits = _tries(retries.strip())
    if back_off.strip():
        if waits:
            raise Trouble(f"The waits between the tries are given twice. Leave them out of “{retries}”, or remove {BACK_OFF}.")
        waits = _durations(back_off)
        tries = tries or (len(waits) + 1 if len(waits) > 1 else USUAL)
    tries = USUAL if tries is None else tries
    if not 1 <= tries <= MOST:
        raise Trouble(f"{tries} tries are not possible. Write a number from 1 to {MOST}.")
    last = waits[-1:]
    return tries, (*waits, *last * tries)[: tries - 1]


def _tries(text: str) -> tuple[int | None, tuple[str, ...]]:
    if not text:
        return None, ()
    if text.isdecimal():
        return int(text), ()
    if cycle := _CYCLE.fullmatch(text):
        return int(cycle[1]), _durations(cycle[2])
    if text.startswith("P"):
        waits = _durations(text)
        return len(waits) + 1, waits
    raise Trouble(f"The number of retries “{text}” is not a number. Write 3, R3/PT5M or PT1M,PT10M,PT1H.")


def _durations(text: str) -> tuple[str, ...]:
    waits = tuple(part.strip() for part in text.split(","))
    for wait in waits:
        calendars.parse_duration(wait)
    return waits
