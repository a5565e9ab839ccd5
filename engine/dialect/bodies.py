"""Activities that happen several times: a body stands where the activity is drawn, and its children are tokens of the activity itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import Trouble

from .library import ACTIVE, SpiffTask, TaskState
from .model import Event, Loop, StandardLoop
from .nodes import NUMBER, TEXT_OR_NUMBER, Node, kill
from .rules import MOST_TIMES
from .scopes import VARS, Variables, propagate, scopes

if TYPE_CHECKING:
    from .instance import Instance


class Body(Node):
    """Each child has a scope of its own, with loopCounter."""

    is_body = True

    def __init__(self, wf_spec: Any, element: Any, inner: Node) -> None:
        super().__init__(wf_spec, element, element.id + "[]")
        self.inner = inner

    def start_child(self, task: SpiffTask, local: dict[str, Any], number: int) -> None:
        child = task._add_child(self.inner, TaskState.FUTURE)
        child.triggered = True
        child._state = TaskState.READY
        child.internal_data[VARS] = local | {"loopCounter": number}

    def collect(self, task: SpiffTask, child: SpiffTask) -> None:
        """A child leaves: what it brings, and what follows from it. A failure here is the child's."""
        raise NotImplementedError

    def child_done(self, task: SpiffTask, child: SpiffTask) -> None:
        """A child is done: go on with what `collect` found out."""
        raise NotImplementedError


class MultiInstance(Body):
    """Once for each item of a list, or so many times."""

    def __init__(self, wf_spec: Any, element: Any, inner: Node) -> None:
        super().__init__(wf_spec, element, inner)
        self.loop: Loop = element.loop
        result = self.loop.result[1:].strip()
        # Where one variable is collected, or a part of one, each child has its own.
        self.result_name = result.split(".")[0] if result.replace(".", "").isidentifier() else ""

    def act(self, task: SpiffTask) -> dict[str, Any] | None:
        items = list(range(1, self._times(task) + 1)) if self.loop.times else self.value(task, self.loop.items, want=list)
        if len(items) > MOST_TIMES:
            raise Trouble(f"{len(items):,} times are too many: at most {MOST_TIMES:,} can be done. Correct the input collection.")
        collected = {self.loop.results: [None] * len(items)} if self.loop.results else {}
        task.internal_data.update({"items": items, "next": 0, "done": 0, VARS: collected})
        for _ in items[:1] if self.loop.sequential else items:
            self.start_next(task)
        return None if items else {}

    def _times(self, task: SpiffTask) -> int:
        """The loop cardinality."""
        text = self.loop.times
        number = self.value(task, text, want=NUMBER) if text.startswith("=") else int(text)
        if number != int(number) or number < 0:
            raise Trouble(f"“{text}” does not give a whole number of times. Correct the variables, or the diagram for later cases.")
        if number > MOST_TIMES:
            raise Trouble(f"{int(number):,} times are too many: at most {MOST_TIMES:,} can be done. Correct the loop cardinality.")
        return int(number)

    def start_next(self, task: SpiffTask) -> None:
        data = task.internal_data
        local = {self.loop.item: data["items"][data["next"]]} if self.loop.item else {}
        if self.result_name:
            local = {self.result_name: None} | local
        data["next"] += 1
        self.start_child(task, local, data["next"])

    def collect(self, task: SpiffTask, child: SpiffTask) -> None:
        """Keep its output element, look at the completion condition and at the events to be thrown."""
        data = task.internal_data
        if self.loop.results:
            place = child.internal_data[VARS]["loopCounter"] - 1
            data[VARS][self.loop.results][place] = self.value(child, self.loop.result)
        chain = [self._counts(data), *scopes(child)]
        data["enough"] = bool(self.loop.until) and self.value(child, self.loop.until, chain, bool)
        if self.loop.behaviours and (self.loop.behaviour != "One" or not data["done"]):
            data["throws"] = [
                self._named(child, behaviour.event, chain)
                for behaviour in self.loop.behaviours
                if not behaviour.condition or self.value(child, behaviour.condition, chain, bool)
            ]

    def _counts(self, data: dict[str, Any]) -> dict[str, int]:
        """What the completion condition knows; this child counts as completed."""
        return {
            "numberOfInstances": len(data["items"]),
            "numberOfCompletedInstances": data["done"] + 1,
            "numberOfActiveInstances": data["next"] - data["done"] - 1,
            "numberOfTerminatedInstances": 0,  # they are cancelled all at once, with the body
        }

    def _named(self, child: SpiffTask, event: Event, chain: list[Variables]) -> list[Any]:
        key = self.value(child, event.key, chain, TEXT_OR_NUMBER) if event.key else None
        return [event.kind, self.value(child, event.name, chain, str), key]

    def child_done(self, task: SpiffTask, child: SpiffTask) -> None:
        data = task.internal_data
        data["done"] += 1
        for kind, name, key in data.pop("throws", ()):
            self._throw(task, kind, name, key)
        if not task._state & ACTIVE:
            return  # an event thrown for this child interrupted the whole
        if data["done"] == len(data["items"]) or data["enough"]:
            for other in task.children:
                kill(other)
            task.workflow.top_workflow.done(task, {})
        elif self.loop.sequential:
            self.start_next(task)

    def _throw(self, task: SpiffTask, kind: str, name: str, key: Any) -> None:
        """Throw an event from the body, so that one on its border can catch it."""
        top: Instance = task.workflow.top_workflow
        if kind == "signal":
            top.signal(name, by=task)
        elif kind == "message":
            top.send(name, key, {}, by=task)
        else:
            top.bubble(task, kind, name, {})

    def leave(self, task: SpiffTask, values: Any) -> None:
        """The collection is the result; mappings belong to the children."""
        propagate(scopes(task)[1:], task.internal_data[VARS])

    def abandon(self, task: SpiffTask) -> None:
        """Interrupted: what was collected so far is kept."""
        if VARS in task.internal_data:
            self.leave(task, {})


class Looped(Body):
    """Again and again while a condition is true. loopCounter is how often it has begun."""

    def __init__(self, wf_spec: Any, element: Any, inner: Node) -> None:
        super().__init__(wf_spec, element, inner)
        self.loop: StandardLoop = element.standard_loop

    def act(self, task: SpiffTask) -> dict[str, Any] | None:
        if self.loop.test_before and not self._again(task, 0):
            return {}
        task.internal_data["turn"] = 1
        self.start_child(task, {}, 1)
        return None

    def _again(self, task: SpiffTask, done: int) -> bool:
        if self.loop.maximum is not None and done >= self.loop.maximum:
            return False
        chain = [{"loopCounter": done}, *scopes(task)]
        return not self.loop.condition or bool(self.value(task, self.loop.condition, chain, bool))

    def collect(self, task: SpiffTask, child: SpiffTask) -> None:
        task.internal_data["again"] = self._again(child, task.internal_data["turn"])

    def child_done(self, task: SpiffTask, child: SpiffTask) -> None:
        if not task.internal_data["again"]:
            task.workflow.top_workflow.done(task, {})
            return
        task.internal_data["turn"] += 1
        self.start_child(task, {}, task.internal_data["turn"])

    def leave(self, task: SpiffTask, values: Any) -> None:
        """Each turn has handed its results on."""
