"""A procedure whose cases people can begin in several ways: each start event has an entry of its own on the start page, and a form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from engine import deployments
from engine.database import Sessions, transaction
from engine.identity import Actor
from engine.models import UserTask
from tests.diagrams import diagram, end, process, properties, start, user_task
from tests.engine.standing import DESCRIPTOR, FORMS, LETTER
from tests.visitors import Visitor

SignIn = Callable[[Actor], Visitor]
PHONED = start("phoned", "", '<zeebe:formDefinition formId="ask"/>', name="Report by telephone")
AT_THE_GATE = start(
    "walked_in", "", '<zeebe:formDefinition formId="do"/>' + properties(afterwards="Somebody comes to the gate."), name="Report at the gate"
)
WORK = user_task("dig", form="do", candidateGroups="secretary") + user_task("sow", form="do", candidateGroups="secretary") + end()


@pytest.fixture
def rosa(sessions: Sessions, person: Callable[..., Actor], sign_in: SignIn) -> Visitor:
    """A secretary of the garden."""
    drawn = diagram(process(PHONED + AT_THE_GATE + WORK, "phoned dig; walked_in sow; dig end; sow end", name="Reports"))
    public = DESCRIPTOR.replace(b"[start]", b"[start]\npublic = true")
    with transaction(sessions) as session:
        deployments.deploy(session, FORMS | {"procedure.toml": public, "letters/note.md": LETTER, "p.bpmn": drawn})
    return sign_in(person("Rosa Field", "secretary"))


def headings(visitor: Visitor, path: str) -> list[str]:
    return [heading.text_content().strip() for heading in visitor.page.xpath(path)]


def test_the_start_page_offers_each_start_event_by_its_name(rosa: Visitor) -> None:
    rosa.open("/start")

    assert headings(rosa, "//main//h2") == ["Report by telephone", "Report at the gate"]
    assert rosa.page.xpath("//main//li/a/@href") == ["/start/garden", "/start/garden:p:walked_in"]


def test_a_case_begins_where_the_form_belongs_and_the_other_form_keeps_what_was_typed(rosa: Visitor, sessions: Sessions) -> None:
    rosa.open("/start/garden").send({"f-height": "7"}, button="Save")
    rosa.open("/start/garden:p:walked_in")
    assert headings(rosa, "//h1") == ["Report at the gate"]

    rosa.send({"f-note": "Weeds"}, button="Send")

    assert rosa.answer.request.path == "/start/garden:p:walked_in/sent"
    assert "Somebody comes to the gate." in rosa.text
    with transaction(sessions, reading=True) as session:
        assert session.scalars(select(UserTask.element_id)).all() == ["sow"]
    rosa.open("/start/garden")
    assert rosa.page.xpath("//input[@name='f-height']/@value") == ["7"]


def test_without_an_account_both_are_offered_too_and_nothing_else(rosa: Visitor, visitor: Visitor) -> None:
    visitor.open("/sign-in")

    assert visitor.page.xpath("//aside//li/a/@href") == ["/start/garden", "/start/garden:p:walked_in"]
    assert headings(visitor, "//aside//li/a") == ["Report by telephone", "Report at the gate"]
    assert visitor.open("/start/garden:p:walked_in").answer.status_code == 200
    assert visitor.open("/start/garden:p:dig").answer.status_code == 404
