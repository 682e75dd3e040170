"""Code comments by a rule: words, how many it finds, then one undoable step."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from journey.evidence.coding import CommentRule
from journey.model.ids import PainPointId
from journey.model.map import PainPoint
from ui import numbers
from ui.evidence import words
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

if TYPE_CHECKING:
    from storage.evidence.coding import RuleFound

_WIDTH = 460
_WAIT_MS = 300


class RuleDialog(QDialog):
    """Asks for a pain point and words; tells what the rule finds before anything is changed.

    Attributes:
        counted_wanted: a CommentRule is to be counted. ordered: it is to be applied.
    """

    counted_wanted = Signal(object)
    ordered = Signal(object)

    def __init__(self, pains: list[PainPoint], search: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.tr("Code comments by a rule"))
        self.pain = QComboBox()
        self.pain.setAccessibleName(words.tr("Pain point"))
        for pain in pains:
            self.pain.addItem(pain.title, str(pain.id))
        self.line = QLineEdit(search)
        self.line.setAccessibleName(words.tr("Words"))
        self.line.setPlaceholderText(words.tr("late, no notice, never called"))
        self.told = WrapLabel("", "base", 400, "text_2")
        self.told.setFixedSize(_WIDTH, 2 * 18)
        self.go = Button(words.tr("Count them"), "check", "primary")
        self.stay = Button(words.tr("Cancel"))
        self.stay.setAutoDefault(False)
        self._found: RuleFound | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.ask)
        self._build()
        self.line.textChanged.connect(self._on_changed)
        self.pain.currentIndexChanged.connect(self._on_changed)
        self.go.clicked.connect(self._on_go)
        self.stay.clicked.connect(self.reject)
        self._on_changed()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(PlainLabel(words.tr("Code comments by a rule"), "title", 600))
        hint = WrapLabel(
            words.tr(
                "Whoever wrote one of these words reports the pain point. The rule is kept with "
                "the survey's mapping, so the next export is coded alike. It is one step; undo "
                "takes it back."
            ),
            "base",
            400,
            "text_2",
        )
        hint.setFixedSize(_WIDTH, hint.heightForWidth(_WIDTH))
        column.addWidget(hint)
        column.addWidget(PlainLabel(words.tr("Pain point"), "sticky", 500, "text_2"))
        column.addWidget(self.pain)
        column.addWidget(PlainLabel(words.tr("Words, parted by commas"), "sticky", 500, "text_2"))
        column.addWidget(self.line)
        column.addWidget(self.told)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.stay)
        buttons.addWidget(self.go)
        column.addLayout(buttons)

    @property
    def rule(self) -> CommentRule:
        """The rule as it stands there."""
        parts = tuple(part.strip() for part in self.line.text().split(",") if part.strip())
        return CommentRule(PainPointId(str(self.pain.currentData() or "")), parts)

    def ask(self) -> None:
        """Have the rule counted now."""
        self._timer.stop()
        if self.rule.used:
            self.counted_wanted.emit(self.rule)

    def set_found(self, rule: CommentRule, found: "RuleFound") -> None:
        """Tell what a rule finds; the answer to an earlier question is let go."""
        if rule != self.rule:
            return
        self._found = found
        self.go.setEnabled(found.new > 0)
        if not found.comments:
            self.told.set_text(words.tr("No comment has these words."))
            return
        text = words.tr("{0} found; {1} would report the pain point newly.")
        self.told.set_text(
            text.format(
                words.count_word(found.comments, words.tr("comment"), words.tr("comments")),
                words.count_word(found.new, words.tr("answer"), words.tr("answers")),
            )
            + (
                " " + words.tr("{0} do already.").format(numbers.number(found.rows - found.new, 0))
                if found.rows > found.new
                else ""
            )
        )

    def _on_changed(self) -> None:
        self._found = None
        self.go.setEnabled(False)
        self.told.set_text(
            words.tr("Counting …") if self.rule.used else words.tr("Type at least one word.")
        )
        self._timer.start()

    def _on_go(self) -> None:
        if self._found is not None:
            self.ordered.emit(self.rule)
            self.accept()
