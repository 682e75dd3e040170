"""Why a row's rank moved: the method, an assumption, an edit, or the data.

Last quarter is ranked again one step at a time until it is this quarter:

    as it was frozen → today's method → then the assumptions → then the edits → then the data

Each step's change of rank is what that cause moved the row by, so that the four add up to the
whole way. The data come last: what is left for them is what today's list, with today's method and
assumptions, would have shown last quarter, against what it shows now. A sequence is used rather
than the mean over all orders (Shapley's), which needs eight rankings for what three can tell and
whose parts nobody could recompute by hand. Steps that change nothing are not ranked again.

A later quarter that was itself frozen by an earlier method is ranked again by today's, and the way
from there to its frozen ranks is the method's too.

Assumptions are the numbers of `Assumptions` and what a kept customer is worth. Data are the
answers, the observed KPIs and counted transitions. All else that a team types is an edit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from journey.model.evidence import Observation
from journey.model.ids import Kind, PainPointId, SegmentId
from journey.model.map import LOST, RETAINED, START, Transition
from journey.model.workspace import Entity, Workspace
from journey.priority.result import Ranking
from journey.quarter.side import Side

Ranks = Mapping[PainPointId, int]


class Cause(StrEnum):
    """What can move a row, in the order the steps are taken."""

    METHOD = "method"
    ASSUMPTION = "assumption"
    EDIT = "edit"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Steps:
    """The ranks of the first list, and of the list after each step.

    Attributes:
        unsplit: the answers of the first quarter are no longer there: all is given to the data.
    """

    first: Ranks
    steps: tuple[tuple[Cause, Ranks], ...]
    unsplit: bool = False

    def because(self, pain: PainPointId) -> dict[Cause, int]:
        """Return by how many places each cause lifted a row (below 0: lowered it).

        A row that a step does not have is passed over: the next step that has it takes the whole
        way since the last one that had it.
        """
        found = dict.fromkeys(Cause, 0)
        at = self.first.get(pain)
        for cause, ranks in self.steps:
            now = ranks.get(pain)
            if now is not None:
                found[cause] += at - now if at is not None else 0
                at = now
        return found

    def came(self, pain: PainPointId) -> Cause:
        """Return the step that brought a row the first list does not have, for good."""
        found = Cause.DATA
        for cause, ranks in reversed(self.steps):
            if pain not in ranks:
                break
            found = cause
        return found

    def went(self, pain: PainPointId) -> Cause:
        """Return the step that took a row the last list does not have, for good."""
        found = Cause.DATA
        for cause, ranks in reversed(self.steps):
            if pain in ranks:
                break
            found = cause
        return found


Rank = Callable[[Workspace, Side], Ranking]


def ranks_in(ranking: Ranking) -> dict[PainPointId, int]:
    """Return the rank of every ranked row."""
    return {item.pain_point: item.rank for item in ranking.items if item.rank is not None}


def steps_between(before: Side, after: Side, method_version: str, rank: Rank) -> Steps:
    """Rank the first quarter again, step by step.

    Args:
        method_version: of today's method. rank: ranks a workspace with a side's answers, seed,
            draws and quarter by today's method.
    """
    first, last = ranks_in(before.listed.ranking), ranks_in(after.listed.ranking)
    if not before.complete:
        return Steps(first, ((Cause.DATA, last),), unsplit=True)
    ranks = first
    if before.listed.ranking.method_version != method_version:
        ranks = ranks_in(rank(before.workspace, before))
    steps = [(Cause.METHOD, ranks)]
    assumed = with_assumptions(before.workspace, after.workspace)
    if not same_list(assumed, before.workspace):
        ranks = ranks_in(rank(assumed, before))
    steps.append((Cause.ASSUMPTION, ranks))
    edited = with_data(after.workspace, before.workspace)
    if not same_list(edited, assumed):
        ranks = ranks_in(rank(edited, before))
    steps.append((Cause.EDIT, ranks))
    if after.listed.ranking.method_version != method_version and after.complete:
        steps.append((Cause.DATA, ranks_in(rank(after.workspace, after))))
        steps.append((Cause.METHOD, last))
    else:
        steps.append((Cause.DATA, last))
    return Steps(first, tuple(steps))


def with_assumptions(ws: Workspace, other: Workspace) -> Workspace:
    """Return a workspace under the assumptions of another, its customers' worth included."""
    found = ws.copy()
    found.put(other.assumptions)
    for segment in ws.segments.values():
        theirs = other.segments.get(SegmentId(segment.id))
        if theirs is not None:
            found.put(replace(segment, value_if_retained=theirs.value_if_retained))
    return found


def with_data(ws: Workspace, other: Workspace) -> Workspace:
    """Return a workspace with the surveys, observations and counted transitions of another.

    What those speak of and this workspace does not have is left out.
    """
    found = Workspace(entities=(e for e in ws.entities() if not _is_data(e)))
    for entity in other.entities():
        if _is_data(entity) and _fits(found, entity):
            found.put(entity)
    return found


# What no rank depends on: how it looks, who says it, and what is told beside it.
_BESIDE = frozenset({Kind.LEADER, Kind.PERSONA, Kind.LANE, Kind.NOTE, Kind.STRENGTH, Kind.QUARTER})


def same_list(one: Workspace, two: Workspace) -> bool:
    """Whether two workspaces with the same answers must give the same ranks."""
    return all(one.table(kind) == two.table(kind) for kind in Kind if kind not in _BESIDE)


def _is_data(entity: Entity) -> bool:
    if isinstance(entity, Transition):
        return entity.count is not None
    return entity.kind in (Kind.SURVEY, Kind.OBSERVATION)


def _fits(ws: Workspace, entity: Entity) -> bool:
    """Whether everything a datum names is in a workspace."""
    if isinstance(entity, Transition):
        return (
            entity.journey in ws.journeys
            and (entity.source == START or entity.source in ws.touchpoints)
            and (entity.target in (RETAINED, LOST) or entity.target in ws.touchpoints)
            and (entity.segment is None or entity.segment in ws.segments)
        )
    return not isinstance(entity, Observation) or entity.kpi in ws.kpis
