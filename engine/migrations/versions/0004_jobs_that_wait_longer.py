"""Jobs with waits of their own between the tries"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("job", sa.Column("back_off", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("job", "back_off")
