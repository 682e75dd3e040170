"""The export dialog: leaders and formats at the left, the page itself at the right."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.export.work import OVERVIEW, Draw, Order
from ui.jobs import JobResult, Jobs
from ui.shell.notices import fault_lines
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

if TYPE_CHECKING:
    from journey.report.report import Report

USUAL: Final = ("xlsx", "pdf")
_WHOSE: Final = Qt.ItemDataRole.UserRole
_WAIT_MS: Final = 120  # the page follows when the hand rests
_LEAST_PAGE: Final = QSize(240, 300)
_SIZE: Final = QSize(830, 700)  # a page of A4 beside the choices
_AROUND: Final = QSize(40, 60)  # what a window's frame and the desktop's bars take
STEPS: Final = 4  # read, ranked, compared, drawn


class ExportDialog(QDialog):
    """Asks which packs go where. The report arrives in steps; until it is whole nothing is written.

    Attributes:
        ordered: an Order; Export was pressed and the dialog closes.
    """

    ordered = Signal(object)

    def __init__(
        self, folder: Path, formats: tuple[str, ...], jobs: Jobs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export the packs"))
        self._jobs = jobs
        self._folder = folder
        self._report: Report | None = None
        self._is_ready = False
        self._wanted = 0
        self._page = QPixmap()
        self._people = QListWidget(self)
        self._people.setAccessibleName(self.tr("Leaders"))
        self._people.setMinimumWidth(280)
        self._people.itemChanged.connect(self._follow)
        self._people.currentRowChanged.connect(self._ask_for_page)
        self._formats = {name: QCheckBox(self) for name in _format_names()}
        for name, box in self._formats.items():
            box.setText(self._format_words(name))
            box.setChecked(name in formats)
            box.toggled.connect(self._follow)
        self._picture = QLabel(self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setMinimumSize(_LEAST_PAGE)
        # The page takes the room there is; a sharper one does not ask for more.
        ignored = QSizePolicy.Policy.Ignored
        self._picture.setSizePolicy(ignored, ignored)
        self._picture.setAccessibleName(self.tr("First page of the pack"))
        self._doing = PlainLabel("", "sticky", 400, "text_2", self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(4)
        place = self._bar.sizePolicy()
        place.setRetainSizeWhenHidden(True)  # the page does not jump when the bar goes
        self._bar.setSizePolicy(place)
        self._bar.setRange(0, STEPS)
        self._bar.setAccessibleName(self.tr("How far the packs are gathered"))
        self._place = WrapLabel(str(folder), "base", 400, "text_2", self)
        self._why_not = PlainLabel("", "base", 400, "warning", self)
        self._go = Button(self.tr("Export"), kind="primary", parent=self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._draw)
        self._lay_out()
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _AROUND))
        self._picture.setText(self.tr("The first page is on its way."))
        self._people.setFocus()
        self._follow()

    def show_people(self, people: Sequence[tuple[str, str, int]]) -> None:
        """Offer the leaders of a list, each a name, an id ("" of what nobody owns) and its rows.

        Whoever was unticked stays so; the report may know more of them, or fewer.
        """
        kept = {self._people.item(row).data(_WHOSE) for row in range(self._people.count())}
        unticked = kept - self._ticked()
        current = self._people.currentItem()
        chosen = current.data(_WHOSE) if current is not None else None
        self._people.blockSignals(True)
        self._people.clear()
        for name, whose, rows in people:
            self._add(self._who(name if whose else self.tr("Unassigned"), rows), whose)
        if people:
            self._add(self.tr("All leaders: the overview"), OVERVIEW)
        for row in range(self._people.count()):
            item = self._people.item(row)
            if item.data(_WHOSE) in unticked:
                item.setCheckState(Qt.CheckState.Unchecked)
            if item.data(_WHOSE) == chosen or row == 0:
                self._people.setCurrentRow(row)
        self._people.blockSignals(False)
        self._follow()

    def tell(self, step: int, words: str) -> None:
        """Say what is being done of the STEPS; nothing can be written before the last is."""
        self._is_ready = False
        self._bar.setValue(step)
        self._doing.setText(words)
        self._follow()

    def set_report(self, report: "Report") -> None:
        """Offer the packs of a report, as far as it is told."""
        before = self._page_of(self._report)
        self._report = report
        self.show_people([(p.leader_name, p.leader or "", len(p.all_rows)) for p in report.packs])
        if not report.packs:
            self._picture.setText(self.tr("No pain point is on the list yet."))
        if self._page_of(report) != before:
            self._draw()

    def set_ready(self) -> None:
        """The report is whole: it may be written."""
        self._is_ready = True
        self._bar.setVisible(False)
        self._doing.setText("")
        self._follow()

    def show_error(self, error: Exception) -> None:
        """Say why there is nothing to export."""
        self._picture.setText("")
        self._doing.setText("")
        self._bar.setVisible(False)
        self._why_not.setText(fault_lines(error)[0])

    def accept(self) -> None:
        """Qt's virtual: hand over what is to be written."""
        if self._report is None or not self._go.isEnabled():
            return
        whose = self._ticked()
        order = Order(
            self._report,
            frozenset(whose - {OVERVIEW}),
            OVERVIEW in whose,
            frozenset(self.formats),
            self._folder,
        )
        self.ordered.emit(order)
        super().accept()

    def done(self, result: int) -> None:
        """Qt's virtual, on every way of closing: no page is asked for any more."""
        self._timer.stop()
        self._report = None
        super().done(result)

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that are ticked."""
        return tuple(name for name, box in self._formats.items() if box.isChecked())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: the page fills its place."""
        super().resizeEvent(event)
        self._fit_page()

    def _add(self, name: str, whose: str) -> None:
        item = QListWidgetItem(name)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
        item.setData(_WHOSE, whose)
        self._people.addItem(item)

    def _page_of(self, report: "Report | None") -> object:
        """Return what the page of the chosen row shows of a report."""
        item = self._people.currentItem()
        if report is None or item is None:
            return None
        if item.data(_WHOSE) == OVERVIEW:
            return report.overview
        return next((p for p in report.packs if (p.leader or "") == item.data(_WHOSE)), None)

    def _who(self, name: str, count: int) -> str:
        rows = self.tr("1 pain point") if count == 1 else self.tr("%n pain points", "", count)
        return f"{name} · {rows}"

    def _ticked(self) -> set[str]:
        items = (self._people.item(row) for row in range(self._people.count()))
        return {i.data(_WHOSE) for i in items if i.checkState() == Qt.CheckState.Checked}

    @Slot()
    def _follow(self) -> None:
        """Let Export be pressed when there is something to write; say what is missing."""
        missing = ""
        if self._people.count() and not self._ticked():
            missing = self.tr("Tick at least one leader.")
        elif not self.formats:
            missing = self.tr("Tick at least one format.")
        self._why_not.setText(missing)
        self._go.setEnabled(self._is_ready and bool(self._ticked()) and not missing)

    @Slot()
    def _ask_for_page(self) -> None:
        if self._report is not None:
            self._timer.start()

    @Slot()
    def _draw(self) -> None:
        item = self._people.currentItem()
        if self._report is None or self._page_of(self._report) is None:
            return
        ratio = self.devicePixelRatioF()
        work = Draw(self._report, item.data(_WHOSE), 110.0 * ratio)
        self._wanted = self._jobs.compute(work, self._on_page)

    def _on_page(self, result: JobResult) -> None:
        if result.number != self._wanted:
            return
        if isinstance(result.value, bytes):
            self._page.loadFromData(QByteArray(result.value), "PNG")
            self._fit_page()
        elif result.error is not None:
            self._picture.setText(fault_lines(result.error)[0])

    def _fit_page(self) -> None:
        if self._page.isNull():
            return
        ratio = self.devicePixelRatioF()
        shown = self._page.scaled(
            self._picture.size() * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        shown.setDevicePixelRatio(ratio)
        self._picture.setPixmap(shown)

    @Slot()
    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Folder for the packs"), str(self._folder)
        )
        if chosen:
            self._folder = Path(chosen)
            self._place.set_text(str(self._folder))

    def _lay_out(self) -> None:
        choices = QVBoxLayout()
        choices.setSpacing(8)
        choices.addWidget(PlainLabel(self.tr("For whom"), "base", 600, "text", self))
        choices.addWidget(self._people, 1)
        choices.addSpacing(8)
        choices.addWidget(PlainLabel(self.tr("As"), "base", 600, "text", self))
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        for number, box in enumerate(self._formats.values()):
            grid.addWidget(box, number // 2, number % 2)
        choices.addLayout(grid)
        choices.addSpacing(8)
        choices.addWidget(PlainLabel(self.tr("Into"), "base", 600, "text", self))
        choices.addWidget(self._place)
        other = Button(self.tr("Another folder…"), "folder-open", compact=True, parent=self)
        other.clicked.connect(self._choose_folder)
        choices.addWidget(other, 0, Qt.AlignmentFlag.AlignLeft)
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addLayout(choices)
        page = QVBoxLayout()
        page.setSpacing(8)
        page.addWidget(self._picture, 1)
        page.addWidget(self._doing)
        page.addWidget(self._bar)
        middle.addLayout(page, 1)
        buttons = QHBoxLayout()
        cancel = Button(self.tr("Cancel"), parent=self)
        cancel.clicked.connect(self.reject)
        self._go.setDefault(True)
        self._go.clicked.connect(self.accept)
        buttons.addWidget(self._why_not)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(PlainLabel(self.tr("Export the packs"), "screen", 600, "text", self))
        column.addLayout(middle, 1)
        column.addLayout(buttons)

    def _format_words(self, name: str) -> str:
        return {
            "xlsx": self.tr("Excel, comes back filled in"),
            "pdf": self.tr("PDF page"),
            "pptx": self.tr("Slides"),
            "csv": self.tr("CSV for spreadsheets"),
            "raw-csv": self.tr("CSV, raw"),
            "md": self.tr("Markdown"),
            "tickets": self.tr("Tickets for Jira"),
        }[name]


def _format_names() -> tuple[str, ...]:
    from storage.exports.packs import formats_there_are

    return formats_there_are()
