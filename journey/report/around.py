"""What a report tells beside the ranking itself: the quarter before, comments, finished work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from journey.model.ids import (
    ImprovementId,
    LeaderId,
    PainPointId,
    QuestionId,
    TouchpointId,
)
from journey.report.pack import CommentFact, Figure, MetricChange


@dataclass(frozen=True, slots=True)
class RowBefore:
    """Where a pain point stood in the quarter before."""

    rank: int | None
    title: str
    leader: LeaderId | None


@dataclass(frozen=True, slots=True)
class Before:
    """The quarter before, as far as a report tells of it.

    Attributes:
        rows: everything that stood in its list.
        metrics: verdicts of the comparison, by question; segments pooled.
    """

    quarter: str
    rows: Mapping[PainPointId, RowBefore] = field(default_factory=dict)
    metrics: Mapping[QuestionId, MetricChange] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished improvement was predicted to bring and what was observed.

    Attributes:
        predicted, observed: in the unit of the list; None where nothing is known.
        hoped, seen: the share of its trouble it was to remove, and removed; error: standard
            error of `seen`. asked: answers behind it, before and after.
        how: how that was seen, by the words of `journey.quarter.effects.How`; "" where it was not
            kept.
    """

    predicted: Figure | None
    observed: float | None
    hoped: float | None = None
    seen: float | None = None
    error: float | None = None
    asked: tuple[float, float] | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A journey's map for the board; see `journey.report.pictures`.

    Attributes:
        journey: its name. stages: their names, in order. touchpoints: how many.
        svg: the whole, packed. width, height: of the whole, logical pixels at 100 %.
        parts: the same on pages a slide has room for, each an SVG, packed; () for none.
    """

    journey: str
    stages: Sequence[str]
    touchpoints: int
    svg: bytes
    width: float
    height: float
    parts: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """All of it; what is not given is left out of the report.

    Attributes:
        comments: candidates of each touchpoint (None: of the whole journey), all of them, so
            that it can be told whether there are enough to show any.
        segments: name of the segment each pain point hits hardest.
        outcomes: of finished improvements.
        joint: value of all rows a leader is asked to approve, taken together.
        joint_all: the same for all leaders together.
        pictures: the maps as the quarter was frozen; an open one's are drawn when it is told.
    """

    before: Before | None = None
    comments: Mapping[TouchpointId | None, Sequence[CommentFact]] = field(default_factory=dict)
    segments: Mapping[PainPointId, str] = field(default_factory=dict)
    outcomes: Mapping[ImprovementId, Outcome] = field(default_factory=dict)
    joint: Mapping[LeaderId | None, Figure] = field(default_factory=dict)
    joint_all: Figure | None = None
    pictures: Sequence[Picture] = ()
