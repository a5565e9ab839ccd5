"""`make bench`: what completing a user task costs, beside the plain library and beside one UPDATE, all in the same run. Prints JSON.

The contestants take turns, so that a busy moment of the machine hits them alike; medians are given, in milliseconds.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import Engine

from engine import database
from tests.postgres import Server

from .contestants import Bare, Contestant, Ours, Update

SIZES = (10, 50, 200)
ROUNDS = int(os.environ.get("ROUNDS", "100"))
WARMING_UP = 10


def main() -> None:
    """Measure on both databases, then print everything at once."""
    with tempfile.TemporaryDirectory() as folder:
        bare = {size: Bare(size) for size in SIZES}
        result = {"rounds": ROUNDS, "sqlite": _on(f"sqlite:///{folder}/bench.db", bare)}
        server = Server(Path(folder) / "postgres", durable=True)
        result["postgresql"] = _on(server.create(), bare)
        server.close()
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


def _on(url: str, bare: Mapping[int, Contestant]) -> dict[str, object]:
    database.upgrade(url)
    engine = database.connect(url)
    try:
        return _told(_measure(_contestants(engine, bare)))
    finally:
        engine.dispose()


def _contestants(engine: Engine, bare: Mapping[int, Contestant]) -> dict[str, Contestant]:
    sessions = database.sessions(engine)
    ours = {f"complete_{size}": Ours(sessions, size) for size in SIZES}
    return {**ours, **{f"library_{size}": bare[size] for size in SIZES}, "update": Update(engine)}


def _measure(contestants: Mapping[str, Contestant]) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for turn in range(WARMING_UP + ROUNDS):
        for name, contestant in contestants.items():
            contestant.prepare()
            began = perf_counter()
            contestant.do()
            if turn >= WARMING_UP:
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


if __name__ == "__main__":
    main()
