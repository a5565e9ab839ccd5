"""The Learning Review deployed, the people who work on it, and a story to tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from engine import clock, deployments
from engine.database import Sessions, transaction
from engine.identity import Actor
from tests.learning_review.cast import BEGAN, CAST
from tests.learning_review.standing import Standings
from tests.learning_review.story import FOLDERS, SignIn, Story


@pytest.fixture
def people(person: Callable[..., Actor]) -> dict[str, Actor]:
    """The cast, by what they are called in the stories."""
    return {name: person(full_name, *groups) for name, (full_name, *groups) in CAST.items()}


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Every story has a site of its own; their pages need to be compiled only once."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def story(
    app: Flask, sessions: Sessions, sign_in: SignIn, people: dict[str, Actor], compiled_templates: FileSystemBytecodeCache
) -> Iterator[Story]:
    """The procedure is live, and it is ten o'clock on 3 March 2026."""
    app.jinja_env.bytecode_cache = compiled_templates
    with transaction(sessions) as session, clock.moved_to(BEGAN):
        deployments.deploy(session, deployments.read(FOLDERS))
    story = Story(app, sessions, sign_in, people, BEGAN)
    try:
        yield story
        story.all_is_well()
    finally:
        story.close()


@pytest.fixture(scope="session")
def standings(tmp_path_factory: pytest.TempPathFactory, sqlite_file: Path, compiled_templates: FileSystemBytecodeCache) -> Standings:
    """The usual case at each of its stages."""
    return Standings(tmp_path_factory.mktemp("standings"), sqlite_file, compiled_templates)


@pytest.fixture
def story_from(standings: Standings, tmp_path: Path) -> Iterator[Callable[[str], Story]]:
    """Goes on with a copy of the usual case from one of its stages: story_from("decided")."""
    with ExitStack() as open_stories:
        yield lambda stage: open_stories.enter_context(standings.going_on_from(stage, tmp_path))


USUAL = "test_stories_review.py"  # the one story of a whole review that every run tells


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Stories that go on from a review are long: `make stories` tells them, and `make test` only the usual one."""
    for item in items:
        if "story_from" in getattr(item, "fixturenames", ()) and item.path.name != USUAL:
            item.add_marker(pytest.mark.long)
