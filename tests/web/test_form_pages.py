"""Forms as pages without a script: what is drawn, what a person reads when something is wrong, and that nothing typed is lost."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from engine.drafts import Change
from tests.engine.drawn import day, form_of, hidden_if, needed, page, radio, rows, text
from tests.visitors import Visitor
from tests.web.form_site import FormSite

SCRIPT = "<script>alert('x')</script> & \"y\""


def visit(*components, variables=None, path="/"):
    site = FormSite(form_of(*components), variables)
    return site, Visitor(site.app.test_client()).open(path)


def control(visitor, name, tag="input"):
    (found,) = visitor.page.xpath(f"//main//*[not(ancestor::template)][self::{tag}][@name='{name}' and not(@type='hidden')]")
    return found


def described(visitor, element):
    """What a screen reader says after the label."""
    ids = (element.get("aria-describedby") or "").split()
    return " ".join(" ".join(visitor.page.get_element_by_id(id).text_content().split()) for id in ids)


def legend(element):
    return " ".join(element.xpath("ancestor::fieldset[1]/legend")[0].text_content().split())


def label(visitor, element):
    return " ".join(visitor.page.xpath(f"//label[@for='{element.get('id')}']")[0].text_content().split())


def test_a_question_has_its_label_its_hint_and_says_when_it_may_be_left_out():
    _, visitor = visit(text("a", label="Full name", description="As on the register", **needed()), text("b", label="Known as"))

    assert label(visitor, control(visitor, "f-a")) == "Full name"
    assert described(visitor, control(visitor, "f-a")) == "As on the register"
    assert label(visitor, control(visitor, "f-b")) == "Known as (optional)"


def test_every_kind_of_field_is_drawn_with_what_is_known():
    variables = {"a": "x", "b": "one\ntwo", "c": 1.5, "d": "2026-03-03", "e": True, "f": "no", "g": ["yes"], "h": "yes", "t": "14:30"}
    _, visitor = visit(
        text("a", appearance={"prefixAdorner": "LR-", "suffixAdorner": "x"}, properties={"width": "5", "autocomplete": "name"}),
        {"type": "textarea", "key": "b", "label": "B", "properties": {"rows": "9"}}, {"type": "number", "key": "c", "label": "C"},
        day("d", properties={"autocomplete": "bday"}), {"type": "checkbox", "key": "e", "label": "E"},
        radio("f", "yes", "no", properties={"inline": "yes"}), {**radio("g", "yes", "no"), "type": "checklist"},
        {**radio("h", "yes", "no"), "type": "select"}, day("t", subtype="time"),
        {"type": "filepicker", "key": "i", "label": "I", "multiple": True},
        {"type": "separator"}, {"type": "spacer"}, variables=variables,
    )  # fmt: skip

    assert (control(visitor, "f-a").get("value"), control(visitor, "f-a").get("autocomplete")) == ("x", "name")
    assert "govuk-input--width-5" in control(visitor, "f-a").get("class")
    assert (control(visitor, "f-b", "textarea").text, control(visitor, "f-b", "textarea").get("rows")) == ("one\ntwo", "9")
    assert (control(visitor, "f-c").get("value"), control(visitor, "f-c").get("inputmode")) == ("1.5", "decimal")
    assert [control(visitor, f"f-d-{part}").get("value") for part in ("day", "month", "year")] == ["3", "3", "2026"]
    assert control(visitor, "f-d-year").get("autocomplete") == "bday-year"
    assert visitor.page.xpath("//input[@checked]/@value") == ["yes", "no", "yes"]
    assert control(visitor, "f-h", "select").xpath("option[@selected]/@value") == ["yes"]
    assert control(visitor, "f-t-time").get("value") == "14:30"
    assert control(visitor, "f-i").get("multiple") is not None
    assert legend(control(visitor, "f-d-day")) == "D (optional)"


def test_a_text_with_a_limit_counts_its_characters():
    _, visitor = visit({"type": "textarea", "key": "a", "label": "A", "validate": {"maxLength": "=most"}}, variables={"most": 200})

    assert visitor.page.xpath("//*[@data-module='govuk-character-count']/@data-maxlength") == ["200"]


def test_what_is_wrong_is_told_above_and_at_the_field_and_the_entry_stays():
    site, visitor = visit(
        text("a", label="Full name", **needed()), day("b", dateLabel="Date of birth"), radio("c", "yes", label="Known", **needed())
    )

    visitor.send({"f-a": " ", "f-b-day": "31", "f-b-month": "2", "f-b-year": "2026"})

    assert visitor.answer.status_code == 422
    assert visitor.page.xpath("//title/text()") == ["Error: The form"]
    assert visitor.problems == ["Enter full name", "Date of birth must be a real date", "Select known"]
    assert visitor.links("Enter full name") == ["#f-a"]
    assert visitor.links("real date") == ["#f-b-day"]
    assert [visitor.page.get_element_by_id(id).tag for id in ("f-a", "f-b-day", "f-c")] == ["input"] * 3
    assert described(visitor, control(visitor, "f-a")) == "Error: Enter full name"
    assert control(visitor, "f-b-day").get("value") == "31"
    assert site.handed_in is None


def test_only_the_part_of_a_date_that_is_wrong_is_marked():
    _, visitor = visit(day("b"))

    visitor.send({"f-b-day": "1", "f-b-month": "2", "f-b-year": "26"})

    assert visitor.page.xpath("//input[contains(@class,'govuk-input--error')]/@name") == ["f-b-year"]


def test_scripts_in_whatever_place_are_only_words():
    _, visitor = visit(
        text("a", label="=said", description="{{ said }}"),
        text("fact", label="Fact", readonly=True), {"type": "text", "text": "{{ said }}"},
        {"type": "table", "label": "=said", "dataSource": "=[{x: said}]", "columns": [{"label": SCRIPT, "key": "x"}]},
        {**radio("c", "y"), "values": [{"label": SCRIPT, "value": SCRIPT}]}, {"type": "textarea", "key": "d", "label": "D"},
        rows("people", text("name"), properties={"rowName": SCRIPT}), {"type": "number", "key": "n", "label": SCRIPT},
        variables={"said": SCRIPT, "fact": SCRIPT},
    )  # fmt: skip

    visitor.send({"f-a": SCRIPT, "f-d": f"</textarea>{SCRIPT}", "f-n": SCRIPT, "f-people-0-name": SCRIPT, "f-c": SCRIPT})

    assert visitor.answer.status_code == 422
    assert not visitor.page.xpath("//script")
    assert control(visitor, "f-a").get("value") == SCRIPT
    assert control(visitor, "f-d", "textarea").text == f"</textarea>{SCRIPT}"
    assert visitor.text.count("<script>") >= 8


def test_two_hundred_kilobytes_come_back_as_they_were_typed():
    words = "He said <b>“no”</b> & left.\n" * 7_500
    _, visitor = visit({"type": "textarea", "key": "a", "label": "A"}, text("b", **needed()))

    visitor.send({"f-a": words})

    assert control(visitor, "f-a", "textarea").text == words


def test_hidden_questions_wait_in_the_page_for_their_condition():
    _, visitor = visit(
        radio("harmed", "yes", "no"), text("how", **hidden_if('harmed != "yes" and known = 1')), variables={"known": 1, "secret": 2}
    )

    (piece,) = visitor.page.xpath("//*[@data-hide]")
    assert piece.get("data-hide") == 'harmed != "yes" and known = 1'
    assert piece.get("hidden") is not None
    assert visitor.page.xpath("//form/@data-known") == ['{"harmed": null, "known": 1}']

    assert visitor.send({"f-harmed": "yes", "f-how": ""}).answer.json == {"harmed": "yes", "how": ""}


def test_the_browser_is_told_no_more_than_conditions_need():
    known = {"people": [{"name": "Ann", "kind": "x", "secret": 1}], "kind": "y", "secret": 2, "a": 1, "b": 2}
    _, visitor = visit(
        rows("people", text("name", **hidden_if('this.kind = "x" or kind = "x" or total > 9'))),
        {"type": "expression", "key": "total", "expression": "=more + a"}, {"type": "expression", "key": "more", "expression": "=b"},
        {"type": "expression", "key": "other", "expression": "=secret"}, variables=known,
    )  # fmt: skip

    assert visitor.page.xpath("//form/@data-known") == ['{"a": 1, "b": 2, "kind": "y", "more": 2, "total": 3}']
    assert visitor.page.xpath("//*[@data-row][not(ancestor::template)]/@data-known") == ['{"kind": "x"}']


def test_facts_are_a_summary_and_cannot_be_typed_over():
    _, visitor = visit(
        text("reference", readonly=True), day("received", readonly=True), text("none", readonly=True), text("a"),
        text("gone", readonly=True, **hidden_if("true")), variables={"reference": "LR-7K2Q", "received": "2026-03-03"},
    )  # fmt: skip

    (facts,) = visitor.page.xpath("//dl")
    assert [" ".join(cell.text_content().split()) for cell in facts.xpath(".//dt | .//dd")] == [
        "Reference", "LR-7K2Q", "Received", "3 March 2026", "None", "Not known",
    ]  # fmt: skip
    assert visitor.send({"f-reference": "LR-0"}).answer.json == {"a": ""}


def test_words_are_markdown_one_heading_deeper():
    _, visitor = visit(
        {"type": "text", "text": "# About\n\n[Guidance](/guidance) for **{{ count(xs) }}** <b>people</b>"}, variables={"xs": [1, 2]}
    )

    (heading,) = visitor.page.xpath("//h2")
    assert heading.text == "About"
    assert visitor.links("Guidance") == ["/guidance"]
    assert "for 2 <b>people</b>" in visitor.text


@pytest.mark.parametrize(
    "typed",
    [
        "[Sign in again](https://evil.example)", "<https://evil.example>", "![x](y)", "**bold** _it_ `code`", "<b>x</b> &amp; \\",
        "# Heading", "- a\n- b", "1. a", "> quoted", "    code", "```\ncode\n```", "a\n\nb\n===", "a | b\n--|--", "| a |\n| - |",
        "{{ secret }}", "a  \nb", "\ue000x\ue001",
    ],
)  # fmt: skip
def test_what_people_typed_stays_words_among_the_markdown(typed):
    _, visitor = visit(
        {"type": "text", "text": "Said: {{ said }}\n\n{{#loop list}}\n- {{ this }}\n{{/loop}}"}, variables={"said": typed, "list": [typed]}
    )

    (prose,) = visitor.page.xpath("//*[@class='app-prose']")
    assert {element.tag for element in prose.iter()} <= {"div", "p", "br", "ul", "li"}
    assert len(prose.xpath(".//li")) == 1
    words = " ".join(typed.split())
    assert [" ".join(text.split()) for text in (prose[0].xpath("string()"), prose.xpath("string(.//li)"))] == [f"Said: {words}", words]


def test_feel_in_a_text_may_hold_braces_and_quotes():
    source = 'A {{ {a: {b: "}} \\" }}"}}.a.b }} B {{ if x then "{{" else "}" }}{{#if x}} yes{{/if}}'
    _, visitor = visit({"type": "text", "text": source}, variables={"x": True})

    assert visitor.page.xpath("string(//*[@class='app-prose'])").strip() == 'A }} " }} B {{ yes'


def test_rows_come_and_go_without_a_script():
    _, visitor = visit(rows("people", text("name", label="Name", **needed()), properties={"rowName": "Person"}, label="People"))

    visitor.send({"f-people-0-name": "Ann"}, button="Add another person")
    assert [legend.text_content().strip() for legend in visitor.page.xpath("//legend[not(ancestor::template)]")] == ["Person 1", "Person 2"]
    assert control(visitor, "f-people-0-name").get("value") == "Ann"
    assert visitor.page.xpath("//form/@data-focus") == ["f-people-1"]

    visitor.send({"f-people-1-name": "Bea"}, button="Remove Person 1")
    assert control(visitor, "f-people-1-name").get("value") == "Bea"
    assert visitor.send().answer.json == {"people": [{"name": "Bea"}]}


def test_the_last_row_of_a_list_that_needs_one_cannot_be_taken_away():
    _, needs_one = visit(rows("people", text("name")))
    _, may_be_empty = visit(rows("people", text("name"), defaultRepetitions=0))

    assert (
        needs_one.page.xpath("//button[@data-remove][not(ancestor::template)]/@hidden") == ["hidden"]
        or needs_one.page.xpath("//button[@data-remove][not(ancestor::template)]")[0].get("hidden") is not None
    )
    assert "Add a people" in may_be_empty.text


def test_a_list_with_too_few_rows_says_so_at_its_button():
    _, visitor = visit(rows("people", text("name"), defaultRepetitions=0, properties={"rowName": "Person", "minRows": "1"}))

    visitor.send()

    assert visitor.links("Add at least 1 row") == ["#f-people-add"]
    assert described(visitor, visitor.page.get_element_by_id("f-people-add")).startswith("Error: Add at least 1 row")


def test_the_enter_key_goes_on_instead_of_adding_a_row():
    _, visitor = visit(rows("people", text("name")))

    assert visitor.page.xpath("//form//button")[0].get("value") == "submit"


def test_files_are_attached_whatever_button_is_pressed_and_can_be_taken_away():
    _, visitor = visit(
        text("a", **needed()), {"type": "filepicker", "key": "papers", "label": "Papers", "multiple": True, "accept": ".pdf"}
    )
    assert visitor.page.xpath("//form/@enctype") == ["multipart/form-data"]
    assert control(visitor, "f-papers").get("accept") == ".pdf"

    visitor.send({"f-papers": (io.BytesIO(b"%PDF"), "minutes.pdf")})
    visitor.send({"f-papers": (io.BytesIO(b"%PDF"), "report.pdf")}, button="Attach")
    assert "minutes.pdf (4 bytes)" in visitor.text

    visitor.send(button="Take away minutes.pdf")
    assert "minutes.pdf" not in visitor.text
    assert [file["name"] for file in visitor.send({"f-a": "x"}).answer.json["papers"]] == ["report.pdf"]


def test_somebody_elses_change_stands_beside_mine():
    site, visitor = visit(day("b", dateLabel="Met on"), radio("c", "yes", "no"), text("d"), variables={"b": "2026-03-03"})
    at = datetime(2026, 3, 3, 14, 3, tzinfo=UTC)
    site.changed = {"f-b-day": Change(["5"], "Maria Reid", at), "f-c": Change(["", "no"], "Maria Reid", at), "f-d": Change([""], "", at)}

    visitor.open("/")

    assert "Maria Reid changed this at 3 March 2026 at 2:03pm" in visitor.text
    changes = [" ".join(one.text_content().split()) for one in visitor.page.xpath("//*[contains(@class,'app-change__words')]")]
    assert changes == ["5 March 2026", "No", "(empty)"]
    assert control(visitor, "f-b-day").get("value") == "3"


PEOPLE = rows("people", text("who", label="Who", **needed()), properties={"rowName": "Person"})
PAGES = (
    page("Who you are", text("name", label="Your name", **needed()), radio("capacity", "agency", "family", label="Capacity", **needed())),
    page("Who it is about", PEOPLE, **hidden_if('capacity = "family"')),
    page("Anything else", {"type": "textarea", "key": "note", "label": "Note"}, text("fact", readonly=True)),
)  # fmt: skip


def test_question_pages_lead_to_check_your_answers_and_back():
    _, visitor = visit(*PAGES)
    assert visitor.page.xpath("//h1/text()") == ["Who you are"]

    visitor.send({"f-name": "Ann", "f-capacity": "agency"})
    assert (visitor.page.xpath("//h1/text()"), visitor.links("Back")) == (["Who it is about"], ["?page=who-you-are"])
    assert visitor.send({"f-people-0-who": ""}).problems == ["Person 1: enter who"]
    visitor.send({"f-people-0-who": "Bea"}).send({"f-note": "one\ntwo"})

    assert visitor.page.xpath("//h1/text()") == ["Check your answers"]
    assert [" ".join(cell.text_content().split()) for cell in visitor.page.xpath("//dt")] == ["Your name", "Capacity", "Who", "Note"]
    assert [cell.text_content().strip() for cell in visitor.page.xpath("//dd[contains(@class,'value')]")] == [
        "Ann",
        "Agency",
        "Bea",
        "onetwo",
    ]
    assert visitor.links("Change Your name") == ["?page=who-you-are&change=1#f-name"]
    assert visitor.send().answer.json == {"name": "Ann", "capacity": "agency", "people": [{"who": "Bea"}], "note": "one\ntwo"}


def test_a_changed_answer_leads_back_to_check_your_answers_or_to_what_it_asks_for_now():
    _, visitor = visit(*PAGES)
    visitor.send({"f-name": "Ann", "f-capacity": "family"}).send({"f-note": ""})
    assert "Not answered" in visitor.text

    visitor.open("/?page=who-you-are&change=1")
    assert visitor.links("Back") == ["?page=check-your-answers"]
    assert visitor.send({"f-name": "Anna"}).page.xpath("//h1/text()") == ["Check your answers"]
    visitor.open("/?page=who-you-are&change=1").send({"f-capacity": "agency"})

    assert visitor.page.xpath("//h1/text()") == ["Who it is about"]


def test_what_is_missing_is_told_at_the_end_with_a_way_to_it():
    _, visitor = visit(*PAGES, path="/?page=check-your-answers")

    visitor.send()

    assert visitor.problems == ["Enter your name", "Select capacity", "Person 1: enter who"]
    assert visitor.links("Enter your name") == ["?page=who-you-are&change=1#f-name"]
    assert visitor.links("Person 1: enter who") == ["?page=who-it-is-about&change=1#f-people-0-who"]


@pytest.mark.parametrize("path", ["/?page=nonsense", "/?page=" + "x" * 5000, "/?page=%00", "/?page=who-it-is-about&page=2"])
def test_an_unknown_page_is_the_first_one(path):
    site = FormSite(form_of(*PAGES))
    site.raw = {"f-capacity": ["", "family"]}

    assert Visitor(site.app.test_client()).open(path).page.xpath("//h1/text()") == ["Who you are"]
