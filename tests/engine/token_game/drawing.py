"""Small random diagrams as plain facts: what the reference model plays with, and the BPMN that the engine is given."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from tests import diagrams

Kind = Literal[
    "start", "end", "error", "stop", "pass", "task", "job", "exclusive", "parallel", "inclusive", "either", "catch", "sub",
    "shout", "raise", "link", "landing",
]  # fmt: skip
Trigger = Literal["timer", "message", "error", "signal", "escalation", "condition"]
HEARD: list[Trigger] = ["timer", "message", "signal"]  # in the flow, and everywhere else
BESIDE: list[Trigger] = [*HEARD, "condition"]
GATEWAYS = {"exclusive", "parallel", "inclusive"}
CODE = "bad"
ALSO = f'<bpmn:error id="{CODE}" name="{CODE}" errorCode="{CODE}"/><bpmn:signal id="go" name="go"/>'
ALSO += '<bpmn:escalation id="up" name="up" escalationCode="up"/>'
THROWN = {"shout": diagrams.event("signal", "go"), "raise": diagrams.event("escalation", "up")}

ENDS = {"end": "", "error": diagrams.event("error", CODE), "stop": diagrams.event("terminate")}


@dataclass
class Flow:
    """An arrow. `when`: the variable that must be true; None: it has no condition."""

    id: str
    source: str
    target: str
    when: str | None = None
    default: bool = False
    link: bool = False  # drawn as two link events instead


@dataclass
class Event:
    """Something that may happen: caught in the flow, on a border, or starting an event sub-process."""

    id: str
    trigger: Trigger
    interrupting: bool = True
    when: str = ""  # of a condition: the variable that must become true


@dataclass
class Items:
    """An activity is done so many times."""

    times: int
    one_by_one: bool


@dataclass
class Node:
    """An element with arrows."""

    id: str
    kind: Kind
    event: Event | None = None  # of a catch event
    border: list[Event] = field(default_factory=list)
    inner: Scope | None = None
    items: Items | None = None
    called: bool = False  # what is inside is a process of its own, with variables of its own


@dataclass
class Scope:
    """What is drawn inside a process or sub-process. `handlers`: its event sub-processes, by the event that starts them."""

    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    handlers: list[tuple[Event, Scope]] = field(default_factory=list)

    def out_of(self, ident: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.source == ident]

    def into(self, ident: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.target == ident]

    def everything(self) -> Iterator[Node]:
        """Its elements and those of everything inside."""
        for inner in (handler for _, handler in self.handlers):
            yield from inner.everything()
        for node in self.nodes.values():
            yield node
            if node.inner is not None:
                yield from node.inner.everything()


Block = tuple[str, str]  # of a piece of a diagram: its first and its last element


class Author:
    """Draws, by throwing dice."""

    def __init__(self, dice: random.Random) -> None:
        self.dice, self.count, self.repeated = dice, 0, False

    def name(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.count}"

    def chance(self, part: float) -> bool:
        return self.dice.random() < part

    def scope(self, depth: int) -> Scope:
        scope = Scope()
        begin = self._add(scope, "start")
        if self.chance(0.5):
            self._tangle(scope, begin)
        else:
            first, last = self._block(scope, depth)
            self._arrow(scope, begin, first)
            self._arrow(scope, last, self._add(scope, "end"))
        if depth > 0 and self.chance(0.25):
            self._handler(scope)
        return scope

    def _add(self, scope: Scope, kind: Kind, **facts: object) -> str:
        node = Node(self.name(kind[0]), kind, **facts)  # type: ignore[arg-type]
        scope.nodes[node.id] = node
        return node.id

    def _arrow(self, scope: Scope, source: str, target: str, when: str | None = None, *, default: bool = False) -> None:
        scope.flows.append(Flow(self.name("f"), source, target, when, default))

    # Pieces with one way in and one way out

    def _block(self, scope: Scope, depth: int) -> Block:
        if depth == 0:
            return self._leaf(scope)
        leaf, sequence = self._leaf, self._sequence
        pieces: list[Callable[[Scope, int], Block]] = [
            leaf, sequence, sequence, self._branches, self._choice, self._loop, self._race, self._part,
        ]  # fmt: skip
        return self.dice.choice(pieces)(scope, depth - 1)

    def _leaf(self, scope: Scope, _depth: int = 0) -> Block:
        kind: Kind = self.dice.choice(["task", "task", "job", "pass", "catch", "shout", "raise", "link"])
        if kind in ("shout", "raise"):
            return self._thrown(scope, kind)
        if kind == "link":
            return self._link(scope)
        event = Event(self.name("e"), self.dice.choice(HEARD)) if kind == "catch" else None
        ident = event.id if event else self.name(kind[0])
        scope.nodes[ident] = node = Node(ident, kind, event)
        if kind in ("task", "job"):
            self._dress(scope, node)
        return ident, ident

    def _thrown(self, scope: Scope, kind: Kind) -> Block:
        """Somebody does something, and then it is thrown: while a token is still on its way nobody could say whether it comes in time."""
        task, throw = self._add(scope, "task"), self._add(scope, kind)
        self._arrow(scope, task, throw)
        return task, throw

    def _link(self, scope: Scope) -> Block:
        away, landing = self._add(scope, "link"), self._add(scope, "landing")
        scope.flows.append(Flow(f"{away}.link", away, landing, link=True))
        return away, landing

    def _dress(self, scope: Scope, node: Node) -> None:
        """Give an activity events on its border, and have it done for each of several items."""
        while self.chance(0.3) and len(node.border) < 2:
            self._border(scope, node, self.dice.choice(BESIDE), interrupting=self.chance(0.5))
        if not self.repeated and self.chance(0.2):
            node.items = Items(self.dice.randint(0, 3), self.chance(0.5))

    def _border(self, scope: Scope, node: Node, trigger: Trigger, *, interrupting: bool) -> None:
        node.border.append(event := Event(self.name("b"), trigger, interrupting, self._variable()))
        task, finish = self._add(scope, "task"), self._add(scope, "end")
        self._arrow(scope, event.id, task)
        self._arrow(scope, task, finish)

    def _sequence(self, scope: Scope, depth: int) -> Block:
        (first, middle), (follows, last) = self._block(scope, depth), self._block(scope, depth)
        self._arrow(scope, middle, follows)
        return first, last

    def _branches(self, scope: Scope, depth: int) -> Block:
        kind: Kind = self.dice.choice(["parallel", "inclusive"])
        split, join = self._add(scope, kind), self._add(scope, kind)
        for number in range(self.dice.randint(2, 3)):
            first, last = self._block(scope, depth)
            if kind == "parallel":
                self._arrow(scope, split, first)
            else:
                self._arrow(scope, split, first, None if number == 0 else self._variable(), default=number == 0)
            self._arrow(scope, last, join)
        return split, join

    def _choice(self, scope: Scope, depth: int) -> Block:
        split, join = self._add(scope, "exclusive"), self._add(scope, "exclusive")
        for default in (False, True):
            first, last = self._block(scope, depth)
            self._arrow(scope, split, first, None if default else self._variable(), default=default)
            self._arrow(scope, last, join)
        return split, join

    def _loop(self, scope: Scope, depth: int) -> Block:
        """Round again as long as the person who decides says so."""
        merge, choice, out = (self._add(scope, "exclusive") for _ in range(3))
        decide = self._add(scope, "task")
        first, last = self._block(scope, depth)
        for source, target in ((merge, first), (last, decide), (decide, choice)):
            self._arrow(scope, source, target)
        self._arrow(scope, choice, merge, decide)
        self._arrow(scope, choice, out, default=True)
        return merge, out

    def _race(self, scope: Scope, depth: int) -> Block:
        """An event gateway: what happens first decides."""
        either, merge = self._add(scope, "either"), self._add(scope, "exclusive")
        for trigger in ("timer", "message"):
            event = Event(self.name("e"), trigger)
            scope.nodes[event.id] = Node(event.id, "catch", event)
            first, last = self._block(scope, 0)
            for source, target in ((either, event.id), (event.id, first), (last, merge)):
                self._arrow(scope, source, target)
        return either, merge

    def _part(self, scope: Scope, depth: int) -> Block:
        """A sub-process; some end in an error that their border catches."""
        items = Items(self.dice.randint(0, 3), self.chance(0.5)) if not self.repeated and self.chance(0.3) else None
        self.repeated, before = self.repeated or items is not None, self.repeated
        node = Node(self.name("s"), "sub", inner=self.scope(depth), items=items, called=self.chance(0.3))
        self.repeated = before
        scope.nodes[node.id] = node
        assert node.inner is not None
        if self.chance(0.3):
            self._border(scope, node, "error", interrupting=True)
            self._ending(node.inner, "error")
        elif self.chance(0.2):
            self._ending(node.inner, "stop")
        while self.chance(0.4) and len(node.border) < 2:
            self._border(scope, node, self.dice.choice([*BESIDE, "escalation", "escalation"]), interrupting=self.chance(0.5))
        return node.id, node.id

    def _ending(self, scope: Scope, kind: Kind) -> None:
        """Beside everything else a person may end it: start → fork → task → an end of this kind, or go on."""
        begin = next(flow for flow in scope.flows if flow.source in scope.nodes and scope.nodes[flow.source].kind == "start")
        fork, task, choice = self._add(scope, "parallel"), self._add(scope, "task"), self._add(scope, "exclusive")
        self._arrow(scope, fork, begin.target)
        begin.target = fork
        self._arrow(scope, fork, task)
        self._arrow(scope, task, choice)
        self._arrow(scope, choice, self._add(scope, kind), task)
        self._arrow(scope, choice, self._add(scope, "end"), default=True)

    def _handler(self, scope: Scope) -> None:
        event = Event(self.name("h"), self.dice.choice([*BESIDE, "escalation"]), self.chance(0.5), self._variable())
        inner = Scope()
        begin = inner.nodes[event.id] = Node(event.id, "start")
        first, last = self._sequence(inner, 0)
        self._arrow(inner, begin.id, first)
        self._arrow(inner, last, self._add(inner, "end"))
        scope.handlers.append((event, inner))

    def _tangle(self, scope: Scope, begin: str) -> None:
        """No structure at all: tokens may pile up on an arrow, go in circles, or wait at a join for ever.

        Where a circle leads through an inclusive join, what it does depends on which of two tokens moves first: there is none of that.
        """
        kinds: list[Kind] = ["task", "task", "pass", "exclusive", "parallel"]
        if acyclic := self.chance(0.5):
            kinds += ["inclusive", "inclusive"]
        idents = [self._add(scope, self.dice.choice(kinds)) for _ in range(self.dice.randint(4, 9))]
        self._arrow(scope, begin, idents[0])
        pairs = {(self.dice.randrange(later), later) for later in range(1, len(idents))}
        pairs |= {tuple(sorted(self.dice.sample(range(len(idents)), 2))) for _ in range(self.dice.randint(1, 8))}  # type: ignore[misc]
        if not acyclic:
            pairs |= self._back([scope.nodes[ident].kind == "task" for ident in idents], pairs)
        for number, ident in enumerate(idents):
            targets = sorted(later for earlier, later in pairs if earlier == number)
            kind = scope.nodes[ident].kind
            for place, target in enumerate(targets):
                last = place == len(targets) - 1
                chosen = kind in ("exclusive", "inclusive") and len(targets) > 1
                self._arrow(scope, ident, idents[target], self._variable() if chosen and not last else None, default=chosen and last)
            if not targets and kind in GATEWAYS:
                self._arrow(scope, ident, self._add(scope, "end"))

    def _back(self, waits: list[bool], pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
        """Arrows back, without a circle in which nobody has anything to do."""
        back: set[tuple[int, int]] = set()
        while self.chance(0.7) and len(back) < 3:
            earlier, later = sorted(self.dice.choices(range(1, len(waits)), k=2))
            if not _idle_circle(waits, pairs | back | {(later, earlier)}):
                back.add((later, earlier))
        return back

    def _variable(self) -> str:
        """What a condition reads: the last answer given at some task that exists by the time the drawing is done."""
        return f"v{self.dice.randint(1, 3)}"


def _idle_circle(waits: list[bool], pairs: set[tuple[int, int]]) -> bool:
    """Whether a token could go round without a wait: whether anything is left when what leads nowhere is taken away again and again."""
    left = {number for number, waiting in enumerate(waits) if not waiting}
    while ends := {number for number in left if not any(source == number and target in left for source, target in pairs)}:
        left -= ends
    return bool(left)


def drawn(scope: Scope) -> bytes:
    """The diagram as BPMN."""
    waits = [event for node in scope.everything() for event in _events(node)] + [event for event, _ in _handlers(scope)]
    messages = "".join(diagrams.message(f"m_{event.id}", event.id, '="k"') for event in waits if event.trigger == "message")
    called = "".join(
        diagrams.process(_body(node.inner), _arrows(node.inner), f"{node.id}p") for node in scope.everything() if node.called and node.inner
    )
    return diagrams.diagram(ALSO, messages, diagrams.process(_body(scope), _arrows(scope)), called)


def _events(node: Node) -> list[Event]:
    return [*node.border, *([node.event] if node.event else [])]


def _handlers(scope: Scope) -> Iterator[tuple[Event, Scope]]:
    for one in [scope, *(node.inner for node in scope.everything() if node.inner)]:
        yield from one.handlers


def _body(scope: Scope) -> str:
    handlers = "".join(
        diagrams.handler(f"{event.id}x", _handler_start(event) + _body(_without(inner, event.id)), _arrows(inner))
        for event, inner in scope.handlers
    )
    links = {flow.source: diagrams.throw(flow.source, diagrams.event("link", name=flow.target)) for flow in scope.flows if flow.link}
    return "".join(links.get(node.id) or _element(node) for node in scope.nodes.values()) + handlers


def _handler_start(event: Event) -> str:
    return diagrams.start(event.id, _definition(event), isInterrupting=str(event.interrupting).lower())


def _without(scope: Scope, ident: str) -> Scope:
    return Scope({key: node for key, node in scope.nodes.items() if key != ident}, scope.flows, scope.handlers)


def _arrows(scope: Scope) -> str:
    def said(flow: Flow) -> str:
        return " | default" if flow.default else f" | ={flow.when}" if flow.when else ""

    return "; ".join(f"{flow.source} {flow.target}{said(flow)}" for flow in scope.flows if not flow.link)


def _definition(event: Event) -> str:
    if event.trigger == "timer":
        return diagrams.timer("timeDuration", "P1D")
    if event.trigger == "condition":
        return diagrams.condition(f"={event.when}")
    references = {"error": CODE, "signal": "go", "escalation": "up", "message": f"m_{event.id}"}
    return diagrams.event(event.trigger, references[event.trigger])


def _element(node: Node) -> str:
    if node.kind == "landing":
        return diagrams.catch(node.id, diagrams.event("link", name=node.id))
    border = "".join(diagrams.boundary(e.id, node.id, _definition(e), interrupting=e.interrupting) for e in node.border)
    return _alone(node) + border


def _alone(node: Node) -> str:
    loop = diagrams.each(f"={list(range(node.items.times))}", "item", one_by_one=node.items.one_by_one) if node.items else ""
    match node.kind:
        case "start":
            return diagrams.start(node.id)
        case "end" | "error" | "stop":
            return diagrams.end(
                node.id, {"end": "", "error": diagrams.event("error", CODE), "stop": diagrams.event("terminate")}[node.kind]
            )
        case "task":
            return diagrams.user_task(node.id, loop=loop)
        case "job":
            return diagrams.job(node.id, loop=loop)
        case "catch":
            assert node.event is not None
            return diagrams.catch(node.id, _definition(node.event))
        case "shout" | "raise":
            return diagrams.throw(node.id, THROWN[node.kind])
        case "sub" if node.called:
            return diagrams.call(node.id, f"{node.id}p", loop=loop, propagateAllChildVariables="false")
        case "sub":
            assert node.inner is not None
            return diagrams.sub_process(node.id, _body(node.inner), _arrows(node.inner), loop=loop)
        case "either":
            return diagrams.gateway(node.id, "eventBased")
        case "pass":
            return diagrams.element("task", node.id)
    return diagrams.gateway(node.id, node.kind)
