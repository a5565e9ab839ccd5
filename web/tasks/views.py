"""The pages of My tasks and of one task."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from engine import access, insight, tasks
from engine.errors import Invalid, NotFound, Suspended
from engine.identity import Actor
from engine.models import Deadline, Person, Right, TaskState, UserTask

from .. import entry
from ..dates import day_entered
from ..unit_of_work import in_transaction, takes_files
from . import inbox as lists

bp = Blueprint("tasks", __name__, url_prefix="/tasks")


@bp.get("")
@in_transaction
def inbox(db: Session, actor: Actor) -> Any:
    wanted, found = lists.Wanted.of(request.args), lists.rows(db, actor)
    chosen = lists.chosen(found, wanted)
    return render_template(
        "tasks/inbox.html", wanted=wanted, groups=lists.groups(chosen), offers=lists.offers(chosen),
        found=lists.asked(found), chosen=lists.asked(chosen), any_offers=len(lists.asked(found)) < len(found),
    )  # fmt: skip


@bp.get("/<uuid:task_id>")
@in_transaction
def task(db: Session, actor: Actor, task_id: UUID) -> Any:
    return _page(db, actor, tasks.open_form(db, actor, task_id))


@bp.post("/<uuid:task_id>")
@takes_files(tasks.get_for)
@in_transaction
def answer(db: Session, actor: Actor, task_id: UUID) -> Any:
    if entry.is_handed_in() and tasks.complete_at_once(db, actor, task_id, dict(request.form.lists())):
        return redirect(url_for(".done", task_id=task_id), 303)
    opened = tasks.open_form(db, actor, task_id)
    if opened.form is None:
        tasks.complete(db, actor, task_id, {})
        return redirect(url_for(".done", task_id=task_id), 303)
    filling = _entry(db, actor, opened, begun=True)
    taken = filling.take()
    if not taken.may_go_on:
        return _page(db, actor, opened, filling, taken)
    return _go_on(db, actor, opened, filling, taken)


def _go_on(db: Session, actor: Actor, opened: tasks.OpenTask, filling: entry.Entry, taken: entry.Taken) -> Any:
    task_id = opened.task.id
    if taken.turn.saved:
        flash(f"What you entered in “{opened.task.name}” is saved. Come back to it whenever you like.")
        return redirect(url_for(".inbox"), 303)
    if taken.turn.done:
        try:
            tasks.complete(db, actor, task_id, taken.raw, seen=taken.version)
        except Suspended:  # the draft is kept; the page says that the case is on hold
            return _page(db, actor, opened, filling, taken)[0], 409
        return redirect(url_for(".done", task_id=task_id), 303)
    if taken.turn.moved:
        return entry.to_page(url_for(".task", task_id=task_id), taken.turn.page)
    return _page(db, actor, opened, filling, taken)


@bp.post("/<uuid:task_id>/draft")
@in_transaction
def draft(db: Session, actor: Actor, task_id: UUID) -> Any:
    return _begun(db, actor, task_id).autosave()


@bp.post("/<uuid:task_id>/files")
@takes_files(tasks.get_for)
@in_transaction
def files(db: Session, actor: Actor, task_id: UUID) -> Any:
    return _begun(db, actor, task_id).receive_files()


@bp.get("/<uuid:task_id>/done")
@in_transaction
def done(db: Session, actor: Actor, task_id: UUID) -> Any:
    finished = db.get(UserTask, task_id)
    if finished is None or finished.state is not TaskState.COMPLETED or finished.completed_by != actor.id:
        raise NotFound(tasks.GONE)
    instance = finished.instance
    sight, rows = access.sight(db, actor, instance), lists.asked(lists.rows(db, actor))
    may_see = sight.of_case >= Right.STATUS
    return render_template(
        "tasks/done.html",
        task=finished,
        may_see_case=may_see,
        waiting=insight.waiting(db, instance, sight) if may_see else [],
        next=[row for row in rows if row.reference == instance.business_key],
        count=len(rows),
    )


@bp.post("/<uuid:task_id>/claim")
@in_transaction
def claim(db: Session, actor: Actor, task_id: UUID) -> Any:
    taken = tasks.claim(db, actor, task_id)
    flash(f"“{taken.name}” is yours now.")
    return redirect(url_for(".task", task_id=task_id), 303)


@bp.post("/<uuid:task_id>/release")
@in_transaction
def release(db: Session, actor: Actor, task_id: UUID) -> Any:
    return _share(
        db, actor, task_id, "assignee", lambda: tasks.release(db, actor, task_id), "It is free again for everybody who may do it."
    )


@bp.post("/<uuid:task_id>/assign")
@in_transaction
def assign(db: Session, actor: Actor, task_id: UUID) -> Any:
    def give() -> UserTask:
        return tasks.assign(db, actor, task_id, _person_id(request.form.get("person", "")))

    return _share(db, actor, task_id, "assignee", give, "It is given to your colleague.")


@bp.post("/<uuid:task_id>/follow-up")
@in_transaction
def follow_up(db: Session, actor: Actor, task_id: UUID) -> Any:
    def put_by() -> UserTask:
        return tasks.follow_up(db, actor, task_id, day_entered(request.form, "follow_up", "the day to come back to this"))

    return _share(
        db, actor, task_id, "follow_up", put_by, "Your follow-up date is set." if _any_date() else "The follow-up date is taken off."
    )


def _any_date() -> bool:
    return any(request.form.get(f"follow_up-{part}", "").strip() for part in ("day", "month", "year"))


def _share(db: Session, actor: Actor, task_id: UUID, field: str, act: Any, said: str) -> Any:
    """Do something with the task that is not its form; where it is refused, the page says why."""
    try:
        act()
    except Invalid as error:
        opened = tasks.open_form(db, actor, task_id)
        return _page(db, actor, opened, refused={field: " ".join(error.problems.values())})
    flash(said)
    return redirect(url_for(".task", task_id=task_id), 303)


def _person_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid({"assignee": "Choose a colleague."}) from None


def _begun(db: Session, actor: Actor, task_id: UUID) -> entry.Entry:
    return _entry(db, actor, tasks.open_form(db, actor, task_id), begun=True)


def _entry(db: Session, actor: Actor, opened: tasks.OpenTask, *, begun: bool = False) -> entry.Entry:
    if opened.form is None:
        raise NotFound(tasks.GONE)
    draft = tasks.draft_of(db, actor, opened.task.id) if begun else opened.draft
    return entry.Entry(db, actor, opened.form, opened.variables, draft)


def _page(
    db: Session,
    actor: Actor,
    opened: tasks.OpenTask,
    filling: entry.Entry | None = None,
    taken: entry.Taken | None = None,
    refused: dict[str, str] | None = None,
) -> Any:
    if filling is None and opened.form is not None:
        filling = _entry(db, actor, opened)
    task = opened.task
    of_case = access.sight(db, actor, task.instance).of_case
    page = render_template(
        "tasks/task.html",
        task=task,
        opened=opened,
        entry=filling,
        shown=filling.show(taken) if filling else None,
        version=taken.version if taken else filling.version if filling else 0,
        theirs=taken.theirs if taken else {},
        assignee=db.get(Person, task.assignee_id) if task.assignee_id else None,
        colleagues=[person for person in tasks.assignable(db, task) if person.id != task.assignee_id],
        roles=lists.roles(opened.procedure, task),
        may_see_case=of_case >= Right.STATUS,
        deadlines=deadlines_of(opened, of_case >= Right.READ),
        saver=_saver(db, filling),
        refused=refused or {},
    )
    return page, 422 if refused else taken.status if taken else 200


def deadlines_of(opened: tasks.OpenTask, may_see_case: bool) -> list[Deadline]:
    """Those that this task is for, and for who may see the case its own; never those of somebody else's part in it."""
    task = opened.task

    def concerns(deadline: Deadline) -> bool:
        if deadline.subject:
            return deadline.subject == task.subject
        return may_see_case or (deadline.process_key, deadline.host_element_id) == (task.process_key, task.element_id)

    return [deadline for deadline in opened.deadlines if concerns(deadline)]


def _saver(db: Session, filling: entry.Entry | None) -> Person | None:
    """Who typed last."""
    fields = filling.draft.fields if filling and filling.draft else []
    last = max(fields, key=lambda field: field.saved_at, default=None)
    return db.get(Person, last.saved_by) if last and last.saved_by else None
