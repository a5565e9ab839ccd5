"""The complex gateway: it starts as soon as its activation condition is true, then swallows what was still on its way, and begins anew.

BPMN 2.0, 13.4.5. That makes a discriminator (the first of several) or an N-out-of-M join, in a loop too.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from engine import feel
from engine.errors import Trouble

from .gateways import Inclusive, Join, Tokens
from .library import ACTIVE, SpiffTask, TaskState
from .model import Element
from .nodes import Node
from .scopes import Variables, scopes


class Complex(Inclusive):
    """Splits by its conditions; with several arrows that lead to it, joins by its activation condition."""

    starved_because = "The activation condition of this gateway is not true, and no token can come any more that would make it so."

    def __init__(self, wf_spec: Any, element: Element, name: str = "") -> None:
        super().__init__(wf_spec, element, name)
        self.reset = Reset(wf_spec, self)

    def arrive(self, task: SpiffTask) -> bool:
        with suppress(Trouble):
            return self._activated(task)
        return True  # to become an incident when it goes in

    def act(self, task: SpiffTask) -> dict[str, Any] | None:
        if not self._activated(task):  # tried again after an incident, and not true yet
            task._state = TaskState.WAITING
            return None
        return super().act(task)

    def holds(self, task: SpiffTask, condition: str) -> bool:
        return bool(self.value(task, condition, [{"waitingForStart": True}, *scopes(task)], bool))

    def _activated(self, task: SpiffTask) -> bool:
        """Whether it starts with this token. Then a token of each flow is used up, and it waits for the others to be reset."""
        if not self.element.activation or "activated" in task.internal_data:
            return True
        if self._is_reset(task):
            return False
        tokens = self.gathered(task)
        if not self.value(task, self.element.activation, [self._counts(tokens), *scopes(task)], bool):
            return False
        self.let_go(task)
        return True

    def let_go(self, task: SpiffTask) -> None:
        tokens = self.gathered(task)
        self.merge(tokens)
        task.internal_data["activated"] = 1
        self.reset.begin(task, tokens)

    def starved(self, task: SpiffTask) -> bool:
        """No token can come that would start it, and nothing else goes on that could."""
        return not self.may_wake(task) and Join.starved(self, task)

    def may_wake(self, task: SpiffTask) -> bool:
        """While it is reset it is not asked; and what its condition reads may be changed by whatever goes on anywhere."""
        if self._is_reset(task):
            return True
        reads = feel.names(self.element.activation[1:]) - self._counts({}).keys()
        return bool(reads) and any(
            other._state & ACTIVE and other._state != TaskState.WAITING for other in task.workflow.top_workflow.everything()
        )

    def _is_reset(self, task: SpiffTask) -> bool:
        return any(other.task_spec is self.reset and other._state & ACTIVE for other in task.workflow.tasks.values())

    def _counts(self, tokens: Tokens) -> Variables:
        """What the activation condition knows: how many arrows have a token, and by its id how many each has."""
        each = {ident: len(tokens.get(ident, ())) for ident, _ in self.incoming}
        return {"activationCount": len(tokens), "waitingForStart": True, **each}


class Reset(Inclusive):
    """Waits until every other arrow into a complex gateway has had its token or can have none, and uses those up."""

    silent = True

    def __init__(self, wf_spec: Any, gateway: Complex) -> None:
        super().__init__(wf_spec, gateway.element, gateway.name + "[reset]")
        self.gateway = gateway
        self.flows = gateway.flows

    @property
    def place(self) -> Node:
        return self.gateway if any(condition for _, _, condition in self.flows) else self

    def begin(self, task: SpiffTask, tokens: Tokens) -> None:
        token = task.parent._add_child(self, TaskState.FUTURE)
        token.internal_data["came"] = list(tokens)
        token._state = TaskState.WAITING

    def starved(self, task: SpiffTask) -> bool:
        """Whatever it waits for waits at a join itself, which says so."""
        return False

    def arrive(self, task: SpiffTask) -> bool:
        came = task.internal_data["came"]
        late = {ident: waiting for ident, waiting in self.gateway.gathered(task).items() if ident not in came}
        if self.gateway.expected(task, {*came, *late}):
            return False
        for waiting in late.values():
            waiting[0]._state = TaskState.CANCELLED
        return True

    def act(self, task: SpiffTask) -> dict[str, Any]:
        """Arrows with a condition are asked once more; those without one were taken at the start."""
        task.internal_data["go"] = [ident for ident, _, condition in self.flows if condition and self.holds(task, condition)]
        return {}

    def holds(self, task: SpiffTask, condition: str) -> bool:
        return bool(self.value(task, condition, [{"waitingForStart": False}, *scopes(task)], bool))
