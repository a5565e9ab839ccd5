"""What an earlier release has stored: every case parked on any kind of wait is what it was, and finishes on the code as it is now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from engine import access, database
from engine.database import Sessions, transaction
from engine.identity import Actor
from engine.models import ProcessInstance
from tests.conftest import POSTGRESQL, SQLITE
from tests.engine.agreement import disagreements
from tests.upgrades import collection, garden
from tests.upgrades.parked import all_parked

RELEASES = [pytest.param(folder, id=folder.name) for folder in collection.saved()]


@pytest.fixture(params=RELEASES)
def release(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def upgraded(release: Path, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Sessions]:
    """The release's database, brought up to date."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'casework.db'}"
        collection.restore(release, tmp_path / "casework.db")
    else:
        url = request.getfixturevalue("postgres").create(empty=True)
        collection.restore_on_postgresql(release, url, tmp_path)
    database.upgrade(url)
    engine = database.connect(url)
    yield database.sessions(engine)
    engine.dispose()


def as_saved(wait: dict[str, Any], saved: dict[str, Any]) -> dict[str, Any]:
    """Only what that release knew of a wait; later ones may know more."""
    return {name: wait.get(name) for name in saved}


def told(lines: list[str], known: set[str]) -> Counter[str]:
    """What happened in a case, of the kinds that are known; things side by side may happen in either order."""
    return Counter(line for line in lines if line.partition(" ")[0] in known)


def test_every_saved_case_waits_for_what_it_waited_for_and_knows_what_it_knew(release: Path, upgraded: Sessions) -> None:
    before, now = collection.stood(release), garden.standing(upgraded)

    assert now.keys() == before.keys()
    for key, facts in before.items():
        assert [as_saved(wait, was) for wait, was in zip(now[key]["waits"], facts["waits"], strict=True)] == facts["waits"], key
        assert now[key]["variables"] == facts["variables"], key


def test_the_rows_of_every_saved_case_agree_with_its_state(upgraded: Sessions) -> None:
    with transaction(upgraded, reading=True) as session:
        wrong = [sentence for case in session.scalars(select(ProcessInstance)) for sentence in disagreements(session, case)]

    assert wrong == []


def test_every_saved_case_finishes_as_it_would_have_then(release: Path, upgraded: Sessions) -> None:
    happened = garden.finish(upgraded)

    before = {key: facts["happened"] for key, facts in collection.stood(release).items()}
    known = {line.partition(" ")[0] for lines in before.values() for line in lines}  # later releases may tell more
    assert {key: told(lines, known) for key, lines in happened.items()} == {key: told(lines, known) for key, lines in before.items()}


def test_what_would_be_saved_today_comes_back_as_it_is_and_finishes(tmp_path: Path) -> None:
    folder = tmp_path / "next"

    collection.save(folder, tmp_path)

    collection.restore(folder, tmp_path / "casework.db")
    engine = database.connect(f"sqlite:///{tmp_path / 'casework.db'}")
    sessions, saved = database.sessions(engine), collection.stood(folder)
    assert garden.standing(sessions) == {key: {"waits": facts["waits"], "variables": facts["variables"]} for key, facts in saved.items()}
    assert garden.finish(sessions) == {key: facts["happened"] for key, facts in saved.items()}
    assert saved.keys() == all_parked().keys()
    engine.dispose()


def test_whoever_saw_the_saved_cases_then_sees_them_now(upgraded: Sessions) -> None:
    warden = Actor(uuid4(), "Rosa Field", "rosa@example.org", frozenset({"warden"}))
    stranger = Actor(uuid4(), "Dan Oak", "dan@example.org", frozenset({"digger"}))

    with transaction(upgraded, reading=True) as session:
        every = set(session.scalars(select(ProcessInstance.id)))
        seen = [set(session.scalars(select(ProcessInstance.id).where(access.seen(one)))) for one in (warden, stranger)]

    assert seen == [every, set()]
