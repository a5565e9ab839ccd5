"""Documents are given out, never shown."""

from __future__ import annotations

import io
from collections.abc import Callable
from uuid import uuid4

import pypdf
import pytest
from sqlalchemy import select

from engine import database, documents, papers
from engine.models import ProcessInstance
from tests.visitors import Visitor
from tests.web.errands import Errands
from web.documents import as_file

SignIn = Callable[..., Visitor]
FILLED = {"f-note": "Easy", "f-looked_on-day": "3", "f-looked_on-month": "3", "f-looked_on-year": "2026"}


def attach(errands: Errands, sign_in: SignIn, reference: str) -> str:
    """The address of a document of this case."""
    paper = (io.BytesIO(b"Up two stairs, then left."), "Straße “plan”.txt")
    sign_in(errands.leila).open(errands.page(reference)).send(FILLED | {"f-look_papers": paper}, button="Complete this task")
    return sign_in(errands.leila).open(f"/cases/{reference}").links("plan")[0]


def test_a_document_is_saved_as_a_file_whatever_is_in_it(errands: Errands, sign_in: SignIn) -> None:
    address = attach(errands, sign_in, errands.ask())

    answer = sign_in(errands.leila).client.get(address)

    assert answer.data == b"Up two stairs, then left."
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''Stra%C3%9Fe" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_document_does_not_exist_for_those_who_may_not_open_its_case(errands: Errands, sign_in: SignIn) -> None:
    address = attach(errands, sign_in, errands.ask())

    assert sign_in(errands.stranger).open(address).answer.status_code == 404
    assert sign_in(errands.leila).open(f"/documents/{uuid4()}").answer.status_code == 404


@pytest.mark.parametrize("name", ['a"; filename=evil.html', "line\r\nSet-Cookie: x=1", "back\\slash", ""])
def test_no_name_of_a_file_can_forge_a_header(name: str) -> None:
    answer = as_file(b"x", name)

    said = answer.headers["Content-Disposition"]
    assert said.startswith('attachment; filename="')
    assert not set(said) & {"\r", "\n", "\\"}
    assert said.count('"') == 2


def test_who_opened_a_document_stands_on_its_page(errands: Errands, sign_in: SignIn) -> None:
    address = attach(errands, sign_in, errands.ask())
    sign_in(errands.morag).client.head(address)
    assert "Nobody yet." in sign_in(errands.leila).open(f"{address}/about").text

    sign_in(errands.morag).open(address)

    page = sign_in(errands.leila).open(f"{address}/about")
    assert "Who opened it Morag Bell, " in page.text
    assert "added" in page.text
    assert "by Leila Khan" in page.text


def test_a_wrong_file_is_replaced_with_a_reason_and_sealed(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    address = attach(errands, sign_in, reference)
    page = sign_in(errands.leila).open(f"{address}/about")
    page.open(page.links("Replace a wrong file")[0]).send({}, button="Replace it")
    assert page.answer.status_code == 422
    assert page.problems == ["Choose the right file."]

    page.send({"file": (io.BytesIO(b"Down two stairs."), "right.txt")}, button="Replace it")
    assert page.problems == ["Say why, so that others can understand it later."]
    page.send({"file": (io.BytesIO(b"Down two stairs."), "right.txt"), "reason": "The stairs go down."}, button="Replace it")

    assert "The file is replaced." in page.text
    assert "Straße “plan”.txt Sealed" in page.text
    assert "The stairs go down." in page.text
    assert page.client.get(address).data == b"Up two stairs, then left."
    assert "This was the wrong file." in page.open(f"{address}/about").text
    assert page.links("Withdraw") == []
    assert "sealed · About" in page.open(f"/cases/{reference}").text
    assert (
        "Leila Khan put the right file in the place of a wrong one. Why: The stairs go down."
        in page.open(f"/cases/{reference}/timeline").text
    )


def test_a_document_is_withdrawn_and_given_out_again(errands: Errands, sign_in: SignIn) -> None:
    address = attach(errands, sign_in, errands.ask())
    page = sign_in(errands.leila).open(f"{address}/about")

    page.open(page.links("Withdraw it")[0]).send({"reason": ""}, button="Withdraw it")
    assert page.answer.status_code == 422
    page.send({"reason": "It names a neighbour."}, button="Withdraw it")

    assert "Withdrawn" in page.text
    assert "by Leila Khan: It names a neighbour." in page.text
    assert page.links("Download") == []
    assert "This document was withdrawn and is not given out any more." in page.open(address).text
    assert sign_in(errands.leila).open(f"{address}/withdraw").send({"reason": "Again."}).answer.status_code == 409

    page.open(page.links("Give it out again")[0]).send({"reason": "The neighbour agreed."}, button="Give it out again")

    assert page.client.get(address).data == b"Up two stairs, then left."


def test_the_pages_about_a_document_do_not_exist_for_those_who_may_not_open_it(errands: Errands, sign_in: SignIn) -> None:
    address = attach(errands, sign_in, errands.ask())

    for path in ("about", "replace", "withdraw", "reinstate"):
        assert sign_in(errands.stranger).open(f"{address}/{path}").answer.status_code == 404
    assert sign_in(errands.stranger).client.post(f"{address}/withdraw", data={"reason": "x"}).status_code in (400, 404)


def test_a_named_reader_finds_the_document_and_gets_a_copy_with_their_name(errands: Errands, sign_in: SignIn) -> None:
    paper, reference = papers.Paper("Minute", "", "We go up."), errands.ask()
    with database.transaction(errands.sessions) as db:
        case = db.scalars(select(ProcessInstance).where(ProcessInstance.business_key == reference)).one()
        files, place = (papers.to_pdf(paper), papers.to_word(paper)), documents.next_place(db, case, "m")
        made, _ = documents.keep_written(db, case, place, files, name="Minute", source="x", key="j")
    address, una = f"/documents/{made.id}", errands.stranger
    assert sign_in(una).open("/tasks").links("Documents") == []

    page = sign_in(errands.leila).open(f"{address}/about")
    page.open(page.links("Name a reader")[0]).send({"email": "una"}, button="Name them")
    assert page.problems == ["Enter an email address in the correct format, like name@example.org."]
    page.send({"email": una.email}, button="Name them")
    assert f"{una.email}, since" in page.text

    reader = sign_in(una).open("/tasks")
    assert reader.links("Documents") == ["/documents"]
    assert reader.open("/documents").links("Minute.pdf") == [address]
    copy = pypdf.PdfReader(io.BytesIO(reader.client.get(address).data)).pages[0].extract_text()
    assert "Given to Una Strang, " in copy
    assert reader.open(f"/cases/{case.business_key}").answer.status_code == 404
    assert "Una Strang, " in page.open(f"{address}/about").text

    page.open(page.links("Take off")[0]).send({"reason": "She asked for it."}, button="Take them off")
    assert sign_in(una).open(address).answer.status_code == 404
    assert "You are not named as a reader of any document." in sign_in(una).open("/documents").text
    assert "took a reader off the list of a document" in page.open(f"/cases/{case.business_key}/timeline").text
