"""Cases that begin by themselves: at a time, because of a message, because of a signal; and what a new version does to that."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine import checks, clock, deployments, history, instances, jobs, messages, scheduler, starts, tasks
from engine.database import Sessions, transaction
from engine.errors import NotFound, Refused
from engine.identity import SYSTEM, Actor
from engine.models import InstanceState, ProcessInstance, StartTrigger, TaskState, UserTask
from tests.diagrams import catch, diagram, end, event, message, process, script, start, throw, timer, user_task
from tests.engine.standing import ASKED, FORMS, LETTER, MORNING
from tests.engine.standing import DESCRIPTOR as GARDEN

MARKS = message("seed", "seed") + message("water", "water", "=bed") + '<bpmn:signal id="rain" name="rain"/>'
WORK = user_task("dig", form="do", candidateGroups="secretary", name="Dig")


def drawn(*begins: str, body: str = WORK, arrows: str = "dig end", key: str = "p") -> bytes:
    """A process with these start events, all of which lead to the same task."""
    ids = [f"start{number}" for number in range(len(begins))]
    drawn_starts = "".join(start(ident, one, name=f"Begin {ident}") for ident, one in zip(ids, begins, strict=True))
    first = arrows.split()[0]
    return diagram(MARKS, process(drawn_starts + body + end(), "; ".join(f"{i} {first}" for i in ids) + f"; {arrows}", key, name="Reports"))


def files(*diagrams: bytes, descriptor: bytes = GARDEN.replace(b'[start]\nprocess = "p"\nwho = ["secretary"]\n', b"")) -> dict[str, bytes]:
    return FORMS | {"procedure.toml": descriptor, "letters/note.md": LETTER} | {f"{n}.bpmn": one for n, one in enumerate(diagrams)}


def deploy(sessions: Sessions, bundle: dict[str, bytes], at: datetime = MORNING) -> None:
    with clock.moved_to(at), transaction(sessions) as session:
        deployments.deploy(session, bundle)


def tick(sessions: Sessions, at: datetime) -> None:
    with clock.moved_to(at):
        scheduler.tick(sessions, None, base_url="")


def cases(sessions: Sessions) -> list[ProcessInstance]:
    with transaction(sessions, reading=True) as session:
        return list(session.scalars(select(ProcessInstance).order_by(ProcessInstance.started_at)))


def begun(sessions: Sessions) -> list[str]:
    """At which moment each case began."""
    return [f"{case.started_at:%-d %B %H:%M}" for case in cases(sessions)]


def send(sessions: Sessions, name: str, key: str | None = None, kind: str = "message", **variables: Any) -> None:
    with clock.moved_to(MORNING):
        with transaction(sessions) as session:
            messages.publish(session, name, key=key, variables=variables, kind=kind)
        scheduler.tick(sessions, None, base_url="")


def test_a_message_begins_a_case_like_any_other(sessions: Sessions, person: Callable[..., Actor]) -> None:
    secretary = person("Rosa Field", "secretary")
    deploy(sessions, files(drawn(event("message", "seed"))))

    send(sessions, "seed", "k", crop="leeks")

    [case] = cases(sessions)
    assert (case.business_key[:2], case.started_by, case.state) == ("G-", None, InstanceState.ACTIVE)
    with transaction(sessions) as session:
        [task] = tasks.inbox(session, secretary)
        variables = tasks.variables_for(session, secretary, task)
        assert (variables["crop"], variables["reference"]) == ("leeks", case.business_key)
        assert instances.get_for(session, secretary, case.business_key).id == case.id
        told = history.events(session, case)
        assert (told[0].what, told[0].actor_id, told[0].element_id) == ("case_started", None, "start0")
        assert history.verify(session, case) == []


def test_each_message_begins_one_case_and_the_one_that_awaits_it_gets_the_next(sessions: Sessions) -> None:
    waits = catch("more", event("message", "water")) + script("bed", '="north"', "bed")
    deploy(
        sessions, files(drawn(event("message", "seed"), event("message", "water"), body=waits + WORK, arrows="bed more; more dig; dig end"))
    )

    send(sessions, "seed")
    [first] = cases(sessions)
    send(sessions, "water", "north")
    send(sessions, "water", "north")

    with transaction(sessions, reading=True) as session:
        dug = session.scalars(select(UserTask.instance_id).where(UserTask.state == TaskState.OPEN)).all()
    assert len(cases(sessions)) == 2
    assert dug == [first.id]


def test_a_signal_begins_a_case_of_every_process_that_starts_with_it(sessions: Sessions) -> None:
    deploy(sessions, files(drawn(event("signal", "rain")), drawn(event("signal", "rain"), event("message", "seed"), key="q")))

    send(sessions, "rain", kind="signal")

    with transaction(sessions, reading=True) as session:
        assert sorted(session.scalars(select(UserTask.process_key))) == ["p", "q"]


def test_a_case_may_begin_others_by_what_it_throws(sessions: Sessions) -> None:
    tells = throw("tell", event("message", "seed")) + throw("shout", event("signal", "rain"))
    caller = diagram(MARKS, process(ASKED + tells + end(), "asked tell; tell shout; shout end", name="Caller"))
    called = drawn(event("message", "seed"), key="q"), drawn(event("signal", "rain"), key="r")
    deploy(sessions, files(caller, *called, descriptor=GARDEN))

    with clock.moved_to(MORNING), transaction(sessions) as session:
        instances.start(session, SYSTEM, "garden", {})
    tick(sessions, MORNING)

    with transaction(sessions, reading=True) as session:
        assert sorted(session.scalars(select(UserTask.process_key))) == ["q", "r"]


@pytest.mark.parametrize(
    ("written", "moments"),
    [
        (timer("timeDate", "2026-03-10"), ["10 March 00:00"]),
        (timer("timeDuration", "P2D"), ["5 March 09:00"]),
        (timer("timeCycle", "R2/P1W"), ["10 March 09:00", "17 March 09:00"]),
        (timer("timeCycle", "R/2026-03-05T08:00:00/P1M"), ["5 March 08:00", "5 April 07:00"]),
        (timer("timeDate", '=today() + duration("P1D")'), ["4 March 00:00"]),
    ],
    ids=["date", "duration", "cycle", "cycle from a date", "worked out"],
)
def test_a_time_begins_cases_again_and_again(sessions: Sessions, written: str, moments: list[str]) -> None:
    deploy(sessions, files(drawn(written)))

    for hour in range(0, 24 * 40, 1):
        moment = MORNING + timedelta(hours=hour, seconds=1)
        with transaction(sessions, reading=True) as session:
            due = jobs.next_due(session)
        if due is None or due > moment:
            continue
        tick(sessions, moment)

    assert begun(sessions) == moments


def test_a_year_without_the_server_begins_one_case_for_all_turns(sessions: Sessions) -> None:
    deploy(sessions, files(drawn(timer("timeCycle", "R/P1M"))))

    tick(sessions, MORNING + timedelta(days=364))
    tick(sessions, MORNING + timedelta(days=364, hours=1))

    assert len(cases(sessions)) == 1
    with transaction(sessions, reading=True) as session:
        due = jobs.next_due(session)
    assert due is not None
    assert f"{due:%-d %B %Y %H:%M}" == "3 March 2027 09:00"


def test_several_workers_begin_each_case_once(sessions: Sessions) -> None:
    deploy(sessions, files(*(drawn(timer("timeDuration", "P1D"), key=key) for key in "pqr")))

    with clock.moved_to(MORNING + timedelta(days=2)), ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: starts.run_due(sessions), range(4)))

    assert len(cases(sessions)) == 3


def test_a_new_version_goes_on_counting_what_it_writes_the_same_and_counts_anew_what_it_changes(sessions: Sessions) -> None:
    deploy(sessions, files(drawn(timer("timeCycle", "R/P1M"), timer("timeDate", "2026-03-04"), timer("timeDuration", "P10D"))))
    tick(sessions, MORNING + timedelta(days=2))
    assert begun(sessions) == ["5 March 09:00"]

    again = files(drawn(timer("timeCycle", "R/P1M"), timer("timeDate", "2026-03-04"), timer("timeDuration", "P20D")))
    deploy(sessions, again, MORNING + timedelta(days=5))

    with transaction(sessions, reading=True) as session:
        due = {trigger.element_id: trigger.due_at for trigger in session.scalars(select(StartTrigger))}
        assert {trigger.definition.deployment.version for trigger in session.scalars(select(StartTrigger))} == {2}
    assert due["start1"] is None  # it has happened, and does not happen again because of a new version
    assert [f"{moment:%-d %B %H:%M}" for one in ("start0", "start2") if (moment := due[one])] == ["3 April 08:00", "28 March 09:00"]


def test_what_a_new_version_does_not_start_with_any_more_is_withdrawn(sessions: Sessions) -> None:
    deploy(sessions, files(drawn(event("message", "seed"), timer("timeDuration", "P1D"))))
    deploy(sessions, files(drawn(event("signal", "rain"))))

    send(sessions, "seed")
    tick(sessions, MORNING + timedelta(days=2))

    assert cases(sessions) == []


def test_nothing_is_armed_by_a_deployment_that_is_refused(sessions: Sessions) -> None:
    broken = files(drawn(event("message", "seed")), drawn(timer("timeDate", '=date("soon")'), key="q"))

    with pytest.raises(Refused, match="Begin start0"):
        deploy(sessions, broken)

    with transaction(sessions, reading=True) as session:
        assert session.scalars(select(StartTrigger)).all() == []


def test_a_start_that_needs_a_case_is_refused_with_its_cure() -> None:
    named = drawn(event("message", "seed")).replace(b'name="seed"', b'name="= crop"')
    problems = [str(problem) for problem in checks.check(files(drawn(timer("timeDuration", "=wait")), named.replace(b'"p"', b'"q"')))]

    assert any("there are no variables that its timer could read" in problem for problem in problems)
    assert any("nobody can work out the name of the message" in problem for problem in problems)


def test_a_case_that_cannot_begin_is_tried_again_and_administrators_are_told(
    sessions: Sessions, person: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, rita = person("Ada Min", "administrator"), person("Rita Low", "secretary")
    deploy(sessions, files(drawn(timer("timeDuration", "P1D"))))
    later = MORNING + timedelta(days=1, minutes=1)

    with monkeypatch.context() as full:
        full.setattr(instances, "REFERENCE_TRIES", 0)
        tick(sessions, later)
    with transaction(sessions, reading=True) as session:
        [trigger] = starts.failing(session, ada)
        assert "No free reference was found" in trigger.last_error
        with pytest.raises(NotFound):
            starts.failing(session, rita)
    tick(sessions, later + timedelta(minutes=5))
    assert cases(sessions) == []
    tick(sessions, later + starts.AGAIN + timedelta(minutes=1))

    with transaction(sessions, reading=True) as session:
        assert starts.failing(session, ada) == []
    assert len(cases(sessions)) == 1
