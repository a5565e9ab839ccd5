"""The chronology of a case: several accounts side by side, each for those who may read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from engine import deployments, instances
from engine.database import Sessions, transaction
from engine.identity import SYSTEM, Actor
from engine.models import Person, Submission, TaskState, UserTask
from tests.diagrams import properties, user_task
from tests.engine.guarded import DESCRIPTOR, RULES, table
from tests.engine.standing import bundle
from tests.visitors import Visitor

SignIn = Callable[[Actor], Visitor]
SOURCE = b'[[chronology]]\nform = "do"\nrows = "= for one in note return {date: one.date, event: one.event, significance: one.why}"\n'
NORTH = [
    {"date": "2025-02-03", "event": "=The fence fell", "why": "It was old"}, {"date": "", "event": "A letter came"},
]  # fmt: skip
SOUTH = [{"date": "2025-02-03", "event": "The fence was taken down"}, {"date": "2025-01-01", "event": "Frost"}]


class Plots:
    """A case in which two wardens have told of the past."""

    def __init__(self, sessions: Sessions, person: Callable[..., Actor], sign_in: SignIn) -> None:
        self.sessions, self.sign_in = sessions, sign_in
        self.rosa, self.wim, self.nell = (
            person("Rosa Field", "secretary"),
            person("Wim Bed", "warden:north"),
            person("Nell Ash", "neighbour"),
        )
        body = user_task("dig", properties(classification="plan"), form="do", candidateGroups="warden:north", name="Tell of the past")
        files = bundle(body, "asked dig; dig end")
        with transaction(sessions) as session:
            deployments.deploy(session, files | {"procedure.toml": DESCRIPTOR + SOURCE, "who_sees.dmn": table(RULES)})
            case = instances.start(session, SYSTEM, "garden", {"size": "small"})
            self.address = f"/cases/{case.business_key}/chronology"
            wim = session.scalars(select(Person).where(Person.email == self.wim.email)).one()
            task = session.scalars(select(UserTask).where(UserTask.instance_id == case.id)).one()
            for subject, dates in (("North", [{"date": "2020-01-01", "event": "Wrong"}]), ("North", NORTH), ("South", SOUTH)):
                done = UserTask(
                    id=uuid4(), instance_id=case.id, process_key="p", element_id="dig", name="Tell", subject=subject,
                    form_key="do", created_at=task.created_at, state=TaskState.COMPLETED, completed_by=wim.id,
                )  # fmt: skip
                session.add(done)
                session.flush()
                session.add(self._sent(done, dates, wim.id))

    def _sent(self, task: UserTask, dates: list[Any], by: Any) -> Submission:
        return Submission(
            instance_id=task.instance_id, task_id=task.id, form_key="do", values={"note": dates}, submitted_at=task.created_at,
            submitted_by=by,
        )  # fmt: skip

    def open(self, who: Actor, more: str = "") -> Visitor:
        return self.sign_in(who).open(self.address + more)


@pytest.fixture
def plots(sessions: Sessions, person: Callable[..., Actor], sign_in: SignIn) -> Plots:
    return Plots(sessions, person, sign_in)


def test_all_accounts_stand_side_by_side_and_a_day_with_several_is_marked(plots: Plots) -> None:
    page = plots.open(plots.rosa)

    days = [" ".join(heading.text_content().split()) for heading in page.page.xpath("//h3")]
    assert days == ["1 January 2025", "3 February 2025 Two accounts", "Date not known"]
    accounts = [" ".join(one.text_content().split()) for one in page.page.xpath("//*[@class='app-account']")]
    assert accounts[1:3] == ["North =The fence fell Why it matters: It was old", "South The fence was taken down"]
    assert "Wrong" not in page.text  # what the North handed in anew takes the place of what it said first


def test_one_account_can_be_read_by_itself(plots: Plots) -> None:
    page = plots.open(plots.rosa)

    page.open(page.links("South")[0])

    assert "Frost" in page.text
    assert "The fence fell" not in page.text
    assert "Two accounts" not in page.text


def test_the_accounts_are_taken_away_for_a_spreadsheet_without_formulas(plots: Plots) -> None:
    page = plots.open(plots.rosa)

    rows = page.client.get(page.links("Download as CSV")[0]).data.decode("utf-8-sig").splitlines()

    assert rows[0] == "Date,Who,What happened,Where it is recorded,Why it matters,Accounts of this day"
    assert rows[1:3] == ["2025-01-01,South,Frost,,,", "2025-02-03,North,'=The fence fell,,It was old,more than one"]


def test_those_who_may_not_read_the_accounts_see_none(plots: Plots) -> None:
    assert plots.open(plots.nell).answer.status_code == 404
    assert plots.open(plots.nell, ".csv").answer.status_code == 404
