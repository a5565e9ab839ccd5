"""What completing a user task costs, beside the plain library and beside one UPDATE, all in the same run.

The contestants take turns of ten, so that a busy moment of the machine hits them alike, and each is as warm as in steady use.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import median
from time import perf_counter

from sqlalchemy import Engine, event

from engine import database

from .contestants import Bare, Contestant, Ours, Update

SIZES = (10, 50, 200)
AT_A_TURN = 10


def measure(urls: Mapping[str, str], rounds: int) -> dict[str, object]:
    """For each database: medians in milliseconds, ratios within the run, and the statements of one completion."""
    bare = {size: Bare(size) for size in SIZES}
    return {name: _on(url, bare, rounds) for name, url in urls.items()}


def _on(url: str, bare: Mapping[int, Contestant], rounds: int) -> dict[str, object]:
    engine = database.connect(url)
    try:
        contestants = _contestants(engine, bare)
        return {**_told(_times(contestants, rounds)), "statements": _statements(engine, contestants[f"complete_{SIZES[0]}"])}
    finally:
        engine.dispose()


def _statements(engine: Engine, ours: Contestant) -> int:
    """How many one completion takes, without BEGIN and COMMIT."""
    seen: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    ours.prepare()
    event.listen(engine, "before_cursor_execute", see)
    ours.do()
    event.remove(engine, "before_cursor_execute", see)
    return sum(not statement.startswith("BEGIN") for statement in seen)


def _contestants(engine: Engine, bare: Mapping[int, Contestant]) -> dict[str, Contestant]:
    sessions = database.sessions(engine)
    ours = {f"complete_{size}": Ours(sessions, size) for size in SIZES}
    return {**ours, **{f"library_{size}": bare[size] for size in SIZES}, "update": Update(engine)}


def _times(contestants: Mapping[str, Contestant], rounds: int) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for turn in range(1 + math.ceil(rounds / AT_A_TURN)):
        for name, contestant in contestants.items():
            for _ in range(AT_A_TURN):
                contestant.prepare()
                began = perf_counter()
                contestant.do()
                if turn:  # the first is to warm up
                    times[name].append(perf_counter() - began)
    return {name: 1000 * median(taken) for name, taken in times.items()}


def _told(ms: Mapping[str, float]) -> dict[str, object]:
    """The medians, and what they mean for each other."""
    ratios = {f"complete_{size} / library_{size}": ms[f"complete_{size}"] / ms[f"library_{size}"] for size in SIZES}
    ratios |= {f"complete_{size} / update": ms[f"complete_{size}"] / ms["update"] for size in SIZES}
    ratios["complete_200 / complete_10"] = ms["complete_200"] / ms["complete_10"]
    return {
        "milliseconds": {name: round(value, 3) for name, value in ms.items()},
        "ratios": {name: round(r, 2) for name, r in ratios.items()},
    }
