"""The bar at the bottom: what is saved and where, what is in view, what is running."""

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from ui.saving import SaveState
from ui.shell.drawing import fill_rect
from ui.shell.theme import active_theme
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import IconLabel, PlainLabel

HEIGHT = 28
_STEPS = 1000


# state: icon, its colour role, the colour role of the words, the words.
_SAVE = {
    SaveState.SAVED: ("check-circle", "good", "text_2", "All changes saved"),
    SaveState.UNSAVED: ("circle-half", "text_2", "text_2", "Kept safe, file not written yet"),
    SaveState.SAVING: ("arrows-clockwise", "text_2", "text_2", "Saving"),
    SaveState.READ_ONLY: ("lock-simple", "text_2", "text_2", "Read only"),
    SaveState.CONFLICT: ("git-branch", "warning", "warning", "Kept in a copy, the file changed"),
    SaveState.FAILED: ("warning", "warning", "warning", "Not saved to the file"),
}


class RunningJob(NamedTuple):
    """Work going on: its sentence, and the share done from 0 to 1, None when not known."""

    sentence: str
    share: float | None = None
    can_cancel: bool = True


class StatusBar(QWidget):
    """Save state at the left, running work with Cancel at the right."""

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._state: SaveState | None = None
        self._where = ""
        self._save = IconLabel(parent=self)
        self._answers = IconLabel(parent=self)
        self._note = IconLabel(parent=self)
        self._job = IconLabel("download-simple", parent=self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(120, 4)
        self._percent = PlainLabel("", "sticky", 400, "text_2", self)
        self._cancel = Button("", kind="link", parent=self)
        self._cancel.clicked.connect(self.cancel_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 12, 0)
        row.setSpacing(16)
        for label in (self._save, self._answers, self._note):
            row.addWidget(label)
        row.addStretch(1)
        row.addWidget(self._job)
        row.addWidget(self._bar)
        row.addWidget(self._percent)
        row.addWidget(self._cancel)
        self.set_save_state(None)
        self.set_answers("")
        self.set_note("", "")
        self.set_job(None)
        self._cancel.setText(self.tr("Cancel"))

    def set_save_state(self, state: SaveState | None, where: str = "") -> None:
        """Say how safe the work is and where it lies; nothing while no workspace is open."""
        self._state = state
        self._where = where
        self._save.setVisible(state is not None)
        if state is not None:
            icon_name, icon_role, role, words = _SAVE[state]
            words = QCoreApplication.translate("StatusBar", words)
            text = f"{words} · {where}" if where else words
            self._save.set_face(icon_name, text, icon_role, role)

    def set_answers(self, sentence: str) -> None:
        """Say how many answers are in view ("2 773 answers in view"); nothing when empty."""
        self._answers.set_face("users-three", sentence)
        self._answers.setVisible(bool(sentence))

    @property
    def note(self) -> str:
        """The sentence that was said last."""
        return self._note.text()

    def set_note(self, icon_name: str, sentence: str) -> None:
        """Say one more quiet thing ("Ranking computed in 0.9 s"); nothing when empty."""
        self._note.set_face(icon_name, sentence)
        self._note.setVisible(bool(sentence))

    def set_job(self, job: RunningJob | None) -> None:
        """Show running work, or none."""
        measured = job is not None and job.share is not None
        self._job.setVisible(job is not None)
        self._bar.setVisible(measured)
        self._percent.setVisible(measured)
        self._cancel.setVisible(job is not None and job.can_cancel)
        if job is None:
            return
        self._job.set_face("download-simple", job.sentence)
        self._bar.setAccessibleName(job.sentence)
        if job.share is not None:
            share = min(max(job.share, 0.0), 1.0)
            self._bar.setRange(0, _STEPS)
            self._bar.setValue(round(share * _STEPS))
            self._percent.setText(f"{share:.0%}".replace("%", "\u202f%"))

    def changeEvent(self, event: QEvent) -> None:
        """Qt's virtual: a new language renames the state and Cancel."""
        if event.type() == QEvent.Type.LanguageChange:
            self._cancel.setText(self.tr("Cancel"))
            self.set_save_state(self._state, self._where)
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the ground and the hairline above it."""
        theme = active_theme()
        with QPainter(self) as painter:
            fill_rect(painter, QRectF(self.rect()), theme.surface)
            fill_rect(painter, QRectF(0, 0, self.width(), 1), theme.hairline)
