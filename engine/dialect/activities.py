"""Activities with an inside: sub-processes and called processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import Trouble

from .library import SpiffTask
from .nodes import Node
from .scopes import VARS, visible

if TYPE_CHECKING:
    from .instance import Instance

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
