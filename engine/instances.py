"""Cases: starting them, and finding the one a person may see."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import access, clock, documents, drafts, feel, forms, procedures, runtime
from .errors import Conflict, Invalid, NotFound
from .identity import SYSTEM, Actor
from .letters import LetterTemplate
from .models import Draft, ProcessDefinition, ProcessInstance, Right, Submission

# Without vowels and look-alikes: no reference spells a word or is misread on the telephone.
REFERENCE_LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
REFERENCE_TRIES = 20


@dataclass(frozen=True)
class StartForm:
    """A start form that this person may fill in."""

    deployed: procedures.Deployed
    start: procedures.Start
    form: forms.Form
    variables: Mapping[str, Any]
    draft_key: str


def start_form(session: Session, actor: Actor | None, procedure_key: str, process: str | None = None) -> StartForm:
    """The form that starts a case of this procedure; NotFound for those who may not start one."""
    deployed = procedures.deployed(session, procedure_key)
    start = deployed.procedure.start_of(process)
    if not access.may_start(actor, start):
        raise NotFound("There is nothing here to start.")
    facts = deployed.definitions.processes[start.process]
    starts = (element for element in facts.elements.values() if element.kind == "startEvent" and element.scope == facts.id)
    form_key = next((element.form_key for element in starts if element.form_key), None)
    if form_key is None:
        raise NotFound("This procedure has no form to start it with.")
    return StartForm(deployed, start, deployed.form(form_key), _known(actor), f"{procedure_key}/{start.process}")


def _known(actor: Actor | None) -> dict[str, Any]:
    """What a start form may read before there is a case."""
    me = {"name": actor.name, "email": actor.email} if actor else None
    return {"by_office": actor is not None, "me": me}


def submit_start(
    session: Session,
    actor: Actor | None,
    procedure_key: str,
    raw: Mapping[str, Sequence[str]],
    *,
    draft: Draft | None = None,
    process: str | None = None,
) -> ProcessInstance:
    """Start a case from what was typed.

    Raises Invalid with a sentence for each field, or where the answers point elsewhere (`signpost_for`); Conflict where
    the draft was sent already.
    """
    if draft is not None:
        drafts.lock(session, draft)
    wanted = start_form(session, actor, procedure_key, process)
    files = documents.of_draft(session, draft) if draft else {}
    values = forms.submit(wanted.form, wanted.variables, raw, files)
    if signpost_for(wanted, values) is not None:
        raise Invalid({"": "These answers do not start a case."})
    given = {**wanted.variables, **values}
    instance = start(
        session, actor or SYSTEM, procedure_key, given, process=wanted.start.process, form_key=wanted.form.id,
        id=draft.id if draft else None,
    )  # fmt: skip
    if draft is not None:
        documents.settle(session, draft, instance, None, values, _classified(wanted))
        drafts.discard(session, draft)
    return instance


def _classified(wanted: StartForm) -> Callable[[str], str]:
    """How sensitive a file is that came with a start form, by its control."""
    process = wanted.deployed.definitions.processes[wanted.start.process]
    event = next(ident for ident in process.starts if process.elements[ident].form_key == wanted.form.id)
    return wanted.deployed.classifier(wanted.form, process.id, event)


def sent_as(session: Session, actor: Actor | None, form_id: UUID) -> ProcessInstance | None:
    """The case that this person, or somebody without an account, has started with this form already: it bears the id of its draft."""
    by = ProcessInstance.started_by == (actor.id if actor else None)
    return session.scalars(select(ProcessInstance).where(ProcessInstance.id == form_id, by)).first()


def signpost_for(wanted: StartForm, values: Mapping[str, Any]) -> LetterTemplate | None:
    """The letter to which these answers point, where the procedure says that they make no case."""
    letter = next((signpost.letter for signpost in wanted.start.signposts if feel.value(signpost.when, values) is True), None)
    return wanted.deployed.letters[letter] if letter else None


def start(
    session: Session,
    actor: Actor,
    procedure_key: str,
    variables: Mapping[str, Any],
    *,
    process: str | None = None,
    form_key: str = "",
    id: UUID | None = None,
) -> ProcessInstance:
    """A new case of the newest version, run to its first waits."""
    deployed = procedures.deployed(session, procedure_key)
    key = process or deployed.procedure.start_of().process
    definitions = select(ProcessDefinition).where(ProcessDefinition.deployment_id == deployed.deployment_id)
    instance = _new(session, session.scalars(definitions.where(ProcessDefinition.key == key)).one(), actor, id)
    handed_in = Submission(
        instance_id=instance.id, form_key=form_key, values=dict(variables), submitted_at=instance.started_at, submitted_by=actor.id
    )
    session.add(handed_in)
    runtime.begin(session, instance, {**variables, "reference": instance.business_key}, actor=actor)
    return instance


def begin(session: Session, definition: ProcessDefinition, variables: Mapping[str, Any], *, start_event: str) -> ProcessInstance:
    """A new case that nobody asked for with a form: it begins at this start event because of a time, a message or a signal."""
    instance = _new(session, definition, SYSTEM)
    runtime.begin(session, instance, {**variables, "reference": instance.business_key}, actor=SYSTEM, start_event=start_event)
    return instance


def _new(session: Session, definition: ProcessDefinition, actor: Actor, id: UUID | None = None) -> ProcessInstance:
    """A case that has not begun, with its reference."""
    deployed = procedures.of_deployment(session, definition.deployment)
    now = clock.now()
    instance = ProcessInstance(
        id=id or uuid4(), definition=definition, procedure_key=deployed.procedure.key, started_at=now, moved_at=now, started_by=actor.id,
        business_key=new_reference(session, deployed.procedure.reference_of(definition.key)),
        snapshot=b"", history_length=0, history_hash="",
    )  # fmt: skip
    session.add(instance)
    session.flush()
    return instance


def new_reference(session: Session, pattern: procedures.Reference) -> str:
    """A reference nobody has yet. It is random, so that it tells neither order nor number of cases (R66)."""
    for _ in range(REFERENCE_TRIES):
        reference = pattern.prefix + "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(pattern.length))
        if session.scalar(select(ProcessInstance.id).where(ProcessInstance.business_key == reference)) is None:
            return reference
    raise Conflict("No free reference was found. Give references of this procedure more letters.")


def get_for(session: Session, actor: Actor, reference: str) -> ProcessInstance:
    """The case, if the actor may open it. Otherwise it does not exist."""
    return sight_for(session, actor, reference, Right.READ).instance


def sight_for(session: Session, actor: Actor, reference: str, right: Right = Right.STATUS) -> access.Sight:
    """What the actor may see of the case with this reference. NotFound where they have not even this right to it."""
    instance = session.scalars(select(ProcessInstance).where(ProcessInstance.business_key == reference)).first()
    sight = access.sight(session, actor, instance) if instance is not None else None
    if sight is None or sight.of_case < right:
        raise NotFound("There is no such case.")
    return sight


def is_seen(session: Session, actor: Actor, reference: str) -> bool:
    """True if there is a case with this reference for the actor."""
    known = select(ProcessInstance.id).where(ProcessInstance.business_key == reference, access.seen(actor))
    return session.scalar(known) is not None


def variables_of(session: Session, instance: ProcessInstance) -> Mapping[str, Any]:
    """The variables of the case itself, as they stand."""
    return runtime.looking(session, instance).variables
