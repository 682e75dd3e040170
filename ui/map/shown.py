"""What a map shows beside its layout: what is selected, and what lies over it for the moment."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF

from journey.model.ids import Kind, Ref
from ui.map.layout import Box
from ui.map.paint_experience import Held


@dataclass(slots=True)
class Shown:
    """What the canvas shows beside the layout: selection and the like, set by the view."""

    selected: frozenset[Ref] = frozenset()
    tinted: frozenset[int] = frozenset()
    held: Held | None = None
    fold_texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ghosts: tuple[tuple[Box, str], ...] = ()
    hint: tuple[str, ...] = ()
    stage_cursor: int | None = None
    locked: bool = False

    @property
    def stages(self) -> frozenset[Ref]:
        """The selected stages."""
        return frozenset(ref for ref in self.selected if ref.kind is Kind.STAGE)


@dataclass(slots=True)
class Over:
    """What lies over the canvas for the moment."""

    cursor: Box | None = None
    hover: tuple[Box, str] | None = None
    lifted: tuple[Ref, Box, Box] | None = None  # the card, where it was, where it is
    drop: tuple[QPointF, QPointF] | None = None
    band: Box | None = None
    link: tuple[QPointF, QPointF] | None = None
    links: tuple[tuple[QPointF, QPointF], ...] = ()
