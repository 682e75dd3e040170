"""What the flow looks like: gaps, labels that keep apart, both themes, every scale, vectors."""

from itertools import combinations, permutations

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QPointF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from journey.edit import Rename, Set
from journey.model.ids import JourneyId, Kind, Ref, StageId, TouchpointId, TransitionId
from journey.model.map import Journey, Stage, Touchpoint, Transition
from journey.model.workspace import Workspace
from ui.shell.theme import ThemeMode, ThemeStore, active_theme

J = JourneyId("j")


def large(touchpoints: int, stages: int) -> Workspace:
    ws = Workspace("Large", [Journey(J, "Large")])
    for i in range(stages):
        ws.put(Stage(StageId(f"s{i}"), J, f"Stage {i}", float(i)))
    for i in range(touchpoints):
        stage = StageId(f"s{i * stages // touchpoints}")
        name = f"Identity verification {i}"
        ws.put(Touchpoint(TouchpointId(f"t{i:03}"), J, name, stage, float(i), "App"))
    pairs = [(f"t{i:03}", f"t{i + 1:03}") for i in range(touchpoints - 1)]
    pairs += [(f"t{i:03}", f"t{(i * 7 + 5) % touchpoints:03}") for i in range(0, touchpoints, 3)]
    pairs += [("start", "t000"), (f"t{touchpoints - 1:03}", "retained")]
    for i, (a, b) in enumerate(dict.fromkeys(pairs)):
        ws.put(Transition(TransitionId(f"x{i:03}"), J, a, b, None, float(9000 // (i + 1))))
    return ws


def picture(hand, scale: float = 1.0) -> QImage:
    size = hand.view.picture_size() * scale
    image = QImage(size.toSize(), QImage.Format.Format_ARGB32)
    with QPainter(image) as painter:
        painter.scale(scale, scale)
        hand.view.paint_picture(painter)
    return image


def colour_at(image: QImage, x: float, y: float) -> QColor:
    """Return the colour at a point of the scene in a picture at 400 %."""
    return image.pixelColor(QPoint(round(x * 4), round((y + 40) * 4)))


@pytest.mark.parametrize("zoom", [0.08, 0.3, 0.6, 1.0, 2.5])
def test_every_scale_is_painted_in_both_themes(hand, found, zoom: float) -> None:
    store = ThemeStore(QApplication.instance(), ThemeMode.LIGHT)
    hand.view.set_found(found)
    hand.view.choose_pair(("t2", "t3"))
    hand.view.canvas.show_scale(zoom)
    light = hand.view.grab().toImage()
    store.set_mode(ThemeMode.DARK)
    dark = hand.view.grab().toImage()
    place = hand.viewport.mapTo(hand.view, QPoint(4, 4))
    assert light.pixelColor(place).lightness() > 200
    assert dark.pixelColor(place).lightness() < 60
    store.set_mode(ThemeMode.SYSTEM)


def test_the_whole_flow_is_painted_as_vectors_without_selection(hand, found) -> None:
    hand.view.set_found(found)
    hand.view.choose_node("t2")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    svg = QSvgGenerator()
    svg.setOutputDevice(buffer)
    svg.setSize(hand.view.picture_size().toSize())
    with QPainter(svg) as painter:
        hand.view.paint_picture(painter)
    text = bytes(buffer.data()).decode()
    assert "<image" not in text
    for words in ("Purchase", "Form", "Retained", "drawn, 0 found", "Start", "Exit", "Lost"):
        assert words in text
    assert hand.view.scene.shown.nodes == {"t2"}


def test_a_ribbon_a_card_and_what_was_only_found_have_their_colours(hand, found) -> None:
    hand.view.set_found(found)
    image, theme = picture(hand, 4.0), active_theme()
    line = hand.view.board.lines["t2", "t3"]
    x, y = line.samples[0]
    assert colour_at(image, x, y + 12) == theme.graph_edge
    tip = line.route.tip
    assert colour_at(image, tip[0], tip[1] - 5) == theme.graph_thin
    missing = hand.view.board.lines["t5", "t4"]
    x, y = missing.samples[0]
    seen = {colour_at(image, x, y - dy).name() for dy in range(9, 40)}
    assert seen == {theme.blind_line.name()}
    box = hand.view.board.layout.retained
    assert colour_at(image, box.right - 8, box.bottom - 8) == theme.improvement


def test_an_arrow_keeps_three_pixels_from_what_it_crosses(open_flow) -> None:
    ws = Workspace("Cross", [Journey(J, "J")])
    for i in range(2):
        ws.put(Stage(StageId(f"s{i}"), J, f"Stage {i}", float(i)))
        for k in range(2):
            node = TouchpointId(f"t{i}{k}")
            ws.put(Touchpoint(node, J, node, StageId(f"s{i}"), float(k)))
    steps = {("t00", "t10"): 90.0, ("t01", "t10"): 1.0, ("t00", "t11"): 1.0, ("t01", "t11"): 90.0}
    for i, ((a, b), count) in enumerate(steps.items()):
        ws.put(Transition(TransitionId(f"x{i}"), J, a, b, None, count))
    hand = open_flow(ws)
    lower, upper = (x for x in hand.view.board.lines.values() if x.arrow.count == 1.0)
    for line in hand.view.board.lines.values():
        line.label = None
    crossing = _crossing(lower.path, upper.path)
    image = picture(hand, 4.0)
    grounds = [_grounds(image, line.path, crossing) for line in (lower, upper)]
    # Along the arrow below there are 3 pixels of ground at each side, more where they cross at a
    # slant; along the one above none.
    assert 5.5 <= grounds[0] <= 14.0
    assert grounds[1] == 0


def _points(path: QPainterPath) -> list[QPointF]:
    return [path.pointAtPercent(i / 2000) for i in range(2001)]


def _crossing(first: QPainterPath, second: QPainterPath) -> QPointF:
    heights = {round(p.x(), 1): p.y() for p in _points(second)}
    near = [p for p in _points(first) if round(p.x(), 1) in heights]
    return min(near, key=lambda p: abs(p.y() - heights[round(p.x(), 1)]))


def _grounds(image: QImage, path: QPainterPath, crossing: QPointF) -> float:
    """Return how many pixels along a line near a crossing show the bare canvas."""
    step = path.length() / 2000
    near = [p for p in _points(path) if (p - crossing).manhattanLength() < 14]
    bare = [
        p for p in near
        if image.pixelColor(round(p.x() * 4), round((p.y() + 40) * 4)) == active_theme().canvas
    ]  # fmt: skip
    return len(bare) * step


def test_counts_stand_off_the_cards_and_off_each_other(hand, found) -> None:
    hand.view.set_found(found)
    board = hand.view.board
    labels = [line.label for line in board.lines.values() if line.label is not None]
    boxes = [*board.layout.boxes.values(), board.layout.retained]
    assert len(labels) == len(board.lines)
    assert not any(a.intersects(b) for a, b in combinations(labels, 2))
    for label in labels:
        assert not any(box.contains(label.center().x(), label.center().y()) for box in boxes)


def test_a_count_stands_where_no_other_arrow_runs(open_flow) -> None:
    """Two arrows cross: neither count lies where it would seem to be the other's."""
    ws = Workspace("W", [Journey(J, "J")])
    for i in range(2):
        ws.put(Stage(StageId(f"s{i}"), J, f"Stage {i}", float(i)))
        for k in range(2):
            node = TouchpointId(f"t{i}{k}")
            ws.put(Touchpoint(node, J, node, StageId(f"s{i}"), float(k)))
    steps = {("t00", "t10"): 90.0, ("t01", "t10"): 1.0, ("t00", "t11"): 1.0, ("t01", "t11"): 90.0}
    for i, ((a, b), count) in enumerate(steps.items()):
        ws.put(Transition(TransitionId(f"x{i}"), J, a, b, None, count))
    lines = list(open_flow(ws).view.board.lines.values())
    for line, other in permutations(lines, 2):
        assert line.label is not None
        assert not any(line.label.contains(point) for point in _points(other.path))


@pytest.mark.parametrize(("width", "height"), [(970, 684), (1500, 916)])
@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK])
def test_sixty_touchpoints_are_shown_on_a_laptop_and_a_projector(
    open_flow, width, height, mode
) -> None:
    store = ThemeStore(QApplication.instance(), mode)
    hand = open_flow(large(60, 5))
    hand.view.resize(width, height)
    hand.view.canvas.fit()
    image = hand.view.grab().toImage()
    assert image.size().width() == width
    assert hand.view.canvas.horizontalScrollBar().maximum() == 0
    assert hand.view.canvas.verticalScrollBar().maximum() == 0
    store.set_mode(ThemeMode.SYSTEM)


def test_three_hundred_in_one_stage_are_shown(open_flow) -> None:
    hand = open_flow(large(300, 1))
    assert len(hand.view.board.lines) > 300
    hand.view.canvas.fit()
    hand.view.grab()
    hand.view.canvas.set_zoom(1.0)
    hand.view.grab()


@pytest.mark.parametrize(
    "name", ["<b>Bold</b> & co", "مركز الاتصال", "e\u0301 cole", "Datenschutz\u00adgrundverordnung",
             "x" * 300],
)  # fmt: skip
def test_any_name_is_shown_as_typed_and_the_card_grows(hand, name) -> None:
    hand.desk.run(Rename(Ref(Kind.TOUCHPOINT, "t2"), name))
    text = hand.view.board.cards["t2"]
    shown = "".join(text.lines).replace("\u2010", "").replace(" ", "")
    assert shown == hand.workspace.touchpoints[TouchpointId("t2")].name.replace(" ", "")
    assert hand.box("t2").height == text.height
    hand.view.grab()


def test_a_moment_of_truth_has_its_star(hand) -> None:
    before = picture(hand, 4.0)
    hand.desk.run(Set(Ref(Kind.TOUCHPOINT, "t2"), moment_of_truth=True))
    box = hand.box("t2")
    place = QPointF(box.x + 15, box.y + 35)
    near = [(dx, dy) for dx in range(-6, 7) for dy in range(-6, 7)]
    was, now = (
        {colour_at(image, place.x() + dx, place.y() + dy).name() for dx, dy in near}
        for image in (before, picture(hand, 4.0))
    )
    assert was == {active_theme().surface.name()}
    assert active_theme().accent.name() in now
