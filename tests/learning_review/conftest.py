"""The Learning Review deployed, the people who work on it, and a story to tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from engine import deployments
from engine.database import Sessions, transaction
from engine.identity import Actor
from tests.learning_review.story import FOLDERS, SignIn, Story

BEGAN = datetime(2026, 3, 3, 10, tzinfo=UTC)

CAST = {
    "administrator": ("Rowan Hughes", "business_support"),
    "adult lead": ("Aileen Boyd", "lead_officer_adult"),
    "child lead": ("Catriona Laing", "lead_officer_child"),
    "manager": ("Morag Sim", "public_protection_manager"),
    "chair": ("Grace Kerr", "emppc_chair"),
    "police": ("Pete Dunn", "senior_manager:police"),
    "police author": ("Rob Innes", "agency_author:police"),
    "nhs": ("Nadia Shah", "senior_manager:nhs"),
    "nhs author": ("Olu Ade", "agency_author:nhs"),
    "social work": ("Sheila Wood", "senior_manager:social_work_east"),
    "csog": ("Callum Orr", "csog_member"),
    "emppc": ("Elspeth Mann", "emppc_member"),
}


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
    with transaction(sessions) as session:
        deployments.deploy(session, deployments.read(FOLDERS))
    story = Story(app, sessions, sign_in, people, BEGAN)
    try:
        yield story
        story.all_is_well()
    finally:
        story.close()
