"""The backups of a workspace: looked at, and a copy of one opened."""

from ui.backups.dialog import BackupsDialog

__all__ = ["BackupsDialog"]
