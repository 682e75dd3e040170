"""What the flow can do, by name."""

from typing import TYPE_CHECKING

from journey.graph.arrows import Standing
from journey.model.ids import Kind
from ui.flow.words import tr
from ui.offers import Offer

if TYPE_CHECKING:
    from ui.flow.view import FlowView


def offers(view: "FlowView") -> list[Offer]:
    """Return what can be done on a flow now; what cannot says so."""
    canvas, acts, clips, may = view.canvas, view.acts, view.clips, not view.read_only
    node, cards = view.current_node, bool(view.board.cards)
    chosen = any(ref.kind in (Kind.TOUCHPOINT, Kind.TRANSITION) for ref in view.selection.refs)
    card = node is not None
    missing = any(a.standing is Standing.MISSING for a in view.board.made)
    return [
        Offer(tr("Fit the whole flow"), "corners-out", canvas.fit, "Ctrl+0"),
        Offer(tr("Zoom in"), "plus", lambda: canvas.step_zoom(1), "Ctrl++"),
        Offer(tr("Zoom out"), "minus", lambda: canvas.step_zoom(-1), "Ctrl+-"),
        Offer(tr("Draw a transition from the selected card"), "flow-arrow",
              lambda: view.keys.start_linking(node or ""), "Ctrl+J", may and card),
        Offer(tr("Draw the path in order"), "flow-arrow", acts.draw_default_path, on=may and cards),
        Offer(tr("Draw all that was found"), "plus", acts.draw_missing, on=may and missing),
        Offer(tr("Reset the layout"), "arrows-clockwise", acts.reset_layout, on=may and cards),
        Offer(tr("Cut"), "scissors", clips.cut, "Ctrl+X", may and card),
        Offer(tr("Copy"), "copy", clips.copy, "Ctrl+C", card),
        Offer(tr("Paste"), "clipboard-text", clips.paste, "Ctrl+V", may),
        Offer(tr("Duplicate"), "copy-simple", clips.duplicate, "Ctrl+D", may and card),
        Offer(tr("Delete what is selected"), "trash", acts.delete, "Del", may and chosen),
    ]  # fmt: skip
