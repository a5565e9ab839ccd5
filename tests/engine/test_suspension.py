"""A suspended case: nothing in it is done, nothing sent to it is lost, its deadlines go on, and it catches up when it is resumed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine import administration, clock, instances, jobs, messages
from engine.database import Sessions, transaction
from engine.errors import Conflict, Suspended
from engine.identity import SYSTEM, Actor
from engine.models import Deadline, DeadlineState, InstanceState, Job, JobState, Message, MessageState, ProcessInstance, UserTask
from tests.diagrams import catch, event, gateway, message, start, user_task
from tests.engine.office import TASK, WHY, Office
from tests.engine.standing import Garden, bundle


def test_in_a_suspended_case_nothing_is_done_and_its_deadlines_go_on(office: Office) -> None:
    office.do(administration.suspend)

    office.garden.later(days=9)
    with pytest.raises(Suspended, match="put this case on hold"):
        office.garden.complete("dig")

    assert office.open_tasks() == ["dig"]
    assert office.rows(Job, element_id="remind") == []
    [line] = office.garden.lines()
    assert line.on_hold == "On hold since 3 March 2026; deadlines go on counting."
    assert line.sentence.startswith("On hold since 3 March 2026; deadlines go on counting. Waits for “Dig it over”")
    assert line.risk == "overdue"
    with pytest.raises(Conflict, match="on hold already"):
        office.do(administration.suspend)


def test_a_resumed_case_catches_up_its_timers_once(office: Office) -> None:
    office.do(administration.suspend)
    office.garden.later(days=9)

    office.do(administration.resume)

    assert office.case.state is InstanceState.ACTIVE
    assert office.rows(Deadline)[0].state is DeadlineState.MISSED
    assert len(office.rows(Job, element_id="remind")) == 1
    assert {job.state for job in office.rows(Job, element_id="nudge")} == {JobState.DONE, JobState.WAITING}
    office.garden.complete("dig")
    assert office.open_tasks() == ["sow"]
    assert [event["reason"] for what in ("case_suspended", "case_resumed") for event in office.told(what)] == [WHY, WHY]
    with pytest.raises(Conflict, match="not on hold"):
        office.do(administration.resume)


def test_a_suspended_case_can_be_put_right_before_it_goes_on(office: Office) -> None:
    office.do(administration.suspend)

    office.do(administration.move, office.task("dig"), "sow")
    office.do(administration.resume)

    office.garden.complete("sow")
    assert office.open_tasks() == ["water"]


def test_a_job_that_was_claimed_before_the_case_was_suspended_is_done_when_it_goes_on(office: Office) -> None:
    office.garden.now += timedelta(days=2, minutes=1)
    with clock.moved_to(office.garden.now):
        claimed = jobs.claim(office.garden.sessions)
        assert claimed is not None
    with clock.moved_to(office.garden.now), transaction(office.garden.sessions) as session:
        administration.suspend(session, office.ada, office.reference, reason=WHY)

    with clock.moved_to(office.garden.now):
        jobs.run(office.garden.sessions, claimed)
        assert jobs.claim(office.garden.sessions) is None
    office.do(administration.resume)

    assert len(office.rows(Job, element_id="remind")) == 1


LISTENING = "".join([
    gateway("which", "eventBased"), catch("word", event("message", "m")), catch("bell", event("signal", "s")),
    user_task("heard_word", **TASK), user_task("heard_bell", **TASK),
])  # fmt: skip
HEARS = "asked which; which word; which bell; word heard_word; bell heard_bell; heard_word end; heard_bell end"
ALSO = message("m", "word", "=height") + '<bpmn:signal id="s" name="bell"/>'


@pytest.fixture
def listener(sessions: Sessions, ada: Actor) -> Office:
    return Office(Garden(sessions, bundle(LISTENING, HEARS, also=ALSO)), ada, height="7")


def deliver(office: Office, **later: float) -> None:
    office.garden.now += timedelta(**later)
    with clock.moved_to(office.garden.now):
        messages.deliver(office.garden.sessions)
        with transaction(office.garden.sessions) as session:
            messages.expire(session)


def test_a_message_for_a_suspended_case_is_kept_until_it_goes_on(listener: Office) -> None:
    listener.do(administration.suspend)
    with clock.moved_to(listener.garden.now), transaction(listener.garden.sessions) as session:
        messages.publish(session, "word", key="7", variables={})

    deliver(listener, days=40)
    assert listener.open_tasks() == []
    listener.do(administration.resume)
    deliver(listener)

    assert listener.open_tasks() == ["heard_word"]
    listener.agree()


def test_a_signal_reaches_a_suspended_case_when_it_goes_on_and_the_others_at_once(listener: Office) -> None:
    other = Office(listener.garden, listener.ada, height="8")
    listener.do(administration.suspend)
    with clock.moved_to(listener.garden.now), transaction(listener.garden.sessions) as session:
        now = clock.now()
        session.add(Message(kind="signal", name="bell", variables={}, sent_at=now, expires_at=now + timedelta(days=1)))

    deliver(listener)
    deliver(listener, days=3)
    assert (listener.open_tasks(), other.open_tasks()) == ([], ["heard_bell"])
    listener.do(administration.resume)
    deliver(listener)

    assert (listener.open_tasks(), other.open_tasks()) == (["heard_bell"], ["heard_bell"])
    assert {m.state for m in listener.read(lambda s: s.scalars(select(Message)).all())} == {MessageState.DELIVERED}


def test_a_message_that_nobody_on_hold_awaits_still_gets_too_old(listener: Office) -> None:
    listener.do(administration.suspend)
    with clock.moved_to(listener.garden.now), transaction(listener.garden.sessions) as session:
        messages.publish(session, "word", key="99", variables={})

    deliver(listener, days=40)

    assert [m.state for m in listener.read(lambda s: s.scalars(select(Message)).all())] == [MessageState.EXPIRED]


def test_what_is_sent_to_a_suspended_case_begins_no_other_and_waits_beyond_its_life(sessions: Sessions, ada: Actor) -> None:
    body = LISTENING + start("written", event("message", "m")) + user_task("file", **TASK)
    listener = Office(Garden(sessions, bundle(body, HEARS + "; written file; file end", also=ALSO)), ada, height="7")
    listener.do(administration.suspend)
    with clock.moved_to(listener.garden.now), transaction(sessions) as session:
        for _ in range(2):
            messages.publish(session, "word", key="7", variables={}, life=timedelta())

    deliver(listener)
    assert not new(listener)  # so that a tick has nothing to do
    deliver(listener, days=1)
    assert listener.open_tasks() == []
    listener.do(administration.resume)
    assert new(listener)
    deliver(listener)

    assert listener.open_tasks() == ["heard_word"]
    [other] = listener.read(lambda s: s.scalars(select(ProcessInstance).where(ProcessInstance.id != listener.id)).all())
    assert other.started_at >= listener.garden.now


def new(office: Office) -> bool:
    """Whether there is a message to look at."""
    return bool(office.read(lambda session: session.scalar(select(messages.NEW), {"now": office.garden.now})))


def test_what_was_kept_for_a_case_that_is_put_on_hold_before_it_arrives_is_kept_longer(listener: Office) -> None:
    with clock.moved_to(listener.garden.now), transaction(listener.garden.sessions) as session:
        messages.publish(session, "word", key="8", variables={}, life=timedelta(days=2))
    deliver(listener)
    with clock.moved_to(listener.garden.now), transaction(listener.garden.sessions) as session:
        late = instances.start(session, SYSTEM, "garden", {"height": "8"})
        administration.suspend(session, listener.ada, late.business_key, reason=WHY)
    deliver(listener)
    deliver(listener, days=9)

    with clock.moved_to(listener.garden.now), transaction(listener.garden.sessions) as session:
        administration.resume(session, listener.ada, late.business_key, reason=WHY)
    deliver(listener)

    waits = select(UserTask.element_id).where(UserTask.instance_id == late.id)
    assert listener.read(lambda s: s.scalars(waits).all()) == ["heard_word"]


def test_what_was_sent_to_a_suspended_case_is_given_up_when_it_is_terminated(listener: Office) -> None:
    listener.do(administration.suspend)
    with clock.moved_to(listener.garden.now), transaction(listener.garden.sessions) as session:
        messages.publish(session, "word", key="7", variables={}, life=timedelta(days=1))
    deliver(listener, days=2)

    listener.do(administration.terminate, confirmation=listener.reference)
    deliver(listener)

    assert [m.state for m in listener.read(lambda s: s.scalars(select(Message)).all())] == [MessageState.EXPIRED]


def test_no_moment_is_waited_for_at_which_a_suspended_case_would_have_something_to_do(office: Office) -> None:
    assert office.read(jobs.next_due) is not None

    office.do(administration.suspend)

    assert office.read(jobs.next_due) is None
