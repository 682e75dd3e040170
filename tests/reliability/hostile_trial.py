"""Everything typed is a trap: shown on every screen, exported and imported, in a process watched.

    python -m tests.reliability.hostile_trial FOLDER

Prints one line of JSON: the sockets made, the bait files opened, how many tooltips were shown, what
was exported. The bait is beside the workspace; every payload names it.
"""

import ctypes
import json
import os
import struct
import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from journey.edit import Add, AddPainPoint, AddTouchpoint, Set
from journey.model.ids import Kind, Ref
from journey.model.improvement import Improvement
from journey.model.map import Note, PainPoint
from journey.model.people import Leader, Persona, Segment
from journey.model.template import new_workspace
from journey.model.workspace import Workspace

_IN_OPEN = 0x20
_SOCKETS: list[str] = []
_LAYOUTS = (
    '<img src="{0}">', "<IMG SRC='{0}'>", '  <img src="{0}" alt=x>', '<b><img src="{0}"></b>',
    '<p><img src="{0}"/></p>', '<html><body background="{0}">x</body></html>',
    '<table background="{0}"><tr><td>x</td></tr></table>', '<object data="{0}"></object>',
    '<div style="background-image:url({0})">x</div>', '<iframe src="{0}"></iframe>',
    '<ul style="list-style-image:url({0})"><li>x</ul>', '<link rel="stylesheet" href="{0}">x',
    '<style>@import url("{0}");</style>x', '<embed src="{0}">', "![x]({0})", "[x]({0})",
    '<a href="{0}">x</a>', '<svg><image href="{0}"/></svg>', "<!DOCTYPE html><img src='{0}'>",
    '<?xml version="1.0"?><img src="{0}"/>',
)  # fmt: skip
_PLACES = ("{0}", "file://{0}")


def payloads(bait: Path) -> list[str]:
    """Return 40 texts that make whoever takes them for rich text open the bait."""
    places = [place.format(bait) for place in _PLACES]
    return [layout.format(place) for place in places for layout in _LAYOUTS]


class OpenWatch:
    """Tells how often files of a folder were opened by this process, whoever did it (Linux)."""

    def __init__(self, folder: Path) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self._descriptor = libc.inotify_init1(os.O_NONBLOCK)
        if libc.inotify_add_watch(self._descriptor, os.fsencode(folder), _IN_OPEN) < 0:
            raise OSError(ctypes.get_errno(), "no watch")

    def opened(self) -> int:
        """Return how many openings there were since the last call."""
        try:
            data = os.read(self._descriptor, 1 << 20)
        except BlockingIOError:
            return 0
        count = at = 0
        while at < len(data):
            (length,) = struct.unpack_from("I", data, at + 12)
            count, at = count + 1, at + 16 + length
        return count


def _no_network(event: str, arguments: tuple[object, ...]) -> None:
    # The computer's own name stands in the lock; it is asked of the kernel, not of a network.
    if event.startswith("socket.") and event != "socket.gethostname":
        _SOCKETS.append(event)
        raise PermissionError(event)


def hostile_workspace(texts: list[str]) -> Workspace:
    """Return a workspace in which every text a person can type is one of these."""
    ws = new_workspace("Hostile")
    Set(Ref(Kind.WORKSPACE, "workspace"), name=texts[0]).do(ws)
    journey = next(iter(ws.journeys))
    Set(Ref(Kind.JOURNEY, journey), name=texts[1]).do(ws)
    stages, lanes = sorted(ws.stages), sorted(ws.lanes)
    for n, text in enumerate(texts):
        stage = stages[n % len(stages)]
        AddTouchpoint(stage, text, channel=text).do(ws)
        Add(Leader(f"l{n}", text, text)).do(ws)
        Add(Segment(f"s{n}", text, 100.0, 10.0)).do(ws)
    Add(Persona("persona", texts[2], texts[3])).do(ws)
    for n, touchpoint in enumerate(sorted(ws.touchpoints)):
        text = texts[n % len(texts)]
        Set(Ref(Kind.TOUCHPOINT, touchpoint), owner=f"l{n % len(texts)}", department=text).do(ws)
        AddPainPoint(PainPoint(f"p{n}", journey, text, touchpoint, severity=n % 5 + 1)).do(ws)
        Add(Improvement(f"i{n}", text, (f"p{n}",), effort_days=3.0, owner=f"l{n % 40}")).do(ws)
        Add(Note(f"n{n}", lanes[n % len(lanes)], None, touchpoint, text, text)).do(ws)
    for stage, text in zip(stages, texts, strict=False):
        Set(Ref(Kind.STAGE, stage), name=text).do(ws)
    return ws


def _with_answers(document: object, folder: Path, texts: list[str]) -> None:
    from storage.imports.mapping import parse_mapping
    from storage.imports.survey import import_survey

    touchpoint = json.dumps(texts[0])
    mapping = f"""
[survey]
name = "S"
design = "relational"
date = {{ column = "Day", format = "%Y-%m-%d" }}
[[question]]
column = "Score"
touchpoint = {touchpoint}
metric = "csat"
scale = [1, 5]
[outcome]
column = "Left"
bad = ["yes"]
means = "left"
months = 12
[[comment]]
column = "Words"
touchpoint = {touchpoint}
"""
    import csv

    file = folder / "answers.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream)
        out.writerow(["Day", "Score", "Left", "Words"])
        for n in range(200):
            left = "yes" if n % 4 == 0 else "no"
            out.writerow([f"2026-10-{n % 28 + 1:02}", n % 5 + 1, left, texts[n % len(texts)]])
    found = import_survey(document, file, parse_mapping(mapping), create=True)  # type: ignore[arg-type]
    assert found.command is not None
    document.write(found.command.do(document.workspace))  # type: ignore[attr-defined]


def _point_at_everything(window: QWidget) -> int:
    """Ask every widget in sight for its tooltip, at places all over it."""
    shown = 0
    for widget in (window, *window.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        size: QSize = widget.size()
        for part in range(9):
            x = size.width() * (part % 3 * 2 + 1) // 6
            place = QPoint(x, size.height() * (part // 3 * 2 + 1) // 6)
            event = QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place))
            QApplication.sendEvent(widget, event)
            if QToolTip.isVisible():
                shown += 1
        QToolTip.hideText()
    QApplication.processEvents()
    return shown


def _look_at_everything(folder: Path, path: Path, texts: list[str]) -> tuple[int, list[str]]:
    from storage.document import kept_backups
    from ui.app import Program
    from ui.backups import BackupsDialog
    from ui.shell.notices import show_notice

    app = QApplication(["waymark"])
    program = Program(app, folder / "settings.ini", path)
    program.window.resize(1600, 1000)
    program.window.show()
    while program.desk is None or program.desk.session is None:
        QTest.qWait(10)
    session, bench = program.desk.session, program.desk.workbench
    assert bench is not None
    while session.findings.ranking is None and session.findings.error is None:
        QTest.qWait(20)
    tips, seen = 0, []
    for name in sorted(bench.screens):
        bench.show_view(name)
        QTest.qWait(30)
        tips += _point_at_everything(program.window)
        seen.append(name)
    bench.show_view("map")
    for table in (Kind.TOUCHPOINT, Kind.PAIN_POINT, Kind.STAGE, Kind.NOTE):
        for ref in [Ref(table, key) for key in sorted(session.document.workspace.table(table))][
            ::5
        ]:
            session.selection.set(ref)
            QTest.qWait(1)
    tips += _point_at_everything(program.window)
    bench.search()
    QTest.keyClicks(QApplication.focusWidget(), "img")
    QTest.qWait(20)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    for text in texts:
        show_notice(program.window, text, text)
        QApplication.processEvents()
        QApplication.activeModalWidget().close()
    backups = BackupsDialog(texts[0], kept_backups(path), program.window)
    backups.open()
    tips += _point_at_everything(backups)
    backups.close()
    program.window.close()
    program.shut_down()
    return tips, seen


def _export_everything(folder: Path, path: Path) -> list[str]:
    from storage.document import read_document
    from storage.exports import export_report
    from storage.exports.gather import gather
    from storage.exports.packs import formats_there_are
    from storage.openformats.convert import opened, write
    from storage.openformats.workspace_file import dump_workspace

    with read_document(path) as document:
        report = gather(document, None, today=date(2026, 11, 2), draws=30).report
        dump_workspace(document.workspace, document.engine, folder / "all.json")
    forms = set(formats_there_are())
    some = type(report)(report.packs[:2], report.overview, report.done)
    written = export_report(some, folder / "packs", forms)
    with opened(path) as found:
        for ending in ("ojf", "mmd", "graphml"):
            write(found, folder / f"map.{ending}", next(iter(found.workspace.journeys)))
    return sorted({p.suffix for p in written})


def main(folder: Path) -> None:
    """Run the trial and print what it showed."""
    os.environ["WAYMARK_STATE_DIR"] = str(folder / "state")
    os.environ["XDG_STATE_HOME"] = os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    bait = folder / "bait"
    bait.mkdir()
    (bait / "bait.png").write_bytes(b"not even an image")
    watch = OpenWatch(bait)
    texts = payloads(bait / "bait.png")
    sys.addaudithook(_no_network)
    from storage.document import Document

    path = folder / "hostile.waymark"
    with Document.create(path, hostile_workspace(texts)) as document:
        _with_answers(document, folder, texts)
    tips, screens = _look_at_everything(folder, path, texts)
    exported = _export_everything(folder, path)
    opened = watch.opened()
    (bait / "bait.png").read_bytes()
    answer = {
        "payloads": len(texts),
        "sockets": _SOCKETS,
        "opened": opened,
        "watch_works": watch.opened() == 1,
        "tooltips": tips,
        "screens": screens,
        "exported": exported,
    }
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
