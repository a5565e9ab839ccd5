"""My tasks as the page shows them: one row a task, in groups by how urgent it is, filtered and sorted as asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import access, clock, drafts, procedures, tasks
from engine.declared_procedure import Procedure
from engine.identity import Actor
from engine.models import Person, ProcessInstance, UserTask

from ..dates import SOON, due_day

ALL, MINE, ROLES = "all", "mine", "roles"
NOBODY = "nobody"


@dataclass(frozen=True)
class Row:
    """One task of the list."""

    id: UUID
    name: str
    subject: str
    reference: str
    procedure: str
    stage: str
    since: datetime
    due_at: datetime | None
    follow_up: date | None
    who: str  # "you", a colleague's name, or the roles that may do it
    assigned_to: str  # MINE, NOBODY, or "" for a colleague
    may_see_case: bool
    on_hold: bool
    any_time: bool  # nothing waits for it, and nobody has begun it: it must not bury what is asked of this person

    @property
    def due_on(self) -> date | None:
        """The day by the end of which it is due."""
        return due_day(self.due_at) if self.due_at else None


@dataclass(frozen=True)
class Group:
    """Tasks that are equally urgent."""

    key: str
    title: str
    tone: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Offer:
    """What may be done in one case whenever it is needed."""

    reference: str
    stage: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Wanted:
    """What a person asked to see."""

    whose: str = ALL
    search: str = ""
    sort: str = "due"

    @classmethod
    def of(cls, arguments: Any) -> Wanted:
        """From the address of the page; what makes no sense is left out."""
        whose, sort = arguments.get("whose", ALL), arguments.get("sort", "due")
        return cls(
            whose if whose in (ALL, MINE, ROLES) else ALL,
            arguments.get("search", "").strip(),
            sort if sort.removeprefix("-") in SORTS else "due",
        )

    def address(self, **changed: str) -> dict[str, str]:
        """The page's arguments with this changed, without what goes without saying."""
        other = replace(self, **changed)
        said = {"whose": other.whose, "search": other.search, "sort": other.sort}
        return {name: value for name, value in said.items() if value != getattr(Wanted(), name)}


SORTS: dict[str, Callable[[Row], Any]] = {
    "due": lambda row: (row.due_on is None, row.due_on or date.max),
    "reference": lambda row: row.reference,
    "task": lambda row: (row.name.casefold(), row.subject.casefold()),
    "stage": lambda row: (row.procedure.casefold(), row.stage.casefold()),
}


def rows(session: Session, actor: Actor) -> list[Row]:
    """Every task this person may do."""
    found = tasks.inbox(session, actor)
    holders = {task.assignee_id for task in found} - {None}
    names = dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(holders))).all()) if holders else {}
    mine = ProcessInstance.id.in_({task.instance_id for task in found}), access.seen(actor)
    seen = frozenset(session.scalars(select(ProcessInstance.id).where(*mine))) if found else frozenset()
    begun = drafts.begun(session, [task.id for task in found if task.optional])
    return [_row(session, task, actor, names, seen, begun) for task in found]


def _row(session: Session, task: UserTask, actor: Actor, names: dict[UUID, str], seen: frozenset[UUID], begun: frozenset[UUID]) -> Row:
    procedure = procedures.of_instance(session, task.instance).procedure
    mine = task.assignee_id == actor.id
    if task.assignee_id is None:
        who = roles(procedure, task, actor)
    else:
        who = "you" if mine else names.get(task.assignee_id, "somebody else")
    return Row(
        id=task.id, name=task.name, subject=task.subject, reference=task.instance.business_key, procedure=procedure.name,
        stage=task.instance.milestone, since=task.created_at, due_at=task.due_at, follow_up=_follow_up(task), who=who,
        assigned_to=MINE if mine else NOBODY if task.assignee_id is None else "", may_see_case=task.instance_id in seen,
        on_hold=task.instance.suspended_at is not None,
        any_time=task.optional and not (mine or task.due_at or task.id in begun),
    )  # fmt: skip


def roles(procedure: Procedure, task: UserTask, actor: Actor | None = None) -> str:
    """The roles that may do a task in words; with an actor only those that are theirs, where any is."""
    groups = [candidate.name for candidate in task.candidates if candidate.kind == "group"]
    own = [group for group in groups if actor and group in actor.groups_in(task.instance_id)]
    return " or ".join(procedure.group_name(group) for group in sorted(own or groups))


def _follow_up(task: UserTask) -> date | None:
    return task.follow_up_at.astimezone(clock.CIVIL).date() if task.follow_up_at else None


def chosen(found: Sequence[Row], wanted: Wanted) -> list[Row]:
    """The rows asked for, in the order asked for."""
    search = wanted.search.casefold()
    kept = [row for row in found if _is_whose(row, wanted.whose) and _matches(row, search)]
    return sorted(kept, key=SORTS[wanted.sort.removeprefix("-")], reverse=wanted.sort.startswith("-"))


def _is_whose(row: Row, whose: str) -> bool:
    return whose == ALL or row.assigned_to == {MINE: MINE, ROLES: NOBODY}[whose]


def _matches(row: Row, search: str) -> bool:
    return all(word in f"{row.reference} {row.name} {row.subject}".casefold() for word in search.split())


def asked(found: Sequence[Row]) -> list[Row]:
    """The rows that wait for somebody; the list counts these."""
    return [row for row in found if not row.any_time]


def offers(found: Sequence[Row]) -> list[Offer]:
    """What nothing waits for, case by case, with its tasks by name."""
    free = sorted((row for row in found if row.any_time), key=lambda row: (row.reference, row.name.casefold(), row.subject.casefold()))
    return [
        Offer(reference, rows[0].stage, rows) for reference, of_case in groupby(free, lambda row: row.reference) if (rows := list(of_case))
    ]


def groups(found: Sequence[Row]) -> list[Group]:
    """What is asked of a person, by urgency; groups without any are left out."""
    kinds = [
        ("overdue", "Overdue", "late"),
        ("soon", "Due in the next 7 days", "soon"),
        ("later", "Due later", "calm"),
        ("undated", "No date", "quiet"),
        ("put_by", "To come back to later", "quiet"),
    ]
    sorted_in = [Group(key, title, tone, [row for row in asked(found) if _kind(row) == key]) for key, title, tone in kinds]
    return [group for group in sorted_in if group.rows]


def _kind(row: Row) -> str:
    today = clock.today()
    if row.due_on is not None and row.due_on < today:
        return "overdue"
    if row.follow_up is not None and row.follow_up > today:
        return "put_by"
    if row.due_on is None:
        return "undated"
    return "soon" if row.due_on <= today + SOON else "later"
