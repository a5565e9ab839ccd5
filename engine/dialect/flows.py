"""How the elements of one scope hang together: links, hosts, gateways, and whether everything can be reached."""

from __future__ import annotations

from collections.abc import Callable

from .model import Element, Flow, Scope

Problem = Callable[[str, str], None]  # element, message
UNASKED = "Conditions on the arrows out of this gateway are never looked at."
WAITS_BEHIND_EVENT_GATEWAY = {"intermediateCatchEvent", "receiveTask"}
HOSTS = {
    "task", "manualTask", "userTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask", "callActivity",
    "subProcess", "transaction", "adHocSubProcess",
}  # fmt: skip


def join(scope: Scope, problem: Problem) -> None:
    """Connect what belongs together and name what does not fit."""
    _links(scope, problem)
    targets = {flow.target for element in scope.elements.values() for flow in element.flows}
    for element in scope.elements.values():
        _ends(element, targets, problem)
        _host(element, scope, problem)
        if element.kind.endswith("Gateway"):
            _gateway(element, scope, problem)
        elif element.default and element.default not in {flow.id for flow in element.flows}:
            problem(element.id, "Its default flow does not leave it. Choose the default flow again.")
    _starts(scope, problem)
    _reach(scope, targets, problem)


def _links(scope: Scope, problem: Problem) -> None:
    catches: dict[str, str] = {}
    for element in _with_link(scope, "intermediateCatchEvent"):
        name = _link_name(element)
        if name in catches:
            problem(element.id, f"Two link events catch “{name}”. Keep one.")
        catches[name] = element.id
    thrown = {_link_name(element) for element in _with_link(scope, "intermediateThrowEvent")}
    for element in _with_link(scope, "intermediateThrowEvent"):
        name = _link_name(element)
        if name in catches:
            element.flows = [Flow(f"{element.id}.link", catches[name])]
        else:
            problem(element.id, f"No link event of this process catches “{name}”. Draw one with that link name.")
    for name, ident in catches.items():
        if name not in thrown:
            problem(ident, f"No link event of this process throws “{name}”, so nothing leads here. Draw one with that link name.")


def _with_link(scope: Scope, kind: str) -> list[Element]:
    return [element for element in scope.elements.values() if element.kind == kind and element.event_kind == "link"]


def _link_name(element: Element) -> str:
    return (element.event.name if element.event else "") or ""


def _ends(element: Element, targets: set[str], problem: Problem) -> None:
    if element.triggered and (element.flows or element.id in targets):
        problem(element.id, "An event sub-process is started by its event, so no arrow leads to it or from it. Remove the arrows.")
    if element.kind in ("startEvent", "boundaryEvent") and element.id in targets:
        problem(element.id, "An arrow leads to it, but it happens by itself. Remove the arrow.")
    if element.instantiates and element.id in targets:
        problem(element.id, "It starts the process, so no arrow leads to it. Remove the arrow, or the mark “instantiate”.")
    if element.kind == "endEvent" and element.flows:
        problem(element.id, "An arrow leads out of an end event. Make it an intermediate event or remove the arrow.")


def _host(element: Element, scope: Scope, problem: Problem) -> None:
    if element.kind != "boundaryEvent":
        return
    host = scope.elements.get(element.host)
    if host is None or host.kind not in HOSTS or host.triggered:
        problem(element.id, "It is not attached to an activity. Attach it to a task, call activity or sub-process.")
    elif "cancel" in element.event_kinds and host.kind != "transaction":
        problem(element.id, "A cancel event can only be attached to a transaction. Use an error event.")


def _gateway(element: Element, scope: Scope, problem: Problem) -> None:
    if not element.flows:
        problem(element.id, "No arrow leads out of this gateway. Draw one, or end the path with an end event.")
    if element.default and element.default not in {flow.id for flow in element.flows}:
        problem(element.id, "Its default flow does not leave it. Choose the default flow again.")
    if element.kind == "exclusiveGateway" and len(element.flows) > 1:
        for flow in element.flows:
            if not flow.condition and flow.id != element.default:
                problem(
                    element.id, f"The flow “{flow.id}” has no condition and is not the default. Give it a condition or make it the default."
                )
    if element.kind == "complexGateway" and not element.activation and _arrows_to(element, scope) > 1:
        problem(element.id, "Several arrows lead to it, but nothing says when it starts. Give it an activation condition in FEEL.")
    if element.kind in ("parallelGateway", "eventBasedGateway") and any(flow.condition for flow in element.flows):
        problem(element.id, f"{UNASKED} Remove them or use another gateway.")
    if element.kind == "eventBasedGateway":
        for flow in element.flows:
            if wrong := _is_no_plain_wait(scope.elements[flow.target], element, scope):
                problem(element.id, f"It leads to “{flow.target}”, which {wrong}. Lead it to catch events only.")


def _is_no_plain_wait(element: Element, gateway: Element, scope: Scope) -> str:
    """Why an element cannot stand behind an event gateway, which must see at once what happens first."""
    if element.kind not in WAITS_BEHIND_EVENT_GATEWAY:
        return "waits for no event"
    if element.loop:
        return "is done several times"
    if element.event and element.event.timer == "timeCycle" and not gateway.instantiates:
        return "repeats"
    return "has events on its border" if any(other.host == element.id for other in scope.elements.values()) else ""


def _arrows_to(element: Element, scope: Scope) -> int:
    return sum(flow.target == element.id for other in scope.elements.values() for flow in other.flows)


def _starts(scope: Scope, problem: Problem) -> None:
    blank = scope.blank_starts
    if len(blank) > 1 and scope.elements[blank[1]].parent != scope.elements[blank[1]].process:
        said = "and nothing says at which of them it begins. Keep one, and lead to the others by a gateway."
        problem(scope.id, f"The sub-process has {len(blank)} start events without an event, {said}")
    if not scope.elements:
        problem(scope.id, "There is nothing in it. Draw what happens in it.")


def _reach(scope: Scope, targets: set[str], problem: Problem) -> None:
    starts = [element for element in scope.elements.values() if element.kind == "startEvent" or element.instantiates]
    # Without a start event everything that no arrow leads to starts by itself, as BPMN has it.
    todo = starts or [
        element
        for element in scope.elements.values()
        if element.id not in targets and element.kind != "boundaryEvent" and not element.for_compensation
    ]
    attached: dict[str, list[str]] = {}
    for element in scope.elements.values():
        attached.setdefault(element.host, []).append(element.id)
    seen: set[str] = set()
    while todo:
        element = todo.pop()
        if element.id not in seen:
            seen.add(element.id)
            onward = [flow.target for flow in element.flows] + attached.get(element.id, [])
            todo += [scope.elements[ident] for ident in onward]
    for element in scope.elements.values():
        detached = element.kind == "boundaryEvent" and element.host not in scope.elements
        if element.id not in seen and not element.beside_flow and not detached:
            problem(element.id, "Nothing leads here, so it would never happen. Draw an arrow to it or remove it.")
