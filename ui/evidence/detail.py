"""One touchpoint: its head, distribution, trend, segments, KPIs and comments."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from journey.evidence.figures import QuestionFigures
from journey.evidence.series import KpiSeries, kpi_series
from journey.model.ids import QuestionId, SegmentId, TouchpointId
from journey.model.workspace import Workspace
from ui import numbers
from ui.evidence import words
from ui.evidence.comments import CommentsCard
from ui.evidence.plots import Plot
from ui.evidence.scores import ScoresCard
from ui.evidence.segments import KpiCard, SegmentsCard
from ui.evidence.trend import TrendCard
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.choice import Choice
from ui.shell.widgets.labels import PlainLabel, WrapLabel
from ui.shell.widgets.picker import PickerButton

_BESIDE_FROM: Final = 700
_KPIS_SHOWN: Final = 12
_KPI_BESIDE: Final = 232
_KPI_WIDEST: Final = 300


class BigFigure(QWidget):
    """A figure with its name above: "NPS, 95 %" over "−8 −17 to +1"."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.name = PlainLabel(name, "sticky", 400, "text_2")
        line = QHBoxLayout()
        line.setSpacing(6)
        self.value = PlainLabel("", "screen", 600)
        self.beside = PlainLabel("", "sticky", 400, "text_2")
        line.addWidget(self.value)
        line.addWidget(self.beside, 0, Qt.AlignmentFlag.AlignBottom)
        column.addWidget(self.name)
        column.addLayout(line)

    def show_figure(self, name: str, value: str, beside: str = "") -> None:
        """Show another figure."""
        self.name.setText(name)
        self.value.setText(value)
        self.beside.setText(beside)
        self.setAccessibleName(f"{name}: {value} {beside}".strip())


class DetailHead(QWidget):
    """Whose evidence it is, what was asked, and the figures in big.

    Attributes:
        question_chosen: carries the id of another question of the touchpoint.
        map_wanted: the touchpoint is to be shown on the map.
    """

    question_chosen = Signal(str)
    map_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        left = QVBoxLayout()
        left.setSpacing(3)
        self.name = WrapLabel("", "screen", 600)
        self.about = WrapLabel("", "sticky", 400, "text_2")
        self.asked = WrapLabel("", "base", 400, "text_2")
        self.picker = PickerButton("chart-bar", words.tr("Question"))
        self.picker.set_compact(True)
        self.picker.chosen.connect(self.question_chosen)
        for widget in (self.name, self.about, self.asked):
            left.addWidget(widget)
        picker = QHBoxLayout()
        self.map_button = Button(words.tr("Show on the map"), "map-trifold", compact=True)
        self.map_button.clicked.connect(self.map_wanted)
        picker.setSpacing(8)
        picker.addWidget(self.picker)
        picker.addWidget(self.map_button)
        picker.addStretch(1)
        left.addLayout(picker)
        row.addLayout(left, 1)
        self.figure, self.answers, self.target = (BigFigure("") for _ in range(3))
        for figure in (self.figure, self.answers, self.target):
            row.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)

    def show_place(self, ws: Workspace, touchpoint: TouchpointId | None) -> None:
        """Tell the touchpoint's name, stage, owner and journeys."""
        place = ws.touchpoints.get(touchpoint) if touchpoint else None
        self.map_button.setVisible(place is not None)
        if place is None:
            self.name.set_text(words.tr("Whole company"))
            self.about.set_text(words.tr("Questions and KPIs that belong to no touchpoint"))
            return
        stage = ws.stages.get(place.stage) if place.stage else None
        owner = ws.leaders.get(place.owner) if place.owner else None
        parts = [stage.name if stage else "", place.channel]
        if owner is not None:
            parts.append(words.tr("owner {0}").format(owner.name))
        if place.shared_with:
            parts.append(words.tr("shared by {0} journeys").format(len(place.shared_with) + 1))
        self.name.set_text(place.name)
        self.about.set_text(" · ".join(part for part in parts if part))

    def show_question(
        self, questions: Sequence[QuestionFigures], current: QuestionFigures | None
    ) -> None:
        """Tell what was asked and what came of it."""
        self.picker.setVisible(len(questions) > 1)
        choices = [Choice(f.question.id, _question_label(f)) for f in questions]
        self.picker.set_choices(choices, current.question.id if current else "")
        for figure in (self.figure, self.answers, self.target):
            figure.setVisible(current is not None)
        if current is None:
            self.asked.set_text(words.tr("Nothing was asked here, or nobody answered."))
            return
        question, result = current.question, current.result
        text = f"“{question.text}” · " if question.text else ""
        self.asked.set_text(f"{text}{words.scale_word(question)}")
        name = words.tr("{0}, 95 %").format(words.metric_word(question.metric))
        value = words.tr("too few") if result.n else numbers.NONE
        if result.value is not None:
            value = words.value_text(result.value, question.metric)
        self.figure.show_figure(name, value, words.interval_text(result))
        self.answers.show_figure(words.tr("Answers"), numbers.number(result.n, 0))
        self.target.setVisible(current.target is not None)
        if current.target is not None:
            told = words.value_text(current.target, question.metric)
            self.target.show_figure(words.tr("Target"), told)


def _question_label(figures: QuestionFigures) -> str:
    text = figures.question.text or figures.question.id
    return f"{words.metric_word(figures.question.metric)} · {text}"


class Detail(QWidget):
    """Everything about one touchpoint, scrolled.

    Attributes:
        picture_made: (path, bytes) of a plot. noted: icon and sentence.
        comments_wanted: the comments are to be found anew.
    """

    picture_made = Signal(object, bytes)
    noted = Signal(str, str)
    comments_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = DetailHead()
        self.scores, self.trend = ScoresCard(), TrendCard()
        self.segments, self.comments = SegmentsCard(), CommentsCard()
        self.kpis: list[KpiCard] = []
        self._questions: tuple[QuestionFigures, ...] = ()
        self._workspace: Workspace | None = None
        self._touchpoint: TouchpointId | None = None
        self._quarter: str | None = None
        self._question: QuestionId | None = None
        self._build()
        self.head.question_chosen.connect(self._on_question)
        for plot in (self.scores.plot, self.trend.plot):
            self._connect_plot(plot)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.head)
        self._plots = QHBoxLayout()
        self._plots.setSpacing(12)
        self._plots.addWidget(self.scores, 4)
        self._plots.addWidget(self.trend, 3)
        column.addLayout(self._plots)
        self._beside = QHBoxLayout()
        self._beside.setSpacing(12)
        self._beside.addWidget(self.segments, 1)
        self._beside.addStretch(0)
        column.addLayout(self._beside)
        self._kpi_row = QWidget()
        self._kpi_line = QHBoxLayout(self._kpi_row)
        self._kpi_line.setContentsMargins(0, 0, 0, 0)
        self._kpi_line.setSpacing(12)
        self._kpi_scroll = QScrollArea()
        self._kpi_scroll.setWidgetResizable(True)
        self._kpi_scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._kpi_scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._kpi_scroll.setFixedHeight(196)
        self._kpi_scroll.setWidget(self._kpi_row)
        column.addWidget(self._kpi_scroll)
        column.addWidget(self.comments)
        column.addStretch(1)
        self._scroll.setWidget(inner)
        outer.addWidget(self._scroll)

    @property
    def touchpoint(self) -> TouchpointId | None:
        """Whose evidence is shown; None: what belongs to no touchpoint."""
        return self._touchpoint

    @property
    def current(self) -> QuestionFigures | None:
        """The question shown."""
        found = (f for f in self._questions if f.question.id == self._question)
        return next(found, self._questions[0] if self._questions else None)

    @property
    def questions(self) -> tuple[QuestionFigures, ...]:
        """All questions of the touchpoint, the one shown first."""
        current = self.current
        rest = tuple(f for f in self._questions if f is not current)
        return (current, *rest) if current is not None else ()

    @property
    def shown_segments(self) -> list[SegmentId]:
        """The segments whose names may stand beside a comment: those with a figure shown."""
        current = self.current
        cells = current.segments if current else ()
        return [c.segment for c in cells if c.segment is not None and not c.hidden]

    def show_place(
        self,
        ws: Workspace,
        touchpoint: TouchpointId | None,
        questions: tuple[QuestionFigures, ...],
        quarter: str | None,
    ) -> None:
        """Show a touchpoint's evidence of a quarter."""
        if touchpoint != self._touchpoint:
            self._question = None
            self._scroll.verticalScrollBar().setValue(0)
        self._workspace, self._touchpoint = ws, touchpoint
        self._questions, self._quarter = questions, quarter
        self.head.show_place(ws, touchpoint)
        self._show_kpis(kpi_series(ws, touchpoint))
        self._show_question()

    def _show_question(self) -> None:
        assert self._workspace is not None
        current = self.current
        self.head.show_question(self._questions, current)
        self.scores.set_figures(current, self._quarter)
        self.trend.set_figures(current)
        self.segments.set_figures(current, self._workspace)
        for card in (self.scores, self.trend, self.segments):
            card.setVisible(current is not None)
        question = current.question if current else None
        self.comments.set_frame(self._workspace, self._touchpoint, question, self.shown_segments)

    def _show_kpis(self, series: Sequence[KpiSeries]) -> None:
        """Put one KPI beside the segments, several in a row of their own."""
        for card in self.kpis:
            card.hide()
            card.deleteLater()
        while self._kpi_line.takeAt(0) is not None:
            pass
        self.kpis = []
        for each in series[:_KPIS_SHOWN]:
            card = KpiCard(each)
            self._connect_plot(card.plot)
            if len(series) == 1:
                card.setFixedWidth(_KPI_BESIDE)
                self._beside.insertWidget(1, card)
            else:
                card.setMaximumWidth(_KPI_WIDEST)
                self._kpi_line.addWidget(card)
            self.kpis.append(card)
        self._kpi_line.addStretch(1)
        self._kpi_scroll.setVisible(len(self.kpis) > 1)

    def _connect_plot(self, plot: Plot) -> None:
        plot.picture_made.connect(self.picture_made)
        plot.noted.connect(self.noted)

    def _on_question(self, question: str) -> None:
        self._question = QuestionId(question)
        self._show_question()
        self.comments_wanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: a narrow window has the plots under each other."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        wide = self.width() >= _BESIDE_FROM
        self._plots.setDirection(way.LeftToRight if wide else way.TopToBottom)
