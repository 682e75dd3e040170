"""Asks what becomes of values that differ from those the workspace has, over the values."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from ui.imports.bands import SIDE
from ui.imports.radio_card import AskingBand, RadioCard
from ui.imports.words import tr
from ui.numbers import number
from ui.shell.widgets.labels import IconLabel, WrapLabel


class KnownChoice(AskingBand):
    """Replace, keep or keep both; nothing is chosen until a person does.

    Attributes:
        chosen: "replace", "add" or "separate", as an import has it.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = IconLabel("hand")
        self._title = WrapLabel("", "base", 600, "warning")
        self._told = WrapLabel("", "sticky", 400, "text_2")
        self._group = QButtonGroup(self)
        self.cards: dict[str, RadioCard] = {}
        row = QHBoxLayout()
        row.setSpacing(8)
        for key, words in (
            ("replace", tr("Replace what is there")),
            ("add", tr("Keep what is there")),
            ("separate", tr("Keep both, as another KPI")),
        ):
            card = self.cards[key] = RadioCard(words)
            card.setProperty("key", key)
            self._group.addButton(card)
            row.addWidget(card)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 10, SIDE, 12)
        column.setSpacing(8)
        title = QHBoxLayout()
        title.setSpacing(4)
        title.addWidget(self._mark)
        title.addWidget(self._title, 1)
        column.addLayout(title)
        column.addLayout(row)
        column.addWidget(self._told)
        self._group.buttonClicked.connect(self._on_clicked)

    @Slot(QAbstractButton)
    def _on_clicked(self, card: QAbstractButton) -> None:
        self.chosen.emit(str(card.property("key")))

    def show_choice(self, differing: int, chosen: str) -> None:
        """Say how many values differ, and what was chosen; "refuse" for nothing."""
        waits = bool(differing) and chosen not in self.cards
        title = tr("1 value differs from the one in the workspace")
        if differing != 1:
            title = tr("%1 values differ from those in the workspace")
            title = title.replace("%1", number(differing, 0))
        if chosen == "separate":
            title = tr("Values for these periods are in the workspace already")
        self._mark.set_face("hand" if waits else "check-circle", "", "warning" if waits else "good")
        self._title.set_text(tr("To go on, choose: %1").replace("%1", title) if waits else title)
        self._title.set_role("warning" if waits else "text")
        self._told.set_text(known_words(chosen))
        for key, card in self.cards.items():
            if card.isChecked() != (key == chosen):
                self._group.setExclusive(False)
                card.setChecked(key == chosen)
                self._group.setExclusive(True)
        self.set_waits(waits)


def known_words(chosen: str) -> str:
    """Return what a choice does, in a sentence."""
    return {
        "replace": tr("The values of this file take their place; one undo brings them back."),
        "add": tr("Of this file only periods that are new are taken."),
        "separate": tr("What is there stays; the values of this file are a KPI of their own."),
    }.get(chosen, tr("Both are shown below, what is there struck out beside what the file says."))
