"""The one who acts: a signed-in person with the groups they act as, or the system itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from .. import clock
from ..models import Membership, Person


@dataclass(frozen=True)
class Actor:
    """A person as the engine sees them for the length of one request, or the system."""

    id: UUID | None
    name: str
    email: str
    groups: frozenset[str]  # what the person acts as everywhere
    case_groups: Mapping[UUID, frozenset[str]] = field(default_factory=dict, hash=False)  # and in single cases only

    def groups_in(self, instance_id: UUID) -> frozenset[str]:
        """What the actor acts as in this case: their groups everywhere, and those of the case."""
        return self.groups | self.case_groups.get(instance_id, frozenset())


SYSTEM = Actor(None, "Casework", "", frozenset())


def in_force() -> ColumnElement[bool]:
    """A condition on Membership: it has not come to its end."""
    return or_(Membership.ends_on.is_(None), Membership.ends_on > clock.today())


def actor_for(session: Session, person: Person) -> Actor:
    """The person as an actor, with every group they belong to now."""
    everywhere: set[str] = set()
    of_case: defaultdict[UUID, set[str]] = defaultdict(set)
    theirs = select(Membership.group, Membership.instance_id).where(Membership.person_id == person.id, in_force())
    for group, instance_id in session.execute(theirs):
        (everywhere if instance_id is None else of_case[instance_id]).add(group)
    return Actor(person.id, person.name, person.email, frozenset(everywhere), {case: frozenset(groups) for case, groups in of_case.items()})
