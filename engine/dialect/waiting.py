"""What an instance waits for, as the plain facts of engine/waits.py."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from engine.waits import ConditionWait, JobWait, MessageWait, SignalWait, TimerWait, TroubleWait, UserTaskWait, Wait

from .events import WAIT
from .instance import TROUBLE, Instance
from .library import SpiffTask, TaskState
from .several import Part
from .work import WORK


def waits_of(instance: Instance) -> dict[UUID, Wait]:
    """Every token that cannot go on by itself."""
    found: dict[UUID, Wait] = {}
    for task in instance.everything():
        stands = task._state == TaskState.STARTED or (task._state == TaskState.WAITING and TROUBLE in task.internal_data)
        if stands and (wait := _wait(task)):
            found[task.id] = wait
    return found


def bare(task: SpiffTask) -> Wait:
    """Where a token stands."""
    return Wait(**_known(task))


def joins_of(instance: Instance) -> list[Wait]:
    """Every token that waits at a join for others which may still come."""
    return [bare(task) for task in instance.everything() if task._state == TaskState.WAITING and TROUBLE not in task.internal_data]


def _known(task: SpiffTask) -> dict[str, Any]:
    element = task.task_spec.element
    return {"token": task.id, "process_key": element.process, "element_id": element.id, "name": element.title}


def _wait(task: SpiffTask) -> Wait | None:
    data, element, known = task.internal_data, task.task_spec.element, _known(task)
    if TROUBLE in data:
        return TroubleWait(**known, message=data[TROUBLE]["message"])
    if WORK in data:
        return _user_task(known, element, data[WORK]) if element.kind == "userTask" else _job(known, element, data[WORK])
    if WAIT in data:
        return _event(task, known, data[WAIT])
    return None


def _user_task(known: dict[str, Any], element: Any, work: dict[str, Any]) -> UserTaskWait:
    return UserTaskWait(
        **known,
        form_key=work.get("form"),
        assignee=work.get("assignee"),
        candidate_groups=tuple(work.get("groups", ())),
        candidate_users=tuple(work.get("users", ())),
        due_at=_moment(work.get("due")),
        follow_up_at=_moment(work.get("follow_up")),
        priority=work.get("priority", 50),
        documentation=element.documentation,
        properties=work.get("properties", {}),
    )


def _job(known: dict[str, Any], element: Any, work: dict[str, Any]) -> JobWait:
    return JobWait(
        **known, job_type=work["type"], retries=work.get("retries", 3), headers=element.zeebe.headers,
        back_off=tuple(work.get("back_off", ())),
    )  # fmt: skip


def _event(task: SpiffTask, known: dict[str, Any], wait: dict[str, Any]) -> Wait | None:
    match wait["kind"]:
        case "timer":
            return _timer(task, known, wait)
        case "message":
            return MessageWait(**known, message=wait["name"], correlation_key=wait.get("key"))
        case "signal":
            return SignalWait(**known, signal=wait["name"])
        case "conditional":
            return ConditionWait(**known)
    return None  # errors and the like come from inside


def _timer(task: SpiffTask, known: dict[str, Any], wait: dict[str, Any]) -> TimerWait:
    host = _host(task)
    return TimerWait(
        **known,
        due_at=datetime.fromisoformat(wait["due"]),
        host_element_id=host.task_spec.element.id if host is not None else "",
        interrupting=task.task_spec.element.interrupting,
        properties=wait.get("properties", {}),
        counted_from=_day(wait.get("from")),
        due_on=_day(wait.get("on")),
        period=wait.get("period", ""),
        host_token=_met_by(host).id if host is not None else None,
        endless=wait.get("left", 0) < 0,
    )


def _host(task: SpiffTask) -> SpiffTask | None:
    """The activity that an event is attached to: the last of those its guard let go."""
    guard = task.parent.parent if isinstance(task.task_spec, Part) else task.parent
    if not getattr(guard.task_spec, "guards", False):
        return None
    spec = guard.task_spec.flows[-1][1]
    return next((other for other in guard.children if other.task_spec is spec), None)


def _met_by(host: SpiffTask) -> SpiffTask:
    """The token whose completion people hear of: for the part beside event sub-processes the activity that it is the inside of."""
    holder = host.workflow.holder
    return holder if host.task_spec.element.kind == "body" and holder is not None else host


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
