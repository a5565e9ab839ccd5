"""A rehearsal for tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine import play
from tests.diagrams import diagram


def played(*drawn: str, **options: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Events and outcome of a rehearsal."""
    return rehearsed(diagram(*drawn), **options)


def rehearsed(content: bytes, **options: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The same of a whole file."""
    *events, outcome = play.play({"a.bpmn": content}, **options)
    return events, outcome


def seen(events: Iterable[dict[str, Any]], what: str) -> list[str]:
    """Where this happened."""
    return [event["element"] for event in events if event["what"] == what]
