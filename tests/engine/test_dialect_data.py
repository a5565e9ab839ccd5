"""Data objects are variables and data associations copy them, where the drawing says so; a picture of data changes nothing."""

from __future__ import annotations

import pytest

from engine import spiff
from tests.diagrams import (
    catch,
    diagram,
    element,
    end,
    event,
    handler,
    job,
    mapping,
    message,
    process,
    script,
    start,
    sub_process,
    throw,
    user_task,
)
from tests.engine.cases import case, problems_in

INVOICE = '<bpmn:dataObject id="do" name="invoice"/><bpmn:dataObjectReference id="ref" name="Invoice [checked]" dataObjectRef="do"/>'


def takes(source: str = "ref", name: str = "amount", *, said: str = "", io: bool = True) -> str:
    """An activity's own input, filled by an association."""
    own = f'<bpmn:dataInput id="in_{name}" name="{name}"/><bpmn:inputSet><bpmn:dataInputRefs>in_{name}</bpmn:dataInputRefs></bpmn:inputSet>'
    ends = f"<bpmn:sourceRef> {source} </bpmn:sourceRef><bpmn:targetRef>in_{name}</bpmn:targetRef>"
    own = f"<bpmn:ioSpecification>{own}</bpmn:ioSpecification>" if io else own
    return f"{own}<bpmn:dataInputAssociation>{ends}{said}</bpmn:dataInputAssociation>"


def gives(target: str = "ref", name: str = "result", *, said: str = "", io: bool = True) -> str:
    own = f'<bpmn:dataOutput id="out_{name}" name="{name}"/>'
    own = f"<bpmn:ioSpecification>{own}</bpmn:ioSpecification>" if io else own
    ends = f"<bpmn:sourceRef>out_{name}</bpmn:sourceRef><bpmn:targetRef>{target}</bpmn:targetRef>"
    return f"{own}<bpmn:dataOutputAssociation>{ends}{said}</bpmn:dataOutputAssociation>"


def assigned(source: str, target: str) -> str:
    return f"<bpmn:assignment><bpmn:from>{source}</bpmn:from><bpmn:to>{target}</bpmn:to></bpmn:assignment>"


def task(inner: str, ident: str = "x") -> str:
    return element("userTask", ident, inner)


ONE = "start x; x end"


def test_an_association_copies_a_data_object_to_an_input_of_the_activity():
    c = case(start() + task(takes()) + end() + INVOICE, ONE, {"invoice": 30})

    assert c.scope("x") == {"invoice": 30, "amount": 30}
    assert c.complete("x").variables == {"invoice": 30}


def test_an_association_copies_an_output_of_the_activity_to_a_data_object():
    c = case(start() + task(gives()) + end() + INVOICE, ONE, {"invoice": 30})

    assert c.complete("x", result=40, other=1).variables == {"invoice": 40, "result": 40, "other": 1}


def test_a_copy_comes_beside_output_mappings():
    drawn = element("userTask", "x", gives(), mapping((), [("=other", "kept")]))

    assert case(start() + drawn + end() + INVOICE, ONE).complete("x", result=40, other=1).variables == {"kept": 1, "invoice": 40}


def test_an_assignment_computes_with_feel():
    both = takes(said=assigned("= invoice * 2", "double")) + gives(said=assigned("= {sum: result + double}", "total"))
    c = case(start() + task(both) + end() + INVOICE, ONE, {"invoice": 30})

    assert c.scope("x") == {"invoice": 30, "double": 60}
    assert c.complete("x", result=1).variables == {"invoice": 30, "result": 1, "total": {"sum": 61}}


def test_a_transformation_gives_to_the_target():
    c = case(start() + task(takes(said="<bpmn:transformation>= invoice + 1</bpmn:transformation>")) + end() + INVOICE, ONE, {"invoice": 1})

    assert c.scope("x")["amount"] == 2


def test_a_part_of_a_data_object_may_be_set():
    c = case(start() + task(gives(said=assigned("= result", "invoice.sum"))) + end() + INVOICE, ONE, {"invoice": {"no": 7}})

    assert c.complete("x", result=3).variables["invoice"] == {"no": 7, "sum": 3}


PICTURES = {
    "without a source": "<bpmn:dataOutputAssociation><bpmn:targetRef>ref</bpmn:targetRef></bpmn:dataOutputAssociation>",
    "to a placeholder": '<bpmn:property id="P" name="__targetRef_placeholder"/><bpmn:dataInputAssociation>'
    "<bpmn:sourceRef>ref</bpmn:sourceRef><bpmn:targetRef>P</bpmn:targetRef></bpmn:dataInputAssociation>",
    "of what is no variable": takes() + gives(name="never"),
    "with a data store": takes("store") + gives("store", name="never"),
    "with an empty assignment": takes(said=assigned("", "")),
}
STORE = '<bpmn:dataStoreReference id="store" name="files" dataStoreRef="ds"/>'


@pytest.mark.parametrize("inner", PICTURES.values(), ids=PICTURES.keys())
def test_a_picture_of_data_changes_nothing(inner):
    c = case(start() + task(inner) + end() + INVOICE + STORE, ONE, {"files": 1})

    assert c.scope("x") == {"files": 1}
    assert c.complete("x", done=True).variables == {"files": 1, "done": True}


def test_a_data_object_of_a_sub_process_is_its_own_variable():
    inner = start("s") + task(gives(), "x") + job("J") + end("e") + INVOICE
    c = case(start() + sub_process("S", inner, "s x; x J; J e") + end(), "start S; S end", {"invoice": "outer"})

    c.complete("x", result=5)

    assert c.scope("J")["invoice"] == 5
    assert c.complete("J").variables == {"invoice": "outer", "result": 5}


def test_a_drawn_data_object_of_a_sub_process_hides_nothing_when_no_association_uses_it():
    inner = start("s") + task(PICTURES["without a source"], "x") + end("e") + INVOICE
    c = case(start() + sub_process("S", inner, "s x; x e") + end(), "start S; S end", {"invoice": "outer"})

    assert c.complete("x", invoice="new").variables == {"invoice": "new"}


def test_a_message_carries_data_objects_and_brings_them():
    body = start() + throw("t", takes(io=False) + event("message", "m"))
    body += catch("c", gives(name="sum", io=False) + event("message", "m")) + end() + INVOICE
    c = case(body, "start t; t c; c end", {"invoice": 30}, also=message("m", "paid", "=invoice"))

    c.message("paid", 30, sum=12)

    assert c.thrown[0].variables == {"amount": 30}
    assert c.variables == {"invoice": 12, "sum": 12}


def test_an_event_sub_process_copies_what_its_message_brings():
    caught = start("h", gives(name="sum", io=False) + event("message", "m"))
    body = start() + user_task("A") + end() + handler("H", caught + user_task("B") + end("he"), "h B; B he") + INVOICE
    c = case(body, "start A; A end", {"k": 1}, also=message("m", "paid", "=k"))

    c.message("paid", 1, sum=12)

    assert c.variables["invoice"] == 12


def test_inputs_and_outputs_of_the_process_are_its_variables():
    own = '<bpmn:ioSpecification><bpmn:dataInput id="pi" name="asked"/><bpmn:dataOutput id="po" name="answered"/></bpmn:ioSpecification>'
    c = case(own + start() + task(takes("pi") + gives("po")) + end(), ONE, {"asked": 1})

    assert c.scope("x")["amount"] == 1
    assert c.complete("x", result=2).variables["answered"] == 2


def test_a_script_reads_its_data_input():
    drawn = script("x", "= amount * 2", "double").replace("</bpmn:scriptTask>", takes() + "</bpmn:scriptTask>")

    assert case(start() + drawn + end() + INVOICE, ONE, {"invoice": 4}).variables["double"] == 8


WRONG = {
    "no FEEL": (takes(said=assigned("getDataObject('invoice')", "x")), "not FEEL"),
    "no name": (takes(said=assigned("= 1", "a b")), "not a variable name"),
    "FEEL that cannot be read": (takes(said=assigned("= 1 +", "b")), "FEEL"),
    "a transformation that is no FEEL": (gives(said="<bpmn:transformation>bpws:get()</bpmn:transformation>"), "not FEEL"),
}


def test_checks_know_what_associations_set_and_ask_nothing_of_pictures():
    drawn = start() + task(takes() + gives()) + user_task("A") + end() + INVOICE
    definitions, _ = spiff.compile_procedure({"a.bpmn": diagram(process(drawn, "start x; x A; A end"))})
    facts = definitions.processes["p"].elements["x"]

    assert facts.sets == {"amount", "invoice"}
    assert facts.expressions == []


@pytest.mark.parametrize(("inner", "words"), WRONG.values(), ids=WRONG.keys())
def test_what_an_association_cannot_do_is_told(inner, words):
    assert words in problems_in(start() + task(inner) + end() + INVOICE, ONE)["x"]


def test_data_of_all_kinds_may_be_drawn():
    drawn = "".join(f'<bpmn:{kind} id="{kind}_1"/>' for kind in ("dataObject", "dataObjectReference", "dataStoreReference", "property"))

    assert problems_in(start() + drawn + end(), "start end") == {}
