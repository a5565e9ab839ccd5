"""Problems: the jobs, steps, letters and messages that stopped, for administrators, who learn where, and nothing of a case's content."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from engine import administration, incidents, messages, outbox, starts, undelivered
from engine.errors import Conflict, Invalid, NotFound
from engine.identity import Actor
from engine.models import Incident, IncidentState
from web.unit_of_work import in_transaction

bp = Blueprint("problems", __name__, url_prefix="/problems")

LARGEST_ID = 2**63 - 1  # that a database can look for
INCIDENT, LETTER = f"/<int(max={LARGEST_ID}):incident_id>", f"/letters/<int(max={LARGEST_ID}):letter_id>"
MESSAGE = f"/messages/<int(max={LARGEST_ID}):message_id>"


@bp.get("")
@in_transaction
def list_open(db: Session, actor: Actor) -> str:
    """Everything that has stopped, the oldest first."""
    return render_template(
        "problems/problems.html", incidents=incidents.open_ones(db, actor), failing=starts.failing(db, actor),
        letters=outbox.failed(db, actor), given_up=messages.given_up(db, actor),
        undelivered=undelivered.failed(db, actor),
    )  # fmt: skip


@bp.get("/find")
@in_transaction
def find(db: Session, actor: Actor) -> Any:
    """To the page from which the case with this reference is managed."""
    reference = request.args.get("reference", "").strip().upper()
    try:
        instance = administration.find(db, actor, reference)
    except NotFound:
        incidents.open_ones(db, actor)  # which do not exist either for who may not ask
        flash(f"There is no case with the reference “{reference}”.", "important")
        return redirect(url_for(".list_open"))
    return redirect(url_for("administration.case", reference=instance.business_key))


@bp.get(INCIDENT)
@in_transaction
def problem(db: Session, actor: Actor, incident_id: int) -> Any:
    """One problem, and what can be done about it; to the list where it is solved already."""
    try:
        return _page(db, actor, incident_id)
    except Conflict as error:
        return _to_list(error)


@bp.post(INCIDENT)
@in_transaction
def solve(db: Session, actor: Actor, incident_id: int) -> Any:
    """Do what the administrator has chosen, or say why not and keep what was typed."""
    try:
        incident = _solve(db, actor, incident_id)
    except Invalid as error:
        return _page(db, actor, incident_id, error.problems), 422
    _say(incident)
    return redirect(url_for("administration.case", reference=incident.instance.business_key), 303)


def _solve(db: Session, actor: Actor, incident_id: int) -> Incident:
    reason, seen = request.form.get("reason", ""), request.form.get("seen", type=int)
    match request.form.get("act"):
        case "retry":
            return incidents.retry(db, actor, incident_id, reason=reason, seen=seen)
        case "change":
            return incidents.retry(db, actor, incident_id, reason=reason, changes=_changes(), seen=seen)
        case "skip":
            return incidents.skip(db, actor, incident_id, reason=reason, seen=seen)
        case "withdraw":
            return incidents.withdraw(db, actor, incident_id, reason=reason, seen=seen)
    incidents.get_for(db, actor, incident_id)
    raise Invalid({"act": "Choose what is to be done."})


def _changes() -> str:
    changes = request.form.get("changes", "")
    if not changes.strip():
        raise Invalid({"changes": "Write the variables that are to be changed, or choose to try it again as it is."})
    return changes


def _say(incident: Incident) -> None:
    if incident.state is IncidentState.OPEN:
        flash(f"“{incident.name}” was tried again and stopped again: {incident.message}", "important")
        return
    done = {"skip": "was skipped", "withdraw": "was withdrawn"}.get(request.form.get("act", ""), "is being tried again")
    flash(f"“{incident.name}” {done}.")


def _page(db: Session, actor: Actor, incident_id: int, problems: dict[str, str] | None = None) -> str:
    incident = incidents.get_for(db, actor, incident_id)
    skipping, withdrawing = incidents.foresee_leaving(db, incident)
    variables = incidents.variables_of(db, actor, incident)
    return render_template(
        "problems/problem.html", incident=incident, instance=incident.instance, variables=variables, skipping=skipping,
        withdrawing=withdrawing, problems=problems or {}, posted=request.form,
    )  # fmt: skip


@bp.get(LETTER)
@in_transaction
def letter(db: Session, actor: Actor, letter_id: int) -> Any:
    """A letter that the mail server did not take; nothing of what it says."""
    try:
        return _letter_page(db, actor, letter_id)
    except Conflict as error:
        return _to_list(error)


@bp.post(LETTER)
@in_transaction
def send_letter(db: Session, actor: Actor, letter_id: int) -> Any:
    """Have it sent again."""
    try:
        outbox.retry(db, actor, letter_id, reason=request.form.get("reason", ""))
    except Invalid as error:
        return _letter_page(db, actor, letter_id, error.problems), 422
    flash("The letter is being sent again.")
    return redirect(url_for(".list_open"), 303)


@bp.get(MESSAGE)
@in_transaction
def message(db: Session, actor: Actor, message_id: int) -> Any:
    """A message or signal that could not be delivered; nothing of what it brings."""
    try:
        return _message_page(db, actor, message_id)
    except Conflict as error:
        return _to_list(error)


@bp.post(MESSAGE)
@in_transaction
def settle_message(db: Session, actor: Actor, message_id: int) -> Any:
    """Have it sent again, or withdraw it."""
    reason, act = request.form.get("reason", ""), request.form.get("act")
    try:
        if act == "retry":
            undelivered.retry(db, actor, message_id, reason=reason)
        elif act == "withdraw":
            undelivered.withdraw(db, actor, message_id, reason=reason)
        else:
            raise Invalid({"act": "Choose what is to be done."})
    except Invalid as error:
        return _message_page(db, actor, message_id, error.problems), 422
    except Conflict as error:
        return _to_list(error)
    flash("The message is being sent again." if act == "retry" else "The message was withdrawn.")
    return redirect(url_for(".list_open"), 303)


def _message_page(db: Session, actor: Actor, message_id: int, problems: dict[str, str] | None = None) -> str:
    one = undelivered.get_for(db, actor, message_id)
    return render_template("problems/message.html", message=one, problems=problems or {}, posted=request.form)


def _to_list(error: Conflict) -> Any:
    flash(str(error), "important")
    return redirect(url_for(".list_open"))


def _letter_page(db: Session, actor: Actor, letter_id: int, problems: dict[str, str] | None = None) -> str:
    one = next((letter for letter in outbox.failed(db, actor) if letter.id == letter_id), None)
    if one is None:
        raise Conflict("This letter does not wait for an administrator any more.")
    return render_template("problems/letter.html", letter=one, problems=problems or {}, posted=request.form)
