"""What administrators do to a running case: suspend it, move its deadlines; signals kept for a suspended case"""

import sqlalchemy as sa
from alembic import op

import engine.models.base

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("suspended_at", engine.models.base.Moment(timezone=True), nullable=True))
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changes", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("recipient_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_message_recipient_id"), "process_instance", ["recipient_id"], ["id"])
