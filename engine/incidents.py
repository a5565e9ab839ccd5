"""Incidents: jobs and steps that need an administrator, who has them tried again, skipped or withdrawn, and says why."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload

from . import access, clock, jobs, runtime
from .administration import Foreseen, foresee
from .administration.authority import act, reason_of, require, together, unchanged
from .errors import Conflict, Invalid, NotFound
from .identity import Actor
from .models import UNCLASSIFIED, Incident, IncidentState, ProcessInstance
from .spiff import Running
from .waits import TroubleWait

SOLVED = "This problem has been solved already."
LAST = "Nothing else is left to do in this case, so it would be closed. Terminate the case instead, if that is meant."


@dataclass(frozen=True)
class Variable:
    """A variable that the stopped step sees. Its value is shown to those who may open the case."""

    name: str
    kind: str  # in words: "a text"
    value: str | None  # as JSON


def open_ones(session: Session, actor: Actor) -> list[Incident]:
    """The open incidents, oldest first; NotFound for everybody but administrators."""
    require(actor)
    return list(session.scalars(select(Incident).where(Incident.state == IncidentState.OPEN).order_by(Incident.opened_at)))


def get_for(session: Session, actor: Actor, incident_id: int) -> Incident:
    """One open incident. Raises Conflict where it was solved already."""
    require(actor)
    incident = session.get(Incident, incident_id)
    if incident is None:
        raise NotFound("There is no such problem.")
    if incident.state is not IncidentState.OPEN:
        raise Conflict(SOLVED)
    return incident


def variables_of(session: Session, actor: Actor, incident: Incident) -> list[Variable]:
    """What the stopped step sees, by name."""
    seen = dict(runtime.looking(session, incident.instance).scope(incident.token))
    shown = access.sight(session, actor, incident.instance).may_read(UNCLASSIFIED)  # whoever may read everything
    return [
        Variable(name, KINDS.get(type(value), "nothing"), json.dumps(value, ensure_ascii=False) if shown else None)
        for name, value in sorted(seen.items())
    ]


KINDS = {str: "a text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a group of values"}


def retry(session: Session, actor: Actor, incident_id: int, *, reason: str, changes: str = "", seen: int | None = None) -> Incident:
    """Try the job or step again. A step that fails once more stays an incident, with what it says now.

    changes: variables to set first where the step sees them, as a JSON object. The history keeps their names alone.
    """
    instance, incident = _to_solve(session, actor, incident_id, seen)
    why, values = together(lambda: reason_of(reason), lambda: changes_of(changes))
    told = act(actor, "incident_retried", why, runtime.wait_of(incident), **({"changed": sorted(values)} if values else {}))
    with runtime.moving(session, instance, act=told, though_suspended=True) as running:
        if incident.job_id is None:
            running.retry(incident.token, values)
        elif values:
            running.assign(incident.token, values)
        still = running.waits.get(incident.token)
    if incident.job_id is not None:
        incident.state, incident.resolved_at = IncidentState.RESOLVED, clock.now()
        jobs.retry(session, instance, incident.token)
    elif isinstance(still, TroubleWait):
        incident.message = still.message
    return incident


def changes_of(text: str) -> dict[str, Any]:
    """Variables as somebody typed them: a JSON object, or nothing. Raises Invalid with what is wrong and where."""
    if not text.strip():
        return {}
    try:
        values = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise _unreadable(f"line {error.lineno}, column {error.colno}: {_SAID.get(error.msg, error.msg)}") from error
    except RecursionError as error:
        raise _unreadable("it is nested too deeply") from error
    if not isinstance(values, dict):
        raise Invalid({"changes": 'Write the variables as one JSON object, such as {"size": 120}.'})
    if "" in values:
        raise Invalid({"changes": "A variable has no name. Write a name before each value."})
    _check_size(values)
    return values


def _check_size(values: dict[str, Any]) -> None:
    """JSON may say more than can be kept: numbers without measure, half characters, lists in lists in lists."""
    try:
        json.dumps(values, allow_nan=False)
        orjson.dumps(values)
    except (TypeError, ValueError, RecursionError) as error:
        sentence = "One of the values cannot be kept: a number is too large, a character is not whole, or it is nested too deeply."
        raise Invalid({"changes": sentence}) from error


_SAID = {
    "Expecting property name enclosed in double quotes": "a name in double quotes is missing",
    "Expecting ',' delimiter": "a comma is missing, or something stands where none belongs",
    "Expecting ':' delimiter": "a colon is missing after the name",
    "Expecting value": "a value is missing; a text needs double quotes",
    "Unterminated string starting at": "a text begins here and has no closing double quotes",
    "Extra data": "something follows after the end",
    "Illegal trailing comma before end of object": "a comma stands before the closing bracket",
}


def _unreadable(why: str) -> Invalid:
    return Invalid({"changes": f'This is not JSON: {why}. Write it like {{"name": "value", "size": 120}}.'})


def _once(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise Invalid({"changes": "A name is written twice. Write each name once."})
    return values


def _no_number(name: str) -> Any:
    raise Invalid({"changes": f"{name} is no number that can be kept. Write a number in digits, or null."})


def skip(session: Session, actor: Actor, incident_id: int, *, reason: str, seen: int | None = None) -> Incident:
    """Go on behind the failed step as if it had been done, without its results."""
    return _leave(session, actor, incident_id, "incident_skipped", Running.skip, reason, seen)


def withdraw(session: Session, actor: Actor, incident_id: int, *, reason: str, seen: int | None = None) -> Incident:
    """Give the failed step up: nothing follows it, the rest of the case goes on."""
    return _leave(session, actor, incident_id, "incident_withdrawn", Running.withdraw, reason, seen)


def _leave(
    session: Session, actor: Actor, incident_id: int, what: str, leave: Callable[[Running, Any], None], reason: str, seen: int | None
) -> Incident:
    instance, incident = _to_solve(session, actor, incident_id, seen)
    told = act(actor, what, reason_of(reason), runtime.wait_of(incident))
    with runtime.moving(session, instance, act=told, though_suspended=True) as running:
        leave(running, incident.token)
        if running.completed and leave is Running.withdraw:
            raise Invalid({"act": LAST})
    session.refresh(incident)
    return incident


def foresee_leaving(session: Session, incident: Incident) -> tuple[Foreseen | str, Foreseen | str]:
    """What skipping and what withdrawing would do, or a sentence why it cannot be done."""
    return _foreseen(session, incident, Running.skip), _foreseen(session, incident, Running.withdraw)


def _foreseen(session: Session, incident: Incident, leave: Callable[[Running, Any], None]) -> Foreseen | str:
    try:
        found = foresee(session, incident.instance, lambda running: leave(running, incident.token))
    except (Invalid, Conflict) as error:
        return str(error)
    return LAST if found.ends and leave is Running.withdraw else found


def _to_solve(session: Session, actor: Actor, incident_id: int, seen: int | None) -> tuple[ProcessInstance, Incident]:
    """The incident with its instance, which is locked first as by everybody who moves it."""
    get_for(session, actor, incident_id)
    instance_id = session.scalars(select(Incident.instance_id).where(Incident.id == incident_id)).one()
    instance = unchanged(session, instance_id, seen)
    incident = session.get_one(Incident, incident_id, options=[lazyload(Incident.instance)], with_for_update={"of": Incident})
    if incident.state is not IncidentState.OPEN:
        raise Conflict(SOLVED)
    return instance, incident
