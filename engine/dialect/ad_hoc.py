"""Inside an ad-hoc sub-process: what is enabled, and when enough is done.

Everything in it that no arrow leads to is enabled at once, or one after the other. After each activity the completion condition is
asked. When nothing is left to do and the condition is not true, everything is enabled once more; without a condition it is over then.
"""

from __future__ import annotations

from typing import Any

from engine.errors import Trouble

from .library import ACTIVE, SpiffTask, TaskState
from .model import AdHoc, Element
from .nodes import Passing, kill

PENDING, ENOUGH = "pending", "enough"  # in the internal_data of the token whose inside this is
NEXT = "[next]"  # the arrow back to Enabled


class Enabled(Passing):
    """Where the inside begins: sends a token to what is enabled."""

    def __init__(self, wf_spec: Any, element: Element) -> None:
        super().__init__(wf_spec, element, element.id + "[enabled]")
        assert element.ad_hoc is not None
        self.said: AdHoc = element.ad_hoc

    def act(self, task: SpiffTask) -> dict[str, Any]:
        around = task.workflow.holder.internal_data
        if PENDING not in around or (not around[PENDING] and self.said.until and ENOUGH not in around):
            around[PENDING] = self._enabled(task)
        chosen = around[PENDING][:1] if self.said.sequential else around[PENDING]
        around[PENDING] = around[PENDING][len(chosen) :]
        task.internal_data["go"] = chosen
        return {}

    def _enabled(self, task: SpiffTask) -> list[str]:
        known = [ident for ident, _, _ in self.flows]
        chosen = self.value(task, self.said.enabled, want=list) if self.said.enabled else known
        for ident in chosen:
            if ident not in known:
                raise Trouble(f"“{self.said.enabled}” names what cannot be enabled here. It can be: {', '.join(known)}.")
        if not chosen and self.said.until:
            raise Trouble("Nothing is enabled and the completion condition is not true, so this would never end. Correct the variables.")
        return chosen


def enable_next(task: SpiffTask) -> SpiffTask | None:
    """One after the other, and only joins wait: what is still to come begins, for it may bring what they wait for."""
    workflow = task.workflow
    others = (other for other in workflow.tasks.values() if other._state & ACTIVE and other._state != TaskState.WAITING)
    if workflow.holder is None or not workflow.holder.internal_data.get(PENDING) or any(others):
        return None
    enabled = next(node for node in workflow.spec.task_specs.values() if isinstance(node, Enabled))
    token = workflow.task_tree._add_child(enabled, TaskState.FUTURE)
    token._state = TaskState.READY
    return token


class Turn(Passing):
    """Stands behind each activity, and at the end of each path."""

    def __init__(self, wf_spec: Any, enabled: Enabled, behind: str) -> None:
        super().__init__(wf_spec, enabled.element, behind + "[turn]")
        self.said = enabled.said
        # Not an arrow that is drawn: a join inside must not take what is enabled once more for a token still on its way.
        self.connect(enabled)
        self.flows.append((NEXT, enabled, ""))

    def act(self, task: SpiffTask) -> dict[str, Any]:
        around = task.workflow.holder.internal_data
        others = [other for other in task.workflow.tasks.values() if other is not task and other._state & ACTIVE]
        onward = [ident for ident, _, _ in self.flows if ident != NEXT]
        if self._enough(task):
            around.update({ENOUGH: 1, PENDING: []})
            if self.said.cancels:
                for other in others:
                    kill(other)
                onward, others = [], []
        task.internal_data["go"] = onward if onward or others else [NEXT]
        return {}

    def _enough(self, task: SpiffTask) -> bool:
        around = task.workflow.holder.internal_data
        return ENOUGH in around or (bool(self.said.until) and bool(self.value(task, self.said.until, want=bool)))
