"""Where cases stand: what each waits for, from whom, since when, due when, and what happens otherwise.

Everything is read from rows; no snapshot is opened. A person learns only of cases they may open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import access, clock, procedures
from .. import deadlines as statutory
from ..identity import Actor
from ..models import NOT_ENDED, Deadline, ProcessInstance, Right
from . import waits
from .holding import held
from .people import Appointment, Part, appointments, knows_starter, people
from .rows import Open, of_instances
from .sentences import Kind, Waiting, days_left, last_day, neutral, on_hold
from .waited_for import WaitedFor, roles_in, waited_for

__all__ = [
    "SOON", "STILL", "Appointment", "CaseLine", "Kind", "Part", "Risk", "WaitedFor", "Waiting", "appointments", "cases", "days_left",
    "deadlines", "held", "knows_starter", "last_day", "on_hold", "people", "roles_in", "tokens", "waited_for", "waiting",
]  # fmt: skip

SOON = timedelta(days=7)
STILL = timedelta(days=14)  # a case in which nothing has happened for so long may be forgotten
Risk = str  # "overdue", "soon" or "on_track"


@dataclass(frozen=True)
class CaseLine:
    """One line of the board."""

    reference: str
    procedure: str
    stage: str
    started_at: datetime
    moved_at: datetime
    ended_at: datetime | None
    suspended_at: datetime | None  # by an administrator; its deadlines go on counting
    waiting: Sequence[Waiting]  # every open step, the most urgent first
    next_deadline: Deadline | None
    incidents: int
    only_status: bool = False  # who reads this may know how the case stands, and may not open it

    @property
    def since(self) -> datetime:
        """Since when the most urgent step has waited; of a closed case, when it ended."""
        return self.waiting[0].since if self.waiting else self.ended_at or self.moved_at

    @property
    def sentence(self) -> str:
        """What the most urgent open step waits for."""
        waits = self.waiting[0].sentence if self.waiting else "Closed."
        return f"{self.on_hold} {waits}" if self.on_hold else waits

    @property
    def others(self) -> int:
        """How many more steps are open, without those that may be done at any time."""
        return sum(not one.optional for one in self.waiting[1:])

    @property
    def on_hold(self) -> str:
        """ "On hold since 3 March 2026; deadlines go on counting.", or nothing."""
        return on_hold(self.suspended_at)

    @property
    def next_due(self) -> date | None:
        """The next day that counts: of a deadline, or of an open task."""
        return self._next[0] if self._next else None

    @property
    def next_due_for(self) -> str:
        """What is due on that day."""
        return self._next[1] if self._next else ""

    @property
    def _next(self) -> tuple[date, str] | None:
        days = [(self.next_deadline.due_on, self.next_deadline.name)] if self.next_deadline else []
        days += [(last_day(one.due), one.name) for one in self.waiting if one.due and one.kind in (Kind.TASK, Kind.NEUTRAL)]
        return min(days, key=lambda day: day[0], default=None)

    @property
    def overdue(self) -> bool:
        """True if a deadline or an open task is past its day."""
        return self.next_due is not None and self.next_due < clock.today()

    @property
    def still(self) -> bool:
        """True if nothing has moved in a running case for two weeks: nothing need be late, and yet somebody may have forgotten it."""
        return self.ended_at is None and self.moved_at < clock.now() - STILL

    @property
    def risk(self) -> Risk:
        """overdue; soon when the next day that counts is within a week; else on_track."""
        if self.next_due is None or self.next_due > clock.today() + SOON:
            return "on_track"
        return "overdue" if self.overdue else "soon"


def cases(session: Session, actor: Actor, *, ended: bool = False) -> list[CaseLine]:
    """Every running case the actor may see, or every ended one; those that need somebody first come first."""
    running = ProcessInstance.state.in_(NOT_ENDED)
    mine = access.seen(actor) & (~running if ended else running)
    found, names = of_instances(session, mine)
    shown = session.scalars(select(ProcessInstance).where(mine).order_by(ProcessInstance.started_at)).all()
    lines = []
    for sight in access.sights(session, actor, shown).values():
        deployed, rows = procedures.of_instance(session, sight.instance), found.get(sight.instance.id, Open())
        waiting = _as_seen(sight, waits.of_instance(sight.instance, rows, names, deployed), deployed)
        lines.append(_line(sight, rows, waiting, deployed.procedure.name))
    return sorted(lines, key=_urgency)


def _line(sight: access.Sight, rows: Open, waiting: Sequence[Waiting], procedure: str) -> CaseLine:
    instance, only_status = sight.instance, sight.of_case < Right.READ
    return CaseLine(
        reference=instance.business_key, procedure=procedure, stage=instance.milestone, started_at=instance.started_at,
        moved_at=instance.moved_at, ended_at=instance.ended_at, suspended_at=instance.suspended_at, waiting=waiting,
        next_deadline=rows.deadlines[0] if rows.deadlines and not only_status else None,
        incidents=0 if only_status else len(rows.incidents), only_status=only_status,
    )  # fmt: skip


def _as_seen(sight: access.Sight, waiting: Sequence[Waiting], deployed: procedures.Deployed) -> list[Waiting]:
    """The open steps as this person may know of them: of what they may not read, only which role it waits for."""
    if sight.of_case < Right.READ:
        return [neutral(one) for one in waiting]
    return [one if _is_shown(sight, one, deployed) else neutral(one) for one in waiting]


def _is_shown(sight: access.Sight, one: Waiting, deployed: procedures.Deployed) -> bool:
    classification = deployed.classification_of(one.process_key, one.element_id)
    return one.kind is not Kind.TASK or sight.of(classification, task_id=one.token) >= Right.STATUS


def _urgency(line: CaseLine) -> tuple[bool, date, datetime]:
    return not line.incidents, line.next_due or date.max, line.since


def waiting(session: Session, instance: ProcessInstance, sight: access.Sight | None = None) -> list[Waiting]:
    """What an instance waits for: every open step, the most urgent first. Nothing once it has ended.

    sight: whose page it is for; without one everything is told, as administrators need it.
    """
    found, names = of_instances(session, ProcessInstance.id == instance.id)
    deployed = procedures.of_instance(session, instance)
    steps = waits.of_instance(instance, found.get(instance.id, Open()), names, deployed)
    return steps if sight is None else _as_seen(sight, steps, deployed)


def deadlines(sight: access.Sight, deployed: procedures.Deployed) -> list[Deadline]:
    """The deadlines of an instance, the next one first and the settled ones after; whom one is about is told to who may know of that."""
    every = statutory.of_instance(sight.session, sight.instance)
    return [one for one in every if not one.subject or _may_know(sight, one, deployed)]


def _may_know(sight: access.Sight, one: Deadline, deployed: procedures.Deployed) -> bool:
    return sight.of(deployed.classification_of(one.process_key, one.host_element_id), task_id=one.host_token) >= Right.STATUS


def tokens(deployed: procedures.Deployed, waiting: Sequence[Waiting]) -> dict[str, Counter[str]]:
    """Where an instance stands in its diagrams: for each process the elements that are open, and how often.

    An activity that calls another process is open while anything in that process is.
    """
    found: dict[str, Counter[str]] = {key: Counter() for key in deployed.definitions.processes}
    for one in waiting:
        _mark(deployed, found, one.process_key, one.element_id)
    return {key: count for key, count in found.items() if count}


def _mark(deployed: procedures.Deployed, found: dict[str, Counter[str]], process_key: str, element_id: str) -> None:
    if process_key not in found:
        return
    found[process_key][element_id] += 1
    if sum(found[process_key].values()) > 1:
        return  # whoever called this process is marked already
    for key, process in deployed.definitions.processes.items():
        for element in process.elements.values():
            if element.called_process == process_key:
                _mark(deployed, found, key, element.id)
