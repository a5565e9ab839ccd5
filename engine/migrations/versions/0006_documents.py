"""Documents that the machine writes, and their versions"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("document") as document:
        document.add_column(sa.Column("classification", sa.String(), nullable=False, server_default="unclassified"))
        document.add_column(sa.Column("series", sa.String(), nullable=True))
        document.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        document.add_column(sa.Column("note", sa.String(), nullable=False, server_default=""))
        document.add_column(sa.Column("written_as", sa.String(), nullable=True))
        document.add_column(sa.Column("source", sa.String(), nullable=True))
        document.create_unique_constraint(op.f("uq_document_written_as"), ["written_as"])


def downgrade() -> None:
    with op.batch_alter_table("document") as document:
        document.drop_constraint(op.f("uq_document_written_as"), type_="unique")
        for column in ("source", "written_as", "note", "version", "series", "classification"):
            document.drop_column(column)
