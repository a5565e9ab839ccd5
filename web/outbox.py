"""The outbox: the letters Casework has written, to whom, and what became of each."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import access, outbox
from engine.errors import NotFound
from engine.identity import Actor
from engine.models import Letter, ProcessInstance
from web.unit_of_work import in_transaction

bp = Blueprint("outbox", __name__, url_prefix="/outbox")

GONE = "There is no such letter."


@bp.get("")
@in_transaction
def letters(db: Session, actor: Actor) -> str:
    """The letters this person may read, the newest first."""
    found = outbox.letters_for(db, actor)
    references = _references(db, actor, found)
    wanted = request.args.get("case", "")
    shown = [letter for letter in found if not wanted or references.get(letter.instance_id) == wanted]
    return render_template("outbox/letters.html", letters=shown, references=references, wanted=wanted)


@bp.get("/<int:letter_id>")
@in_transaction
def letter(db: Session, actor: Actor, letter_id: int) -> str:
    """One letter as it was written."""
    one = next((letter for letter in outbox.letters_for(db, actor) if letter.id == letter_id), None)
    if one is None:
        raise NotFound(GONE)
    return render_template("outbox/letter.html", letter=one, references=_references(db, actor, [one]))


def _references(db: Session, actor: Actor, found: list[Letter]) -> dict[object, str]:
    """The references of the letters' cases, as far as the actor may open them."""
    ids = {letter.instance_id for letter in found if letter.instance_id}
    known = select(ProcessInstance.id, ProcessInstance.business_key).where(ProcessInstance.id.in_(ids), access.seen(actor))
    return {id_: reference for id_, reference in db.execute(known)}
