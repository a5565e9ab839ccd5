"""Managing a case in a real browser: on a wide and on a narrow screen, by keyboard, without scripts, for a screen reader."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from engine import clock, database, messages
from engine.identity import Actor
from engine.models import Incident, IncidentState, Message, MessageState
from tests.diagrams import call, diagram, end, process, start, user_task
from tests.engine.office import ARROWS, BODY, TASK, Office
from tests.engine.standing import Garden, bundle

OpenPage = Callable[..., Page]


@pytest.fixture
def office(sessions: database.Sessions, person: Callable[..., Actor]) -> Office:
    """A case with a task, deadlines, a step in a called procedure, and a problem; and a message that could not be delivered."""
    weed = start("in") + user_task("weed", name="Weed the beds", **TASK) + end("out")
    beds = diagram(process(weed, "in weed; weed out", "beds", name="Beds"))
    stops = user_task("stops", form="do", candidateGroups="=height", name="Ask who may dig")
    care = call("care", "beds").replace('id="care"', 'id="care" name="Look after the beds"')
    body, arrows = BODY + stops + care, f"{ARROWS}; asked stops; asked care; stops end; care end"
    garden = Garden(sessions, bundle(body, arrows, beds))
    garden.now = clock.now()
    with database.transaction(sessions) as session:
        lost = messages.publish(session, "news of the beds", key="k", variables={})
        lost.state, lost.tries, lost.last_error = MessageState.FAILED, 4, "The case was damaged. Restore it from a backup."
    return Office(garden, person("Ada Low", "administrator"), height=7)


def paths(office: Office) -> list[str]:
    [problem] = office.rows(Incident, state=IncidentState.OPEN)
    with database.transaction(office.garden.sessions, reading=True) as session:
        lost = session.scalars(select(Message.id)).one()
    manage = f"/cases/{office.reference}/manage"
    return [
        "/problems", f"/problems/{problem.id}", f"/problems/messages/{lost}", manage, f"{manage}/suspend", f"{manage}/terminate",
        f"{manage}/timers/{office.timer('by').id}", f"{manage}/timers/{office.timer('nudge').id}",
        f"{manage}/tokens/{office.task('dig')}", f"{manage}/tokens/{office.task('dig')}?target=water",
        f"{manage}/tokens/{office.task('dig')}?target=remind", f"{manage}/tokens/{office.task('dig')}?target=",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_fits_the_screen_and_can_be_read_by_machines(
    office: Office, open_page: OpenPage, assert_accessible: Callable[[Page], None], width: int
) -> None:
    page = open_page(office.ada, viewport={"width": width, "height": 900})

    for path in paths(office):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == (422 if path.endswith("target=") else 200), path
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
        assert_accessible(page)


def test_what_is_missing_is_told_in_a_summary_that_leads_to_it(
    office: Office, open_page: OpenPage, assert_accessible: Callable[[Page], None]
) -> None:
    page = open_page(office.ada)
    page.goto(paths(office)[1])

    page.get_by_role("button", name="Do this").press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert_accessible(page)
    page.get_by_role("alert").get_by_role("link", name="Choose what is to be done.").press("Enter")
    expect(page.get_by_label("Try it again as it is")).to_be_focused()
    page.get_by_label("Change variables and try it again").check()
    page.get_by_label("Variables to change, as JSON").fill('{"height": ')
    page.get_by_label("Why?").fill("It must name who may dig.")
    page.get_by_role("button", name="Do this").press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("This is not JSON: line 1")
    expect(page.get_by_label("Variables to change, as JSON")).to_have_value('{"height": ')
    assert_accessible(page)


def test_a_case_is_moved_by_keyboard_and_without_scripts(office: Office, open_page: OpenPage) -> None:
    page = open_page(office.ada, java_script_enabled=False)
    page.goto(f"/cases/{office.reference}/manage")

    page.get_by_role("link", name="Move on or back from “Dig it over”").press("Enter")
    page.get_by_label("Where should it go on?").select_option("Water")
    page.get_by_role("button", name="Show what that does").press("Enter")
    expect(page.get_by_role("heading", name="From “Dig it over” to “Water”")).to_be_visible()
    page.get_by_label("Why?").fill("It was dug already.")
    page.get_by_role("button", name="Move the case").press("Enter")

    expect(page.get_by_text("The case was moved.")).to_be_visible()
    assert office.open_tasks() == ["water", "weed"]


def test_a_problem_is_solved_without_scripts(office: Office, open_page: OpenPage) -> None:
    page = open_page(office.ada, java_script_enabled=False)
    page.goto(paths(office)[1])

    page.get_by_label("Change variables and try it again").check()
    page.get_by_label("Variables to change, as JSON").fill('{"height": "secretary"}')
    page.get_by_label("Why?").fill("It must name who may dig.")
    page.get_by_role("button", name="Do this").press("Enter")

    expect(page.get_by_text("“Ask who may dig” is being tried again.")).to_be_visible()
    assert office.open_tasks() == ["dig", "stops", "weed"]
