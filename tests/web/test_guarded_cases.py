"""Cases guarded by an access table, as people with different rights find them on the site."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from engine import deployments, instances
from engine.database import Sessions, transaction
from engine.identity import SYSTEM, Actor
from engine.models import Document, Submission
from tests.engine.drawn import content
from tests.engine.guarded import guarded
from tests.visitors import Visitor

SignIn = Callable[[Actor], Visitor]
FORM = content(
    {"type": "textfield", "key": "note", "label": "Note", "id": "note"},
    {"type": "filepicker", "key": "papers", "label": "Papers", "id": "papers", "multiple": True},
    {"type": "filepicker", "key": "letters", "label": "Letters", "id": "letters", "properties": {"classification": "sealed"}},
    id="do",
)


class Plot:
    """A case in which Wim has written a plan, with a paper and a sealed letter."""

    def __init__(self, sessions: Sessions, person: Callable[..., Actor], sign_in: SignIn) -> None:
        self.sessions, self.sign_in = sessions, sign_in
        self.people = {"secretary": person("Rosa Field", "secretary"), "treasurer": person("Theo Mint", "treasurer"),
                       "neighbour": person("Nell Ash", "neighbour"), "stranger": person("Dan Oak", "digger")}  # fmt: skip
        wim = person("Wim Bed", "warden:north")
        with transaction(sessions) as session:
            deployments.deploy(session, guarded() | {"do.form": FORM})
            self.reference = instances.start(session, SYSTEM, "garden", {"size": "small"}).business_key
        page = sign_in(wim).open("/tasks")
        papers = {"f-papers": (io.BytesIO(b"Beds."), "beds.txt"), "f-letters": (io.BytesIO(b"Thanks."), "thanks.txt")}
        page.open(page.links("Dig it over")[0]).send({"f-note": "Two beds", **papers}, button="Complete")
        assert page.answer.status_code == 200, page.text

    def open(self, who: str, part: str = "") -> Visitor:
        return self.sign_in(self.people[who]).open(f"/cases/{self.reference}{part}")

    def rows(self, kind: Any) -> list[Any]:
        with transaction(self.sessions, reading=True) as session:
            return list(session.scalars(select(kind).where(kind.task_id.is_not(None))))


@pytest.fixture
def plot(sessions: Sessions, person: Callable[..., Actor], sign_in: SignIn) -> Plot:
    return Plot(sessions, person, sign_in)


def test_who_may_only_know_how_a_case_stands_gets_a_page_without_its_content(plot: Plot) -> None:
    with transaction(plot.sessions) as session:
        fresh = instances.start(session, SYSTEM, "garden", {"size": "small"}).business_key

    page = plot.sign_in(plot.people["neighbour"]).open(f"/cases/{fresh}")

    assert f"Case {fresh}" in page.text
    assert "Digging since" in page.text
    assert "Waits for Warden" in page.text
    for told in ("Dig it over", "North field", "Timeline", "Documents", "Letters"):
        assert told not in page.text
    for part in ("/timeline", "/diagram", "/written"):
        assert page.open(f"/cases/{fresh}{part}").answer.status_code == 404


def test_a_board_line_that_is_only_status_says_nothing_more_in_the_table_or_its_csv(plot: Plot) -> None:
    with transaction(plot.sessions) as session:
        fresh = instances.start(session, SYSTEM, "garden", {"size": "small"}).business_key
    neighbour = plot.sign_in(plot.people["neighbour"])

    assert fresh in neighbour.open("/board").text
    assert plot.reference not in neighbour.text
    assert "Dig it over" not in neighbour.text
    assert fresh in neighbour.open("/board/cases.csv").answer.text
    assert "Dig it over" not in neighbour.answer.text


def test_each_reads_what_is_classified_for_them_and_no_more(plot: Plot) -> None:
    [sent] = plot.rows(Submission)
    documents = {document.name: document for document in plot.rows(Document)}
    assert {name: one.classification for name, one in documents.items()} == {"beds.txt": "plan", "thanks.txt": "sealed"}

    secretary, treasurer = plot.open("secretary"), plot.open("treasurer")

    assert "beds.txt" in secretary.text
    assert "thanks.txt" not in secretary.text
    assert "beds.txt" not in treasurer.text
    assert "Dig it over" not in plot.open("treasurer", "/timeline").text
    assert "Dig it over" not in plot.open("treasurer", "/written").text
    assert plot.open("treasurer", f"/written/{sent.id}").answer.status_code == 404
    assert plot.open("secretary", f"/written/{sent.id}").answer.status_code == 200
    assert secretary.open(f"/documents/{documents['beds.txt'].id}").answer.status_code == 200
    assert secretary.open(f"/documents/{documents['thanks.txt'].id}").answer.status_code == 404


def test_a_case_that_is_nobodys_business_cannot_be_found(plot: Plot) -> None:
    for who in ("neighbour", "stranger"):
        assert plot.open(who).answer.status_code == 404

        page = plot.sign_in(plot.people[who]).open(f"/cases/find?reference={plot.reference}")
        assert "You can open no case" in page.text or page.answer.status_code == 404


def test_how_a_document_is_handled_is_changed_and_then_it_may_be_gone(plot: Plot) -> None:
    page = plot.open("secretary")
    page.open(page.links("beds.txt")[1])
    assert "Handled asplan" in page.text

    page.open(page.links("Change how it is handled")[0]).send({"reason": ""}, button="Change it")
    assert page.answer.status_code == 422
    assert page.problems == ["It is handled like this already. Choose another.", "Say why, so that others can understand it later."]
    page.send({"classification": "money", "reason": "It says what seed costs."}, button="Change it")
    assert "Handled asmoney" in page.text
    page.open(page.links("Change how it is handled")[0]).send({"classification": "sealed", "reason": "It names her."}, button="Change it")

    assert "The document is handled differently from now on." in page.text
    assert plot.open("secretary").links("beds.txt") == []
    assert "Rosa Field changed who may read a document. Why: It names her." in plot.open("secretary", "/timeline").text


def test_an_old_link_leads_to_the_right_file_and_not_to_the_sealed_one(plot: Plot) -> None:
    page = plot.open("secretary")
    wrong, about = page.links("beds.txt")

    page.open(f"{wrong}/replace").send({"file": (io.BytesIO(b"Three."), "three.txt"), "reason": "Miscounted."}, button="Replace it")

    assert "three.txt" in page.text
    assert "beds.txt" not in page.text
    assert page.client.get(wrong).data == b"Three."
    assert page.open(about).answer.status_code == 404


def test_how_a_case_began_is_told_to_those_who_may_read_what_it_began_with(plot: Plot) -> None:
    told = "from the public page"

    assert told in plot.open("secretary").text
    assert told in plot.open("secretary", "/timeline").text
    assert told not in plot.open("treasurer").text
    assert told not in plot.open("treasurer", "/timeline").text
