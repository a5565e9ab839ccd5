"""Files that are odd, too large or dangerous: each is kept safely or refused with a sentence; and they are judged while others write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator

import pypdf
import pytest
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from sqlalchemy import select

from engine import database, documents
from engine.models import Document, DocumentState
from tests.visitors import Visitor
from tests.web.errands import Errands

SignIn = Callable[..., Visitor]
FILLED = {"f-note": "Easy", "f-looked_on-day": "3", "f-looked_on-month": "3", "f-looked_on-year": "2026"}
ALLOWED = "is not a kind of file that can be attached."


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b" " * 3_000_000)
    return file.getvalue()


def scripted() -> bytes:
    writer, file = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('x')")})
    writer.root_object[NameObject("/OpenAction")] = script
    writer.write(file)
    return file.getvalue()


WORD = ("[Content_Types].xml", "word/document.xml")
REFUSED = {
    "nothing": ("empty.txt", b"", "“empty.txt” is empty. Attach the file again"),
    "a page called a pdf": ("plan.pdf", b"<html><script>alert(1)</script>", f"“plan.pdf” {ALLOWED}"),
    "a word file with macros": ("a.docx", zipped(*WORD, "word/vbaProject.bin"), "“a.docx” contains macros."),
    "a pdf with a script": ("a.pdf", scripted(), "“a.pdf” would run a program when it is opened."),
    "a broken zip": ("a.docx", zipped(*WORD)[:90], f"“a.docx” {ALLOWED}"),
}
KEPT = {
    "a very long name": ("x" * 300 + ".txt", b"beds", "x" * 116 + ".txt"),
    "a name that reads backwards": ("beds\u202etxt.fdp", b"beds", "beds txt.fdp.txt"),
    "a name with a path": ("../../etc/pass", b"beds", "pass.txt"),
    "a name with nothing in it": ("\0\0", b"beds", "document.txt"),
    "a zip bomb": ("a.docx", zipped(*WORD, *(f"word/header{n}.xml" for n in range(20))), "a.docx"),
}


def attached(errands: Errands) -> list[str]:
    with database.transaction(errands.sessions, reading=True) as db:
        return list(db.scalars(select(Document.name).where(Document.state == DocumentState.CURRENT)))


@pytest.mark.parametrize("case", REFUSED)
def test_what_may_not_be_attached_is_refused_with_a_sentence(errands: Errands, sign_in: SignIn, case: str) -> None:
    name, content, said = REFUSED[case]
    page = sign_in(errands.leila).open(errands.page(errands.ask()))

    page.send(FILLED | {"f-look_papers": (io.BytesIO(content), name)}, button="Complete this task")

    assert page.answer.status_code == 422
    assert any(problem.startswith(said) for problem in page.problems), page.problems
    assert "Easy" in page.answer.get_data(as_text=True)  # what was typed beside it is not lost
    assert attached(errands) == []


@pytest.mark.parametrize("case", KEPT)
def test_whatever_a_file_is_called_it_is_kept_under_a_name_that_harms_nobody(errands: Errands, sign_in: SignIn, case: str) -> None:
    name, content, kept = KEPT[case]
    reference = errands.ask()
    page = sign_in(errands.leila).open(errands.page(reference))

    page.send(FILLED | {"f-look_papers": (io.BytesIO(content), name)}, button="Complete this task")

    assert page.answer.status_code == 200, page.text
    assert attached(errands) == [kept]
    address = page.open(f"/cases/{reference}").links(kept)[0]
    assert page.client.get(address).data == content


@pytest.mark.parametrize("case", [*REFUSED, *KEPT])
def test_in_the_place_of_a_wrong_file_the_same_holds(errands: Errands, sign_in: SignIn, case: str) -> None:
    reference = errands.ask()
    leila = sign_in(errands.leila).open(errands.page(reference))
    leila.send(FILLED | {"f-look_papers": (io.BytesIO(b"Up two stairs."), "wrong.txt")}, button="Complete this task")
    address = leila.open(f"/cases/{reference}").links("wrong.txt")[0]
    name, content, said = (REFUSED | KEPT)[case]

    page = leila.open(f"{address}/replace").send({"file": (io.BytesIO(content), name), "reason": ""}, button="Replace it")
    assert "Say why, so that others can understand it later." in page.problems
    page.send({"file": (io.BytesIO(content), name), "reason": "It was another."}, button="Replace it")

    if case in KEPT:
        assert attached(errands) == [said]
        compared = page.open(page.links("What changed since version 1")[0]) if said.endswith(".txt") else page
        assert compared.answer.status_code == 200
    else:
        assert page.problems[0].startswith(said)
        assert attached(errands) == ["wrong.txt"]


@pytest.fixture
def scanners() -> Iterator[list[documents.Scanner]]:
    before = list(documents.SCANNERS)
    yield documents.SCANNERS
    documents.SCANNERS[:] = before


def test_while_a_file_is_looked_at_others_write(errands: Errands, sign_in: SignIn, scanners: list[documents.Scanner]) -> None:
    others: list[str] = []

    def slow(_name: str, _content: bytes) -> None:
        others.append(errands.ask())  # on another connection: with a transaction open here it would wait for ever

    scanners[:] = [slow]
    reference = errands.ask()
    page = sign_in(errands.leila).open(errands.page(reference))

    page.send(FILLED | {"f-look_papers": (io.BytesIO(b"Beds."), "beds.txt")}, button="Complete this task")

    assert page.answer.status_code == 200, page.text
    assert len(others) == 1  # the file is looked at once
    assert attached(errands) == ["beds.txt"]


def test_nobody_has_files_looked_at_for_a_task_that_is_not_theirs(
    errands: Errands, sign_in: SignIn, scanners: list[documents.Scanner]
) -> None:
    seen: list[str] = []
    scanners[:] = [lambda name, _content: seen.append(name)]
    address, own = errands.page(errands.ask()), errands.page(errands.ask())
    leila = sign_in(errands.leila).open(own)
    leila.send(FILLED | {"f-look_papers": (io.BytesIO(b"Beds."), "beds.txt")}, button="Complete this task")
    stranger = sign_in(errands.stranger).open("/account")
    token = stranger.page.xpath("//input[@name='csrf_token']/@value")

    files = {"f-look_papers": (io.BytesIO(b"Beds."), "mine.txt"), "csrf_token": token[0] if token else ""}
    answer = stranger.client.post(address, data=files)

    assert answer.status_code in (400, 404)
    assert seen == ["beds.txt"]
