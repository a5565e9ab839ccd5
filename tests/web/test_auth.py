"""Signing in and out, and that nothing is served to a stranger unless it says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.conftest import PASSWORD
from tests.visitors import Visitor
from tests.web.errands import Errands
from web import create_app
from web.auth import safe_path
from web.configuration import Configuration
from web.unit_of_work import EVERYONE, PEOPLE, SIGN_IN_COOKIE, audience_of

SignIn = Callable[..., Visitor]

FOR_EVERYONE = {
    "static", "auth.sign_in", "auth.enter", "auth.sign_out",
    "passwords.forgotten", "passwords.ask", "passwords.choose", "passwords.set_password",
    "start.begin", "start.answer", "start.sent", "start.discard", "start.throw_away", "start.draft", "start.files",
}  # fmt: skip


def test_every_route_states_its_audience(app: Flask) -> None:
    with app.app_context():
        routes = {rule.endpoint: audience_of(rule.endpoint) for rule in app.url_map.iter_rules()}

    assert {endpoint for endpoint, audience in routes.items() if audience not in (EVERYONE, PEOPLE)} == set()
    assert {endpoint for endpoint, audience in routes.items() if audience == EVERYONE} == FOR_EVERYONE


def test_a_view_without_an_audience_is_not_served(app: Flask) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")

    answer = app.test_client().get("/forgotten")

    assert answer.status_code == 404
    assert b"secret" not in answer.data


def test_a_stranger_is_asked_to_sign_in_and_comes_back_to_the_page(errands: Errands, visitor: Visitor) -> None:
    page = errands.page(errands.ask())

    visitor.open(page).send({"email": errands.leila.email, "password": PASSWORD})

    assert visitor.answer.request.path == page
    assert "Look into it" in visitor.text


@pytest.mark.parametrize(("email", "password"), [("leila.khan@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("", "")])
def test_a_wrong_sign_in_does_not_say_what_was_wrong(errands: Errands, visitor: Visitor, email: str, password: str) -> None:
    visitor.open("/sign-in").send({"email": email, "password": password})

    assert visitor.answer.status_code == 422
    assert visitor.problems == ["Enter the email address and password of your account"]
    assert visitor.page.xpath("string(//input[@name='email']/@value)") == email


def test_too_many_wrong_passwords_are_stopped_for_a_while(errands: Errands, visitor: Visitor) -> None:
    for _ in range(10):
        visitor.open("/sign-in").send({"email": errands.leila.email, "password": "wrong"})

    visitor.open("/sign-in").send({"email": errands.leila.email, "password": PASSWORD})

    assert visitor.answer.status_code == 429
    assert "too many tries" in visitor.problems[0]


@pytest.mark.parametrize(
    "next", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example", "", "tasks"]
)
def test_signing_in_never_leads_to_another_site(app: Flask, next: str) -> None:
    with app.test_request_context():
        assert safe_path(next) == "/tasks"


def test_signing_in_leads_to_the_page_that_was_wanted(app: Flask) -> None:
    with app.test_request_context():
        assert safe_path("/tasks/1?page=you") == "/tasks/1?page=you"


def test_the_sign_in_cookie_cannot_be_read_by_scripts_nor_sent_by_other_sites(errands: Errands, app: Flask) -> None:
    visitor = Visitor(app.test_client())

    visitor.open("/sign-in")
    token = visitor.page.xpath("string(//main//input[@name='csrf_token']/@value)")
    answer = app.test_client().post("/sign-in", data={"email": errands.leila.email, "password": PASSWORD, "csrf_token": token})
    answer_of_same = visitor.client.post("/sign-in", data={"email": errands.leila.email, "password": PASSWORD, "csrf_token": token})

    assert answer.status_code == 400, "a token of another browser's session is refused"
    [cookie] = [line for line in answer_of_same.headers.getlist("Set-Cookie") if line.startswith(SIGN_IN_COOKIE)]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_over_https_cookies_insist_on_it(configuration: Configuration, engine: Engine) -> None:
    site = create_app(replace(configuration, base_url="https://casework.example.org"), engine)

    answer = site.test_client().get("/sign-in", base_url="https://casework.example.org")

    assert "; Secure;" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"]


def test_signing_out_ends_the_sign_in_for_good(errands: Errands, sign_in: SignIn) -> None:
    leila = sign_in(errands.leila).open("/tasks")
    cookie = leila.client.get_cookie(SIGN_IN_COOKIE)
    assert cookie is not None

    leila.send(form="//header//form")

    assert "You are signed out" in leila.text
    leila.client.set_cookie(SIGN_IN_COOKIE, cookie.value)
    assert leila.open("/tasks").answer.request.path == "/sign-in"


def test_someone_signed_out_meanwhile_signs_in_and_sends_what_they_typed(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    leila = sign_in(errands.leila).open(errands.page(reference))
    leila.client.delete_cookie(SIGN_IN_COOKIE)

    leila.client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    leila.send({"f-note": "Typed for an hour"}, button="Save and come back later")
    assert leila.answer.status_code == 401
    assert "What you entered is kept" in leila.text
    leila.send({"email": errands.leila.email, "password": PASSWORD})
    assert "Welcome back" in leila.text
    leila.send(button="Send it now")

    assert leila.answer.request.path == "/tasks"
    assert "Typed for an hour" in leila.open(errands.page(reference)).page.xpath("string(//textarea)")


def test_what_another_site_posts_is_never_carried_along(errands: Errands, app: Flask) -> None:
    client = app.test_client()

    answer = client.post(errands.page(errands.ask()), data={"f-note": "forged"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code in (400, 401)
    assert b"forged" not in answer.data


def test_accounts_are_listed_in_a_demonstration_only(
    configuration: Configuration, engine: Engine, visitor: Visitor, tmp_path: Path
) -> None:
    (tmp_path / "bpmn" / "x").mkdir(parents=True)
    (tmp_path / "bpmn" / "x" / "demonstration.toml").write_text(
        '[[people]]\nname = "Ada"\nemail = "ada@example.org"\npassword = "known to all"\n'
    )
    demonstration = create_app(replace(configuration, demonstration=True, content=tmp_path), engine)

    somebody = Visitor(demonstration.test_client()).open("/sign-in")

    assert "The password of every account is known to all" in somebody.text
    assert "Try it as" not in visitor.open("/sign-in").text
