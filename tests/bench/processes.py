"""Linear processes of many user tasks, each followed by a condition: once in our dialect, once as the plain library reads them."""

from __future__ import annotations

import json
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
    key = key_of(tasks)
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
        f"{key}.bpmn": diagram(tasks, condition="= answer >= 0", zeebe=True),
        "step.form": json.dumps(form).encode(),
    }


def diagram(tasks: int, *, condition: str, zeebe: bool) -> bytes:
    """Start, so many times a user task and a gateway that goes on where the condition is true, end."""
    definitions = Element(f"{{{BPMN}}}definitions", {"targetNamespace": "http://example.org/bench", "id": "definitions"})
    if zeebe:
        definitions.set(f"{{{MODELER}}}executionPlatform", "Camunda Cloud")
        definitions.set(f"{{{MODELER}}}executionPlatformVersion", "8.8.0")
    process = SubElement(definitions, f"{{{BPMN}}}process", {"id": key_of(tasks), "name": key_of(tasks), "isExecutable": "true"})
    if zeebe:
        _lane(process, tasks)
    begin = SubElement(process, f"{{{BPMN}}}startEvent", {"id": "begin", "name": "Begin"})
    if zeebe:
        _ask(begin)
    SubElement(process, f"{{{BPMN}}}endEvent", {"id": "end", "name": "End"})
    SubElement(process, f"{{{BPMN}}}endEvent", {"id": "given_up", "name": "Given up"})
    _flow(process, "begin", "task_1")
    for number in range(1, tasks + 1):
        _step(process, number, "end" if number == tasks else f"task_{number + 1}", condition, zeebe)
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


def _lane(process: Element, tasks: int) -> None:
    lane = SubElement(SubElement(process, f"{{{BPMN}}}laneSet", {"id": "lanes"}), f"{{{BPMN}}}lane", {"id": "clerks", "name": "Clerk"})
    numbers = range(1, tasks + 1)
    for name in ["begin", "end", "given_up", *(f"task_{n}" for n in numbers), *(f"choice_{n}" for n in numbers)]:
        SubElement(lane, f"{{{BPMN}}}flowNodeRef").text = name
