"""Reading zeebe: extension elements, and refusing what is not honoured: other vendors', and zeebe ones in the wrong place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lxml import etree

from .model import Mapping, Zeebe

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
# Namespaces whose attributes only tell a modeller something: element templates, the modeller's own, types, colours.
QUIET = (ZEEBE + "modelerTemplate", "{http://camunda.org/schema/modeler/1.0}", "{http://www.w3.org/2001/XMLSchema-instance}")

# What another vendor's extension is called when it does something: then leaving it out would run a different process.
DOING = {
    "inputOutput", "in", "out", "ioMapping", "input", "output", "assignments", "connector", "script", "executionListener",
    "taskListener", "eventListener", "class", "delegateExpression", "expression", "resultVariable", "resultVariableName", "collection",
    "elementVariable", "errorCodeVariable", "errorMessageVariable", "escalationCodeVariable", "decisionRef", "calledElementBinding",
    "onEntry-script", "onExit-script", "preScript", "postScript",
}  # fmt: skip


@dataclass(frozen=True)
class Refuse:
    """Says what is wrong with the element at hand. `note`: what a rehearsal goes on without, and a deployment does not."""

    problem: Callable[[str], None]
    note: Callable[[str], None]

    def __call__(self, message: str) -> None:
        self.problem(message)


ATTRIBUTES = {
    "formDefinition": {"formId", "bindingType"},
    "assignmentDefinition": {"assignee", "candidateGroups", "candidateUsers"},
    "taskSchedule": {"dueDate", "followUpDate"},
    "priorityDefinition": {"priority"},
    "taskDefinition": {"type", "retries"},
    "calledDecision": {"decisionId", "resultVariable", "bindingType"},
    "script": {"expression", "resultVariable"},
    "calledElement": {"processId", "propagateAllChildVariables", "propagateAllParentVariables", "bindingType"},
    "loopCharacteristics": {"inputCollection", "inputElement", "outputCollection", "outputElement"},
    "subscription": {"correlationKey"},
    "adHoc": {"activeElementsCollection"},
    "versionTag": {"value"},
    "userTask": set(),
}
_JOB = {"taskDefinition", "taskHeaders", "ioMapping", "properties"}
_CATCH = {"ioMapping", "properties"}
# Where each extension element means something.
PLACES = {
    "process": {"versionTag", "properties"},
    "message": {"subscription"},
    "multiInstanceLoopCharacteristics": {"loopCharacteristics"},
    "userTask": {"formDefinition", "assignmentDefinition", "taskSchedule", "priorityDefinition", "userTask", "ioMapping", "properties"},
    "serviceTask": _JOB,
    "sendTask": _JOB,
    "intermediateThrowEvent": _JOB,
    "endEvent": _JOB,
    "businessRuleTask": _JOB | {"calledDecision"},
    "scriptTask": _JOB | {"script"},
    "callActivity": {"calledElement", "ioMapping", "properties"},
    "startEvent": {"formDefinition", "ioMapping", "properties"},
    "boundaryEvent": _CATCH,
    "intermediateCatchEvent": _CATCH,
    "receiveTask": _CATCH,
    "subProcess": _CATCH,
    "transaction": _CATCH,
    "adHocSubProcess": _CATCH | {"adHoc"},
    "task": _CATCH,
    "manualTask": _CATCH,
}
_CURES = {
    "executionListeners": "Draw a task before or after it instead.",
    "taskListeners": "Draw a task before or after it instead.",
    "userTaskForm": "Keep the form in a .form file and give its id as formId.",
    "linkedResources": "Put the file's name into a task header instead.",
    "conditionalFilter": "Remove the filter; the condition is looked at whenever a variable changes.",
}


def local(node: Any) -> str:
    """The name of an XML element without its namespace; nothing for comments."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def read_zeebe(node: Any, kind: str, refuse: Refuse) -> Zeebe:
    """The zeebe: extensions of an element; whatever is not honoured there is refused."""
    zeebe = Zeebe()
    parts = [part for part in node.iterfind(f"{BPMN}extensionElements/*") if isinstance(part.tag, str)]
    _of_others(node, [part for part in parts if not part.tag.startswith(ZEEBE)], refuse)
    for part in parts:
        if not part.tag.startswith(ZEEBE):
            continue
        if local(part) not in ATTRIBUTES.keys() | {"ioMapping", "taskHeaders", "properties"}:
            refuse(f"zeebe:{local(part)} is not supported. {_CURES.get(local(part), 'Remove it.')}")
        elif local(part) not in PLACES.get(kind, {"properties"}):
            refuse(f"zeebe:{local(part)} means nothing on this kind of element ({kind}). Remove it or change the element's type.")
        else:
            _take(zeebe, part, refuse)
    return zeebe


def _of_others(node: Any, parts: list[Any], refuse: Refuse) -> None:
    """One sentence for each name in another vendor's words, however often it comes."""
    attributes = [etree.QName(name).localname for name in node.attrib if name.startswith("{") and not name.startswith(QUIET)]
    for name in dict.fromkeys(attributes):
        _say(name, refuse, f"The attribute “{name}” of another vendor is not honoured. Remove it.")
    for name in dict.fromkeys(map(local, parts)):
        _say(name, refuse, f"The extension “{name}” of another vendor is not honoured. Remove it.")


def _say(name: str, refuse: Refuse, message: str) -> None:
    (refuse.problem if name in DOING else refuse.note)(message)


def _take(zeebe: Zeebe, part: Any, refuse: Refuse) -> None:
    name = local(part)
    if name == "ioMapping":
        zeebe.inputs = [_mapping(line, refuse) for line in part.findall(ZEEBE + "input")]
        zeebe.outputs = [_mapping(line, refuse) for line in part.findall(ZEEBE + "output")]
    elif name == "taskHeaders":
        zeebe.headers = {header.get("key", ""): header.get("value", "") for header in part.findall(ZEEBE + "header")}
    elif name == "properties":
        zeebe.properties = {entry.get("name", ""): entry.get("value", "") for entry in part.findall(ZEEBE + "property")}
    else:
        zeebe.parts[name] = {key: value for key, value in part.attrib.items() if not key.startswith("{")}
        for unknown in sorted(zeebe.parts[name].keys() - ATTRIBUTES[name]):
            refuse(f"The attribute “{unknown}” of zeebe:{name} is not honoured. Remove it.")
        if zeebe.get(name, "bindingType") == "versionTag":
            refuse("A binding by version tag is not honoured: what is deployed together belongs together. Choose “deployment”.")


def _mapping(line: Any, refuse: Refuse) -> Mapping:
    target = line.get("target", "")
    if not target or not all(part.isidentifier() for part in target.split(".")):
        refuse(f"A mapping's target “{target}” is not a variable name. Write a name such as received or case.received.")
    return Mapping(line.get("source", ""), target)
