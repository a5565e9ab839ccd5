"""Where cases stand: one line a case, with the sentence of what it waits for. To be sorted, filtered and taken away as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, render_template, request
from sqlalchemy.orm import Session

from engine import access, insight
from engine.errors import NotFound
from engine.identity import Actor
from web import spreadsheets
from web.dates import day_of
from web.unit_of_work import in_transaction

bp = Blueprint("insight", __name__, url_prefix="/board")

RISKS = {"overdue": "Overdue", "soon": "Due within 7 days", "on_track": "On track"}
# What a board can be narrowed to. A case may stand in more than one way.
STANDINGS = {
    "overdue": "Overdue",
    "soon": "Due within 7 days",
    "stopped": "Stopped by a problem",
    "still": "Not moved for 14 days",
    "on_track": "On track",
}
TONES = {"overdue": "late", "soon": "soon", "stopped": "late", "still": "soon", "on_track": "good"}
NO_STAGE = "Just begun"

# The columns that a board can be sorted by. Without one it stands as the engine gives it: what needs somebody first.
SORTS: dict[str, Callable[[insight.CaseLine], Any]] = {
    "reference": lambda line: line.reference,
    "stage": lambda line: stage_of(line),
    "since": lambda line: line.since,
    "due": lambda line: line.next_due or date.max,
    "moved": lambda line: line.moved_at,
}
COLUMNS = (
    "Reference", "Procedure", "Stage", "Started", "Waits for", "Waiting since", "Next date", "What is due then", "Standing",
    "Other open steps", "Problems", "Last moved", "Closed",
)  # fmt: skip


@bp.get("")
@in_transaction
def board(db: Session, actor: Actor) -> str:
    """Every case the actor may see."""
    lines = _lines(db, actor)
    asked = {key: request.args.get(key, "") for key in ("stage", "risk", "who", "sort", "ended")}
    return render_template(
        "insight/board.html", lines=_sorted(_filtered(lines)), all=len(lines), figures=figures(lines), waited_for=insight.waited_for(lines),
        stages=sorted({stage_of(line) for line in lines}), standings=STANDINGS, asked=asked, sort=asked["sort"],
    )  # fmt: skip


@bp.get("/cases.csv")
@in_transaction
def table(db: Session, actor: Actor) -> Response:
    """The same lines, with the same filters, as a file for a spreadsheet."""
    rows = [_row(line) for line in _sorted(_filtered(_lines(db, actor)))]
    return spreadsheets.download("cases", COLUMNS, rows)


@dataclass(frozen=True)
class Figure:
    """How many cases stand in one way."""

    key: str
    words: str
    count: int
    tone: str


def figures(lines: Sequence[insight.CaseLine]) -> list[Figure]:
    """What a manager sees first. That nothing is overdue is said too; what else there is none of is left out."""
    counted = ((key, sum(_stands(line, key) for line in lines)) for key in STANDINGS)
    return [
        Figure(key, STANDINGS[key].lower(), count, TONES[key] if count else "good") for key, count in counted if count or key == "overdue"
    ]


def _stands(line: insight.CaseLine, standing: str) -> bool:
    match standing:
        case "stopped":
            return line.incidents > 0
        case "still":
            return line.still
        case "on_track":
            return line.risk == standing and not line.incidents
        case _:
            return line.risk == standing


def stage_of(line: insight.CaseLine) -> str:
    """The stage in words, also before the first one is reached."""
    return line.stage or NO_STAGE


def _lines(db: Session, actor: Actor) -> list[insight.CaseLine]:
    if not access.seen_procedures(db, actor):
        raise NotFound("There is no such page.")
    return insight.cases(db, actor, ended="ended" in request.args)


def _filtered(lines: Iterable[insight.CaseLine]) -> list[insight.CaseLine]:
    stage, risk, who = (request.args.get(key, "") for key in ("stage", "risk", "who"))
    found = [line for line in lines if stage in ("", stage_of(line)) and (not risk or _stands(line, risk))]
    return [line for line in found if not who or who in insight.roles_in(line)]


def _sorted(lines: list[insight.CaseLine]) -> list[insight.CaseLine]:
    sort = request.args.get("sort", "")
    key = SORTS.get(sort.removeprefix("-"))
    return sorted(lines, key=key, reverse=sort.startswith("-")) if key else lines


def _row(line: insight.CaseLine) -> list[str]:
    return [
        line.reference, line.procedure, stage_of(line), _day(line.started_at), line.sentence, _day(line.since), _day(line.next_due),
        line.next_due_for, "Closed" if line.ended_at else RISKS[line.risk], str(line.others), str(line.incidents),
        _day(line.moved_at), _day(line.ended_at),
    ]  # fmt: skip


def _day(when: date | datetime | None) -> str:
    return day_of(when).isoformat() if when else ""
