"""Setting a password by a link that comes by email: once, for three days, and without telling who has an account."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import Engine, select

from engine import accounts, clock, identity, letters, mail
from engine.database import Sessions, transaction
from engine.errors import NotFound
from engine.identity import Actor, password_links
from engine.models import Letter, Membership, PasswordLink, ProcessInstance
from tests.conftest import PASSWORD
from tests.engine.test_variables import statements
from tests.visitors import Visitor
from tests.web.errands import Errands

NEW = "seven green umbrellas"
SENT = "a link to set its password is on its way"


class Postbox:
    """Keeps what is sent."""

    sender = "casework@example.org"

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    def send(self, message: EmailMessage) -> None:
        self.messages.append(message)

    def link(self, sessions: Sessions) -> str:
        """The path in the newest email, once everything that waits is sent."""
        mail.send_waiting(sessions, self)
        body = self.messages[-1].get_body(("plain",))
        assert body is not None
        found = re.search(r"http://localhost(/set-password/\S+)", body.get_content())
        assert found, body.get_content()
        return found[1]


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def rosa(person: Callable[..., Actor]) -> Actor:
    return person("Rosa Field")


def ask(visitor: Visitor, email: str) -> Visitor:
    page = visitor.open("/sign-in")
    return page.open(page.links("I have forgotten my password")[0]).send({"email": email}, button="Send the link")


def signs_in(visitor: Visitor, actor: Actor, password: str) -> bool:
    visitor.open("/sign-in").send({"email": actor.email, "password": password})
    return visitor.answer.request.path == "/tasks"


def test_somebody_who_forgot_their_password_sets_a_new_one(sessions: Sessions, visitor: Visitor, rosa: Actor, postbox: Postbox) -> None:
    with transaction(sessions) as session:
        session_elsewhere = identity.sign_in(session, rosa.email, PASSWORD, address="elsewhere")
    assert SENT in ask(visitor, "Rosa.Field@Example.org").text

    link = postbox.link(sessions)
    visitor.open(link).send({"password": NEW, "password_again": NEW}, button="Set my password")

    assert "Your password is set" in visitor.text
    assert not signs_in(visitor, rosa, PASSWORD)
    assert signs_in(visitor, rosa, NEW)
    with transaction(sessions, reading=True) as session:
        assert identity.actor_of(session, session_elsewhere) is None


def test_a_link_works_once_and_for_three_days(sessions: Sessions, visitor: Visitor, rosa: Actor, postbox: Postbox) -> None:
    ask(visitor, rosa.email)
    first = postbox.link(sessions)
    ask(visitor, rosa.email)
    late = postbox.link(sessions)

    with clock.moved_to(clock.now() + timedelta(hours=72, seconds=1)):
        assert visitor.open(late).send({"password": NEW, "password_again": NEW}, button="Set my password").answer.status_code == 404
    visitor.open(first).send({"password": NEW, "password_again": NEW}, button="Set my password")
    again = visitor.open(first).send({"password": NEW + "!", "password_again": NEW + "!"}, button="Set my password")

    assert again.answer.status_code == 404
    assert "This link cannot be used any more" in again.text
    assert visitor.open(late).send({"password": NEW, "password_again": NEW}, button="Set my password").answer.status_code == 404
    assert signs_in(visitor, rosa, NEW)


def test_of_several_who_use_one_link_at_the_same_moment_one_sets_the_password(
    sessions: Sessions, visitor: Visitor, rosa: Actor, postbox: Postbox
) -> None:
    ask(visitor, rosa.email)
    token = postbox.link(sessions).rpartition("/")[2]

    def use(number: int) -> str:
        password = f"{NEW} {number}"
        try:
            with transaction(sessions) as session:
                accounts.set_password(session, token, password, password, address=f"office {number}")
        except NotFound:
            return ""
        return password

    with ThreadPoolExecutor(6) as pool:
        used = list(filter(None, pool.map(use, range(6))))

    assert len(used) == 1
    assert signs_in(visitor, rosa, used[0])


def test_the_token_stands_in_the_email_alone(sessions: Sessions, visitor: Visitor, rosa: Actor, postbox: Postbox) -> None:
    ask(visitor, rosa.email)

    token = postbox.link(sessions).rpartition("/")[2]

    with transaction(sessions, reading=True) as session:
        assert token not in session.scalars(select(Letter.body)).one()
        assert token != session.scalars(select(PasswordLink.token_hash)).one()


def test_what_somebody_typed_into_a_form_never_becomes_a_link(sessions: Sessions, visitor: Visitor, rosa: Actor, postbox: Postbox) -> None:
    ask(visitor, rosa.email)
    with transaction(sessions) as session:
        shown = session.scalars(select(Letter.body)).one()  # as whoever reads the outbox sees it
        typed = (
            f"https://elsewhere.example/{password_links.MADE_WHEN_SENT} {shown.replace('http://localhost', 'https://elsewhere.example')}"
        )
        template = letters.LetterTemplate("answer", "Your errand", "{{ typed }}", frozenset({"typed"}))
        to = letters.Recipient(rosa.name, rosa.email)
        letters.write(session, template, {"typed": typed}, to=to, key="another", instance=None)

    mail.send_waiting(sessions, postbox)

    assert len(postbox.messages) == 2
    with transaction(sessions, reading=True) as session:
        assert len(session.scalars(select(PasswordLink)).all()) == 1


def test_a_password_is_not_kept_in_a_page_that_asks_to_send_it_again(visitor: Visitor) -> None:
    visitor.client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    page = visitor.open("/set-password/anything")
    visitor.client.delete_cookie("casework")

    page.send({"password": NEW, "password_again": NEW}, button="Set my password")

    assert page.answer.status_code == 400
    assert NEW not in page.answer.get_data(as_text=True)


def test_nobody_learns_who_has_an_account(sessions: Sessions, visitor: Visitor, rosa: Actor) -> None:
    known = ask(visitor, rosa.email).answer
    unknown = ask(visitor, "nobody@example.org").answer

    strip = re.compile(rb'nonce="[^"]*"|value="[^"]*"')
    assert (known.status_code, strip.sub(b"", known.data)) == (unknown.status_code, strip.sub(b"", unknown.data))
    for _ in range(4):
        assert SENT in ask(visitor, rosa.email).text
    with transaction(sessions, reading=True) as session:
        assert len(session.scalars(select(Letter)).all()) == 3


def test_asking_takes_as_much_work_where_there_is_no_account(sessions: Sessions, engine: Engine, rosa: Actor) -> None:
    def work(email: str) -> list[str]:
        def ask() -> None:
            with transaction(sessions) as session:
                accounts.ask_for_link(session, email, base_url="", address="an office")

        return [one for one in statements(engine, ask) if " letter" not in one and not one.startswith("RELEASE")]

    assert work(rosa.email) == work("nobody@example.org")


def test_what_is_wrong_is_said_and_changes_nothing(sessions: Sessions, visitor: Visitor, rosa: Actor, postbox: Postbox) -> None:
    assert ask(visitor, "rosa").problems == ["Enter an email address in the correct format, like name@example.org"]
    ask(visitor, rosa.email)
    page = visitor.open(postbox.link(sessions))

    assert page.send({"password": "short", "password_again": "short"}, button="Set my password").problems == [
        "Enter a password of at least 12 characters"
    ]
    assert page.send({"password": NEW, "password_again": NEW + "s"}, button="Set my password").problems == ["Enter the same password twice"]
    assert signs_in(visitor, rosa, PASSWORD)


def test_guessing_links_is_stopped_after_a_while(visitor: Visitor, rosa: Actor) -> None:
    def guess() -> int:
        page = visitor.open("/set-password/guessed")
        return page.send({"password": NEW, "password_again": NEW}, button="Set my password").answer.status_code

    answers = {guess() for _ in range(31)}

    assert answers == {404, 429}


def test_a_case_shows_who_acts_in_it_until_when_and_by_which_step(errands: Errands, sign_in: Callable[..., Visitor], rosa: Actor) -> None:
    reference = errands.ask()
    with transaction(errands.sessions) as db:
        case = db.scalars(select(ProcessInstance).where(ProcessInstance.business_key == reference)).one()
        until = clock.today() + timedelta(days=40)
        db.add(Membership(person_id=rosa.id, group="clerk", instance_id=case.id, ends_on=until, granted_by="Ask a neighbour"))

    text = sign_in(errands.leila).open(f"/cases/{reference}").text

    assert "In this case only" in text
    assert "Rosa Field, before" in text
    assert "Given by the procedure, when it came to “Ask a neighbour”" in text
