"""Stacks the lanes of a map: how high each is, whole or after an edit that changed few columns."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from journey.model.map import Note
from ui.map.cells import Block, ColumnCells, Mould
from ui.map.ends import common_ends
from ui.map.experience import ExperienceLine
from ui.map.lanes import FOLDED, LaneKind, LaneSpec
from ui.map.layout import LaneBox, MapLayout, Shape, StageSpan


def arrange(
    shape: Shape,
    specs: Sequence[LaneSpec],
    columns: Sequence[ColumnCells],
    spans: Sequence[StageSpan],
    experience: ExperienceLine,
) -> MapLayout:
    """Stack the lanes: each as high as its highest cell, and never less than its kind asks."""
    leads = _leads(len(specs), len(columns), spans)
    highest = [max(heights) for heights in zip(*(c.heights for c in columns), strict=True)]
    needs = tuple(_need(columns, i, lead) if lead else highest[i] for i, lead in enumerate(leads))
    lanes = _stacked(shape, specs, needs, experience)
    return MapLayout(shape, lanes, tuple(columns), tuple(spans), experience, leads, needs)


def rearrange(
    before: MapLayout,
    columns: Sequence[ColumnCells],
    spans: Sequence[StageSpan],
    experience: ExperienceLine,
) -> MapLayout:
    """Return what `arrange` does, for the lanes of a layout most of whose columns are the same."""
    specs = [lane.spec for lane in before.lanes]
    if any(before.leads) or any(span.stacks for span in spans):
        return arrange(before.shape, specs, columns, spans, experience)
    first, last = common_ends(before.columns, columns)
    gone, come = before.columns[first : len(before.columns) - last], columns[first:]
    come = come[: len(come) - last]
    needs: list[float] = []
    for lane, need in enumerate(before.needs):
        now = max((cells.heights[lane] for cells in come), default=0.0)
        lost = now < need and any(cells.heights[lane] == need for cells in gone)
        if lost and not any(cells.heights[lane] == need for cells in columns):
            now = _need(columns, lane, ())  # the highest cell is another one now
        else:
            now = max(now, need)
        needs.append(now)
    lanes = _stacked(before.shape, specs, needs, experience)
    leads = before.leads
    return MapLayout(
        before.shape, lanes, tuple(columns), tuple(spans), experience, leads, tuple(needs)
    )


def _need(columns: Sequence[ColumnCells], lane: int, lead: Sequence[float]) -> float:
    """Return the height the highest cell of a lane takes, with what it leaves to its stage."""
    if not lead:
        return max((cells.heights[lane] for cells in columns), default=0.0)
    return max((h + c.heights[lane] for h, c in zip(lead, columns, strict=True)), default=0.0)


def _stacked(
    shape: Shape, specs: Sequence[LaneSpec], needs: Sequence[float], experience: ExperienceLine
) -> tuple[LaneBox, ...]:
    lanes: list[LaneBox] = []
    top = 0.0
    for spec, need in zip(specs, needs, strict=True):
        folded = spec.key in shape.folded
        height = FOLDED if folded else max(shape.least(spec.kind), need)
        if spec.kind is LaneKind.EXPERIENCE and not folded:
            height = experience.height
        lanes.append(LaneBox(spec, top, height, folded))
        top += height
    return tuple(lanes)


def _leads(lanes: int, columns: int, spans: Sequence[StageSpan]) -> tuple[tuple[float, ...], ...]:
    """Return, for each lane, the room each column leaves to notes of its stage; () for none."""
    leads: list[tuple[float, ...]] = []
    for lane in range(lanes):
        row: list[float] = []
        if any(span.stacks and span.stacks[lane] for span in spans):
            for span in spans:
                stack = span.stacks[lane] if span.stacks else ()
                row += [stack[-1].top + stack[-1].height if stack else 0.0] * span.count
        leads.append(tuple(row[:columns]))
    return tuple(leads)


def stage_notes(
    mould: Mould,
    specs: Sequence[LaneSpec],
    notes: Mapping[str, tuple[Note, ...]],
    width: float,
) -> tuple[tuple[Block, ...], ...]:
    """Return, for each lane, the notes of a whole stage; () where there are none at all."""
    if not notes:
        return ()
    return tuple(tuple(mould.notes(notes.get(spec.key, ()), width, spec.content)) for spec in specs)


def with_columns(
    layout: MapLayout, changed: Mapping[int, ColumnCells], experience: ExperienceLine
) -> MapLayout:
    """Return the layout with some columns made anew; lanes grow and shrink as they need."""
    columns, needs = list(layout.columns), list(layout.needs)
    for index, cells in changed.items():
        columns[index] = cells
    for lane, lead in enumerate(layout.leads):
        now = max((c.heights[lane] for c in changed.values()), default=0.0)
        before = max((layout.columns[i].heights[lane] for i in changed), default=0.0)
        if not lead and now >= needs[lane]:
            needs[lane] = now
        elif lead or before == needs[lane]:  # the highest cell may be another one now
            needs[lane] = _need(columns, lane, lead)
    specs = [lane.spec for lane in layout.lanes]
    lanes = _stacked(layout.shape, specs, needs, experience)
    return replace(
        layout, lanes=lanes, columns=tuple(columns), experience=experience, needs=tuple(needs)
    )
