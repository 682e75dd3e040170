"""Exporting the packs of a quarter into a folder."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from journey.report.pack import Pack
from journey.report.words import Words
from storage.exports.csv import write_csv, write_raw_csv
from storage.exports.names import safe_filename
from storage.exports.target import target_errors

Writer = Callable[[Pack, Path], Path]


def _write_xlsx(pack: Pack, path: Path) -> Path:
    from storage.exports.xlsx import write_xlsx

    return write_xlsx(pack, path)


# By format: what is put before the ending, the ending, who writes it.
WRITERS: dict[str, tuple[str, str, Writer]] = {
    "xlsx": ("", ".xlsx", _write_xlsx),
    "csv": ("", ".csv", write_csv),
    "raw-csv": (" raw", ".csv", write_raw_csv),
}


def never() -> bool:
    """Say that nobody cancels."""
    return False


def ignore(_done: int, _total: int) -> None:
    """Take progress nobody looks at."""


def export_packs(
    packs: Iterable[Pack],
    folder: Path,
    formats: Collection[str] = frozenset({"xlsx", "csv"}),
    progress: Callable[[int, int], None] = ignore,
    cancelled: Callable[[], bool] = never,
) -> list[Path]:
    """Write each pack in each format; return the files in that order.

    Files are named after quarter and leader; one that stands there is replaced whole. Cancelling
    leaves the files written so far, each complete.

    Args:
        progress: called with (files done, files in all).

    Raises:
        ValueError: an unknown format, before anything is written.
        TargetError: the folder or a file cannot be written.
    """
    unknown = set(formats) - WRITERS.keys()
    if unknown:
        raise ValueError(f"unknown formats: {', '.join(sorted(unknown))}")
    with target_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    work = [(pack, name) for pack in packs for name in WRITERS if name in formats]
    written: list[Path] = []
    for pack, name in work:
        if cancelled():
            break
        mark, suffix, write = WRITERS[name]
        written.append(write(pack, folder / safe_filename(_stem(pack) + mark, suffix, taken)))
        progress(len(written), len(work))
    return written


def _stem(pack: Pack) -> str:
    who = pack.leader_name if pack.leader else Words(pack.language)("unassigned")
    return f"{pack.quarter} {who}" if pack.quarter else who
