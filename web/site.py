"""The site put together: its parts and the pages of each subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from engine import database
from engine.documents import scan_with

from . import (
    account,
    administration,
    assets,
    auth,
    cases,
    dates,
    documents,
    errors,
    insight,
    outbox,
    pages,
    passwords,
    problems,
    registers,
    security,
    start,
    studio,
    tasks,
    uploads,
)

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from .configuration import Configuration

BLUEPRINTS = (
    auth.bp,
    passwords.bp,
    account.bp,
    tasks.bp,
    start.bp,
    cases.bp,
    insight.bp,
    registers.bp,
    studio.bp,
    outbox.bp,
    documents.bp,
    problems.bp,
    administration.bp,
)


@dataclass(frozen=True)
class Casework:
    """What the site runs on; `app.extensions["casework"]`."""

    configuration: Configuration
    engine: Engine
    sessions: database.Sessions


def build(configuration: Configuration, engine: Engine | None = None) -> Flask:
    """The site on this configuration's database, or on an engine that is connected already."""
    app = Flask(__package__)
    app.request_class = uploads.Request
    engine = engine or database.connect(configuration.database_url)
    app.extensions["casework"] = Casework(configuration, engine, database.sessions(engine))
    scan_with(configuration.scan)
    _put_behind(app, configuration.trusted_proxies)
    for part in (security, errors, assets, dates, pages):
        part.prepare(app, configuration)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def _put_behind(app: Flask, proxies: int) -> None:
    """Believe so many proxies of our own about a visitor's address; what others claim is not believed."""
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
