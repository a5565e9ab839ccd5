"""Managing a case: where its tokens and timers stand, and what an administrator can do to them, on pages that say first what it does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from engine import access, administration, clock
from engine.administration import together
from engine.errors import Conflict, Invalid
from engine.identity import Actor
from engine.spiff import Running
from web.dates import day_entered
from web.unit_of_work import in_transaction

bp = Blueprint("administration", __name__, url_prefix="/cases/<reference>/manage")

LARGEST_ID = 2**63 - 1  # that a database can look for
ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "suspend": (administration.suspend, "The case is on hold. Its deadlines go on counting."),
    "resume": (administration.resume, "The case goes on."),
    "terminate": (administration.terminate, "The case is terminated."),
}
LIFECYCLE = f"/<any({', '.join(ACTS)}):act>"
TIMER = f"/timers/<int(max={LARGEST_ID}):job_id>"
TOKEN = "/tokens/<uuid:token>"
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE | re.ASCII)

Problems = dict[str, str] | None


@bp.get("")
@in_transaction
def case(db: Session, actor: Actor, reference: str) -> str:
    """Where the case stands, with the way to everything that can be done."""
    seen = administration.overview(db, actor, reference)
    may_see = access.may_see_case(db, actor, seen.instance)
    return render_template("administration/case.html", seen=seen, instance=seen.instance, may_see_case=may_see)


def _done(reference: str, said: str) -> Any:
    flash(said)
    return redirect(url_for(".case", reference=reference), 303)


def _over(reference: str, error: Conflict) -> Any:
    """Back to the case: what was to be looked at is there no more."""
    flash(str(error), "important")
    return redirect(url_for(".case", reference=reference))


def _seen() -> int | None:
    """The version of the case that the page was made from."""
    return request.form.get("seen", type=int)


def _reason() -> str:
    return request.form.get("reason", "")


# The case itself


@bp.get(LIFECYCLE)
@in_transaction
def lifecycle(db: Session, actor: Actor, reference: str, act: str) -> str:
    """What putting it on hold, letting it go on or terminating it means."""
    return _lifecycle_page(db, actor, reference, act)


@bp.post(LIFECYCLE)
@in_transaction
def change(db: Session, actor: Actor, reference: str, act: str) -> Any:
    """Put it on hold, let it go on, or terminate it."""
    do, said = ACTS[act]
    confirmed = {"confirmation": request.form.get("confirmation", "")} if act == "terminate" else {}
    try:
        do(db, actor, reference, reason=_reason(), seen=_seen(), **confirmed)
    except Invalid as error:
        return _lifecycle_page(db, actor, reference, act, error.problems), 422
    return _done(reference, said)


def _lifecycle_page(db: Session, actor: Actor, reference: str, act: str, problems: Problems = None) -> str:
    instance = administration.find(db, actor, reference)
    goes_on = act == "terminate" and instance.ended_at is None
    foreseen = administration.foresee(db, instance, Running.terminate) if goes_on else None
    return render_template(f"administration/{act}.html", instance=instance, foreseen=foreseen, problems=problems or {}, posted=request.form)


# Timers


@bp.get(TIMER)
@in_transaction
def timer(db: Session, actor: Actor, reference: str, job_id: int) -> Any:
    try:
        return _timer_page(db, actor, reference, job_id)
    except Conflict as error:
        return _over(reference, error)


@bp.post(TIMER)
@in_transaction
def reschedule(db: Session, actor: Actor, reference: str, job_id: int) -> Any:
    _, one = administration.timer_at(db, actor, reference, job_id)
    try:
        due, reason = together(lambda: _due_entered(one), lambda: administration.reason_of(_reason()))
        administration.reschedule(db, actor, reference, job_id, due=due, reason=reason, seen=_seen())
    except Invalid as error:
        return _timer_page(db, actor, reference, job_id, error.problems), 422
    return _done(reference, f"“{one.deadline.name if one.deadline else one.job.name}” is rescheduled.")


def _due_entered(timer: administration.Timer) -> date | datetime | None:
    """A day for a deadline; for another timer now, or the day and time that were typed, in civil time."""
    if timer.deadline is not None:
        return day_entered(request.form, "due", "the new date")
    match request.form.get("when"):
        case "now":
            return None
        case "at":
            day, at = together(_day_entered, lambda: _time_entered(request.form.get("time", "")))
            return datetime.combine(day, at, clock.CIVIL)
    raise Invalid({"when": "Choose whether it is due now or later."})


def _day_entered() -> date:
    day = day_entered(request.form, "due", "the day")
    if day is None:
        raise Invalid({"due": "Enter the day on which it is due."})
    return day


def _time_entered(typed: str) -> time:
    found = _TIME.fullmatch(typed.strip())
    try:
        if not found:
            raise ValueError
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if half and hour not in range(1, 13):
            raise ValueError
        return time(hour % 12 + (12 if half == "pm" else 0) if half else hour, minute)
    except ValueError:
        raise Invalid({"time": "Enter the time like 9:30am or 14:30"}) from None


def _timer_page(db: Session, actor: Actor, reference: str, job_id: int, problems: Problems = None) -> str:
    instance, one = administration.timer_at(db, actor, reference, job_id)
    return render_template("administration/timer.html", instance=instance, timer=one, problems=problems or {}, posted=request.form)


# Tokens


@bp.get(TOKEN)
@in_transaction
def token(db: Session, actor: Actor, reference: str, token: UUID) -> Any:
    """Choose where a token is to go; once chosen, read what that does."""
    try:
        return _token_page(db, actor, reference, token, request.args.get("target"))
    except Conflict as error:
        return _over(reference, error)


@bp.post(TOKEN)
@in_transaction
def move(db: Session, actor: Actor, reference: str, token: UUID) -> Any:
    target = request.form.get("target", "")
    try:
        administration.move(db, actor, reference, token, target, reason=_reason(), seen=_seen())
    except Invalid as error:
        page, _ = _token_page(db, actor, reference, token, target, error.problems)
        return page, 422
    return _done(reference, "The case was moved.")


def _token_page(db: Session, actor: Actor, reference: str, token: UUID, target: str | None, problems: Problems = None) -> tuple[str, int]:
    instance, step = administration.step_at(db, actor, reference, token)
    problems, path, foreseen = dict(problems or {}), None, None
    try:
        if target:
            path, foreseen = administration.foresee_move(db, actor, reference, token, target)
        elif target is not None:
            raise Invalid({"target": "Choose where the case should go on."})
    except Invalid as error:
        problems |= error.problems
    places = administration.destinations(db, instance, step.stands)
    page = render_template(
        "administration/token.html", instance=instance, step=step, places=places, target=target or "", path=path, foreseen=foreseen,
        problems=problems, posted=request.form,
    )  # fmt: skip
    return page, 422 if problems else 200
