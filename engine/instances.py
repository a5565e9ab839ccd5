"""Cases: starting them, and finding the one a person may see."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import access, clock, documents, drafts, feel, forms, procedures, runtime, spiff
from .declared_procedure import Reference, Start
from .errors import Conflict, Invalid, NotFound
from .identity import SYSTEM, Actor
from .letters import LetterTemplate
from .models import Draft, ProcessDefinition, ProcessInstance, Right, Submission

# Without vowels and look-alikes: no reference spells a word or is misread on the telephone.
REFERENCE_LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
REFERENCE_TRIES = 20


@dataclass(frozen=True)
class Offer:
    """One way in which people may begin a case: a start of the procedure, and the start event whose form they fill in."""

    deployed: procedures.Deployed
    start: Start
    event: spiff.ElementFacts
    sole: bool  # the only one of its start
    first: bool  # of its start

    @property
    def name(self) -> str:
        """How people call it: by the procedure, another of its starts by the process, one of several start events by its own name."""
        procedure, process = self.deployed.procedure, self.deployed.definitions.processes[self.start.process]
        whole = procedure.name if self.start == procedure.starts[0] else process.name
        return whole if self.sole else self.event.name or whole


def offers(deployed: procedures.Deployed, start: Start) -> list[Offer]:
    """Each blank start event that has a form; where there is none, the first start event that has one."""
    process = deployed.definitions.processes[start.process]
    asking = [event for ident in process.starts if (event := process.elements[ident]).kind == "startEvent" and event.form_key]
    found = [event for event in asking if not event.event] or asking[:1]
    return [Offer(deployed, start, event, len(found) == 1, event is found[0]) for event in found]


@dataclass(frozen=True)
class StartForm:
    """A start form that this person may fill in."""

    offer: Offer
    form: forms.Form
    variables: Mapping[str, Any]
    draft_key: str

    @property
    def deployed(self) -> procedures.Deployed:
        """The version that the case will have."""
        return self.offer.deployed

    @property
    def start(self) -> Start:
        """The start of the procedure that it belongs to."""
        return self.offer.start


def start_form(
    session: Session, actor: Actor | None, procedure_key: str, process: str | None = None, event: str | None = None
) -> StartForm:
    """The form that starts a case of this procedure; NotFound for those who may not start one. event: which of several start events."""
    deployed = procedures.deployed(session, procedure_key)
    start = deployed.procedure.start_of(process)
    if not access.may_start(actor, start):
        raise NotFound("There is nothing here to start.")
    offer = next((one for one in offers(deployed, start) if event in (None, one.event.id)), None)
    if offer is None:
        raise NotFound("This procedure has no form to start it with.")
    draft_key = f"{procedure_key}/{start.process}" + ("" if offer.first else f"/{offer.event.id}")
    return StartForm(offer, deployed.form(offer.event.form_key), _known(actor), draft_key)


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
    event: str | None = None,
) -> ProcessInstance:
    """Start a case from what was typed.

    Raises Invalid with a sentence for each field, or where the answers point elsewhere (`signpost_for`); Conflict where
    the draft was sent already.
    """
    if draft is not None:
        drafts.lock(session, draft)
    wanted = start_form(session, actor, procedure_key, process, event)
    files = documents.of_draft(session, draft) if draft else {}
    values = forms.submit(wanted.form, wanted.variables, raw, files)
    if signpost_for(wanted, values) is not None:
        raise Invalid({"": "These answers do not start a case."})
    given = {**wanted.variables, **values}
    instance = start(
        session, actor or SYSTEM, procedure_key, given, process=wanted.start.process, form_key=wanted.form.id,
        id=draft.id if draft else None, event=None if wanted.offer.sole else wanted.offer.event.id,
    )  # fmt: skip
    if draft is not None:
        documents.settle(session, draft, instance, None, values, _classified(wanted))
        drafts.discard(session, draft)
    return instance


def _classified(wanted: StartForm) -> Callable[[str], str]:
    """How sensitive a file is that came with a start form, by its control."""
    return wanted.deployed.classifier(wanted.form, wanted.start.process, wanted.offer.event.id)


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
    event: str | None = None,
) -> ProcessInstance:
    """A new case of the newest version, run to its first waits. event: at which of several start events it begins."""
    deployed = procedures.deployed(session, procedure_key)
    key = process or deployed.procedure.start_of().process
    definitions = select(ProcessDefinition).where(ProcessDefinition.deployment_id == deployed.deployment_id)
    instance = _new(session, session.scalars(definitions.where(ProcessDefinition.key == key)).one(), actor, id)
    handed_in = Submission(
        instance_id=instance.id, form_key=form_key, values=dict(variables), submitted_at=instance.started_at, submitted_by=actor.id
    )
    session.add(handed_in)
    runtime.begin(session, instance, {**variables, "reference": instance.business_key}, actor=actor, start_event=event)
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


def new_reference(session: Session, pattern: Reference) -> str:
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
