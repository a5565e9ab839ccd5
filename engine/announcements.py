"""Tells people by email of the tasks that wait for them: one email about all that is new to a person, and no word about a case.

Whom a diagram has just written to in the same case is not written to again. An optional task, which nothing waits for, is not told of;
one to be followed up later is told of then.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, literal_column, or_, select, update
from sqlalchemy.orm import Session

from . import addressees, calendars, clock, identity, letters, procedures, separation
from .database import Sessions, transaction
from .letters import LetterTemplate, Recipient
from .models import InstanceState, Letter, Person, ProcessInstance, UserTask

GRACE = timedelta(minutes=2)  # who goes straight on to the next task need not read that it waits
AT_ONCE = 200

TEMPLATE = LetterTemplate(
    "tasks_waiting",
    "{{ subject }}",
    """Dear {{ if toName = "" then "colleague" else toName }},

{{ opening }}

{{#loop tasks}}
- {{ said }}
{{/loop}}

Sign in to see what is asked, and why: {{ link }}

You need not do it all at once. What you type is kept as you go, so you can stop and come back.

If you cannot do it, or not in time, please say so soon. Where a colleague could do it too, you can pass it to them on its page.

To keep what is confidential safe, this email says nothing about it. Please put nothing about it into an email either.
""",
    frozenset(),
)

# Tasks to tell of: open for a while, in a case that is not on hold, and not to be looked at later. The first two conditions are written out
# so that the database sees that the index of untold tasks has all of it.
_NEW = and_(
    UserTask.told_at.is_(None), UserTask.state == literal_column("'open'"), UserTask.created_at <= bindparam("before"),
    or_(UserTask.follow_up_at.is_(None), UserTask.follow_up_at <= bindparam("now")),
)  # fmt: skip
_ACTIVE = exists().where(ProcessInstance.id == UserTask.instance_id, ProcessInstance.state == InstanceState.ACTIVE)
DUE = exists().where(_NEW, _ACTIVE.correlate(UserTask))


def at_this_moment() -> dict[str, object]:
    """What `DUE` must be told."""
    return {"before": clock.now() - GRACE, "now": clock.now()}


def tell_all(sessions: Sessions, *, base_url: str) -> int:
    """Tell everybody of the tasks that are new to them. Returns of how many tasks."""
    told = 0
    while found := _tell_some(sessions, base_url):
        told += found
    return told


def _tell_some(sessions: Sessions, base_url: str) -> int:
    with transaction(sessions) as session:
        tasks = list(session.scalars(_next(), at_this_moment()).unique())
        session.execute(update(UserTask).where(UserTask.id.in_([task.id for task in tasks])).values(told_at=clock.now()))
        by_recipient: defaultdict[Recipient, list[UserTask]] = defaultdict(list)
        for task in tasks:
            for recipient in _recipients(session, task):
                by_recipient[recipient].append(task)
        for recipient, theirs in by_recipient.items():
            _write(session, recipient, theirs, base_url)
        return len(tasks)


def _next() -> Select[UserTask]:
    oldest = select(UserTask).where(_NEW, _ACTIVE.correlate(UserTask)).order_by(UserTask.created_at, UserTask.id)
    return oldest.limit(AT_ONCE).with_for_update(of=UserTask, skip_locked=True)


def _recipients(session: Session, task: UserTask) -> Iterable[Recipient]:
    """Those who may do the task and have not heard of it, each once. What is no email address, or of a closed account, gets nothing."""
    if task.optional:
        return []
    found = {recipient.email.lower(): recipient for recipient in _who_may_do_it(session, task)}
    apart = {one.by for one in separation.done(session, [task]).get(task.id, [])}
    kept_apart = set(session.scalars(select(Person.email).where(Person.id.in_(apart)))) if apart else set()
    heard = _heard(session, task, found) | kept_apart
    return [recipient for email, recipient in found.items() if email not in heard]


def _who_may_do_it(session: Session, task: UserTask) -> Iterable[Recipient]:
    assignee = session.get(Person, task.assignee_id) if task.assignee_id is not None else None
    if assignee is not None and assignee.active:
        return [Recipient(assignee.name, assignee.email)]
    procedure = procedures.of_instance(session, task.instance).procedure
    found: list[Recipient] = []
    for candidate in task.candidates:
        if candidate.kind == "group":
            found += addressees.of_group(session, procedure, candidate.name, task.instance_id)
        elif identity.EMAIL.fullmatch(candidate.name):
            known = identity.by_email(session, candidate.name)
            found += [Recipient(known.name if known else "", candidate.name)] if known is None or known.active else []
    return found


def _heard(session: Session, task: UserTask, emails: Iterable[str]) -> set[str]:
    """Which of them got a letter of this case when the task opened, or since: it told them what to do."""
    since = and_(Letter.instance_id == task.instance_id, Letter.written_at >= task.created_at - GRACE)
    return set(session.scalars(select(Letter.to_email).where(since, Letter.to_email.in_(list(emails)))))


def _write(session: Session, to: Recipient, tasks: Sequence[UserTask], base_url: str) -> None:
    instances = {task.instance_id: task.instance for task in tasks}
    only = next(iter(instances.values())) if len(instances) == 1 else None
    known: dict[str, Any] = {
        "subject": f"{tasks[0].instance.business_key}: a task is waiting for you"
        if len(tasks) == 1
        else f"{len(tasks)} tasks are waiting for you",
        "opening": f"There {'is something' if len(tasks) == 1 else f'are {len(tasks)} things'} for you to do in Casework.",
        "tasks": [{"said": _said(task)} for task in tasks],
        "link": f"{base_url.rstrip('/')}/tasks",
    }
    key = hashlib.sha256(" ".join([to.email, *(str(task.id) for task in tasks)]).encode()).hexdigest()
    letters.write(session, TEMPLATE, known, to=to, key=f"tasks {key}", instance=only)


def _said(task: UserTask) -> str:
    due = f", due on {calendars.say_date(calendars.civil_date(task.due_at))}" if task.due_at else ""
    return f"Case {task.instance.business_key}{due}"
