"""One case: where it stands, what happened in it, its diagrams, and behind a deliberate click what people wrote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import access, documents, history, insight, instances, links, outbox, procedures, tasks
from engine.chronology import Account
from engine.errors import NotFound
from engine.identity import Actor
from engine.models import Deadline, DeadlineState, Document, Person, ProcessInstance, Right
from web import spreadsheets
from web.diagrams import diagrams_of
from web.unit_of_work import in_transaction

from . import chronology, compared, timeline, written

bp = Blueprint("cases", __name__, url_prefix="/cases")

LATEST = 6  # events shown on the first page of a case
NO_FORM = "There is no such form."


@bp.get("/<reference>")
@in_transaction
def case(db: Session, actor: Actor, reference: str) -> Any:
    """Where the case stands; for those who may not open it, only that."""
    sight = instances.sight_for(db, actor, reference)
    if sight.of_case < Right.READ:
        return _status_page(db, sight)
    instance, about = _head(db, actor, reference)
    deadlines = insight.deadlines(sight, about["deployed"])
    known = insight.knows_starter(sight, about["deployed"])
    return render_template(
        "cases/case.html", **about, page="case", mine={task.id for task in tasks.inbox(db, actor) if task.instance_id == instance.id},
        running=[d for d in deadlines if _counts(d)], settled=[d for d in deadlines if not _counts(d)],
        reasons_by=_deciders(db, deadlines), people=insight.people(db, instance, about["procedure"], sight),
        appointments=insight.appointments(db, about["procedure"], sight),
        held=insight.held(db, instance, deadlines), documents=_by_text(documents.seen_in(sight)), letters=outbox.seen_in(sight),
        latest=_told(db, instance, about)[:LATEST], linked=links.of_case(db, actor, instance),
        starter=_names(db, {instance.started_by}).get(instance.started_by) if known else None, knows_starter=known,
    )  # fmt: skip


def _by_text(found: Sequence[Document]) -> list[list[Document]]:
    """Documents with the formats that each was written in side by side, the PDF first; a file that somebody attached has only one."""
    texts: dict[Any, list[Document]] = {}
    for one in found:
        texts.setdefault((one.series, one.version) if one.written_as else one.id, []).append(one)
    return [sorted(formats, key=lambda one: one.media_type) for formats in texts.values()]


def _status_page(db: Session, sight: access.Sight) -> str:
    """The reference, the stage, the dates, and documents that are for this person; nothing of who has done what."""
    deployed = procedures.of_instance(db, sight.instance)
    waiting = insight.waiting(db, sight.instance, sight)
    return render_template(
        "cases/status.html", instance=sight.instance, procedure=deployed.procedure, waiting=waiting,
        documents=_by_text(documents.seen_in(sight)),
    )  # fmt: skip


@bp.get("/<reference>/timeline")
@in_transaction
def happened(db: Session, actor: Actor, reference: str) -> Any:
    """Everything that happened in the case."""
    instance, about = _head(db, actor, reference)
    every_step = "every-step" in request.args
    days = timeline.by_day(_told(db, instance, about, every_step))
    return render_template("cases/timeline.html", **about, page="timeline", days=days, every_step=every_step)


@bp.get("/<reference>/chronology", endpoint="chronology")
@in_transaction
def past(db: Session, actor: Actor, reference: str) -> str:
    """What those who handed something in say of the past, side by side."""
    _, about, who, told = _past(db, actor, reference)
    tellers = sorted({one.who for one in told})
    days = chronology.by_day([one for one in told if who in ("", one.who)])
    return render_template("cases/chronology.html", **about, page="chronology", days=days, tellers=tellers, who=who)


@bp.get("/<reference>/chronology.csv")
@in_transaction
def chronology_csv(db: Session, actor: Actor, reference: str) -> Response:
    """The same for a spreadsheet."""
    instance, _, who, told = _past(db, actor, reference)
    rows = chronology.rows([one for one in told if who in ("", one.who)])
    return spreadsheets.download(f"chronology-{instance.business_key}", chronology.COLUMNS, rows)


def _past(db: Session, actor: Actor, reference: str) -> tuple[ProcessInstance, dict[str, Any], str, list[Account]]:
    """The case, whose account is asked for, and all accounts; NotFound where the procedure keeps no chronology."""
    instance, about = _head(db, actor, reference)
    if not about["procedure"].chronology:
        raise NotFound("This procedure keeps no chronology.")
    return instance, about, request.args.get("who", ""), chronology.of_case(about["sight"], about["deployed"])


@bp.get("/<reference>/diagram")
@in_transaction
def diagram(db: Session, actor: Actor, reference: str) -> Any:
    """Where the case stands in its diagrams, drawn and in words: in the one that is asked for, or where the most urgent step is."""
    instance, about = _head(db, actor, reference)
    here = insight.tokens(about["deployed"], about["waiting"])
    drawn = diagrams_of(about["deployed"], instance.definition.key, here)
    first = next((one.process_key for one in about["waiting"] if one.process_key), instance.definition.key)
    wanted = request.args.get("process", first)
    shown = next((one for one in drawn if one.process_key == wanted), None)
    if shown is None:
        raise NotFound("There is no such diagram.")
    return render_template("cases/diagram.html", **about, page="diagram", diagrams=drawn, shown=shown)


@bp.get("/<reference>/written")
@in_transaction
def forms(db: Session, actor: Actor, reference: str) -> Any:
    """The forms that were sent in, without their content."""
    _, about = _head(db, actor, reference)
    sent = written.seen_in(about["sight"], about["deployed"])
    return render_template("cases/written.html", **about, page="written", sent=sent, earlier=compared.earlier_ones(sent))


@bp.get("/<reference>/written/<int:number>")
@in_transaction
def form(db: Session, actor: Actor, reference: str, number: int) -> Any:
    """What was written in one form."""
    _, about = _head(db, actor, reference)
    sent = written.seen_in(about["sight"], about["deployed"])
    one, shown = _one_of(sent, number), written.content(_one_of(sent, number), about["deployed"])
    ids = {str(file["id"]) for part in shown for answer in part.answers for file in answer.files}
    return render_template(
        "cases/written_form.html", **about, page="written", one=one, shown=shown, openable=documents.openable(db, actor, ids),
        earlier=compared.earlier_ones(sent).get(number),
    )  # fmt: skip


@bp.get("/<reference>/written/<int:number>/since/<int:earlier>")
@in_transaction
def form_since(db: Session, actor: Actor, reference: str, number: int, earlier: int) -> str:
    """What changed in a form since it was handed in before, for those who may read both."""
    _, about = _head(db, actor, reference)
    sent = written.seen_in(about["sight"], about["deployed"])
    one, before = _one_of(sent, number), _one_of(sent, earlier)
    if not compared.same_thing(before, one):
        raise NotFound(NO_FORM)
    changes = compared.between(before, one, about["deployed"])
    return render_template("cases/written_since.html", **about, page="written", one=one, before=before, changes=changes)


def _one_of(sent: list[written.Sent], number: int) -> written.Sent:
    one = next((form for form in sent if form.number == number), None)
    if one is None:
        raise NotFound(NO_FORM)
    return one


@bp.get("/find")
@in_transaction
def find(db: Session, actor: Actor) -> Any:
    """To the case with the reference that somebody typed; back to the board where there is none."""
    reference = request.args.get("reference", "").strip().upper()
    try:
        instance = instances.sight_for(db, actor, reference).instance
    except NotFound:
        flash(f"You can open no case with the reference “{reference}”.", "important")
        return redirect(url_for("insight.board"))
    return redirect(url_for(".case", reference=instance.business_key))


def _head(db: Session, actor: Actor, reference: str) -> tuple[ProcessInstance, dict[str, Any]]:
    """The case, and what the head of each of its pages shows. NotFound for those who may not open it."""
    sight = instances.sight_for(db, actor, reference, Right.READ)
    instance = sight.instance
    deployed = procedures.of_instance(db, instance)
    return instance, {
        "instance": instance, "sight": sight, "deployed": deployed, "procedure": deployed.procedure,
        "waiting": insight.waiting(db, instance, sight),
        "administers": access.is_administrator(actor), "on_hold": insight.on_hold(instance.suspended_at),
    }  # fmt: skip


def _told(db: Session, instance: ProcessInstance, about: dict[str, Any], every_step: bool = False) -> list[timeline.Entry]:
    events = timeline.seen(history.events(db, instance), about["sight"], about["deployed"])
    openable = documents.openable(db, about["sight"].actor, timeline.documents_of(events))
    names = _names(db, timeline.people_of(events))
    return timeline.entries(events, names, about["deployed"].definitions, openable, every_step=every_step)


def _counts(deadline: Deadline) -> bool:
    """True while somebody still has to do what the deadline is for."""
    return deadline.state is DeadlineState.RUNNING or (deadline.state is DeadlineState.MISSED and deadline.ended_at is None)


def _deciders(db: Session, deadlines: list[Deadline]) -> dict[Any, str]:
    """Names of those who said why a deadline was missed, and of those who moved one, whose ids are kept as text."""
    movers = {UUID(change["by"]) for one in deadlines for change in one.changes}
    names = _names(db, {one.reason_by for one in deadlines} | movers)
    return names | {str(mover): names[mover] for mover in movers if mover in names}


def _names(db: Session, ids: set[Any]) -> dict[Any, str]:
    known = ids - {None}
    return {id_: name for id_, name in db.execute(select(Person.id, Person.name).where(Person.id.in_(known)))} if known else {}
