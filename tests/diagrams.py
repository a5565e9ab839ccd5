"""Diagrams for tests, drawn in a line or two: each function gives the XML of one element, `diagram` the whole file.

Arrows are written as "start A; A x; x B | =n > 5; x C | default".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    ' xmlns:modeler="http://camunda.org/schema/modeler/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d"'
    ' targetNamespace="x" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.8.0">'
)
Pairs = Sequence[tuple[str, str]]


def diagram(*parts: str) -> bytes:
    """A file with these processes, messages and so on."""
    return (HEAD + "".join(parts) + "</bpmn:definitions>").encode()


def process(body: str, arrows: str, ident: str = "p", *, executable: bool = True, lanes: str = "", **attributes: str) -> str:
    flag = "true" if executable else "false"
    return f'<bpmn:process id="{ident}" isExecutable="{flag}"{_attributes(attributes)}>{lanes}{_drawn(body, arrows, ident)}</bpmn:process>'


def element(kind: str, ident: str, inner: str = "", extensions: str = "", **attributes: str) -> str:
    return f'<bpmn:{kind} id="{ident}"{_attributes(attributes)}>{_extensions(extensions)}{inner}</bpmn:{kind}>'


def start(ident: str = "start", event: str = "", extensions: str = "", **attributes: str) -> str:
    return element("startEvent", ident, event, extensions, **attributes)


def end(ident: str = "end", event: str = "", extensions: str = "") -> str:
    return element("endEvent", ident, event, extensions)


def throw(ident: str, event: str = "", extensions: str = "", **attributes: str) -> str:
    return element("intermediateThrowEvent", ident, event, extensions, **attributes)


def catch(ident: str, event: str, extensions: str = "", **attributes: str) -> str:
    return element("intermediateCatchEvent", ident, event, extensions, **attributes)


def boundary(ident: str, host: str, event: str, extensions: str = "", *, interrupting: bool = True, together: bool = False) -> str:
    """A boundary event. `together`: of several definitions all have to come."""
    said = {"attachedToRef": host, "cancelActivity": "true" if interrupting else "false"}
    return element("boundaryEvent", ident, event, extensions, **said, **({"parallelMultiple": "true"} if together else {}))


def gateway(ident: str, kind: str = "exclusive") -> str:
    return element(f"{kind}Gateway", ident)


def user_task(ident: str, extensions: str = "", loop: str = "", *, name: str = "", documentation: str = "", **said: str) -> str:
    """A user task; `said`: form, assignee, candidateGroups, candidateUsers, dueDate, followUpDate, priority."""
    parts = "<zeebe:userTask/>"
    if "form" in said:
        parts += f"<zeebe:formDefinition formId={quoteattr(said['form'])}/>"
    parts += _part("assignmentDefinition", said, "assignee", "candidateGroups", "candidateUsers")
    parts += _part("taskSchedule", said, "dueDate", "followUpDate") + _part("priorityDefinition", said, "priority")
    words = f"<bpmn:documentation>{escape(documentation)}</bpmn:documentation>" if documentation else ""
    return element("userTask", ident, words + loop, parts + extensions, **({"name": name} if name else {}))


def job(ident: str, job_type: str = "work", extensions: str = "", *, kind: str = "serviceTask", loop: str = "", retries: str = "") -> str:
    tries = f" retries={quoteattr(retries)}" if retries else ""
    return element(kind, ident, loop, f"<zeebe:taskDefinition type={quoteattr(job_type)}{tries}/>{extensions}")


def script(ident: str, expression: str, result: str, extensions: str = "", loop: str = "") -> str:
    return element(
        "scriptTask", ident, loop, f"<zeebe:script expression={quoteattr(expression)} resultVariable={quoteattr(result)}/>{extensions}"
    )


def rule(ident: str, decision: str, result: str) -> str:
    return element(
        "businessRuleTask", ident, "", f"<zeebe:calledDecision decisionId={quoteattr(decision)} resultVariable={quoteattr(result)}/>"
    )


def call(ident: str, called: str, extensions: str = "", loop: str = "", **attributes: str) -> str:
    return element(
        "callActivity", ident, loop, f"<zeebe:calledElement processId={quoteattr(called)}{_attributes(attributes)}/>{extensions}"
    )


def sub_process(
    ident: str, body: str, arrows: str, extensions: str = "", loop: str = "", *, kind: str = "subProcess", **attributes: str
) -> str:
    return element(kind, ident, loop + _drawn(body, arrows, ident), extensions, **attributes)


def handler(ident: str, body: str, arrows: str) -> str:
    """An event sub-process."""
    return sub_process(ident, body, arrows, triggeredByEvent="true")


def timer(kind: str, value: str) -> str:
    return f"<bpmn:timerEventDefinition>{_formal(kind, value)}</bpmn:timerEventDefinition>"


def condition(expression: str) -> str:
    return f"<bpmn:conditionalEventDefinition>{_formal('condition', expression)}</bpmn:conditionalEventDefinition>"


def event(kind: str, reference: str = "", **attributes: str) -> str:
    """An event definition that refers to a message, signal, error or escalation, or to nothing."""
    refers = f' {kind}Ref="{reference}"' if reference else ""
    return f"<bpmn:{kind}EventDefinition{refers}{_attributes(attributes)}/>"


def message(ident: str, name: str, key: str = "") -> str:
    subscription = _extensions(f"<zeebe:subscription correlationKey={quoteattr(key)}/>") if key else ""
    return f'<bpmn:message id="{ident}" name={quoteattr(name)}>{subscription}</bpmn:message>'


def each(
    items: str, item: str = "", results: str = "", result: str = "", *, one_by_one: bool = False, until: str = "", also: str = ""
) -> str:
    """The marker of a multi-instance activity."""
    said = f"inputCollection={quoteattr(items)}" + (f" inputElement={quoteattr(item)}" if item else "")
    said += f" outputCollection={quoteattr(results)} outputElement={quoteattr(result)}" if results else ""
    order = ' isSequential="true"' if one_by_one else ""
    last = _formal("completionCondition", until) if until else ""
    inner = _extensions(f"<zeebe:loopCharacteristics {said}/>")
    return f"<bpmn:multiInstanceLoopCharacteristics{order}>{inner}{also}{last}</bpmn:multiInstanceLoopCharacteristics>"


def times(cardinality: str, *, one_by_one: bool = False, until: str = "", inner: str = "", **attributes: str) -> str:
    """The marker of a multi-instance activity in BPMN's own words."""
    said = _attributes(({"isSequential": "true"} if one_by_one else {}) | attributes)
    number = _formal("loopCardinality", cardinality) if cardinality else ""
    last = _formal("completionCondition", until) if until else ""
    return f"<bpmn:multiInstanceLoopCharacteristics{said}>{number}{inner}{last}</bpmn:multiInstanceLoopCharacteristics>"


def looped(condition: str = "", maximum: str = "", *, test_before: bool = False) -> str:
    """The marker of a standard loop."""
    said = _attributes(({"testBefore": "true"} if test_before else {}) | ({"loopMaximum": maximum} if maximum else {}))
    inner = _formal("loopCondition", condition) if condition else ""
    return f"<bpmn:standardLoopCharacteristics{said}>{inner}</bpmn:standardLoopCharacteristics>"


def mapping(inputs: Pairs = (), outputs: Pairs = ()) -> str:
    lines = [
        f"<zeebe:{kind} source={quoteattr(s)} target={quoteattr(t)}/>"
        for kind, pairs in (("input", inputs), ("output", outputs))
        for s, t in pairs
    ]
    return f"<zeebe:ioMapping>{''.join(lines)}</zeebe:ioMapping>"


def properties(**said: str) -> str:
    lines = [f"<zeebe:property name={quoteattr(name)} value={quoteattr(value)}/>" for name, value in said.items()]
    return f"<zeebe:properties>{''.join(lines)}</zeebe:properties>"


def headers(**said: str) -> str:
    lines = [f"<zeebe:header key={quoteattr(name)} value={quoteattr(value)}/>" for name, value in said.items()]
    return f"<zeebe:taskHeaders>{''.join(lines)}</zeebe:taskHeaders>"


def lanes(**members: Iterable[str]) -> str:
    """Lanes by name, each with the ids in it."""
    inside = {name: "".join(f"<bpmn:flowNodeRef>{ident}</bpmn:flowNodeRef>" for ident in idents) for name, idents in members.items()}
    drawn = [f'<bpmn:lane id="lane_{name}" name="{name}">{idents}</bpmn:lane>' for name, idents in inside.items()]
    return f'<bpmn:laneSet id="lanes">{"".join(drawn)}</bpmn:laneSet>'


def _formal(tag: str, text: str) -> str:
    return f'<bpmn:{tag} xsi:type="bpmn:tFormalExpression">{escape(text)}</bpmn:{tag}>'


def _extensions(inner: str) -> str:
    return f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>" if inner else ""


def _attributes(said: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in said.items())


def _part(tag: str, said: dict[str, str], *names: str) -> str:
    chosen = {name: said[name] for name in names if name in said}
    return f"<zeebe:{tag}{_attributes(chosen)}/>" if chosen else ""


def _drawn(body: str, arrows: str, prefix: str) -> str:
    drawn = ""
    for number, arrow in enumerate(part for part in arrows.split(";") if part.strip()):
        ends, _, said = (part.strip() for part in arrow.partition("|"))
        source, target = ends.split()
        ident = f"{prefix}_{number}"
        if said == "default":
            body = re.sub(rf'(<bpmn:\w+ id="{source}")', rf'\1 default="{ident}"', body, count=1)
        inner = _formal("conditionExpression", said) if said and said != "default" else ""
        drawn += f'<bpmn:sequenceFlow id="{ident}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'
    return body + drawn
