"""The lists of terms that a text is searched for before it leaves the committee (section 8; R14, R143)."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import terms

FOLDER = Path(__file__).parent.parent.parent / "bpmn" / "learning_review" / "lists"
LISTS = {path.stem: terms.read(path.read_bytes(), f"lists/{path.name}") for path in FOLDER.glob("*.txt")}


def test_every_list_can_be_read():
    assert {"councils", "places", "services", "initials"} <= set(LISTS)
    assert [problem for _, problems in LISTS.values() for problem in problems] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("councils", "Midlothian’s own team"),
        ("councils", "Write to office@eastlothian.gov.uk"),
        ("councils", "ELHSCP and others"),
        ("places", "a flat in NORTH BERWICK"),
        ("places", "Penicuik"),
        ("places", "EH22 3AB"),
        ("services", "Sunnyside Primary School"),
        ("services", "the nearest Royal Infirmary"),
        ("services", "Forthview Care Home’s manager"),
        ("initials", "J.S. was seen"),
        ("initials", "Dr Young called"),
    ],
)
def test_what_could_tell_the_council_area_or_a_person_is_found(name, text):
    assert list(terms.find(text, [LISTS[name][0]]))


def test_an_ordinary_sentence_of_a_report_is_left_alone():
    text = (
        "The adult was seen at the hospital by a doctor, e.g. at 10 a.m., and the school shared what it knew with the social worker. "
        "Practitioners said that they lacked time. The review team heard from four agencies across both council areas."
    )

    assert [found.term for found in terms.find(text, [found for found, _ in LISTS.values()])] == []
