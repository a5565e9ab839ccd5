"""Compensation: what was completed is put right again, the last first.

What can be compensated is remembered with the root token of its scope, and goes with its scope into the one around it. A throw
event takes what it sees of that and runs the handlers, one after the other, in a spec of their own (`build.build_undo`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .events import Throw
from .library import SpiffTask, TaskState
from .model import Element, Scope
from .nodes import Node, kill
from .scopes import VARS, body_of

if TYPE_CHECKING:
    from .instance import SubInstance

Completed = dict[str, Any]  # "of": an element's id; where it has them, "vars": its own variables, and what INSIDE says
RECORD = "undo"  # in a root token's internal_data: what was completed in its scope and can be compensated, the oldest first
INSIDE = "inside"  # in that of a sub-process: "record", what was completed in it; of a call activity also "called" and "data"
LEFT = "left"  # in that of a throw event: what it has still to compensate


def keep(inner: SubInstance) -> None:
    """A scope ends: what can be compensated in it goes with its activity."""
    node, data = inner.holder.task_spec, inner.holder.internal_data
    if not node.compensable or node.element.undone_by:
        return
    called = data.get("called")
    scope: Scope = inner.top_workflow.specs.processes[called].scope if called is not None else node.element.scope
    record = inner.task_tree.internal_data.get(RECORD, [])
    if record or scope.compensation:
        process = {"called": called, "data": dict(inner.data)} if called is not None else {}
        data[INSIDE] = {"record": record, **process}


def remember(task: SpiffTask) -> None:
    """An activity is completed: keep what compensating it would take."""
    data, undone_by = task.internal_data, task.task_spec.element.undone_by
    if not undone_by and INSIDE not in data:
        return
    completed: Completed = {"of": task.task_spec.element.id}
    if INSIDE in data:
        completed[INSIDE] = data.pop(INSIDE)
    # The handler of one of several instances sees what that one was about; a task's own mappings are none of its business.
    if VARS in data and (body_of(task) or not undone_by):
        completed[VARS] = data[VARS]
    _scope(task.workflow).task_tree.internal_data.setdefault(RECORD, []).append(completed)


def _scope(workflow: Any) -> Any:
    """The scope that runs in a workflow: where there are event sub-processes, the part beside them is no scope of its own."""
    while workflow.holder is not None and workflow.holder.task_spec.element.kind == "body":
        workflow = workflow.holder.workflow
    return workflow


def _visible(task: SpiffTask) -> Iterator[Any]:
    """The scopes whose completed activities an event can compensate: its own, and for an event sub-process the one around it."""
    workflow = _scope(task.workflow)
    yield workflow
    while workflow.holder is not None and workflow.holder.task_spec.element.triggered:
        workflow = _scope(workflow.holder.workflow)
        yield workflow


def _take(task: SpiffTask, activity: str | None) -> list[Completed]:
    """What an event compensates, the oldest first: of one activity or of all it sees. Nobody else will compensate that again."""
    taken: list[Completed] = []
    for workflow in _visible(task):
        root = workflow.task_tree.internal_data
        record: list[Completed] = root.pop(RECORD, [])
        taken = [completed for completed in record if activity in (None, completed["of"])] + taken
        if rest := [completed for completed in record if activity not in (None, completed["of"])]:
            root[RECORD] = rest
    return taken


class Undoing(Throw):
    """Compensates, and goes on when that is done."""

    def act(self, task: SpiffTask) -> dict[str, Any] | None:
        self.enter(task)
        event = self.element.event
        assert event is not None
        task.internal_data[LEFT] = _take(task, event.name)
        if not task.internal_data[LEFT]:
            return {}
        task.workflow.top_workflow.open(task, self.inside(task))
        return None

    def inside(self, task: SpiffTask) -> Any:
        return task.workflow.top_workflow.specs.undo(self.element.process)

    def abandon(self, task: SpiffTask) -> None:
        """Interrupted, by an error of a handler perhaps: what is left can still be compensated."""
        if left := task.internal_data.get(LEFT):
            *_, outermost = _visible(task)
            root = outermost.task_tree.internal_data
            root[RECORD] = left + root.get(RECORD, [])


class UndoingBeside(Undoing):
    """Compensates beside the flow, for an event that does not wait for it."""

    silent = True

    def __init__(self, wf_spec: Any, element: Element) -> None:
        super().__init__(wf_spec, element, element.id + "[beside]")

    def leave(self, task: SpiffTask, values: Any) -> None:
        """The event itself has handed on its results."""


class Cancel(Undoing):
    """Calls a transaction off: all that runs in it is stopped, what was completed is compensated, and its cancel event happens."""

    def act(self, task: SpiffTask) -> dict[str, Any] | None:
        holders, workflow = {task.id}, task.workflow
        while workflow is not _scope(workflow):
            holders.add(workflow.holder.id)
            workflow = workflow.holder.workflow
        for scope in {task.workflow, workflow}:
            for other in list(scope.tasks.values()):
                if other.id not in holders:
                    kill(other)
        return super().act(task)

    def leave(self, task: SpiffTask, values: Any) -> None:
        super().leave(task, values)
        task.workflow.top_workflow.throw(task, "cancel", None)


class Undo(Node):
    """Runs the handlers of what an event compensates, one after the other: its children are their tokens."""

    silent = True

    def __init__(self, wf_spec: Any, scope: Scope) -> None:
        super().__init__(wf_spec, Element(scope.id, "undo", scope.id), scope.id + "[undo]")
        self.handlers: dict[str, Node] = {}  # by the element that was completed
        self.events: dict[str, Element] = {}  # the compensation events on their borders
        self.titles = {element.id: element.title for element in scope.everything()}

    def act(self, task: SpiffTask) -> dict[str, Any] | None:
        return None if self._next(task) else {}

    def _next(self, task: SpiffTask) -> bool:
        left: list[Completed] = task.workflow.holder.internal_data[LEFT]
        if not left:
            return False
        completed = left.pop()
        element = completed.pop("of")
        child = task._add_child(self.handlers[element], TaskState.FUTURE)
        child.triggered = True
        child._state = TaskState.READY
        child.internal_data.update(completed)
        if element in self.events:
            task.workflow.top_workflow.note(child, "fired", {"undone": self.titles[element]}, self.events[element])
        return True

    def collect(self, task: SpiffTask, child: SpiffTask) -> None:
        """A handler's results are handed on like any other's."""

    def child_done(self, task: SpiffTask, child: SpiffTask) -> None:
        if not self._next(task):
            task.workflow.top_workflow.done(task, {})


class Restored(Node):
    """A completed sub-process, there again with its variables as they were, so that what was done in it can be compensated."""

    silent = True

    def __init__(self, wf_spec: Any, element: Element) -> None:
        super().__init__(wf_spec, element, element.id + "[restored]")

    def act(self, task: SpiffTask) -> None:
        inner = task.workflow.top_workflow.open(task, self.inside(task))
        record, own = task.internal_data[INSIDE].pop("record"), self.scope(task).compensation
        if own:  # its own event sub-process says what is to be done, and may compensate what was completed beside it
            inner.task_tree.internal_data[RECORD] = record
        task.internal_data[LEFT] = [{"of": own}] if own else record
        self.restore(task, inner)

    def scope(self, task: SpiffTask) -> Scope:
        assert self.element.scope is not None
        return self.element.scope

    def inside(self, task: SpiffTask) -> Any:
        return task.workflow.top_workflow.specs.undo(self.element.process)

    def restore(self, task: SpiffTask, inner: SubInstance) -> None:
        """A sub-process's own variables are its token's already."""

    def leave(self, task: SpiffTask, values: Any) -> None:
        """Its results were handed on when it was completed."""

    def abandon(self, task: SpiffTask) -> None:
        """What is left in it can still be compensated with the rest."""
        if left := task.internal_data.get(LEFT):
            inside = {**task.internal_data[INSIDE], "record": left}
            own = {VARS: task.internal_data[VARS]} if VARS in task.internal_data else {}
            task.workflow.holder.internal_data[LEFT].append({"of": self.element.id, INSIDE: inside, **own})


class RestoredCall(Restored):
    """The same for a called process."""

    opens_process = True

    def scope(self, task: SpiffTask) -> Scope:
        scope: Scope = task.workflow.top_workflow.specs.processes[task.internal_data[INSIDE]["called"]].scope
        return scope

    def inside(self, task: SpiffTask) -> Any:
        return task.workflow.top_workflow.specs.undo(task.internal_data[INSIDE]["called"])

    def restore(self, task: SpiffTask, inner: SubInstance) -> None:
        inner.data = task.internal_data[INSIDE]["data"]
