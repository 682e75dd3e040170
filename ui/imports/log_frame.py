"""What the imports of KPIs, events and purchases share: one mapping that is shown and changed."""

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from storage.errors import MappingError
from storage.imports.mapping import Mapping, check_columns
from ui.document import DocumentModel
from ui.imports.frame import ImportFrame
from ui.imports.refusing import as_refused
from ui.imports.work import Found
from ui.jobs import Jobs

if TYPE_CHECKING:
    from storage.imports.events_result import EventsImport
    from ui.imports.refused_dialog import RefusedDialog

_KEPT = 10_000  # refused records a log keeps


class LogFrame(ImportFrame):
    """A dialog over one mapping: `_show_mapping` shows it, `_set_mapping` changes it."""

    def __init__(
        self,
        found: Found,
        document: DocumentModel,
        jobs: Jobs,
        journey: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(found, document, jobs, journey, parent)
        self.mapping = found.mapping

    def _finish(self, body: QWidget, title: str) -> None:
        """Lay out, show the mapping and count."""
        self._build(body, title, beside=QWidget())
        self._show_mapping()
        self._begin_count()

    def _mapping(self) -> Mapping:
        return self.mapping

    def _set_mapping(self, mapping: Mapping) -> None:
        """Take another mapping in; what it takes is counted anew."""
        if mapping == self.mapping:
            return
        self.mapping = mapping
        self._show_mapping()
        self._changed()
        self._show_state()

    def _take_mapping(self, mapping: Mapping) -> None:
        self._set_mapping(mapping)

    def _take_reading(self, found: Found) -> None:
        """Keep the choices where the file still has their columns."""
        from dataclasses import replace

        from ui.imports.guessing import mapping_as
        from ui.imports.work import file_of

        mine = replace(self.mapping, source=found.mapping.source)
        try:
            check_columns(mine, [seen.column for seen in found.inspection.columns])
        except MappingError:
            with file_of(found.path, found.text) as path:
                workspace = self._document.workspace
                own = mapping_as(found.kind, path, found.inspection, workspace)
            mine = replace(own, source=found.mapping.source)
        self.mapping = mine
        self._show_mapping()

    def _take_counts(self, counted: object) -> None:
        """Nothing beside the counts themselves."""

    def _fill_refused(self, dialog: object) -> None:
        refused = cast("EventsImport", self._counted).refused
        told = cast("RefusedDialog", dialog)
        told.show_records(as_refused(refused), more=len(refused) >= _KEPT)

    def _show_mapping(self) -> None:
        """Show the mapping as it is now."""
        raise NotImplementedError
