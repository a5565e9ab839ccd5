"""Compensation as it is drawn: which activity puts right what another did, and whether an event that asks for it can be heard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .flows import HOSTS, Problem
from .model import Element, Scope

Association = tuple[str | None, str | None]  # the ids of its two ends; which way it points is for the reader


def attach(scope: Scope, associations: Sequence[Association], problem: Problem) -> None:
    """Give each activity with a compensation event on its border the activity that this leads to, and name what does not fit."""
    events = [element for element in scope.elements.values() if element.kind == "boundaryEvent" and element.event_kind == "compensate"]
    for event in events:
        event.interrupting = True  # it only happens when its activity is over
        if handler := _handler(event, scope, associations, problem):
            _connect(event, handler, scope, problem)
    used = {element.undone_by for element in scope.elements.values()}
    targets = {flow.target for element in scope.elements.values() for flow in element.flows}
    for element in scope.elements.values():
        if element.for_compensation and not element.triggered:
            _check_handler(element, scope, used, targets, problem)
    _check_sub_processes(scope, problem)


def _handler(event: Element, scope: Scope, associations: Sequence[Association], problem: Problem) -> Element | None:
    if event.flows:
        problem(event.id, "An arrow leads out of it, but compensation is no part of the flow. Draw an association (a dotted line) instead.")
        return None
    others = [source if target == event.id else target for source, target in associations if event.id in (source, target)]
    found = [scope.elements[other] for other in others if other in scope.elements and scope.elements[other].kind in HOSTS]
    if len(found) == 1:
        return found[0]
    problem(
        event.id,
        f"It leads to {len(found) or 'no'} activities. Draw one association (a dotted line) to the activity that puts things right.",
    )
    return None


def _connect(event: Element, handler: Element, scope: Scope, problem: Problem) -> None:
    host = scope.elements.get(event.host)
    if not handler.for_compensation or handler.triggered:
        problem(handler.id, "It is to put right what another activity did, but is not marked so. Mark it “for compensation”.")
    elif host is not None and host.undone_by:
        problem(event.id, "A second compensation event stands on the border of the same activity. Keep one.")
    elif host is not None:
        host.undone_by = handler.id


def _check_handler(handler: Element, scope: Scope, used: set[str], targets: set[str], problem: Problem) -> None:
    if handler.flows or handler.id in targets:
        problem(handler.id, "It is for compensation, so no arrow leads to it or from it. Remove the arrows or the mark “for compensation”.")
    elif handler.id not in used:
        problem(
            handler.id,
            "It is for compensation, but no compensation event leads to it. Draw an association from one to it.",
        )
    if any(element.host == handler.id for element in scope.elements.values()):
        problem(
            handler.id, "No event can stand on the border of an activity for compensation. Put both into a sub-process for compensation."
        )


def _check_sub_processes(scope: Scope, problem: Problem) -> None:
    if len([e for e in scope.elements.values() if e.triggered and e.for_compensation]) > 1:
        problem(scope.id, "It has several event sub-processes that compensate it. Keep one.")
    for element in scope.elements.values():
        if element.undone_by and element.scope and element.scope.compensation:
            problem(element.id, "It is compensated both by an activity and by an event sub-process in it. Keep one of them.")


def check_thrown(scope: Scope, around: Mapping[str, Element], problem: Problem) -> None:
    """Name the events that compensate an activity they do not see, or one that leaves nothing behind. `around`: seen from outside."""
    seen = {**around, **scope.elements}
    for element in _thrown(scope.elements.values()):
        assert element.event is not None
        activity = element.event.name
        if activity and activity not in seen:
            problem(
                element.id,
                f"It compensates “{activity}”, which it does not see. Name an activity drawn beside it, or beside its event sub-process.",
            )
        elif activity and not _can_be_undone(seen[activity]):
            problem(
                element.id,
                f"It compensates “{seen[activity].title}”, but nothing puts that right. Give it a compensation event on its border.",
            )
    for element in scope.elements.values():
        if element.scope:
            check_thrown(element.scope, seen if element.triggered else {}, problem)


def _thrown(elements: Iterable[Element]) -> list[Element]:
    return [
        element for element in elements if element.event_kind == "compensate" and element.kind in ("intermediateThrowEvent", "endEvent")
    ]


def _can_be_undone(element: Element) -> bool:
    return bool(element.undone_by or element.kind == "callActivity" or (element.scope and not element.for_compensation))
