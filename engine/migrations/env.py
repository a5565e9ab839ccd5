"""Alembic's entry: runs the revisions beside this file on the database it is given."""

from alembic import context

from engine.database import connect
from engine.models import Base


def run() -> None:
    """Run the revisions in one transaction where the database can."""
    engine = connect(context.config.attributes["url"])
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


run()
