"""The site: reads the request, calls one engine function, renders. Knows Flask; knows no procedure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Engine

    from .configuration import Configuration


def create_app(configuration: Configuration, engine: Engine | None = None) -> Flask:
    """The site on this configuration's database, or on an engine that is connected already."""
    # The commands live in this package too, and asking them for help must not wait for the whole site.
    from .site import build

    return build(configuration, engine)
