"""What the storage worker does for an import: look into the file, count, take in."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from importlib import import_module
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from journey.errors import EditError
from journey.model.workspace import Workspace
from ui.imports.dialogs import dialog_class
from ui.imports.kinds import EvidenceKind
from ui.jobs import Cancelled, Progress

if TYPE_CHECKING:
    from storage.document import Document
    from storage.imports.inspect import Inspection
    from storage.imports.mapping import Mapping, SourceSettings
    from storage.imports.rows import Table
    from storage.imports.survey import IfKnown
    from ui.imports.kpi_changes import KpiChange
    from ui.imports.lines import Made
    from ui.imports.remembering import Recalled

PREVIEW_ROWS: Final = 6
_TAKEN_BY: Final = {
    EvidenceKind.SURVEY: "survey",
    EvidenceKind.KPI: "kpi",
    EvidenceKind.EVENTS: "events",
    EvidenceKind.PURCHASES: "purchases",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was looked into, or a table that was pasted.

    Attributes:
        size: bytes. saved: the day it was last written; None where it was pasted.
        mapping: the remembered one that fits, else the proposed one.
        kind: the kind of evidence it is taken for.
        remembered: the survey whose mapping it is, "" for a proposal.
        recalled: that mapping with what differs. proposed: the mapping without it.
        headers, rows: the first records as they stand.
        text: what was pasted; "" for a file.
        waiting: of a survey, the places of columns whose answers nobody scored yet.
        made: of a survey, the lines of its columns, which take long to make.
    """

    path: Path
    size: int
    saved: date | None
    inspection: "Inspection"
    mapping: "Mapping"
    kind: EvidenceKind = EvidenceKind.SURVEY
    remembered: str = ""
    recalled: "Recalled | None" = None
    proposed: "Mapping | None" = None
    headers: tuple[tuple[str, ...], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    text: str = ""
    waiting: frozenset[int] = frozenset()
    made: "Made" = field(default_factory=dict, compare=False, repr=False)

    @property
    def table(self) -> "Table | None":
        """The open table; None for kinds of file that are none."""
        return self.inspection.table


@dataclass(frozen=True, slots=True)
class Look:
    """Looks into a file or a pasted table; a workspace may remember what its columns mean.

    With `source` the file is read as it says, and the mapping found is the proposed one.
    """

    path: Path
    workspace: Workspace | None = None
    source: "SourceSettings | None" = None
    text: str = ""

    def __call__(self, progress: Progress, cancelled: Cancelled) -> object:
        from ui.imports.guessing import guess_kind

        progress(0, None)
        inspection = self._inspect(self.source, progress, cancelled)
        kind, proposed = guess_kind(inspection)
        _make_ready(kind)
        if self.source is not None:
            proposed = replace(proposed, source=_as_chosen(proposed, self.source))
        recalled = self._recalled(inspection, proposed) if kind is EvidenceKind.SURVEY else None
        mapping = recalled.mapping if recalled else proposed
        self._compare_names(mapping)
        source = mapping.source
        if recalled and (source.encoding or source.separator or source.header_rows is not None):
            inspection = self._inspect(source, progress, cancelled)
        headers, rows = _first_records(inspection)
        state = None if self.text else self.path.stat()
        found = Found(
            self.path,
            state.st_size if state else len(self.text.encode()),
            datetime.fromtimestamp(state.st_mtime).astimezone().date() if state else None,
            inspection,
            mapping,
            kind,
            recalled.survey if recalled else "",
            recalled,
            proposed,
            headers,
            rows,
            self.text,
        )
        return _with_lines(found, self.workspace)

    def _compare_names(self, mapping: "Mapping") -> None:
        """Look up what the names of a file may mean: it takes long, and the answers are kept."""
        from ui.imports.matching import names_on_map, near_names

        known = names_on_map(self.workspace) if self.workspace is not None else ()
        for about in dict.fromkeys(question.touchpoint for question in mapping.questions):
            near_names(about, known)

    def _recalled(self, inspection: "Inspection", proposed: "Mapping") -> "Recalled | None":
        from ui.imports.remembering import recall

        if self.workspace is None or self.source is not None:
            return None
        return recall(self.workspace, inspection, proposed)

    def _inspect(
        self, source: "SourceSettings | None", progress: Progress, cancelled: Cancelled
    ) -> "Inspection":
        from storage.imports.inspect import inspect_file, inspect_table
        from storage.imports.readers import inspect_any
        from storage.imports.rows import read_text_table

        if self.text:
            separator = source.separator if source else None
            headers = source.header_rows if source else None
            table = read_text_table(self.text, separator=separator, header_rows=headers)
            return inspect_table(table)
        if source is None:
            return inspect_any(self.path, whole=False, progress=progress, cancelled=cancelled)
        return inspect_file(
            self.path,
            encoding=source.encoding,
            separator=source.separator,
            header_rows=source.header_rows,
            sheet=source.sheet,
            whole=False,
            progress=progress,
            cancelled=cancelled,
        )


def _with_lines(found: Found, workspace: Workspace | None) -> Found:
    """Return a survey with what its window would else have to make: it takes long."""
    from ui.imports.draft import Draft
    from ui.imports.draft_scores import waiting_columns
    from ui.imports.lines import Names, lines_of
    from ui.imports.matching import names_on_map

    if found.kind is not EvidenceKind.SURVEY:
        return found
    waiting = waiting_columns(found.inspection)
    known = names_on_map(workspace) if workspace is not None else ()
    draft = Draft.of(found.inspection, found.mapping)
    lines_of(draft, Names(known, waiting=waiting), {}, found.made)
    return replace(found, waiting=waiting)


def _make_ready(kind: EvidenceKind) -> None:
    """Load the modules that show and take in a kind, while the window waits for nothing yet."""
    dialog_class(kind, tickets=True)
    import_module(f"storage.imports.{_TAKEN_BY[kind]}")


def _as_chosen(proposed: "Mapping", chosen: "SourceSettings") -> "SourceSettings":
    return replace(chosen, keep=proposed.source.keep)


def _first_records(
    inspection: "Inspection",
) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    """Return the header records and the first data records as they stand."""
    from storage.imports.rows import read_records

    table = inspection.table
    if table is None:
        return (), ()
    n = table.signature.header_rows
    records = read_records(table.source, blank=table.source.keeps_blank)
    headers = tuple(tuple(record) for _, record in islice(records, n))
    return headers, tuple(tuple(row) for _, row in table.preview(PREVIEW_ROWS))


@dataclass(frozen=True, slots=True)
class Propose:
    """Works out the mapping of a file as another kind of evidence: remembered, else proposed."""

    found: Found
    kind: EvidenceKind
    workspace: Workspace

    def __call__(self, progress: Progress, _cancelled: Cancelled) -> object:
        from ui.imports.guessing import mapping_as

        progress(0, None)
        _make_ready(self.kind)
        with file_of(self.found.path, self.found.text) as path:
            mapping = mapping_as(self.kind, path, self.found.inspection, self.workspace)
        found = replace(self.found, kind=self.kind, mapping=mapping, recalled=None, remembered="")
        return _with_lines(found, self.workspace)


@dataclass(frozen=True, slots=True)
class Order:
    """What is taken in, and how.

    Attributes:
        journey: where touchpoints are looked up and made; None looks in all of them.
        if_known: what to do with what was imported before.
        table: open already: what was pasted, or a workbook whose rows are kept. text: pasted.
        kpi_changes: what was typed about KPIs, by their and their touchpoints' names.
    """

    path: Path
    mapping: "Mapping"
    journey: str | None = None
    if_known: "IfKnown" = "refuse"
    kind: EvidenceKind = EvidenceKind.SURVEY
    table: "Table | None" = None
    text: str = ""
    kpi_changes: "dict[tuple[str, str], KpiChange]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Take:
    """Takes evidence in, or only counts what would be taken in."""

    document: "Document"
    workspace: Workspace
    order: Order
    dry_run: bool

    def __call__(self, progress: Progress, cancelled: Cancelled) -> object:
        # What the words of an import need takes too long to load on the window's thread.
        from ui.imports.results import command_of

        progress(0, None)
        if self.order.kind is EvidenceKind.SURVEY:
            taken = self._survey(progress, cancelled)
        else:
            with file_of(self.order.path, self.order.text) as path:
                taken = self._other(path, progress, cancelled)
        command = command_of(taken)
        if command is not None and not self.dry_run:
            # Thousands of values would be a pause in the window, which validates what is not yet.
            with suppress(EditError):
                command.validate(self.workspace)
        return taken

    def _survey(self, progress: Progress, cancelled: Cancelled) -> object:
        from storage.imports.survey import import_survey

        return import_survey(
            Holder(self.workspace, self.document),
            self.order.path,
            self.order.mapping,
            create=True,
            journey=self.order.journey,
            dry_run=self.dry_run,
            if_known=self.order.if_known,
            progress=progress,
            cancelled=cancelled,
            opened=self.order.table,
        )

    def _other(self, path: Path, progress: Progress, cancelled: Cancelled) -> object:
        order = self.order
        chosen: dict[str, Any] = {
            "create": True,
            "dry_run": self.dry_run,
            "if_known": order.if_known,
            "progress": progress,
            "cancelled": cancelled,
        }
        if order.kind is EvidenceKind.KPI:
            from storage.imports.kpi import import_kpi
            from ui.imports.kpi_changes import with_changes

            chosen |= {"choices": {}, "new_rows": False}
            chosen["journey"] = order.journey
            result = import_kpi(self.workspace, path, order.mapping, **chosen)
            return with_changes(result, order.kpi_changes)
        holder = Holder(self.workspace, self.document)
        if order.kind is EvidenceKind.EVENTS:
            from storage.imports.events import import_events

            return import_events(holder, path, order.mapping, journey=order.journey, **chosen)
        from storage.imports.purchases import import_purchases

        return import_purchases(holder, path, order.mapping, **chosen)


@dataclass(frozen=True, slots=True)
class Holder:
    """The window's own copy of the workspace, beside the working copy the rows go to."""

    workspace: Workspace
    document: "Document"

    @property
    def engine(self) -> Any:
        """The working copy's; nothing in the window knows what it is made of."""
        return self.document.engine


@contextmanager
def file_of(path: Path, text: str) -> Iterator[Path]:
    """Give the file; of a pasted table one that goes again, for readers that read files only."""
    if not text:
        yield path
        return
    with TemporaryDirectory(prefix="waymark-") as folder:
        pasted = Path(folder) / f"{path.name}.txt"
        pasted.write_bytes(text.encode("utf-8-sig", "replace"))
        yield pasted
