"""What was found: the figures of the computed columns."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from journey.model.ids import JourneyId, Kind, TouchpointId
from journey.model.workspace import Entity, Workspace, leader_of
from ui import numbers
from ui.map.figures import ChipFact, KpiFigure, MapFigures
from ui.map_figures import map_figures
from ui.priorities.figures import Figures, figures_of
from ui.shell.widgets.marks import ChipState
from ui.table.words import tr

if TYPE_CHECKING:
    from journey.priority.result import RankedItem, Ranking
    from storage.evidence import MetricRow
    from ui.findings import Evidence


class Shown(NamedTuple):
    """A computed cell: its text, what it is sorted and filtered by, and its mark, if it has one."""

    text: str = ""
    key: float | str | None = None
    mark: str = ""


NOTHING: Final = Shown(numbers.NONE)
_Cell = Callable[["Found", Entity], Shown]


class Found:
    """Computes cells from the findings and from what the workspace holds.

    `look_again` drops what was counted; it is counted again when a cell asks.
    """

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self._counts: dict[str, Mapping[str, Any]] = {}
        self._evidence: Evidence | None = None
        self._map: MapFigures | None = None
        self.items: dict[str, RankedItem] = {}
        self.figures: Figures | None = None
        self._questions: dict[str, MetricRow] = {}

    def look_again(self, kinds: frozenset[Kind]) -> None:
        """Objects of these kinds changed."""
        self._counts.clear()
        if kinds & {Kind.KPI, Kind.OBSERVATION}:
            self._map = None

    def set_evidence(self, evidence: "Evidence | None") -> None:
        """Take other metrics."""
        self._evidence, self._map = evidence, None
        rows = evidence.metrics if evidence is not None else ()
        self._questions = {row.question.id: row for row in rows if row.segment is None}

    def set_ranking(self, ranking: "Ranking | None") -> None:
        """Take another ranking; None where none could be made."""
        self.items = {item.pain_point: item for item in ranking.items} if ranking else {}
        self.figures = figures_of(ranking) if ranking else None

    @property
    def unit(self) -> str:
        """The unit of the values, "" where they are an index."""
        unit = self.figures.unit if self.figures is not None else None
        return unit.label if unit is not None else ""

    def cell(self, kind: Kind, key: str, entity: Entity) -> Shown:
        """Return a computed cell."""
        made = _CELLS.get((kind, key)) or _CELLS.get((None, key))
        return made(self, entity) if made is not None else NOTHING

    def count(self, name: str) -> Mapping[str, Any]:
        """Return what hangs on what, counted once per edit."""
        if name not in self._counts:
            self._counts[name] = _COUNTS[name](self.ws)
        return self._counts[name]

    @property
    def _figures(self) -> MapFigures:
        if self._map is None:
            rows = self._evidence.metrics if self._evidence else ()
            quarter = self._evidence.quarter if self._evidence else None
            self._map = map_figures(self.ws, rows, None, quarter)
        return self._map

    def chip(self, entity: Entity) -> ChipFact | None:
        """Return the first metric of a touchpoint, or that of a question."""
        if entity.kind is Kind.QUESTION:
            row = self._questions.get(entity.id)
            if row is None:
                return None
            figures = map_figures(self.ws, [row], None, None)
            return next((t.chips[0] for t in figures.touchpoints.values()), None)
        figure = self._figures.touchpoints.get(entity.id)  # type: ignore[call-overload]
        return figure.chips[0] if figure is not None and figure.chips else None

    def kpi(self, entity: Entity) -> KpiFigure | None:
        """Return a KPI's latest value."""
        return self._figures.kpis.get(entity.id)  # type: ignore[call-overload,no-any-return]


def _leaving(ws: Workspace) -> Mapping[str, float]:
    """Return the counts that leave each touchpoint, of each segment."""
    leaving: dict[str, float] = defaultdict(float)
    for transition in ws.transitions.values():
        leaving[f"{transition.source}|{transition.segment or ''}"] += transition.count or 0.0
    return leaving


def _titles(ws: Workspace) -> Mapping[str, list[str]]:
    """Return the improvements that address each pain point."""
    fixes: dict[str, list[str]] = defaultdict(list)
    for improvement in ws.improvements.values():
        for pain in improvement.addresses:
            fixes[pain].append(improvement.title)
    return fixes


def _at_stages(ws: Workspace) -> Counter[str]:
    stage_of = {t.id: t.stage or "" for t in ws.touchpoints.values()}
    places = (p.touchpoint for p in ws.pain_points.values())
    return Counter(stage_of.get(t, "") for t in places if t is not None)


_COUNTS: Final[Mapping[str, Callable[[Workspace], Mapping[str, Any]]]] = {
    "of_touchpoint": lambda ws: Counter(p.touchpoint or "" for p in ws.pain_points.values()),
    "pains_of_journey": lambda ws: Counter(p.journey for p in ws.pain_points.values()),
    "touchpoints_of_journey": lambda ws: Counter(t.journey for t in ws.touchpoints.values()),
    "touchpoints_of_stage": lambda ws: Counter(t.stage or "" for t in ws.touchpoints.values()),
    "pains_of_stage": _at_stages,
    "stages_of": lambda ws: Counter(s.journey for s in ws.stages.values()),
    "owned_touchpoints": lambda ws: Counter(t.owner or "" for t in ws.touchpoints.values()),
    "owned_pains": lambda ws: Counter(leader_of(ws, p) or "" for p in ws.pain_points.values()),
    "owned_improvements": lambda ws: Counter(i.owner or "" for i in ws.improvements.values()),
    "observations": lambda ws: Counter(o.kpi for o in ws.observations.values()),
    "leaving": _leaving,
    "fixes": _titles,
}


def _whole(value: float) -> Shown:
    return Shown(numbers.number(value, 0), value)


def _counted(name: str) -> _Cell:
    return lambda found, entity: _whole(found.count(name).get(entity.id, 0))


def _item(make: "Callable[[Found, RankedItem], Shown]") -> _Cell:
    def cell(found: Found, entity: Entity) -> Shown:
        item = found.items.get(entity.id)
        return make(found, item) if item is not None and found.figures is not None else NOTHING

    return cell


def _value(found: Found, item: "RankedItem") -> Shown:
    assert found.figures is not None
    interval = found.figures.interval(item)
    return Shown(found.figures.value(item), None if interval is None else interval.mean)


def _interval(found: Found, item: "RankedItem") -> Shown:
    assert found.figures is not None
    interval = found.figures.interval(item)
    if interval is None:
        return NOTHING
    low, high = (found.figures.tick(v, precise=True) for v in (interval.low_80, interval.high_80))
    if interval.low_80 < 0.0:
        # A dash before a minus would read as two: "−8.4 to −1.6".
        return Shown(numbers.interval(low, high), interval.low_80)
    return Shown(f"{low}–{high}", interval.low_80)


def _level(_found: Found, item: "RankedItem") -> Shown:
    return Shown(item.level.value, item.level.value, "level")


def _rank(_found: Found, item: "RankedItem") -> Shown:
    return NOTHING if item.rank is None else _whole(item.rank)


def _in_top(_found: Found, item: "RankedItem") -> Shown:
    return NOTHING if item.p_top5 is None else Shown(numbers.percent(item.p_top5), item.p_top5)


def _per_day(found: Found, item: "RankedItem") -> Shown:
    assert found.figures is not None
    return Shown(found.figures.per_day(item), item.score)


def _effort(_found: Found, item: "RankedItem") -> Shown:
    if item.effort_assumed:
        return NOTHING
    return Shown(numbers.number(item.effort_days), item.effort_days)


def _best_rank(found: Found, entity: Entity) -> Shown:
    """An improvement is as urgent as the first pain point it addresses."""
    mine = (found.items.get(pain) for pain in getattr(entity, "addresses", ()))
    ranks = [item.rank for item in mine if item is not None and item.rank is not None]
    return _whole(min(ranks)) if ranks else NOTHING


def _leaders_value(found: Found, entity: Entity) -> Shown:
    figures = found.figures
    if figures is None or figures.unit is None:
        return NOTHING
    mine = (i for i in found.items.values() if i.leader == entity.id)
    means = [interval.mean for i in mine if (interval := figures.interval(i)) is not None]
    return Shown(figures.tick(sum(means), precise=True), sum(means)) if means else NOTHING


def _metric(found: Found, entity: Entity) -> Shown:
    chip = found.chip(entity)
    return NOTHING if chip is None else Shown(chip.label, chip.label)


def _measured(found: Found, entity: Entity) -> Shown:
    chip = found.chip(entity)
    if chip is None:
        return NOTHING
    if chip.state is not ChipState.MEASURED:
        return Shown(tr("too few"))
    return Shown(chip.face.value, chip.value)


def _margin(found: Found, entity: Entity) -> Shown:
    chip = found.chip(entity)
    if chip is None or chip.margin is None:
        return NOTHING
    return Shown(chip.face.margin, chip.margin)


def _answers(found: Found, entity: Entity) -> Shown:
    chip = found.chip(entity)
    return NOTHING if chip is None else _whole(chip.n)


def _pains_answers(_found: Found, item: "RankedItem") -> Shown:
    return NOTHING if item.n is None else _whole(item.n)


def _stage(found: Found, entity: Entity) -> Shown:
    touchpoint = found.ws.touchpoints.get(TouchpointId(str(getattr(entity, "touchpoint", ""))))
    stage = found.ws.stages.get(touchpoint.stage) if touchpoint and touchpoint.stage else None
    return Shown(stage.name, stage.name) if stage is not None else NOTHING


def _journey(found: Found, entity: Entity) -> Shown:
    journey = found.ws.journeys.get(JourneyId(str(getattr(entity, "journey", ""))))
    return Shown(journey.name, journey.name) if journey is not None else NOTHING


def _fixes(found: Found, entity: Entity) -> Shown:
    text = "; ".join(found.count("fixes").get(entity.id, ()))
    return Shown(text, text) if text else NOTHING


def _share(found: Found, entity: Entity) -> Shown:
    count = getattr(entity, "count", None)
    source, segment = getattr(entity, "source", ""), getattr(entity, "segment", None)
    whole = found.count("leaving").get(f"{source}|{segment or ''}", 0.0)
    return (
        NOTHING if not count or not whole else Shown(numbers.percent(count / whole), count / whole)
    )


def _latest(found: Found, entity: Entity) -> Shown:
    figure = found.kpi(entity)
    return NOTHING if figure is None else Shown(numbers.number(figure.value), figure.value)


def _period(found: Found, entity: Entity) -> Shown:
    figure = found.kpi(entity)
    return NOTHING if figure is None else Shown(figure.period.replace("Q", " Q"), figure.period)


def _reached(found: Found, entity: Entity) -> Shown:
    figure = found.kpi(entity)
    if figure is None or figure.ok is None:
        return NOTHING
    words = tr("met") if figure.ok else tr("short of it")
    return Shown(words, words, "check" if figure.ok else "warning")


def _asks(_found: Found, entity: Entity) -> Shown:
    metric = str(getattr(entity, "metric", ""))
    text = tr("Rating") if metric == "rating" else metric.upper()
    return Shown(text, text)


def _scale(_found: Found, entity: Entity) -> Shown:
    low, high = getattr(entity, "scale", (0, 0))
    return Shown(f"{low}–{high}", float(high))


_CELLS: Final[Mapping[tuple[Kind | None, str], _Cell]] = {
    (None, "journey"): _journey,
    (None, "metric"): _metric,
    (None, "measured"): _measured,
    (None, "margin"): _margin,
    (None, "answers"): _answers,
    (Kind.TOUCHPOINT, "pain_points"): _counted("of_touchpoint"),
    (Kind.PAIN_POINT, "value"): _item(_value),
    (Kind.PAIN_POINT, "interval"): _item(_interval),
    (Kind.PAIN_POINT, "level"): _item(_level),
    (Kind.PAIN_POINT, "rank"): _item(_rank),
    (Kind.PAIN_POINT, "in_top"): _item(_in_top),
    (Kind.PAIN_POINT, "per_day"): _item(_per_day),
    (Kind.PAIN_POINT, "effort"): _item(_effort),
    (Kind.PAIN_POINT, "answers"): _item(_pains_answers),
    (Kind.PAIN_POINT, "stage"): _stage,
    (Kind.PAIN_POINT, "improvements"): _fixes,
    (Kind.IMPROVEMENT, "rank"): _best_rank,
    (Kind.STAGE, "touchpoints"): _counted("touchpoints_of_stage"),
    (Kind.STAGE, "pain_points"): _counted("pains_of_stage"),
    (Kind.TRANSITION, "share"): _share,
    (Kind.KPI, "latest"): _latest,
    (Kind.KPI, "period"): _period,
    (Kind.KPI, "reached"): _reached,
    (Kind.KPI, "observations"): _counted("observations"),
    (Kind.LEADER, "touchpoints"): _counted("owned_touchpoints"),
    (Kind.LEADER, "pain_points"): _counted("owned_pains"),
    (Kind.LEADER, "improvements_count"): _counted("owned_improvements"),
    (Kind.LEADER, "value"): _leaders_value,
    (Kind.QUESTION, "asks"): _asks,
    (Kind.QUESTION, "scale"): _scale,
    (Kind.JOURNEY, "stages"): _counted("stages_of"),
    (Kind.JOURNEY, "touchpoints"): _counted("touchpoints_of_journey"),
    (Kind.JOURNEY, "pain_points"): _counted("pains_of_journey"),
}
