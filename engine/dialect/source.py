"""The XML of a diagram, read without harm and put into one form: no entity is expanded, nothing else is fetched."""

from __future__ import annotations

from itertools import count
from typing import Any

from lxml import etree

from .extensions import BPMN, local

DEEPEST = 40  # sub-processes inside one another; nobody reads more, and what reads them is recursive
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
_NESTING = tuple(BPMN + kind for kind in ("subProcess", "transaction", "adHocSubProcess"))
# XML lets a truth be written as 0 or 1, and a reference begin with the prefix of a namespace.
_TRUTHS = {
    "isExecutable", "triggeredByEvent", "cancelActivity", "isInterrupting", "isSequential", "instantiate", "isForCompensation",
    "parallelMultiple", "testBefore", "waitForCompletion", "cancelRemainingInstances", "isCollection",
}  # fmt: skip
_REFERENCES = {
    "sourceRef", "targetRef", "default", "attachedToRef", "messageRef", "signalRef", "errorRef", "escalationRef", "calledElement",
    "processRef", "activityRef", "dataObjectRef", "dataStoreRef", "operationRef", "oneBehaviorEventRef", "noneBehaviorEventRef",
}  # fmt: skip
# What may be written in the language that the file or the element names, in FEEL then also without a leading “=”.
_EXPRESSIONS = {
    "conditionExpression", "condition", "completionCondition", "loopCondition", "activationCondition", "loopCardinality", "from",
    "transformation",
}  # fmt: skip
_REFERRING = {"flowNodeRef", "eventDefinitionRef", "sourceRef", "targetRef"}


class Unreadable(Exception):
    """The file is no diagram; the text says why."""


def parse(content: bytes) -> Any:
    """The root of a BPMN file in any encoding, with any prefix."""
    try:
        root = etree.fromstring(content, _PARSER)
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise Unreadable(f"The file is not readable as XML: {getattr(error, 'msg', error)}. Save it again from the modeller.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("The file has a document type (DTD), by which XML can read other files or grow without end. Remove <!DOCTYPE …>.")
    if root.tag != BPMN + "definitions":
        raise Unreadable("The file is not a BPMN diagram. Save it from a BPMN modeller.")
    if any(sum(1 for _ in node.iterancestors(*_NESTING)) >= DEEPEST for node in root.iter(*_NESTING)):
        raise Unreadable(f"Sub-processes lie more than {DEEPEST} deep in one another. Call processes of their own instead.")
    for node in root.iter(BPMN + "*"):
        _in_one_form(node)
        _as_feel(node, node.get("language") or root.get("expressionLanguage") or "")
    _number_flows(root)
    return root


def free(wanted: str, taken: set[str]) -> str:
    """An id that nothing has yet, and that is taken now."""
    ident = next(name for number in count(1) if (name := wanted if number == 1 else f"{wanted}_{number}") not in taken)
    taken.add(ident)
    return ident


def ids(root: Any) -> set[str]:
    """Every id of the file."""
    return {node.get("id") for node in root.iter(etree.Element) if node.get("id")}


def _in_one_form(node: Any) -> None:
    for name, value in node.attrib.items():
        if name in _TRUTHS:
            node.set(name, {"1": "true", "0": "false"}.get(value.strip(), value.strip()))
        elif name in _REFERENCES and ":" in value:
            node.set(name, value.rpartition(":")[2])
    if local(node) in _REFERRING and node.text:
        node.text = node.text.strip().rpartition(":")[2]


def _as_feel(node: Any, language: str) -> None:
    text = (node.text or "").strip()
    if local(node) in _EXPRESSIONS and "feel" in language.lower() and text and not text.startswith("="):
        node.text = f"={text}"


def _number_flows(root: Any) -> None:
    """Give every arrow an id: BPMN lets it go without one, but joins tell their arrows apart by it."""
    taken = ids(root)
    for flow in root.iter(BPMN + "sequenceFlow"):
        if not flow.get("id"):
            flow.set("id", free(f"{flow.get('sourceRef')}_to_{flow.get('targetRef')}", taken))
