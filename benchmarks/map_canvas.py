"""The map's canvas against a scene with one item per card, in ratios of one run.

    python benchmarks/map_canvas.py [--peers /path/to/venv/bin/python]

Both draw the same journeys of 1,000 and 5,000 cards on a raster of 1600 × 900; build, pan, zoom
and fit alternate A B A B and the medians are compared. The naive scene is what one writes first:
a QGraphicsItem per card that wraps and draws its own text at every scale. Goals: panning at 5,000
cards ≤ 1.3 × that at 1,000, both panned in turn, step by step; fit all ≤ 0.1 × of the naive scene,
≤ 4 kB a card. What an edit takes in the whole window is told by `benchmarks/typing_speed.py`.

With --peers, an interpreter that has OdenGraphQt (NodeGraphQt for Qt 6, with PySide6) and
orange-canvas-core (with PyQt6), their scenes of 1,000 nodes and as many edges are measured in
turn with a map of 1,000 touchpoints, which shows eight cards for each of their nodes.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from journey.edit import Rename
from journey.model.ids import (
    ImprovementId,
    JourneyId,
    Kind,
    LaneId,
    LeaderId,
    NoteId,
    PainPointId,
    Ref,
    StageId,
    TouchpointId,
)
from journey.model.improvement import Improvement
from journey.model.map import (
    Journey,
    JudgedExperience,
    Lane,
    Note,
    PainPoint,
    Stage,
    Touchpoint,
)
from journey.model.people import Leader
from journey.model.workspace import Workspace
from ui.map.figures import ChipFact, MapFigures, Measured, TouchpointFigures
from ui.map.lanes import LaneKind
from ui.map.layout import MapLayout
from ui.map.view import MapView
from ui.selection import Selection
from ui.shell.type import font
from ui.shell.wrapping import wrap

CARDS_PER_COLUMN = 8  # two notes, touchpoint, chip, two pain points, improvement, owner
STEPS, STEP = 60, 60  # pixels
ROUNDS = 9
PEER_NODES = 1000


def journey_of(cards: int) -> tuple[Workspace, MapFigures]:
    """Return a journey with about so many cards, all lanes filled, and its figures."""
    journey = JourneyId("j")
    ws = Workspace("Benchmark", [Journey(journey, "Journey"), Leader(LeaderId("l"), "Ann Berg")])
    for lane, content in enumerate(("actions", "thoughts")):
        ws.put(Lane(LaneId(content), journey, content.title(), float(lane), content))
    known = {}
    columns = cards // CARDS_PER_COLUMN
    for i in range(columns):
        stage = StageId(f"s{i // 10:04}")
        if i % 10 == 0:
            ws.put(Stage(stage, journey, f"Stage {i // 10}", float(i)))
        at = TouchpointId(f"t{i:05}")
        judged = (JudgedExperience(float((i * 37) % 120 - 60)),)
        ws.put(Touchpoint(at, journey, f"Online application {i}", stage, float(i), "Web",
                          owner=LeaderId("l"), judged_experience=judged))  # fmt: skip
        for content in ("actions", "thoughts"):
            text = f"Fills in {i} fields in two sittings"
            ws.put(Note(NoteId(f"{content}{i}"), LaneId(content), touchpoint=at, text=text))
        for k in range(2):
            pain = PainPointId(f"p{i:05}-{k}")
            ws.put(PainPoint(pain, journey, f"Form loses entry {i} on going back", at, float(k),
                             k + 2, k + 1))  # fmt: skip
        ws.put(Improvement(ImprovementId(f"i{i:05}"), f"Save form {i} as it is typed",
                           (PainPointId(f"p{i:05}-0"),), 20.0))  # fmt: skip
        value = float((i * 53) % 100 - 50)
        chip = ChipFact("NPS", value, 8, 200 + i, signed=True)
        known[at] = TouchpointFigures((chip,), Measured(value, value - 8, value + 8))
    return ws, MapFigures(known)


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
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.GlobalColor.gray)
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRoundedRect(self._rect, 4, 4)
        painter.setPen(Qt.GlobalColor.black)
        lines = wrap(self._text, font("sticky"), 16, self._rect.width() - 16)
        lines.layout.draw(painter, self._rect.topLeft())


class Naive:
    """A scene with one item per card of a layout."""

    def __init__(self, layout: MapLayout) -> None:
        self.scene = QGraphicsScene()
        for block, box in layout.boxes():
            rect = QRectF(box.x, box.y, box.width, box.height)
            text = " ".join(block.lines) or "NPS +23 ±8 · 210"
            self.scene.addItem(NaiveCard(rect, text))
        self.view = QGraphicsView(self.scene)
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
    return [timed(lambda k=k: bar.setValue(k * STEP)) for k in range(1, STEPS)]


def percentile(values: list[float], share: float) -> float:
    """Return a percentile of some times."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def pan_in_turn(small: QGraphicsView, large: QGraphicsView) -> tuple[float, float]:
    """Return what panning takes at both sizes: the p95 over the steps.

    Both take each step right after the other, round after round, and a step counts as the median
    of its rounds: what another program does to the machine falls on both and drops out, and what
    stays is which parts of a map are dear to paint.
    """
    times: dict[QGraphicsView, list[list[float]]] = {small: [], large: []}
    for view in times:
        view.horizontalScrollBar().setValue(0)
    QApplication.processEvents()
    for number in range(ROUNDS):
        order = (small, large) if number % 2 else (large, small)
        for view in order:
            view.horizontalScrollBar().setValue(0)
            QApplication.processEvents()
            times[view].append([])
        for k in range(1, STEPS):
            for view in order:
                bar = view.horizontalScrollBar()
                times[view][-1].append(timed(lambda b=bar, k=k: b.setValue(k * STEP)))
    few, many = (
        [statistics.median(each) for each in zip(*times[view], strict=True)]
        for view in (small, large)
    )
    return percentile(few, 0.95), percentile(many, 0.95)


def shown(cards: int) -> MapView:
    """Return a map of about so many cards in a window of its own."""
    ws, figures = journey_of(cards)
    desk = Desk(ws)
    view = MapView(desk, Selection(desk))
    desk.setParent(view)
    view.set_figures(figures)
    view.resize(1600, 1010)
    view.show()
    view.canvas.set_zoom(1.0)
    QApplication.processEvents()
    return view


def scaled(view: QGraphicsView, scale: float) -> None:
    """Set a scale the plain way."""
    view.resetTransform()
    view.scale(scale, scale)


def measure(cards: int) -> dict[str, float]:
    """Measure both at one size, print the ratios, return ours."""
    ws, figures = journey_of(cards)
    tracemalloc.start()
    desk = Desk(ws)
    selection = Selection(desk)
    view = MapView(desk, selection)
    view.set_figures(figures)
    memory = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    view.resize(1600, 1010)
    view.show()
    QApplication.processEvents()
    ours: dict[str, list[float]] = {}
    theirs: dict[str, list[float]] = {}

    def build() -> None:
        view.set_figures(figures)

    for _ in range(3):
        view.set_figures(MapFigures())
        ours.setdefault("build", []).append(timed(build))
        kept: list[Naive] = []
        theirs.setdefault("build", []).append(
            timed(lambda kept=kept: kept.append(Naive(view.layout_now)))
        )
        naive = kept.pop()
        view.canvas.set_zoom(1.0)
        ours.setdefault("pan", []).extend(pan(view.canvas))
        theirs.setdefault("pan", []).extend(pan(naive.view))
        for zoom in (0.8, 1.25, 1.0):
            ours.setdefault("zoom", []).append(timed(lambda z=zoom: view.canvas.set_zoom(z)))
            theirs.setdefault("zoom", []).append(timed(lambda z=zoom, v=naive.view: scaled(v, z)))
        fit = max(naive.view.width() / view.layout_now.width, 0.001)
        ours.setdefault("fit all", []).append(timed(lambda f=fit: view.canvas.show_scale(f)))
        theirs.setdefault("fit all", []).append(timed(lambda f=fit, v=naive.view: scaled(v, f)))
        view.canvas.set_zoom(1.0)
        view.canvas.horizontalScrollBar().setValue(0)
        QApplication.processEvents()
        edits = []
        for i in range(30):
            command = Rename(Ref(Kind.TOUCHPOINT, "t00003"), f"Name {i} of it")
            command.validate(ws)
            edits.append(timed(lambda c=command: desk.changed.emit(c.do(ws), None)))
        ours.setdefault("edit", []).extend(edits)
        naive.view.close()
        del naive
    count = sum(1 for _ in view.layout_now.boxes())
    print(f"\n{count} cards, {len(view.layout_now.columns)} touchpoints")
    for name, times in theirs.items():
        a, b = statistics.median(ours[name]), statistics.median(times)
        print(f"  {name:8} {a:8.2f} ms   naive {b:9.2f} ms   ratio {a / b:6.3f}")
    print(f"  pan p95  {percentile(ours['pan'], 0.95):8.2f} ms")
    print(f"  edit p95 {percentile(ours['edit'], 0.95):8.2f} ms")
    print(f"  memory   {memory / count / 1000:8.2f} kB a card (goal 4)")
    view.close()
    view.deleteLater()
    result = {name: statistics.median(times) for name, times in ours.items()}
    result["pan p95"] = percentile(ours["pan"], 0.95)
    result["fit ratio"] = result["fit all"] / statistics.median(theirs["fit all"])
    return result


def map_at(touchpoints: int) -> dict[str, list[float]]:
    """Return our times for what `map_peers.py` does with a graph of nodes."""
    ws, figures = journey_of(touchpoints * CARDS_PER_COLUMN)
    desk = Desk(ws)
    made: list[MapView] = []

    def build() -> None:
        made.append(MapView(desk, Selection(desk)))
        made[0].set_figures(figures)
        made[0].resize(1600, 1010)
        made[0].show()

    times = {"build": [timed(build)]}
    view = made[0]
    for _ in range(3):
        view.canvas.set_zoom(1.0)
        times.setdefault("pan", []).extend(pan(view.canvas))
        view.canvas.horizontalScrollBar().setValue(0)
        for zoom in (0.8, 1.25, 1.0):
            times.setdefault("zoom", []).append(timed(lambda z=zoom: view.canvas.set_zoom(z)))
        times.setdefault("drag", []).extend(dragged(view))
        times.setdefault("fit all", []).append(timed(view.fit))
    view.close()
    view.deleteLater()
    return times


def dragged(view: MapView) -> list[float]:
    """Return the times of the steps in which the mouse drags a touchpoint's card."""
    layout, port = view.layout_now, view.canvas.viewport()
    lane = layout.lane_of(LaneKind.TOUCHPOINTS)
    assert lane is not None
    box = layout.block_box(3, lane, 0)
    start = view.canvas.mapFromScene(box.x + box.width / 2, box.y + 12)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)

    def step(k: int) -> None:
        at = QPointF(start + QPoint(6 * k, 0))
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(QEvent.Type.MouseMove, at, port.mapToGlobal(at), left, left, none)
        QApplication.sendEvent(port, event)

    times = [timed(lambda k=k: step(k)) for k in range(30)]
    QTest.keyClick(view.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start)
    QApplication.processEvents()
    return times


def beside_peers(interpreter: str) -> None:
    """Measure the peers and the map in turn and print how many times longer they take."""
    script = Path(__file__).with_name("map_peers.py")
    found: dict[str, dict[str, list[float]]] = {}
    for _ in range(2):
        for name in ("waymark", "nodegraphqt", "orange"):
            if name == "waymark":
                times = map_at(PEER_NODES)
            else:
                run = subprocess.run(
                    [interpreter, str(script), name, str(PEER_NODES)],
                    capture_output=True, text=True, check=False, timeout=600,
                )  # fmt: skip
                if run.returncode:
                    print(f"\n{name}: skipped, {run.stderr.strip().splitlines()[-1:]}")
                    continue
                times = json.loads(run.stdout.splitlines()[-1])
            for action, some in times.items():
                found.setdefault(name, {}).setdefault(action, []).extend(some)
    ours = found.pop("waymark")
    print(f"\n{PEER_NODES} touchpoints with {CARDS_PER_COLUMN} cards each beside as many nodes")
    for action, some in ours.items():
        mine = statistics.median(some)
        print(f"  {action:8} {mine:9.2f} ms", end="")
        for name, theirs in found.items():
            other = statistics.median(theirs[action])
            print(f"   {name} {other:9.2f} ms, {other / mine:6.2f} ×", end="")
        print()


def main() -> None:
    """Print the ratios and the goals."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--peers", help="an interpreter that has the two libraries")
    peers = asked.parse_args().peers
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert app is not None
    measure(1000)
    measure(1000)
    large = measure(5000)
    views = shown(1000), shown(5000)
    few, many = pan_in_turn(*(view.canvas for view in views))
    print(
        f"\npan p95, step by step in turn: {few:.2f} ms at 1,000, {many:.2f} ms at 5,000 (goal 8)"
    )
    print(f"pan p95 at 5,000 against 1,000: {many / few:.2f} (goal 1.3)")
    print(f"fit all against naive at 5,000: {large['fit ratio']:.3f} (goal 0.1)")
    if peers:
        beside_peers(peers)
    else:
        print("\nNodeGraphQt and orange-canvas-core: skipped, no --peers interpreter was given")


if __name__ == "__main__":
    main()
