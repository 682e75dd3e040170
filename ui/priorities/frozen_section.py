"""What stands under the assumptions of a frozen list in place of the what-ifs."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.priorities import frozen_words
from ui.priorities.section import Paragraphs, Section


class FrozenSection(Section):
    """Says which parts are off, and why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("Priorities", "Nothing is worked out again")
        super().__init__(title, parent=parent)
        self.words = Paragraphs()
        self.words.say((frozen_words.what_is_off(), "text_2", 400))
        self.column.addWidget(self.words)
