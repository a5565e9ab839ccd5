"""Setting a password by a link that came by email, for those who have forgotten theirs and those who never had one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from engine import accounts
from engine.errors import Invalid, NotFound, TooMany
from engine.identity import Actor
from web.unit_of_work import casework, in_transaction, public

bp = Blueprint("passwords", __name__)


@bp.get("/forgotten-password")
@public
@in_transaction
def forgotten(db: Session, actor: Actor | None) -> str:
    return render_template("auth/forgotten.html", problems={})


@bp.post("/forgotten-password")
@public
@in_transaction
def ask(db: Session, actor: Actor | None) -> Any:
    """The same answer whether there is an account or not."""
    email, address = request.form.get("email", ""), request.remote_addr or ""
    try:
        accounts.ask_for_link(db, email, base_url=casework().configuration.base_url, address=address)
    except Invalid as error:
        return render_template("auth/forgotten.html", problems=error.problems), 422
    except TooMany as error:
        return render_template("auth/forgotten.html", problems={"email": str(error)}), 429
    return render_template("auth/link_sent.html")


@bp.get("/set-password/<token>")
@public
@in_transaction
def choose(db: Session, actor: Actor | None, token: str) -> Any:
    """Whether the link is still good is found out when it is used: programs that look at links in emails change nothing."""
    return render_template("auth/set_password.html", problems={})


@bp.post("/set-password/<token>")
@public
@in_transaction
def set_password(db: Session, actor: Actor | None, token: str) -> Any:
    password, again = request.form.get("password", ""), request.form.get("password_again", "")
    try:
        accounts.set_password(db, token, password, again, address=request.remote_addr or "")
    except Invalid as error:
        return render_template("auth/set_password.html", problems=error.problems), 422
    except TooMany as error:
        return render_template("auth/set_password.html", problems={"password": str(error)}), 429
    except NotFound:
        return render_template("auth/link_over.html"), 404
    flash("Your password is set. Sign in with it.")
    return redirect(url_for("auth.sign_in"), 303)
