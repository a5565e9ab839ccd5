"""Registers on the site: their tables, their rows, their CSV, and who finds them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine import clock, database, links, procedures, registers
from engine.models import ProcessInstance, RegisterEntry
from tests.visitors import Visitor
from tests.web.errands import Errands

SignIn = Callable[..., Visitor]
PARCELS = "/registers/errand/parcels"
BEGAN = datetime(2026, 3, 3, 10, tzinfo=UTC)


def enter(errands: Errands, key: str, *, reference: str = "", register: str = "parcels", closed: bool | None = None, **values: Any) -> str:
    """A row of a case; of a new one where none is named. Returns the case's reference."""
    reference = reference or errands.ask()
    with database.transaction(errands.sessions) as db:
        case = db.scalars(select(ProcessInstance).where(ProcessInstance.business_key == reference)).one()
        declared = procedures.of_instance(db, case).procedure.registers[register]
        registers.enter(db, case, declared, key, values, closed=closed)
    return reference


def shown(visitor: Visitor) -> list[str]:
    """The rows on the page by their first column, from top to bottom."""
    return [link.text_content() for link in visitor.page.xpath("//tbody//th/a")]


def facts(visitor: Visitor, inside: str) -> list[str]:
    """The labels and values of a list."""
    names, values = (visitor.page.xpath(f"{inside}//{tag}") for tag in ("dt", "dd"))
    return [f"{name.text_content().strip()}: {value.text_content().strip()}" for name, value in zip(names, values, strict=True)]


def address(errands: Errands, key: str) -> str:
    with database.transaction(errands.sessions, reading=True) as db:
        row = db.scalars(select(RegisterEntry).where(RegisterEntry.key == key)).one()
        return f"/registers/errand/{row.register}/{row.id}"


@pytest.fixture
def parcels(errands: Errands) -> Errands:
    """Three parcels, entered in this order; the last one has arrived for good."""
    enter(errands, "a", parcel="Lamp", carried_on="2026-03-03", weight=12, arrived="Whole", note="Fragile")
    enter(errands, "b", parcel="Box of books", weight=3, arrived="Wet")
    enter(errands, "c", parcel="Clock", carried_on="2026-02-01", weight=2.5, closed=True)
    return errands


def test_the_shelf_tells_each_register_with_its_open_rows(parcels: Errands, sign_in: SignIn) -> None:
    page = sign_in(parcels.leila).open("/registers")

    assert page.links("Parcels") == [PARCELS]
    assert "Errands, 2 open rows" in page.text
    assert "What was carried where, and how it arrived." in page.text


def test_the_newest_open_rows_are_shown_and_the_closed_ones_on_demand(parcels: Errands, sign_in: SignIn) -> None:
    leila = sign_in(parcels.leila)

    assert shown(leila.open(PARCELS)) == ["Box of books", "Lamp"]
    assert "3 March 2026" in leila.text
    assert "Fragile" not in leila.text
    assert shown(leila.open(f"{PARCELS}?state=closed")) == ["Clock"]
    assert shown(leila.open(f"{PARCELS}?state=all")) == ["Clock", "Box of books", "Lamp"]


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ("of-parcel=BOOK", ["Box of books"]),
        ("of-arrived=Whole", ["Lamp"]),
        ("of-carried_on-from=2026-02-15", ["Lamp"]),
        ("of-carried_on-from=2026-01-01&of-carried_on-to=2026-02-15&state=all", ["Clock"]),
        ("of-weight=3", ["Box of books", "Lamp"]),
        ("of-carried_on-from=soon&page=0&page=x&sort=<b>&state=?", ["Box of books", "Lamp"]),
        ("of-arrived=Lost", []),
    ],
)
def test_a_register_is_narrowed_by_the_columns_that_allow_it_and_nonsense_changes_nothing(
    parcels: Errands, sign_in: SignIn, asked: str, rows: list[str]
) -> None:
    leila = sign_in(parcels.leila).open(f"{PARCELS}?{asked}")

    assert shown(leila) == rows
    assert ("No row is as you have chosen" in leila.text) is (rows == [])


@pytest.mark.parametrize(
    ("column", "rising"),
    [
        ("by-parcel", ["Box of books", "Clock", "Lamp"]),
        ("by-weight", ["Clock", "Box of books", "Lamp"]),
        ("by-carried_on", ["Clock", "Lamp", "Box of books"]),
        ("changed", ["Lamp", "Box of books", "Clock"]),
    ],
)
def test_every_column_sorts_both_ways_and_rows_without_a_value_stand_last(
    parcels: Errands, sign_in: SignIn, column: str, rising: list[str]
) -> None:
    leila = sign_in(parcels.leila)

    assert shown(leila.open(f"{PARCELS}?state=all&sort={column}")) == rising
    (back,) = leila.page.xpath("//th[@aria-sort='ascending']//a/@href")
    falling = shown(leila.open(f"{PARCELS}{back}"))
    assert falling == (["Lamp", "Clock", "Box of books"] if column == "by-carried_on" else rising[::-1])


def test_many_rows_come_page_by_page(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    for number in range(51):
        enter(errands, f"{number}", reference=reference, parcel=f"Parcel {number:02}")
    leila = sign_in(errands.leila)

    assert len(shown(leila.open(f"{PARCELS}?sort=by-parcel"))) == 50
    assert "51 rows, page 1 of 2." in leila.text
    assert shown(leila.open(leila.page.xpath("//a[@aria-label='Page 2']/@href")[0])) == ["Parcel 50"]
    assert shown(leila.open(f"{PARCELS}?sort=by-parcel&page=99")) == ["Parcel 50"]


def test_a_row_says_what_it_says_now_and_what_it_said_before(errands: Errands, sign_in: SignIn) -> None:
    with clock.moved_to(BEGAN):
        reference = enter(errands, "a", parcel="Lamp", weight=12, note="Fragile\nGlass")
    with clock.moved_to(BEGAN + timedelta(days=1)):
        enter(errands, "a", reference=reference, weight=11, closed=True)

    page = sign_in(errands.leila).open(address(errands, "a"))

    assert page.page.xpath("//h1")[0].text_content() == "Lamp"
    assert "Closed on 4 March 2026" in page.text
    assert facts(page, "//dl[contains(@class, 'summary')]") == [
        "Weight in kg: 11",
        "Note: Fragile\nGlass",
        f"Case: {reference}",
        "Not entered yet: Carried on · How it arrived",
    ]
    assert [h3.text_content() for h3 in page.page.xpath("//h3")] == ["4 March 2026: closed", "3 March 2026: entered"]
    assert facts(page, "//ol/li[1]") == ["Weight in kg: 11"]
    assert facts(page, "//ol/li[2]") == ["Parcel: Lamp", "Weight in kg: 12", "Note: Fragile\nGlass"]


def test_whose_row_it_is_is_shown_only_to_those_who_may_open_that_case(errands: Errands, sign_in: SignIn) -> None:
    reference = enter(errands, "a", parcel="Lamp")
    leila, iain = sign_in(errands.leila), sign_in(errands.iain)

    for page in (PARCELS, address(errands, "a")):
        assert leila.open(page).links(reference) == [f"/cases/{reference}"]
        assert reference not in iain.open(page).answer.text
        assert "Lamp" in iain.text


def test_a_row_whose_case_is_hidden_does_not_exist_on_any_way(errands: Errands, sign_in: SignIn) -> None:
    enter(errands, "a", register="complaints", complaint="Late again")
    leila, iain = sign_in(errands.leila), sign_in(errands.iain)
    page = address(errands, "a")

    assert shown(leila.open("/registers/errand/complaints")) == ["Late again"]
    assert shown(iain.open("/registers/errand/complaints")) == []
    assert "Late again" not in iain.client.get("/registers/errand/complaints.csv").text
    assert "0 open rows" in iain.open("/registers").text
    assert leila.open(page).answer.status_code == 200
    assert iain.open(page).answer.status_code == 404


def test_a_register_does_not_exist_for_those_who_do_not_read_it(parcels: Errands, sign_in: SignIn) -> None:
    stranger = sign_in(parcels.stranger)

    for path in ("/registers", PARCELS, f"{PARCELS}.csv", address(parcels, "a")):
        assert stranger.open(path).answer.status_code == 404
    for path in ("/registers/errand/nothing", "/registers/nothing/parcels", f"{PARCELS}/999999"):
        assert sign_in(parcels.leila).open(path).answer.status_code == 404


def test_the_navigation_leads_to_registers_only_those_who_read_one(errands: Errands, sign_in: SignIn) -> None:
    offered = {actor.name: sign_in(actor).open("/tasks").links("Registers") for actor in (errands.leila, errands.iain, errands.stranger)}

    assert offered == {"Leila Khan": ["/registers"], "Iain Fraser": ["/registers"], "Una Strang": []}


def test_the_csv_holds_the_rows_that_were_asked_for_with_every_column_and_no_formula(parcels: Errands, sign_in: SignIn) -> None:
    reference = enter(parcels, "d", parcel="=HYPERLINK(1)", note="+44", arrived="Wet")
    leila, iain = sign_in(parcels.leila), sign_in(parcels.iain)

    def lines(visitor: Visitor, asked: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(visitor.client.get(f"{PARCELS}.csv{asked}").data.decode("utf-8-sig"))))

    answer = leila.client.get(f"{PARCELS}.csv")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="parcels-{clock.today().isoformat()}.csv"'
    assert [line["Parcel"] for line in lines(leila, "?state=all&sort=by-weight")] == ["Clock", "Box of books", "Lamp", "'=HYPERLINK(1)"]
    (wet,) = [line for line in lines(leila, "?of-arrived=Wet") if line["Note"]]
    assert (wet["Note"], wet["Case"], wet["Entered on"]) == ("'+44", reference, clock.today().isoformat())
    assert {line["Case"] for line in lines(iain, "?state=all")} == {""}


def test_linked_cases_are_shown_on_both_pages(errands: Errands, sign_in: SignIn) -> None:
    first, second = errands.ask(), errands.ask()
    with database.transaction(errands.sessions) as db:
        case = db.scalars(select(ProcessInstance).where(ProcessInstance.business_key == first)).one()
        links.link(db, case, second, "goes on in")
    leila = sign_in(errands.leila)

    assert f"This case goes on in {second} since" in leila.open(f"/cases/{first}").text
    assert leila.links(second) == [f"/cases/{second}"]
    assert f"{first} goes on in this case" in leila.open(f"/cases/{second}").text
    assert "Linked cases" not in leila.open(f"/cases/{errands.ask()}").text
