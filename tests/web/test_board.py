"""Where cases stand: the board, and its CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest

from engine import clock, database, jobs, tasks
from engine.models import Incident, ProcessInstance
from tests.visitors import Visitor
from tests.web.errands import Errands
from web.spreadsheets import unspoken

SignIn = Callable[..., Visitor]


def references(visitor: Visitor) -> list[str]:
    """The cases on the board, from top to bottom."""
    return [link.text_content() for link in visitor.page.xpath("//tbody//th/a")]


def row(visitor: Visitor, reference: str) -> str:
    (found,) = visitor.page.xpath(f"//tr[th/a[normalize-space()='{reference}']]")
    return " ".join(found.text_content().split())


def days_ago(errands: Errands, days: int) -> str:
    """An errand that was asked for some days ago; what fell due since is done."""
    with clock.moved_to(clock.now() - timedelta(days=days)):
        reference = errands.ask()
    jobs.run_due(errands.sessions)
    return reference


def finish(errands: Errands, reference: str) -> None:
    for _ in range(2):
        with database.transaction(errands.sessions) as db:
            tasks.complete_with(db, errands.leila, errands.task(reference), {})


def test_each_case_is_a_line_with_its_sentence(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()

    leila = sign_in(errands.leila).open("/board")

    line = row(leila, reference)
    assert "Received" in line
    assert (
        "Waits for “Look into it” from Clerk, since today; due in 3 days; if nothing happens, the deadline “First look” is missed" in line
    )
    assert "Due within 7 days" in line
    assert "In 3 days: Look into it" in line
    assert leila.links(reference) == [f"/cases/{reference}"]


def stop(errands: Errands, reference: str) -> None:
    """Let a step of the case fail."""
    with database.transaction(errands.sessions) as db:
        case = db.query(ProcessInstance).filter_by(business_key=reference).one()
        db.add(Incident(token=case.id, instance=case, process_key="", element_id="", name="Tell", message="x", opened_at=clock.now()))


def figures(visitor: Visitor) -> dict[str, str]:
    """The figures at the head, and where each leads."""
    return {" ".join(link.text_content().split()): link.get("href") for link in visitor.page.xpath("//ul[@class='app-figures']//a")}


def test_the_head_counts_what_is_at_risk_and_each_count_leads_to_its_cases(errands: Errands, sign_in: SignIn) -> None:
    late = days_ago(errands, 20)
    errands.ask()
    stopped = errands.ask()
    stop(errands, stopped)
    with database.transaction(errands.sessions) as db:
        db.query(ProcessInstance).filter_by(business_key=late).one().moved_at = clock.now() - timedelta(days=15)
    leila = sign_in(errands.leila).open("/board")

    counted = figures(leila)

    assert list(counted) == ["3 cases", "1 overdue", "2 due within 7 days", "1 stopped by a problem", "1 not moved for 14 days"]
    assert references(leila.open(counted["1 overdue"])) == [late]
    assert references(leila.open(counted["1 not moved for 14 days"])) == [late]
    assert references(leila.open(counted["1 stopped by a problem"])) == [stopped]
    assert "1 of 3 cases shown" in leila.text
    assert references(leila.open(counted["3 cases"])) == [stopped, late, *(set(references(leila)) - {stopped, late})]


def test_that_nothing_is_overdue_is_said_too(errands: Errands, sign_in: SignIn) -> None:
    errands.ask()

    assert list(figures(sign_in(errands.leila).open("/board"))) == ["1 case", "0 overdue", "1 due within 7 days"]


def test_the_head_says_for_whom_cases_wait_and_leads_to_what_each_has_to_do(errands: Errands, sign_in: SignIn) -> None:
    late, new, carried = days_ago(errands, 6), errands.ask(), errands.ask()
    with database.transaction(errands.sessions) as db:
        tasks.complete_with(db, errands.leila, errands.task(carried), {})
    leila = sign_in(errands.leila).open("/board")
    waited = {" ".join(link.text_content().split()): link.get("href") for link in leila.page.xpath("//ul[@class='app-waited']//a")}

    assert list(waited) == ["Clerk 2 cases, 1 overdue, longest 6 days", "Clerk or Runner 1 case, longest since today"]
    assert references(leila.open(waited["Clerk 2 cases, 1 overdue, longest 6 days"])) == [late, new]
    assert "2 of 3 cases shown, those that wait for Clerk" in leila.text
    assert leila.page.xpath("//form//input[@name='who']/@value") == ["Clerk"]
    assert references(leila.open("/board?who=Nobody")) == []


def test_what_needs_somebody_first_stands_first(errands: Errands, sign_in: SignIn) -> None:
    new, old, older = errands.ask(), days_ago(errands, 4), days_ago(errands, 8)
    stopped = errands.ask()
    stop(errands, stopped)

    leila = sign_in(errands.leila).open("/board")

    assert references(leila) == [stopped, older, old, new]
    assert "1 problem" in row(leila, stopped)
    assert "And 1 other open step." in row(leila, stopped)


@pytest.mark.parametrize("key", ["reference", "stage", "since", "due", "moved"])
def test_every_column_sorts_both_ways_without_scripts(errands: Errands, sign_in: SignIn, key: str) -> None:
    made = [errands.ask(), days_ago(errands, 2), days_ago(errands, 5)]
    leila = sign_in(errands.leila)

    up = references(leila.open(f"/board?sort={key}"))
    (header,) = leila.page.xpath("//th[@aria-sort='ascending']")
    (back,) = header.xpath(".//a/@href")
    down = references(leila.open(f"/board{back}"))

    assert leila.page.xpath("//th[@aria-sort='descending']")
    assert sorted(up) == sorted(made)
    if key in ("since", "due", "moved"):
        assert up == made[::-1]
        assert down == made
    if key == "reference":
        assert (up, down) == (sorted(made), sorted(made, reverse=True))


def test_the_board_can_be_narrowed_and_keeps_its_order(errands: Errands, sign_in: SignIn) -> None:
    late, new = days_ago(errands, 6), errands.ask()
    leila = sign_in(errands.leila)

    assert references(leila.open("/board?risk=overdue")) == [late]
    assert references(leila.open("/board?risk=soon&sort=-reference")) == [new]
    assert leila.page.xpath("//input[@name='sort']/@value") == ["-reference"]
    assert references(leila.open("/board?stage=Received")) == references(leila.open("/board"))
    assert "No case stands as you have chosen" in leila.open("/board?stage=Elsewhere").text
    assert "2 cases" in leila.text


def test_nonsense_in_the_address_changes_nothing(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()

    assert references(sign_in(errands.leila).open("/board?sort=<script>&risk=&stage=")) == [reference]


def test_closed_cases_have_a_board_of_their_own(errands: Errands, sign_in: SignIn) -> None:
    done, running = errands.ask(), errands.ask()
    leila = sign_in(errands.leila)
    assert "No case has come to its end yet" in leila.open("/board?ended=1").text

    finish(errands, done)

    assert references(leila.open("/board")) == [running]
    assert references(leila.open("/board?ended=1")) == [done]
    assert "1 closed case." in leila.text


def test_an_empty_board_says_so(errands: Errands, sign_in: SignIn) -> None:
    assert "Nothing is waiting for anybody" in sign_in(errands.leila).open("/board").text


def test_the_board_does_not_exist_for_those_who_may_open_no_case(errands: Errands, sign_in: SignIn) -> None:
    errands.ask()

    for actor in (errands.iain, errands.stranger):
        assert sign_in(actor).open("/board").answer.status_code == 404
        assert sign_in(actor).open("/board/cases.csv").answer.status_code == 404


def test_the_csv_holds_the_same_lines(errands: Errands, sign_in: SignIn) -> None:
    late, new = days_ago(errands, 6), errands.ask()
    leila = sign_in(errands.leila)

    answer = leila.client.get("/board/cases.csv")
    lines = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))

    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert [(line["Reference"], line["Stage"], line["Standing"]) for line in lines] == [
        (late, "Received", "Overdue"), (new, "Received", "Due within 7 days"),
    ]  # fmt: skip
    assert lines[1]["Waits for"].startswith("Waits for “Look into it” from Clerk, since today")
    assert lines[1]["Next date"] == (clock.today() + timedelta(days=3)).isoformat()
    assert lines[1]["What is due then"] == "Look into it"
    narrowed = leila.client.get("/board/cases.csv?risk=overdue").data.decode("utf-8-sig")
    assert late in narrowed
    assert new not in narrowed


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_no_cell_is_taken_for_a_formula(cell: str) -> None:
    assert unspoken(cell) == f"'{cell}"


def test_other_cells_stay_as_they_are() -> None:
    assert [unspoken(cell) for cell in ("", "2026-03-03", "Waits for = something")] == ["", "2026-03-03", "Waits for = something"]
