"""What Alembic runs: the revisions, on the connection that `upgrade` was given."""

from alembic import context

from storage.database.crash_points import reached
from storage.database.tables import metadata

# The caller's transaction holds all of it, so that a killed migration leaves nothing half done.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()
reached("migration.tables_made")
