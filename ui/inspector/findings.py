"""What was found about the selected object: its metrics, and its place in the ranking."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from journey.metrics import Metric, MetricResult
from journey.model.ids import Ref
from journey.model.workspace import Workspace
from ui import numbers
from ui.inspector.scale_line import ScaleLine
from ui.map.figures import margin_words
from ui.priorities.figures import Figures
from ui.priorities.placed import Placed
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.evidence import Chip, IntervalBar, LevelBadge
from ui.shell.widgets.labels import PlainLabel, WrapLabel
from ui.shell.widgets.marks import ChipFace, ChipState
from ui.shell.wrapping import paint_line, text_width

if TYPE_CHECKING:
    from journey.priority.result import RankedItem, Ranking
    from storage.evidence import MetricRow
    from ui.shell.widgets.marks import Interval

LABELS: Final[Mapping[Metric, str]] = {
    Metric.NPS: "NPS",
    Metric.CSAT: "CSAT",
    Metric.CES1: "CES",
    Metric.CES2: "CES",
    Metric.RATING: "Rating",
}
_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Inspector", text)


@dataclass(slots=True)
class Findings:
    """The findings the inspector shows; its owner replaces them, the parts read them."""

    metrics: Sequence["MetricRow"] = field(default_factory=tuple)
    placed: Placed = field(default_factory=lambda: Placed(None))

    def item(self, pain_point: str) -> "RankedItem | None":
        """Return the row of a pain point in the ranking."""
        return self.placed.item(pain_point)


def chip_face(result: MetricResult) -> ChipFace:
    """Return the texts of a metric's chip."""
    label, n = LABELS[result.metric], numbers.number(result.n, 0)
    if result.value is None:
        state = ChipState.TOO_FEW if result.n else ChipState.NOT_ASKED
        return ChipFace(label, n=n, state=state)
    decimals = 0 if result.metric is Metric.NPS else 1
    margin = "" if result.margin is None else margin_words(result.margin, decimals)
    return ChipFace(label, numbers.score(result.value, result.metric.value), margin, n)


class DistributionBars(QWidget):
    """How often each score was given; an NPS has its three classes bracketed and named."""

    _BARS, _LABELS = 40, 15

    def __init__(self, result: MetricResult, scale: tuple[int, int]) -> None:
        super().__init__()
        self._counts = dict(result.distribution)
        self._scores = list(range(scale[0], scale[1] + 1))
        self._classes = _classes(self._counts) if result.metric is Metric.NPS else ()
        high = self._BARS + self._LABELS + (22 if self._classes else 0)
        self.setFixedHeight(high)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        told = (f"{score}: {count}" for score, count in sorted(self._counts.items()))
        self.setAccessibleName(tr("Answers by score: {0}").format(", ".join(told)))

    def sizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(240, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme = active_theme()
        most = max(self._counts.values(), default=1)
        pitch = self.width() / max(len(self._scores), 1)
        with QPainter(self) as painter:
            for place, score in enumerate(self._scores):
                count = self._counts.get(score, 0)
                high = max(self._BARS * count / most, 1.0)
                bar = QRectF(place * pitch + 1.5, self._BARS - high, pitch - 3, high)
                painter.fillRect(bar, self._colour(score, theme) if count else theme.hairline)
                label = QRectF(place * pitch, self._BARS + 1, pitch, self._LABELS)
                paint_line(
                    painter, label, str(score), font("meta"), theme.text_2, alignment=_CENTRE
                )
            for first, last, _ in self._classes:
                self._paint_bracket(painter, first * pitch, (last + 1) * pitch, theme)
            self._paint_names(painter, theme)

    def _paint_bracket(self, painter: QPainter, left: float, right: float, theme: Theme) -> None:
        top = self._BARS + self._LABELS + 2
        painter.fillRect(QRectF(left + 2, top, right - left - 4, 1), theme.outline)
        for x in (left + 2, right - 3):
            painter.fillRect(QRectF(x, top - 3, 1, 3), theme.outline)

    def _paint_names(self, painter: QPainter, theme: Theme) -> None:
        """Name the classes in a line: the first at the left, the last at the right."""
        if not self._classes:
            return
        face, top = font("meta"), self._BARS + self._LABELS + 5
        names = [words for _, _, words in self._classes]
        left, right = (text_width(name, face) for name in (names[0], names[-1]))
        line = QRectF(0, top, self.width(), 15)
        middle = QRectF(left, top, self.width() - left - right, 15)
        paint_line(painter, line, names[0], face, theme.text_2)
        paint_line(painter, middle, names[1], face, theme.text_2, alignment=_CENTRE)
        paint_line(painter, line, names[2], face, theme.text_2, alignment=_RIGHT)

    def _colour(self, score: int, theme: Theme) -> object:
        if not self._classes:
            return theme.measured
        return theme.detractor if score <= 6 else theme.passive if score <= 8 else theme.promoter


def _classes(counts: Mapping[int, int]) -> tuple[tuple[int, int, str], ...]:
    """Return first score, last score and words of the classes of an NPS on 0 … 10."""
    n = sum(counts.values())
    if not n:
        return ()
    shares = Counter[str]()
    for score, count in counts.items():
        shares["d" if score <= 6 else "s" if score <= 8 else "p"] += count
    return (
        (0, 6, tr("detractors {0}").format(numbers.percent(shares["d"] / n))),
        (7, 8, tr("passives {0}").format(numbers.percent(shares["s"] / n))),
        (9, 10, tr("promoters {0}").format(numbers.percent(shares["p"] / n))),
    )


class MetricList(QWidget):
    """Every question at a touchpoint: figure, interval, distribution."""

    def __init__(self, ref: Ref, findings: Findings) -> None:
        super().__init__()
        self._ref, self._findings = ref, findings
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._read: Sequence[MetricRow] | None = None
        self._shown: tuple[MetricRow, ...] | None = None
        self._empty = WrapLabel(tr("Nothing was asked here."), "sticky", 400, "text_3")
        self._column.addWidget(self._empty)
        self._blocks: list[QWidget] = []

    def refresh(self, _ws: Workspace) -> None:
        """Show the metrics of the touchpoint."""
        if self._findings.metrics is self._read:
            return
        self._read = self._findings.metrics
        rows = tuple(r for r in self._findings.metrics if r.touchpoint == self._ref.id)
        if rows == self._shown:
            return
        self._shown = rows
        for block in self._blocks:
            block.hide()
            block.deleteLater()
        self._blocks = [self._block(row, _ws) for row in rows]
        for block in self._blocks:
            self._column.addWidget(block)
        self._empty.setVisible(not rows)

    def _block(self, row: "MetricRow", ws: Workspace) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        if row.question.text:
            column.addWidget(WrapLabel(row.question.text, "sticky"))
        line = QHBoxLayout()
        line.addWidget(Chip(chip_face(row.result)))
        segment = ws.segments.get(row.segment) if row.segment else None
        words = [segment.name] if segment else []
        words += _interval_words(row.result)
        line.addWidget(WrapLabel(" · ".join(words), "meta", 400, "text_2"), 1)
        column.addLayout(line)
        if row.result.distribution:
            column.addWidget(DistributionBars(row.result, row.question.scale))
            if row.result.metric is not Metric.NPS:
                column.addWidget(WrapLabel(_shares(row.result), "meta", 400, "text_2"))
        return block


def _interval_words(result: MetricResult) -> list[str]:
    if result.suppressed:
        return [tr("too few to show")]
    if result.low is None or result.high is None:
        return []
    ends = (numbers.score(end, result.metric.value) for end in (result.low, result.high))
    words = [tr("95 %: {0}").format(numbers.interval(*ends))]
    return [*words, tr("indicative")] if result.grade == "indicative" else words


def _shares(result: MetricResult) -> str:
    parts: list[str] = []
    if result.top2box is not None:
        parts.append(tr("best two scores {0}").format(numbers.percent(result.top2box)))
    if result.bottom_share is not None:
        parts.append(tr("worst scores {0}").format(numbers.percent(result.bottom_share)))
    return " · ".join(parts)


class RankBlock(QWidget):
    """A pain point's value, interval, rank and the sentence that says why.

    Fires `why_not_higher` with its Ref.
    """

    why_not_higher = Signal(object)

    def __init__(self, ref: Ref, findings: Findings) -> None:
        super().__init__()
        self._ref, self._findings = ref, findings
        self._shown: Ranking | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._body: QWidget | None = None

    def refresh(self, _ws: Workspace) -> None:
        """Show the pain point's row of the ranking."""
        ranking = self._findings.placed.ranking
        if self._body is not None and ranking is self._shown:
            return
        item, figures = self._findings.item(self._ref.id), self._findings.placed.figures
        self._shown = ranking
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if item is None or ranking is None or figures is None:
            column.addWidget(WrapLabel(tr("Not in a ranking yet."), "sticky", 400, "text_3"))
        else:
            ranked = sum(i.rank is not None for i in ranking.items)
            self._fill(column, item, figures, ranked)
        self._column.addWidget(self._body)

    def _fill(self, column: QVBoxLayout, item: "RankedItem", figures: Figures, ranked: int) -> None:
        from ui.priorities.words import rank_range

        interval = figures.interval(item)
        unit = figures.unit.label if figures.unit else ""
        head = QHBoxLayout()
        head.setSpacing(8)
        big = figures.value(item) if interval else tr("Opinion") if item.rank else tr("Unknown")
        shown = f"{big}{numbers.NO_BREAK}{unit}" if interval and unit else big
        head.addWidget(PlainLabel(shown, "figure", 600))
        head.addStretch(1)
        head.addWidget(PlainLabel(tr("evidence"), "sticky", 400, "text_2"))
        head.addWidget(LevelBadge(item.level.value))
        column.addLayout(head)
        if interval is not None:
            caption = tr("customer value kept, for each year's customers")
            words = caption if figures.unit else figures.index_name
            column.addWidget(WrapLabel(words, "meta", 400, "text_2"))
            column.addWidget(IntervalBar(interval, figures.scale, figures.full(item)))
            column.addWidget(_under_bar(figures, interval))
        span = rank_range(item)
        rank = tr("{0} of {1}").format(item.rank, ranked) if item.rank else tr("not ranked")
        told = [(tr("Rank"), rank, span if span != str(item.rank) else "")]
        if interval is not None and item.p_top5 is not None:
            told.append((tr("Top {0}").format(figures.top_k), numbers.percent(item.p_top5), ""))
        if interval is not None:
            day_unit = figures.day_unit.label if figures.day_unit else ""
            per_day = f"{figures.per_day(item)}{numbers.NO_BREAK}{day_unit}".strip()
            told.append((tr("Per day of work"), per_day, ""))
        column.addLayout(_facts(told))
        column.addSpacing(4)
        column.addWidget(PlainLabel(tr("Why this rank"), "base", 600))
        column.addWidget(WrapLabel(numbers.keep_units(item.sentence)))
        if item.why_not_higher:
            more = Button(tr("Why not higher"), "caret-right", "link", icon_after=True)
            more.clicked.connect(self._on_why)
            line = QHBoxLayout()
            line.addWidget(more)
            line.addStretch(1)
            column.addLayout(line)

    def _on_why(self) -> None:
        self.why_not_higher.emit(self._ref)


class EvidenceFacts(QWidget):
    """What lies behind a pain point's place in the ranking, a line each."""

    def __init__(self, ref: Ref, findings: Findings) -> None:
        super().__init__()
        self._ref, self._findings = ref, findings
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._lines: list[WrapLabel] = []

    def refresh(self, _ws: Workspace) -> None:
        """Say what the ranking of now says."""
        from ui.priorities.words import facts

        item = self._findings.item(self._ref.id)
        told = facts(item) if item is not None else [tr("Not in a ranking yet.")]
        if told == [line.text() for line in self._lines]:
            return
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = [WrapLabel(text, "base", 400, "text_2") for text in told]
        for line in self._lines:
            self._column.addWidget(line)


def _under_bar(figures: Figures, interval: "Interval") -> ScaleLine:
    """Return the ends of the scale and the 80 % interval under a bar."""
    unit = figures.unit.label if figures.unit else ""
    first = figures.tick(interval.low_80, precise=True)
    last = figures.tick(interval.high_80, precise=True)
    middle = tr("80 %: {0}").format(numbers.interval(first, last, unit))
    high = figures.tick(figures.ticks[-1])
    label = f"{high}{numbers.NO_BREAK}{unit}" if unit else high
    return ScaleLine(figures.scale, ((0.0, "0"), (figures.ticks[-1], label)), middle)


def _facts(told: Sequence[tuple[str, str, str]]) -> QHBoxLayout:
    """Return figures side by side: name, value, and a lighter word behind the value."""
    row = QHBoxLayout()
    row.setSpacing(18)
    for name, value, more in told:
        cell = QVBoxLayout()
        cell.setSpacing(1)
        cell.addWidget(PlainLabel(name, "meta", 400, "text_2"))
        figure = QHBoxLayout()
        figure.setSpacing(4)
        figure.addWidget(PlainLabel(value, "base", 600))
        if more:
            figure.addWidget(PlainLabel(more, "sticky", 400, "text_2"))
        figure.addStretch(1)
        cell.addLayout(figure)
        row.addLayout(cell)
    row.addStretch(1)
    return row
