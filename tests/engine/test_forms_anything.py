"""Whatever is posted, a form either takes it or says why not. Nothing else happens."""

from __future__ import annotations

import json

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine import forms
from engine.errors import Invalid
from engine.forms.vocabulary import ATTRIBUTES
from tests.engine.drawn import day, form_of, hidden_if, needed, page, radio, rows, text

EVERYTHING = (
    text("line", **needed(minLength=2, maxLength=40, pattern="^[a-z]")),
    text("mail", validate={"validationType": "email"}, **hidden_if("amount > 10")),
    text("phone", validate={"validationType": "phone"}),
    {"type": "textarea", "key": "words", "label": "Words", "validate": {"maxLength": "=amount"}, **hidden_if("line = mail")},
    {"type": "number", "key": "amount", "label": "Amount", "decimalDigits": 2, "increment": 0.5, "validate": {"min": "=0", "max": 1e6}},
    day("born", properties={"latest": "=date(until)"}),
    day("at", subtype="datetime", timeSerializingFormat="utc_offset"),
    day("time", subtype="time", timeSerializingFormat="utc_normalized"),
    {"type": "checkbox", "key": "sure", "label": "Sure"},
    radio("one", "a", "b", **hidden_if("not(sure)")),
    {"type": "select", "key": "chosen", "label": "Chosen", "valuesExpression": "=for p in people return p.name"},
    {"type": "checklist", "key": "many", "label": "Many", "valuesExpression": "=[{x: 1}, 2, true, words]"},
    {"type": "filepicker", "key": "files", "label": "Files", "multiple": True},
    {"type": "expression", "key": "sum", "expression": "=sum(for p in people return p.age)"},
    rows(
        "people", text("name", **needed()), {"type": "number", "key": "age", "label": "Age"}, day("since", **hidden_if("this.age < 3")),
        rows("pets", text("pet", **hidden_if("parent.name = this.pet")), defaultRepetitions=0), properties={"minRows": "1", "maxRows": "3"},
    ),
)  # fmt: skip
FORM = form_of(*EVERYTHING)
PAGED = form_of(*(page(f"Page {number}", component) for number, component in enumerate(EVERYTHING)))
CONTROLS = sorted(FORM.controls())

anything = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "1", "31", "2", "2026", "row", "yes", "a", "-0", "1e5", "NaN", "9" * 400, "12:60", "[1]", "null", "a@b.c", "{{ x }}", "= 1"]
    ),
    st.floats().map(str),
    st.dates().map(str),
)
controls = st.one_of(
    st.sampled_from(CONTROLS),
    st.sampled_from(CONTROLS).flatmap(lambda name: st.integers(0, 12).map(lambda row: name.replace("-0", f"-{row}"))),
    st.text(max_size=20),
)
posts = st.dictionaries(controls, st.lists(anything, max_size=3), max_size=25)
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**18), 10**18), st.floats(allow_nan=False, allow_infinity=False), anything),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["name", "age", "pets", "x"]), inner, max_size=3)),
    max_leaves=8,
)
known = st.dictionaries(st.sampled_from([*sorted(FORM.sets()), "until"]), json_values, max_size=6)


@given(raw=posts, variables=known)
def test_any_post_is_taken_or_refused_with_sentences(raw, variables):
    before = json.dumps(variables)

    values, problems = handed_in(raw, variables)

    assert all(control.startswith("f-") and sentence.strip() for control, sentence in problems.items())
    assert set(values) <= FORM.sets()
    assert json.loads(json.dumps(values, allow_nan=False)) == values
    assert json.dumps(variables) == before


def handed_in(raw, variables):
    """The answers, or what is wrong with them; anything else that is raised fails the test."""
    try:
        return forms.submit(FORM, variables, raw), {}
    except Invalid as refused:
        return {}, refused.problems


RIGHT = {"f-line": ["abc"], "f-people-0-name": ["Ann"]}


@given(raw=st.dictionaries(controls, st.lists(anything, max_size=2), max_size=3))
def test_what_was_taken_is_taken_again_when_it_is_known(raw):
    values, problems = handed_in({**RIGHT, **raw}, {})
    assume(not problems)

    again = forms.submit(FORM, {"people": []} | values, {})

    assert {name: again.get(name) for name in values if name != "people"} == {name: values[name] for name in values if name != "people"}


actions = st.sampled_from(["continue", "submit", "save", "add:f-people", "remove:f-people-0", "upload:f-files"])
places = st.sampled_from([None, *(page.slug for page in PAGED.pages), forms.CHECK])


@settings(max_examples=50)
@given(raw=posts, action=st.one_of(actions, st.text()), where=st.one_of(places, st.text()))
def test_any_turn_leads_to_a_page_of_the_form(raw, action, where):
    turn = forms.turn(PAGED, {}, raw, action=action, page=where)

    filled = forms.fill(PAGED, {}, turn.raw)
    assert forms.page_to_show(PAGED, filled, turn.page) == turn.page
    assert not (turn.done and filled.problems)


texts = st.sampled_from(["=1", "= x", "={", "{{ a }}", "{{ a", "yes", "7", "textfield", "radio", "dynamiclist", "group", "a.b", "a"])
attributes = st.sampled_from(
    sorted({name for names in ATTRIBUTES.values() for name in names} | {"hide", "required", "value", "page", "rows"})
)
drawings = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 400), texts, st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(attributes, inner, max_size=6)),
    max_leaves=12,
)
components = st.builds(
    lambda kind, rest: {**rest, "type": kind}, st.sampled_from(sorted(ATTRIBUTES)), st.dictionaries(attributes, drawings, max_size=8)
)


@given(drawn=st.lists(st.one_of(components, drawings), max_size=4))
def test_any_drawing_is_read_or_refused_with_sentences(drawn):
    head = {"type": "default", "id": "form", "schemaVersion": 19}

    form, problems = forms.read(json.dumps({**head, "components": drawn}).encode(), "form.form")

    assert all(problem.message.endswith((".", "?", "!")) for problem in problems)
    assert problems or forms.fill(form, {}).blocks is not None
