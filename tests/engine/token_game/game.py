"""The token game of BPMN 2.0, played on a drawing in the plainest way: the reference that the engine is held against.

It shares no code with the engine and stores nothing. Tokens stand on arrows or in activities; whatever can move by itself moves, one
token at a time, until everything waits for somebody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.engine.token_game.drawing import Event, Flow, Node, Scope

Marks = Mapping[str, int]  # what tells alike tokens apart: the number of the item, and of the message that started a handler
NONE: Marks = {}
WORK = {"task": "task", "job": "job"}
FROM_OUTSIDE = {"timer", "message", "signal"}
STARVING = {"parallel", "inclusive"}  # joins that may wait for what never comes
# Elements that let a token pass at once.
PASSED = {"end", "pass", "exclusive", "parallel", "inclusive", "shout", "raise", "link", "landing"}


@dataclass(eq=False)
class Run:
    """One running of a scope."""

    scope: Scope
    within: Activity | None
    marks: Marks
    variables: dict[str, bool]
    tokens: Counter[str] = field(default_factory=Counter)  # on arrows, by their ids
    active: list[Activity] = field(default_factory=list)
    armed: list[tuple[Event, Scope]] = field(default_factory=list)
    true: set[str] = field(default_factory=set)  # conditions that have been true since they last became so


@dataclass(eq=False)
class Activity:
    """A token in an element that does not let it pass at once."""

    node: Node
    run: Run
    marks: Marks
    armed: list[Event] = field(default_factory=list)  # on its border
    true: set[str] = field(default_factory=set)
    inside: Run | None = None
    items: list[Activity] = field(default_factory=list)  # of one that is done several times: those being done
    body: Activity | None = None  # of one of several: the whole
    begun: int = 0
    started_by: Event | None = None  # of an event sub-process: it keeps its scope from ending, but not others from being too late


@dataclass(frozen=True)
class Choice:
    """Something that may be done now."""

    kind: str  # "task", "job", "timer", "message" or "signal"
    element: str
    marks: tuple[tuple[str, int], ...]
    activity: Activity | None = field(compare=False, default=None)
    event: Event | None = field(compare=False, default=None)
    run: Run | None = field(compare=False, default=None)  # of an event that starts an event sub-process

    def is_same(self, other: Choice) -> bool:
        """Whether it is about the same token, not about one that cannot be told from it."""
        return self.event is other.event and self.activity is other.activity and self.run is other.run

    @property
    def may_fail(self) -> bool:
        """Whether an error that a worker reports there would be caught."""
        return self.kind == "job" and _catcher(self.activity) is not None


class Game:
    """A process being played."""

    def __init__(self, scope: Scope, variables: Mapping[str, bool]) -> None:
        self.completed, self.shots = Counter[str](), 0
        self.root: Run | None = self._open(scope, None, NONE, dict(variables))
        self._settle()

    @property
    def done(self) -> bool:
        return self.root is None

    def choices(self) -> list[Choice]:
        """Everything that may be done now, in an order that does not depend on how it came about."""
        found = [choice for run in self._runs() for choice in _choices(run)]
        return sorted(found, key=lambda choice: (choice.kind, choice.element, choice.marks))

    def starved(self) -> set[str]:
        """Joins at which a token waits for one that can no longer come."""
        return {node.id for run in self._runs() for node in run.scope.nodes.values() if node.kind in STARVING and _starved(run, node)}

    # What is done from outside

    def complete(self, choice: Choice, answers: Mapping[str, bool]) -> None:
        assert choice.activity is not None
        choice.activity.run.variables.update(answers)
        self._finish(choice.activity)
        self._settle()

    def fail(self, choice: Choice) -> None:
        """Whoever does it reports an error instead."""
        self._throw(choice.activity)
        self._settle()

    def fire(self, choice: Choice) -> int:
        """An event happens. Returns its number, which marks what it starts."""
        self.shots += 1
        self._happen(choice)
        self._settle()
        return self.shots

    def _happen(self, choice: Choice) -> None:
        event = choice.event
        assert event is not None
        if choice.run is not None:
            self._start_handler(choice.run, event)
        elif choice.activity is not None and event in choice.activity.armed:
            self._from_border(choice.activity, event)
        elif choice.activity is not None:
            self._caught(choice.activity, event)

    # Movement

    def _settle(self) -> None:
        while self._step():
            pass

    def _step(self) -> bool:
        """Let one scope end, else a condition that has become true happen, else one token move. Scopes that are innermost come first."""
        if any(self._end_if_done(run) for run in reversed(list(self._runs()))):
            return True
        if (true := next(filter(None, map(_become_true, self._runs())), None)) is not None:
            self._happen(true)
            return True
        return any(self._enter_if_ready(run, node) for run in reversed(list(self._runs())) for node in run.scope.nodes.values())

    def _end_if_done(self, run: Run) -> bool:
        """Once only event sub-processes are left, no other begins."""
        if +run.tokens or not all(activity.started_by for activity in run.active):
            return False
        run.armed.clear()
        if not run.active:
            self._ended(run)
        return not run.active

    def _runs(self) -> Iterator[Run]:
        todo = [self.root] if self.root else []
        while todo:
            yield (run := todo.pop(0))
            todo += [one.inside for activity in run.active for one in (activity, *activity.items) if one.inside is not None]

    def _enter_if_ready(self, run: Run, node: Node) -> bool:
        incoming = run.scope.into(node.id)
        full = [flow for flow in incoming if run.tokens[flow.id]]
        if not full:
            return False
        if node.kind == "parallel":
            if len(full) < len(incoming):
                return False
            taken = full
        elif node.kind == "inclusive" and len(incoming) > 1:
            if _more_may_come(run, node, full):
                return False
            taken = full
        else:
            taken = full[:1]
        run.tokens.subtract(flow.id for flow in taken)
        self._enter(run, node)
        return True

    def _enter(self, run: Run, node: Node) -> None:
        match node.kind:
            case "task" | "job" | "catch" | "sub" | "either":
                run.active.append(activity := Activity(node, run, run.marks, armed=list(node.border)))
                self._begin(activity)
            case "error":
                self._throw(run.within)
            case "shout" | "raise":
                run.active.append(activity := Activity(node, run, run.marks))
                self._shout() if node.kind == "shout" else self._raise(run)
                if activity in run.active:
                    run.active.remove(activity)
                    self._leave(run, node)
                else:  # what it threw has interrupted it, which is its end as drawn
                    self.completed[node.id] += 1
            case "stop":
                run.tokens.clear()
                run.active.clear()
                run.armed.clear()
            case _:
                self._leave(run, node)

    def _begin(self, activity: Activity) -> None:
        if activity.node.items is None:
            self._work(activity)
            return
        for _ in range(1 if activity.node.items.one_by_one else activity.node.items.times):
            self._next_item(activity)
        if not activity.items:
            self._close(activity)

    def _next_item(self, body: Activity) -> None:
        assert body.node.items is not None
        if body.begun < body.node.items.times:
            body.begun += 1
            body.items.append(item := Activity(body.node, body.run, {**body.marks, "loopCounter": body.begun}, body=body))
            self._work(item)

    def _work(self, activity: Activity) -> None:
        if activity.node.inner is not None:
            known = activity.run.variables
            activity.inside = self._open(activity.node.inner, activity, activity.marks, dict(known) if activity.node.called else known)

    def _open(self, scope: Scope, within: Activity | None, marks: Marks, variables: dict[str, bool]) -> Run:
        run = Run(scope, within, marks, variables, armed=list(scope.handlers))
        self._leave(run, next(node for node in scope.nodes.values() if node.kind == "start"))
        return run

    def _finish(self, activity: Activity) -> None:
        """One working of an activity is over."""
        self.completed[activity.node.id] += 1
        body = activity.body
        if body is None:
            self._close(activity)
            return
        body.items.remove(activity)
        assert body.node.items is not None
        if body.node.items.one_by_one:
            self._next_item(body)
        if not body.items:
            self._close(body)

    def _close(self, activity: Activity) -> None:
        activity.run.active.remove(activity)
        self._leave(activity.run, activity.node)

    def _leave(self, run: Run, node: Node) -> None:
        if node.kind in PASSED:
            self.completed[node.id] += 1
        flows = run.scope.out_of(node.id)
        if node.kind in ("exclusive", "inclusive") and any(flow.when for flow in flows):
            true = [flow for flow in flows if flow.when and run.variables[flow.when]]
            default = [flow for flow in flows if flow.default]
            flows = (true[:1] if node.kind == "exclusive" else true) or default
        run.tokens.update(flow.id for flow in flows)

    def _ended(self, run: Run) -> None:
        if run.within is None:
            self.root = None
        else:
            self._finish(run.within)

    # Events

    def _caught(self, activity: Activity, event: Event) -> None:
        """In the flow, or behind an event gateway."""
        if activity.node.kind == "catch":
            self._close(activity)
            return
        activity.run.active.remove(activity)
        self._leave(activity.run, activity.run.scope.nodes[event.id])

    def _from_border(self, activity: Activity, event: Event) -> None:
        if event.interrupting:
            activity.run.active.remove(activity)
        elif event.trigger == "timer":
            activity.armed.remove(event)
        activity.run.tokens.update(flow.id for flow in activity.run.scope.out_of(event.id))

    def _start_handler(self, run: Run, event: Event) -> None:
        inner = next(scope for armed, scope in run.armed if armed is event)
        if event.interrupting:
            run.tokens.clear()
            run.active.clear()
            run.armed.clear()
        elif event.trigger == "timer":
            run.armed = [(armed, scope) for armed, scope in run.armed if armed is not event]
        marks = {**run.marks, "shot": self.shots} if event.trigger == "message" else run.marks
        run.active.append(activity := Activity(Node(f"{event.id}x", "sub", inner=inner), run, marks, started_by=event))
        self._work(activity)

    def _shout(self) -> None:
        """A signal reaches everything that waits for it now."""
        heard = [choice for choice in self.choices() if choice.kind == "signal"]
        for choice in heard:
            if any(choice.is_same(still) for still in self.choices()):
                self._happen(choice)

    def _raise(self, run: Run) -> None:
        """An escalation goes outwards until something catches it; if nothing does, nothing happens."""
        own: Event | None = None  # of the event sub-process that it comes out of
        while True:
            for event, _ in run.armed:
                if event.trigger == "escalation" and event is not own:
                    return self._start_handler(run, event)
            inside = run.within
            if inside is None:
                return None
            activity = inside.body or inside
            for event in activity.armed:
                if event.trigger == "escalation":
                    return self._from_border(activity, event)
            run, own = activity.run, activity.started_by

    def _throw(self, inside: Activity | None) -> None:
        found = _catcher(inside)
        assert found is not None, "the drawing has an error that nothing catches"
        self._from_border(*found)


def _catcher(inside: Activity | None) -> tuple[Activity, Event] | None:
    """Outwards from an activity, the first border that catches an error."""
    while inside is not None:
        activity = inside.body or inside
        for event in activity.armed:
            if event.trigger == "error":
                return activity, event
        inside = activity.run.within
    return None


def _become_true(run: Run) -> Choice | None:
    """An event of this scope whose condition was not true before."""
    borders = [(activity.true, event, activity, None) for activity in run.active for event in activity.armed]
    for true, event, activity, of in [*borders, *((run.true, event, None, run) for event, _ in run.armed)]:
        if event.trigger != "condition":
            continue
        before = event.id in true
        true.add(event.id) if run.variables[event.when] else true.discard(event.id)
        if event.id in true and not before:
            return Choice("condition", event.id, (), activity, event, of)
    return None


def _starved(run: Run, join: Node) -> bool:
    incoming = run.scope.into(join.id)
    empty = [flow for flow in incoming if not run.tokens[flow.id]]
    if len(empty) == len(incoming):
        return False
    going = {ident for activity in run.active for ident in (activity.node.id, *(event.id for event in activity.armed))}
    if join.kind == "inclusive":  # it would go on by itself but for others that wait as well
        return not going & _before(run.scope, join, empty)
    return any(not going & _before(run.scope, join, [flow]) for flow in empty)


def _more_may_come(run: Run, join: Node, full: list[Flow]) -> bool:
    """BPMN's rule of the inclusive join: a token elsewhere that can reach an empty arrow of it, and none of those with a token."""
    scope = run.scope
    at = {flow.target for flow in scope.flows if run.tokens[flow.id] and flow.target != join.id}
    at |= {ident for activity in run.active for ident in (activity.node.id, *(event.id for event in activity.armed))}
    empty = [flow for flow in scope.into(join.id) if flow not in full]
    return bool(at & (_before(scope, join, empty) - _before(scope, join, full)))


def _before(scope: Scope, join: Node, flows: list[Flow]) -> set[str]:
    """The elements from which a token can come to one of these arrows, without passing the join. An event on a border follows its host."""
    seen: set[str] = set()
    todo = [flow.source for flow in flows]
    while todo:
        ident = todo.pop()
        if ident != join.id and ident not in seen:
            seen.add(ident)
            todo += [flow.source for flow in scope.into(ident)]
            todo += [node.id for node in scope.nodes.values() if ident in {event.id for event in node.border}]
    return seen


def _choices(run: Run) -> Iterator[Choice]:
    marks = tuple(sorted(run.marks.items()))
    yield from (Choice(event.trigger, event.id, marks, event=event, run=run) for event, _ in run.armed if event.trigger in FROM_OUTSIDE)
    for activity in run.active:
        own = tuple(sorted(activity.marks.items()))
        yield from (Choice(e.trigger, e.id, own, activity, e) for e in activity.armed if e.trigger in FROM_OUTSIDE)
        for one in activity.items or ([activity] if activity.node.items is None else []):
            if one.node.kind in WORK:
                yield Choice(WORK[one.node.kind], one.node.id, tuple(sorted(one.marks.items())), one)
        if activity.node.event is not None:
            yield Choice(activity.node.event.trigger, activity.node.id, own, activity, activity.node.event)
        if activity.node.kind == "either":
            targets = [run.scope.nodes[flow.target].event for flow in run.scope.out_of(activity.node.id)]
            yield from (Choice(event.trigger, event.id, own, activity, event) for event in targets if event is not None)
