"""Deploying: in turn, without taking another procedure's roles, and without touching the cases that run."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from engine import clock, declared_procedure, deployments, instances, procedures
from engine.database import Sessions, transaction
from engine.errors import Refused
from engine.identity import SYSTEM
from engine.models import Deployment, ProcessInstance, StartTrigger, TaskState, UserTask
from tests.diagrams import call, diagram, end, process, start, timer, user_task
from tests.engine.standing import ASKED, DESCRIPTOR, FORMS, LETTER, Garden


def files(name: str = "Weed", *, descriptor: bytes = DESCRIPTOR) -> dict[str, bytes]:
    """A process that calls another, in which somebody does something of this name."""
    caller = diagram(process(ASKED + user_task("dig", form="do", candidateGroups="secretary") + call("field", "bed") + end(),
                             "asked dig; dig field; field end", name="Reports"))  # fmt: skip
    called = diagram(process(start("s") + user_task("weed", form="do", candidateGroups="secretary", name=name), "s weed", "bed"))
    return FORMS | {"procedure.toml": descriptor, "letters/note.md": LETTER, "p.bpmn": caller, "bed.bpmn": called}


def deploy(sessions: Sessions, bundle: dict[str, bytes]) -> int:
    with transaction(sessions) as session:
        return deployments.deploy(session, bundle).version


def test_several_who_deploy_at_once_take_turns(sessions: Sessions) -> None:
    """Both gave their files the same number, and one of them saw a trace."""
    bundles = [files(f"Weed {number % 3}") for number in range(6)]

    with ThreadPoolExecutor(6) as pool:
        given = list(pool.map(lambda bundle: deploy(sessions, bundle), bundles))

    with transaction(sessions, reading=True) as session:
        versions = [deployment.version for deployment in deployments.versions(session, "garden")]
    assert set(given) == set(versions) == set(range(1, len(versions) + 1))


def test_a_running_case_calls_the_process_of_its_own_version(sessions: Sessions) -> None:
    garden = Garden(sessions, files("Weed"))
    before = garden.start(height=1)
    with clock.moved_to(garden.now):
        assert deploy(sessions, files("Water")) == 2
    after = garden.start(height=1)

    for _ in (before, after):
        garden.complete("dig")

    with transaction(sessions, reading=True) as session:
        named = {task.instance_id: task.name for task in session.scalars(select(UserTask).where(UserTask.state == TaskState.OPEN))}
        version = {case.id: case.definition.deployment.version for case in session.scalars(select(ProcessInstance))}
    assert named == {before: "Weed", after: "Water"}
    assert version == {before: 1, after: 2}


def test_a_role_that_means_something_else_in_another_procedure_is_refused(sessions: Sessions) -> None:
    """Whoever was given the one role had the other, with all its cases."""
    deploy(sessions, files())
    other = DESCRIPTOR.replace(b'"garden"', b'"fleet"').replace(b'"Garden reports"', b'"Vans"')
    taken = other.replace(b'name = "Warden"', b'name = "Traffic warden"')

    with pytest.raises(Refused) as refused:
        deploy(sessions, files(descriptor=taken))

    [problem] = refused.value.problems
    assert (problem.file, problem.element) == (declared_procedure.DESCRIPTOR, "roles.warden")
    assert "“Garden reports” has this role too and calls it “Warden”" in problem.message
    assert deploy(sessions, files(descriptor=other)) == 1
    assert deploy(sessions, files("Water", descriptor=DESCRIPTOR)) == 2


def test_a_procedure_may_give_its_own_role_another_name(sessions: Sessions) -> None:
    deploy(sessions, files())

    assert deploy(sessions, files(descriptor=DESCRIPTOR.replace(b'name = "Warden"', b'name = "Field warden"'))) == 2


def test_a_deployment_that_is_undone_leaves_the_older_version_armed(sessions: Sessions) -> None:
    monthly = diagram(process(start("s", timer("timeCycle", "R/P1M")) + end(), "s end", "q"))
    deploy(sessions, files() | {"q.bpmn": monthly})

    with sessions() as session:
        deployments.deploy(session, files())
        session.rollback()

    with transaction(sessions, reading=True) as session:
        assert [trigger.definition.key for trigger in session.scalars(select(StartTrigger))] == ["q"]
        assert len(session.scalars(select(Deployment)).all()) == 1


def test_the_same_files_again_are_no_new_version_and_older_files_are(sessions: Sessions) -> None:
    assert [deploy(sessions, files(name)) for name in ("Weed", "Weed", "Water", "Weed")] == [1, 1, 2, 3]

    with transaction(sessions) as session:
        case = instances.start(session, SYSTEM, "garden", {})
        assert case.definition.deployment.version == 3


def test_a_deployment_that_is_undone_is_not_taken_for_the_next_one(sessions: Sessions) -> None:
    """SQLite gives the number of the one to the other, and cases would run on diagrams that were never made live."""
    with sessions() as session:
        undone = deployments.deploy(session, files("Weed"))
        assert procedures.of_deployment(session, undone).diagrams["bed.bpmn"] == files("Weed")["bed.bpmn"]
        session.rollback()

    deploy(sessions, files("Water"))

    with transaction(sessions, reading=True) as session:
        assert procedures.deployed(session, "garden").diagrams["bed.bpmn"] == files("Water")["bed.bpmn"]
