"""Who may see what of a case by its access table: at each stage, by facts, by classification, and only of one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select

from engine import (
    access,
    checks,
    clock,
    deployments,
    deputies,
    documents,
    drafts,
    history,
    identity,
    insight,
    instances,
    procedures,
    rights,
    tasks,
)
from engine.database import Sessions, transaction
from engine.errors import Conflict, Invalid, NotFound, Trouble
from engine.identity import SYSTEM, Actor
from engine.models import AccessProfile, Document, Person, ProcessInstance, Right, TaskState, UserTask
from engine.workers import WORKERS, Work
from tests.diagrams import properties, user_task
from tests.engine.guarded import ARROWS, BODY, RULES, Rule, guarded, table
from tests.engine.standing import MORNING
from tests.engine.test_variables import statements

MakePerson = Callable[..., Actor]


class Plot:
    """One guarded case, and the people around it."""

    def __init__(self, sessions: Sessions, person: MakePerson, rules: Sequence[Rule] = RULES, **variables: Any) -> None:
        self.sessions = sessions
        with clock.moved_to(MORNING), transaction(sessions) as session:
            deployments.deploy(session, guarded(rules))
        self.rosa, self.theo = person("Rosa Field", "secretary"), person("Theo Mint", "treasurer")
        self.nell = person("Nell Ash", "neighbour")
        self.wim, self.sid, self.dan = person("Wim Bed", "warden:north"), person("Sid Lee", "warden:south"), person("Dan Oak", "digger")
        with clock.moved_to(MORNING), transaction(sessions) as session:
            self.id: UUID = instances.start(session, SYSTEM, "garden", {"size": "small", **variables}).id

    def do(self, element_id: str, by: Actor, **values: Any) -> UUID:
        """Somebody does an open task."""
        with clock.moved_to(MORNING), transaction(self.sessions) as session:
            mine = select(UserTask.id).where(UserTask.instance_id == self.id, UserTask.state == TaskState.OPEN)
            task_id: UUID = session.scalars(mine.where(UserTask.element_id == element_id)).one()
            tasks.complete_with(session, by, task_id, values)
        return task_id

    def guest(self, actor: Actor) -> Actor:
        """The person is a guest in this case from now on."""
        with transaction(self.sessions) as session:
            person = session.get_one(Person, actor.id)
            identity.join(session, person, "guest", session.get_one(ProcessInstance, self.id))
            return identity.actor_for(session, person)

    def of(self, actor: Actor, classification: str = "case", **item: Any) -> Right:
        """This person's right to what is classified so."""
        with transaction(self.sessions, reading=True) as session:
            return access.sight(session, actor, session.get_one(ProcessInstance, self.id)).of(classification, **item)

    def board(self, actor: Actor) -> list[insight.CaseLine]:
        """The cases that this person finds on the board."""
        with clock.moved_to(MORNING), transaction(self.sessions, reading=True) as session:
            return insight.cases(session, actor)


@pytest.fixture
def plot(sessions: Sessions, person: MakePerson) -> Plot:
    return Plot(sessions, person)


def test_each_stage_has_rights_of_its_own(plot: Plot) -> None:
    assert [plot.of(one) for one in (plot.rosa, plot.theo, plot.nell, plot.dan)] == [Right.WRITE, Right.STATUS, Right.STATUS, Right.NONE]

    plot.do("dig", plot.wim)

    assert [plot.of(one) for one in (plot.rosa, plot.theo, plot.nell, plot.dan)] == [Right.WRITE, Right.READ, Right.NONE, Right.NONE]
    assert [plot.of(plot.theo, what) for what in ("money", "plan", "sealed", "unclassified")] == [Right.READ, *[Right.NONE] * 3]


def test_none_takes_away_what_a_rule_for_everything_grants(plot: Plot) -> None:
    assert plot.of(plot.rosa, "plan") is Right.WRITE
    assert plot.of(plot.rosa, "unclassified") is Right.WRITE
    assert plot.of(plot.rosa, "sealed") is Right.NONE


def test_a_fact_of_the_case_changes_who_sees_it_when_it_changes(plot: Plot) -> None:
    plot.do("dig", plot.wim)
    assert plot.board(plot.nell) == []

    plot.do("sow", plot.rosa, size="large")

    assert [line.only_status for line in plot.board(plot.nell)] == [True]


def test_a_role_in_one_case_shows_that_case_and_no_other(plot: Plot, sessions: Sessions) -> None:
    with transaction(sessions) as session:
        other = instances.start(session, SYSTEM, "garden", {"size": "small"}).business_key
    guest = plot.guest(plot.dan)
    assert plot.board(guest) == []

    plot.do("dig", plot.wim)

    assert [line.reference != other for line in plot.board(guest)] == [True]
    with transaction(sessions, reading=True) as session:
        assert access.seen_procedures(session, guest) == {"garden"}
        assert access.seen_procedures(session, plot.dan) == set()
        with pytest.raises(NotFound):
            instances.sight_for(session, guest, other)


def test_one_sees_of_ones_own_organisation_what_was_given_in(plot: Plot) -> None:
    task_id = plot.do("dig", plot.wim)

    assert plot.of(plot.wim, "plan", by=plot.wim.id, task_id=task_id) is Right.READ
    assert plot.of(plot.sid, "plan", by=plot.wim.id, task_id=task_id) is Right.NONE
    assert plot.of(plot.wim, "money", task_id=task_id) is Right.NONE
    assert plot.of(plot.wim) is Right.NONE


def test_who_started_a_case_may_know_how_it_stands(plot: Plot, sessions: Sessions) -> None:
    with transaction(sessions) as session:
        own = instances.start(session, plot.dan, "garden", {"size": "small"}).business_key

    assert [(line.reference, line.only_status) for line in plot.board(plot.dan)] == [(own, True)]


def test_who_sees_only_the_status_learns_no_name_of_a_task_or_an_organisation(plot: Plot) -> None:
    [line] = plot.board(plot.nell)

    assert line.only_status
    assert line.waiting[0].pieces[:2] == ("Waits for ", "Warden")
    assert "Dig" not in line.sentence
    assert (line.next_due_for, line.incidents) == ("", 0)


def test_who_sees_only_the_status_is_not_told_that_the_case_waits_for_what_may_be_done_at_any_time(plot: Plot, sessions: Sessions) -> None:
    with transaction(sessions) as session:
        session.scalars(select(UserTask).where(UserTask.element_id == "dig")).one().properties = {"optional": "yes"}

    [line] = plot.board(plot.nell)

    assert line.sentence == "Something can be done at any time by Warden."


def test_of_a_task_whose_answers_are_kept_from_somebody_they_learn_only_the_role(plot: Plot) -> None:
    guest = plot.guest(plot.dan)
    plot.do("dig", plot.wim)

    assert [line.waiting[0].pieces[:2] for line in plot.board(guest)] == [("Waits for ", "Secretary")]
    assert [line.waiting[0].pieces[:2] for line in plot.board(plot.theo)] == [("Waits for ", "“Buy the seed”")]


def test_a_document_is_read_by_its_classification(plot: Plot, sessions: Sessions) -> None:
    with clock.moved_to(MORNING), transaction(sessions) as session:
        task = session.scalars(select(UserTask).where(UserTask.element_id == "dig")).one()
        draft = drafts.ensure_of_task(session, task)
        paper = documents.attach(session, draft=draft, field="f-x", name="a.txt", media_type="", content=b"A plan.", actor=plot.wim)
        case, values = session.get_one(ProcessInstance, plot.id), {"x": [documents.value_of(paper)]}
        documents.settle(session, draft, case, task, values, lambda _control: "plan")
        drafts.discard(session, draft)
        paper_id = paper.id
    plot.do("dig", plot.wim)
    guest = plot.guest(plot.dan)

    with transaction(sessions, reading=True) as session:
        for reader in (plot.rosa, plot.wim, guest):
            assert documents.get_for(session, reader, paper_id).classification == "plan"
        for stranger in (plot.theo, plot.sid, plot.nell, plot.dan):
            with pytest.raises(NotFound):
                documents.get_for(session, stranger, paper_id)
        assert not access.may_read(session, guest, session.get_one(Document, paper_id), Right.WRITE)


def test_cases_that_stand_alike_share_their_rights(plot: Plot, sessions: Sessions) -> None:
    with transaction(sessions) as session:
        for _ in range(3):
            instances.start(session, SYSTEM, "garden", {"size": "small"})
        instances.start(session, SYSTEM, "garden", {"size": "large"})

    with transaction(sessions, reading=True) as session:
        assert session.scalar(select(func.count()).select_from(AccessProfile)) == 2


def test_a_step_that_changes_neither_stage_nor_fact_asks_nothing_about_rights(plot: Plot, engine: Engine) -> None:
    plot.do("dig", plot.wim)

    asked = statements(engine, lambda: plot.do("sow", plot.rosa, note="Peas"))
    changed = statements(engine, lambda: plot.do("water", plot.rosa))

    assert not [one for one in asked if "access_" in one and "INSERT" in one]
    assert [one for one in changed if "access_profile" in one]


def test_a_table_that_cannot_be_asked_shows_a_case_to_nobody(sessions: Sessions, person: MakePerson) -> None:
    broken = guarded([*RULES, ('"over"', "", '"secretary"', '"*"', "", '"raed"')])
    files = guarded()
    with transaction(sessions) as session:
        deployed = deployments.deploy(session, files)
        assert deployed.version == 1

    [problem] = checks.check(broken)
    assert "A rule gives the right “raed”. Write one of: none, status, read, write" in problem.message
    with pytest.raises(Trouble):
        rights.collected([{"who": "secretary", "what": "*", "own": None, "right": "raed"}], [])


def test_what_could_not_be_asked_is_not_remembered_but_asked_again_at_the_next_step(sessions: Sessions, person: MakePerson) -> None:
    rules = [*RULES, ("", "", '"treasurer"', '"plan"', "", 'if size = "odd" then "raed" else "read"')]
    plot = Plot(sessions, person, rules, size="odd")

    plot.do("dig", plot.wim)

    assert plot.board(plot.rosa) == []
    with transaction(sessions, reading=True) as session:
        assert session.scalar(select(func.count()).select_from(AccessProfile)) == 0
    plot.do("sow", plot.rosa, size="small")
    assert len(plot.board(plot.rosa)) == 1


WRONG = {
    "role": ([("", "", '"secertary"', '"*"', "", '"read"')], "“secertary” is no role in procedure.toml"),
    "classification": ([("", "", '"secretary"', '"plans"', "", '"read"')], "“plans” is no classification"),
    "stage": ([('"weeding"', "", '"secretary"', '"*"', "", '"read"')], "“weeding” is no stage"),
    "nobody": ([("", "", "", '"*"', "", '"read"')], "A rule does not say who"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_word_of_the_table_that_nothing_knows_is_told(case: str) -> None:
    rules, said = WRONG[case]

    assert [problem for problem in checks.check(guarded(rules)) if said in problem.message]


def test_the_words_of_the_diagrams_must_be_known_and_stand_where_they_mean_something() -> None:
    odd = properties(stage="weeding"), properties(stage="sowing"), properties(classification="secret"), properties(classification="= a")
    body = BODY.replace(properties(stage="over"), odd[0]) + "".join(
        user_task(f"odd_{number}", said, form="do", candidateGroups="secretary") for number, said in enumerate(odd[1:])
    )
    arrows = f"{ARROWS.replace('is_over end', 'is_over odd_0')}; odd_0 odd_1; odd_1 odd_2; odd_2 end"

    told = {problem.element: problem.message for problem in checks.check(guarded(body=body, arrows=arrows))}

    assert told.keys() == {"is_over", "odd_0", "odd_1", "odd_2"}
    assert "Only a milestone" in told["odd_0"]


def test_a_procedure_with_a_table_gives_no_role_the_sight_of_all_cases() -> None:
    files = guarded()
    files["procedure.toml"] = files["procedure.toml"].replace(b'name = "Treasurer"', b'name = "Treasurer"\nsees = "cases"')

    assert [(problem.file, problem.element) for problem in checks.check(files)] == [("procedure.toml", "roles.treasurer")]


def test_the_table_must_be_there_and_have_its_answers() -> None:
    missing = {path: content for path, content in guarded().items() if path != "who_sees.dmn"}
    without = guarded() | {"who_sees.dmn": table(RULES).replace(b'name="own"', b'name="only"')}

    assert ["There is no decision" in problem.message for problem in checks.check(missing)] == [True]
    assert "no answer called “own”" in checks.check(without)[0].message


def test_administrators_see_no_case_and_the_history_stays_whole(plot: Plot, sessions: Sessions, ada: Actor) -> None:
    assert plot.of(ada) is Right.NONE

    with transaction(sessions, reading=True) as session:
        assert history.verify(session, session.get_one(ProcessInstance, plot.id)) == []


def test_a_process_says_at_which_stage_its_cases_begin(sessions: Sessions, person: MakePerson) -> None:
    wait = user_task("dig", form="do", candidateGroups="secretary", name="Dig")
    files = guarded(body=wait, arrows="asked dig; dig end")
    said = f"<bpmn:extensionElements>{properties(stage='sowing')}</bpmn:extensionElements>"
    files["p.bpmn"] = files["p.bpmn"].replace(b' name="Reports">', b' name="Reports">' + said.encode())
    theo = person("Theo Mint", "treasurer")
    with transaction(sessions) as session:
        deployments.deploy(session, files)
        case = instances.start(session, SYSTEM, "garden", {})

        assert (case.stage, access.sight(session, theo, case).of_case) == ("sowing", Right.READ)

    [problem] = checks.check(files | {"p.bpmn": files["p.bpmn"].replace(b'value="sowing"', b'value="sawing"')})
    assert "“sawing” is not in procedure.toml" in problem.message


def test_who_acts_as_what_in_a_case_is_told_to_those_who_may_read_what_the_role_is_kept_as(sessions: Sessions, person: MakePerson) -> None:
    # given a case in which somebody is a guest, which is kept as its money is
    files = guarded()
    files["procedure.toml"] = files["procedure.toml"].replace(b'name = "Guest"\n', b'name = "Guest"\nclassification = "money"\n')
    with transaction(sessions) as session:
        deployments.deploy(session, files)
        case = instances.start(session, SYSTEM, "garden", {"size": "small"}).id
    people = {"secretary": person("Rosa Field", "secretary"), "treasurer": person("Theo Mint", "treasurer")}
    people |= {"guest": person("Gus West"), "other": person("Ona Pike")}
    with transaction(sessions) as session:
        instance = session.get_one(ProcessInstance, case)
        for who in ("guest", "other"):
            identity.join(session, session.get_one(Person, people[who].id), "guest", instance)
            people[who] = identity.actor_for(session, session.get_one(Person, people[who].id))

    def told(who: str) -> list[str]:
        with transaction(sessions, reading=True) as session:
            sight = access.sight(session, people[who], session.get_one(ProcessInstance, case))
            return [one.name for one in insight.appointments(session, procedures.of_instance(session, sight.instance).procedure, sight)]

    # then the money's readers know of them, and nobody else, not even the guests of one another
    assert {who: told(who) for who in people} == {"secretary": ["Gus West", "Ona Pike"], "treasurer": [], "guest": [], "other": []}
    wim = person("Wim Bed", "warden:north")
    with transaction(sessions) as session:
        tasks.complete_with(session, wim, session.scalars(select(UserTask.id).where(UserTask.instance_id == case)).one(), {})
    assert {who: told(who) for who in ("treasurer", "guest")} == {"treasurer": ["Gus West", "Ona Pike"], "guest": []}
    wrong = files | {"procedure.toml": files["procedure.toml"].replace(b'classification = "money"', b'classification = "mony"')}
    assert ["“mony” is not in procedure.toml" in one.message for one in checks.check(wrong)] == [True]


def test_whatever_a_case_let_people_act_as_ends_with_it(plot: Plot) -> None:
    plot.guest(plot.nell)
    plot.do("dig", plot.wim)
    plot.do("sow", plot.rosa)
    with transaction(plot.sessions, reading=True) as session:
        assert identity.actor_for(session, session.get_one(Person, plot.nell.id)).groups_in(plot.id) >= {"guest"}

    plot.do("water", plot.rosa)

    with transaction(plot.sessions, reading=True) as session:
        assert identity.actor_for(session, session.get_one(Person, plot.nell.id)).case_groups == {}
        case = session.get_one(ProcessInstance, plot.id)
        ended = [event.detail for event in history.events(session, case) if event.what == "role_ended"]
        assert ended == [{"role": "guest", "person": str(plot.nell.id)}]
        assert history.verify(session, case) == []


def test_whoever_looks_after_the_machine_is_refused_what_an_access_table_lets_people_read(plot: Plot, person: MakePerson) -> None:
    ada = person("Ada Low", "administrator")

    with transaction(plot.sessions) as session:
        for group in ("secretary", "guest", "not_declared_yet"):
            with pytest.raises(Conflict, match="Whoever looks after Casework itself reads no case"):
                access.keep_apart(session, ["administrator", group])
        access.keep_apart(session, ["secretary", "guest"])
        access.keep_apart(session, ["administrator"])

        given = {"role": "guest", "to": ada.email}
        work = Work(session=session, instance=session.get_one(ProcessInstance, plot.id), variables=given, headers={}, key="job")
        with pytest.raises(Trouble, match="They cannot act as “Guest”"):
            WORKERS["grant-role"](work)

        away: dict[str, Any] = {"starts_on": clock.today(), "ends_on": clock.today(), "reason": "Leave"}
        with pytest.raises(Invalid) as refused:
            deputies.name(session, plot.rosa, group="secretary", email=ada.email, **away)
    assert "reads no case. They cannot act as “Secretary”" in refused.value.problems["email"]
