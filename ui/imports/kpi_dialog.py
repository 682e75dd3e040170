"""Import KPIs: every series with its unit, direction and target, as the sheet says or as typed."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from journey.model.workspace import ordered_journeys, ordered_touchpoints
from storage.imports.kpi_clashes import choices_of, with_choice
from ui.document import DocumentModel
from ui.imports.bands import SIDE
from ui.imports.form import MatchRow, RowsArea, RowsInPieces
from ui.imports.kpi_asked import ClashRow, clash_word
from ui.imports.kpi_changes import KpiChange
from ui.imports.kpi_known import KnownChoice
from ui.imports.kpi_row import KpiRow, headings
from ui.imports.kpi_values import ValuesStrip, cell_width
from ui.imports.log_frame import LogFrame
from ui.imports.matching import near_names
from ui.imports.words import how_many, left_out
from ui.imports.work import Found, Order
from ui.jobs import Jobs
from ui.numbers import number
from ui.shell.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from storage.imports.events_matching import Matched
    from storage.imports.kpi_result import KpiImport, KpiSeen

ClashKey = tuple[str, str, str]
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
        self._shown: dict[tuple[str, str], KpiSeen] = {}
        self._entering: frozenset[tuple[str, str]] = frozenset()
        self._wide = 0
        self.clashes: dict[ClashKey, ClashRow] = {}
        self.places: dict[str, MatchRow] = {}
        shown = next(
            (j for j in ordered_journeys(document.workspace) if journey in (None, j.name)), None
        )
        on_map = ordered_touchpoints(document.workspace, shown.id) if shown is not None else ()
        self._touchpoints = tuple(dict.fromkeys(t.name for t in on_map))
        self.choice = KnownChoice()
        self.choice.hide()
        self.choice.chosen.connect(self._on_known)
        self._area = RowsArea(self.tr("KPIs"))
        self._area.column.setContentsMargins(0, 0, 0, 12)
        self._add_above(self._area.column)
        self._area.column.addWidget(self.choice)
        self._open, self._rows, self._where = (QVBoxLayout() for _ in range(3))
        self._headings = headings()
        self._headings.hide()
        self._places_head = self._place_heading()
        self._headings.layout().setContentsMargins(SIDE, 12, SIDE, 4)  # type: ignore[union-attr]
        self._area.column.addLayout(self._open)
        self._area.column.addWidget(self._headings)
        self._area.column.addLayout(self._rows)
        self._area.column.addWidget(self._places_head)
        self._area.column.addLayout(self._where)
        self._row_pieces = RowsInPieces(self._rows, self)
        self._place_pieces = RowsInPieces(self._where, self)
        self._finish(self._area, self.tr("What each KPI is"))

    def _add_above(self, column: QVBoxLayout) -> None:
        """Add what is asked before the KPIs are known."""

    def _place_heading(self) -> QWidget:
        """Say what the names of a report are, over them."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(SIDE, 14, SIDE, 4)
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
        before = (self._shown, self._asked, self._entering)
        self._asked = frozenset(names)
        self._shown = {(seen.kpi.name, seen.touchpoint): seen for seen in result.seen}
        self._entering = frozenset((taken.kpi.name, taken.touchpoint) for taken in result.kpis)
        if before == (self._shown, self._asked, self._entering):
            for row in self.rows.values():
                row.show_choice(str(self._if_known))
        else:
            self._show_rows()
        self._show_clashes(result)
        self._show_places(result)
        self._show_choice()
        self._show_heading()

    def _show_rows(self) -> None:
        self.rows = {}
        for key in self._shown:
            self._changes.setdefault(key, KpiChange())
        self._wide = cell_width(value for seen in self._shown.values() for value in seen.values)
        self._row_pieces.show_rows(partial(self._made_row, key) for key in self._shown)
        self._headings.setVisible(bool(self._shown))

    def _made_row(self, key: tuple[str, str]) -> KpiRow:
        seen = self._shown[key]
        is_new = bool(seen.touchpoint) and seen.touchpoint not in self._touchpoints
        asked = seen.kpi.name in self._asked
        row = KpiRow(seen, self._changes[key], asked=asked, is_new=is_new)
        strip = ValuesStrip(seen.values, self._wide, str(self._if_known))
        row.show_values(strip, enters=key in self._entering)
        row.changed.connect(self._on_changed)
        self.rows[key] = row
        return row

    @property
    def _differing(self) -> int:
        """How many values the workspace has otherwise."""
        return sum(value.is_other for seen in self._shown.values() for value in seen.values)

    def _show_choice(self) -> None:
        """Ask what becomes of values that differ, over them, while some do or it was said."""
        chosen, differing = str(self._if_known), self._differing
        self.choice.setVisible(bool(differing) or chosen != "refuse")
        self.choice.show_choice(differing, chosen)

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
        alike = self.tr("%1 % alike; without a Yes it is left out.")
        alike = alike.replace("%1", number(100 * near[0].likeness, 0)) if near else ""
        row.show_match(value, near[0].name if near else "", alike)
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
                    self.rows[other].show_better(change.better)
        self._show_heading()
        self._show_state()

    def _show_heading(self) -> None:
        """Say how many KPIs and values there are, and what is to be said of them."""
        values = sum(len(seen.values) for seen in self._shown.values())
        kpis = how_many(len(self._shown), self.tr("1 KPI"), self.tr("%1 KPIs"))
        told = f"{kpis}, {how_many(values, self.tr('1 value'), self.tr('%1 values'))}"
        waiting = len(self._open_names()) + self.choice.waits + len(self._waiting_clashes())
        self._heading.show_counts(told if self._shown else "", waiting)

    def _waiting_clashes(self) -> list[ClashKey]:
        chosen = choices_of(self.mapping)
        return [key for key in self.clashes if key not in chosen]

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
        result = cast("KpiImport", counted)
        clash = next(iter(result.clashes), None)
        if clash is not None:
            words = self.tr("To go on, choose what becomes of “%1”.").replace("%1", clash.name)
            return f"{words} {clash_word(clash)}"
        if self._if_known == "refuse" and self._differing:
            return self.tr("To go on, choose what becomes of the values that differ.")
        waiting = self._open_names()
        if waiting:
            words = self.tr("To go on, say for %1 whether a higher or a lower value is better.")
            names = ", ".join(f"“{name}”" for name in dict.fromkeys(waiting[:5]))
            return words.replace("%1", names)
        wrong = [row.kpi for row in self.rows.values() if not row.is_whole]
        if wrong:
            return self.tr("The target of %1 is no number.").replace("%1", f"“{wrong[0]}”")
        return "" if result.imported else self._nothing_words(result)

    def _nothing_words(self, result: "KpiImport") -> str:
        """Say why nothing of a file is taken in."""
        if self._shown and all(v.before for s in self._shown.values() for v in s.values):
            return self.tr("Every value of this file is in the workspace already.")
        if result.matched and not any(each.touchpoint for each in result.matched):
            return self.tr("To go on, choose for at least one row which touchpoint it is.")
        return self.tr("No value of this file can be taken in.")

    def _known_words(self, name: str) -> tuple[str, str]:
        return name, ""  # what is known is asked about over the values

    @staticmethod
    def _skipped(result: "KpiImport") -> int:
        return sum(each.count for each in result.skipped)

    def _why_out(self, result: "KpiImport", open_: int) -> str:
        """Say why values are left out; those that wait for a choice are not decided yet."""
        there = sum(each.count for each in result.skipped if each.reason == "known")
        there -= self._differing if self._if_known == "refuse" else 0
        waiting = how_many(open_, self.tr("1 waits for a choice"), self.tr("%1 wait for a choice"))
        known = self.tr("%1 there already").replace("%1", number(there, 0))
        others = left_out([each for each in result.skipped if each.reason != "known"])
        parts = (waiting if open_ else "", known if there else "", others)
        return " · ".join(filter(None, parts))

    def _show_counts(self, counted: object) -> None:
        result = cast("KpiImport", counted)
        open_ = sum(len(clash.values) for clash in result.clashes)
        if self._if_known == "refuse":
            open_ += self._differing
        why = [self._why_out(result, open_)]
        for cell in result.refused_cells:
            told = self.tr("%1 in %2 (“%3”)").replace("%1", number(cell.count, 0))
            why.append(told.replace("%2", cell.column).replace("%3", cell.example[:30]))
        refused = sum(c.count for c in result.refused_cells)
        total = result.imported + self._skipped(result) + refused
        total += sum(len(clash.values) for clash in result.clashes)
        self.counts.set_nouns(self.tr("values in the file"), self.tr("taken"))
        if result.clashes and not total:
            # What is open is counted once somebody has chosen.
            self.counts.set_nouns(self.tr("records in the file"), self.tr("taken"))
            total = result.records
        why = [part for part in why if part]
        self.counts.set_counts(total, result.imported, " · ".join(why), refused=False)
        kept = (name for reason, name in result.warnings if reason == "target_kept")
        words = self.tr("“%1” keeps the target it has.")
        remarks = [words.replace("%1", name) for name in kept]
        rest = len(result.matched) - _MOST_PLACES
        if rest > 0:
            more = self.tr("%1 more rows are matched by their names; edit as text to say more.")
            remarks.append(more.replace("%1", number(rest, 0)))
        self.counts.set_remarks(remarks)


def _empty(held: QVBoxLayout, rows: Iterable[QWidget]) -> None:
    for row in rows:
        held.removeWidget(row)
        row.deleteLater()
