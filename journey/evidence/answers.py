"""The counts of all answers, as every figure of a screen is computed from them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from journey.metrics.counts import ScoreCounts, pool
from journey.model.ids import QuestionId, SegmentId
from journey.quarter.record import SegmentCounts


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """A question's answers of one period (0: without one) and segment (None: without one)."""

    question: QuestionId
    period: int
    segment: SegmentId | None
    counts: ScoreCounts


class Answers:
    """All parts, found by question; pooled only where they are asked for."""

    def __init__(self, parts: Iterable[AnswerPart]) -> None:
        self._by_question: dict[QuestionId, list[AnswerPart]] = defaultdict(list)
        self._periods: set[int] = set()
        for part in parts:
            if part.counts.n:
                self._by_question[part.question].append(part)
                self._periods.add(part.period)

    @property
    def questions(self) -> tuple[QuestionId, ...]:
        """The questions with at least one answer, by id."""
        return tuple(sorted(self._by_question))

    @property
    def periods(self) -> tuple[int, ...]:
        """The periods with answers, ascending; 0 (no period) is none."""
        return tuple(sorted(self._periods - {0}))

    def pooled(self, question: QuestionId, period: int | None = None) -> ScoreCounts | None:
        """Return a question's answers of one period, or (None) of all; None without any."""
        parts = [
            part.counts
            for part in self._by_question.get(question, ())
            if period is None or part.period == period
        ]
        return pool(parts) if parts else None

    def by_period(self, question: QuestionId) -> dict[int, ScoreCounts]:
        """Return a question's answers by period, ascending; those without one are left out."""
        found: dict[int, list[ScoreCounts]] = defaultdict(list)
        for part in self._by_question.get(question, ()):
            if part.period:
                found[part.period].append(part.counts)
        return {period: pool(found[period]) for period in sorted(found)}

    def by_segment(
        self, question: QuestionId, period: int | None
    ) -> Mapping[SegmentId | None, ScoreCounts]:
        """Return a question's answers of a period (None: of all) by segment."""
        found: dict[SegmentId | None, list[ScoreCounts]] = defaultdict(list)
        for part in self._by_question.get(question, ()):
            if period is None or part.period == period:
                found[part.segment].append(part.counts)
        return {segment: pool(parts) for segment, parts in found.items()}

    def of_period(self, period: int) -> list[SegmentCounts]:
        """Return all questions' answers of a period, as the comparison of quarters takes them."""
        return [
            SegmentCounts(part.question, part.segment, part.counts)
            for question in self.questions
            for part in self._by_question[question]
            if part.period == period
        ]
