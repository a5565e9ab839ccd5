"""Work that must not be done by whoever did other work in the same case."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from engine import announcements, checks, clock, identity, insight, tasks
from engine.database import Sessions, transaction
from engine.errors import Conflict
from engine.identity import Actor
from engine.models import Candidate, Deputy, Letter, Person, ProcessInstance, TaskState, UserTask
from tests.diagrams import each, properties, user_task
from tests.engine.standing import Garden, bundle
from tests.engine.test_variables import statements

TASK = {"form": "do", "candidateGroups": "secretary"}
BODY = user_task("write", **TASK, name="Write it") + user_task("sign", properties(separateFrom="write"), **TASK, name="Sign it")
ARROWS = "asked write; write sign; sign end"


@pytest.fixture
def garden(sessions: Sessions) -> Garden:
    return Garden(sessions, bundle(BODY, ARROWS))


def names_on_the_list(sessions: Sessions, actor: Actor) -> list[str]:
    with transaction(sessions, reading=True) as session:
        return [task.name for task in tasks.inbox(session, actor)]


def open_task(sessions: Sessions, element_id: str, subject: str = "") -> UUID:
    wanted = select(UserTask.id).where(UserTask.element_id == element_id, UserTask.subject == subject, UserTask.state == TaskState.OPEN)
    with transaction(sessions, reading=True) as session:
        return session.scalars(wanted).one()


def test_who_did_the_one_neither_finds_the_other_on_their_list_nor_can_do_it(
    garden: Garden, sessions: Sessions, person: Callable[..., Actor]
) -> None:
    sana = person("Sana Kaur", "secretary")
    garden.start()

    garden.complete("write")

    assert names_on_the_list(sessions, garden.rosa) == []
    assert names_on_the_list(sessions, sana) == ["Sign it"]
    task_id = open_task(sessions, "sign")
    for act in (tasks.open_form, tasks.claim, tasks.release):
        with (
            pytest.raises(Conflict, match="You did “Write it” in this case, so somebody else must do “Sign it”"),
            transaction(sessions) as db,
        ):
            act(db, garden.rosa, task_id)
    with transaction(sessions) as session:
        assert [one.name for one in tasks.assignable(session, session.get_one(UserTask, task_id))] == ["Sana Kaur"]
        tasks.complete_with(session, sana, task_id, {})


def test_another_case_keeps_nobody_apart(garden: Garden, sessions: Sessions) -> None:
    garden.start()
    garden.complete("write")
    garden.start()

    assert names_on_the_list(sessions, garden.rosa) == ["Write it"]


def test_only_what_was_done_about_the_same_subject_counts(sessions: Sessions) -> None:
    beds = each("= fields", "bed")
    parts: tuple[tuple[str, dict[str, str]], ...] = (("write", {}), ("sign", {"separateFrom": "write"}))
    drawn = "".join(user_task(ident, properties(subject="= bed", **more), beds, **TASK, name=ident) for ident, more in parts)
    garden = Garden(sessions, bundle(drawn, "asked write; asked sign; write end; sign end"))
    garden.start(fields=["north", "south"])

    garden.complete("write", "north")

    with transaction(sessions, reading=True) as session:
        found = sorted((task.name, task.subject) for task in tasks.inbox(session, garden.rosa))
    assert found == [("sign", "south"), ("write", "south")]


def test_where_nobody_else_is_left_the_case_says_so(garden: Garden, sessions: Sessions, person: Callable[..., Actor]) -> None:
    case = garden.start()
    garden.complete("write")
    assert "nobody may do it, for all who could did what it must be kept apart from" in garden.sentences(case)[0]

    person("Sana Kaur", "secretary")

    assert "nobody may do it" not in garden.sentences(case)[0]


def test_a_deputy_and_somebody_who_is_named_are_left_to_do_it(garden: Garden, sessions: Sessions, person: Callable[..., Actor]) -> None:
    case = garden.start()
    garden.complete("write")
    tim = person("Tim Moor")
    with clock.moved_to(garden.now), transaction(sessions) as session:
        days = {"starts_on": clock.today(), "ends_on": clock.today(), "named_at": clock.now()}
        session.add(Deputy(person_id=garden.rosa.id, deputy_id=tim.id, group="secretary", reason="Leave", **days))
    assert "nobody may do it" not in garden.sentences(case)[0]

    garden.later(days=1)
    assert "nobody may do it" in garden.sentences(case)[0]

    with transaction(sessions) as session:
        task = session.get_one(UserTask, open_task(sessions, "sign"))
        task.candidates.append(Candidate(kind="person", name=tim.email))
    assert "nobody may do it" not in garden.sentences(case)[0]


def test_many_such_tasks_are_shown_with_as_few_statements_as_one(garden: Garden, sessions: Sessions, engine: Engine) -> None:
    def shown(cases: int) -> int:
        for _ in range(cases):
            garden.start()
            garden.complete("write")
        with clock.moved_to(garden.now), transaction(sessions, reading=True) as session:
            on_board = statements(engine, lambda: insight.cases(session, garden.rosa))
            on_list = statements(engine, lambda: tasks.inbox(session, garden.rosa))
        return len(on_board) + len(on_list)

    assert shown(1) == shown(3)


def test_nobody_is_told_of_a_task_they_must_be_kept_apart_from(garden: Garden, sessions: Sessions, person: Callable[..., Actor]) -> None:
    person("Sana Kaur", "secretary")
    garden.start()
    with clock.moved_to(garden.now):
        garden.complete("write")

    garden.later(hours=1)
    with clock.moved_to(garden.now):
        announcements.tell_all(sessions, base_url="http://localhost")

    with transaction(sessions, reading=True) as session:
        assert set(session.scalars(select(Letter.to_email))) == {"sana.kaur@example.org"}


@pytest.mark.parametrize("wanted", ["wrte", "asked", "end"])
def test_what_a_task_is_kept_apart_from_must_be_a_user_task(wanted: str) -> None:
    files = bundle(BODY.replace('value="write"', f'value="{wanted}"'), ARROWS)

    [problem] = checks.check(files)

    assert (problem.element, f"kept apart from “{wanted}”" in problem.message) == ("sign", True)


GUEST = b'\n[roles.guest]\nname = "Guest"\nper = "case"\n'


def test_whoever_acts_as_a_role_of_the_case_is_kept_apart_from_what_names_it(sessions: Sessions, person: Callable[..., Actor]) -> None:
    body = user_task("judge", properties(separateFrom="guest"), **TASK, name="Judge it")
    files = bundle(body, "asked judge; judge end")
    garden, sana = Garden(sessions, files | {"procedure.toml": files["procedure.toml"] + GUEST}), person("Sana Kaur", "secretary")
    own, other = garden.start(), garden.start()
    with transaction(sessions) as session:
        identity.join(session, session.get_one(Person, sana.id), "guest", session.get_one(ProcessInstance, own))

    assert names_on_the_list(sessions, garden.rosa) == ["Judge it", "Judge it"]
    with transaction(sessions, reading=True) as session:
        assert [task.instance_id for task in tasks.inbox(session, sana)] == [other]
        task = session.scalars(select(UserTask).where(UserTask.instance_id == own)).one()
        assert [one.name for one in tasks.assignable(session, task)] == ["Rosa Field"]
        with pytest.raises(Conflict, match="You act as “Guest” in this case, so somebody else must do “Judge it”"):
            tasks.open_form(session, sana, task.id)
    assert checks.check(files | {"procedure.toml": files["procedure.toml"] + GUEST}) == []
