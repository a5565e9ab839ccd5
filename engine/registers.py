"""Registers: rows that the cases of a procedure leave in tables of its own, and who reads them.

A register is read by the roles that procedure.toml names. That a row belongs to a case is known only to those who may open that case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from . import access, clock, history, procedures
from .database import CHANGED_MEANWHILE
from .declared_procedure import Procedure
from .declared_registers import DATE, HIDDEN, KNOWN, NUMBER, SHOWN, Column, Register
from .errors import Conflict, NotFound, Trouble
from .identity import SYSTEM, Actor
from .models import ProcessInstance, RegisterChange, RegisterEntry, Right

GONE = "There is no such register."


@dataclass(frozen=True)
class Readable:
    """A register that somebody reads."""

    procedure: Procedure
    register: Register


# What diagrams do


def enter(
    session: Session, instance: ProcessInstance, register: Register, key: str, values: Mapping[str, Any], *,
    closed: bool | None = None, actor: Actor = SYSTEM,
) -> None:  # fmt: skip
    """Add a row, or change the one with this key: its other columns stay. closed: whether it is over now; None leaves that as it is.

    Raises Trouble where a value does not fit its column. Entering the same again changes nothing.
    """
    fitting = {name: _fitting(register, name, value) for name, value in values.items()}
    row, now = _row(session, instance, register, key), clock.now()
    changed = {name: value for name, value in fitting.items() if row.values.get(name) != value}
    turned = closed if closed is not None and closed is not (row.closed_at is not None) else None
    if not changed and turned is None and row.id is not None:
        return
    row.values, row.changed_at = {**row.values, **changed}, now
    if turned is not None:
        row.closed_at = now if turned else None
    _store(session, row)
    session.add(RegisterChange(entry_id=row.id, instance_id=instance.id, at=now, values=changed, closed=turned))
    history.record(session, "register_entered", instance=instance, actor=actor, register=register.name)


def read(session: Session, procedure_key: str, register: Register, *, open_only: bool = False) -> list[dict[str, Any]]:
    """The rows as a diagram reads them: the key, a value or nothing for each column, and the case's reference; the oldest first."""
    rows = session.scalars(_rows(procedure_key, register)).all()
    return [
        {**{column.key: row.values.get(column.key) for column in register.columns}, "key": row.key, "case": row.instance.business_key}
        for row in rows
        if not (open_only and row.closed_at)
    ]


def _row(session: Session, instance: ProcessInstance, register: Register, key: str) -> RegisterEntry:
    """The row with this key, which nobody else changes meanwhile; else a new one that is not stored yet."""
    mine = _rows(instance.procedure_key, register).where(RegisterEntry.key == key)
    stored = session.scalars(mine.with_for_update(of=RegisterEntry).execution_options(populate_existing=True)).first()
    return stored or RegisterEntry(
        procedure_key=instance.procedure_key, register=register.key, key=key, instance_id=instance.id, values={}, entered_at=clock.now()
    )


def _store(session: Session, row: RegisterEntry) -> None:
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:  # another case has entered a row with this key meanwhile
        raise Conflict(CHANGED_MEANWHILE) from error


def _rows(procedure_key: str, register: Register) -> Select[RegisterEntry]:
    here = RegisterEntry.procedure_key == procedure_key, RegisterEntry.register == register.key
    return select(RegisterEntry).where(*here).order_by(RegisterEntry.id)


def _fitting(register: Register, name: str, value: Any) -> Any:
    """A value as its column keeps it. The sentences repeat no value: it may be about a person."""
    column = register.column(name)
    if column is None:
        known = ", ".join(one.key for one in register.columns)
        raise Trouble(f"The register “{register.name}” has no column “{name}”. Enter one of: {known}; or add the column to procedure.toml.")
    if isinstance(value, list) and column.kind not in (DATE, NUMBER) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    if value is None or value == "":
        return None
    if not _is_of_kind(column, value):
        wanted = {DATE: "a date such as 2026-03-03", NUMBER: "a number"}.get(column.kind, "a text")
        raise Trouble(f"The column “{column.name}” of the register “{register.name}” takes {wanted}. Correct what is entered.")
    return value


def _is_of_kind(column: Column, value: Any) -> bool:
    if column.kind == NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if not isinstance(value, str):
        return False
    if column.kind == DATE:
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
    return True


# What readers see


def readable(session: Session, actor: Actor) -> list[Readable]:
    """Every register that the actor reads, by procedure and in the order in which they are declared."""
    roles = access.roles_of(actor.groups)
    return [
        Readable(deployed.procedure, register)
        for deployed in procedures.all_deployed(session)
        for register in deployed.procedure.registers.values()
        if register.readers & roles
    ]


def readable_for(session: Session, actor: Actor, procedure_key: str, key: str) -> Readable:
    """The register, if the actor reads it. Otherwise it does not exist."""
    found = (one for one in readable(session, actor) if (one.procedure.key, one.register.key) == (procedure_key, key))
    if (one := next(found, None)) is None:
        raise NotFound(GONE)
    return one


def rows(session: Session, actor: Actor, readable: Readable, *, closed: bool | None = None) -> list[RegisterEntry]:
    """The rows that the actor may read, the newest first. closed: only those that are over, or only those that are not."""
    wanted = _rows(readable.procedure.key, readable.register)
    if closed is not None:
        wanted = wanted.where(RegisterEntry.closed_at.is_not(None) if closed else RegisterEntry.closed_at.is_(None))
    found = session.scalars(wanted).all()[::-1]
    return _shown(session, actor, readable.register, found)


def row_for(session: Session, actor: Actor, readable: Readable, number: int) -> tuple[RegisterEntry, Sequence[RegisterChange]]:
    """One row and all its changes, the latest first; NotFound where the actor may not read it."""
    row = session.scalars(_rows(readable.procedure.key, readable.register).where(RegisterEntry.id == number)).first()
    if row is None or not _shown(session, actor, readable.register, [row]):
        raise NotFound("There is no such row.")
    changes = select(RegisterChange).where(RegisterChange.entry_id == row.id).order_by(RegisterChange.id.desc())
    return row, session.scalars(changes).all()


NEEDED = {SHOWN: Right.NONE, KNOWN: Right.STATUS, HIDDEN: Right.READ}  # the right to its case without which a row does not exist


def _shown(session: Session, actor: Actor, register: Register, rows: Sequence[RegisterEntry]) -> list[RegisterEntry]:
    """Those of these rows that exist for the actor."""
    needed = NEEDED[register.case]
    return list(rows) if needed is Right.NONE else _of_cases(session, actor, rows, needed)


def references(session: Session, actor: Actor, rows: Sequence[RegisterEntry]) -> dict[int, str]:
    """By row: the reference of its case. The rows of cases that the actor may not open are left out."""
    return {row.id: row.instance.business_key for row in _of_cases(session, actor, rows, Right.READ)}


def _of_cases(session: Session, actor: Actor, rows: Sequence[RegisterEntry], right: Right) -> list[RegisterEntry]:
    """The rows of cases to which the actor has this right at least."""
    sights = access.sights(session, actor, list({row.instance_id: row.instance for row in rows}.values()))
    return [row for row in rows if sights[row.instance_id].of_case >= right]
