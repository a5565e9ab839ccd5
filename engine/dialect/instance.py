"""A running instance: its tokens, its variables, and how they move until everything waits.

Finished tokens are forgotten after each step (the history is kept elsewhere), so a step costs the same in a long diagram as in a
short one. A step that fails becomes an incident on its token; the rest of the instance goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from time import thread_time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from engine.errors import Trouble
from engine.waits import Happening, Thrown

from .ad_hoc import enable_next
from .compensation import Undoing, keep, remember
from .events import WAIT, Boundary
from .gateways import Inclusive
from .library import ACTIVE, BpmnSubWorkflow, BpmnWorkflow, SpiffTask, TaskState
from .model import Element
from .nodes import Node, kill
from .scopes import body_of
from .work import WORK

if TYPE_CHECKING:
    from .build import Specs

MOST_STEPS = 10_000  # elements in one movement; more is an endless loop
LONGEST = 60.0  # seconds of computing in one movement: others wait for the database meanwhile
TROUBLE = "trouble"  # in internal_data: what went wrong, and in which phase
OPEN, ENTER, LEAVE = "open", "enter", "leave"  # phases: it still waits; what to do again on a retry
JOIN = "join"  # and this one: it waits for tokens that cannot come any more
STARVED = "Let it go on with what has come, or move a token to a step before it."
QUIET = {"entered", "completed", "cancelled"}


class Tokens:
    """What the process and everything that runs inside it share: it ends when no token is left but those that only listen."""

    tasks: dict[UUID, SpiffTask]
    task_tree: SpiffTask
    completed: bool

    def _task_completed_notify(self, task: SpiffTask) -> None:
        """SpiffWorkflow's hook: a token is done."""
        if self.completed or any(other._state & ACTIVE and not _only_listens(other) for other in self.tasks.values()):
            return
        for listening in list(self.tasks.values()):
            kill(listening)
        self.end()

    def end(self) -> None:
        raise NotImplementedError

    def compact(self) -> None:
        """Forget finished tokens: live ones and their parents stay."""
        root, keep = self.task_tree, {self.task_tree.id}
        for task in self.tasks.values():
            if task._state & ACTIVE:
                keep |= {task.id, task._parent}
        if len(keep) == len(self.tasks):
            return
        self.tasks = {ident: task for ident, task in self.tasks.items() if ident in keep}
        for task in self.tasks.values():
            task._parent = task._parent if task is root or task._parent in keep else root.id
            task._children = []
        for task in self.tasks.values():
            if task is not root:
                self.tasks[task._parent]._children.append(task.id)


class SubInstance(Tokens, BpmnSubWorkflow):
    """The inside of a sub-process, or a called process. `holder`: the token of the activity."""

    def __init__(self, spec: Any, holder: SpiffTask, **options: Any) -> None:
        self.holder = holder
        super().__init__(spec, holder.id, holder.workflow.top_workflow, **options)

    def end(self) -> None:
        self.completed = True
        self.top_workflow.subprocesses.pop(self.holder.id, None)
        keep(self)
        self.top_workflow.done(self.holder, self.data)


class Instance(Tokens, BpmnWorkflow):
    """The process itself, and the way in for everything that moves it."""

    holder = None
    chunks: frozenset[str] = frozenset()  # of variables, that the stored instance has elsewhere

    def __init__(self, specs: Specs, process: str, at: datetime, start_event: str | None = None, **options: Any) -> None:
        self.specs, self.process, self.start_event, self.at = specs, process, start_event, at
        self.happened: list[Happening] = []
        self.thrown: list[Thrown] = []
        # Scopes whose own work is done, whatever event sub-processes still run in them; and activities that were done all their times.
        self.finished: set[UUID] = set()
        self.dropped: set[UUID] = set()  # activities that happen several times and were taken back: nobody hears of them but by each
        self.steps, self.began = 0, thread_time()
        self.acting: SpiffTask = None  # the token whose element is just doing something
        super().__init__(specs.process(process, start_event), script_engine=self, **options)

    def workflows(self) -> list[Tokens]:
        return [self, *self.subprocesses.values()]

    def everything(self) -> list[SpiffTask]:
        return [task for workflow in self.workflows() for task in workflow.tasks.values()]

    def find(self, token: UUID) -> SpiffTask | None:
        """The live token with this id."""
        for workflow in self.workflows():
            if (task := workflow.tasks.get(token)) is not None:
                return task if task._state & ACTIVE else None
        return None

    def open(self, holder: SpiffTask, spec: Any) -> SubInstance:
        self.subprocesses[holder.id] = inner = SubInstance(spec, holder)
        return inner

    def end(self) -> None:
        self.completed = True
        self.happened.append(Happening(what="ended", at=self.at, process_key=self.process))

    def note(self, task: SpiffTask, what: str, detail: dict[str, Any] | None = None, element: Element | None = None) -> None:
        """Remember that something happened, for the history. `element`: where, if not where the token is."""
        node = task.task_spec
        if isinstance(node, Node) and not (node.silent and what in QUIET) and not (node.is_body and what in QUIET):
            element = element or node.element
            self.happened.append(
                Happening(
                    what=what, at=self.at, token=task.id, scope=_around(task), process_key=element.process, element_id=element.id,
                    name=element.title, detail=detail or {},
                )
            )  # fmt: skip

    # Movement

    def settle(self) -> None:
        """Let everything run that needs nobody."""
        self.steps, self.began = 0, thread_time()
        while ready := self._ready_again() or [task for task in self.everything() if task._state == TaskState.READY]:
            # What is about to wait for an event comes before what may throw it: of paths that go on side by side, none is the first.
            for task in [task for task in ready if getattr(task.task_spec, "listens", False)] or ready:
                if task._state == TaskState.READY:
                    self._run(task)
            for workflow in self.workflows():
                workflow.compact()
        self._notice_starved()

    def _notice_starved(self) -> None:
        """A join whose tokens cannot come any more would wait for ever and nobody would know: one of its tokens says so."""
        seen: set[Any] = set()
        for task in [task for task in self.everything() if task._state == TaskState.WAITING]:
            data, join = task.internal_data, task.task_spec
            was, key = data.pop(TROUBLE, None), (task.workflow, join)
            if key in seen:
                continue
            seen.add(key)
            if join.starved(task):
                data[TROUBLE] = {"phase": JOIN, "message": f"{join.starved_because} {STARVED}"}
                if was is None:
                    self.note(task, "failed", {"message": data[TROUBLE]["message"]})

    def _run(self, task: SpiffTask) -> None:
        if not isinstance(task.task_spec, Node):  # SpiffWorkflow's own Start
            task.run()
            return
        self.steps += 1
        values = None
        self.note(task, "entered")
        with self.trouble(task, ENTER):
            if self.steps > MOST_STEPS:
                raise Trouble(f"More than {MOST_STEPS:,} elements ran without a wait, so this is an endless loop. Correct the diagram.")
            if thread_time() - self.began > LONGEST:
                raise Trouble(f"This step computed for more than {LONGEST:g} seconds and was stopped. Make its expressions simpler.")
            values = task.task_spec.act(task)
        if task._state == TaskState.READY:
            task._state = TaskState.STARTED
            if values is not None and TROUBLE not in task.internal_data:
                self.done(task, values)

    def done(self, task: SpiffTask, values: Mapping[str, Any]) -> None:
        """A token is done with its element: results, output mappings, and on."""
        with self.trouble(task, LEAVE, values):
            task.task_spec.leave(task, values)
        if TROUBLE in task.internal_data or not task._state & ACTIVE:  # what it throws may have interrupted it
            return
        task.internal_data.pop(WORK, None)
        task.internal_data.pop(WAIT, None)
        self.note(task, "completed")
        task._state = TaskState.COMPLETED
        if task.task_spec.element.kind == "body":
            self.finished.add((task.workflow.holder or task).id)
        elif task.task_spec.is_body:
            self.finished.add(task.id)
        if task.task_spec.compensable:
            remember(task)
        task.task_spec._on_complete(task)

    @contextmanager
    def trouble(self, task: SpiffTask, phase: str, values: Mapping[str, Any] | None = None) -> Iterator[None]:
        """A failure inside becomes an incident on the token. Results are kept, so that a person's form is never rejected."""
        before, self.acting = self.acting, task
        try:
            yield
        except Trouble as error:
            task.internal_data[TROUBLE] = {"phase": phase, "message": str(error), **({"values": dict(values)} if values else {})}
            self.note(task, "failed", {"message": str(error)})
        finally:
            self.acting = before

    def again(self, task: SpiffTask) -> None:
        """Enter an element once more, with its input mappings."""
        task.internal_data.pop("mapped", None)
        task._state = TaskState.READY

    def uncaught(self, task: SpiffTask, code: str) -> None:
        """A worker's error that no event catches: the job waits for an administrator, who may have it tried again."""
        with self.trouble(task, OPEN):
            raise Trouble(_uncaught(code))

    def _ready_again(self) -> list[SpiffTask]:
        """Joins that may fire now that other tokens are gone, what is enabled next, and conditions that have become true."""
        for task in self.everything():
            if task._state == TaskState.WAITING and isinstance(task.task_spec, Inclusive) and task.task_spec.arrive(task):
                task._state = TaskState.READY
                return [task]
            if task._state == TaskState.WAITING and (token := enable_next(task)):
                return [token]
            if task._state == TaskState.STARTED and self._has_become_true(task):
                task.task_spec.fire(task, {})
                return [task]
        return []

    def _has_become_true(self, task: SpiffTask) -> bool:
        wait = task.internal_data.get(WAIT)
        if not wait or wait["kind"] != "conditional" or TROUBLE in task.internal_data:
            return False
        before, wait["true"] = wait.get("true", False), False
        with suppress(Trouble):  # a condition that cannot be told yet is not true yet
            wait["true"] = task.task_spec.value(task, task.task_spec.element.event.condition) is True
        return wait["true"] and not before

    # What elements ask of the instance

    def terminate(self, task: SpiffTask) -> None:
        """End the scope the token is in, with its event sub-processes."""
        workflow = task.workflow
        while workflow.holder and workflow.holder.task_spec.element.kind == "body":
            workflow = workflow.holder.workflow
        self.note(task, "completed")
        task._state = TaskState.COMPLETED
        for other in list(workflow.tasks.values()):
            kill(other)
        workflow.end()

    def throw(self, task: SpiffTask, kind: str, code: str | None) -> None:
        """An error, escalation or cancellation from inside the diagram."""
        if not self.bubble(task.workflow.holder, kind, code, {}) and kind == "error":
            raise Trouble(_uncaught(code))

    def bubble(self, task: SpiffTask | None, kind: str, code: str | None, values: dict[str, Any]) -> bool:
        """To the events on the border of the activity, else of what is around it, and so on outwards."""
        while task is not None:
            armed = [other for other in _events_around(task) if self._catches(other, kind, code)]
            if armed:  # the exact code before the one that catches all
                chosen = min(armed, key=lambda other: other.internal_data[WAIT]["name"] is None)
                chosen.task_spec.fire(chosen, values)
                return True
            task = body_of(task) or task.workflow.holder
        return False

    def _catches(self, task: SpiffTask, kind: str, code: str | None) -> bool:
        wait = task.internal_data.get(WAIT) if task._state == TaskState.STARTED and TROUBLE not in task.internal_data else None
        return bool(wait and wait["kind"] == kind and wait["name"] in (None, code))

    def send(self, name: str | None, key: Any, variables: dict[str, Any], *, by: SpiffTask, life: str = "") -> None:
        correlation = None if key is None else str(key)
        self.thrown.append(
            Thrown(kind="message", name=name or "", correlation_key=correlation, variables=variables, life=life, **self._whence(by))
        )

    def signal(self, name: str, *, by: SpiffTask) -> None:
        """Reaches everything that waits for it in this instance at once, and leaves for the others."""
        self.thrown.append(Thrown(kind="signal", name=name, **self._whence(by)))
        waiting = [task for task in self.everything() if self._catches(task, "signal", name)]
        for task in waiting:
            if task._state == TaskState.STARTED:
                task.task_spec.fire(task, {})

    def _whence(self, task: SpiffTask) -> dict[str, Any]:
        element = task.task_spec.element
        return {"token": task.id, "process_key": element.process, "element_id": element.id, "after": len(self.happened)}


def _only_listens(task: SpiffTask) -> bool:
    """Whether a token stands for an event sub-process that has not begun. Today it is gone with the last token beside the event
    sub-processes; an instance that version 0.1.0 stored may still have it."""
    waits, element = WAIT in task.internal_data and TROUBLE not in task.internal_data, task.task_spec.element
    return waits and element.kind == "startEvent" and element.inside


def _events_around(task: SpiffTask) -> list[SpiffTask]:
    """The tokens of the events that an activity is inside of: those on its border; of an event sub-process those that start the others."""
    if task.task_spec.element.triggered:
        starts = [other for other in task.workflow.tasks.values() if isinstance(other.task_spec, Boundary)]
        return [start for start in starts if start.task_spec.flows[0][1] is not task.task_spec]
    guarded = task.parent is not None and getattr(task.parent.task_spec, "guards", False)
    return list(task.parent.children) if guarded else []


def _around(task: SpiffTask) -> UUID | None:
    """The token of the activity that a token is inside of; what compensates is where the event that asks for it is."""
    holder = task.workflow.holder
    while holder is not None and (holder.task_spec.silent or isinstance(holder.task_spec, Undoing)):
        holder = holder.workflow.holder
    return None if holder is None else holder.id


def _uncaught(code: str | None) -> str:
    return f"No event catches the error “{code}”. Add an error event to the diagram for later cases."
