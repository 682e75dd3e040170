"""What draws tell beside a list: the value of what is asked for together, who is hit most."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from journey.metrics.intervals import wilson
from journey.model.evidence import TRANSACTIONAL
from journey.model.ids import LeaderId, PainPointId, SegmentId
from journey.model.workspace import Workspace
from journey.priority.estimate import Estimate
from journey.priority.evidence import ResponseTable
from journey.priority.result import Level, RankedItem
from journey.report.around import Around
from journey.report.pack import Figure

Joints = tuple[Mapping[LeaderId | None, Figure], Figure | None]

# A segment is named only where so many of it could have met the pain point.
_LEAST_IN_SEGMENT = 30
_QUANTILES = (0.025, 0.1, 0.9, 0.975)


def with_draws(
    around: Around, estimate: Estimate, ws: Workspace, tables: Sequence[ResponseTable]
) -> Around:
    """Return what is told beside a list with what only its draws and answers tell."""
    joint, joint_all = joints_of(estimate)
    segments = segments_hit_most(ws, tables)
    return replace(around, segments=segments, joint=joint, joint_all=joint_all)


def joints_of(estimate: Estimate) -> Joints:
    """Return the value of what each leader, and all, are asked to approve, taken together."""
    ranking = estimate.ranking
    top_k = int(ranking.assumptions["top_k"])
    asked = [item for item in ranking.items if _is_asked(item, top_k)]
    by_leader: dict[LeaderId | None, list[RankedItem]] = defaultdict(list)
    for item in asked:
        by_leader[item.leader].append(item)
    joint = {leader: _figure(estimate, items) for leader, items in by_leader.items()}
    return joint, _figure(estimate, asked) if asked else None


def _is_asked(item: RankedItem, top_k: int) -> bool:
    known = item.value_mean is not None or item.index_mean is not None
    known = known and not item.no_evidence
    return known and item.level is not Level.D and item.rank is not None and item.rank <= top_k


def _figure(estimate: Estimate, items: Sequence[RankedItem]) -> Figure:
    draws = estimate.joint_value([item.improvement or item.pain_point for item in items])
    low95, low80, high80, high95 = np.quantile(draws, _QUANTILES).tolist()
    return Figure(float(draws.mean()), low80, high80, low95, high95)


def segments_hit_most(ws: Workspace, tables: Sequence[ResponseTable]) -> dict[PainPointId, str]:
    """Return the name of the segment that meets a pain point most, where one clearly does.

    Of visits' surveys, whoever answered the touchpoint could meet it, else everyone. A segment is
    named where Wilson's 95 % interval of its share lies above the share of all others.
    """
    counts: dict[PainPointId, dict[SegmentId, tuple[float, float]]] = defaultdict(dict)
    for table in tables:
        for pain, hits in table.pain_points.items():
            could = _used(ws, table, pain) | hits
            for number, segment in enumerate(table.segments):
                mine = (table.segment == number) & could
                met, used = counts[pain].get(segment, (0.0, 0.0))
                met += float(table.weight[mine & hits].sum())
                counts[pain][segment] = met, used + float(table.weight[mine].sum())
    found = {pain: _hit_most(known) for pain, known in counts.items()}
    return {pain: ws.segments[most].name for pain, most in found.items() if most}


def _hit_most(counts: Mapping[SegmentId, tuple[float, float]]) -> SegmentId | None:
    """Return the segment whose share, (met, used), clearly exceeds that of all others."""
    known = {segment: pair for segment, pair in counts.items() if pair[1] > 0}
    if len(known) < 2:
        return None
    most = max(known, key=lambda segment: (known[segment][0] / known[segment][1], segment))
    met, used = known[most]
    others = [pair for segment, pair in known.items() if segment != most]
    share = sum(pair[0] for pair in others) / sum(pair[1] for pair in others)
    interval = wilson(min(met, used), used)
    clear = used >= _LEAST_IN_SEGMENT and interval is not None and interval.low > share
    return most if clear else None


def _used(ws: Workspace, table: ResponseTable, pain: PainPointId) -> NDArray[np.bool_]:
    place = ws.pain_points[pain].touchpoint
    asked = [
        scores >= 0
        for question, scores in table.answers.items()
        if ws.questions[question].touchpoint == place
    ]
    if not asked or table.design != TRANSACTIONAL:
        return np.ones(table.rows, dtype=bool)
    used: NDArray[np.bool_] = np.any(np.stack(asked), axis=0)
    return used
