"""The stored form of an instance: small, without the diagram, and blind to what people entered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import orjson
import pytest
import zstandard

from engine import snapshot, spiff
from engine.errors import Trouble
from tests.diagrams import diagram, end, gateway, mapping, process, start, sub_process, user_task
from tests.engine.cases import MONDAY, case


def opened(stored: bytes) -> list[object]:
    return orjson.loads(zstandard.ZstdDecompressor().decompress(stored))


def linear(count: int) -> tuple[str, str]:
    body = start() + "".join(user_task(f"t{i}") for i in range(count)) + end()
    return body, "; ".join(["start t0", *(f"t{i} t{i + 1}" for i in range(count - 1)), f"t{count - 1} end"])


def test_it_is_as_small_in_a_long_diagram_as_in_a_short_one():
    """SpiffWorkflow's own form holds the diagram and every task that ever ran: 132 kB for 200 tasks."""
    sizes = []
    for count in (10, 200):
        run = case(*linear(count))
        for i in range(count - 1):
            run.complete(f"t{i}")
        sizes.append(len(run.stored))

    assert max(sizes) < 250


def test_it_holds_a_version_and_the_state_and_no_diagram():
    run = case(start() + user_task("A", name="Hold the meeting") + end(), "start A; A end", {"n": 1})

    version, process_key, start_event, variables, chunks, tokens, inner = opened(run.stored)

    assert (version, process_key, start_event, variables, chunks, inner) == (snapshot.VERSION, "p", None, {"n": 1}, [], [])
    assert b"Hold the meeting" not in orjson.dumps(tokens)


def test_text_and_structure_of_any_kind_come_back_as_they_went_in():
    strange = {"typename": "Task", "t": "😀\u0000" * 10, "n": 2**53, "f": 1.5, "deep": [[{"x": [None, True]}]], "long": "x" * 200_000}
    run = case(start() + user_task("A") + user_task("B") + end(), "start A; A B; B end")

    assert run.complete_token(run.task("A").token, strange).variables == strange


def test_tokens_inside_sub_processes_keep_their_place_and_their_variables():
    inner = sub_process(
        "P",
        start("s1") + gateway("f", "parallel") + user_task("A") + user_task("B") + end("e1"),
        "s1 f; f A; f B; A e1; B e1",
        mapping([("=1", "l")]),
    )
    run = case(start() + inner + end(), "start P; P end")

    assert (run.scope("A")["l"], run.scope("B")["l"]) == (1, 1)
    assert run.complete("A", l=2).scope("B")["l"] == 2
    assert run.complete("B").done


def test_many_threads_move_cases_of_one_diagram_at_once():
    """What runs is kept with the case; the diagram they share is never written to."""

    def work(number: int) -> int:
        run = first.another({"n": number})
        for _ in range(20):
            run.complete("A", n=run.variables["n"] + 1)
        return run.variables["n"]

    body = start() + gateway("m") + user_task("A") + gateway("x") + end()
    first = case(body, "start m; m A; A x; x end | =n < 0; x m | default", {"n": 0})

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(8))) == [number + 20 for number in range(8)]


def test_a_form_that_this_version_does_not_know_is_told():
    run = case(start() + user_task("A") + end(), "start A; A end")
    later = zstandard.ZstdCompressor().compress(orjson.dumps([99, *opened(run.stored)[1:]]))

    with pytest.raises(Trouble, match="format 99"):
        spiff.load(run.definitions, later, at=MONDAY)


def test_an_instance_is_only_loaded_with_a_diagram_that_has_its_elements():
    run = case(start() + user_task("A") + end(), "start A; A end")
    other, _ = spiff.compile_procedure({"p.bpmn": diagram(process(start() + user_task("B") + end(), "start B; B end"))})

    with pytest.raises(Trouble, match="no element “A”"):
        spiff.load(other, run.stored, at=MONDAY)
