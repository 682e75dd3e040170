"""A map seen from far: below the scale where text is legible, cards are blocks of one colour."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

from ui.map.cells import PAD
from ui.map.lanes import LaneKind, LaneSpec
from ui.map.layout import STRETCHED, MapLayout
from ui.map.paint import EDGE, Look
from ui.shell.theme import Theme

FARTHEST: Final = 0.06  # below this scale edges and bands are finer than a pixel

# Per lane: the grounds of its cards and where each column's begin.
FarBlocks = dict[int, tuple[list[QRectF], list[int]]]


def paint_far(look: Look, layout: MapLayout, columns: range, lane: int, far: FarBlocks) -> None:
    """Paint a lane's cards as plain blocks, all of one colour in one call."""
    if not columns:  # beside the map
        return
    painter, theme = look.painter, look.theme
    fill, edge = _far_colours(layout.lanes[lane].spec, theme)
    if lane not in far:
        far[lane] = _blocks(layout, lane)
    grounds, starts = far[lane]
    shown = grounds[starts[columns.start] : starts[columns.stop]]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRects(shown)
    if edge is not None and painter.worldTransform().m11() > FARTHEST:
        painter.setBrush(edge)
        wide = 2 * EDGE
        painter.drawRects([QRectF(g.left(), g.top(), wide, g.height()) for g in shown])


def _far_colours(spec: LaneSpec, theme: Theme) -> tuple[QColor, QColor | None]:
    if spec.kind is LaneKind.NOTES:
        acts = spec.content == "actions"
        return (theme.action, theme.action_edge) if acts else (theme.sunken, None)
    return {
        LaneKind.TOUCHPOINTS: (theme.accent_tint, theme.accent),
        LaneKind.METRICS: (theme.sunken, None),
        LaneKind.KPIS: (theme.sunken, None),
        LaneKind.PAIN_POINTS: (theme.pain, theme.pain_edge),
        LaneKind.IMPROVEMENTS: (theme.improvement, theme.improvement_edge),
        LaneKind.STRENGTHS: (theme.sunken, theme.good),
        LaneKind.OWNER: (theme.sunken, None),
    }[spec.kind]


def _blocks(layout: MapLayout, lane: int) -> tuple[list[QRectF], list[int]]:
    """Return the grounds of a lane's cards and where each column's begin."""
    grounds: list[QRectF] = []
    starts: list[int] = []
    row, step, x = layout.lanes[lane], layout.shape.column, layout.shape.gutter
    width, top = step - 2 * x, row.top
    # All cards of a lane are of its kind; a single one of some kinds fills the lane.
    stretched = row.height - 2 * PAD if row.spec.kind in STRETCHED else None
    leads = layout.leads[lane]
    for column, cells in enumerate(layout.columns):
        starts.append(len(grounds))
        stack = cells.stacks[lane]
        lead = top + leads[column] if leads else top
        if stretched is not None and len(stack) == 1:
            grounds.append(QRectF(x, lead + stack[0].top, width, stretched))
        else:
            grounds += [QRectF(x, lead + block.top, width, block.height) for block in stack]
        x += step
    starts.append(len(grounds))
    return grounds, starts
