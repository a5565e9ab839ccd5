"""What cases leave in registers, and how cases belong together."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Serial
from .running import ProcessInstance


class RegisterEntry(Base):
    """One row of a register that procedure.toml declares, as it stands now."""

    __tablename__ = "register_entry"
    __table_args__ = (UniqueConstraint("procedure_key", "register", "key"),)
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    procedure_key: Mapped[str]
    register: Mapped[str]
    key: Mapped[str]  # which row it is; the diagram's own choice
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), index=True)  # the case that entered it first
    values: Mapped[dict[str, Any]]  # by the keys of the columns
    entered_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]  # none: the row is still open

    instance: Mapped[ProcessInstance] = relationship(lazy="joined", innerjoin=True)


class RegisterChange(Base):
    """What an entry changed in a row of a register. Only added to."""

    __tablename__ = "register_change"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("register_entry.id"), index=True)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"))  # the case that changed it
    at: Mapped[datetime]
    values: Mapped[dict[str, Any]]  # the columns that are different now, with their new values
    closed: Mapped[bool | None]  # whether that closed the row or opened it again; none: neither


class CaseLink(Base):
    """Two cases that belong together, told from the one that said so."""

    __tablename__ = "case_link"
    __table_args__ = (UniqueConstraint("from_id", "to_id", "kind"),)
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    from_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), index=True)
    to_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), index=True)
    kind: Mapped[str]  # what the first is to the second: "goes on in"
    linked_at: Mapped[datetime]
