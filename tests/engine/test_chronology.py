"""Merging what several people say of the past."""

from __future__ import annotations

from datetime import date

import pytest

from engine import checks, chronology
from engine.chronology import Source
from tests.diagrams import user_task
from tests.engine.drawn import content, text
from tests.engine.standing import DESCRIPTOR, bundle

SOURCE = Source("do", "= for one in dates return {date: one.on, event: one.what, source: one.book}")
ROWS = {"dates": [{"on": "2025-02-03", "what": "Dug", "book": "log"}, {"on": "2025-02-01", "what": "Sown"}]}


def said(who: str, *days: str) -> list[chronology.Account]:
    return chronology.accounts_in(SOURCE, {"dates": [{"on": day, "what": f"{who} was there"} for day in days]}, who)


def test_accounts_are_put_in_order_and_those_without_a_day_come_last():
    told = chronology.merged([*said("Wim", "2025-02-03", "", "2025-01-01"), *said("Ann", "2025-02-03")])

    assert [(one.day, one.who) for one in told] == [
        (date(2025, 1, 1), "Wim"), (date(2025, 2, 3), "Ann"), (date(2025, 2, 3), "Wim"), (None, "Wim"),
    ]  # fmt: skip


def test_a_day_of_which_several_speak_is_told_and_one_of_which_one_speaks_twice_is_not():
    told = chronology.merged([*said("Wim", "2025-02-03", "2025-01-01", "2025-01-01", ""), *said("Ann", "2025-02-03", "")])

    assert {one.day for one in told if one.shared} == {date(2025, 2, 3)}


def test_what_is_said_of_a_day_comes_from_the_answers_of_the_form():
    assert chronology.accounts_in(SOURCE, ROWS, "Wim")[0] == chronology.Account(date(2025, 2, 3), "Wim", "Dug", "log", "")


@pytest.mark.parametrize("values", [{}, {"dates": None}, {"dates": "soon"}, {"dates": [None, 3]}, {"dates": [{"on": "2025-13-40"}]}])
def test_what_nobody_can_use_does_no_harm(values):
    assert [one.day for one in chronology.accounts_in(SOURCE, values, "Wim")] in ([], [None], [None, None])


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ('form = "do"\nrows = "= [{date: note}]"', ""),
        ('form = "do"', "needs `form` and `rows`"),
        ('form = "do"\nrows = "= for x in"', "The rows from “do” cannot be read"),
        ('form = "sow"\nrows = "= []"', "There is no form “sow”"),
        ('form = "do"\nrows = "= dates"', "The rows read “dates”, which the form “do” does not ask for"),
        ('form = "do"\nrows = "= []"\nwho = "x"', "This is not known here"),
    ],
)
def test_a_source_that_could_not_be_read_is_told_before_deploying(lines, problem):
    files = bundle(user_task("dig", form="do", candidateGroups="secretary"), "asked dig; dig end")
    files |= {"procedure.toml": DESCRIPTOR + f"\n[[chronology]]\n{lines}\n".encode(), "do.form": content(text("note"), id="do")}

    told = " ".join(one.message for one in checks.check(files))

    assert problem in told if problem else told == ""
