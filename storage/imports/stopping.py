"""What stops a long read: the user."""

from storage.errors import StorageError


class ImportCancelledError(StorageError):
    """The user stopped the import; nothing of it is kept."""
