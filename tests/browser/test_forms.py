"""Forms in a browser: conditions, rows, files, and mistakes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from engine import database
from engine.identity import Actor
from tests.browser.one_task import OneTask
from tests.engine.drawn import day, hidden_if, needed, page, radio, rows, text

OpenPage = Callable[..., Page]
COMPLETE = "Complete this task"


@pytest.fixture
def task(sessions: database.Sessions, person: Callable[..., Actor]) -> OneTask:
    """A task whose form each test draws."""
    return OneTask(sessions, person)


def complete(page: Page) -> None:
    page.get_by_role("button", name=COMPLETE).click()
    expect(page.get_by_role("heading", name="Thank you, that is done")).to_be_visible()


def a_file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_questions_come_and_go_as_answers_change(task: OneTask, open_page: OpenPage) -> None:
    page = open_page(task.leila)
    page.goto(
        task.with_form(
            radio("harmed", "yes", "no"),
            text("how", **needed(), **hidden_if('harmed != "yes" or strand != "adult"')),
            day("died", **hidden_if("how = null")),
            {"type": "number", "key": "age", "label": "Age", **hidden_if("died = null or date(died).year != 2026")},
            {**radio("told", "a", "b"), "type": "checklist", **hidden_if("age != 7")},
            {"type": "checkbox", "key": "sure", "label": "Sure", **hidden_if("told = null or count(told) < 2")},
            variables={"strand": "adult"},
        )
    )
    expect(page.get_by_label("How")).to_be_hidden()

    page.get_by_label("Yes").check()
    page.get_by_label("How").fill("By a fall")
    for part, typed in (("Day", "3"), ("Month", "mar"), ("Year", "2026")):
        expect(page.get_by_label("Age")).to_be_hidden()
        page.locator(".app-form").get_by_label(part).fill(typed)
    page.get_by_label("Age").fill("7")
    page.get_by_label("A", exact=True).check()
    expect(page.get_by_label("Sure")).to_be_hidden()
    page.get_by_label("B", exact=True).check()
    expect(page.get_by_label("Sure")).to_be_visible()
    page.get_by_label("No", exact=True).check()
    expect(page.get_by_label("Sure")).to_be_hidden()

    complete(page)
    assert task.handed_in() == {"harmed": "no"}


def test_the_browser_and_the_server_agree_in_every_corner(task: OneTask, open_page: OpenPage) -> None:
    keys = ["__proto__", "constructor", "a b", "person.name"]
    page = open_page(task.leila)
    page.goto(
        task.with_form(
            *[text(key, label=f"Field {number}") for number, key in enumerate(keys)],
            text("computed", label="Computed", **hidden_if("both < 3")),
            {"type": "expression", "key": "both", "expression": "=string length(person.name)"},
            rows(
                "people",
                text("name", label="Name"),
                text("school", label="School", **hidden_if('this.name = "Ann" or parent.person.name = "no" or i[1] > 1')),
                properties={"rowName": "Person"},
                defaultRepetitions=2,
            ),
        )
    )

    page.get_by_label("Field 0").fill("x")
    page.get_by_label("Field 2").fill("y")
    page.get_by_label("Field 3").fill("no")
    expect(page.get_by_label("Computed")).to_be_hidden()
    expect(page.get_by_label("School").first).to_be_hidden()
    page.get_by_label("Field 3").fill("yes")
    expect(page.get_by_label("Computed")).to_be_visible()
    expect(page.get_by_label("School").first).to_be_visible()
    expect(page.get_by_label("School").nth(1)).to_be_hidden()
    page.get_by_label("Name").first.fill("Ann")
    expect(page.get_by_label("School").first).to_be_hidden()

    complete(page)
    assert task.handed_in() == {
        "__proto__": "x",
        "constructor": "",
        "a b": "y",
        "person": {"name": "yes"},
        "computed": "",
        "both": 3,
        "people": [{"name": "Ann"}],
    }


VISITS = rows("visits", text("place", label="Place"), label="Visits", properties={"rowName": "Visit"}, defaultRepetitions=0)
PEOPLE = rows(
    "people",
    text("name", label="Name", **needed()),
    radio("known", "yes", "no", label="Known"),
    text("why", label="Why", **hidden_if('this.known != "yes"')),
    VISITS,
    {"type": "textarea", "key": "note", "label": "Note", "validate": {"maxLength": 50}},
    label="People",
    properties={"rowName": "Person"},
)


def test_rows_come_and_go_without_a_new_page(task: OneTask, open_page: OpenPage, assert_accessible: Callable[[Page], None]) -> None:
    page = open_page(task.leila)
    page.goto(task.with_form(PEOPLE))
    page.evaluate("window.stayed = true")
    person = page.get_by_role("group", name="Person 1")
    expect(person.get_by_role("button", name="Remove")).to_be_hidden()

    person.get_by_label("Name").fill("Ann")
    page.get_by_role("button", name="Add another person").click()
    second = page.get_by_role("group", name="Person 2")
    expect(second).to_be_focused()
    second.get_by_label("Name").fill("Bea")
    expect(second.get_by_label("Why")).to_be_hidden()
    second.get_by_label("Yes").check()
    second.get_by_label("Why").fill("Neighbour")
    second.get_by_label("Note").fill("x" * 49)
    expect(second.get_by_text("You have 1 character remaining").first).to_be_visible()
    second.get_by_role("button", name="Add a visit").click()
    second.get_by_role("group", name="Visit 1").get_by_label("Place").fill("Home")
    assert_accessible(page)
    person.get_by_role("button", name="Remove Person 1").click()

    expect(page.get_by_role("button", name="Add another person")).to_be_focused()
    expect(page.get_by_role("group", name="Person 1").get_by_label("Name")).to_have_value("Bea")
    expect(page.get_by_role("button", name="Remove Person 1")).to_be_hidden()
    assert page.evaluate("window.stayed")
    complete(page)
    assert task.handed_in() == {
        "people": [{"name": "Bea", "known": "yes", "why": "Neighbour", "visits": [{"place": "Home"}], "note": "x" * 49}]
    }


@pytest.mark.parametrize("width", [375, 1280])
def test_a_choice_that_a_row_begins_with_stands_below_the_rows_title(task: OneTask, open_page: OpenPage, width: int) -> None:
    page = open_page(task.leila, viewport={"width": width, "height": 800})

    page.goto(task.with_form(rows("people", radio("role", "member", "lead"), text("name"), defaultRepetitions=1)))

    [title, question] = [legend.bounding_box() for legend in page.locator(".app-row legend").all()]
    assert title
    assert question
    assert question["x"] == title["x"]
    assert question["y"] >= title["y"] + title["height"]


def test_files_are_attached_as_soon_as_they_are_chosen(
    task: OneTask, open_page: OpenPage, assert_accessible: Callable[[Page], None]
) -> None:
    page = open_page(task.leila)
    page.goto(
        task.with_form(text("a", **needed()), {"type": "filepicker", "key": "papers", "label": "Papers", "multiple": True, **needed()})
    )
    page.evaluate("window.stayed = true")

    page.get_by_label("Papers").set_input_files([a_file("minutes.txt", b"We met."), a_file("list.txt", b"Ann")])
    expect(page.get_by_text("minutes.txt", exact=False).first).to_be_visible()
    page.get_by_label("Papers").set_input_files(a_file("run.exe", b"MZ\x90\x00"))
    expect(page.locator("[data-told]")).not_to_be_empty()
    page.get_by_role("button", name="Take away list.txt").click()
    expect(page.get_by_text("list.txt")).to_have_count(0)
    assert_accessible(page)
    assert page.evaluate("window.stayed")
    page.get_by_label("Papers").set_input_files([])
    page.get_by_label("A", exact=True).fill("x")

    complete(page)
    assert [paper["name"] for paper in task.handed_in()["papers"]] == ["minutes.txt"]


def test_a_mistake_is_told_first_and_its_link_leads_to_the_box(
    task: OneTask, open_page: OpenPage, assert_accessible: Callable[[Page], None]
) -> None:
    page = open_page(task.leila)
    page.goto(
        task.with_form(
            text("name", label="Full name", **needed()),
            day("born", dateLabel="Date of birth"),
            radio("known", "yes", label="Known", **needed()),
            day("at", subtype="time", dateLabel="Time"),
            {"type": "checkbox", "key": "sure", "label": "I am sure", **needed()},
            {**radio("kind", "a", label="Kind", **needed()), "type": "select"},
            rows("people", text("who", label="Who", **needed()), properties={"rowName": "Person"}),
            rows("more", text("b"), defaultRepetitions=0, label="More", properties={"minRows": "1", "rowName": "More"}),
        )
    )
    page.locator("#f-born-day").fill("31")
    page.locator("#f-born-month").fill("2")
    page.locator("#f-born-year").fill("2026")
    page.get_by_label("Time").fill("late")

    page.get_by_role("button", name=COMPLETE).click()

    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    assert_accessible(page)
    for link, box in {
        "Enter full name": "f-name",
        "Date of birth must be a real date": "f-born-day",
        "Select known": "f-known",
        "Time must have a time": "f-at-time",
        "Tick “I am sure”": "f-sure",
        "Select kind": "f-kind",
        "Person 1: enter who": "f-people-0-who",
        "Add at least 1 row": "f-more-add",
    }.items():
        page.locator(".govuk-error-summary").get_by_role("link", name=link).click()
        assert page.evaluate("document.activeElement.id") == box


def test_question_pages_by_keyboard_alone(task: OneTask, open_page: OpenPage, assert_accessible: Callable[[Page], None]) -> None:
    path = task.with_form(
        page(
            "Who",
            text("name", label="Your name", **needed()),
            rows("people", text("who", label="Who else"), properties={"rowName": "Person"}),
        ),
        page("What", radio("kind", "one", "two", label="Which kind", **needed())),
    )
    screen = open_page(task.leila)
    screen.goto(path)

    screen.get_by_label("Your name").focus()
    screen.keyboard.type("Leila")
    screen.keyboard.press("Tab")
    screen.keyboard.type("Ann")
    assert_accessible(screen)
    screen.keyboard.press("Enter")
    expect(screen.get_by_role("radio", name="One")).to_be_visible()
    screen.get_by_label("One").focus()
    screen.keyboard.press("ArrowDown")
    screen.keyboard.press("Enter")
    expect(screen.get_by_role("heading", name="Check your answers")).to_be_visible()
    assert_accessible(screen)
    screen.get_by_role("link", name="Change Your name").focus()
    screen.keyboard.press("Enter")
    expect(screen.get_by_label("Your name")).to_have_value("Leila")
    screen.get_by_label("Your name").fill("Leila Khan")
    screen.keyboard.press("Enter")
    expect(screen.get_by_text("Leila Khan").first).to_be_visible()

    complete(screen)
    assert task.handed_in() == {"name": "Leila Khan", "people": [{"who": "Ann"}], "kind": "two"}


def test_a_form_of_everything_has_no_fault_that_axe_finds(
    task: OneTask, open_page: OpenPage, assert_accessible: Callable[[Page], None]
) -> None:
    page = open_page(task.leila)
    page.goto(
        task.with_form(
            {"type": "text", "text": "# About\n\nRead [this](/tasks) *first*.\n\n- one\n- two"},
            text("fact", readonly=True),
            day("since", readonly=True),
            {"type": "table", "label": "People", "dataSource": "=people", "columns": [{"label": "Name", "key": "n"}]},
            {"type": "separator"},
            {
                "type": "group",
                "label": "Group",
                "components": [
                    text("a", description="Hint", validate={"validationType": "email"}),
                    {"type": "number", "key": "b", "label": "B"},
                ],
            },
            {"type": "textarea", "key": "c", "label": "C", "validate": {"maxLength": 100}},
            day("d"),
            day("e", subtype="datetime"),
            day("f", subtype="time"),
            {"type": "checkbox", "key": "g", "label": "G", "description": "H"},
            radio("h", "x", "y", properties={"inline": "yes"}),
            {**radio("i", "x"), "type": "checklist"},
            {**radio("j", "x"), "type": "select"},
            {"type": "filepicker", "key": "k", "label": "K"},
            rows("l", text("m"), properties={"rowName": "Line"}),
            rows("n", text("o", readonly=True), label="Known lines", allowAddRemove=False),
            {"type": "spacer"},
            variables={"fact": "x", "people": [{"n": "Ann"}], "since": "2026-03-03", "n": [{"o": "p"}]},
        )
    )

    assert_accessible(page)
