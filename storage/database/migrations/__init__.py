"""The schema's history. Revision "0001" makes every table of schema version 1.

New files are made straight from the tables (storage.document.schema), which takes milliseconds; a
test holds both ways to the same schema, letter by letter.
"""

from pathlib import Path

from sqlalchemy import Connection

SCHEMA_VERSION = 1
HEAD = "0001"


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
