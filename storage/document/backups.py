"""Backups, in the private folder: a failed one is told and never stops anything."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage.document.files import copy_durably, cut_to_bytes, file_sha256
from storage.document.places import backup_place

DAILY = "daily"
IMPORT = "import"
RECOVERY = "recovery"
UPGRADE = "upgrade"
REPLACED = "replaced"

_STAMP = "%Y%m%dT%H%M%S%fZ"
# What is kept: the newest of all, the newest of each day and of each month that has one.
_NEWEST, _DAYS, _MONTHS = 10, 14, 12
_BYTES = 2_000_000_000
_FEWEST = 3
# Bytes of the document's name that the name of a backup has room for.
_NAME = 120


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made, or (path None) why it was not."""

    reason: str
    path: Path | None
    detail: str = ""


def back_up(source: Path, document: Path, reason: str, now: datetime | None = None) -> Backup:
    """Copy a checked file to the document's backups, verify the copy, thin the old ones.

    Args:
        source: the file to copy; document: the document it belongs to.
        reason: DAILY, IMPORT, RECOVERY, UPGRADE or REPLACED. now: aware; the present by default.
    """
    stamp = (now or datetime.now(UTC)).astimezone(UTC).strftime(_STAMP)
    try:
        folder = backup_place(document)
        folder.mkdir(mode=0o700, exist_ok=True)
        place = folder / f"{stamp}-{reason}-{cut_to_bytes(document.stem, _NAME)}.waymark"
        detail = _copied(source, place)
    except OSError as error:
        return Backup(reason, None, str(error))
    if detail:
        return Backup(reason, None, detail)
    _thin(document, place.name)
    return Backup(reason, place)


def _thin(document: Path, made: str) -> None:
    """Remove what need not be kept; one that stays a while longer is no failure of the backup.

    Those of a clock that was ahead are thinned apart: counted as the newest, they would have the
    one that was just made, and all that follow until that clock's time, removed at once.
    """
    with suppress(OSError):
        found = backups_of(document)
        past = [backup for backup in found if backup.name <= made]
        ahead = [backup for backup in found if backup.name > made]
        for old in (*superfluous(past), *superfluous(ahead)):
            # One that somebody holds must not keep all the others.
            with suppress(OSError):
                old.unlink()


def _copied(source: Path, place: Path) -> str:
    """Copy a file to its place among the backups; return why not, or ""."""
    unfinished = place.with_suffix(".new")
    try:
        if file_sha256(source) != copy_durably(source, unfinished):
            return "the copy differs"
        unfinished.replace(place)
    finally:
        # On a full disk half of a backup would take what little room is left.
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return ""


def backups_of(document: Path) -> list[Path]:
    """Return a document's backups, oldest first."""
    try:
        return sorted(backup_place(document).glob("*.waymark"))
    except OSError:
        return []


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A backup that can be brought back.

    Attributes:
        made_at: UTC. reason: DAILY, IMPORT, RECOVERY, UPGRADE or REPLACED; another word where a
            later version made it. size: bytes.
    """

    path: Path
    made_at: datetime
    reason: str
    size: int


def kept_backups(document: Path) -> list[KeptBackup]:
    """Return a document's backups, the newest first; other files in their folder are left out."""
    found = []
    for path in reversed(backups_of(document)):
        stamp, _, rest = path.name.partition("-")
        try:
            made_at = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
            size = path.stat().st_size
        except (ValueError, OSError):
            continue
        found.append(KeptBackup(path, made_at, rest.partition("-")[0], size))
    return found


def is_due(document: Path, now: datetime | None = None) -> bool:
    """Whether there is no backup of this day (UTC) yet."""
    today = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y%m%d")
    return not any(backup.name.startswith(today) for backup in backups_of(document))


def superfluous(backups: Iterable[Path]) -> list[Path]:
    """Return the backups that need not be kept, given all of them, oldest first."""
    newest_first = sorted(backups, reverse=True)
    days: dict[str, Path] = {}
    months: dict[str, Path] = {}
    for backup in newest_first:
        days.setdefault(backup.name[:8], backup)
        months.setdefault(backup.name[:6], backup)
    kept = set(newest_first[:_NEWEST])
    kept.update(list(days.values())[:_DAYS], list(months.values())[:_MONTHS])
    total = 0
    for rank, backup in enumerate(b for b in newest_first if b in kept):
        total += backup.stat().st_size
        if rank >= _FEWEST and total > _BYTES:
            kept.discard(backup)
    return sorted(set(newest_first) - kept)
