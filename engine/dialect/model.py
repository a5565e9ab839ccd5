"""A diagram as plain elements, read once per deployment and never changed."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Flow:
    """An arrow out of an element."""

    id: str
    target: str
    condition: str = ""  # "= FEEL", or nothing


@dataclass(frozen=True, slots=True)
class Event:
    """What an event waits for or throws."""

    kind: str  # "message", "timer", "signal", "error", "escalation", "conditional", "link", "terminate", "cancel", "compensate"
    name: str | None = None  # of the message, signal or link; the code of an error or escalation, None: any; the activity to compensate
    key: str = ""  # a message's correlation key, "= FEEL"
    timer: str = ""  # "timeDate", "timeDuration" or "timeCycle"
    value: str = ""  # of the timer
    condition: str = ""
    waits: bool = True  # of a thrown compensation: until it is done


@dataclass(frozen=True, slots=True)
class Loop:
    """Multi-instance: once for each item of a list."""

    items: str  # "= FEEL"
    item: str = ""  # variable that holds the item
    results: str = ""  # variable that collects
    result: str = ""  # "= FEEL", what is collected of each
    sequential: bool = False
    until: str = ""  # completion condition, "= FEEL"


@dataclass(frozen=True, slots=True)
class Mapping:
    """One line of an input or output mapping."""

    source: str
    target: str
    needs: str = ""  # without this variable the line does nothing


@dataclass(slots=True)
class Zeebe:
    """The zeebe: extension elements of an element."""

    parts: dict[str, dict[str, str]] = field(default_factory=dict)  # name of the extension element → its attributes
    inputs: list[Mapping] = field(default_factory=list)
    outputs: list[Mapping] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)

    def get(self, part: str, attribute: str) -> str:
        return self.parts.get(part, {}).get(attribute, "")


@dataclass(slots=True)
class Element:
    """A task, event, gateway or sub-process."""

    id: str
    kind: str  # as BPMN calls it: "userTask"
    process: str  # id of the process it is drawn in
    name: str = ""
    documentation: str = ""
    lane: str = ""  # name of the innermost
    zeebe: Zeebe = field(default_factory=Zeebe)
    event: Event | None = None
    loop: Loop | None = None
    copies: list[Mapping] = field(default_factory=list)  # by data associations, beside its results
    flows: list[Flow] = field(default_factory=list)
    default: str = ""  # id of the default flow
    host: str = ""  # of a boundary event: the activity
    interrupting: bool = True
    scope: Scope | None = None  # of a sub-process: what is inside
    triggered: bool = False  # an event sub-process
    parent: str = ""  # id of the process or sub-process it is drawn in
    inside: bool = False  # that is an event sub-process
    for_compensation: bool = False  # no token comes here along the flow: it puts right what another activity did
    undone_by: str = ""  # id of the activity that does so for this one

    @property
    def title(self) -> str:
        return self.name or self.id

    def texts(self) -> list[str]:
        """Everything about it, and about its arrows, that may be an expression."""
        zeebe, loop, event = self.zeebe, self.loop, self.event
        return [
            *(value for part in zeebe.parts.values() for value in part.values()),
            *(line.source for line in (*zeebe.inputs, *zeebe.outputs, *self.copies) if not line.needs),
            *zeebe.properties.values(),
            *((loop.items, loop.result, loop.until) if loop else ()),
            *((event.name or "", event.key, event.value, event.condition) if event else ()),
            *(flow.condition for flow in self.flows),
        ]

    @property
    def event_kind(self) -> str:
        return self.event.kind if self.event else ""

    @property
    def beside_flow(self) -> bool:
        """It runs, if ever, in a spec of its own: an event sub-process, or one of the two sides of compensation."""
        return self.triggered or self.for_compensation or (self.kind == "boundaryEvent" and self.event_kind == "compensate")


@dataclass(slots=True)
class Scope:
    """A process, or the inside of a sub-process."""

    id: str
    name: str = ""
    elements: dict[str, Element] = field(default_factory=dict)

    @property
    def compensation(self) -> str:
        """Id of the event sub-process that compensates it as a whole."""
        return next((element.id for element in self.elements.values() if element.triggered and element.for_compensation), "")

    def everything(self) -> list[Element]:
        """All elements, those of sub-processes too."""
        found: list[Element] = []
        for element in self.elements.values():
            found.append(element)
            if element.scope:
                found.extend(element.scope.everything())
        return found


@dataclass(slots=True)
class Process:
    """A process of a file."""

    id: str
    file: str
    scope: Scope
    documentation: str = ""
    properties: dict[str, str] = field(default_factory=dict)
