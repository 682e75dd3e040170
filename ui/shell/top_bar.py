"""The bar at the top: what is looked at, and the ways to everything else."""

from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.shell.drawing import fill_rect
from ui.shell.logo import Logo
from ui.shell.theme import active_theme
from ui.shell.widgets.buttons import KeyButton
from ui.shell.widgets.picker import PickerButton

TALL, LOW = 56, 48
COMPACT_UNDER = 1500
BARE_UNDER = 1200  # here search is an icon with its key: the pickers shorten last


class TopBar(QWidget):
    """Journey, persona and quarter pickers; search, all actions, workshop.

    The pickers are set by their own methods (`journey.set_choices`, …). Under 1500 px captions
    and words go, as nobody needs them to find the place again.
    """

    journey_chosen = Signal(str)
    persona_chosen = Signal(str)
    quarter_chosen = Signal(str)
    search_requested = Signal()
    actions_requested = Signal()
    workshop_requested = Signal()
    home_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compact: bool | None = None
        self._bare = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.journey = PickerButton("path", "", self)
        self.persona = PickerButton("user", "", self)
        self.quarter = PickerButton("calendar-blank", "", self)
        self.journey.chosen.connect(self.journey_chosen)
        self.persona.chosen.connect(self.persona_chosen)
        self.quarter.chosen.connect(self.quarter_chosen)
        self._search = KeyButton("magnifying-glass", "", "Ctrl+F", sunken=True, parent=self)
        self._all_actions = KeyButton("command", "", "Ctrl+K", sunken=True, parent=self)
        self._workshop = KeyButton("presentation", "", "F5", parent=self)
        self._search.clicked.connect(self.search_requested)
        self._all_actions.clicked.connect(self.actions_requested)
        self._workshop.clicked.connect(self.workshop_requested)
        self._logo = Logo(28, self)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self._row.addWidget(self._logo)
        self._row.addSpacing(8)
        for picker in (self.journey, self.persona, self.quarter):
            self._row.addWidget(picker)
        self._row.addStretch(1)
        for button in (self._search, self._all_actions, self._workshop):
            self._row.addWidget(button)
        self._fit()

    def set_available(self, *, search: bool, actions: bool, workshop: bool) -> None:
        """Show only the ways that lead somewhere."""
        self._search.setVisible(search)
        self._all_actions.setVisible(actions)
        self._workshop.setVisible(workshop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: drop captions and words in a narrow window."""
        super().resizeEvent(event)
        self._fit()
        self._give_room()

    def event(self, event: QEvent) -> bool:
        """Qt's virtual: another journey may have a longer name."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._give_room()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's virtual: a new language renames everything."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the ground and the hairline under it."""
        theme = active_theme()
        with QPainter(self) as painter:
            fill_rect(painter, QRectF(self.rect()), theme.surface)
            line = QRectF(0, self.height() - 1, self.width(), 1)
            fill_rect(painter, line, theme.hairline)

    def _fit(self) -> None:
        compact, bare = self.width() < COMPACT_UNDER, self.width() < BARE_UNDER
        if (compact, bare) == (self._compact, self._bare):
            return
        self._compact, self._bare = compact, bare
        self.setFixedHeight(LOW if compact else TALL)
        self._row.setContentsMargins(16 if compact else 22, 0, 16, 1)
        for picker in (self.journey, self.persona, self.quarter):
            picker.set_compact(compact)
        self._search.set_least(0 if bare else 196 if compact else 300)
        # Their icons say enough; Ctrl+K stands for a word.
        self._search.show_key(not bare)
        self._workshop.show_key(not bare)
        self._retranslate()

    def _give_room(self) -> None:
        """Let the quarter's state go where names would have to shorten for it."""
        wanted: float = self._row.sizeHint().width()
        if not self.quarter.has_tag_room:
            wanted += self.quarter.tag_width()
        self.quarter.set_tag_room(wanted <= self.width())

    def _retranslate(self) -> None:
        compact = bool(self._compact)
        self.journey.set_caption(self.tr("Journey"))
        self.persona.set_caption(self.tr("Persona and segment"))
        self.quarter.set_caption(self.tr("Quarter"))
        short = "" if self._bare else self.tr("Search") if compact else None
        self._search.set_words(self.tr("Search names, notes, comments"), shown=short)
        bare = "" if compact else None
        self._all_actions.set_words(self.tr("All actions"), shown=bare)
        self._workshop.set_words(self.tr("Workshop"), shown=bare)
