"""Documents: given out to be kept on the reader's computer, never shown as a page of ours; and a page about each, with what can be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import comparison, database, documents
from engine.errors import Conflict, Invalid, NotFound
from engine.identity import Actor
from engine.models import Document, Person
from web import uploads
from web.unit_of_work import casework, in_transaction, takes_files

bp = Blueprint("documents", __name__, url_prefix="/documents")

ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "withdraw": (documents.withdraw, "The document is withdrawn. It is given out to nobody."),
    "reinstate": (documents.reinstate, "The document is given out again."),
}
ACT = f"/<uuid:document_id>/<any({', '.join(ACTS)}):act>"

READER = "/<uuid:document_id>/readers/<int(max=9007199254740991):reader_id>"

Problems = dict[str, str] | None


@bp.get("/<uuid:document_id>")
@in_transaction
def download(db: Session, actor: Actor, document_id: UUID) -> Any:
    """The file, for those who may see it. That they opened it is kept first."""
    try:
        document = documents.opened(db, actor, document_id)
        content = documents.content_for(db, actor, document)
    except Conflict as error:
        flash(str(error), "important")
        return redirect(url_for(".about", document_id=document_id))
    if request.method == "GET":  # and not only asked how large it is
        _note(actor, document)
    return as_file(content, document.name, document.media_type)


@bp.get("")
@in_transaction
def mine(db: Session, actor: Actor) -> str:
    """The documents that this person is named as a reader of."""
    return render_template("documents/mine.html", documents=documents.named_for(db, actor))


@bp.get("/<uuid:document_id>/about")
@in_transaction
def about(db: Session, actor: Actor, document_id: UUID) -> str:
    """What is known of a document: its versions, what became of each, and who opened it."""
    document = documents.get_for(db, actor, document_id)
    sees_case = documents.sees_case_of(db, actor, document)
    versions = documents.seen_versions(db, actor, document)
    return render_template(
        "documents/about.html", document=document, versions=versions, people=_people(db, versions), sees_case=sees_case,
        instance=documents.case_of(db, document), may_change=documents.may_change(db, actor, document),
        newest=documents.newest_of(db, document), readings=documents.readings(db, document) if sees_case else [],
        words=documents.classifications(db, document), named=documents.readers_of(db, document) if sees_case else [],
        can_name=document.media_type == "application/pdf",
    )  # fmt: skip


@bp.get("/<uuid:document_id>/since/<int(max=100000):version>")
@in_transaction
def since(db: Session, actor: Actor, document_id: UUID, version: int) -> str:
    """What changed in a document since one of its earlier versions, word by word."""
    earlier, document = documents.two_versions(db, actor, document_id, version)
    before, after = documents.text_of(earlier), documents.text_of(document)
    paragraphs = None if before is None or after is None else comparison.compare(before, after)
    counted = {kind.value: comparison.words_in(paragraphs or [], kind) for kind in comparison.Kind}
    _note(actor, earlier, document)
    return render_template(
        "documents/compare.html", document=document, earlier=earlier, paragraphs=paragraphs, **counted,
        instance=documents.case_of(db, document), sees_case=documents.sees_case_of(db, actor, document),
    )  # fmt: skip


@bp.get("/<uuid:document_id>/readers")
@in_transaction
def naming(db: Session, actor: Actor, document_id: UUID) -> str:
    """Asks whom else to name as a reader."""
    return _act_page(db, actor, document_id, "readers")


@bp.post("/<uuid:document_id>/readers")
@in_transaction
def name(db: Session, actor: Actor, document_id: UUID) -> Any:
    """Name one more reader."""
    named = partial(documents.add_reader, db, actor, document_id, email=request.form.get("email", ""))
    said = "The reader is named. They find the document under “Documents” when they sign in."
    return _done(db, actor, document_id, "readers", named, said)


@bp.get(READER)
@in_transaction
def unnaming(db: Session, actor: Actor, document_id: UUID, reader_id: int) -> str:
    """What taking a reader off the list means."""
    return _act_page(db, actor, document_id, "unname")


@bp.post(READER)
@in_transaction
def unname(db: Session, actor: Actor, document_id: UUID, reader_id: int) -> Any:
    """Take a reader off the list."""
    ended = partial(documents.end_reader, db, actor, document_id, reader_id, reason=_reason())
    return _done(db, actor, document_id, "unname", ended, "They are not among the readers any more.")


@bp.get("/<uuid:document_id>/replace")
@in_transaction
def replacing(db: Session, actor: Actor, document_id: UUID) -> str:
    """Asks for the right file."""
    return _act_page(db, actor, document_id, "replace")


@bp.post("/<uuid:document_id>/replace")
@takes_files(documents.to_change)
@in_transaction
def replace(db: Session, actor: Actor, document_id: UUID) -> Any:
    """Put the right file in its place."""
    upload = request.files.get(documents.FILE)
    if upload is None or not upload.filename:
        return _act_page(db, actor, document_id, "replace", {documents.FILE: "Choose the right file."}), 422
    try:
        right = documents.replace(db, actor, document_id, **uploads.file_of(upload), reason=_reason())
    except Invalid as error:
        return _act_page(db, actor, document_id, "replace", error.problems), 422
    flash("The file is replaced. The first one is sealed.")
    return redirect(url_for(".about", document_id=right.id), 303)


@bp.get("/<uuid:document_id>/reclassify")
@in_transaction
def reclassifying(db: Session, actor: Actor, document_id: UUID) -> str:
    """Asks how sensitive it is."""
    return _act_page(db, actor, document_id, "reclassify")


@bp.post("/<uuid:document_id>/reclassify")
@in_transaction
def reclassify(db: Session, actor: Actor, document_id: UUID) -> Any:
    """Say anew how sensitive it is; then it may be nothing for this person any more."""
    try:
        documents.reclassify(db, actor, document_id, classification=request.form.get("classification", ""), reason=_reason())
    except Invalid as error:
        return _act_page(db, actor, document_id, "reclassify", error.problems), 422
    flash("The document is handled differently from now on.")
    try:
        documents.get_for(db, actor, document_id)
    except NotFound:
        return redirect(url_for("tasks.inbox"), 303)
    return redirect(url_for(".about", document_id=document_id), 303)


@bp.get(ACT)
@in_transaction
def acting(db: Session, actor: Actor, document_id: UUID, act: str) -> str:
    """What withdrawing it, or giving it out again, means."""
    return _act_page(db, actor, document_id, act)


@bp.post(ACT)
@in_transaction
def change(db: Session, actor: Actor, document_id: UUID, act: str) -> Any:
    """Withdraw it, or give it out again."""
    do, said = ACTS[act]
    return _done(db, actor, document_id, act, partial(do, db, actor, document_id, reason=_reason()), said)


def _note(actor: Actor, *opened: Document) -> None:
    """Keep who opened them. A page that only reads has no transaction for that."""
    with database.transaction(casework().sessions) as noting:
        for document in opened:
            documents.note_reading(noting, actor, document)


def _done(db: Session, actor: Actor, document_id: UUID, act: str, do: Callable[[], Any], said: str) -> Any:
    """Do it and go back to the document; where it is refused, the page says why."""
    try:
        do()
    except Invalid as error:
        return _act_page(db, actor, document_id, act, error.problems), 422
    flash(said)
    return redirect(url_for(".about", document_id=document_id), 303)


def _act_page(db: Session, actor: Actor, document_id: UUID, act: str, problems: Problems = None) -> str:
    document, instance = documents.to_change(db, actor, document_id)
    return render_template(
        "documents/act.html", document=document, instance=instance, act=act, problems=problems or {}, posted=request.form,
        words=documents.classifications(db, document), sees_case=documents.sees_case_of(db, actor, document),
    )  # fmt: skip


def _reason() -> str:
    return request.form.get("reason", "")


def _people(db: Session, versions: list[Document]) -> dict[Any, str]:
    """The names of those who added or changed them."""
    ids = {who for one in versions for who in (one.uploaded_by, one.state_by) if who}
    return {id_: name for id_, name in db.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))} if ids else {}


def as_file(content: bytes, name: str, media_type: str = "application/octet-stream") -> Response:
    """An answer that every browser saves as a file, whatever is in it."""
    answer = Response(content, content_type=media_type)
    # Whoever opens it in the browser after all gets it without scripts, frames or anything from elsewhere.
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    plain = "".join(letter if letter.isascii() and letter.isprintable() and letter not in '"\\' else "_" for letter in name)
    answer.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return answer
