"""A model as SpiffWorkflow specs: built once for each process and start event, then shared by all instances and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine import dmn
from engine.errors import Trouble

from .activities import Call, SubProcess
from .ad_hoc import Enabled, Turn
from .bodies import Looped, MultiInstance
from .compensation import Cancel, Restored, RestoredCall, Undo, Undoing, UndoingBeside
from .complex_gateway import Complex
from .events import Arrival, Begun, Boundary, Catch, Guard, Throw
from .flows import HOSTS
from .gateways import ConditionalFlows, EventGateway, Exclusive, Gather, Inclusive, Parallel
from .library import BpmnProcessSpec
from .model import Element, Process, Scope, read_entry
from .nodes import Node, Passing
from .several import AllOnBorder, Several
from .work import Job, Rule, Script, UserTask

KINDS: dict[str, type[Node]] = {
    "exclusiveGateway": Exclusive,
    "parallelGateway": Parallel,
    "inclusiveGateway": Inclusive,
    "eventBasedGateway": EventGateway,
    "complexGateway": Complex,
    "userTask": UserTask,
    "serviceTask": Job,
    "sendTask": Throw,
    "scriptTask": Script,
    "endEvent": Throw,
    "intermediateThrowEvent": Throw,
    "intermediateCatchEvent": Catch,
    "receiveTask": Catch,
    "callActivity": Call,
    "subProcess": SubProcess,
    "transaction": SubProcess,
    "adHocSubProcess": SubProcess,
    "businessRuleTask": Rule,
}


class Specs:
    """What a deployment's processes and decisions look like to a running instance."""

    def __init__(self, processes: Mapping[str, Process], decisions: Mapping[str, dmn.Decisions]) -> None:
        self.processes = processes
        self.decisions = decisions
        self._built: dict[tuple[str, str | None], Any] = {}
        self._undoing: dict[str, Any] = {}

    def process(self, ident: str, start_event: str | None = None) -> Any:
        """The spec of a process. `start_event`: where it starts, an `entry`, if not at its only blank start event."""
        if ident not in self.processes:
            raise Trouble(f"There is no process “{ident}” in this deployment. Correct the variables, or deploy the process.")
        if (ident, start_event) not in self._built:
            scope = self.processes[ident].scope
            if start_event is not None and read_entry(start_event)[0] not in scope.starts:
                raise Trouble(f"“{start_event}” is no start event of the process “{ident}”.")
            if start_event is None and len(scope.blank_starts) > 1:
                said = "and nothing says at which of them it begins. Correct the diagram for later cases."
                raise Trouble(f"The process “{ident}” has {len(scope.blank_starts)} start events without an event, {said}")
            self._built[ident, start_event] = build(scope, start_event)
        return self._built[ident, start_event]

    def undo(self, ident: str) -> Any:
        """The spec in which what was completed in a process is compensated."""
        if ident not in self._undoing:
            self._undoing[ident] = build_undo(self.processes[ident].scope)
        return self._undoing[ident]

    def decide(self, decision: str, variables: Mapping[str, Any], at: datetime) -> tuple[Any, list[dict[str, Any]]]:
        decisions = self.decisions.get(decision)
        if decisions is None:
            raise Trouble(f"There is no decision “{decision}” in this deployment. Correct the variables, or deploy the decision.")
        return decisions.decide(decision, variables, now=at)


def build(scope: Scope, start_event: str | None = None, ad_hoc: Element | None = None) -> Any:
    """The spec of a process or of the inside of a sub-process."""
    spec = BpmnProcessSpec(scope.id)
    handlers = [element for element in scope.elements.values() if element.triggered and not element.for_compensation]
    if handlers:
        return _with_handlers(spec, scope, handlers, start_event, ad_hoc)
    return _plain(spec, scope, start_event, ad_hoc)


def _with_handlers(spec: Any, scope: Scope, handlers: list[Element], start_event: str | None, ad_hoc: Element | None) -> Any:
    """Event sub-processes are boundary events of a sub-process that holds all the rest."""
    process = handlers[0].process
    rest = Element(scope.id, "body", process, scope.name)
    guard, inner = Guard(spec, rest), SubProcess(spec, rest, scope.id + "[body]")
    inner.silent = True
    inner.content = _plain(BpmnProcessSpec(scope.id), scope, start_event, ad_hoc)
    for handler in handlers:
        assert handler.scope is not None
        start = next(element for element in handler.scope.elements.values() if element.kind == "startEvent")
        node = SubProcess(spec, handler, _free(spec, handler.id))
        node.content, node.compensable = build(handler.scope), _leaves_something(handler)
        for event in _on_border(spec, start):
            guard.flow(event.name, event)
            event.flow(handler.id, node)
    guard.flow(rest.id, inner)
    spec.start.connect(guard)
    return spec


def _plain(spec: Any, scope: Scope, start_event: str | None, ad_hoc: Element | None) -> Any:
    elements = [element for element in scope.elements.values() if not element.beside_flow]
    entry: dict[str, Node] = {}
    exits: dict[str, Node] = {}
    armed: dict[str, list[Node]] = {}
    enabled = Enabled(spec, ad_hoc) if ad_hoc else None
    for element in elements:
        nodes = _on_border(spec, element) if element.kind == "boundaryEvent" else [_node(spec, element)]
        armed[element.id], entry[element.id], exits[element.id] = nodes, nodes[0], _exit(spec, element, nodes, enabled)
        if element.event_kind == "compensate" and element.event and not element.event.waits:
            nodes[0].flow(element.id + "[beside]", UndoingBeside(spec, element))
    _guard(spec, scope, elements, entry, armed)
    for element in elements:
        if element.start_quantity > 1:
            gather = Gather(spec, element)
            gather.flow(element.id, entry[element.id])
            entry[element.id] = gather
    for element in elements:
        for flow in element.flows:
            exits[element.id].flow(flow.id, entry[flow.target], flow.condition)
    first: Node | None = enabled
    begun, part = read_entry(start_event or "")
    if begun and (part or scope.elements[begun].kind != "startEvent"):
        first, entry[begun] = Arrival(spec, scope.elements[begun], part), armed[begun][0]
    for ident in _starts(elements, begun):
        if first:
            first.flow(ident, entry[ident])
        else:
            spec.start.connect(entry[ident])
    if first:
        spec.start.connect(first)
    return spec


def _on_border(spec: Any, element: Element) -> list[Node]:
    """A boundary event, or the start event of an event sub-process: a node for each definition of which any will do."""
    assert element.event is not None
    if element.event.kind == "parallelMultiple":
        return [AllOnBorder(spec, element, _free(spec, element.id))]
    names = [element.id, *(f"{element.id}[{number}]" for number in range(2, len(element.event.each) + 1))]
    return [Boundary(spec, replace(element, event=event), _free(spec, name)) for name, event in zip(names, element.event.each, strict=True)]


def _exit(spec: Any, element: Element, nodes: list[Node], enabled: Enabled | None) -> Node:
    """Where the arrows out of an element begin."""
    last = nodes[0]
    if len(nodes) > 1 or element.completion_quantity > 1:
        last = Passing(spec, element, element.id + "[out]")
        for node in nodes:
            for number in range(element.completion_quantity):
                node.flow(f"{node.name}[out {number}]", last)
    if enabled and (element.kind in HOSTS or not element.flows):
        turn = Turn(spec, enabled, element.id)
        last.flow(turn.name, turn)
        last = turn
    if any(flow.condition for flow in element.flows) and not element.kind.endswith("Gateway"):
        conditional = ConditionalFlows(spec, element, element.id + "[flows]")
        last.flow(element.id + "[flows]", conditional)
        return conditional
    return last


def _guard(spec: Any, scope: Scope, elements: list[Element], entry: dict[str, Node], armed: dict[str, list[Node]]) -> None:
    for host in dict.fromkeys(element.host for element in elements if element.host):
        guard = Guard(spec, scope.elements[host])
        for element in elements:
            if element.host == host:
                for event in armed[element.id]:
                    guard.flow(event.name, event)
        guard.flow(host, entry[host])
        entry[host] = guard


def _node(spec: Any, element: Element) -> Node:
    node = _kind(element)(spec, element, _free(spec, element.id))
    if isinstance(node, SubProcess):
        assert element.scope is not None
        node.content = build(element.scope, ad_hoc=element if element.ad_hoc else None)
    node.compensable = node.compensable or _leaves_something(element)
    if element.standard_loop:
        return Looped(spec, element, node)
    return MultiInstance(spec, element, node) if element.loop else node


def _leaves_something(element: Element) -> bool:
    """Whether something may have to be compensated when an activity is completed. Of a called process that is not known before."""
    inside = element.scope.everything() if element.scope else []
    return bool(element.undone_by) or any(e.undone_by or e.for_compensation or e.kind == "callActivity" for e in inside)


def build_undo(scope: Scope) -> Any:
    """The spec in which a process's completed activities are compensated: a handler for each that has one."""
    spec = BpmnProcessSpec(scope.id)
    undo = Undo(spec, scope)
    spec.start.connect(undo)
    elements = {element.id: element for element in scope.everything()}
    built: dict[str, Node] = {}
    for element in elements.values():
        if element.undone_by:
            handler = elements[element.undone_by]
            built[handler.id] = undo.handlers[element.id] = built.get(handler.id) or _node(spec, handler)
        elif element.triggered and element.for_compensation:
            undo.handlers[element.id] = _node(spec, element)
        elif element.kind == "callActivity":
            undo.handlers[element.id] = RestoredCall(spec, element)
        elif element.scope:
            undo.handlers[element.id] = Restored(spec, element)
        if element.kind == "boundaryEvent" and element.event_kind == "compensate":
            undo.events[element.host] = element
    return spec


def _kind(element: Element) -> type[Node]:
    has_job = bool(element.zeebe.get("taskDefinition", "type"))
    if has_job and (element.event_kind == "message" or element.kind in ("businessRuleTask", "sendTask", "scriptTask")):
        return Job
    if element.kind == "startEvent" and element.inside:
        return Begun
    if element.kind == "eventBasedGateway" and element.parallel:
        return Node
    if element.event_kind == "cancel" and element.kind == "endEvent":
        return Cancel
    if element.kind in ("intermediateThrowEvent", "endEvent") and element.event and element.event.kind == "compensate":
        return Undoing if element.event.waits else Throw
    gathers = element.kind == "startEvent" and element.event_kind == "parallelMultiple"
    if gathers or (element.kind == "intermediateCatchEvent" and element.event and element.event.parts):
        return Several
    if element.event_kind == "link" or (element.kind == "intermediateCatchEvent" and not element.event):
        return Node
    return KINDS.get(element.kind, Node)


def _free(spec: Any, name: str) -> str:
    """SpiffWorkflow keeps Start, End and <process>.EndJoin for itself; an element may have that id too."""
    return name if name not in spec.task_specs else name + "[own]"


def _starts(elements: list[Element], start_event: str) -> list[str]:
    if start_event:
        gateways = [element for element in elements if element.instantiates and element.parallel]
        together = [[flow.target for flow in gateway.flows] for gateway in gateways]
        return next((targets for targets in together if start_event in targets), [start_event])
    starts = [element for element in elements if element.kind == "startEvent"]
    blank = [element.id for element in starts if not element.event]
    targets = {flow.target for element in elements for flow in element.flows}
    alone = [element.id for element in elements if element.id not in targets and not element.host]
    return blank or [element.id for element in starts[:1]] or alone
