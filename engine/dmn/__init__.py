"""Decisions: DMN files with tables of every hit policy, required decisions, decision services, business knowledge models, and boxed
expressions of every kind. engine/feel evaluates what `reader` reads.
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

from .coverage import gap
from .reader import Reader

__all__ = ["Decisions", "gaps", "read"]


ONE = ("UNIQUE", "ANY", "FIRST", "PRIORITY")  # the hit policies that give one answer; a list may well be empty


class Decisions:
    """All decisions of one file."""

    def __init__(self, model: Mapping[str, Any]) -> None:
        asked = {**model["decisions"], **model["services"]}
        self.ids: dict[str, str] = {ident: part["title"] for ident, part in asked.items() if part["home"] == ""}
        functions = {ident: part["title"] for ident, part in model["functions"].items() if part["home"] == ""}
        self.askable: dict[str, str] = self.ids | functions  # what an answer can be had of: business knowledge models too
        aliases = {alias for home in model["homes"].values() for alias in home["imports"]}
        self._inner = {part["name"] for part in (*asked.values(), *model["functions"].values())} | aliases
        self._given = {part["name"] for part in model["inputs"].values()}
        self._tables = {ident: part["logic"] for ident, part in model["decisions"].items() if part["logic"]}
        self._key, self._model = _keyed(model)

    @cached_property
    def examined(self) -> feel.Examined:
        """What its expressions read, and what is wrong with them."""
        return feel.examine(self._model)

    @property
    def names(self) -> frozenset[str]:
        """The variables that the decisions read."""
        return self.examined.names - self._inner

    def columns(self, decision: str) -> dict[str, list[str]]:
        """The cells of a decision table as they are written, by what a column tests or answers; nothing where it is no table."""
        table = self._tables.get(decision, {})
        names = [column["text"] for column in table.get("inputs", [])] + [column["name"] or "" for column in table.get("outputs", [])]
        rows = [[*rule["inputs"], *rule["outputs"]] for rule in table.get("rules", [])]
        return {name: [row[place] for row in rows] for place, name in enumerate(names)}

    def decide(self, decision: str, variables: Mapping[str, Any], *, now: datetime | None = None) -> tuple[Any, list[dict[str, Any]]]:
        """The value, and for each table asked {"decision": name, "rules": [numbers of those that counted]}."""
        if decision not in self.ids:
            raise FeelError(f"There is no decision “{decision}” in this file. It has: {', '.join(self.ids)}.")
        names = self.names | self._given
        wanted = {name: variables[name] for name in names if name in variables}
        value, trace, _ = feel.decide(self._key, self._model, decision, wanted, now=now)
        return value, trace

    def answer(
        self, decision: str, variables: Mapping[str, Any], *, types: bool = False, now: datetime | None = None
    ) -> tuple[Any, list[str]]:
        """The value as the standard has it, where what cannot be decided is null, and the warnings that say why.

        decision: the id or the name of a decision, a decision service or a business knowledge model. A value given under the name of
        a required decision stands for it, one under that of a parameter is handed over. types: with what it is,
        {"type": "date", "value": "2026-03-03"}.
        """
        known = self.askable
        ident = decision if decision in known else next((ident for ident, title in known.items() if title == decision), decision)
        if ident not in known:
            raise FeelError(f"There is no decision “{decision}” in this file. It has: {', '.join(known)}.")
        value, _, warnings = feel.decide(self._key, self._model, ident, variables, now=now, lenient=True, types=types)
        return value, warnings


def read(xml: bytes, path: str, *, beside: Mapping[str, bytes] | None = None, known: bool = False) -> tuple[Decisions, list[Problem]]:
    """The decisions of a .dmn file and everything that is wrong with them.

    beside: other .dmn files by their paths, for the models that it imports. known: the file was read before without problems; its
    FEEL is then compiled when it is first needed.
    """
    reader = Reader(path, xml, beside or {})
    decisions = Decisions(reader.model)
    if not known:
        _tell(decisions.examined, reader)
        reader.look_for_overlaps()
    return decisions, reader.problems


_HOW = {
    "decision": "Draw an arrow from it to this one: an information requirement.",
    "function": "Draw an arrow from it to this one: a knowledge requirement.",
    "service": "Draw an arrow from it to this one: a knowledge requirement.",
    "input": "Give it a parameter for that: a business knowledge model knows only what it is called with.",
}


def _tell(examined: feel.Examined, reader: Reader) -> None:
    """What is wrong with the FEEL of a file itself; imported models tell it for theirs."""
    for (ident, name, *cell), text, message in examined.unreadable:
        if "#" not in ident:
            where = f"{name}, {', '.join(cell)}" if cell else name
            reader.problem(ident, f"{where}: “{text}” cannot be read: {message} Correct the FEEL.")
    for ident, name, kind in examined.unrequired:
        if "#" not in ident:
            part = reader.model["decisions"].get(ident) or reader.model["functions"][ident]
            reader.problem(ident, f"“{part['title']}” reads “{name}”, which it does not require, so it would be nothing here. {_HOW[kind]}")


def gaps(xml: bytes, path: str) -> dict[str, str]:
    """For each table that gives nothing for some input: such an input, in words, by the decision's id. None of it is a problem."""
    decided = Reader(path, xml, {}).model["decisions"]
    tables = {ident: part["logic"] for ident, part in decided.items() if part["logic"] and part["logic"]["kind"] == "table"}
    asked = {ident: table for ident, table in tables.items() if table["policy"] in ONE and not any(o["default"] for o in table["outputs"])}
    found = {ident: gap(table) for ident, table in asked.items()}
    return {ident: example for ident, example in found.items() if example}


def _keyed(model: Mapping[str, Any]) -> tuple[str, str]:
    """The model as JSON, with keys by which the interpreter knows it again: of all of it, and of the names that shape its FEEL."""
    homes = {name: {**home, "key": _digest([home["shape"], home["types"]])} for name, home in model["homes"].items()}
    key = _digest(model)
    return key, orjson.dumps({**model, "homes": homes, "key": key}).decode()


def _digest(part: Any) -> str:
    return sha256(orjson.dumps(part, option=orjson.OPT_SORT_KEYS)).hexdigest()
