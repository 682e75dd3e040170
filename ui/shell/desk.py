"""What fills the window: the start page or an open workspace. It wires; the packages act."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QStandardPaths, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from journey.errors import EditError
from ui.document import DocumentModel
from ui.files import Files
from ui.imports.importer import SUFFIXES
from ui.jobs import Jobs
from ui.session import Session
from ui.shell.actions import VIEW_NAMES, Actions
from ui.shell.closing import may_close, tell_of_failed_close
from ui.shell.copies import Copies
from ui.shell.flows import Flows
from ui.shell.menus import Menus
from ui.shell.notices import show_fault, show_notice
from ui.shell.recent import recent_of
from ui.shell.settings import Settings
from ui.shell.start_page import StartPage
from ui.shell.theme import ThemeMode, ThemeStore
from ui.shell.trouble import Trouble
from ui.shell.ways_out import WaysOut
from ui.words import refusal_text

if TYPE_CHECKING:
    from storage.document import Document
    from ui.shell.workbench import Workbench

SUFFIX = ".waymark"


class Desk(QWidget):
    """Start page and open workspace, with the actions that lead from one to the other."""

    def __init__(
        self,
        version: str,
        settings: Settings,
        themes: ThemeStore,
        jobs: Jobs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._settings = settings
        self._themes = themes
        self._jobs = jobs
        self._session: Session | None = None
        self._workbench: Workbench | None = None
        self.files = Files(jobs, self)
        self.flows = Flows(jobs, self)
        self.actions_ = Actions(self)
        self._menus = Menus(self.actions_, self)
        self._menus.theme_chosen.connect(self._choose_theme)
        self._ways_out = WaysOut(self.actions_, self.flows, self.files, self)
        self._ways_out.noted.connect(self._on_noted)
        self._copies = Copies(self.actions_, jobs, self)
        self._copies.open_requested.connect(self.open_path)
        self._copies.failed.connect(self._on_failed)
        self._trouble = Trouble(settings, jobs, self._copies, self)
        self._trouble.open_requested.connect(self.open_path)
        self._trouble.failed.connect(self._on_failed)
        self.start = StartPage(version, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._connect_files()
        self._connect_start()
        self._connect_actions()

    @property
    def session(self) -> Session | None:
        """The open workspace, if one is."""
        return self._session

    @property
    def workbench(self) -> "Workbench | None":
        """The screen of the open workspace, if one is."""
        return self._workbench

    @Slot()
    def new_workspace(self) -> None:
        """Ask from which template and where, then make a workspace and open it."""
        from storage.templates import templates
        from ui.templates import TemplateDialog

        dialog = TemplateDialog(templates(), self)
        dialog.chosen.connect(self._on_template)
        dialog.open()

    @Slot(str, str)
    def _on_template(self, template: str, title: str) -> None:
        name = self.tr("Customer journey") if template == "default" else title
        self._make_at(self.tr("New journey"), name, template)

    def _make_at(self, title: str, name: str, template: str = "default") -> bool:
        """Ask where a workspace goes and make it there; False where nobody said."""
        suggested = self._documents() / f"{name}{SUFFIX}"
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(suggested), self._filter())
        if not chosen:
            return False
        path = Path(chosen)
        if path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        self.files.make(path, path.stem, self._settings.language, template)
        return True

    @Slot()
    def import_survey(self) -> None:
        """Ask for a survey export, then bring it in."""
        patterns = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        kinds = f"{self.tr('Evidence')} ({patterns});;{self.tr('All files')} (*)"
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Import evidence"), str(self._documents()), kinds
        )
        if name:
            self.flows.importer.begin(Path(name), self._session)

    @Slot(str)
    def take_file(self, path: str) -> None:
        """Take what was dropped for what it is."""
        self.flows.take(Path(path), self._session)

    @Slot()
    def paste_evidence(self) -> None:
        """Take what is on the clipboard for evidence."""
        self.flows.paste(self._session)

    @Slot()
    def choose_workspace(self) -> None:
        """Ask which workspace, then open it."""
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open a workspace"), str(self._documents()), self._filter()
        )
        if name:
            self.open_path(name)

    @Slot(str)
    def open_path(self, path: str) -> None:
        """Open a workspace, closing the present one; nothing happens where it is open already."""
        present = self._session.document.path if self._session else None
        if present is None or present.resolve() != Path(path).resolve():
            self._trouble.begin(Path(path))
            self.files.open(Path(path))

    @Slot()
    def open_sample(self) -> None:
        """Open the sample, making it the first time."""
        path = self._documents() / f"Havnbank sample{SUFFIX}"
        self.files.make_sample(path, self.tr("Making the sample"))

    @Slot()
    def close_workspace(self) -> bool:
        """Save and close the open workspace, and show the start page; False where it stays."""
        if self._session is None or self._workbench is None:
            return True
        self.flows.stop()
        self._workbench.end_workshop()
        if not may_close(self._session.document, self):
            return False
        self._remember(self._session)
        self.actions_.follow(None)
        self._ways_out.follow(None, None)
        self._copies.follow(None)
        session, bench = self._session, self._workbench
        self._session = self._workbench = None
        self._stack.setCurrentWidget(self.start)
        self._stack.removeWidget(bench)
        session.findings.stop()
        session.document.close()
        tell_of_failed_close(session.document, self)
        bench.deleteLater()
        session.deleteLater()
        self.window().setWindowTitle("Waymark")
        self.start.set_recent(self._settings.recent)
        return True

    @Slot(str)
    def _export_quarter(self, quarter: str) -> None:
        if self._session is not None:
            self.flows.exporter.begin(self._session, quarter or None)

    @Slot()
    def export(self) -> None:
        """Ask whose packs go where, then write them."""
        if self._session is None:
            return
        if self._session.findings.ranking is None:
            show_notice(self, self.tr("There is no ranking yet, so there is nothing to export."))
            return
        self.flows.exporter.begin(self._session)

    @Slot()
    def _save_and_say(self) -> None:
        """Ctrl+S: nothing needs it, but it works and says so."""
        self.save_now()
        if self._workbench is not None:
            self._workbench.status_bar.set_note("check-circle", self.tr("Every edit is kept"))

    def save_now(self) -> None:
        """Publish what is not yet in the file, as when the window loses the focus."""
        if self._session is not None:
            self._session.document.save_now()

    def changeEvent(self, event: QEvent) -> None:
        """Qt's virtual: a new language renames the actions."""
        if event.type() == QEvent.Type.LanguageChange:
            self.actions_.retranslate()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt's virtual: a workspace or a survey export may be dropped anywhere."""
        if self._dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt's virtual: take the file that was dropped."""
        path = self._dropped(event)
        if path:
            event.acceptProposedAction()
            self.take_file(path)

    def _connect_files(self) -> None:
        self.files.opened.connect(self._on_opened)
        self.files.failed.connect(self._on_failed)
        self.flows.exported.connect(self._on_exported)
        self.flows.importer.workspace_needed.connect(self._on_workspace_needed)
        self.flows.noted.connect(self._on_noted)
        self.flows.failed.connect(self._on_failed)
        self.flows.open_requested.connect(self.open_path)

    def _connect_start(self) -> None:
        start = self.start
        start.new_requested.connect(self.new_workspace)
        start.survey_requested.connect(self.import_survey)
        start.open_requested.connect(self.choose_workspace)
        start.sample_requested.connect(self.open_sample)
        start.guide_requested.connect(self._show_guide)
        start.recent_chosen.connect(self._trouble.choose)
        start.recent_forgotten.connect(self._forget)
        start.file_dropped.connect(self.take_file)
        start.theme_chosen.connect(self._choose_theme)
        start.set_available(survey=True, sample=True, guide=True)
        start.set_language("en", ("en",))
        start.set_theme_mode(self._themes.mode)
        start.set_recent(self._settings.recent)

    def _connect_actions(self) -> None:
        actions = self.actions_
        for name, slot in (
            ("new", self.new_workspace),
            ("open", self.choose_workspace),
            ("import_survey", self.import_survey),
            ("import_clipboard", self.paste_evidence),
            ("close", self.close_workspace),
            ("save", self._save_and_say),
            ("export", self.export),
            ("guide", self._show_guide),
            ("search", self._search),
            ("palette", self._menus.show_palette),
            ("quit", self._quit),
        ):
            actions[name].triggered.connect(slot)
        for name in VIEW_NAMES:
            actions[name].triggered.connect(self._show_view)

    @Slot(object)
    def _on_opened(self, stored: "Document") -> None:
        # Imported here: the start page paints without the views of a workspace.
        from ui.shell.workbench import MAP, WORKSHOP, Workbench

        if not self.close_workspace():
            stored.close()
            self._trouble.end()
            return
        document = DocumentModel(stored, self._jobs)
        document.refused.connect(self._on_refused)
        self._session = Session(document, self._jobs, self)
        self._workbench = Workbench(self._session, self._jobs, self)
        self._workbench.export_requested.connect(self._export_quarter)
        self._workbench.import_requested.connect(self.import_survey)
        self._workbench.settings_requested.connect(self._show_menu)
        self._workbench.help_requested.connect(self._show_guide)
        self._workbench.top_bar.actions_requested.connect(self._menus.show_palette)
        self.actions_.set_available(self._workbench.screens | {WORKSHOP})
        self._stack.addWidget(self._workbench)
        self._stack.setCurrentWidget(self._workbench)
        self._workbench.show_view(MAP)
        self.actions_.follow(document.undo_stack)
        self._ways_out.follow(self._session, self._workbench)
        self._copies.follow(self._session)
        self.window().setWindowTitle(f"{document.path.stem} – Waymark")
        self._remember(self._session)
        self._trouble.end()
        if document.recovered:
            self._tell_recovered(document)
        self.flows.importer.go_on(self._session)

    def _tell_recovered(self, document: DocumentModel) -> None:
        show_notice(
            self,
            self.tr("Your last session ended abruptly; its edits were recovered."),
            self.tr("They are in this workspace and will be saved to %1.").replace(
                "%1", str(document.path)
            ),
        )

    @Slot(object)
    def _on_workspace_needed(self, path: Path) -> None:
        name = path.name.split(".")[0]
        if not self._make_at(self.tr("Where does the new workspace go?"), name):
            self.flows.importer.forget()

    @Slot(str, str)
    def _on_noted(self, icon: str, sentence: str) -> None:
        if self._workbench is not None:
            self._workbench.status_bar.set_note(icon, sentence)
        else:
            show_notice(self, sentence)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.flows.importer.forget()
        self._trouble.end(error)
        self.start.set_recent(self._settings.recent)
        show_fault(self, error)

    @Slot(object)
    def _on_refused(self, error: EditError) -> None:
        if self._workbench is not None:
            self._workbench.status_bar.set_note("warning", refusal_text(error))

    @Slot(object)
    def _on_exported(self, written: tuple[Path, ...]) -> None:
        if self._workbench is not None and written:
            words = self.tr("%n file(s) written to %1", "", len(written))
            note = words.replace("%1", written[0].parent.name)
            self._workbench.status_bar.set_note("check-circle", note)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(written[0].parent)))

    @Slot()
    def _quit(self) -> None:
        self.window().close()

    @Slot()
    def _show_view(self) -> None:
        sender = self.sender()
        if self._workbench is not None and sender is not None:
            self._workbench.show_view(sender.objectName())

    @Slot()
    def _search(self) -> None:
        if self._workbench is not None:
            self._workbench.search()

    @Slot()
    def _show_guide(self) -> None:
        from ui.shell.guide import KeyboardGuide

        KeyboardGuide(self).open()

    @Slot()
    def _show_menu(self) -> None:
        if self._workbench is not None:
            self._menus.show_menu(self._workbench.rail, self._themes.mode)

    @Slot(str)
    def _choose_theme(self, mode: str) -> None:
        self._themes.set_mode(ThemeMode(mode))
        self._settings.theme = ThemeMode(mode)
        self.start.set_theme_mode(ThemeMode(mode))

    @Slot(str)
    def _forget(self, path: str) -> None:
        self._settings.forget(path)
        self.start.set_recent(self._settings.recent)

    def _remember(self, session: Session) -> None:
        self._settings.remember(recent_of(session))

    def _documents(self) -> Path:
        if self._session is not None:
            return self._session.document.path.parent
        place = QStandardPaths.StandardLocation.DocumentsLocation
        return Path(QStandardPaths.writableLocation(place))

    def _filter(self) -> str:
        return self.tr("Waymark workspaces") + f" (*{SUFFIX})"

    @staticmethod
    def _dropped(event: QDropEvent) -> str:
        urls = event.mimeData().urls()
        return urls[0].toLocalFile() if len(urls) == 1 and urls[0].isLocalFile() else ""
