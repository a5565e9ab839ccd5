"""The revisions and the models agree, on both databases."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from engine import database
from engine.models import Base


def test_the_revisions_make_exactly_the_tables_of_the_models(empty_database_url):
    database.upgrade(empty_database_url)

    engine = database.connect(empty_database_url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
        tables = set(inspect(connection).get_table_names())
    engine.dispose()

    assert differences == []
    assert tables == {*Base.metadata.tables, "alembic_version"}


def test_upgrading_what_is_up_to_date_changes_nothing(database_url, sessions):
    with database.transaction(sessions) as session:
        before = set(inspect(session.connection()).get_table_names())

    database.upgrade(database_url)

    with database.transaction(sessions) as session:
        assert set(inspect(session.connection()).get_table_names()) == before
