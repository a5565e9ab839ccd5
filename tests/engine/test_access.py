"""Who may do what, now and after they left a role."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import delete

from engine import checks, documents, drafts, identity, tasks
from engine.database import Sessions, transaction
from engine.errors import NotFound
from engine.identity import Actor
from engine.models import Membership, Person, ProcessInstance, TaskState, UserTask
from tests.diagrams import user_task
from tests.engine.standing import bundle

MakePerson = Callable[..., Actor]


def the_task(sessions: Sessions) -> UUID:
    with transaction(sessions, reading=True) as session:
        return session.query(UserTask).filter_by(state=TaskState.OPEN).one().id


def test_who_left_the_role_no_longer_sees_the_task_that_was_assigned_to_them(
    sessions: Sessions, case: ProcessInstance, person: MakePerson
) -> None:
    sana, task_id = person("Sana Kaur", "secretary"), the_task(sessions)
    with transaction(sessions) as session:
        task = tasks.claim(session, sana, task_id)
        draft = drafts.ensure_of_task(session, task)
        paper = documents.attach(session, draft=draft, field="f-x", name="a.txt", media_type="", content=b"A note.", actor=None).id
    with transaction(sessions) as session:
        session.execute(delete(Membership).where(Membership.person_id == sana.id))

    with transaction(sessions, reading=True) as session:
        sana = identity.actor_for(session, session.get_one(Person, sana.id))
        assert tasks.inbox(session, sana) == []
        with pytest.raises(NotFound):
            tasks.open_form(session, sana, task_id)
        with pytest.raises(NotFound):
            documents.get_for(session, sana, paper)


def test_a_task_may_be_given_to_somebody_who_holds_the_role_in_this_case_only(
    sessions: Sessions, begin: Callable[..., UUID], person: MakePerson
) -> None:
    sana, dov = person("Sana Kaur", "secretary"), person("Dov Levy")
    case_id = begin()
    task_id = the_task(sessions)
    with transaction(sessions) as session:
        identity.join(session, session.get_one(Person, dov.id), "secretary", session.get_one(ProcessInstance, case_id))

    with transaction(sessions) as session:
        assert dov.id is not None
        tasks.assign(session, sana, task_id, dov.id)

    with transaction(sessions, reading=True) as session:
        assert [task.id for task in tasks.inbox(session, identity.actor_for(session, session.get_one(Person, dov.id)))] == [task_id]


def test_no_procedure_may_give_its_people_the_administrators_role() -> None:
    files = bundle(user_task("A", form="do", candidateGroups="secretary", name="A"), "asked A; A end")
    assert checks.check(files) == []

    files["procedure.toml"] += b'[roles.administrator]\nname = "Administrator"\nsees = "cases"\n'

    assert [(problem.file, problem.element) for problem in checks.check(files)] == [("procedure.toml", "roles.administrator")]
