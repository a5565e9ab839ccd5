"""`make bench`: what the README's table says of speed and size, measured anew. Prints JSON, and says on the way what it measures.

ROUNDS, CASES, WAITING and TIMERS make it shorter or longer. These machines are noisy: look at the ratios within a run, and at medians.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from pathlib import Path

from engine import database
from tests.postgres import Server

from . import cases, completing, conditions, site, timers

ROUNDS = int(os.environ.get("ROUNDS", "100"))
CASES = int(os.environ.get("CASES", "10000"))


def main() -> None:
    """Measure on both databases, then print everything at once."""
    result: dict[str, object] = {
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "rounds": ROUNDS,
        "cases": CASES,
    }
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "postgres", durable=True)
        urls = {"sqlite": f"sqlite:///{folder}/bench.db", "postgresql": server.create()}
        database.upgrade(urls["sqlite"])
        for name, measure in {
            "complete a user task": lambda: completing.measure(urls, ROUNDS),
            "a condition on 60 kB": lambda: conditions.measure(ROUNDS),
            "start a case, turn a loop": lambda: cases.measure(urls, ROUNDS),
            "timers": lambda: _timers(server, folder),
            "complete over HTTP": lambda: site.measure(server.create(), CASES, Path(folder)),
        }.items():
            sys.stderr.write(f"Measuring: {name} …\n")
            result[name] = measure()
        server.close()
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


def _timers(server: Server, folder: str) -> dict[str, object]:
    """In databases of their own; on SQLite, where one writes at a time, with a tenth of them due."""
    alone = f"sqlite:///{folder}/timers.db"
    database.upgrade(alone)
    return {"sqlite": timers.measure(alone, due=timers.TIMERS // 10), "postgresql": timers.measure(server.create())}


if __name__ == "__main__":
    main()
