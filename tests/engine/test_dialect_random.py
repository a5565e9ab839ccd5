"""Random processes: every activity runs as often as the drawing says, whatever the order of completion, through bytes at every step.

The plain library failed 33 of 1,000 such processes. CASES=13000 runs more of them, FIRST_CASE=n begins with that seed.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable

import pytest

from engine.dialect.instance import STARVED
from tests.diagrams import diagram, end, process, start
from tests.engine.cases import Case
from tests.engine.random_processes import MARKS, Author, graph, written

CASES = int(os.environ.get("CASES", "1000"))
FIRST = int(os.environ.get("FIRST_CASE", "0"))
GROUPS = 10


def play(seed: int, body: str, arrows: str) -> Case:
    """Complete what is open, in any order, until nothing is."""
    case = Case(diagram(MARKS, process(body, arrows)), variables={"pick": 1})
    dice = random.Random(seed)
    while case.open:
        assert all(why.endswith(STARVED) for _, why in case.troubles)
        case.complete(dice.choice(case.open))
    return case


def completed(case: Case) -> Counter[str]:
    return Counter(happening.element_id for happening in case.happened if happening.what == "completed")


def once_undone(case: Case) -> dict[str, tuple[list[str], list[str]]]:
    """By scope, the activities that were completed once and undone once: in the order of the one and of the other."""
    elements, done = case.definitions.processes["p"].elements, completed(case)
    found: dict[str, tuple[list[str], list[str]]] = {}
    undone = [elements[said.element_id].host for said in case.happened if said.what == "fired" and "undone" in said.detail]
    once = {host for host in undone if done[host] == undone.count(host) == 1}
    for number, order in enumerate([case.seen("completed"), undone]):
        for host in (ident for ident in order if ident in once):
            found.setdefault(elements[host].scope, ([], []))[number].append(host)
    return found


def structured(seed: int) -> None:
    block = Author(seed).block(3)
    case = play(seed, start() + block.body + end(), written([("start", block.first, ""), *block.arrows, (block.last, "end", "")]))

    assert completed(case) == +(block.runs + Counter(start=1, end=1))
    assert case.troubles == []
    assert case.done, "nothing waits, and yet it is not done"
    for scope, (done, undone) in once_undone(case).items():
        assert undone == done[::-1], f"undone in {scope} in the wrong order"


def unstructured(seed: int) -> None:
    drawn = graph(seed)
    case = play(seed, drawn.body, drawn.arrows)

    assert completed(case) == +drawn.runs
    assert case.done == (drawn.left == 0)
    # Tokens that are left wait at joins for others that cannot come, and say so.
    assert bool(case.troubles) == bool(drawn.left)
    assert all(why.endswith(STARVED) for _, why in case.troubles)


@pytest.mark.parametrize("group", range(GROUPS))
@pytest.mark.parametrize("kind", [structured, unstructured])
def test_every_activity_of_a_random_process_runs_as_often_as_it_should(kind: Callable[[int], None], group: int) -> None:
    for seed in range(FIRST + group, FIRST + CASES, GROUPS):
        try:
            kind(seed)
        except AssertionError as error:
            raise AssertionError(f"{kind.__name__} process with seed {seed}: {error}") from error
