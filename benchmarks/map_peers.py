"""What two libraries of node graphs take for the same: run by their own interpreter.

    /path/to/venv/bin/python benchmarks/map_peers.py nodegraphqt|orange 1000

Prints one line of JSON: for build, pan, zoom, fit all and drag, the times in milliseconds of
processor time, painting included. `benchmarks/map_canvas.py --peers` starts it; it imports nothing
of Waymark, so that the libraries may bring a Qt of their own. "nodegraphqt" takes OdenGraphQt,
NodeGraphQt's branch for Qt 6, with PySide6; "orange" is orange-canvas-core with PyQt6.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# What each runs with: orange-canvas-core knows no PySide6, OdenGraphQt emits what PyQt6 refuses.
BINDINGS = {"nodegraphqt": "pyside6", "orange": "pyqt6"}

STEPS, STEP = 60, 60  # pixels
WIDE, HIGH, ROW = 220, 140, 50  # a node's place; nodes stand in rows of so many
ROUNDS = 3

# A view, how to show it from an x on at a scale, and how to drag one node along.
Peer = tuple[Any, Callable[[float, float], object], Callable[[float], object]]
WINDOW = (1600, 900)


def nodegraphqt(count: int) -> Peer:
    """Return OdenGraphQt's view of a chain of nodes."""
    from OdenGraphQt import BaseNode, NodeGraph

    class Step(BaseNode):
        __identifier__ = "benchmark"
        NODE_NAME = "Step"

        def __init__(self) -> None:
            super().__init__()
            self.add_input("in")
            self.add_output("out")

    graph = NodeGraph()
    graph.register_node(Step)
    nodes = [
        graph.create_node(
            "benchmark.Step",
            name=f"Online application {i}",
            pos=[i % ROW * WIDE, i // ROW * HIGH],
            selected=False,
            push_undo=False,
        )
        for i in range(count)
    ]
    for source, target in pairwise(nodes):
        source.output(0).connect_to(target.input(0), push_undo=False)
    view = graph.viewer()
    view._kept = graph  # the graph owns the view's scene
    graph.widget.resize(*WINDOW)
    graph.widget.show()
    item, (wide, high) = nodes[3].view, WINDOW

    def show(x: float, scale: float) -> None:
        view.set_scene_rect([x, 0.0, wide / scale, high / scale])

    return view, show, lambda x: setattr(item, "xy_pos", [3 * WIDE + x, 0.0])


def orange(count: int) -> Peer:
    """Return orange-canvas-core's view of a chain of nodes."""
    from AnyQt.QtCore import QPointF
    from orangecanvas.canvas.items import LinkItem, NodeItem
    from orangecanvas.canvas.scene import CanvasScene
    from orangecanvas.canvas.view import CanvasView
    from orangecanvas.registry import InputSignal, OutputSignal, WidgetDescription

    step = WidgetDescription(
        name="Step",
        id="benchmark.step",
        qualified_name="orangecanvas.registry",  # its icon is sought beside this module
        inputs=[InputSignal("in", "object", "")],
        outputs=[OutputSignal("out", "object")],
    )
    scene = CanvasScene()
    items = []
    for i in range(count):
        item = NodeItem(step)
        item.setTitle(f"Online application {i}")
        item.setPos(QPointF(i % ROW * WIDE, i // ROW * HIGH))
        scene.add_node_item(item)
        items.append(item)
    for source, target in pairwise(items):
        link = LinkItem()
        link.setSourceItem(source)
        link.setSinkItem(target)
        scene.add_link_item(link)
    view = CanvasView(scene)
    view._kept = scene
    view.resize(*WINDOW)
    view.show()

    def show(x: float, scale: float) -> None:
        if view.transform().m11() != scale:
            view.resetTransform()
            view.scale(scale, scale)
        view.horizontalScrollBar().setValue(round(view.sceneRect().x() * scale + x))

    return view, show, lambda x: items[3].setPos(QPointF(3 * WIDE + x, 0.0))


PEERS: dict[str, Callable[[int], Peer]] = {"nodegraphqt": nodegraphqt, "orange": orange}


def main(name: str, count: int) -> None:
    """Measure one library and print its times."""
    os.environ["QT_API"] = BINDINGS[name]
    if name == "orange":
        from AnyQt.QtWidgets import QApplication
    else:
        from qtpy.QtWidgets import QApplication

    app = QApplication(sys.argv[:1])

    def timed(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        app.processEvents()
        return (time.process_time() - start) * 1000

    made: list[Peer] = []
    times: dict[str, list[float]] = {"build": [timed(lambda: made.append(PEERS[name](count)))]}
    view, show, drag = made[0]
    whole = view.scene().itemsBoundingRect()
    fit = min(WINDOW[0] / whole.width(), WINDOW[1] / whole.height())
    for _ in range(ROUNDS):
        timed(lambda: show(0.0, 1.0))
        for k in range(1, STEPS):
            times.setdefault("pan", []).append(timed(lambda k=k: show(k * STEP, 1.0)))
        for scale in (0.8, 1.25, 1.0):
            times.setdefault("zoom", []).append(timed(lambda s=scale: show(0.0, s)))
        for k in range(30):
            times.setdefault("drag", []).append(timed(lambda k=k: drag(k * 6.0)))
        times.setdefault("fit all", []).append(timed(lambda: show(0.0, fit)))
    print(json.dumps(times), flush=True)
    # Both libraries leave cycles of Qt objects behind; nothing is to be cleared up here.
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
