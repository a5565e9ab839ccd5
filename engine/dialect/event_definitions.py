"""Reading what an event or receive task waits for or throws."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from engine import calendars
from engine.errors import Trouble

from .extensions import BPMN, Refuse, local, read_zeebe
from .model import Event, Zeebe

SUFFIX = "EventDefinition"
NAMED = {"message": "name", "signal": "name", "error": "errorCode", "escalation": "escalationCode"}
_INSIDE = {"message", "timer", "signal", "error", "escalation", "conditional", "compensate"}
ALLOWED = {
    "startEvent": {"message", "timer", "signal"},
    "event sub-process": _INSIDE,  # its start event
    "intermediateCatchEvent": {"message", "timer", "signal", "link", "conditional"},
    "boundaryEvent": _INSIDE | {"cancel"},
    "intermediateThrowEvent": {"message", "signal", "escalation", "link", "compensate"},
    "endEvent": {"message", "signal", "error", "escalation", "terminate", "cancel", "compensate"},
    "multi-instance": {"message", "signal", "escalation"},  # thrown by itself when an instance completes
}
_CURES = {
    "compensate": "Compensation is caught on the border of an activity or starts an event sub-process.",
    "conditional": "Start the process by a message, or draw the condition as an event sub-process.",
    "error": "An error can only start an event sub-process.",
    "escalation": "An escalation can only start an event sub-process.",
}
TOGETHER = {"message", "timer", "signal", "conditional"}  # what a parallel multiple event can wait for
ALONE = {"link": "A link", "compensate": "Compensation", "cancel": "A cancellation"}
_LAST = {"error", "terminate"}  # thrown after the others, for they end what is going on
_SHAPE = datetime(2026, 1, 1, tzinfo=UTC)  # any moment: only the shape of a timer's text is tried at deployment


class EventReader:
    """Reads events with what the file's root defines once for all: messages, signals, errors, escalations, shared definitions."""

    def __init__(self, root: Any) -> None:
        self._referred = {kind: {node.get("id"): node for node in root.iter(BPMN + kind)} for kind in NAMED}
        self._starting = _starting(root)
        self._shared = {node.get("id"): node for node in root if local(node).endswith(SUFFIX)}

    def read(self, node: Any, kind: str, inside: bool, zeebe: Zeebe, refuse: Refuse) -> Event | None:
        """The event of an element, or None for a blank one. `inside`: it starts an event sub-process."""
        starting = node.get("id") in self._starting
        if kind == "receiveTask" or (kind == "sendTask" and node.get("messageRef")):
            return self._message(node, "startEvent" if starting else kind, inside, zeebe, refuse)
        kind = "startEvent" if starting else kind
        found = self.definitions_in(node)
        for reference in node.findall(BPMN + "eventDefinitionRef"):
            if self.shared(reference.text or "") is None:
                refuse(f"It refers to the event definition “{reference.text}”, which this file does not have. Correct or remove it.")
        if not found:
            return None
        together = node.get("parallelMultiple") == "true" and len(found) > 1
        # Where all must come to start a process, the first of them begins an instance, in which the others are awaited.
        kind = "intermediateCatchEvent" if together and kind == "startEvent" and not inside else kind
        parts = [part for definition in found if (part := self._one(definition, kind, inside, zeebe, refuse))]
        return self._several(parts, together, refuse) if len(parts) > 1 else parts[0] if parts else None

    def _one(self, definition: Any, kind: str, inside: bool, zeebe: Zeebe, refuse: Refuse) -> Event | None:
        place = "event sub-process" if kind == "startEvent" and inside else kind
        what = local(definition).removesuffix(SUFFIX)
        if what not in ALLOWED[place]:
            refuse(f"A {what} event is not supported here ({place}). {_CURES.get(what, 'Choose another event.')}")
            return None
        return self._of_kind(definition, what, kind, inside, zeebe, refuse)

    def _several(self, parts: list[Event], together: bool, refuse: Refuse) -> Event:
        """One event with several definitions."""
        kinds = {part.kind for part in parts}
        for kind in sorted(kinds & ALONE.keys()):
            refuse(f"{ALONE[kind]} stands for itself: it cannot be one of several event definitions. Draw it as an event of its own.")
        if together and not kinds <= TOGETHER:
            refuse("Only messages, timers, signals and conditions can be awaited together. Draw an event of its own for anything else.")
        if "timer" in kinds and any(part.timer == "timeCycle" for part in parts) and together:
            refuse("A cycle cannot be awaited together with other events. Give the timer a date or a duration.")
        ordered = sorted(parts, key=lambda part: part.kind in _LAST)
        return Event("parallelMultiple" if together else "multiple", parts=tuple(ordered))

    def definitions_in(self, node: Any) -> list[Any]:
        """The event definitions of an element: its own, and those of the file's root that it refers to."""
        referred = [self.shared(ref.text or "") for ref in node.findall(BPMN + "eventDefinitionRef")]
        return [child for child in node if local(child).endswith(SUFFIX)] + [node for node in referred if node is not None]

    def shared(self, reference: str) -> Any:
        """The event definition of the file's root with this id, or None."""
        return self._shared.get(reference.strip().rpartition(":")[2])

    def implicit(self, definition: Any, refuse: Refuse) -> Event | None:
        """The event that a multi-instance activity throws by itself."""
        if definition is None:
            refuse("It throws an event by itself (“behavior”), but none that is defined. Refer to a signal, message or escalation event.")
            return None
        what = local(definition).removesuffix(SUFFIX)
        if what not in ALLOWED["multi-instance"]:
            refuse(f"A multi-instance activity cannot throw a {what} event by itself. Let it throw a signal, message or escalation.")
            return None
        return self._of_kind(definition, what, "intermediateThrowEvent", False, Zeebe(), refuse)

    def _of_kind(self, definition: Any, what: str, kind: str, inside: bool, zeebe: Zeebe, refuse: Refuse) -> Event:
        if what == "message":
            return self._message(definition, kind, inside, zeebe, refuse)
        if what == "timer":
            return self._timer(definition, refuse)
        if what == "conditional":
            condition = (definition.findtext(BPMN + "condition") or "").strip()
            if not condition.startswith("="):
                refuse("The condition must be FEEL. Write it with a leading “=”.")
            return Event(what, condition=condition)
        if what in NAMED:
            thrown = kind in ("endEvent", "intermediateThrowEvent")
            return Event(
                what, self._name(definition, what, refuse, needed=what == "signal" or thrown or bool(definition.get(what + "Ref")))
            )
        if what == "compensate":
            return Event(what, definition.get("activityRef"), waits=definition.get("waitForCompletion", "true") == "true")
        if what == "link" and not definition.get("name"):
            refuse("The link has no name. Give the throwing and the catching event the same link name.")
        return Event(what, definition.get("name"))

    def _message(self, definition: Any, kind: str, inside: bool, zeebe: Zeebe, refuse: Refuse) -> Event:
        node = self._referred["message"].get(definition.get("messageRef"))
        key = read_zeebe(node, "message", refuse).get("subscription", "correlationKey") if node is not None else ""
        # A thrown message that is a job needs no name: the worker of its type knows what to do.
        is_job = bool(zeebe.get("taskDefinition", "type")) and kind in ("endEvent", "intermediateThrowEvent", "sendTask")
        name = self._name(definition, "message", refuse, needed=not is_job)
        awaited = kind in ("intermediateCatchEvent", "boundaryEvent", "receiveTask") or inside
        if awaited and name and not key.startswith("="):
            refuse.note(f"The message “{name}” has no correlation key, so nobody could tell whose it is. Give it one, such as =reference.")
        return Event("message", name, key)

    def _name(self, definition: Any, what: str, refuse: Refuse, *, needed: bool) -> str | None:
        node = self._referred[what].get(definition.get(what + "Ref"))
        name: str | None = node.get(NAMED[what]) if node is not None else None
        if needed and node is None:
            refuse(f"The {what} it refers to is not defined. Choose or make one.")
        elif needed and not name:
            refuse(f"The {what} it refers to has no {'name' if NAMED[what] == 'name' else 'code'}. Give it one.")
        return name

    def _timer(self, definition: Any, refuse: Refuse) -> Event:
        node = next((child for child in definition if local(child).startswith("time")), None)
        text = (node.text or "").strip() if node is not None else ""
        if node is None or not text:
            refuse("The timer has no value. Give it a date, a duration such as P42D, or a cycle such as R/P3M.")
            return Event("timer", timer="timeDuration", value="P1D")
        if not text.startswith("="):
            try:
                calendars.first_firing(local(node), text, _SHAPE)
            except Trouble as error:
                refuse(str(error))
        return Event("timer", timer=local(node), value=text)


def _starting(root: Any) -> set[str]:
    """What waits for an event that creates an instance, although it is no start event: it is awaited by no instance, so needs no key."""
    found = {node.get("id") for node in root.iter(BPMN + "receiveTask") if node.get("instantiate") == "true"}
    gateways = {node.get("id") for node in root.iter(BPMN + "eventBasedGateway") if _first_of_several(node)}
    return found | {flow.get("targetRef") for flow in root.iter(BPMN + "sequenceFlow") if flow.get("sourceRef") in gateways}


def _first_of_several(gateway: Any) -> bool:
    return gateway.get("instantiate") == "true" and gateway.get("eventGatewayType", "Exclusive") == "Exclusive"
