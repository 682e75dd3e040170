"""What the columns of a table of tickets are: a form of short lists."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from storage.imports.inspect import ColumnSeen
from storage.imports.mapping import TicketsMapping
from storage.imports.ticket_columns import place_columns
from ui.imports.bands import captioned
from ui.imports.reading import Picker
from ui.imports.words import date_word, tr

_ACROSS: Final = 4
_LEAST: Final = 150  # width of a list, logical pixels
_BY, _AT = "by:", "at:"
_FORMATS: Final = ("%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y")
_MOST_PLACES: Final = 50  # different values of a column that may be touchpoints
_MONTHS, _QUARTERS = 12, 5  # of the past, to choose from

Entries = list[tuple[object, str]]


class TicketsForm(QWidget):
    """Short lists of columns, four in a row, and what else only a person knows.

    Attributes:
        changed: the TicketsMapping that was chosen.
    """

    changed = Signal(object)

    def __init__(
        self, columns: Sequence[ColumnSeen], touchpoints: Sequence[str], saved: date
    ) -> None:
        """Take the columns of the file, the touchpoints of the map and the file's day."""
        super().__init__()
        self._columns, self._touchpoints, self._saved = columns, touchpoints, saved
        self._moments = {seen.name for seen in columns if seen.profile.type == "date"}
        self._tickets = TicketsMapping("")
        captions = _captions()
        self.pickers = {key: Picker(caption, stays=True) for key, caption in captions.items()}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for at, (key, picker) in enumerate(self.pickers.items()):
            picker.setMinimumWidth(_LEAST)
            picker.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            picker.setPlaceholderText(self.tr("Choose"))
            picker.picked.connect(lambda value, key=key: self._on_picked(key, str(value)))
            grid.addLayout(captioned(captions[key], picker), at // _ACROSS, at % _ACROSS)
        for column in range(_ACROSS):
            grid.setColumnStretch(column, 1)
        self.setMinimumHeight(grid.sizeHint().height())

    def show_tickets(self, tickets: TicketsMapping) -> None:
        """Show what was chosen."""
        before, self._tickets = self._tickets, tickets
        if before.ticket and before == tickets:
            return
        for key, picker in self.pickers.items():
            picker.set_entries(self._entries(key), self._chosen(key))

    def _entries(self, key: str) -> Entries:
        if key in ("reply_unit", "resolution_unit"):
            return _units()
        if key == "at":
            return self._places()
        if key == "period":
            return self._periods()
        if key == "date_format":
            return [("", tr("as found")), *((form, date_word(form)) for form in _FORMATS)]
        entries: Entries = [(seen.name, seen.name) for seen in self._columns]
        return entries if key == "ticket" else [("", tr("none")), *entries]

    def _chosen(self, key: str) -> str:
        tickets = self._tickets
        if key == "at":
            return f"{_BY}{tickets.by}" if tickets.by else f"{_AT}{tickets.touchpoint or ''}"
        if key == "reply":
            return tickets.reply or tickets.replied or ""
        return getattr(tickets, key) or ""

    def _places(self) -> Entries:
        """Offer the whole company, columns whose values may be touchpoints, and touchpoints."""
        few = {s.name for s in self._columns if 0 < s.profile.distinct <= _MOST_PLACES}
        first = [name for name in place_columns(s.name for s in self._columns) if name in few]
        others = [s.name for s in self._columns if s.name in few and s.profile.type == "text"]
        named = dict.fromkeys((*first, *others))
        if self._tickets.by:
            named[self._tickets.by] = None
        known = dict.fromkeys(self._touchpoints)
        if self._tickets.touchpoint:
            known[self._tickets.touchpoint] = None
        by = tr("by the column “%1”")
        return [
            (_AT, tr("the whole company")),
            *((f"{_BY}{name}", by.replace("%1", name)) for name in named),
            *((f"{_AT}{name}", name) for name in known),
        ]

    def _periods(self) -> Entries:
        entries: Entries = [
            ("month", tr("month")), ("week", tr("week")), ("quarter", tr("quarter")),
        ]  # fmt: skip
        tickets = self._tickets
        fixed = [] if tickets.created or tickets.solved or tickets.replied else self._past()
        if tickets.period not in ("month", "week", "quarter", *fixed):
            fixed.append(tickets.period)
        all_in = tr("all in %1")
        return [*entries, *((each, all_in.replace("%1", each)) for each in fixed)]

    def _past(self) -> list[str]:
        """Return the months and quarters up to the file's day, the latest first."""
        months = [self._saved.year * 12 + self._saved.month - 1 - back for back in range(_MONTHS)]
        quarter = self._saved.year * 4 + (self._saved.month - 1) // 3
        quarters = [quarter - back for back in range(_QUARTERS)]
        return [
            *(f"{month // 12:04d}-{month % 12 + 1:02d}" for month in months),
            *(f"{each // 4:04d}Q{each % 4 + 1}" for each in quarters),
        ]

    def _on_picked(self, key: str, value: str) -> None:
        chosen: dict[str, str | None] = {key: value or None}
        if key == "at":
            kind, name = value[: len(_AT)], value[len(_AT) :]
            chosen = {"by": None, "touchpoint": None}
            chosen["by" if kind == _BY else "touchpoint"] = name or None
        elif key == "reply":
            moment = value in self._moments
            chosen = {"reply": None, "replied": None}
            chosen["replied" if moment else "reply"] = value or None
        self.changed.emit(replace(self._tickets, **chosen))  # type: ignore[arg-type]


def _captions() -> dict[str, str]:
    return {
        "ticket": tr("Ticket"),
        "created": tr("Came on"),
        "solved": tr("Solved on"),
        "status": tr("State"),
        "reply": tr("First reply"),
        "reply_unit": tr("First reply, in"),
        "resolution": tr("Time until solved"),
        "resolution_unit": tr("Time until solved, in"),
        "replies": tr("Replies"),
        "reopens": tr("Reopened"),
        "first_contact": tr("Marked as first contact"),
        "requester": tr("Who asked"),
        "at": tr("Where it counts"),
        "period": tr("Counted by"),
        "date_format": tr("How days are written"),
    }


def _units() -> Entries:
    return [
        ("", tr("as the file says")),
        ("s", tr("seconds")),
        ("min", tr("minutes")),
        ("h", tr("hours")),
        ("d", tr("days")),
        ("ms", tr("milliseconds")),
        ("h:m", tr("hours:minutes")),
        ("m:s", tr("minutes:seconds")),
    ]
