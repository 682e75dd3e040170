"""Where the names of dots stand: beside them, or where there is room at the end of a thin line."""

from collections.abc import Iterator, Sequence
from itertools import chain, product
from typing import Final, NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF

from ui.shell.type import font
from ui.shell.wrapping import text_width

LINE: Final = 16.0
_LONG: Final = 130.0  # from here on, logical pixels, a name may stand in two lines
_GAP: Final = 5.0
NEAR: Final = (18.0, 34.0, 52.0, 74.0, 100.0)
FAR: Final = (*NEAR, 130.0, 165.0, 200.0)
_SLOPES: Final = (0.6, 1.6)  # how far aside a line goes, of how far it goes up or down
_CROSSES: Final = QLineF.IntersectionType.BoundedIntersection
_STEP: Final = 7.0  # between the spots of a line that are looked at
_INSIDE: Final = 2.5  # of a line, above and below its letters

_Box = tuple[float, float, float, float]  # left, top, right, bottom
_Disc = tuple[float, float, float]  # its centre and radius


class DotName(NamedTuple):
    """A name in its place; the rectangle is null where no place was free.

    Attributes:
        leader: from the dot's edge to the name; null where it stands beside its dot.
        at_left: of the dot, so that the name's lines end at it.
    """

    rect: QRectF
    lines: tuple[str, ...]
    leader: QLineF
    at_left: bool


class _Form(NamedTuple):
    lines: tuple[str, ...]
    width: float
    height: float


class _Place(NamedTuple):
    rect: QRectF
    form: _Form
    leader: QLineF


class DotNames:
    """Finds a place for one name after the other; those asked for first have the choice.

    Args of the maker:
        ground: that no name leaves. discs: of all dots.
    """

    def __init__(self, ground: QRectF, discs: Sequence[QRectF]) -> None:
        self._ground = ground
        self._discs = [(d.center().x(), d.center().y(), d.width() / 2) for d in discs]
        self._taken: list[_Box] = []
        self._leaders: list[QLineF] = []

    def place(
        self, name: str, disc: QRectF, ring: float = 0.0, *, reaches: Sequence[float] = NEAR
    ) -> DotName:
        """Return where a name stands.

        Args:
            ring: what is drawn around its dot. reaches: how far a line may go up or down to it,
                the nearest first. Logical pixels.
        """
        forms = tuple(_forms(name))
        for place in chain(_beside(disc, forms, ring), _far(disc, forms, ring, reaches)):
            if self._is_free(place, disc.center()):
                self._take(place)
                at_left = place.rect.right() < disc.left()
                return DotName(place.rect, place.form.lines, place.leader, at_left)
        return DotName(QRectF(), (name,), QLineF(), at_left=False)

    def _is_free(self, place: _Place, own: QPointF) -> bool:
        if not self._ground.contains(place.rect):
            return False
        box = _box(place.rect)
        if any(_meet(box, other) for other in self._taken):
            return False
        # Letters stand a little inside their line.
        inked = box[0], box[1] + _INSIDE, box[2], box[3] - _INSIDE
        if any(_touches(inked, disc) for disc in self._discs):
            return False
        others = [disc for disc in self._discs if (disc[0], disc[1]) != own.toTuple()]
        if place.leader.isNull():
            # Above or below its dot no other dot may stand under its breadth: whose would it be?
            band = box[0], min(box[1], own.y()), box[2], max(box[3], own.y())
            astride = box[0] < own.x() < box[2]
            return not astride or not any(_touches(band, disc) for disc in others)
        if any(place.leader.intersects(line)[0] is _CROSSES for line in self._leaders):
            return False
        return not any(
            any(_touches(spot, disc) for disc in others)
            or any(_meet(spot, other) for other in self._taken)
            for spot in _spots(place.leader)
        )

    def _take(self, place: _Place) -> None:
        self._taken.append(_box(place.rect))
        if not place.leader.isNull():
            self._taken += _spots(place.leader)
            self._leaders.append(place.leader)


def _box(rect: QRectF) -> _Box:
    return rect.left(), rect.top(), rect.right(), rect.bottom()


def _meet(one: _Box, two: _Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _touches(box: _Box, disc: _Disc) -> bool:
    x = min(max(disc[0], box[0]), box[2]) - disc[0]
    y = min(max(disc[1], box[1]), box[3]) - disc[1]
    return x * x + y * y < disc[2] * disc[2]


def _spots(leader: QLineF) -> list[_Box]:
    """Return small boxes along a line, by which it keeps off dots and names."""
    count = max(int(leader.length() / _STEP), 1)
    spots = (leader.pointAt(step / count) for step in range(count + 1))
    return [(p.x() - 1.5, p.y() - 1.5, p.x() + 1.5, p.y() + 1.5) for p in spots]


def _forms(name: str) -> Iterator[_Form]:
    """Yield a name in one line and, if it is long, in the two most alike."""
    face, parts = font("sticky", 600), name.split()  # as wide as the chosen one is
    yield _Form((name,), text_width(name, face) + 2, LINE)
    if len(parts) < 2 or text_width(name, face) < _LONG:
        return
    halves = [(" ".join(parts[:i]), " ".join(parts[i:])) for i in range(1, len(parts))]
    widths = [max(text_width(half, face) for half in pair) for pair in halves]
    best = min(range(len(halves)), key=widths.__getitem__)
    yield _Form(halves[best], widths[best] + 2, 2 * LINE)


def _beside(disc: QRectF, forms: Sequence[_Form], ring: float) -> Iterator[_Place]:
    middle, gap = disc.center(), disc.width() / 2 + _GAP + ring
    for form in forms:
        half = form.height / 2
        for x, y in (
            (middle.x() + gap, middle.y() - half),
            (middle.x() - gap - form.width, middle.y() - half),
            (middle.x() - form.width / 2, middle.y() - gap - form.height),
            (middle.x() - form.width / 2, middle.y() + gap),
        ):
            yield _Place(QRectF(x, y, form.width, form.height), form, QLineF())


def _far(
    disc: QRectF, forms: Sequence[_Form], ring: float, reaches: Sequence[float]
) -> Iterator[_Place]:
    """Yield places away from a dot, the nearest first, each with the line that leads there."""
    middle, gap = disc.center(), disc.width() / 2 + ring
    for reach, slope, form in product(reaches, _SLOPES, forms):
        for side, way in product((1, -1), (-1, 1)):
            end = middle + QPointF(side * (gap + reach * slope), way * (gap + reach))
            left = end.x() + 3 if side > 0 else end.x() - 3 - form.width
            rect = QRectF(left, end.y() - form.height / 2, form.width, form.height)
            line = QLineF(middle, end)
            yield _Place(rect, form, QLineF(line.pointAt(gap / line.length()), end))
