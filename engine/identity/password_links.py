"""Links by which people set their password: sent by email, good for three days, and for one time.

A link's token is made when the email leaves and stored as its hash alone: whoever reads the letters or the tables cannot use it.
Until then a mark stands in its place, another one in each letter: what somebody typed into a form never becomes a link.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .. import clock
from ..errors import NotFound
from ..models import PasswordLink, Person
from .limits import hash_of
from .people import set_password

LIFE = timedelta(hours=72)
MADE_WHEN_SENT = "MADE-WHEN-SENT-"  # begins the mark where the token goes in a letter that waits
PATH = "/set-password/"

GONE = "This link cannot be used any more. Ask for a new one."


def placeholder(base_url: str, letter_key: str) -> str:
    """The link as the letter with this key has it until it is sent. Whoever does not know the key cannot write it."""
    return base_url.rstrip("/") + PATH + mark(letter_key)


def mark(letter_key: str) -> str:
    """What stands for the token in the letter with this key, and in no other."""
    return MADE_WHEN_SENT + hash_of(f"password link {letter_key}")[:32]


def make(session: Session, person: Person) -> str:
    """The token of a new link; those that are over are forgotten."""
    session.execute(delete(PasswordLink).where(PasswordLink.made_at < clock.now() - LIFE))
    token = secrets.token_urlsafe(32)
    session.add(PasswordLink(token_hash=hash_of(token), person_id=person.id, made_at=clock.now()))
    session.flush()
    return token


def person_of(session: Session, token: str) -> Person:
    """Whose link this is; NotFound where it was used, is too old, or never was one."""
    valid = PasswordLink.token_hash == hash_of(token), PasswordLink.made_at >= clock.now() - LIFE, Person.active
    person = session.scalars(select(Person).join(PasswordLink, PasswordLink.person_id == Person.id).where(*valid)).first()
    if person is None:
        raise NotFound(GONE)
    return person


def use(session: Session, token: str, password: str) -> Person:
    """Set the password of whose link it is, end their sign-ins and all their links. Raises Invalid where it is too weak."""
    mine = select(PasswordLink.token_hash).where(PasswordLink.token_hash == hash_of(token))
    session.execute(mine.with_for_update())  # of two who use it at the same moment, the second finds it gone
    person = person_of(session, token)
    set_password(session, person, password)
    session.execute(delete(PasswordLink).where(PasswordLink.person_id == person.id))
    return person
