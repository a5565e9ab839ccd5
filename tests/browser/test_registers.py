"""Registers in a real browser: for a screen reader, on a wide and a narrow screen, by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from engine import database
from engine.identity import Actor
from tests.web.errands import Errands
from tests.web.test_registers import PARCELS, address, enter

OpenPage = Callable[..., Page]


@pytest.fixture
def errands(sessions: database.Sessions, person: Callable[..., Actor]) -> Errands:
    """A register with three rows, one of them long."""
    errands = Errands(sessions, person)
    note = "It was carried twice, because nobody was in. " * 6
    reference = enter(
        errands, "a", parcel="Lamp with a long name that goes on", carried_on="2026-03-03", weight=12, arrived="Whole", note=note
    )
    enter(errands, "b", reference=reference, parcel="Box of books", arrived="Wet")
    enter(errands, "a", reference=reference, weight=11, arrived="Wet")
    return errands


@pytest.mark.parametrize("width", [1280, 375])
def test_a_register_and_a_row_are_accessible_and_fit_the_screen(
    errands: Errands, open_page: OpenPage, assert_accessible: Callable[[Page], None], width: int
) -> None:
    page = open_page(errands.leila, viewport={"width": width, "height": 900})

    for path in ("/registers", PARCELS, f"{PARCELS}?state=closed", address(errands, "a")):
        page.goto(path)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_register_is_narrowed_and_sorted_by_keyboard_without_scripts(errands: Errands, open_page: OpenPage) -> None:
    page = open_page(errands.leila, java_script_enabled=False)
    page.goto(PARCELS)

    page.get_by_label("How it arrived").focus()
    page.keyboard.press("W")
    page.get_by_role("button", name="Show").press("Enter")
    expect(page.get_by_role("rowheader")).to_have_count(2)
    page.get_by_role("link", name="Weight in kg").press("Enter")
    expect(page.get_by_role("rowheader").first).to_have_text("Lamp with a long name that goes on")
    page.get_by_role("link", name="Lamp with a long name").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Lamp with a long name that goes on")
