"""Where a user points: at what can be pointed at, not only at the widget's ground."""

import random
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QListView, QWidget

from ui.flow.canvas import FlowCanvas
from ui.flow.touch import handle_of
from ui.flow.view import FlowView
from ui.map.canvas import MapCanvas
from ui.map.view import MapView
from ui.workshop.wall import Wall

_AT_THINGS = 0.75
_NEAR_EDGE = 0.15


def lives(widget: QWidget) -> bool:
    """Whether a widget is there and shown."""
    from shiboken6 import isValid

    return isValid(widget) and widget.isVisible()


def some_widget(front: QWidget, chance: random.Random) -> QWidget:
    """Return a widget of what is in front: by its area, by chance, or one that takes the focus."""
    shown = [w for w in front.findChildren(QWidget) if lives(w) and w.isEnabled()]
    if not shown:
        return front
    way = chance.random()
    if way < 0.4:
        found = front.childAt(_within(front.rect(), chance))
        if found is not None and found.isEnabled():
            return found
    if way < 0.75:
        takers = [w for w in shown if w.focusPolicy().value or isinstance(w, QAbstractButton)]
        return chance.choice(takers or shown)
    return chance.choice(shown)


def some_place(widget: QWidget, chance: random.Random) -> QPoint:
    """Return a place in a widget: mostly on a thing it shows, at its middle or near its edge."""
    ground = widget.rect()
    if chance.random() < _AT_THINGS:
        things = [each for each in _things(widget, chance) if ground.intersects(each)]
        if things:
            thing = chance.choice(things).intersected(ground)
            if chance.random() < _NEAR_EDGE:
                return QPoint(thing.right() - 2, thing.bottom() - 2)
            return thing.center() if chance.random() < 0.6 else _within(thing, chance)
    return _within(ground, chance)


def _within(rect: QRect, chance: random.Random) -> QPoint:
    wide, high = max(1, rect.width()), max(1, rect.height())
    return rect.topLeft() + QPoint(chance.randrange(wide), chance.randrange(high))


def _things(widget: QWidget, chance: random.Random) -> Iterator[QRect]:
    """Yield where the things of a view stand; of the ways to draw them only ours are known."""
    view = widget.parentWidget()
    if isinstance(view, MapCanvas):
        above = view.parentWidget()
        while above is not None and not isinstance(above, MapView):
            above = above.parentWidget()
        if isinstance(above, MapView):
            turn = view.viewportTransform()
            for _, box in above.layout_now.boxes():
                yield turn.mapRect(QRectF(box.x, box.y, box.width, box.height)).toRect()
    elif isinstance(view, FlowCanvas) and isinstance(view.parentWidget(), FlowView):
        yield from _flow_things(view, view.parentWidget())  # type: ignore[arg-type]
    elif isinstance(view, Wall):
        yield from (card.rect.toRect() for card in view.cards())
    elif isinstance(view, QAbstractItemView) and view.model() is not None:
        model, root = view.model(), view.rootIndex()
        rows = model.rowCount(root)
        columns = 1 if isinstance(view, QListView) else model.columnCount(root)
        for _ in range(20 if rows and columns else 0):
            row, column = chance.randrange(rows), chance.randrange(columns)
            yield view.visualRect(model.index(row, column, root))


def _flow_things(canvas: FlowCanvas, view: FlowView) -> Iterator[QRect]:
    turn = canvas.viewportTransform()
    for box in view.board.layout.boxes.values():
        yield turn.mapRect(QRectF(box.x, box.y, box.width, box.height)).toRect()
        handle = turn.map(handle_of(box)).toPoint()
        yield QRect(handle - QPoint(2, 2), handle + QPoint(2, 2))
    for line in view.board.lines.values():
        if line.label is not None:
            yield turn.mapRect(line.label).toRect()
