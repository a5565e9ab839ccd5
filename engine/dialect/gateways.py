"""Gateways: where tokens choose, split and join.

SpiffWorkflow's joins merge data branch by branch, the last one winning with a stale copy, and walk the whole tree at each
arrival (cubic in loops). Here a join counts the tokens of each of its incoming flows and merges no data.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from engine.errors import Trouble

from .library import ACTIVE, SpiffTask, TaskState
from .model import Element
from .nodes import Node

Tokens = dict[str, list[SpiffTask]]  # by the flow they came on


class Exclusive(Node):
    """Takes the first flow whose condition is true, else the default one."""

    def act(self, task: SpiffTask) -> dict[str, Any] | None:
        if any(condition for _, _, condition in self.flows):
            task.internal_data["go"] = self.choose(task)
        return {}

    def choose(self, task: SpiffTask) -> list[str]:
        default = self.element.default
        for ident, _, condition in self.flows:
            if condition and ident != default and self.value(task, condition, want=bool):
                return [ident]
        return [self.otherwise(default)]

    def otherwise(self, default: str) -> str:
        if not default:
            raise Trouble("No condition is true and there is no default flow. Correct the variables, or the diagram for later cases.")
        return default


class Parallel(Node):
    """Takes one token of each incoming flow; a second one on the same flow stays for the next round."""

    def arrive(self, task: SpiffTask) -> bool:
        if len(self.incoming) < 2:
            return True
        tokens = self.gathered(task)
        if not self.may_fire(task, tokens):
            return False
        self.merge(tokens)
        return True

    def gathered(self, task: SpiffTask) -> Tokens:
        """What has arrived here, this token among it."""
        tokens: Tokens = {}
        for other in task.workflow.tasks.values():
            if other.task_spec is self and (other._state == TaskState.WAITING or other is task):
                tokens.setdefault(other.internal_data["flow"], []).append(other)
        return tokens

    def merge(self, tokens: Tokens) -> None:
        for token in self.merged(tokens):
            token._state = TaskState.CANCELLED

    def starved(self, task: SpiffTask) -> bool:
        """True where an arrow it waits for can bring no token any more, as after a token was moved or withdrawn."""
        tokens = self.gathered(task)
        # Those that wait at other joins move only if one that goes on by itself comes to them, and that one is seen behind them.
        free = {
            other.task_spec.place for other in task.workflow.tasks.values() if other._state & ACTIVE and other._state != TaskState.WAITING
        }
        missing = [flow for flow, _ in self.incoming if flow not in tokens]
        return any(not free & self.upstream(ident == flow for ident, _ in self.incoming) for flow in missing)

    def may_fire(self, task: SpiffTask, tokens: Tokens) -> bool:
        return len(tokens) == len(self.incoming)

    def merged(self, tokens: Tokens) -> list[SpiffTask]:
        return [waiting[0] for waiting in tokens.values()]

    def upstream(self, wanted: Iterable[bool]) -> set[Node]:
        """The elements from which a token can come in by the wanted flows."""
        seen: set[Node] = set()
        todo = [source for (_, source), take in zip(self.incoming, wanted, strict=True) if take]
        while todo:
            node = todo.pop()
            if node is not self and node not in seen:
                seen.add(node)
                todo += [source for _, source in node.incoming]
        return seen


class Gather(Node):
    """Stands before an activity that needs several tokens to start, on whatever flows they come."""

    silent = True

    def __init__(self, wf_spec: Any, element: Element) -> None:
        super().__init__(wf_spec, element, element.id + "[in]")

    def arrive(self, task: SpiffTask) -> bool:
        waiting = [other for other in task.workflow.tasks.values() if other.task_spec is self and other._state == TaskState.WAITING]
        if len(waiting) + 1 < self.element.start_quantity:
            return False
        for token in waiting:
            token._state = TaskState.CANCELLED
        return True


class Inclusive(Parallel, Exclusive):
    """Joins when no token elsewhere can still reach it by an empty flow. Also stands behind an activity with conditional flows."""

    def may_fire(self, task: SpiffTask, tokens: Tokens) -> bool:
        """BPMN's rule: a token elsewhere is waited for if it can reach an empty incoming flow, and none that has a token."""
        return not self.expected(task, tokens)

    def expected(self, task: SpiffTask, arrived: Collection[str]) -> bool:
        """Whether a token may still come on a flow other than those on which one has."""
        busy = {other.task_spec.place for other in task.workflow.tasks.values() if other._state & ACTIVE and other.task_spec is not self}
        empty = self.upstream(ident not in arrived for ident, _ in self.incoming)
        return bool(busy & (empty - self.upstream(ident in arrived for ident, _ in self.incoming)))

    def choose(self, task: SpiffTask) -> list[str]:
        default = self.element.default
        conditional = [flow for flow in self.flows if flow[2] and flow[0] != default]
        taken = [ident for ident, _, condition in conditional if self.holds(task, condition)]
        always = [ident for ident, _, condition in self.flows if not condition and ident != default]
        return [*always, *taken] if taken or (always and not default) else [*always, self.otherwise(default)]

    def holds(self, task: SpiffTask, condition: str) -> bool:
        return bool(self.value(task, condition, want=bool))


class ConditionalFlows(Inclusive):
    """Behind an activity several of whose arrows have conditions."""

    silent = True


class EventGateway(Node):
    """Its targets are catch events; the first that fires cancels the others."""
