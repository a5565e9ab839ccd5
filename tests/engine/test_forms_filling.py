"""Filling a form in: what is known and what was typed, hiding, groups and lists, and fields with any name at all."""

from __future__ import annotations

from typing import Any

import pytest

from engine import forms
from engine.errors import Invalid
from tests.engine.drawn import day, form_of, hidden_if, needed, radio, rows, text


def entered(form, name, raw=None, variables=None):
    """What stands in the box of this control."""
    found = {
        block.name + part: texts
        for top in forms.fill(form, variables or {}, raw).blocks
        for block in top.fields()
        for part, texts in block.entered.items()
    }
    return found.get(name)


def test_a_box_holds_what_is_known_until_something_is_typed():
    form = form_of(text("a"), day("b"))
    known = {"a": "old", "b": "2026-03-03"}

    assert entered(form, "f-a", variables=known) == ["old"]
    assert entered(form, "f-b-month", variables=known) == ["3"]
    assert entered(form, "f-a", {"f-a": [""]}, known) == [""]


def test_wrong_entries_stand_as_they_were_typed():
    form = form_of({"type": "number", "key": "a", "label": "A"}, day("b"), radio("c", "yes"))
    raw = {"f-a": ["two <b>"], "f-b-day": ["31"], "f-b-month": ["feb"], "f-b-year": ["20260"], "f-c": ["", "perhaps"]}

    filled = forms.fill(form, {}, raw)

    assert list(filled.problems) == ["f-a", "f-b-year", "f-c"]
    assert {name: entered(form, name, raw) for name in raw} == raw
    assert filled.values == {"a": None, "b": None, "c": None}


def test_a_default_counts_where_nothing_is_known():
    form = form_of(text("a", defaultValue="x"), {"type": "checkbox", "key": "b", "label": "B", "defaultValue": True})

    assert forms.fill(form, {}).values == {"a": "x", "b": True}
    assert forms.fill(form, {"a": "y", "b": False}).values == {"a": "y", "b": False}
    assert forms.fill(form, {}, {"f-a": [""], "f-b": [""]}).values == {"a": "", "b": False}


def test_what_is_left_out_is_handed_in_empty():
    form = form_of(
        text("a"), {"type": "textarea", "key": "b", "label": "B"}, {"type": "number", "key": "c", "label": "C"}, day("d"),
        {"type": "checkbox", "key": "e", "label": "E"}, radio("f", "x"), {**radio("g", "x"), "type": "checklist"},
        {"type": "filepicker", "key": "h", "label": "H"}, rows("i", text("j"), defaultRepetitions=0),
    )  # fmt: skip

    assert forms.submit(form, {}, {}) == {"a": "", "b": "", "c": None, "d": None, "e": False, "f": None, "g": [], "h": [], "i": []}


def test_what_is_hidden_is_neither_checked_nor_handed_in():
    form = form_of(radio("harmed", "yes", "no"), text("how", **needed(), **hidden_if('harmed != "yes"')))

    assert forms.submit(form, {}, {"f-harmed": ["no"], "f-how": ["typed before"]}) == {"harmed": "no"}
    with pytest.raises(Invalid) as refused:
        forms.submit(form, {}, {"f-harmed": ["yes"], "f-how": [""]})
    assert refused.value.problems == {"f-how": "Enter how"}


def test_a_hidden_answer_counts_as_none_for_the_others():
    form = form_of(
        text("c", **hidden_if('b != "x"')), text("b", **hidden_if('a != "x"')), text("a"), text("d", **hidden_if("c = null")),
    )  # fmt: skip
    raw = {"f-a": ["y"], "f-b": ["x"], "f-c": ["z"], "f-d": ["w"]}

    assert forms.submit(form, {}, raw) == {"a": "y"}
    assert forms.submit(form, {}, {**raw, "f-a": ["x"]}) == {"a": "x", "b": "x", "c": "z", "d": "w"}


def test_a_hidden_answer_known_from_before_is_not_handed_in_again():
    form = form_of(radio("kind", "x", "y"), text("why", **hidden_if('kind = "y"')), text("more", **hidden_if("why = null")))

    assert forms.submit(form, {"why": "known", "more": "m"}, {"f-kind": ["y"]}) == {"kind": "y"}


def test_conditions_in_a_circle_come_to_an_end():
    form = form_of(text("a", **hidden_if('b = "x"')), text("b", **hidden_if('a = "x"')))

    assert forms.submit(form, {}, {"f-a": ["x"], "f-b": ["x"]}) in ({"a": "x"}, {"b": "x"})


@pytest.mark.parametrize("condition", ["unknown = 1", "null", "1", '"true"', "other > 3"])
def test_only_exactly_true_hides(condition):
    assert forms.submit(form_of(text("a", **hidden_if(condition))), {"other": "x"}, {"f-a": ["x"]}) == {"a": "x"}


def test_a_group_hides_all_that_is_inside():
    inner = {"type": "group", "id": "inner", "label": "I", "components": [text("b", **needed())]}
    form = form_of(radio("a", "yes", "no"), {"type": "group", "id": "g", "label": "G", "components": [inner], **hidden_if('a = "no"')})

    assert forms.submit(form, {}, {"f-a": ["no"]}) == {"a": "no"}
    assert list(forms.fill(form, {}, {"f-a": ["yes"]}).problems) == ["f-b"]


def test_keys_with_dots_and_paths_of_groups_are_contexts():
    form = form_of(
        text("person.name"),
        {"type": "group", "id": "g", "label": "G", "path": "person.home", "components": [text("street"), text("area.code", id="i")]},
    )
    known = {"person": {"name": "Ann", "id": 7, "home": {"street": "Old", "floor": 2}}}
    raw = {"f-person__name": ["Bea"], "f-person__home__street": ["New"], "f-person__home__area__code": ["EH"]}

    assert forms.submit(form, {}, raw) == {"person": {"name": "Bea", "home": {"street": "New", "area": {"code": "EH"}}}}
    assert forms.submit(form, known, raw)["person"] == {
        "name": "Bea",
        "id": 7,
        "home": {"street": "New", "floor": 2, "area": {"code": "EH"}},
    }
    assert known["person"]["name"] == "Ann"
    assert forms.submit(form, {"person": "a text"}, raw)["person"]["name"] == "Bea"


def test_facts_are_shown_but_never_taken():
    form = form_of(text("reference", readonly=True, **needed()), text("when", readonly="=locked"))

    assert forms.submit(form, {"reference": "LR-1", "locked": True, "when": "then"}, {"f-reference": ["LR-2"], "f-when": ["now"]}) == {}
    assert forms.submit(form, {"reference": "LR-1", "locked": False}, {"f-reference": ["LR-2"], "f-when": ["now"]}) == {"when": "now"}


def test_a_computed_value_follows_from_the_others():
    form = form_of(
        {"type": "expression", "key": "double", "expression": "=2 * count"}, {"type": "number", "key": "count", "label": "Count"},
        text("many", **hidden_if("double < 10")), {"type": "expression", "key": "none", "expression": "=1", **hidden_if("true")},
    )  # fmt: skip

    assert forms.submit(form, {}, {"f-count": ["4"], "f-many": ["x"]}) == {"double": 8, "count": 4}
    assert forms.submit(form, {}, {"f-count": ["5"], "f-many": ["x"]}) == {"double": 10, "count": 5, "many": "x"}


COLUMNS = [{"label": "Name", "key": "n"}, {"label": "Since", "key": "d"}]


def test_labels_hints_and_texts_may_hold_feel():
    form = form_of(
        text("a", label="=\"About \" + name", description="Said {{ name }}", **needed()),
        {"type": "text", "text": "**{{ count(people) }}** people"},
        {"type": "table", "label": "People", "dataSource": "=people", "columns": COLUMNS},
        {"type": "table", "dataSource": "=people", "columnsExpression": '=[{label: "N", key: "n"}]'},
    )  # fmt: skip
    people = [{"n": "Ann", "d": "2026-03-03"}, {"n": ["Bea", True]}, 3]

    asked, words, table, other = forms.fill(form, {"name": "Ann", "people": people}).blocks

    assert (asked.label, asked.hint, asked.problem) == ("About Ann", "Said Ann", "Enter about Ann")
    assert words.text == "**3** people"
    assert (table.columns, table.cells) == (["Name", "Since"], [["Ann", "3 March 2026"], ["Bea, Yes", ""]])
    assert other.cells == [["Ann"], ["Bea, Yes"]]


NAMES = [
    "id", "csrf_token", "action", "seen", "page", "__proto__", "constructor", "toString", "hasOwnProperty", "this", "i", "f-a",
    "a b", "a-b", "a__b", "_", "__", "a_", "a'b", "a/b", "a%20b", '"><script>', "ä", "日本", "0", "-1", "x" * 300,
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_field_may_be_called_anything(name):
    form = form_of(text(name, id="one", label="One"), rows("rows", text(name, id="two", label="Two")), text("other", **hidden_if("true")))
    controls = sorted(form.controls() - {"f-rows-0", "f-other"}, key=len)

    values = forms.submit(form, {}, forms.posted(form, [(control, ["x"]) for control in controls]))

    assert len(controls) == 2
    assert all(control.startswith("f-") and control.isascii() and " " not in control and '"' not in control for control in controls)
    assert values == {name: "x", "rows": [{name: "x"}]}


def test_no_two_fields_share_a_control():
    names = [*NAMES, "a.b", "a._b", "a_.b", "a.b.c", "a__b.c", "a.b__c"]
    form = form_of(
        *[text(f"{name}.z" if name != "a.b" else "a.b.z", id=f"id{number}", label="L") for number, name in enumerate(names)],
        day("0.day", id="d"),
    )

    assert len(form.controls()) == len(names) + 3


def test_what_is_foreign_or_cannot_be_stored_is_left_out():
    form = form_of(text("a"), day("b"), rows("c", text("d")))
    kept = [("f-a", ["x\0y\ud800z"]), ("f-b-day", ["1"]), ("f-c-17", ["row"]), ("f-c-17-d", ["y"]), ("f-b-year", [3, None])]
    foreign = ["f-c-17-e", "f-z", "a", "csrf_token", "f-b", "f-c-NEW-d", "f-c-9999999999-d", "f-", ""]
    pairs: Any = [*kept, *((name, ["n"]) for name in foreign), ("f-a", "no list"), (7, ["n"])]

    assert forms.posted(form, pairs) == {"f-a": ["x\ufffdy\ufffdz"], "f-b-day": ["1"], "f-c-17": ["row"], "f-c-17-d": ["y"], "f-b-year": []}
