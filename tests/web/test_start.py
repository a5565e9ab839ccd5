"""Starting a case, with an account and without."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine

from engine import clock, database, documents, instances
from tests.visitors import Visitor
from tests.web.errands import Errands
from web import create_app, start
from web.configuration import Configuration

SignIn = Callable[..., Visitor]
YOU = {"f-asker": "Rab", "f-kind": "parcel"}


def fill_in(visitor: Visitor, **answers: str) -> Visitor:
    visitor.open("/start/errand").send(YOU | answers, button="Continue")
    return visitor.send({"f-what": "A red parcel"}, button="Continue")


def test_someone_without_an_account_sends_the_form_and_learns_only_the_reference(errands: Errands, visitor: Visitor) -> None:
    fill_in(visitor)
    assert "Check your answers" in visitor.text
    assert "A red parcel" in visitor.text

    visitor.send(button="Send")

    assert visitor.answer.request.path == "/start/errand/sent"
    reference = visitor.page.xpath("string(//*[@class='app-reference'])")
    assert reference.startswith("ERR-")
    assert "The clerk looks into it within a week." in visitor.text
    assert "parcel" not in visitor.page.xpath("string(//main)")
    assert visitor.links("Look at the case") == []
    assert visitor.open(f"/cases/{reference}").answer.request.path == "/sign-in"


def test_the_start_page_explains_and_warns(errands: Errands, visitor: Visitor) -> None:
    visitor.open("/start/errand")

    assert "It takes five minutes." in visitor.text
    assert "This is not an ambulance." in visitor.text
    assert visitor.page.xpath("string(//h1)") == "About you"
    assert visitor.page.xpath("string(//title)") == "About you: Errands – Casework"


def test_the_sent_form_is_gone_from_the_browser(errands: Errands, visitor: Visitor) -> None:
    fill_in(visitor).send(button="Send")

    visitor.open("/start/errand")

    assert visitor.page.xpath("string(//input[@name='f-asker']/@value)") == ""


def test_a_half_filled_form_is_kept_for_this_browser_only(errands: Errands, app: Flask, visitor: Visitor) -> None:
    visitor.open("/start/errand").send({"f-asker": "Rab"}, button="Save and come back later")
    other = Visitor(app.test_client())

    assert visitor.open("/start/errand").page.xpath("string(//input[@name='f-asker']/@value)") == "Rab"
    assert other.open("/start/errand").page.xpath("string(//input[@name='f-asker']/@value)") == ""


def test_a_half_filled_form_can_be_thrown_away(errands: Errands, visitor: Visitor) -> None:
    visitor.open("/start/errand").send({"f-asker": "Rab"}, button="Save and come back later")

    visitor.open(visitor.open("/start/errand").links("Throw away")[0]).send(button="Throw it away")

    assert visitor.page.xpath("string(//input[@name='f-asker']/@value)") == ""
    assert visitor.links("Throw away") == []


def test_a_page_with_something_wrong_is_shown_again(errands: Errands, visitor: Visitor) -> None:
    visitor.open("/start/errand").send({"f-asker": "Rab"}, button="Continue")

    assert visitor.answer.status_code == 422
    assert visitor.problems == ["Select what it is"]
    assert visitor.page.xpath("string(//input[@name='f-asker']/@value)") == "Rab"


def test_an_answer_can_be_changed_before_sending(errands: Errands, visitor: Visitor) -> None:
    fill_in(visitor)

    visitor.open("/start/errand" + visitor.links("Change Your name")[0]).send({"f-asker": "Rabbie"}, button="Continue")

    assert "Check your answers" in visitor.text
    assert "Rabbie" in visitor.text


def test_answers_that_belong_elsewhere_end_in_a_signpost_at_once_and_start_nothing(errands: Errands, visitor: Visitor) -> None:
    visitor.open("/start/errand").send(YOU | {"f-kind": "pizza"}, button="Continue")

    assert visitor.answer.status_code == 200
    assert "We do not fetch pizza" in visitor.page.xpath("string(//h1)")
    assert visitor.page.xpath("string(//main//strong)") == "pizza shop"
    assert errands.count() == 0
    assert visitor.open("/start/errand").page.xpath("string(//input[@name='f-asker']/@value)") == ""


def test_sending_again_and_again_from_one_address_is_stopped_and_keeps_the_entry(
    errands: Errands, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "SENDINGS", 2)
    for _ in range(2):
        fill_in(visitor).send(button="Send")

    fill_in(visitor).send(button="Send")

    assert visitor.answer.status_code == 429
    assert "What you entered is kept" in visitor.text
    assert "A red parcel" in visitor.text
    assert errands.count() == 2


def test_only_so_many_megabytes_come_from_one_address_in_a_day(errands: Errands, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "MEGABYTE", 1_000)
    monkeypatch.setattr(start, "MEGABYTES", 3)

    def attach(size: int) -> int:
        page = visitor.open("/start/errand")
        token = page.page.xpath("string(//input[@name='csrf_token']/@value)")
        files = {"field": "f-papers", "csrf_token": token, "file": (io.BytesIO(b"a" * size), "a.txt")}
        with visitor.client.post("/start/errand/files", data=files) as answer:
            return answer.status_code

    assert [attach(1_500), attach(1_500), attach(900)] == [200, 429, 200]
    with clock.moved_to(clock.now() + timedelta(days=1, minutes=1)):
        assert attach(2_500) == 200


@pytest.mark.parametrize(("proxies", "sent"), [(0, 1), (1, 3)], ids=["nobody in front", "our own proxy in front"])
def test_an_address_is_believed_only_from_our_own_proxies(
    errands: Errands, configuration: Configuration, engine: Engine, monkeypatch: pytest.MonkeyPatch, proxies: int, sent: int
) -> None:
    monkeypatch.setattr(start, "SENDINGS", 1)
    site = create_app(replace(configuration, trusted_proxies=proxies), engine)

    for number in range(3):
        somebody = Visitor(site.test_client())
        somebody.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"192.0.2.{number}"
        fill_in(somebody).send(button="Send")

    assert errands.count() == sent


def test_staff_are_not_limited_and_find_their_case(errands: Errands, sign_in: SignIn) -> None:
    leila = fill_in(sign_in(errands.leila)).send(button="Send")

    assert leila.links("Look at the case")
    assert errands.count() == 1


def test_staff_choose_from_what_their_roles_may_start(errands: Errands, sign_in: SignIn) -> None:
    leila, una = sign_in(errands.leila).open("/start"), sign_in(errands.stranger).open("/start")

    assert [" ".join(h.text_content().split()) for h in leila.page.xpath("//main//h2")] == ["Errands", "Errand inside the house"]
    assert [" ".join(h.text_content().split()) for h in una.page.xpath("//main//h2")] == ["Errands"]


def test_a_start_that_is_not_public_does_not_exist_for_others(errands: Errands, visitor: Visitor, sign_in: SignIn) -> None:
    inside = "/start/errand:inside_errand"

    assert visitor.open(inside).answer.status_code == 404
    assert sign_in(errands.stranger).open(inside).answer.status_code == 404
    leila = sign_in(errands.leila).open(inside).send({"f-what": "Tea"}, button="Send")
    assert "ERR-" in leila.text


def test_a_procedure_that_does_not_exist_is_not_found(errands: Errands, visitor: Visitor) -> None:
    assert visitor.open("/start/nothing").answer.status_code == 404
    assert visitor.open("/start/errand/sent").answer.status_code == 404


def test_another_site_cannot_send_the_form(errands: Errands, app: Flask) -> None:
    answer = app.test_client().post("/start/errand", data=YOU | {"action": "continue"})

    assert answer.status_code == 400
    assert errands.count() == 0


def test_files_go_with_the_case(errands: Errands, visitor: Visitor, sessions: database.Sessions) -> None:
    visitor.open("/start/errand").send(YOU, button="Continue")
    visitor.send({"f-what": "A parcel", "f-papers": (io.BytesIO(b"A note."), "note.txt")}, button="Continue").send(button="Send")

    reference = visitor.page.xpath("string(//*[@class='app-reference'])")
    with database.transaction(sessions, reading=True) as db:
        case = instances.get_for(db, errands.leila, reference)
        assert [document.name for document in documents.of_instance(db, case)] == ["note.txt"]


def test_what_was_typed_is_saved_by_script_without_an_account(errands: Errands, visitor: Visitor) -> None:
    visitor.open("/start/errand")
    token = visitor.page.xpath("string(//main//input[@name='csrf_token']/@value)")

    answer = visitor.client.post("/start/errand/draft", json={"seen": 0, "fields": {"f-asker": ["Rab"]}}, headers={"X-CSRFToken": token})

    assert answer.status_code == 200
    assert visitor.open("/start/errand").page.xpath("string(//input[@name='f-asker']/@value)") == "Rab"
