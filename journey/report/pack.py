"""A leader's pack for one quarter as a neutral tree of facts.

Exporters render this tree and compute nothing, so that the same figures stand in every file.
Figures are unrounded; how they read stands beside them in `text`, written once for all formats.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from journey.metrics.kinds import Metric
from journey.model.ids import ImprovementId, LeaderId
from journey.priority.result import Basis, RankedItem
from journey.report.texts import FixText, KpiText, PackText, RowText

ROWS_ON_THE_PAGE = 10


class Ask(StrEnum):
    """What a pack asks its leader to decide."""

    APPROVE = "approve"  # rows that are among the first of the whole list
    NEAREST = "nearest"  # none is; the best of the leader's own
    MEASURE = "measure"  # opinion only: ask before working
    NOTHING = "nothing"  # no ranked row


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision asked, in facts.

    Attributes:
        rows: the rows it is about, in rank order; their values are taken one at a time.
        effort_days: the work of all of them, an improvement shared by several counted once.
        effort_assumed: whether any of that is an assumption.
        top_k: how many rows of the whole list count as first.
        joint: the value of all rows together, overlaps counted once; None where not known.
    """

    ask: Ask
    rows: tuple["PackRow", ...]
    effort_days: float
    effort_assumed: bool
    top_k: int
    joint: "Figure | None" = None


@dataclass(frozen=True, slots=True)
class MetricFact:
    """What one question says of one touchpoint.

    Attributes:
        segment: its name, "" where all are pooled.
        value, low, high: NPS in points, else the mean on the scale; None under the minimum n.
        margin: half the width of the 95 % interval.
        top2box: share 0 … 1.
    """

    touchpoint: str
    stage: str
    question: str
    segment: str
    metric: Metric
    scale: tuple[int, int]
    higher_is_better: bool
    n: int
    value: float | None
    low: float | None
    high: float | None
    margin: float | None
    top2box: float | None
    suppressed: bool
    indicative: bool


@dataclass(frozen=True, slots=True)
class KpiFact:
    """A KPI against its target: its latest observation up to the pack's quarter.

    Attributes:
        touchpoint: its name, "" for the whole company.
        met: None where there is no target or no observation.
        own: whether the leader of the pack answers for it, not the whole company.
    """

    name: str
    touchpoint: str
    unit: str
    better: str
    target: float | None
    period: str
    value: float | None
    n: int | None
    met: bool | None
    own: bool = False
    text: KpiText = field(default_factory=KpiText)


class RankChange(StrEnum):
    """How a row stands beside the quarter before."""

    UNKNOWN = "unknown"  # no quarter to compare with, or no rank in this one
    NEW = "new"
    SAME = "same"
    UP = "up"  # nearer to rank 1
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class MetricChange:
    """How a metric moved since the quarter before.

    Attributes:
        difference: now minus before, in the metric's own points.
        changed: the verdict of the comparison, after its correction for many tests.
        quarter: the one compared with.
    """

    difference: float
    changed: bool
    quarter: str


@dataclass(frozen=True, slots=True)
class CommentFact:
    """What one customer wrote, addresses and numbers masked.

    Attributes:
        touchpoint, segment: names, "" where not known.
        on: the day of the answer.
    """

    text: str
    touchpoint: str = ""
    segment: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A row's figure in the unit of its list, with its 80 % and 95 % intervals."""

    mean: float
    low80: float | None
    high80: float | None
    low95: float | None
    high95: float | None


@dataclass(frozen=True, slots=True)
class ShareFact:
    """The share of its trouble a finished improvement was to remove, and removed, 0 … 1.

    Attributes:
        seen: None while it was not measured, or from too few answers to tell.
        sure: whether its 95 % interval excludes that nothing changed.
        before, after: answers behind it. trial: those without and with it, at the same time.
    """

    hoped: float | None
    seen: float | None = None
    sure: bool = False
    before: int = 0
    after: int = 0
    trial: bool = False


@dataclass(frozen=True, slots=True)
class FixFact:
    """A finished improvement: what it was to bring, and what came.

    Attributes:
        pain_points: titles of what it addresses, in the order it names them.
        touchpoint: name of the first one's touchpoint, "" without one.
        predicted: in the list's unit, None where nothing was predicted.
        observed: in the same unit, None while nothing was observed.
        inside: whether the observed value lies within the predicted 80 % interval.
        shares: the share of its trouble it removed; None where this quarter says nothing of it.
    """

    improvement: ImprovementId
    title: str
    leader: LeaderId | None
    leader_name: str
    pain_points: tuple[str, ...]
    touchpoint: str
    done_on: date | None
    predicted: Figure | None = None
    observed: float | None = None
    inside: bool | None = None
    shares: ShareFact | None = None
    text: FixText = field(default_factory=FixText)


@dataclass(frozen=True, slots=True)
class PackRow:
    """One ranked pain point with what a leader needs beside it.

    Attributes:
        figure: in the list's own unit; None where the level may not claim one, so that an index
            in a money list stands only in `item`.
        metric: the touchpoint's leading question, None where nothing was asked.
        status, due, notes: of the improvement it is ranked by, "" and None without one.
        asked: whether the decision is about this row.
        segment: the one it hits hardest, "" where not known.
        rank_before: in the quarter before; see `change`.
        metric_target: of a KPI that sets one for this metric at this touchpoint.
        metric_change: None without a comparison.
        text: how all of it reads.
    """

    item: RankedItem
    figure: Figure | None
    metric: MetricFact | None
    status: str
    due: date | None
    asked: bool
    segment: str = ""
    rank_before: int | None = None
    change: RankChange = RankChange.UNKNOWN
    metric_target: float | None = None
    metric_change: MetricChange | None = None
    notes: str = ""
    text: RowText = field(default_factory=RowText)


@dataclass(frozen=True, slots=True)
class AssumptionFact:
    """One number the ranking rests on, and what Waymark would have taken."""

    name: str
    value: float | int
    default: float | int | None


@dataclass(frozen=True, slots=True)
class Axis:
    """The one scale all interval bars of a pack share; it holds every 95 % interval.

    Attributes:
        ticks: round values between `low` and `high`, zero among them, ascending.
    """

    low: float
    high: float
    ticks: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Foot:
    """What makes a pack traceable and repeatable.

    Attributes:
        content_sha256: of the workspace the figures come from.
        answers: scores behind the metrics of this pack.
        workspace_id: of the workspace file, the same under any name; "" where it has none.
    """

    generated_on: date
    content_sha256: str
    seed: int
    draws: int
    method_version: str
    answers: int
    workspace_id: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """One leader's list for one quarter.

    Attributes:
        leader: None for what nobody owns.
        rows: the first ten, for the page; all_rows: every row, ranked ones first.
        rows_in_all: how many rows all leaders have together.
        axis: None where no row carries a figure.
        warnings: of the ranking, stable words.
        before: the quarter compared with, None where there is none.
        gone: titles that stood in this leader's list in the quarter before and no longer do.
        fixes: of this leader, finished since the quarter before (or ever, without one).
        comments: at most two; none under the least number of answers that may show one.
        text: how all of it reads, ready to be placed.
    """

    workspace: str
    language: str
    leader: LeaderId | None
    leader_name: str
    leader_role: str
    quarter: str | None
    frozen_on: date | None
    draft: bool
    basis: Basis
    index_unit: str
    currency: str
    minimum_n: int
    decision: Decision
    rows: tuple[PackRow, ...]
    all_rows: tuple[PackRow, ...]
    rows_in_all: int
    axis: Axis | None
    metrics: tuple[MetricFact, ...]
    kpis: tuple[KpiFact, ...]
    assumptions: tuple[AssumptionFact, ...]
    foot: Foot
    warnings: tuple[str, ...] = ()
    before: str | None = None
    gone: tuple[str, ...] = ()
    fixes: tuple[FixFact, ...] = ()
    comments: tuple[CommentFact, ...] = ()
    text: PackText = field(default_factory=PackText)
