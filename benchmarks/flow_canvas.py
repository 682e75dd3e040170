"""The flow's canvas against a scene with one item per card and arrow, in ratios of one run.

    python benchmarks/flow_canvas.py

Both draw the same journey of 1,000 touchpoints and about 2,000 arrows on a raster of 1600 × 900;
pan, zoom and fit alternate A B A B and the medians are compared. The naive scene is what one writes
first: a QGraphicsItem per card and per arrow that draws all of itself at every scale. Goals: pan
p95 ≤ 8 ms, fit all ≤ 0.5 × of the naive scene.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsPolygonItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from journey.edit import Rename, Set
from journey.model.ids import JourneyId, Kind, Ref, StageId, TouchpointId, TransitionId
from journey.model.map import Journey, Stage, Touchpoint, Transition
from journey.model.workspace import Workspace
from ui.flow.board import FlowBoard
from ui.flow.lines import rect_of
from ui.flow.view import FlowView
from ui.selection import Selection
from ui.shell.type import font
from ui.shell.wrapping import wrap

STEPS, STEP = 60, 60  # pixels
STAGES = 20


def journey_of(size: int) -> Workspace:
    """Return a journey of so many touchpoints in twenty stages, twice as many arrows."""
    chance, journey = random.Random(7), JourneyId("j")
    ws = Workspace("Benchmark", [Journey(journey, "Journey")])
    nodes = [f"t{i:05}" for i in range(size)]
    for i in range(STAGES):
        ws.put(Stage(StageId(f"s{i:03}"), journey, f"Stage {i + 1}", float(i)))
    for i, node in enumerate(nodes):
        stage = StageId(f"s{i * STAGES // size:03}")
        name = f"Online application {i}"
        ws.put(Touchpoint(TouchpointId(node), journey, name, stage, float(i), "Web"))
    pairs = {(a, b): chance.randint(50, 9000) for a, b in pairwise(nodes)}
    for i in range(size * 2 // 3):
        onward = min(max(i + chance.randint(-8, 20), 0), size - 1)
        pairs.setdefault((nodes[i], nodes[onward]), chance.randint(1, 2000))
    for node in nodes[::3]:
        pairs[node, "lost"] = chance.randint(1, 500)
    pairs["start", nodes[0]], pairs[nodes[-1], "retained"] = 9000, 2000
    for i, ((a, b), count) in enumerate(pairs.items()):
        ws.put(Transition(TransitionId(f"x{i:06}"), journey, a, b, None, float(count)))
    return ws


class Desk(QObject):
    """The document as the view sees it, without a file."""

    changed = Signal(object, object)
    read_only = False

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace


class NaiveCard(QGraphicsItem):
    """A card as one writes it first."""

    def __init__(self, rect: QRectF, text: str) -> None:
        super().__init__()
        self._rect, self._text = rect, text

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        return self._rect

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        painter.setPen(Qt.GlobalColor.gray)
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRoundedRect(self._rect, 6, 6)
        painter.setPen(Qt.GlobalColor.black)
        lines = wrap(self._text, font("sticky", 600), 16, self._rect.width() - 36)
        lines.layout.draw(painter, self._rect.topLeft())


class Naive:
    """A scene with one item per card and two per arrow of a board."""

    def __init__(self, board: FlowBoard) -> None:
        self.scene = QGraphicsScene()
        for line in board.lines.values():
            path = QGraphicsPathItem(line.path)
            path.setPen(QPen(Qt.GlobalColor.blue, line.width))
            self.scene.addItem(path)
            head = QGraphicsPolygonItem(line.head)
            head.setBrush(Qt.GlobalColor.blue)
            self.scene.addItem(head)
        for node, box in board.layout.boxes.items():
            self.scene.addItem(NaiveCard(rect_of(box), board.touchpoints[node].name))
        self.view = QGraphicsView(self.scene)
        self.view.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.view.resize(1600, 900)
        self.view.show()


def timed(work: Callable[[], object]) -> float:
    """Return how many milliseconds of this process's time the work took, painting included."""
    start = time.process_time()
    work()
    QApplication.processEvents()
    return (time.process_time() - start) * 1000


def pan(view: QGraphicsView) -> list[float]:
    """Return the times of equal steps sideways, as a hand makes them."""
    bar = view.horizontalScrollBar()
    bar.setValue(0)
    QApplication.processEvents()
    return [timed(lambda k=k: bar.setValue(k * STEP)) for k in range(1, STEPS)]


def percentile(values: list[float], share: float) -> float:
    """Return a percentile of some times."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def scaled(view: QGraphicsView, scale: float) -> None:
    """Set a scale the plain way."""
    view.resetTransform()
    view.scale(scale, scale)


def drag(view: FlowView, node: str, by: float) -> None:
    """Move a card downwards as a hand does, with its arrows."""
    box = view.board.layout.boxes[node]
    view.scene.refresh(view.board.shift({node: (box.x, box.y + by)}))


def main() -> None:
    """Print the ratios and the goals."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert app is not None
    ws = journey_of(1000)
    desk = Desk(ws)
    view = FlowView(desk, Selection(desk), JourneyId("j"))
    view.resize(1600, 1010)
    view.show()
    naive = Naive(view.board)
    QApplication.processEvents()
    ours: dict[str, list[float]] = {}
    theirs: dict[str, list[float]] = {}
    for _ in range(3):
        ours.setdefault("build", []).append(timed(view.board.compose))
        for name, work in (("pan", pan),):
            view.canvas.set_zoom(1.0)
            scaled(naive.view, 1.0)
            ours.setdefault(name, []).extend(work(view.canvas))
            theirs.setdefault(name, []).extend(work(naive.view))
        for zoom in (0.8, 1.25, 1.0):
            ours.setdefault("zoom", []).append(timed(lambda z=zoom: view.canvas.set_zoom(z)))
            theirs.setdefault("zoom", []).append(timed(lambda z=zoom: scaled(naive.view, z)))
        fit = naive.view.width() / view.board.layout.width
        ours.setdefault("fit all", []).append(timed(lambda f=fit: view.canvas.show_scale(f)))
        theirs.setdefault("fit all", []).append(timed(lambda f=fit: scaled(naive.view, f)))
        view.canvas.set_zoom(1.0)
        node = "t00003"
        ours.setdefault("drag", []).extend(
            timed(lambda k=k: drag(view, "t00003", k)) for k in range(20)
        )
        for i in range(10):
            for key, command in (
                ("rename", Rename(Ref(Kind.TOUCHPOINT, node), f"Name {i}")),
                ("count", Set(Ref(Kind.TRANSITION, "x000003"), count=float(100 + i))),
            ):
                command.validate(ws)
                ours.setdefault(key, []).append(
                    timed(lambda c=command: desk.changed.emit(c.do(ws), None))
                )
    print(f"{len(view.board.cards)} touchpoints, {len(view.board.lines)} arrows")
    for name, times in ours.items():
        a = statistics.median(times)
        line = f"  {name:8} {a:8.2f} ms"
        if name in theirs:
            b = statistics.median(theirs[name])
            line += f"   naive {b:9.2f} ms   ratio {a / b:6.3f}"
        print(line)
    print(f"  pan p95  {percentile(ours['pan'], 0.95):8.2f} ms (goal 8)")
    fit_ratio = statistics.median(ours["fit all"]) / statistics.median(theirs["fit all"])
    print(f"  fit all against naive {fit_ratio:.3f} (goal 0.5)")
    print(f"  drag p95 {percentile(ours['drag'], 0.95):8.2f} ms")
    view.close()
    naive.view.close()


if __name__ == "__main__":
    main()
