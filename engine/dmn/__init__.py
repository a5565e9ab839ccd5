"""Decisions: DMN files with tables of every hit policy, required decisions, literal expressions, contexts, lists, relations,
invocations, conditionals and business knowledge models. engine/feel evaluates what `reader` reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson

from engine import feel
from engine.errors import FeelError, Problem

from .reader import Reader

__all__ = ["Decisions", "read"]


class Decisions:
    """All decisions of one file."""

    def __init__(self, model: Mapping[str, Any], names: frozenset[str]) -> None:
        self.ids: dict[str, str] = {ident: decision["title"] for ident, decision in model["decisions"].items()}
        inner = {part["name"] for part in (*model["decisions"].values(), *model["functions"].values())}
        self.names = names - inner  # variables that the decisions read
        self._key, self._model = _keyed(model)

    def decide(self, decision: str, variables: Mapping[str, Any], *, now: datetime | None = None) -> tuple[Any, list[dict[str, Any]]]:
        """The value, and for each table asked {"decision": name, "rules": [numbers that matched]}."""
        if decision not in self.ids:
            raise FeelError(f"There is no decision “{decision}” in this file. It has: {', '.join(self.ids)}.")
        wanted = {name: variables[name] for name in self.names if name in variables}
        return feel.decide(self._key, self._model, decision, wanted, now=now)


def read(xml: bytes, path: str) -> tuple[Decisions, list[Problem]]:
    """The decisions of a .dmn file and everything that is wrong with them."""
    reader = Reader(path, xml)
    names, problems = feel.examine(_keyed(reader.model)[1])
    for (ident, name, *cell), text, message in problems:
        where = f"{name}, {', '.join(cell)}" if cell else name
        reader.problem(ident, f"{where}: “{text}” cannot be read: {message} Correct the FEEL.")
    return Decisions(reader.model, names), reader.problems


def _keyed(model: Mapping[str, Any]) -> tuple[str, str]:
    """The model as JSON, with keys by which the interpreter knows it again: of all of it, and of the names that shape its FEEL."""
    key, names = (sha256(orjson.dumps(part, option=orjson.OPT_SORT_KEYS)).hexdigest() for part in (model, model["shape"]))
    return key, orjson.dumps({**model, "key": key, "names": names}).decode()
