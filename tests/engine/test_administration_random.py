"""Random acts of administrators on random small diagrams: whatever they do, the case can be loaded, tells what it waits for, and its
rows agree with it.

CASEWORK_RANDOM_ADMINISTRATION=500 runs more of them; a failure names its seed.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import administration, clock, deployments, identity, incidents, instances, messages, scheduler, tasks
from engine.database import Sessions, transaction
from engine.errors import Conflict, Invalid
from engine.identity import Actor
from engine.models import NOT_ENDED, Incident, IncidentState, Job, JobState, ProcessInstance, TaskState, UserTask
from tests.diagrams import (
    boundary,
    catch,
    diagram,
    each,
    element,
    end,
    event,
    gateway,
    handler,
    message,
    process,
    properties,
    script,
    start,
    sub_process,
    timer,
    user_task,
)
from tests.engine.agreement import disagreements
from tests.engine.standing import DESCRIPTOR, FORMS

SEEDS = int(os.environ.get("CASEWORK_RANDOM_ADMINISTRATION", "12"))
FIRST_SEED = int(os.environ.get("CASEWORK_RANDOM_SEED", "0"))
ACTS = 25
DAY = timedelta(days=1)
WHY = "It had to be."
TASK = {"form": "do", "candidateGroups": "secretary"}
ALSO = message("m", "word", "=reference")
DEADLINE = properties(deadline="By then")
Block = tuple[str, list[str], str, str]  # elements, arrows, the ids of the first and the last element


class Author:
    """Draws small processes in which everything waits sooner or later. Some of their steps fail."""

    def __init__(self, dice: random.Random) -> None:
        self.dice, self.count = dice, 0

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def block(self, depth: int) -> Block:
        kinds: list[Callable[[int], Block]] = [self.task, self.message, self.work]
        kinds += [self.sequence, self.branches, self.choice, self.inside, self.raced] if depth else []
        return self.dice.choice(kinds)(depth - 1)

    def task(self, _: int) -> Block:
        ident, loop = self.name("t"), ""
        if self.dice.random() < 0.2:
            loop = each("=[1, 2]", "it", self.name("all"), "=it", one_by_one=self.dice.random() < 0.5)
        said = TASK if self.dice.random() < 0.8 else {**TASK, "candidateGroups": "=if 1 = 2 then 1 else height"}
        body, arrows = user_task(ident, loop=loop, **said), []
        if self.dice.random() < 0.4:
            late, after, over = self.name("b"), self.name("h"), self.name("o")
            about = DEADLINE if self.dice.random() < 0.5 else ""
            body += boundary(late, ident, timer("timeDuration", "P3D"), about, interrupting=not about and self.dice.random() < 0.5)
            body, arrows = body + user_task(after, **TASK) + end(over), [f"{late} {after}", f"{after} {over}"]
        return body, arrows, ident, ident

    def message(self, _: int) -> Block:
        ident = self.name("m")
        return catch(ident, event("message", "m")), [], ident, ident

    def work(self, _: int) -> Block:
        ident = self.name("s")
        return script(ident, "=1", self.name("v")), [], ident, ident

    def sequence(self, depth: int) -> Block:
        (a, first, start_id, middle), (b, second, other, last) = self.block(depth), self.block(depth)
        return a + b, [*first, *second, f"{middle} {other}"], start_id, last

    def branches(self, depth: int) -> Block:
        kind = self.dice.choice(["parallel", "parallel", "inclusive"])
        split, join = self.name("x"), self.name("j")
        condition = " | =true" if kind == "inclusive" else ""
        body, arrows = gateway(split, kind) + gateway(join, kind), list[str]()
        for _ in range(2):
            inner, some, first, last = self.block(depth)
            body, arrows = body + inner, [*arrows, *some, f"{split} {first}{condition}", f"{last} {join}"]
        return body, arrows, split, join

    def choice(self, depth: int) -> Block:
        split, join = self.name("x"), self.name("y")
        body, arrows = gateway(split) + gateway(join), list[str]()
        for condition in ("=due = 1", "=not(due = 1)"):
            inner, some, first, last = self.block(depth)
            body, arrows = body + inner, [*arrows, *some, f"{split} {first} | {condition}", f"{last} {join}"]
        return body, arrows, split, join

    def inside(self, depth: int) -> Block:
        ident = self.name("p")
        inner, some, first, last = self.block(depth)
        body = start(f"{ident}s") + inner + end(f"{ident}e")
        if self.dice.random() < 0.5:
            late = (
                start(f"{ident}l", timer("timeCycle", "R/P4D"), isInterrupting="false") + user_task(f"{ident}c", **TASK) + end(f"{ident}f")
            )
            body += handler(f"{ident}h", late, f"{ident}l {ident}c; {ident}c {ident}f")
        return sub_process(ident, body, "; ".join([*some, f"{ident}s {first}", f"{last} {ident}e"])), [], ident, ident

    def raced(self, _: int) -> Block:
        split, day, word, join = self.name("g"), self.name("d"), self.name("m"), self.name("y")
        body = gateway(split, "eventBased") + catch(day, timer("timeDuration", "P5D")) + catch(word, event("message", "m")) + gateway(join)
        return body, [f"{split} {day}", f"{split} {word}", f"{day} {join}", f"{word} {join}"], split, join


class Chance:
    """One case, and people, time and administrators who do with it whatever they like."""

    def __init__(self, sessions: Sessions, seed: int, ada: Actor, rosa: Actor) -> None:
        self.sessions, self.ada, self.rosa, self.dice = sessions, ada, rosa, random.Random(seed)
        self.now: datetime = clock.now()
        body, arrows, first, last = Author(self.dice).sequence(3)
        asked = element("startEvent", "asked", "", '<zeebe:formDefinition formId="ask"/>', name="Asked")
        drawn = diagram(ALSO, process(asked + body + end(), "; ".join([f"asked {first}", *arrows, f"{last} end"])))
        key = f"garden{seed}"
        files = {"p.bpmn": drawn, "procedure.toml": DESCRIPTOR.replace(b'key = "garden"', f'key = "{key}"'.encode())} | FORMS
        with transaction(sessions) as session:
            deployments.deploy(session, files)
            case = instances.start(session, identity.SYSTEM, key, {"due": self.dice.randint(1, 2), "height": 5})
            self.id, self.reference = case.id, case.business_key
        self.acting, self.done = "", Counter[str]()
        self.moves = [self.complete, self.wait, self.send, self.move, self.solve, self.reschedule, self.hold, self.finish]

    def run(self) -> None:
        for _ in range(ACTS):
            act = self.dice.choices(self.moves, weights=[6, 3, 2, 6, 5, 2, 2, 0.2])[0]
            with clock.moved_to(self.now):
                self.acting = act.__name__
                act()
                scheduler.tick(self.sessions, None, base_url="")
                with transaction(self.sessions, reading=True) as session:
                    case = session.get_one(ProcessInstance, self.id)
                    assert disagreements(session, case) == [], f"after {act.__name__}"
                    self.says_what_it_waits_for(session, case)
                    if case.state not in NOT_ENDED:
                        return

    def says_what_it_waits_for(self, session: Session, case: ProcessInstance) -> None:
        """An administrator sees every case that goes on, with something that somebody can do."""
        seen = administration.overview(session, self.ada, self.reference)
        assert case.state not in NOT_ENDED or seen.steps or seen.timers or seen.incidents

    def try_to(self, act: Callable[[Session], Any]) -> None:
        """What is refused with a sentence changes nothing; anything else that goes wrong is a fault."""
        with suppress(Invalid, Conflict), transaction(self.sessions) as session:
            act(session)
            self.done[self.acting] += 1

    def one_of(self, kind: Any, *conditions: Any) -> Any:
        with transaction(self.sessions, reading=True) as session:
            found = session.scalars(select(kind).where(kind.instance_id == self.id, *conditions).order_by(kind.id)).unique().all()
        return self.dice.choice(found) if found else None

    # What happens

    def complete(self) -> None:
        if task := self.one_of(UserTask, UserTask.state == TaskState.OPEN):
            self.try_to(lambda session: tasks.complete_with(session, self.rosa, task.id, {}))

    def wait(self) -> None:
        self.now += self.dice.choice([DAY, 4 * DAY])

    def send(self) -> None:
        self.try_to(lambda session: messages.publish(session, "word", key=self.reference, variables={}))

    def move(self) -> None:
        with transaction(self.sessions, reading=True) as session:
            steps = administration.overview(session, self.ada, self.reference).steps
            tokens = [(step.stands.token, step.stands) for step in steps] + [(one.token, one) for step in steps for one in step.around]
            if not tokens:
                return
            token, stands = self.dice.choice(tokens)
            places = [place.element.id for place in administration.destinations(session, session.get_one(ProcessInstance, self.id), stands)]
        if self.dice.random() < 0.9:  # else most cases would be over at once
            places = [place for place in places if place != "end"]
        target = self.dice.choice([*places, "nowhere"])
        self.try_to(lambda session: administration.foresee_move(session, self.ada, self.reference, token, target))
        self.try_to(lambda session: administration.move(session, self.ada, self.reference, token, target, reason=WHY))

    def solve(self) -> None:
        if problem := self.one_of(Incident, Incident.state == IncidentState.OPEN):
            acts: list[Callable[..., Any]] = [incidents.retry, incidents.skip, incidents.withdraw, self.change]
            act = self.dice.choice(acts)
            self.try_to(lambda session: incidents.foresee_leaving(session, session.get_one(Incident, problem.id)))
            self.try_to(lambda session: act(session, self.ada, problem.id, reason=WHY))

    def change(self, session: Session, actor: Actor, number: int, *, reason: str) -> None:
        incidents.retry(session, actor, number, reason=reason, changes='{"height": "secretary"}')

    def reschedule(self) -> None:
        if timer := self.one_of(Job, Job.job_type == "timer", Job.state == JobState.WAITING):
            due = self.dice.choice([None, clock.now() + DAY, clock.today() + DAY])
            self.try_to(lambda session: administration.reschedule(session, self.ada, self.reference, timer.id, due=due, reason=WHY))

    def hold(self) -> None:
        act = self.dice.choice([administration.suspend, administration.resume, administration.resume])
        self.try_to(lambda session: act(session, self.ada, self.reference, reason=WHY))

    def finish(self) -> None:
        self.try_to(lambda session: administration.terminate(session, self.ada, self.reference, reason=WHY, confirmation=self.reference))


@pytest.mark.parametrize("group", range(3))
def test_whatever_administrators_do_a_case_can_be_loaded_and_tells_what_it_waits_for(
    sessions: Sessions, person: Callable[..., Actor], group: int
) -> None:
    ada, rosa = person("Ada Low", "administrator"), person("Rosa Field", "secretary")
    done = Counter[str]()
    for seed in range(FIRST_SEED + group, FIRST_SEED + SEEDS, 3):
        try:
            chance = Chance(sessions, seed, ada, rosa)
            chance.run()
            done += chance.done
        except Exception as error:
            raise AssertionError(f"random administration with seed {seed}: {error!r}") from error
    assert done["move"]
