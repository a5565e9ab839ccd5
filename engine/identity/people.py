"""Accounts: adding a person, finding them, and what they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID, uuid4

from sqlalchemy import Uuid, delete, literal, or_, select
from sqlalchemy.orm import Session

from .. import clock
from ..errors import Invalid
from ..models import Membership, Person, ProcessInstance, SignIn
from . import passwords

EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f<>\"(),:;\\\[\]]+@[^@\s\x00-\x1f\x7f<>\"(),:;\\\[\]]+\.[^@\s\x00-\x1f\x7f<>\"(),:;\\\[\].]+")


def add_person(session: Session, *, email: str, name: str, password: str, groups: Iterable[str] = (), job_title: str = "") -> Person:
    """A new account. Raises Invalid with a sentence for each entry that is wrong."""
    email, name = _plain(email).lower(), _plain(name)
    problems = {
        "email": _problem_with_email(session, email),
        "name": None if name else "Enter the person’s name",
        "password": passwords.problem_with(password),
    }
    if any(problems.values()):
        raise Invalid({field: problem for field, problem in problems.items() if problem})
    person = Person(
        id=uuid4(), email=email, name=name, job_title=_plain(job_title), password_hash=passwords.hash_of(password), created_at=clock.now()
    )
    session.add(person)
    for group in groups:
        join(session, person, group)
    session.flush()
    return person


def _problem_with_email(session: Session, email: str) -> str | None:
    if not EMAIL.fullmatch(email):
        return "Enter an email address in the correct format, like name@example.org"
    return "There is already an account with this email address" if by_email(session, email) else None


def _plain(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())  # which no database takes


def join(session: Session, person: Person, group: str, instance: ProcessInstance | None = None) -> bool:
    """Let the person act as this group, everywhere or in one case. Joining twice changes nothing; False says that it did not."""
    case = instance.id if instance else None
    if any(membership.group == group and membership.instance_id == case for membership in person.memberships):
        return False
    person.memberships.append(Membership(group=group, instance_id=case))
    session.flush()
    return True


def leave(session: Session, group: str, instance: ProcessInstance, emails: Iterable[str] | None = None) -> list[Person]:
    """End this group in this case: for the people with these addresses, or for everybody. Gives those who had it."""
    held = select(Membership).where(Membership.group == group, Membership.instance_id == instance.id)
    if emails is not None:
        held = held.join(Person).where(Person.email.in_([email.lower() for email in emails]))
    ended = [(membership, membership.person) for membership in session.scalars(held)]
    for membership, person in ended:
        person.memberships.remove(membership)
    session.flush()
    return [person for _, person in ended]


def set_password(session: Session, person: Person, password: str) -> None:
    """Give the person a new password and end all their sign-ins. Raises Invalid where it is too weak."""
    if problem := passwords.problem_with(password):
        raise Invalid({"password": problem})
    person.password_hash = passwords.hash_of(password)
    session.execute(delete(SignIn).where(SignIn.person_id == person.id))


def by_email(session: Session, email: str) -> Person | None:
    """The person with this address, however its letters were typed."""
    return session.scalars(select(Person).where(Person.email == _plain(email).lower())).first()


def people_in(session: Session, group: str, instance_id: UUID | None = None) -> list[Person]:
    """Everybody active who acts as this group, by name; with an instance also those who do so in that case only."""
    # "= NULL" is never true: without an instance only those who act so everywhere are found.
    where = or_(Membership.instance_id.is_(None), Membership.instance_id == literal(instance_id, Uuid()))
    belongs = select(Membership.person_id).where(Membership.group == group, where)
    return list(session.scalars(select(Person).where(Person.id.in_(belongs), Person.active).order_by(Person.name, Person.email)))
