"""Events with several definitions: any of them will do, or all must come. Each is awaited by a token of its own below the event's.

A process that all of several events start begins with the first of them, and awaits the others in the instance.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .events import ARRIVED, WAIT, Boundary, Catch
from .library import SpiffTask, TaskState
from .model import Element
from .nodes import kill
from .scopes import VARS, Variables
from .timers import rearm


class Part(Catch):
    """One of the definitions."""

    silent = True

    def fire(self, task: SpiffTask, values: dict[str, Any]) -> None:
        task._state = TaskState.COMPLETED
        several: Several = task.parent.task_spec
        several.part_fired(task.parent, values)


class Several(Catch):
    """Waits in the flow for any or for all of its definitions."""

    def __init__(self, wf_spec: Any, element: Element, name: str = "") -> None:
        super().__init__(wf_spec, element, name)
        assert element.event is not None
        self.together = element.event.kind == "parallelMultiple"
        self.parts = [
            Part(wf_spec, replace(element, event=part), f"{self.name}[{number}]") for number, part in enumerate(element.event.parts, 1)
        ]

    def act(self, task: SpiffTask) -> dict[str, Any] | None:
        if not self.together:
            return super().act(task)
        arrived = task.internal_data.pop(ARRIVED, 0)
        if self.element.kind == "startEvent" and not self.element.inside and not arrived:
            return {}  # begun by hand or called, a process is behind its start event
        self.wait(task)
        if arrived:
            first = task.children[arrived - 1]
            first.task_spec.fire(first, {})
        return None

    def wait(self, task: SpiffTask) -> None:
        super().wait(task)
        for part, wait in zip(self.parts, task.internal_data[WAIT]["parts"], strict=True):
            token = task._add_child(part, TaskState.FUTURE)
            token.internal_data[WAIT] = dict(wait)
            if VARS in task.internal_data:  # what its input mappings give, for a condition to see
                token.internal_data[VARS] = dict(task.internal_data[VARS])
            token._state = TaskState.STARTED

    def subscription(self, task: SpiffTask, chain: list[Variables]) -> dict[str, Any]:
        return {"kind": "several", "name": None, "parts": [part.subscription(task, chain) for part in self.parts]}

    def part_fired(self, task: SpiffTask, values: dict[str, Any]) -> None:
        """One of them has come. What it brings is kept until the event happens."""
        brought = task.internal_data.setdefault("brought", {})
        brought.update(values)
        missing = [part for part in task.children if part._state == TaskState.STARTED]
        if self.together and missing:
            return
        for part in missing:
            kill(part)
        self.fire(task, brought)


class AllOnBorder(Several, Boundary):
    """On the border of an activity, or starting an event sub-process: happens when all of its definitions have come."""

    def _again(self, task: SpiffTask) -> None:
        """It waits for all of them once more, unless one of them can only come once."""
        top = task.workflow.top_workflow
        waits = [rearm(wait, top.at) if wait["kind"] == "timer" else wait for wait in task.internal_data[WAIT]["parts"]]
        if all(waits):
            token = task.parent._add_child(self, TaskState.FUTURE)
            token.internal_data[WAIT] = {"kind": "several", "name": None, "parts": waits}
            token._state = TaskState.STARTED
            self.wait(token)
