"""Named points at which a test may end the process as `kill -9` would.

Only the environment variable WAYMARK_CRASH_AT switches one on; no user ever sets it.
"""

import os

EDIT_POINTS = ("edit.begun", "edit.written", "edit.committed")
PUBLISH_POINTS = (
    "publish.vacuumed",
    "publish.sealed",
    "publish.half_copied",
    "publish.copied",
    "publish.synced",
    "publish.compared",
    "publish.replaced",
    "publish.folder_synced",
    "publish.noted",
)
MIGRATION_POINTS = ("migration.tables_made",)


def reached(point: str) -> None:
    """End the process at once, without any tidying up, if this is the point asked for."""
    if os.environ.get("WAYMARK_CRASH_AT") == point:
        os._exit(137)
