"""assign-reference: tells the diagram the reference that the case was given when it began."""

from __future__ import annotations

from typing import Any

from .work import Work

RESULTS: frozenset[str] = frozenset({"reference"})


def work(work: Work) -> dict[str, Any]:
    """Output: reference."""
    return {"reference": work.instance.business_key}
