"""Accounts: adding a person, finding them, and what they belong to."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Uuid, delete, literal, or_, select
from sqlalchemy.orm import Session

from .. import clock
from ..errors import Invalid
from ..models import Deputy, Membership, Person, ProcessInstance, SignIn
from . import passwords
from .actors import deputy_in_force, in_force

EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f<>\"(),:;\\\[\]]+@[^@\s\x00-\x1f\x7f<>\"(),:;\\\[\]]+\.[^@\s\x00-\x1f\x7f<>\"(),:;\\\[\].]+")


def add_person(
    session: Session, *, email: str, name: str, password: str, groups: Iterable[str] = (), job_title: str = "", password_hash: str = ""
) -> Person:  # fmt: skip
    """A new account. Raises Invalid with a sentence for each entry that is wrong.

    password_hash: how the password is stored, for whoever has worked that out already; it takes long on purpose.
    """
    email, name = _plain(email).lower(), _plain(name)
    problems = {
        "email": _problem_with_email(session, email),
        "name": None if name else "Enter the person’s name",
        "password": passwords.problem_with(password),
    }
    if any(problems.values()):
        raise Invalid({field: problem for field, problem in problems.items() if problem})
    person = Person(
        id=uuid4(), email=email, name=name, job_title=_plain(job_title), password_hash=password_hash or passwords.hash_of(password),
        created_at=clock.now(),
    )  # fmt: skip
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


def invite(session: Session, email: str, name: str) -> Person:
    """An account for somebody who has not chosen a password yet: nobody can sign in with it before they do."""
    return add_person(session, email=email, name=name, password=secrets.token_urlsafe(32))


def join(
    session: Session, person: Person, group: str, instance: ProcessInstance | None = None, *,
    ends_on: date | None = None, granted_by: str = "",
) -> bool:  # fmt: skip
    """Let the person act as this group, everywhere or in one case, for good or up to a day.

    Joining twice changes nothing but the day; False says that the person acted as it already.
    """
    case = instance.id if instance else None
    held = next((one for one in person.memberships if one.group == group and one.instance_id == case), None)
    if held is not None:
        was_over = held.ends_on is not None and held.ends_on <= clock.today()
        held.ends_on = ends_on
        return was_over
    person.memberships.append(Membership(group=group, instance_id=case, ends_on=ends_on, granted_at=clock.now(), granted_by=granted_by))
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


def end_with(session: Session, instance_id: UUID) -> list[tuple[str, UUID]]:
    """End everything that people act as in a case that is over. Gives the groups, each with who had it."""
    over = delete(Membership).where(Membership.instance_id == instance_id).returning(Membership.group, Membership.person_id)
    return sorted((group, person) for group, person in session.execute(over))


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
    """Everybody active who acts as this group, deputies too, by name; with an instance also those who do so in that case only."""
    # "= NULL" is never true: without an instance only those who act so everywhere are found.
    where = or_(Membership.instance_id.is_(None), Membership.instance_id == literal(instance_id, Uuid()))
    belongs = select(Membership.person_id).where(Membership.group == group, where, in_force())
    in_place = select(Deputy.deputy_id).where(Deputy.group == group, deputy_in_force())
    either = or_(Person.id.in_(belongs), Person.id.in_(in_place))
    return list(session.scalars(select(Person).where(either, Person.active).order_by(Person.name, Person.email)))


def acting(session: Session, groups: Collection[str], instance_ids: Collection[UUID]) -> dict[tuple[str, UUID | None], set[UUID]]:
    """Who is active and acts as these groups, deputies too, with two queries: by the group, and by the case or None for everywhere."""
    where = or_(Membership.instance_id.is_(None), Membership.instance_id.in_(instance_ids))
    belongs = select(Membership.group, Membership.instance_id, Membership.person_id).join(Person, Person.id == Membership.person_id)
    in_place = select(Deputy.group, Deputy.deputy_id).join(Person, Person.id == Deputy.deputy_id)
    found: dict[tuple[str, UUID | None], set[UUID]] = {}
    for group, instance_id, person_id in session.execute(belongs.where(Membership.group.in_(groups), where, in_force(), Person.active)):
        found.setdefault((group, instance_id), set()).add(person_id)
    for group, person_id in session.execute(in_place.where(Deputy.group.in_(groups), deputy_in_force(), Person.active)):
        found.setdefault((group, None), set()).add(person_id)
    return found
