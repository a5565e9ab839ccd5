"""Naming a deputy on the site."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from engine import clock
from tests.visitors import Visitor
from tests.web.errands import Errands

SignIn = Callable[..., Visitor]


def dates(first: int, last: int) -> dict[str, str]:
    """So many days from today, as they are typed."""
    days = {"starts_on": clock.today() + timedelta(days=first), "ends_on": clock.today() + timedelta(days=last)}
    return {f"{name}-{part}": str(getattr(day, part)) for name, day in days.items() for part in ("day", "month", "year")}


def test_a_colleague_does_the_task_and_the_timeline_tells_for_whom(errands: Errands, sign_in: SignIn) -> None:
    reference = errands.ask()
    assert "Look into it" not in sign_in(errands.stranger).open("/tasks").text

    named = sign_in(errands.leila).open("/account").send(
        {"group": "clerk", "email": errands.stranger.email, "reason": "Leave", **dates(0, 3)}, button="Name this deputy"
    )  # fmt: skip
    assert "Una Strang acts for you" in named.text

    deputy = sign_in(errands.stranger)
    assert "You act for Leila Khan" in deputy.open("/account").text
    assert "Look into it" in deputy.open("/tasks").text
    deputy.open(errands.page(reference)).send({}, form="//form[contains(@action, '/claim')]")
    assert "Una Strang, for Leila Khan, took on “Look into it”" in sign_in(errands.leila).open(f"/cases/{reference}/timeline").text

    sign_in(errands.leila).open("/account").send({}, form="//form[contains(@action, '/end')]")
    assert deputy.open(f"/cases/{reference}").answer.status_code == 404
    assert "Look into it" not in deputy.open("/tasks").text


def test_what_is_wrong_is_said_and_what_was_typed_stays(errands: Errands, sign_in: SignIn) -> None:
    page = sign_in(errands.leila).open("/account").send({"group": "clerk", "email": "nobody", "reason": "Leave", "starts_on-day": "40"})

    assert page.answer.status_code == 422
    assert len(page.problems) == 3
    assert "nobody" in page.answer.text
    assert "Leave" in page.answer.text


def test_who_holds_no_role_is_told_so(errands: Errands, sign_in: SignIn) -> None:
    assert "You hold no role that a deputy could act as" in sign_in(errands.stranger).open("/account").text
