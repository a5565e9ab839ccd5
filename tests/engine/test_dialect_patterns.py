"""The workflow control-flow patterns (van der Aalst, Russell, ter Hofstede), one small diagram each, by their numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from engine import play
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
    looped,
    message,
    process,
    script,
    start,
    sub_process,
    throw,
    timer,
    times,
    user_task,
)
from tests.engine.cases import Case

MARKS = '<bpmn:signal id="go" name="go"/><bpmn:signalEventDefinition id="shout" signalRef="go"/>'
TASKS = {ident: user_task(ident) for ident in "ABCDZ"}
DONE = "done"


@dataclass
class Pattern:
    """A diagram, and what is open at the beginning and after each step.

    A step is the task that is completed, "go!" a signal, "1d" a day that passes; "task x=1" completes with a variable.
    """

    body: str
    arrows: str
    steps: list[tuple[str, str]]
    variables: dict[str, object] = field(default_factory=dict)


def some(*tasks: str) -> str:
    return "".join(TASKS[task] for task in tasks)


def complex_gateway(ident: str, activation: str) -> str:
    return element("complexGateway", ident, f"<bpmn:activationCondition>{activation.replace('>', '&gt;')}</bpmn:activationCondition>")


def ad_hoc(body: str, arrows: str = "", until: str = "", **attributes: str) -> str:
    last = f"<bpmn:completionCondition>{until}</bpmn:completionCondition>" if until else ""
    return sub_process("P", body + last, arrows, kind="adHocSubProcess", **attributes)


S, E = start(), end()
FORK = gateway("f", "parallel") + some("A", "B", "C")
FORK_ARROWS = "start f; f A; f B; f C; A j; B j; C j; j Z; Z end"
ONE, TWO = complex_gateway("j", "=activationCount >= 1"), complex_gateway("j", "=activationCount >= 2")
ROUND = "start m; m f; f A; f B; f C; A j; B j; C j; j Z; Z x; x m | =again; x end | default"
TERMINATE = end("stop", "<bpmn:terminateEventDefinition/>")
REGION = start("s") + FORK + TERMINATE

PATTERNS = {
    "1 sequence": Pattern(S + some("A", "B") + E, "start A; A B; B end", [("", "A"), ("A", "B"), ("B", DONE)]),
    "2 parallel split": Pattern(
        S + gateway("f", "parallel") + some("A", "B") + E, "start f; f A; f B; A end; B end", [("", "A B"), ("B", "A"), ("A", DONE)]
    ),
    "3 synchronization": Pattern(
        S + FORK + gateway("j", "parallel") + some("Z") + E, FORK_ARROWS,
        [("", "A B C"), ("C", "A B"), ("A", "B"), ("B", "Z"), ("Z", DONE)],
    ),
    "4 exclusive choice": Pattern(
        S + gateway("x") + some("A", "B") + E, "start x; x A | =n > 1; x B | default; A end; B end", [("", "B"), ("B", DONE)], {"n": 1}
    ),
    "5 simple merge": Pattern(
        S + gateway("x") + some("A", "B") + gateway("m") + some("Z") + E,
        "start x; x A | =n > 1; x B | default; A m; B m; m Z; Z end", [("", "A"), ("A", "Z"), ("Z", DONE)], {"n": 2},
    ),
    "6 multi-choice": Pattern(
        S + gateway("o", "inclusive") + some("A", "B", "C") + E,
        "start o; o A | =n > 1; o B | =n > 2; o C | default; A end; B end; C end", [("", "A B"), ("A", "B"), ("B", DONE)], {"n": 3},
    ),
    "7 structured synchronizing merge": Pattern(
        S + gateway("o", "inclusive") + some("A", "B", "C") + gateway("j", "inclusive") + some("Z") + E,
        "start o; o A | =n > 1; o B | =n > 2; o C | =n > 3; A j; B j; C j; j Z; Z end",
        [("", "A B"), ("A", "B"), ("B", "Z"), ("Z", DONE)], {"n": 3},
    ),
    "8 multi-merge": Pattern(
        S + gateway("f", "parallel") + some("A", "B") + gateway("m") + some("Z") + E, "start f; f A; f B; A m; B m; m Z; Z end",
        [("", "A B"), ("A", "B Z"), ("B", "Z Z"), ("Z", "Z"), ("Z", DONE)],
    ),
    "9 structured discriminator": Pattern(
        S + FORK + ONE + some("Z") + E, FORK_ARROWS, [("", "A B C"), ("B", "A C Z"), ("A", "C Z"), ("Z", "C"), ("C", DONE)]
    ),
    "10 arbitrary cycles": Pattern(
        S + gateway("m") + gateway("n") + some("A", "B") + gateway("x") + gateway("y") + E,
        "start m; m A; A x; x n | =one; x y | default; n B; B y; y m | =two; y n | =three; y end | default",
        [("", "A"), ("A one=true", "B"), ("B three=true", "B"), ("B three=false two=true", "A"), ("A one=false two=false", DONE)],
        {"one": False, "two": False, "three": False},
    ),
    "11 implicit termination": Pattern(
        S + gateway("f", "parallel") + some("A", "B") + E, "start f; f A; f B; A end", [("", "A B"), ("A", "B"), ("B", DONE)]
    ),
    "12 multiple instances without synchronization": Pattern(
        S + element("userTask", "A", completionQuantity="3") + some("B") + E, "start A; A B; B end",
        [("", "A"), ("A", "B B B"), ("B", "B B"), ("B", "B"), ("B", DONE)],
    ),
    "13 multiple instances known at design time": Pattern(
        S + user_task("A", loop=times("3")) + some("Z") + E, "start A; A Z; Z end",
        [("", "A A A"), ("A", "A A"), ("A", "A"), ("A", "Z"), ("Z", DONE)],
    ),
    "14 multiple instances known at run time": Pattern(
        S + user_task("A", loop=each("=list", "one")) + some("Z") + E, "start A; A Z; Z end",
        [("", "A A"), ("A", "A"), ("A", "Z"), ("Z", DONE)], {"list": [1, 2]},
    ),
    "15 multiple instances not known before": Pattern(
        S + sub_process("P", start("s") + some("A") + end("e") + handler("H", start("hs", event("signal", "go"), isInterrupting="false")
            + some("B") + end("he"), "hs B; B he"), "s A; A e") + some("Z") + E, "start P; P Z; Z end",
        [("", "A"), ("go!", "A B"), ("go!", "A B B"), ("B", "A B"), ("A", "B"), ("B", "Z"), ("Z", DONE)],
    ),
    "16 deferred choice": Pattern(
        S + gateway("g", "eventBased") + catch("x", event("signal", "go")) + catch("y", timer("timeDuration", "P1D")) + some("A", "B") + E,
        "start g; g x; g y; x A; y B; A end; B end", [("", ""), ("1d", "B"), ("go!", "B"), ("B", DONE)],
    ),
    "17 interleaved parallel routing": Pattern(
        S + ad_hoc(some("A", "B", "C"), "A B", ordering="Sequential") + some("Z") + E, "start P; P Z; Z end",
        [("", "A"), ("A", "B"), ("B", "C"), ("C", "Z"), ("Z", DONE)],
    ),
    "18 milestone": Pattern(
        S + some("A", "B", "Z") + boundary("b", "A", event("signal", "go"), interrupting=False) + E, "start A; b B; B end; A Z; Z end",
        [("", "A"), ("go!", "A B"), ("A", "B Z"), ("go!", "B Z"), ("B", "Z"), ("Z", DONE)],
    ),
    "19 cancel activity": Pattern(
        S + some("A", "B") + boundary("b", "A", event("signal", "go")) + E, "start A; A end; b B; B end",
        [("", "A"), ("go!", "B"), ("B", DONE)],
    ),
    "20 cancel case": Pattern(
        S + gateway("f", "parallel") + some("A", "B") + handler("H", start("hs", event("signal", "go")) + TERMINATE, "hs stop") + E,
        "start f; f A; f B; A end; B end", [("", "A B"), ("go!", DONE)],
    ),
    "21 structured loop": Pattern(
        S + user_task("A", loop=looped("=again")) + E, "start A; A end", [("", "A"), ("A again=true", "A"), ("A again=false", DONE)]
    ),
    "22 recursion": Pattern(
        S + some("A") + gateway("x") + script("I", "=n - 1", "n") + call("C", "p") + some("Z") + E,
        "start A; A x; x I | =n > 0; x end | default; I C; C Z; Z end",
        [("", "A"), ("A", "A"), ("A", "A"), ("A", "Z"), ("Z", "Z"), ("Z", DONE)], {"n": 2},
    ),
    "23 transient trigger": Pattern(
        S + some("A") + catch("x", event("signal", "go")) + some("Z") + E, "start A; A x; x Z; Z end",
        [("", "A"), ("go!", "A"), ("A", ""), ("go!", "Z"), ("Z", DONE)],
    ),
    "25 cancel region": Pattern(
        S + sub_process("P", start("s") + gateway("f", "parallel") + some("A", "B") + end("e"), "s f; f A; f B; A e; B e")
        + some("C") + gateway("g", "parallel") + boundary("b", "P", event("signal", "go")) + some("Z") + E,
        "start g; g P; g C; P end; b Z; Z end; C end", [("", "A B C"), ("A", "B C"), ("go!", "C Z"), ("C", "Z"), ("Z", DONE)],
    ),
    "26 cancel multiple instances": Pattern(
        S + user_task("A", loop=times("3")) + boundary("b", "A", event("signal", "go")) + some("Z") + E, "start A; A end; b Z; Z end",
        [("", "A A A"), ("A", "A A"), ("go!", "Z"), ("Z", DONE)],
    ),
    "27 complete multiple instances": Pattern(
        S + user_task("A", loop=times("3", until="=enough")) + some("Z") + E, "start A; A Z; Z end",
        [("", "A A A"), ("A enough=false", "A A"), ("A enough=true", "Z"), ("Z", DONE)],
    ),
    "28 blocking discriminator": Pattern(
        S + gateway("m") + FORK + ONE + some("Z") + gateway("x") + E, ROUND,
        [("", "A B C"), ("A", "B C Z"), ("Z again=true", "A B B C C"), ("A", "B B C C"), ("B", "B C C"), ("C", "B C Z"),
         ("B", "C Z"), ("C", "Z"), ("Z again=false", DONE)],
    ),
    "29 cancelling discriminator": Pattern(
        S + sub_process("P", REGION, "s f; f A; f B; f C; A stop; B stop; C stop") + some("Z") + E, "start P; P Z; Z end",
        [("", "A B C"), ("B", "Z"), ("Z", DONE)],
    ),
    "30 structured partial join": Pattern(
        S + FORK + TWO + some("Z") + E, FORK_ARROWS, [("", "A B C"), ("A", "B C"), ("C", "B Z"), ("Z", "B"), ("B", DONE)]
    ),
    "31 blocking partial join": Pattern(
        S + gateway("m") + FORK + TWO + some("Z") + gateway("x") + E, ROUND,
        [("", "A B C"), ("A", "B C"), ("B", "C Z"), ("Z again=true", "A B C C"), ("A", "B C C"), ("B", "C C"), ("C", "C Z"),
         ("C", "Z"), ("Z again=false", DONE)],
    ),
    "32 cancelling partial join": Pattern(
        S + sub_process("P", REGION + TWO, "s f; f A; f B; f C; A j; B j; C j; j stop") + some("Z") + E, "start P; P Z; Z end",
        [("", "A B C"), ("B", "A C"), ("C", "Z"), ("Z", DONE)],
    ),
    "33 generalized AND-join": Pattern(
        S + element("userTask", "A", completionQuantity="2") + some("B") + gateway("m") + gateway("j", "parallel")
        + gateway("f", "parallel") + some("C", "Z") + E,
        "start f; f A; f B; A j; B m; C m; m j; j Z; Z C; Z end",
        [("", "A B"), ("A", "B"), ("B", "Z"), ("Z", "C"), ("C", "Z")],
    ),
    "34 static partial join for multiple instances": Pattern(
        S + user_task("A", loop=times("3", behavior="One", oneBehaviorEventRef="shout"))
        + boundary("b", "A", event("signal", "go"), interrupting=False) + some("Z") + E, "start A; A end; b Z; Z end",
        [("", "A A A"), ("A", "A A Z"), ("A", "A Z"), ("Z", "A"), ("A", DONE)],
    ),
    "35 cancelling partial join for multiple instances": Pattern(
        S + user_task("A", loop=times("3", until="=numberOfCompletedInstances = 2")) + some("Z") + E, "start A; A Z; Z end",
        [("", "A A A"), ("A", "A A"), ("A", "Z"), ("Z", DONE)],
    ),
    "37 local synchronizing merge": Pattern(
        S + gateway("o", "inclusive") + some("A", "B") + gateway("x") + gateway("j", "inclusive") + some("Z", "C") + E,
        "start o; o A | =true; o B | =true; A j; B x; x j | =n > 1; x C | default; j Z; Z end; C end",
        [("", "A B"), ("A", "B"), ("B", "C Z"), ("C", "Z"), ("Z", DONE)], {"n": 1},
    ),
    "38 general synchronizing merge": Pattern(
        S + gateway("o", "inclusive") + some("A", "B") + gateway("m") + gateway("x") + gateway("j", "inclusive") + some("Z") + E,
        "start o; o A | =true; o m | =true; m B; B x; x m | =again; x j | default; A j; j Z; Z end",
        [("", "A B"), ("A", "B"), ("B again=true", "B"), ("B again=false", "Z"), ("Z", DONE)],
    ),
    "39 critical section": Pattern(
        S + ad_hoc(sub_process("one", start("s1") + some("A", "B") + end("e1"), "s1 A; A B; B e1")
                   + sub_process("two", start("s2") + some("C", "D") + end("e2"), "s2 C; C D; D e2"), ordering="Sequential") + E,
        "start P; P end", [("", "A"), ("A", "B"), ("B", "C"), ("C", "D"), ("D", DONE)],
    ),
    "40 interleaved routing": Pattern(
        S + ad_hoc(some("C", "A", "B"), ordering="Sequential") + E, "start P; P end", [("", "C"), ("C", "A"), ("A", "B"), ("B", DONE)]
    ),
    "41 thread merge": Pattern(
        S + element("userTask", "A", completionQuantity="3") + some("B") + element("userTask", "Z", startQuantity="3") + E,
        "start A; A B; B Z; Z end", [("", "A"), ("A", "B B B"), ("B", "B B"), ("B", "B"), ("B", "Z"), ("Z", DONE)],
    ),
    "42 thread split": Pattern(
        S + element("task", "T", completionQuantity="2") + some("A") + E, "start T; T A; A end", [("", "A A"), ("A", "A"), ("A", DONE)]
    ),
    "43 explicit termination": Pattern(
        S + gateway("f", "parallel") + some("A", "B") + TERMINATE + E, "start f; f A; f B; A stop; B end", [("", "A B"), ("A", DONE)]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PATTERNS)
def test_a_control_flow_pattern(name):
    pattern = PATTERNS[name]
    run = Case(diagram(MARKS, process(pattern.body, pattern.arrows)), variables=pattern.variables)

    for step, expected in pattern.steps:
        if step == "go!":
            run.signal("go")
        elif step == "1d":
            run.later(days=1)
        elif step:
            task, *said = step.split()
            run.complete(task, **{name: value == "true" for name, _, value in (one.partition("=") for one in said)})
        assert run.troubles == []
        assert (DONE if run.done else " ".join(run.open)) == expected, f"after {step or 'the beginning'}"


def test_24_a_persistent_trigger_waits_for_its_receiver():
    early = process(start("s") + throw("t", event("message", "m")) + end("e"), "s t; t e", "early")
    late = catch("w", timer("timeDuration", "P1D")) + catch("x", event("message", "m"))
    files = {"p.bpmn": diagram(message("m", "m", '="k"'), process(S + late + E, "start w; w x; x end"), early)}

    told = list(play.play(files, processes=["p", "early"]))

    assert [one["what"] for one in told if "message" in one.get("what", "")] == ["message_sent", "message_kept", "message_received"]
    assert told[-1]["state"] == "completed"


def test_36_a_dynamic_partial_join_for_multiple_instances():
    """Instances are added while others run; when enough are done the flow goes on, and what is left is cancelled."""
    count = script("n", "=get or else(done, 0) + 1", "done")
    add = handler(
        "H", start("hs", event("signal", "go"), isInterrupting="false") + some("B") + script("k", "=done + 1", "done"), "hs B; B k"
    )
    enough = handler("K", start("ks", condition("=done >= 2")) + end("ke"), "ks ke")
    region = sub_process("P", start("s") + user_task("A", loop=times("2")) + count + add + enough, "s A; A n")
    run = Case(diagram(MARKS, process(S + region + some("Z") + E, "start P; P Z; Z end")), variables={"done": 0})

    run.signal("go")
    run.signal("go")
    assert run.open == ["A", "A", "B", "B"]
    assert run.complete("B").open == ["A", "A", "B"]
    assert run.complete("B").open == ["Z"]
