"""The calculators of the Evidence screen and the dialog that codes by rule, with their work."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from journey.evidence.figures import QuestionFigures
from journey.metrics.clv_variants import ClvInputs
from journey.metrics.counts import ScoreCounts
from journey.metrics.kinds import Metric, MetricError
from journey.model.evidence import Question
from journey.model.ids import TouchpointId
from journey.model.quarter import quarter_number
from ui.evidence import words
from ui.evidence.comments import pain_points_for
from ui.evidence.work import CountRule, Leaving, Value
from ui.jobs import JobResult, Jobs
from ui.session import Session
from ui.shell.icons import icon
from ui.shell.widgets.buttons import Button

if TYPE_CHECKING:
    from journey.evidence.answers import Answers
    from ui.evidence.calculators import ChurnDialog, PlannerDialog, ValueDialog
    from ui.evidence.coding import RuleDialog


class Tools(QObject):
    """Opens the calculators and answers them.

    Attributes:
        failed: an error. rule_ordered: a CommentRule is to be applied.
    """

    failed = Signal(object)
    rule_ordered = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._jobs, self._window = session, jobs, window
        self._name = ""
        self._question: Question | None = None
        self._counts: ScoreCounts | None = None
        self.value: ValueDialog | None = None
        self.churn: ChurnDialog | None = None
        self.planner: PlannerDialog | None = None
        self.rule: RuleDialog | None = None
        self.button = Button(words.tr("Calculate"), "calculator", "link", compact=True)
        self.button.clicked.connect(self._open_menu)

    def set_place(
        self,
        name: str,
        current: QuestionFigures | None,
        answers: "Answers | None",
        quarter: str | None,
    ) -> None:
        """Say for which question the planner plans."""
        self._name, self._question, self._counts = name, None, None
        if current is not None and answers is not None:
            self._question = current.question
            period = quarter_number(quarter) if quarter else None
            self._counts = answers.pooled(current.question.id, period)

    def menu(self) -> QMenu:
        """Return the calculators."""
        menu = QMenu(self._window)
        for glyph, text, slot in (
            ("target", words.tr("Plan a survey…"), self.open_planner),
            ("currency-eur", words.tr("Customer lifetime value…"), self.open_value),
            ("sign-out", words.tr("Churn…"), self.open_churn),
        ):
            action = QAction(icon(glyph), text, menu)
            action.triggered.connect(slot)
            menu.addAction(action)
        return menu

    def open_planner(self) -> None:
        """Plan the answers of the question shown; without one, of an NPS."""
        from ui.evidence.calculators import PlannerDialog

        counts = self._counts
        if counts is None:
            question = self._question
            metric = Metric(question.metric) if question else Metric.NPS
            low, high = question.scale if question else (0, 10)
            higher = question.higher_is_better if question else True
            counts = ScoreCounts(metric, low, high, higher, {})
        self.planner = PlannerDialog(self._name, counts, self._window)
        self._open(self.planner)

    def open_value(self) -> None:
        """Open the calculator of customer value."""
        from ui.evidence.calculators import ValueDialog

        currency = self._session.document.workspace.info.currency
        self.value = ValueDialog(currency, self._window)
        self.value.wanted.connect(self._on_value_wanted)
        self._open(self.value)
        self.value.ask()

    def open_churn(self) -> None:
        """Open the table of churn."""
        from ui.evidence.calculators import ChurnDialog

        self.churn = ChurnDialog(self._window)
        self._open(self.churn)
        document = self._session.document
        self._jobs.store(Leaving(document.storage, document.workspace.copy()), self._on_churn)

    def open_rule(self, touchpoint: TouchpointId | None, search: str) -> None:
        """Ask for a rule that codes comments of a touchpoint."""
        from ui.evidence.coding import RuleDialog

        here = pain_points_for(self._session.document.workspace, touchpoint)
        if not here:
            return
        self.rule = RuleDialog(here, search, self._window)
        self.rule.counted_wanted.connect(self._on_rule_counted)
        self.rule.ordered.connect(self.rule_ordered)
        self._open(self.rule)
        self.rule.ask()

    def _open(self, dialog: Any) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.destroyed.connect(self._on_gone)
        dialog.open()

    def _on_gone(self, _gone: QObject) -> None:
        """Forget a dialog that went; what the signal carries is no longer the dialog itself."""
        for name in ("value", "churn", "planner", "rule"):
            held = getattr(self, name)
            if held is not None and not isValid(held):
                setattr(self, name, None)

    def _open_menu(self) -> None:
        self.menu().popup(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))

    def _on_value_wanted(self, given: object) -> None:
        assert isinstance(given, ClvInputs)
        document = self._session.document
        work = Value(document.storage, document.workspace.copy(), given)
        self._jobs.store(work, self._on_value)

    def _on_value(self, result: JobResult) -> None:
        if self.value is None:
            return
        report: Any = result.value
        if isinstance(result.error, MetricError):
            self.value.set_fault(result.error)
        elif result.error is not None:
            self.failed.emit(result.error)
        else:
            self.value.set_report(report)

    def _on_churn(self, result: JobResult) -> None:
        figures: Any = result.value
        if result.error is not None:
            self.failed.emit(result.error)
        elif self.churn is not None:
            self.churn.set_figures(figures, self._session.document.workspace.info.minimum_n)

    def _on_rule_counted(self, rule: object) -> None:
        document = self._session.document
        work = CountRule(document.storage, document.workspace.copy(), rule)  # type: ignore[arg-type]
        self._jobs.store(work, self._on_rule_found)

    def _on_rule_found(self, result: JobResult) -> None:
        found: Any = result.value
        if result.error is not None:
            self.failed.emit(result.error)
        elif self.rule is not None:
            self.rule.set_found(*found)
