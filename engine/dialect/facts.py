"""What others may know of a diagram without running it: for checks, for pages, for the text beside a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .model import Element, Process, entry, read_entry

# What expressions may read although no element sets it: the engine counts.
COUNTED = frozenset(
    {
        "loopCounter",
        "numberOfInstances",
        "numberOfCompletedInstances",
        "numberOfActiveInstances",
        "numberOfTerminatedInstances",
        "activationCount",
        "waitingForStart",
    }
)


@dataclass(frozen=True)
class Trigger:
    """One event definition of an event."""

    event: str  # "timer", "message", …
    event_name: str = ""
    correlation_key: str = ""
    timer: str = ""
    timer_value: str = ""


@dataclass(frozen=True)
class ElementFacts:
    """One element as it is drawn."""

    id: str
    kind: str  # as BPMN calls it: "userTask"
    name: str
    lane: str = ""  # name of the innermost
    documentation: str = ""
    properties: dict[str, str] = field(default_factory=dict)  # as written, expressions not evaluated
    event: str = ""  # "timer", "message", …; of several definitions "multiple" or "parallelMultiple"; of a blank event nothing
    triggers: tuple[Trigger, ...] = ()  # each of its event definitions
    event_name: str = ""  # of the message, signal or link; the code of an error or escalation; the activity that is compensated
    correlation_key: str = ""
    timer: str = ""  # "timeDate", "timeDuration", "timeCycle"
    timer_value: str = ""
    interrupting: bool = True
    host: str = ""  # of a boundary event: the activity; of an event sub-process's start: the process or sub-process around it
    form_key: str = ""
    candidate_groups: str = ""  # as written
    assigned: bool = False  # it names people: an assignee or candidate users
    job_type: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)  # what its input mappings give, as written
    called_process: str = ""
    called_decision: str = ""
    scope: str = ""  # id of the process or sub-process it is drawn in
    flows: list[str] = field(default_factory=list)  # elements its arrows lead to; of a compensation event the activity for it
    conditions: dict[str, str] = field(default_factory=dict)  # target → condition of the arrow
    incoming: list[str] = field(default_factory=list)  # elements whose arrows lead to it
    expressions: list[str] = field(default_factory=list)  # every "= FEEL" of it and of its arrows
    sets: frozenset[str] = frozenset()  # variables it names as set by it, be it only for its own output mappings
    sets_unknown: bool = False  # it may set others too: a form's, a worker's, a message's, a called process's
    multi_instance: bool = False
    looped: bool = False
    together: bool = False  # an event-based gateway behind which all events happen, not only the first
    entry: str = ""  # of one of `beginnings`: where an instance begins because of it, as `spiff.start` wants it

    @property
    def by_trigger(self) -> list[ElementFacts]:
        """Itself once for each of its event definitions, as if it had no other."""
        return [replace(self, triggers=(trigger,), **vars(trigger)) for trigger in self.triggers]

    @property
    def beginnings(self) -> list[ElementFacts]:
        """Each of its event definitions that begins an instance, if it is a start. Where all of them must come that is any message or
        signal, and the instance awaits the others; a time or a condition begins one only where there is nothing else."""
        each = [replace(one, entry=entry(one.id, number * self.gathers)) for number, one in enumerate(self.by_trigger, 1)]
        return [one for one in each if one.event in ("message", "signal")] or each[:1] if self.gathers else each

    @property
    def gathers(self) -> bool:
        """Whether all of its event definitions must come."""
        return self.event == "parallelMultiple"


@dataclass(frozen=True)
class ProcessFacts:
    """One process as it is drawn."""

    id: str
    name: str
    path: str  # the file
    documentation: str
    properties: dict[str, str]
    elements: dict[str, ElementFacts]
    starts: list[str]  # where it can begin: its start events, and what else waits for an event that creates an instance

    @property
    def blank_starts(self) -> list[str]:
        """The start events that wait for nothing; each is a start of its own."""
        return [ident for ident in self.starts if self.elements[ident].kind == "startEvent" and not self.elements[ident].event]

    @property
    def beginnings(self) -> list[ElementFacts]:
        """Whatever event begins an instance of it, of each start."""
        return [one for ident in self.starts for one in self.elements[ident].beginnings]

    def begun_at(self, entry: str) -> ElementFacts:
        """The element at which an instance begins that is started with this entry."""
        return self.elements[read_entry(entry)[0]]

    def gathers(self, ident: str) -> bool:
        """Whether an instance that one event begins here awaits others that could begin one too."""
        element = self.elements[ident]
        return element.gathers or any(self.elements[gateway].together for gateway in element.incoming)


def facts_of(process: Process) -> ProcessFacts:
    everything = process.scope.everything()
    incoming: dict[str, list[str]] = {}
    undone_by = {element.id: [element.undone_by] for element in everything if element.undone_by}
    onward = {element.id: [flow.target for flow in element.flows] for element in everything}
    onward |= {element.id: undone_by.get(element.host, []) for element in everything if element.event_kind == "compensate" and element.host}
    for source, targets in onward.items():
        for target in targets:
            incoming.setdefault(target, []).append(source)
    handlers = {element.id: element.parent for element in everything if element.triggered}
    elements = {element.id: _element(element, onward[element.id], incoming.get(element.id, []), handlers) for element in everything}
    for element in everything:
        if element.activation:  # its condition may ask for the tokens on each arrow
            arrows = frozenset(flow.id for other in everything for flow in other.flows if flow.target == element.id)
            elements[element.id] = replace(elements[element.id], sets=elements[element.id].sets | arrows)
    scope = process.scope
    return ProcessFacts(process.id, scope.name, process.file, process.documentation, process.properties, elements, scope.starts)


def _element(element: Element, onward: list[str], incoming: list[str], handlers: dict[str, str]) -> ElementFacts:
    zeebe, event = element.zeebe, element.event
    return ElementFacts(
        id=element.id,
        kind=element.kind,
        name=element.name,
        lane=element.lane,
        documentation=element.documentation,
        properties=zeebe.properties,
        event=element.event_kind,
        triggers=tuple(Trigger(e.kind, e.name or "", e.key, e.timer, e.value) for e in (event.each if event else ())),
        event_name=(event.name or "") if event else "",
        correlation_key=event.key if event else "",
        timer=event.timer if event else "",
        timer_value=event.value if event else "",
        interrupting=element.interrupting,
        host=element.host or (handlers.get(element.parent, "") if element.kind == "startEvent" else ""),
        form_key=zeebe.get("formDefinition", "formId"),
        candidate_groups=zeebe.get("assignmentDefinition", "candidateGroups"),
        assigned=bool(zeebe.get("assignmentDefinition", "assignee") or zeebe.get("assignmentDefinition", "candidateUsers")),
        job_type=zeebe.get("taskDefinition", "type"),
        headers=zeebe.headers,
        inputs={line.target: line.source for line in zeebe.inputs},
        called_process=zeebe.get("calledElement", "processId"),
        called_decision=zeebe.get("calledDecision", "decisionId"),
        scope=element.parent,
        flows=onward,
        conditions={flow.target: flow.condition for flow in element.flows if flow.condition},
        incoming=incoming,
        expressions=[text for text in element.texts() if text.startswith("=")],
        sets=frozenset(_sets(element)),
        sets_unknown=_sets_unknown(element),
        multi_instance=element.loop is not None,
        looped=element.standard_loop is not None,
        together=element.parallel,
    )


def _sets(element: Element) -> Iterator[str]:
    zeebe = element.zeebe
    for line in (*zeebe.inputs, *zeebe.outputs, *element.copies):
        yield line.target.split(".")[0]
    yield from filter(None, (zeebe.get("script", "resultVariable"), zeebe.get("calledDecision", "resultVariable")))
    if element.loop:
        yield from filter(None, (element.loop.item, element.loop.results, "loopCounter"))


def _sets_unknown(element: Element) -> bool:
    brings = element.kind in ("userTask", "serviceTask", "sendTask", "receiveTask", "callActivity") or "message" in element.event_kinds
    brings = brings or bool(element.zeebe.get("taskDefinition", "type"))
    return brings and not element.zeebe.outputs
