"""Files of other modellers: read whatever their form; in a rehearsal also with something missing, and each time with a note."""

from __future__ import annotations

import pytest

from engine import spiff
from engine.waits import MessageWait
from tests.diagrams import (
    boundary,
    call,
    catch,
    diagram,
    element,
    end,
    event,
    gateway,
    job,
    message,
    process,
    script,
    start,
    throw,
    user_task,
)
from tests.engine.cases import MONDAY, problems_in

OTHERS = 'xmlns:o="http://example.org/another/vendor"'
SMALL = process(start() + user_task("A") + end(), "start A; A end")


def problems(content: str | bytes, **options) -> list[str]:
    _, found = spiff.compile_procedure({"a.bpmn": content.encode() if isinstance(content, str) else content}, **options)
    return [problem.message for problem in found]


def forgiven(*drawn: str, also: str = "") -> tuple[spiff.Definitions, dict[str, str]]:
    """A file as a rehearsal reads it, with its notes by element."""
    definitions, found = spiff.compile_procedure({"a.bpmn": diagram(also, *drawn)}, forgiving=True)
    assert found == []
    return definitions, {note.element: note.message for note in definitions.notes}


def in_between(drawn: str, ident: str = "x") -> str:
    return process(start() + drawn + end(), f"start {ident}; {ident} end")


def waits(definitions: spiff.Definitions, **variables: object) -> dict[str, str]:
    running = spiff.start(definitions, "p", variables, at=MONDAY)
    return {wait.element_id: type(wait).__name__ for wait in running.waits.values()}


FORMS = {
    "no prefix": diagram(SMALL).decode().replace("bpmn:", "").replace("xmlns:bpmn", "xmlns").encode(),
    "another prefix": diagram(SMALL).decode().replace("bpmn:", "semantic:").replace("xmlns:bpmn", "xmlns:semantic").encode(),
    "a byte order mark": b"\xef\xbb\xbf" + diagram(SMALL),
    "UTF-16": ('<?xml version="1.0" encoding="UTF-16"?>' + diagram(SMALL).decode()).encode("utf-16"),
    "Latin-1": ('<?xml version="1.0" encoding="latin1"?>' + diagram(SMALL.replace('"A"', '"A" name="é"')).decode()).encode("latin-1"),
    "comments and instructions": diagram(SMALL.replace("<bpmn:userTask", "<!-- ask --><?o do?><bpmn:userTask")),
    "truths as figures": diagram(SMALL.replace('isExecutable="true"', 'isExecutable=" 1 "')),
    "references with a prefix": diagram(SMALL.replace('sourceRef="', 'sourceRef="me:')),
    "arrows without ids": diagram(SMALL.replace(' id="p_0"', "").replace(' id="p_1"', "")),
}  # fmt: skip


@pytest.mark.parametrize("content", FORMS.values(), ids=FORMS.keys())
def test_a_file_is_read_whatever_its_form(content):
    definitions, found = spiff.compile_procedure({"a.bpmn": content})

    assert found == []
    assert waits(definitions) == {"A": "UserTaskWait"}


def test_a_join_tells_its_arrows_apart_although_they_have_no_ids():
    body = start() + gateway("s", "parallel") + user_task("A") + user_task("B") + gateway("j", "parallel") + user_task("C") + end()
    drawn = process(body, "start s; s A; s B; A j; B j; j C; C end")
    for number in range(7):
        drawn = drawn.replace(f' id="p_{number}"', "")
    definitions, _ = spiff.compile_procedure({"a.bpmn": diagram(drawn)})
    running = spiff.start(definitions, "p", {}, at=MONDAY)

    running.complete(next(token for token, wait in running.waits.items() if wait.element_id == "A"), {})

    assert [wait.element_id for wait in running.waits.values()] == ["B"]


DOCUMENTATION = {
    "a conversation": '<bpmn:collaboration><bpmn:conversation id="v"/><bpmn:conversationLink id="w"/></bpmn:collaboration>',
    "a choreography": '<bpmn:choreography id="c"><bpmn:choreographyTask id="v" initiatingParticipantRef="a"/></bpmn:choreography>',
    "a correlation key": '<bpmn:collaboration id="c"><bpmn:correlationKey id="k"/></bpmn:collaboration>',
    "a category": '<bpmn:category id="c"><bpmn:categoryValue id="v" value="x"/></bpmn:category>',
    "an interface": '<bpmn:interface id="c" name="I"><bpmn:operation id="o" name="O"/></bpmn:interface>',
    "a data store": '<bpmn:dataStore id="s" name="S" isUnlimited="true"/><bpmn:itemDefinition id="i" structureRef="string"/>',
    "a resource": '<bpmn:resource id="r" name="R"><bpmn:resourceParameter id="q"/></bpmn:resource>',
    "an import": '<bpmn:import importType="x" location="y" namespace="z"/>',
    "partners": '<bpmn:partnerRole id="r"/><bpmn:partnerEntity id="e"/><bpmn:endPoint id="f"/><bpmn:relationship id="g" type="t"/>',
}  # fmt: skip


@pytest.mark.parametrize("also", DOCUMENTATION.values(), ids=DOCUMENTATION.keys())
def test_what_only_explains_is_read_past(also):
    assert problems(diagram(also, SMALL)) == []


def test_performers_and_operations_are_documentation():
    owner = (
        '<bpmn:potentialOwner id="o"><bpmn:resourceRef>r</bpmn:resourceRef></bpmn:potentialOwner><bpmn:performer/><bpmn:humanPerformer/>'
    )
    drawn = element("userTask", "x", owner, implementation="##WebService")

    assert problems_in(start() + drawn + end(), "start x; x end") == {}


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
ENTITIES = {
    "a file of the machine": '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "a billion laughs": f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]>',
    "an outside DTD": '<!DOCTYPE d SYSTEM "http://127.0.0.1:1/evil.dtd">',
}


@pytest.mark.parametrize("before", ENTITIES.values(), ids=ENTITIES.keys())
def test_a_document_type_is_refused_and_nothing_of_it_is_read(before):
    named = diagram(process(start() + user_task("A", name="N") + end(), "start A; A end")).decode()

    for content in (before + named, before + named.replace('name="N"', 'name="&l11;"')):
        [said] = problems(content)
        assert "document type" in said or "not readable as XML" in said


def test_sub_processes_without_end_inside_one_another_are_refused():
    opening = "".join(f'<bpmn:subProcess id="s{n}">' for n in range(120))
    deep = diagram(f'<bpmn:process id="p" isExecutable="true">{opening}{"</bpmn:subProcess>" * 120}</bpmn:process>')

    assert "deep in one another" in problems(deep)[0]
    assert "not readable as XML" in problems(diagram("<bpmn:subProcess>" * 3000))[0]


def test_a_process_without_an_id_is_told():
    assert "A process has no id. Give it one." in problems(diagram(SMALL.replace(' id="p"', "", 1)))


def test_a_call_may_name_its_process_as_the_standard_has_it():
    body = start() + element("callActivity", "C", calledElement="me:other") + end()
    other = process(start("s") + user_task("A") + end("e"), "s A; A e", "other")

    definitions, found = spiff.compile_procedure({"a.bpmn": diagram(process(body, "start C; C end"), other)})

    assert found == []
    assert waits(definitions) == {"A": "UserTaskWait"}


FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"


@pytest.mark.parametrize("place", ["<bpmn:conditionExpression", "<bpmn:definitions"])
def test_a_condition_in_feel_by_the_language_it_names_needs_no_sign(place):
    body = start() + gateway("x") + user_task("A") + user_task("B") + end()
    drawn = diagram(process(body, "start x; x A | =n > 5; x B | default; A end; B end")).decode().replace(">=n", ">n")
    named = "language" if "Expression" in place else "expressionLanguage"

    definitions, found = spiff.compile_procedure({"a.bpmn": drawn.replace(place, f'{place} {named}="{FEEL}"').encode()})

    assert found == []
    assert waits(definitions, n=6) == {"A": "UserTaskWait"}


def test_a_condition_in_another_language_is_one_problem():
    body = start() + gateway("x") + user_task("A") + user_task("B") + end()

    assert problems_in(body, "start x; x A | ${n > 5}; x B | default; A end; B end") == {
        "p_1": "The condition “${n > 5}” is not FEEL. Write it with a leading “=”."
    }


# In a rehearsal


@pytest.mark.parametrize("kind", ["serviceTask", "sendTask", "businessRuleTask", "scriptTask"])
def test_work_that_nobody_is_named_for_waits_for_an_answer_in_a_rehearsal(kind):
    definitions, notes = forgiven(in_between(element(kind, "x")))

    assert waits(definitions) == {"x": "JobWait"}
    assert "Give it a job type" in notes["x"]
    assert problems(diagram(in_between(element(kind, "x")))) != []


def scripted(text: str, **attributes: str) -> str:
    return in_between(element("scriptTask", "x", f"<bpmn:script>{text}</bpmn:script>", **attributes))


@pytest.mark.parametrize(
    ("text", "language"), [("= {total: n * 2}", ""), ("{total: n * 2}", "feel"), ("{total: n * 2}", "application/FEEL")]
)
def test_a_standard_script_in_feel_is_run_in_a_rehearsal(text, language):
    definitions, notes = forgiven(scripted(text, **({"scriptFormat": language} if language else {})))

    running = spiff.start(definitions, "p", {"n": 21}, at=MONDAY)

    assert running.variables == {"n": 21, "total": 42}
    assert "result variable" in notes["x"]


def test_a_standard_script_that_gives_no_context_is_an_incident():
    definitions, _ = forgiven(scripted("= 1"))

    running = spiff.start(definitions, "p", {}, at=MONDAY)

    assert [getattr(wait, "message", "") for wait in running.waits.values()] == ["“= 1” gives a number where a context is needed."]


@pytest.mark.parametrize(("text", "language"), [("print(1)", ""), ("x = 1;", "javascript"), ("= x", "groovy")])
def test_a_script_in_another_language_is_refused_in_a_rehearsal_too(text, language):
    found = problems(diagram(scripted(text, **({"scriptFormat": language} if language else {}))), forgiving=True)

    assert found == ["A script task needs a FEEL expression with a leading “=”. No other language is run."]


def test_what_another_vendor_adds_is_noted_once_for_each_name():
    extra = f'<o:meta {OTHERS} key="a"/><o:meta {OTHERS} key="b"/>'
    drawn = element("userTask", "x", "", extra).replace("Task", f'Task {OTHERS} o:for="jo"', 1)

    definitions, _ = forgiven(in_between(drawn))

    assert [note.message.split("”")[0] for note in definitions.notes] == ["The attribute “for", "The extension “meta"]


@pytest.mark.parametrize("name", ["inputOutput", "executionListener", "connector"])
def test_what_another_vendor_does_is_refused_in_a_rehearsal_too(name):
    assert "another vendor" in problems(diagram(in_between(element("userTask", "x", "", f"<o:{name} {OTHERS}/>"))), forgiving=True)[0]


def test_a_message_without_a_key_is_awaited_by_its_name_in_a_rehearsal():
    definitions, notes = forgiven(in_between(catch("x", event("message", "m"))), also=message("m", "paid"))

    [wait] = spiff.start(definitions, "p", {}, at=MONDAY).waits.values()
    assert isinstance(wait, MessageWait)
    assert (wait.message, wait.correlation_key) == ("paid", None)
    assert "correlation key" in notes["x"]


def test_what_has_no_name_is_called_by_its_id():
    also = '<bpmn:message id="m"/><bpmn:signal id="s"/><bpmn:error id="e"/><bpmn:escalation id="f"/>'
    body = start() + throw("t", event("message", "m")) + catch("c", event("signal", "s")) + user_task("A")
    body += boundary("b", "A", event("error", "e")) + boundary("r", "A", event("escalation", "f")) + end()

    definitions, notes = forgiven(process(body, "start t; t c; c A; A end; b end; r end"), also=also)

    assert {definitions.processes["p"].elements[ident].event_name for ident in "tcbr"} == {"m", "s", "e", "f"}
    assert set(notes) == {"m", "s", "e", "f"}


def test_both_ends_of_a_message_flow_have_the_same_message():
    flows = '<bpmn:participant id="one" processRef="p"/><bpmn:participant id="two" processRef="q"/>'
    flows += '<bpmn:messageFlow id="f" name="the order" sourceRef="x" targetRef="y"/>'
    other = process(start("s") + element("receiveTask", "y") + end("e"), "s y; y e", "q")

    definitions, notes = forgiven(
        element("collaboration", "c", flows), in_between(throw("x", event("message"))), other
    )  # fmt: skip

    assert [definitions.processes[key].elements[ident].event_name for key, ident in (("p", "x"), ("q", "y"))] == ["the order"] * 2
    assert definitions.collaboration.targets("x", "p") == {"y"}
    assert {"x", "y"} <= set(notes)


def test_what_has_no_id_gets_one_in_a_rehearsal():
    drawn = SMALL.replace("</bpmn:process>", "<bpmn:task/><bpmn:task/></bpmn:process>").replace(
        '<bpmn:startEvent id="start"></bpmn:startEvent>', ""
    )
    drawn = drawn.replace('<bpmn:sequenceFlow id="p_0" sourceRef="start" targetRef="A"></bpmn:sequenceFlow>', "")

    _, notes = forgiven(drawn)

    assert list(notes) == ["task", "task_2"]


def test_drafts_are_left_alone_and_known():
    draft = process(start("s") + element("serviceTask", "y") + end("e"), "s y; y e", "q", executable=False)

    definitions, notes = forgiven(SMALL, draft)

    assert (list(definitions.processes), list(definitions.drafts), notes) == (["p"], ["q"], {})


def test_nothing_missing_means_no_notes():
    body = start() + job("J") + script("S", "=1", "one") + call("C", "p") + end()

    assert forgiven(process(body, "start J; J S; S C; C end"))[1] == {}


@pytest.mark.parametrize("kind", ["parallel", "eventBased"])
def test_conditions_behind_a_gateway_that_asks_for_none_count_for_nothing(kind):
    body = start() + gateway("g", kind) + catch("a", event("message", "m")) + catch("b", event("message", "m")) + end()
    drawn = process(body, "start g; g a | =n > 5; g b | =nobody_knows; a end; b end")

    definitions, notes = forgiven(drawn, also=message("m", "m"))

    assert notes["g"] == "Conditions on the arrows out of this gateway are never looked at. Remove them; here they count for nothing."
    assert waits(definitions) == {"a": "MessageWait", "b": "MessageWait"}
