"""User tasks: what waits for a person, and what a person does with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, exists, select
from sqlalchemy.orm import Session, contains_eager, joinedload, lazyload, undefer

from . import access, calendars, clock, deadlines, documents, drafts, forms, history, procedures, runtime, separation, spiff
from .database import add_rows, update_row
from .declared_procedure import Procedure
from .errors import Conflict, Invalid, NotFound
from .identity import Actor
from .models import Deadline, Draft, Person, ProcessInstance, Submission, TaskState, UserTask
from .waits import Happening

GONE = "There is no such task on your list."
DONE = "This task has been done already."
CASE = "case"  # in a form: the variables of the case itself, whatever process the task belongs to
TAKEN_BACK = "This task is no longer needed: the case has moved on."


@dataclass(frozen=True)
class OpenTask:
    """A task as its page shows it."""

    task: UserTask
    form: forms.Form | None
    variables: Mapping[str, Any]
    draft: Draft | None
    deadlines: Sequence[Deadline]
    procedure: Procedure


class Clashed(Conflict):
    """Somebody else changed the same answers meanwhile. `clashes` has their change for each control."""

    def __init__(self, clashes: Mapping[str, drafts.Clash]) -> None:
        super().__init__("Somebody else changed some of the same answers. Read theirs beside yours, then send again.")
        self.clashes = dict(clashes)


def inbox(session: Session, actor: Actor) -> list[UserTask]:
    """Every open task the actor may do, the most urgent first."""
    mine = (
        _open(actor)
        .options(joinedload(UserTask.instance))
        .order_by(UserTask.due_at.is_(None), UserTask.due_at, UserTask.priority.desc(), UserTask.created_at)
    )
    return separation.doable(session, actor, list(session.scalars(mine).unique()))


def _open(actor: Actor) -> Select[UserTask]:
    return select(UserTask).where(UserTask.state == TaskState.OPEN, access.CANDIDATE).params(**access.as_candidate(actor))


def get_for(session: Session, actor: Actor, task_id: UUID) -> UserTask:
    """The task, if it is open and the actor may do it. Otherwise it does not exist.

    Raises Conflict where it existed for this actor and has been done or taken back, or where it must be done by somebody else.
    """
    task = session.scalars(_open(actor).where(UserTask.id == task_id)).unique().first()
    if task is None:
        return _refuse(session, actor, task_id)
    separation.check(session, actor, task)
    return task


def _refuse(session: Session, actor: Actor, task_id: UUID) -> UserTask:
    """Say why the task cannot be done, to those who could have done it; to others it never existed."""
    any_state = select(UserTask).where(UserTask.id == task_id, access.CANDIDATE)
    task = session.scalars(any_state, access.as_candidate(actor)).unique().first()
    if task is None:
        raise NotFound(GONE)
    raise Conflict(_done_by(session, task) if task.state is TaskState.COMPLETED else TAKEN_BACK)


def _done_by(session: Session, task: UserTask) -> str:
    person = session.get(Person, task.completed_by) if task.completed_by else None
    when = calendars.say_date(task.closed_at.astimezone(clock.CIVIL).date()) if task.closed_at else ""
    return f"{person.name} did this task on {when}. What you typed here was not needed." if person else DONE


# With its instance's snapshot, and both locked: the instance first, as by everybody who moves it. Built once, like the condition in it.
_TO_MOVE = (
    select(UserTask, exists().where(Draft.task_id == UserTask.id))
    .where(UserTask.id == bindparam("task_id"), UserTask.state == TaskState.OPEN, access.CANDIDATE).join(UserTask.instance)
    .options(
        contains_eager(UserTask.instance).options(undefer(ProcessInstance.snapshot), lazyload(ProcessInstance.definition)),
        lazyload(UserTask.candidates),
    )
    .with_for_update(of=[ProcessInstance, UserTask]).execution_options(populate_existing=True)
)  # fmt: skip


def _get_to_move(session: Session, actor: Actor, task_id: UUID) -> tuple[UserTask, bool]:
    """The task with its instance, and whether something was typed into it before: nobody else can do it meanwhile."""
    found = session.execute(_TO_MOVE, {"task_id": task_id, **access.as_candidate(actor)}).first()
    if found is None:
        return _refuse(session, actor, task_id), False
    separation.check(session, actor, found[0])
    return found[0], found[1]


def open_form(session: Session, actor: Actor, task_id: UUID) -> OpenTask:
    """Everything the task's page shows."""
    task = get_for(session, actor, task_id)
    deployed = procedures.of_instance(session, task.instance)
    running = [deadline for deadline in deadlines.of_instance(session, task.instance) if deadline.ended_at is None]
    return OpenTask(
        task, _form(session, task), variables_for(session, actor, task), drafts.of_task(session, task), running, deployed.procedure
    )


def variables_for(session: Session, actor: Actor, task: UserTask) -> Mapping[str, Any]:
    """What the task's form may read: what its token sees, what the case itself knows, the reference, and who is filling it in."""
    return _readable(runtime.looking(session, task.instance), actor, task, _form(session, task))


def _readable(running: spiff.Running, actor: Actor, task: UserTask, form: forms.Form | None) -> Mapping[str, Any]:
    about = {"reference": task.instance.business_key, "me": {"name": actor.name, "email": actor.email}, "by_office": True}
    if form is not None and CASE in form.names():  # large variables are fetched only for a form that asks for them
        about[CASE] = dict(running.variables)
    return running.scope(task.id).new_child(about)


def complete(session: Session, actor: Actor, task_id: UUID, raw: Mapping[str, Sequence[str]], *, seen: int | None = None) -> UserTask:
    """Check the answers, hand them to the process and let it run on.

    seen: the draft's version that the page was made from; answers that somebody else changed since are not overwritten.
    Raises Invalid with a sentence for each control, Clashed, or Conflict where the task has been done already.
    """
    task, drafted = _get_to_move(session, actor, task_id)
    draft = drafts.of_task(session, task) if drafted else None
    if draft is not None and seen is not None and (clashes := drafts.clashes(draft, raw, seen=seen, actor=actor)):
        raise Clashed(clashes)
    values = _complete(session, actor, task, raw, documents.of_draft(session, draft) if draft else {})
    if draft is not None:
        deployed = procedures.of_instance(session, task.instance)
        classified = deployed.classifier(_form(session, task), task.process_key, task.element_id)
        documents.settle(session, draft, task.instance, task, values, classified)
        drafts.discard(session, draft)
    return task


def complete_at_once(session: Session, actor: Actor, task_id: UUID, raw: Mapping[str, Sequence[str]]) -> bool:
    """Complete a task whose form is all one page and right, and that nobody typed into before: most are.

    False, and nothing was done, where it takes more than that: a draft to look at, another page to go to, an answer to correct.
    """
    task, drafted = _get_to_move(session, actor, task_id)
    form = _form(session, task)
    if drafted or (form is not None and form.pages[0].slug):
        return False
    try:
        _complete(session, actor, task, raw, {})
    except Invalid:
        return False
    return True


def _form(session: Session, task: UserTask) -> forms.Form | None:
    return procedures.of_instance(session, task.instance).form(task.form_key) if task.form_key else None


def _complete(session: Session, actor: Actor, task: UserTask, raw: Mapping[str, Sequence[str]], files: forms.Files) -> dict[str, Any]:
    """Let the process run on with the answers, if they are right. Returns them, typed."""
    with runtime.moving(session, task.instance, act=_act("task_completed", task, actor), done=task.id) as running:
        form = _form(session, task)
        values = forms.submit(form, _readable(running, actor, task, form), raw, files) if form else {}
        running.complete(task.id, values)
        _hand_in(session, actor, task, values)
    return values


def complete_with(session: Session, actor: Actor, task_id: UUID, values: Mapping[str, Any]) -> UserTask:
    """Complete a task with values that are typed already, as a program or a demonstration has them."""
    task, _ = _get_to_move(session, actor, task_id)
    with runtime.moving(session, task.instance, act=_act("task_completed", task, actor), done=task.id) as running:
        running.complete(task.id, dict(values))
        _hand_in(session, actor, task, values)
    return task


def _hand_in(session: Session, actor: Actor, task: UserTask, values: Mapping[str, Any]) -> None:
    now = clock.now()
    update_row(session, task, {"state": TaskState.COMPLETED, "closed_at": now, "completed_by": actor.id})
    handed_in = {
        "instance_id": task.instance_id, "task_id": task.id, "form_key": task.form_key or "", "values": dict(values),
        "submitted_at": now, "submitted_by": actor.id,
    }  # fmt: skip
    add_rows(session, Submission, [handed_in])


def draft_of(session: Session, actor: Actor, task_id: UUID) -> Draft:
    """The task's draft, begun if there is none."""
    return drafts.ensure_of_task(session, get_for(session, actor, task_id))


def claim(session: Session, actor: Actor, task_id: UUID) -> UserTask:
    """The actor takes the task on, also from a colleague who had it."""
    task, _ = _get_to_move(session, actor, task_id)
    if task.assignee_id != actor.id:
        task.assignee_id = actor.id
        _note(session, "task_claimed", task, actor)
    return task


def release(session: Session, actor: Actor, task_id: UUID) -> UserTask:
    """Give the task back to everybody who may do it."""
    task, _ = _get_to_move(session, actor, task_id)
    if task.assignee_id is not None:
        if not any(candidate.kind == "group" for candidate in task.candidates):
            raise Invalid({"assignee": "Nobody else may do this task. Assign it to a colleague instead."})
        task.assignee_id = None
        _note(session, "task_released", task, actor)
    return task


def assign(session: Session, actor: Actor, task_id: UUID, person_id: UUID) -> UserTask:
    """Give the task to one of the people who may do it."""
    task, _ = _get_to_move(session, actor, task_id)
    if person_id not in {person.id for person in assignable(session, task)}:
        raise Invalid({"assignee": "Choose one of the people who may do this task."})
    task.assignee_id = person_id
    _note(session, "task_assigned", task, actor, person=str(person_id))
    return task


def assignable(session: Session, task: UserTask) -> list[Person]:
    """Everybody who may do the task, by name."""
    return separation.left(session, task)


def follow_up(session: Session, actor: Actor, task_id: UUID, day: date | None) -> UserTask:
    """Set the day on which this person wants to be reminded of the task; None takes it off."""
    task = get_for(session, actor, task_id)
    task.follow_up_at = calendars.instant(day.isoformat()) if day else None
    return task


def _note(session: Session, what: str, task: UserTask, actor: Actor, **detail: Any) -> None:
    act = _act(what, task, actor, **detail)
    history.record_many(session, task.instance, act.actor, [act.happening])


def _in_whose_place(task: UserTask, actor: Actor) -> dict[str, str]:
    """For whom a deputy does a task that they may do as a deputy alone."""
    if not actor.deputises:
        return {}
    groups = {candidate.name for candidate in task.candidates if candidate.kind == "group"}
    by_name = any(candidate.kind == "person" and candidate.name == actor.email for candidate in task.candidates)
    whose = [actor.deputises[group] for group in sorted(groups & actor.deputises.keys())]
    own = groups & (actor.groups_in(task.instance_id) - actor.deputises.keys())
    return {"for": str(whose[0])} if whose and not own and not by_name else {}


def _act(what: str, task: UserTask, actor: Actor, **detail: Any) -> runtime.Act:
    """What this person did with this task, as the history tells it."""
    told = {"subject": task.subject, **_in_whose_place(task, actor), **detail}
    happening = Happening(
        what=what, at=clock.now(), token=task.id, process_key=task.process_key, element_id=task.element_id, name=task.name, detail=told,
    )  # fmt: skip
    return runtime.Act(actor, happening)
