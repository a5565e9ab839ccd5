"""Random processes, each with how often every element of it must run: worked out from its drawing alone, without running anything."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.diagrams import (
    boundary,
    catch,
    each,
    element,
    end,
    event,
    gateway,
    handler,
    job,
    looped,
    script,
    start,
    sub_process,
    throw,
    timer,
    user_task,
)
from tests.diagrams import times as many

MARKS = '<bpmn:error id="bad" name="E" errorCode="bad"/><bpmn:escalation id="up" name="S" escalationCode="up"/>'
LEAVES = ["task", "task", "job", "script"]
SPLITS = ["parallel", "exclusive", "inclusive", "implicit"]
PARTS = ["sub_process", "each", "handler", "loop"]
LOOPS = ["counted", "looped", "ad_hoc", "enough", "quantities"]
EVENTS = ["caught", "rescued", "raised", "watched", "undone", "called_off"]
BLOCKS = ["task", "sequence", "sequence", *SPLITS, *PARTS, *LOOPS, *EVENTS]
Arrow = tuple[str, str, str]


@dataclass
class Block:
    """A piece of a process with one way in and one way out, and how often each of its elements runs.

    undo: the handlers of what it leaves behind completed, and how often each would run if that were compensated.
    """

    body: str
    first: str
    last: str
    arrows: list[Arrow] = field(default_factory=list)
    runs: Counter[str] = field(default_factory=Counter)
    undo: Counter[str] = field(default_factory=Counter)


def written(arrows: list[Arrow]) -> str:
    return "; ".join(f"{source} {target} | {condition}" if condition else f"{source} {target}" for source, target, condition in arrows)


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
        draw: dict[str, Callable[[str, int, int], Block]] = dict.fromkeys(["implicit", "parallel", "inclusive"], self.branches)
        draw |= dict.fromkeys(["sub_process", "each", "handler"], self.inside)
        return draw.get(kind, getattr(self, kind, self.inside))(kind, depth - 1, times)

    def leaf(self, kind: str, times: int) -> Block:
        ident = self.name("t")
        block = Block(self._activity(kind, ident), ident, ident, runs=Counter({ident: times}))
        if kind != "script" and self.dice.random() < 0.3:
            late, after = self.name("b"), self.name("h")
            block.body += boundary(late, ident, timer("timeDuration", "P1D"), interrupting=self.dice.random() < 0.5)
            block.body += user_task(after) + end(f"{after}e")
            block.arrows = [(late, after, ""), (after, f"{after}e", "")]
        if self.dice.random() < 0.4:
            undoing, undo = self.name("u"), self._activity(self.dice.choice(LEAVES), f"{ident}u")
            block.body += boundary(undoing, ident, event("compensate")) + undo.replace(" id=", ' isForCompensation="true" id=', 1)
            block.body += element("association", f"{undoing}a", sourceRef=undoing, targetRef=f"{ident}u")
            block.undo[f"{ident}u"] = times
        return block

    def _activity(self, kind: str, ident: str) -> str:
        if kind == "script":
            return script(ident, "=1", "z")
        return job(ident) if kind == "job" else user_task(ident)

    def sequence(self, kind: str, depth: int, times: int) -> Block:
        a, b = self.block(depth, times), self.block(depth, times)
        return Block(a.body + b.body, a.first, b.last, [*a.arrows, *b.arrows, (a.last, b.first, "")], a.runs + b.runs, a.undo + b.undo)

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
            whole.undo += branch.undo
        return whole

    def exclusive(self, kind: str, depth: int, times: int) -> Block:
        split, join, pick = self.name("x"), self.name("y"), self.dice.randint(0, 1)
        a, b = self.block(depth, times * (1 - pick)), self.block(depth, times * pick)
        arrows = [(split, a.first, f"=pick = {1 - pick}"), (split, b.first, "default"), (a.last, join, ""), (b.last, join, "")]
        runs = a.runs + b.runs + Counter({split: times, join: times})
        return Block(gateway(split) + gateway(join) + a.body + b.body, split, join, [*a.arrows, *b.arrows, *arrows], runs, a.undo + b.undo)

    def loop(self, kind: str, depth: int, times: int) -> Block:
        merge, choice, counter, turns = self.name("m"), self.name("x"), self.name("c"), self.dice.randint(1, 3)
        leave, inner = f"{choice}o", self.block(depth, times * turns)
        arrows = [(merge, inner.first, ""), (inner.last, counter, ""), (counter, choice, "")]
        arrows += [(choice, merge, f"=modulo({counter}v, {turns}) != 0"), (choice, leave, "default")]
        body = gateway(merge) + gateway(choice) + gateway(leave) + script(counter, f"=get or else({counter}v, 0) + 1", f"{counter}v")
        runs = inner.runs + Counter({counter: times * turns, choice: times * turns, merge: times * turns, leave: times})
        return Block(body + inner.body, merge, leave, [*inner.arrows, *arrows], runs, inner.undo)

    def inside(self, kind: str, depth: int, times: int) -> Block:
        """A sub-process, once or for each of several items, or with an event sub-process that nothing starts."""
        turns = self.dice.randint(0, 3) if kind == "each" else 1
        self.inside_each += kind == "each"
        ident, inner = self.name("p"), self.block(depth, times * turns)
        self.inside_each -= kind == "each"
        unused = self._event_sub_process(ident, timer("timeDuration", "P9D"), Block(user_task(f"{ident}q"), f"{ident}q", f"{ident}q"))
        loop = each(f"=for i in [1,2,3,4][item <= {turns}] return i", "it", f"{ident}out", "=it") if kind == "each" else ""
        part = self._part(ident, inner, end(f"{ident}e") + (unused if kind == "handler" else ""), loop=loop)
        return Block(part, ident, ident, runs=inner.runs + _runs(f"{ident} {ident}s {ident}e", times * turns), undo=inner.undo)

    def counted(self, kind: str, depth: int, times: int) -> Block:
        """A sub-process that happens so many times, at once or one after the other."""
        turns = self.dice.randint(0, 3)
        return self._repeated(depth, times, turns, many(f"={turns}", one_by_one=self.dice.random() < 0.5))

    def looped(self, kind: str, depth: int, times: int) -> Block:
        """A sub-process that loops, its condition asked before or after each turn."""
        test_before = self.dice.random() < 0.5
        turns = self.dice.randint(0 if test_before else 1, 3)
        return self._repeated(depth, times, turns, looped(f"=loopCounter < {turns}", test_before=test_before))

    def _repeated(self, depth: int, times: int, turns: int, loop: str) -> Block:
        self.inside_each += 1
        ident, inner = self.name("p"), self.block(depth, times * turns)
        self.inside_each -= 1
        part = self._part(ident, inner, end(f"{ident}e"), loop=loop)
        return Block(part, ident, ident, runs=inner.runs + _runs(f"{ident} {ident}s {ident}e", times * turns), undo=inner.undo)

    def ad_hoc(self, kind: str, depth: int, times: int) -> Block:
        """Two pieces in no fixed order, or one after the other."""
        ident, a, b = self.name("p"), self.block(depth, times), self.block(depth, times)
        parts = [self._part(part, inner, end(f"{part}e")) for part, inner in ((f"{ident}a", a), (f"{ident}b", b))]
        order = self.dice.choice(["Parallel", "Sequential"])
        whole = sub_process(ident, "".join(parts), "", kind="adHocSubProcess", ordering=order)
        own = _runs(f"{ident} {ident}a {ident}as {ident}ae {ident}b {ident}bs {ident}be", times)
        return Block(whole, ident, ident, runs=a.runs + b.runs + own, undo=a.undo + b.undo)

    def enough(self, kind: str, depth: int, times: int) -> Block:
        """A split whose complex join starts once when so many have come, in a sub-process that waits for the others."""
        ident, branches = self.name("p"), [self.block(depth, times) for _ in range(self.dice.randint(2, 3))]
        join, after = f"{ident}j", f"{ident}t"
        condition = f"=activationCount = {self.dice.randint(1, len(branches))}"
        gate = element("complexGateway", join, f"<bpmn:activationCondition>{condition}</bpmn:activationCondition>")
        whole = Block(gateway(f"{ident}f", "parallel") + gate + user_task(after), f"{ident}f", after, [(join, after, "")])
        for branch in branches:
            whole.body += branch.body
            whole.arrows += [*branch.arrows, (f"{ident}f", branch.first, ""), (branch.last, join, "")]
            whole.runs += branch.runs
            whole.undo += branch.undo
        own = _runs(f"{ident} {ident}s {ident}e {ident}f {join} {after}", times)
        return Block(self._part(ident, whole, end(f"{ident}e")), ident, ident, runs=whole.runs + own, undo=whole.undo)

    def quantities(self, kind: str, depth: int, times: int) -> Block:
        """Several tokens on one arrow, gathered again."""
        ident, number = self.name("q"), self.dice.randint(2, 4)
        body = element("userTask", f"{ident}a", completionQuantity=str(number)) + user_task(f"{ident}b")
        body += element("task", f"{ident}c", startQuantity=str(number))
        runs = _runs(f"{ident}a {ident}c", times) + _runs(f"{ident}b", times * number)
        return Block(body, f"{ident}a", f"{ident}c", [(f"{ident}a", f"{ident}b", ""), (f"{ident}b", f"{ident}c", "")], runs)

    def caught(self, kind: str, depth: int, times: int) -> Block:
        """An error out of a sub-process, in which something else still waits."""
        ident, merge, inner = self.name("p"), self.name("y"), self.block(depth, times)
        waits = gateway(f"{ident}f", "parallel") + catch(f"{ident}w", timer("timeDuration", "P9D"))
        around = Block(
            inner.body + waits, f"{ident}f", inner.last, [*inner.arrows, (f"{ident}f", inner.first, ""), (f"{ident}f", f"{ident}w", "")]
        )
        part = self._part(ident, around, end(f"{ident}e", event("error", "bad")))
        part += boundary(f"{ident}b", ident, event("error", self.dice.choice(["bad", ""]))) + gateway(merge)
        runs = inner.runs + _runs(f"{ident}s {ident}f {ident}e {merge}", times)
        return Block(part, ident, merge, [(f"{ident}b", merge, ""), (ident, merge, "")], runs)

    def rescued(self, kind: str, depth: int, times: int) -> Block:
        """An error that starts the event sub-process of its scope."""
        return self._with_event(depth, times, event("error", "bad"), interrupting=True)

    def watched(self, kind: str, depth: int, times: int) -> Block:
        """An escalation that starts a dashed event sub-process of its scope."""
        return self._with_event(depth, times, event("escalation", "up"), interrupting=False)

    def _with_event(self, depth: int, times: int, what: str, *, interrupting: bool) -> Block:
        ident, inner, other = self.name("p"), self.block(depth, times), self.block(depth, times)
        if not interrupting:
            inner = self._after(throw(f"{ident}t", what), f"{ident}t", inner, times)
        caught = self._event_sub_process(ident, what, other, interrupting=interrupting)
        part = self._part(ident, inner, end(f"{ident}e", what if interrupting else "") + caught)
        own = _runs(f"{ident} {ident}s {ident}e {ident}x {ident}xs {ident}xe", times)
        return Block(part, ident, ident, runs=inner.runs + other.runs + own, undo=inner.undo + other.undo)

    def raised(self, kind: str, depth: int, times: int) -> Block:
        """An escalation to the border of a sub-process, which goes on; in another, which waits for what that brings."""
        ident, outer, after = self.name("p"), self.name("o"), self.name("h")
        inner = self._after(throw(f"{ident}t", event("escalation", "up")), f"{ident}t", self.block(depth, times), times)
        part = self._part(ident, inner, end(f"{ident}e")) + user_task(after)
        part += boundary(f"{ident}b", ident, event("escalation", "up"), interrupting=False)
        around = self._part(outer, Block(part, ident, ident, [(f"{ident}b", after, "")]), end(f"{outer}e"))
        own = _runs(f"{ident} {ident}s {ident}e {outer} {outer}s {outer}e {after}", times)
        return Block(around, outer, outer, runs=inner.runs + own, undo=inner.undo)

    def undone(self, kind: str, depth: int, times: int) -> Block:
        """All that a sub-process has done, compensated: in it, at its end or before, or from behind it."""
        ident, inner = self.name("p"), self.block(depth, times)
        runs = inner.runs + inner.undo + _runs(f"{ident} {ident}s {ident}e", times)
        if self.dice.random() < 0.5:
            return Block(self._part(ident, inner, end(f"{ident}e", event("compensate"))), ident, ident, runs=runs)
        ask = throw(f"{ident}t", event("compensate", activityRef=ident))
        part = self._part(ident, inner, end(f"{ident}e"))
        return Block(part + ask, ident, f"{ident}t", [(ident, f"{ident}t", "")], runs + _runs(f"{ident}t", times))

    def called_off(self, kind: str, depth: int, times: int) -> Block:
        """A transaction that is cancelled."""
        ident, inner = self.name("p"), self.block(depth, times)
        part = self._part(ident, inner, end(f"{ident}e", event("cancel")), kind="transaction")
        part += boundary(f"{ident}b", ident, event("cancel")) + gateway(f"{ident}y")
        runs = inner.runs + inner.undo + _runs(f"{ident}s {ident}e {ident}y", times)
        return Block(part, ident, f"{ident}y", [(f"{ident}b", f"{ident}y", ""), (ident, f"{ident}y", "")], runs)

    def _part(self, ident: str, inner: Block, more: str, *, kind: str = "subProcess", loop: str = "") -> str:
        arrows = [(f"{ident}s", inner.first, ""), *inner.arrows, (inner.last, f"{ident}e", "")]
        return sub_process(ident, start(f"{ident}s") + inner.body + more, written(arrows), loop=loop, kind=kind)

    def _event_sub_process(self, ident: str, trigger: str, inner: Block, *, interrupting: bool = False) -> str:
        arrows = [(f"{ident}xs", inner.first, ""), *inner.arrows, (inner.last, f"{ident}xe", "")]
        begin = start(f"{ident}xs", trigger, isInterrupting=str(interrupting).lower())
        return handler(f"{ident}x", begin + inner.body + end(f"{ident}xe"), written(arrows))

    def _after(self, drawn: str, ident: str, block: Block, times: int) -> Block:
        arrows = [(ident, block.first, ""), *block.arrows]
        return Block(drawn + block.body, ident, block.last, arrows, block.runs + _runs(ident, times), block.undo)


def _runs(idents: str, times: int) -> Counter[str]:
    return Counter(dict.fromkeys(idents.split(), times))


@dataclass
class Graph:
    """A process without loops and without any structure, and what becomes of its tokens."""

    body: str
    arrows: str
    runs: Counter[str]
    left: int  # tokens that wait for ever at a join


KINDS = ["task", "task", "script", "exclusive", "exclusive", "parallel", "parallel"]
MOST_TOKENS = 60


def graph(seed: int) -> Graph:
    """Arrows go only onwards, so tokens can be counted element by element: a join takes one of each arrow, all others take every token."""
    dice = random.Random(seed)
    while True:
        names = [f"n{number}" for number in range(dice.randint(4, 12))]
        kinds = ["task"] + [dice.choice(KINDS) for _ in names[1:]]
        sources = {j: sorted(dice.sample(range(j), min(j, dice.choice([1, 1, 2, 3])))) for j in range(1, len(names))}
        if (drawn := _counted(dice, names, kinds, sources)).runs.total() <= MOST_TOKENS:
            return drawn


def _counted(dice: random.Random, names: list[str], kinds: list[str], sources: dict[int, list[int]]) -> Graph:
    tokens: dict[tuple[int, int], int] = {}
    found = Graph(start(), f"start {names[0]}", Counter(start=1), 0)
    for j, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        coming = [tokens[i, j] for i in sources.get(j, [])] or [1]
        fires = min(coming) if kind == "parallel" else sum(coming)
        found.left += sum(coming) - fires * len(coming) if kind == "parallel" else 0
        found.body += user_task(name) if kind == "task" else script(name, "=1", "z") if kind == "script" else gateway(name, kind)
        found.runs[name] = fires
        targets = [k for k in sources if j in sources[k]]
        chosen = dice.choice(targets) if targets and kind == "exclusive" else None
        for k in targets:
            tokens[j, k] = fires if chosen in (None, k) else 0
            condition = "" if chosen is None or len(targets) == 1 else " | =pick = 1" if k == chosen else " | =pick = 2"
            found.arrows += f"; {name} {names[k]}{condition}"
        if not targets and kind not in ("task", "script"):
            found.body, found.arrows = found.body + end(f"{name}e"), f"{found.arrows}; {name} {name}e"
            found.runs[f"{name}e"] = fires
    return found
