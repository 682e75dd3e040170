"""Keeps the Priorities screen in step with the findings: what is tried out, asked and answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from journey.errors import RankingError
from journey.model.assumptions import Assumptions
from journey.model.ids import Ref
from journey.model.workspace import Workspace
from journey.priority.result import RankedItem, Ranking
from ui.findings import Findings
from ui.jobs import Cancelled, JobResult
from ui.priorities import frozen_words
from ui.priorities.budget_section import BudgetSection
from ui.priorities.classic_section import ClassicSection
from ui.priorities.design_section import CheckDesign, DesignSection
from ui.priorities.doubt_sections import MeasureSection, ReturnSection, SureSection
from ui.priorities.effect_faces import effect_faces
from ui.priorities.figures import Figures, figures_of
from ui.priorities.frozen_section import FrozenSection
from ui.priorities.looked import Looked, looked_at
from ui.studies import Ask, Bench

if TYPE_CHECKING:
    from journey.decision.hidden_cause import Unseat
    from journey.decision.next_data import NextMeasurement
    from journey.decision.payback import Return
    from journey.decision.scenarios import ScenarioRow
    from journey.priority.classic import Comparison
    from journey.priority.estimate import Estimate
    from journey.priority.source import PainFacts
    from journey.quarter.record import PainCount
    from ui.priorities.view import PrioritiesView

_MEASURED = frozenset("ABC")


class Live(QObject):
    """Asks what the side panel shows, only while the screen is looked at.

    The side panel's parts are here: `budget`, `classic`, `measure`, `sure`, `returns`, `design`.
    """

    def __init__(self, findings: Findings, view: "PrioritiesView") -> None:
        super().__init__(view)
        self._findings, self._view = findings, view
        self._ranking: Ranking | None = None
        self._workspace: Workspace | None = None
        self._figures: Figures | None = None
        self._asked_for: Ranking | None = None
        self._looked = Looked()
        self._check = 0
        self.budget, self.classic = BudgetSection(), ClassicSection()
        self.measure, self.sure = MeasureSection(), SureSection()
        self.returns, self.design = ReturnSection(), DesignSection()
        self.off = FrozenSection()
        self._sections = (
            self.budget, self.classic, self.measure, self.sure, self.returns, self.design,
        )  # fmt: skip
        for section in (self.off, *self._sections):
            view.assumptions.add_section(section)
            section.hide()
        self.budget.days_wanted.connect(self._ask_budget)
        self.classic.all_requested.connect(view.show_methods)
        self.design.check_requested.connect(self._on_check)
        view.assumptions.tried.connect(self._on_tried)
        view.assumptions.compare_requested.connect(self._on_compare)
        view.answers_wanted.connect(self._on_answers)
        view.filters.segment.chosen.connect(findings.look_at)
        view.banners.all_wanted.connect(self._on_all)
        view.banners.open_wanted.connect(self._on_open)
        view.empty.all_requested.connect(self._on_all)
        findings.preview_changed.connect(view.set_preview)

    def look_again(self) -> Looked:
        """Return what the findings show now, and offer what else could be looked at."""
        self._looked = looked_at(self._findings, self._findings.open_workspace)
        segments = () if self._looked.is_record else self._looked.segments
        self._view.filters.segment.set_segments(segments, self._looked.segment)
        frozen = self._looked.frozen
        self._view.assumptions.set_frozen(frozen.workspace if frozen is not None else None)
        return self._looked

    def follow(self, ranking: Ranking | None, workspace: Workspace | None) -> None:
        """Follow another list; what stands behind it is asked for when it is looked at."""
        self._ranking, self._workspace = ranking, workspace
        self._figures = figures_of(ranking) if ranking is not None else None
        self._end_check()
        listed = ranking is not None and bool(ranking.items) and not self._looked.missing
        live = listed and not self._looked.is_record
        self.off.setVisible(listed and not live)
        for section in self._sections:
            section.setVisible(live and section in self._always)
        if ranking is None or not listed:
            return
        people = any(i.relational and i.level.value in _MEASURED for i in ranking.items)
        self._view.assumptions.set_of_people(people)
        if not live:
            self._view.assumptions.set_effects({})
            self._view.methods.show_none(frozen_words.methods_off())
            return
        if self._looked.segment is not None:
            self._view.assumptions.set_effects({})
            self._view.methods.show_none(frozen_words.methods_of_all())
        self.design.setVisible(people and self._looked.segment is None)
        self.look()

    @property
    def _always(self) -> Sequence[QWidget]:
        """The sections of every list, of one segment's those that can speak of it."""
        every = (self.budget, self.measure, self.sure)
        return every if self._looked.segment is not None else (*every, self.classic)

    def look(self) -> None:
        """Ask for what is not known yet of the list, if the screen is in sight."""
        if self._ranking is None or self._ranking is self._asked_for:
            return
        if not self._view.isVisible() or self._figures is None:
            return
        self._asked_for = self._ranking
        if not self._ranking.items or self._looked.is_record or self._looked.missing:
            return
        segment = self._looked.segment

        def doubts(bench: Bench, workspace: Workspace, _cancelled: Cancelled) -> object:
            part = bench.part(workspace, segment)
            return None if part is None else _doubts(part, workspace)

        self.budget.set_ranking(self._ranking, self._figures)
        self._findings.ask(Ask.DOUBTS, doubts, self._show_doubts)
        if segment is None:  # both speak of the whole list
            self._findings.ask(Ask.METHODS, _methods, self._show_methods)
            self._findings.ask(Ask.EFFECTS, _effects, self._show_effects)

    @Slot(object)
    def _on_tried(self, workspace: Workspace | None) -> None:
        self._findings.preview(workspace)

    @Slot()
    def _on_all(self) -> None:
        self._findings.look_at(None)

    @Slot()
    def _on_open(self) -> None:
        self._findings.read(self._looked.open_quarter)

    # The budget

    @Slot(float)
    def _ask_budget(self, days: float) -> None:
        segment = self._looked.segment

        def best(bench: Bench, workspace: Workspace, _cancelled: Cancelled) -> object:
            part = bench.part(workspace, segment)
            return None if part is None else bench.budget(part).best_set(days)

        self._findings.ask(Ask.BUDGET, best, self._show_budget)

    def _show_budget(self, result: JobResult) -> None:
        if result.value is not None:
            self.budget.show_set(result.value)  # type: ignore[arg-type]

    # What is worked out of the list as it stands

    def _show_doubts(self, result: JobResult) -> None:
        ranking, workspace, figures = self._ranking, self._workspace, self._figures
        found = result.value
        if not isinstance(found, _Doubts) or ranking is None or workspace is None:
            return
        assert figures is not None
        self.measure.show_next(found.measure, workspace, figures)
        self.sure.show_unseat(found.unseat, ranking)
        self.returns.show_returns(found.returns, ranking)

    def _show_methods(self, result: JobResult) -> None:
        found = result.value
        if isinstance(found, _Methods) and self._workspace is not None:
            self.classic.show_comparison(found.compared, found.ranking)
            self._view.methods.show_comparison(found.compared, found.ranking, self._workspace)

    def _show_effects(self, result: JobResult) -> None:
        if result.error is None and self._ranking is not None and self._figures is not None:
            faces = effect_faces(result.value, self._ranking, self._figures)  # type: ignore[arg-type]
            self._view.assumptions.set_effects(faces)

    # What a person asks for

    @Slot(object)
    def _on_compare(self, other: Assumptions | None) -> None:
        beside, segment = other or Assumptions(), self._looked.segment

        def compare(bench: Bench, workspace: Workspace, _cancelled: Cancelled) -> object:
            from journey.decision.scenarios import compare_scenarios

            changed = workspace.copy()
            changed.put(replace(beside, id=workspace.assumptions.id, name=""))
            then, now = bench.part(changed, segment), bench.part(workspace, segment)
            if now is None or then is None:
                return None
            rows = compare_scenarios(then.ranking, now.ranking)
            return _Scenarios(rows, now.ranking, workspace.assumptions, beside)

        self._findings.ask(Ask.SCENARIO, compare, self._show_scenarios)

    def _show_scenarios(self, result: JobResult) -> None:
        found = result.value
        if isinstance(found, _Scenarios):
            figures = figures_of(found.ranking)
            self._view.show_scenarios(found.rows, figures, found.now, found.other)

    @Slot(object)
    def _on_answers(self, ref: Ref) -> None:
        item = self._item(ref)
        if item is not None and self._workspace is not None:
            facts, kept = self._facts(item), self._kept(item)
            self._view.show_answers(item, facts, self._workspace, kept)

    def _item(self, ref: Ref) -> RankedItem | None:
        items = self._ranking.items if self._ranking is not None else ()
        return next((i for i in items if i.pain_point == ref.id), None)

    def _facts(self, item: RankedItem) -> "PainFacts | None":
        estimate = self._findings.part
        if estimate is None:
            return None
        try:
            return estimate.facts(item.pain_point)
        except RankingError:  # nothing is known about it
            return None

    def _kept(self, item: RankedItem) -> "PainCount | None":
        """Return what a record kept of the counts behind a row."""
        frozen = self._looked.frozen
        if frozen is None:
            return None
        from journey.quarter.record import data_of

        return data_of(frozen.quarter).pain_counts.get(item.pain_point)

    def _on_check(self) -> None:
        evidence, workspace = self._findings.evidence, self._workspace
        if evidence is None or workspace is None:
            return
        self.design.set_running()
        work = CheckDesign(workspace.copy(), evidence.tables, evidence.quarter)
        title = self.tr("Checking covariates and thresholds")
        self._check = self._findings.jobs.compute(work, self._show_check, title)

    def _show_check(self, result: JobResult) -> None:
        if result.number != self._check:
            return
        self._check = 0
        if result.error is not None or result.cancelled or self._ranking is None:
            self.design.forget()
        else:
            self.design.show_effects(result.value, self._ranking)  # type: ignore[arg-type]

    def _end_check(self) -> None:
        """What is being checked is of another list."""
        if self._check:
            self._findings.jobs.cancel(self._check)
            self._check = 0
        self.design.forget()


@dataclass(frozen=True, slots=True)
class _Doubts:
    measure: "Sequence[NextMeasurement]"
    unseat: "Unseat"
    returns: "Sequence[Return]"


@dataclass(frozen=True, slots=True)
class _Methods:
    compared: "Comparison"
    ranking: Ranking


@dataclass(frozen=True, slots=True)
class _Scenarios:
    rows: "Sequence[ScenarioRow]"
    ranking: Ranking
    now: Assumptions
    other: Assumptions


def _doubts(estimate: "Estimate", workspace: Workspace) -> object:
    from journey.decision.hidden_cause import unseat_of
    from journey.decision.next_data import what_to_measure
    from journey.decision.payback import returns

    return _Doubts(
        what_to_measure(estimate, workspace), unseat_of(estimate), returns(estimate, workspace)
    )


def _methods(bench: Bench, workspace: Workspace, _cancelled: Cancelled) -> object:
    from journey.priority.classic import compare_methods

    ranking = bench.estimate(workspace).ranking
    return _Methods(compare_methods(workspace, bench.tables, ranking), ranking)


def _effects(bench: Bench, workspace: Workspace, cancelled: Cancelled) -> object:
    from journey.decision.sensitivity import one_at_a_time

    return one_at_a_time(bench.study(workspace), cancelled=cancelled)
