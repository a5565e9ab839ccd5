"""Documents named on tasks, in forms that were handed in and on the timeline: links for those who may open them, words for the others."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from engine import deployments, documents, history, instances
from engine.database import Sessions, transaction
from engine.identity import SYSTEM, Actor
from engine.models import Document, ProcessInstance, Submission
from tests.diagrams import looped, properties, throw, user_task
from tests.engine.drawn import content, text
from tests.engine.guarded import guarded
from tests.visitors import Visitor

SignIn = Callable[[Actor], Visitor]
DIG = content(
    {"type": "textarea", "key": "note", "label": "Note"},
    {"type": "dynamiclist", "path": "beds", "id": "beds", "label": "Beds", "components": [text("name")], "defaultRepetitions": 0,
     "allowAddRemove": True, "properties": {"rowName": "Bed"}},
    {"type": "filepicker", "key": "papers", "label": "Papers", "multiple": True},
    {"type": "filepicker", "key": "letters", "label": "Letters", "multiple": True, "properties": {"classification": "sealed"}},
    id="dig",
)  # fmt: skip
SOW = content(
    {"type": "filepicker", "key": "papers", "label": "Papers", "readonly": True},
    {"type": "filepicker", "key": "letters", "label": "Letters", "readonly": True},
    {"type": "table", "id": "both", "label": "Both", "dataSource": "=[{what: papers[1], also: letters}]",
     "columns": [{"label": "What", "key": "what"}, {"label": "Also", "key": "also"}]},
    text("seed"),
    id="sow",
)  # fmt: skip
PLAN = properties(classification="plan")
BODY = (
    throw("to_dig", "", properties(stage="digging"), name="Digging")
    + user_task("dig", PLAN, looped(maximum="2"), form="dig", candidateGroups="warden:north", name="Dig it over")
    + throw("to_sow", "", properties(stage="sowing"), name="Sowing")
    + user_task("sow", properties(classification="money"), form="sow", candidateGroups="secretary,treasurer", name="Buy the seed")
)
FILES = guarded(body=BODY, arrows="asked to_dig; to_dig dig; dig to_sow; to_sow sow; sow end") | {"dig.form": DIG, "sow.form": SOW}


class Plot:
    """A case in which Wim has dug twice; the second time with a paper and a sealed letter."""

    def __init__(self, sessions: Sessions, person: Callable[..., Actor], sign_in: SignIn) -> None:
        self.sessions, self.sign_in = sessions, sign_in
        self.rosa, self.theo, self.wim = (
            person(*who) for who in (("Rosa Field", "secretary"), ("Theo Mint", "treasurer"), ("Wim Bed", "warden:north"))
        )
        with transaction(sessions) as session:
            deployments.deploy(session, FILES)
            self.reference = instances.start(session, SYSTEM, "garden", {"size": "small"}).business_key
        self.dig({"f-note": "Two beds.\r\n\r\nBoth are dry."})
        papers = {"f-papers": (io.BytesIO(b"Beds."), "beds.txt"), "f-letters": (io.BytesIO(b"Thanks."), "thanks.txt")}
        self.dig({"f-note": "Three <beds>.\r\n\r\nBoth are dry.", **papers})

    def dig(self, answers: dict[str, Any]) -> None:
        page = self.sign_in(self.wim).open("/tasks")
        page.open(page.links("Dig it over")[0]).send(answers, button="Complete")
        assert page.answer.status_code == 200, page.text

    def open(self, who: Actor, part: str = "") -> Visitor:
        return self.sign_in(who).open(f"/cases/{self.reference}{part}")

    def task(self, who: Actor) -> Visitor:
        page = self.sign_in(who).open("/tasks")
        return page.open(page.links("Buy the seed")[0])

    def address(self, name: str) -> str:
        with transaction(self.sessions, reading=True) as session:
            return f"/documents/{session.scalars(select(Document.id).where(Document.name == name)).one()}"

    def sent(self) -> list[int]:
        """The numbers of the forms that Wim sent."""
        with transaction(self.sessions, reading=True) as session:
            return list(session.scalars(select(Submission.id).where(Submission.form_key == "dig").order_by(Submission.id)))


@pytest.fixture
def plot(sessions: Sessions, person: Callable[..., Actor], sign_in: SignIn) -> Plot:
    return Plot(sessions, person, sign_in)


def test_a_document_on_a_task_is_a_link_for_who_may_open_it_and_a_word_for_others(plot: Plot) -> None:
    page = plot.task(plot.rosa)

    assert page.links("beds.txt") == [plot.address("beds.txt")] * 2  # as a fact, and in the table
    assert page.links("thanks.txt") == []
    assert page.text.count("thanks.txt") == 2
    assert page.client.get(page.links("beds.txt")[0]).data == b"Beds."

    assert plot.task(plot.theo).links(".txt") == []
    assert plot.theo is not plot.rosa
    assert "beds.txt" in plot.task(plot.theo).text


def test_a_file_that_is_being_attached_can_be_opened_by_whoever_attached_it(plot: Plot) -> None:
    with transaction(plot.sessions) as session:
        instances.start(session, SYSTEM, "garden", {"size": "small"})
    page = plot.sign_in(plot.wim).open("/tasks")
    page.open(page.links("Dig it over")[0])

    page.send({"f-papers": (io.BytesIO(b"Draft."), "draft.txt")}, button="Save and come back later")
    page.open("/tasks").open(page.links("Dig it over")[0])

    assert page.links("draft.txt") == [plot.address("draft.txt")]


def test_a_read_only_field_of_files_takes_none(plot: Plot) -> None:
    page = plot.task(plot.rosa)

    page.send({"f-papers": (io.BytesIO(b"More."), "more.txt"), "f-seed": "Peas"}, button="Complete")

    with transaction(plot.sessions, reading=True) as session:
        assert sorted(session.scalars(select(Document.name))) == ["beds.txt", "thanks.txt"]


def test_in_a_form_that_was_handed_in_only_what_may_be_opened_is_a_link(plot: Plot) -> None:
    page = plot.open(plot.rosa, f"/written/{plot.sent()[1]}")

    assert page.links("beds.txt") == [plot.address("beds.txt")]
    assert page.links("thanks.txt") == []
    assert "thanks.txt" in page.text


def test_the_timeline_leads_to_the_documents_that_may_be_opened(plot: Plot) -> None:
    beds, thanks = (UUID(plot.address(name).rpartition("/")[2]) for name in ("beds.txt", "thanks.txt"))
    with transaction(plot.sessions) as session:
        documents.withdraw(session, plot.rosa, beds, reason="It is the wrong year.")
        case = session.scalars(select(ProcessInstance).where(ProcessInstance.business_key == plot.reference)).one()
        history.record(session, "document_withdrawn", instance=case, actor=plot.rosa, document=thanks, reason="It is the wrong year.")

    page = plot.open(plot.rosa, "/timeline")

    assert page.text.count("Rosa Field withdrew a document. Why: It is the wrong year.") == 2
    assert page.links("beds.txt") == [f"{plot.address('beds.txt')}/about"]
    assert "This document was withdrawn" in page.open(page.links("beds.txt")[0]).text
    assert "thanks.txt" not in plot.open(plot.rosa, "/timeline").text


def test_what_changed_in_a_form_since_it_was_handed_in_before_is_told_answer_by_answer(plot: Plot) -> None:
    first, second = plot.sent()
    page = plot.open(plot.rosa, "/written")
    [address] = page.links("What changed since")
    assert address == f"/cases/{plot.reference}/written/{second}/since/{first}"

    page.open(address)

    assert "Dig it over: what changed" in page.text
    assert [one.text_content() for one in page.page.xpath("//section//del")] == [" removed: Two  end of removed "]
    assert "added: Three" in page.text
    assert "5 words added, 1 word removed." in page.text
    assert "&lt;" in page.answer.get_data(as_text=True)
    assert "Both are dry." in page.text  # the paragraph beside it
    assert "beds.txt" in page.text  # an answer that was not there before
    assert page.links("What changed since") == []
    assert len(plot.open(plot.rosa, f"/written/{second}").links("What changed since")) == 1
    assert plot.open(plot.rosa, f"/written/{first}").links("What changed since") == []


def test_what_changed_does_not_exist_for_who_may_not_read_the_form_nor_for_other_forms(plot: Plot) -> None:
    first, second = plot.sent()
    plot.task(plot.rosa).send({"f-seed": "Peas"}, button="Complete")
    with transaction(plot.sessions, reading=True) as session:
        other = session.scalars(select(Submission.id).where(Submission.form_key == "sow")).one()

    for who, later, earlier in [
        (plot.theo, second, first), (plot.rosa, first, second), (plot.rosa, second, second), (plot.rosa, other, second),
        (plot.rosa, second, 10**9),
    ]:  # fmt: skip
        assert plot.open(who, f"/written/{later}/since/{earlier}").answer.status_code == 404
