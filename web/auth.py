"""Signing in and out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, session, url_for
from sqlalchemy.orm import Session

from engine import demonstration, identity, instances, procedures
from engine.errors import Invalid, TooMany
from engine.identity import Actor

from .errors import KEPT
from .security import is_https
from .start import key_of
from .unit_of_work import SIGN_IN_COOKIE, casework, in_transaction, public

bp = Blueprint("auth", __name__)


@bp.get("/")
@in_transaction
def home(db: Session, actor: Actor) -> Any:
    return redirect(url_for("tasks.inbox"))


@bp.get("/sign-in")
@public
@in_transaction
def sign_in(db: Session, actor: Actor | None) -> Any:
    wanted = safe_path(request.args.get("next"))
    return redirect(wanted) if actor else _page(db, wanted)


@bp.post("/sign-in")
@public
@in_transaction
def enter(db: Session, actor: Actor | None) -> Any:
    wanted = safe_path(request.form.get("next"))
    try:
        token = identity.sign_in(db, request.form.get("email", ""), request.form.get("password", ""), address=request.remote_addr or "")
    except Invalid as error:
        return _page(db, wanted, error.problems), 422
    except TooMany as error:
        return _page(db, wanted, {"email": str(error)}), 429
    return _signed_in(token, wanted, identity.actor_of(db, token))


@bp.post("/sign-out")
@public
@in_transaction
def sign_out(db: Session, actor: Actor | None) -> Any:
    if token := request.cookies.get(SIGN_IN_COOKIE):
        identity.sign_out(db, token)
    session.clear()
    answer = make_response(redirect(url_for("auth.sign_in", signed_out="yes")))
    answer.delete_cookie(SIGN_IN_COOKIE)
    return answer


def safe_path(path: str | None) -> str:
    """A path of this site, however the address was tampered with; else the home page."""
    parts = urlsplit(path or "")
    # Browsers read a backslash as a slash and skip control characters: such a path could lead elsewhere.
    odd = not path or not path.startswith("/") or path.startswith("//") or any(c == "\\" or ord(c) < 32 for c in path)
    return url_for("tasks.inbox") if odd or parts.scheme or parts.netloc else str(path)


def _signed_in(token: str, wanted: str, actor: Actor | None) -> Response:
    session.clear()
    g.pop("csrf_token", None)
    g.actor = actor
    kept = _kept()
    # Someone was signed out while filling in a form: what they sent then is in this page, to be sent now.
    answer = make_response(render_template("errors/again.html", **_welcome_back(wanted, kept)) if kept else redirect(wanted))
    answer.set_cookie(SIGN_IN_COOKIE, token, httponly=True, samesite="Lax", secure=is_https(casework().configuration))
    return answer


def _welcome_back(wanted: str, kept: list[tuple[str, str]]) -> dict[str, Any]:
    sentence = "You are signed in again, and what you entered is still here. It has not been sent yet."
    return {
        "title": "Welcome back",
        "sentence": sentence,
        "here": wanted,
        "kept": kept,
        "button": "Send it now",
        "files": "files" in request.form,
    }


def _kept() -> list[tuple[str, str]]:
    return [(name.removeprefix(KEPT), value) for name, values in request.form.lists() if name.startswith(KEPT) for value in values]


def _page(db: Session, wanted: str, problems: dict[str, str] | None = None) -> str:
    open_to_all = [
        (offer, key_of(offer))
        for deployed in procedures.all_deployed(db)
        for start in deployed.procedure.starts
        if start.public
        for offer in instances.offers(deployed, start)
    ]
    return render_template(
        "auth/sign_in.html",
        next=wanted,
        problems=problems or {},
        kept=[(KEPT + name, value) for name, value in _kept()],
        files="files" in request.form,
        signed_out=request.args.get("signed_out") == "yes",
        accounts=(accounts := _accounts()),
        passwords={account.password for account in accounts},
        starts=open_to_all,
    )


def _accounts() -> list[demonstration.Account]:
    """Whom anybody may try the site as."""
    configuration = casework().configuration
    if not configuration.demonstration:
        return []
    files = sorted(configuration.content.glob(f"bpmn/*/{demonstration.FILE}"))
    return [account for file in files for account in demonstration.accounts(file.parent)]
