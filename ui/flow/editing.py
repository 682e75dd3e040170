"""Editing where it stands: a touchpoint's name on its card, a count beside its arrow."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtGui import QFont

from journey.graph.found import Pair
from journey.graph.layout import Band
from journey.model.ids import Kind, Ref
from ui.flow.cards import PAD, TEXT_LEFT
from ui.flow.lines import rect_of
from ui.map.editor import CellEditor, Onward
from ui.map.lettering import Face
from ui.words import locked_text

if TYPE_CHECKING:
    from ui.flow.view import FlowView

_WIDE = 84.0


class Editing(QObject):
    """The one editor of a flow view, and what it edits."""

    def __init__(self, view: "FlowView") -> None:
        super().__init__(view)
        self._view = view
        self.editor = CellEditor(view.canvas)
        self._node: str | None = None
        self._pair: Pair | None = None
        self._stage: str | None = None
        self.editor.committed.connect(self._committed)
        self.editor.cancelled.connect(self._cancelled)

    @property
    def is_active(self) -> bool:
        """Whether a text is being edited."""
        return self.editor.is_active

    def finish(self) -> None:
        """Keep what is typed, if anything is being edited."""
        self.editor.finish()

    def name(self, node: str) -> None:
        """Edit a touchpoint's name on its card."""
        view = self._view
        touchpoint = view.board.touchpoints.get(node)
        box = view.board.layout.boxes.get(node)
        if touchpoint is None or box is None or view.read_only:
            return
        if self._is_refused():
            return
        view.canvas.reveal(rect_of(box))
        self._take(node=node)
        card = view.canvas.on_canvas(rect_of(box))
        at = rect_of(box).adjusted(TEXT_LEFT, PAD, -6, -PAD)
        self.editor.setAccessibleName(self.tr("Name of the touchpoint"))
        self._begin(touchpoint.name, card, view.canvas.on_canvas(at), Face.STICKY_BOLD)

    def stage(self, band: Band) -> None:
        """Edit a stage's name on its bar."""
        view = self._view
        stage = view.workspace.stages.get(band.stage) if band.stage else None
        if stage is None or view.read_only or self._is_refused():
            return
        strip = view.canvas.stages
        self._take(stage=str(stage.id))
        bar = strip.bar_rect(band).intersected(QRectF(strip.rect()))
        self.editor.setAccessibleName(self.tr("Name of the stage"))
        self._begin(stage.name, bar, bar.adjusted(10, 5, -8, -3), Face.STICKY_BOLD)

    def _is_refused(self) -> bool:
        """Say, before a name is typed, that it is locked."""
        view = self._view
        if view.is_locked:
            locked = locked_text(view.workspace.journeys[view.journey].name)
            view.noted.emit("lock-simple", locked)
        return view.is_locked

    def _take(
        self, *, node: str | None = None, pair: Pair | None = None, stage: str | None = None
    ) -> None:
        self._node, self._pair, self._stage = node, pair, stage

    def count(self, pair: Pair) -> None:
        """Edit the count beside an arrow."""
        view = self._view
        line, arrow = view.board.lines.get(pair), view.board.arrow(pair)
        if line is None or arrow is None or not arrow.transitions or view.read_only:
            return
        middle = QPointF(*line.samples[len(line.samples) // 2])
        centre = line.label.center() if line.label is not None else middle
        rect = QRectF(centre.x() - _WIDE / 2, centre.y() - 13, _WIDE, 26)
        view.canvas.reveal(rect)
        self._take(pair=pair)
        place = view.canvas.on_canvas(rect)
        self.editor.setAccessibleName(self.tr("Count of the transition"))
        text = view.acts.count_text(pair)
        self._begin(text, place, place.adjusted(8, 4, -8, -4), Face.STICKY_BOLD)

    def _begin(self, text: str, card: QRectF, at: QRectF, face: Face) -> None:
        canvas = self._view.canvas
        # The bars of the stages follow the zoom only as far as they can be read.
        zoom = canvas.strip_scale() if self._stage is not None else canvas.zoom
        made = QFont(self._view.board.lettering.font(face))
        made.setPixelSize(max(round(made.pixelSize() * zoom), 9))
        self.editor.begin(text, card, at, made, face.line * zoom)

    def _committed(self, text: str, _onward: Onward) -> None:
        node, pair, stage = self._node, self._pair, self._stage
        self._take()
        if stage is not None:
            self._view.acts.rename(Ref(Kind.STAGE, stage), " ".join(text.split()))
        elif node is not None:
            self._view.acts.rename(Ref(Kind.TOUCHPOINT, node), " ".join(text.split()))
        elif pair is not None:
            self._view.acts.set_count(pair, text)

    def _cancelled(self) -> None:
        self._take()
