"""What an administrator does to the tokens of a running instance: move, skip and withdraw them, put off a timer, end everything.

Nothing here evaluates what is left behind: a step that failed would only fail again.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from engine.errors import Invalid
from engine.waits import Happening

from .compensation import Undo, UndoingBeside
from .events import WAIT, Boundary, Guard
from .gateways import ConditionalFlows, EventGateway, Exclusive, Parallel
from .instance import JOIN, TROUBLE
from .library import SpiffTask, TaskState
from .nodes import Node, kill
from .scopes import body_of
from .work import WORK

if TYPE_CHECKING:
    from .instance import Instance

BODY = "body"  # the kind of our own element that holds all of a scope beside its event sub-processes


def move(task: SpiffTask, target: str) -> None:
    """Take a token from where it waits and let it arrive at another element of the same scope.

    One of several of a multi-instance activity stands for the whole activity.
    """
    if sentence := refusal(task, target):
        raise Invalid({"target": sentence})
    workflow, node = task.workflow, _entry(task, target)
    _remove(body_of(task) or task)
    token = workflow.task_tree._add_child(node, TaskState.FUTURE)
    node._update(token)


def refusal(task: SpiffTask, target: str) -> str:
    """Why this token cannot be moved there, or nothing."""
    if sentence := stays(task):
        return sentence
    node = _entry(task, target)
    if node is None:
        return (
            f"“{target}” is not drawn beside the step the token stands at. A token can be moved only within its own process or "
            "sub-process, and not into an event sub-process."
        )
    if node.element.kind == "boundaryEvent":
        return f"“{node.element.title}” is on the border of an activity and happens by itself. Choose an element that arrows lead to."
    if isinstance(node, Parallel) and len(node.incoming) > 1:
        return f"“{node.element.title}” joins several arrows and would wait for the others. Choose the element behind it."
    return ""


def stays(task: SpiffTask) -> str:
    """Why this token cannot be moved anywhere, or nothing."""
    element = task.task_spec.element
    if isinstance(task.task_spec, Boundary):
        return f"“{element.title}” only waits beside what goes on. Move the token of the step beside it."
    if element.kind == BODY:
        return "This is the whole process or sub-process, which cannot be moved as one."
    if any(isinstance(node, Undo) for node in task.workflow.spec.task_specs.values()):
        return f"“{element.title}” puts right what another step did, and is not in the flow. Complete it, or move the token of its event."
    return ""


def destinations(task: SpiffTask) -> list[str]:
    """The elements to which this token can be moved."""
    nodes = (node for node in task.workflow.spec.task_specs.values() if isinstance(node, Node) and node.element.kind != BODY)
    return [ident for ident in dict.fromkeys(node.element.id for node in nodes) if not refusal(task, ident)]


def _entry(task: SpiffTask, target: str) -> Any:
    """What a token that comes to this element meets first: what guards it, else its multi-instance body, else itself."""
    nodes = [node for node in task.workflow.spec.task_specs.values() if isinstance(node, Node) and node.element.id == target]
    behind = ConditionalFlows, UndoingBeside  # our own nodes behind an element
    found = [node for node in nodes if node.element.kind != BODY and not node.element.triggered and not isinstance(node, behind)]
    return max(found, key=lambda node: (node.guards, node.is_body), default=None)


def _remove(task: SpiffTask) -> None:
    """Cancel a token with all that belongs to it: the events on its border, the other ways of its event gateway."""
    if isinstance(task.parent.task_spec, EventGateway):
        for other in task.parent.children:
            kill(other)
    task.task_spec.release(task)
    kill(task)


def withdraw(task: SpiffTask) -> None:
    """Cancel a token: nothing follows it. What else runs in its scope goes on; a scope without any token is done."""
    body = body_of(task)
    task.task_spec.release(task)
    kill(task)
    if body is not None:
        _leave_body(body, task)
    task.workflow._task_completed_notify(task)


def skip(task: SpiffTask) -> None:
    """Go on behind an element as if it had been done, without its results and output mappings."""
    trouble = task.internal_data.pop(TROUBLE, {})
    if trouble.get("phase") == JOIN:
        task.task_spec.let_go(task)
        task._state = TaskState.READY
        return
    task = _host(task) if isinstance(task.task_spec, Guard) else task
    top: Instance = task.workflow.top_workflow
    for key in (WORK, WAIT):
        task.internal_data.pop(key, None)
    if isinstance(task.parent.task_spec, EventGateway):
        for other in task.parent.children:
            if other is not task:
                kill(other)
    if (body := body_of(task)) is not None:
        body.internal_data.setdefault("enough", False)
    top.note(task, "skipped")
    task._state = TaskState.COMPLETED
    task.task_spec._on_complete(task)


def unskippable(task: SpiffTask) -> str:
    """Why an element cannot be passed as if it had been done, or nothing."""
    node = task.task_spec
    if task.internal_data.get(TROUBLE, {}).get("phase") == JOIN:
        return ""
    if isinstance(node, Exclusive):
        return "It has to know which way to go. Change the variables and try it again, or move the token to the element it should go to."
    if isinstance(node, Boundary) and WAIT in task.internal_data:
        return "It only waits beside what goes on, and its time has not come. Withdraw it, or try it again."
    if node.element.kind == BODY:
        return "It is the whole process or sub-process. Change the variables and try it again."
    return ""


def _host(guard: SpiffTask) -> SpiffTask:
    """The activity behind a guard that could not arm its events, as if it had been begun."""
    task = guard._add_child(guard.task_spec.flows[-1][1], TaskState.FUTURE)
    guard._state, task._state = TaskState.COMPLETED, TaskState.STARTED
    return task


def _leave_body(body: SpiffTask, child: SpiffTask) -> None:
    body.internal_data.setdefault("enough", False)
    body.task_spec.child_done(body, child)


def reschedule(task: SpiffTask, due: datetime, last_day: date | None) -> None:
    """A running timer is due at another moment. `last_day`: where it is a date, the date itself."""
    wait = task.internal_data[WAIT]
    wait["due"] = due.isoformat()
    wait.pop("on", None)
    if last_day is not None:
        wait["on"] = last_day.isoformat()


def terminate(instance: Instance) -> None:
    """End everything at once. Nothing is done any more, and nothing has been reached."""
    for task in list(instance.tasks.values()):
        kill(task)
    instance.completed = True
    instance.happened.append(Happening(what="terminated", at=instance.at, process_key=instance.process))


def around(task: SpiffTask) -> list[SpiffTask]:
    """The activities in which a token stands, innermost first: sub-processes and those that call a process."""
    found: list[SpiffTask] = []
    holder = task.workflow.holder
    while holder is not None:
        if not stays(holder):
            found.append(holder)
        holder = holder.workflow.holder
    return found
