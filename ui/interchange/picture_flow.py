"""The way of a picture out of the window: ask, draw step by step, write on the storage worker."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from journey.model.ids import PersonaId
from ui.jobs import Cancelled, JobResult, Jobs, Progress
from ui.map_figures import map_figures
from ui.session import Session

if TYPE_CHECKING:
    from ui.interchange.picture_dialog import PictureDialog
    from ui.render.subject import Subject


class PictureFlow(QObject):
    """Makes one picture at a time of the journey that is looked at.

    Attributes:
        noted: (icon, sentence) for the status bar. failed: an error; the target is as it was.
    """

    noted = Signal(str, str)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, window: QWidget | None = None) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._window = window
        self._folder = Path()
        self._target = Path()
        self._parts: Iterator[bytes] | None = None
        self._made: list[bytes] = []
        self._job = 0
        # A strip of a PNG at a time, so that the window stays alive; all else is drawn apart.
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._draw_next)
        self.dialog: PictureDialog | None = None

    def begin(self, session: Session, view: str = "map", persona: PersonaId | None = None) -> None:
        """Ask how the picture is made; `view` is "map" or "flow"."""
        from ui.interchange.picture_dialog import PictureDialog
        from ui.render.subject import View

        if self.dialog is not None:
            self.dialog.raise_()
            return
        if session.journey is None or self._parts is not None or self._job:
            return
        self._folder = session.document.path.parent
        self.dialog = PictureDialog(_subject(session, persona), View(view), self._window)
        self.dialog.accepted.connect(self._ask_where)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    def stop(self) -> None:
        """Forget what is under way; nothing of it is kept."""
        self._timer.stop()
        self._parts, self._made = None, []
        if self._job:
            self._jobs.cancel(self._job)
            self._job = 0
        if self.dialog is not None:
            self.dialog.reject()

    @Slot()
    def _ask_where(self) -> None:
        assert self.dialog is not None
        from storage.exports.names import safe_filename

        dialog = self.dialog
        name = safe_filename(dialog.picture.title or self.tr("Journey"), dialog.ending)
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save the picture"), str(self._folder / name),
            f"{dialog.format.currentText()} (*{dialog.ending})",
        )  # fmt: skip
        if chosen:
            path = Path(chosen)
            if path.suffix.lower() != dialog.ending:
                path = path.with_name(path.name + dialog.ending)
            self.write(path)

    def write(self, path: Path) -> None:
        """Draw what the dialog asks for into a file."""
        assert self.dialog is not None
        from ui.render.apart import DrawApart
        from ui.render.order import Format
        from ui.render.writing import parts

        wish = self.dialog.wish
        self._target, self._made = path, []
        if wish.order is None or wish.order.format is not Format.PNG:
            title = self.tr("Drawing %1").replace("%1", path.name)
            self._job = self._jobs.compute(DrawApart(wish), self._on_drawn, title)
            return
        self._parts = parts(self.dialog.picture, wish.order)
        self._timer.start()

    def _on_drawn(self, result: JobResult) -> None:
        if result.number != self._job:
            return
        self._job = 0
        if result.error is not None:
            self.failed.emit(result.error)
        elif isinstance(result.value, bytes) and not result.cancelled:
            self._write((result.value,))
        else:
            self.noted.emit("x", self.tr("Stopped; nothing was written"))

    @Slot()
    def _draw_next(self) -> None:
        if self._parts is None:
            self._timer.stop()
            return
        part = next(self._parts, None)
        if part is not None:
            self._made.append(part)
            return
        self._timer.stop()
        made, self._parts, self._made = tuple(self._made), None, []
        self._write(made)

    def _write(self, made: tuple[bytes, ...]) -> None:
        work = _Write(self._target, made)
        title = self.tr("Writing %1").replace("%1", self._target.name)
        self._job = self._jobs.store(work, self._on_written, title)

    def _on_written(self, result: JobResult) -> None:
        if result.number != self._job:
            return
        self._job = 0
        if result.error is not None:
            self.failed.emit(result.error)
        elif isinstance(result.value, Path):
            words = self.tr("%1 was written").replace("%1", result.value.name)
            self.noted.emit("check-circle", words)

    @Slot()
    def _on_closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()


def _subject(session: Session, persona: PersonaId | None) -> "Subject":
    """Return the journey that is looked at, with the figures the window shows."""
    from ui.render.subject import Subject

    assert session.journey is not None
    ws, findings = session.document.workspace.copy(), session.findings
    evidence = findings.evidence
    if evidence is None:
        return Subject(ws, session.journey, persona=persona)
    figures = map_figures(ws, evidence.metrics, findings.ranking, evidence.quarter)
    return Subject(ws, session.journey, figures, evidence.quarter, persona)


@dataclass(frozen=True, slots=True)
class _Write:
    """Puts a picture's bytes in the place of a file, whole or not at all."""

    path: Path
    parts: tuple[bytes, ...]

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.exports.target import replacing

        with replacing(self.path) as target:
            target.file.writelines(self.parts)
        return target.path
