"""Documents that the machine writes, their versions, what became of each, and who has opened it"""

from typing import Any

import sqlalchemy as sa
from alembic import op

import engine.models.base

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("classification", sa.String(), nullable=False, server_default="unclassified"),
        sa.Column("series", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("note", sa.String(), nullable=False, server_default=""),
        sa.Column("written_as", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False, server_default="current"),
        sa.Column("state_reason", sa.String(), nullable=False, server_default=""),
        sa.Column("state_at", engine.models.base.Moment(timezone=True), nullable=True),
        sa.Column("state_by", sa.Uuid(), nullable=True),
    ]


def upgrade() -> None:
    with op.batch_alter_table("document") as document:
        for column in _columns():
            document.add_column(column)
        document.create_unique_constraint(op.f("uq_document_written_as"), ["written_as"])
        document.create_foreign_key(op.f("fk_document_state_by"), "person", ["state_by"], ["id"])
    _readers()
    _readings()


def _readers() -> None:
    op.create_table(
        "document_reader",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("named_at", engine.models.base.Moment(timezone=True), nullable=False),
        sa.Column("named_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", engine.models.base.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_reader_document_id")),
        sa.ForeignKeyConstraint(["named_by"], ["person.id"], name=op.f("fk_document_reader_named_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_reader")),
    )
    op.create_index(op.f("ix_document_reader_document_id"), "document_reader", ["document_id"])
    op.create_index(op.f("ix_document_reader_email"), "document_reader", ["email"])


def _readings() -> None:
    op.create_table(
        "document_reading",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", engine.models.base.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_reading_document_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_document_reading_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_reading")),
    )
    op.create_index(op.f("ix_document_reading_document_id"), "document_reading", ["document_id"])
    op.create_index(op.f("ix_document_reading_person_id"), "document_reading", ["person_id"])


def downgrade() -> None:
    op.drop_table("document_reading")
    op.drop_table("document_reader")
    with op.batch_alter_table("document") as document:
        document.drop_constraint(op.f("fk_document_state_by"), type_="foreignkey")
        document.drop_constraint(op.f("uq_document_written_as"), type_="unique")
        for column in reversed(_columns()):
            document.drop_column(column.name)
