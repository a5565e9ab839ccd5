"""Every id that a file refers to and does not have is told, with the line; a rehearsal notes it and goes on."""

from __future__ import annotations

import pytest

from engine import places, spiff
from engine.errors import Problem
from tests.diagrams import diagram, element, end, lanes, process, start, user_task
from tests.engine.played import rehearsed

PROCESS = process(start() + user_task("A") + end(), "start A; A end")
ASSOCIATION = element("association", "note", sourceRef="A", targetRef="ghost")
POOLS = element("collaboration", "c", '<bpmn:participant id="pool" processRef="p"/>{}')
SHEET = element("dataObjectReference", "sheet", dataObjectRef="ghost")
COPY = "<bpmn:dataInputAssociation><bpmn:sourceRef>ghost</bpmn:sourceRef></bpmn:dataInputAssociation>"
DANGLING = {
    "a lane": (diagram(process(start() + user_task("A") + end(), "start A; A end", lanes=lanes(Office=["A", "ghost"]))), "lane_Office"),
    "an incoming arrow": (diagram(PROCESS.replace('id="end">', 'id="end"><bpmn:incoming>ghost</bpmn:incoming>')), "end"),
    "an outgoing arrow": (diagram(PROCESS.replace('id="start">', 'id="start"><bpmn:outgoing>x:ghost</bpmn:outgoing>')), "start"),
    "an association": (diagram(process(start() + user_task("A") + ASSOCIATION + end(), "start A; A end")), "note"),
    "a pool": (diagram(POOLS.format('<bpmn:participant id="other" processRef="ghost"/>'), PROCESS), "other"),
    "a message flow": (diagram(POOLS.format('<bpmn:messageFlow id="f" sourceRef="A" targetRef="ghost"/>'), PROCESS), "f"),
    "a data object": (diagram(process(start() + end() + SHEET, "start end")), "sheet"),
    "a data association": (diagram(process(start() + element("task", "A", COPY) + end(), "start A; A end")), "A"),
}


def problems_of(content: bytes) -> list[Problem]:
    return spiff.compile_procedure({"a.bpmn": content})[1]


@pytest.mark.parametrize(("content", "ident"), DANGLING.values(), ids=DANGLING.keys())
def test_a_reference_to_nothing_is_told_with_its_line(content: bytes, ident: str):
    lines = content.replace(b"><", b">\n<")

    (problem,) = problems_of(lines)

    assert problem.element == ident
    assert "ghost”, which this file does not have. Correct or remove it." in problem.message
    assert f'id="{ident}"' in lines.decode().splitlines()[places.line_of(lines, problem) - 1]


@pytest.mark.parametrize(("content", "ident"), DANGLING.values(), ids=DANGLING.keys())
def test_a_rehearsal_notes_a_reference_to_nothing_and_goes_on(content: bytes, ident: str):
    events, outcome = rehearsed(content, answers={"A": {}})

    assert [event["element"] for event in events if event["what"] == "note"] == [ident]
    assert outcome["state"] == "completed"


def test_another_process_that_is_no_candidate_is_left_alone():
    draft = process(start("s") + end("e"), "s e", "q", executable=False, lanes=lanes(Office=["ghost"]))

    assert problems_of(diagram(PROCESS, draft)) == []


def test_what_may_lie_in_an_imported_file_is_not_missed():
    imported = '<bpmn:import importType="http://www.omg.org/spec/BPMN/20100524/MODEL" location="other.bpmn" namespace="y"/>'

    assert problems_of(diagram(imported, process(start() + end(), "start end", lanes=lanes(Office=["y:there"])))) == []
