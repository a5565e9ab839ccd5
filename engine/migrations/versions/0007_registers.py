"""Registers that a procedure declares, and cases that belong together"""

import sqlalchemy as sa
from alembic import op

import engine.models.base

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _entries()
    _changes()
    _links()


def _entries() -> None:
    op.create_table(
        "register_entry",
        sa.Column("id", _serial(), nullable=False),
        sa.Column("procedure_key", sa.String(), nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("entered_at", engine.models.base.Moment(timezone=True), nullable=False),
        sa.Column("changed_at", engine.models.base.Moment(timezone=True), nullable=False),
        sa.Column("closed_at", engine.models.base.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["instance_id"], ["process_instance.id"], name=op.f("fk_register_entry_instance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
        sa.UniqueConstraint("procedure_key", "register", "key", name=op.f("uq_register_entry_procedure_key_register_key")),
    )
    op.create_index(op.f("ix_register_entry_instance_id"), "register_entry", ["instance_id"])


def _changes() -> None:
    op.create_table(
        "register_change",
        sa.Column("id", _serial(), nullable=False),
        sa.Column("entry_id", _serial(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("at", engine.models.base.Moment(timezone=True), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["register_entry.id"], name=op.f("fk_register_change_entry_id")),
        sa.ForeignKeyConstraint(["instance_id"], ["process_instance.id"], name=op.f("fk_register_change_instance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_change")),
    )
    op.create_index(op.f("ix_register_change_entry_id"), "register_change", ["entry_id"])


def _links() -> None:
    op.create_table(
        "case_link",
        sa.Column("id", _serial(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("linked_at", engine.models.base.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["process_instance.id"], name=op.f("fk_case_link_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["process_instance.id"], name=op.f("fk_case_link_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_link")),
        sa.UniqueConstraint("from_id", "to_id", "kind", name=op.f("uq_case_link_from_id_to_id_kind")),
    )
    op.create_index(op.f("ix_case_link_from_id"), "case_link", ["from_id"])
    op.create_index(op.f("ix_case_link_to_id"), "case_link", ["to_id"])


def _serial() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def downgrade() -> None:
    op.drop_table("case_link")
    op.drop_table("register_change")
    op.drop_table("register_entry")
