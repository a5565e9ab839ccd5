"""Documents in a real browser: their pages on a wide and a narrow screen, by keyboard, for a screen reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import clock, database, documents, papers
from engine.identity import Actor
from engine.models import Document, ProcessInstance
from tests.visitors import Visitor
from tests.web.errands import Errands
from tests.web.test_chronology import Plots
from tests.web.test_document_links import Plot

OpenPage = Callable[..., Page]
LONG = "A_plan_with_a_very_long_name_that_is_one_word_and_does_not_fit_a_telephone.txt"


class Shelf:
    """A case with documents of every kind."""

    def __init__(self, errands: Errands) -> None:
        self.errands = errands
        self.reference = errands.ask()
        with database.transaction(errands.sessions) as db:
            case = db.scalars(select(ProcessInstance).where(ProcessInstance.business_key == self.reference)).one()
            self.plan = self._attached(db, case, LONG)
            first = self._attached(db, case, "wrong.txt")
            right = {"name": "right.txt", "media_type": "text/plain", "content": b"Right"}
            self.right = documents.replace(db, errands.leila, first, **right, reason="It was another errand's.").id  # type: ignore[arg-type]
            self.minute = [
                self._written(db, case, number, body) for number, body in enumerate(("We go **up**.", "We go **down** the stairs."))
            ]

    def _attached(self, db: Session, case: ProcessInstance, name: str) -> UUID:
        document = Document(
            id=uuid4(), instance_id=case.id, field="", name=name, media_type="text/plain", size=5, sha256="", uploaded_at=clock.now(),
            uploaded_by=self.errands.leila.id, content=b"Words",
        )  # fmt: skip
        db.add(document)
        db.flush()
        return document.id

    def _written(self, db: Session, case: ProcessInstance, number: int, body: str) -> UUID:
        paper = papers.Paper("Minute", "", body)
        files = papers.to_pdf(paper), papers.to_word(paper)
        place = documents.next_place(db, case, "minutes")
        made, _ = documents.keep_written(db, case, place, files, name="Minute", source=body, key=str(number), note="Corrected." * number)
        documents.name_readers(db, case, made, [self.errands.leila.email])
        return made.id

    def paths(self) -> list[str]:
        """Every page there is about documents."""
        plan = f"/documents/{self.plan}"
        return [
            f"/cases/{self.reference}", f"{plan}/about", f"{plan}/replace", f"{plan}/withdraw", f"/documents/{self.right}/about",
            f"/documents/{self.minute[1]}/about", f"/documents/{self.minute[1]}/readers", "/documents",
            f"/documents/{self.minute[1]}/since/1",
        ]  # fmt: skip


@pytest.fixture
def shelf(sessions: database.Sessions, person: Callable[..., Actor]) -> Shelf:
    """Documents, and people who may see them."""
    return Shelf(Errands(sessions, person))


@pytest.fixture
def plots(sessions: database.Sessions, person: Callable[..., Actor], sign_in: Callable[[Actor], Visitor]) -> Plots:
    """A case with a chronology."""
    return Plots(sessions, person, sign_in)


@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_about_documents_fits_the_screen_and_can_be_read_by_machines(
    shelf: Shelf, open_page: OpenPage, assert_accessible: Callable[[Page], None], width: int
) -> None:
    page = open_page(shelf.errands.leila, viewport={"width": width, "height": 900})

    for path in shelf.paths():
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
        assert_accessible(page)


@pytest.fixture
def plot(sessions: database.Sessions, person: Callable[..., Actor], sign_in: Callable[[Actor], Visitor]) -> Plot:
    """A case in which a form was handed in twice, with files."""
    return Plot(sessions, person, sign_in)


@pytest.mark.parametrize("width", [1280, 375])
def test_links_to_documents_and_what_changed_in_a_form_fit_the_screen_too(
    plot: Plot, open_page: OpenPage, assert_accessible: Callable[[Page], None], width: int
) -> None:
    page, (first, second) = open_page(plot.rosa, viewport={"width": width, "height": 900}), plot.sent()
    written = f"/cases/{plot.reference}/written"
    task = plot.sign_in(plot.rosa).open("/tasks").links("Buy the seed")[0]

    for path in (task, written, f"{written}/{second}", f"{written}/{second}/since/{first}"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
        assert_accessible(page)


def test_a_document_is_replaced_by_keyboard_and_without_scripts(shelf: Shelf, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(shelf.errands.leila, java_script_enabled=False)
    (tmp_path / "right.txt").write_text("The right plan.", encoding="utf-8")
    page.goto(f"/documents/{shelf.plan}/about")

    page.get_by_role("link", name="Replace a wrong file").press("Enter")
    page.get_by_label("The right file").set_input_files(tmp_path / "right.txt")
    page.get_by_label("Why?").fill("It was last year's.")
    page.get_by_role("button", name="Replace it").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("right.txt")
    expect(page.locator("main")).to_contain_text("It was last year's.")


def test_what_is_missing_is_told_in_a_summary_that_leads_to_it(
    shelf: Shelf, open_page: OpenPage, assert_accessible: Callable[[Page], None]
) -> None:
    page = open_page(shelf.errands.leila)
    page.goto(f"/documents/{shelf.plan}/withdraw")

    page.get_by_role("button", name="Withdraw it").press("Enter")

    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert_accessible(page)
    page.get_by_role("alert").get_by_role("link", name="Say why").press("Enter")
    expect(page.get_by_label("Why?")).to_be_focused()


@pytest.mark.parametrize("width", [1280, 375])
def test_a_chronology_fits_the_screen_and_can_be_read_by_machines(
    plots: Plots, open_page: OpenPage, assert_accessible: Callable[[Page], None], width: int
) -> None:
    page = open_page(plots.rosa, viewport={"width": width, "height": 900})

    page.goto(plots.address)

    expect(page.get_by_role("heading", level=3)).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert_accessible(page)
