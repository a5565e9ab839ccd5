"""Alembic's entry: runs the revisions beside this file on the database it is given."""

from alembic import context
from sqlalchemy import func, select

from engine.database import connect
from engine.models import Base

TURN = 2026  # any number, as long as nobody else locks it


def run() -> None:
    """Run the revisions in one transaction where the database can."""
    engine = connect(context.config.attributes["url"])
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":  # two processes that start together take turns; in SQLite they do anyway
                connection.execute(select(func.pg_advisory_xact_lock(TURN)))
            context.run_migrations()
        connection.commit()
    engine.dispose()


run()
