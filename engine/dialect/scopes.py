"""Where variables live: one scope for each process, sub-process, multi-instance body and child, and activity with input mappings.

SpiffWorkflow copies a task's data from parent to child, so that the branch that joins last overwrites the others with stale
copies. Here task.data stays empty: a scope is a dict in a token's internal_data["vars"], and a process's is its workflow's data.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any

from .library import SpiffTask

Variables = MutableMapping[str, Any]
VARS = "vars"


def scopes(task: SpiffTask) -> list[Variables]:
    """The scopes a token sees, innermost first; the last one is its process's."""
    found: list[Variables] = []
    while True:
        if VARS in task.internal_data:
            found.append(task.internal_data[VARS])
        holder = task.workflow.holder
        if body := body_of(task):
            task = body
        elif holder is None or holder.task_spec.opens_process:
            found.append(task.workflow.data)
            return found
        else:
            task = holder


def visible(task: SpiffTask) -> ChainMap[str, Any]:
    """All variables a token sees."""
    return ChainMap(*scopes(task))


def propagate(chain: Sequence[Variables], values: Mapping[str, Any]) -> None:
    """Put each value into the nearest scope that has the name, else into the process's."""
    for name, value in values.items():
        next((scope for scope in chain if name in scope), chain[-1])[name] = value


def assign(into: Variables, target: str, value: Any, known: Mapping[str, Any]) -> None:
    """Set a variable, or part of one: address.town keeps the rest of the address that is known."""
    name, *path = target.split(".")
    if not path:
        into[name] = value
        return
    start = into[name] if name in into else known.get(name)
    into[name] = inner = dict(start) if isinstance(start, dict) else {}
    for key in path[:-1]:
        below = inner.get(key)
        inner[key] = dict(below) if isinstance(below, dict) else {}
        inner = inner[key]
    inner[path[-1]] = value


def body_of(task: SpiffTask) -> SpiffTask | None:
    """The multi-instance body a token is a child of, if it is one."""
    return task.parent if task.triggered else None
