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
from engine.models import InstanceState, Job, ProcessInstance, StartTrigger, Subscription, TaskState, UserTask
from tests.diagrams import catch, condition, diagram, element, end, event, mapping, message, process, script, start, throw, timer, user_task
from tests.engine.standing import ASKED, FORMS, LETTER, MORNING
from tests.engine.standing import DESCRIPTOR as GARDEN

MARKS = message("seed", "seed") + message("hoe", "hoe") + message("water", "water", "=bed") + '<bpmn:signal id="rain" name="rain"/>'
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


def gateway(kind: str = "Exclusive") -> str:
    return element("eventBasedGateway", "g", instantiate="true", eventGatewayType=kind)


DIG_OR_SOW = WORK + user_task("sow", form="do", candidateGroups="secretary") + end()
FIRST = (
    gateway()
    + catch("seeds", event("message", "seed"))
    + catch("wet", event("signal", "rain"))
    + catch("dry", timer("timeDuration", "P7D"))
)
FIRST_ARROWS = "g seeds; g wet; g dry; seeds dig; wet sow; dry sow; dig end; sow end"
BED = mapping((), [("=bed", "bed")])
BOTH = gateway("Parallel") + catch("seeds", event("message", "seed"), BED) + catch("wet", event("message", "water"), BED)
BOTH_ARROWS = "g seeds; g wet; seeds dig; wet sow; dig end; sow end"


def opened(sessions: Sessions) -> list[list[str]]:
    """The open tasks of each case."""
    with transaction(sessions, reading=True) as session:
        of = select(UserTask.element_id).where(UserTask.state == TaskState.OPEN).order_by(UserTask.element_id)
        return sorted(list(session.scalars(of.where(UserTask.instance_id == case.id))) for case in cases(sessions))


def test_a_receive_task_begins_cases(sessions: Sessions) -> None:
    body = element("receiveTask", "take", "", messageRef="seed", instantiate="true", name="Take the seeds") + WORK + end()
    deploy(sessions, files(diagram(MARKS, process(body, "take dig; dig end"))))

    send(sessions, "seed", "k", crop="leeks")
    send(sessions, "seed", "k")

    assert opened(sessions) == [["dig"], ["dig"]]
    with transaction(sessions, reading=True) as session:
        told = history.events(session, cases(sessions)[0])
        assert [(one.what, one.element_id, one.detail["name"]) for one in told][:1] == [("case_started", "take", "Take the seeds")]


def test_each_event_behind_an_event_based_gateway_begins_cases_and_the_others_are_not_awaited(sessions: Sessions) -> None:
    deploy(sessions, files(diagram(MARKS, process(FIRST + DIG_OR_SOW, FIRST_ARROWS))))

    send(sessions, "seed")
    send(sessions, "rain", kind="signal")
    tick(sessions, MORNING + timedelta(days=7, minutes=1))

    assert opened(sessions) == [["dig"], ["sow"], ["sow"]]
    with transaction(sessions, reading=True) as session:
        assert session.scalars(select(Subscription)).all() == []
        assert session.scalars(select(Job)).all() == []


def test_any_of_several_events_of_one_start_event_begins_a_case(sessions: Sessions) -> None:
    several = event("message", "seed") + event("message", "hoe") + event("signal", "rain") * 2
    deploy(sessions, files(drawn(several + timer("timeDuration", "P1D") + timer("timeDuration", "P3D"))))

    send(sessions, "hoe")
    send(sessions, "seed")
    send(sessions, "rain", kind="signal")
    assert len(cases(sessions)) == 3

    deploy(sessions, files(drawn(several + timer("timeDuration", "P2D") + timer("timeDuration", "P3D"))), MORNING + timedelta(hours=12))
    for hours in (25, 61, 73):
        tick(sessions, MORNING + timedelta(hours=hours))
    assert begun(sessions)[3:] == ["5 March 22:00", "6 March 10:00"]


def test_a_case_that_one_event_of_a_parallel_gateway_has_begun_gets_the_others(sessions: Sessions) -> None:
    deploy(sessions, both())

    send(sessions, "water", "north", bed="north")
    send(sessions, "seed", "north")
    send(sessions, "seed", "south", bed="south")

    assert opened(sessions) == [["dig"], ["dig", "sow"]]


def both() -> dict[str, bytes]:
    marks = message("seed", "seed", "=bed") + message("water", "water", "=bed")
    return files(diagram(marks, process(BOTH + DIG_OR_SOW, BOTH_ARROWS)))


def test_workers_that_bring_the_events_of_a_parallel_gateway_at_once_begin_one_case(sessions: Sessions) -> None:
    deploy(sessions, both())
    beds = [f"bed{number}" for number in range(12)]
    with clock.moved_to(MORNING):
        with transaction(sessions) as session:
            for bed in beds:
                for name in ("seed", "water"):
                    messages.publish(session, name, key=bed, variables={"bed": bed})

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: messages.deliver(sessions), range(4)))
        messages.deliver(sessions)

    assert opened(sessions) == [["dig", "sow"]] * len(beds)


def test_an_event_that_cannot_begin_a_case_is_refused_wherever_it_stands() -> None:
    wants = catch("dark", condition("=dark")) + catch("soon", timer("timeDuration", "=wait")) + element("intermediateCatchEvent", "blank")
    body, arrows = gateway() + wants + DIG_OR_SOW, "g dark; g soon; g blank; dark dig; soon dig; blank sow; dig end; sow end"
    named = drawn(event("message", "seed") + event("signal", "rain"), key="q").replace(b'name="rain"', b'name="= weather"')

    told = [f"{one.element}: {one.message}" for one in checks.check(files(diagram(MARKS, process(body, arrows)), named))]

    no_condition = "A conditional event is not supported here (startEvent). "
    no_condition += "Start the process by a message, or draw the condition as an event sub-process."
    assert [line for line in told if "which nothing sets" not in line] == [
        "blank: It waits for nothing, so no case could begin with it. Give it an event.",
        f"dark: {no_condition}",
        "soon: Before a case begins there are no variables that its timer could read. Write a date, a duration or a cycle.",
        "start0: Before a case begins nobody can work out the name of the signal. Write it as plain text.",
    ]


DIG_AGAIN = WORK.replace('"dig"', '"dig_again"')
BY_MESSAGE = b'[[start]]\nprocess = "p"\nprefix = "SEED-"\n'


def test_cases_of_a_start_have_references_with_its_own_prefix(sessions: Sessions) -> None:
    named = GARDEN.replace(b'[start]\nprocess = "p"\nwho = ["secretary"]\n', BY_MESSAGE)
    deploy(
        sessions,
        files(
            drawn(event("message", "seed")),
            drawn(event("message", "hoe"), body=DIG_AGAIN, arrows="dig_again end", key="q"),
            descriptor=named,
        ),
    )

    send(sessions, "seed")
    send(sessions, "hoe")

    with transaction(sessions, reading=True) as session:
        references = {case.definition.key: case.business_key for case in session.scalars(select(ProcessInstance))}
    assert references["p"].startswith("SEED-")
    assert references["q"].startswith("G-")


def test_a_start_without_a_form_is_for_nobody_and_only_where_the_case_begins_by_itself(
    sessions: Sessions, person: Callable[..., Actor]
) -> None:
    named = GARDEN.replace(b'[start]\nprocess = "p"\nwho = ["secretary"]\n', BY_MESSAGE)
    by_message = files(drawn(event("message", "seed")), descriptor=named)
    deploy(sessions, by_message)

    with transaction(sessions, reading=True) as session, pytest.raises(NotFound):
        instances.start_form(session, person("Rosa Field", "secretary"), "garden", "p")

    for wrong in (
        files(drawn(event("message", "seed")), descriptor=named.replace(b"prefix", b'who = ["secretary"]\nprefix', 1)),
        files(drawn(""), descriptor=named),
    ):
        assert any("Nothing asks for what a case begins with" in problem.message for problem in checks.check(wrong))
