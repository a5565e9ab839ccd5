"""Documents are given out, never shown."""

from __future__ import annotations

import io
from collections.abc import Callable
from uuid import uuid4

import pytest

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
