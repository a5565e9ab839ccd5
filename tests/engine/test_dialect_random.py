"""Random processes: every activity runs as often as the structure says, whatever the order of completion, through bytes at every step.

The plain library failed 33 of 1,000 such processes. CASEWORK_RANDOM_PROCESSES=13000 runs more of them.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import dataclass, field

import pytest

from tests.diagrams import (
    boundary,
    diagram,
    each,
    element,
    end,
    gateway,
    handler,
    job,
    process,
    script,
    start,
    sub_process,
    timer,
    user_task,
)
from tests.engine.cases import Case

PROCESSES = int(os.environ.get("CASEWORK_RANDOM_PROCESSES", "250"))
GROUPS = 10
FIRST_SEED = int(os.environ.get("CASEWORK_RANDOM_SEED", "0"))
LEAVES = ["task", "task", "job", "script"]
BLOCKS = ["task", "sequence", "sequence", "parallel", "exclusive", "inclusive", "sub_process", "each", "loop", "handler", "implicit"]
Arrow = tuple[str, str, str]


@dataclass
class Block:
    """A piece of a process with one way in and one way out, and how often each of its elements runs."""

    body: str
    first: str
    last: str
    arrows: list[Arrow] = field(default_factory=list)
    runs: Counter[str] = field(default_factory=Counter)


class Author:
    """Draws block-structured processes."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.count = 0
        self.inside_each = 0

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def block(self, depth: int, times: int = 1) -> Block:
        kind = self.dice.choice(LEAVES if depth == 0 else BLOCKS)
        if kind in LEAVES:
            return self.leaf(kind, times)
        if kind == "loop" and self.inside_each:  # its counter is the process's, and the children would share it
            kind = "sequence"
        draw = {"implicit": self.branches, "parallel": self.branches, "inclusive": self.branches, "sub_process": self.inside}
        draw |= {"each": self.inside, "handler": self.inside, "loop": self.loop, "exclusive": self.exclusive, "sequence": self.sequence}
        return draw[kind](kind, depth - 1, times)

    def leaf(self, kind: str, times: int) -> Block:
        ident = self.name("t")
        body = {"task": user_task(ident), "job": job(ident), "script": script(ident, "=1", "z")}[kind]
        block = Block(body, ident, ident, runs=Counter({ident: times}))
        if kind != "script" and self.dice.random() < 0.3:
            event, after = self.name("b"), self.name("h")
            block.body += boundary(event, ident, timer("timeDuration", "P1D"), interrupting=self.dice.random() < 0.5)
            block.body += user_task(after) + end(f"{after}e")
            block.arrows = [(event, after, ""), (after, f"{after}e", "")]
        return block

    def sequence(self, kind: str, depth: int, times: int) -> Block:
        a, b = self.block(depth, times), self.block(depth, times)
        return Block(a.body + b.body, a.first, b.last, [*a.arrows, *b.arrows, (a.last, b.first, "")], a.runs + b.runs)

    def branches(self, kind: str, depth: int, times: int) -> Block:
        split, join = self.name("s"), self.name("j")
        gate = "inclusive" if kind == "inclusive" else "parallel"
        taken = [True] + [kind != "inclusive" or self.dice.random() < 0.6 for _ in range(self.dice.randint(1, 2))]
        first = element("task", split) if kind == "implicit" else gateway(split, gate)
        whole = Block(first + gateway(join, gate), split, join, runs=Counter({split: times, join: times}))
        for on in taken:
            branch = self.block(depth, times if on else 0)
            condition = f"={str(on).lower()}" if kind == "inclusive" else ""
            whole.body += branch.body
            whole.arrows += [*branch.arrows, (split, branch.first, condition), (branch.last, join, "")]
            whole.runs += branch.runs
        return whole

    def exclusive(self, kind: str, depth: int, times: int) -> Block:
        split, join, pick = self.name("x"), self.name("y"), self.dice.randint(0, 1)
        a, b = self.block(depth, times * (1 - pick)), self.block(depth, times * pick)
        arrows = [(split, a.first, f"=pick = {1 - pick}"), (split, b.first, "default"), (a.last, join, ""), (b.last, join, "")]
        runs = a.runs + b.runs + Counter({split: times, join: times})
        return Block(gateway(split) + gateway(join) + a.body + b.body, split, join, [*a.arrows, *b.arrows, *arrows], runs)

    def loop(self, kind: str, depth: int, times: int) -> Block:
        merge, choice, counter, turns = self.name("m"), self.name("x"), self.name("c"), self.dice.randint(1, 3)
        leave, inner = f"{choice}o", self.block(depth, times * turns)
        arrows = [(merge, inner.first, ""), (inner.last, counter, ""), (counter, choice, "")]
        arrows += [(choice, merge, f"=modulo({counter}v, {turns}) != 0"), (choice, leave, "default")]
        body = gateway(merge) + gateway(choice) + gateway(leave) + script(counter, f"=get or else({counter}v, 0) + 1", f"{counter}v")
        runs = inner.runs + Counter({counter: times * turns, choice: times * turns, merge: times * turns, leave: times})
        return Block(body + inner.body, merge, leave, [*inner.arrows, *arrows], runs)

    def inside(self, kind: str, depth: int, times: int) -> Block:
        ident, turns = self.name("p"), self.dice.randint(0, 3) if kind == "each" else 1
        self.inside_each += kind == "each"
        inner = self.block(depth, times * turns)
        self.inside_each -= kind == "each"
        begin, finish = f"{ident}s", f"{ident}e"
        body = start(begin) + inner.body + end(finish)
        if kind == "handler":
            unused = start(f"{ident}xs", timer("timeDuration", "P9D"), isInterrupting="false") + end(f"{ident}xe")
            body += handler(f"{ident}x", unused, f"{ident}xs {ident}xe")
        arrows = written([(begin, inner.first, ""), *inner.arrows, (inner.last, finish, "")])
        loop = each(f"=for i in [1,2,3,4][item <= {turns}] return i", "it", f"{ident}out", "=it") if kind == "each" else ""
        runs = inner.runs + Counter({ident: times * turns, begin: times * turns, finish: times * turns})
        return Block(sub_process(ident, body, arrows, loop=loop), ident, ident, runs=runs)


def written(arrows: list[Arrow]) -> str:
    return "; ".join(f"{source} {target} | {condition}" if condition else f"{source} {target}" for source, target, condition in arrows)


def run(seed: int) -> None:
    block = Author(seed).block(3)
    arrows = written([("start", block.first, ""), *block.arrows, (block.last, "end", "")])
    case = Case(diagram(process(start() + block.body + end(), arrows)), variables={"pick": 1})
    dice = random.Random(seed)

    while not case.done:
        assert case.troubles == []
        assert case.open, "nothing waits, and yet it is not done"
        case.complete(dice.choice(case.open))

    completed = Counter(happening.element_id for happening in case.happened if happening.what == "completed")
    assert completed == +(block.runs + Counter(start=1, end=1))


@pytest.mark.parametrize("group", range(GROUPS))
def test_every_activity_of_a_random_process_runs_as_often_as_it_should(group):
    for seed in range(FIRST_SEED + group, FIRST_SEED + PROCESSES, GROUPS):
        try:
            run(seed)
        except AssertionError as error:
            raise AssertionError(f"random process with seed {seed}: {error}") from error
