"""People at the site while its processes are killed: they do their tasks over HTTP, and try again where no answer came."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from itertools import count
from urllib.parse import urlencode
from uuid import UUID, uuid4

from lxml import html

from web.unit_of_work import SIGN_IN_COOKIE

PATIENCE = 15.0  # seconds until an answer counts as lost
AWAY = 503  # the database is away, and the page says so
ENOUGH = 4  # tasks on the list; with fewer, a new case is begun


class Lost(Exception):
    """No answer came; nobody knows whether it was done."""


class Told:
    """What the site has told people, to be held against what is stored in the end."""

    def __init__(self) -> None:
        self.tried: dict[str, UUID] = {}  # each answer and the task it was given to
        self.accepted: set[str] = set()
        self.begun: set[str] = set()  # names of cases whose start was accepted
        self.lost = 0  # answers to what a server had taken
        self.broken: list[str] = []  # answers that no person should ever get
        self._names, self._lock = count(), threading.Lock()
        self.last = False  # the next case is the last

    def next_name(self) -> tuple[str, str]:
        """The name of a new case, and of the one it will hand the baton to: the next, or the first where this is the last."""
        with self._lock:
            number = next(self._names)
            return f"case{number}", "case0" if self.last else f"case{number + 1}"


class Clerk:
    """One person with a browser, at whichever server is there."""

    def __init__(self, token: str, ports: Callable[[], list[int]], told: Told, seed: str) -> None:
        self.cookies = {SIGN_IN_COOKIE: token}
        self.ports, self.told, self.dice = ports, told, random.Random(seed)
        self.unsent: dict[str, str] | None = None  # the form of a case, until its start is accepted
        self.stop = threading.Event()

    def work(self, *, begins: bool) -> None:
        """Do tasks until told to stop."""
        while not self.stop.is_set():
            try:
                waiting = self.waiting()
                if begins and (self.unsent is not None or len(waiting) < ENOUGH):
                    self.begin()
                elif waiting:
                    self.do(self.dice.choice(waiting))
                else:
                    self.stop.wait(0.1)
            except Lost:
                self.stop.wait(0.05)

    def waiting(self) -> list[str]:
        """Addresses of the tasks on the list."""
        _, page = self._ask("GET", "/tasks")
        return sorted({link for link in page.xpath("//main//a/@href") if _is_task(link)})

    def begin(self) -> None:
        """Start a case. Without an answer the same form is sent again, as a person does with the page that is still open."""
        if self.unsent is None:
            name, partner = self.told.next_name()
            self.unsent = {"f-name": name, "f-partner": partner}
        if "form" not in self.unsent:
            _, page = self._surely("GET", "/start/relay")
            self.unsent = _held(page) | self.unsent | {"action": "submit"}
        answer, _ = self._surely("POST", "/start/relay", self.unsent)
        if (answer.status, answer.getheader("Location")) == (303, "/start/relay/sent"):
            self.told.begun.add(self.unsent["f-name"])
            self.unsent = None

    def send_what_is_open(self) -> None:
        """Go on with the form that was not sent when the day was over."""
        self.stop.clear()
        if self.unsent is not None:
            self.begin()
        assert self.unsent is None, f"the form of {self.unsent} is not taken"

    def do(self, address: str) -> None:
        """Do a task, if it is still there. After a lost answer, look whether it is, and send the same again."""
        note, task = uuid4().hex, UUID(address.rpartition("/")[2])
        while True:
            answer, page = self._ask("GET", address)
            if answer.status != 200:
                return
            self.told.tried[note] = task
            try:
                answer, _ = self._ask("POST", address, _held(page) | {"f-note": note, "action": "submit"})
            except Lost:
                continue
            if (answer.status, answer.getheader("Location")) == (303, f"{address}/done"):
                self.told.accepted.add(note)
            return

    def _surely(self, method: str, address: str, form: Mapping[str, str] | None = None) -> tuple[HTTPResponse, html.HtmlElement]:
        """Ask again until there is an answer, or the day is over."""
        while True:
            try:
                answer, page = self._ask(method, address, form)
            except Lost:
                if self.stop.wait(0.05):
                    raise
                continue
            if answer.status != AWAY or self.stop.wait(0.2):
                return answer, page

    def _ask(self, method: str, address: str, form: Mapping[str, str] | None = None) -> tuple[HTTPResponse, html.HtmlElement]:
        server = HTTPConnection("127.0.0.1", self.dice.choice(self.ports()), timeout=PATIENCE)
        head = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        try:
            if form is None:
                server.request(method, address, headers=head)
            else:
                server.request(method, address, urlencode(form), head | {"Content-Type": "application/x-www-form-urlencoded"})
            answer = server.getresponse()
            body = answer.read().decode()
        except ConnectionRefusedError as error:
            raise Lost from error
        except (OSError, HTTPException) as error:
            self.told.lost += 1
            raise Lost from error
        finally:
            server.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        if answer.status >= 500 and answer.status != AWAY:
            self.told.broken.append(f"{method} {address}: {answer.status}")
        return answer, html.document_fromstring(body or "<body></body>")


def _is_task(link: str) -> bool:
    return link.startswith("/tasks/") and len(link) == len("/tasks/") + 36


def _held(page: html.HtmlElement) -> dict[str, str]:
    """What the form of this page holds already."""
    return {name: value for form in page.xpath("//main//form[@method='post']")[:1] for name, value in form.form_values()}
