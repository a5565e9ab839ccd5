"""People at the site, without a browser: they open pages, read them, fill in the form they see and send it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

Answers = Mapping[str, str | Sequence[Any]]


class Visitor:
    """One person's browser, with its cookies. `answer` is the last response, `page` its parsed HTML."""

    answer: TestResponse
    page: html.HtmlElement

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def open(self, path: str) -> Visitor:
        """Go to a page, as by a link."""
        return self._see(self.client.get(path, follow_redirects=True))

    def send(self, answers: Answers | None = None, *, form: str = "//main//form[@method='post']", button: str | None = None) -> Visitor:
        """Fill in the form of this page and send it; what it already holds (drafts, hidden fields) is sent along, as a browser does.

        An answer is a text, a list (several boxes ticked, or none: []), or a file as (stream, name). `button` chooses by its words.
        """
        found = self.page.xpath(form)
        assert found, f"there is no form here:\n{self.text}"
        sent: dict[str, Any] = _held(found[0])
        sent.update(_pressed(found[0], button))
        sent.update(answers or {})
        action = found[0].get("action") or self.answer.request.full_path
        return self._see(self.client.post(action, data=sent, follow_redirects=True))

    @property
    def text(self) -> str:
        """What the page says, on one line."""
        return " ".join(self.page.xpath("//body")[0].text_content().split())

    @property
    def problems(self) -> list[str]:
        """The sentences of the error summary."""
        return [" ".join(link.text_content().split()) for link in self.page.xpath("//*[contains(@class,'govuk-error-summary__list')]//a")]

    def links(self, words: str) -> list[str]:
        """The addresses of the links that carry these words."""
        return [link.get("href") for link in self.page.xpath("//a[@href]") if words in " ".join(link.text_content().split())]

    def _see(self, answer: TestResponse) -> Visitor:
        self.answer = answer
        # Werkzeug would warn when the next request begins with this one's file still open.
        answer.close()
        self.page = html.document_fromstring(answer.get_data(as_text=True) or "<body></body>")
        return self


def _held(form: Any) -> dict[str, list[str]]:
    """What a form would send as it stands."""
    held: dict[str, list[str]] = {}
    for name, value in form.form_values():
        held.setdefault(name, []).append(value)
    return held


def _pressed(form: html.HtmlElement, words: str | None) -> dict[str, str]:
    if words is None:
        return {}
    buttons = [button for button in form.xpath(".//button") if words in " ".join(button.text_content().split())]
    assert buttons, f"no button says “{words}”"
    return {buttons[0].get("name"): buttons[0].get("value", "")} if buttons[0].get("name") else {}
