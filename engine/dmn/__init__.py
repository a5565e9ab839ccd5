"""Decisions: DMN files with tables of every hit policy, required decisions, literal expressions, contexts, lists, relations,
invocations, conditionals and business knowledge models. engine/feel evaluates what `reader` reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

import orjson

from engine import feel
from engine.errors import FeelError, Problem

from .reader import Reader

__all__ = ["Decisions", "read"]


class Decisions:
    """All decisions of one file."""

    def __init__(self, model: Mapping[str, Any]) -> None:
        self.ids: dict[str, str] = {ident: decision["title"] for ident, decision in model["decisions"].items()}
        self._inner = {part["name"] for part in (*model["decisions"].values(), *model["functions"].values())}
        self._key, self._model = _keyed(model)

    @cached_property
    def examined(self) -> tuple[frozenset[str], list[tuple[list[str], str, str]]]:
        """The variables that its expressions read, and where one cannot be compiled: (where, text, message)."""
        return feel.examine(self._model)

    @property
    def names(self) -> frozenset[str]:
        """The variables that the decisions read."""
        return self.examined[0] - self._inner

    def decide(self, decision: str, variables: Mapping[str, Any], *, now: datetime | None = None) -> tuple[Any, list[dict[str, Any]]]:
        """The value, and for each table asked {"decision": name, "rules": [numbers that matched]}."""
        if decision not in self.ids:
            raise FeelError(f"There is no decision “{decision}” in this file. It has: {', '.join(self.ids)}.")
        wanted = {name: variables[name] for name in self.names if name in variables}
        return feel.decide(self._key, self._model, decision, wanted, now=now)


def read(xml: bytes, path: str, *, known: bool = False) -> tuple[Decisions, list[Problem]]:
    """The decisions of a .dmn file and everything that is wrong with them.

    known: the file was read before without problems; its FEEL is then compiled when it is first needed.
    """
    reader = Reader(path, xml)
    decisions = Decisions(reader.model)
    for (ident, name, *cell), text, message in () if known else decisions.examined[1]:
        where = f"{name}, {', '.join(cell)}" if cell else name
        reader.problem(ident, f"{where}: “{text}” cannot be read: {message} Correct the FEEL.")
    return decisions, reader.problems


def _keyed(model: Mapping[str, Any]) -> tuple[str, str]:
    """The model as JSON, with keys by which the interpreter knows it again: of all of it, and of the names that shape its FEEL."""
    key, names = (sha256(orjson.dumps(part, option=orjson.OPT_SORT_KEYS)).hexdigest() for part in (model, model["shape"]))
    return key, orjson.dumps({**model, "key": key, "names": names}).decode()
