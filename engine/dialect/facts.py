"""What others may know of a diagram without running it: for checks, for pages, for the text beside a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .model import Element, Process


@dataclass(frozen=True)
class ElementFacts:
    """One element as it is drawn."""

    id: str
    kind: str  # as BPMN calls it: "userTask"
    name: str
    lane: str = ""  # name of the innermost
    documentation: str = ""
    properties: dict[str, str] = field(default_factory=dict)  # as written, expressions not evaluated
    event: str = ""  # "timer", "message", …; of a blank event nothing
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


@dataclass(frozen=True)
class ProcessFacts:
    """One process as it is drawn."""

    id: str
    name: str
    path: str  # the file
    documentation: str
    properties: dict[str, str]
    elements: dict[str, ElementFacts]
    starts: list[str]  # start events of the process itself


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
    starts = [element.id for element in process.scope.elements.values() if element.kind == "startEvent"]
    return ProcessFacts(process.id, process.scope.name, process.file, process.documentation, process.properties, elements, starts)


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
    )


def _sets(element: Element) -> Iterator[str]:
    zeebe = element.zeebe
    for line in (*zeebe.inputs, *zeebe.outputs, *element.copies):
        yield line.target.split(".")[0]
    yield from filter(None, (zeebe.get("script", "resultVariable"), zeebe.get("calledDecision", "resultVariable")))
    if element.loop:
        yield from filter(None, (element.loop.item, element.loop.results, "loopCounter"))


def _sets_unknown(element: Element) -> bool:
    brings = element.kind in ("userTask", "serviceTask", "sendTask", "receiveTask", "callActivity") or element.event_kind == "message"
    brings = brings or bool(element.zeebe.get("taskDefinition", "type"))
    return brings and not element.zeebe.outputs
