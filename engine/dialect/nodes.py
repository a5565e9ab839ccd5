"""An element as SpiffWorkflow runs it. The library keeps the tree of tokens and their states; what an element does is ours.

Its stock elements predict tasks before a token comes, which makes each step as slow as the diagram is long, and merge copies of
data at joins. Here a task is made when a token arrives, and nothing is predicted. A token that waits for the outside world is
STARTED, one that waits at a join is WAITING.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine import feel
from engine.errors import Trouble

from .library import ACTIVE, BpmnTaskSpec, SpiffTask, TaskState
from .model import Element
from .scopes import VARS, assign, body_of, propagate, scopes, visible

if TYPE_CHECKING:
    from .instance import Instance

Types = type | tuple[type, ...]
TEXT_OR_NUMBER = (str, int, float)
NUMBER = (int, float)
WANTED: dict[Types, str] = {
    bool: "true or false", list: "a list", dict: "a context", str: "a text", TEXT_OR_NUMBER: "a text or number", NUMBER: "a number"
}  # fmt: skip


class Node(BpmnTaskSpec):
    """An element. `act` gives the result variables when it is done, or None when it waits. By itself it lets tokens pass."""

    opens_process = False  # its inside is a process of its own, with variables of its own
    is_body = False  # of an activity that happens several times
    result_name = ""  # of a multi-instance body: the variable of which each child has its own
    guards = False  # arms the events on the border of the activity behind it
    compensable = False  # it may leave behind what has to be compensated later
    listens = False  # it waits for events, or lets others do so
    silent = False  # its coming and going is no news: our own helpers, and events that are only armed

    def __init__(self, wf_spec: Any, element: Element, name: str = "") -> None:
        super().__init__(wf_spec, name or element.id)
        self.element = element
        self.flows: list[tuple[str, Node, str]] = []  # id, target, condition
        self.incoming: list[tuple[str, Node]] = []  # id, source

    @property
    def place(self) -> Node:
        """The element whose arrows a token here may still go along."""
        return self

    def flow(self, ident: str, target: Node, condition: str = "") -> None:
        """Draw an arrow to another element."""
        self.connect(target)
        self.flows.append((ident, target, condition))
        target.incoming.append((ident, self))

    def _predict(self, *args: Any, **kwargs: Any) -> None:
        """SpiffWorkflow's hook: no task is made before its time."""

    def _update(self, task: SpiffTask) -> None:
        """SpiffWorkflow's hook: a token has arrived."""
        task._state = TaskState.READY if self.arrive(task) else TaskState.WAITING

    def _on_complete_hook(self, task: SpiffTask) -> None:
        """SpiffWorkflow's hook: the tokens go on."""
        self.release(task)
        chosen, preset = task.internal_data.pop("go", None), task.internal_data.pop("preset", {})
        for ident, target, _ in self.flows:
            if chosen is None or ident in chosen:
                token = task._add_child(target, TaskState.FUTURE)
                token.internal_data.update(preset.get(ident, {}), flow=ident)
        if body := body_of(task):
            body.task_spec.child_done(body, task)

    def arrive(self, task: SpiffTask) -> bool:
        """Whether a token that arrives may go in at once."""
        return True

    def may_wake(self, task: SpiffTask) -> bool:
        """Whether a token that waits here may go on although no other comes."""
        return False

    def act(self, task: SpiffTask) -> dict[str, Any] | None:
        self.enter(task)
        return {}

    def release(self, task: SpiffTask) -> None:
        """Done: the events on its border are disarmed."""
        guard = task.parent
        if getattr(guard.task_spec, "guards", False):  # SpiffWorkflow's own Start is no Node
            for armed in guard.children:
                kill(armed)

    def abandon(self, task: SpiffTask) -> None:
        """The token is cancelled: keep what must not be lost."""

    def enter(self, task: SpiffTask) -> None:
        """Open the activity's own scope, where it has input mappings."""
        if self.element.zeebe.inputs and "mapped" not in task.internal_data:
            task.internal_data.update({VARS: task.internal_data.get(VARS, {}) | self.inputs(task), "mapped": 1})

    def inputs(self, task: SpiffTask) -> dict[str, Any]:
        """The values of the input mappings; each line sees those above it."""
        local: dict[str, Any] = {}
        for line in self.element.zeebe.inputs:
            if not line.needs or line.needs in visible(task):
                assign(local, line.target, self.value(task, line.source, [local, *scopes(task)]), {})
        return local

    def leave(self, task: SpiffTask, values: Mapping[str, Any]) -> None:
        """Hand the results on; where there are output mappings, only what they name."""
        chain, body = scopes(task), body_of(task)
        if self.element.zeebe.outputs:
            outer = chain[1:] if VARS in task.internal_data else chain
            mapped = self.outputs(task, values, outer)
            if body and body.task_spec.result_name in mapped:  # it is this child's own, not to be shared with the others
                task.internal_data[VARS][body.task_spec.result_name] = mapped.pop(body.task_spec.result_name)
            propagate(outer, mapped)
        elif values:
            propagate(chain, values)
        if self.element.copies:
            self.copy(task, values, chain[1:] if VARS in task.internal_data else chain)
        if body:
            body.task_spec.collect(body, task)

    def copy(self, task: SpiffTask, values: Mapping[str, Any], outer: Sequence[Any]) -> None:
        """What data associations take out of it goes to the data objects around it."""
        known = [dict(values), *scopes(task)]
        for line in self.element.copies:
            if not line.needs or any(line.needs in scope for scope in known):
                copied: dict[str, Any] = {}
                assign(copied, line.target, self.value(task, line.source, known), ChainMap(*outer))
                propagate(outer, copied)

    def outputs(self, task: SpiffTask, values: Mapping[str, Any], outer: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        mapped: dict[str, Any] = {}
        for line in self.element.zeebe.outputs:
            value = self.value(task, line.source, [mapped, dict(values), *scopes(task)])
            assign(mapped, line.target, value, ChainMap(*map(dict, outer)) if "." in line.target else {})
        return mapped

    def value(self, task: SpiffTask, text: str | None, chain: Sequence[Any] | None = None, want: Types | None = None) -> Any:
        """What an attribute means: "= FEEL" evaluated, anything else as it is. A wrong type is an incident."""
        if not text or not text.startswith("="):
            return text
        top: Instance = task.workflow.top_workflow
        warnings: list[str] = []
        result = feel.evaluate(text[1:], ChainMap(*chain) if chain else visible(task), now=top.at, warnings=warnings)
        if want and (not isinstance(result, want) or (isinstance(result, bool) and want is not bool)):
            raise Trouble(_wrong(text, result, want, warnings))
        return result


class Passing(Node):
    """A place between elements, where tokens pass unseen."""

    silent = True


def kill(task: SpiffTask) -> None:
    """Cancel a token with all that runs below it. SpiffWorkflow's own cancel() drops the children of a running task unseen."""
    if task._state & ACTIVE:
        top: Instance = task.workflow.top_workflow
        inner = top.subprocesses.pop(task.id, None)
        for below in [*task.children, *(inner.tasks.values() if inner else ())]:
            kill(below)
        if isinstance(task.task_spec, Node):
            task.task_spec.abandon(task)
        # What it threw may end everything around it, and so itself; that is its end as drawn.
        by_itself = task is top.acting
        if not by_itself and isinstance(task.task_spec, Node) and task.task_spec.is_body:
            top.dropped.add(task.id)
        task._state = TaskState.COMPLETED if by_itself else TaskState.CANCELLED
        top.note(task, "completed" if by_itself else "cancelled")


_KINDS = {
    type(None): "nothing",
    bool: "true or false",
    str: "a text",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a group of values",
}


def unquoted(message: str, expression: str | None, value: Any) -> str:
    """A sentence about the value of an expression, for the history and administrators: it names the expression instead."""
    return message.replace(f"“{value}”", f"what “{expression}” gives") if expression and expression.startswith("=") else message


def _wrong(text: str, result: Any, want: Types, warnings: Sequence[str]) -> str:
    """The sentence for a value of the wrong type. It never quotes a value, for it goes into the history."""
    missing = " ".join(f"{warning}." for warning in dict.fromkeys(warnings) if warning.startswith("Variable"))
    kind = _KINDS.get(type(result), "something else")
    return f"“{text}” gives {kind} where {WANTED[want]} is needed. {missing}".strip()
