"""Tasks that may be done at any time: folded away case by case, so that they never bury what somebody waits for."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from engine import deployments, instances
from engine.database import Sessions, transaction
from engine.identity import SYSTEM, Actor
from tests.diagrams import gateway, properties, user_task
from tests.engine.standing import bundle
from tests.visitors import Visitor

SECRETARY = {"form": "do", "candidateGroups": "secretary"}


class Garden:
    """A case in which the beds are to be weeded, and visitors and birds may be noted at any time."""

    def __init__(self, sessions: Sessions, rosa: Actor, sign_in: Callable[[Actor], Visitor]) -> None:
        noted = user_task("note", properties(optional="yes"), name="Note a visitor", **SECRETARY)
        seen = user_task("bird", properties(optional="yes"), name="Note a bird", **SECRETARY, followUpDate="=today()")
        body = gateway("all", "parallel") + user_task("weed", name="Weed the beds", **SECRETARY) + noted + seen
        with transaction(sessions) as session:
            deployments.deploy(session, bundle(body, "asked all; all weed; all note; all bird; weed end; note end; bird end"))
            self.reference = instances.start(session, SYSTEM, "garden", {}).business_key
        self.visitor = sign_in(rosa)

    def open(self, path: str) -> Visitor:
        return self.visitor.open(path)

    def task(self, name: str, path: str = "/tasks") -> Visitor:
        return self.open(self.open(path).links(name)[0])


@pytest.fixture
def garden(sessions: Sessions, person: Callable[..., Actor], sign_in: Callable[[Actor], Visitor]) -> Garden:
    return Garden(sessions, person("Rosa Field", "secretary"), sign_in)


def heading(page: Visitor) -> str:
    return " ".join(page.page.xpath("string(//h1)").split())


def listed(page: Visitor) -> list[str]:
    return [" ".join(link.text_content().split()) for link in page.page.xpath("//h3/a")]


def folded(page: Visitor) -> list[str]:
    """What each closed fold of the page says before it is opened, and the links in it."""
    closed = page.page.xpath("//details[not(@open)][contains(@class, 'app-offer')]")
    return [" ".join(said.text_content().split()) for fold in closed for said in fold.xpath("./summary | .//a/text()[1]/..")]


def test_what_may_be_done_at_any_time_is_folded_away_by_case_and_not_counted(garden: Garden) -> None:
    page = garden.open("/tasks")

    assert heading(page) == "My tasks 1 task"
    assert listed(page) == ["Weed the beds"]
    reference = garden.reference
    assert folded(page) == [f"{reference}: 2 things you can do", "Note a bird", "Note a visitor"]


def test_who_has_only_what_may_be_done_at_any_time_is_up_to_date(garden: Garden) -> None:
    done = garden.task("Weed the beds").send({"f-note": "Done"}, button="Complete")
    assert "There is nothing more for you to do in this case now" in done.text
    assert "Nothing has to be done in this case just now" in done.text

    page = garden.open("/tasks")

    assert heading(page) == "My tasks"
    assert "You are up to date" in page.text
    assert len(folded(page)) == 3


def test_a_search_opens_the_fold_in_which_it_finds_something(garden: Garden) -> None:
    page = garden.open("/tasks?search=visitor")

    assert listed(page) == []
    assert "No task fits" not in page.text
    assert page.page.xpath("//details[@open]//li//a") != []


@pytest.mark.parametrize("begun", ["typed into", "taken on"])
def test_what_somebody_has_begun_stands_among_their_tasks(garden: Garden, begun: str) -> None:
    page = garden.task("Note a visitor")
    if begun == "taken on":
        page.send(form="//form[contains(@action, '/claim')]")
    else:
        page.send({"f-note": "A heron"}, button="Save and come back later")

    page = garden.open("/tasks")

    assert sorted(listed(page)) == ["Note a visitor", "Weed the beds"]
    assert folded(page)[0] == f"{garden.reference}: 1 thing you can do"


def test_the_case_names_it_behind_what_it_waits_for(garden: Garden) -> None:
    page = garden.open(f"/cases/{garden.reference}")

    assert len(page.page.xpath("//li[contains(@class, 'app-waits__item')]")) == 1
    assert folded(page) == ["2 things can be done at any time", "Note a visitor", "Note a bird"]


def test_its_page_says_that_nothing_waits_for_it(garden: Garden) -> None:
    assert "It can be done at any time" in garden.task("Note a visitor").text
    assert "It can be done at any time" not in garden.task("Weed the beds").text


def test_the_spreadsheet_of_cases_does_not_count_it(garden: Garden) -> None:
    lines = csv.DictReader(io.StringIO(garden.visitor.client.get("/board/cases.csv").data.decode("utf-8-sig")))

    assert [line["Other open steps"] for line in lines] == ["0"]
