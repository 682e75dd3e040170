"""The calculators of the Evidence screen and the dialog that codes by rule, with their work."""

from datetime import datetime
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
from journey.model.quarter import quarter_number, quarter_of
from ui.evidence import words
from ui.evidence.comments import pain_points_for
from ui.evidence.work import CountRule, Leaving, Value
from ui.jobs import JobResult, Jobs
from ui.session import Session
from ui.shell.icons import icon
from ui.shell.widgets.buttons import Button

if TYPE_CHECKING:
    from journey.evidence.answers import Answers
    from ui.evidence.calculators import PlannerDialog, ValueDialog
    from ui.evidence.coding import RuleDialog
    from ui.evidence.counting import ChurnDialog, ServiceDialog
    from ui.evidence.health import HealthDialog


class Tools(QObject):
    """Opens the calculators and answers them.

    Attributes:
        failed: an error. rule_ordered: a CommentRule is to be applied.
        kept: a tuple of Figure, to be kept in the quarter shown.
    """

    failed = Signal(object)
    rule_ordered = Signal(object)
    kept = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._jobs, self._window = session, jobs, window
        self._name = ""
        self._quarter: str | None = None
        self._question: Question | None = None
        self._counts: ScoreCounts | None = None
        self.value: ValueDialog | None = None
        self.churn: ChurnDialog | None = None
        self.service: ServiceDialog | None = None
        self.health: HealthDialog | None = None
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
        self._quarter = quarter
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
            ("headset", words.tr("Service and acquisition…"), self.open_service),
            ("heartbeat", words.tr("Customer health score…"), self.open_health),
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
        ws = self._session.document.workspace
        names = {str(segment.id): segment.name for segment in ws.segments.values()}
        self.value = ValueDialog(currency, names, ws.info.minimum_n, self._window)
        self.value.wanted.connect(self._on_value_wanted)
        self._open(self.value)
        self.value.ask()

    def open_churn(self) -> None:
        """Open the table of churn."""
        from ui.evidence.counting import ChurnDialog

        document = self._session.document
        self.churn = ChurnDialog(document.workspace.info.currency, self._window)
        self._count(self.churn)
        self._jobs.store(Leaving(document.storage, document.workspace.copy()), self._on_churn)

    def open_service(self) -> None:
        """Open the calculator of service and acquisition."""
        from ui.evidence.counting import ServiceDialog

        currency = self._session.document.workspace.info.currency
        self.service = ServiceDialog(currency, self._window)
        self._count(self.service)

    def open_health(self) -> None:
        """Open the health score with the anchors declared before."""
        from journey.metrics.health_anchors import read_anchors
        from ui.evidence.health import HEALTH, HealthDialog, ingredients

        ws = self._session.document.workspace
        notes = (k.note for k in ws.kpis.values() if k.measure == HEALTH)
        declared = next(filter(None, map(read_anchors, notes)), ())
        self.health = HealthDialog(ingredients(ws), declared, self.quarter, self._window)
        self.health.kept.connect(self.kept)
        self._open(self.health)

    def _count(self, dialog: "ChurnDialog | ServiceDialog") -> None:
        dialog.set_quarter(self.quarter)
        dialog.kept.connect(self.kept)
        self._open(dialog)

    @property
    def quarter(self) -> str:
        """Return the quarter that figures are kept in; "" where nothing may be changed."""
        if self._session.document.read_only:
            return ""
        ws = self._session.document.workspace
        today = datetime.now().astimezone().date()
        return self._quarter or quarter_of(today, ws.info.fiscal_year_start_month)

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
        for name in ("value", "churn", "service", "health", "planner", "rule"):
            held = getattr(self, name)
            if held is not None and not isValid(held):
                setattr(self, name, None)

    def _open_menu(self) -> None:
        self.menu().popup(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))

    def _on_value_wanted(self, given: object) -> None:
        assert isinstance(given, ClvInputs)
        document = self._session.document
        cohort = self.value.survivors if self.value is not None else ()
        work = Value(document.storage, document.workspace.copy(), given, cohort)
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
