"""Sending letters to a real mail server: one that takes them, one that refuses, one that is not there."""

from __future__ import annotations

import shutil
import smtplib
import ssl
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from sqlalchemy import select
from structlog.testing import capture_logs

from engine import clock, letters, mail
from engine.database import Sessions, transaction
from engine.letters import LetterTemplate, Recipient
from engine.models import Letter, LetterState
from tests.ports import unused_port

ROSA = Recipient("Rosa Field", "rosa@example.org")
TEMPLATE = LetterTemplate("answer", "Plot {{ reference }} ✓", "Hello **{{ toName }}**", frozenset())


class Postbox:
    """What the mail server does with what it is given."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.answer = "250 OK"
        self.answer_to_recipient = ""
        self.drops = False

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.answer_to_recipient:
            return self.answer_to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.drops:
            server.transport.abort()
            return "250 OK"
        if self.answer.startswith("250"):
            message = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.got.append(message)
        return self.answer


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def serve(postbox: Postbox) -> Iterator[Callable[..., int]]:
    """Starts a mail server: serve(**settings) gives its port."""
    running: list[Controller] = []

    def start(**settings: Any) -> int:
        controller = Controller(postbox, hostname="127.0.0.1", port=unused_port(), **settings)
        controller.start()
        running.append(controller)
        return controller.port

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture
def smtp(serve: Callable[..., int]) -> mail.Smtp:
    return mail.Smtp("127.0.0.1", serve(), security="none", sender="Casework <casework@council.example>")


def write(sessions: Sessions, *keys: str, to: Recipient = ROSA) -> None:
    with transaction(sessions) as session:
        for key in keys:
            letters.write(session, TEMPLATE, {"reference": key}, to=to, key=key, instance=None)


def written(sessions: Sessions) -> list[Letter]:
    with transaction(sessions, reading=True) as session:
        return list(session.scalars(select(Letter).order_by(Letter.id)))


def test_waiting_letters_are_sent_in_the_order_in_which_they_were_written(sessions, smtp, postbox):
    write(sessions, "A", "B")

    assert mail.send_waiting(sessions, smtp) == 2

    assert [message["Subject"] for message in postbox.got] == ["Plot A ✓", "Plot B ✓"]
    assert [letter.state for letter in written(sessions)] == [LetterState.SENT] * 2
    assert mail.send_waiting(sessions, smtp) == 0


def test_a_letter_arrives_as_text_and_as_html_from_and_to_people_with_names(sessions, smtp, postbox):
    write(sessions, "A", to=Recipient("Zoë (“the spade”) Field", "zoe@example.org"))

    mail.send_waiting(sessions, smtp)

    message = postbox.got[0]
    assert message["From"] == "Casework <casework@council.example>"
    assert message["To"].addresses[0].addr_spec == "zoe@example.org"
    assert message["To"].addresses[0].display_name == "Zoë (“the spade”) Field"
    assert message["Auto-Submitted"] == "auto-generated"
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert text.get_content().strip() == "Hello Zoë (“the spade”) Field"
    assert "<strong>Zoë (“the spade”) Field</strong>" in html.get_content()
    assert "<title>Plot A ✓</title>" in html.get_content()


def test_a_letter_sent_twice_can_be_recognised(sessions, smtp, postbox):
    write(sessions, "A", "B")
    first, second = written(sessions)

    messages = [mail.message_of(letter, smtp.sender)["Message-ID"] for letter in (first, first, second)]

    assert messages[0] == messages[1] != messages[2]
    assert messages[0].endswith("@council.example>")


def test_without_a_mail_server_letters_stay_in_the_outbox(sessions):
    write(sessions, "A")

    assert mail.send_waiting(sessions, None) == 0

    assert [(letter.state, letter.tries) for letter in written(sessions)] == [(LetterState.WAITING, 0)]


def test_a_refused_letter_is_tried_again_later_and_later_and_then_given_up(sessions, smtp, postbox):
    write(sessions, "A")
    postbox.answer_to_recipient = "550 no such person rosa@example.org"
    moment = clock.now()

    for wait in (timedelta(0), *mail.BACK_OFF):
        with clock.moved_to(moment + wait - timedelta(seconds=30)):
            mail.send_waiting(sessions, smtp)
            tries_before = written(sessions)[0].tries
        moment += wait + timedelta(seconds=1)
        with clock.moved_to(moment):
            mail.send_waiting(sessions, smtp)
        assert written(sessions)[0].tries == tries_before + 1

    letter = written(sessions)[0]
    assert (letter.state, letter.tries) == (LetterState.FAILED, mail.TRIES)
    assert letter.last_error == "The mail server refused it (550)."
    with clock.moved_to(moment + timedelta(days=30)):
        assert mail.claim(sessions) is None


def test_a_refused_letter_does_not_hold_up_the_others(sessions, smtp, postbox):
    write(sessions, "bad", to=Recipient("", "not an address"))
    write(sessions, "good")

    assert mail.send_waiting(sessions, smtp) == 1

    bad, good = written(sessions)
    assert (bad.state, good.state) == (LetterState.WAITING, LetterState.SENT)
    assert bad.last_error.startswith("It could not be made into an email (")


def test_a_server_that_drops_the_connection_is_tried_again(sessions, smtp, postbox):
    write(sessions, "A", "B")
    postbox.drops = True

    assert mail.send_waiting(sessions, smtp) == 0
    first, second = written(sessions)
    assert first.last_error == "The mail server could not be reached (SMTPServerDisconnected)."
    assert (first.tries, second.tries) == (1, 0), "the others are spared the same silence"

    postbox.drops = False
    with clock.moved_to(clock.now() + timedelta(minutes=2)):
        assert mail.send_waiting(sessions, smtp) == 2


def test_a_server_that_is_not_there_is_tried_again(sessions):
    write(sessions, "A")

    assert mail.send_waiting(sessions, mail.Smtp("127.0.0.1", unused_port(), security="none")) == 0

    letter = written(sessions)[0]
    assert letter.last_error == "The mail server could not be reached (ConnectionRefusedError)."
    assert letter.next_try_at > clock.now()


def test_a_server_that_says_goodbye_badly_has_taken_the_letter_all_the_same(sessions, smtp, postbox, monkeypatch):
    def quit_badly(self: smtplib.SMTP) -> None:
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(smtplib.SMTP, "quit", quit_badly)
    write(sessions, "A")

    assert mail.send_waiting(sessions, smtp) == 1
    assert written(sessions)[0].state is LetterState.SENT


def test_neither_the_log_nor_the_outbox_repeats_an_address_the_server_named(sessions, smtp, postbox):
    write(sessions, "A")
    postbox.answer_to_recipient = "550 rosa@example.org is unknown here"

    with capture_logs() as logged:
        mail.send_waiting(sessions, smtp)

    assert len(logged) == 1
    assert "rosa" not in str(logged).lower()
    assert "rosa" not in written(sessions)[0].last_error


def test_a_letter_whose_sender_died_is_free_again_after_the_lease(sessions, smtp, postbox):
    write(sessions, "A")
    assert mail.claim(sessions) is not None

    assert mail.send_waiting(sessions, smtp) == 0

    with clock.moved_to(clock.now() + mail.LEASE + timedelta(seconds=1)):
        assert mail.send_waiting(sessions, smtp) == 1


def test_a_sender_that_comes_back_after_its_lease_does_not_undo_what_another_did(sessions, smtp):
    class Slow:
        sender = smtp.sender

        def send(self, message: EmailMessage) -> None:
            with clock.moved_to(clock.now() + mail.LEASE + timedelta(seconds=1)):
                assert mail.send_waiting(sessions, smtp) == 1
            raise OSError

    write(sessions, "A")

    mail.send_waiting(sessions, Slow())

    assert (written(sessions)[0].state, written(sessions)[0].last_error) == (LetterState.SENT, "")


def test_a_sender_that_fails_after_its_lease_leaves_the_letter_to_whoever_has_it_now(sessions, smtp):
    class Slow:
        sender = smtp.sender

        def send(self, message: EmailMessage) -> None:
            with clock.moved_to(clock.now() + mail.LEASE + timedelta(seconds=1)):
                assert mail.claim(sessions) is not None
            raise OSError

    write(sessions, "A")

    mail.send_waiting(sessions, Slow())

    assert (written(sessions)[0].tries, written(sessions)[0].last_error) == (2, "")


def test_several_senders_send_each_letter_once(sessions, smtp, postbox):
    write(sessions, *map(str, range(20)))

    with ThreadPoolExecutor(4) as pool:
        sent = sum(pool.map(lambda _: mail.send_waiting(sessions, smtp), range(4)))

    assert sent == 20
    assert len({message["Message-ID"] for message in postbox.got}) == len(postbox.got) == 20


@dataclass
class Certificate:
    """Of a mail server on this machine: what the server shows, and what makes a client trust it."""

    server: ssl.SSLContext
    trusting: ssl.SSLContext


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate for 127.0.0.1."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed, so no certificate can be made for a mail server")
    folder = tmp_path_factory.mktemp("certificate")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    files = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run([*made, *files], cwd=folder, check=True, capture_output=True)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return Certificate(server, ssl.create_default_context(cafile=str(folder / "cert.pem")))


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_letters_travel_encrypted_and_only_to_a_server_that_is_trusted(sessions, serve, postbox, certificate, security):
    settings = {"ssl_context": certificate.server} if security == "tls" else {"tls_context": certificate.server, "require_starttls": True}
    port = serve(**settings)
    write(sessions, "A")

    assert mail.send_waiting(sessions, mail.Smtp("127.0.0.1", port, security=security)) == 0
    assert "SSLCertVerificationError" in written(sessions)[0].last_error

    with clock.moved_to(clock.now() + timedelta(minutes=2)):
        assert mail.send_waiting(sessions, mail.Smtp("127.0.0.1", port, security=security, trust=certificate.trusting)) == 1
    assert len(postbox.got) == 1


def test_a_mail_server_may_ask_for_an_account(sessions, serve, certificate):
    def check(server: Any, session: Any, envelope: Any, mechanism: str, sent: LoginPassword) -> AuthResult:
        return AuthResult(success=(sent.login, sent.password) == (b"casework", b"secret"), handled=False)

    port = serve(tls_context=certificate.server, require_starttls=True, authenticator=check, auth_required=True)
    write(sessions, "A", "B")

    wrong = mail.Smtp("127.0.0.1", port, user="casework", password="wrong", trust=certificate.trusting)
    assert mail.send_waiting(sessions, wrong) == 0
    assert [(letter.tries, letter.last_error) for letter in written(sessions)] == [(1, "The mail server refused it (535)."), (0, "")]

    right = mail.Smtp("127.0.0.1", port, user="casework", password="secret", trust=certificate.trusting)
    assert mail.send_waiting(sessions, right) == 1
    assert "secret" not in repr(right)
