"""The procedure's decision tables, read once and asked by the tests."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from engine import dmn

FOLDER = Path(__file__).parents[2] / "bpmn" / "learning_review"


@cache
def tables() -> dict[str, dmn.Decisions]:
    """Every decision of the procedure, by its id; none of the files has a problem."""
    read = [dmn.read(path.read_bytes(), path.name) for path in sorted(FOLDER.glob("*.dmn"))]
    assert [problem for _, problems in read for problem in problems] == []
    return {ident: decisions for decisions, _ in read for ident in decisions.ids}


def decide(decision: str, *, now: datetime | None = None, **variables: Any) -> Any:
    """What a decision says about these variables."""
    return tables()[decision].decide(decision, variables, now=now)[0]
