"""The stored form of a running instance: its live tokens and its variables, as compact bytes.

The diagram is not in it: it is kept once per deployment, and what an instance stores is read against the version it was started
with. What people entered is never interpreted; a field called “typename” is a field. Format (orjson, zstd), all lists:
[version, process, start event, variables, tokens, [[holder, variables, tokens], …]] and tokens: [completed, [[id, parent, state,
element, multi-instance child, internal data], …]] with parents before their children.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import zstandard

from engine.dialect.build import Specs
from engine.dialect.instance import Instance, SubInstance
from engine.dialect.library import SpiffTask, Task
from engine.errors import Trouble

VERSION = 1
_LEVEL = 3


def dump(instance: Instance) -> bytes:
    """The instance as it stands."""
    inner = [[holder.hex, workflow.data, _rows(workflow)] for holder, workflow in instance.subprocesses.items()]
    state = [VERSION, instance.process, instance.start_event, instance.data, _rows(instance), inner]
    try:
        return zstandard.ZstdCompressor(level=_LEVEL).compress(orjson.dumps(state))
    except TypeError as error:  # values nested more than 250 deep, as a script in a loop can make them
        raise Trouble(f"The variables of this case cannot be stored: {error}. Correct the step that sets them.") from error


def load(specs: Specs, snapshot: bytes, at: datetime) -> Instance:
    """The instance as it stood. What it was started from must be what it is loaded with."""
    version, *state = orjson.loads(zstandard.ZstdDecompressor().decompress(snapshot))
    if version != VERSION:
        raise Trouble(f"This case was saved in format {version}, which this version of Casework cannot read. Update Casework.")
    process, start_event, variables, rows, inner = state
    instance = Instance(specs, process, at, start_event, deserializing=True)
    instance.data = variables
    _fill(instance, rows)
    for holder_id, variables, rows in inner:
        holder = instance.find(UUID(holder_id))
        if holder is None:
            raise Trouble("This case's state is damaged: a sub-process has lost its activity. Restore it from a backup.")
        called = holder.internal_data.get("called")
        spec = specs.process(called) if called is not None else holder.task_spec.content
        instance.subprocesses[holder.id] = workflow = SubInstance(spec, holder, deserializing=True)
        workflow.data = variables
        _fill(workflow, rows)
    return instance


def _rows(workflow: Any) -> list[Any]:
    return [workflow.completed, [_row(task) for task in workflow.tasks.values()]]


def _row(task: SpiffTask) -> list[Any]:
    parent = task._parent
    return [task.id.hex, parent and parent.hex, task._state, task.task_spec.name, task.triggered, task.internal_data]


def _fill(workflow: Any, rows: list[Any]) -> None:
    workflow.completed, tokens = rows
    specs, tasks = workflow.spec.task_specs, workflow.tasks
    for ident, parent, state, element, triggered, internal in tokens:
        if element not in specs:
            raise Trouble(f"The diagram has no element “{element}” any more, but this case stands there. Load it with its own version.")
        task = Task.__new__(Task)  # its own constructor would look for children to make
        task.id, task.workflow, task.task_spec = UUID(ident), workflow, specs[element]
        task._parent, task._children = parent and UUID(parent), []
        task._state, task.triggered, task.internal_data = state, triggered, internal
        task.data, task.thread_id, task.last_state_change = {}, 0, 0
        tasks[task.id] = task
        if parent:
            tasks[task._parent]._children.append(task.id)
        else:
            workflow.task_tree = task
