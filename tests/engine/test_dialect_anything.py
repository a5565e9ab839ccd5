"""Every element that BPMN knows, in every place, whole and half: an answer in sentences or a rehearsal, never a trace."""

from __future__ import annotations

import random
from collections.abc import Iterator
from importlib.resources import files
from xml.sax.saxutils import quoteattr

import pytest
from lxml import etree

from engine import play, spiff
from tests.diagrams import HEAD

XSD = "{http://www.w3.org/2001/XMLSchema}"
ODD = ["", "start", "=1", "no such thing", "-1"]  # what an attribute or a text may hold: nothing, an id, FEEL, words, a number
# Where "…" stands, the element is put.
PLACES = {
    "the file": "…{process}",
    "a collaboration": '<collaboration id="c"><participant id="i" processRef="p"/>…</collaboration>{process}',
    "the process": '<process id="p" isExecutable="true">…{body}</process>',
    "an extension": '<process id="p" isExecutable="true"><extensionElements>…</extensionElements>{body}</process>',
    "an arrow": '<process id="p" isExecutable="true"><startEvent id="start"/>{arrow}<endEvent id="end"/></process>',
    "a task": '{start}<task id="x">…</task>{end}',
    "a user task": '{start}<userTask id="x">…</userTask>{end}',
    "a service task": '{start}<serviceTask id="x">…</serviceTask>{end}',
    "a call activity": '{start}<callActivity id="x" calledElement="q">…</callActivity>{end}{called}',
    "a sub-process": '{start}<subProcess id="x">…<task id="t"/></subProcess>{end}',
    "a catch event": '{start}<intermediateCatchEvent id="x">…</intermediateCatchEvent>{end}',
    "a throw event": '{start}<intermediateThrowEvent id="x">…</intermediateThrowEvent>{end}',
    "a timer": '{start}<boundaryEvent id="x"><timerEventDefinition>…</timerEventDefinition></boundaryEvent>{end}',
    "an exclusive gateway": '{start}<exclusiveGateway id="x">…</exclusiveGateway>{end}',
    "an event gateway": '{start}<eventBasedGateway id="x">…</eventBasedGateway>{end}',
    "a loop": '{start}<task id="x"><multiInstanceLoopCharacteristics>…</multiInstanceLoopCharacteristics></task>{end}',
    "data": '{start}<task id="x"><ioSpecification>…</ioSpecification><dataInputAssociation>…</dataInputAssociation></task>{end}',
}  # fmt: skip
PARTS = {
    "body": '<startEvent id="start"/><sequenceFlow sourceRef="start" targetRef="end"/><endEvent id="end"/>',
    "arrow": '<sequenceFlow id="f" sourceRef="start" targetRef="end">…</sequenceFlow>',
    "start": '<process id="p" isExecutable="true"><startEvent id="start"/><sequenceFlow id="f" sourceRef="start" targetRef="x"/>',
    "end": '<sequenceFlow id="g" sourceRef="x" targetRef="end"/><endEvent id="end"/></process>',
}
PARTS["called"] = '<process id="q" isExecutable="true"><task id="t"/></process>'
PARTS["process"] = f'<process id="p" isExecutable="true">{PARTS["body"]}</process>'


def vocabulary() -> dict[str, list[str]]:
    """The names of all elements of the standard, each with the attributes that an element may have anywhere."""
    schema = etree.fromstring((files("SpiffWorkflow.bpmn.parser") / "schema/Semantic.xsd").read_bytes())
    attributes = {
        kind.get("name"): [name for one in kind.iter(XSD + "attribute") if (name := one.get("name") or "id") != "id"]
        for kind in schema.findall(XSD + "complexType")
    }
    names = {one.get("name"): attributes.get((one.get("type") or "").rpartition(":")[2], []) for one in schema.iter(XSD + "element")}
    return {name: found for name, found in names.items() if name}


ELEMENTS = vocabulary()


def drawn(place: str, name: str, attributes: list[str], odd: str) -> bytes:
    said = "".join(f" {attribute}={quoteattr(odd)}" for attribute in attributes)
    inner = f'<{name} id="odd"{said}>{odd}</{name}>'
    text = PLACES[place].format(**PARTS).replace("…", inner)
    head = HEAD.replace("bpmn:definitions", "definitions").replace("xmlns:bpmn", "xmlns")
    return f"{head}{text}</definitions>".encode()


def texts(place: str) -> Iterator[bytes]:
    for number, (name, attributes) in enumerate(ELEMENTS.items()):
        yield drawn(place, name, [], "")
        yield drawn(place, name, attributes, ODD[number % len(ODD)])


def test_the_vocabulary_is_the_whole_standard():
    assert len(ELEMENTS) > 150
    assert "isSequential" in ELEMENTS["multiInstanceLoopCharacteristics"]


@pytest.mark.parametrize("place", PLACES)
def test_anything_anywhere_is_answered_in_sentences(place):
    for content in texts(place):
        answered(content)


def answered(content: bytes) -> None:
    """Problems in sentences; and what has none can be rehearsed."""
    _, problems = spiff.compile_procedure({"a.bpmn": content})
    assert all(problem.message.endswith((".", ")")) and "Error" not in problem.message for problem in problems), problems
    *_, outcome = play.play({"a.bpmn": content}, processes=["p"], complete_jobs=True)
    assert problems or outcome["state"] != "refused", outcome


@pytest.mark.parametrize("seed", range(5))
def test_a_damaged_file_is_answered_in_sentences(seed):
    whole = bytearray(drawn("a sub-process", "userTask", [], ""))
    chance = random.Random(seed)
    for _ in range(60):
        damaged = whole[:]
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(damaged))
            damaged[place : place + chance.randint(0, 9)] = chance.choice([b"", b"<", b">", b'"', b"\x00", b"\xff", b"&amp;", b"p", b"=1"])
        answered(bytes(damaged))
