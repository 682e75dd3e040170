"""What a flow shows beside its layout: the selection and what a hand is doing."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF

from journey.graph.found import Pair


@dataclass(slots=True)
class Shown:
    """Set by the view, read by the painting.

    Attributes:
        nodes, pairs: selected cards and arrows. ringed: the cards at both ends of a selected
            arrow. lifted: cards being dragged. band: the stage they would go to.
    """

    nodes: frozenset[str] = frozenset()
    pairs: frozenset[Pair] = frozenset()
    ringed: frozenset[str] = frozenset()
    lifted: frozenset[str] = frozenset()
    band: int | None = None


@dataclass(slots=True)
class Over:
    """What lies over the canvas for the moment.

    Attributes:
        handle: the card from whose side an arrow can be drawn, and whether the pointer is on it.
        link: where an arrow being drawn begins and ends. target: the card it would reach.
        moving: where dragged cards stood.
    """

    handle: QPointF | None = None
    hot: bool = False
    link: tuple[QPointF, QPointF] | None = None
    target: QRectF | None = None
    moving: tuple[QRectF, ...] = field(default_factory=tuple)
