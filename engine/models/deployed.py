"""Deployed: files made live together. Never edited."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from .base import Base


class Deployment(Base):
    """One version of one procedure: all its files, made live together."""

    __tablename__ = "deployment"
    __table_args__ = (UniqueConstraint("procedure_key", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    procedure_key: Mapped[str]
    name: Mapped[str]
    version: Mapped[int]
    checksum: Mapped[str]  # SHA-256 of all files; deploying the same files again changes nothing
    deployed_at: Mapped[datetime]
    deployed_by: Mapped[str]

    files: Mapped[list[DeployedFile]] = relationship(order_by="DeployedFile.path")
    processes: Mapped[list[ProcessDefinition]] = relationship(back_populates="deployment", order_by="ProcessDefinition.key")


class DeployedFile(Base):
    """A file as it was deployed; the source of truth for everything compiled from it."""

    __tablename__ = "deployed_file"
    __table_args__ = (UniqueConstraint("deployment_id", "path"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployment.id"))
    path: Mapped[str]  # inside the procedure: "consideration.bpmn", "letters/outcome.md"
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))


class ProcessDefinition(Base):
    """A deployed process."""

    __tablename__ = "process_definition"
    __table_args__ = (UniqueConstraint("deployment_id", "key"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployment.id"))
    key: Mapped[str]  # the id of the BPMN process
    name: Mapped[str]
    path: Mapped[str]  # of the diagram among the deployed files

    deployment: Mapped[Deployment] = relationship(back_populates="processes", lazy="joined", innerjoin=True)
