"""What a ranking answers: one frozen row per pain point."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from journey.model.ids import ImprovementId, LeaderId, PainPointId, SegmentId, TouchpointId


class Basis(StrEnum):
    """In what a list is ranked; one per list."""

    MONEY = "money"
    INDEX = "index"
    ORDER = "order"


class Level(StrEnum):
    """What evidence lies behind a row (docs/method.md)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a row's score beside rank 1's, as means.

    Attributes:
        name: customers, used, share, effect, link, value, efficacy, effort or residual.
        ratio: this row's over rank 1's contribution to the score; below 1 holds the row back.
    """

    name: str
    mine: float
    first: float
    ratio: float


@dataclass(frozen=True, slots=True)
class RankedItem:
    """One pain point in the list.

    Money is in the workspace's currency, customer value kept for each year's customers. The index
    is customers kept per 1,000 (or moved from bad to good, see `Ranking.index_unit`). Figures a
    level may not claim are None.

    Attributes:
        rank: 1 …; None at level F. rank_low80, rank_high80: the 80 % range of the rank.
        score: the ranked quantity, value or index per effort-day.
        p_top5: chance to be among the first top_k; p_beats_next: to beat the next row.
        share_affected: of those who used the touchpoint, 0 … 1; n: answers behind it. In
            a list of one segment both are None where its answers are too few to be shown.
        effect: risk difference of the affected, 0 … 1 (points likelier to have the bad outcome).
        sentence, why_not_higher: English; ui renders other languages from the facts.
        relational: whether respondents (not visits) are counted. volume: customers or visits a
            year, None where not known. shift: points on 0 … 10 the affected score lower.
        outcome: what the effect is a risk of: left, dissatisfied, detractor or low.
        no_evidence: the mean effect is negative: no evidence that fixing it helps.
        toss_up: how many of the next rows are as likely before this one as behind it.
        joint: pain points its improvement addresses in this list; its own value is its share.
        partners, partner_titles: the others of those, by id.
        joint_mean, joint_low80, joint_high80: what the improvement gives with them, in the unit of
            the row; the score is that per effort-day. None where it has no partners or no figure.
    """

    rank: int | None
    pain_point: PainPointId
    title: str
    touchpoint: TouchpointId | None
    touchpoint_name: str
    stage_name: str
    leader: LeaderId | None
    leader_name: str
    improvement: ImprovementId | None
    improvement_title: str
    level: Level
    value_mean: float | None
    low80: float | None
    high80: float | None
    low95: float | None
    high95: float | None
    index_mean: float | None
    index_low80: float | None
    index_high80: float | None
    index_low95: float | None
    index_high95: float | None
    effort_days: float
    effort_assumed: bool
    score: float | None
    p_top5: float | None
    p_beats_next: float | None
    rank_low80: int | None
    rank_high80: int | None
    share_affected: float | None
    effect: float | None
    n: int | None
    sentence: str
    why_not_higher: str
    factors: tuple[Factor, ...] = ()
    notes: tuple[str, ...] = ()
    relational: bool = False
    volume: float | None = None
    shift: float | None = None
    outcome: str = ""
    no_evidence: bool = False
    toss_up: int = 0
    joint: int = 1
    partners: tuple[PainPointId, ...] = ()
    partner_titles: tuple[str, ...] = ()
    joint_mean: float | None = None
    joint_low80: float | None = None
    joint_high80: float | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """A whole list and all that is needed to make it again.

    Attributes:
        index_unit: "kept_per_1000" or "moved_per_1000" (before the link to leaving).
        assumptions: every number used, by name.
        warnings: stable words with facts, for people to be told.
        segment: whose customers alone are counted, None for all; segment_name: its name.
    """

    quarter: str | None
    draft: bool
    seed: int
    draws: int
    method_version: str
    basis: Basis
    index_unit: str
    currency: str
    assumptions: Mapping[str, float | int]
    items: tuple[RankedItem, ...]
    warnings: tuple[str, ...] = ()
    segment: SegmentId | None = None
    segment_name: str = ""
