"""A case, the board and the procedures in a real browser: by keyboard, on a narrow screen, without scripts, for a screen reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from engine import clock, database
from engine.models import ProcessInstance
from tests.diagrams import boundary, call, diagram, end, process, start, timer, user_task
from tests.drawing import drawn
from tests.engine.standing import Garden, bundle, note

TASK = {"form": "do", "candidateGroups": "secretary"}
OpenPage = Callable[..., Page]


def files(*, drawing: bool = True) -> dict[str, bytes]:
    """A procedure that calls another, in which the beds are weeded and a reminder is sent after a week."""
    week = boundary("week", "weed", timer("timeDuration", "P7D"), interrupting=False)
    body = (
        start("in", name="Wanted") + user_task("weed", name="Weed the beds", **TASK) + week + note("remind", "Send a reminder") + end("out")
    )
    beds = diagram(process(body, "in weed; weed out; week remind; remind out", "beds", name="The beds"))
    made = bundle(call("dig", "beds"), "asked dig; dig end", beds)
    return {path: drawn(content) if drawing and path.endswith(".bpmn") else content for path, content in made.items()}


@pytest.fixture
def garden(sessions: database.Sessions) -> Garden:
    """The procedure with drawings."""
    return Garden(sessions, files())


def reference(garden: Garden, days: int = 3) -> str:
    """A case that began some days ago; what fell due since is done."""
    garden.now = clock.now() - timedelta(days=days)
    case = garden.start(note="x")
    garden.now = clock.now()
    with database.transaction(garden.sessions, reading=True) as session:
        return session.get_one(ProcessInstance, case).business_key


def ready(page: Page) -> None:
    page.wait_for_selector("[data-diagram][data-ready]")


def test_the_drawing_shows_where_the_case_stands(garden: Garden, open_page: OpenPage, assert_accessible: Callable[[Page], None]) -> None:
    page = open_page(garden.rosa)
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)

    page.goto(f"/cases/{reference(garden)}/diagram")
    ready(page)

    expect(page.locator("[data-element-id=weed].app-here")).to_have_count(1)
    expect(page.locator(".app-here")).to_have_count(1)
    expect(page.locator(".app-badge", has_text="here")).to_be_visible()
    assert_accessible(page)
    assert refused == []


def test_the_mark_of_the_drawing_library_stays_fully_visible(garden: Garden, open_page: OpenPage) -> None:
    page = open_page(garden.rosa)

    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"/cases/{reference(garden)}/diagram")
        ready(page)
        mark = page.locator(".bjs-powered-by")
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        assert box is not None
        assert box["width"] > 20
        corners = [[box["x"] + dx, box["y"] + dy] for dx in (2, box["width"] - 2) for dy in (2, box["height"] - 2)]
        uncovered = "corners => corners.every(([x, y]) => document.elementFromPoint(x, y)?.closest('.bjs-powered-by'))"
        assert page.evaluate(uncovered, corners)


def test_the_drawing_is_moved_and_zoomed_by_keyboard(garden: Garden, open_page: OpenPage) -> None:
    page = open_page(garden.rosa)
    page.goto(f"/cases/{reference(garden)}/diagram")
    ready(page)
    view = "document.querySelector('[data-canvas] .viewport').getAttribute('transform')"

    page.locator("[data-canvas]").focus()
    seen = [page.evaluate(view)]
    for key in ("+", "ArrowRight", "ArrowDown", "-", "0"):
        page.keyboard.press(key)
        seen.append(page.evaluate(view))
    page.get_by_role("button", name="Zoom in").press("Enter")
    seen.append(page.evaluate(view))
    page.get_by_role("button", name="Where it stands").press("Enter")
    seen.append(page.evaluate(view))

    assert all(before != after for before, after in pairwise(seen)), seen


def test_a_called_procedure_is_opened_from_the_drawing(garden: Garden, open_page: OpenPage) -> None:
    page = open_page(garden.rosa)
    page.goto(f"/cases/{reference(garden)}/diagram?process=p")
    ready(page)
    expect(page.locator("[data-element-id=dig].app-here")).to_have_count(1)

    page.get_by_role("link", name="Open the diagram of dig").press("Enter")

    expect(page.get_by_role("heading", level=2, name="The beds")).to_be_visible()


def test_without_a_drawing_the_words_are_still_there(sessions: database.Sessions, open_page: OpenPage) -> None:
    garden = Garden(sessions, files(drawing=False))
    page = open_page(garden.rosa)

    page.goto(f"/cases/{reference(garden)}/diagram")

    expect(page.get_by_text("The file has no drawing of these steps. They are in words below.")).to_be_visible()
    expect(page.locator("#step-weed")).to_contain_text("The case is here")


def test_a_drawing_in_another_encoding_is_shown(sessions: database.Sessions, open_page: OpenPage) -> None:
    in_utf_16 = {path: content.decode().encode("utf-16") if path.endswith(".bpmn") else content for path, content in files().items()}
    garden = Garden(sessions, in_utf_16)
    page = open_page(garden.rosa)

    page.goto(f"/cases/{reference(garden)}/diagram")

    page.wait_for_selector("[data-diagram][data-ready]")
    expect(page.locator("[data-element-id='weed']")).to_be_visible()


def test_a_drawing_that_cannot_be_shown_is_said_to_be_so(garden: Garden, open_page: OpenPage) -> None:
    page = open_page(garden.rosa)
    page.route("**/*.bpmn", lambda route: route.abort())

    page.goto(f"/cases/{reference(garden)}/diagram")

    expect(page.get_by_text("The drawing could not be shown. Its steps are in words below.")).to_be_visible()


def test_without_scripts_the_words_are_all_there_is(garden: Garden, open_page: OpenPage) -> None:
    page = open_page(garden.rosa, java_script_enabled=False)

    page.goto(f"/cases/{reference(garden)}/diagram")

    expect(page.locator("[data-diagram]")).to_be_hidden()
    expect(page.locator("#step-weed")).to_contain_text("After 7 calendar days")


def test_the_board_is_sorted_and_narrowed_by_keyboard(garden: Garden, open_page: OpenPage) -> None:
    old, new = reference(garden, days=9), reference(garden, days=2)
    page = open_page(garden.rosa)
    page.goto("/board")

    page.get_by_role("link", name="since when").press("Enter")
    expect(page.locator("tbody th")).to_have_text([old, new])
    page.get_by_role("link", name="since when").press("Enter")
    expect(page.locator("tbody th")).to_have_text([new, old])

    page.get_by_label("Standing").select_option("Overdue")
    page.get_by_role("button", name="Show").press("Enter")
    expect(page.get_by_text("No case stands as you have chosen.")).to_be_visible()


def test_on_a_narrow_screen_each_case_is_a_card(garden: Garden, open_page: OpenPage) -> None:
    case = reference(garden)
    page = open_page(garden.rosa, viewport={"width": 375, "height": 800})

    page.goto("/board")

    row = page.locator("tbody tr", has_text=case)
    box = row.bounding_box()
    assert box is not None
    assert box["width"] <= 375
    assert page.evaluate("getComputedStyle(document.querySelector('tbody tr')).display") == "grid"
    expect(page.get_by_role("row", name=case)).to_be_visible()
    expect(row.get_by_text("Last moved")).to_be_visible()


def test_on_a_narrow_screen_the_choices_of_a_long_stage_fit(garden: Garden, open_page: OpenPage) -> None:
    case = reference(garden)
    with database.transaction(garden.sessions) as session:
        case_there = session.scalars(select(ProcessInstance).where(ProcessInstance.business_key == case)).one()
        case_there.milestone = "The committee has considered the report on the beds"
    page = open_page(garden.rosa, viewport={"width": 375, "height": 800})

    page.goto("/board")

    assert page.get_by_label("Stage").locator("option").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
