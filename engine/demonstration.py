"""The demonstration: accounts and a handful of cases at different stages, told by a file of the procedure.

`demonstration.toml` lists people, and cases as the day each began and what was answered since; the cases run on the
real engine with the clock moved, so that they are what they would be had they been worked on.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from . import access, clock, identity, instances, jobs, scheduler, tasks
from .database import Sessions, transaction
from .errors import Invalid
from .identity import passwords
from .models import Person, ProcessInstance, TaskState, UserTask

FILE = "demonstration.toml"


@dataclass(frozen=True)
class Account:
    """An account that the sign-in page shows in a demonstration."""

    name: str
    email: str
    password: str
    job_title: str
    groups: tuple[str, ...]


def accounts(folder: Path) -> list[Account]:
    """The accounts of a procedure's demonstration; none where it has no such file."""
    people = _read(folder).get("people", [])
    return [Account(p["name"], p["email"], p["password"], p.get("job_title", ""), tuple(p.get("groups", []))) for p in people]


def load(sessions: Sessions, folder: Path, procedure_key: str, *, base_url: str = "") -> int:
    """Make the accounts and the cases, once. Returns how many cases there are from it."""
    with transaction(sessions) as session:
        if session.scalar(select(ProcessInstance.id).where(ProcessInstance.procedure_key == procedure_key).limit(1)) is not None:
            return 0
        # One password is shown for all of them. What it is stored as takes long to work out, and is no secret here.
        stored = functools.cache(passwords.hash_of)
        for account in accounts(folder):
            _ensure(session, account, stored(account.password))
    cases = _told(_read(folder).get("cases", []))
    for case in cases:
        _play(sessions, procedure_key, case, base_url)
    return len(cases)


def _read(folder: Path) -> dict[str, Any]:
    file = folder / FILE
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def _told(cases: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Every case with its steps: one that is `like` another goes the same way, with other words, as far as its first step `until`."""
    courses = {case["course"]: case for case in cases if "course" in case}
    return [_like(courses[case["like"]], case) if "like" in case else case for case in cases]


def _like(course: Mapping[str, Any], case: Mapping[str, Any]) -> Mapping[str, Any]:
    went = [step["element"] for step in course["steps"]]
    steps = course["steps"][: went.index(case["until"]) + 1]
    return {**case, **_in_words({"start": course["start"], "steps": steps}, case["words"])}


def _in_words(value: Any, words: Mapping[str, str]) -> Any:
    """The value with every one of these words said otherwise."""
    if isinstance(value, str):
        return functools.reduce(lambda said, word: said.replace(word, words[word]), words, value)
    if isinstance(value, dict):
        return {key: _in_words(entry, words) for key, entry in value.items()}
    return [_in_words(entry, words) for entry in value] if isinstance(value, list) else value


def _ensure(session: Any, account: Account, stored: str) -> None:
    if identity.by_email(session, account.email) is None:
        access.keep_apart(session, account.groups)
        identity.add_person(
            session, email=account.email, name=account.name, password=account.password, password_hash=stored, groups=account.groups,
            job_title=account.job_title,
        )  # fmt: skip


def _play(sessions: Sessions, procedure_key: str, case: Mapping[str, Any], base_url: str) -> None:
    """Start one case on its day, take its steps each on its own, and let the clock run to today."""
    began = clock.now() - timedelta(days=case["began_days_ago"])
    with clock.moved_to(began), transaction(sessions) as session:
        starter = _person(session, case["started_by"]) if "started_by" in case else identity.SYSTEM
        instance_id = instances.start(session, starter, procedure_key, _dated(case["start"], began)).id
    for step in case.get("steps", []):
        at = began + timedelta(days=step["day"], minutes=5)
        _pass_time(sessions, at, base_url)
        with clock.moved_to(at):
            _step(sessions, instance_id, step, began)
            scheduler.tick(sessions, None, base_url=base_url)
    _pass_time(sessions, clock.now(), base_url)


def _pass_time(sessions: Sessions, until: datetime, base_url: str) -> None:
    """Let what falls due happen on its own day, as if the site had been running: a reminder bears the day it was due."""
    due = _next_due(sessions)
    while due is not None and due <= until:
        with clock.moved_to(due):
            scheduler.tick(sessions, None, base_url=base_url)
        before, due = due, _next_due(sessions)
        if due is not None and due <= before:
            break  # it is tried again later; nothing here may wait for it
    with clock.moved_to(until):
        scheduler.tick(sessions, None, base_url=base_url)


def _next_due(sessions: Sessions) -> datetime | None:
    with transaction(sessions, reading=True) as session:
        return jobs.next_due(session)


def _step(sessions: Sessions, instance_id: Any, step: Mapping[str, Any], began: datetime) -> None:
    with transaction(sessions) as session:
        # A step of a process that the case has begun as a case of its own names that process.
        whose = UserTask.process_key == step["process"] if "process" in step else UserTask.instance_id == instance_id
        waiting = select(UserTask).where(whose, UserTask.state == TaskState.OPEN)
        named = (t for t in session.scalars(waiting).unique() if t.element_id == step["element"])
        task = next((t for t in named if step.get("subject") in (None, t.subject)), None)
        if task is None:
            raise Invalid({step["element"]: f"The demonstration's case has no open task “{step['element']}” on day {step['day']}."})
        person = _person(session, step["by"]) if "by" in step else identity.actor_for(session, tasks.assignable(session, task)[0])
        tasks.complete_with(session, person, task.id, _dated(step.get("answers", {}), began))


def _person(session: Any, email: str) -> identity.Actor:
    return identity.actor_for(session, session.scalars(select(Person).where(Person.email == email)).one())


def _dated(value: Any, began: datetime) -> Any:
    """ "@3" in a demonstration's answers stands for the third day of the case, so that its dates are always near."""
    if isinstance(value, str) and value.startswith("@"):
        return (began.astimezone(clock.CIVIL).date() + timedelta(days=int(value[1:]))).isoformat()
    if isinstance(value, dict):
        return {key: _dated(entry, began) for key, entry in value.items()}
    return [_dated(entry, began) for entry in value] if isinstance(value, list) else value
