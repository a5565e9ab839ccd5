"""The outbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine import clock, database, outbox
from engine.models import Letter, LetterState, ProcessInstance
from tests.visitors import Visitor
from tests.web.errands import Errands

SignIn = Callable[..., Visitor]


@pytest.fixture
def write(errands: Errands) -> Callable[..., int]:
    """Puts a letter of a case into the outbox: write(reference, subject="…"); its number."""

    def put(reference: str, **said: Any) -> int:
        with database.transaction(errands.sessions) as db:
            case = db.scalars(select(ProcessInstance).where(ProcessInstance.business_key == reference)).one()
            letter = Letter(
                **{
                    "key": f"{reference} {said}", "instance_id": case.id, "template": "x",
                    "to_name": "Rab Orr", "to_email": "rab@example.org",
                    "subject": "Your errand", "body": "Dear *Rab*", "written_at": clock.now(), "next_try_at": clock.now(), **said,
                }
            )  # fmt: skip
            db.add(letter)
            db.flush()
            return letter.id

    return put


def test_many_letters_are_shown_a_page_at_a_time(errands: Errands, sign_in: SignIn, write: Callable[..., int]) -> None:
    reference, other = errands.ask(), errands.ask()
    for number in range(120):
        write(reference, subject=f"Letter {number}", written_at=clock.now() - timedelta(days=number))
    write(other, subject="Of another case")
    leila = sign_in(errands.leila)

    def shown(address: str) -> list[str]:
        return [link.text_content() for link in leila.open(address).page.xpath("//*[contains(@class, 'app-letters__subject')]/a")]

    assert shown("/outbox")[:2] == ["Of another case", "Letter 0"]
    assert "121 letters, page 1 of 3" in leila.text
    (onwards,) = leila.page.xpath("//nav[@aria-label='Pages of the outbox']//a[normalize-space()='2']/@href")
    assert shown(onwards)[0] == "Letter 49"
    assert shown(f"/outbox?case={reference}&page=3") == [f"Letter {number}" for number in range(100, 120)]
    assert shown(f"/outbox?case={other}") == ["Of another case"]
    assert shown("/outbox?page=900") == shown("/outbox?page=3")
    assert shown("/outbox?case=NONE-1") == []
    assert "No letter of this case is for you to read" in leila.text


def test_letters_are_listed_the_newest_first(errands: Errands, sign_in: SignIn, write: Callable[..., int]) -> None:
    reference = errands.ask()
    write(reference, subject="First")
    write(reference, subject="Second", state=LetterState.SENT, sent_at=clock.now())
    write(reference, subject="Third", state=LetterState.FAILED)

    leila = sign_in(errands.leila).open("/outbox")

    subjects = [link.text_content() for link in leila.page.xpath("//*[contains(@class, 'app-letters__subject')]/a")]
    assert subjects == ["Third", "Second", "First"]
    assert "To Rab Orr rab@example.org" in leila.text
    for state in ("Could not be sent", "Sent", "Waiting to be sent"):
        assert state in leila.text


def test_the_letters_of_one_case_can_be_read_alone(errands: Errands, sign_in: SignIn, write: Callable[..., int]) -> None:
    one, other = errands.ask(), errands.ask()
    write(one, subject="About the one")
    write(other, subject="About the other")

    leila = sign_in(errands.leila).open(f"/outbox?case={one}")

    assert "About the one" in leila.text
    assert "About the other" not in leila.text


def test_an_older_letter_than_the_list_has_is_found_in_its_case_and_by_its_link(
    errands: Errands, sign_in: SignIn, write: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "NEWEST", 1)
    one, other = errands.ask(), errands.ask()
    number = write(one, subject="The older one")
    write(other, subject="The newer one")
    leila = sign_in(errands.leila)

    assert "The older one" not in leila.open("/outbox").text
    assert "The older one" in leila.open(f"/outbox?case={one}").text
    assert "The older one" in leila.open(f"/outbox/{number}").text
    assert sign_in(errands.stranger).open(f"/outbox/{number}").answer.status_code == 404


def test_a_letter_is_shown_as_it_reads_and_nothing_in_it_runs(errands: Errands, sign_in: SignIn, write: Callable[..., int]) -> None:
    reference = errands.ask()
    number = write(reference, body="Dear *Rab*\n\n<script>alert(1)</script>\n\n[here](javascript:alert(1))")

    leila = sign_in(errands.leila).open(f"/outbox/{number}")

    assert leila.page.xpath("//article//em")[0].text_content() == "Rab"
    assert not leila.page.xpath("//article//script | //article//a")
    assert "Waiting to be sent" in leila.text
    assert leila.links(f"Case {reference}") == [f"/cases/{reference}"]


def test_letters_do_not_exist_for_those_who_may_not_open_their_case(errands: Errands, sign_in: SignIn, write: Callable[..., int]) -> None:
    number = write(errands.ask(), subject="Not for everyone")
    iain = sign_in(errands.iain)

    assert "Not for everyone" not in iain.open("/outbox").text
    assert iain.open(f"/outbox/{number}").answer.status_code == 404
    assert sign_in(errands.leila).open("/outbox/999999").answer.status_code == 404


def test_a_letter_to_oneself_may_be_read_without_its_case(errands: Errands, sign_in: SignIn, write: Callable[..., int]) -> None:
    reference = errands.ask()
    number = write(reference, to_email=errands.iain.email)

    iain = sign_in(errands.iain).open(f"/outbox/{number}")

    assert "Dear Rab" in iain.text
    assert iain.links(f"Case {reference}") == []
