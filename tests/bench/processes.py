"""Linear processes of many user tasks, each followed by a condition: once in our dialect, once as the plain library reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
MODELER = "http://camunda.org/schema/modeler/1.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

DESCRIPTOR = """
key = "{key}"
name = "{key}"
[start]
process = "{key}"
who = ["clerk"]
[reference]
prefix = "B-"
length = 6
[roles.clerk]
name = "Clerk"
sees = "cases"
"""


def key_of(tasks: int) -> str:
    """The id of the process with so many user tasks."""
    return f"steps_{tasks}"


def bundle(tasks: int) -> dict[str, bytes]:
    """A whole procedure of ours: descriptor, diagram, and the one form of all its tasks."""
    return _bundle(key_of(tasks), diagram(tasks, condition="= answer >= 0", zeebe=True))


def loop() -> dict[str, bytes]:
    """A procedure of one task that comes again for as long as its answer is not negative."""
    return _bundle("loop", _diagram("loop", 1, "task_1", "= answer >= 0", zeebe=True))


def _bundle(key: str, drawn: bytes) -> dict[str, bytes]:
    form = {
        "type": "default",
        "id": "step",
        "schemaVersion": 19,
        "executionPlatform": "Camunda Cloud",
        "executionPlatformVersion": "8.8.0",
        "components": [{"type": "number", "id": "answer", "key": "answer", "label": "Answer", "decimalDigits": 0}],
    }
    return {
        "procedure.toml": DESCRIPTOR.format(key=key).encode(),
        f"{key}.bpmn": drawn,
        "step.form": json.dumps(form).encode(),
    }


def diagram(tasks: int, *, condition: str, zeebe: bool) -> bytes:
    """Start, so many times a user task and a gateway that goes on where the condition is true, end."""
    return _diagram(key_of(tasks), tasks, "end", condition, zeebe)


def _diagram(key: str, tasks: int, last: str, condition: str, zeebe: bool) -> bytes:
    definitions = Element(f"{{{BPMN}}}definitions", {"targetNamespace": "http://example.org/bench", "id": "definitions"})
    if zeebe:
        definitions.set(f"{{{MODELER}}}executionPlatform", "Camunda Cloud")
        definitions.set(f"{{{MODELER}}}executionPlatformVersion", "8.8.0")
    process = SubElement(definitions, f"{{{BPMN}}}process", {"id": key, "name": key, "isExecutable": "true"})
    ends = {"end": "End", "given_up": "Given up"} if last == "end" else {"given_up": "Given up"}
    if zeebe:
        _lane(process, tasks, ends)
    begin = SubElement(process, f"{{{BPMN}}}startEvent", {"id": "begin", "name": "Begin"})
    if zeebe:
        _ask(begin)
    for ident, name in ends.items():
        SubElement(process, f"{{{BPMN}}}endEvent", {"id": ident, "name": name})
    _flow(process, "begin", "task_1")
    for number in range(1, tasks + 1):
        _step(process, number, last if number == tasks else f"task_{number + 1}", condition, zeebe)
    _connect(process)
    return tostring(definitions, xml_declaration=True, encoding="utf-8")


def _step(process: Element, number: int, following: str, condition: str, zeebe: bool) -> None:
    task = SubElement(process, f"{{{BPMN}}}userTask", {"id": f"task_{number}", "name": f"Task {number}"})
    if zeebe:
        SubElement(_ask(task), f"{{{ZEEBE}}}userTask")
    gateway = {"id": f"choice_{number}", "name": "Go on?", "default": f"choice_{number}-given_up"}
    SubElement(process, f"{{{BPMN}}}exclusiveGateway", gateway)
    _flow(process, f"task_{number}", f"choice_{number}")
    going_on = _flow(process, f"choice_{number}", following)
    SubElement(going_on, f"{{{BPMN}}}conditionExpression", {f"{{{XSI}}}type": "tFormalExpression"}).text = condition
    _flow(process, f"choice_{number}", "given_up")


def _ask(element: Element) -> Element:
    extensions = SubElement(element, f"{{{BPMN}}}extensionElements")
    SubElement(extensions, f"{{{ZEEBE}}}formDefinition", {"formId": "step"})
    return extensions


def _flow(process: Element, source: str, target: str) -> Element:
    return SubElement(process, f"{{{BPMN}}}sequenceFlow", {"id": f"{source}-{target}", "sourceRef": source, "targetRef": target})


def _connect(process: Element) -> None:
    """Name each flow at its two ends, after the extensions, as the standard wants it."""
    nodes = {node.get("id"): node for node in process}
    for flow in process.findall(f"{{{BPMN}}}sequenceFlow"):
        SubElement(nodes[flow.get("targetRef")], f"{{{BPMN}}}incoming").text = flow.get("id")
    for flow in process.findall(f"{{{BPMN}}}sequenceFlow"):
        SubElement(nodes[flow.get("sourceRef")], f"{{{BPMN}}}outgoing").text = flow.get("id")


def _lane(process: Element, tasks: int, ends: Iterable[str]) -> None:
    lane = SubElement(SubElement(process, f"{{{BPMN}}}laneSet", {"id": "lanes"}), f"{{{BPMN}}}lane", {"id": "clerks", "name": "Clerk"})
    numbers = range(1, tasks + 1)
    for name in ["begin", *ends, *(f"task_{n}" for n in numbers), *(f"choice_{n}" for n in numbers)]:
        SubElement(lane, f"{{{BPMN}}}flowNodeRef").text = name
