"""What stands on a map beside its cards: free places, the first hint, transitions."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication, QPointF

from journey.model.ids import Kind, Ref
from journey.model.workspace import Workspace
from ui.map.board import Board
from ui.map.cursor import Cursor, box_at
from ui.map.lanes import LaneKind
from ui.map.layout import Box


def ghosts(board: Board) -> tuple[tuple[Box, str], ...]:
    """Return the places of columns without a touchpoint, and what they offer."""
    layout = board.layout
    lane = layout.lane_of(LaneKind.TOUCHPOINTS)
    if lane is None or layout.lanes[lane].folded:
        return ()
    text = QCoreApplication.translate("Map", "Add a stage")
    if board.has_stages:
        text = QCoreApplication.translate("Map", "Add a touchpoint")
    free = [i for i, cells in enumerate(layout.columns) if cells.source.column is None]
    opened = board.opened_column() if free else None
    return tuple((box_at(layout, Cursor(i, lane)), text) for i in free if i != opened)


def hint(board: Board) -> tuple[str, str]:
    """Return what an empty map says to do first."""
    if not board.has_stages:
        return (
            QCoreApplication.translate("Map", "Which stages does the customer go through?"),
            QCoreApplication.translate("Map", "Just type the first one; Tab adds the next."),
        )
    return (
        QCoreApplication.translate("Map", "Where does the customer first meet you?"),
        QCoreApplication.translate(
            "Map", "Just type. Enter adds another touchpoint, Tab goes to the next stage."
        ),
    )


def links(ws: Workspace, board: Board, refs: Sequence[Ref]) -> tuple[tuple[QPointF, QPointF], ...]:
    """Return the transitions from and to the one selected touchpoint, as ends of arrows."""
    lane = board.layout.lane_of(LaneKind.TOUCHPOINTS)
    alone = len(refs) == 1 and refs[0].kind is Kind.TOUCHPOINT
    if not alone or lane is None or board.layout.lanes[lane].folded:
        return ()
    return tuple(_arrows(ws, board, refs[0].id, lane))


def _arrows(
    ws: Workspace, board: Board, touchpoint: str, lane: int
) -> Iterator[tuple[QPointF, QPointF]]:
    for transition in ws.transitions.values():
        if touchpoint in (transition.source, transition.target):
            source = board.column_of(transition.source)
            target = board.column_of(transition.target)
            if source is not None and target is not None and source != target:
                yield _top(board, source, lane), _top(board, target, lane)


def _top(board: Board, column: int, lane: int) -> QPointF:
    box = board.layout.block_box(column, lane, 0)
    return QPointF(box.x + box.width / 2, box.y)


def boxes_of(board: Board, refs: Sequence[Ref]) -> list[Box]:
    """Return where objects stand on the map, stages through all their lanes."""
    layout, boxes = board.layout, []
    for ref in refs:
        hits = layout.places(ref, board.columns_showing(ref))
        boxes += [box_at(layout, Cursor(hit.column, hit.lane, hit.block or 0)) for hit in hits]
    stages = {ref.id for ref in refs if ref.kind is Kind.STAGE}
    for span in layout.spans:
        if span.stage is not None and span.stage.id in stages:
            width = layout.shape.column
            boxes.append(Box(span.first * width, 0.0, span.count * width, layout.height))
    return boxes
