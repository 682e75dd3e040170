"""The sentence under the flow: how far customers follow the drawn path, and what is off it."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from journey.graph.arrows import Agreement
from journey.graph.found import Found
from journey.graph.network import Structure
from ui.flow import words
from ui.numbers import percent
from ui.shell.theme import active_theme
from ui.shell.widgets.labels import IconLabel


class FlowSentence(QWidget):
    """One line, 30 high; hidden where there is nothing to say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._agreement = ""
        self._structure = ""
        self._label = IconLabel("flow-arrow", "", "sticky", "text_2", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.addWidget(self._label)
        row.addStretch(1)
        self.setFixedHeight(30)
        self.hide()

    def sizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(200, 30)

    def text(self) -> str:
        """Return what is said."""
        return self._label.text()

    def set_agreement(self, agreement: Agreement | None, found: Found | None) -> None:
        """Say how far a log follows the drawn path."""
        self._agreement = ""
        if agreement is not None and found is not None:
            parts = [] if not found.source else [found.source]
            if agreement.followed is not None:
                parts.append(
                    words.tr("{0} of passages follow the drawn path").format(
                        percent(agreement.followed)
                    )
                )
            parts += self._counted(agreement)
            self._agreement = " · ".join(parts)
        self._tell()

    @staticmethod
    def _counted(agreement: Agreement) -> list[str]:
        said: list[str] = []
        if agreement.missing == 1:
            said.append(words.tr("1 transition found that nobody drew"))
        elif agreement.missing:
            text = words.tr("{0} transitions found that nobody drew")
            said.append(text.format(agreement.missing))
        if agreement.unseen == 1:
            said.append(words.tr("1 drawn that nobody takes"))
        elif agreement.unseen:
            said.append(words.tr("{0} drawn that nobody takes").format(agreement.unseen))
        return said

    def set_structure(self, structure: Structure | None) -> None:
        """Say which touchpoints are off the path."""
        parts: list[str] = []
        if structure is not None and structure.unreached:
            count = len(structure.unreached)
            text = words.tr("1 touchpoint cannot be reached from the start")
            if count > 1:
                text = words.tr("{0} touchpoints cannot be reached from the start").format(count)
            parts.append(text)
        if structure is not None and structure.stuck:
            count = len(structure.stuck)
            text = words.tr("1 touchpoint has no way out")
            if count > 1:
                text = words.tr("{0} touchpoints have no way out").format(count)
            parts.append(text)
        self._structure = " · ".join(parts)
        self._tell()

    def _tell(self) -> None:
        text = " · ".join(part for part in (self._agreement, self._structure) if part)
        self._label.set_face("flow-arrow" if self._agreement else "info", text)
        self.setVisible(bool(text))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the ground."""
        theme = active_theme()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.canvas)
            painter.fillRect(0, 0, self.width(), 1, theme.hairline)
