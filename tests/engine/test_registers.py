"""Registers: what diagrams enter and read, who reads them, and cases that are linked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import checks, clock, deployments, history, instances, links, registers, tasks, workers
from engine.database import transaction
from engine.errors import NotFound, Trouble
from engine.identity import SYSTEM
from engine.models import CaseLink, ProcessInstance, RegisterChange, RegisterEntry, UserTask
from engine.workers import BpmnError, Work
from tests.diagrams import diagram, end, headers, job, mapping, process, start
from tests.engine.guarded import DESCRIPTOR as GUARDED
from tests.engine.guarded import guarded
from tests.engine.rows import DESCRIPTOR, actor, deployment, instance
from tests.engine.test_variables import statements

REGISTERS = """
[registers.tools]
name = "Tools"
readers = ["gardener", "warden"]
columns = [
    { key = "tool", name = "Tool" },
    { key = "lent_on", name = "Lent on", kind = "date", filter = true },
    { key = "pieces", name = "Pieces", kind = "number" },
    { key = "condition", name = "Condition", kind = "choice", filter = true },
]
[registers.keys]
name = "Keys"
readers = ["gardener"]
case = "hidden"
columns = [{ key = "number", name = "Number" }]
"""
BEGAN = datetime(2026, 3, 3, 10, tzinfo=UTC)


@pytest.fixture
def case(db: Session) -> ProcessInstance:
    return instance(db, deployment(db, {"procedure.toml": (DESCRIPTOR + REGISTERS).encode()}))


def do(db: Session, case: ProcessInstance, job_type: str, variables: Mapping[str, Any], **headers: str) -> dict[str, Any]:
    return workers.WORKERS[job_type](Work(session=db, instance=case, variables=dict(variables), headers=headers, key="job"))


def enter(
    db: Session, case: ProcessInstance, key: str = "spade", register: str = "tools", closed: bool | None = None, **entry: Any
) -> None:
    do(db, case, "enter-in-register", {"key": key, "entry": entry, "closed": closed}, register=register)


def read(db: Session, case: ProcessInstance, **inputs: Any) -> list[dict[str, Any]]:
    return do(db, case, "read-register", inputs, register="tools")["entries"]


def test_a_row_is_entered_and_later_changed_and_what_is_not_named_stays(db, case):
    enter(db, case, tool="Spade", pieces=2, lent_on="2026-03-03")
    enter(db, case, pieces=1, condition=["worn", "bent"])

    assert read(db, case) == [
        {"tool": "Spade", "pieces": 1, "lent_on": "2026-03-03", "condition": "worn, bent", "key": "spade", "case": "PLOT-1"}
    ]


def test_rows_of_several_cases_stand_in_one_register_and_one_case_may_change_the_row_of_another(db, case):
    other = instance(db, case.definition.deployment, reference="PLOT-2")
    enter(db, case, tool="Spade")
    enter(db, other, "rake", tool="Rake")
    enter(db, other, "spade", condition="lost", closed=True)

    assert [(row["key"], row["case"]) for row in read(db, other)] == [("spade", "PLOT-1"), ("rake", "PLOT-2")]
    assert [row["key"] for row in read(db, case, open_only=True)] == ["rake"]


def test_a_row_that_is_over_can_be_opened_again(db, case):
    enter(db, case, tool="Spade", closed=True)
    enter(db, case, condition="good")
    assert read(db, case, open_only=True) == []

    enter(db, case, closed=False)

    assert [row["condition"] for row in read(db, case, open_only=True)] == ["good"]


def test_every_change_is_kept_with_its_moment_and_entering_the_same_twice_is_none(db, case):
    with clock.moved_to(BEGAN):
        enter(db, case, tool="Spade", pieces=2)
    with clock.moved_to(BEGAN + timedelta(days=1)):
        enter(db, case, tool="Spade", pieces=2)
    with clock.moved_to(BEGAN + timedelta(days=2)):
        enter(db, case, pieces=1, closed=True)
        enter(db, case, pieces=1, closed=True)

    row = db.scalars(select(RegisterEntry)).one()
    changes = db.scalars(select(RegisterChange).order_by(RegisterChange.id)).all()
    assert [(one.at.day, one.values, one.closed) for one in changes] == [
        (3, {"tool": "Spade", "pieces": 2}, None),
        (5, {"pieces": 1}, True),
    ]
    assert [at and at.day for at in (row.entered_at, row.changed_at, row.closed_at)] == [3, 5, 5]
    assert [(event.what, event.detail) for event in history.events(db, case)] == [("register_entered", {"register": "Tools"})] * 2


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"colour": "purple"}, "has no column “colour”"),
        ({"lent_on": "yesterday"}, "“Lent on” of the register “Tools” takes a date"),
        ({"lent_on": 3}, "takes a date"),
        ({"pieces": "two"}, "takes a number"),
        ({"pieces": True}, "takes a number"),
        ({"tool": {"name": "Spade"}}, "takes a text"),
    ],
)
def test_what_does_not_fit_is_trouble_that_repeats_no_value_and_changes_nothing(db, case, entry, said):
    enter(db, case, tool="Spade")

    with pytest.raises(Trouble, match=said) as caught:
        enter(db, case, **entry)

    assert "purple" not in str(caught.value)
    assert [row["tool"] for row in read(db, case)] == ["Spade"]


def test_an_empty_value_empties_its_column(db, case):
    enter(db, case, tool="Spade", lent_on="2026-03-03")

    enter(db, case, lent_on=None, pieces="")

    assert (read(db, case)[0]["lent_on"], read(db, case)[0]["pieces"]) == (None, None)


@pytest.mark.parametrize("job_type", ["enter-in-register", "read-register"])
def test_a_register_that_is_not_declared_is_trouble(db, case, job_type):
    with pytest.raises(Trouble, match="There is no register “seeds”"):
        do(db, case, job_type, {"key": "x", "entry": {}}, register="seeds")


def test_an_entry_that_is_no_context_is_trouble(db, case):
    with pytest.raises(Trouble, match="must be a context"):
        do(db, case, "enter-in-register", {"key": "spade", "entry": ["Spade"]}, register="tools")


def test_a_register_is_read_by_its_roles_and_does_not_exist_for_others(db, case):
    gardener, warden, stranger = actor(db, "Ann Hill", "gardener"), actor(db, "Bo Lane", "warden:north"), actor(db, "Cy Wood", "treasurer")

    read_by = {one.name: [readable.register.key for readable in registers.readable(db, one)] for one in (gardener, warden, stranger)}

    assert read_by == {"Ann Hill": ["tools", "keys"], "Bo Lane": ["tools"], "Cy Wood": []}
    assert registers.readable_for(db, warden, "letting", "tools").register.name == "Tools"
    for procedure, key in (("letting", "keys"), ("letting", "seeds"), ("other", "tools")):
        with pytest.raises(NotFound):
            registers.readable_for(db, warden, procedure, key)


def test_whose_row_it_is_is_known_to_those_who_may_open_that_case(db, case):
    enter(db, case, tool="Spade")
    gardener, both = actor(db, "Ann Hill", "gardener"), actor(db, "Bo Lane", "gardener", "secretary")

    for one, known in ((gardener, []), (both, ["PLOT-1"])):
        found = registers.rows(db, one, registers.readable_for(db, one, "letting", "tools"))
        assert [row.values["tool"] for row in found] == ["Spade"]
        assert list(registers.references(db, one, found).values()) == known


def test_rows_of_a_register_with_hidden_cases_do_not_exist_for_those_who_may_not_open_the_case(db, case):
    enter(db, case, "k1", "keys", number="7")
    gardener, both = actor(db, "Ann Hill", "gardener"), actor(db, "Bo Lane", "gardener", "secretary")
    row = db.scalars(select(RegisterEntry)).one()

    mine, theirs = (registers.readable_for(db, one, "letting", "keys") for one in (gardener, both))

    assert registers.rows(db, gardener, mine) == []
    assert registers.rows(db, both, theirs) == [row]
    assert registers.row_for(db, both, theirs, row.id)[0] is row
    with pytest.raises(NotFound):
        registers.row_for(db, gardener, mine, row.id)


KNOWN = b"""
[registers.beds]
name = "Beds"
readers = ["neighbour", "secretary"]
case = "known"
columns = [{ key = "a", name = "A" }]
"""


def test_rows_of_a_register_with_known_cases_exist_for_those_who_may_know_how_the_case_stands(sessions, person):
    files, wim = guarded() | {"procedure.toml": GUARDED + KNOWN}, person("Wim Bed", "warden:north")
    with transaction(sessions) as session:
        deployments.deploy(session, files)
        digging, sowing = (instances.start(session, SYSTEM, "garden", {"size": "small"}) for _ in range(2))
        for one in (digging, sowing):
            do(session, one, "enter-in-register", {"key": one.business_key, "entry": {"a": "Bed"}}, register="beds")
        dig = session.scalars(select(UserTask).where(UserTask.instance_id == sowing.id)).one()
        tasks.complete_with(session, wim, dig.id, {})

    nell, rosa = person("Nell Ash", "neighbour"), person("Rosa Field", "secretary")
    with transaction(sessions, reading=True) as session:
        seen = {one.name: registers.rows(session, one, registers.readable_for(session, one, "garden", "beds")) for one in (nell, rosa)}
        assert [row.instance_id for row in seen["Nell Ash"]] == [digging.id]
        assert len(seen["Rosa Field"]) == 2
        with pytest.raises(NotFound):
            registers.row_for(session, nell, registers.readable_for(session, nell, "garden", "beds"), seen["Rosa Field"][0].id)
        assert registers.references(session, nell, seen["Nell Ash"]) == {}


def test_a_row_is_not_found_in_another_register(db, case):
    enter(db, case, tool="Spade")
    both = actor(db, "Bo Lane", "gardener", "secretary")

    with pytest.raises(NotFound):
        registers.row_for(db, both, registers.readable_for(db, both, "letting", "keys"), db.scalars(select(RegisterEntry.id)).one())


# The declaration


def bundle(job_type: str, register: str, entry: str = "") -> dict[str, bytes]:
    """A procedure with one service task that means this register."""
    entered = mapping([('= "spade"', "key"), (entry, "entry")]) if entry else ""
    body = start("in") + job("note", job_type, headers(register=register) + entered) + end("out")
    return {"procedure.toml": (DESCRIPTOR + REGISTERS).encode(), "p.bpmn": diagram(process(body, "in note; note out"))}


def told(files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    return [(problem.element, problem.message) for problem in checks.check(files)]


@pytest.mark.parametrize(
    ("registers", "where", "said"),
    [
        ('[registers.x]\nreaders = ["gardener"]\ncolumns = [{key = "a", name = "A"}]', "registers.x", "A name is missing"),
        ('[registers.x]\nname = "X"\ncolumns = [{key = "a", name = "A"}]', "registers.x", "Nobody could read it"),
        ('[registers.x]\nname = "X"\nreaders = ["boss"]\ncolumns = [{key = "a", name = "A"}]', "registers.x.readers", "no role “boss”"),
        ('[registers.x]\nname = "X"\nreaders = ["gardener"]', "registers.x", "It has no columns"),
        ('[registers.x]\nname = "X"\nreaders = ["gardener"]\ncolumns = [{key = "a"}]', "registers.x", "needs a key and a name"),
        (
            '[registers.x]\nname = "X"\nreaders = ["gardener"]\ncolumns = [{key = "case", name = "A"}]',
            "registers.x", "cannot be called “case”",
        ),
        (
            '[registers.x]\nname = "X"\nreaders = ["gardener"]\ncolumns = [{key = "a", name = "A"}, {key = "a", name = "B"}]',
            "registers.x", "Two columns have the key “a”",
        ),
        (
            '[registers.x]\nname = "X"\nreaders = ["gardener"]\ncolumns = [{key = "a", name = "A", kind = "colour"}]',
            "registers.x.columns.kind", "“text” or “date” or “number” or “choice”",
        ),
        ('[registers.x]\nname = "X"\ncase = "secret"', "registers.x.case", "“shown” or “known” or “hidden”"),
    ],
)  # fmt: skip
def test_a_register_that_is_declared_wrongly_is_told_before_it_is_deployed(registers, where, said):
    [problem] = [one for one in told({"procedure.toml": (DESCRIPTOR + registers).encode()}) if one[0].startswith("registers")]

    assert problem[0] == where
    assert said in problem[1]


def test_a_task_may_enter_and_read_what_is_declared():
    assert told(bundle("enter-in-register", "tools", '= {tool: "Spade", pieces: loopCounter + 1}')) == []
    assert told(bundle("read-register", "tools")) == []


@pytest.mark.parametrize("job_type", ["enter-in-register", "read-register"])
def test_a_task_that_means_an_unknown_register_is_told_before_it_is_deployed(job_type):
    [(element, said)] = told(bundle(job_type, "seeds"))

    assert element == "note"
    assert "means the register “seeds”" in said


def test_a_column_that_is_written_out_and_unknown_is_told_before_it_is_deployed():
    problems = told(bundle("enter-in-register", "tools", '= {tool: "Spade", colour: 1, size: loopCounter}'))

    assert [said.split(",")[0] for _, said in problems] == ["“note” enters “colour”", "“note” enters “size”"]


# Links


def linked(db: Session, case: ProcessInstance, **inputs: Any) -> None:
    do(db, case, "link-case", inputs)


def test_linked_cases_know_of_each_other_from_their_own_side(db, case):
    other = instance(db, case.definition.deployment, reference="PLOT-2")
    secretary = actor(db, "Bo Lane", "secretary")

    linked(db, case, to=" plot-2", kind="goes on in")
    linked(db, case, to="PLOT-2", kind="goes on in")

    assert db.scalar(select(func.count()).select_from(CaseLink)) == 1
    assert [(one.reference, one.kind, one.outward) for one in links.of_case(db, secretary, case)] == [("PLOT-2", "goes on in", True)]
    assert [(one.reference, one.kind, one.outward) for one in links.of_case(db, secretary, other)] == [("PLOT-1", "goes on in", False)]
    assert [event.what for event in history.events(db, case)] == ["case_linked"]


def test_many_links_are_told_with_as_few_statements_as_one(db, case, engine):
    secretary = actor(db, "Bo Lane", "secretary")

    def told(number: int) -> int:
        here = db.get_one(ProcessInstance, case.id)
        instance(db, here.definition.deployment, reference=f"PLOT-{number}")
        linked(db, here, to=f"PLOT-{number}", kind="goes on in")
        db.flush()
        db.expunge_all()
        return len(statements(engine, lambda: links.of_case(db, secretary, db.get_one(ProcessInstance, case.id))))

    assert told(2) == told(3)


def test_a_link_is_known_only_to_those_who_may_open_the_other_case(db, case):
    instance(db, case.definition.deployment, reference="PLOT-2")
    linked(db, case, to="PLOT-2", kind="goes on in")

    assert links.of_case(db, actor(db, "Ann Hill", "gardener"), case) == []


@pytest.mark.parametrize("to", ["PLOT-9", "PLOT-1"])
def test_a_link_to_no_other_case_is_an_error_that_the_diagram_may_catch(db, case, to):
    with pytest.raises(BpmnError, match="no other case") as caught:
        linked(db, case, to=to, kind="goes on in")

    assert caught.value.code == "no-such-case"
