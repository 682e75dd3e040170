"""Puts the experience line of a map together from what was judged and measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from journey.evidence.grade import experience_level
from journey.model.ids import PersonaId
from journey.model.workspace import Workspace
from ui.map import words
from ui.map.cells import ColumnCells
from ui.map.ends import common_ends
from ui.map.experience import ExperienceLine, Other, Point, fit, judged_value
from ui.map.figures import NOTHING_MEASURED, MapFigures
from ui.map.lanes import LaneKind
from ui.map.layout import MapLayout, Shape
from ui.map.lettering import Face, Lettering
from ui.map.other_lines import other_lines
from ui.numbers import number

BLIND_PAD: Final = 32.0  # icon and padding of a blind spot's label


@dataclass(frozen=True, slots=True)
class LineOf:
    """What a line is made of: the judgements of a persona (None: of all), and the figures."""

    workspace: Workspace
    figures: MapFigures
    persona: PersonaId | None
    lettering: Lettering
    shape: Shape

    def whole(
        self, columns: Sequence[ColumnCells], before: MapLayout | None = None
    ) -> ExperienceLine:
        """Return the line of some columns; what `before` says of those at its ends is kept."""
        found: list[Point] = []
        labels: list[tuple[int, str, float]] = []
        first = last = 0
        if before is not None:
            line, count = before.experience, len(before.columns)
            first, last = common_ends(before.columns, columns)
            found += line.points[:first]
            labels += [(s.column, s.text, s.width) for s in line.blind_spots if s.column < first]
        for index in range(first, len(columns) - last):
            found.append(point := self._point(columns[index]))
            if point.is_blind_spot:
                labels.append((index, *self._label(point)))
        if before is not None:
            found += line.points[count - last :]
            by = len(columns) - count
            behind = (s for s in line.blind_spots if s.column >= count - last)
            labels += [(s.column + by, s.text, s.width) for s in behind]
        return self._fit(found, labels, other_lines(self.workspace, columns, self.persona))

    def after(self, layout: MapLayout, changed: Mapping[int, ColumnCells]) -> ExperienceLine:
        """Return a layout's line with the points of some columns as they are now.

        It is the very same line where none moved.
        """
        line = layout.experience
        fresh = {index: self._point(cells) for index, cells in changed.items()}
        others: tuple[Other, ...] = ()
        if self.workspace.personas:
            columns = [changed.get(i, cells) for i, cells in enumerate(layout.columns)]
            others = other_lines(self.workspace, columns, self.persona)
        same = all(line.points[index] == point for index, point in fresh.items())
        if same and others == line.others:
            return line
        points = list(line.points)
        for index, point in fresh.items():
            points[index] = point
        labels = [(s.column, s.text, s.width) for s in line.blind_spots if s.column not in fresh]
        labels += [(i, *self._label(p)) for i, p in fresh.items() if p.is_blind_spot]
        return self._fit(points, sorted(labels), others)

    def _point(self, cells: ColumnCells) -> Point:
        touchpoint = cells.touchpoint
        if touchpoint is None:
            return Point()
        known = self.figures.touchpoints.get(touchpoint.id, NOTHING_MEASURED)
        judged = judged_value(touchpoint, self.persona)
        level = experience_level(known.level, judged=judged is not None)
        return Point(judged, known.experience, level)

    def _label(self, point: Point) -> tuple[str, float]:
        """Return a blind spot's figures and how wide its label is."""
        text = blind_text(point)
        width = self.lettering.advance(words.blind_spot(), Face.META_BOLD)
        return text, width + self.lettering.advance(f" · {text}", Face.META) + BLIND_PAD

    def _fit(
        self,
        points: Sequence[Point],
        labels: list[tuple[int, str, float]],
        others: tuple[Other, ...],
    ) -> ExperienceLine:
        least = self.shape.least(LaneKind.EXPERIENCE)
        return fit(points, labels, self.shape.column, least, others)


def blind_text(point: Point) -> str:
    """Return the figures of a blind spot: "judged +32, measured −21 ±8"."""
    assert point.judged is not None
    assert point.measured is not None
    return words.judged_and_measured(
        number(point.judged, 0, signed=True),
        number(point.measured.value, 0, signed=True),
        f"±{number(point.measured.margin, 0)}",
    )
