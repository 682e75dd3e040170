"""Plots painted with the look's own strokes: on the screen, as SVG and as PNG the same shapes."""

from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPoint, QRectF, QSize, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QImage,
    QImageWriter,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QSizePolicy, QWidget

from ui.evidence import words
from ui.quarter.card import Card
from ui.shell.icons import icon
from ui.shell.theme import Theme, active_theme
from ui.shell.widgets.buttons import IconButton

_SCALE: Final = 2  # a picture for a slide has twice the pixels of the screen
_MARGIN: Final = 12
Form = Literal["svg", "png"]


class Plot(QWidget):
    """A picture that paints itself in `paint_plot`, at whatever size.

    Attributes:
        picture_made: a path and the bytes to write there.
        noted: icon and sentence for the status bar.
    """

    picture_made = Signal(object, bytes)
    noted = Signal(str, str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)

    def paint_plot(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the plot into a rectangle, logical pixels."""
        raise NotImplementedError

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to copy or save."""
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_plot(painter, QRectF(self.rect()), active_theme())

    # As a picture

    def image(self) -> QImage:
        """Return the plot on its card's ground, at twice the screen's pixels."""
        size = self._size()
        made = QImage(size * _SCALE, QImage.Format.Format_ARGB32_Premultiplied)
        made.setDevicePixelRatio(_SCALE)
        with QPainter(made) as painter:
            self._paint_whole(painter, size)
        return made

    def svg(self) -> bytes:
        """Return the plot as SVG."""
        from PySide6.QtSvg import QSvgGenerator

        size, held = self._size(), QBuffer()
        held.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(held)
        generator.setSize(size)
        generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
        generator.setTitle(self.name)
        with QPainter(generator) as painter:
            self._paint_whole(painter, size)
        return bytes(held.data().data())

    def png(self) -> bytes:
        """Return the plot as PNG."""
        held = QBuffer()
        held.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(held, QByteArray(b"png")).write(self.image())
        return bytes(held.data().data())

    def copy(self) -> None:
        """Put the plot on the clipboard, as a picture and as SVG."""
        mime = QMimeData()
        mime.setImageData(self.image())
        mime.setData("image/svg+xml", QByteArray(self.svg()))
        QApplication.clipboard().setMimeData(mime)
        self.noted.emit("copy", words.tr("{0} copied").format(self.name))

    def save(self, form: Form, path: Path) -> None:
        """Hand the picture over to be written."""
        self.picture_made.emit(path, self.svg() if form == "svg" else self.png())

    def menu(self) -> QMenu:
        """Return what can be done with the picture."""
        menu = QMenu(self)
        for glyph, text, slot in (
            ("copy", words.tr("Copy picture"), self.copy),
            ("floppy-disk", words.tr("Save as SVG…"), self._ask_svg),
            ("floppy-disk", words.tr("Save as PNG…"), self._ask_png),
        ):
            action = QAction(icon(glyph), text, menu)
            action.setEnabled(not self.is_empty)
            action.triggered.connect(slot)
            menu.addAction(action)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's virtual."""
        self.menu().popup(event.globalPos())

    def _ask_svg(self) -> None:
        self._ask("svg")

    def _ask_png(self) -> None:
        self._ask("png")

    def _ask(self, form: Form) -> None:
        from storage.exports.names import safe_filename

        title, proposed = words.tr("Save the picture"), safe_filename(self.name, f".{form}")
        name, _ = QFileDialog.getSaveFileName(self, title, proposed, f"{form.upper()} (*.{form})")
        if name:
            path = Path(name)
            self.save(form, path if path.suffix else path.with_suffix(f".{form}"))

    def _size(self) -> QSize:
        return QSize(self.width() + 2 * _MARGIN, self.height() + 2 * _MARGIN)

    def _paint_whole(self, painter: QPainter, size: QSize) -> None:
        theme = active_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(0, 0, size.width(), size.height())
        painter.fillRect(whole, theme.surface)
        self.paint_plot(painter, whole.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN), theme)


class PlotCard(Card):
    """A card around a plot, with a button for what can be done with the picture."""

    def __init__(self, title: str, plot: Plot, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.plot = plot
        self.more = IconButton("dots-three", words.tr("Picture: copy, save"))
        self.more.clicked.connect(self._open)
        self.body.addWidget(plot, 1)

    def finish_head(self) -> None:
        """Put the button last in the head."""
        self.add_beside_title(self.more)

    def _open(self) -> None:
        place = self.more.mapToGlobal(QPoint(0, self.more.height()))
        self.plot.menu().popup(place)
