"""The records an import of answers would refuse, read apart from the open workspace."""

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from journey.model.workspace import Workspace
from ui.imports.work import Holder, Order
from ui.jobs import Cancelled, Progress


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A record as it stands, the line it starts at, and why it is left out."""

    line: int
    reason: str
    record: str


@dataclass(frozen=True, slots=True)
class FindRefused:
    """Reads a survey into a workspace of its own that goes again, and returns what it refuses.

    The open workspace is not touched: what is only counted there leaves no records to show.
    """

    order: Order

    def __call__(self, progress: Progress, cancelled: Cancelled) -> object:
        from storage.document import Document
        from storage.evidence.store import EvidenceStore
        from storage.imports.survey import import_survey

        with TemporaryDirectory(prefix="waymark-") as folder:
            scratch = Document.create(Path(folder) / "refused.waymark", Workspace())
            try:
                taken = import_survey(
                    Holder(scratch.workspace, scratch),
                    self.order.path,
                    self.order.mapping,
                    create=True,
                    progress=progress,
                    cancelled=cancelled,
                    opened=self.order.table,
                )
                found = EvidenceStore(scratch.engine).rejected(taken.survey.id)
            finally:
                scratch.close(publish=False)
        return tuple(RefusedRecord(row.line, row.reason, row.record) for row in found)


def as_refused(records: tuple[tuple[int, str, str], ...]) -> tuple[RefusedRecord, ...]:
    """Return refused records of a log as those of a survey."""
    return tuple(RefusedRecord(*record) for record in records)


@dataclass(frozen=True, slots=True)
class SaveRefused:
    """Writes refused records as a CSV for spreadsheets."""

    path: Path
    records: tuple[RefusedRecord, ...]

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        import csv
        from io import StringIO

        from storage.exports.csv import safe_cell
        from storage.exports.target import replacing

        held = StringIO(newline="")
        writer = csv.writer(held, lineterminator="\r\n")
        writer.writerow(["line", "reason", "record"])
        writer.writerows([r.line, r.reason, safe_cell(r.record)] for r in self.records)
        with replacing(self.path) as target:
            target.file.write(("\ufeff" + held.getvalue()).encode())
        return replace(self, path=target.path)
