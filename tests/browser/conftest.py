"""The site in a real browser: a server in a thread, and pages of Chromium. Without Chromium these tests are skipped."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy import Engine
from werkzeug.serving import make_server

from engine import database, identity
from engine.identity import Actor
from tests.browser.install import find
from tests.conftest import PASSWORD
from web import create_app
from web.configuration import ROOT, Configuration
from web.unit_of_work import SIGN_IN_COOKIE

AXE = ROOT / "web/frontend/node_modules/axe-core/axe.min.js"
# No sandbox inside a sandbox, and nothing that Chromium would look up on the internet by itself.
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic", "--no-first-run",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def database_url(sqlite_file: Path, tmp_path: Path) -> str:
    """One kind of database is enough to see what a browser does."""
    return f"sqlite:///{shutil.copy(sqlite_file, tmp_path / 'casework.db')}"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, started once."""
    program = find()
    if program is None:
        pytest.skip("There is no Chromium on this machine: install it to run the browser tests.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def server(configuration: Configuration, engine: Engine) -> Iterator[str]:
    """The address of the site, served for this test."""
    app: Flask = create_app(configuration, engine)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_page(chromium: Browser, server: str, sessions: database.Sessions) -> Iterator[Callable[..., Page]]:
    """Opens a browser of its own for a person, signed in, or for nobody in particular. Errors on its pages fail the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def make(actor: Actor | None = None, **settings: Any) -> Page:
        context = chromium.new_context(base_url=server, locale="en-GB", timezone_id="Europe/London", **settings)
        contexts.append(context)
        if actor is not None:
            with database.transaction(sessions) as session:
                token = identity.sign_in(session, actor.email, PASSWORD, address="test")
            context.add_cookies([{"name": SIGN_IN_COOKIE, "value": token, "url": server}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A browser with nobody signed in."""
    return open_page()


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """Checks a page as it stands with axe, against WCAG 2.2 AA and good practice."""

    def check(page: Page) -> None:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        # What passed is much longer than what failed, and nobody reads it.
        found = page.evaluate("axe.run({resultTypes: ['violations']}).then((found) => found.violations)")
        told = [f"{v['id']}: {v['help']}\n  " + "\n  ".join(node["html"] for node in v["nodes"]) for v in found]
        assert told == [], f"{page.url}:\n" + "\n".join(told)

    return check
