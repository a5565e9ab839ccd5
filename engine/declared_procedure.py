"""The descriptor `procedure.toml`, read: the procedure's name, who may start it, how references look, its roles, the organisations
that take part, its registers, and who may see what. All that BPMN has no words for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from . import chronology, declared_access, declared_registers, descriptor, feel
from .declared_access import Access
from .declared_registers import Register
from .errors import FeelError, NotFound, Problem
from .models import UNCLASSIFIED

DESCRIPTOR = descriptor.FILE
CLASSIFICATION = "classification"  # the property that says how sensitive something is
SEES_ALL = "cases"  # what a role's `sees` says where it may open every case


@dataclass(frozen=True)
class Role:
    """What people act as in a procedure. With `per_organisation` its groups are "role:organisation"; with `per_case` a case gives it."""

    key: str
    name: str
    sees_cases: bool = False
    per_organisation: bool = False
    per_case: bool = False
    email: str = ""
    classification: str = UNCLASSIFIED  # how sensitive it is who acts as it in a case


@dataclass(frozen=True)
class Organisation:
    """A body that takes part."""

    key: str
    name: str
    email: str = ""


@dataclass(frozen=True)
class Signpost:
    """Answers of the start form that lead to a letter instead of a case."""

    when: str  # "= FEEL"
    letter: str


@dataclass(frozen=True)
class Start:
    """How a case begins."""

    process: str
    who: frozenset[str] = frozenset()  # roles
    public: bool = False
    signposts: tuple[Signpost, ...] = ()
    prefix: str | None = None  # of the references of cases that begin so; without one, the procedure's

    @property
    def by_people(self) -> bool:
        """False where only a message, a signal or a time begins it."""
        return self.public or bool(self.who)


@dataclass(frozen=True)
class Reference:
    """How references look: the prefix, then random characters, so that they neither count nor tell anything."""

    prefix: str = ""
    length: int = 4


@dataclass(frozen=True)
class Procedure:
    """The descriptor."""

    key: str
    name: str
    summary: str = ""
    starts: tuple[Start, ...] = ()
    reference: Reference = Reference()
    roles: Mapping[str, Role] = field(default_factory=dict)
    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    access: Access = field(default_factory=Access)
    registers: Mapping[str, Register] = field(default_factory=dict)
    chronology: tuple[chronology.Source, ...] = ()

    def reference_of(self, process: str) -> Reference:
        """How references of cases look that begin with this process."""
        prefix = next((start.prefix for start in self.starts if start.process == process and start.prefix is not None), None)
        return self.reference if prefix is None else replace(self.reference, prefix=prefix)

    def start_of(self, process: str | None = None) -> Start:
        """The start of this process; without one, the procedure's first."""
        for start in self.starts:
            if process in (None, start.process):
                return start
        raise NotFound("There is nothing here to start.")

    def role_of(self, group: str) -> Role | None:
        """The role of a group: "senior_manager:police" is of the role "senior_manager"."""
        return self.roles.get(group.partition(":")[0])

    def group_for(self, text: str) -> str:
        """The group that a diagram means: a lane may carry a role's key or its name."""
        if self.role_of(text):
            return text
        return next((role.key for role in self.roles.values() if role.name == text.strip()), text)

    def group_name(self, group: str) -> str:
        """How people call a group: "Senior Manager, Police Scotland"."""
        role, organisation = self.role_of(group), self.organisations.get(group.partition(":")[2])
        if role is None:
            return group
        return f"{role.name}, {organisation.name}" if organisation else role.name


def read(bundle: Mapping[str, bytes]) -> tuple[Procedure, list[Problem]]:
    """The descriptor of a bundle, and what is wrong with it."""
    empty = Procedure("", "")
    if DESCRIPTOR not in bundle:
        return empty, [Problem(DESCRIPTOR, "", "The file is missing. Add procedure.toml with at least key and name.")]
    try:
        data = tomllib.loads(bundle[DESCRIPTOR].decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return empty, [Problem(DESCRIPTOR, "", f"The file cannot be read: {error}. Correct that line.")]
    except RecursionError:
        return empty, [Problem(DESCRIPTOR, "", "The file cannot be read: its lists are nested too deeply. Write them flat.")]
    misshapen = descriptor.problems(data)
    return (empty, misshapen) if misshapen else (_procedure(data), _problems(data))


def _problems(data: Mapping[str, Any]) -> list[Problem]:
    found = [
        Problem(DESCRIPTOR, key, f"“{key}” is missing. Give it as text.") for key in ("key", "name") if not isinstance(data.get(key), str)
    ]
    for section in ("roles", "organisations"):
        for key, entry in _table(data, section).items():
            if not _is_named(entry):
                found.append(Problem(DESCRIPTOR, f"{section}.{key}", 'A name is missing. Add name = "…".'))
    for start in _starts(data):
        if not _is_start(start):
            found.append(Problem(DESCRIPTOR, "start", 'The process that starts a case is missing. Add process = "…".'))
            continue
        found += [
            Problem(DESCRIPTOR, "start.who", f"There is no role “{role}”. Add it under [roles] or correct it.")
            for role in start.get("who", [])
            if role not in _table(data, "roles")
        ]
        found += [problem for signpost in start.get("signpost", []) for problem in _signpost_problems(signpost)]
    found += chronology.problems(data.get(chronology.SECTION, []), DESCRIPTOR)
    found += declared_registers.problems(_table(data, "registers"), _table(data, "roles"), DESCRIPTOR)
    return found


def _signpost_problems(signpost: Mapping[str, Any]) -> list[Problem]:
    if not {"when", "letter"} <= set(signpost):
        return [Problem(DESCRIPTOR, "start.signpost", "A signpost needs `when` (a FEEL condition) and `letter`.")]
    try:
        feel.names(signpost["when"].removeprefix("="))
    except FeelError as error:
        return [Problem(DESCRIPTOR, "start.signpost", f"The condition cannot be read: {error}")]
    return []


def _table(data: Mapping[str, Any], section: str) -> Mapping[str, Any]:
    table = data.get(section, {})
    return table if isinstance(table, dict) else {}


def _starts(data: Mapping[str, Any]) -> list[Any]:
    start = data.get("start", [])
    return start if isinstance(start, list) else [start]


def _procedure(data: Mapping[str, Any]) -> Procedure:
    """As much of the descriptor as can be understood."""
    reference = _table(data, "reference")
    return Procedure(
        key=str(data.get("key") or ""),
        name=str(data.get("name") or ""),
        summary=data.get("summary", ""),
        starts=tuple(_start(start) for start in _starts(data) if _is_start(start)),
        reference=Reference(reference.get("prefix", ""), int(reference.get("length", 4))),
        roles={key: _role(key, role) for key, role in _table(data, "roles").items() if _is_named(role)},
        organisations={
            key: Organisation(key, o["name"], o.get("email", "")) for key, o in _table(data, "organisations").items() if _is_named(o)
        },
        chronology=chronology.read(data.get(chronology.SECTION, [])),
        registers=declared_registers.read(_table(data, "registers")),
        access=declared_access.read(_table(data, "access")),
    )


def _is_named(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("name"), str)


def _is_start(start: Any) -> bool:
    return isinstance(start, dict) and isinstance(start.get("process"), str)


def _role(key: str, role: Mapping[str, Any]) -> Role:
    per = role.get("per")
    email, classification = role.get("email", ""), role.get(CLASSIFICATION, UNCLASSIFIED)
    return Role(key, role["name"], role.get("sees") == SEES_ALL, per == "organisation", per == "case", email, classification)


def _start(start: Mapping[str, Any]) -> Start:
    signposts = tuple(Signpost(s["when"], s["letter"]) for s in start.get("signpost", []) if {"when", "letter"} <= set(s))
    return Start(start["process"], frozenset(start.get("who", [])), bool(start.get("public")), signposts, start.get("prefix"))
