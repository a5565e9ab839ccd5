"""Every page of the site, looked at by somebody whom it is for: on a wide and on a narrow screen, and by a machine that reads aloud."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from werkzeug.routing import Rule
from werkzeug.serving import make_server

from engine import database, identity, instances
from tests.browser.whole_site import NO_PAGES, NOBODY, PAGES, PROCEDURE, WholeSite
from web import create_app
from web.configuration import Configuration
from web.start import SENT
from web.unit_of_work import SIGN_IN_COOKIE

WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=375, height=800)
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
# What only machines read: no value, a date as it is stored, an id, a name from a program.
RAW = re.compile(r"\b(None|null|undefined|True|False)\b|\b\d{4}-\d\d-\d\d|\b[0-9a-f]{8}-[0-9a-f]{4}-|\b[a-z]+(?:_[a-z0-9]+)+\b")
ADDRESS = re.compile(r"https?://\S+|/\S+/\S*")
# Those who look after a procedure read the names of its files, elements and messages.
FOR_OWNERS = ("studio.", "problems.", "administration.", "cases.diagram")


class Visits:
    """The site being served, with a browser for each person who looks at it."""

    def __init__(self, site: WholeSite, chromium: Browser, address: str) -> None:
        self.site, self._chromium, self._address = site, chromium, address
        self._pages: dict[str, Page] = {}

    def page_of(self, who: str) -> Page:
        """The browser of this person, who signed in when they first looked."""
        if who not in self._pages:
            context = self._chromium.new_context(base_url=self._address, locale="en-GB", timezone_id="Europe/London", viewport=WIDE)
            self._sign_in(context, who)
            self._pages[who] = context.new_page()
        return self._pages[who]

    def close(self) -> None:
        for page in self._pages.values():
            page.context.close()

    def _sign_in(self, context: BrowserContext, who: str) -> None:
        if who == NOBODY:
            return
        actor = self.site.people[who]
        with database.transaction(self.site.sessions) as db:
            token = identity.sign_in(db, actor.email, "learn together", address="test")
            key = instances.start_form(db, actor, PROCEDURE, None).draft_key if who == "office" else ""
        client = self.site.app.test_client()
        with client.session_transaction() as session:
            session[SENT] = {key: self.site.named["case"]}
        sent = client.get_cookie("casework")
        assert sent is not None
        for name, value in ((SIGN_IN_COOKIE, token), ("casework", sent.value)):
            context.add_cookies([{"name": name, "value": value, "url": self._address}])


@pytest.fixture(scope="module")
def visits(sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Visits]:
    """The site, served for all the tests below."""
    folder = tmp_path_factory.mktemp("whole")
    url = f"sqlite:///{shutil.copy(sqlite_file, folder / 'casework.db')}"
    engine = database.connect(url)
    settings = Configuration(
        folder=folder, database_url=url, secret_key="known to the test", base_url="http://localhost", demonstration=True
    )
    app = create_app(settings, engine)
    site = WholeSite(app, database.sessions(engine), folder)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    made = Visits(site, chromium, f"http://127.0.0.1:{server.server_port}")
    yield made
    made.close()
    server.shutdown()
    thread.join()
    server.server_close()
    engine.dispose()


def test_every_view_that_can_be_looked_at_is_in_the_list(visits: Visits) -> None:
    rules: list[Rule] = [rule for rule in visits.site.app.url_map.iter_rules() if "GET" in (rule.methods or ())]

    assert {rule.endpoint for rule in rules} == set(PAGES) | NO_PAGES
    adapter = visits.site.app.url_map.bind("localhost")
    for endpoint, looks in PAGES.items():
        for _, template in looks:
            assert adapter.match(visits.site.path(template).partition("?")[0])[0] == endpoint


@pytest.mark.parametrize(("endpoint", "who", "template"), [(endpoint, *look) for endpoint, looks in PAGES.items() for look in looks])
def test_a_page_fits_every_screen_says_what_it_is_and_can_be_read_by_machines(
    visits: Visits, assert_accessible: Callable[[Page], None], endpoint: str, who: str, template: str
) -> None:
    page = visits.page_of(who)
    page.set_viewport_size(WIDE)

    answer = page.goto(visits.site.path(template))

    assert answer is not None
    assert answer.status == 200
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("heading", level=1).inner_text().strip()
    assert re.fullmatch(r"\S.* – Casework", page.title())
    if not endpoint.startswith(FOR_OWNERS):
        assert [found.group() for found in RAW.finditer(ADDRESS.sub("", page.locator("main").inner_text()))] == []
    assert page.evaluate(FITS)
    assert_accessible(page)
    page.set_viewport_size(NARROW)
    assert page.evaluate(FITS)
    assert_accessible(page)


@pytest.mark.parametrize("template", ["/cases/{decided}", "/cases/{decided}/written/{number}"])
def test_what_is_printed_says_by_whom_and_has_nothing_to_click(visits: Visits, template: str) -> None:
    page = visits.page_of("lead")
    page.set_viewport_size(WIDE)
    page.goto(visits.site.path(template))
    printed, folded = page.get_by_text("Printed by Catriona Laing on"), page.locator("main details > :not(summary)")
    expect(printed).to_be_hidden()

    page.emulate_media(media="print")

    expect(printed).to_be_visible()
    for name in ("Main", "Pages of this case", "Breadcrumb"):
        expect(page.locator(f"nav[aria-label='{name}']")).to_be_hidden()
    assert page.locator("button:visible").count() == 0
    assert [one.is_visible() for one in folded.all()] == [True] * folded.count()
    page.emulate_media(media="screen")
