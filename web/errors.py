"""What people see when something cannot be done: a sentence, and everything they typed kept in the page itself.

Nothing here touches the database: it may be what is away.
"""

from __future__ import annotations

import secrets
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import structlog
from flask import Flask, g, jsonify, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from engine.errors import Conflict, EngineError, Invalid, NotFound, Refused, TooMany

from .security import from_own_page
from .unit_of_work import SignInNeeded, see_actor

if TYPE_CHECKING:
    from flask import Response

    from .configuration import Configuration

log = structlog.get_logger()

STATUS = {NotFound: 404, Conflict: 409, Invalid: 422, Refused: 422, TooMany: 429}
RETRY_AFTER = 10  # seconds
# Not kept for another try: the token is made anew, a password is nobody's to show, a sign-in page keeps these under their own names.
NEVER_KEPT = {"csrf_token", "password", "password_again"}
KEPT = "kept-"  # before the name of an answer that a sign-in page carries along

AWAY = "The database cannot be reached at the moment. Nothing is lost. Please try again in a minute."
STALE = "This page was open for so long that we could not be sure it was you. Please look at what you entered and send it again."
TOO_LARGE = "What you sent is larger than we can take. Go back: what you typed is still there. Then choose smaller files, up to 10 MB each."


def prepare(app: Flask, configuration: Configuration) -> None:
    """Answer every error in words."""
    app.register_error_handler(EngineError, _refused)
    app.register_error_handler(SignInNeeded, _sign_in_first)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(HTTPException, _as_http_says)
    for gone in (OperationalError, InterfaceError, NoConnection):
        app.register_error_handler(gone, _database_away)
    app.register_error_handler(Exception, _unexpected)


def kept_answers(prefix: str = "") -> list[tuple[str, str]]:
    """What was posted, as names and values for hidden fields. Only what our own page sent: nobody else speaks for a person."""
    if request.method != "POST" or request.is_json or not from_own_page():
        return []
    return [(prefix + name, value) for name, values in request.form.lists() for value in values if name not in NEVER_KEPT]


def wants_json() -> bool:
    """True if a script asked, not a person's browser going to a page."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def _refused(error: EngineError) -> Response:
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 400)
    if status == 404:
        return _page("errors/not_found.html", 404, "There is no such page on your list.")
    return _page("errors/refused.html", status, str(error), kept=kept_answers(), conflict=status == 409)


def _sign_in_first(error: SignInNeeded) -> Response:
    """To the sign-in page and back again; what was being sent goes along."""
    if wants_json():
        return _page("", 401, "You have been signed out. Sign in again to go on.")
    here = request.full_path.rstrip("?")
    if request.method == "GET":
        return make_response(redirect(url_for("auth.sign_in", next=here)))
    return _page(
        "auth/sign_in.html",
        401,
        "",
        next=here,
        kept=kept_answers(KEPT),
        files=_had_files(),
        signed_out=True,
        accounts=[],
        starts=[],
        problems={},
    )


def _stale(error: CSRFError) -> Response:
    return _page("errors/again.html", 400, STALE, title="Please send this again", kept=kept_answers(), files=_had_files())


def _too_large(error: RequestEntityTooLarge) -> Response:
    return _page("errors/refused.html", 413, TOO_LARGE, kept=[])


def _database_away(error: Exception) -> Response:
    log.error("database away", error=type(error).__name__, endpoint=request.endpoint)
    g.actor = None
    answer = _page("errors/again.html", 503, AWAY, title="We cannot reach your cases just now", kept=kept_answers(), files=_had_files())
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer


def _as_http_says(error: HTTPException) -> Any:
    """Werkzeug's own errors: an unknown address, a method that is not allowed, a body that cannot be read."""
    if error.code == 404:
        _see_who_asks()
        return _page("errors/not_found.html", 404, "There is no such page on your list.")
    if error.response is not None or error.code is None or error.code < 400:
        return error
    return _page("errors/refused.html", error.code, "Your browser sent something that we could not read. Go back and try again.", kept=[])


def _unexpected(error: Exception) -> Response:
    number = secrets.token_hex(4)
    # Neither the message nor the values: they may hold what people typed. The places are enough to find the fault.
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    log.error("unexpected error", number=number, error=type(error).__name__, endpoint=request.endpoint, places=places[-12:])
    return _page("errors/unexpected.html", 500, "Something went wrong on our side.", number=number, kept=kept_answers(), files=_had_files())


def _see_who_asks() -> None:
    """An address that leads nowhere must look like one that is forbidden, so it shows who is signed in, too."""
    with suppress(SQLAlchemyError):
        see_actor()


def _had_files() -> bool:
    return request.method == "POST" and any(file.filename for file in request.files.values())


def _page(template: str, status: int, sentence: str, **more: Any) -> Response:
    if wants_json():
        return make_response(jsonify(message=sentence, **({"number": more["number"]} if "number" in more else {})), status)
    return make_response(render_template(template, sentence=sentence, here=request.full_path.rstrip("?"), **more), status)
