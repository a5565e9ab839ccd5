"""How often the same thing may be tried in a short time: signing in, sending the public form.

A try counts once its transaction is committed, so whoever calls `limit` must answer inside the transaction and not let
an error undo it. Keys are stored hashed: the rows tell nothing of who tried what.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from .. import clock
from ..errors import TooMany
from ..models import Attempt

KEEP = timedelta(days=1)  # no limit looks further back


def limit(session: Session, key: str, *, tries: int, within: timedelta, cost: int = 1) -> None:
    """Count one try of `key`, or as many as it costs. Raises TooMany, and counts nothing, where there were `tries` in this time already."""
    if within > KEEP:
        raise ValueError("tries are only kept for a day")
    now = clock.now()
    hashed = hash_of(key)
    _take_turns(session, hashed)
    session.execute(delete(Attempt).where(Attempt.at < now - KEEP))
    recent = select(func.count(), func.min(Attempt.at)).where(Attempt.key == hashed, Attempt.at > now - within)
    count, first = session.execute(recent).one()
    if count + cost > tries:
        raise TooMany(_sentence(first + within - now))
    session.add_all(Attempt(key=hashed, at=now) for _ in range(cost))
    session.flush()


def forgive(session: Session, key: str) -> None:
    """Forget every try of `key`: it ended well."""
    session.execute(delete(Attempt).where(Attempt.key == hash_of(key)))


def forgive_last(session: Session, key: str) -> None:
    """Forget the latest try of `key` alone: that one ended well, which says nothing of the others."""
    last = select(func.max(Attempt.id)).where(Attempt.key == hash_of(key)).scalar_subquery()
    session.execute(delete(Attempt).where(Attempt.id == last))


def hash_of(key: str) -> str:
    """A key as it is stored."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _take_turns(session: Session, hashed: str) -> None:
    """Let only one transaction at a time count this key, or tries at the same moment would not see each other."""
    if session.get_bind().dialect.name == "postgresql":  # in SQLite there is only one writer anyway
        session.execute(select(func.pg_advisory_xact_lock(int(hashed[:15], 16))))


def _sentence(wait: timedelta) -> str:
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    return f"There have been too many tries. Wait {minutes} minute{'s' if minutes > 1 else ''} and try again."
