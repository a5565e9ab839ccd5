"""A diagram in words: every step in its order, who does it, what may happen meanwhile, what follows when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from engine import spiff, twin
from tests.diagrams import (
    boundary,
    call,
    catch,
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
    message,
    process,
    properties,
    script,
    start,
    sub_process,
    throw,
    timer,
    user_task,
)

FOLDER = Path(__file__).parent.parent / "procedures" / "allotment"
ALLOTMENT, SIZES = FOLDER / "plot_request.bpmn", (FOLDER / "size.dmn").read_bytes()
A, B, C = (user_task(ident, name=f"Do {ident}") for ident in ("A", "B", "C"))


def steps_of(drawn: bytes, process_key: str = "p", here: Mapping[str, int] | None = None) -> list[twin.Step]:
    definitions, problems = spiff.compile_procedure({"p.bpmn": drawn, "size.dmn": SIZES})
    assert problems == []
    names = {key: facts.name for key, facts in definitions.processes.items()}
    return twin.describe(definitions.processes[process_key], drawn, here=here or {}, names=names)


def steps(body: str, arrows: str, also: str = "", **here: int) -> list[twin.Step]:
    """The steps of a process drawn in a line."""
    return steps_of(diagram(also, process(body, arrows)), here=here)


def numbered(found: Sequence[twin.Step]) -> list[str]:
    return [f"{step.number} {step.id}" for step in found]


def ways(step: twin.Step) -> list[tuple[str, str]]:
    return [(way.when or way.condition, f"{'back to ' if way.back else ''}{way.number}") for way in step.ways]


def test_steps_stand_in_the_order_in_which_they_are_reached():
    found = steps(B + start(name="Go") + A + end() + C, "start A; A B; B C; C end")

    assert numbered(found) == ["1 start", "2 A", "3 B", "4 C"]
    assert [way.next for way in found[0].ways] == [True]
    assert ways(found[3]) == [("", "")]


def test_a_step_says_how_and_by_whom_it_is_done_and_what_it_is_for():
    body = start() + user_task("A", name="Weed", documentation="So that things grow.") + job("J") + script("S", "=1", "x") + end()
    found = steps_of(diagram(process(body, "start A; A J; J S; S end", lanes=lanes(Gardener=["A"]))))

    weed, work, sum_ = found
    assert (weed.name, weed.done, weed.who, weed.about) == ("Weed", "A person does this", "Gardener", "So that things grow.")
    assert (work.done, sum_.done) == ("Casework does this by itself", "Casework works this out by itself")


def test_where_the_case_stands_is_marked():
    found = steps(start() + A + B + end(), "start A; A B; B end", B=2)

    assert {step.id: step.here for step in found} == {"A": 0, "B": 2}


def test_a_question_tells_each_way_by_its_label_then_its_condition_then_otherwise():
    drawn = diagram(
        process(start() + gateway("x") + A + B + C + end(), "start x; x A | =n > 5; x B | =n > 3; x C | default; A end; B end; C end")
    )

    found = steps_of(drawn.replace(b'sourceRef="x" targetRef="A"', b'name="many of them" sourceRef="x" targetRef="A"'))

    question = found[0]
    assert (question.done, question.leads) == ("A question", "One of these ways:")
    assert ways(question) == [("many of them", "2"), ("=n > 3", "3"), ("otherwise", "4")]


def test_a_gateway_that_only_brings_ways_together_is_no_step():
    found = steps(start() + gateway("x") + A + B + gateway("y") + C + end(), "start x; x A | =a; x B | default; A y; B y; y C; C end")

    assert numbered(found) == ["1 x", "2 A", "3 B", "4 C"]
    assert ways(found[1]) == [("", "4")]


def test_parallel_ways_part_and_are_waited_for():
    body = start() + gateway("x", "parallel") + A + B + gateway("y", "parallel") + C + end()
    found = steps(body, "start x; x A; x B; A y; B y; y C; C end")

    assert found[0].leads == "All of these at the same time:"
    assert found[3].done == "Waits until every way that leads here has arrived"


def test_a_way_back_is_called_one():
    found = steps(start() + A + gateway("x") + B + end(), "start A; A x; x A | =again; x B | default; B end")

    assert ways(found[1]) == [("=again", "back to 1"), ("otherwise", "3")]


def test_ways_that_run_in_a_circle_are_each_told_once():
    arrows = "start x; x A | =first; x B | default; A y; B y; y x | =again; y end | default"
    found = steps(start() + gateway("x") + A + B + gateway("y") + end(), arrows)

    assert numbered(found) == ["1 x", "2 A", "3 B", "4 y"]
    assert ways(found[3]) == [("=again", "back to 1"), ("otherwise", "")]


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (timer("timeDuration", "P14D"), "After 14 calendar days"),
        (timer("timeCycle", "R/P7D"), "Every 7 calendar days"),
        (timer("timeCycle", "R3/PT2H"), "Every 2 hours"),
        (timer("timeDate", "2026-05-05"), "On 5 May 2026"),
        (timer("timeDuration", '="P" + string(n) + "D"'), "At a time that Casework works out"),
        (event("message", "m"), "When the message “Reply” arrives"),
    ],
)
def test_what_may_happen_meanwhile_is_told_with_the_step(drawn, said):
    found = steps(
        start() + A + boundary("late", "A", drawn, interrupting=False) + B + end(),
        "start A; A end; late B; B end",
        also=message("m", "Reply", "=1"),
    )

    (aside,) = found[0].asides
    assert (aside.text, aside.stops) == (said, False)
    assert [way.number for way in aside.ways] == ["2"]


def test_working_days_are_said_and_an_interruption_too():
    late = boundary("late", "A", timer("timeDuration", "P5D"), properties(dayKind="working", deadline="Answer"), interrupting=False)
    stop = boundary("stop", "A", timer("timeDuration", "P1M"))
    found = steps(start() + A + late + stop + end(), "start A; A end; late end; stop end")

    assert [(aside.text, aside.stops) for aside in found[0].asides] == [("After 5 working days", False), ("After 1 month", True)]


def test_the_main_way_comes_before_what_a_boundary_event_brings():
    found = steps(
        start() + A + boundary("late", "A", timer("timeDuration", "P1D"), interrupting=False) + C + B + end(),
        "start A; late C; A B; B end; C end",
    )

    assert numbered(found) == ["1 A", "2 B", "3 C"]


def test_a_part_has_its_own_numbers_inside():
    found = steps(
        start() + sub_process("part", start("in") + A + B + end("out"), "in A; A B; B out") + C + end(), "start part; part C; C end"
    )

    assert numbered(found) == ["1 part", "2 C"]
    assert numbered(found[0].inside) == ["1.1 A", "1.2 B"]


def test_a_part_that_begins_by_itself_says_when():
    watch = handler("watch", start("over", timer("timeDuration", "P42D"), isInterrupting="false", name="42 days") + B, "over B")
    found = steps(start() + A + watch + end(), "start A; A end")

    part = next(step for step in found if step.id == "watch")
    assert part.done == "A part that begins by itself"
    assert [step.done for step in part.inside] == ["Begins: after 42 calendar days", "A person does this"]


def test_a_called_procedure_and_repetition_are_named():
    body = start() + call("dig", "bed", "", each("=[1]", "n")) + end()
    drawn = diagram(process(body, "start dig; dig end"), process(start("in") + A, "in A", "bed", name="Digging a bed"))

    (dig,) = steps_of(drawn)
    assert (dig.called, dig.name, dig.done) == ("bed", "Digging a bed", "A procedure of its own, once for each of several")

    (water,) = steps(start() + user_task("water", loop=looped("=dry")) + end(), "start water; water end")
    assert water.done == "A person does this, again and again"


def test_an_event_with_several_definitions_names_each():
    both = event("signal", "go") + timer("timeDuration", "P2D")
    body = (
        start() + catch("x", both) + catch("y", both, parallelMultiple="true") + throw("z", event("signal", "go") + event("signal", "stop"))
    )
    also = '<bpmn:signal id="go" name="go"/><bpmn:signal id="stop" name="stop"/>'

    found = steps(body + end(), "start x; x y; y z; z end", also)

    assert [step.done for step in found] == [
        "Waits: when the signal “go” is heard or after 2 calendar days",
        "Waits: when the signal “go” is heard and after 2 calendar days",
        "Gives the signal “go”, and: Gives the signal “stop”",
    ]


def test_a_complex_gateway_waits_for_enough_and_splits_by_conditions():
    enough = "<bpmn:activationCondition>=activationCount = 1</bpmn:activationCondition>"
    body = start() + element("complexGateway", "split") + A + B + element("complexGateway", "join", enough) + end()

    found = steps(body, "start split; split A | =true; split B | =true; A join; B join; join end")

    assert [found[0].done, found[0].leads, found[-1].done] == [
        "A question of its own kind", "Every way that applies:", "Waits until enough has arrived, once"
    ]  # fmt: skip


def test_a_part_without_order_says_so():
    (part,) = steps(start() + sub_process("P", A + B, "", kind="adHocSubProcess") + end(), "start P; P end")

    assert part.done == "A part whose steps have no fixed order"
    assert numbered(part.inside) == ["1.1 A", "1.2 B"]


def test_what_starts_a_process_says_so():
    both = element("eventBasedGateway", "g", instantiate="true", eventGatewayType="Parallel") + catch("x", event("message", "n"))
    body = element("receiveTask", "r", messageRef="m", instantiate="true") + both + catch("y", timer("timeDuration", "P2D")) + end()

    found = steps(body, "r end; g x; g y; x end; y end", message("m", "Asked") + message("n", "Told", "=k"))

    assert [(step.id, step.done) for step in found[:2]] == [
        ("r", "Begins: when the message “Asked” arrives"), ("g", "Waits for each of these to happen"),
    ]  # fmt: skip
    assert found[1].leads == "All of these, each when it happens:"


def test_ends_and_stages_say_what_they_do():
    body = (
        start()
        + gateway("x", "parallel")
        + throw("seen", name="Seen")
        + end("all", event("terminate"))
        + end("gone", event("message", "m"))
    )
    found = steps(body, "start x; x seen; seen all; x gone", also=message("m", "Done", "=1"))

    assert {step.id: step.done for step in found if step.id != "x"} == {
        "seen": "A stage is reached", "all": "Everything ends here", "gone": "Ends and sends the message “Done”",
    }  # fmt: skip


def test_what_undoes_a_step_is_told_with_it():
    undo = element("association", "u", sourceRef="back", targetRef="B") + B.replace("userTask", 'userTask isForCompensation="true"', 1)
    body = start() + A + boundary("back", "A", event("compensate")) + undo + throw("x", event("compensate", activityRef="A"))
    found = steps(body + end("y", event("compensate")), "start A; A x; x y")

    assert numbered(found) == ["1 A", "2 x", "3 y", "4 B"]
    (aside,) = found[0].asides
    assert (aside.text, aside.stops, [way.number for way in aside.ways]) == ("When what was done here has to be undone", True, ["4"])
    assert [step.done for step in found[1:3]] == ["Undoes “Do A”, the last first", "Undoes what was done so far, the last first, and ends"]


def test_a_waiting_event_says_what_for():
    found = steps(start() + catch("spring", timer("timeDuration", "P2M")) + end(), "start spring; spring end")

    assert found[0].done == "Waits: after 2 months"


def test_a_whole_procedure_reads_as_it_is_drawn():
    drawn = ALLOTMENT.read_bytes()

    found = steps_of(drawn, "plot_request")

    assert [step.name for step in found] == [
        "A plot is asked for", "Size it up", "Find a plot", "Decided", "Tell them", "Is there a plot?",
        "Dig it over", "Dug", "No plot", "Remind the secretary", "Reminded",
    ]  # fmt: skip
    assert ways(found[5]) == [("yes", "7"), ("no", "9")]


def test_every_element_is_told_once_or_belongs_to_one_that_is():
    drawn = ALLOTMENT.read_bytes()
    definitions, _ = spiff.compile_procedure({"p.bpmn": drawn, "size.dmn": SIZES})

    found = steps_of(drawn, "plot_request")

    told = {step.id for step in found} | {aside.id for step in found for aside in step.asides}
    assert told == set(definitions.processes["plot_request"].elements)
