"""Where the keyboard goes on a flow: along arrows, up and down a column, card by card."""

from journey.graph.arrows import Arrow
from journey.graph.found import Pair
from journey.model.map import LOST
from ui.flow.board import FlowBoard


def reading_order(board: FlowBoard) -> list[str]:
    """Return the touchpoints column by column, each from the top."""
    boxes = board.layout.boxes
    return [n for column in board.layout.columns for n in sorted(column, key=lambda n: boxes[n].y)]


def beside(board: FlowBoard, node: str, by: int) -> str | None:
    """Return the next or previous card in reading order; None past the last."""
    order = reading_order(board)
    index = order.index(node) + by
    return order[index] if 0 <= index < len(order) else None


def above_or_below(board: FlowBoard, node: str, by: int) -> str | None:
    """Return the card above (−1) or below (+1) in the same column."""
    column = board.layout.columns[board.layout.column_of[node]]
    order = sorted(column, key=lambda n: board.layout.boxes[n].y)
    index = order.index(node) + by
    return order[index] if 0 <= index < len(order) else None


def leaving(board: FlowBoard, node: str) -> list[Arrow]:
    """Return the shown arrows from a card, from the top."""
    mine = [a for a in board.shown if a.source == node and a.pair in board.lines]
    return sorted(mine, key=lambda a: (a.target == LOST, _height(board, a.target)))


def arriving(board: FlowBoard, node: str) -> list[Arrow]:
    """Return the shown arrows to a card, from the top."""
    mine = [a for a in board.shown if a.target == node and a.pair in board.lines]
    return sorted(mine, key=lambda a: _height(board, a.source))


def busiest(arrows: list[Arrow]) -> Pair | None:
    """Return the ends of the arrow with most passages, None of none."""
    if not arrows:
        return None
    return max(arrows, key=lambda a: (a.target != LOST, a.count or 0.0)).pair


def sibling(board: FlowBoard, pair: Pair, by: int, *, incoming: bool) -> Pair | None:
    """Return the next arrow from the same card, or to it; None past the last."""
    mine = arriving(board, pair[1]) if incoming else leaving(board, pair[0])
    pairs = [a.pair for a in mine]
    if pair not in pairs:
        return None
    index = pairs.index(pair) + by
    return pairs[index] if 0 <= index < len(pairs) else None


def _height(board: FlowBoard, node: str) -> float:
    box = board.box(node)
    return -1.0 if box is None else box.centre[1]
