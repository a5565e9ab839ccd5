"""Variables that grew large"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "variable_chunk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["instance_id"], ["process_instance.id"], name=op.f("fk_variable_chunk_instance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variable_chunk")),
    )
    with op.batch_alter_table("variable_chunk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_variable_chunk_instance_id"), ["instance_id"], unique=False)


def downgrade() -> None:
    op.drop_table("variable_chunk")
