"""The cards under the ranks: leaders against their own lists, and what is planned."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from journey.model.improvement import Improvement
from journey.model.workspace import Workspace
from journey.quarter.compare import Comparison, LeaderChange
from journey.quarter.planning import Planned
from ui.quarter import words
from ui.quarter.card import Card, Rows, cleared
from ui.shell.drawing import draw_box, fill_rect
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import IconLabel, PlainLabel, WrapLabel
from ui.shell.widgets.marks import paint_avatar
from ui.shell.wrapping import paint_line, wrap


class LeaderRows(Rows):
    """A row per leader: what was recovered and what is still open, on one scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._leaders: tuple[LeaderChange, ...] = ()
        self._unit = ("money", "")

    def set_leaders(self, leaders: Sequence[LeaderChange], unit: str, currency: str) -> None:
        """Show these."""
        self._leaders, self._unit = tuple(leaders), (unit, currency)
        self.relay()

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self._leaders)

    def height_of(self, _row: int, _width: float) -> float:
        """Return the height of two lines."""
        return 44.0

    def draw(self, painter: QPainter, row: int, rect: QRectF, theme: Theme) -> None:
        """Paint a row."""
        leader = self._leaders[row]
        fill_rect(painter, QRectF(rect.left(), rect.top(), rect.width(), 1), theme.hairline)
        middle = rect.center().y()
        disc = QRectF(rect.left() + 2, middle - 12, 24, 24)
        paint_avatar(painter, disc, leader.name, theme)
        wide = min(210.0, rect.width() * 0.3)
        upper = QRectF(rect.left() + 34, middle - 17, wide, 18)
        paint_line(painter, upper, leader.name, font("base", 500), theme.text)
        lower = QRectF(rect.left() + 34, middle + 1, wide, 15)
        paint_line(painter, lower, leader.role, font("meta"), theme.text_2)
        left = rect.left() + 34 + wide + 10
        room = max(60.0, rect.width() * 0.3)
        self._draw_bar(painter, leader, QRectF(left, middle - 5, room, 10), theme)
        told = QRectF(left + room + 14, rect.top(), rect.right() - left - room - 14, rect.height())
        laid = wrap(self._told(leader), font("sticky"), 16, told.width())
        laid.paint(painter, QPointF(told.left(), middle - laid.height / 2), theme.text)

    def _draw_bar(
        self, painter: QPainter, leader: LeaderChange, rect: QRectF, theme: Theme
    ) -> None:
        most = max(
            [(x.open_value or 0.0) + max(x.recovered or 0.0, 0.0) for x in self._leaders] + [1e-9]
        )
        recovered = rect.width() * max(leader.recovered or 0.0, 0.0) / most
        still = rect.width() * max(leader.open_value or 0.0, 0.0) / most
        if recovered > 0:
            bar = QRectF(rect.left(), rect.top(), max(recovered, 2.0), rect.height())
            draw_box(painter, bar, 2, theme.improvement_edge)
        if still > 0:
            bar = QRectF(rect.left() + recovered, rect.top(), max(still, 2.0), rect.height())
            draw_box(painter, bar, 2, theme.surface, line=theme.neutral)

    def _told(self, leader: LeaderChange) -> str:
        unit, currency = self._unit
        still = words.tr("{0} still open in {1} rows").format(
            words.amount(leader.open_value, unit, currency), leader.open_rows
        )
        if not leader.finished:
            return words.tr("none finished · {0}").format(still)
        got = words.amount(leader.recovered, unit, currency)
        if leader.recovered is not None and leader.recovered <= 0:
            return words.tr("{0} finished, no gain seen · {1}").format(leader.finished, still)
        if leader.recovered is None:
            return words.tr("{0} finished, not yet seen · {1}").format(leader.finished, still)
        return words.tr("{0} recovered, {1} finished · {2}").format(got, leader.finished, still)


class LeadersCard(Card):
    """Each leader against their own list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.tr("Leaders, each against their own list"), parent)
        self.add_beside_title(
            PlainLabel(
                words.tr("filled: recovered · outlined: still open"), "sticky", 400, "text_2"
            )
        )
        self.rows = LeaderRows()
        self.rows.setAccessibleName(self.title.text())
        self.body.addWidget(self.rows)

    def set_comparison(self, found: Comparison) -> None:
        """Show a comparison's leaders."""
        self.rows.set_leaders(found.leaders, found.unit, found.currency)


class PlanCard(Card):
    """Improvements planned into quarters; what is unfinished rolls over on one press.

    Attributes:
        roll_over: carries the quarter whose unfinished improvements go on to the next.
    """

    roll_over = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.tr("Planned improvements"), parent)
        self.body.setSpacing(4)

    def set_plan(self, ws: Workspace, plan: dict[str, tuple[Planned, ...]], current: str) -> None:
        """Show the plan; a quarter before `current` with unfinished work offers to roll it over."""
        cleared(self.body)
        for quarter, planned in plan.items():
            self._add_quarter(ws, quarter, planned, past=bool(current) and quarter < current)
        self.set_foot(
            ""
            if plan
            else words.tr(
                "Nothing is planned yet. Give an improvement a quarter and a due day in the table, "
                "and it is listed here; what is not finished rolls over to the next quarter."
            )
        )

    def _add_quarter(
        self, ws: Workspace, quarter: str, planned: Sequence[Planned], *, past: bool
    ) -> None:
        done = sum(not p.improvement.is_open for p in planned)
        line = QWidget()
        head = QHBoxLayout(line)
        head.setContentsMargins(0, 6, 0, 0)
        head.addWidget(PlainLabel(words.label(quarter), "base", 600))
        told = words.tr("{0} of {1} finished").format(done, len(planned))
        head.addWidget(PlainLabel(told, "sticky", 400, "text_2"))
        head.addStretch(1)
        if past and done < len(planned):
            text = words.tr("Roll {0} over").format(len(planned) - done)
            button = Button(text, "arrow-right", compact=True)
            button.setProperty("quarter", quarter)
            button.clicked.connect(self._on_roll)
            head.addWidget(button)
        self.body.addWidget(line)
        for each in planned:
            self.body.addWidget(_planned_line(ws, each))

    def _on_roll(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.roll_over.emit(str(sender.property("quarter")))


def _planned_line(ws: Workspace, planned: Planned) -> QWidget:
    """Return a planned improvement in one line: status, title, owner, due, where it comes from."""
    improvement = planned.improvement
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 2, 0, 2)
    row.setSpacing(8)
    leader = ws.leaders.get(planned.leader) if planned.leader else None
    role = "warning" if planned.late else "good" if improvement.status == "done" else "text_2"
    mark = IconLabel(_status_icon(improvement), status_word(improvement.status), "sticky", role)
    mark.setFixedWidth(96)
    row.addWidget(mark)
    row.addWidget(WrapLabel(improvement.title), 1)
    told = [leader.name] if leader else []
    if improvement.due is not None:
        text = words.tr("late since {0}") if planned.late else words.tr("due {0}")
        told.append(text.format(improvement.due.isoformat()))
    if improvement.rolled_from:
        before = ", ".join(words.label(q) for q in improvement.rolled_from)
        told.append(words.tr("rolled over from {0}").format(before))
    row.addWidget(PlainLabel(" · ".join(told), "sticky", 400, "text_2"))
    return line


def _status_icon(improvement: Improvement) -> str:
    return {
        "done": "check-circle",
        "started": "circle-half",
        "planned": "calendar-blank",
        "dropped": "x",
    }.get(improvement.status, "lightbulb")


def status_word(status: str) -> str:
    """Return an improvement's status in words."""
    return {
        "proposed": words.tr("proposed"),
        "planned": words.tr("planned"),
        "started": words.tr("started"),
        "done": words.tr("done"),
        "dropped": words.tr("dropped"),
    }.get(status, status)
