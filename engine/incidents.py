"""Incidents: jobs and steps that need an administrator. They are listed, and tried again."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload

from . import access, clock, history, jobs, runtime
from .errors import Conflict, NotFound
from .identity import Actor
from .models import Incident, IncidentState, ProcessInstance
from .waits import TroubleWait


def open_ones(session: Session, actor: Actor) -> list[Incident]:
    """The open incidents, oldest first; NotFound for everybody but administrators."""
    _require(actor)
    return list(session.scalars(select(Incident).where(Incident.state == IncidentState.OPEN).order_by(Incident.opened_at)))


def retry(session: Session, actor: Actor, incident_id: int) -> Incident:
    """Try the job or step again. A step that fails once more stays an incident, with what it says now."""
    _require(actor)
    instance, incident = _locked(session, incident_id)
    if incident.state is not IncidentState.OPEN:
        raise Conflict("This problem has been solved already.")
    history.record(
        session, "incident_retried", instance=instance, actor=actor, process_key=incident.process_key,
        element_id=incident.element_id, token=incident.token, name=incident.name,
    )  # fmt: skip
    if incident.job_id is not None:
        incident.state, incident.resolved_at = IncidentState.RESOLVED, clock.now()
        jobs.retry(session, instance, incident.token)
        return incident
    with runtime.moving(session, instance) as running:
        running.retry(incident.token)
        still = running.waits.get(incident.token)
    if isinstance(still, TroubleWait):
        incident.message = still.message
    return incident


def _locked(session: Session, incident_id: int) -> tuple[ProcessInstance, Incident]:
    """The incident with its instance, which comes first as for everybody who moves it."""
    instance_id = session.scalar(select(Incident.instance_id).where(Incident.id == incident_id))
    if instance_id is None:
        raise NotFound("There is no such problem.")
    instance = session.scalars(runtime.locked(instance_id)).one()
    return instance, session.get_one(Incident, incident_id, options=[lazyload(Incident.instance)], with_for_update={"of": Incident})


def _require(actor: Actor) -> None:
    if not access.is_administrator(actor):
        raise NotFound("There is no such page.")
