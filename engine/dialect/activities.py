"""Activities with an inside: sub-processes, called processes and multi-instance bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import Trouble

from .library import SpiffTask, TaskState
from .nodes import Node, kill
from .scopes import VARS, propagate, scopes, visible

if TYPE_CHECKING:
    from .instance import Instance

MOST_ITEMS = 5_000  # of a multi-instance activity: each becomes rows in the database
DEEPEST_CALL = 100  # processes inside one another; more is a process that calls itself without end


class SubProcess(Node):
    """Runs what is drawn inside it."""

    content: Any = None

    def act(self, task: SpiffTask) -> None:
        self.enter(task)
        task.workflow.top_workflow.open(task, self.content)

    def inside(self, task: SpiffTask) -> Any:
        """The spec of what runs in it."""
        return self.content


class Call(Node):
    """Runs another process inside this instance, with variables of its own."""

    opens_process = True
    compensable = True  # only known when the process is

    def act(self, task: SpiffTask) -> None:
        self.enter(task)
        top: Instance = task.workflow.top_workflow
        if _depth(task) > DEEPEST_CALL:
            raise Trouble(f"More than {DEEPEST_CALL} processes call one another. Correct the call that never ends.")
        called = self.value(task, self.element.zeebe.get("calledElement", "processId"), want=str)
        inner = top.open(task, top.specs.process(called))
        task.internal_data["called"] = called
        inner.data.update(visible(task) if self._passes("propagateAllParentVariables") else task.internal_data.get(VARS, {}))

    def inside(self, task: SpiffTask) -> Any:
        return task.workflow.top_workflow.specs.process(task.internal_data["called"])

    def leave(self, task: SpiffTask, values: Any) -> None:
        super().leave(task, values if self.element.zeebe.outputs or self._passes("propagateAllChildVariables") else {})

    def _passes(self, attribute: str) -> bool:
        return self.element.zeebe.get("calledElement", attribute) != "false"


def _depth(task: SpiffTask) -> int:
    depth, holder = 0, task.workflow.holder
    while holder is not None:
        depth, holder = depth + 1, holder.workflow.holder
    return depth


class MultiInstance(Node):
    """The body: its children are tokens of the inner element, each with a scope of its own (the item and loopCounter)."""

    is_body = True

    def __init__(self, wf_spec: Any, element: Any, inner: Node) -> None:
        super().__init__(wf_spec, element, element.id + "[]")
        self.inner = inner
        self.loop = element.loop
        result = element.loop.result[1:].strip()
        # Where one variable is collected, or a part of one, each child has its own.
        self.result_name = result.split(".")[0] if result.replace(".", "").isidentifier() else ""

    def act(self, task: SpiffTask) -> dict[str, Any] | None:
        items = self.value(task, self.loop.items, want=list)
        if len(items) > MOST_ITEMS:
            raise Trouble(f"{len(items):,} times are too many: at most {MOST_ITEMS:,} can be done. Correct the input collection.")
        collected = {self.loop.results: [None] * len(items)} if self.loop.results else {}
        task.internal_data.update({"items": items, "next": 0, "done": 0, VARS: collected})
        for _ in items[:1] if self.loop.sequential else items:
            self.start_next(task)
        return None if items else {}

    def start_next(self, task: SpiffTask) -> None:
        data = task.internal_data
        local = {self.loop.item: data["items"][data["next"]]} if self.loop.item else {}
        if self.result_name:
            local = {self.result_name: None} | local
        data["next"] += 1
        child = task._add_child(self.inner, TaskState.FUTURE)
        child.triggered = True
        child._state = TaskState.READY
        child.internal_data[VARS] = local | {"loopCounter": data["next"]}

    def collect(self, task: SpiffTask, child: SpiffTask) -> None:
        """A child leaves: keep its output element, look at the completion condition."""
        data = task.internal_data
        if self.loop.results:
            place = child.internal_data[VARS]["loopCounter"] - 1
            data[VARS][self.loop.results][place] = self.value(child, self.loop.result)
        counts = {
            "numberOfInstances": len(data["items"]),
            "numberOfCompletedInstances": data["done"] + 1,
            "numberOfActiveInstances": data["next"] - data["done"] - 1,
        }
        data["enough"] = bool(self.loop.until) and self.value(child, self.loop.until, [counts, *scopes(child)], bool)

    def child_done(self, task: SpiffTask, child: SpiffTask) -> None:
        data = task.internal_data
        data["done"] += 1
        if data["done"] == len(data["items"]) or data["enough"]:
            for other in task.children:
                kill(other)
            task.workflow.top_workflow.done(task, {})
        elif self.loop.sequential:
            self.start_next(task)

    def leave(self, task: SpiffTask, values: Any) -> None:
        """The collection is the result; mappings belong to the children."""
        propagate(scopes(task)[1:], task.internal_data[VARS])

    def abandon(self, task: SpiffTask) -> None:
        """Interrupted: what was collected so far is kept."""
        if VARS in task.internal_data:
            self.leave(task, {})
