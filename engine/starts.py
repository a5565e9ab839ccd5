"""Cases that begin by themselves, where a process of a live version starts with a time, a message or a signal.

Deploying arms them and takes the older version's away, in one transaction. A timer that a new version writes in the same way goes on
counting; after a time without the server it begins one case for all the turns it missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import structlog
from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from . import access, calendars, clock, feel, instances, procedures
from .database import Sessions, transaction
from .errors import NotFound, Problem, Refused, Trouble, sentence_of
from .identity import Actor
from .models import Deployment, ProcessDefinition, ProcessInstance, StartTrigger, Subscription
from .spiff import Definitions, ElementFacts, ProcessFacts

log = structlog.get_logger()

KINDS = ("timer", "message", "signal")
DUE = exists().where(StartTrigger.try_at <= bindparam("now"))  # whether a case is to begin
TURN = 2029  # any number, as long as nobody else locks it
AGAIN = timedelta(minutes=10)  # after a case could not be begun


def arm(session: Session, deployment: Deployment, definitions: Definitions) -> None:
    """Let what starts this version's processes wait instead of the older version's. Raises Refused where a timer cannot be read."""
    armed = _armed(deployment.procedure_key).with_for_update(of=StartTrigger).execution_options(populate_existing=True)
    before = session.scalars(armed).all()
    counting = {(trigger.definition.key, trigger.element_id, trigger.timer): trigger for trigger in before}
    for definition in deployment.processes:
        for trigger in _triggers(definition, definitions.processes[definition.key]):
            if trigger.timer:
                _count(trigger, counting.get((definition.key, trigger.element_id, trigger.timer)))
            session.add(trigger)
    for old in before:
        session.delete(old)
    session.flush()


def _armed(procedure_key: str) -> Select[StartTrigger]:
    of_procedure = select(StartTrigger).join(StartTrigger.definition).join(ProcessDefinition.deployment)
    return of_procedure.where(Deployment.procedure_key == procedure_key)


def _triggers(definition: ProcessDefinition, process: ProcessFacts) -> Iterator[StartTrigger]:
    """Each event that starts the process. Of several on one element any will do; what is written twice happens once."""
    seen: set[tuple[str, str, str, str]] = set()
    for one in process.beginnings:
        if (what := (one.id, one.event, one.event_name, _timer(one))) not in seen:
            seen.add(what)
            yield StartTrigger(
                id=uuid4(), definition=definition, element_id=one.id, name=one.name or one.id, kind=one.event,
                event_name=one.event_name, timer=_timer(one), cycle={}, last_error="",
            )  # fmt: skip


def _timer(start: ElementFacts) -> str:
    return f"{start.timer} {start.timer_value}".strip()


def _count(trigger: StartTrigger, before: StartTrigger | None) -> None:
    """When a timer is due: as the older version's that is written the same, else counted from now."""
    if before is not None:
        trigger.due_at, trigger.cycle, trigger.try_at = before.due_at, dict(before.cycle), before.try_at
        return
    kind, _, written = trigger.timer.partition(" ")
    try:
        text = feel.value(written, {}, now=clock.now())
        _wait_until(trigger, calendars.first_firing(kind, str(text), clock.now()))
    except Trouble as error:
        raise Refused([Problem(trigger.definition.path, trigger.element_id, f"“{trigger.name}”: {error}")]) from error


def _wait_until(trigger: StartTrigger, firing: calendars.Firing | None) -> None:
    trigger.due_at = trigger.try_at = firing.due if firing else None
    anchor = firing.anchor if firing else None
    trigger.cycle = {}
    if firing and anchor:
        trigger.cycle = {"anchor": anchor.isoformat(), "every": firing.every, "number": firing.number, "left": firing.left}


def waiting_for(kind: str, name: str) -> Select[StartTrigger]:
    """What such a message or signal begins a case at, in a steady order."""
    return select(StartTrigger).where(StartTrigger.kind == kind, StartTrigger.event_name == name).order_by(StartTrigger.id)


def take_turn(session: Session, trigger: StartTrigger) -> bool:
    """Whether the case that begins here awaits other events that could begin one too; then two of them never begin cases at once."""
    if not _process(session, trigger).gathers(trigger.element_id):
        return False
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(TURN, func.hashtext(str(trigger.definition_id)))))
    return True


def gathers(session: Session, trigger: StartTrigger) -> bool:
    """Whether some case that has begun here awaits the same signal to be complete: then the signal is for that one."""
    same = Subscription.kind == trigger.kind, Subscription.name == trigger.event_name, Subscription.element_id == trigger.element_id
    awaits = select(Subscription.id).join(ProcessInstance, ProcessInstance.id == Subscription.instance_id)
    if not _process(session, trigger).gathers(trigger.element_id):
        return False
    return session.scalar(awaits.where(*same, ProcessInstance.definition_id == trigger.definition_id).limit(1)) is not None


def begin(session: Session, trigger: StartTrigger, variables: Mapping[str, Any]) -> None:
    """A case begins here, with what the message or signal brought."""
    what = (trigger.kind, trigger.event_name, trigger.timer)
    starts = _process(session, trigger).elements[trigger.element_id].beginnings
    entry = next(one.entry for one in starts if (one.event, one.event_name, _timer(one)) == what)
    instances.begin(session, trigger.definition, variables, start_event=entry)


def _process(session: Session, trigger: StartTrigger) -> ProcessFacts:
    return procedures.of_deployment(session, trigger.definition.deployment).definitions.processes[trigger.definition.key]


def run_due(sessions: Sessions) -> int:
    """Begin a case for every timer that is due, each in a transaction of its own. Returns how many."""
    return sum(_begin_due(sessions, trigger_id) for trigger_id in _due(sessions))


def next_due(session: Session) -> datetime | None:
    """When the next case begins by itself, or None."""
    return session.scalar(select(StartTrigger.try_at).where(StartTrigger.try_at.is_not(None)).order_by(StartTrigger.try_at).limit(1))


def _due(sessions: Sessions) -> Iterator[UUID]:
    with transaction(sessions, reading=True) as session:
        due = select(StartTrigger.id).where(StartTrigger.try_at <= clock.now()).order_by(StartTrigger.try_at)
        found = session.scalars(due).all()
    yield from found


def _begin_due(sessions: Sessions, trigger_id: UUID) -> bool:
    try:
        with transaction(sessions) as session:
            now = clock.now()
            mine = select(StartTrigger).where(StartTrigger.id == trigger_id, StartTrigger.try_at <= now)
            trigger = session.scalars(mine.with_for_update(of=StartTrigger, skip_locked=True)).first()
            if trigger is None or trigger.due_at is None:
                return False
            begin(session, trigger, {})
            trigger.last_error = ""
            _wait_until(trigger, _following(trigger, trigger.due_at, now))
    except OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one procedure, the others go on
        log.warning("case not begun", trigger=str(trigger_id), error=type(error).__name__)
        _again_later(sessions, trigger_id, error)
        return False
    return True


def _following(trigger: StartTrigger, due: datetime, now: datetime) -> calendars.Firing | None:
    """The next turn; None when there is none."""
    kept = trigger.cycle
    if not kept:
        return None
    firing = calendars.Firing(due, datetime.fromisoformat(kept["anchor"]), kept["every"], kept["number"], kept["left"])
    return calendars.next_firing(firing, max(now, due))


def _again_later(sessions: Sessions, trigger_id: UUID, error: Exception) -> None:
    with transaction(sessions) as session:
        trigger = session.get(StartTrigger, trigger_id, with_for_update={"of": StartTrigger})
        if trigger is not None:
            trigger.try_at = clock.now() + AGAIN
            trigger.last_error = sentence_of(error)


def failing(session: Session, actor: Actor) -> list[StartTrigger]:
    """Start events that could not begin their case and are tried again, for administrators."""
    if not access.is_administrator(actor):
        raise NotFound("There is no such page.")
    return list(session.scalars(select(StartTrigger).where(StartTrigger.last_error != "").order_by(StartTrigger.due_at)))
