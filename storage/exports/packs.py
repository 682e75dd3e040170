"""Exporting a report into a folder: every leader's pack, the overview, what was done."""

import os
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from journey.report.pack import Pack
from journey.report.report import Report
from journey.report.words import Words
from storage.exports.brand import Brand
from storage.exports.folder import replacing_files
from storage.exports.names import safe_filename
from storage.exports.writers import DONE_PAGES, LISTS, OVERVIEWS, PACKS, has_slides

# In the order files are written: what is put before the ending, and the ending.
ENDINGS: dict[str, tuple[str, str]] = {
    "xlsx": ("", ".xlsx"),
    "pdf": ("", ".pdf"),
    "pptx": ("", ".pptx"),
    "csv": ("", ".csv"),
    "raw-csv": (" raw", ".csv"),
    "md": ("", ".md"),
    "tickets": (" tickets", ".csv"),
}
USUAL = frozenset({"xlsx", "csv"})
# What is made by a program of its own kind within ours, which runs beside Python.
_APART = frozenset({"pdf"})
_MOST_WORKERS = 4
_PLAIN = Brand()


def formats_there_are() -> tuple[str, ...]:
    """Return the formats a pack can be written in."""
    return tuple(name for name in ENDINGS if name != "pptx" or has_slides())


def never() -> bool:
    """Say that nobody cancels."""
    return False


def ignore(_done: int, _total: int) -> None:
    """Take progress nobody looks at."""


def export_packs(
    packs: Iterable[Pack],
    folder: Path,
    formats: Collection[str] = USUAL,
    progress: Callable[[int, int], None] = ignore,
    cancelled: Callable[[], bool] = never,
) -> list[Path]:
    """Write each pack in each format; see `export_report`."""
    report = Report(tuple(packs), None, None)
    return export_report(report, folder, formats, progress=progress, cancelled=cancelled)


def export_report(
    report: Report,
    folder: Path,
    formats: Collection[str] = USUAL,
    *,
    brand: Brand = _PLAIN,
    progress: Callable[[int, int], None] = ignore,
    cancelled: Callable[[], bool] = never,
) -> list[Path]:
    """Write a report in each format; return the files, packs first, in that order.

    Files are named after quarter and leader and come to stand in the folder all at once: a kill
    leaves the old ones whole or the new ones. Cancelling leaves the folder as it was and returns
    no file.

    Args:
        progress: called with (files done, files in all).

    Raises:
        ValueError: an unknown format, before anything is written.
        TargetError: the folder cannot be written; it is as it was.
        BrandError: a company's template cannot be used.
    """
    unknown = set(formats) - set(formats_there_are())
    if unknown:
        raise ValueError(f"unknown formats: {', '.join(sorted(unknown))}")
    work = _work(report, formats, brand)
    with replacing_files(folder) as staged, closing(_made(work)) as made:
        for done in range(1, len(work) + 1):
            if cancelled():
                staged.abandon()
                return []
            piece, content = next(made)
            (staged.folder / piece.name).write_bytes(content)
            progress(done, len(work))
    return [folder / staged.paths[piece.name].name for piece in work]


@dataclass(frozen=True, slots=True)
class _Piece:
    """One file to write: its name, what makes its bytes, and whether on another processor."""

    name: str
    make: Callable[[], bytes]
    apart: bool


def _made(work: Sequence[_Piece]) -> Generator[tuple[_Piece, bytes], None, None]:
    """Yield each file with its bytes, in order; pages are set ahead on the other processors.

    What sets them leaves the interpreter free, so that sheets and slides are written meanwhile.
    """
    apart = iter([piece for piece in work if piece.apart])
    processors = os.cpu_count() or 1
    workers = processors if all(piece.apart for piece in work) else max(1, processors - 1)
    pool = ThreadPoolExecutor(min(workers, _MOST_WORKERS), "pages")
    ahead: deque[Future[bytes]] = deque()
    try:
        for piece in work:
            # Only a few, so that they need little memory and a cancelled export ends soon.
            for following in islice(apart, 2 * workers - len(ahead)):
                ahead.append(pool.submit(following.make))
            yield piece, ahead.popleft().result() if piece.apart else piece.make()
    finally:
        pool.shutdown(cancel_futures=True)


def _work(report: Report, formats: Collection[str], brand: Brand) -> list[_Piece]:
    chosen = [form for form in ENDINGS if form in formats]
    namer = _Namer()
    pieces = [
        namer.piece(_who(pack), pack.quarter, form, partial(PACKS[form], pack, brand))
        for pack in report.packs
        for form in chosen
    ]
    for form in chosen:
        overview, done = report.overview, report.done
        if overview is not None:
            title = Words(overview.language)("overview")
            shared = partial(namer.piece, title, overview.quarter, form)
            if form in OVERVIEWS:
                pieces.append(shared(partial(OVERVIEWS[form], overview, brand)))
            if form in LISTS:
                pieces.append(shared(partial(LISTS[form], report.packs, brand)))
        if done is not None and form in DONE_PAGES:
            title = Words(done.language)("done")
            make = partial(DONE_PAGES[form], done, brand)
            pieces.append(namer.piece(title, done.quarter, form, make))
    return pieces


def _who(pack: Pack) -> str:
    return pack.leader_name if pack.leader else Words(pack.language)("unassigned")


class _Namer:
    """Names files, no two alike on any disk."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def piece(self, who: str, quarter: str | None, form: str, make: Callable[[], bytes]) -> _Piece:
        """Return a file named after the quarter and whose it is."""
        mark, suffix = ENDINGS[form]
        stem = f"{quarter} {who}" if quarter else who
        # The mark stands with the ending, so that it survives where a long name is cut.
        name = safe_filename(stem, mark + suffix, self._taken)
        return _Piece(name, make, apart=form in _APART)
