"""Registers: tables over all cases of a procedure. To be narrowed, sorted and taken away as CSV; each row with its past."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request
from sqlalchemy.orm import Session

from engine import registers
from engine.errors import NotFound
from engine.identity import Actor
from engine.models import RegisterEntry
from web import spreadsheets
from web.unit_of_work import in_transaction

from .table import STATES, Table, plain, say

bp = Blueprint("registers", __name__, url_prefix="/registers")

ALWAYS = ("Case", "Entered on", "Last changed on", "Closed on")  # columns of every CSV, after the register's own


@bp.get("")
@in_transaction
def shelf(db: Session, actor: Actor) -> Any:
    """Every register the actor reads."""
    found = registers.readable(db, actor)
    if not found:
        raise NotFound(registers.GONE)
    counted = [(one, len(registers.rows(db, actor, one, closed=False))) for one in found]
    return render_template("registers/shelf.html", counted=counted)


@bp.get("/<procedure_key>/<key>")
@in_transaction
def register(db: Session, actor: Actor, procedure_key: str, key: str) -> Any:
    """The rows of one register, as they were asked for."""
    readable, table = _asked(db, actor, procedure_key, key)
    page = table.page
    return render_template(
        "registers/register.html", readable=readable, table=table, page=page, states=STATES, say=say,
        references=registers.references(db, actor, page.rows),
    )  # fmt: skip


@bp.get("/<procedure_key>/<key>.csv")
@in_transaction
def csv(db: Session, actor: Actor, procedure_key: str, key: str) -> Response:
    """The same rows, all of them and with all columns, as a file for a spreadsheet."""
    readable, table = _asked(db, actor, procedure_key, key)
    columns = readable.register.columns
    references = registers.references(db, actor, table.rows)
    rows = [[*(plain(row.values.get(column.key)) for column in columns), *_always(row, references)] for row in table.rows]
    return spreadsheets.download(key.replace("_", "-"), [*(column.name for column in columns), *ALWAYS], rows)


@bp.get("/<procedure_key>/<key>/<int(max=9007199254740991):number>")
@in_transaction
def row(db: Session, actor: Actor, procedure_key: str, key: str, number: int) -> Any:
    """One row: what it says now, and what it said before."""
    readable = registers.readable_for(db, actor, procedure_key, key)
    found, changes = registers.row_for(db, actor, readable, number)
    references = registers.references(db, actor, [found])
    return render_template("registers/row.html", readable=readable, row=found, changes=changes, reference=references.get(found.id), say=say)


def _asked(db: Session, actor: Actor, procedure_key: str, key: str) -> tuple[registers.Readable, Table]:
    readable = registers.readable_for(db, actor, procedure_key, key)
    wanted = request.args.get("state", "")
    closed = {"closed": True, "all": None}.get(wanted, False)
    return readable, Table(readable.register, registers.rows(db, actor, readable, closed=closed), request.args)


def _always(row: RegisterEntry, references: dict[int, str]) -> list[str]:
    days = [when.date().isoformat() if when else "" for when in (row.entered_at, row.changed_at, row.closed_at)]
    return [references.get(row.id, ""), *days]
