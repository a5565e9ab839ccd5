"""Two rules that apply together are found at deployment, and what no rule is for can be told; neither by evaluating anything."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine import dmn
from engine.dmn import cells
from tests.engine.decided import decision, model, table


def rows(*inputs: str) -> list[tuple[list[str], list[str]]]:
    """Rules that ask this of each input, with bars between: "< 18 | true"."""
    return [([cell.strip() for cell in one.split("|")], [str(number)]) for number, one in enumerate(inputs)]


def problems(asked: Sequence[str], *rules: str, policy: str = "UNIQUE", values: str = "") -> list[str]:
    said = {"values": values} if values else {}
    drawn = table(rows(*rules), asked, policy=policy, **said)
    return [problem.message for problem in dmn.read(model(decision("d", drawn)), "d.dmn")[1]]


def gap(asked: Sequence[str], *rules: str, policy: str = "UNIQUE", **said: str) -> str | None:
    return dmn.gaps(model(decision("d", table(rows(*rules), asked, policy=policy, **said))), "d.dmn").get("d")


OVERLAPS = [
    (["n"], ["< 18", "[17..20]"], "n is 17"),
    (["n"], ["<= 18", ">= 18"], "n is 18"),
    (["n"], ["> 5", "< 6"], "n is 5.5"),
    (["n"], ["-1.5", "< 0"], "n is -1.5"),
    (["n"], ["1, 2, 3", "(2..4]"], "n is 3"),
    (["n"], ["not(1)", "not(2)"], "n is 0"),
    (["word"], ['"a","b"', '"b"'], 'word is "b"'),
    (["word"], ['not("a")', '"b, c"'], 'word is "b, c"'),
    (["yes"], ["true", "not(false)"], "yes is true"),
    (["day"], ['< date("2026-03-04")', '>= @"2026-03-03"'], "day is 2026-03-03"),
    (["n", "word"], ['>= 18 | "a"', '- | "a"'], 'n is 18 and word is "a"'),
    (["n", "word"], ["- | -", '1 | "a"'], 'n is 1 and word is "a"'),
    (["n", "n"], [">= 1 | <= 9", ">= 9 | <= 20"], "n is 9"),
    (["a.b", "a.c"], ["1 | 2", "1 | -"], "a.b is 1 and a.c is 2"),
]


@pytest.mark.parametrize(("asked", "rules", "example"), OVERLAPS, ids=lambda case: str(case))
def test_two_rules_that_apply_together_are_named_with_an_example(asked: list[str], rules: list[str], example: str) -> None:
    assert problems(asked, *rules) == [
        f"Rules 1 and 2 both apply, for example where {example}. The hit policy UNIQUE allows one: change a rule, or choose FIRST."
    ]
    assert problems(asked, *rules, policy="FIRST") == []


APART = [
    (["n"], ["< 18", ">= 18"]),
    (["n"], ["[1..5]", "]5..9]"]),
    (["n"], ["[1..5[", "[5..9]"]),
    (["n"], ["1, 2", "not(1, 2)"]),
    (["word"], ['"a"', '"b"', 'not("a", "b")']),
    (["word"], ['not("a")', 'not("b")']),  # there may be no other word
    (["yes"], ["true", "false"]),
    (["day"], ['< date("2026-03-04")', '>= date("2026-03-04")']),
    (["n", "n"], [">= 18 | -", "- | < 10"]),  # one input, asked twice
    (["n", "word"], ['1 | "a"', '1 | "b"', '2 | "a"']),
    (["n"], ['"1"', "1"]),
]
UNCERTAIN = [
    (["n"], ["? > 5", "6"]),
    (["n"], ["> limit", "7"]),
    (["n + 1"], ["1", "1"]),
    (["a", "a.b"], ["- | 1", "- | 1"]),
    (["day"], ['duration("P1D")', '"P1D"']),
    (["word"], ['< "b"', '"a"']),
]


@pytest.mark.parametrize(("asked", "rules"), APART + UNCERTAIN, ids=lambda case: str(case))
def test_rules_that_exclude_each_other_or_cannot_be_compared_are_no_problem(asked: list[str], rules: list[str]) -> None:
    assert problems(asked, *rules) == []


def test_what_an_input_may_not_be_is_no_example() -> None:
    assert problems(["n"], "not(1)", "not(2)", values="1,2") == []
    assert len(problems(["n"], "not(1)", "not(2)", values="1,2,3")) == 1


def test_of_many_overlaps_the_first_are_told() -> None:
    assert len(problems(["n"], *["-"] * 9)) == 3
    assert problems(["n"], "-", "-")[0].startswith("Rules 1 and 2 both apply, whatever is asked. ")


GAPS = [
    (["n"], ["< 18", "> 18"], " where n is 18"),
    (["n"], ["[0..10]"], " where n is -1"),
    (["n"], ["<= 5", ">= 6"], None),  # whole numbers are meant
    (["n"], ["<= 5", ">= 7"], " where n is 6"),
    (["word"], ['"a"', '"b"'], " where word is something else"),
    (["word"], ['"a"', 'not("a")'], None),
    (["yes"], ["true"], " where yes is false"),
    (["yes", "n"], ["true | -", "false | < 3"], " where yes is false and n is 3"),
    (["n"], ["-"], None),
    (["n"], ["? > 5", "< 3"], None),
    (["day"], ['< date("2026-03-04")', '> date("2026-03-04")'], " where day is 2026-03-04"),
]


@pytest.mark.parametrize(("asked", "rules", "example"), GAPS, ids=lambda case: str(case))
def test_an_input_that_no_rule_is_for_is_found(asked: list[str], rules: list[str], example: str | None) -> None:
    assert gap(asked, *rules) == example


def test_a_table_that_gives_a_default_or_a_list_has_no_gap() -> None:
    assert gap(["yes"], "true", default="0") is None
    assert gap(["yes"], "true", policy="COLLECT") is None
    assert gap(["word"], '"a"', values='"a"') is None


def test_a_search_that_takes_too_long_is_given_up() -> None:
    asked = [f"n{number}" for number in range(12)]
    cells_of = [" | ".join(["-"] * at + [f"< {number}"] + ["-"] * (11 - at)) for at in range(12) for number in range(3)]

    assert gap(asked, *cells_of) in (None, " where " + ", ".join(f"{n} is 2" for n in asked[:-1]) + f" and {asked[-1]} is 2")


@pytest.mark.parametrize("text", ["> 1 <", "1 2", "not(", "[1..", '"a" + "b"', "1,", "date(x)", "-5..3"])
def test_what_is_no_plain_cell_is_not_guessed_at(text: str) -> None:
    assert cells.read(text) is None
