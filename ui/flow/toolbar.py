"""The bar above the flow: segment, minimum share, drawn against found, zoom, fit."""

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSlider, QWidget

from ui.flow.filters import Show
from ui.map.toolbar import MenuButton, ZoomBox
from ui.numbers import percent
from ui.shell.drawing import draw_box
from ui.shell.theme import active_theme
from ui.shell.widgets.buttons import KeyButton
from ui.shell.widgets.choices import Choice, SegmentedControl
from ui.shell.widgets.labels import PlainLabel, set_plain_tooltip

MOST_SHARE: Final = 20  # per cent


class _Box(QWidget):
    """A box around what belongs together."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme = active_theme()
        with QPainter(self) as painter:
            draw_box(painter, QRectF(self.rect()), 6, theme.surface, line=theme.outline)


class FlowToolbar(QWidget):
    """The bar, 44 high.

    Attributes:
        share_changed: the least share of departures, 0 … 1. show_changed: a `Show`.
    """

    share_changed = Signal(float)
    show_changed = Signal(object)

    def __init__(self, segments: QMenu, arranging: QMenu, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(44)
        self.segment = MenuButton("users-three", segments, self)
        self.arranging = MenuButton("flow-arrow", arranging, self)
        self.arranging.set_words(self.tr("Arrange"))
        self.share = QSlider(Qt.Orientation.Horizontal, self)
        self.share.setRange(0, MOST_SHARE)
        self.share.setPageStep(5)
        self.share.setFixedWidth(84)
        self.share.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.share_words = PlainLabel("", "base", 600, parent=self)
        self.hidden_words = PlainLabel("", "base", 400, "text_2", self)
        self.show_what = SegmentedControl(
            [
                Choice(Show.BOTH.value, self.tr("Drawn and found")),
                Choice(Show.DRAWN.value, self.tr("Drawn")),
                Choice(Show.FOUND.value, self.tr("Found")),
            ],
            compact=True,
            parent=self,
        )
        self.zoom = ZoomBox(self)
        self.fit = KeyButton("corners-out", self.tr("Fit"), "Ctrl+0", parent=self)
        self.fit.set_least(0, 28)
        set_plain_tooltip(self.fit, self.tr("Show the whole flow"))
        self._share_name = PlainLabel(self.tr("Minimum share"), "base", 500, "text_2", self)
        why = self.tr("Hides transitions that fewer of a touchpoint's departures take.")
        for part in (self.share, self._share_name, self.share_words):
            set_plain_tooltip(part, why)
        self.share.setAccessibleName(self.tr("Minimum share of departures"))
        self._lay_out()
        self.share.valueChanged.connect(self._on_share)
        self.show_what.chosen.connect(self._on_show)
        self.show_share(0.0, 0)

    def _lay_out(self) -> None:
        box = _Box(self)
        inner = QHBoxLayout(box)
        inner.setContentsMargins(10, 0, 10, 0)
        inner.setSpacing(8)
        for part in (self._share_name, self.share, self.share_words, self.hidden_words):
            inner.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.segment)
        row.addWidget(box)
        row.addWidget(self.show_what)
        row.addStretch(1)
        row.addWidget(self.arranging)
        row.addWidget(self.zoom)
        row.addWidget(self.fit)

    def show_share(self, share: float, hidden: int) -> None:
        """Say the least share and how many transitions it hides."""
        self.share_words.setText(percent(share))
        text = self.tr("hides {0}").format(hidden) if hidden else ""
        self.hidden_words.setText(text)
        self.hidden_words.setVisible(bool(text))
        self.share.setAccessibleDescription(f"{percent(share)} {text}".strip())

    def set_narrow(self, narrow: bool) -> None:
        """Shorten words where the window is narrow."""
        self._share_name.setText(self.tr("Share") if narrow else self.tr("Minimum share"))
        self.fit.set_words(self.tr("Fit"), shown="" if narrow else None)

    def _on_share(self, value: int) -> None:
        self.share_changed.emit(value / 100)

    def _on_show(self, chosen: str) -> None:
        self.show_changed.emit(Show(chosen))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the ground and the hairline below."""
        theme = active_theme()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.surface)
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.hairline)
