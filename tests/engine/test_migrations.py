"""The revisions and the models agree, on both databases."""

from __future__ import annotations

import subprocess
import sys

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


def test_processes_that_start_together_upgrade_one_after_the_other(empty_database_url):
    upgrade = "import sys; from engine import database; database.upgrade(sys.argv[1])"

    together = [subprocess.Popen([sys.executable, "-c", upgrade, empty_database_url]) for _ in range(2)]

    assert [process.wait(timeout=60) for process in together] == [0, 0]


def test_upgrading_what_is_up_to_date_changes_nothing(database_url, sessions):
    with database.transaction(sessions) as session:
        before = set(inspect(session.connection()).get_table_names())

    database.upgrade(database_url)

    with database.transaction(sessions) as session:
        assert set(inspect(session.connection()).get_table_names()) == before
