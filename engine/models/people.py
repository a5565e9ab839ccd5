"""People, what they may act as, and their sign-ins."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Serial


class Person(Base):
    """Someone with an account."""

    __tablename__ = "person"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)  # lower case
    name: Mapped[str]
    job_title: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str]  # argon2
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    memberships: Mapped[list[Membership]] = relationship(back_populates="person", cascade="all, delete-orphan")


class Membership(Base):
    """A person acts as a role: everywhere, or in one case where `instance_id` says so."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "group", "instance_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    group: Mapped[str] = mapped_column(index=True)  # a role key of a procedure, or role:organisation
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_instance.id"), index=True)
    ends_on: Mapped[date | None] = mapped_column(index=True)  # from this day on it counts no more; none: until it is ended
    granted_at: Mapped[datetime | None]
    granted_by: Mapped[str] = mapped_column(default="")  # name of the step that gave it

    person: Mapped[Person] = relationship(back_populates="memberships")


class PasswordLink(Base):
    """A link by which a person sets their password once. Ended by deleting the row."""

    __tablename__ = "password_link"
    token_hash: Mapped[str] = mapped_column(primary_key=True)  # SHA-256 of the link's token, which stands in one email and nowhere else
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]


class SignIn(Base):
    """A signed-in browser. Ended by deleting the row."""

    __tablename__ = "sign_in"
    token_hash: Mapped[str] = mapped_column(primary_key=True)  # SHA-256 of the cookie's token
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    signed_in_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class Attempt(Base):
    """One try at something that is limited in number: a sign-in, a public notification."""

    __tablename__ = "attempt"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    key: Mapped[str] = mapped_column(index=True)  # what is limited and for whom, hashed
    at: Mapped[datetime] = mapped_column(index=True)
