"""One study of the open evidence, and the questions put to it: one at a time, the latest wins.

A study is not for several threads at once, and a person drags faster than a list is ranked. So of
each kind of question only the latest waits, what a hand waits for goes first, and slow answers
give way and are asked again later.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from journey.model.workspace import Workspace
from ui.jobs import Cancelled, JobResult, Jobs, Progress

if TYPE_CHECKING:
    from journey.decision.budget import Budget
    from journey.model.ids import SegmentId
    from journey.priority.estimate import Estimate
    from journey.priority.evidence import ResponseTable
    from journey.priority.study import Study

DRAWS, SEED = 1000, 1


class Ask(IntEnum):
    """What is asked, the most urgent first."""

    RANK = 0
    PREVIEW = 1
    REPORT = 2
    BUDGET = 3
    SCENARIO = 4
    DOUBTS = 5
    METHODS = 6
    EFFECTS = 7


@dataclass(slots=True)
class Bench:
    """The study and what was last made of it; only the question that runs may touch it.

    Attributes:
        tables, earlier: the answers of the quarter, and of those before it.
    """

    tables: "Sequence[ResponseTable]"
    earlier: "Sequence[Sequence[ResponseTable]]"
    quarter: str | None
    _study: "Study | None" = None
    _made: "list[tuple[Workspace, Estimate]]" = field(default_factory=list)
    _part: "tuple[Estimate, SegmentId, Estimate] | None" = None
    _budget: "tuple[Estimate, Budget] | None" = None

    def estimate(self, workspace: Workspace) -> "Estimate":
        """Return the list of a workspace with its draws; the last two are kept."""
        for known, estimate in self._made:
            if known == workspace:
                return estimate
        made = self._estimate(workspace)
        self._made = [*self._made[-1:], (workspace, made)]
        return made

    def part(self, workspace: Workspace, segment: "SegmentId | None") -> "Estimate | None":
        """Return the list of one segment, the last one kept; None where it takes no part.

        Without a segment it is the whole list.
        """
        whole = self.estimate(workspace)
        if segment is None:
            return whole
        if segment not in whole.segments:
            return None
        if self._part is None or self._part[0] is not whole or self._part[1] != segment:
            self._part = (whole, segment, whole.of_segment(segment))
        return self._part[2]

    def _estimate(self, workspace: Workspace) -> "Estimate":
        if self._study is None:
            self._study = self._prepared(workspace)
            return self._study.estimate()
        return self._study.estimate(workspace=workspace)

    def study(self, workspace: Workspace) -> "Study":
        """Return a study whose own workspace is this one."""
        if self._study is None or self._study.workspace != workspace:
            self._study = self._prepared(workspace)
        return self._study

    def budget(self, estimate: "Estimate") -> "Budget":
        """Return the best sets of a list; kept while it stays."""
        from journey.decision.budget import Budget

        if self._budget is None or self._budget[0] is not estimate:
            self._budget = (estimate, Budget(estimate))
        return self._budget[1]

    def _prepared(self, workspace: Workspace) -> "Study":
        from journey.priority import prepare

        return prepare(
            workspace, self.tables, quarter=self.quarter, draws=DRAWS, seed=SEED,
            earlier=self.earlier,
        )  # fmt: skip


Question = Callable[[Bench, Cancelled], object]
Answered = Callable[[JobResult], None]


@dataclass(slots=True)
class _Asked:
    bench: Bench
    kind: Ask
    question: Question
    answered: Answered
    number: int = 0
    gave_way: bool = False

    def __call__(self, _progress: Progress, cancelled: Cancelled) -> object:
        return self.question(self.bench, cancelled)


class StudyDesk(QObject):
    """Takes questions on the GUI thread, has them answered on the computing pool."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._bench: Bench | None = None
        self._waiting: dict[Ask, _Asked] = {}
        self._running: _Asked | None = None

    def lay_out(
        self,
        tables: "Sequence[ResponseTable]",
        earlier: "Sequence[Sequence[ResponseTable]]",
        quarter: str | None,
    ) -> None:
        """Study other evidence; what was asked of the evidence before is not answered."""
        self._bench = Bench(tables, earlier, quarter)
        self.stop()

    def stop(self) -> None:
        """Forget what waits and do not answer what runs."""
        self._waiting.clear()
        if self._running is not None:
            self._running.answered = _nobody
            self._running.gave_way = False
            self._jobs.cancel(self._running.number)

    def ask(self, kind: Ask, question: Question, answered: Answered) -> None:
        """Put a question; an earlier one of its kind that still waits is dropped."""
        if self._bench is None:
            return
        self._waiting[kind] = _Asked(self._bench, kind, question, answered)
        running = self._running
        if running is not None and running.kind > max(kind, Ask.PREVIEW):
            running.gave_way = True
            self._jobs.cancel(running.number)
        self._next()

    def withdraw(self, kind: Ask) -> None:
        """Drop what waits of a kind."""
        self._waiting.pop(kind, None)

    def waits(self, kind: Ask) -> bool:
        """Whether a question of this kind waits or is being answered."""
        running = self._running
        return kind in self._waiting or (running is not None and running.kind is kind)

    def _next(self) -> None:
        if self._running is None and self._waiting:
            self._running = self._waiting.pop(min(self._waiting))
            self._running.number = self._jobs.compute(self._running, self._on_done)

    def _on_done(self, result: JobResult) -> None:
        asked, self._running = self._running, None
        assert asked is not None
        if asked.gave_way and asked.bench is self._bench:
            asked.gave_way = False
            self._waiting.setdefault(asked.kind, asked)
        else:
            asked.answered(result)
        self._next()


def _nobody(_result: JobResult) -> None:
    """Hear an answer that nobody waits for any more."""
