"""What a case knows may grow large: a step still reads what it needs and writes what it changes, and nothing is lost."""

from __future__ import annotations

import random
from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, event, func, select

from engine import deployments, instances, runtime, snapshot, spiff, tasks
from engine.database import Sessions, transaction
from engine.dialect.kept import KeptVariables
from engine.errors import Conflict, Trouble
from engine.identity import Actor
from engine.models import ProcessInstance, TaskState, UserTask, VariableChunk
from tests.bench.processes import bundle, key_of
from tests.diagrams import end, start, user_task
from tests.engine import test_dialect_random
from tests.engine.cases import MONDAY, case

STEPS = 50


def words(seed: int, size: int = 6000) -> str:
    """So much text, as people type it; other text for each seed."""
    chosen = random.Random(seed)
    return " ".join("".join(chosen.choices("abcdefghilmnoprstuw", k=chosen.randint(2, 9))) for _ in range(size // 5))[:size]


@pytest.fixture
def clerk(person: Callable[..., Actor]) -> Actor:
    return person("Cleo Park", "clerk")


@pytest.fixture
def long_case(sessions: Sessions, clerk: Actor) -> UUID:
    """A case of many steps, at its first."""
    with transaction(sessions) as session:
        deployments.deploy(session, bundle(STEPS + 1))
        return instances.start(session, clerk, key_of(STEPS + 1), {}).id


def open_task(sessions: Sessions, case_id: UUID) -> UUID:
    waiting = select(UserTask.id).where(UserTask.instance_id == case_id, UserTask.state == TaskState.OPEN)
    with transaction(sessions, reading=True) as session:
        return session.scalars(waiting).one()


def do_step(sessions: Sessions, clerk: Actor, case_id: UUID, **answers: object) -> None:
    task_id = open_task(sessions, case_id)
    with transaction(sessions) as session:
        tasks.complete_with(session, clerk, task_id, {"answer": 1, **answers})


def stored(sessions: Sessions, case_id: UUID) -> tuple[int, int]:
    """Bytes of the case's state and of its chunks of variables."""
    with transaction(sessions, reading=True) as session:
        state = session.scalars(select(func.length(ProcessInstance.snapshot)).where(ProcessInstance.id == case_id)).one()
        chunks = session.scalars(select(func.length(VariableChunk.content)).where(VariableChunk.instance_id == case_id)).all()
        return state, sum(chunks)


def statements(engine: Engine, act: Callable[[], object]) -> list[str]:
    seen: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", see)
    act()
    event.remove(engine, "before_cursor_execute", see)
    return [one for one in seen if not one.startswith(("BEGIN", "SAVEPOINT"))]


def test_fifty_answers_of_6_kb_stay_under_350_kb_and_the_last_step_writes_no_more_than_the_others(
    engine: Engine, sessions: Sessions, clerk: Actor, long_case: UUID
) -> None:
    for step in range(STEPS):
        do_step(sessions, clerk, long_case, **{f"answer_{step}": words(step)})

    state, chunks = stored(sessions, long_case)
    assert state < 5_000  # what each further step writes besides its own answers
    assert state + chunks < 350_000

    task_id = open_task(sessions, long_case)

    def complete() -> None:
        with transaction(sessions) as session:
            tasks.complete(session, clerk, task_id, {"f-answer": ["7"]})

    done = statements(engine, complete)
    assert len(done) == 7  # each costs time; one more must be worth it
    [asked] = [one for one in done if "variable_chunk" in one]
    assert asked.startswith("SELECT"), "one chunk is read, with the answer that the form shows; none is written"


def test_everything_is_there_again_when_it_is_asked_for(sessions: Sessions, clerk: Actor, long_case: UUID) -> None:
    for step in range(5):
        do_step(sessions, clerk, long_case, **{f"answer_{step}": words(step), "last": step})

    with transaction(sessions, reading=True) as session:
        known = dict(instances.variables_of(session, session.get_one(ProcessInstance, long_case)))

    assert {name: known[name] for name in known if name.startswith("answer_")} == {f"answer_{step}": words(step) for step in range(5)}
    assert known["last"] == 4


def test_one_form_edited_fifty_times_stays_under_20_kb(sessions: Sessions, clerk: Actor, long_case: UUID) -> None:
    for step in range(STEPS):
        do_step(sessions, clerk, long_case, account=words(step))

    assert sum(stored(sessions, long_case)) < 20_000


def test_who_reads_while_another_moves_the_case_is_told_to_read_again(sessions: Sessions, clerk: Actor, long_case: UUID) -> None:
    do_step(sessions, clerk, long_case, account=words(1))
    with transaction(sessions, reading=True) as session:
        seen = session.get_one(ProcessInstance, long_case)
        assert seen.snapshot

    do_step(sessions, clerk, long_case, account=words(2))  # what the reader saw is gone

    with transaction(sessions, reading=True) as session, pytest.raises(Conflict, match="Open it again"):
        runtime.looking(session, seen).variables["account"]
    assert session


def test_an_instance_can_be_kept_whole_or_in_parts() -> None:
    run = case(start() + user_task("A") + user_task("B") + end(), "start A; A B; B end").complete("A", account=words(1))
    loaded = spiff.load(run.definitions, run.stored, at=MONDAY, read=run.chunks.__getitem__)

    assert list(run.chunks), "it grew large"
    whole = spiff.load(run.definitions, loaded.dump(), at=MONDAY)
    assert whole.variables == loaded.variables == {"account": words(1)}

    with pytest.raises(Trouble, match="not whole"):
        assert spiff.load(run.definitions, run.stored, at=MONDAY).variables["account"]


def test_an_instance_in_many_small_parts_runs_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "CHUNK", 1)

    for seed in range(40):
        test_dialect_random.structured(seed)


NAMES = st.sampled_from("abcdefgh")
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("set"), NAMES, st.integers(0, 9)),
        st.tuples(st.just("delete"), NAMES, st.just(0)),
        st.tuples(st.just("take back"), st.sampled_from("xy"), st.just(0)),
    )
)


@given(CHANGES)
def test_variables_in_chunks_behave_like_any_others(changes: list[tuple[str, str, int]]) -> None:
    chunks = {"x": {"a": 1, "b": 2, "c": 3}, "y": {"d": 4, "e": 5}}
    chunk_of = {name: chunk for chunk, values in chunks.items() for name in values}
    kept = KeptVariables({"f": 6}, chunk_of, {"x": 3, "y": 2}, chunks.__getitem__)
    model = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}

    for what, name, value in changes:
        if what == "set":
            kept[name] = model[name] = value
        elif what == "take back":
            kept.take_back(name)
        elif name in model:
            del kept[name], model[name]
        else:
            with pytest.raises(KeyError):
                del kept[name]

        assert dict(kept) == model
        assert len(kept) == len(model)
        assert ("a" in kept) == ("a" in model)
