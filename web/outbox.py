"""The outbox: the letters Casework has written, to whom, and what became of each."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import access, outbox
from engine.identity import Actor
from engine.models import Letter, ProcessInstance
from web.unit_of_work import in_transaction

bp = Blueprint("outbox", __name__, url_prefix="/outbox")


@bp.get("")
@in_transaction
def letters(db: Session, actor: Actor) -> str:
    """The letters this person may read, the newest first."""
    wanted = request.args.get("case", "")
    found = outbox.letters_for(db, actor, wanted)
    return render_template("outbox/letters.html", letters=found, references=_references(db, actor, found), wanted=wanted)


@bp.get("/<int(max=9007199254740991):letter_id>")
@in_transaction
def letter(db: Session, actor: Actor, letter_id: int) -> str:
    """One letter as it was written."""
    one = outbox.letter_for(db, actor, letter_id)
    return render_template("outbox/letter.html", letter=one, references=_references(db, actor, [one]))


def _references(db: Session, actor: Actor, found: list[Letter]) -> dict[object, str]:
    """The references of the letters' cases, as far as the actor may open them."""
    ids = {letter.instance_id for letter in found if letter.instance_id}
    known = select(ProcessInstance.id, ProcessInstance.business_key).where(ProcessInstance.id.in_(ids), access.seen(actor))
    return {id_: reference for id_, reference in db.execute(known)}
