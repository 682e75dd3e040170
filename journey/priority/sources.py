"""Which evidence each pain point is ranked by: answers first, then a KPI, then the workshop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from journey.model.evidence import RELATIONAL
from journey.model.workspace import Workspace
from journey.priority.draws import Streams
from journey.priority.evidence import ResponseTable
from journey.priority.harms import Evidence
from journey.priority.market import Market
from journey.priority.memory import Memory
from journey.priority.reading import QUARTER_WEIGHTS, Reading, aged, read
from journey.priority.relational import RelationalSource, relational_source
from journey.priority.result import Level
from journey.priority.source import Source
from journey.priority.transactional import visit_source
from journey.priority.workshop import Shortfall, is_judged, shortfall_of
from journey.priority.worth import Place


@dataclass(frozen=True, slots=True)
class Body:
    """All evidence of a list.

    Attributes:
        places: of every pain point with evidence. kinds: D, E or F; A stands for measured.
        leaving: of each source, whether leaving itself was seen.
        volumes_known: whether every measured visit's journey has its starts.
        moved: whether all figures come from relational surveys of another outcome than leaving.
    """

    sources: tuple[Source, ...]
    leaving: tuple[bool, ...]
    places: Mapping[str, Place]
    kinds: Mapping[str, Level]
    shortfalls: Mapping[str, Shortfall]
    volumes_known: bool
    moved: bool
    warnings: tuple[str, ...]


def body_of(
    ws: Workspace,
    market: Market,
    tables: Sequence[Sequence[ResponseTable]],
    quarter: str | None,
    kept: tuple[Streams, Memory],
) -> Body:
    """Fit every source and give each pain point to the one with most answers about it.

    Args:
        tables: those of the quarter, then those of up to three before it, the latest first.
        kept: the run's streams, and what was fitted before.
    """
    streams, memory = kept
    readings, earlier = _readings(ws, market, tables, memory)
    relational = [r for r in readings if _is_relational(r) and r.pains]
    visited = [r for r in readings if not _is_relational(r)]
    owner = _owners(relational, visited)
    shortfalls = {
        str(p.id): s
        for p in ws.pain_points.values()
        if p.id not in owner and (s := shortfall_of(ws, p, quarter)) is not None
    }
    kinds = {
        str(p.id): _kind(p.id in owner, p.id in shortfalls, is_judged(p))
        for p in ws.pain_points.values()
    }
    opinion = [p for p in sorted(kinds) if kinds[p] in (Level.D, Level.E)]
    sources: list[Source] = [
        relational_source(r, market, ws.assumptions, streams, memory) for r in relational
    ]
    leaving = [r.outcome is not None and r.outcome.is_leaving for r in relational]
    visits = None
    if visited or opinion:
        evidence = Evidence(tuple(visited), tuple(earlier), tuple(opinion), shortfalls, quarter)
        visits = visit_source(ws, market, evidence, streams, memory)
        sources.append(visits)
        leaving.append(visits.fitted)
    owner |= dict.fromkeys(opinion, len(relational))
    places = {p: Place(s, sources[s].pains.index(p)) for p, s in owner.items()}
    return Body(
        sources=tuple(sources),
        leaving=tuple(leaving),
        places=places,
        kinds=kinds,
        shortfalls=shortfalls,
        volumes_known=visits.volumes_known if visits and visited else True,
        moved=_is_moved(kinds, owner, leaving, sources),
        warnings=(visits.warnings if visits and visited else ()) + _told(relational),
    )


def _readings(
    ws: Workspace,
    market: Market,
    tables: Sequence[Sequence[ResponseTable]],
    memory: Memory,
) -> tuple[list[Reading], list[Reading]]:
    """Return the quarter's tables and the earlier visits as they are read."""
    made_of: list[object] = [market.segments, dict(ws.questions), dict(ws.surveys)]
    made_of += [dict(ws.pain_points), dict(ws.touchpoints)]
    for part in tables:
        made_of += ["quarter", *part]

    def made() -> tuple[list[Reading], list[Reading]]:
        read_all = [
            [read(ws, market, t) for t in sorted(part, key=lambda t: t.survey) if t.rows]
            for part in tables
        ]
        past = zip(QUARTER_WEIGHTS[1:], read_all[1:], strict=False)
        earlier = [aged(r, w) for w, part in past for r in part if not _is_relational(r)]
        return read_all[0], earlier

    return memory.keep("readings", tuple(made_of), made)


def _is_relational(reading: Reading) -> bool:
    """Whether it is ranked per respondent; without any outcome its answers count as visits."""
    return reading.table.design == RELATIONAL and reading.outcome is not None


def _owners(relational: Sequence[Reading], visited: Sequence[Reading]) -> dict[str, int]:
    """Return pain point → its source, the one with the largest effective number of answers."""
    best: dict[str, tuple[float, int]] = {}
    for s, reading in enumerate(relational):
        for pain, n in _answers(reading).items():
            if pain not in best or n > best[pain][0]:
                best[pain] = (n, s)
    pooled: dict[str, float] = {}
    for reading in visited:
        for pain, n in _answers(reading).items():
            pooled[pain] = pooled.get(pain, 0.0) + n
    for pain, n in pooled.items():
        if pain not in best or n > best[pain][0]:
            best[pain] = (n, len(relational))
    return {pain: source for pain, (_, source) in best.items()}


def _answers(reading: Reading) -> dict[str, float]:
    used = {t: float(reading.weight[reading.used[:, t]].sum()) for t in set(reading.place.tolist())}
    return {p: used[int(t)] for p, t in zip(reading.pains, reading.place, strict=True)}


def _kind(measured: bool, short: bool, judged: bool) -> Level:
    if measured:
        return Level.A
    if short:
        return Level.D
    return Level.E if judged else Level.F


def _is_moved(
    kinds: Mapping[str, Level],
    owner: Mapping[str, int],
    leaving: Sequence[bool],
    sources: Sequence[Source],
) -> bool:
    measured = {owner[p] for p, kind in kinds.items() if kind is Level.A}
    return (
        bool(measured)
        and Level.D not in kinds.values()
        and all(isinstance(sources[s], RelationalSource) and not leaving[s] for s in measured)
    )


def _told(relational: Sequence[Reading]) -> tuple[str, ...]:
    """Return stable words on what the outcomes were."""
    found = set()
    for reading in relational:
        assert reading.outcome is not None
        if reading.outcome.word == "left" and not reading.outcome.is_leaving:
            found.add("leaving_period_not_stated")
        if reading.outcome.word in ("detractor", "low"):
            found.add("outcome_from_overall_question")
        if len(np.unique(reading.outcome.bad[reading.outcome.bad >= 0])) < 2:
            found.add("outcome_all_the_same")
    return tuple(sorted(found))
