"""Looking for terms in texts."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import terms
from engine.terms import TermList


def listed(*lines: str) -> TermList:
    found, problems = terms.read("\n".join(lines).encode(), "lists/places.txt")
    assert problems == []
    return found


def found(text: str, *lines: str) -> list[str]:
    return [one.term for one in terms.find(text, [listed(*lines)])]


@pytest.mark.parametrize(
    "text",
    [
        "She lives in Tranent.", "TRANENT", "tranent", "Tranent's school", "Tranent’s", "the Tranents", "the Tranents’ house", "(Tranent)",
        "pre-Tranent", "Tranent/Elphinstone", "Trane\u00adnt", "Tran\u200bent", "Tránent", "Ｔranent",
    ],
)  # fmt: skip
def test_a_term_is_found_however_it_is_written(text):
    assert found(text, "Tranent") == ["Tranent"]


@pytest.mark.parametrize("text", ["Tranenty", "Cotranent", "Tranentish", "tran ent", "", "Tranent_2"])
def test_a_part_of_another_word_is_no_term(text):
    assert found(text, "Tranent") == []


@pytest.mark.parametrize("text", ["North Berwick", "north  berwick", "North\nBerwick", "North-Berwick", "North Berwick’s"])
def test_the_words_of_a_term_may_be_apart(text):
    assert found(text, "North Berwick") == ["North Berwick"]


def test_of_several_terms_in_one_place_the_longest_is_told():
    assert found("East Lothian Council met in East Lothian.", "East Lothian", "East Lothian Council", "Lothian") == [
        "East Lothian Council",
        "East Lothian",
    ]


def test_a_star_is_one_word_and_a_question_mark_one_letter():
    assert found("He went to Pinkie St Peter's Primary School", "* Primary School") == ["* Primary School"]
    assert found("J.S. and EH41 3XY, not EH411", "?.?.", "EH41 *") == ["?.?.", "EH41 *"]
    assert found("a 1.2. list", "?.?.") == []


def test_stars_side_by_side_take_no_time_on_a_text_made_for_it():
    began = process_time()

    assert found("-".join("a" * 2000), "*-*-*x") == []

    assert process_time() - began < 5


def test_what_is_not_meant_is_left_out():
    assert found("e.g. J.S.", "?.?.", "!e.g.") == ["?.?."]


def test_the_excerpt_shows_what_stands_around():
    text = "x" * 100 + " in\nthe Tránent school " + "y" * 100

    [one] = terms.find(text, [listed("Tranent")])

    assert one.excerpt.startswith("…xxx")
    assert " in the Tránent school " in one.excerpt
    assert one.excerpt.endswith("yyy…")


def test_a_name_is_found_as_a_whole_and_by_its_parts():
    known = [terms.names(["Jo Ann  McLeod (née Park)", "de la Mare", "", "*"])]

    said = [one.term for one in terms.find("jo ann mcleod; Ms Park; the mare; Ann’s and Jo", known)]

    assert said == ["Jo", "Ann", "McLeod", "Park", "Mare", "Ann", "Jo"]
    assert [one.term for one in terms.find("Jo Ann McLeod (nee Park) and de la Mare", known)] == ["Jo Ann McLeod (née Park)", "de la Mare"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (b"\xff", "Save it as UTF-8"),
        (b"# nothing\n", "There is no term in this list"),
        (b"Tranent\n*\n", "In line 2, “*”: this fits every word"),
        (b"Tranent\n@home\n", "In line 2, “@home”: a term begins with a letter"),
        (b"x" * 201, "a term has at most 200 letters"),
    ],
)
def test_what_is_wrong_with_a_list_is_said_with_the_cure(lines, said):
    assert said in " ".join(problem.message for problem in terms.read(lines, "lists/places.txt")[1])


@given(st.text(max_size=200), st.lists(st.text(max_size=30), max_size=5))
def test_nothing_is_too_odd_to_be_looked_for(text, wanted):
    read, _ = terms.read("\n".join(wanted).encode("utf-8", "replace"), "lists/x.txt")

    assert all(one.excerpt is not None for one in terms.find(text, [read, terms.names(wanted)]))


@given(st.text(alphabet="abc .-'\u00e9\u0301", max_size=40))
def test_every_name_is_found_in_a_text_that_has_it(name):
    if not any(letter.isalpha() for letter in name[:1]):
        return

    assert list(terms.find(f"so {name} was here", [terms.names([name])]))
