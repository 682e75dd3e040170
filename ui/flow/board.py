"""The board: one journey's flow ready to paint, kept in step with the workspace.

It knows no widget. Cards keep their places while arrows are drawn; what adds, moves or removes
touchpoints, or many arrows at once, arranges the flow anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QRectF

from journey.edit import Changes
from journey.graph.arrows import Agreement, Arrow, Standing, agreement, arrows, visits
from journey.graph.boxes import Box, Point
from journey.graph.found import Found, Pair
from journey.graph.layout import FlowLayout, arrange, kept_places, moved, sized, within_band
from journey.graph.routing import RouteKind, Router
from journey.model.ids import JourneyId, Kind, Ref, SegmentId
from journey.model.map import LOST, RETAINED, START, Journey, Touchpoint, Transition
from journey.model.workspace import Workspace, ordered_touchpoints
from ui.flow import words
from ui.flow.cards import CardText, CardTexts
from ui.flow.filters import Filters, passes
from ui.flow.labels import LabelPlaces, ribbon_room, stub_room
from ui.flow.lines import Line, is_ribbon, make_line, rect_of
from ui.map.lettering import QtLettering

THINNEST: Final = 1.5
BROADEST: Final = 22.0
_FEW: Final = 300  # arrows up to which counts keep off the other arrows: with more they cannot

_SEEN: Final = frozenset({Kind.JOURNEY, Kind.STAGE, Kind.TOUCHPOINT, Kind.TRANSITION, Kind.SEGMENT})
_PLACE: Final = {Kind.TOUCHPOINT: ("journey", "stage", "position"), Kind.STAGE: ("position",)}


class FlowBoard:
    """A journey's flow: its layout, and what is shown of it.

    Attributes:
        made: all arrows. shown: those the filters let through. hidden: how many they do not.
        lines: the shown arrows ready to paint, the broadest first.
        lost: how many leave from each stage; None where nobody counted.
        entered: how many start: the log's cases, else the arrows from the start.
    """

    def __init__(self, workspace: Workspace, journey: JourneyId, lettering: QtLettering) -> None:
        self.workspace, self.journey, self.lettering = workspace, journey, lettering
        self.filters = Filters()
        self.found: Found | None = None
        self._texts = CardTexts(lettering)
        self.touchpoints: dict[str, Touchpoint] = {}
        self.cards: dict[str, CardText] = {}
        self.made: list[Arrow] = []
        self.shown: list[Arrow] = []
        self.hidden = 0
        self.most = 0.0
        self.widths: dict[Pair, float] = {}
        self.lines: dict[Pair, Line] = {}
        self.lost: list[float | None] = []
        self.entered = 0.0
        self._refilter = False
        self.layout: FlowLayout
        self.compose()

    # -- what is shown ------------------------------------------------------------------------

    @property
    def segment(self) -> SegmentId | None:
        """The segment whose counts are shown; None for all customers."""
        segment = self.filters.segment
        return segment if segment in self.workspace.segments else None

    def show(self, workspace: Workspace, journey: JourneyId) -> None:
        """Show another journey."""
        self.workspace, self.journey = workspace, journey
        self.compose()

    def set_filters(self, filters: Filters) -> None:
        """Show other arrows; the cards stay where they are."""
        self.filters = filters
        self._refilter = True
        self.compose(keep=True)
        self._refilter = False

    def set_found(self, found: Found | None) -> None:
        """Show what a log counted beside what was drawn; None: only what was drawn."""
        self.found = found
        self.compose(keep=bool(self.lines) and found is None)

    def compose(self, *, keep: bool = False) -> None:
        """Make everything anew; with `keep` every card stays where it is."""
        ws, before = self.workspace, self.made
        self.made = arrows(ws, self.journey, self.segment, self.found)
        self.touchpoints = {str(t.id): t for t in ordered_touchpoints(ws, self.journey)}
        self.cards = self._texts.made(self.touchpoints, visits(self.made))
        heights = {n: c.height for n, c in self.cards.items()}
        if not keep or self._outgrown(heights):
            self.layout = arrange(ws, self.journey, self.made, heights)
        else:
            boxes, self.layout = self.layout.boxes, self._repinned()
            if before == self.made and boxes == self.layout.boxes and not self._refilter:
                return  # as after a rename: nothing but the words on cards
        self._choose()
        self.lost = self._lost_by_stage()
        self.entered = self._entered()
        self.reroute(fresh=not keep)

    def _outgrown(self, heights: Mapping[str, float]) -> bool:
        boxes = self.layout.boxes
        return boxes.keys() != heights.keys() or any(
            boxes[n].height != h for n, h in heights.items()
        )

    def _repinned(self) -> FlowLayout:
        """Return the layout with the places kept with the journey, all others as they are."""
        owner = self.workspace.journeys.get(self.journey)
        places = {} if owner is None else kept_places(owner)
        boxes = dict(self.layout.boxes)
        for node, (x, y) in places.items():
            if node in boxes:
                band = self.layout.band_of(node)
                place = within_band(band, band.left + x, y)
                boxes[node] = replace(boxes[node], x=place[0], y=place[1])
        pinned = frozenset(n for n in places if n in boxes)
        return sized(replace(self.layout, boxes=boxes, pinned=pinned), self.made)

    def _choose(self) -> None:
        self.shown = [a for a in self.made if passes(a, self.filters)]
        self.hidden = len(self.made) - len(self.shown)
        self.most = max((a.count or 0.0 for a in self.shown), default=0.0)
        self.widths = {a.pair: self.width_of(a.count) for a in self.shown}

    def width_of(self, count: float | None) -> float:
        """Return the width of an arrow, linear in its volume, 1.5 to 22 pixels."""
        if not count or not self.most:
            return THINNEST
        return max(BROADEST * count / self.most, THINNEST)

    # -- lines ----------------------------------------------------------------------------------

    def reroute(self, *, fresh: bool = True) -> None:
        """Route all arrows; unless `fresh`, those that stay as they are keep their words' place."""
        known = {} if fresh else self.lines
        by_pair = {a.pair: a for a in self.shown}
        self.lines = {}
        for pair, route in Router(self.layout, self.shown, self.widths).routes().items():
            line = known.get(pair)
            if line is None or line.route != route or line.arrow != by_pair[pair]:
                line = make_line(by_pair[pair], route)
            self.lines[pair] = line
        kept = {p for p, line in self.lines.items() if known.get(p) is line}
        self._label(self.lines.values(), kept)

    def _reroute_at(self, nodes: Iterable[str]) -> QRectF:
        """Route the arrows at some cards; return what they covered before and now."""
        touched = set(nodes)
        near = touched.union(*(p for p in self.lines if touched & set(p))) - {START, LOST}
        beside = [a for a in self.shown if near & set(a.pair)]
        router = Router(self.layout, beside, self.widths)
        pairs = frozenset(p for p in self.lines if touched & set(p))
        dirty = QRectF()
        for pair, route in router.routes(pairs).items():
            dirty = dirty.united(self.lines[pair].bounds)
            self.lines[pair] = make_line(self.lines[pair].arrow, route)
        for pair in pairs:
            self.lines[pair].label_text = _label_text(self.lines[pair].arrow)
            LabelPlaces(self.lettering).place(self.lines[pair])
        for pair in pairs:
            dirty = dirty.united(self.lines[pair].bounds)
        return dirty

    def _label(self, lines: Iterable[Line], kept: set[Pair]) -> None:
        places = LabelPlaces(self.lettering)
        for box in (*self.layout.boxes.values(), self.layout.retained):
            places.take(rect_of(box))
        mine = sorted(lines, key=lambda x: x.route.kind is not RouteKind.LOST)
        for line in mine:
            if line.arrow.pair in kept and line.label is not None:
                places.take(line.label)
            if line.route.kind is RouteKind.LOST:
                places.take(stub_room(line))
            elif line.route.kind is RouteKind.STRAIGHT and is_ribbon(line):
                places.take(ribbon_room(line))
        fresh = [line for line in mine if line.arrow.pair not in kept]
        if fresh and len(mine) <= _FEW:
            for line in mine:
                places.pass_by(line)
        for line in fresh:
            line.label_text = _label_text(line.arrow)
            places.place(line)

    # -- edits ----------------------------------------------------------------------------------

    def absorb(self, changes: Changes) -> bool:
        """Follow an edit; True if the flow may look different."""
        seen = [c for c in changes.items if c.ref.kind in _SEEN]
        if not seen:
            return False
        arrows_changed = sum(c.ref.kind is Kind.TRANSITION for c in seen)
        unpinned = any(self._lost_places(c.before, c.after) for c in seen)
        moves = any(_moves(c.before, c.after, c.ref) for c in seen)
        self.compose(keep=not (moves or unpinned or arrows_changed > 1))
        return True

    def _lost_places(self, before: object, after: object) -> bool:
        if not isinstance(before, Journey) or not isinstance(after, Journey):
            return False
        return bool(kept_places(before).keys() - kept_places(after).keys())

    def shift(self, places: Mapping[str, Point]) -> QRectF:
        """Move cards for the moment, as a drag does; return what is to be painted anew."""
        dirty = QRectF()
        for node, (x, y) in places.items():
            dirty = dirty.united(rect_of(self.layout.boxes[node]))
            self.layout = moved(self.layout, node, x, y)
            dirty = dirty.united(rect_of(self.layout.boxes[node]))
        return dirty.united(self._reroute_at(places.keys()))

    # -- questions --------------------------------------------------------------------------------

    def pair_of(self, ref: Ref) -> Pair | None:
        """Return the arrow a transition belongs to."""
        entity = self.workspace.find(ref)
        if not isinstance(entity, Transition) or entity.journey != self.journey:
            return None
        return entity.source, entity.target

    def arrow(self, pair: Pair) -> Arrow | None:
        """Return the arrow between two ends, None if there is none."""
        return next((a for a in self.made if a.pair == pair), None)

    def box(self, node: str) -> Box | None:
        """Return the card of a touchpoint or of those who stay."""
        return self.layout.retained if node == RETAINED else self.layout.boxes.get(node)

    def _entered(self) -> float:
        if self.found is not None and self.found.cases and self.segment is None:
            return float(self.found.cases)
        return sum(a.count or 0.0 for a in self.made if a.source == START)

    def stayed(self) -> float | None:
        """Return how many are retained; None where nobody counted."""
        counts = [a.count for a in self.made if a.target == RETAINED and a.count is not None]
        return sum(counts) if counts else None

    def _lost_by_stage(self) -> list[float | None]:
        lost: dict[int, float] = {}
        for arrow in self.made:
            if arrow.target == LOST and arrow.count is not None and arrow.source in self.cards:
                column = self.layout.column_of[arrow.source]
                lost[column] = lost.get(column, 0.0) + arrow.count
        sums: list[float | None] = []
        for band in self.layout.bands:
            mine = [lost[c] for c in range(band.first, band.first + band.count) if c in lost]
            sums.append(sum(mine) if mine else None)
        return sums

    def agreement(self) -> Agreement | None:
        """Return how far the log follows the drawn path; None without a log."""
        return None if self.found is None else agreement(self.made)

    @property
    def is_counted(self) -> bool:
        """Whether any transition drawn in this journey bears a count."""
        return any(
            t.count is not None
            for t in self.workspace.transitions.values()
            if t.journey == self.journey
        )


def _label_text(arrow: Arrow) -> str:
    if arrow.target == LOST and arrow.standing is not Standing.UNSEEN:
        return words.lost(arrow.count)
    return words.label(arrow)


def _moves(before: object, after: object, ref: Ref) -> bool:
    if ref.kind not in _PLACE:
        return False
    if before is None or after is None:
        return True
    return any(getattr(before, name) != getattr(after, name) for name in _PLACE[ref.kind])
