"""Gives the diagrams that tests write in a line a drawing, so that a browser can show them."""

from __future__ import annotations

from typing import Any

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
NAMES = 'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'
SMALL = ("Event", "Gateway")


def drawn(diagram: bytes) -> bytes:
    """The same file with every step in a row, one below the other for each process."""
    root = etree.fromstring(diagram)
    found = "".join(_plane(process, 100 + 200 * row) for row, process in enumerate(root.iter(f"{BPMN}process")))
    return diagram.replace(b"</bpmn:definitions>", f"{found}</bpmn:definitions>".encode()).replace(
        b"<bpmn:definitions ", f"<bpmn:definitions {NAMES} ".encode(), 1
    )


def _plane(process: Any, y: int) -> str:
    nodes = [node for node in process if not node.tag.endswith(("sequenceFlow", "laneSet"))]
    at = {node.get("id"): 100 + 180 * place for place, node in enumerate(nodes)}
    shapes = "".join(_shape(node, at[node.get("id")], y) for node in nodes)
    edges = "".join(_edge(flow, at, y) for flow in process.iter(f"{BPMN}sequenceFlow"))
    key = process.get("id")
    plane = f'<bpmndi:BPMNPlane id="pl_{key}" bpmnElement="{key}">{shapes}{edges}</bpmndi:BPMNPlane>'
    return f'<bpmndi:BPMNDiagram id="d_{key}">{plane}</bpmndi:BPMNDiagram>'


def _shape(node: Any, x: int, y: int) -> str:
    width, height = (36, 36) if node.tag.endswith(SMALL) else (100, 80)
    bounds = f'<dc:Bounds x="{x}" y="{y - height // 2}" width="{width}" height="{height}"/>'
    return f'<bpmndi:BPMNShape id="s_{node.get("id")}" bpmnElement="{node.get("id")}">{bounds}</bpmndi:BPMNShape>'


def _edge(flow: Any, at: dict[str, int], y: int) -> str:
    points = "".join(f'<di:waypoint x="{at[flow.get(end)]}" y="{y}"/>' for end in ("sourceRef", "targetRef"))
    return f'<bpmndi:BPMNEdge id="e_{flow.get("id")}" bpmnElement="{flow.get("id")}">{points}</bpmndi:BPMNEdge>'
