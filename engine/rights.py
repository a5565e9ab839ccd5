"""Who may see what of a case, worked out once for each stage: by the procedure's access table, or by what its roles see.

The table is asked with the process, the stage and some facts of the case, and answers with grants: to whom, of what, whether only of
their own, and which right. What no rule grants nobody has; "none" takes away what another rule grants.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeAlias
from uuid import UUID

import structlog
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from . import clock
from .database import add_rows
from .declared_procedure import Procedure
from .errors import Trouble
from .models import UNCLASSIFIED, AccessProfile, AccessRight, Right
from .procedures import Deployed
from .spiff import Definitions

log = structlog.get_logger()

ANY = "*"  # every classification
ANYONE = "anyone"  # as a role: every person with an account
STAGE = "stage"  # the property of a milestone, and of a process for where its cases begin
COLUMNS = ("who", "what", "own", "right")
RIGHTS = {"none": Right.NONE, "status": Right.STATUS, "read": Right.READ, "write": Right.WRITE}

Grants: TypeAlias = Mapping[tuple[str, str, bool], Right]  # (classification, role, own)


def profile_of(session: Session, deployed: Deployed, process_key: str, stage: str, facts: Mapping[str, Any]) -> UUID | None:
    """The profile of cases that stand so, made with its rights where there was none yet.

    None where the access table cannot be asked now: nobody sees the case rather than everybody, until its next step asks again.
    """
    ident = _ident(deployed.deployment_id, process_key, stage, facts)
    values = {"id": ident, "deployment_id": deployed.deployment_id, "process_key": process_key, "stage": stage, "facts": dict(facts)}
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    made = insert(AccessProfile).values(values).on_conflict_do_nothing().returning(AccessProfile.id)
    if session.connection().execute(made).first() is not None:
        try:
            granted = grants(deployed, process_key, stage, facts)
        except Trouble as error:
            log.error("the access table could not be asked", procedure=deployed.procedure.key, stage=stage, problem=str(error))
            session.connection().execute(delete(AccessProfile).where(AccessProfile.id == ident))
            return None
        add_rows(session, AccessRight, [
            {"profile_id": ident, "classification": classification, "role": role, "own": own, "level": right}
            for (classification, role, own), right in granted.items()
        ])  # fmt: skip
    return ident


def _ident(deployment_id: int, process_key: str, stage: str, facts: Mapping[str, Any]) -> UUID:
    """The same for the same in every process, so that none has to ask another."""
    whole = json.dumps([deployment_id, process_key, stage, facts], sort_keys=True)
    return UUID(bytes=hashlib.sha256(whole.encode()).digest()[:16])


def grants(deployed: Deployed, process_key: str, stage: str, facts: Mapping[str, Any]) -> Grants:
    """Every right in a case that stands so. Raises Trouble where the access table cannot be asked."""
    procedure = deployed.procedure
    if not procedure.access.decision:
        seeing = {(ANY, role.key, False): Right.WRITE for role in procedure.roles.values() if role.sees_cases}
        return {**seeing, (ANY, ANYONE, True): Right.READ}
    return asked(procedure, deployed.definitions, process_key, stage, facts)


def asked(procedure: Procedure, definitions: Definitions, process_key: str, stage: str, facts: Mapping[str, Any]) -> Grants:
    """What the access table grants. Raises Trouble where it cannot be read, or answers with something else."""
    known = {**dict.fromkeys(procedure.access.facts), **facts, "process": process_key, STAGE: stage}
    return collected(definitions.decide(procedure.access.decision, known, clock.now()), procedure.access.classifications)


def collected(answer: Any, classifications: Collection[str]) -> Grants:
    """The grants of the rules that matched. Raises Trouble where one of them is no grant.

    classifications: what "*" stands for, beside what nobody has classified.
    """
    found: dict[tuple[str, str, bool], Right] = {}
    everything = [*classifications, UNCLASSIFIED]
    for rule in answer if isinstance(answer, list) else [answer] if answer else []:
        who, what, own, right = (rule.get(column) for column in COLUMNS) if isinstance(rule, dict) else [None] * 4
        if right not in RIGHTS or not isinstance(own, bool | None):
            raise Trouble(f"A rule gives the right “{right}”. Write one of: {', '.join(RIGHTS)}; and true, false or nothing below “own”.")
        items = [one for word in _listed(what) for one in (everything if word == ANY else [word])]
        for key in ((item, role, bool(own)) for role in _listed(who) for item in items):
            denied = RIGHTS[right] is Right.NONE or found.get(key) is Right.NONE
            found[key] = Right.NONE if denied else max(RIGHTS[right], found.get(key, Right.NONE))
    return {key: right for key, right in found.items() if right is not Right.NONE}


def _listed(cell: Any) -> Iterable[str]:
    words = cell if isinstance(cell, list) else [cell]
    if not words or not all(isinstance(word, str) for word in words):
        raise Trouble("A rule does not say who, or what. Write one word in quotation marks, or a list of them.")
    return words


def known_stage(deployed: Deployed, process_key: str, element_id: str) -> str:
    """The stage that a milestone carries, for the access table; nothing where it carries none."""
    element = deployed.element(process_key, element_id)
    return element.properties.get(STAGE, "") if element else ""


def first_stage(deployed: Deployed, process_key: str) -> str:
    """The stage at which cases of this process begin, before they pass any milestone; nothing where it says none."""
    return deployed.definitions.processes[process_key].properties.get(STAGE, "")
