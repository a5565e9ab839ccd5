"""Jobs with waits of their own between the tries"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


PENDING = sa.text("state IN ('waiting', 'running')")


def upgrade() -> None:
    op.add_column("job", sa.Column("back_off", sa.String(), nullable=False, server_default=""))
    # In the order in which they are done: of many that are due at the same moment the next one is found without sorting them all.
    op.drop_index("ix_job_due", "job")
    op.create_index("ix_job_due", "job", ["due_at", "id"], sqlite_where=PENDING, postgresql_where=PENDING)


def downgrade() -> None:
    op.drop_index("ix_job_due", "job")
    op.create_index("ix_job_due", "job", ["due_at"], sqlite_where=PENDING, postgresql_where=PENDING)
    op.drop_column("job", "back_off")
