"""What a FEEL condition costs where much is known: 60 kB of variables, of which it names one, or reads all."""

from __future__ import annotations

from statistics import median
from time import perf_counter

from engine import feel

ROWS = 600


def measure(rounds: int) -> dict[str, float]:
    """Medians in milliseconds."""
    rows = [{"agency": f"Agency {number}", "answer": "x" * 50, "days": number} for number in range(ROWS)]
    scope = {"days": 42, "decided": True, "rows": rows}
    return {
        "names one variable": _median("days > 40 and decided", scope, rounds),
        "reads all 60 kB": _median("count(rows[days > 300]) > 10", scope, rounds),
    }


def _median(condition: str, scope: dict[str, object], rounds: int) -> float:
    times = []
    for _ in range(rounds + 10):
        began = perf_counter()
        assert feel.evaluate(condition, scope) is True
        times.append(perf_counter() - began)
    return round(1000 * median(times[10:]), 4)
