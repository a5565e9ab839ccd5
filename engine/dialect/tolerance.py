"""What a rehearsal goes on without, though a deployment refuses it: the file is completed, and each time a note says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from .extensions import BPMN, ZEEBE, local
from .flows import UNASKED
from .source import free, ids

Note = Callable[[str, str], None]  # element, what was missing
IDENTIFIED = {
    "process", "task", "manualTask", "userTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask",
    "callActivity", "subProcess", "transaction", "adHocSubProcess", "startEvent", "endEvent", "intermediateCatchEvent",
    "intermediateThrowEvent", "boundaryEvent",
}  # fmt: skip
_SENDING = ("sendTask", "intermediateThrowEvent", "endEvent")
_AWAITING = ("receiveTask", "startEvent", "intermediateCatchEvent", "boundaryEvent")
_NAMED = {"message": "name", "signal": "name", "error": "errorCode", "escalation": "escalationCode"}


def forgive(root: Any, note: Note) -> None:
    """Complete a file that says what happens, but not who does it."""
    taken = ids(root)
    for process in root.findall(BPMN + "process"):
        _identify(process, taken, note)
    for kind, attribute in _NAMED.items():
        for node in root.findall(BPMN + kind):
            if not node.get(attribute) and node.get("id"):
                node.set(attribute, node.get("id"))
                note(node.get("id"), f"The {kind} has no {attribute}. Give it one; here its id is taken.")
    _messages(root, taken, note)
    _conditions(root, note)
    for kind in ("serviceTask", "sendTask", "businessRuleTask", "scriptTask"):
        for node in root.iter(BPMN + kind, f"{BPMN}global{kind[0].upper()}{kind[1:]}"):
            _work(node, kind, note)


def _identify(process: Any, taken: set[str], note: Note) -> None:
    for node in process.iter(*(BPMN + kind for kind in IDENTIFIED)):
        if not node.get("id"):
            node.set("id", free(local(node), taken))
            note(node.get("id"), f"This {local(node)} has no id. Open and save the file in a modeller; here it is called so.")


def _messages(root: Any, taken: set[str], note: Note) -> None:
    """An event without a message has the one of its message flow, else one of its own."""
    known = {node.get("id"): node for node in root.findall(BPMN + "message")}
    flows = list(root.iter(BPMN + "messageFlow"))
    for node in list(root.iter(BPMN + "messageEventDefinition", BPMN + "receiveTask", BPMN + "sendTask")):
        element = node.getparent() if local(node) == "messageEventDefinition" else node
        ident = element.get("id") or ""
        flow = next((flow for flow in flows if ident in (flow.get("sourceRef"), flow.get("targetRef"))), None)
        if node.get("messageRef") or (local(node) == "sendTask" and flow is None) or _part(element, "taskDefinition") is not None:
            continue
        message = _of_flow(root, flow) if flow is not None else None
        if message not in known:
            name = (flow.get("name") or flow.get("id") if flow is not None else "") or ident
            message = free(f"{ident}_message", taken)
            known[message] = etree.SubElement(root, BPMN + "message", id=message, name=name)
            if flow is not None:
                flow.set("messageRef", message)
        node.set("messageRef", message)
        note(ident, f"It names no message. Choose or make one; here it is “{known[message].get('name')}”.")


def _conditions(root: Any, note: Note) -> None:
    """Conditions where BPMN never asks for one."""
    unasking = {node.get("id") for node in root.iter(BPMN + "parallelGateway", BPMN + "eventBasedGateway")}
    for flow in root.iter(BPMN + "sequenceFlow"):
        condition = flow.find(BPMN + "conditionExpression")
        if condition is not None and flow.get("sourceRef") in unasking:
            flow.remove(condition)
            note(flow.get("sourceRef"), f"{UNASKED} Remove them; here they count for nothing.")


def _of_flow(root: Any, flow: Any) -> str | None:
    """The message of a message flow, or that its ends name: of a whole pool the only one that it sends or awaits there."""
    if flow.get("messageRef"):
        return str(flow.get("messageRef"))
    for end, kinds in (("sourceRef", _SENDING), ("targetRef", _AWAITING)):
        named = {node.get("messageRef") for node in _at(root, flow.get(end), kinds)} - {None}
        if len(named) == 1:
            return str(named.pop())
    return None


def _at(root: Any, end: str | None, kinds: tuple[str, ...]) -> Iterator[Any]:
    """What names the messages at an end of a message flow: an element, or everything of these kinds in a pool."""
    pool = next((node.get("processRef") for node in root.iter(BPMN + "participant") if node.get("id") == end), None)
    inside = next((process for process in root.findall(BPMN + "process") if pool and process.get("id") == pool), root)
    for element in inside.iter(*(BPMN + kind for kind in kinds)):
        if inside is not root or element.get("id") == end:
            yield element
            yield from element.findall(BPMN + "messageEventDefinition")


def _work(node: Any, kind: str, note: Note) -> None:
    """Work that names no worker is a job all the same, and the answers say what comes of it."""
    if kind == "scriptTask":
        _take_script(node)
    said = any(_part(node, part) is not None for part in ("taskDefinition", "calledDecision", "script"))
    if said or node.get("messageRef") or _script(node):
        return
    etree.SubElement(_extensions(node), ZEEBE + "taskDefinition", type=node.get("id") or kind)
    note(node.get("id") or "", f"Nothing says what does this {kind}. Give it a job type; here it waits for an answer.")


def _take_script(node: Any) -> None:
    """A <script> that is FEEL, because it says so or has our sign, becomes ours. Any other is left to be refused."""
    text, language = _script(node), (node.get("scriptFormat") or "").strip().lower()
    if _part(node, "script") is None and ("feel" in language if language else text.startswith("=")) and text:
        etree.SubElement(_extensions(node), ZEEBE + "script", expression=text if text.startswith("=") else f"={text}")


def _script(node: Any) -> str:
    return (node.findtext(BPMN + "script") or "").strip()


def _part(node: Any, name: str) -> Any:
    return node.find(f"{BPMN}extensionElements/{ZEEBE}{name}")


def _extensions(node: Any) -> Any:
    found = node.find(BPMN + "extensionElements")
    if found is None:
        found = etree.Element(BPMN + "extensionElements")
        node.insert(0, found)
    return found
