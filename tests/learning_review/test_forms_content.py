"""The forms and letters of the Learning Review: complete, kind, plain, and without anyone's data in an email."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engine import clock, forms, letters
from tests.learning_review.filled_in import CASE, NOTIFICATION, entries

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "forms/learning_review"
DIAGRAMS = ROOT / "bpmn/learning_review"
DRAWN: dict[str, Any] = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.form"))}
LETTERS = {path.stem: letters.read(path.read_bytes(), path.name) for path in sorted(FOLDER.glob("letters/*.md"))}
PAPERS = {path.stem for path in FOLDER.glob("documents/*.md")}
E_MAILS = sorted(LETTERS.keys() - {"signpost_complaints"})

COMMITTEE = "East Lothian and Midlothian Public Protection"
HARSH = re.compile(
    r"\b(at fault|fault of|your fault|blam\w+|culprit|guilt\w*|fail(s|ed|ing|ure|ures)?\b|should have|ought to have|mistake"
    r"|negligen\w+|incompeten\w+|careless\w*)",
    re.IGNORECASE,
)
LONGEST_SENTENCE = 40
ASKS = re.compile(r"^(Enter|Select|Attach|Confirm|Add|Record|Explain) ")


def form(name: str) -> forms.Form:
    """A form of the Learning Review."""
    read, problems = forms.read((FOLDER / f"{name}.form").read_bytes(), f"{name}.form")
    assert problems == []
    return read


def components(drawn: Any, within: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every component of a form, with the list it stands in."""
    for one in drawn["components"]:
        yield within, one
        if "components" in one:
            yield from components(one, one["path"] if one["type"] == "dynamiclist" else within)


COMPONENTS = [(name, within, one) for name, drawn in DRAWN.items() for within, one in components(drawn)]


def words_of(one: dict[str, Any]) -> Iterator[str]:
    """Everything that people read in a component."""
    yield from (one[part] for part in ("label", "dateLabel", "timeLabel", "description", "text") if part in one)
    yield from (option["label"] for option in one.get("values", []))
    yield from (value for name, value in one.get("properties", {}).items() if name.endswith("Message") or name in ("hint", "rowName"))


READ = [(name, text) for name, _, one in COMPONENTS for text in words_of(one)]
READ += [(name, f"{template.subject}\n\n{template.body}") for name, (template, _) in LETTERS.items()]


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text in Markdown, its FEEL left out."""
    plain = re.sub(r"\{\{.*?\}\}(?!\})", " it ", re.sub(r"\{\{[#/].*?\}\}", " ", text))
    for paragraph in re.split(r"\n\s*\n|\n\s*- |\n#+ ", plain):
        yield from re.split(r"(?<=[.?!:;])\s+", paragraph)


def problems_of(name: str, answers: dict[str, Any], **variables: Any) -> dict[str, str]:
    """What is said about these answers, by control."""
    return forms.fill(form(name), variables, entries(answers)).problems


def asked(name: str, answers: dict[str, Any], **variables: Any) -> set[str]:
    """The keys of the questions that a person with these answers is asked."""
    filled = forms.fill(form(name), variables, entries(answers))
    return {re.split("-|__", field.name)[-1] for block in filled.blocks for field in block.fields() if not field.readonly}


# What is there


@pytest.mark.parametrize("name", DRAWN)
def test_every_form_is_in_order(name):
    assert form(name).id == name


def test_every_form_letter_and_document_is_used_and_none_is_missing():
    diagrams = "".join(path.read_text(encoding="utf-8") for path in DIAGRAMS.glob("*.bpmn"))
    starts = tomllib.loads((DIAGRAMS / "procedure.toml").read_text(encoding="utf-8"))["start"]
    signposts = {post["letter"] for start in (starts if isinstance(starts, list) else [starts]) for post in start.get("signpost", [])}

    assert set(re.findall(r'formId="(\w+)"', diagrams)) == DRAWN.keys()
    assert set(re.findall(r'key="template" value="(\w+)"', diagrams)) | signposts == LETTERS.keys() | PAPERS


def test_agencies_to_choose_from_are_those_of_the_procedure():
    known = tomllib.loads((DIAGRAMS / "procedure.toml").read_text(encoding="utf-8"))["organisations"]
    to_ask = next(one for within, one in components(DRAWN["agency_scoping"]) if (within, one.get("key")) == ("agencies", "key"))

    assert {option["value"] for option in to_ask["values"]} == known.keys()


def test_no_question_is_asked_twice_in_a_form():
    for name, drawn in DRAWN.items():
        keys = [(within, one.get("key") or one.get("path")) for within, one in components(drawn) if "key" in one or "path" in one]
        assert len(keys) == len(set(keys)), name


def test_every_component_has_an_id_of_its_own():
    for name, drawn in DRAWN.items():
        ids = [drawn["id"], *(one["id"] for _, one in components(drawn))]  # the form's own is taken too: Camunda Modeler refuses it twice
        assert len(ids) == len(set(ids)), name


def test_everything_that_must_be_answered_says_how():
    silent = [
        (name, one["id"])
        for name, _, one in COMPONENTS
        if one.get("validate", {}).get("required") and not ASKS.match(one.get("properties", {}).get("requiredMessage", ""))
    ]

    assert silent == []


def test_limits_of_dates_and_patterns_are_explained():
    silent = [
        (name, one["id"])
        for name, _, one in COMPONENTS
        for limit, message, explained in (
            ("earliest", "earliestMessage", one.get("properties", {})),
            ("latest", "latestMessage", one.get("properties", {})),
            ("pattern", "patternErrorMessage", one.get("validate", {})),
        )
        if limit in explained and not explained.get(message)
    ]

    assert silent == []


def test_every_text_that_people_type_has_a_limit():
    endless = [
        (name, one["id"])
        for name, _, one in COMPONENTS
        if one["type"] in ("textfield", "textarea") and not one.get("readonly") and "maxLength" not in one["validate"]
    ]

    assert endless == []


def test_keys_and_values_are_written_alike():
    plain = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*(\.[a-z0-9]+(_[a-z0-9]+)*)?")
    names = [key for _, _, one in COMPONENTS for key in (one.get("key"), one.get("path")) if key]
    names += [option["value"] for _, _, one in COMPONENTS for option in one.get("values", [])]

    assert [name for name in names if not plain.fullmatch(name)] == []


# How it reads


def test_nothing_finds_fault_with_anyone():
    assert [(name, text) for name, text in READ if HARSH.search(text)] == []


def test_sentences_are_short_enough_to_be_read_under_strain():
    long = [(name, sentence) for name, text in READ for sentence in sentences(text) if len(sentence.split()) > LONGEST_SENTENCE]
    lengths = [len(sentence.split()) for _, text in READ for sentence in sentences(text)]

    assert long == []
    assert sum(lengths) / len(lengths) < 12


@pytest.mark.parametrize("name", ["agency_report", "meeting_record", "notification", "recommendation"])
def test_long_accounts_are_asked_for_with_care(name):
    said = " ".join(text for whose, text in READ if whose == name)

    assert "what people knew, what they had to work with" in said


@pytest.mark.parametrize("name", DRAWN)
def test_a_form_can_be_read_whatever_is_known(name):
    with clock.moved_to(datetime(2026, 4, 15, 9, tzinfo=UTC)):
        for variables in ({}, CASE):
            filled = forms.fill(form(name), variables)
            said = [field for block in filled.blocks for field in seen(block)]

            assert [text for text in said if "{{" in text or "null" in text or re.search(r"\b\d{4}-\d\d-\d\d\b", text)] == []


def seen(block: forms.Block) -> Iterator[str]:
    """The texts, facts and tables that are shown."""
    if block.hidden:
        return
    yield block.text
    yield from (cell for row in block.cells for cell in row)
    if block.readonly:
        yield from block.said
    for inside in [*block.blocks, *(inner for row in block.rows for inner in row.blocks)]:
        yield from seen(inside)


# The notification


def test_a_family_member_is_asked_nothing_more():
    filled = forms.fill(form("notification"), {"by_office": False}, entries({"capacity": "family"}))

    assert [page.slug for page in filled.pages] == ["sender"]
    assert filled.problems == {}
    assert filled.values == {"capacity": "family"}


def test_a_practitioner_can_notify():
    with clock.moved_to(datetime(2026, 3, 3, 9, tzinfo=UTC)):
        handed_in = forms.submit(form("notification"), {"by_office": False}, entries(NOTIFICATION))

    assert handed_in["notifier"]["email"] == "ann.lee@example.org"
    assert [person["name"] for person in handed_in["subjects"]] == ["Ailsa Grant", "Jean Grant"]
    assert handed_in["subjects"][0]["died_on"] == "2026-02-20"
    assert handed_in["declaration"] is True
    assert "received_on" not in handed_in


def test_only_the_office_enters_what_reached_it_another_way():
    assert "keyed_in" not in asked("notification", {}, by_office=False)
    assert {"keyed_in", "capacity"} == asked("notification", {}, by_office=True) & {"keyed_in", "received_on", "capacity"}
    assert {"received_on", "original_file"} <= asked("notification", {"keyed_in": "yes"}, by_office=True)


@pytest.mark.parametrize(
    ("born", "expected"), [("2012-05-01", {"cpr"}), ("2009-01-01", {"asp", "cpr"}), ("1980-01-01", {"asp"})], ids=["13", "17", "46"]
)
def test_each_person_is_asked_about_by_age_at_the_time(born, expected):
    answers = {"happened_on": "2026-02-20", "subjects": [{"birth": "exact", "born": born}]}

    assert asked("notification", answers) & {"asp", "cpr"} == expected


def test_nobody_dies_before_being_born_or_tomorrow():
    person = {"birth": "exact", "born": "2012-05-01", "died": "yes"}
    with clock.moved_to(datetime(2026, 3, 3, 9, tzinfo=UTC)):
        before = problems_of("notification", {"subjects": [{**person, "died_on": "2012-04-30"}]})
        later = problems_of("notification", {"subjects": [{**person, "died_on": "2026-03-04"}]})

    assert before["f-subjects-0-died_on-day"] == "Person 1: the date of death must be on or after the date of birth"
    assert later["f-subjects-0-died_on-day"] == "Person 1: the date of death must be today or in the past"


def test_a_private_mailbox_is_not_taken():
    assert "work email address" in problems_of("notification", {"notifier": {"email": "ann@gmail.com"}})["f-notifier__email"]
    assert "f-notifier__email" not in problems_of("notification", {"notifier": {"email": "ann.lee@example.org"}})


def test_a_concern_about_safety_that_was_not_passed_on_is_pointed_out():
    answers = {"immediate_concerns": "yes", "immediate_passed_on": "no"}
    filled = forms.fill(form("notification"), {}, entries(answers))

    assert any("pass this concern on now" in text for block in filled.blocks for text in seen(block))


# The other forms


def test_not_known_is_an_answer_to_every_fact_that_the_criteria_read():
    certain = {"facts.abuse_factor_in", "facts.no_bearing"}
    facts = [one for _, one in components(DRAWN["criteria_facts"]) if one["type"] == "radio" and one["key"] not in certain]

    assert [one["key"] for one in facts if "unknown" not in {option["value"] for option in one["values"]}] == []


def test_no_bearing_is_asked_only_of_children_on_the_register_or_in_care_and_is_not_taken_for_granted():
    subject = {"subject": {"name": "Ailsa"}, "subject_strands": ["child"]}
    neither = {"cpr": "no", "sibling_cpr": "no", "care_experienced": "no"}

    assert "no_bearing" not in asked("criteria_facts", {"facts": neither}, **subject)
    assert forms.fill(form("criteria_facts"), subject, entries({"facts": {**neither, "cpr": "yes"}})).values["facts"]["no_bearing"] == "no"
    claimed = problems_of("criteria_facts", {"facts": {**neither, "cpr": "yes", "no_bearing": "yes"}}, **subject)
    assert {"f-facts__no_bearing_reason", "f-facts__no_bearing_by"} <= claimed.keys()


@pytest.mark.parametrize(
    ("suggestion", "finding", "is_asked"),
    [("met", "met", False), ("indeterminate", "not_enough_information", False), ("met", "not_met", True), ("indeterminate", "met", True)],
)
def test_a_finding_that_differs_from_the_tables_needs_a_reason(suggestion, finding, is_asked):
    assert ("override_reason" in asked("criteria_decision", {"criteria_finding": finding}, suggestion=suggestion)) is is_asked


def test_what_the_second_decision_needs_is_asked_only_when_there_is_one():
    weighed, views = {"learning_needed", "learning_sufficient", "being_addressed"}, {"consensus", "family_told"}

    assert asked("criteria_decision", {"criteria_finding": "met"}) & (weighed | views) == weighed
    assert asked("criteria_decision", {"criteria_finding": "not_met"}) & (weighed | views) == views
    assert asked("criteria_decision", {"criteria_finding": "not_enough_information", "adjourn": "yes"}) & (weighed | views) == set()


def test_the_second_decision_says_why_and_why_it_is_proportionate():
    missing = problems_of("proceed_decision", {"decision": "proceed"})

    assert {"f-decision_reason", "f-proportionality"} <= missing.keys()


@pytest.mark.parametrize(
    ("name", "rows", "reason"),
    [("agency_scoping", "agencies", "no_agencies_reason"), ("improvement_actions", "actions", "no_actions_reason")],
)
def test_none_is_an_answer_with_a_reason(name, rows, reason):
    assert f"f-{reason}" in problems_of(name, {})
    handed_in = forms.fill(form(name), {}, entries({reason: "Everything is known already."}))

    assert handed_in.values[rows] == []
    assert handed_in.problems == {}


def test_whoever_wrote_a_report_says_why_they_sign_it_themselves():
    me = {"me": {"name": "Rob Innes", "email": "rob@example.org"}}
    own, other = ({"report": {"entered_by": email}, "response": "delegate", **me} for email in ("rob@example.org", "ina@example.org"))

    assert "same_person_reason" in asked("agency_report_sign_off", {"sign_off": "approve"}, **own)
    assert "same_person_reason" not in asked("agency_report_sign_off", {"sign_off": "approve"}, **other)


def test_telling_the_care_inspectorate_leaves_proof():
    missing = problems_of("care_inspectorate", {}, decision="not_proceed")

    assert {"f-ci_submitted_by", "f-ci_submitted_on-day", "f-ci_receipt", "f-ci_proof", "f-ci_reasons"} <= missing.keys()


# The letters


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_can_be_written(name):
    template, problems = LETTERS[name]
    assert problems == []

    subject, body = letters.fill(template, CASE, "Maria Reid")

    assert subject
    assert not re.search(r"\{\{|\}\}|null|\b\d{4}-\d\d-\d\d\b", subject + body)
    assert "Procedure" in body or name == "task_waiting"


@pytest.mark.parametrize("name", E_MAILS)
def test_an_e_mail_carries_nothing_of_the_case(name):
    subject, body = letters.fill(LETTERS[name][0], CASE, "Maria Reid")

    assert CASE["reference"] in subject
    assert (
        LETTERS[name][0]
        .names()
        .isdisjoint({"subjects", "area", "agency", "agency_name", "event_summary", "reports", "identifiers", "notifier"})
    )
    private = ["Lothian", "Midlothian", "Police", "Ailsa", "Jean", "Grant", "NHS Lothian"]
    said = (subject + body).replace(COMMITTEE, "").replace("the police on 101", "")
    assert [word for word in private if word in said] == []


@pytest.mark.parametrize("name", ["invitation", "report_request"])
def test_whoever_is_asked_to_take_part_reads_what_it_is_for_and_who_supports_them(name):
    said = LETTERS[name][0].body

    assert re.search(r"learn(ing)? together|together to learn", said)  # what it is for (section 1; R1)
    assert "how systems worked and at what people knew at the time" in said
    for support in ("supervision", "Lead Officer"):  # where staff find support (section 2; R15)
        assert support in said


def test_families_are_shown_where_to_turn():
    template, _ = LETTERS["signpost_complaints"]

    assert template.names() == frozenset()
    for help_ in ("999", "101", "complain", "Ombudsman", "advocate", "no case has been opened"):
        assert help_ in template.body
