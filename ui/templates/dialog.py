"""The choice of a template: names at the left, what is in it at the right."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

if TYPE_CHECKING:
    from storage.templates import Template


class TemplateDialog(QDialog):
    """Asks what a new journey starts from.

    Attributes:
        chosen: name and title of the template.
    """

    chosen = Signal(str, str)

    def __init__(self, templates: "Sequence[Template]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("New journey"))
        self.resize(760, 520)
        self._templates = tuple(templates)
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("Templates"))
        self._list.setFixedWidth(232)
        for template in self._templates:
            self._list.addItem(QListWidgetItem(self._title(template)))
        self._list.currentRowChanged.connect(self._on_row)
        self._list.doubleClicked.connect(self._on_double)
        self._about = QScrollArea(self)
        self._about.setWidgetResizable(True)
        self._about.setFrameShape(QScrollArea.Shape.NoFrame)
        self._about.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self._list.setCurrentRow(0)
        self._list.setFocus()

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addWidget(self._list)
        middle.addWidget(self._about, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = Button(self.tr("Cancel"), parent=self)
        start = Button(self.tr("Start from this"), kind="primary", parent=self)
        start.setDefault(True)
        cancel.clicked.connect(self.reject)
        start.clicked.connect(self.accept)
        buttons.addWidget(cancel)
        buttons.addWidget(start)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        heading = self.tr("What does the journey start from?")
        column.addWidget(PlainLabel(heading, "screen", 600, "text", self))
        column.addLayout(middle, 1)
        column.addLayout(buttons)

    def accept(self) -> None:
        """Qt's virtual: hand over the choice."""
        template = self._templates[self._list.currentRow()]
        title = self._title(template)
        super().accept()
        self.chosen.emit(template.name, title)

    @Slot(int)
    def _on_row(self, row: int) -> None:
        if row >= 0:
            self._about.setWidget(self._sheet(self._templates[row]))

    @Slot(QModelIndex)
    def _on_double(self, _index: QModelIndex) -> None:
        self.accept()

    def _sheet(self, template: "Template") -> QWidget:
        """Return what a template holds: stage by stage, its touchpoints."""
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(4)
        if template.about:
            column.addWidget(WrapLabel(template.about, "base", 400, "text", sheet))
        if template.persona:
            words = self.tr("Persona: %1").replace("%1", template.persona)
            column.addWidget(WrapLabel(words, "base", 400, "text_2", sheet))
        if template.about or template.persona:
            column.addSpacing(12)
        for stage, touchpoints in template.stages:
            column.addWidget(PlainLabel(stage, "base", 600, "accent", sheet))
            names = " · ".join(touchpoints) or self.tr("no touchpoints yet")
            column.addWidget(WrapLabel(names, "base", 400, "text_2", sheet))
            column.addSpacing(6)
        column.addStretch(1)
        return sheet

    def _title(self, template: "Template") -> str:
        if template.own:
            return self.tr("%1 (your own)").replace("%1", template.title)
        return QCoreApplication.translate("Templates", template.title)
