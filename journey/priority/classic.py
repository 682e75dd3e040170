"""The classic methods beside our ranking: scores, ranks and how far they agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journey.model.ids import PainPointId
from journey.model.workspace import Workspace
from journey.priority.classic_agreement import Agreement, agreement_of, places
from journey.priority.classic_methods import Score, classic_scores
from journey.priority.drivers import Drivers
from journey.priority.evidence import ResponseTable
from journey.priority.result import Ranking


@dataclass(frozen=True, slots=True)
class Beside:
    """One classic method over the pain points of a ranking.

    Attributes:
        method: its stable name. scores: of every pain point, in the ranking's order.
        ranks: of those with a score, 1 first, ties share the mean of their places.
    """

    method: str
    lowest_first: bool
    scores: Mapping[PainPointId, Score]
    ranks: Mapping[PainPointId, float]
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Comparison:
    """All classic methods beside one ranking, and the key drivers of its relational surveys."""

    methods: tuple[Beside, ...]
    drivers: tuple[Drivers, ...]


def compare_methods(ws: Workspace, tables: Sequence[ResponseTable], ranking: Ranking) -> Comparison:
    """Return the classic methods beside a ranking made of the same workspace and tables."""
    scores, drivers = classic_scores(ws, tables, ranking)
    top = ws.assumptions.top_k
    methods = tuple(
        Beside(
            method=s.method.name,
            lowest_first=s.method.lowest_first,
            scores=s.of,
            ranks=places(s),
            agreement=agreement_of(s, ranking, top),
        )
        for s in scores
    )
    return Comparison(methods, drivers)
