"""Sending: takes letters out of the outbox and gives them to a mail server.

A letter is claimed by one conditional update, sent outside any transaction, then marked. Whoever dies in between has a
letter sent twice at worst; its Message-ID comes from its key, so mail programs show it once. Addresses are never logged.
"""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from html import escape
from typing import Any, Literal, Protocol

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from . import clock, identity, letters
from .database import Sessions, transaction
from .identity import password_links
from .models import Letter, LetterState

log = structlog.get_logger()

LEASE = timedelta(minutes=10)  # a letter whose sender has not come back by then is free again
BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(days=1))
TRIES = len(BACK_OFF) + 1
CLOSED = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)  # it takes nothing at all from us
CLOSING = 421
PATIENCE = 20.0  # seconds for each answer of the mail server; all of one letter's stay well below the lease

PAGE = '<!DOCTYPE html>\n<html lang="en-GB"><head><title>{subject}</title></head><body>\n{body}</body></html>\n'


class Transport(Protocol):
    """A way for letters to leave."""

    @property
    def sender(self) -> str:
        """Whom letters come from: an address, with or without a name."""

    def send(self, message: EmailMessage) -> None:
        """Hand one message over. Raises an error of smtplib or OSError where it was not taken."""


@dataclass(frozen=True)
class Smtp:
    """A mail server."""

    host: str
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = "casework@localhost"
    trust: ssl.SSLContext | None = None  # whose certificates count; without one those of the machine

    def send(self, message: EmailMessage) -> None:
        """Hand one message over, on a connection of its own."""
        with closing(self._connect()) as server:
            if self.security == "starttls":
                server.starttls(context=self._trust())
            if self.user:
                server.login(self.user, self.password)
            server.send_message(message)
            with suppress(OSError):  # it has been taken; a clumsy goodbye must not send it again
                server.quit()

    def _connect(self) -> smtplib.SMTP:
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=self._trust())
        return smtplib.SMTP(self.host, self.port, timeout=PATIENCE)

    def _trust(self) -> ssl.SSLContext:
        return self.trust or ssl.create_default_context()


def send_waiting(sessions: Sessions, transport: Transport | None) -> int:
    """Send every letter that is due, the oldest first. Returns how many the mail server took; without a transport none leaves."""
    sent = 0
    while transport is not None and (letter := claim(sessions)) is not None:
        _put_link_in(sessions, letter)
        trouble, unreachable = _send(letter, transport)
        _mark(sessions, letter, trouble)
        sent += trouble is None
        if unreachable:  # the other letters would only wait for the same silence
            break
    return sent


def claim(sessions: Sessions) -> Letter | None:
    """Take the letter due longest, for this process alone; None where nothing is due."""
    now = clock.now()
    due = (Letter.state == LetterState.WAITING, Letter.next_try_at <= now)
    with transaction(sessions) as session:
        oldest = select(Letter.id).where(*due).order_by(Letter.next_try_at, Letter.id).limit(1)
        if session.get_bind().dialect.name == "postgresql":
            oldest = oldest.with_for_update(skip_locked=True)
        taken = update(Letter).where(Letter.id == oldest.scalar_subquery(), *due)
        claimed = taken.values(tries=Letter.tries + 1, next_try_at=now + LEASE).returning(Letter.id)
        letter_id = session.scalar(claimed, execution_options={"synchronize_session": False})
        return _taken_out(session, letter_id) if letter_id is not None else None


def _taken_out(session: Session, letter_id: int) -> Letter:
    letter = session.get_one(Letter, letter_id)
    session.expunge(letter)
    return letter


def _put_link_in(sessions: Sessions, letter: Letter) -> None:
    """A link to set a password is made now, for whom the letter goes to, and stands in what is sent alone."""
    mark = password_links.mark(letter.key)
    if mark in letter.body:
        with transaction(sessions) as session:
            person = identity.by_email(session, letter.to_email)
            token = password_links.make(session, person) if person is not None and person.active else ""
            letter.body = letter.body.replace(mark, token)


def _send(letter: Letter, transport: Transport) -> tuple[str | None, bool]:
    """Send one letter. Returns what went wrong, if anything, and whether the mail server was out of reach."""
    try:
        transport.send(message_of(letter, transport.sender))
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
        # The server's own words may repeat the address; its number does not.
        return f"The mail server refused it ({_code(error)}).", isinstance(error, CLOSED) or _code(error) == CLOSING
    except OSError as error:  # which all errors of smtplib are, too
        return f"The mail server could not be reached ({type(error).__name__}).", True
    except Exception as error:  # noqa: BLE001 - whatever is odd about one letter must not stop the others
        return f"It could not be made into an email ({type(error).__name__}).", False
    return None, False


def _code(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return int(next(iter(error.recipients.values()))[0])
    return int(error.smtp_code)


def _mark(sessions: Sessions, letter: Letter, trouble: str | None) -> None:
    """Note how it went, unless somebody else has taken the letter over since."""
    now = clock.now()
    mine = update(Letter).where(Letter.id == letter.id, Letter.state == LetterState.WAITING, Letter.tries == letter.tries)
    with transaction(sessions) as session:
        if trouble is None:
            session.execute(mine.values(state=LetterState.SENT, sent_at=now, last_error=""))
            return
        session.execute(mine.values(last_error=trouble, **_after_failure(letter.tries, now)))
    log.warning("letter not sent", letter=letter.id, tries=letter.tries, reason=trouble)


def _after_failure(tries: int, now: datetime) -> dict[str, Any]:
    if tries >= TRIES:
        return {"state": LetterState.FAILED}
    return {"next_try_at": now + BACK_OFF[tries - 1]}


def message_of(letter: Letter, sender: str) -> EmailMessage:
    """The letter as an email: plain text, and the same as HTML."""
    name, address = parseaddr(sender)
    message = EmailMessage()
    message["From"] = Address(name, addr_spec=address)
    message["To"] = Address(letter.to_name, addr_spec=letter.to_email)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{hashlib.sha256(letter.key.encode()).hexdigest()[:40]}@{address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # asks out-of-office programs not to answer
    message["Content-Language"] = "en-GB"
    message.set_content(letters.to_text(letter.body))
    message.add_alternative(PAGE.format(subject=escape(letter.subject), body=letters.to_html(letter.body)), subtype="html")
    return message
