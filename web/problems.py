"""Problems: the jobs and steps that stopped, for administrators. They learn where a case stopped, and nothing of its content."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session

from engine import incidents, messages, starts
from engine.identity import Actor
from engine.models import IncidentState
from web.unit_of_work import in_transaction

bp = Blueprint("problems", __name__, url_prefix="/problems")

LARGEST_ID = 2**63 - 1  # that a database can look for


@bp.get("")
@in_transaction
def list_open(db: Session, actor: Actor) -> str:
    """Everything that has stopped, the oldest first."""
    return render_template(
        "problems/problems.html", incidents=incidents.open_ones(db, actor), given_up=messages.given_up(db, actor),
        failing=starts.failing(db, actor),
    )  # fmt: skip


@bp.post(f"/<int(max={LARGEST_ID}):incident_id>/retry")
@in_transaction
def retry(db: Session, actor: Actor, incident_id: int) -> Any:
    """Try one of them again."""
    incident = incidents.retry(db, actor, incident_id)
    if incident.state is IncidentState.OPEN:
        flash(f"“{incident.name}” was tried again and stopped again.", "important")
    else:
        flash(f"“{incident.name}” is being tried again.")
    return redirect(url_for(".list_open"))
