"""The figures of every question at every touchpoint, from the histogram."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journey.metrics import Metric, MetricResult, ScoreCounts, summarise
from journey.model.evidence import Question
from journey.model.ids import JourneyId, QuestionId, SegmentId, TouchpointId
from journey.model.workspace import Workspace, ordered_journeys, ordered_touchpoints
from storage.evidence.store import EvidenceStore, HistogramRow


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One question's figure at its touchpoint, of all respondents or of one segment.

    Attributes:
        segment: None where segments are pooled, and for answers without one.
        off_scale: answers left out because the question's scale was narrowed since.
    """

    touchpoint: TouchpointId | None
    question: Question
    segment: SegmentId | None
    result: MetricResult
    off_scale: int = 0


def metric_rows(
    workspace: Workspace,
    store: EvidenceStore,
    quarter: str | None = None,
    journey: JourneyId | None = None,
    *,
    by_segment: bool = False,
) -> list[MetricRow]:
    """Return a row per touchpoint and question (and segment) with at least one answer.

    Args:
        quarter: of this one only; None pools all time.
        journey: its touchpoints only; None takes all journeys in order, then questions without
            a touchpoint.
        by_segment: one row per segment; answers without a segment come last.
    """
    counted: dict[tuple[QuestionId, SegmentId | None], list[HistogramRow]] = defaultdict(list)
    segments: dict[SegmentId | None, None] = dict.fromkeys([*workspace.segments, None])
    for row in store.histogram(quarter):
        segment = row.segment if by_segment and row.segment in segments else None
        counted[row.question, segment].append(row)
    minimum_n = workspace.info.minimum_n
    found = []
    for question in _questions(workspace, journey):
        for segment in segments:
            rows = counted.get((question.id, segment))
            if rows:
                counts, off_scale = score_counts(question, rows)
                result = summarise(counts, minimum_n)
                found.append(MetricRow(question.touchpoint, question, segment, result, off_scale))
    return [row for row in found if row.result.n]


def score_counts(question: Question, rows: Sequence[HistogramRow]) -> tuple[ScoreCounts, int]:
    """Return a question's pooled counts, and how many answers its scale no longer holds."""
    low, high = question.scale
    counts: dict[int, int] = defaultdict(int)
    weight: dict[int, float] = defaultdict(float)
    weight_sq: dict[int, float] = defaultdict(float)
    off_scale = 0
    for row in rows:
        if not low <= row.score <= high:
            off_scale += row.n
            continue
        counts[row.score] += row.n
        weight[row.score] += row.weight
        weight_sq[row.score] += row.weight_sq
    plain = weight == counts and weight_sq == counts
    found = ScoreCounts(
        Metric(question.metric),
        low,
        high,
        question.higher_is_better,
        dict(counts),
        None if plain else dict(weight),
        None if plain else dict(weight_sq),
    )
    return found, off_scale


def _questions(workspace: Workspace, journey: JourneyId | None) -> Iterator[Question]:
    """Yield questions in the order of the map, those of one touchpoint by id."""
    asked: dict[str, list[Question]] = defaultdict(list)
    for question in sorted(workspace.questions.values(), key=lambda q: q.id):
        asked[question.touchpoint or ""].append(question)
    for each in ordered_journeys(workspace):
        if journey is None or each.id == journey:
            for touchpoint in ordered_touchpoints(workspace, each.id):
                yield from asked[touchpoint.id]
    if journey is None:
        yield from asked[""]
