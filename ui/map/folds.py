"""What a folded lane says it holds, stage by stage."""

from PySide6.QtCore import QCoreApplication

from ui.map.cells import Block
from ui.map.lanes import LaneKind
from ui.map.layout import MapLayout, StageSpan


def fold_texts(layout: MapLayout) -> dict[str, tuple[str, ...]]:
    """Return, for each folded lane by key, a text for each stage."""
    return {
        row.spec.key: tuple(_text(layout, lane, span) for span in layout.spans)
        for lane, row in enumerate(layout.lanes)
        if row.folded
    }


def _text(layout: MapLayout, lane: int, span: StageSpan) -> str:
    kind = layout.lanes[lane].spec.kind
    blocks: list[Block] = []
    for cells in layout.columns[span.first : span.first + span.count]:
        blocks += cells.stacks[lane]
    if span.stacks:
        blocks += span.stacks[lane]
    if kind is LaneKind.EXPERIENCE:
        points = layout.experience.points[span.first : span.first + span.count]
        return _judged(sum(p.judged is not None for p in points))
    if not blocks:
        return ""
    if kind is LaneKind.KPIS:
        short = sum(block.ok is False for block in blocks)
        return _kpis(len(blocks), short)
    return _counted(kind, len(blocks))


def _judged(count: int) -> str:
    return QCoreApplication.translate("Map", "%1 judged").replace("%1", str(count))


def _kpis(count: int, short: int) -> str:
    text = (
        QCoreApplication.translate("Map", "%1 KPIs")
        if count > 1
        else (QCoreApplication.translate("Map", "%1 KPI"))
    )
    text = text.replace("%1", str(count))
    if short:
        below = QCoreApplication.translate("Map", "%1 short of target")
        text += ", " + below.replace("%1", str(short))
    return text


def _counted(kind: LaneKind, count: int) -> str:
    one, many = {
        LaneKind.NOTES: (
            QCoreApplication.translate("Map", "%1 note"),
            QCoreApplication.translate("Map", "%1 notes"),
        ),
        LaneKind.PAIN_POINTS: (
            QCoreApplication.translate("Map", "%1 pain point"),
            QCoreApplication.translate("Map", "%1 pain points"),
        ),
        LaneKind.STRENGTHS: (
            QCoreApplication.translate("Map", "%1 strength"),
            QCoreApplication.translate("Map", "%1 strengths"),
        ),
        LaneKind.IMPROVEMENTS: (
            QCoreApplication.translate("Map", "%1 improvement"),
            QCoreApplication.translate("Map", "%1 improvements"),
        ),
    }.get(kind, ("%1", "%1"))
    return (one if count == 1 else many).replace("%1", str(count))
