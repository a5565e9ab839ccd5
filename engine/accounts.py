"""What people without a session do about their account: ask for a link to set their password, and use it.

Nothing here tells whether there is an account with an address.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

from sqlalchemy.orm import Session

from . import identity, letters
from .errors import Invalid, TooMany
from .identity import password_links
from .letters import LetterTemplate, Recipient

ASKED, ASKED_WITHIN = 20, timedelta(hours=1)  # from one network address; a whole office may share one
WRITTEN, WRITTEN_WITHIN = 3, timedelta(hours=1)  # to one person
USED, USED_WITHIN = 30, timedelta(hours=1)

FORGOTTEN = LetterTemplate(
    "forgotten_password",
    "Set your password",
    """Dear {{ toName }},

Somebody, most likely you, asked for a link to set the password of your account:

{{ passwordLink }}

It can be used once, within three days. If you did not ask for it, nothing has changed and you need not do anything.
""",
    frozenset(),
)


def ask_for_link(session: Session, email: str, *, base_url: str, address: str) -> None:
    """Write to whoever has an account with this email address. Raises Invalid where it is none, TooMany for one network address."""
    identity.limit(session, f"password link from {address}", tries=ASKED, within=ASKED_WITHIN)
    if not identity.EMAIL.fullmatch(email.strip()):
        raise Invalid({"email": "Enter an email address in the correct format, like name@example.org"})
    person, key = identity.by_email(session, email), f"password {uuid4()}"
    known = {"passwordLink": password_links.placeholder(base_url, key)}
    # Neither a refusal nor the time that it takes must tell whoever asks that there is somebody.
    with suppress(TooMany):
        identity.limit(session, f"password link to {email.strip().lower()}", tries=WRITTEN, within=WRITTEN_WITHIN)
        if person is not None and person.active:
            letters.write(session, FORGOTTEN, known, to=Recipient(person.name, person.email), key=key, instance=None)
        else:
            letters.fill(FORGOTTEN, known)


def is_usable(session: Session, token: str, *, address: str) -> None:
    """Raises NotFound where the link cannot be used any more, TooMany where somebody tries many."""
    identity.limit(session, f"password link used from {address}", tries=USED, within=USED_WITHIN)
    password_links.person_of(session, token)


def set_password(session: Session, token: str, password: str, again: str, *, address: str) -> None:
    """Set the password of whose link it is. Raises Invalid where it is too weak, or was typed in two ways."""
    is_usable(session, token, address=address)
    if password != again:
        raise Invalid({"password_again": "Enter the same password twice"})
    password_links.use(session, token, password)
