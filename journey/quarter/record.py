"""The record of a frozen quarter: everything to show, export and compare it again for ever.

Quarter.items holds the list, every field of every row. Quarter.record holds the rest:

    format      1
    ranking     seed, draws, basis, index_unit, currency, assumptions, warnings
    spread      per pain point [ranks, shares] (journey.quarter.spread)
    metrics     figures of every question, segments pooled; by_segment: split
    counts      answers by question, segment and score, for comparisons
    pain_counts per pain point, of how many who could meet it how many did
    around      what packs tell beside the list: the quarter before, comments, finished work
    entities    the workspace as it was, without pictures and without other quarters
    data        surveys with their hashes, answers, a fingerprint
    previous    revisions before this one: revision, hash, when, why
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from journey.errors import RecordError
from journey.metrics.counts import ScoreCounts
from journey.metrics.score import MetricResult
from journey.model.assumptions import ASSUMPTION_NAMES, Assumptions
from journey.model.evidence import Question
from journey.model.ids import Kind, PainPointId, QuestionId, SegmentId, TouchpointId
from journey.model.map import Note
from journey.model.quarter import Quarter
from journey.model.workspace import CLASS_OF, Entity, Workspace
from journey.priority.result import Basis, RankedItem, Ranking
from journey.quarter.plain import made, plain
from journey.quarter.spread import Listed, RankSpread
from journey.report.around import Around

FORMAT = 1
_PICTURE = "image"


@dataclass(frozen=True, slots=True)
class FrozenMetric:
    """One question's figure as it was; what packs and screens take for a metric row."""

    touchpoint: TouchpointId | None
    question: Question
    segment: SegmentId | None
    result: MetricResult
    off_scale: int = 0


@dataclass(frozen=True, slots=True)
class SegmentCounts:
    """A question's answers of one segment (None: without one), by score."""

    question: QuestionId
    segment: SegmentId | None
    counts: ScoreCounts


@dataclass(frozen=True, slots=True)
class PainCount:
    """Of how many who could meet a pain point how many did; weighted answers by their size."""

    n: float
    hits: float


@dataclass(frozen=True, slots=True)
class SurveyData:
    """What of a survey a quarter rests on."""

    survey: str
    name: str
    batch_sha256: str
    answers: int


@dataclass(frozen=True, slots=True)
class QuarterData:
    """What was measured in one quarter, as far as a record keeps it."""

    metrics: Sequence[FrozenMetric]
    by_segment: Sequence[FrozenMetric]
    counts: Sequence[SegmentCounts]
    pain_counts: Mapping[PainPointId, PainCount]
    surveys: Sequence[SurveyData]


@dataclass(frozen=True, slots=True)
class _Row:
    touchpoint: TouchpointId | None
    question: QuestionId
    segment: SegmentId | None
    result: MetricResult
    off_scale: int = 0


def record_of(
    ws: Workspace,
    listed: Listed,
    data: QuarterData,
    *,
    around: Around | None = None,
    workspace_sha256: str = "",
) -> dict[str, Any]:
    """Return everything to keep of a quarter beside the rows of its list."""
    ranking = listed.ranking
    surveys = [plain(survey) for survey in sorted(data.surveys, key=lambda s: s.survey)]
    return {
        "format": FORMAT,
        "ranking": {
            name: plain(getattr(ranking, name))
            for name in (
                "quarter",
                "seed",
                "draws",
                "basis",
                "index_unit",
                "currency",
                "assumptions",
                "warnings",
            )
        },
        "spread": {
            str(pain): [plain(spread.ranks), plain(spread.shares)]
            for pain, spread in sorted(listed.spreads.items())
        },
        "metrics": [_metric_out(row) for row in data.metrics],
        "by_segment": [_metric_out(row) for row in data.by_segment],
        "counts": [plain(row) for row in data.counts],
        "pain_counts": {
            str(pain): [plain(count.n), plain(count.hits)]
            for pain, count in sorted(data.pain_counts.items())
        },
        "around": plain(around or Around()),
        "entities": _entities_out(ws),
        "data": {
            "surveys": surveys,
            "answers": sum(survey.answers for survey in data.surveys),
            "fingerprint": fingerprint_of(data.surveys),
        },
        "workspace_sha256": workspace_sha256,
        "previous": [],
    }


def fingerprint_of(surveys: Iterable[SurveyData]) -> str:
    """Return one hash of what the answers of a quarter were: their batches, and how many."""
    kept = sorted((s.survey, s.batch_sha256, s.answers) for s in surveys)
    return hashlib.sha256(canonical(kept).encode()).hexdigest()


def canonical(value: object) -> str:
    """Return the one text of a plain value: sorted keys, no spaces, ASCII."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), allow_nan=False)


def content_sha256(quarter: Quarter) -> str:
    """Return the hash of everything a frozen quarter holds, but the hash itself."""
    return hashlib.sha256(canonical(replace(quarter, content_sha256="")).encode()).hexdigest()


def is_whole(quarter: Quarter) -> bool:
    """Whether a frozen quarter is as it was frozen."""
    return quarter.content_sha256 == content_sha256(quarter)


def has_record(quarter: Quarter | None) -> bool:
    """Whether a quarter carries a record; one brought from elsewhere may only have a list."""
    return quarter is not None and bool(quarter.record)


def ranking_of(quarter: Quarter) -> Ranking:
    """Return the frozen list as it was ranked, not a draft.

    Raises:
        RecordError: the record is not what it should be.
    """
    with _Reading(quarter):
        kept = cast(Mapping[str, Any], quarter.record["ranking"])
        usual = Assumptions().figures()
        figures = {
            name: float(value) if isinstance(usual.get(name), float) else value
            for name, value in sorted(kept["assumptions"].items(), key=_place)
        }
        return Ranking(
            quarter=quarter.id,
            draft=False,
            seed=kept["seed"],
            draws=kept["draws"],
            method_version=quarter.method_version,
            basis=Basis(kept["basis"]),
            index_unit=kept["index_unit"],
            currency=kept["currency"],
            assumptions=figures,
            items=tuple(made(RankedItem, cast(Mapping[str, Any], item)) for item in quarter.items),
            warnings=tuple(kept["warnings"]),
        )
    raise AssertionError


def listed_of(quarter: Quarter) -> Listed:
    """Return the frozen list with the spread of its ranks.

    Raises:
        RecordError: the record is not what it should be.
    """
    ranking = ranking_of(quarter)
    with _Reading(quarter):
        kept = cast(Mapping[str, Any], quarter.record["spread"])
        spreads = {
            PainPointId(pain): RankSpread(
                tuple(float(r) for r in ranks), tuple(float(s) for s in shares)
            )
            for pain, (ranks, shares) in kept.items()
        }
    return Listed(ranking, spreads)


def workspace_of(quarter: Quarter) -> Workspace:
    """Return the workspace as it was when the quarter was frozen, the quarter itself in it.

    Raises:
        RecordError: the record is not what it should be.
    """
    ws = Workspace()
    with _Reading(quarter):
        kept = cast(Mapping[str, Any], quarter.record["entities"])
        for name, rows in kept.items():
            kind = CLASS_OF[Kind(name)]
            for row in rows:
                ws.put(cast(Entity, made(cast(Any, kind), row)))
    ws.put(quarter)
    return ws


def data_of(quarter: Quarter) -> QuarterData:
    """Return what was measured in a frozen quarter.

    Raises:
        RecordError: the record is not what it should be.
    """
    ws = workspace_of(quarter)
    with _Reading(quarter):
        kept = cast(Mapping[str, Any], quarter.record)
        return QuarterData(
            metrics=[_metric_in(ws, row) for row in kept["metrics"]],
            by_segment=[_metric_in(ws, row) for row in kept["by_segment"]],
            counts=[made(SegmentCounts, row) for row in kept["counts"]],
            pain_counts={
                PainPointId(pain): PainCount(float(n), float(hits))
                for pain, (n, hits) in kept["pain_counts"].items()
            },
            surveys=[made(SurveyData, row) for row in kept["data"]["surveys"]],
        )
    raise AssertionError


def around_of(quarter: Quarter) -> Around:
    """Return what the packs of a frozen quarter tell beside its list.

    Raises:
        RecordError: the record is not what it should be.
    """
    with _Reading(quarter):
        return made(Around, cast(Mapping[str, Any], quarter.record.get("around", {})))
    raise AssertionError


class _Reading:
    """Turns whatever a stranger's record breaks into one error."""

    def __init__(self, quarter: Quarter) -> None:
        self._quarter = quarter

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Say which quarter it was."""
        if isinstance(error, KeyError | TypeError | ValueError | AttributeError):
            detail = f"{type(error).__name__}: {error}"
            raise RecordError("record", quarter=self._quarter.id, detail=detail) from error


def _place(figure: tuple[str, object]) -> tuple[int, str]:
    """Sort assumptions as they are declared: a file may have sorted them by name."""
    name = figure[0]
    known = name in ASSUMPTION_NAMES
    return ASSUMPTION_NAMES.index(name) if known else len(ASSUMPTION_NAMES), name


def _metric_out(row: FrozenMetric) -> Any:
    return plain(_Row(row.touchpoint, row.question.id, row.segment, row.result, row.off_scale))


def _metric_in(ws: Workspace, row: Mapping[str, Any]) -> FrozenMetric:
    kept = made(_Row, row)
    question = ws.questions[kept.question]
    return FrozenMetric(kept.touchpoint, question, kept.segment, kept.result, kept.off_scale)


def _entities_out(ws: Workspace) -> dict[str, list[Any]]:
    return {
        kind.value: [plain(_kept(table[key])) for key in sorted(table)]
        for kind in Kind
        if kind is not Kind.QUARTER and (table := ws.table(kind))
    }


def _kept(entity: Entity) -> Entity:
    """Return what is kept of an entity: no picture."""
    if isinstance(entity, Note) and _PICTURE in entity.extra:
        return replace(entity, extra={k: v for k, v in entity.extra.items() if k != _PICTURE})
    return entity
