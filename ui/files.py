"""Making, opening and exporting, on the storage worker; results come back as signals."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from journey.model.ids import JourneyId
from journey.model.workspace import Workspace
from ui.jobs import Cancelled, JobResult, Jobs, Progress

if TYPE_CHECKING:
    pass


class Files(QObject):
    """What is done with whole files.

    Attributes:
        opened: carries a storage Document. failed: an error; nothing was opened or written.
        template_saved: the title of a template that was kept.
    """

    opened = Signal(object)
    failed = Signal(object)
    template_saved = Signal(str)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs

    def make(self, path: Path, name: str, language: str, template: str = "default") -> None:
        """Make a workspace from a template; never overwrites."""
        self._jobs.store(_Make(path, name, language, template), self._on_document)

    def open(self, path: Path) -> None:
        """Open a workspace."""
        self._jobs.store(_Open(path), self._on_document)

    def save_template(self, workspace: Workspace, journey: JourneyId, title: str) -> None:
        """Keep a journey's structure as a template of one's own."""
        self._jobs.store(_SaveTemplate(workspace, journey, title), self._on_template)

    def make_sample(self, path: Path, title: str) -> None:
        """Make the sample at `path`, or open it where it is already."""
        self._jobs.store(_Sample(path), self._on_document, title)

    def _on_template(self, result: JobResult) -> None:
        self._pass_on(result, self.template_saved.emit)

    def _on_document(self, result: JobResult) -> None:
        self._pass_on(result, self.opened.emit)

    def _pass_on(self, result: JobResult, good: Callable[[object], None]) -> None:
        if result.error is not None:
            self.failed.emit(result.error)
        else:
            good(result.value)


@dataclass(frozen=True, slots=True)
class _Make:
    path: Path
    name: str
    language: str
    template: str

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.document import Document
        from storage.templates import workspace_from

        return Document.create(self.path, workspace_from(self.template, self.name, self.language))


@dataclass(frozen=True, slots=True)
class _SaveTemplate:
    workspace: Workspace
    journey: JourneyId
    title: str

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.templates import save_template

        save_template(self.workspace, self.journey, self.title)
        return self.title


@dataclass(frozen=True, slots=True)
class _Open:
    path: Path

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.document import Document

        return Document.open(self.path)


@dataclass(frozen=True, slots=True)
class _Sample:
    path: Path

    def __call__(self, progress: Progress, _cancelled: Cancelled) -> object:
        from storage.document import Document
        from storage.sample import make_sample

        if self.path.exists():
            return Document.open(self.path)
        return make_sample(self.path, progress)
