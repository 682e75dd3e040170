"""What every import's dialog has: the file, how it is read, a mapping, counts, and Import."""

from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from storage.errors import MappingError, SurveyKnownError
from storage.imports.mapping import Mapping, SourceSettings, check_choices
from ui.dates import day_words
from ui.document import DocumentModel
from ui.imports.bands import SIDE, CountBand, FileBand, title_band
from ui.imports.first_paint import FirstPaint, lay_out_now
from ui.imports.guessing import kinds_for
from ui.imports.kinds import EvidenceKind
from ui.imports.preview import Preview
from ui.imports.reading import ReadBand
from ui.imports.text_pane import TextPane
from ui.imports.told import Told
from ui.imports.words import import_title, open_choice
from ui.imports.work import Found, Look, Order, Take
from ui.jobs import JobResult, Jobs
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.surfaces import InlineMessage, MessageKind

if TYPE_CHECKING:
    from storage.imports.survey import IfKnown

WAIT_MS = 350  # a count follows when the hand rests
_LEAST = QSize(880, 540)
_BEST = QSize(1360, 900)
_SMALL = 700  # a window as low as this is covered whole


class ImportFrame(QDialog):
    """Makes a mapping with a person and counts what it would take in; changes nothing.

    A kind of import says in `body` what is asked, and in the `_…` methods at the end what its
    mapping is, what is missing and what the counts say.

    Attributes:
        ordered: an Order; Import was pressed and the dialog closes.
        kind_chosen: (Found, EvidenceKind); the file is evidence of another kind.
    """

    ordered = Signal(object)
    kind_chosen = Signal(object, object)

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
        self.setWindowTitle(import_title(found.kind))
        self._found, self._document, self._jobs = found, document, jobs
        self._journey = journey
        self._if_known: IfKnown = "refuse"
        self._known: SurveyKnownError | None = None
        self._count = 0  # the number of the counting job; 0 while none runs
        self._counted: object | None = None
        self._look = 0  # likewise of the job that reads the file in another way
        self._fault: Exception | None = None
        self._read_fault: Exception | None = None
        self._text_fault: MappingError | None = None
        self.file = FileBand(found, kinds_for(found.inspection))
        self.read = ReadBand(found)
        self.preview = Preview(found)
        self.counts = CountBand()
        self.problem = InlineMessage(MessageKind.WARNING, "")
        self.discard = self.problem.add_action("discard", self.tr("Discard the text"))
        self.known = InlineMessage(MessageKind.INFO, "")
        self.replace = self.known.add_action("replace", self.tr("Replace them"))
        self.add = self.known.add_action("add", self.tr("Add what is new"))
        self.as_text = Button(self.tr("Edit as text"), "text-aa", compact=True)
        self._heading = Told()
        self._stack = QStackedWidget()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._start_count)

    def _build(self, body: QWidget, title: str, *bands: QWidget, beside: QWidget) -> None:
        """Lay everything out around what this kind of import asks."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for band in (self.file, self.read, self.preview, *bands):
            column.addWidget(band)
        column.addWidget(title_band(title, self._heading, beside, self.as_text))
        self._stack.addWidget(body)
        column.addWidget(self._stack, 1)
        self._messages = QWidget()
        messages = QVBoxLayout(self._messages)
        messages.setContentsMargins(SIDE, 8, SIDE, 8)
        messages.setSpacing(8)
        for message in (self.known, self.problem):
            message.hide()
            messages.addWidget(message)
        column.addWidget(self._messages)
        column.addWidget(self.counts)
        self._connect_frame()
        self.setMinimumSize(_LEAST)
        parent = self.parentWidget()
        room = parent.window().size() if parent is not None else _BEST
        aside = QSize(40, 40) if room.height() >= _SMALL else QSize(0, 0)
        self.resize(_BEST.boundedTo(room - aside).expandedTo(_LEAST))

    @cached_property
    def text(self) -> TextPane:
        """The mapping as text; made when somebody first wants it."""
        pane = TextPane()
        pane.typed.connect(self._on_typed)
        pane.parsed.connect(self._on_parsed)
        pane.refused.connect(self._on_refused)
        self._stack.addWidget(pane)
        return pane

    def _connect_frame(self) -> None:
        self.file.kind_chosen.connect(self._on_kind)
        self.read.source_chosen.connect(self._on_source)
        self.as_text.clicked.connect(self._on_as_text)
        self.known.action_chosen.connect(self._on_known)
        self.problem.action_chosen.connect(self._on_discard)
        for button in (self.replace, self.add):
            button.setCheckable(True)
        for button in (self.replace, self.add, self.discard, self.as_text):
            button.setAutoDefault(False)
        self.counts.cancel_wanted.connect(self.reject)
        self.counts.import_wanted.connect(self._on_import)
        self.counts.rows_wanted.connect(self._on_rows)

    def done(self, result: int) -> None:
        """Qt's virtual: whatever closes the dialog, counting stops."""
        self._timer.stop()
        self._stop_count()
        self._stop_look()
        super().done(result)

    def _missing(self) -> str:
        """Return what a person must still say before anything can be counted; "" for nothing."""
        if self._text_fault is not None:
            return open_choice(self._text_fault)
        if missing := self._open_words():
            return missing
        try:
            check_choices(self._mapping())
        except MappingError as error:
            return open_choice(error)
        return ""

    def _show_state(self) -> None:
        """Say what would be taken, or why nothing can be; Import follows."""
        missing = self._missing()
        if not missing and self._document.read_only:
            missing = self.tr("This workspace is open to read only.")
        if not missing and self._fault is not None:
            missing = open_choice(self._fault)
        ready = not missing and self._counted is not None and not self._timer.isActive()
        if ready and self._counted is not None:
            missing = self._after_words(self._counted)
        if missing:
            self.counts.set_open(self._found.inspection.records)
        elif not ready:
            self.counts.set_counting()
        if self._counted is not None and ready:
            self._show_counts(self._counted)
        self._show_problem(missing)
        self.counts.go.setEnabled(ready and not missing)
        self.counts.go.setToolTip("" if ready else missing)

    def _show_problem(self, missing: str) -> None:
        asked = isinstance(self._fault, SurveyKnownError) and self._if_known == "refuse"
        if self._read_fault is not None:
            title = self.tr("It cannot be read so; it is shown as before")
            self.problem.set_words(title, open_choice(self._read_fault))
        else:
            self.problem.set_words(self.tr("Not ready to import"), missing)
        shown = self._read_fault is not None or (bool(missing) and not asked)
        self.problem.setVisible(shown)
        self.discard.setVisible(self._text_fault is not None)
        self._show_known()
        self._messages.setVisible(shown or bool(missing) or self._known is not None)

    def _show_known(self) -> None:
        known = self._known
        self.known.setVisible(known is not None)
        if known is None:
            return
        at = known.facts.get("imported_at")
        day = day_words(at) if isinstance(at, datetime) else ""
        title, words = self._known_words(str(known.facts.get("name") or ""))
        if day and self._if_known == "refuse":
            words = self.tr("That was on %1.").replace("%1", day) + " " + words
        self.known.set_words(title, words)
        self.replace.setChecked(self._if_known == "replace")
        self.add.setChecked(self._if_known == "add")

    @Slot(str)
    def _on_known(self, choice: str) -> None:
        self._if_known = choice  # type: ignore[assignment]
        self._stop_count()
        self._counted, self._fault = None, None
        self._start_count()

    def _changed(self) -> None:
        """Another mapping takes other answers: they are counted anew."""
        self._stop_count()
        self._counted, self._fault, self._read_fault = None, None, None
        self._timer.start()

    def _begin_count(self) -> None:
        """Count once the dialog is on screen: painting it takes longer while a worker counts."""
        FirstPaint(self).done.connect(self._start_first)
        self._timer.start()
        self._show_state()

    def _start_first(self) -> None:
        if self._timer.isActive():
            self._start_count()

    def _start_count(self) -> None:
        self._timer.stop()
        if not self._missing():
            document = self._document
            work = Take(document.storage, document.workspace.copy(), self._order(), dry_run=True)
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
            self._counted = result.value
            self._take_counts(self._counted)
        self._show_state()
        lay_out_now()

    def _order(self) -> Order:
        found = self._found
        return Order(
            found.path,
            self._mapping(),
            self._journey,
            self._if_known,
            found.kind,
            found.table,
            found.text,
        )

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        self.kind_chosen.emit(self._found, EvidenceKind(kind))

    @Slot(object)
    def _on_source(self, source: SourceSettings) -> None:
        """Read the file again, now, in the way that was picked."""
        self._stop_look()
        self._stop_count()
        self._timer.stop()
        work = Look(self._found.path, None, source, self._found.text)
        self._look = self._jobs.store(work, self._on_looked)

    def _stop_look(self) -> None:
        if self._look:
            self._jobs.cancel(self._look)
            self._look = 0

    def _on_looked(self, result: JobResult) -> None:
        if result.number != self._look:
            return
        self._look = 0
        self._read_fault = result.error
        if isinstance(result.value, Found):
            self._found = replace(
                result.value,
                kind=self._found.kind,
                remembered=self._found.remembered,
                recalled=self._found.recalled,
            )
            self._take_reading(self._found)
            self.preview.set_found(self._found)
        self.read.set_found(replace(self._found, mapping=self._mapping()))
        if result.error is None:
            self._changed()
        else:
            self._timer.start()
        self._show_state()

    @Slot()
    def _on_as_text(self) -> None:
        if self._stack.currentIndex() == 0:
            self.text.set_mapping(self._mapping())
            self._stack.setCurrentWidget(self.text)
            self.as_text.setText(self.tr("Back to the table"))
            self.text.edit.setFocus()
        elif self.text.is_read or self.text.read():
            self._show_table()

    def _show_table(self) -> None:
        self._stack.setCurrentIndex(0)
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
        before, after = self._mapping().source, mapping.source
        self._text_fault = None
        self._take_mapping(mapping)
        if replace(before, keep=None) != replace(after, keep=None):
            self._on_source(after)
        self._timer.start()
        self._show_state()

    @Slot()
    def _on_rows(self) -> None:
        from ui.imports.refused_dialog import RefusedDialog

        dialog = RefusedDialog(self._order(), self._jobs, self)
        self._fill_refused(dialog)
        dialog.open()

    @Slot()
    def _on_import(self) -> None:
        if self.counts.go.isEnabled():
            order = self._order()
            self.accept()
            self.ordered.emit(order)

    # What a kind of import answers.

    def _mapping(self) -> Mapping:
        """Return the mapping as it is now."""
        raise NotImplementedError

    def _open_words(self) -> str:
        """Return what a person must say beside the mapping's own choices; "" for nothing."""
        raise NotImplementedError

    def _after_words(self, counted: object) -> str:
        """Return why nothing can be taken in, seen what was counted; "" for nothing."""
        raise NotImplementedError

    def _known_words(self, name: str) -> tuple[str, str]:
        """Return what to say of evidence that was imported before."""
        raise NotImplementedError

    def _show_counts(self, counted: object) -> None:
        """Show what would be taken in."""
        raise NotImplementedError

    def _take_counts(self, counted: object) -> None:
        """Learn from what was counted: doubts, names, values."""
        raise NotImplementedError

    def _take_mapping(self, mapping: Mapping) -> None:
        """Show a mapping that was typed."""
        raise NotImplementedError

    def _take_reading(self, found: Found) -> None:
        """Show a file that was read in another way."""
        raise NotImplementedError

    def _fill_refused(self, dialog: object) -> None:
        """Give the dialog of refused records what it shows."""
        raise NotImplementedError
