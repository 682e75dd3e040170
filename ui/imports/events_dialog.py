"""Import events: which column is what, which activity is which touchpoint, which ends are lost."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from journey.model.map import LOST, RETAINED
from journey.model.workspace import ordered_journeys, ordered_touchpoints
from storage.imports.events_matching import plain_name
from storage.imports.mapping import EventsMapping
from ui.document import DocumentModel
from ui.imports.form import ColumnForm, MatchRow, RowsArea, RowsInPieces, match_headings
from ui.imports.log_frame import LogFrame
from ui.imports.matching import near_names
from ui.imports.words import how_many, left_out
from ui.imports.work import Found
from ui.jobs import Jobs
from ui.numbers import number
from ui.shell.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from storage.imports.events_result import EventsImport

_MOST: Final = 100  # activities that are shown one by one; others are matched by name
_OWN, _OUT = "\x00own", "\x00out"


class EventsDialog(LogFrame):
    """Makes an event log's mapping and counts what it would take in."""

    def __init__(
        self,
        found: Found,
        document: DocumentModel,
        jobs: Jobs,
        journey: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(found, document, jobs, journey, parent)
        ws = document.workspace
        shown = next((j for j in ordered_journeys(ws) if journey in (None, j.name)), None)
        on_map = ordered_touchpoints(ws, shown.id) if shown is not None else ()
        self._touchpoints = tuple(dict.fromkeys(t.name for t in on_map))
        self._settled: frozenset[str] = frozenset()
        none = self.tr("none")
        self.form = ColumnForm(
            (
                ("case", self.tr("Case: whose way it is"), True),
                ("activity", self.tr("Activity: what happened"), True),
                ("time", self.tr("Time: when"), True),
                ("segment", self.tr("Segment"), False),
                ("lifecycle", self.tr("State of the event"), False),
                ("keep", self.tr("Which events count"), False),
            ),
            none,
        )
        self.rows: dict[str, MatchRow] = {}
        self._area = RowsArea(self.tr("Activities"))
        self._area.inset(self.form)
        self._told = WrapLabel("", "sticky", 400, "text_2")
        self._area.inset(self._told)
        heads = (self.tr("Activity"), self.tr("Seen"), self.tr("Touchpoint"), self.tr("End"))
        self._area.column.addWidget(match_headings(*heads))
        self._shown: dict[str, int] = {}
        self._doubtful: set[str] = set()
        self._pieces = RowsInPieces(self._area.column, self)
        self._pieces.whole.connect(self._show_heading)
        self._pieces.whole.connect(self._start_first)
        self.form.chosen.connect(self._on_column)
        self._finish(self._area, self.tr("What each activity is"))

    @property
    def _events(self) -> EventsMapping:
        assert self.mapping.events is not None
        return self.mapping.events

    @Slot(str, str)
    def _on_column(self, key: str, value: str) -> None:
        if key == "keep":
            kept = (value,) if value else ()
            self._set_mapping(
                replace(self.mapping, events=replace(self._events, lifecycle_keep=kept))
            )
            return
        column = value or None if key in _OPTIONAL else value
        changed = replace(self._events, **{key: column})  # type: ignore[arg-type]
        if key == "lifecycle":
            changed = replace(changed, lifecycle_keep=())
        self._set_mapping(replace(self.mapping, events=changed))

    @Slot(str, str)
    def _on_match(self, activity: str, value: str) -> None:
        self._settled |= {activity}
        chosen = dict(self.mapping.activities)
        chosen.pop(activity, None)
        if value == _OUT:
            chosen[activity] = ""
        elif value != _OWN:
            chosen[activity] = value
        self._set_mapping(replace(self.mapping, activities=chosen))

    @Slot(str, str)
    def _on_end(self, activity: str, end: str) -> None:
        events = self._events
        lost = tuple(a for a in events.lost if a != activity)
        retained = tuple(a for a in events.retained if a != activity)
        if end == LOST:
            lost = (*lost, activity)
        elif end == RETAINED:
            retained = (*retained, activity)
        self._set_mapping(
            replace(self.mapping, events=replace(events, lost=lost, retained=retained))
        )

    def _show_mapping(self) -> None:
        events, names = self._events, [seen.name for seen in self._found.inspection.columns]
        values = {key: getattr(events, key) for key in ("case", "activity", "time", *_OPTIONAL)}
        self.form.show_columns(names, values)
        states: list[tuple[object, str]] = [("", self.tr("all"))]
        if events.lifecycle in names:
            seen = self._found.inspection.column(events.lifecycle or "")
            states += [
                (state, self.tr("only “%1”").replace("%1", state)) for state in seen.profile.values
            ]
        states += [(s, s) for s in events.lifecycle_keep if s not in [v for v, _ in states]]
        self.form.pickers["keep"].set_entries(states, next(iter(events.lifecycle_keep), ""))
        self.form.pickers["keep"].setEnabled(len(states) > 1)
        self._show_activities()

    def _show_activities(self) -> None:
        counts = self._counts()
        names = sorted(counts, key=lambda name: (-counts[name], name))[:_MOST]
        shown = {name: counts[name] for name in names}
        if shown != self._shown:
            self._shown = shown
            self._fill()
        else:
            for row in self.rows.values():
                self._show_row(row)
        self._show_heading()
        rest = len(counts) - len(names)
        told = self.tr("The %1 rarest activities are matched by their names.")
        self._told.set_text(told.replace("%1", number(rest, 0)) if rest else "")
        self._told.setVisible(rest > 0)

    @Slot()
    def _show_heading(self) -> None:
        """Say how many activities there are, and of how many rows it is in doubt what they are."""
        words = how_many(len(self._counts()), self.tr("1 activity"), self.tr("%1 activities"))
        self._heading.show_counts(words if self._shown else "", 0, len(self._doubtful))

    def _counts(self) -> dict[str, int]:
        names = [seen.name for seen in self._found.inspection.columns]
        if self._events.activity not in names:
            return {}
        return dict(self._found.inspection.column(self._events.activity).profile.values)

    def _start_first(self) -> None:
        """The rows are there before the events are counted: both at once would be a pause."""
        if self._pieces.is_whole:
            super()._start_first()
        elif self._timer.isActive():
            self._timer.start()

    def _fill(self) -> None:
        entries: list[tuple[object, str]] = [
            (_OWN, self.tr("New on the map, by its name")),
            *((name, name) for name in self._touchpoints),
            (LOST, self.tr("Lost")),
            (RETAINED, self.tr("Retained")),
            (_OUT, self.tr("Leave it out")),
        ]
        ends: list[tuple[object, str]] = [
            ("", self.tr("no end")),
            (LOST, self.tr("lost where it is the last")),
            (RETAINED, self.tr("retained where it is the last")),
        ]
        self.rows = {}
        self._doubtful.clear()
        self._pieces.show_rows(partial(self._made, name, entries, ends) for name in self._shown)

    def _made(
        self, name: str, entries: list[tuple[object, str]], ends: list[tuple[object, str]]
    ) -> MatchRow:
        events = how_many(self._shown[name], self.tr("1 event"), self.tr("%1 events"))
        row = MatchRow(name, events, entries, ends)
        row.matched.connect(self._on_match)
        row.ended.connect(self._on_end)
        self.rows[name] = row
        self._show_row(row)
        return row

    def _show_row(self, row: MatchRow) -> None:
        """Show what an activity is, and whether that is in doubt."""
        name, events = row.name, self._events
        given = self.mapping.activities.get(name)
        by_name = next((t for t in self._touchpoints if plain_name(t) == plain_name(name)), "")
        value = _OUT if given == "" else given or by_name or _OWN
        asks = given is None and not by_name and name not in self._settled
        near = near_names(name, self._touchpoints) if asks else ()
        words = ""
        if near:
            words = self.tr("%1 % alike; without a Yes it is new on the map.")
            words = words.replace("%1", number(100 * near[0].likeness, 0))
        row.show_match(value, near[0].name if near else "", words)
        row.show_end(LOST if name in events.lost else RETAINED if name in events.retained else "")
        (self._doubtful.add if near else self._doubtful.discard)(name)

    def _open_words(self) -> str:
        events = self._events
        for name, words in (
            (events.case, self.tr("To go on, choose the column that names the case.")),
            (events.activity, self.tr("To go on, choose the column of the activities.")),
            (events.time, self.tr("To go on, choose the column of the times.")),
        ):
            if not name:
                return words
        return ""

    def _after_words(self, counted: object) -> str:
        if cast("EventsImport", counted).events:
            return ""
        return self.tr("No event of this file can be taken in.")

    def _known_words(self, name: str) -> tuple[str, str]:
        title = self.tr("These events were imported before, as “%1”.").replace("%1", name)
        words = {
            "refuse": self.tr("Replace them, or add only the cases that are new?"),
            "replace": self.tr("What was imported then is replaced; one undo brings it back."),
            "add": self.tr("Only cases that are new are taken."),
        }[self._if_known]
        return title, words

    def _show_counts(self, counted: object) -> None:
        log = cast("EventsImport", counted)
        self.counts.set_nouns(self.tr("events in the file"), self.tr("taken"))
        refused = bool(log.refused)
        self.counts.set_counts(log.records, log.events, left_out(log.skipped), refused=refused)
        parts = (
            how_many(log.cases, self.tr("1 case"), self.tr("%1 cases")),
            how_many(log.activities, self.tr("1 activity"), self.tr("%1 activities")),
            how_many(log.variants, self.tr("1 variant"), self.tr("%1 variants")),
            how_many(len(log.passages), self.tr("1 transition"), self.tr("%1 transitions")),
        )
        self.counts.set_remarks([", ".join(parts) + ".", *self._remarks(log)])

    def _remarks(self, log: "EventsImport") -> list[str]:
        words = {
            "no_ends": self.tr("No activity is named as lost or retained, so nothing leads there."),
            "other_ends": self.tr("Cases that end with another activity count as %1."),
            "activity_never": self.tr("No event has the activity “%1”."),
            "counts_replaced": self.tr("%1 transitions had counts typed by hand; they go."),
            "case_known": self.tr("%1 cases were imported before."),
        }
        known = ((words[reason], name) for reason, name in log.warnings if reason in words)
        return [text.replace("%1", name) for text, name in known]


_OPTIONAL: Final = ("segment", "lifecycle")
