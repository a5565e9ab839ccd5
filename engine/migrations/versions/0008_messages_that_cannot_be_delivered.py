"""Messages whose delivery fails wait before they are tried again, and in the end for an administrator"""

import sqlalchemy as sa
from alembic import op

import engine.models.base

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("message", sa.Column("try_at", engine.models.base.Moment(timezone=True), nullable=True))
    op.add_column("message", sa.Column("last_error", sa.String(), nullable=False, server_default=""))
    op.add_column("message", sa.Column("reason", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_message_try_at", "message", ["try_at"])
