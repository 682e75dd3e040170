"""The bands above and below the column table: the file, what was read, the survey, the counts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from journey.model.evidence import RELATIONAL, TRANSACTIONAL
from storage.imports.survey_chunks import FAULTLESS
from ui.dates import day_words
from ui.imports.draft import Draft
from ui.imports.kinds import EvidenceKind
from ui.imports.words import (
    columns_word,
    import_title,
    kind_word,
    left_out,
    records_word,
    remarks,
    size_word,
    tr,
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

SIDE = 20
_REMARKS = 3  # sentences about what looks odd that are shown


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
    """What is imported: the file's name, size and day, and which kind of evidence it is.

    Attributes:
        kind_chosen: another EvidenceKind than the one shown.
    """

    kind_chosen = Signal(str)

    def __init__(self, found: Found, kinds: Sequence[EvidenceKind]) -> None:
        super().__init__("surface")
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 10, SIDE, 10)
        row.setSpacing(10)
        row.addWidget(PlainLabel(import_title(found.kind), "title", 600))
        name = WrapLabel(found.path.name, "base", 400, "text_2")
        row.addWidget(name, 1, Qt.AlignmentFlag.AlignVCenter)
        facts = [size_word(found.size)]
        if found.saved is not None:
            facts.append(day_words(found.saved))
        row.addWidget(PlainLabel(" · ".join(facts), "sticky", 400, "text_2"))
        row.addSpacing(12)
        self.kind = SegmentedControl(
            [Choice(kind.value, kind_word(kind)) for kind in kinds], compact=True
        )
        self.kind.setAccessibleName(self.tr("What kind of evidence it is"))
        self.kind.set_current(found.kind.value)
        self.kind.chosen.connect(self.kind_chosen)
        row.addWidget(self.kind)


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
        self.design.setFixedHeight(36)  # as the fields beside it
        self._meaning = WrapLabel("", "sticky", 400, "text_2")
        self._meaning.setMinimumWidth(150)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 12, SIDE, 14)
        row.setSpacing(16)
        row.addLayout(captioned(self.tr("Survey"), self.name), 3)
        row.addLayout(captioned(self.tr("Quarter"), self.quarter))
        design = captioned(self.tr("Design"), self.design)
        row.addLayout(design)
        row.addLayout(captioned("", self._meaning), 2)
        row.setAlignment(design, Qt.AlignmentFlag.AlignTop)
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
        import_wanted, cancel_wanted: a button was pressed. rows_wanted: the refused records.
    """

    import_wanted = Signal()
    rows_wanted = Signal()
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
        self.rows = Button(self.tr("See the rows"), kind="link", compact=True)
        self.cancel = Button(self.tr("Cancel"))
        self.go = Button(self.tr("Import"), kind="primary")
        for button in (self.cancel, self.go, self.rows):
            button.setAutoDefault(False)
        self.rows.clicked.connect(self.rows_wanted)
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
        row.setContentsMargins(SIDE, 12, SIDE, 12)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self.rows)
        row.addWidget(self.cancel)
        row.addWidget(self.go)

    def set_counting(self) -> None:
        """Say that the records are being counted."""
        self._show_figures(shown=False)
        self._why.set_text(self.tr("Counting what would be taken…"))
        self._remarks.setVisible(False)

    def set_open(self, records: int, words: str = "") -> None:
        """Say only what is in the file, while a choice is open."""
        self._show_figures(shown=False)
        self._why.set_text(words or records_word(records, in_file=True))
        self._remarks.setVisible(False)

    def set_result(self, result: "SurveyImport") -> None:
        """Show what a survey's import would take and leave out, and why."""
        refused = any(s.reason not in FAULTLESS for s in result.skipped)
        self.set_counts(result.records, result.imported, left_out(result.skipped), refused=refused)
        self.set_remarks(remarks(result))

    def set_counts(self, records: int, taken: int, why: str, *, refused: bool) -> None:
        """Show counts before and after; `refused` offers the records left out for a fault."""
        out = records - taken
        self._records.setText(number(records, 0))
        self._taken.setText(number(taken, 0))
        self._out.setText(number(out, 0))
        self._out.set_role("warning" if out else "text")
        words = self.tr("left out: %1").replace("%1", why) if why else self.tr("left out")
        self._why.set_text(words)
        self._show_figures(shown=True)
        self.rows.setVisible(refused)

    def set_remarks(self, told: Sequence[str]) -> None:
        """Say what looks odd about what would be taken."""
        shown = list(told[:_REMARKS])
        if len(told) > _REMARKS:
            rest = self.tr("And %1 more like this.")
            shown.append(rest.replace("%1", number(len(told) - _REMARKS, 0)))
        self._remarks.set_text(" ".join(shown))
        self._remarks.setVisible(bool(told))

    def set_nouns(self, in_file: str, kept: str) -> None:
        """Say what is counted: records and answers, events, purchases, values."""
        self._in_file.setText(in_file)
        self._to_keep.setText(kept)

    def text(self) -> str:
        """Return the counts in one line."""
        parts = (self._records, self._in_file, self._taken, self._to_keep, self._out)
        figures = [part.text() for part in parts] if not self._records.isHidden() else []
        return " ".join([*figures, self._why.text()])

    def _show_figures(self, *, shown: bool) -> None:
        parts = (self._records, self._in_file, self._arrow, self._taken, self._to_keep, self._out)
        for part in parts:
            part.setVisible(shown)
        self.rows.setVisible(False)


def captioned(caption: str, part: QWidget) -> QVBoxLayout:
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


def title_band(title: str, told: QWidget, beside: QWidget, button: QWidget) -> Band:
    """Put a title over what is asked, with what is told of it and what can be done beside."""
    band = Band("surface")
    row = QHBoxLayout(band)
    row.setContentsMargins(SIDE, 8, SIDE, 8)
    row.setSpacing(12)
    row.addWidget(PlainLabel(title, "title", 600))
    row.addWidget(told)
    row.addWidget(beside, 1)
    row.addWidget(button)
    return band


def heading(draft: Draft) -> str:
    """Return how many columns there are and how many are taken."""
    taken = sum(role.value != "ignore" for role in draft.roles())
    words = tr("%1, %2 taken").replace("%1", columns_word(len(draft.inspection.columns)))
    return words.replace("%2", number(taken, 0))
