"""What tests of the site may ask for beside the site itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from engine import database
from engine.identity import Actor, passwords

if TYPE_CHECKING:
    from tests.web.errands import Errands


@pytest.fixture
def errands(sessions: database.Sessions, person: Callable[..., Actor]) -> Errands:
    """A tiny procedure, deployed, and the people in it."""
    from tests.web.errands import Errands

    return Errands(sessions, person)


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed so slowly on purpose that tests of pages would do little else."""
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates compiled once for all the sites of a run."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(app: Flask, compiled_templates: FileSystemBytecodeCache) -> Flask:
    """The site, just as it is served, but sooner."""
    app.jinja_env.bytecode_cache = compiled_templates
    return app
