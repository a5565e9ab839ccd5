"""Drafts: what is typed is kept as typed, and two who type at once lose nothing of each other's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from engine import clock, database, documents, drafts
from engine.database import Sessions, transaction
from engine.errors import Conflict
from engine.identity import Actor
from engine.models import Base, Document, Draft, DraftField, TaskState, UserTask
from tests.engine.rows import actor, instance, task


@pytest.fixture
def rosa(db: Session) -> Actor:
    return actor(db, "Rosa Field")


@pytest.fixture
def ann(db: Session) -> Actor:
    return actor(db, "Ann Hill")


@pytest.fixture
def draft(db: Session) -> Draft:
    return drafts.ensure_of_task(db, task(db, instance(db)))


def test_what_is_typed_is_kept_as_typed(db, draft, rosa):
    typed = {"f-name": [" Sweet <b>pea</b> "], "f-day": ["31"], "f-month": ["2"], "f-beds": ["a", "b"], "f-nothing": []}

    saved = drafts.save(db, draft, typed, seen=0, actor=rosa)

    assert saved == drafts.Saved(1)
    db.expire_all()
    assert drafts.raw_of(draft) == typed


def test_only_the_controls_that_were_sent_are_touched(db, draft, rosa):
    first = drafts.save(db, draft, {"f-a": ["1"], "f-b": ["2"]}, seen=0, actor=rosa)

    drafts.save(db, draft, {"f-b": []}, seen=first.version, actor=rosa)

    assert drafts.raw_of(draft) == {"f-a": ["1"], "f-b": []}


def test_two_who_fill_in_different_fields_are_merged_and_shown_each_others(db, draft, rosa, ann):
    drafts.save(db, draft, {"f-a": ["Rosa's"]}, seen=0, actor=rosa)

    saved = drafts.save(db, draft, {"f-b": ["Ann's"]}, seen=0, actor=ann)

    assert drafts.raw_of(draft) == {"f-a": ["Rosa's"], "f-b": ["Ann's"]}
    assert not saved.clashes
    assert (saved.theirs["f-a"].values, saved.theirs["f-a"].by) == (["Rosa's"], "Rosa Field")


def test_the_same_field_changed_by_both_stays_the_first_ones_and_the_second_gets_their_own_back(db, draft, rosa, ann):
    drafts.save(db, draft, {"f-a": ["Rosa's"]}, seen=0, actor=rosa)

    saved = drafts.save(db, draft, {"f-a": ["Ann's"], "f-b": ["more"]}, seen=0, actor=ann)

    assert drafts.raw_of(draft) == {"f-a": ["Rosa's"], "f-b": ["more"]}
    clash = saved.clashes["f-a"]
    assert (clash.values, clash.by, clash.mine) == (["Rosa's"], "Rosa Field", ["Ann's"])
    assert saved.theirs["f-a"].values == ["Rosa's"]


def test_having_seen_the_others_change_one_may_replace_it(db, draft, rosa, ann):
    drafts.save(db, draft, {"f-a": ["Rosa's"]}, seen=0, actor=rosa)
    clashed = drafts.save(db, draft, {"f-a": ["Ann's"]}, seen=0, actor=ann)

    saved = drafts.save(db, draft, {"f-a": ["Ann's"]}, seen=clashed.version, actor=ann)

    assert not saved.clashes
    assert drafts.raw_of(draft) == {"f-a": ["Ann's"]}


def test_a_field_sent_as_it_was_shown_is_no_change(db, draft, rosa, ann):
    shown = drafts.save(db, draft, {"f-a": ["old"], "f-b": [""]}, seen=0, actor=rosa).version
    drafts.save(db, draft, {"f-a": ["newer"]}, seen=shown, actor=rosa)
    drafts.save(db, draft, {"f-a": ["newest"], "f-c": ["more"]}, seen=shown + 1, actor=rosa)

    saved = drafts.save(db, draft, {"f-a": ["old"], "f-b": ["Ann's"], "f-c": [""]}, seen=shown, actor=ann)

    assert not saved.clashes
    assert {name: change.values for name, change in saved.theirs.items()} == {"f-a": ["newest"], "f-c": ["more"]}
    assert drafts.raw_of(draft) == {"f-a": ["newest"], "f-b": ["Ann's"], "f-c": ["more"]}


def test_what_counts_as_shown_is_what_stood_there_at_that_version(db, draft, rosa, ann):
    first = drafts.save(db, draft, {"f-a": ["old"]}, seen=0, actor=rosa).version
    second = drafts.save(db, draft, {"f-a": ["newer"]}, seen=first, actor=rosa).version
    drafts.save(db, draft, {"f-a": ["newest"]}, seen=second, actor=rosa)

    assert not drafts.save(db, draft, {"f-a": ["newer"]}, seen=second, actor=ann).clashes
    assert drafts.save(db, draft, {"f-a": ["old"]}, seen=second, actor=ann).clashes["f-a"].mine == ["old"]


def test_what_the_form_shows_by_itself_counts_as_typed_only_when_it_is_changed(db, draft, rosa, ann):
    shown = {"f-a": ["known"], "f-b": ["known"]}
    drafts.save(db, draft, {"f-a": ["changed"], "f-b": ["known"]}, seen=0, actor=rosa, shown=shown)

    saved = drafts.save(db, draft, {"f-a": ["known"], "f-b": [""]}, seen=0, actor=ann, shown=shown)

    assert not saved.clashes
    assert drafts.raw_of(draft) == {"f-a": ["changed"], "f-b": [""]}


def test_a_change_too_long_ago_to_recognise_is_given_back_rather_than_lost(db, draft, rosa, ann, monkeypatch):
    monkeypatch.setattr(drafts, "REMEMBERED", 3)
    version = drafts.save(db, draft, {"f-a": ["0"]}, seen=0, actor=rosa).version
    for number in range(1, 6):
        drafts.save(db, draft, {"f-a": [str(number)]}, seen=version + number - 1, actor=rosa)

    saved = drafts.save(db, draft, {"f-a": ["0"]}, seen=version, actor=ann)

    emptied = drafts.save(db, draft, {"f-a": [""]}, seen=version, actor=ann)

    assert saved.clashes["f-a"].mine == ["0"]
    assert emptied.clashes["f-a"].mine == [""]
    assert drafts.raw_of(draft) == {"f-a": ["5"]}


def test_another_window_of_the_same_person_is_told_apart(db, draft, rosa):
    drafts.save(db, draft, {"f-a": ["here"]}, seen=0, actor=rosa)

    saved = drafts.save(db, draft, {"f-a": ["there"]}, seen=0, actor=rosa)

    assert saved.clashes["f-a"].by == drafts.YOU


def test_a_save_whose_answer_was_lost_may_be_sent_again(db, draft, rosa):
    drafts.save(db, draft, {"f-a": ["typed"]}, seen=0, actor=rosa)

    again = drafts.save(db, draft, {"f-a": ["typed"]}, seen=0, actor=rosa)

    assert not again.clashes
    assert not again.theirs


def test_sending_what_somebody_else_has_changed_since_is_a_clash(db, draft, rosa, ann):
    version = drafts.save(db, draft, {"f-a": ["1"], "f-b": ["2"], "f-d": ["4"]}, seen=0, actor=ann).version
    drafts.save(db, draft, {"f-a": ["Rosa's"], "f-c": ["ticked"], "f-d": [""]}, seen=version, actor=rosa)

    clashes = drafts.clashes(draft, {"f-a": ["1"], "f-b": ["3"]}, seen=version, actor=ann)

    assert {name: (clash.values, clash.mine) for name, clash in clashes.items()} == {"f-a": (["Rosa's"], ["1"]), "f-c": (["ticked"], [])}
    assert drafts.clashes(draft, {"f-a": ["Rosa's"], "f-c": ["ticked"], "f-d": []}, seen=version, actor=ann) == {}
    assert drafts.clashes(draft, {}, seen=version + 1, actor=ann) == {}


def test_two_hundred_thousand_characters_are_a_draft_like_any_other(db, draft, rosa):
    story = "<script>alert('dig')</script> ünï" * 6000

    drafts.save(db, draft, {"f-story": [story]}, seen=0, actor=rosa)
    db.expire_all()

    assert drafts.raw_of(draft) == {"f-story": [story]}


def test_a_start_draft_belongs_to_a_person_or_to_one_browser(db, rosa, ann):
    mine = drafts.ensure_of_start(db, "letting/letting", drafts.owner_of(rosa))
    browsers = drafts.ensure_of_start(db, "letting/letting", drafts.owner_of(None, "token of a browser"))
    drafts.save(db, browsers, {"f-a": ["typed"]}, seen=0, actor=None)

    assert drafts.of_start(db, "letting/letting", drafts.owner_of(rosa)) is mine
    assert drafts.of_start(db, "letting/letting", drafts.owner_of(ann)) is None
    assert drafts.of_start(db, "letting/letting", drafts.owner_of(None, "token of a browser")) is browsers
    assert drafts.of_start(db, "letting/letting", drafts.owner_of(None, "another")) is None
    assert browsers.owner is not None
    assert "token" not in browsers.owner
    with pytest.raises(ValueError, match="token"):
        drafts.owner_of(None)


def test_a_discarded_draft_is_gone_with_its_documents(db, draft, rosa):
    drafts.save(db, draft, {"f-a": ["typed"]}, seen=0, actor=rosa)
    documents.attach(db, draft=draft, field="f-file", name="a.txt", media_type="text/plain", content=b"beds", actor=rosa)

    drafts.discard(db, draft)

    assert [db.scalar(select(func.count()).select_from(table)) for table in (Draft, DraftField, Document)] == [0, 0, 0]


def test_a_draft_that_is_gone_is_neither_saved_nor_discarded_once_more(sessions: Sessions):
    with transaction(sessions) as session:
        draft = drafts.ensure_of_task(session, task(session, instance(session)))
    with transaction(sessions) as session:
        drafts.discard(session, session.get_one(Draft, draft.id))

    with pytest.raises(Conflict, match="sent or discarded"), transaction(sessions) as session:
        drafts.save(session, draft, {"f-a": ["typed"]}, seen=0, actor=None)
    with pytest.raises(Conflict, match="sent or discarded"), transaction(sessions) as session:
        drafts.discard(session, draft)


def test_only_old_drafts_of_people_without_an_account_are_cleared_away(db, draft, rosa):
    now = clock.now()
    with clock.moved_to(now - timedelta(days=8)):
        abandoned = drafts.ensure_of_start(db, "letting/letting", drafts.owner_of(None, "abandoned"))
        drafts.save(db, abandoned, {"f-a": ["typed"]}, seen=0, actor=None)
        drafts.ensure_of_start(db, "letting/letting", drafts.owner_of(rosa))
    with clock.moved_to(now - timedelta(days=6)):
        drafts.ensure_of_start(db, "letting/letting", drafts.owner_of(None, "in use"))

    assert drafts.prune(db) == 1
    assert drafts.of_start(db, "letting/letting", drafts.owner_of(None, "abandoned")) is None
    assert db.scalar(select(func.count()).select_from(Draft)) == 3


def test_what_was_typed_into_a_task_that_is_closed_is_cleared_away_after_a_while(db):
    case = instance(db)
    open_one, taken_back = (task(db, case) for _ in range(2))
    with clock.moved_to(clock.now() - timedelta(days=8)):
        kept, _ = (drafts.ensure_of_task(db, one) for one in (open_one, taken_back))
    taken_back.state = TaskState.CANCELLED

    assert drafts.prune(db) == 1
    assert db.scalars(select(Draft)).all() == [kept]


def test_saves_at_the_same_moment_are_all_kept(sessions: Sessions):
    with transaction(sessions) as session:
        draft_id = drafts.ensure_of_task(session, task(session, instance(session))).id

    def save(number: int) -> int:
        with transaction(sessions) as session:
            return drafts.save(session, session.get_one(Draft, draft_id), {f"f-{number}": ["typed"]}, seen=0, actor=None).version

    with ThreadPoolExecutor(6) as pool:
        versions = list(pool.map(save, range(12)))

    assert sorted(versions) == list(range(1, 13))
    with transaction(sessions) as session:
        assert drafts.raw_of(session.get_one(Draft, draft_id)) == {f"f-{number}": ["typed"] for number in range(12)}


def test_a_draft_discarded_twice_at_once_is_discarded_once(sessions: Sessions):
    with transaction(sessions) as session:
        draft = drafts.ensure_of_task(session, task(session, instance(session)))
        drafts.save(session, draft, {"f-a": ["typed"]}, seen=0, actor=None)

    def discard(_: int) -> bool:
        try:
            with transaction(sessions) as session:
                drafts.discard(session, session.merge(draft, load=False))
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(discard, range(4))) == 1


def test_two_who_begin_the_same_draft_at_once_share_it(sessions: Sessions):
    with transaction(sessions) as session:
        task_id = task(session, instance(session)).id

    def begin(_: int) -> UUID:
        with transaction(sessions) as session:
            return drafts.ensure_of_task(session, session.get_one(UserTask, task_id)).id

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(begin, range(12)))) == 1


NAMES = ["f-a", "f-b"]
values = st.sampled_from([(), ("",), ("x",), ("y",), ("z",), ("x", "y")])
moves = st.lists(
    st.tuples(
        st.integers(0, 2), st.sampled_from(["type", "type", "save", "save all", "look", "take theirs"]), st.sampled_from(NAMES), values
    ),
    max_size=40,
)


@pytest.fixture(scope="module")
def memory() -> Iterator[Engine]:
    """A database for many quick tries, none of which is kept."""
    engine = database.connect("sqlite://")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@dataclass
class Browser:
    """Somebody's page: what it shows, which version it shows, and what was typed on it and not kept yet."""

    seen: int = 0
    shown: dict[str, list[str]] = field(default_factory=dict)
    typed: dict[str, list[str]] = field(default_factory=dict)

    def posts(self, everything: bool) -> dict[str, list[str]]:
        return self.shown | self.typed if everything else dict(self.typed)


def nothing(value: Sequence[str] | None) -> bool:
    return not any(value or [])


def save_and_check(db: Session, draft: Draft, browser: Browser, everything: bool) -> None:
    """One save of one browser, with what must hold for it."""
    before = {row.name: (list(row.values), row.version) for row in draft.fields}
    raw, typed = browser.posts(everything), dict(browser.typed)

    saved = drafts.save(db, draft, raw, seen=browser.seen, actor=None)

    after = drafts.raw_of(draft)
    for name, value in typed.items():
        changed = value != browser.shown.get(name, []) and not (nothing(value) and nothing(browser.shown.get(name)))
        kept = after.get(name) == value
        given_back = name in saved.clashes and saved.clashes[name].mine == value
        assert kept or given_back or not changed, "something typed is neither in the draft nor given back"
    for name, (value, version) in before.items():
        assert after[name] == value or version <= browser.seen, "something was overwritten by somebody who had not seen it"
        unseen = version > browser.seen and raw.get(name) != value
        assert not unseen or saved.theirs[name].values == value, "a change was not shown"
    browser.typed = {name: clash.mine for name, clash in saved.clashes.items()}
    browser.seen, browser.shown = saved.version, after


@settings(max_examples=150)
@given(moves)
def test_nothing_typed_is_ever_lost_whoever_saves_in_whatever_order(memory, sequence):
    with Session(memory) as db:
        draft = drafts.ensure_of_task(db, task(db, instance(db)))
        browsers = [Browser(), Browser(), Browser()]
        for who, move, name, value in sequence:
            browser = browsers[who]
            if move == "type":
                browser.typed[name] = list(value)
            elif move == "take theirs":
                browser.typed.pop(name, None)
            elif move == "look":
                browser.seen, browser.shown = draft.version, drafts.raw_of(draft)
            else:
                save_and_check(db, draft, browser, everything=move == "save all")
        db.rollback()
