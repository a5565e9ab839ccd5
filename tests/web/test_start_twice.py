"""A form that starts a case is sent once, however often it is clicked: both clicks end at the one reference."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine import database
from engine.identity import Actor
from engine.models import Draft
from tests.conftest import PASSWORD
from tests.visitors import Visitor
from tests.web.errands import Errands

SignIn = Callable[[Actor], Visitor]
INSIDE = "/start/errand:inside_errand"
PUBLIC = "/start/errand"
CHECK = f"{PUBLIC}?page=check-your-answers"  # the page from which it is sent
COOKIES = [("casework", "/"), ("casework_start", "/start")]
YOU = {"f-asker": "Rab", "f-kind": "parcel"}


def posted_by(visitor: Visitor, answers: dict[str, str]) -> dict[str, str]:
    """What the form on the page would post."""
    hidden = {field.get("name"): field.get("value") for field in visitor.page.xpath("//main//form//input[@type='hidden']")}
    return hidden | answers | {"action": "submit"}


def reference(client: FlaskClient, address: str) -> str:
    return str(Visitor(client).open(f"{address}/sent").page.xpath("string(//*[@class='app-reference'])"))


def drafts(sessions: database.Sessions) -> int:
    with database.transaction(sessions, reading=True) as db:
        return db.query(Draft).count()


def test_a_second_click_on_a_form_of_one_page_leads_to_the_same_case(errands: Errands, sign_in: SignIn) -> None:
    leila = sign_in(errands.leila).open(INSIDE)
    sent = posted_by(leila, {"f-what": "Tea"})

    first, second = (leila.client.post(INSIDE, data=sent) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert second.location == first.location
    assert errands.count() == 1


def test_a_second_click_tells_the_reference_although_the_first_answer_never_arrived(errands: Errands, app: Flask, visitor: Visitor) -> None:
    visitor.open(PUBLIC).send(YOU, button="Continue").send({"f-what": "A red parcel"}, button="Continue")
    sent, cookies = posted_by(visitor, {}), [visitor.client.get_cookie(name, path=path) for name, path in COOKIES]
    visitor.client.post(CHECK, data=sent)
    before_the_first_answer = app.test_client()
    for cookie in cookies:
        assert cookie is not None
        before_the_first_answer.set_cookie(cookie.key, cookie.value, path=cookie.path)

    before_the_first_answer.post(CHECK, data=sent)

    assert reference(before_the_first_answer, PUBLIC) == reference(visitor.client, PUBLIC) != ""
    assert errands.count() == 1


@pytest.mark.parametrize("pages", ["the first page of all", "after other pages"])
def test_two_clicks_at_the_same_moment_make_one_case(errands: Errands, app: Flask, sign_in: SignIn, pages: str) -> None:
    leila = sign_in(errands.leila)
    if pages == "the first page of all":
        address, sent = INSIDE, posted_by(leila.open(INSIDE), {"f-what": "Tea"})
    else:
        leila.open(PUBLIC).send(YOU, button="Continue").send({"f-what": "Tea"}, button="Continue")
        address, sent = CHECK, posted_by(leila, {})
    cookies = [leila.client.get_cookie(name, path=path) for name, path in [*COOKIES, ("casework_sign_in", "/")]]

    def click(_: int) -> int:
        client = app.test_client()
        for cookie in cookies:
            assert cookie is not None
            client.set_cookie(cookie.key, cookie.value, path=cookie.path)
        return client.post(address, data=sent).status_code

    with ThreadPoolExecutor(4) as clicks:
        statuses = list(clicks.map(click, range(4)))

    assert statuses == [303] * 4
    assert errands.count() == 1


def test_what_a_page_saves_after_its_form_was_sent_begins_no_new_form(
    errands: Errands, visitor: Visitor, sessions: database.Sessions
) -> None:
    visitor.open(PUBLIC).send(YOU, button="Continue")
    late, token = visitor.page.xpath("string(//form/@data-draft-url)"), posted_by(visitor, {})["csrf_token"]
    visitor.send({"f-what": "A red parcel"}, button="Continue").send(button="Send")

    answer = visitor.client.post(late, json={"seen": 1, "fields": {"f-what": ["A red"]}}, headers={"X-CSRFToken": token})

    assert answer.status_code == 409
    assert "has been sent" in answer.get_data(as_text=True)
    assert drafts(sessions) == 0


def test_a_page_that_was_open_when_its_form_was_sent_does_not_mix_with_the_next_form(errands: Errands, visitor: Visitor) -> None:
    visitor.open(PUBLIC).send(YOU, button="Continue").send({"f-what": "A red parcel"}, button="Continue")
    old = posted_by(visitor, {})
    visitor.send(button="Send")
    visitor.open(PUBLIC).send(YOU | {"f-asker": "Ines"}, button="Continue")

    visitor.client.post(CHECK, data=old)

    assert errands.count() == 1
    assert visitor.open(PUBLIC).page.xpath("string(//input[@name='f-asker']/@value)") == "Ines"


def test_somebody_else_learns_nothing_by_the_name_of_a_form(errands: Errands, sign_in: SignIn, visitor: Visitor) -> None:
    leila = sign_in(errands.leila).open(INSIDE)
    sent = posted_by(leila, {"f-what": "Tea"})
    leila.client.post(INSIDE, data=sent)
    theirs = posted_by(visitor.open(PUBLIC), YOU) | {"form": sent["form"], "action": "continue"}

    answer = visitor.client.post(PUBLIC, data=theirs)

    assert answer.location == "/start/errand?page=errand"
    assert visitor.open(f"{PUBLIC}/sent").answer.status_code == 404


def test_staff_whose_sign_in_ended_go_on_as_themselves(errands: Errands, sign_in: SignIn) -> None:
    leila = sign_in(errands.leila).open(PUBLIC).send(YOU, button="Continue")
    leila.client.delete_cookie("casework_sign_in")
    leila.client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"

    leila.send({"f-what": "A red parcel"}, button="Continue")

    assert leila.answer.status_code == 401
    leila.send({"email": errands.leila.email, "password": PASSWORD}, button="Sign in")
    leila.send(button="Send it now")
    assert "Check your answers" in leila.text
    assert {"Rab", "A red parcel"} <= {cell.text_content().strip() for cell in leila.page.xpath("//dd")}
