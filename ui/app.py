"""Builds the program once and hands its parts down; the only place that does.

The window is shown with nothing but its ground; all else is imported and built once that is on
screen, so that it is there at once.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from ui.shell.settings import Settings
from ui.shell.window import Window

if TYPE_CHECKING:
    from types import TracebackType

    from ui.jobs import Jobs
    from ui.shell.desk import Desk
    from ui.shell.reports import AbruptEnds
    from ui.shell.theme import ThemeStore

VERSION = "0.1.0"
LOG_BYTES = 1_000_000


def run(path: Path | None = None) -> int:
    """Show the window, with a workspace where one is given; return the exit code."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Waymark")
    app.setApplicationVersion(VERSION)
    program = Program(app, settings_folder() / "settings.ini", path)
    program.window.show()
    code = app.exec()
    program.shut_down()
    return code


def settings_folder() -> Path:
    """Return the folder of this computer's settings, made where it is not there."""
    from platformdirs import user_config_path

    return user_config_path("Waymark", appauthor=False, ensure_exists=True)


class Program:
    """The window and all behind it."""

    def __init__(self, app: QApplication, settings_file: Path, path: Path | None = None) -> None:
        self._app = app
        self._path = path
        self._settings = Settings(settings_file)
        self.themes: ThemeStore | None = None
        self.jobs: Jobs | None = None
        self.desk: Desk | None = None
        self._reports = settings_file.parent / "reports"
        self._ends: AbruptEnds | None = None
        self.window = Window(self._settings)
        self.window.painted.connect(self.build)

    def build(self) -> None:
        """Build what fills the window; once."""
        if self.desk is not None:
            return
        from ui.jobs import Jobs
        from ui.shell.desk import Desk
        from ui.shell.logo import logo_icon
        from ui.shell.reports import AbruptEnds
        from ui.shell.theme import ThemeStore

        self.themes = ThemeStore(self._app, self._settings.theme)
        self.jobs = Jobs()
        self.desk = Desk(VERSION, self._settings, self.themes, self.jobs, self.window)
        self.window.fill(self.desk)
        self._app.setWindowIcon(logo_icon())
        sys.excepthook = self._on_unexpected
        keep_log()
        self._ends = AbruptEnds(self._reports, VERSION)
        last = self._ends.take_last()
        self._ends.watch()
        if last:
            self._tell_of_abrupt_end(last)
        if self._path is not None:
            self.desk.open_path(str(self._path))

    def shut_down(self) -> None:
        """Stop the workers; what was queued is done first."""
        if self.jobs is not None:
            self.jobs.shut_down()
        if self._ends is not None:
            self._ends.stop()
        sys.excepthook = sys.__excepthook__

    def _tell_of_abrupt_end(self, report: str) -> None:
        from PySide6.QtWidgets import QMessageBox

        from ui.shell.notices import show_notice

        said = self.window.tr("Waymark ended abruptly the last time.")
        more = self.window.tr(
            "Every edit is kept and is there when the workspace is opened. The report says where "
            "in the program it happened and holds nothing you typed."
        )
        show_notice(self.window, said, more, QMessageBox.Icon.Warning, report)

    def _on_unexpected(
        self, kind: type[BaseException], error: BaseException, _trace: "TracebackType | None"
    ) -> None:
        """The last border: an error of ours is logged and told, the work goes on."""
        import logging

        from ui.shell.notices import show_fault
        from ui.shell.reports import report_of

        if issubclass(kind, KeyboardInterrupt):
            self.window.close()
            return
        report = report_of(error, VERSION)
        logging.getLogger("waymark").error("unexpected\n%s", report)
        show_fault(self.window, error, report)


def keep_log() -> None:
    """Write warnings and errors to a log that rotates; it holds no answers and no names."""
    import logging
    from logging.handlers import RotatingFileHandler

    from platformdirs import user_log_path

    root = logging.getLogger()
    if any(isinstance(handler, RotatingFileHandler) for handler in root.handlers):
        return
    folder = user_log_path("Waymark", appauthor=False, ensure_exists=True)
    handler = RotatingFileHandler(
        folder / "waymark.log", maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)
