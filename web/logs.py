"""How the log looks: lines for people in a terminal, JSON for a machine. Always on standard error."""

from __future__ import annotations

import sys
from typing import Any

import structlog


def prepare(kind: str) -> None:
    """Write the log as "text" or "json"."""
    ending: list[Any]
    if kind == "json":
        ending = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        # The renderer's own choice would print the values of variables beside a traceback.
        plain = structlog.dev.plain_traceback
        ending = [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *ending,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
