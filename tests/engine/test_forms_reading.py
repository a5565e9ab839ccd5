"""Reading a .form file: what is honoured, and that everything else is refused by name, all at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import forms
from tests.engine.drawn import content, day, form_of, hidden_if, page, problems_of, radio, rows, text

FORMS = sorted((Path(__file__).parents[2] / "forms").glob("*/*.form"))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_forms_of_our_procedures_are_right(path):
    form, problems = forms.read(path.read_bytes(), path.name)

    assert problems == []
    assert form.id == path.stem


def test_a_form_tells_what_it_sets_and_what_it_must_be_given():
    form = form_of(
        text("reference", readonly=True),
        text("person.name"),
        radio("kind", "a", "b", **hidden_if("strand = 1 or person.name = null")),
        {"type": "text", "text": "Received {{ received }}"},
        {"type": "checklist", "key": "asked", "label": "Asked", "valuesKey": "known.agencies"},
        {"type": "expression", "key": "total", "expression": "=count(people)"},
        rows("people", text("name", **hidden_if("this.kind = null or kind = null"))),
    )

    assert form.sets() == {"person", "kind", "asked", "total", "people"}
    assert form.names() == {"reference", "strand", "received", "known"}


@pytest.mark.parametrize("broken", [b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"components": 3}', b'{"a":' * 100_000], ids=range(7))
def test_what_is_no_form_gets_one_sentence(broken):
    form, problems = forms.read(broken, "notes.form")

    assert form.id == "notes"
    assert [problem.element for problem in problems] == [""]
    assert "This is not a form" in problems[0].message


def test_the_head_of_a_form_is_checked():
    messages = [problem.message for problem in problems_of(text("a"), id="", type="wizard", schemaVersion=20, theme="dark")]

    assert len(messages) == 4
    assert messages[0].startswith("The form has no id")
    assert "theme" in messages[3]


WRONG = {
    "an unknown type": ({"type": "signature", "key": "a", "label": "A"}, "type “signature”"),
    "html": ({"type": "html", "id": "a", "content": "<b>"}, "“text” component"),
    "a button": ({"type": "button", "id": "a", "label": "Go", "action": "submit"}, "Take it away"),
    "no type": ({"key": "a", "label": "A"}, "not supported"),
    "an unknown attribute": (text("a", tooltip="x"), "attribute “tooltip”"),
    "an unknown rule": (text("a", validate={"min": 3}), "rule “min”"),
    "an unknown custom property": (text("a", properties={"requiredMesage": "x"}), "property “requiredMesage”"),
    "a width that does not exist": (text("a", properties={"width": "7"}), "one of 2, 3, 4"),
    "properties that are no texts": (text("a", properties={"rows": 3}), "pairs of a name and a text"),
    "no key": ({"type": "textfield", "id": "a", "label": "A"}, "no key"),
    "a key that is no text": ({"type": "textfield", "id": "a", "label": "A", "key": 3}, "no key"),
    "a key with an empty part": ({"type": "textfield", "id": "a", "label": "A", "key": "a..b"}, "empty part"),
    "no label": ({"type": "textfield", "id": "a", "key": "a"}, "no label"),
    "a label that is no text": ({"type": "textfield", "id": "a", "key": "a", "label": ["A"]}, "must be a text"),
    "a condition without =": (text("a", conditional={"hide": "b = 1"}), "write “=” in front"),
    "a condition of another kind": (text("a", conditional={"show": "=b"}), "only say when to hide"),
    "a condition that does not parse": (text("a", **hidden_if("b = (")), "Correct the expression"),
    "a condition that calls what is unknown": (text("a", **hidden_if("fetch(b)")), "fetch"),
    "a condition on its own answer": (text("a", **hidden_if('a = "x"')), "its own answer"),
    "a label that does not parse": (text("a", label="Hello {{ b"), "Correct the expression"),
    "a limit that is no number": (text("a", validate={"maxLength": "many"}), "“maxLength” must be a number"),
    "a negative length": (text("a", validate={"minLength": -1}), "“minLength” must be a number"),
    "limits that leave nothing": (text("a", validate={"minLength": 5, "maxLength": 4}), "nothing can be entered"),
    "a pattern that does not parse": (text("a", validate={"pattern": "(["}), "regular expression"),
    "an unknown kind of text": (text("a", validate={"validationType": "postcode"}), "email or phone"),
    "required that is no yes or no": (text("a", validate={"required": "yes"}), "true or false"),
    "rules that are a list": (text("a", validate=["required"]), "must be an object"),
    "appearance": (text("a", appearance={"colour": "red"}), "prefix and a suffix"),
    "a default that is no text": (text("a", defaultValue=3), "“defaultValue” must be a text"),
    "readonly that is no FEEL": (text("a", readonly="b"), "“readonly” must be FEEL"),
    "no options": ({"type": "radio", "key": "a", "label": "A"}, "Say in one place"),
    "options from two places": (radio("a", "b", valuesKey="c"), "Say in one place"),
    "an empty list of options": ({"type": "select", "key": "a", "label": "A", "values": []}, "Say in one place|must be a list"),
    "options without labels": ({"type": "select", "key": "a", "label": "A", "values": [{"value": "x", "label": ""}]}, "has no label"),
    "options twice": (radio("a", "b", "b"), "Two options"),
    "an option that is no text": ({"type": "radio", "key": "a", "label": "A", "values": [{"label": "1", "value": 1}]}, "must be a text"),
    "options that do not parse": ({"type": "radio", "key": "a", "label": "A", "valuesExpression": "=for x"}, "Correct the expression"),
    "options that are no FEEL": ({"type": "radio", "key": "a", "label": "A", "valuesExpression": "x"}, "must be FEEL"),
    "a kind of date": (day("a", subtype="week"), "date, time or datetime"),
    "a bound that is no FEEL": (day("a", properties={"latest": "today()"}), "“= today()”"),
    "a format of time": (day("a", timeSerializingFormat="unix"), "timeSerializingFormat"),
    "decimal places": ({"type": "number", "key": "a", "label": "A", "decimalDigits": -1}, "“decimalDigits”"),
    "a step of nothing": ({"type": "number", "key": "a", "label": "A", "increment": 0}, "above 0"),
    "numbers as texts": ({"type": "number", "key": "a", "label": "A", "serializeToString": True}, "kept as numbers"),
    "kinds of files": ({"type": "filepicker", "key": "a", "label": "A", "accept": "image/*"}, "ends of file names"),
    "an empty text": ({"type": "text", "id": "a", "text": ""}, "“text” is empty"),
    "a text that does not parse": ({"type": "text", "id": "a", "text": "{{ for }}"}, "Correct the expression"),
    "a table without columns": ({"type": "table", "id": "a", "dataSource": "=b"}, "no columns"),
    "a table without rows": ({"type": "table", "id": "a", "dataSource": "b", "columns": [{"label": "B", "key": "b"}]}, "must be FEEL"),
    "nothing to compute": ({"type": "expression", "key": "a", "expression": "1"}, "must be FEEL"),
    "an empty group": ({"type": "group", "id": "a", "label": "A", "components": []}, "no components in it"),
    "a list without a path": (rows("", text("b"), id="a"), "no path"),
    "rows that are no number": (rows("a", text("b"), defaultRepetitions=-1), "“defaultRepetitions”"),
    "more rows than there may be": (rows("a", text("b"), properties={"minRows": "3", "maxRows": "2"}), "minRows"),
    "a row's answer without this": (rows("a", text("b"), text("c", **hidden_if("b = 1"))), "“this.b”"),
}  # fmt: skip


@pytest.mark.parametrize(("component", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_is_not_honoured_is_refused_by_component_and_with_the_cure(component, said):
    problems = problems_of(component)

    assert problems
    assert any(part in problem.message for problem in problems for part in said.split("|"))
    assert all(problem.file == "form.form" and problem.element.startswith("a") for problem in problems)


def test_keys_that_meet_are_told():
    messages = [str(problem) for problem in problems_of(
        text("a", id="one"), text("a", id="two"), text("b", id="three"), text("b.c", id="four"),
        {"type": "group", "id": "group", "label": "G", "path": "d", "components": [text("e", id="five")]}, text("d.e", id="six"),
    )]  # fmt: skip

    assert len(messages) == 3
    assert "two: The key “a” is taken by “one”" in messages[0]
    assert "three: The key “b” is also the path of “four”" in messages[1]
    assert "six: The key “d.e” is taken by “five”" in messages[2]


def test_ids_must_be_there_and_be_different():
    problems = problems_of(text("form"), text("a", id="same"), text("b", id="same"), text("c", id=None))

    assert [(problem.element, problem.message.split(".")[0].split(";")[0]) for problem in problems] == [
        ("form", "This is the id of the form itself"),
        ("same", "Two components have this id"), ("c", "The component has no id"),
    ]  # fmt: skip


def test_everything_wrong_is_told_at_once():
    components = [component for component, _ in WRONG.values()]

    problems = problems_of(*components)

    assert len(problems) >= len(components)


def test_what_is_no_component_is_told():
    form, problems = forms.read(
        json.dumps({"type": "default", "id": "form", "schemaVersion": 19, "components": [3, None]}).encode(), "form.form"
    )

    assert form.components == ()
    assert "not an object" in problems[0].message


def test_components_inside_each_other_without_end_are_refused():
    component = text("a")
    for depth in range(40):
        component = {"type": "group", "id": f"g{depth}", "label": "G", "components": [component]}

    assert any("deep inside each other" in problem.message for problem in problems_of(component))


def test_question_pages_stand_alone_at_the_top():
    problems = problems_of(
        page("One", text("a")), text("b"), page("One", text("c"), id="again"), page("Check your answers", text("d")),
        page("Outer", page("Inner", text("e")), properties={"page": "yes", "slug": "outer"}),
    )  # fmt: skip

    assert sorted((problem.element, problem.message.split(".")[0].split("“")[0]) for problem in problems) == [
        ("again", "Another page has the address "),
        ("b", "It stands outside the question pages"),
        ("page_Check your answers", "Another page has the address "),
        ("page_Inner", "A question page cannot stand inside another component"),
        ("page_One", "Another page has the address "),
    ]


def test_a_page_has_the_address_it_asks_for_or_that_of_its_label():
    form = form_of(page("Who it’s about", text("a")), page("Other", text("b"), properties={"page": "yes", "slug": "rest"}))

    assert [one.slug for one in form.pages] == ["who-its-about", "rest"]


def test_the_file_may_carry_what_editors_write_into_it():
    head = {
        "exporter": {"name": "Camunda Modeler", "version": "5.40.0"},
        "executionPlatform": "Camunda Cloud",
        "executionPlatformVersion": "8.8.0",
    }
    drawn = text("a", layout={"row": "r", "columns": None}, appearance={"prefixAdorner": "£"}, disabled=False, defaultValue="")

    assert forms.read(content(drawn, **head), "form.form")[1] == []
