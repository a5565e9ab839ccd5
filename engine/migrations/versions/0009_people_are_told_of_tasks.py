"""People are told by email of the tasks that wait for them"""

import sqlalchemy as sa
from alembic import op

import engine.models.base

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

UNTOLD = sa.text("told_at IS NULL AND state = 'open'")


def upgrade() -> None:
    op.add_column("user_task", sa.Column("told_at", engine.models.base.Moment(timezone=True), nullable=True))
    op.execute("UPDATE user_task SET told_at = created_at")  # people know of these already
    op.create_index("ix_user_task_untold", "user_task", ["created_at"], sqlite_where=UNTOLD, postgresql_where=UNTOLD)
