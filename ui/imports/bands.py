"""The bands above and below the column table: the file, what was read, the survey, the counts."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from journey.model.evidence import RELATIONAL, TRANSACTIONAL
from ui.imports.draft import Draft
from ui.imports.words import (
    encoding_word,
    left_out,
    records_word,
    remarks,
    separator_word,
    size_word,
    tr,
    vendor_word,
)
from ui.imports.work import Found
from ui.numbers import number
from ui.shell.drawing import fill_rect
from ui.shell.theme import active_theme
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.choices import Choice, SegmentedControl
from ui.shell.widgets.labels import IconLabel, PlainLabel, WrapLabel

if TYPE_CHECKING:
    from storage.imports.survey_result import SurveyImport

_SIDE = 20


class Band(QWidget):
    """A strip of the dialog in a colour of its own, with a hairline above or below."""

    def __init__(self, role: str, *, above: bool = False) -> None:
        super().__init__()
        self._role = role
        self._above = above
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme = active_theme()
        edge = 0 if self._above else self.height() - 1
        with QPainter(self) as painter:
            fill_rect(painter, QRectF(self.rect()), theme.role(self._role))
            fill_rect(painter, QRectF(0, edge, self.width(), 1), theme.hairline)


class FileBand(Band):
    """What is imported: the file's name, size and day."""

    def __init__(self, found: Found) -> None:
        super().__init__("surface")
        row = QHBoxLayout(self)
        row.setContentsMargins(_SIDE, 12, _SIDE, 12)
        row.setSpacing(10)
        row.addWidget(PlainLabel(self.tr("Import a survey"), "title", 600))
        name = WrapLabel(found.path.name, "base", 400, "text_2")
        row.addWidget(name, 1)
        day = f"{found.saved.day} {found.saved:%b %Y}"
        row.addWidget(PlainLabel(f"{size_word(found.size)} · {day}", "sticky", 400, "text_2"))


class ReadBand(Band):
    """What was read: whose export it is, its encoding, separator and size."""

    def __init__(self, found: Found) -> None:
        super().__init__("window")
        seen = found.inspection
        row = QHBoxLayout(self)
        row.setContentsMargins(_SIDE, 10, _SIDE, 10)
        row.setSpacing(28)
        title = QVBoxLayout()
        title.setSpacing(2)
        title.addWidget(PlainLabel(self.tr("What was read"), "title", 600))
        row.addLayout(title)
        facts = (
            (self.tr("Export"), vendor_word(seen.vendor)),
            (self.tr("Encoding"), encoding_word(seen.encoding)),
            (self.tr("Separator"), separator_word(seen.separator)),
            (self.tr("Header rows"), str(seen.header_rows)),
        )
        for caption, value in facts:
            row.addLayout(_captioned(caption, PlainLabel(value, "base", 500)))
        row.addStretch(1)
        columns = self.tr("%1 columns").replace("%1", number(len(seen.columns), 0))
        words = f"{records_word(seen.records)} · {columns}"
        row.addWidget(PlainLabel(words, "base", 400, "text_2"))


class SurveyBand(Band):
    """The survey as a whole: its name, its quarter, what one record is.

    Attributes:
        name_typed, quarter_typed: the text. design_chosen: relational or transactional.
    """

    name_typed = Signal(str)
    quarter_typed = Signal(str)
    design_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("surface")
        self.name = QLineEdit()
        self.name.setMaxLength(200)
        self.quarter = QLineEdit()
        self.quarter.setFixedWidth(132)
        self.design = SegmentedControl(
            (
                Choice(RELATIONAL, self.tr("Relational")),
                Choice(TRANSACTIONAL, self.tr("Transactional")),
            )
        )
        self._meaning = WrapLabel("", "sticky", 400, "text_2")
        self._meaning.setMinimumWidth(150)
        row = QHBoxLayout(self)
        row.setContentsMargins(_SIDE, 12, _SIDE, 14)
        row.setSpacing(16)
        row.addLayout(_captioned(self.tr("Survey"), self.name), 3)
        row.addLayout(_captioned(self.tr("Quarter"), self.quarter))
        design = _captioned(self.tr("Design"), self.design)
        row.addLayout(design)
        row.setAlignment(design, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._meaning, 2, Qt.AlignmentFlag.AlignBottom)
        self.design.setAccessibleName(self.tr("Design"))
        self.name.textEdited.connect(self.name_typed)
        self.quarter.textEdited.connect(self._on_quarter)
        self.design.chosen.connect(self.design_chosen)

    def set_draft(self, draft: Draft) -> None:
        """Show the survey of a draft; what is being typed stays as it is."""
        survey = draft.survey
        if not self.name.hasFocus():
            self.name.setText(survey.name)
        dated = survey.date is not None
        self.quarter.setEnabled(not dated)
        if dated:
            self.quarter.setText(self.tr("by each date"))
        elif not self.quarter.hasFocus() or not self.quarter.isEnabled():
            self.quarter.setText((survey.quarter or "").replace("Q", " Q"))
        self.design.set_current(survey.design)
        relational = survey.design == RELATIONAL
        self._meaning.set_text(
            self.tr("One record is one customer's view of the whole journey.")
            if relational
            else self.tr("One record is about one visit, call or purchase.")
        )

    def _on_quarter(self, text: str) -> None:
        self.quarter_typed.emit("".join(text.split()).upper())


class CountBand(Band):
    """What an import would take and leave out, and the buttons.

    Attributes:
        import_wanted, cancel_wanted: a button was pressed.
    """

    import_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("window", above=True)
        self._records = PlainLabel("", "title", 600)
        self._in_file = PlainLabel(self.tr("records in the file"), "base", 400, "text_2")
        self._arrow = IconLabel("arrow-right")
        self._taken = PlainLabel("", "title", 600)
        self._to_keep = PlainLabel(self.tr("taken"), "base", 400, "text_2")
        self._out = PlainLabel("", "title", 600)
        self._why = WrapLabel("", "base", 400, "text_2")
        self._remarks = WrapLabel("", "sticky", 400, "text_2")
        self.cancel = Button(self.tr("Cancel"))
        self.go = Button(self.tr("Import"), kind="primary")
        for button in (self.cancel, self.go):
            button.setAutoDefault(False)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.go.clicked.connect(self.import_wanted)
        self._lay_out()
        self.set_counting()

    def _lay_out(self) -> None:
        counts = QHBoxLayout()
        counts.setSpacing(8)
        figures = (self._records, self._in_file, self._arrow, self._taken, self._to_keep)
        for part in figures:
            counts.addWidget(part)
        self._out.setContentsMargins(12, 0, 0, 0)
        counts.addWidget(self._out)
        counts.addWidget(self._why, 1, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(counts)
        words.addWidget(self._remarks)
        row = QHBoxLayout(self)
        row.setContentsMargins(_SIDE, 12, _SIDE, 12)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.go)

    def set_counting(self) -> None:
        """Say that the records are being counted."""
        self._show_figures(shown=False)
        self._why.set_text(self.tr("Counting what would be taken…"))
        self._remarks.setVisible(False)

    def set_open(self, records: int) -> None:
        """Say only what is in the file, while a choice is open."""
        self._show_figures(shown=False)
        self._why.set_text(records_word(records, in_file=True))
        self._remarks.setVisible(False)

    def set_result(self, result: "SurveyImport") -> None:
        """Show what would be taken and what left out, and why."""
        out = result.records - result.imported
        self._records.setText(number(result.records, 0))
        self._taken.setText(number(result.imported, 0))
        self._out.setText(number(out, 0))
        self._out.set_role("warning" if out else "text")
        why = left_out(result)
        words = self.tr("left out: %1").replace("%1", why) if why else self.tr("left out")
        self._why.set_text(words)
        told = remarks(result)
        self._remarks.set_text(" ".join(told))
        self._remarks.setVisible(bool(told))
        self._show_figures(shown=True)

    def text(self) -> str:
        """Return the counts in one line."""
        parts = (self._records, self._in_file, self._taken, self._to_keep, self._out)
        figures = [part.text() for part in parts] if not self._records.isHidden() else []
        return " ".join([*figures, self._why.text()])

    def _show_figures(self, *, shown: bool) -> None:
        parts = (self._records, self._in_file, self._arrow, self._taken, self._to_keep, self._out)
        for part in parts:
            part.setVisible(shown)


def _captioned(caption: str, part: QWidget) -> QVBoxLayout:
    """Put a caption over a field or a value."""
    column = QVBoxLayout()
    column.setSpacing(3)
    label = PlainLabel(caption, "sticky", 400, "text_2")
    label.setBuddy(part)
    column.addWidget(label)
    column.addWidget(part)
    if not part.accessibleName():
        part.setAccessibleName(caption)
    return column


def heading(draft: Draft, waiting: int) -> str:
    """Return how many columns there are, and how many are taken."""
    taken = sum(role.value != "ignore" for role in draft.roles())
    words = tr("%1 columns, %2 taken").replace("%1", number(len(draft.inspection.columns), 0))
    words = words.replace("%2", number(taken, 0))
    if waiting == 1:
        words += " · " + tr("1 choice needed")
    elif waiting:
        words += " · " + tr("%1 choices needed").replace("%1", number(waiting, 0))
    return words
