"""All keys of the workshop on one sheet (F1)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from ui.shell.widgets.buttons import KeyCap
from ui.shell.widgets.labels import PlainLabel
from ui.workshop.wording import tr


def rows() -> tuple[tuple[str, str], ...]:
    """Return every key with what it does."""
    return (
        ("Enter", tr("Keep what is typed; on a card, begin to type")),
        ("Tab", tr("Next touchpoint; with Shift the one before")),
        ("+", tr("First in an empty line: a strength")),
        ("*", tr("First in an empty line: an improvement of the chosen pain point")),
        ("#", tr("First in an empty line: a touchpoint")),
        ("Backspace", tr("In an empty line: a pain point again")),
        ("←↑↓→", tr("Move between cards")),
        ("1–5", tr("Severity of the chosen pain point")),
        ("Shift+1–5", tr("Frequency of the chosen pain point")),
        ("V", tr("Give it a dot of the person who votes; with Shift take one back")),
        ("Ctrl+↑↓", tr("Another person votes")),
        ("Space", tr("Reveal: measured scores, then votes; once more hides them")),
        ("PgUp PgDn", tr("The stage before, the next stage")),
        ("F2", tr("Write the chosen card anew")),
        ("Alt+←↑↓→", tr("Move the chosen card; so does dragging it")),
        ("Ctrl+C X V D", tr("On a card: copy, cut, paste, duplicate")),
        ("F3", tr("Write the question anew")),
        ("F4", tr("People: type a name to add or take off, a number for the dots of each")),
        ("F6", tr("Cards, people, the line: from one to the next")),
        ("F7", tr("Start or hold the timer")),
        ("F8", tr("Set the timer: type “10 votes” or “7:30”")),
        ("F9", tr("Finish the workshop: pictures, a sheet and a table")),
        ("Delete", tr("Take the chosen card away")),
        ("Ctrl+Z", tr("Undo, as far as you like; Ctrl+Y redoes")),
        ("Esc", tr("Back to where you were; what is typed is kept")),
    )


class WorkshopGuide(QDialog):
    """A sheet of keys; Esc closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keys of the workshop"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(14)
        column.addWidget(PlainLabel(tr("Keys of the workshop"), "screen", 600))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(7)
        grid.setColumnMinimumWidth(0, 90)
        for place, (keys, words) in enumerate(rows()):
            grid.addWidget(KeyCap(keys), place, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(PlainLabel(words, "base", 400, "text_2"), place, 1)
        column.addLayout(grid)
