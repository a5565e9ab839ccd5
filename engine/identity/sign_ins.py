"""Signing in and out. The browser holds a random token; the table holds only its hash, and a row can be ended at any time."""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from .. import clock
from ..errors import Invalid
from ..models import Person, SignIn
from . import limits, passwords
from .actors import Actor, actor_for
from .people import by_email

IDLE = timedelta(hours=8)  # unused for so long, a sign-in is over
ABSOLUTE = timedelta(hours=24)  # and after this in any case
SEEN_EVERY = timedelta(minutes=1)  # how exactly the last use is kept: not every page should write
TRIES, WITHIN = 10, timedelta(minutes=15)  # wrong passwords, for one account and for one network address

WRONG = "Enter the email address and password of your account"


def sign_in(session: Session, email: str, password: str, *, address: str) -> str:
    """A token for the browser of whoever knows the password.

    Raises Invalid with one sentence that does not say what was wrong, or TooMany. The caller catches Invalid inside
    the transaction, so that the try stays counted.
    """
    account, place = f"sign-in account {email.strip().lower()}", f"sign-in address {address}"
    for key in (account, place):
        limits.limit(session, key, tries=TRIES, within=WITHIN)
    person = by_email(session, email)
    if not passwords.matches(person.password_hash if person and person.active else None, password) or person is None:
        raise Invalid({"email": WRONG})
    limits.forgive(session, account)
    limits.forgive_last(session, place)
    if passwords.is_outdated(person.password_hash):
        person.password_hash = passwords.hash_of(password)
    return _begin(session, person)


def _begin(session: Session, person: Person) -> str:
    now = clock.now()
    session.execute(delete(SignIn).where(or_(SignIn.seen_at < now - IDLE, SignIn.signed_in_at < now - ABSOLUTE)))
    token = secrets.token_urlsafe(32)
    session.add(SignIn(token_hash=limits.hash_of(token), person_id=person.id, signed_in_at=now, seen_at=now))
    session.flush()
    return token


def actor_of(session: Session, token: str) -> Actor | None:
    """Who is signed in with this token; None when nobody is, any more."""
    now = clock.now()
    hashed = limits.hash_of(token)
    using = select(Person, SignIn.seen_at).join(SignIn, SignIn.person_id == Person.id)
    valid = (SignIn.token_hash == hashed, SignIn.seen_at >= now - IDLE, SignIn.signed_in_at >= now - ABSOLUTE, Person.active)
    found = session.execute(using.where(*valid)).first()
    if found is None:
        return None
    person, seen_at = found
    if now - seen_at >= SEEN_EVERY:
        _note_use(session, hashed, now)
    return actor_for(session, person)


def _note_use(session: Session, hashed: str, now: datetime) -> None:
    # Where the database is busy the note is made with the next page; a page that only reads must not fail for it.
    with suppress(OperationalError), session.begin_nested():
        used = update(SignIn).where(SignIn.token_hash == hashed).values(seen_at=now)
        session.execute(used, execution_options={"synchronize_session": False})


def sign_out(session: Session, token: str) -> None:
    """End this sign-in."""
    session.execute(delete(SignIn).where(SignIn.token_hash == limits.hash_of(token)))
