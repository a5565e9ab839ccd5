"""What a diagram cannot say is refused when it is deployed, all of it at once, by element and with the cure."""

from __future__ import annotations

import pytest

from engine import spiff
from tests.diagrams import (
    boundary,
    call,
    catch,
    condition,
    diagram,
    each,
    element,
    end,
    event,
    gateway,
    handler,
    job,
    lanes,
    looped,
    mapping,
    message,
    process,
    properties,
    rule,
    script,
    start,
    sub_process,
    throw,
    timer,
    times,
    user_task,
)
from tests.engine.cases import problems_in

MARKS = '<bpmn:error id="bad" name="E" errorCode="bad"/><bpmn:signal id="go" name="go"/>'


def on_the_way(drawn: str, ident: str = "x", also: str = "") -> dict[str, str]:
    """What is wrong when an element stands between the start and the end."""
    return problems_in(start() + drawn + end(), f"start {ident}; {ident} end", also)


def refusals(**files: str | bytes) -> list[str]:
    bundle = {name.replace("__", "."): content.encode() if isinstance(content, str) else content for name, content in files.items()}
    return [str(problem) for problem in spiff.compile_procedure(bundle)[1]]


OTHERS = 'xmlns:o="http://example.org/another/vendor"'
UNSUPPORTED = {
    "compensation awaited": (catch("x", event("compensate")), "caught on the border of an activity"),
    "an escalation among several starts": (
        start("x", event("signal", "go") + event("escalation"), parallelMultiple="true"), "escalation event is not supported"
    ),
    "a link among several": (throw("x", event("link", name="L") + event("signal", "go")), "A link stands for itself"),
    "compensation among several": (throw("x", event("compensate") + event("signal", "go")), "Compensation stands for itself"),
    "an escalation awaited with others": (
        user_task("x") + boundary("b", "x", timer("timeDuration", "P1D") + event("escalation"), together=True), "awaited together"
    ),
    "a cycle awaited with others": (
        user_task("x") + boundary("b", "x", timer("timeCycle", "R/P1D") + event("signal", "go"), together=True), "Give the timer a date"
    ),
    "one of several that is not allowed": (catch("x", event("signal", "go") + event("error", "bad")), "error event is not supported"),
    "an error in the flow": (catch("x", event("error", "bad")), "not supported here"),
    "a starting receive task with an arrow": (element("receiveTask", "x", messageRef="m", instantiate="true"), "It starts the process"),
    "a starting gateway with an arrow": (element("eventBasedGateway", "x", instantiate="true"), "It starts the process"),
    "a starting task": (element("task", "x", instantiate="true"), "Only a receive task or an event-based gateway"),
    "an unknown type of event gateway": (element("eventBasedGateway", "x", eventGatewayType="Any"), "Write Exclusive or Parallel"),
    "what is unknown inside": (element("task", "x", "<bpmn:participant/>"), "participant is not supported here"),
    "an attribute of others": (element("userTask", "x").replace("Task", f'Task {OTHERS} o:for="jo"', 1), "another vendor"),
    "an extension of others": (element("userTask", "x", "", f"<o:formData {OTHERS}/>"), "another vendor"),
    "a listener": (user_task("x", "<zeebe:taskListeners/>"), "zeebe:taskListeners is not supported. Draw a task"),
    "an attribute of zeebe": (element("userTask", "x", "", '<zeebe:formDefinition formKey="f"/>'), "“formKey”"),
    "a binding by tag": (element("userTask", "x", "", '<zeebe:formDefinition formId="f" bindingType="versionTag"/>'), "deployment"),
    "a form on a job": (job("x", "work", '<zeebe:formDefinition formId="f"/>'), "means nothing on this kind"),
}  # fmt: skip


@pytest.mark.parametrize(("drawn", "words"), UNSUPPORTED.values(), ids=UNSUPPORTED.keys())
def test_what_is_not_honoured_is_refused(drawn, words):
    assert words in " ".join(on_the_way(drawn, also=MARKS + message("m", "m", "=k")).values())


INCOMPLETE = {
    "a job without a type": (job("x", ""), "no job type"),
    "a sending task without anything": (element("sendTask", "x"), "neither a job type nor a message"),
    "a script without FEEL": (script("x", "1 + 1", "r"), "with a leading “=”"),
    "a script without a result": (script("x", "=1", ""), "needs a result variable"),
    "a script in Python": (element("scriptTask", "x", "<bpmn:script>print(1)</bpmn:script>"), "No other language"),
    "a rule without a result": (rule("x", "d", ""), "result variable"),
    "a call of nothing": (call("x", ""), "the id of the process"),
    "a call of what is not there": (call("x", "nope"), "not among the files"),
    "a decision that is not there": (rule("x", "nope", "r"), "not among the files"),
    "a message without a key": (catch("x", event("message", "nokey")), "correlation key"),
    "a message that is not defined": (catch("x", event("message")), "is not defined"),
    "a signal that is not defined": (catch("x", event("signal", "nope")), "is not defined"),
    "a timer without a value": (catch("x", "<bpmn:timerEventDefinition/>"), "no value"),
    "a duration in words": (catch("x", timer("timeDuration", "5 days")), "Write it as P42D"),
    "a date in words": (catch("x", timer("timeDate", "soon")), "Write it as 2026-03-31"),
    "a condition that is not FEEL": (catch("x", condition("a > 5")), "leading “=”"),
    "a list that is not FEEL": (user_task("x", loop=each("items")), "a list in FEEL"),
    "neither a list nor a number": (user_task("x", loop=times("")), "or a loop cardinality"),
    "a list and a number": (user_task("x", loop=each("=list", also="<bpmn:loopCardinality>3</bpmn:loopCardinality>")), "Keep one"),
    "a negative number of times": (user_task("x", loop=times("-1")), "The loop cardinality is “-1”"),
    "part of a time": (user_task("x", loop=times("1.5")), "a whole number from 0 to 5,000"),
    "more times than can be done": (user_task("x", loop=times("5001")), "a whole number from 0 to 5,000"),
    "a completion condition that is not FEEL": (user_task("x", loop=times("3", until="n > 1")), "“n > 1” is not FEEL"),
    "an unknown behaviour": (user_task("x", loop=times("3", behavior="Some")), "Write All, None, One or Complex"),
    "a behaviour without its event": (user_task("x", loop=times("3", behavior="None")), "none that is defined"),
    "a complex behaviour without a condition": (
        user_task("x", loop=times("3", behavior="Complex", inner="<bpmn:complexBehaviorDefinition/>")),
        "needs a condition in FEEL",
    ),
    "a list that is no data object": (
        user_task("x", loop=times("", inner="<bpmn:loopDataInputRef>nope</bpmn:loopDataInputRef>")),
        "no data object of this file",
    ),
    "an event sub-process that loops": (
        user_task("x") + sub_process("h", start("s", event("signal", "go")) + end("e"), "s e", loop=looped("=a"), triggeredByEvent="true"),
        "happens as often as its event does",
    ),
    "an event sub-process that needs tokens": (
        user_task("x") + sub_process("h", start("s", event("signal", "go")) + end("e"), "s e", startQuantity="2", triggeredByEvent="true"),
        "starts by its event, not by tokens",
    ),
    "a loop without end": (user_task("x", loop=looped()), "would never end"),
    "a loop maximum of nothing": (user_task("x", loop=looped("=true", "0")), "The loop maximum is “0”"),
    "a negative loop maximum": (user_task("x", loop=looped("=true", "-1")), "Write a whole number of 1 or more"),
    "a loop condition that is not FEEL": (user_task("x", loop=looped("n > 3")), "“n > 3” is not FEEL"),
    "half a collection": (user_task("x", loop=each("=items", "i", "results", "")), "belong together"),
    "FEEL that cannot be read": (user_task("x", assignee="=a +"), "this is not a complete FEEL expression"),
    "a function that nobody has": (user_task("x", properties(p="=nope(1)")), "there is no function “nope”"),
    "a date taken for one": (catch("x", timer("timeDate", '=received + duration("P1D")')), "write date(received)"),
    "a mapping to no name": (user_task("x", mapping([("=1", "a b")])), "not a variable name"),
    "retries in words": (job("x", retries="often"), "is not a number"),
    "a job on a signal": (throw("x", event("signal", "go"), '<zeebe:taskDefinition type="t"/>'), "Only a message event can be a job"),
    "a result with two names": (script("x", "=1", "a.b"), "not a variable name"),
    "an item with two names": (user_task("x", loop=each("=list", "a b")), "not a variable name"),
    "a link to nowhere": (throw("x", event("link", name="L")), "No link event of this process catches “L”"),
    "a link without a name": (throw("x", event("link")), "no name"),
}


@pytest.mark.parametrize(("drawn", "words"), INCOMPLETE.values(), ids=INCOMPLETE.keys())
def test_what_is_missing_is_named_with_its_cure(drawn, words):
    assert words in " ".join(on_the_way(drawn, also=MARKS + message("nokey", "m")).values())


def test_arrows_are_checked():
    body = start() + gateway("x") + user_task("A") + user_task("B") + end()

    assert "leading “=”" in problems_in(body, "start x; x A | n > 5; x B | default; A end; B end")["p_1"]
    assert "FEEL" in problems_in(body, "start x; x A | =n >; x B | default; A end; B end")["p_1"]
    assert "neither" not in problems_in(body, "start x; x A | =n > 5; x B; A end; B end")["x"]
    assert "does not join two elements" in problems_in(body, "start x; x A | =n; x B | default; A end; B nowhere")["p_4"]


def test_gateways_are_checked():
    assert "No arrow leads out" in problems_in(start() + gateway("x"), "start x")["x"]
    parallel = start() + gateway("x", "parallel") + user_task("A") + user_task("B")
    assert "never looked at" in problems_in(parallel, "start x; x A | =n; x B")["x"]
    again = start() + gateway("x", "eventBased") + catch("A", timer("timeCycle", "R3/P1D")) + end()
    assert "which repeats" in problems_in(again, "start x; x A; A end")["x"]
    by_event = start() + gateway("x", "eventBased") + user_task("A") + end()
    assert "waits for no event" in problems_in(by_event, "start x; x A; A end")["x"]
    answers = element("receiveTask", "A", messageRef="m") + boundary("late", "A", timer("timeDuration", "P1D"))
    behind = start() + gateway("x", "eventBased") + answers + end()
    assert "has events on its border" in problems_in(behind, "start x; x A; A end; late end", message("m", "m", "=k"))["x"]
    several = start() + gateway("x", "eventBased") + element("receiveTask", "A", each("=list"), messageRef="m") + end()
    assert "is done several times" in problems_in(several, "start x; x A; A end", message("m", "m", "=k"))["x"]


def test_what_can_never_happen_is_named():
    found = problems_in(start() + user_task("A") + user_task("B") + user_task("C") + end(), "start A; A end; B C; C B")

    assert set(found) == {"B", "C"}
    assert "Nothing leads here" in found["B"]


def test_events_must_stand_where_they_can_happen():
    assert "not attached" in problems_in(start() + end() + boundary("b", "nope", event("error", "bad")), "start end", MARKS)["b"]
    assert "needs an event" in problems_in(start() + user_task("A") + boundary("b", "A", "") + end(), "start A; A end; b end")["b"]
    assert "An arrow leads to it" in problems_in(start() + user_task("A") + end(), "start A; A start; A end")["start"]
    assert "out of an end event" in problems_in(start() + user_task("A") + end(), "start end; end A")["end"]
    assert (
        "always interrupts"
        in problems_in(
            start() + user_task("A") + boundary("b", "A", event("error", "bad"), interrupting=False) + end(), "start A; A end; b end", MARKS
        )["b"]
    )
    assert (
        "only be attached to a transaction"
        in problems_in(start() + user_task("A") + boundary("b", "A", event("cancel")) + end(), "start A; A end; b end")["b"]
    )
    assert "cancels no transaction" in problems_in(start() + end("x", event("cancel")), "start x")["x"]
    assert "only start an event sub-process" in problems_in(start("s", event("error", "bad")) + end(), "s end", MARKS)["s"]


def test_event_sub_processes_are_checked():
    two = handler("H", start("a", event("signal", "go")) + start("b", event("signal", "go")) + end("e"), "a e; b e")
    assert "exactly one start event" in problems_in(start() + end() + two, "start end", MARKS)["H"]
    blank = handler("H", start("a") + end("e"), "a e")
    assert "it waits for something" in problems_in(start() + end() + blank, "start end")["H"]
    linked = handler("H", start("a", event("signal", "go")) + end("e"), "a e")
    assert "Remove the arrows" in problems_in(start() + linked + end(), "start H; H end", MARKS)["H"]


DEADLINE = properties(deadline="D")


def test_a_deadline_must_not_block_and_must_be_one_moment():
    def on_a_task(trigger: str, words: str = DEADLINE, *, interrupting: bool = False) -> str:
        body = start() + user_task("A") + boundary("b", "A", trigger, words, interrupting=interrupting) + end()
        return problems_in(body, "start A; A end; b end").get("b", "")

    assert on_a_task(timer("timeDuration", "P42D")) == ""
    assert "never blocks" in on_a_task(timer("timeDuration", "P42D"), interrupting=True)
    assert "date or a duration" in on_a_task(timer("timeCycle", "R/P1D"))
    assert "Write whole days" in on_a_task(timer("timeDuration", "P1M"), properties(deadline="D", dayKind="working"))
    assert "dayKind" in on_a_task(timer("timeDuration", "P1D"), properties(deadline="D", dayKind="weekdays"))
    assert "dayKind" in on_a_task(timer("timeDuration", "P1D"), properties(dayKind="weekdays"), interrupting=True)
    assert on_a_task(timer("timeDuration", "P1D"), properties(dayKind="working"), interrupting=True) == ""
    assert "Only a timer with a duration" in on_a_task(timer("timeCycle", "R/P1D"), properties(dayKind="working"))
    assert "never blocks" in problems_in(start() + catch("t", timer("timeDuration", "P1D"), DEADLINE) + end(), "start t; t end")["t"]


def test_two_elements_with_one_id_are_named():
    assert "2 elements have this id" in problems_in(start() + user_task("A") + user_task("A") + end(), "start A; A end")["A"]
    twice = process(start() + end(), "start end")
    assert any("has a process with this id too" in line for line in refusals(a__bpmn=diagram(twice), b__bpmn=diagram(twice)))


def test_a_process_needs_something_in_it():
    assert "nothing in it" in problems_in("", "")["p"]


def test_files_that_are_no_diagrams_are_named():
    assert refusals(a__bpmn="<broken")[0].startswith("a.bpmn: The file is not readable as XML: ")
    assert refusals(a__bpmn="")[0].startswith("a.bpmn: The file is not readable as XML: ")
    assert refusals(a__bpmn="<html/>") == ["a.bpmn: The file is not a BPMN diagram. Save it from a BPMN modeller."]
    assert "No process in this file is executable" in refusals(a__bpmn=diagram(process(start() + end(), "start end", executable=False)))[0]


def test_what_has_no_id_is_told():
    drawn = process(start() + user_task("A") + end(), "start A; A end").replace(' id="A"', "")

    assert any("A userTask in it has no id" in line for line in refusals(a__bpmn=diagram(drawn)))


def test_everything_wrong_is_told_at_once():
    body = (
        start()
        + job("J", "")
        + script("C", "1", "")
        + catch("t", timer("timeDuration", "5 days"))
        + user_task("A", "<zeebe:executionListeners/>")
    )

    assert set(problems_in(body, "start J; J C; C t; t A")) == {"J", "C", "t", "A"}


def test_pools_lanes_notes_and_several_processes_in_one_file_are_no_problem():
    pools = '<bpmn:participant id="pool_p" processRef="p"/><bpmn:participant id="pool_q" processRef="q"/>'
    pools += '<bpmn:messageFlow id="f" sourceRef="A" targetRef="pool_q"/>'
    notes = '<bpmn:textAnnotation id="n"/><bpmn:dataObjectReference id="r" dataObjectRef="do"/><bpmn:dataObject id="do"/><!-- a comment -->'
    office = process(start() + user_task("A") + end() + notes, "start A; A end", lanes=lanes(Office=["start", "A", "end"]))
    other = process(start("s") + end("e"), "s e", "q", executable=False)

    definitions, problems = spiff.compile_procedure({"a.bpmn": diagram(element("collaboration", "c", pools), office, other)})

    assert problems == []
    assert list(definitions.processes) == ["p"]


def test_what_camundas_modeler_writes_beside_its_behaviour_is_no_problem():
    extensions = '<zeebe:userTask/><zeebe:formDefinition formId="f" bindingType="deployment"/>'
    drawn = element("userTask", "A", "", extensions).replace(
        "<bpmn:userTask", '<bpmn:userTask zeebe:modelerTemplate="t" zeebe:modelerTemplateVersion="1"'
    )
    tagged = process(start() + drawn + end(), "start A; A end").replace(
        ">", '><bpmn:extensionElements><zeebe:versionTag value="1.0"/></bpmn:extensionElements>', 1
    )

    assert refusals(a__bpmn=diagram(tagged)) == []


def test_a_sub_process_is_read_like_a_process():
    inner = start("s1") + job("J", "") + end("e1")

    assert "no job type" in problems_in(start() + sub_process("P", inner, "s1 J; J e1") + end(), "start P; P end")["J"]
