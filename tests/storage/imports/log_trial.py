"""A document and files for the tests of event, KPI and purchase imports."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from journey.model.template import new_workspace
from journey.model.workspace import Workspace
from storage.document import Document
from storage.imports.events import import_events
from storage.imports.events_reading import propose_events
from storage.imports.events_result import EventsImport
from storage.imports.kpi import import_kpi
from storage.imports.kpi_result import KpiImport
from storage.imports.mapping import Mapping, parse_mapping
from storage.imports.purchases import PurchasesImport, import_purchases
from storage.imports.purchases_reading import propose_purchases


class LogTrial:
    """An open document that takes logs in as the application does."""

    def __init__(self, document: Document, folder: Path) -> None:
        self.document, self.folder = document, folder

    @property
    def workspace(self) -> Workspace:
        return self.document.workspace

    def file(self, text: str, name: str = "log.csv") -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def events(self, path: Path, mapping: str = "", **words: Any) -> EventsImport:
        """Import, and do the command where there is one."""
        asked = parse_mapping(mapping) if mapping else propose_events(path)
        words.setdefault("create", True)
        return self._done(import_events(self.document, path, asked, **words))

    def purchases(self, path: Path, mapping: str = "", **words: Any) -> PurchasesImport:
        """Import, and do the command where there is one."""
        asked = parse_mapping(mapping) if mapping else propose_purchases(path)
        words.setdefault("create", True)
        return self._done(import_purchases(self.document, path, asked, **words))

    def kpi(self, path: Path, mapping: str = "", **words: Any) -> KpiImport:
        """Import, and do the command where there is one."""
        asked = parse_mapping(mapping) if mapping else Mapping()
        words.setdefault("create", True)
        return self._done(import_kpi(self.workspace, path, asked, **words))

    def _done(self, result: Any) -> Any:
        if result.command is not None:
            self.document.write(result.command.do(self.workspace))
        return result

    def transitions(self) -> dict[tuple[str, str, str | None], float | None]:
        """Return the transitions by the names of their ends and segment."""
        ws = self.workspace
        names: dict[str, str] = {t.id: t.name for t in ws.touchpoints.values()}
        segments = {s.id: s.name for s in ws.segments.values()}
        return {
            (
                names.get(t.source, t.source),
                names.get(t.target, t.target),
                segments[t.segment] if t.segment else None,
            ): t.count
            for t in ws.transitions.values()
        }


@contextmanager
def log_trial(folder: Path) -> Iterator[LogTrial]:
    """Give a trial with an open document of the five-stage template."""
    document = Document.create(folder / "trial.waymark", new_workspace("Trial"))
    try:
        yield LogTrial(document, folder)
    finally:
        document.close()
