"""Cases that have come so far already: the way there is gone once, and each test goes on from a copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import select

from engine import clock, database, deployments, identity
from engine.identity import Actor
from engine.models import Person
from tests.conftest import PASSWORD
from tests.learning_review.cast import BEGAN, CAST
from tests.learning_review.course_of_review import COURSE
from tests.learning_review.story import FOLDERS, SignIn, Story
from tests.visitors import Visitor


@dataclass(frozen=True)
class Standing:
    """Where a case has come to: its database, its reference and the moment it is."""

    file: Path
    reference: str
    moment: datetime


class Standings:
    """The stages of one usual case, each told at most once in a run, by the sentences of `COURSE`. On SQLite: its file is copied."""

    def __init__(self, folder: Path, prepared: Path, compiled_templates: FileSystemBytecodeCache) -> None:
        self._folder, self._compiled_templates = folder, compiled_templates
        self._told = {"": Standing(prepared, "", BEGAN)}

    @contextmanager
    def going_on_from(self, stage: str, folder: Path) -> Iterator[Story]:
        """A story that begins where the usual case has come to this stage."""
        with self._story(self._standing(stage), folder / "casework.db") as story:
            yield story
            story.all_is_well()

    def _standing(self, stage: str) -> Standing:
        if stage not in self._told:
            stages = ["", *COURSE]
            file = self._folder / f"{stage}.db"
            with self._story(self._standing(stages[stages.index(stage) - 1]), file) as story:
                COURSE[stage](story)
                self._told[stage] = Standing(file, story.reference, clock.now())
        return self._told[stage]

    @contextmanager
    def _story(self, standing: Standing, file: Path) -> Iterator[Story]:
        # The site is imported only by tests that want it; the engine's need to run without.
        from web import create_app
        from web.configuration import Configuration

        url = f"sqlite:///{shutil.copy(standing.file, file)}"
        engine = database.connect(url)
        sessions = database.sessions(engine)
        app = create_app(
            Configuration(folder=file.parent, database_url=url, secret_key="known to the test", base_url="http://localhost"), engine
        )
        app.testing, app.jinja_env.bytecode_cache = True, self._compiled_templates
        if not standing.reference:
            _set_up(sessions)
        story = Story(app, sessions, _sign_in(app, sessions), _people(sessions), standing.moment)
        story.reference = standing.reference
        try:
            yield story
        finally:
            story.close()
            engine.dispose()


def _set_up(sessions: database.Sessions) -> None:
    with database.transaction(sessions) as session, clock.moved_to(BEGAN):
        deployments.deploy(session, deployments.read(FOLDERS))
        for name, *groups in CAST.values():
            identity.add_person(session, email=_email(name), name=name, password=PASSWORD, groups=groups)


def _email(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@example.org"


def _people(sessions: database.Sessions) -> dict[str, Actor]:
    with database.transaction(sessions, reading=True) as session:
        by_email = {person.email: identity.actor_for(session, person) for person in session.scalars(select(Person))}
    return {called: by_email[_email(name)] for called, (name, *_) in CAST.items()}


def _sign_in(app: Flask, sessions: database.Sessions) -> SignIn:
    from web.unit_of_work import SIGN_IN_COOKIE

    def enter(actor: Actor) -> Visitor:
        with database.transaction(sessions) as session:
            token = identity.sign_in(session, actor.email, PASSWORD, address="test")
        client = app.test_client()
        client.set_cookie(SIGN_IN_COOKIE, token)
        return Visitor(client)

    return enter
