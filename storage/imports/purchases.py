"""Takes a purchase log in: read, checked, stored; the log itself comes back as a command."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from journey.edit.command import Command
from journey.edit.logs import AddPurchaseLog
from journey.model.evidence import PurchaseLog
from journey.model.ids import Kind, PurchaseLogId
from journey.model.workspace import Entity, Workspace
from storage.database.log_batches import PURCHASES
from storage.document.files import file_sha256
from storage.errors import MappingError, SurveyKnownError
from storage.evidence.logs import LogWriter
from storage.evidence.purchases import stored_keys
from storage.imports.log_job import (
    SAME,
    Progress,
    collecting,
    known,
    log_id,
    log_name,
    log_transaction,
    watcher,
    with_refused,
)
from storage.imports.mapping import Mapping, check_choices, write_mapping
from storage.imports.purchases_reading import PurchaseCells, open_purchases, read_purchases
from storage.imports.rows import Skipped
from storage.imports.survey import Holder, IfKnown
from storage.imports.survey_chunks import FAULTLESS, Tally
from storage.imports.survey_names import Names

Key = tuple[str, str, float]


@dataclass(frozen=True, slots=True)
class PurchasesImport:
    """What an import of purchases did.

    Attributes:
        command: adds the log (and takes replaced ones off); None where nothing is kept.
        records: records of the file; purchases: taken in; total: the sum of their amounts.
        first, last: days, "" without purchases.
        refused: records left out for a fault, as (line, reason, record), at most 10,000.
    """

    command: Command | None
    log: PurchaseLog
    records: int
    purchases: int
    customers: int
    total: float
    first: str
    last: str
    skipped: tuple[Skipped, ...] = ()
    refused: tuple[tuple[int, str, str], ...] = ()
    created: tuple[Entity, ...] = ()
    replaced: tuple[PurchaseLogId, ...] = ()

    @property
    def faulty(self) -> bool:
        """Whether a record was refused, and not just filtered or known."""
        return any(s.reason not in FAULTLESS for s in self.skipped)


def import_purchases(
    document: Holder,
    path: Path,
    mapping: Mapping,
    *,
    create: bool = False,
    dry_run: bool = False,
    if_known: IfKnown = "refuse",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PurchasesImport:
    """Read a purchase log by a mapping and store its purchases.

    Args:
        document: an open document; its workspace is only read.
        path: a table with a purchase a record; without a header where it has none.
        mapping: with [purchases].
        create: make the segments the log names and the workspace lacks.
        dry_run: do everything, keep nothing.
        if_known: what to do with purchases imported before: refuse, replace the logs that hold
            them, or add only what is new.
        progress: called now and then. cancelled: asked now and then.

    Raises:
        ImportProblem, MappingError, SurveyKnownError, ImportCancelledError: as `import_events`.
        Whatever it raises, nothing is kept.
    """
    ws = document.workspace
    if mapping.purchases is None:
        raise MappingError("missing_key", ("purchases",))
    check_choices(mapping)
    sha256 = file_sha256(path)
    same = [log for log in ws.purchase_logs.values() if log.source_sha256 == sha256]
    if same and if_known == "refuse":
        raise known(same[0].name, same[0].id, same[0].imported_at, "purchases")
    tally, refused = Tally(), list[tuple[int, str, str]]()
    watch = collecting(watcher(progress, cancelled, path), tally, refused)
    table = open_purchases(path, mapping)
    with log_transaction(document.engine, keep=not dry_run) as connection:
        run = _Import(ws, Names(ws, create=create), connection, if_known, sha256)
        for cells in read_purchases(table, mapping, tally, watch):
            run.take(cells)
        watch(tally.records)
        result = run.result(path, mapping, tally, refused, keep=not dry_run)
    return replace(result, refused=tuple(refused))


class _Import:
    """One run over one file, within one transaction."""

    def __init__(
        self, ws: Workspace, names: Names, connection: Connection, if_known: IfKnown, sha256: str
    ) -> None:
        self._ws, self._names, self._connection = ws, names, connection
        self._if_known, self._sha256 = if_known, sha256
        self._id = PurchaseLogId(log_id(connection, PURCHASES, Kind.PURCHASE_LOG, ws, sha256))
        self._writer = LogWriter(connection, PURCHASES, self._id)
        self._others = {log: stored_keys(connection, log) for log in ws.purchase_logs}
        self._shared = dict.fromkeys(self._others, 0)
        self._segments: dict[str, int | None] = {"": None}
        self._segment_ids: list[str] = []
        self._customers: set[str] = set()
        self._total, self._first, self._last, self._known = 0.0, "", "", 0

    def take(self, cells: PurchaseCells) -> None:
        """Store some purchases."""
        segments = cells.segments or [""] * len(cells.at)
        rows = []
        for customer, at, amount, segment in zip(
            cells.customers, cells.at, cells.amounts, segments, strict=True
        ):
            if self._others and self._is_known((customer, at, amount)):
                continue
            rows.append((customer, at, amount, self._segment(segment)))
            self._customers.add(customer)
            self._total += amount
        if rows:
            days = [row[1] for row in rows]
            self._first = min(filter(None, (self._first, *days)))
            self._last = max(self._last, *days)
        self._writer.write(rows)

    def _is_known(self, key: Key) -> bool:
        """Count where a purchase is held; whether it is to be left out."""
        found = False
        for log, keys in self._others.items():
            if key in keys:
                self._shared[log] += 1
                found = True
        if found and self._if_known == "add":
            self._known += 1
            return True
        return False

    def _segment(self, name: str) -> int | None:
        if name not in self._segments:
            found = self._names.segment(name)
            if found is None:
                self._segments[name] = None
            else:
                self._segments[name] = len(self._segment_ids)
                self._segment_ids.append(found)
        return self._segments[name]

    def result(
        self,
        path: Path,
        mapping: Mapping,
        tally: Tally,
        refused: list[tuple[int, str, str]],
        *,
        keep: bool,
    ) -> PurchasesImport:
        """Finish the batch and say what was done.

        Raises:
            MappingError: unknown_name. SurveyKnownError: known, nothing_new.
        """
        self._names.refuse_unknown()
        n = self._writer.records
        replaced = self._replaced(n)
        if self._if_known == "add" and self._known and not n:
            raise SurveyKnownError("nothing_new", what="purchases", name=path.name)
        log = PurchaseLog(
            self._id,
            log_name(path),
            source_file=path.name,
            source_sha256=self._sha256,
            imported_at=datetime.now(UTC).replace(microsecond=0),
            purchases=n,
            customers=len(self._customers),
            mapping=write_mapping(mapping),
        )
        kept = keep and n > 0
        if kept:
            sha256 = self._writer.finish(with_refused({"segments": self._segment_ids}, refused))
            log = replace(log, batch_sha256=sha256)
        skipped = tally.skipped
        if self._known:
            skipped = (*skipped, Skipped("known", self._known, 1))
        return PurchasesImport(
            command=AddPurchaseLog(log, self._names.needed, replaced) if kept else None,
            log=log,
            records=tally.records,
            purchases=n,
            customers=len(self._customers),
            total=self._total,
            first=self._first[:10],
            last=self._last[:10],
            skipped=skipped,
            created=tuple(self._names.needed) if kept else (),
            replaced=replaced if kept else (),
        )

    def _replaced(self, n: int) -> tuple[PurchaseLogId, ...]:
        """Return the logs that hold the same file, or mostly the same purchases.

        Raises:
            SurveyKnownError: there are such, and they are not to be replaced.
        """
        if self._if_known == "add":
            return ()
        found = []
        for log, keys in self._others.items():
            smaller = min(n, len(keys))
            alike = bool(smaller) and self._shared[log] >= SAME * smaller
            if alike or self._ws.purchase_logs[log].source_sha256 == self._sha256:
                found.append(log)
        if found and self._if_known == "refuse":
            first = self._ws.purchase_logs[found[0]]
            raise known(first.name, first.id, first.imported_at, "purchases")
        return tuple(found)
