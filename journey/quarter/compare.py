"""Two quarters side by side: what is new, gone, moved or the same, why, and whether it is real."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from journey.metrics.intervals import Interval, benjamini_hochberg, wilson
from journey.model.evidence import Question
from journey.model.ids import LeaderId, PainPointId, QuestionId, TouchpointId
from journey.model.workspace import Workspace, ordered_journeys, ordered_touchpoints
from journey.priority.result import RankedItem, Ranking
from journey.quarter.causes import Cause, Steps, steps_between
from journey.quarter.effects import Effect, effects_between
from journey.quarter.kpis import KpiChange, judged, kpi_changes
from journey.quarter.learning import Learned, learn
from journey.quarter.overlap import pairs_between
from journey.quarter.record import SegmentCounts
from journey.quarter.side import Side
from journey.quarter.spread import RankSpread, chances_of_rising, no_move_p
from journey.quarter.touchpoints import Asked, TouchpointChange, touchpoint_changes

# The false discovery rate is spent once on all that is claimed of two quarters: this part of it
# on touchpoints and KPIs, the rest on ranks, which are drawn from the same answers (Bonferroni
# between the two families).
FIGURES_PART: Final = 0.8


class ItemChange(StrEnum):
    """What became of a row; the values stand in files."""

    NEW = "new"
    GONE = "gone"
    MOVED = "moved"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """One pain point that was ranked in either quarter.

    Attributes:
        because: places by which each cause lifted the row (below 0: lowered it); for a row in
            both lists they sum to rank_from − rank_to, else all are 0.
        cause: what brought a new row or took a gone one; None for the others.
        p_moved: chance that its true rank moved to the side shown (same: to the likelier side),
            from the draws of both quarters; None for new and gone rows.
        really_moved: whether that may be claimed, all rows tested together.
        value_from, value_to: in the unit of its list, None where none may be shown.
        closed_on: the day an improvement of a gone row was done, as text; "" where not known.
    """

    pain_point: PainPointId
    title: str
    touchpoint: TouchpointId | None
    touchpoint_name: str
    leader: LeaderId | None
    leader_name: str
    change: ItemChange
    rank_from: int | None
    rank_to: int | None
    because: dict[Cause, int]
    cause: Cause | None = None
    p_moved: float | None = None
    really_moved: bool = False
    value_from: float | None = None
    value_to: float | None = None
    closed_on: str = ""


@dataclass(frozen=True, slots=True)
class LeaderChange:
    """A leader against their own list, never against another's.

    Attributes:
        recovered: observed value of what they finished, in the list's unit; None where nothing
            was seen. finished: how many. open_value: of the rows still in their list, taken one
            at a time; None without figures. open_rows: how many.
    """

    leader: LeaderId | None
    name: str
    role: str
    recovered: float | None
    finished: int
    open_value: float | None
    open_rows: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two quarters side by side.

    Attributes:
        items: those of the second list by rank, then what is gone by its old rank.
        touchpoints: in the order of the map. effects: finished improvements, by id.
        kpis: those observed in both quarters, in one family with the touchpoints.
        hits, told: observed values inside their predicted 80 % interval, of how many with both;
            hit_rate: with Wilson's 95 % interval, None without any.
        learned: what the finished improvements say of the efficacy to assume.
        year_ago: the quarter the seasonal figures are of, "" without.
        warnings: stable words: answers_gone (the causes cannot be split), answers_changed (of the
            second quarter since it was frozen), method_changed, basis_changed, unit_changed.
    """

    before: str
    after: str
    before_frozen: bool
    after_frozen: bool
    unit: str
    currency: str
    items: tuple[ComparedItem, ...]
    touchpoints: tuple[TouchpointChange, ...]
    effects: tuple[Effect, ...]
    leaders: tuple[LeaderChange, ...]
    hits: int
    told: int
    hit_rate: Interval | None
    learned: Learned | None
    rate: float
    year_ago: str = ""
    warnings: tuple[str, ...] = ()
    kpis: tuple[KpiChange, ...] = ()

    def count(self, change: ItemChange) -> int:
        """Return how many rows are new, gone, moved or the same."""
        return sum(item.change is change for item in self.items)


def compare(
    before: Side,
    after: Side,
    *,
    year_ago: Sequence[SegmentCounts] = (),
    year_ago_quarter: str = "",
) -> Comparison:
    """Compare two quarters; the first is ranked again as far as the causes ask for it.

    Raises:
        RankingError: it cannot be ranked again.
    """
    from journey.priority.draws import METHOD_VERSION

    steps = steps_between(before, after, METHOD_VERSION, _rank)
    assumptions = after.workspace.assumptions
    effects = effects_between(before, after)
    told = [e for e in effects if e.inside is not None]
    hits = sum(bool(e.inside) for e in told)
    ranking, rate = after.listed.ranking, assumptions.false_discovery_rate
    kpis = kpi_changes((before.workspace, before.quarter), (after.workspace, after.quarter))
    touchpoints = touchpoint_changes(
        before.data.counts,
        after.data.counts,
        _asked(after.workspace),
        year_ago,
        pairs_between(before, after),
        beside=[change.p for change in kpis if change.p is not None],
    )
    unit = "money" if ranking.basis.value == "money" else ranking.index_unit
    return Comparison(
        before=before.quarter,
        after=after.quarter,
        before_frozen=before.frozen,
        after_frozen=after.frozen,
        unit=unit,
        currency=ranking.currency,
        items=_items(before, after, steps, rate * (1.0 - FIGURES_PART)),
        touchpoints=touchpoints,
        kpis=judged(kpis, [row.p for row in touchpoints if row.p is not None], rate * FIGURES_PART),
        effects=effects,
        leaders=_leaders(after, effects),
        hits=hits,
        told=len(told),
        hit_rate=wilson(hits, len(told)) if told else None,
        learned=learn(assumptions, effects),
        rate=rate,
        year_ago=year_ago_quarter if year_ago else "",
        warnings=_warnings(before, after, steps),
    )


def _rank(ws: Workspace, side: Side) -> Ranking:
    from journey.priority import rank

    made = side.listed.ranking
    return rank(
        ws,
        side.tables,
        quarter=side.quarter,
        draws=made.draws,
        seed=made.seed,
        earlier=side.earlier,
    )


def _items(before: Side, after: Side, steps: Steps, rate: float) -> tuple[ComparedItem, ...]:
    old = {i.pain_point: i for i in before.listed.ranking.items if i.rank is not None}
    new = {i.pain_point: i for i in after.listed.ranking.items if i.rank is not None}
    order = sorted(new.values(), key=_rank_of)
    gone = sorted((i for p, i in old.items() if p not in new), key=_rank_of)
    found = [_item(after, steps, old.get(i.pain_point), i) for i in order]
    found += [_item(after, steps, i, None) for i in gone]
    return tuple(_with_chances(found, before.listed.spreads, after.listed.spreads, rate))


def _rank_of(item: RankedItem) -> int:
    return item.rank or 0


def _item(
    after: Side, steps: Steps, old: RankedItem | None, new: RankedItem | None
) -> ComparedItem:
    item = new or old
    assert item is not None
    pain = item.pain_point
    change = ItemChange.SAME
    cause = None
    because = dict.fromkeys(Cause, 0)
    if old is None:
        change, cause = ItemChange.NEW, steps.came(pain)
    elif new is None:
        change, cause = ItemChange.GONE, steps.went(pain)
    else:
        because = steps.because(pain)
        change = ItemChange.SAME if old.rank == new.rank else ItemChange.MOVED
    return ComparedItem(
        pain_point=pain,
        title=item.title,
        touchpoint=item.touchpoint,
        touchpoint_name=item.touchpoint_name,
        leader=item.leader,
        leader_name=item.leader_name,
        change=change,
        rank_from=old.rank if old else None,
        rank_to=new.rank if new else None,
        because=because,
        cause=cause,
        value_from=_value(old),
        value_to=_value(new),
        closed_on=_closed_on(after.workspace, pain) if new is None else "",
    )


def _value(item: RankedItem | None) -> float | None:
    if item is None:
        return None
    return item.value_mean if item.value_mean is not None else item.index_mean


def _closed_on(ws: Workspace, pain: PainPointId) -> str:
    days = [
        i.done_on
        for i in ws.improvements.values()
        if pain in i.addresses and i.status == "done" and i.done_on is not None
    ]
    return max(days).isoformat() if days else ""


def _with_chances(
    items: Sequence[ComparedItem],
    before: Mapping[PainPointId, RankSpread],
    after: Mapping[PainPointId, RankSpread],
    rate: float,
) -> list[ComparedItem]:
    """Return the items with the chance that each moved, and one family's verdicts on it."""
    both = [
        i
        for i, item in enumerate(items)
        if item.cause is None and item.pain_point in before and item.pain_point in after
    ]
    first = [before[items[i].pain_point] for i in both]
    second = [after[items[i].pain_point] for i in both]
    rises = chances_of_rising(first, second)
    p_values = [no_move_p(a, b) for a, b in zip(first, second, strict=True)]
    verdicts = benjamini_hochberg(p_values, rate) if both and 0 < rate < 1 else ()
    found = list(items)
    for place, rise, verdict in zip(both, rises, verdicts, strict=True):
        item = items[place]
        chance = max(rise, 1.0 - rise)
        if item.change is ItemChange.MOVED:
            assert item.rank_from is not None
            assert item.rank_to is not None
            chance = rise if item.rank_to < item.rank_from else 1.0 - rise
        claimed = verdict and item.change is ItemChange.MOVED and chance > 0.5
        found[place] = replace(item, p_moved=chance, really_moved=claimed)
    return found


def _asked(ws: Workspace) -> Asked:
    """Return the questions in the order of the map, those without a touchpoint last."""
    by_place: dict[str, list[Question]] = {}
    for question in sorted(ws.questions.values(), key=lambda q: q.id):
        by_place.setdefault(question.touchpoint or "", []).append(question)
    found: dict[QuestionId, tuple[Question, str]] = {}
    for journey in ordered_journeys(ws):
        for touchpoint in ordered_touchpoints(ws, journey.id):
            for question in by_place.get(touchpoint.id, ()):
                found[question.id] = (question, touchpoint.name)
    for question in by_place.get("", ()):
        found[question.id] = (question, "")
    a = ws.assumptions
    rate = a.false_discovery_rate * FIGURES_PART
    return Asked(found, ws.info.minimum_n, a.minimum_n_trend, rate)


def _leaders(after: Side, effects: Sequence[Effect]) -> tuple[LeaderChange, ...]:
    """Return every leader with a row or a finished improvement, by name, nobody last."""
    ws, ranking = after.workspace, after.listed.ranking
    names = {item.leader: item.leader_name for item in ranking.items}
    for effect in effects:
        if effect.leader not in names:
            known = ws.leaders.get(effect.leader) if effect.leader else None
            names[effect.leader] = known.name if known else "Unassigned"
    found = []
    for leader in sorted(names, key=lambda k: (k is None, names[k].casefold(), k or "")):
        mine = [e for e in effects if e.leader == leader]
        seen = [e.observed for e in mine if e.observed is not None]
        rows = [i for i in ranking.items if i.leader == leader and i.rank is not None]
        values = [v for i in rows if (v := _value(i)) is not None]
        known = ws.leaders.get(leader) if leader else None
        found.append(
            LeaderChange(
                leader=leader,
                name=names[leader],
                role=known.role if known else "",
                recovered=math.fsum(seen) if seen else None,
                finished=len(mine),
                open_value=math.fsum(values) if values else None,
                open_rows=len(rows),
            )
        )
    return tuple(found)


def _warnings(before: Side, after: Side, steps: Steps) -> tuple[str, ...]:
    old, new = before.listed.ranking, after.listed.ranking
    found = {
        "answers_gone": steps.unsplit,
        "answers_changed": not after.complete,
        "method_changed": old.method_version != new.method_version,
        "basis_changed": old.basis is not new.basis or old.currency != new.currency,
        "unit_changed": old.index_unit != new.index_unit,
    }
    return tuple(word for word, is_so in found.items() if is_so)
