"""Requests that no page of ours sends: they get a sentence, never an error of the machine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from engine.identity import Actor
from tests.visitors import Visitor
from tests.web.errands import Errands

SignIn = Callable[[Actor], Visitor]
DEEP = "[" * 100_000


@pytest.fixture
def app(app: Flask) -> Flask:
    """The site without the check that a page of ours sent the request."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.mark.parametrize("address", ["/cases/%00", "/start/%00", "/procedures/%00", "/cases/find?reference=%00", "/tasks?search=a%00b"])
def test_an_address_with_a_null_character_leads_nowhere(errands: Errands, sign_in: SignIn, address: str) -> None:
    assert sign_in(errands.leila).open(address).answer.status_code == 404


def test_an_email_address_with_a_null_character_is_only_wrong(errands: Errands, visitor: Visitor) -> None:
    visitor.open("/sign-in").send({"email": "a\0b@example.org", "password": "whatever\0it is"})

    assert visitor.answer.status_code == 422


def test_json_nested_without_end_gets_a_sentence(errands: Errands, visitor: Visitor) -> None:
    answer = visitor.client.post("/start/errand/draft", data=DEEP, content_type="application/json")

    assert (answer.status_code, answer.get_json()) == (422, {"message": "What was sent could not be read."})


def test_a_follow_up_day_of_many_figures_is_no_real_date(errands: Errands, sign_in: SignIn) -> None:
    page = errands.page(errands.ask())
    day = {"follow_up-day": "9" * 30, "follow_up-month": "3", "follow_up-year": "2026"}

    answer = sign_in(errands.leila).client.post(f"{page}/follow-up", data=day)

    assert answer.status_code == 422
    assert "as a real date" in answer.get_data(as_text=True)


@pytest.mark.parametrize("address", ["/registers/errand/parcels/{}", "/outbox/{}", "/procedures/errand/versions/{}"])
def test_a_number_beyond_all_leads_nowhere(errands: Errands, sign_in: SignIn, address: str) -> None:
    assert sign_in(errands.leila).open(address.format("9" * 30)).answer.status_code == 404


def test_a_problem_with_a_number_beyond_all_is_not_found(errands: Errands, sign_in: SignIn, person: Callable[..., Actor]) -> None:
    ada = sign_in(person("Ada Min", "administrator"))

    assert ada.client.post(f"/problems/{'9' * 30}/retry").status_code == 404
