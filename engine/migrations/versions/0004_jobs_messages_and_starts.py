"""Jobs with waits of their own between the tries, messages that are looked at once, and start events that begin cases"""

import sqlalchemy as sa
from alembic import op

import engine.models.base

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PENDING = sa.text("state IN ('waiting', 'running')")
UNDELIVERED = sa.text("state IN ('sent', 'waiting')")
FRESH = sa.text("fresh")


def upgrade() -> None:
    op.add_column("job", sa.Column("back_off", sa.String(), nullable=False, server_default=""))
    # In the order in which they are done: of many that are due at the same moment the next one is found without sorting them all.
    op.drop_index("ix_job_due", "job")
    op.create_index("ix_job_due", "job", ["due_at", "id"], sqlite_where=PENDING, postgresql_where=PENDING)
    _messages()
    _starts()


def _messages() -> None:
    op.add_column("message", sa.Column("recipient", sa.Uuid(), nullable=True))
    op.execute("UPDATE message SET state = 'sent' WHERE state = 'waiting'")
    op.drop_index("ix_message_name", "message")
    op.create_index(
        "ix_message_undelivered", "message", ["name", "correlation_key"], sqlite_where=UNDELIVERED, postgresql_where=UNDELIVERED
    )
    op.add_column("subscription", sa.Column("fresh", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_index("ix_subscription_fresh", "subscription", ["id"], sqlite_where=FRESH, postgresql_where=FRESH)


def _starts() -> None:
    op.create_table(
        "start_trigger",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("definition_id", sa.Uuid(), nullable=False),
        sa.Column("element_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("event_name", sa.String(), nullable=False),
        sa.Column("timer", sa.String(), nullable=False),
        sa.Column("due_at", engine.models.base.Moment(timezone=True), nullable=True),
        sa.Column("cycle", sa.JSON(), nullable=False),
        sa.Column("try_at", engine.models.base.Moment(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["definition_id"], ["process_definition.id"], name=op.f("fk_start_trigger_definition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_start_trigger")),
        sa.UniqueConstraint("definition_id", "element_id", name=op.f("uq_start_trigger_definition_id_element_id")),
    )
    op.create_index(op.f("ix_start_trigger_event_name"), "start_trigger", ["event_name"])
    op.create_index(op.f("ix_start_trigger_try_at"), "start_trigger", ["try_at"])


def downgrade() -> None:
    op.drop_table("start_trigger")
    op.drop_index("ix_subscription_fresh", "subscription")
    op.drop_column("subscription", "fresh")
    op.drop_index("ix_message_undelivered", "message")
    op.create_index("ix_message_name", "message", ["name"])
    op.drop_column("message", "recipient")
    op.drop_index("ix_job_due", "job")
    op.create_index("ix_job_due", "job", ["due_at"], sqlite_where=PENDING, postgresql_where=PENDING)
    op.drop_column("job", "back_off")
