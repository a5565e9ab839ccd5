"""The outbox: the letters Casework has written, to whom, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import access, outbox
from engine.identity import Actor
from engine.models import Letter, ProcessInstance
from web.paging import page_of
from web.unit_of_work import in_transaction

bp = Blueprint("outbox", __name__, url_prefix="/outbox")


@bp.get("")
@in_transaction
def letters(db: Session, actor: Actor) -> str:
    """The letters this person may read, the newest first."""
    wanted = request.args.get("case", "")
    found = sorted(outbox.letters_for(db, actor, wanted), key=lambda letter: letter.written_at, reverse=True)
    page = page_of(found, request.args)
    references = _references(db, actor, page.rows)
    return render_template("outbox/letters.html", page=page, all=len(found), references=references, wanted=wanted)


@bp.get("/<int(max=9007199254740991):letter_id>")
@in_transaction
def letter(db: Session, actor: Actor, letter_id: int) -> str:
    """One letter as it was written."""
    one = outbox.letter_for(db, actor, letter_id)
    return render_template("outbox/letter.html", letter=one, references=_references(db, actor, [one]))


def _references(db: Session, actor: Actor, found: Sequence[Letter]) -> dict[object, str]:
    """The references of the letters' cases, as far as the actor may open them."""
    ids = {letter.instance_id for letter in found if letter.instance_id}
    known = select(ProcessInstance.id, ProcessInstance.business_key).where(ProcessInstance.id.in_(ids), access.seen(actor))
    return {id_: reference for id_, reference in db.execute(known)}
