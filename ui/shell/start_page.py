"""The start page: what to do first, what was open last, and a place to drop a file."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from ui.shell.drawing import draw_box, fill_rect, key_cap_width, key_words, paint_key_cap
from ui.shell.icons import paint_icon
from ui.shell.logo import Logo
from ui.shell.recent_list import OUTDENT, RecentList
from ui.shell.settings import LANGUAGES, RecentFile
from ui.shell.theme import Theme, ThemeMode, active_theme
from ui.shell.type import font, line_height
from ui.shell.widgets.choice import Choice
from ui.shell.widgets.labels import IconLabel, PlainLabel, WrapLabel
from ui.shell.widgets.menu_button import LinkButton, MenuButton
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import WrappedText, paint_line, wrap

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QPaintEvent,
        QResizeEvent,
    )

_THEME_ICONS = {
    ThemeMode.SYSTEM: "desktop",
    ThemeMode.LIGHT: "sun",
    ThemeMode.DARK: "moon",
}


class StartCard(PaintedButton):
    """A first step: icon, what it does, what comes of it, and its key."""

    radius = 8.0
    _LEFT, _PAD = 55, 17

    def __init__(
        self, icon_name: str, keys: str = "", *, primary: bool = False, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._keys = key_words(keys) if keys else ""
        self._primary = primary
        self._note = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_words(self, title: str, note: str) -> None:
        """Set what the step is called and what comes of it."""
        self.setText(title)
        self._note = note
        self.setAccessibleName(title)
        self.setAccessibleDescription(note)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Qt's virtual: a long note takes a second line."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt's virtual."""
        return int(max(66, 20 + self._wrapped(width).height + 28))

    def content_size(self) -> QSize:
        """Return the room it likes."""
        return QSize(280, self.heightForWidth(max(self.width(), 280)))

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the card; the first one is filled, as the one next step."""
        fill, edge = theme.surface, theme.hairline
        title, note, mark = theme.text, theme.text_2, theme.accent
        if self._primary:
            fill = theme.accent_strong if self.is_hot or self.isDown() else theme.accent
            edge, title, note, mark = fill, theme.on_accent, theme.on_accent, theme.on_accent
        elif self.isDown():
            fill = theme.accent_tint
        elif self.is_hot:
            fill, edge = theme.sunken, theme.outline
        draw_box(painter, rect, self.radius, fill, line=edge)
        middle = rect.center().y()
        paint_icon(painter, QRectF(17, middle - 12, 24, 24), self._icon_name, mark)
        wrapped = self._wrapped(int(rect.width()))
        top = middle - (20 + wrapped.height) / 2
        words = QRectF(self._LEFT, top, rect.width(), 20)
        paint_line(painter, words, self.text(), self._face(), title)
        wrapped.paint(painter, QPointF(self._LEFT, top + 20), note)
        if self._keys:
            wide = key_cap_width(self._keys)
            cap = QRectF(rect.right() - self._PAD - wide, middle - 9, wide, 18)
            paint_key_cap(painter, cap, self._keys, theme)

    def _face(self) -> QFont:
        return font("title", 600)

    def _wrapped(self, width: int) -> WrappedText:
        taken = key_cap_width(self._keys) + 12 if self._keys else 0
        room = width - self._LEFT - self._PAD - taken
        return wrap(self._note, font("sticky"), line_height("sticky"), room)


class DropZone(QWidget):
    """A place that says files may be dropped; the whole page takes them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hot = False
        self._title = ""
        self._note = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(96)
        self.setMaximumHeight(210)

    def set_words(self, title: str, note: str) -> None:
        """Set the two lines."""
        self._title = title
        self._note = note
        self.setAccessibleName(f"{title}. {note}")
        self.update()

    def set_hot(self, hot: bool) -> None:
        """Show that a file is held over the page."""
        self._hot = hot
        self.update()

    def sizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(400, 210)

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Qt's virtual."""
        theme = active_theme()
        rect = QRectF(self.rect())
        edge = theme.accent if self._hot else theme.outline
        fill = theme.accent_tint if self._hot else None
        centre = Qt.AlignmentFlag.AlignHCenter
        note = wrap(self._note, font("sticky"), 16, rect.width() - 32, alignment=centre)
        height = 28 + 10 + 20 + 4 + note.height
        top = (rect.height() - height) / 2
        with QPainter(self) as painter:
            style = Qt.PenStyle.DashLine
            draw_box(painter, rect, 8, fill, line=edge, width=1.0, style=style)
            place = QRectF(rect.center().x() - 14, top, 28, 28)
            paint_icon(painter, place, "upload-simple", theme.accent)
            title = QRectF(0, top + 38, rect.width(), 20)
            paint_line(
                painter, title, self._title, font("title", 600), theme.text, alignment=centre
            )
            note.paint(painter, QPointF(16, top + 62), theme.text_2)


class _Panel(QWidget):
    """The left part: a surface with a hairline at its right."""

    def paintEvent(self, _event: "QPaintEvent") -> None:
        theme = active_theme()
        with QPainter(self) as painter:
            fill_rect(painter, QRectF(self.rect()), theme.surface)
            edge = QRectF(self.width() - 1, 0, 1, self.height())
            fill_rect(painter, edge, theme.hairline)


class StartPage(QWidget):
    """The first thing people see. It asks; whoever owns the documents acts.

    `file_dropped` and `recent_chosen` carry a path, `language_chosen` a code of
    `settings.LANGUAGES`, `theme_chosen` a value of `ThemeMode`.
    """

    new_requested = Signal()
    survey_requested = Signal()
    open_requested = Signal()
    sample_requested = Signal()
    guide_requested = Signal()
    recent_chosen = Signal(str)
    recent_forgotten = Signal(str)
    file_dropped = Signal(str)
    language_chosen = Signal(str)
    theme_chosen = Signal(str)

    def __init__(self, version: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._version = version
        self._language = "en"
        self._theme_mode = ThemeMode.SYSTEM
        self._languages = tuple(LANGUAGES)
        self._panel = _Panel(self)
        self._hero = WrapLabel("", "hero", 600, parent=self._panel)
        self.new_card = StartCard("plus", "Ctrl+N", primary=True, parent=self._panel)
        self.survey_card = StartCard("download-simple", "Ctrl+I", parent=self._panel)
        self.open_card = StartCard("folder-open", "Ctrl+O", parent=self._panel)
        self.sample_card = StartCard("path", parent=self._panel)
        self.recent = RecentList(self)
        self.drop_zone = DropZone(self)
        self._promise = IconLabel("lock-simple", parent=self._panel)
        self._language_button = MenuButton("translate", self)
        self._theme_button = MenuButton("sun", self)
        self._guide = LinkButton("keyboard", "F1", self)
        self._about = PlainLabel("", "sticky", 400, "text_2", self)
        self._connect()
        self._lay_out_left()
        self._lay_out_right()
        page = QHBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._panel)
        page.addLayout(self._right, 1)
        self._retranslate()

    def set_recent(self, files: Sequence[RecentFile], now: datetime | None = None) -> None:
        """Show the files opened before, the latest first; `now` is aware."""
        self.recent.set_files(files, now)

    def set_theme_mode(self, mode: ThemeMode) -> None:
        """Say which theme is chosen."""
        self._theme_mode = mode
        self._fill_pickers()

    def set_language(self, code: str, available: Sequence[str] = tuple(LANGUAGES)) -> None:
        """Say which language is shown and which can be; KeyError for an unknown code."""
        self._language = code
        self._languages = tuple(available)
        self._fill_pickers()

    def set_available(self, *, survey: bool, sample: bool, guide: bool) -> None:
        """Show only the first steps that lead somewhere."""
        self.survey_card.setVisible(survey)
        self.sample_card.setVisible(sample)
        self._guide.setVisible(guide)

    def resizeEvent(self, event: "QResizeEvent") -> None:
        """Qt's virtual: the left part takes two fifths, within bounds."""
        super().resizeEvent(event)
        wide = min(max(round(self.width() * 0.41), 420), 640)
        side = 72 if wide >= 540 else 36
        self._panel.setFixedWidth(wide)
        # A low window gives up white space before it gives up anything to press.
        top, above, below = (56, 40, 36) if self.height() >= 720 else (24, 20, 20)
        self._left.setContentsMargins(side, top, side - 16, 40 if top > 40 else 16)
        self._above.changeSize(0, above)
        self._below.changeSize(0, below)
        self._left.invalidate()
        right = 78 if wide >= 540 else 40
        self._right.setContentsMargins(right - 16 - OUTDENT, top + 4, right - OUTDENT, top - 20)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's virtual: a new language renames everything."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Qt's virtual: the ground."""
        with QPainter(self) as painter:
            fill_rect(painter, QRectF(self.rect()), active_theme().window)

    def dragEnterEvent(self, event: "QDragEnterEvent") -> None:
        """Qt's virtual: take one or more files of this computer."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.drop_zone.set_hot(True)

    def dragLeaveEvent(self, _event: "QDragLeaveEvent") -> None:
        """Qt's virtual: the file went away."""
        self.drop_zone.set_hot(False)

    def dropEvent(self, event: "QDropEvent") -> None:
        """Qt's virtual: hand the first file on; what it is, others find out."""
        self.drop_zone.set_hot(False)
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.file_dropped.emit(paths[0])

    def _connect(self) -> None:
        self.new_card.clicked.connect(self.new_requested)
        self.survey_card.clicked.connect(self.survey_requested)
        self.open_card.clicked.connect(self.open_requested)
        self.sample_card.clicked.connect(self.sample_requested)
        self._guide.clicked.connect(self.guide_requested)
        self.recent.chosen.connect(self.recent_chosen)
        self.recent.forget_requested.connect(self.recent_forgotten)
        self._language_button.chosen.connect(self.language_chosen)
        self._theme_button.chosen.connect(self.theme_chosen)

    def _lay_out_left(self) -> None:
        self._left = QVBoxLayout(self._panel)
        self._left.setSpacing(0)
        self._above = QSpacerItem(0, 40)
        self._below = QSpacerItem(0, 36)
        sign = QHBoxLayout()
        sign.setSpacing(12)
        sign.addWidget(Logo(40, self._panel))
        sign.addWidget(PlainLabel("Waymark", "figure", 600, parent=self._panel))
        sign.addStretch(1)
        self._left.addLayout(sign)
        self._left.addItem(self._above)
        self._left.addWidget(self._hero)
        self._left.addItem(self._below)
        cards = QVBoxLayout()
        cards.setSpacing(8)
        cards.setContentsMargins(0, 0, 0, 0)
        for card in (self.new_card, self.survey_card, self.open_card, self.sample_card):
            cards.addWidget(card)
        self._left.addLayout(cards)
        self._left.addStretch(1)
        self._left.addWidget(self._promise)

    def _lay_out_right(self) -> None:
        self._right = QVBoxLayout()
        self._right.setSpacing(20)
        self._right.addWidget(self.recent, 1)
        inset = QHBoxLayout()
        inset.setContentsMargins(OUTDENT, 0, OUTDENT, 0)
        inset.addWidget(self.drop_zone)
        self._right.addLayout(inset)
        foot = QHBoxLayout()
        foot.setContentsMargins(OUTDENT - 6, 0, OUTDENT, 0)
        foot.setSpacing(10)
        foot.addWidget(self._language_button)
        foot.addWidget(self._theme_button)
        foot.addStretch(1)
        foot.addWidget(self._guide)
        foot.addSpacing(8)
        foot.addWidget(self._about)
        self._right.addLayout(foot)

    def _fill_pickers(self) -> None:
        names = {
            ThemeMode.SYSTEM: self.tr("As the system"),
            ThemeMode.LIGHT: self.tr("Light"),
            ThemeMode.DARK: self.tr("Dark"),
        }
        themes = [Choice(mode.value, name) for mode, name in names.items()]
        self._theme_button.set_icon_name(_THEME_ICONS[self._theme_mode])
        self._theme_button.set_choices(self.tr("Theme"), themes, self._theme_mode.value)
        languages = [Choice(code, LANGUAGES[code]) for code in self._languages]
        self._language_button.set_choices(self.tr("Language"), languages, self._language)
        self._language_button.setVisible(len(languages) > 1)

    def _retranslate(self) -> None:
        self._hero.set_text(self.tr("Map the journey, hang the evidence, know what to fix."))
        self.new_card.set_words(
            self.tr("New journey"), self.tr("Five stages ready to fill: Awareness to Advocacy")
        )
        self.survey_card.set_words(
            self.tr("Start from a survey export"),
            self.tr("CSV, XLSX or SAV: touchpoints come from its columns"),
        )
        self.open_card.set_words(
            self.tr("Open a workspace"),
            self.tr("A .waymark file on this computer or a shared drive"),
        )
        self.sample_card.set_words(
            self.tr("Look at the sample"), self.tr("A full journey with answers, ranks and packs")
        )
        self.drop_zone.set_words(
            self.tr("Drop a file here"),
            self.tr(
                "Workspace, survey export, KPI sheet or event log. "
                "Nothing is changed before you confirm."
            ),
        )
        offline = self.tr("Works offline, without an account. One file holds everything.")
        self._promise.set_face("lock-simple", offline)
        self._guide.set_words(self.tr("Keyboard guide"))
        self._about.setText(f"Waymark {self._version}")
        self._fill_pickers()
