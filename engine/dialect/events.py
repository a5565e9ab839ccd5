"""Events: thrown, caught in the flow, on the border of an activity, and starting an event sub-process.

SpiffWorkflow 3.2.0 ignores isInterrupting on event sub-processes, runs an error handler at the start of its process, lets an
error that nobody catches pass as success, gives all timers of an event gateway one due time, and starts later instances with
the handlers of earlier ones. So what an event waits for is kept here with the token, and nothing is written into a spec.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine import calendars
from engine.errors import Trouble

from .gateways import EventGateway
from .library import ACTIVE, SpiffTask, TaskState
from .model import Element, Event
from .nodes import TEXT_OR_NUMBER, Node, Passing, kill, unquoted
from .rules import LIFE
from .scopes import VARS, Variables, scopes
from .timers import arm, rearm

if TYPE_CHECKING:
    from .instance import Instance

WAIT = "wait"  # in internal_data: what a token waits for
ARRIVED = "arrived"  # there: its event has created the instance; of several that must all come the number of the first


class Throw(Node):
    """Throws its event and goes on; a blank one marks a milestone."""

    def act(self, task: SpiffTask) -> dict[str, Any] | None:
        self.enter(task)
        top: Instance = task.workflow.top_workflow
        if self.element.event is None:
            if self.element.kind == "intermediateThrowEvent":
                top.note(task, "milestone")
            return {}
        for event in self.element.event.each:
            if task._state & ACTIVE:
                self._throw(task, event, top)
        return {}

    def _throw(self, task: SpiffTask, event: Event, top: Instance) -> None:
        if event.kind == "terminate":
            top.terminate(task)
        elif event.kind in ("error", "escalation"):
            top.throw(task, event.kind, self.value(task, event.name))
        elif event.kind == "signal":
            top.signal(self.value(task, event.name, want=str), by=task)
        elif event.kind == "message":
            self._message(task, event, top)

    def _message(self, task: SpiffTask, event: Event, top: Instance) -> None:
        """A message carries what its input mappings name, and nothing else of the case."""
        key = self.value(task, event.key, want=TEXT_OR_NUMBER) if event.key else None
        brings = dict(task.internal_data.get(VARS, {}))
        top.send(self.value(task, event.name, want=str), key, brings, by=task, life=self._life(task))

    def _life(self, task: SpiffTask) -> str:
        """How long the message is kept while nobody awaits it."""
        written = self.element.zeebe.properties.get(LIFE)
        life = self.value(task, written, want=str) or ""
        try:
            if life:
                calendars.parse_duration(life)
        except Trouble as error:
            raise Trouble(unquoted(str(error), written, life)) from error
        return life


class Catch(Node):
    """Waits for its event."""

    listens = True

    def act(self, task: SpiffTask) -> dict[str, Any] | None:
        if task.internal_data.pop(ARRIVED, None):
            self.enter(task)
            return {}
        self.wait(task)
        return None

    def wait(self, task: SpiffTask) -> None:
        if WAIT not in task.internal_data:
            self.enter(task)
            task.internal_data[WAIT] = self.subscription(task, scopes(task))

    def subscription(self, task: SpiffTask, chain: list[Variables]) -> dict[str, Any]:
        """What it waits for, evaluated once."""
        event = self.element.event
        assert event is not None
        if event.kind == "timer":
            return {"kind": "timer", **self._ahead(arm(self, task, chain), task.workflow.top_workflow.at)}
        name = self.value(task, event.name, chain)
        key = {"key": str(self.value(task, event.key, chain, TEXT_OR_NUMBER))} if event.key else {}
        return {"kind": event.kind, "name": name, **key}

    def _ahead(self, timer: dict[str, Any], at: datetime) -> dict[str, Any]:
        """In the flow a cycle without a number of turns is the next of its times, not one that is over."""
        over = timer.get("left", 0) < 0 and datetime.fromisoformat(timer["due"]) < at
        return rearm(timer, at) or timer if over and self.element.kind == "intermediateCatchEvent" else timer

    def fire(self, task: SpiffTask, values: dict[str, Any]) -> None:
        top: Instance = task.workflow.top_workflow
        if isinstance(task.parent.task_spec, EventGateway):
            for other in task.parent.children:
                if other is not task:
                    kill(other)
        self._repeat(task)
        top.note(task, "fired")
        top.done(task, values)

    def _repeat(self, task: SpiffTask) -> None:
        """A timer in the flow that says how often it happens sends a token each time. One that does not say so happens once."""
        wait = task.internal_data[WAIT]
        if wait["kind"] == "timer" and wait.get("left", 0) > 0 and (again := rearm(wait, task.workflow.top_workflow.at)):
            task.workflow.top_workflow.note(self._await(task, again), "entered")

    def _await(self, task: SpiffTask, wait: dict[str, Any]) -> SpiffTask:
        """Wait once more, as a new token: what this one waited for is over."""
        token = task.parent._add_child(self, TaskState.FUTURE)
        token.internal_data[WAIT] = wait
        if VARS in task.internal_data:
            token.internal_data[VARS] = dict(task.internal_data[VARS])
        token._state = TaskState.STARTED
        return token


class Boundary(Catch):
    """On the border of an activity; or starting an event sub-process, for which the activity is all the rest of its scope."""

    silent = True

    def fire(self, task: SpiffTask, values: dict[str, Any]) -> None:
        top: Instance = task.workflow.top_workflow
        handler = self.element.kind == "startEvent"
        if self.element.interrupting:
            for other in list(task.workflow.tasks.values()) if handler else task.parent.children:
                if other is not task:
                    kill(other)
        else:
            self._again(task)
        top.note(task, "fired")
        if handler:  # what the trigger brings is local to the event sub-process
            task.internal_data.update({VARS: values, "preset": {self.flows[0][0]: {VARS: dict(values)}}})
        top.done(task, {} if handler else values)

    def _again(self, task: SpiffTask) -> None:
        """A non-interrupting event waits again."""
        wait = task.internal_data[WAIT]
        if again := rearm(wait, task.workflow.top_workflow.at) if wait["kind"] == "timer" else wait:
            self._await(task, again)

    def release(self, task: SpiffTask) -> None:
        """The host of a non-interrupting event goes on, with its other events."""


class Begun(Node):
    """The start event inside an event sub-process: what it waited for, and its mappings, are behind it."""

    def leave(self, task: SpiffTask, values: Any) -> None:
        """Its results have been handed on; data associations copy of them."""
        if self.element.copies:
            self.copy(task, {}, scopes(task)[1:])


class Arrival(Passing):
    """Where an instance begins that an event has created: it is behind the first element, and others may be awaited beside it."""

    def __init__(self, wf_spec: Any, element: Element, part: int) -> None:
        """part: which definition of the first element has come, where all of them must."""
        super().__init__(wf_spec, element, element.id + "[arrival]")
        self.part = part

    def act(self, task: SpiffTask) -> dict[str, Any]:
        task.internal_data["preset"] = {self.element.id: {ARRIVED: self.part or 1}}
        return {}


class Guard(Node):
    """Stands before an activity with events on its border and arms them, in the activity's scope."""

    silent = True
    guards = True
    listens = True

    def __init__(self, wf_spec: Any, element: Any) -> None:
        super().__init__(wf_spec, element, element.id + "[guard]")

    def act(self, task: SpiffTask) -> dict[str, Any]:
        *events, (ident, host, _) = self.flows
        local = {} if host.is_body else host.inputs(task)
        chain = [local, *scopes(task)]
        armed: dict[str, Any] = {event_id: {WAIT: event.subscription(task, chain)} for event_id, event, _ in events}
        task.internal_data["preset"] = armed | ({ident: {VARS: local, "mapped": 1}} if local else {})
        return {}

    def leave(self, task: SpiffTask, values: Any) -> None:
        """It has no results of its own."""
