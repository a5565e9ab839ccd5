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

    # "message", "timer", "signal", "error", "escalation", "conditional", "link", "terminate", "cancel", "compensate"; of several
    # definitions "multiple" (any of them; thrown: all) or "parallelMultiple" (all of them)
    kind: str
    name: str | None = None  # of the message, signal or link; the code of an error or escalation, None: any; the activity to compensate
    key: str = ""  # a message's correlation key, "= FEEL"
    timer: str = ""  # "timeDate", "timeDuration" or "timeCycle"
    value: str = ""  # of the timer
    condition: str = ""
    waits: bool = True  # of a thrown compensation: until it is done
    parts: tuple[Event, ...] = ()  # of several definitions: each of them

    @property
    def each(self) -> tuple[Event, ...]:
        """Its definitions, one or several."""
        return self.parts or (self,)

    def texts(self) -> list[str]:
        return [text for part in self.each for text in (part.name or "", part.key, part.value, part.condition)]


@dataclass(frozen=True, slots=True)
class Behaviour:
    """An event that a multi-instance activity throws by itself when one of its instances completes."""

    event: Event
    condition: str = ""  # "= FEEL": only then


@dataclass(frozen=True, slots=True)
class Loop:
    """Multi-instance: once for each item of a list, or so many times."""

    items: str  # "= FEEL"
    item: str = ""  # variable that holds the item
    results: str = ""  # variable that collects
    result: str = ""  # "= FEEL", what is collected of each
    sequential: bool = False
    until: str = ""  # completion condition, "= FEEL"
    times: str = ""  # loop cardinality instead of items: a number, or "= FEEL"
    behaviour: str = "All"  # "None": an event for each, "One": for the first, "Complex": where a condition says so
    behaviours: tuple[Behaviour, ...] = ()

    def texts(self) -> tuple[str, ...]:
        thrown = (text for one in self.behaviours for text in (one.condition, one.event.name or "", one.event.key))
        return (self.items, self.result, self.until, self.times, *thrown)


@dataclass(frozen=True, slots=True)
class StandardLoop:
    """Again and again while a condition is true."""

    condition: str = ""  # "= FEEL"
    maximum: int | None = None
    test_before: bool = False


@dataclass(frozen=True, slots=True)
class AdHoc:
    """An ad-hoc sub-process: what is in it has no fixed order."""

    enabled: str = ""  # "= FEEL", the ids of what is enabled; without it everything that no arrow leads to
    sequential: bool = False
    until: str = ""  # completion condition, "= FEEL"
    cancels: bool = True  # when the completion condition is true, what is still open


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
    standard_loop: StandardLoop | None = None
    copies: list[Mapping] = field(default_factory=list)  # by data associations, beside its results
    flows: list[Flow] = field(default_factory=list)
    default: str = ""  # id of the default flow
    activation: str = ""  # of a complex gateway: when it starts, "= FEEL"
    host: str = ""  # of a boundary event: the activity
    interrupting: bool = True
    scope: Scope | None = None  # of a sub-process: what is inside
    ad_hoc: AdHoc | None = None
    triggered: bool = False  # an event sub-process
    parent: str = ""  # id of the process or sub-process it is drawn in
    inside: bool = False  # that is an event sub-process
    for_compensation: bool = False  # no token comes here along the flow: it puts right what another activity did
    undone_by: str = ""  # id of the activity that does so for this one
    instantiates: bool = False  # a receive task or event-based gateway that starts the process
    parallel: bool = False  # an event-based gateway behind which all events must happen
    start_quantity: int = 1  # tokens it needs to start
    completion_quantity: int = 1  # tokens it sends along each arrow

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
            *(loop.texts() if loop else ()),
            self.standard_loop.condition if self.standard_loop else "",
            *(event.texts() if event else ()),
            self.activation,
            *((self.ad_hoc.enabled, self.ad_hoc.until) if self.ad_hoc else ()),
            *(flow.condition for flow in self.flows),
        ]

    @property
    def event_kind(self) -> str:
        return self.event.kind if self.event else ""

    @property
    def event_kinds(self) -> set[str]:
        """Of all its event definitions."""
        return {part.kind for part in self.event.each} if self.event else set()

    @property
    def beside_flow(self) -> bool:
        """It runs, if ever, in a spec of its own: an event sub-process, or one of the two sides of compensation."""
        return self.triggered or self.for_compensation or (self.kind == "boundaryEvent" and self.event_kind == "compensate")


def entry(element: str, part: int = 0) -> str:
    """How the place where an instance begins is written: an element; of events that must all come, which of them has."""
    return f"{element}[{part}]" if part else element


def read_entry(written: str) -> tuple[str, int]:
    """The element and the part of what `entry` has written."""
    element, _, part = written.partition("[")  # no id has a bracket
    return element, int(part.removesuffix("]") or 0)


@dataclass(slots=True)
class Scope:
    """A process, or the inside of a sub-process."""

    id: str
    name: str = ""
    elements: dict[str, Element] = field(default_factory=dict)

    @property
    def starts(self) -> list[str]:
        """Where it can begin: start events, receive tasks that start it, and what waits behind gateways that do."""
        gateways = [element for element in self.elements.values() if element.instantiates and element.kind == "eventBasedGateway"]
        behind = [flow.target for gateway in gateways for flow in gateway.flows]
        alone = [e.id for e in self.elements.values() if e.kind == "startEvent" or (e.instantiates and e.kind == "receiveTask")]
        return [*alone, *behind]

    @property
    def blank_starts(self) -> list[str]:
        """The start events that wait for nothing."""
        return [element.id for element in self.elements.values() if element.kind == "startEvent" and not element.event]

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
