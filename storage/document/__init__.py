"""The workspace file: opened with checks, edited in a private copy, published whole."""

from storage.document.backups import Backup, KeptBackup, back_up, backups_of, kept_backups
from storage.document.checking import CheckReport, Finding, check_document
from storage.document.copies import put_copy, restore_backup
from storage.document.document import Document
from storage.document.identity import identity_of
from storage.document.publishing import Published
from storage.document.reading import ReadDocument, read_document
from storage.document.recovery import Note
from storage.document.repairing import Loss, Repair, repair_to
from storage.document.working_copy import COMMAND, WINDOW

__all__ = [
    "COMMAND",
    "WINDOW",
    "Backup",
    "CheckReport",
    "Document",
    "Finding",
    "KeptBackup",
    "Loss",
    "Note",
    "Published",
    "ReadDocument",
    "Repair",
    "back_up",
    "backups_of",
    "check_document",
    "identity_of",
    "kept_backups",
    "put_copy",
    "read_document",
    "repair_to",
    "restore_backup",
]
