"""What lies under a point of the flow."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF

from journey.graph.arrows import Standing
from journey.graph.boxes import Box
from journey.graph.found import Pair
from journey.model.map import RETAINED
from ui.flow.board import FlowBoard
from ui.flow.scene import HANDLE


@dataclass(frozen=True, slots=True)
class Touch:
    """A card (its node) or an arrow (its ends); `pill` if the point is on its plus."""

    node: str | None = None
    pair: Pair | None = None
    pill: bool = False


def touched(board: FlowBoard, at: QPointF, reach: float) -> Touch | None:
    """Return what lies under a point of the scene; arrows are met within `reach` pixels."""
    for line in reversed(board.lines.values()):
        if line.label is not None and line.label.contains(at):
            return Touch(pair=line.arrow.pair, pill=line.arrow.standing is Standing.MISSING)
    node = card_at(board, at)
    if node is not None:
        return Touch(node=node)
    best, least = None, reach
    for line in board.lines.values():
        if line.bounds.adjusted(-reach, -reach, reach, reach).contains(at):
            away = line.distance(at.x(), at.y())
            if away < least or (away == 0 and best is None):
                best, least = line, away
    return None if best is None else Touch(pair=best.arrow.pair)


def card_at(board: FlowBoard, at: QPointF) -> str | None:
    """Return the touchpoint, or "retained", whose card is at a point."""
    for node, box in reversed(list(board.layout.boxes.items())):
        if box.contains(at.x(), at.y()):
            return node
    if board.cards and board.layout.retained.contains(at.x(), at.y()):
        return RETAINED
    return None


def handle_of(box: Box) -> QPointF:
    """Return where an arrow is drawn from a card."""
    return QPointF(box.right, box.y + box.height - HANDLE - 4)


def on_handle(handle: QPointF | None, at: QPointF, zoom: float) -> bool:
    """Whether a point takes the handle."""
    if handle is None:
        return False
    away = at - handle
    return max(abs(away.x()), abs(away.y())) <= max(HANDLE + 2, 9.0 / max(zoom, 0.1))
