"""The end of a workshop: the map as pictures, a sheet and a table, written into a folder."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from journey.model.ids import JourneyId
from journey.model.workspace import Workspace
from ui.jobs import Cancelled, Progress
from ui.map.view import MapView
from ui.map_figures import map_figures
from ui.session import Session
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel
from ui.workshop.wording import tr

_SCALE: Final = 2.0
_MOST_PIXELS: Final = 60_000_000
_DPI: Final = 96
_MOST_POINTS: Final = 14_000.0  # a PDF page may be 200 inches
_ROOM: Final = QSize(1920, 1200)  # in a smaller window a map folds some of its lanes


@dataclass(frozen=True, slots=True)
class Pictures:
    """The map, drawn: the picture is turned into a file by the worker."""

    image: QImage
    svg: bytes
    pdf: bytes


def draw_map(session: Session) -> Pictures:
    """Draw the map of the session's journey with what was measured."""
    view = MapView(session.document, session.selection)
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    try:
        view.resize(_ROOM)
        view.show()
        view.set_journey(session.journey or JourneyId(""))
        evidence = session.findings.evidence
        if evidence is not None:
            found = map_figures(
                session.document.workspace,
                evidence.metrics,
                session.findings.ranking,
                evidence.quarter,
            )
            view.set_figures(found)
        return draw(view.picture_size(), view.paint_picture)
    finally:
        view.hide()
        view.deleteLater()


def draw(size: QSizeF, paint: Callable[[QPainter], None]) -> Pictures:
    """Draw a picture of a size, logical pixels at 100 %, three times."""
    return Pictures(_image(size, paint), _svg(size, paint), _pdf(size, paint))


def _image(size: QSizeF, paint: Callable[[QPainter], None]) -> QImage:
    area = max(size.width() * size.height(), 1.0)
    scale = min(_SCALE, (_MOST_PIXELS / area) ** 0.5)
    image = QImage((size * scale).toSize(), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(_DPI * scale / 0.0254))
    image.setDotsPerMeterY(round(_DPI * scale / 0.0254))
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        paint(painter)
    return image


def _svg(size: QSizeF, paint: Callable[[QPainter], None]) -> bytes:
    from PySide6.QtCore import QRectF
    from PySide6.QtSvg import QSvgGenerator

    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    made = QSvgGenerator()
    made.setOutputDevice(buffer)
    made.setResolution(_DPI)
    made.setSize(size.toSize())
    made.setViewBox(QRectF(0, 0, size.width(), size.height()))
    with QPainter(made) as painter:
        paint(painter)
    return bytes(held.data())


def _pdf(size: QSizeF, paint: Callable[[QPainter], None]) -> bytes:
    points = size * (72.0 / _DPI)
    scale = min(_MOST_POINTS / max(points.width(), points.height(), 1.0), 1.0)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    page = QPageSize(points * scale, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setCreator("Waymark")
    with QPainter(writer) as painter:
        painter.scale(scale, scale)
        paint(painter)
    return bytes(held.data())


@dataclass(frozen=True, slots=True)
class WriteResult:
    """Writes everything (storage worker); the workspace is a copy."""

    workspace: Workspace
    journey: JourneyId
    captured: frozenset[str]
    day: date
    pictures: Pictures
    folder: Path

    def __call__(self, progress: Progress, cancelled: Cancelled) -> object:
        from journey.report.workshop import workshop_sheet
        from storage.exports.workshop import write_workshop

        held = QByteArray()
        buffer = QBuffer(held)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        # The stubs want bytes for a format they name as text.
        self.pictures.image.save(buffer, "PNG")  # type: ignore[call-overload]
        sheet = workshop_sheet(self.workspace, self.journey, self.captured, self.day)
        files = {
            ".png": bytes(held.data()),
            ".svg": self.pictures.svg,
            ".pdf": self.pictures.pdf,
        }
        return write_workshop(sheet, files, self.folder, progress, cancelled)


def usual_folder(session: Session, day: date) -> Path:
    """Return the folder that is proposed: beside the workspace, by journey and day."""
    from storage.exports.names import safe_filename

    journey = session.document.workspace.journeys.get(session.journey or JourneyId(""))
    name = tr("{0}, workshop {1}").format(journey.name if journey else "", day.isoformat())
    return session.document.path.parent / safe_filename(name)


class FinishDialog(QDialog):
    """Asks for the folder; Enter writes.

    Attributes:
        chosen: the folder to write into.
    """

    chosen = Signal(str)

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Finish the workshop"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(PlainLabel(tr("Finish the workshop"), "screen", 600))
        told = WrapLabel(
            tr(
                "Written into one folder: the map as PNG, SVG and PDF, a sheet of every sticky "
                "with its votes and classes as PDF, and the same as a table for spreadsheets. "
                "The workspace stays as it is."
            )
        )
        told.setFixedWidth(560)
        column.addWidget(told)
        self.folder = QLineEdit(str(folder))
        self.folder.setAccessibleName(tr("Folder"))
        self.browse = Button(tr("Choose…"), "folder-open")
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse)
        column.addWidget(PlainLabel(tr("Folder"), "base", 500))
        column.addLayout(row)
        self.write = Button(tr("Write the result"), "export", "primary")
        stay = Button(tr("Cancel"))
        stay.setAutoDefault(False)
        self.write.setDefault(True)
        self.write.clicked.connect(self._on_write)
        stay.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(stay)
        buttons.addWidget(self.write)
        column.addLayout(buttons)
        self.folder.textChanged.connect(self._on_folder)

    def _browse(self) -> None:
        present = Path(self.folder.text())
        # A name too long for the disk is no folder; pathlib would raise.
        start = present if os.path.isdir(present) else present.parent  # noqa: PTH112
        found = QFileDialog.getExistingDirectory(self, tr("Folder for the result"), str(start))
        if found:
            self.folder.setText(found)

    def _on_folder(self, text: str) -> None:
        self.write.setEnabled(bool(text.strip()))

    def _on_write(self) -> None:
        folder = self.folder.text().strip()
        self.accept()
        self.chosen.emit(folder)
