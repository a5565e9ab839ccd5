"""What people see when something cannot be done: words, and everything they typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from engine import database, identity, tasks
from tests.visitors import Visitor
from tests.web.errands import Errands

SignIn = Callable[..., Visitor]


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Takes the database away; `monkeypatch.undo` brings it back."""

    def take_away() -> None:
        def gone(*_: object, **__: object) -> None:
            raise OperationalError("SELECT secrets", {}, Exception("connection refused"))

        monkeypatch.setattr(identity, "actor_of", gone)

    return take_away


def at_own_page(visitor: Visitor) -> Visitor:
    visitor.client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return visitor


def test_a_page_that_is_not_there_looks_like_one_that_is_forbidden(errands: Errands, sign_in: SignIn) -> None:
    una = sign_in(errands.stranger)

    forbidden = una.open(errands.page(errands.ask()))
    words = forbidden.text
    missing = una.open("/tasks/00000000-0000-0000-0000-000000000000")

    assert missing.answer.status_code == 404
    assert missing.text == words
    assert una.open("/no/such/page").text == words


def test_a_database_that_is_away_gives_503_and_keeps_what_was_typed(
    errands: Errands, sign_in: SignIn, away: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = errands.ask()
    leila = at_own_page(sign_in(errands.leila)).open(errands.page(reference))

    away()
    leila.send({"f-note": "An hour’s <b>work</b>"}, button="Save and come back later")

    assert leila.answer.status_code == 503
    assert leila.answer.headers["Retry-After"] == "10"
    assert "secrets" not in leila.text
    assert leila.page.xpath("string(//input[@name='f-note']/@value)") == "An hour’s <b>work</b>"
    monkeypatch.undo()
    leila.send(button="Try again")
    assert leila.answer.status_code == 200
    assert leila.open(errands.page(reference)).page.xpath("string(//textarea)").strip() == "An hour’s <b>work</b>"


def test_a_database_that_is_away_when_a_page_is_opened_offers_to_try_again(
    errands: Errands, sign_in: SignIn, away: Callable[[], None]
) -> None:
    leila = sign_in(errands.leila)

    away()
    leila.open("/tasks?search=ERR")

    assert leila.answer.status_code == 503
    assert leila.links("Try again") == ["/tasks?search=ERR"]


def test_a_page_of_a_lost_session_asks_to_send_again_and_keeps_what_was_typed(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    leila = at_own_page(sign_in(errands.leila)).open(errands.page(reference))

    leila.client.delete_cookie("casework")
    leila.send({"f-note": "Still here"}, button="Save and come back later")

    assert leila.answer.status_code == 400
    leila.send(button="Try again")
    assert leila.open(errands.page(reference)).page.xpath("string(//textarea)").strip() == "Still here"


def test_an_unexpected_error_gets_a_number_and_tells_nothing(
    errands: Errands, sign_in: SignIn, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.testing = False
    monkeypatch.setattr(tasks, "inbox", lambda *_: 1 / 0)

    with capture_logs() as logged:
        leila = sign_in(errands.leila).open("/tasks")

    number = leila.page.xpath("string(//main//strong)")
    assert leila.answer.status_code == 500
    assert len(number) == 8
    assert "division" not in leila.text
    assert number in str(logged)


def test_a_body_that_is_too_large_gets_a_sentence(errands: Errands, sign_in: SignIn, app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 2000
    leila = sign_in(errands.leila).open(errands.page(errands.ask()))

    leila.send({"f-note": "x" * 5000})

    assert leila.answer.status_code == 413
    assert "larger than we can take" in leila.text


def test_a_script_gets_its_sentence_as_json(errands: Errands, app: Flask) -> None:
    page = errands.page(errands.ask())
    client = app.test_client()
    client.get("/sign-in")

    answer = client.post(f"{page}/draft", json={"seen": 0, "fields": {}})

    assert answer.status_code == 400
    assert "message" in answer.get_json()


@pytest.mark.parametrize("path", ["/sign-in", "/no/such/page", "/tasks"])
def test_every_answer_carries_the_headers_that_protect_it(errands: Errands, app: Flask, path: str) -> None:
    headers = app.test_client().get(path).headers

    assert "script-src 'self' 'nonce-" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_a_page_has_no_script_or_style_without_leave(errands: Errands, sign_in: SignIn) -> None:
    leila = sign_in(errands.leila).open(errands.page(errands.ask()))

    inline = leila.page.xpath("//script[not(@src)]")
    assert inline
    assert all(script.get("nonce") in leila.answer.headers["Content-Security-Policy"] for script in inline)
    assert leila.page.xpath("//@style | //style | //@onclick") == []


def test_a_conflict_shows_what_was_typed(errands: Errands, sign_in: SignIn, sessions: database.Sessions) -> None:
    reference = errands.ask()
    leila = at_own_page(sign_in(errands.leila)).open(errands.page(reference))
    with database.transaction(sessions) as db:
        tasks.complete_with(db, errands.morag, errands.task(reference), {"note": "Done by Morag", "looked_on": "2026-03-03"})

    leila.send(
        {"f-note": "Done by Leila", "f-looked_on-day": "3", "f-looked_on-month": "3", "f-looked_on-year": "2026"},
        button="Complete this task",
    )

    assert leila.answer.status_code == 409
    assert "Morag Bell did this task" in leila.text
    assert "Done by Leila" in leila.text
