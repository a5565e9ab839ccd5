"""Every kind of field: what people may type, what becomes of it, and the sentence when it cannot be accepted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine import clock, forms
from engine.errors import Invalid
from tests.engine.drawn import day, form_of, needed, radio, text

TODAY = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_3_march_2026():
    with clock.moved_to(TODAY):
        yield


def number(**more):
    return {"type": "number", "key": "a", "label": "Number of children", **more}


def value_of(component, entered, variables=None):
    """The typed value of what was entered; where it cannot be accepted, the control and the sentence."""
    raw = entered if isinstance(entered, dict) else {"": entered}
    try:
        return forms.submit(form_of(component), variables or {}, {f"f-a{part}": [text] for part, text in raw.items()})["a"]
    except Invalid as error:
        ((control, sentence),) = error.problems.items()
        return control, sentence


@pytest.mark.parametrize(
    ("component", "entered", "value"),
    [
        (text("a"), "  Leila   Khan ", "Leila Khan"),
        (text("a"), "", ""),
        (text("a"), "<script>alert(1)</script>", "<script>alert(1)</script>"),
        ({"type": "textarea", "key": "a", "label": "A"}, " one\r\n\r\ntwo \r\n", "one\n\ntwo"),
        (text("a", validate={"validationType": "email"}), "leila.khan@example.org", "leila.khan@example.org"),
        (text("a", validate={"validationType": "phone"}), "+44 (0)131 496 0000 ext 12", "+44 (0)131 496 0000 ext 12"),
        (text("a", validate={"pattern": "^[A-Z]{2}-\\d+$"}), "AB-12", "AB-12"),
        (text("a", validate={"maxLength": "=most"}), "abc", "abc"),
        (number(), "1,200", 1200),
        (number(), " -3.50 ", -3.5),
        (number(), "\u22124", -4),
        (number(), "12 000", 12000),
        (number(), "", None),
        (number(validate={"min": 0, "max": "=most"}), "3", 3),
        (day("a"), {"-day": "3", "-month": "3", "-year": "2026"}, "2026-03-03"),
        (day("a"), {"-day": "29", "-month": "Feb", "-year": "2028"}, "2028-02-29"),
        (day("a"), {"-day": " 1 ", "-month": "september", "-year": "1999"}, "1999-09-01"),
        (day("a"), {"-day": "", "-month": "", "-year": ""}, None),
        (day("a", subtype="time"), {"-time": "2:30pm"}, "14:30"),
        (day("a", subtype="time"), {"-time": "12am"}, "00:00"),
        (day("a", subtype="time"), {"-time": "0915"}, "09:15"),
        (day("a", subtype="datetime"), {"-day": "1", "-month": "7", "-year": "2026", "-time": "9.05"}, "2026-07-01T09:05"),
        (
            day("a", subtype="datetime", timeSerializingFormat="utc_offset"),
            {"-day": "1", "-month": "7", "-year": "2026", "-time": "9am"},
            "2026-07-01T09:00+01:00",
        ),
        (
            day("a", subtype="datetime", timeSerializingFormat="utc_normalized"),
            {"-day": "1", "-month": "7", "-year": "2026", "-time": "9am"},
            "2026-07-01T08:00Z",
        ),
        ({"type": "checkbox", "key": "a", "label": "A"}, "yes", True),
        ({"type": "checkbox", "key": "a", "label": "A"}, "", False),
        (radio("a", "yes", "no"), "no", "no"),
        (radio("a", "yes", "no"), "", None),
    ],
)
def test_what_people_type_becomes_a_value(component, entered, value):
    found = value_of(component, entered, {"most": 3})

    assert found == value
    assert type(found) is type(value)


DATE = day("a", dateLabel="Date of birth")
START = day("a", subtype="time", timeLabel="Start", dateLabel=None)
CLOCK = ("f-a-time", "Start must have a time like 14:30 or 2:30pm")
EMAIL = "A must be an email address in the right format, like name@example.org"
PHONE = "A must be a phone number, like 0131 496 0000 or +44 131 496 0000"
REAL = ("f-a-day", "Date of birth must be a real date")


@pytest.mark.parametrize(
    ("component", "entered", "problem"),
    [
        (text("a", label="Full name", **needed()), "  ", ("f-a", "Enter full name")),
        (text("a", label="NHS number", **needed()), "", ("f-a", "Enter NHS number")),
        (text("a", label="Who was told?", **needed()), "", ("f-a", "Enter an answer to “Who was told?”")),
        (text("a", **needed(), properties={"requiredMessage": "Enter your name"}), "", ("f-a", "Enter your name")),
        (text("a", **needed(), properties={"called": "The council's name"}), "", ("f-a", "Enter the council's name")),
        (text("a", validate={"minLength": 2}), "x", ("f-a", "A must be 2 characters or more")),
        (text("a", validate={"maxLength": 1}), "xyz", ("f-a", "A must be 1 character or less: it has 3")),
        (text("a", validate={"maxLength": "=most"}), "x" * 5, ("f-a", "A must be 4 characters or less: it has 5")),
        (text("a", validate={"pattern": "^x+$"}), "y", ("f-a", "A is not in the right format")),
        (text("a", validate={"pattern": "^x+$", "patternErrorMessage": "Enter only x"}), "y", ("f-a", "Enter only x")),
        (text("a", validate={"validationType": "email"}), "leila@", ("f-a", EMAIL)),
        (text("a", validate={"validationType": "phone"}), "ask", ("f-a", PHONE)),
        (number(), "two", ("f-a", "Number of children must be a number")),
        (number(), "NaN", ("f-a", "Number of children must be a number")),
        (number(), "Infinity", ("f-a", "Number of children must be a number")),
        (number(), "1e9", ("f-a", "Number of children must be a number")),
        (number(), "٣", ("f-a", "Number of children must be a number")),
        (number(), "9" * 400, ("f-a", "Number of children must be a number of 15 digits or fewer")),
        (number(label="How many?"), "x", ("f-a", "The answer to “How many?” must be a number")),
        (number(decimalDigits=0), "1.5", ("f-a", "Number of children must be a whole number")),
        (number(decimalDigits=1), "1.25", ("f-a", "Number of children must have no more than 1 decimal place")),
        (number(increment=0.5), "1.2", ("f-a", "Number of children must be a multiple of 0.5")),
        (number(validate={"min": 1}), "0", ("f-a", "Number of children must be 1 or more")),
        (number(validate={"max": "=most"}), "5", ("f-a", "Number of children must be 4 or less")),
        (day("a", dateLabel="Date of birth", **needed()), {"-day": ""}, ("f-a-day", "Enter date of birth")),
        (DATE, {"-day": "31", "-month": "2", "-year": "2026"}, REAL),
        (DATE, {"-day": "0", "-month": "1", "-year": "2026"}, REAL),
        (DATE, {"-day": "1", "-month": "13", "-year": "2026"}, REAL),
        (DATE, {"-day": "1", "-month": "ma", "-year": "2026"}, REAL),
        (DATE, {"-day": "9" * 5000, "-month": "1", "-year": "2026"}, REAL),
        (DATE, {"-day": "x", "-month": "1", "-year": "0000"}, REAL),
        (DATE, {"-day": "1", "-month": "1", "-year": "26"}, ("f-a-year", "Date of birth: the year must have 4 numbers, like 2026")),
        (DATE, {"-day": "1", "-month": "1", "-year": "99999"}, ("f-a-year", "Date of birth: the year must have 4 numbers, like 2026")),
        (DATE, {"-day": "1", "-month": "1", "-year": ""}, ("f-a-year", "Date of birth must include a year")),
        (DATE, {"-day": "1", "-month": "", "-year": ""}, ("f-a-month", "Date of birth must include a month and year")),
        (START, {"-time": "25:00"}, CLOCK),
        (START, {"-time": "13pm"}, CLOCK),
        (START, {"-time": "noon"}, CLOCK),
        (day("a", subtype="datetime"), {"-day": "1", "-month": "7", "-year": "2026"}, ("f-a-time", "A must include a time")),
        (day("a", subtype="datetime"), {"-time": "9am"}, ("f-a-day", "A must include a date")),
        (radio("a", "yes", label="Outcome", **needed()), "", ("f-a", "Select outcome")),
        (radio("a", "yes", label="Outcome"), "maybe", ("f-a", "Select outcome")),
        ({"type": "checkbox", "key": "a", "label": "I agree", **needed()}, "", ("f-a", "Tick “I agree”")),
        ({"type": "checklist", "key": "a", "label": "Agencies", "valuesExpression": "=[]", **needed()}, "", ("f-a", "Select agencies")),
        ({"type": "filepicker", "key": "a", "label": "Minutes", **needed()}, "", ("f-a", "Attach minutes")),
    ],
)  # fmt: skip
def test_what_cannot_be_accepted_gets_a_sentence_at_its_control(component, entered, problem):
    assert value_of(component, entered, {"most": 4}) == problem


@pytest.mark.parametrize(
    ("bounds", "entered", "problem"),
    [
        ({"disallowPassedDates": True}, ("2", "3"), "A must be today or in the future"),
        ({"disallowPassedDates": True}, ("3", "3"), None),
        ({"properties": {"latest": "=today()"}}, ("4", "3"), "A must be today or in the past"),
        ({"properties": {"latest": "=today()"}}, ("3", "3"), None),
        ({"properties": {"latest": "=date(until)"}}, ("2", "4"), "A must be the same as or before 1 April 2026"),
        ({"properties": {"earliest": "=until"}}, ("31", "3"), "A must be the same as or after 1 April 2026"),
        ({"properties": {"latest": "=today()", "latestMessage": "Enter a day that is over"}}, ("4", "3"), "Enter a day that is over"),
        ({"properties": {"latest": "=unknown"}}, ("4", "3"), None),
    ],
)
def test_a_date_has_an_earliest_and_a_latest_day(bounds, entered, problem):
    raw = {"-day": entered[0], "-month": entered[1], "-year": "2026"}

    found = value_of(day("a", **bounds), raw, {"until": "2026-04-01"})

    assert found == (("f-a-day", problem) if problem else f"2026-{int(entered[1]):02}-{int(entered[0]):02}")


def test_a_pattern_that_never_ends_is_stopped_and_told_as_a_wrong_format():
    assert value_of(text("a", validate={"pattern": "^(a+)+$"}), "a" * 40 + "!") == ("f-a", "A is not in the right format")


@pytest.mark.parametrize("kind", ["textfield", "textarea"])
def test_two_hundred_kilobytes_of_text_are_taken(kind):
    words = "word and <b>more</b> " * 10_000

    assert value_of({"type": kind, "key": "a", "label": "A"}, words) == words.strip()


OPTIONS = "=for p in people return {label: p.name, value: p}"
PEOPLE = [{"name": "Ann", "job": 1}, {"name": "Bea", "job": 2}]


def test_an_option_may_be_any_value():
    form = form_of({"type": "checklist", "key": "a", "label": "A", "valuesExpression": OPTIONS})
    filled = forms.fill(form, {"people": PEOPLE})
    bea = filled.blocks[0].options[1]

    assert [option.label for option in filled.blocks[0].options] == ["Ann", "Bea"]
    assert forms.submit(form, {"people": PEOPLE}, {"f-a": ["", bea.entry, bea.entry]}) == {"a": [PEOPLE[1]]}
    with pytest.raises(Invalid):
        forms.submit(form, {"people": PEOPLE[:1]}, {"f-a": [bea.entry]})


def test_true_is_not_one_and_the_text_is_not_the_number():
    form = form_of({"type": "radio", "key": "a", "label": "A", "valuesExpression": '=[1, true, "2", 2.5]'})

    assert [forms.fill(form, {"a": known}).blocks[0].entered for known in (True, 1, "1", 2.5)] == [
        {"": ["true"]}, {"": ["1"]}, {"": ["1"]}, {"": ["2.5"]},
    ]  # fmt: skip
    assert forms.submit(form, {}, {"f-a": ["true"]}) == {"a": True}


def test_options_may_be_a_variable_of_plain_values():
    form = form_of({"type": "select", "key": "a", "label": "A", "valuesKey": "known.years"})
    variables = {"known": {"years": [2025, 2026, None, ""]}}

    assert [option.label for option in forms.fill(form, variables).blocks[0].options] == ["2025", "2026"]
    assert forms.submit(form, variables, {"f-a": ["2026"]}) == {"a": 2026}


@pytest.mark.parametrize("variables", [{}, {"known": 3}, {"known": {"years": "x"}}, {"known": {"years": {"a": 1}}}])
def test_options_that_are_missing_are_none(variables):
    form = form_of({"type": "select", "key": "a", "label": "A", "valuesKey": "known.years"})

    assert forms.fill(form, variables).blocks[0].options == []


PDF, EXE = {"id": "1", "name": "Minutes.PDF", "size": 3}, {"id": "2", "name": "run.exe", "size": 4}


def test_files_are_named_by_the_documents_that_were_made_of_them():
    form = form_of({"type": "filepicker", "key": "a", "label": "Minutes", "multiple": True, "accept": ".pdf, .docx"})

    assert forms.submit(form, {}, {}, {"f-a": [PDF]}) == {"a": [PDF]}
    assert forms.submit(form, {"a": [PDF]}, {}, {"f-a": [PDF]}) == {"a": [PDF]}
    with pytest.raises(Invalid, match=r"“run\.exe” must be a file of one of these kinds: \.pdf or \.docx"):
        forms.submit(form, {}, {}, {"f-a": [PDF, EXE]})


def test_one_file_is_not_two():
    form = form_of({"type": "filepicker", "key": "a", "label": "Minutes"})

    with pytest.raises(Invalid, match="Minutes takes one file"):
        forms.submit(form, {}, {}, {"f-a": [PDF, EXE]})


@pytest.mark.parametrize(
    ("component", "value", "lines"),
    [
        (text("a"), "x", ["x"]),
        (text("a"), None, []),
        ({"type": "textarea", "key": "a", "label": "A"}, "one\n\ntwo", ["one", "", "two"]),
        (number(), 1200, ["1,200"]),
        (day("a"), "2026-03-03", ["3 March 2026"]),
        (day("a"), "soon", ["soon"]),
        (day("a", subtype="time"), "14:30", ["14:30"]),
        (day("a", subtype="datetime"), "2026-07-01T08:00Z", ["1 July 2026 at 09:00"]),
        ({"type": "checkbox", "key": "a", "label": "A"}, True, ["Yes"]),
        (radio("a", "yes"), "yes", ["Yes"]),
        (radio("a", "yes"), "gone", ["gone"]),
        ({"type": "checklist", "key": "a", "label": "A", "valuesExpression": "=[1, 2]"}, [1, 2], ["1", "2"]),
        ({"type": "checklist", "key": "a", "label": "A", "valuesExpression": "=[]"}, [{"name": "Ann"}], ["Ann"]),
        ({"type": "filepicker", "key": "a", "label": "A"}, [PDF], ["Minutes.PDF"]),
    ],
)
def test_a_fact_is_said_in_words(component, value, lines):
    (block,) = forms.fill(form_of({**component, "readonly": True}), {"a": value}).blocks

    assert block.said == lines


@pytest.mark.parametrize("known", [None, 3, "text", "2026-02-31", "24:61", True, [], [1], {}, {"a": 1}, [{"id": 1}], 1e300, -0.0])
@pytest.mark.parametrize(
    "kind", ["textfield", "textarea", "number", "checkbox", "radio", "checklist", "filepicker", "date", "time", "datetime"]
)
def test_a_known_value_of_any_kind_does_no_harm(kind, known):
    component = day("a", subtype=kind) if kind in ("date", "time", "datetime") else {"type": kind, "key": "a", "label": "A"}
    if kind in ("radio", "checklist"):
        component = {**component, "valuesExpression": "=[1, true]"}

    filled = forms.fill(form_of(component), {"a": known})
    fact = forms.fill(form_of({**component, "readonly": True}), {"a": known})

    assert filled.problems == {} or kind == "number"
    assert isinstance(fact.blocks[0].said, list)
