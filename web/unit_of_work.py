"""The edge of the site: who a view is for, and the one transaction in which it runs.

Every view says its audience. `@in_transaction` is for people who are signed in and gives it (db, actor, …);
`@public` is for everyone, and above `@in_transaction` it gives (db, actor or None, …). A view that says neither is not served.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from flask import current_app, g, make_response, request
from sqlalchemy.exc import SQLAlchemyError

from engine import access, database, documents, identity, registers

from . import uploads

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.identity import Actor

    from .site import Casework

View = TypeVar("View", bound=Callable[..., Any])

EVERYONE, PEOPLE = "everyone", "people"  # the audiences: anybody at all; those who are signed in
SIGN_IN_COOKIE = "casework_sign_in"

_audiences: WeakKeyDictionary[Callable[..., Any], str] = WeakKeyDictionary()
_admitting: WeakKeyDictionary[Callable[..., Any], Callable[..., Any]] = WeakKeyDictionary()


class SignInNeeded(Exception):
    """Nobody is signed in, and this page is not for everyone."""


def casework() -> Casework:
    """What the site runs on: configuration, engine, sessions."""
    return current_app.extensions["casework"]


def public(view: View) -> View:
    """This view is for everyone."""
    _audiences[view] = EVERYONE
    return view


def takes_files(admit: Callable[..., Any]) -> Callable[[View], View]:
    """Files that come to this view are judged before its transaction begins, once `admit` (db, actor, …) has let whoever sends them in."""

    def mark(view: View) -> View:
        _admitting[view] = admit
        return view

    return mark


def _look_at_files(admit: Callable[..., Any], arguments: dict[str, Any]) -> None:
    with database.transaction(casework().sessions) as db:
        admit(db, g.actor, **arguments)
    uploads.look_at_files()


def audience_of(endpoint: str) -> str | None:
    """Whom the view of this endpoint is for; None when it does not say."""
    return _audiences.get(current_app.view_functions.get(endpoint, _nothing))


def in_transaction(view: Callable[..., Any]) -> Callable[..., Any]:
    """Run the view in one transaction with whoever asks: (db, actor, …). What it raises undoes everything."""

    @wraps(view)
    def within(**arguments: Any) -> Any:
        see_actor()
        if g.actor is None and _audiences[within] != EVERYONE:
            raise SignInNeeded
        if within in _admitting and any(upload.filename for upload in request.files.values()):
            _look_at_files(_admitting[within], arguments)
        with database.transaction(casework().sessions, reading=_only_reads()) as db:
            # Rendered inside: what the page shows is what the transaction saw.
            return make_response(view(db, g.actor, **arguments))

    _audiences[within] = PEOPLE
    return within


def see_actor() -> None:
    """Find out who asks, and note that they were here."""
    g.actor = None
    if token := request.cookies.get(SIGN_IN_COOKIE):
        with database.transaction(casework().sessions, reading=True) as db:
            g.actor = identity.actor_of(db, token)


def sees_cases() -> bool:
    """Whether there are cases that whoever asks may open."""
    return _found_out("sees_cases", lambda db, actor: bool(access.seen_procedures(db, actor)))


def reads_registers() -> bool:
    """Whether there are registers that whoever asks reads."""
    return _found_out("reads_registers", lambda db, actor: bool(registers.readable(db, actor)))


def has_documents() -> bool:
    """Whether whoever asks is named as a reader of a document."""
    return _found_out("has_documents", lambda db, actor: bool(documents.named_for(db, actor)))


def _found_out(what: str, ask: Callable[[Session, Actor], bool]) -> bool:
    """Found out when a page is drawn, which most answers to a post are not, and once for it.

    A page that says what is wrong must not fail for it: where the database does not answer, there is nothing.
    """
    if what not in g:
        setattr(g, what, False)
        with suppress(SQLAlchemyError), database.transaction(casework().sessions, reading=True) as db:
            setattr(g, what, g.actor is not None and ask(db, g.actor))
    return bool(g.get(what))


def _nothing() -> None:
    """Stands for the view of an address that has none."""


def _only_reads() -> bool:
    return request.method in ("GET", "HEAD")
