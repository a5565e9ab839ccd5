"""What every test may ask for: an empty database of either kind, the site on it, people with accounts, and their visits."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from engine import database, identity
from engine.identity import Actor, passwords
from tests.postgres import Server
from tests.visitors import Visitor

if TYPE_CHECKING:
    from web.configuration import Configuration

# A test that is slow on a busy machine is not wrong, and the same tries each time make a failure one that can be repeated.
settings.register_profile("casework", deadline=None, derandomize=True)
settings.load_profile("casework")

# Passwords are made to be slow to guess; a test's need not be.
passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "correct horse battery"

SQLITE = pytest.param("sqlite", id="sqlite")
POSTGRESQL = pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgresql)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Server]:
    """The PostgreSQL server of this run."""
    base = tmp_path_factory.getbasetemp()
    server = Server((base if worker_id == "master" else base.parent) / "postgres")
    yield server
    server.close()


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with all tables and nothing in them, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "prepared.db"
    database.upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with all tables and nothing in them; each test that asks runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_file'), tmp_path / 'casework.db')}"
        return
    server: Server = request.getfixturevalue("postgres")
    url = server.create()
    yield url
    server.drop(url)


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Server = request.getfixturevalue("postgres")
    url = server.create(empty=True)
    yield url
    server.drop(url)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A connected database; every connection is closed after the test."""
    engine = database.connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def sessions(engine: Engine) -> database.Sessions:
    """What `transaction` takes."""
    return database.sessions(engine)


@pytest.fixture
def db(sessions: database.Sessions) -> Iterator[Session]:
    """An open transaction, committed after the test."""
    with database.transaction(sessions) as session:
        yield session


@pytest.fixture
def configuration(database_url: str, tmp_path: Path) -> Configuration:
    """The settings of a site on this test's database."""
    # The site is imported only by tests that want it; the engine's need to run without.
    from web.configuration import Configuration

    return Configuration(folder=tmp_path, database_url=database_url, secret_key="known to the test", base_url="http://localhost")


@pytest.fixture
def app(configuration: Configuration, engine: Engine) -> Flask:
    """The site, just as it is served."""
    from web import create_app

    app = create_app(configuration, engine)
    app.testing = True
    return app


@pytest.fixture
def person(sessions: database.Sessions) -> Callable[..., Actor]:
    """Makes an account: person("Leila Khan", "office", "senior_manager:police")."""

    def make(name: str, *groups: str) -> Actor:
        email = f"{name.lower().replace(' ', '.')}@example.org"
        with database.transaction(sessions) as session:
            made = identity.add_person(session, email=email, name=name, password=PASSWORD, groups=groups)
            return identity.actor_for(session, made)

    return make


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody at the site without an account."""
    return Visitor(app.test_client())


@pytest.fixture
def sign_in(app: Flask, sessions: database.Sessions) -> Callable[[Actor], Visitor]:
    """Signs a person in: sign_in(leila).open("/tasks")."""
    from web.unit_of_work import SIGN_IN_COOKIE

    def enter(actor: Actor) -> Visitor:
        with database.transaction(sessions) as session:
            token = identity.sign_in(session, actor.email, PASSWORD, address="test")
        client = app.test_client()
        client.set_cookie(SIGN_IN_COOKIE, token)
        return Visitor(client)

    return enter
