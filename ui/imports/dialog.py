"""Import a survey: what was read, what each column is, what would be taken, and then Import."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from journey.errors import WaymarkError
from journey.model.quarter import quarter_of
from storage.errors import MappingError, SurveyKnownError
from storage.imports.mapping import Mapping, check_choices
from ui.document import DocumentModel
from ui.imports.bands import Band, CountBand, FileBand, ReadBand, SurveyBand, heading
from ui.imports.columns_view import ColumnsView
from ui.imports.draft import Draft
from ui.imports.roles import Role
from ui.imports.text_pane import TextPane
from ui.imports.words import left_out_word, open_choice
from ui.imports.work import Found, Look, Order, Take
from ui.jobs import JobResult, Jobs
from ui.numbers import number
from ui.shell.notices import fault_lines
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import IconLabel, PlainLabel
from ui.shell.widgets.surfaces import InlineMessage, MessageKind

if TYPE_CHECKING:
    from storage.imports.survey_result import SurveyImport

WAIT_MS = 350  # a count follows when the hand rests
_LEAST = QSize(760, 540)
_BEST = QSize(1280, 860)


class ImportDialog(QDialog):
    """Makes a mapping from a proposal and counts what it would take in; changes nothing.

    Attributes:
        ordered: an Order; Import was pressed and the dialog closes.
    """

    ordered = Signal(object)

    def __init__(
        self,
        found: Found,
        document: DocumentModel,
        jobs: Jobs,
        journey: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import a survey"))
        self._found, self._document, self._jobs = found, document, jobs
        self._journey = journey
        self._if_known = "refuse"
        self._known: SurveyKnownError | None = None
        self._count = 0  # the number of the counting job; 0 while none runs
        self._counted: SurveyImport | None = None
        self._look = 0  # likewise of the job that reads the file in another way
        self._fault: Exception | None = None
        self._text_fault: MappingError | None = None
        names = sorted({t.name for t in document.workspace.touchpoints.values()})
        self.columns = ColumnsView(names)
        self.text = TextPane()
        self.survey = SurveyBand()
        self.counts = CountBand()
        self.problem = InlineMessage(MessageKind.WARNING, "")
        self.discard = self.problem.add_action("discard", self.tr("Discard the text"))
        self.known = InlineMessage(MessageKind.INFO, "")
        self.replace = self.known.add_action("replace", self.tr("Replace them"))
        self.add = self.known.add_action("add", self.tr("Add new respondents"))
        self.as_text = Button(self.tr("Edit as text"), "text-aa", compact=True)
        self._heading = PlainLabel("", "base", 400, "text_2")
        self._remembered = IconLabel("clock")
        self._stack = QStackedWidget()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._start_count)
        self.draft = Draft.of(found.inspection, found.mapping)
        self._lay_out()
        self._connect()
        self._show_size()
        self._set_draft(self._with_quarter(self.draft))
        self._start_count()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._read = ReadBand(self._found)
        for band in (FileBand(self._found), self._read, self.survey):
            column.addWidget(band)
        column.addWidget(self._title_band())
        self._stack.addWidget(self.columns)
        self._stack.addWidget(self.text)
        column.addWidget(self._stack, 1)
        self._messages = QWidget()
        messages = QVBoxLayout(self._messages)
        messages.setContentsMargins(20, 8, 20, 8)
        messages.setSpacing(8)
        for message in (self.known, self.problem):
            message.hide()
            messages.addWidget(message)
        column.addWidget(self._messages)
        column.addWidget(self.counts)
        self._bands = column

    def _title_band(self) -> Band:
        band = Band("surface")
        row = QHBoxLayout(band)
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(12)
        row.addWidget(PlainLabel(self.tr("What each column is"), "title", 600))
        row.addWidget(self._heading)
        row.addStretch(1)
        row.addWidget(self._remembered)
        row.addWidget(self.as_text)
        survey = self._found.remembered
        words = self.tr("Remembered from “%1”").replace("%1", survey)
        self._remembered.set_face("clock", words if survey else "")
        self._remembered.setVisible(bool(survey))
        return band

    def _connect(self) -> None:
        columns = self.columns
        columns.role_chosen.connect(self._on_role)
        columns.touchpoint_named.connect(self._on_touchpoint)
        columns.bad_chosen.connect(self._on_bad)
        columns.means_chosen.connect(self._on_means)
        columns.date_chosen.connect(self._on_date)
        self.survey.name_typed.connect(self._on_name)
        self.survey.quarter_typed.connect(self._on_quarter)
        self.survey.design_chosen.connect(self._on_design)
        self.as_text.clicked.connect(self._on_as_text)
        self.text.typed.connect(self._on_typed)
        self.text.parsed.connect(self._on_parsed)
        self.text.refused.connect(self._on_refused)
        self.known.action_chosen.connect(self._on_known)
        self.problem.action_chosen.connect(self._on_discard)
        for button in (self.replace, self.add):
            button.setCheckable(True)
        for button in (self.replace, self.add, self.discard, self.as_text):
            button.setAutoDefault(False)
        self.counts.cancel_wanted.connect(self.reject)
        self.counts.import_wanted.connect(self._on_import)

    def _show_size(self) -> None:
        self.setMinimumSize(_LEAST)
        parent = self.parentWidget()
        room = parent.window().size() if parent is not None else _BEST
        self.resize(_BEST.boundedTo(room - QSize(40, 40)).expandedTo(_LEAST))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's virtual: whoever must choose something finds the keyboard there."""
        super().showEvent(event)
        self.columns.show_first_open()
        if self.columns.first_open() is not None:
            self.columns.setFocus()

    def done(self, result: int) -> None:
        """Qt's virtual: whatever closes the dialog, counting stops."""
        self._timer.stop()
        self._stop_count()
        self._look = 0
        super().done(result)

    @Slot(int, str)
    def _on_role(self, place: int, role: str) -> None:
        self._set_draft(self._with_quarter(self.draft.with_role(place, Role(role))))

    @Slot(int, str)
    def _on_touchpoint(self, place: int, name: str) -> None:
        self._set_draft(self.draft.with_touchpoint(place, name))

    @Slot(tuple)
    def _on_bad(self, bad: tuple[str, ...]) -> None:
        self._set_draft(self.draft.with_bad(bad))

    @Slot(str)
    def _on_means(self, means: str) -> None:
        self._set_draft(self.draft.with_means(means))

    @Slot(str)
    def _on_date(self, written: str) -> None:
        self._set_draft(self.draft.with_date_format(written))

    @Slot(str)
    def _on_name(self, name: str) -> None:
        self._set_draft(self.draft.with_survey(name=name.strip()))

    @Slot(str)
    def _on_quarter(self, quarter: str) -> None:
        self._set_draft(self.draft.with_survey(quarter=quarter or None))

    @Slot(str)
    def _on_design(self, design: str) -> None:
        self._set_draft(self.draft.with_design(design))

    def _with_quarter(self, draft: Draft) -> Draft:
        """Give answers without any time today's quarter, so that they count in one."""
        if draft.survey.date is not None or draft.survey.quarter is not None:
            return draft
        today = datetime.now().astimezone().date()
        first = self._document.workspace.info.fiscal_year_start_month
        return draft.with_survey(quarter=quarter_of(today, first))

    def _set_draft(self, draft: Draft) -> None:
        """Show another draft; where it takes other answers they are counted anew."""
        told = replace(draft.survey, name="") != replace(self.draft.survey, name="")
        same = not told and replace(draft.mapping, survey=None) == replace(
            self.draft.mapping, survey=None
        )
        self.draft = draft
        self.columns.set_draft(draft)
        self.survey.set_draft(draft)
        waiting = sum(line.is_open for line in self.columns.columns.lines)
        self._heading.setText(heading(draft, waiting))
        self._heading.set_role("warning" if waiting else "text_2")
        if not same:
            self._stop_count()
            self._counted, self._fault = None, None
            self._timer.start()
        self._show_state()

    def _missing(self) -> str:
        """Return what a person must still say before anything can be counted; "" for nothing."""
        survey = self.draft.survey
        if self._text_fault is not None:
            return open_choice(self._text_fault)
        if not survey.name:
            return self.tr("Give the survey a name.")
        if survey.date is None and survey.quarter is None:
            return self.tr("Say in which quarter the answers were given, as 2026Q4.")
        try:
            check_choices(self.draft.mapping)
        except MappingError as error:
            return open_choice(error)
        return ""

    def _show_state(self) -> None:
        """Say what would be taken, or why nothing can be; Import follows."""
        missing = self._missing()
        if not missing and self._document.read_only:
            missing = self.tr("This workspace is open to read only.")
        if not missing and self._fault is not None:
            missing = self._fault_words(self._fault)
        ready = not missing and self._counted is not None and not self._timer.isActive()
        if ready and self._counted is not None and not self._counted.imported:
            missing = self.tr("No record of this file has anything to take.")
        if missing:
            self.counts.set_open(self.draft.inspection.records)
        elif not ready:
            self.counts.set_counting()
        if self._counted is not None and ready:
            self.counts.set_result(self._counted)
        self.problem.set_words(self.tr("Not ready to import"), missing)
        asked = isinstance(self._fault, SurveyKnownError) and self._if_known == "refuse"
        self.problem.setVisible(bool(missing) and not asked)
        self.discard.setVisible(self._text_fault is not None)
        self.counts.go.setEnabled(ready and not missing)
        self.counts.go.setToolTip("" if ready else missing)
        self._show_known()
        self._messages.setVisible(bool(missing) or self._known is not None)

    def _fault_words(self, error: Exception) -> str:
        return open_choice(error) if isinstance(error, WaymarkError) else fault_lines(error)[0]

    def _show_known(self) -> None:
        known = self._known
        self.known.setVisible(known is not None)
        if known is None:
            return
        title = self.tr("These answers were imported before, as “%1”.")
        title = title.replace("%1", str(known.facts.get("name") or ""))
        at = known.facts.get("imported_at")
        day = f"{at.day} {at:%b %Y}" if isinstance(at, datetime) else ""
        words = {
            "refuse": self.tr("Replace them, or add only the respondents that are new?"),
            "replace": self.tr("What was imported then is replaced; one undo brings it back."),
            "add": self.tr("Only respondents that are new are taken."),
        }[self._if_known]
        if day and self._if_known == "refuse":
            words = self.tr("That was on %1.").replace("%1", day) + " " + words
        self.known.set_words(title, words)
        self.add.setVisible(self.draft.survey.respondent is not None)
        self.replace.setChecked(self._if_known == "replace")
        self.add.setChecked(self._if_known == "add")

    @Slot(str)
    def _on_known(self, choice: str) -> None:
        self._if_known = choice
        self._stop_count()
        self._counted, self._fault = None, None
        self._start_count()

    def _start_count(self) -> None:
        self._timer.stop()
        if not self._missing():
            work = Take(
                self._document.storage, self._document.workspace.copy(), self._order(), dry_run=True
            )
            self._count = self._jobs.store(work, self._on_counted)
        self._show_state()

    def _stop_count(self) -> None:
        if self._count:
            self._jobs.cancel(self._count)
            self._count = 0

    def _on_counted(self, result: JobResult) -> None:
        if result.number != self._count:
            return  # something else is being counted, or nothing any more
        self._count = 0
        if isinstance(result.error, SurveyKnownError) and result.error.reason != "nothing_new":
            self._known = result.error
        self._fault = result.error
        if result.error is None:
            self._counted = result.value  # type: ignore[assignment]
            self._show_doubts()
        self._show_state()

    def _show_doubts(self) -> None:
        doubts: dict[str, str] = {}
        for cell in self._counted.refused_cells if self._counted is not None else ():
            words = f"{number(cell.count, 0)} {left_out_word(cell.reason)}"
            doubts[cell.column] = ", ".join(filter(None, (doubts.get(cell.column), words)))
        self.columns.columns.set_doubts(doubts)

    def _order(self) -> Order:
        known = self._if_known
        return Order(self._found.path, self.draft.mapping, self._journey, known)  # type: ignore[arg-type]

    @Slot()
    def _on_as_text(self) -> None:
        if self._stack.currentWidget() is self.columns:
            self.text.set_mapping(self.draft.mapping)
            self._stack.setCurrentWidget(self.text)
            self.as_text.setText(self.tr("Back to the table"))
            self.text.edit.setFocus()
        elif self.text.is_read or self.text.read():
            self._show_table()

    def _show_table(self) -> None:
        self._stack.setCurrentWidget(self.columns)
        self.as_text.setText(self.tr("Edit as text"))

    @Slot()
    def _on_typed(self) -> None:
        self._timer.stop()
        self._stop_count()
        self._counted, self._fault = None, None
        self.counts.set_counting()
        self.counts.go.setEnabled(False)

    @Slot(object)
    def _on_refused(self, error: MappingError) -> None:
        self._text_fault = error
        self._show_state()

    @Slot()
    def _on_discard(self) -> None:
        """Back to the table as it was before the text could not be read."""
        self._text_fault = None
        self._show_table()
        self._start_count()

    @Slot(object)
    def _on_parsed(self, mapping: Mapping) -> None:
        before, after = self.draft.mapping.source, mapping.source
        self._text_fault = None
        self._set_draft(Draft.of(self.draft.inspection, mapping))
        if replace(before, keep=None) != replace(after, keep=None):
            self._look = self._jobs.store(Look(self._found.path, source=after), self._on_looked)
        self._timer.start()
        self._show_state()

    def _on_looked(self, result: JobResult) -> None:
        """The file was read in another way: other columns, the same choices."""
        if result.number == self._look and isinstance(result.value, Found):
            self._look = 0
            self._found = result.value
            band = ReadBand(result.value)
            self._bands.replaceWidget(self._read, band)
            self._read.deleteLater()
            self._read = band
            self._set_draft(Draft.of(result.value.inspection, self.draft.mapping))

    @Slot()
    def _on_import(self) -> None:
        if self.counts.go.isEnabled():
            order = self._order()
            self.accept()
            self.ordered.emit(order)
