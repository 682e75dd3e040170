"""Makes the pictures in docs/screenshots from the sample, in light and dark.

Run: python docs/screenshots.py [folder] [scale]. The window is drawn offscreen; a scale of 2 gives
the picture of a 200 % screen.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if len(sys.argv) > 2:
    os.environ["QT_SCALE_FACTOR"] = sys.argv[2]

from PySide6.QtCore import QCoreApplication, QElapsedTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from journey.edit.ballots import AddVoter, GiveDot  # noqa: E402
from journey.model.ids import Kind, PainPointId, Ref  # noqa: E402
from storage.sample import make_sample, sample_folder  # noqa: E402
from ui.app import Program  # noqa: E402
from ui.session import Session  # noqa: E402
from ui.shell.desk import Desk  # noqa: E402
from ui.shell.tokens import ThemeMode  # noqa: E402
from ui.shell.workbench import Workbench  # noqa: E402

PATIENCE_MS = 60_000
WORK_MS = 4_000  # what a screen works out when it is first shown
FADE_MS = 600  # what is revealed fades in
SHOWN_TO_ALL = 2  # scores, then votes
VIEWS = ("map", "flow", "table", "evidence", "priorities", "quarter")
SELECTED = Ref(Kind.PAIN_POINT, PainPointId("photo"))
SIZES = {"1920": (1920, 1080), "1366": (1366, 768)}
# Who is in the room, and which pain points each of them gave a dot.
ROOM = {
    "Amina": ("photo", "photo", "loses", "loses", "chip"),
    "Jonas": ("photo", "loses", "phone-layout"),
    "Petter": ("loses", "photo", "nostep"),
    "Signe": ("photo", "phone-layout", "nostep", "chip"),
}
LEAST = 0  # of a PNG's quality in Qt: the smallest file, not one pixel less
SURVEY_ROWS = 400


def settle(app: QApplication, done: object) -> None:
    """Let the program work until `done` says so."""
    clock = QElapsedTimer()
    clock.start()
    assert callable(done)
    while not done():
        app.processEvents()
        time.sleep(0.01)  # the workers need the interpreter too
        if clock.elapsed() > PATIENCE_MS:
            raise SystemExit("the window did not get ready in time")
    for _ in range(50):
        QCoreApplication.sendPostedEvents()
        app.processEvents()


def take(widget: QWidget, path: Path) -> None:
    """Save a picture of a widget."""
    widget.grab().save(str(path), None, LEAST)
    print(path.name)


def desk_of(program: Program) -> Desk:
    """Return what fills the window."""
    assert program.desk is not None
    return program.desk


def ranked(program: Program) -> bool:
    """Whether the open workspace has its ranking."""
    session = desk_of(program).session
    return session is not None and session.findings.ranking is not None


def rest(app: QApplication, milliseconds: int) -> None:
    """Let the program work for a while."""
    clock = QElapsedTimer()
    clock.start()
    settle(app, lambda: clock.elapsed() > milliseconds)


def take_workshop(app: QApplication, bench: Workbench, session: Session, mode: str) -> None:
    """Take the workshop with a room that has voted; the workspace is left as it was."""
    document, journey = session.document, session.journey
    assert journey is not None
    edits = document.undo_stack.index()
    for name, dots in ROOM.items():
        document.run(AddVoter(journey, name))
        for pain in dots:
            document.run(GiveDot(PainPointId(pain), name))
    for name, size in SIZES.items():
        session.selection.set(SELECTED)
        bench.open_workshop()
        shop = bench.workshop
        assert shop is not None
        shop.showNormal()
        shop.resize(*size)
        while shop.revealed < SHOWN_TO_ALL:
            shop.reveal()
        rest(app, FADE_MS)
        take(shop, folder_of() / f"workshop-{name}-{mode}.png")
        bench.end_workshop()
    while document.undo_stack.index() > edits:
        document.undo_stack.undo()


def take_import(app: QApplication, desk: Desk, mode: str, scratch: Path) -> None:
    """Take the dialog that asks what the columns of a survey are."""
    survey = scratch / "Survey January.csv"
    with sample_folder() as folder:
        text = (folder / "first_year_2026Q4.csv").read_text("utf-8")
    survey.write_text("".join(text.splitlines(keepends=True)[:SURVEY_ROWS]), "utf-8")
    importer = desk.flows.importer
    importer.begin(survey, desk.session)
    settle(app, lambda: importer.dialog is not None)
    rest(app, WORK_MS)
    assert importer.dialog is not None
    take(importer.dialog, folder_of() / f"import-{mode}.png")
    importer.dialog.reject()


def folder_of() -> Path:
    """Return where the pictures go."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def main() -> None:
    """Take every picture."""
    folder = folder_of()
    app = QApplication([])
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["WAYMARK_STATE_DIR"] = str(Path(scratch) / "state")
        path = Path(scratch) / "Documents" / "Havnbank.waymark"
        path.parent.mkdir()
        make_sample(path).close()
        program = Program(app, Path(scratch) / "settings.ini")
        program.window.show()
        settle(app, lambda: program.desk is not None)
        desk, themes = desk_of(program), program.themes
        assert themes is not None
        for mode in (ThemeMode.LIGHT, ThemeMode.DARK):
            themes.set_mode(mode)
            program.window.resize(1366, 768)
            settle(app, lambda: True)
            take(program.window, folder / f"start-{mode.value}.png")
            desk.open_path(str(path))
            settle(app, lambda: ranked(program))
            bench, session = desk.workbench, desk.session
            assert bench is not None
            assert session is not None
            for name, size in SIZES.items():
                program.window.resize(*size)
                for view in VIEWS:
                    bench.show_view(view)
                    session.selection.set(SELECTED)
                    rest(app, WORK_MS)
                    if view == "priorities":
                        bench.priorities.reveal(SELECTED)
                    settle(app, lambda: True)
                    take(program.window, folder / f"{view}-{name}-{mode.value}.png")
            take_workshop(app, bench, session, mode.value)
            program.window.resize(*SIZES["1366"])
            take_import(app, desk, mode.value, Path(scratch))
            desk.close_workspace()
        program.window.close()
        program.shut_down()


if __name__ == "__main__":
    main()
