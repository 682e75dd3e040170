"""The schema's history: revision "0001" is schema version 1, and so on.

New files are made straight from the tables (storage.document.schema), which takes milliseconds; a
test holds both ways to the same schema, letter by letter.
"""

from pathlib import Path

from sqlalchemy import Connection

SCHEMA_VERSION = 2
HEAD = "0002"


def revision_of(version: int) -> str:
    """Return the revision that makes a schema version."""
    return f"{version:04d}"


def upgrade(connection: Connection, revision: str = HEAD) -> None:
    """Bring a database to a revision, within the connection's transaction.

    Args:
        connection: to a database that is empty or at an earlier revision.
        revision: the revision to reach.
    """
    # Alembic takes half a second to import; only a migration needs it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
