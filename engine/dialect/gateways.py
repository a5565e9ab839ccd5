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


class Join(Node):
    """Where tokens wait for one another. One that waits for what cannot come would wait for ever, and nobody would know."""

    starved_because = "This join waits for a token that can no longer come."

    def starved(self, task: SpiffTask) -> bool:
        """True where nothing that goes on by itself can come here any more, as after a token was moved or withdrawn."""
        return not self.free(task) & self.upstream(ident for ident, _ in self.incoming)

    def let_go(self, task: SpiffTask) -> None:
        """An administrator has it go on with what has come: use that up."""
        raise NotImplementedError

    def free(self, task: SpiffTask) -> set[Node]:
        """Where tokens stand that go on by themselves, or when somebody does something.

        Those that wait at other joins move only if such a one comes to them, and that one is seen behind them.
        """
        active = [other for other in task.workflow.tasks.values() if other._state & ACTIVE]
        return {other.task_spec.place for other in active if other._state != TaskState.WAITING or other.task_spec.may_wake(other)}

    def upstream(self, flows: Iterable[str]) -> set[Node]:
        """The elements from which a token can come in by one of these flows."""
        wanted, seen = set(flows), set[Node]()
        todo = [source for ident, source in self.incoming if ident in wanted]
        while todo:
            node = todo.pop()
            if node is not self and node not in seen:
                seen.add(node)
                todo += [source for _, source in node.incoming]
        return seen

    def arrived(self, task: SpiffTask) -> list[SpiffTask]:
        """The tokens that wait here, with this one."""
        tasks = task.workflow.tasks.values()
        return [other for other in tasks if other.task_spec is self and (other._state == TaskState.WAITING or other is task)]


class Parallel(Join):
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
        for other in self.arrived(task):
            tokens.setdefault(other.internal_data["flow"], []).append(other)
        return tokens

    def merge(self, tokens: Tokens) -> None:
        for token in self.merged(tokens):
            token._state = TaskState.CANCELLED

    def let_go(self, task: SpiffTask) -> None:
        self.merge(self.gathered(task))

    def missing(self, task: SpiffTask) -> list[str]:
        """The flows on which no token has come."""
        tokens = self.gathered(task)
        return [ident for ident, _ in self.incoming if ident not in tokens]

    def starved(self, task: SpiffTask) -> bool:
        free = self.free(task)
        return any(not free & self.upstream([ident]) for ident in self.missing(task))

    def may_fire(self, task: SpiffTask, tokens: Tokens) -> bool:
        return len(tokens) == len(self.incoming)

    def merged(self, tokens: Tokens) -> list[SpiffTask]:
        return [waiting[0] for waiting in tokens.values()]


class Gather(Join):
    """Stands before an activity that needs several tokens to start, on whatever flows they come."""

    silent = True
    starved_because = "This step waits for more tokens to begin with, and none can come any more."

    def __init__(self, wf_spec: Any, element: Element) -> None:
        super().__init__(wf_spec, element, element.id + "[in]")

    def arrive(self, task: SpiffTask) -> bool:
        if len(self.arrived(task)) < self.element.start_quantity:
            return False
        self.let_go(task)
        return True

    def let_go(self, task: SpiffTask) -> None:
        for token in self.arrived(task):
            token._state = TaskState.CANCELLED


class Inclusive(Parallel, Exclusive):
    """Joins when no token elsewhere can still reach it by an empty flow. Also stands behind an activity with conditional flows."""

    def may_fire(self, task: SpiffTask, tokens: Tokens) -> bool:
        """BPMN's rule: a token elsewhere is waited for if it can reach an empty incoming flow, and none that has a token."""
        return not self.expected(task, tokens)

    def expected(self, task: SpiffTask, arrived: Collection[str]) -> bool:
        """Whether a token may still come on a flow other than those on which one has."""
        busy = {other.task_spec.place for other in task.workflow.tasks.values() if other._state & ACTIVE and other.task_spec is not self}
        empty = self.upstream(ident for ident, _ in self.incoming if ident not in arrived)
        return bool(busy & (empty - self.upstream(arrived)))

    def starved(self, task: SpiffTask) -> bool:
        """Two that wait for each other: whoever could come waits as well."""
        return not self.free(task) & self.upstream(self.missing(task))

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

    listens = True
