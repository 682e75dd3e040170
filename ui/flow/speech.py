"""The selection in words, for those who hear the flow."""

from journey.graph.found import Pair
from journey.model.map import LOST
from ui.flow import words
from ui.flow.board import FlowBoard
from ui.numbers import percent


def describe_node(board: FlowBoard, node: str) -> str:
    """Return a card in one sentence: its stage, its visits, the arrows at it."""
    touchpoint = board.touchpoints.get(node)
    if touchpoint is None:
        return ""
    parts = [touchpoint.name]
    stage = board.workspace.stages.get(touchpoint.stage) if touchpoint.stage else None
    if stage is not None:
        parts.append(stage.name)
    card = board.cards[node]
    if card.figure:
        parts.append(f"{card.figure} {card.foot[-1]}")
    arriving = sum(a.target == node for a in board.shown)
    leaving = sum(a.source == node and a.target != LOST for a in board.shown)
    parts.append(words.tr("{0} in, {1} out").format(arriving, leaving))
    lost = next((a for a in board.made if a.pair == (node, LOST)), None)
    if lost is not None:
        parts.append(words.lost(lost.count))
    return ", ".join(parts)


def describe_pair(board: FlowBoard, pair: Pair) -> str:
    """Return an arrow in one sentence: its ends, its count, drawn against found."""
    arrow = board.arrow(pair)
    if arrow is None:
        return ""
    ends = words.tr("{0} to {1}").format(*(words.end_name(board.workspace, e) for e in pair))
    parts = [ends, words.standing_name(arrow.standing)]
    if arrow.count is not None:
        parts.append(words.tr("{0} passages").format(words.count(arrow.count)))
    if arrow.drawn_count is not None:
        parts.append(words.tr("drawn with {0}").format(words.count(arrow.drawn_count)))
    if arrow.share is not None:
        parts.append(words.tr("{0} of departures").format(percent(arrow.share)))
    return ", ".join(parts)
