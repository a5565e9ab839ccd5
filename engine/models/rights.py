"""Who may see what of a case, worked out once for each stage and kept as rows that every list and page asks."""

from __future__ import annotations

from enum import IntEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, TypeDecorator
from sqlalchemy import Integer as Whole
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Right(IntEnum):
    """What somebody may do with an item; each includes those before it."""

    NONE = 0
    STATUS = 1  # that it is there, its stage and dates
    READ = 2
    WRITE = 3


class _AsRight(TypeDecorator[Right]):
    """A right by its rank, so that a question for "at least this" is a comparison."""

    impl = Whole
    cache_ok = True

    def process_bind_param(self, value: Right | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Right | None:
        return None if value is None else Right(value)


class AccessProfile(Base):
    """What decides who may see a case: its version, process and stage, and the facts that its access table reads. Shared by many cases."""

    __tablename__ = "access_profile"
    id: Mapped[UUID] = mapped_column(primary_key=True)  # made of all the rest: the same for the same, in every process
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployment.id"), index=True)
    process_key: Mapped[str]
    stage: Mapped[str]
    facts: Mapped[dict[str, Any]]


class AccessRight(Base):
    """In a case of this profile, whoever acts as this role has this right to what is classified so."""

    __tablename__ = "access_right"
    profile_id: Mapped[UUID] = mapped_column(ForeignKey("access_profile.id"), primary_key=True)
    classification: Mapped[str] = mapped_column(primary_key=True)  # "*": whatever it is
    role: Mapped[str] = mapped_column(primary_key=True)  # a role's key, or "anyone"
    own: Mapped[bool] = mapped_column(primary_key=True)  # only to what they, or their organisation, have given in themselves
    level: Mapped[Right] = mapped_column(_AsRight)
