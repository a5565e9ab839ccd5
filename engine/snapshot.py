"""The stored form of a running instance: its live tokens and its variables, as compact bytes.

The diagram is not in it: it is kept once per deployment, and what an instance stores is read against the version it was started
with. What people entered is never interpreted; a field called “typename” is a field. Format (orjson, zstd), all lists:
[version, process, start event, variables, chunks, tokens, [[holder, variables, chunks, tokens], …]]; tokens: [completed, [[id, parent,
state, element, multi-instance child, internal data], …]] with parents before their children; chunks: [[id, size, names], …], the
variables that stand elsewhere. Version 1 had no chunks.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import orjson
import zstandard

from engine.dialect.build import Specs
from engine.dialect.instance import Instance, SubInstance
from engine.dialect.kept import KeptVariables, Read
from engine.dialect.library import SpiffTask, Task
from engine.errors import Trouble

VERSION = 2
CHUNK = 4096  # bytes of variables, as JSON, from which on they are worth a chunk
_LEVEL = 3


@dataclass(frozen=True)
class Stored:
    """An instance to be kept: its state, the chunks of variables that are new, and those that nothing needs any more, by their ids."""

    state: bytes
    new: dict[str, bytes]
    unused: frozenset[str]


def dump(instance: Instance) -> bytes:
    """The instance as it stands, whole."""
    return _state(instance, lambda variables: [dict(variables), []])


def store(instance: Instance) -> Stored:
    """The instance as it stands; large variables that did not change need not be written again. The last thing done with it."""
    new: dict[str, bytes] = {}
    used: set[str] = set()
    state = _state(instance, lambda variables: _in_chunks(variables, new, used))
    return Stored(state, new, instance.chunks - used)


def load(specs: Specs, state: bytes, at: datetime, read: Callable[[str], bytes] | None = None) -> Instance:
    """The instance as it stood. What it was started from must be what it is loaded with. read: the bytes of a chunk, by its id."""
    version, *stored = orjson.loads(zstandard.ZstdDecompressor().decompress(state))
    if version == 1:
        process, start_event, variables, rows, inner = stored
        stored = [process, start_event, variables, [], rows, [[holder, inside, [], tokens] for holder, inside, tokens in inner]]
    elif version != VERSION:
        raise Trouble(f"This case was saved in format {version}, which this version of Casework cannot read. Update Casework.")
    process, start_event, variables, chunks, rows, inner = stored
    chunk = _reader(read)
    instance = Instance(specs, process, at, start_event, deserializing=True)
    instance.data = _variables(variables, chunks, chunk)
    instance.chunks = frozenset(ident for some in (chunks, *(entry[2] for entry in inner)) for ident, _, _ in some)
    _fill(instance, rows)
    for holder_id, variables, chunks, rows in inner:
        holder = instance.find(UUID(holder_id))
        if holder is None:
            raise Trouble("This case's state is damaged: a sub-process has lost its activity. Restore it from a backup.")
        inside = holder.task_spec.inside(holder)
        instance.subprocesses[holder.id] = workflow = SubInstance(inside, holder, deserializing=True)
        workflow.data = _variables(variables, chunks, chunk)
        _fill(workflow, rows)
    return instance


def _reader(read: Callable[[str], bytes] | None) -> Read:
    def chunk(ident: str) -> dict[str, Any]:
        if read is None:
            raise Trouble("This state is not whole: some of its variables are kept elsewhere.")
        found: dict[str, Any] = orjson.loads(zstandard.ZstdDecompressor().decompress(read(ident)))
        return found

    return chunk


def _variables(here: dict[str, Any], chunks: list[Any], read: Read) -> MutableMapping[str, Any]:
    if not chunks:
        return here
    chunk_of = {name: ident for ident, _, names in chunks for name in names}
    return KeptVariables(here, chunk_of, {ident: size for ident, size, _ in chunks}, read)


def _state(instance: Instance, variables: Callable[[MutableMapping[str, Any]], list[Any]]) -> bytes:
    """Everything but the chunks. variables: how a process's are written, [those here, chunks]."""
    try:
        inner = [[holder.hex, *variables(inside.data), _rows(inside)] for holder, inside in instance.subprocesses.items()]
        state = [VERSION, instance.process, instance.start_event, *variables(instance.data), _rows(instance), inner]
        return zstandard.ZstdCompressor(level=_LEVEL).compress(orjson.dumps(state))
    except TypeError as error:  # values nested more than 250 deep, as a script in a loop can make them
        raise Trouble(f"The variables of this case cannot be stored: {error}. Correct the step that sets them.") from error


def _in_chunks(variables: MutableMapping[str, Any], new: dict[str, bytes], used: set[str]) -> list[Any]:
    """Those that are set anew stay here while they are few, else they become a chunk. Chunks of which little is left are given up."""
    chunks = _worth_keeping(variables) if isinstance(variables, KeptVariables) else {}
    fresh = variables.here if isinstance(variables, KeptVariables) else variables
    here = orjson.dumps(fresh)
    if len(here) >= CHUNK:
        new[ident := uuid4().hex] = zstandard.ZstdCompressor(level=_LEVEL).compress(here)
        chunks[ident], here = (len(fresh), list(fresh)), b"{}"
    used.update(chunks)
    return [orjson.Fragment(here), [[ident, size, names] for ident, (size, names) in chunks.items()]]


def _worth_keeping(variables: KeptVariables) -> dict[str, tuple[int, list[str]]]:
    names_in: dict[str, list[str]] = {}
    for name, ident in variables.chunk_of.items():
        names_in.setdefault(ident, []).append(name)
    for ident in [ident for ident, names in names_in.items() if 2 * len(names) < variables.sizes[ident]]:
        variables.take_back(ident)
        del names_in[ident]
    return {ident: (variables.sizes[ident], names) for ident, names in names_in.items()}


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
