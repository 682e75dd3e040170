"""What people do on the flow, as commands: draw, count, turn around, move, delete."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from journey.edit import Add, Batch, Command, MoveTouchpoint, Remove, Rename, Set, Summary
from journey.edit.command import display_name
from journey.graph.arrows import Arrow, Standing
from journey.graph.boxes import Point
from journey.graph.found import Pair
from journey.graph.path import default_path
from journey.model.ids import Kind, Ref, StageId, TouchpointId, TransitionId, new_id
from journey.model.map import LOST, RETAINED, START, Transition
from ui.flow import words
from ui.numbers import parse

if TYPE_CHECKING:
    from ui.flow.view import FlowView


class Acts(QObject):
    """Runs the commands of a flow view."""

    def __init__(self, view: "FlowView") -> None:
        super().__init__(view)
        self._view = view

    # -- arrows ---------------------------------------------------------------------------------

    def draw(self, source: str, target: str) -> None:
        """Draw an arrow between two ends and select it; one that is there is only selected."""
        pair = (source, target)
        if source in (RETAINED, LOST) or target == START:
            return
        arrow = self._view.board.arrow(pair)
        there = arrow is not None and bool(arrow.transitions)
        if not there and not self._view.run(self._adding([pair])):
            return
        self._view.choose_pair(pair)

    def draw_missing(self) -> None:
        """Draw every arrow that was found and not drawn, as one step."""
        pairs = [a.pair for a in self._view.board.made if a.standing is Standing.MISSING]
        if pairs:
            self._view.run(self._adding(pairs))

    def draw_default_path(self) -> None:
        """Draw the path through all touchpoints in their order, as one step."""
        view = self._view
        path = default_path(view.workspace, view.journey)
        if path:
            summary = Summary("add", Kind.TRANSITION, count=len(path))
            view.run(Batch([Add(t) for t in path], summary))

    def _adding(self, pairs: Iterable[Pair]) -> Command:
        """Return the command that draws arrows.

        A found count is kept only where others are: beside it, arrows nobody counted would weigh
        nothing in the ranking.
        """
        view, counted = self._view, self._view.board.is_counted
        adds: list[Command] = []
        for pair in pairs:
            arrow = view.board.arrow(pair)
            count = arrow.count if arrow is not None and counted else None
            new = TransitionId(new_id(Kind.TRANSITION))
            adds.append(Add(Transition(new, view.journey, *pair, None, count)))
        if len(adds) == 1:
            return adds[0]
        return Batch(adds, Summary("add", Kind.TRANSITION, count=len(adds)))

    def set_count(self, pair: Pair, text: str) -> None:
        """Keep a typed count with an arrow; nothing typed takes the count off."""
        view, arrow = self._view, self._view.board.arrow(pair)
        if arrow is None:
            return
        if not arrow.transitions:
            self.draw(*pair)
            return
        count = None
        if text.strip():
            count = parse(text)
            if count is None or count < 0:
                view.noted.emit("warning", words.tr("A count is a number from 0 up."))
                return
        edited = self._edited(arrow)
        if edited is None:
            view.noted.emit(
                "info", words.tr("This is the sum of several segments: choose one to change it.")
            )
            return
        if edited.count != count:
            view.run(Set(Ref(Kind.TRANSITION, edited.id), count=count))

    def _edited(self, arrow: Arrow) -> Transition | None:
        """Return the transition whose count is changed; None where it would not show."""
        ws, segment = self._view.workspace, self._view.board.segment
        mine = [ws.transitions[t] for t in arrow.transitions]
        own = [t for t in mine if t.segment == segment]
        if own:
            return own[0]
        return mine[0] if len(mine) == 1 and segment is None else None

    def count_text(self, pair: Pair) -> str:
        """Return the count kept with an arrow as it is edited."""
        arrow = self._view.board.arrow(pair)
        kept = None if arrow is None else arrow.drawn_count or arrow.count
        return "" if kept is None else f"{kept:g}" if kept < 1e6 else f"{kept:.0f}"

    def turn_around(self, pair: Pair) -> None:
        """Let an arrow lead the other way."""
        arrow = self._view.board.arrow(pair)
        if arrow is None or not can_turn(pair):
            return
        source, target = pair
        turned = [
            Set(Ref(Kind.TRANSITION, t), source=target, target=source) for t in arrow.transitions
        ]
        if turned and self._view.run(Batch(turned)):
            self._view.choose_pair((target, source))

    def delete(self) -> None:
        """Delete what is selected: arrows, and touchpoints with all that hangs on them."""
        view = self._view
        refs: list[Ref] = []
        for pair in view.scene.shown.pairs:
            arrow = view.board.arrow(pair)
            if arrow is not None:
                refs += [Ref(Kind.TRANSITION, t) for t in self._doomed(arrow)]
        refs += [r for r in view.selection.refs if r.kind is Kind.TOUCHPOINT]
        if refs:
            after = view.neighbour_of_selected()
            if view.run(Remove(refs)) and after is not None:
                view.choose_node(after)

    def _doomed(self, arrow: Arrow) -> list[TransitionId]:
        """Return what deleting an arrow removes: a segment's own count where one is shown."""
        segment = self._view.board.segment
        ws = self._view.workspace
        own = [t for t in arrow.transitions if ws.transitions[t].segment == segment]
        return own if segment is not None and own else list(arrow.transitions)

    # -- cards ------------------------------------------------------------------------------------

    def rename(self, ref: Ref, text: str) -> None:
        """Rename a touchpoint or a stage; without a letter it keeps its name."""
        entity = self._view.workspace.find(ref)
        if entity is not None and text.strip() and text.strip() != display_name(entity):
            self._view.run(Rename(ref, text.strip()))

    def move(self, places: Mapping[str, Point], stage: str | None = None) -> bool:
        """Keep where cards were put, in the scene; `stage` is another one they go to."""
        view, commands = self._view, list[Command]()
        layout = view.board.layout
        kept = dict(self._kept())
        for node, (x, y) in places.items():
            band = layout.band_of(node)
            if stage is not None and band.stage != stage:
                commands.append(MoveTouchpoint(TouchpointId(node), StageId(stage)))
                band = next(b for b in layout.bands if b.stage == stage)
            kept[node] = [round(x - band.left), round(y)]
        commands.append(self._keeping(kept))
        first = view.board.touchpoints[next(iter(places))]
        name = first.name if len(places) == 1 else ""
        return view.run(Batch(commands, Summary("move", Kind.TOUCHPOINT, name, len(places))))

    def put_back(self, nodes: Iterable[str]) -> None:
        """Forget where a hand put some cards."""
        kept, gone = dict(self._kept()), set(nodes)
        if gone & kept.keys():
            self._view.run(self._keeping({n: p for n, p in kept.items() if n not in gone}))

    def reset_layout(self) -> None:
        """Arrange everything anew and forget all places a hand gave."""
        view = self._view
        if not self._kept() or not view.run(self._keeping({})):
            view.board.compose()
        view.show_everything()

    def _kept(self) -> Mapping[str, object]:
        journey = self._view.workspace.journeys.get(self._view.journey)
        kept = journey.layout.get("flow") if journey is not None else None
        return kept if isinstance(kept, Mapping) else {}

    def _keeping(self, kept: Mapping[str, object]) -> Command:
        journey = self._view.workspace.journeys[self._view.journey]
        layout = {key: value for key, value in journey.layout.items() if key != "flow"}
        if kept:
            layout["flow"] = dict(kept)
        return Set(Ref(Kind.JOURNEY, journey.id), layout=layout)


def can_turn(pair: Pair) -> bool:
    """Whether an arrow can lead the other way: both ends are touchpoints, and not the same."""
    return pair[0] != START and pair[1] not in {RETAINED, LOST} and pair[0] != pair[1]
