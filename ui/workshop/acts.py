"""What is typed or pressed in a workshop, as commands; no widgets, only the workspace."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from journey.edit import (
    Add,
    AddPainPoint,
    Changes,
    Command,
    MovePainPoint,
    MoveTouchpoint,
)
from journey.model.ids import (
    ImprovementId,
    JourneyId,
    Kind,
    PainPointId,
    Ref,
    StageId,
    StrengthId,
    TouchpointId,
    new_id,
)
from journey.model.improvement import Improvement
from journey.model.map import PainPoint, Strength
from journey.model.text import clean_name
from journey.model.workspace import Column, Workspace, outline
from ui.map.edits import Made, Target, new_stage, new_touchpoint, rate, split_title, write
from ui.map.hanging import hung_under, worst_pain
from ui.map.places import UNSEEN, gathered, stays_in_columns, touchpoints_of
from ui.workshop.lift import Drop
from ui.workshop.sorts import Sort


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the next words go."""

    journey: JourneyId
    stage: StageId | None = None
    touchpoint: TouchpointId | None = None
    pain: PainPointId | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A step of the workshop: a stage, or the touchpoints that stand in none (id "")."""

    id: str
    name: str
    columns: tuple[Column, ...]


def ids_in(column: Column) -> tuple[str, ...]:
    """Return the ids of what hangs on a touchpoint, from top to bottom."""
    pains = [pain.id for pain in column.pain_points]
    strengths = [strength.id for strength in column.strengths]
    return (*pains, *strengths, *(improvement.id for improvement in column.improvements))


def phases(ws: Workspace, journey: JourneyId, nameless: str) -> tuple[Phase, ...]:
    """Return the steps in order; `nameless` is what touchpoints without a stage stand under."""
    groups = outline(ws, journey)
    return tuple(
        Phase(g.stage.id, g.stage.name, g.columns) if g.stage else Phase("", nameless, g.columns)
        for g in groups
    )


def phases_after(
    ws: Workspace, journey: JourneyId, nameless: str, now: Sequence[Phase], changes: Changes
) -> tuple[Phase, ...]:
    """Return the steps after an edit; where only cards changed, the other columns are kept."""
    seen = [c for c in changes.items if c.ref.kind not in UNSEEN]
    if not seen or not all(stays_in_columns(c) and c.ref.kind is not Kind.STAGE for c in seen):
        return phases(ws, journey, nameless)
    touched = {
        touchpoint
        for change in seen
        for entity in (change.before, change.after)
        for touchpoint in touchpoints_of(ws, entity)
    }

    def after(phase: Phase) -> Phase:
        if touched.isdisjoint(column.touchpoint.id for column in phase.columns):
            return phase
        return replace(
            phase,
            columns=tuple(
                gathered(ws, column, seen) if column.touchpoint.id in touched else column
                for column in phase.columns
            ),
        )

    return tuple(after(phase) for phase in now)


def capture(ws: Workspace, spot: Spot, sort: Sort, text: str) -> Made | None:
    """Return the command that keeps words as a sticky of a sort; None where it has no place.

    Words longer than a name keep their beginning as the name and all of them as the note.
    """
    if not clean_name(text):
        return None
    title, note = split_title(text)
    if sort is Sort.STAGE:
        return new_stage(spot.journey, title)
    if sort is Sort.TOUCHPOINT:
        return new_touchpoint(spot.stage, title) if spot.stage else None
    if sort is Sort.IMPROVEMENT:
        return _improvement(ws, spot, title, note)
    return _strength(spot, title, note) if sort is Sort.STRENGTH else _pain(spot, title, note)


def _strength(spot: Spot, title: str, note: str) -> Made | None:
    if spot.touchpoint is None:
        return None
    number = StrengthId(new_id(Kind.STRENGTH))
    strength = Strength(number, spot.journey, title, spot.touchpoint, note)
    return Made(Add(strength), Ref(Kind.STRENGTH, number))


def _pain(spot: Spot, title: str, note: str) -> Made:
    pain = PainPoint(
        PainPointId(new_id(Kind.PAIN_POINT)), spot.journey, title, spot.touchpoint, evidence=note
    )
    return Made(AddPainPoint(pain), Ref(Kind.PAIN_POINT, pain.id))


def _improvement(ws: Workspace, spot: Spot, title: str, note: str) -> Made | None:
    """An improvement addresses the pain point it is said to, else the worst of the touchpoint."""
    mine = [p for p in ws.pain_points.values() if p.touchpoint == spot.touchpoint]
    if spot.touchpoint is None or not mine:
        return None
    pain = spot.pain if any(p.id == spot.pain for p in mine) else worst_pain(ws, spot.touchpoint)
    assert pain is not None
    improvement = Improvement(ImprovementId(new_id(Kind.IMPROVEMENT)), title, (pain,), notes=note)
    return Made(Add(improvement), Ref(Kind.IMPROVEMENT, improvement.id))


def keep(ws: Workspace, spot: Spot, sort: Sort, text: str) -> Made | None:
    """Return the command that keeps what was never entered: as its sort, else as a pain point."""
    return capture(ws, spot, sort, text) or capture(ws, spot, Sort.PAIN, text)


def classify(ws: Workspace, ref: Ref, field: str, value: int) -> Command | None:
    """Return the command that sets a class of a pain point, None where nothing changes."""
    return rate(ws, (ref,), field, value)


def dropped(ws: Workspace, columns: Sequence[Column], ref: Ref, to: Drop) -> Command | None:
    """Return the command that moves a card of a stage to a place, None where nothing changes."""
    home = next((n for n, c in enumerate(columns) if ref.id in {c.touchpoint.id, *ids_in(c)}), None)
    # What was dragged, or where it was to go, may have been undone meanwhile.
    if home is None or to.column >= len(columns) + (ref.kind is Kind.TOUCHPOINT):
        return None
    if ref.kind is Kind.TOUCHPOINT:
        stage, index = columns[home].touchpoint.stage, to.column - (to.column > home)
        if stage is None or index == home:
            return None
        return MoveTouchpoint(TouchpointId(ref.id), stage, index)
    target = columns[to.column].touchpoint.id
    if ref.kind is Kind.PAIN_POINT:
        order = [pain.id for pain in columns[to.column].pain_points]
        stays = to.column == home and order.index(PainPointId(ref.id)) == to.row
        return None if stays else MovePainPoint(PainPointId(ref.id), target, to.row)
    if to.column == home:
        return None
    return hung_under(ws, ref, columns[home].touchpoint.id, target)


def renamed(ws: Workspace, ref: Ref, text: str) -> Command | None:
    """Return the command that gives a sticky other words, None where nothing changes."""
    return write(ws, JourneyId(""), Target(None, ref), text, None)
