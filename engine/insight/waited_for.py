"""Who cases wait for: over many cases, each role with how much waits for it. Never told of single people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from .sentences import Waiting


class Line(Protocol):
    """A case with its open steps."""

    @property
    def waiting(self) -> Sequence[Waiting]:
        """Every open step."""


@dataclass(frozen=True)
class WaitedFor:
    """Roles that may do the same steps, and how many cases wait for one of them."""

    roles: str
    cases: int
    overdue: int  # of these cases, those with such a step past its day
    since: datetime  # the longest wait


def roles_in(line: Line) -> dict[str, list[Waiting]]:
    """The steps of a case that somebody has to do, by the roles that may."""
    found: defaultdict[str, list[Waiting]] = defaultdict(list)
    for one in line.waiting:
        if one.roles and not one.optional:
            found[one.roles].append(one)
    return found


def waited_for(lines: Iterable[Line]) -> list[WaitedFor]:
    """Every role that a case waits for: those with something overdue first, then those that most cases wait for."""
    by_roles: defaultdict[str, list[list[Waiting]]] = defaultdict(list)
    for line in lines:
        for roles, steps in roles_in(line).items():
            by_roles[roles].append(steps)
    return sorted((_told(roles, cases) for roles, cases in by_roles.items()), key=lambda one: (-one.overdue, -one.cases, one.since))


def _told(roles: str, cases: Sequence[Sequence[Waiting]]) -> WaitedFor:
    return WaitedFor(
        roles=roles, cases=len(cases), overdue=sum(any(step.overdue for step in steps) for steps in cases),
        since=min(step.since for steps in cases for step in steps),
    )  # fmt: skip
