"""Import KPIs: every series with its unit, direction and target, as the sheet says or as typed."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from journey.model.workspace import ordered_journeys, ordered_touchpoints
from storage.imports.kpi_clashes import choices_of, with_choice
from storage.imports.kpi_reading import read_value
from ui.document import DocumentModel
from ui.imports.bands import SIDE
from ui.imports.form import MatchRow, RowsArea, RowsInPieces
from ui.imports.kpi_asked import ClashRow, clash_word
from ui.imports.kpi_changes import KpiChange
from ui.imports.log_frame import LogFrame
from ui.imports.matching import near_names
from ui.imports.reading import Picker
from ui.imports.words import left_out, tr
from ui.imports.work import Found, Order
from ui.jobs import Jobs
from ui.numbers import number
from ui.shell.widgets.labels import PlainLabel, WrapLabel

if TYPE_CHECKING:
    from storage.imports.events_matching import Matched
    from storage.imports.kpi_result import KpiImport, KpiTaken

ClashKey = tuple[str, str, str]
_WIDTHS = (240, 200, 110, 150, 110)
_OWN, _OUT = "\x00own", "\x00out"
_MOST_PLACES: Final = 100  # rows of a report that are shown one by one


class KpiDialog(LogFrame):
    """Shows the series a sheet of KPIs holds and asks what the sheet does not say."""

    def __init__(
        self,
        found: Found,
        document: DocumentModel,
        jobs: Jobs,
        journey: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(found, document, jobs, journey, parent)
        self.rows: dict[tuple[str, str], KpiRow] = {}
        self._changes: dict[tuple[str, str], KpiChange] = {}
        self._asked: frozenset[str] = frozenset()
        self._shown: dict[tuple[str, str], KpiTaken] = {}
        self.clashes: dict[ClashKey, ClashRow] = {}
        self.places: dict[str, MatchRow] = {}
        shown = next(
            (j for j in ordered_journeys(document.workspace) if journey in (None, j.name)), None
        )
        on_map = ordered_touchpoints(document.workspace, shown.id) if shown is not None else ()
        self._touchpoints = tuple(dict.fromkeys(t.name for t in on_map))
        self.both = self.known.add_action("separate", self.tr("Keep both, as another KPI"))
        self.both.setCheckable(True)
        self.both.setAutoDefault(False)
        self._area = RowsArea(self.tr("KPIs"))
        self._open, self._rows, self._where = (QVBoxLayout() for _ in range(3))
        self._headings = _headings()
        self._headings.hide()
        self._places_head = self._place_heading()
        self._open.setContentsMargins(0, 0, 0, 12)
        self._area.column.addLayout(self._open)
        self._area.column.addWidget(self._headings)
        self._area.column.addLayout(self._rows)
        self._area.column.addWidget(self._places_head)
        self._area.column.addLayout(self._where)
        self._row_pieces = RowsInPieces(self._rows, self)
        self._place_pieces = RowsInPieces(self._where, self)
        self._finish(self._area, self.tr("What each KPI is"))

    def _place_heading(self) -> QWidget:
        """Say what the names of a report are, over them."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(SIDE, 0, SIDE, 4)
        words = self.tr("What the file counts, and which touchpoint each of it is")
        row.addWidget(PlainLabel(words, "meta", 600, "text_2"))
        line.hide()
        return line

    def _show_mapping(self) -> None:
        """The series are shown as they are counted; the mapping itself is text."""

    def _take_counts(self, counted: object) -> None:
        """Show the series that were found; what was typed about them stays."""
        result = cast("KpiImport", counted)
        names = (name for reason, name in result.warnings if reason == "direction_assumed")
        self._asked = frozenset(names)
        self.rows = {}
        self._shown = {(taken.kpi.name, taken.touchpoint): taken for taken in result.kpis}
        for key in self._shown:
            self._changes.setdefault(key, KpiChange())
        self._row_pieces.show_rows(partial(self._made_row, key) for key in self._shown)
        self._headings.setVisible(bool(self._shown))
        self._show_clashes(result)
        self._show_places(result)
        self._show_heading()

    def _made_row(self, key: tuple[str, str]) -> "KpiRow":
        taken = self._shown[key]
        row = KpiRow(taken, self._changes[key], asked=taken.kpi.name in self._asked)
        row.changed.connect(self._on_changed)
        self.rows[key] = row
        return row

    def _show_clashes(self, result: "KpiImport") -> None:
        """Show what is open; what was chosen stays to be chosen again."""
        chosen = choices_of(self.mapping)
        kept = {key: row.clash for key, row in self.clashes.items() if key in chosen}
        shown = {**kept, **{clash.key: clash for clash in result.clashes}}
        _empty(self._open, self.clashes.values())
        self.clashes = {}
        for key, clash in shown.items():
            row = ClashRow(clash, chosen.get(key, ""))
            row.chosen.connect(self._on_clash)
            self.clashes[key] = row
            self._open.addWidget(row)

    def _show_places(self, result: "KpiImport") -> None:
        """Show what a report counts for, and which touchpoint each of it is."""
        self.places = {}
        entries: list[tuple[object, str]] = [
            (_OUT, self.tr("Leave it out")),
            *((name, name) for name in self._touchpoints),
            (_OWN, self.tr("New on the map, by its name")),
        ]
        shown = result.matched[:_MOST_PLACES]
        self._places_head.setVisible(bool(shown))
        self._place_pieces.show_rows(partial(self._made_place, each, entries) for each in shown)

    def _made_place(self, each: "Matched", entries: list[tuple[object, str]]) -> MatchRow:
        row = MatchRow(each.activity, "", entries, [])
        row.end.hide()
        row.matched.connect(self._on_place)
        given = self.mapping.activities.get(each.activity)
        asks = given is None and not each.touchpoint
        near = near_names(each.activity, self._touchpoints) if asks else ()
        on_map = each.touchpoint in self._touchpoints
        value = each.touchpoint if on_map else _OWN if each.touchpoint else _OUT
        row.show_match(value, near[0].name if near else "", "")
        self.places[each.activity] = row
        return row

    @Slot(str, str)
    def _on_place(self, name: str, value: str) -> None:
        to = {_OUT: "", _OWN: name}.get(value, value)
        self._set_mapping(replace(self.mapping, activities={**self.mapping.activities, name: to}))

    @Slot(object, str)
    def _on_clash(self, key: ClashKey, option: str) -> None:
        """What was chosen is part of the mapping; the values are counted anew."""
        self._set_mapping(with_choice(self.mapping, key, option))

    @Slot(object, object)
    def _on_changed(self, key: tuple[str, str], change: KpiChange) -> None:
        self._changes[key] = change
        # A KPI that stands at many touchpoints is good the same way at each of them.
        for other in self._shown:
            same = other != key and other[0] == key[0] and other[0] in self._asked
            if same and change.better and not self._changes[other].better:
                self._changes[other] = replace(self._changes[other], better=change.better)
                if other in self.rows:
                    self.rows[other].better.set_current(change.better)
        self._show_heading()
        self._show_state()

    def _show_heading(self) -> None:
        waiting = len(self._open_names())
        words = self.tr("%1 KPIs").replace("%1", number(len(self._shown), 0))
        if waiting:
            words += " · " + self.tr("%1 to be said: is higher or lower better?")
            words = words.replace("%1", number(waiting, 0))
        self._heading.setText(words if self._shown else "")
        self._heading.set_role("warning" if waiting else "text_2")

    def _open_names(self) -> list[str]:
        """Return the KPIs whose good end nobody said yet."""
        return [
            name
            for (name, where), change in self._changes.items()
            if (name, where) in self._shown and name in self._asked and not change.better
        ]

    def _order(self) -> Order:
        return replace(super()._order(), kpi_changes=dict(self._changes))

    def _open_words(self) -> str:
        return ""

    def _after_words(self, counted: object) -> str:
        clash = next(iter(cast("KpiImport", counted).clashes), None)
        if clash is not None:
            words = self.tr("To go on, choose what becomes of “%1”.").replace("%1", clash.name)
            return f"{words} {clash_word(clash)}"
        waiting = self._open_names()
        if waiting:
            words = self.tr("To go on, say for %1 whether a higher or a lower value is better.")
            return words.replace("%1", ", ".join(f"“{name}”" for name in waiting[:5]))
        wrong = [row.kpi for row in self.rows.values() if not row.is_whole]
        if wrong:
            return self.tr("The target of %1 is no number.").replace("%1", f"“{wrong[0]}”")
        if not cast("KpiImport", counted).imported:
            return self.tr("No value of this file can be taken in.")
        return ""

    def _known_words(self, name: str) -> tuple[str, str]:
        title = self.tr("This KPI has a value for this period already: %1.").replace("%1", name)
        words = {
            "refuse": self.tr("Replace what is there, or add only the periods that are new?"),
            "replace": self.tr("Values that are there are replaced; one undo brings them back."),
            "add": self.tr("Only periods that are new are taken."),
            "separate": self.tr("What is there stays; the values of this file are another KPI."),
        }[str(self._if_known)]
        return title, words

    def _show_known(self) -> None:
        super()._show_known()
        self.both.setChecked(str(self._if_known) == "separate")

    def _show_counts(self, counted: object) -> None:
        result = cast("KpiImport", counted)
        blank = sum(s.count for s in result.skipped)
        refused = sum(c.count for c in result.refused_cells)
        self.counts.set_nouns(self.tr("values in the file"), self.tr("taken"))
        why = [left_out(result.skipped)] if result.skipped else []
        for cell in result.refused_cells:
            told = self.tr("%1 in %2 (“%3”)").replace("%1", number(cell.count, 0))
            why.append(told.replace("%2", cell.column).replace("%3", cell.example[:30]))
        total = result.imported + blank + refused
        if result.clashes and not total:
            # What is open is counted once somebody has chosen.
            self.counts.set_nouns(self.tr("records in the file"), self.tr("taken"))
            total = result.records
        self.counts.set_counts(total, result.imported, " · ".join(why), refused=False)
        kept = (name for reason, name in result.warnings if reason == "target_kept")
        words = self.tr("“%1” keeps the target it has.")
        remarks = [words.replace("%1", name) for name in kept]
        rest = len(result.matched) - _MOST_PLACES
        if rest > 0:
            more = self.tr("%1 more rows are matched by their names; edit as text to say more.")
            remarks.append(more.replace("%1", number(rest, 0)))
        self.counts.set_remarks(remarks)


class KpiRow(QWidget):
    """One series: unit, direction and target to be corrected, its periods to be seen.

    Attributes:
        changed: (key, KpiChange).
    """

    changed = Signal(object, object)

    def __init__(self, taken: "KpiTaken", change: KpiChange, *, asked: bool) -> None:
        super().__init__()
        kpi = taken.kpi
        self.kpi = kpi.name
        self._key = (kpi.name, taken.touchpoint)
        self.unit = QLineEdit(kpi.unit if change.unit is None else change.unit)
        self.better = Picker(tr("Better"), stays=True)
        higher, lower = (("higher", tr("higher is better")), ("lower", tr("lower is better")))
        self.better.setPlaceholderText(tr("Which is better?"))
        self.better.set_entries([higher, lower], change.better or ("" if asked else kpi.better))
        target = "" if kpi.target is None else f"{kpi.target:g}"
        self.target = QLineEdit(target if change.target is None else change.target)
        for field, name in ((self.unit, tr("Unit")), (self.target, tr("Target"))):
            field.setProperty("compact", True)
            field.setAccessibleName(f"{name}: {kpi.name}")
            field.textEdited.connect(self._tell)
        self.better.picked.connect(self._tell)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 4, SIDE, 4)
        row.setSpacing(12)
        parts = (
            WrapLabel(kpi.name, "base", 500),
            WrapLabel(taken.touchpoint or tr("the whole company"), "sticky", 400, "text_2"),
            self.unit,
            self.better,
            self.target,
        )
        for part, wide in zip(parts, _WIDTHS, strict=True):
            part.setFixedWidth(wide)
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(PlainLabel(_span(taken.periods), "sticky", 400, "text_2"), 1)

    @property
    def is_whole(self) -> bool:
        """Whether the target is a number or blank."""
        text = self.target.text().strip()
        return not text or read_value(text) is not None

    @Slot()
    def _tell(self) -> None:
        better = self.better.currentData()
        change = KpiChange(self.unit.text().strip(), str(better or ""), self.target.text().strip())
        self.changed.emit(self._key, change)


def _empty(held: QVBoxLayout, rows: Iterable[QWidget]) -> None:
    for row in rows:
        held.removeWidget(row)
        row.deleteLater()


def _headings() -> QWidget:
    names = (tr("KPI"), tr("Touchpoint"), tr("Unit"), tr("Good is"), tr("Target"))
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(SIDE, 0, SIDE, 4)
    row.setSpacing(12)
    for name, wide in zip(names, _WIDTHS, strict=True):
        label = PlainLabel(name, "meta", 600, "text_2")
        label.setFixedWidth(wide)
        row.addWidget(label)
    row.addWidget(PlainLabel(tr("Periods"), "meta", 600, "text_2"), 1)
    return line


def _span(periods: tuple[str, ...]) -> str:
    if len(periods) < 2:
        return "".join(periods)
    words = tr("%1 to %2, %3 values").replace("%1", periods[0]).replace("%2", periods[-1])
    return words.replace("%3", number(len(periods), 0))
