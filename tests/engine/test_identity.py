"""Accounts, signing in and out, and how often somebody may try."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from engine import clock, identity
from engine.database import Sessions, transaction
from engine.errors import Invalid, TooMany
from engine.identity import passwords
from engine.models import Attempt, Person, SignIn
from tests.engine.rows import instance

PASSWORD = "a long walk by the sea"
WRONG = "a short walk by the sea"


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real settings make a guess expensive, and every test that signs in with it."""
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def rosa(db: Session) -> Person:
    return identity.add_person(
        db, email="Rosa.Field@Example.org", name="Rosa Field", password=PASSWORD, groups=["gardener", "warden:north"]
    )


def sign_in(db: Session, password: str = PASSWORD, *, email: str = "rosa.field@example.org", address: str = "192.0.2.1") -> str:
    return identity.sign_in(db, email, password, address=address)


def fail(db: Session, *, email: str = "rosa.field@example.org", address: str = "192.0.2.1") -> str:
    with pytest.raises(Invalid) as caught:
        sign_in(db, WRONG, email=email, address=address)
    return str(caught.value)


def test_whoever_knows_the_password_is_signed_in_with_all_their_groups(db, rosa):
    case = instance(db)
    identity.join(db, rosa, "reviewer", case)

    actor = identity.actor_of(db, sign_in(db, email="  ROSA.field@example.ORG "))

    assert actor is not None
    assert (actor.id, actor.name, actor.email) == (rosa.id, "Rosa Field", "rosa.field@example.org")
    assert actor.groups == {"gardener", "warden:north"}
    assert actor.groups_in(case.id) == {"gardener", "warden:north", "reviewer"}


def test_a_wrong_password_an_unknown_address_and_a_closed_account_sound_the_same(db, rosa):
    sentence = fail(db)

    assert fail(db, email="nobody@example.org") == sentence
    rosa.active = False
    with pytest.raises(Invalid, match=sentence):
        sign_in(db)


def test_an_unknown_address_costs_as_much_time_as_a_wrong_password(db, rosa, monkeypatch):
    checked: list[str] = []
    real = passwords.hasher.verify

    class Watched(PasswordHasher):
        def verify(self, stored, password):
            checked.append(stored)
            return real(stored, password)

    monkeypatch.setattr(passwords, "hasher", Watched(time_cost=1, memory_cost=8, parallelism=1))

    fail(db)
    fail(db, email="nobody@example.org")

    assert [stored.rpartition("$")[0].rpartition("$")[0] for stored in checked] == ["$argon2id$v=19$m=8,t=1,p=1"] * 2


def test_a_password_kept_with_weaker_settings_is_kept_anew_when_it_is_used(db, rosa, monkeypatch):
    before = rosa.password_hash
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))

    sign_in(db)

    assert rosa.password_hash != before
    assert "m=16,t=2" in rosa.password_hash
    assert sign_in(db)


def test_the_same_password_typed_with_another_keyboard_is_right(db):
    identity.add_person(db, email="zoe@example.org", name="Zoë", password="caf\u00e9 by the canal")

    assert sign_in(db, "cafe\u0301 by the canal", email="zoe@example.org")


def test_the_table_of_sign_ins_does_not_tell_the_token(db, rosa):
    token = sign_in(db)

    row = db.scalars(select(SignIn)).one()

    assert len(token) >= 43  # 256 bits
    assert token not in row.token_hash
    assert identity.actor_of(db, row.token_hash) is None


def test_after_ten_wrong_passwords_even_the_right_one_must_wait(db, rosa):
    start = clock.now()
    for number in range(10):
        fail(db, address=f"192.0.2.{number}")

    with pytest.raises(TooMany, match="Wait 15 minutes"):
        sign_in(db, address="198.51.100.1")

    with clock.moved_to(start + timedelta(minutes=16)):
        assert sign_in(db)


def test_tries_for_accounts_that_do_not_exist_are_limited_alike(db):
    for _ in range(10):
        fail(db, email="nobody@example.org")

    with pytest.raises(TooMany):
        fail(db, email="nobody@example.org", address="198.51.100.1")


def test_one_address_cannot_try_one_account_after_another(db, rosa):
    for number in range(10):
        fail(db, email=f"person{number}@example.org")

    with pytest.raises(TooMany):
        sign_in(db)
    assert sign_in(db, address="198.51.100.1")


def test_signing_in_forgives_the_account_but_not_what_else_its_address_tried(db, rosa):
    for number in range(5):
        fail(db, email=f"person{number}@example.org")
    fail(db)
    sign_in(db)
    for _ in range(4):
        fail(db)

    with pytest.raises(TooMany):
        sign_in(db)
    assert sign_in(db, address="198.51.100.1")


def test_a_whole_office_may_sign_in_from_one_address(db, rosa):
    for _ in range(15):
        assert sign_in(db)


def test_a_limit_lets_exactly_so_many_through_however_many_come_at_once(sessions: Sessions):
    def attempt(_: int) -> bool:
        try:
            with transaction(sessions) as session:
                identity.limit(session, "public form", tries=5, within=timedelta(hours=1))
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        passed = list(pool.map(attempt, range(16)))

    assert sum(passed) == 5


def test_tries_are_kept_for_a_day_and_tell_nobody_who_tried(db):
    long_ago = clock.now() - timedelta(days=2)
    with clock.moved_to(long_ago):
        identity.limit(db, "192.0.2.1", tries=5, within=timedelta(hours=1))

    identity.limit(db, "192.0.2.2", tries=5, within=timedelta(hours=1))

    row = db.scalars(select(Attempt)).one()
    assert "192.0.2" not in row.key
    with pytest.raises(ValueError, match="a day"):
        identity.limit(db, "192.0.2.2", tries=5, within=timedelta(days=2))


@pytest.mark.parametrize(("later", "signed_in"), [(timedelta(hours=7, minutes=59), True), (timedelta(hours=8, minutes=1), False)])
def test_a_sign_in_that_is_not_used_for_eight_hours_is_over(db, rosa, later, signed_in):
    token, start = sign_in(db), clock.now()

    with clock.moved_to(start + later):
        assert (identity.actor_of(db, token) is not None) is signed_in


def test_a_sign_in_is_over_after_a_day_however_much_it_is_used(db, rosa):
    token, start = sign_in(db), clock.now()
    for hour in range(1, 24):
        with clock.moved_to(start + timedelta(hours=hour)):
            assert identity.actor_of(db, token)

    with clock.moved_to(start + timedelta(hours=24, minutes=1)):
        assert identity.actor_of(db, token) is None
        sign_in(db)
    assert db.scalar(select(func.count()).select_from(SignIn)) == 1, "sign-ins that are over are put away"


def test_the_last_use_is_written_once_a_minute_at_most(engine: Engine, db, rosa):
    token, start = sign_in(db), clock.now()
    written: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_: written.append(statement))

    for seconds in (1, 30, 59, 61, 62, 90):
        with clock.moved_to(start + timedelta(seconds=seconds)):
            identity.actor_of(db, token)

    assert len([statement for statement in written if statement.startswith("UPDATE sign_in")]) == 1


def test_a_page_that_only_reads_does_not_fail_when_somebody_writes_meanwhile(sessions: Sessions):
    with transaction(sessions) as session:
        identity.add_person(session, email="rosa.field@example.org", name="Rosa Field", password=PASSWORD)
        token = sign_in(session)

    with clock.moved_to(clock.now() + timedelta(minutes=5)), transaction(sessions, reading=True) as reading:
        reading.scalar(select(func.count()).select_from(Person))
        with transaction(sessions) as writing:
            identity.limit(writing, "something else", tries=5, within=timedelta(hours=1))
        actor = identity.actor_of(reading, token)

    assert actor is not None
    assert actor.name == "Rosa Field"


def test_an_account_that_is_closed_is_signed_out_everywhere(db, rosa):
    token = sign_in(db)

    rosa.active = False

    assert identity.actor_of(db, token) is None


def test_signing_out_ends_this_sign_in_and_no_other(db, rosa):
    here, there = sign_in(db), sign_in(db)

    identity.sign_out(db, here)

    assert identity.actor_of(db, here) is None
    assert identity.actor_of(db, there) is not None


def test_a_new_password_ends_every_sign_in(db, rosa):
    token = sign_in(db)

    identity.set_password(db, rosa, "quite another password")

    assert identity.actor_of(db, token) is None
    assert sign_in(db, "quite another password")
    with pytest.raises(Invalid, match="at least 12 characters"):
        identity.set_password(db, rosa, "short")


def test_everything_wrong_with_a_new_account_is_said_at_once(db):
    with pytest.raises(Invalid) as caught:
        identity.add_person(db, email="rosa at example", name="  ", password="eleven char")

    assert set(caught.value.problems) == {"email", "name", "password"}


@pytest.mark.parametrize(
    "email", ["rosa@example", "@example.org", "rosa@@example.org", "rosa@example.org\nBcc: x@example.org", "a b@example.org", ""]
)
def test_what_is_no_address_is_refused(db, email):
    with pytest.raises(Invalid, match="in the correct format"):
        identity.add_person(db, email=email, name="Rosa", password=PASSWORD)


def test_an_address_has_one_account(db, rosa):
    with pytest.raises(Invalid, match="already an account"):
        identity.add_person(db, email="ROSA.FIELD@example.org", name="Another Rosa", password=PASSWORD)


def test_people_in_a_group_are_the_active_ones_and_in_a_case_also_its_own(db, rosa):
    case = instance(db)
    ann = identity.add_person(db, email="ann@example.org", name="Ann", password=PASSWORD)
    identity.join(db, ann, "gardener", case)
    identity.join(db, ann, "gardener", case)
    gone = identity.add_person(db, email="gone@example.org", name="Gone", password=PASSWORD, groups=["gardener"])
    gone.active = False

    assert identity.people_in(db, "gardener") == [rosa]
    assert identity.people_in(db, "gardener", case.id) == [ann, rosa]
    assert identity.by_email(db, "ANN@example.org") is ann
    assert len(ann.memberships) == 1
