"""Value and customers of each segment, as rows of the assumptions."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from journey.model.ids import Kind, Ref
from journey.model.people import Segment
from ui import numbers
from ui.priorities.assumption_row import AssumptionRow, Scale
from ui.priorities.assumption_sources import source_of
from ui.shell.widgets.labels import WrapLabel

_SLIDERS_UP_TO: Final = 3  # more segments than this show fields alone
Bind = Callable[[AssumptionRow, Ref, str], None]


class SegmentRows(QWidget):
    """The value of a kept customer by segment; customers a year where unknown or asked for.

    One segment has its slider at once, several have fields until everything is shown.
    """

    def __init__(self, bind: Bind, let_go: Callable[[AssumptionRow], None]) -> None:
        super().__init__()
        self._bind, self._let_go = bind, let_go
        self._key: object = None
        self._values: list[AssumptionRow] = []
        self._counts: list[AssumptionRow] = []
        self._groups: list[QWidget] = []
        self._expanded = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_segments(self, segments: Sequence[Segment], currency: str) -> None:
        """Rebuild the rows where there are other segments, or other names."""
        key = (currency, *((s.id, s.name) for s in segments))
        if key == self._key:
            return
        self._key = key
        for row in (*self._values, *self._counts):
            self._let_go(row)
        for group in self._groups:
            group.hide()
            group.deleteLater()
        self._values, self._counts, self._groups = [], [], []
        if segments:
            self._build(segments, currency)
        self.set_expanded(self._expanded)

    def set_expanded(self, expanded: bool) -> None:
        """Show everything, or what is worth a look at once."""
        self._expanded = expanded
        for row in self._values:
            row.set_compact(len(self._values) > 1 and not expanded)
        for row in self._counts:
            row.setVisible(expanded or row.value is None)
        if self._groups:
            self._groups[1].setVisible(expanded or any(r.value is None for r in self._counts))

    def _build(self, segments: Sequence[Segment], currency: str) -> None:
        value, count = self.tr("Value of a kept customer"), self.tr("Customers a year")
        alone = len(segments) == 1
        for segment in segments:
            ref = Ref(Kind.SEGMENT, segment.id)
            row = AssumptionRow(
                value if alone else segment.name, _scale(segment, currency),
                slider=len(segments) <= _SLIDERS_UP_TO,
                source=source_of("value_if_retained") if segment is segments[-1] else "",
            )  # fmt: skip
            self._values.append(self._named(row, value, segment))
            self._bind(row, ref, "value_if_retained")
            row = AssumptionRow(count if alone else segment.name, Scale(0, 1, None, 1),
                                slider=False)  # fmt: skip
            self._counts.append(self._named(row, count, segment))
            self._bind(row, ref, "customers_per_year")
        for title, rows in ((value, self._values), (count, self._counts)):
            self._groups.append(self._group("" if alone else title, rows))

    def _named(self, row: AssumptionRow, what: str, segment: Segment) -> AssumptionRow:
        for widget in (row.field, row.slider):
            widget.setAccessibleName(f"{what}, {segment.name}")
        return row

    def _group(self, title: str, rows: Sequence[AssumptionRow]) -> QWidget:
        group = QWidget(self)
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if title:
            column.addWidget(WrapLabel(title, "sticky", 600))
        for row in rows:
            column.addWidget(row)
        self._column.addWidget(group)
        return group


def _scale(segment: Segment, currency: str) -> Scale:
    highest = _round_up(max(10_000.0, 2 * abs(segment.value_if_retained or 0)))
    return Scale(0, highest, None, highest / 200, unit=numbers.currency_symbol(currency))


def _round_up(value: float) -> float:
    """Return the next round number, 1, 2 or 5 times a power of ten."""
    size = 1.0
    while True:
        for step in (1, 2, 5):
            if step * size >= value:
                return step * size
        size *= 10
