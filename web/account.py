"""What a person arranges for themselves: who acts in their place while they are away."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import access, deputies, procedures
from engine.errors import Conflict, Invalid
from engine.identity import Actor
from engine.models import Person
from web.dates import day_entered
from web.unit_of_work import in_transaction

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("")
@in_transaction
def account(db: Session, actor: Actor) -> str:
    """The person's deputies, and whose deputy they are."""
    return _page(db, actor)


@bp.post("/deputies")
@in_transaction
def name(db: Session, actor: Actor) -> Any:
    """Name a deputy."""
    problems: dict[str, str] = {}
    days = {}
    for field, called in (("starts_on", "the first day"), ("ends_on", "the last day")):
        try:
            days[field] = day_entered(request.form, field, called)
        except Invalid as error:
            problems[field] = " ".join(error.problems.values())
    try:
        given = {field: request.form.get(field, "") for field in ("group", "email", "reason")}
        deputies.name(db, actor, **given, starts_on=days.get("starts_on"), ends_on=days.get("ends_on"))
    except Invalid as error:
        return _page(db, actor, {**error.problems, **problems}), 422
    flash("Your deputy is named.")
    return redirect(url_for(".account"), 303)


@bp.post("/deputies/<int(max=9007199254740991):deputy_id>/end")
@in_transaction
def end(db: Session, actor: Actor, deputy_id: int) -> Any:
    """End it before its last day."""
    try:
        deputies.end(db, actor, deputy_id)
        flash("It is ended. From now on the deputy does not act as that role any more.")
    except Conflict as error:
        flash(str(error), "important")
    return redirect(url_for(".account"), 303)


def _page(db: Session, actor: Actor, problems: dict[str, str] | None = None) -> str:
    shown = deputies.shown_to(db, actor)
    ids = {one.person_id for one in shown} | {one.deputy_id for one in shown}
    names = {id_: name for id_, name in db.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))} if ids else {}
    called = {one.group: _called(db, one.group) for one in shown}
    return render_template(
        "auth/account.html", roles=deputies.roles_of(db, actor), shown=shown, names=names, called=called, problems=problems or {},
        posted=request.form, administers=access.is_administrator(actor),
    )  # fmt: skip


def _called(db: Session, group: str) -> str:
    known = (deployed.procedure for deployed in procedures.all_deployed(db) if deployed.procedure.role_of(group))
    return next((procedure.group_name(group) for procedure in known), group)
