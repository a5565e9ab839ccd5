"""Lists whose rows people add and take away."""

from __future__ import annotations

import pytest

from engine import forms
from engine.errors import Invalid
from tests.engine.drawn import day, form_of, hidden_if, needed, radio, rows, text

AGENCIES = rows("agencies", text("name", **needed()), radio("asked", "yes", "no"), properties={"rowName": "Agency"})


def row(number, name="", **more):
    """What is posted for one row."""
    return {f"f-agencies-{number}": ["row"], f"f-agencies-{number}-name": [name], f"f-agencies-{number}-asked": [""], **more}


def problems(form, raw, variables=None):
    return forms.fill(form, variables or {}, raw).problems


def test_a_list_starts_with_as_many_blank_rows_as_it_says():
    assert [row.title for row in forms.fill(form_of(AGENCIES), {}).blocks[0].rows] == ["Agency 1"]
    assert len(forms.fill(form_of({**AGENCIES, "defaultRepetitions": 3}), {}).blocks[0].rows) == 3
    assert forms.fill(form_of({**AGENCIES, "defaultRepetitions": 0}), {}).blocks[0].rows == []


def test_a_list_starts_with_the_rows_that_are_known():
    known = {"agencies": [{"name": "Police", "key": "police"}, {"name": "NHS"}]}

    filled = forms.fill(form_of(AGENCIES), known)

    assert [block.value for row in filled.blocks[0].rows for block in row.blocks] == ["Police", None, "NHS", None]
    assert filled.values == {"agencies": [{"name": "Police", "key": "police", "asked": None}, {"name": "NHS", "asked": None}]}


def test_rows_keep_their_number_whatever_happens_to_the_others():
    form = form_of(AGENCIES)
    raw = {**row(0, "Police"), **row(4, "NHS"), **row(2, "Fire"), "f-agencies-0": [""]}

    assert forms.submit(form, {}, raw) == {"agencies": [{"name": "Fire", "asked": None}, {"name": "NHS", "asked": None}]}


def test_a_row_is_there_when_anything_was_said_of_it_and_the_first_ones_need_not_be():
    form = form_of(AGENCIES)

    values = forms.submit(form, {"agencies": [{"name": "Police"}]}, {"f-agencies-0-asked": ["yes"], **row(7, "NHS")})

    assert values == {"agencies": [{"name": "Police", "asked": "yes"}, {"name": "NHS", "asked": None}]}


def test_what_is_wrong_in_a_row_is_told_with_the_row():
    form = form_of(rows("agencies", text("name", **needed()), day("since", dateLabel="Date asked"), properties={"rowName": "Agency"}))
    raw = {
        **row(0, "Police"),
        **row(3, ""),
        "f-agencies-3-since-day": ["31"],
        "f-agencies-3-since-month": ["2"],
        "f-agencies-3-since-year": ["2026"],
    }

    assert problems(form, raw) == {
        "f-agencies-3-name": "Agency 2: enter name",
        "f-agencies-3-since-day": "Agency 2: date asked must be a real date",
    }


def test_blank_rows_are_left_out_but_for_those_that_are_needed():
    form = form_of(AGENCIES)

    assert forms.submit(form, {}, {**row(0), **row(1, "NHS"), **row(2)}) == {"agencies": [{"name": "NHS", "asked": None}]}
    assert problems(form, {**row(0), **row(1)}) == {"f-agencies-0-name": "Agency 1: enter name"}
    assert forms.submit(form_of({**AGENCIES, "defaultRepetitions": 0}), {}, row(0)) == {"agencies": []}


def test_a_list_has_enough_rows_and_not_too_many():
    form = form_of({**AGENCIES, "properties": {"rowName": "Agency", "minRows": "2", "maxRows": "3"}})
    four = {**row(0, "a"), **row(1, "b"), **row(2, "c"), **row(3, "d")}

    assert problems(form, {"f-agencies-0": [""]}) == {"f-agencies-add": "Add at least 2 rows to “Agencies”"}
    assert problems(form, {**row(0, "a"), **row(1, "b")}) == {}
    assert problems(form, four) == {"f-agencies-add": "“Agencies” can have no more than 3 rows: take some away"}


def test_ten_thousand_rows_are_too_many():
    raw = {f"f-agencies-{number}-name": ["x"] for number in range(10_000)} | {f"f-agencies-{number}": ["row"] for number in range(10_000)}

    with pytest.raises(Invalid, match="no more than 200 rows"):
        forms.submit(form_of(AGENCIES), {}, raw)


def test_feel_in_a_row_sees_the_row_what_is_around_it_and_its_place():
    form = form_of(
        text("strand"),
        rows(
            "people", text("name"), text("school", **hidden_if('this.name = "Ann" or strand = "adult" or parent.strand = "none"')),
            text("first", **hidden_if("i[1] > 1")),
            rows("visits", text("why", **hidden_if('parent.name = "Ann" or i[2] = 2')), defaultRepetitions=2),
        ),
    )  # fmt: skip
    raw = {"f-strand": ["child"]}
    for number, name in enumerate(["Ann", "Bea"]):
        start = f"f-people-{number}"
        raw |= {start: ["row"], f"{start}-name": [name], f"{start}-school": ["s"], f"{start}-first": ["f"]}
        raw |= {f"{start}-visits-{visit}-why": ["w"] for visit in (0, 1)} | {f"{start}-visits-{visit}": ["row"] for visit in (0, 1)}

    ann, bea = forms.submit(form, {}, raw)["people"]

    assert ann == {"name": "Ann", "first": "f", "visits": [{}]}
    assert bea == {"name": "Bea", "school": "s", "visits": [{"why": "w"}]}
    assert "school" not in forms.submit(form, {}, {**raw, "f-strand": ["adult"]})["people"][1]


def test_a_list_that_is_hidden_is_not_handed_in():
    form = form_of(radio("any", "yes", "no"), {**AGENCIES, **hidden_if('any = "no"')})

    assert forms.submit(form, {}, {"f-any": ["no"], **row(0)}) == {"any": "no"}


def test_rows_that_nobody_may_add_are_those_that_are_known():
    form = form_of(rows("agencies", text("name", readonly=True), text("note"), allowAddRemove=False))
    known = {"agencies": [{"name": "Police"}, {"name": "NHS"}]}

    values = forms.submit(form, known, {"f-agencies-1-note": ["late"], "f-agencies-0": [""], **row(5, "Fire")})

    assert values == {"agencies": [{"name": "Police", "note": ""}, {"name": "NHS", "note": "late"}]}


def test_a_list_of_facts_is_not_handed_in():
    form = form_of(text("a"), rows("agencies", text("name", readonly=True), allowAddRemove=False))

    assert form.sets() == {"a"}
    assert forms.submit(form, {"agencies": [{"name": "Police"}]}, {}) == {"a": ""}


@pytest.mark.parametrize("known", [3, "x", {}, [3, None], [{"name": {"a": 1}}]])
def test_a_known_value_that_is_no_list_does_no_harm(known):
    assert "agencies" in forms.fill(form_of(AGENCIES), {"agencies": known}).values


def test_a_row_comes_and_goes_without_a_script():
    form = form_of(AGENCIES)

    added = forms.turn(form, {}, row(0, "Police"), action="add:f-agencies")
    removed = forms.turn(form, {}, {**added.raw, **row(1, "NHS")}, action="remove:f-agencies-0")
    again = forms.turn(form, {}, removed.raw, action="add:f-agencies")

    assert (added.raw["f-agencies-1"], added.focus, added.problems) == (["row"], "f-agencies-1", {})
    assert (removed.raw["f-agencies-0"], removed.focus) == ([""], "f-agencies-add")
    assert "f-agencies-0-name" not in removed.raw
    assert again.focus == "f-agencies-2"
    assert forms.submit(form, {}, {**again.raw, "f-agencies-2-name": ["Fire"]})["agencies"] == [
        {"name": "NHS", "asked": None}, {"name": "Fire", "asked": None},
    ]  # fmt: skip


@pytest.mark.parametrize(
    "action", ["add:", "add:f-other", "remove:", "remove:f-agencies", "remove:f-other-1", "take-away:", "add:f-agencies-0", "nonsense", ":"]
)
def test_a_button_that_is_none_changes_nothing(action):
    raw = row(0, "Police")

    assert forms.turn(form_of(AGENCIES), {}, raw, action=action).raw == raw
