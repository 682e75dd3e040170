"""What the storage worker does for an import: look into the file, count, take in."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journey.model.workspace import Workspace
from ui.jobs import Cancelled, Progress

if TYPE_CHECKING:
    from storage.document import Document
    from storage.imports.inspect import Inspection
    from storage.imports.mapping import Mapping, SourceSettings
    from storage.imports.survey import IfKnown


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was looked into.

    Attributes:
        size: bytes. saved: the day it was last written.
        mapping: the remembered one that fits, else the proposed one.
        remembered: the survey whose mapping it is, "" for a proposal.
    """

    path: Path
    size: int
    saved: date
    inspection: "Inspection"
    mapping: "Mapping"
    remembered: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """Looks into a file; a workspace may remember what its columns mean.

    With `source` the file is read as it says, and the mapping found is the proposed one.
    """

    path: Path
    workspace: Workspace | None = None
    source: "SourceSettings | None" = None

    def __call__(self, progress: Progress, _cancelled: Cancelled) -> object:
        from storage.imports.mapping import propose
        from storage.imports.remembered import remembered_mapping

        progress(0, None)
        inspection = self._inspect(self.source)
        mapping, survey = propose(inspection), ""
        if self.workspace is not None and self.source is None:
            columns = [seen.column for seen in inspection.columns]
            known = remembered_mapping(self.workspace, self.path, columns)
            if known is not None:
                mapping, survey = known.mapping, known.survey.name
                source = mapping.source
                if source.encoding or source.separator or source.header_rows is not None:
                    inspection = self._inspect(source)
        state = self.path.stat()
        saved = datetime.fromtimestamp(state.st_mtime).astimezone().date()
        return Found(self.path, state.st_size, saved, inspection, mapping, survey)

    def _inspect(self, source: "SourceSettings | None") -> "Inspection":
        from storage.imports.inspect import inspect_file

        if source is None:
            return inspect_file(self.path)
        return inspect_file(
            self.path,
            encoding=source.encoding,
            separator=source.separator,
            header_rows=source.header_rows,
        )


@dataclass(frozen=True, slots=True)
class Order:
    """What is taken in, and how.

    Attributes:
        journey: where touchpoints are looked up and made; None looks in all of them.
        if_known: what to do with answers imported before.
    """

    path: Path
    mapping: "Mapping"
    journey: str | None = None
    if_known: "IfKnown" = "refuse"


@dataclass(frozen=True, slots=True)
class Take:
    """Takes a survey in, or only counts what would be taken in."""

    document: "Document"
    workspace: Workspace
    order: Order
    dry_run: bool

    def __call__(self, progress: Progress, cancelled: Cancelled) -> object:
        from storage.imports.survey import import_survey

        progress(0, None)
        return import_survey(
            _Holder(self.workspace, self.document),
            self.order.path,
            self.order.mapping,
            create=True,
            journey=self.order.journey,
            dry_run=self.dry_run,
            if_known=self.order.if_known,
            progress=progress,
            cancelled=cancelled,
        )


@dataclass(frozen=True, slots=True)
class _Holder:
    """The window's own copy of the workspace, beside the working copy the rows go to."""

    workspace: Workspace
    document: "Document"

    @property
    def engine(self) -> Any:
        """The working copy's; nothing in the window knows what it is made of."""
        return self.document.engine
