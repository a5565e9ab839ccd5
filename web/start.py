"""Starting a case: by staff, and by anyone at all where the procedure is open to the public.

Whoever has no account is known by a random token in a cookie, which holds their half-filled form together and nothing else.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from os import SEEK_END
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, Response, flash, jsonify, make_response, redirect, render_template, request, session, url_for
from sqlalchemy.orm import Session

from engine import access, drafts, forms, identity, instances, letters, procedures
from engine.errors import Conflict, NotFound, TooMany
from engine.identity import Actor
from engine.models import Draft

from . import entry
from .errors import wants_json
from .security import is_https
from .unit_of_work import SignInNeeded, casework, in_transaction, public, takes_files

bp = Blueprint("start", __name__, url_prefix="/start")

BROWSER = "casework_start"  # the cookie of someone without an account
SENT = "sent"  # in the session: references sent from this browser, by start form
# For one network address without an account. A whole office may share one.
SENDINGS, SENDINGS_WITHIN = 20, timedelta(hours=1)
BEGINNINGS, BEGINNINGS_WITHIN = 60, timedelta(hours=1)
UPLOADS, UPLOADS_WITHIN = 60, timedelta(hours=1)
MEGABYTE = 1_000_000
MEGABYTES, MEGABYTES_WITHIN = 200, timedelta(days=1)


class SentAlready(Conflict):
    """This form has become a case."""

    def __init__(self, wanted: instances.StartForm, reference: str) -> None:
        super().__init__(drafts.SENT)
        self.wanted, self.reference = wanted, reference


def _admit_files(db: Session, actor: Actor | None, procedure_key: str) -> None:
    """How often files may come from there, and how much in a day."""
    _wanted(db, actor, procedure_key)
    size = 0
    for _, uploads in request.files.lists():
        for upload in uploads:
            size += upload.stream.seek(0, SEEK_END)
            upload.stream.seek(0)
    _limit(db, actor, "upload", UPLOADS, UPLOADS_WITHIN)
    if size:
        _limit(db, actor, "megabytes", MEGABYTES, MEGABYTES_WITHIN, cost=-(-size // MEGABYTE))


@bp.get("")
@in_transaction
def choose(db: Session, actor: Actor) -> Any:
    starts = [
        (offer, key_of(offer))
        for deployed in procedures.all_deployed(db)
        for start in deployed.procedure.starts
        if access.may_start(actor, start)
        for offer in instances.offers(deployed, start)
    ]
    return render_template("start/choose.html", base_url=casework().configuration.base_url, starts=starts)


@bp.get("/<procedure_key>")
@public
@in_transaction
def begin(db: Session, actor: Actor | None, procedure_key: str) -> Any:
    wanted, token = _wanted(db, actor, procedure_key), _token()
    draft = drafts.of_start(db, wanted.draft_key, drafts.owner_of(actor, token))
    return _remember(_page(wanted, entry.Entry(db, actor, wanted.form, wanted.variables, draft)), token)


@bp.post("/<procedure_key>")
@public
@takes_files(_admit_files)
@in_transaction
def answer(db: Session, actor: Actor | None, procedure_key: str) -> Any:
    wanted = _wanted(db, actor, procedure_key)
    filling, token = _begun(db, actor, wanted)
    taken = _take(db, actor, wanted, filling)
    if not taken.may_go_on:
        return _remember(_page(wanted, filling, taken), token)
    return _remember(_go_on(db, actor, wanted, filling, taken), token)


def _take(db: Session, actor: Actor | None, wanted: instances.StartForm, filling: entry.Entry) -> entry.Taken:
    try:
        return filling.take()
    except Conflict:
        _refuse_sent(db, actor, wanted, filling.draft.id if filling.draft else None)
        raise


def _go_on(db: Session, actor: Actor | None, wanted: instances.StartForm, filling: entry.Entry, taken: entry.Taken) -> Any:
    if (taken.turn.moved or taken.turn.done) and (letter := _signpost(wanted, filling, taken)) is not None:
        return _elsewhere(db, wanted, filling, letter)
    if taken.turn.done:
        return _send(db, actor, wanted, filling, taken)
    if taken.turn.saved:
        flash("What you entered is saved. You can go on with it in this browser." if actor is None else "What you entered is saved.")
        return redirect(_address(wanted) if actor is None else url_for(".choose"), 303)
    if taken.turn.moved:
        return entry.to_page(_address(wanted), taken.turn.page)
    return _page(wanted, filling, taken)


def _send(db: Session, actor: Actor | None, wanted: instances.StartForm, filling: entry.Entry, taken: entry.Taken) -> Any:
    try:
        _limit(db, actor, "send", SENDINGS, SENDINGS_WITHIN)
    except TooMany as error:
        return _page(wanted, filling, taken, sentence=f"{error} What you entered is kept.")
    key = wanted.deployed.procedure.key
    case = instances.submit_start(db, actor, key, taken.raw, draft=filling.draft, process=wanted.start.process, event=wanted.offer.event.id)
    session[SENT] = {wanted.draft_key: case.business_key}
    return redirect(_address(wanted, ".sent"), 303)


def _signpost(wanted: instances.StartForm, filling: entry.Entry, taken: entry.Taken) -> letters.LetterTemplate | None:
    """The letter that the answers so far point to: nobody should answer everything first to learn that this is not the place."""
    return instances.signpost_for(wanted, forms.fill(wanted.form, wanted.variables, taken.raw, filling.files).values)


def _elsewhere(db: Session, wanted: instances.StartForm, filling: entry.Entry, letter: letters.LetterTemplate) -> Any:
    if filling.draft is not None:
        drafts.discard(db, filling.draft)
    subject, body = letters.fill(letter, wanted.variables)
    return render_template("start/elsewhere.html", subject=subject, body=body)


@bp.get("/<procedure_key>/sent")
@public
@in_transaction
def sent(db: Session, actor: Actor | None, procedure_key: str) -> Any:
    wanted = _wanted(db, actor, procedure_key)
    reference = session.get(SENT, {}).get(wanted.draft_key)
    if reference is None:
        raise NotFound("Nothing was sent from here.")
    seen = actor is not None and instances.is_seen(db, actor, reference)
    return render_template("start/sent.html", event=wanted.offer.event, reference=reference, may_see_case=seen)


@bp.get("/<procedure_key>/discard")
@public
@in_transaction
def discard(db: Session, actor: Actor | None, procedure_key: str) -> Any:
    wanted = _wanted(db, actor, procedure_key)
    return render_template("start/discard.html", here=_address(wanted, ".discard"), back=_address(wanted))


@bp.post("/<procedure_key>/discard")
@public
@in_transaction
def throw_away(db: Session, actor: Actor | None, procedure_key: str) -> Any:
    wanted = _wanted(db, actor, procedure_key)
    if (draft := _draft(db, actor, wanted)) is not None:
        drafts.discard(db, draft)
    flash("What you entered is thrown away.")
    return redirect(_address(wanted), 303)


@bp.post("/<procedure_key>/draft")
@public
@in_transaction
def draft(db: Session, actor: Actor | None, procedure_key: str) -> Any:
    filling, token = _begun(db, actor, _wanted(db, actor, procedure_key))
    return _remember(filling.autosave(), token)


@bp.post("/<procedure_key>/files")
@public
@takes_files(_admit_files)
@in_transaction
def files(db: Session, actor: Actor | None, procedure_key: str) -> Any:
    filling, token = _begun(db, actor, _wanted(db, actor, procedure_key))
    return _remember(filling.receive_files(), token)


def _wanted(db: Session, actor: Actor | None, procedure_key: str) -> instances.StartForm:
    procedure, _, rest = procedure_key.partition(":")
    process, _, event = rest.partition(":")
    return instances.start_form(db, actor, procedure, process or None, event or None)


def key_of(offer: instances.Offer) -> str:
    """How an address calls a start: by its procedure, its process too where it is not the procedure's first, and its start event where
    that is not the first of the process."""
    procedure, start = offer.deployed.procedure, offer.start
    if not offer.first:
        return f"{procedure.key}:{start.process}:{offer.event.id}"
    return procedure.key if start == procedure.starts[0] else f"{procedure.key}:{start.process}"


def _address(wanted: instances.StartForm, endpoint: str = ".begin") -> str:
    return url_for(endpoint, procedure_key=key_of(wanted.offer))


def _draft(db: Session, actor: Actor | None, wanted: instances.StartForm) -> Draft | None:
    token = request.cookies.get(BROWSER, "")
    if actor is None and not token:
        return None
    return drafts.of_start(db, wanted.draft_key, drafts.owner_of(actor, token))


def _token() -> str:
    """What this browser is known by, from its first page on: two clicks on one page must come from the same browser."""
    return request.cookies.get(BROWSER) or secrets.token_urlsafe(32)


def _begun(db: Session, actor: Actor | None, wanted: instances.StartForm) -> tuple[entry.Entry, str]:
    """What is being filled in, with a draft to keep it in, and the browser's token. Raises SentAlready."""
    token, form_id = _token(), _form_id()
    if actor is None and form_id is not None and drafts.needs_person(db, form_id):
        raise SignInNeeded
    owner = drafts.owner_of(actor, token)
    _refuse_sent(db, actor, wanted, form_id)
    draft = drafts.of_start(db, wanted.draft_key, owner)
    if draft is None:
        _limit(db, actor, "begin", BEGINNINGS, BEGINNINGS_WITHIN)
        draft = drafts.ensure_of_start(db, wanted.draft_key, owner, form_id)
        _refuse_sent(db, actor, wanted, form_id)  # it may have been sent while this one waited to begin
    return entry.Entry(db, actor, wanted.form, wanted.variables, draft), token


def _form_id() -> UUID | None:
    """What the page calls the form that is being filled in: its draft's id, and the case's once it is sent."""
    try:
        return UUID(request.args.get("form") or request.form.get("form", ""))
    except ValueError:
        return None


def _refuse_sent(db: Session, actor: Actor | None, wanted: instances.StartForm, form_id: UUID | None) -> None:
    if form_id is not None and (case := instances.sent_as(db, actor, form_id)) is not None:
        raise SentAlready(wanted, case.business_key)


@bp.errorhandler(SentAlready)
def to_what_was_sent(error: SentAlready) -> Any:
    """A second click, or a page that was open when the form was sent: there is one case, and this is its reference."""
    if wants_json():
        return jsonify(message=str(error)), 409
    session[SENT] = {error.wanted.draft_key: error.reference}
    return redirect(_address(error.wanted, ".sent"), 303)


def _limit(db: Session, actor: Actor | None, what: str, tries: int, within: timedelta, cost: int = 1) -> None:
    """Those without an account may do this so often from one network address."""
    if actor is None:
        identity.limit(db, f"start {what} {request.remote_addr}", tries=tries, within=within, cost=cost)


def _remember(answer: Any, token: str) -> Response:
    """Give the browser its token. It ends with the browser, for others may sit at the same computer later."""
    response = make_response(answer)
    if request.cookies.get(BROWSER) != token:
        response.set_cookie(BROWSER, token, httponly=True, samesite="Lax", secure=is_https(casework().configuration), path="/start")
    return response


def _page(wanted: instances.StartForm, filling: entry.Entry, taken: entry.Taken | None = None, sentence: str = "") -> Any:
    page = render_template(
        "start/form.html",
        offer=wanted.offer,
        address=lambda endpoint: _address(wanted, endpoint),
        shown=filling.show(taken),
        version=taken.version if taken else filling.version,
        begun=bool(filling.draft and filling.draft.fields),
        form_id=filling.draft.id if filling.draft else uuid4(),
        sentence=sentence,
    )
    return page, 429 if sentence else taken.status if taken else 200
