"""What a procedure declares of who may see what: the decision table that says it, and the words that it and the diagrams may use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_QUOTED = re.compile(r'"([^"\\]*)"')


@dataclass(frozen=True)
class Access:
    """The section [access] of procedure.toml."""

    decision: str = ""  # without one, roles that see cases see all of them
    facts: tuple[str, ...] = ()  # variables of the case that the table reads
    stages: frozenset[str] = frozenset()
    classifications: frozenset[str] = frozenset()


def read(table: Mapping[str, Any]) -> Access:
    words = frozenset(table.get("stages", [])), frozenset(table.get("classifications", []))
    return Access(table.get("decision", ""), tuple(table.get("facts", [])), *words)


def words_in(cells: Iterable[str]) -> frozenset[str]:
    """The words in quotation marks that these cells of a decision table name."""
    return frozenset(word for cell in cells for word in _QUOTED.findall(cell))
