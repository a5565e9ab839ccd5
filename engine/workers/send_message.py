"""send-message: sends a message to whoever awaits its name and key, in this case or another. It is kept while nobody does."""

from __future__ import annotations

from typing import Any

from .. import calendars, clock
from ..errors import Trouble
from ..models import Message
from ..waits import MESSAGE_LIFE
from .work import Work

NAME = "message"  # the header that names it
LIFE = "timeToLive"  # the header with a duration: how long it is kept
RESULTS: frozenset[str] = frozenset()


def work(work: Work) -> dict[str, Any]:
    """Headers: message; optionally timeToLive. Inputs: key; optionally content (a context: the variables that the message brings)."""
    name, content, now = str(work.headers.get(NAME) or "").strip(), work.variables.get("content"), clock.now()
    if not name:
        raise Trouble("The service task does not say which message it sends. Give it the header “message”.")
    if content is not None and not isinstance(content, dict):
        raise Trouble("What a message brings must be a context, a value for each name. Correct the input “content”.")
    life = str(work.headers.get(LIFE) or "").strip()
    message = Message(
        kind="message", name=name, correlation_key=work.text("key"), variables=dict(content or {}), source_id=work.instance.id,
        sent_at=now, expires_at=calendars.add(now, life) if life else now + MESSAGE_LIFE,
    )  # fmt: skip
    work.session.add(message)
    return {}
