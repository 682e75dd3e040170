"""The tables, the migrations and the quick way to a new file make the same schema."""

import os
import subprocess
import sys
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine

from storage.database.engine import connect, working_engine
from storage.database.migrations import HEAD, upgrade
from storage.database.tables import metadata
from storage.document.schema import allowed_schema, schema_of

PROJECT = Path(__file__).resolve().parents[3]


def _migrated(path: Path) -> Engine:
    connect(path, mode="rwc").close()
    engine = working_engine(path)
    with engine.begin() as connection:
        upgrade(connection)
    return engine


def test_the_migrations_make_the_tables(tmp_path: Path) -> None:
    engine = _migrated(tmp_path / "migrated.db")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_a_new_file_has_letter_by_letter_the_migrated_schema(tmp_path: Path) -> None:
    _migrated(tmp_path / "migrated.db").dispose()
    connection = connect(tmp_path / "migrated.db", mode="ro")
    assert schema_of(connection) == allowed_schema()
    assert connection.execute("SELECT * FROM alembic_version").fetchall() == [(HEAD,)]
    connection.close()


def test_a_killed_migration_leaves_nothing_half_done(tmp_path: Path) -> None:
    path = tmp_path / "killed.db"
    script = (
        "import sys; from pathlib import Path\n"
        "from storage.database.engine import connect, working_engine\n"
        "from storage.database.migrations import upgrade\n"
        "connect(Path(sys.argv[1]), mode='rwc').close()\n"
        "with working_engine(Path(sys.argv[1])).begin() as connection: upgrade(connection)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        cwd=PROJECT,
        env={**os.environ, "WAYMARK_CRASH_AT": "migration.tables_made", "PYTHONPATH": "."},
        check=False,
    )
    assert ended.returncode == 137
    connection = connect(path, mode="rw")
    assert schema_of(connection) == frozenset()
    connection.close()
    _migrated(path).dispose()
