"""What exporting does off the GUI thread: gather, draw the page to look at, write."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.jobs import Cancelled, Progress

if TYPE_CHECKING:
    from journey.model.workspace import Workspace
    from journey.report.report import Report
    from storage.document import Document
    from storage.exports.gather import ToReport, Worked

OVERVIEW = "overview"


@dataclass(frozen=True, slots=True)
class AsAsked:
    """A document as it was when a report was asked for: edits go on meanwhile.

    The working copy holds no more than that, because storage does one thing after the other.
    """

    document: "Document"
    workspace: "Workspace"

    @property
    def engine(self) -> Any:
        """Reads its evidence."""
        return self.document.engine

    def content_sha256(self) -> str:
        """Return the hash of what it holds."""
        return self.document.content_sha256()


@dataclass(frozen=True, slots=True)
class ReadReport:
    """Reads what the report of a quarter is made of from the working copy (storage worker)."""

    document: AsAsked
    quarter: str | None

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.exports.gather import read_to_report

        today = datetime.now().astimezone().date()
        return read_to_report(self.document, self.quarter, today=today)


@dataclass(frozen=True, slots=True)
class RankReport:
    """Ranks a quarter nobody looks at; of the one looked at the list is there (computing pool)."""

    read: "ToReport"

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        return self.read.worked()


@dataclass(frozen=True, slots=True)
class TellReport:
    """Makes a report of what was read and ranked (computing pool).

    Attributes:
        compared: beside the quarter before, which may have to be ranked for it.
    """

    read: "ToReport"
    worked: "Worked"
    compared: bool

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        return self.read.gathered(self.worked, compared=self.compared)


@dataclass(frozen=True, slots=True)
class Draw:
    """Draws the first page of one pack, or of the overview."""

    report: "Report"
    whose: str
    dots: float

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.exports.pdf import overview_picture, pack_picture

        if self.whose == OVERVIEW and self.report.overview is not None:
            return overview_picture(self.report.overview, dots=self.dots)
        pack = next(p for p in self.report.packs if (p.leader or "") == self.whose)
        return pack_picture(pack, dots=self.dots)


@dataclass(frozen=True, slots=True)
class Order:
    """Writes what was chosen of a report into a folder.

    Attributes:
        leaders: ids of those whose packs are written, "" for what nobody owns.
        with_overview: with the overview and the page of what was done, for all together.
    """

    report: "Report"
    leaders: frozenset[str]
    with_overview: bool
    formats: frozenset[str]
    folder: Path

    def __call__(self, progress: Progress, cancelled: Cancelled) -> object:
        from storage.exports import export_report

        packs = tuple(p for p in self.report.packs if (p.leader or "") in self.leaders)
        chosen = replace(self.report, packs=packs)
        if not self.with_overview:
            chosen = replace(chosen, overview=None, done=None)
        written = export_report(
            chosen, self.folder, self.formats, progress=progress, cancelled=cancelled
        )
        return tuple(written)
