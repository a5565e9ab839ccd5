"""What all pages share: where templates come from, the navigation, and the words they need around numbers and Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Flask, g, url_for
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from markdown_it import MarkdownIt
from markupsafe import Markup

from engine import access
from engine.forms.markdown import LINE_END

from .unit_of_work import has_documents, reads_registers, sees_cases

if TYPE_CHECKING:
    from .configuration import Configuration

CLASSES = {
    "p": "govuk-body",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
    "h1": "govuk-heading-l",
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "hr": "govuk-section-break govuk-section-break--visible govuk-section-break--l",
}
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


@dataclass(frozen=True)
class Place:
    """One item of the navigation."""

    section: str  # what a page says to light it
    name: str
    endpoint: str


PLACES = (
    Place("tasks", "My tasks", "tasks.inbox"),
    Place("board", "Where cases stand", "insight.board"),
    Place("registers", "Registers", "registers.shelf"),
    Place("documents", "Documents", "documents.mine"),
    Place("procedures", "Procedures", "studio.procedures"),
    Place("start", "Start", "start.choose"),
    Place("outbox", "Outbox", "outbox.letters"),
    Place("problems", "Problems", "problems.list_open"),
)


def prepare(app: Flask, configuration: Configuration) -> None:
    """Set the template loaders, filters and what every page knows."""
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([app.jinja_loader or PackageLoader("web"), components])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(markdown=markdown, plural=plural, file_size=file_size)
    app.context_processor(lambda: _shared(configuration))


def markdown(text: str | None) -> Markup:
    """Markdown as HTML in the site's own classes. HTML inside it is shown, never obeyed."""
    tokens = MARKDOWN.parse(text or "")
    for token in [inner for outer in tokens for inner in (outer, *(outer.children or ()))]:
        if token.nesting >= 0 and token.tag in CLASSES:
            token.attrSet("class", CLASSES[token.tag])
    return Markup(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {}).replace(LINE_END, "<br>"))


def plural(count: int, one: str, many: str = "") -> str:
    """1 task, 3 tasks"""
    return f"{count} {one if count == 1 else many or one + 's'}"


def file_size(size: int) -> str:
    """640 bytes, 12 KB, 1.2 MB"""
    if size < 1024:
        return plural(size, "byte")
    if size < 1024 * 1024:
        return f"{round(size / 1024)} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def _shared(configuration: Configuration) -> dict[str, Any]:
    actor = g.get("actor")
    return {"actor": actor, "demonstration": configuration.demonstration, "navigation": _navigation(actor, configuration)}


def _navigation(actor: Any, configuration: Configuration) -> list[dict[str, str]]:
    if actor is None:
        return []
    found = (place for place in PLACES if _is_for(place, actor, configuration))
    return [{"section": place.section, "text": place.name, "href": url_for(place.endpoint)} for place in found]


def _is_for(place: Place, actor: Any, configuration: Configuration) -> bool:
    """False where the page would be empty for this person, or would not exist."""
    match place.section:
        case "board":
            return sees_cases()
        case "registers":
            return reads_registers()
        case "documents":
            return has_documents()
        case "outbox":
            return configuration.demonstration and sees_cases()
        case "problems":
            return access.is_administrator(actor)
        case _:
            return True
