"""The theme: one colour per role, and the store that follows the system or the user's choice."""

from functools import cache
from typing import ClassVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from ui.shell.stylesheet import application_palette, application_stylesheet
from ui.shell.tokens import ROLES, ThemeMode
from ui.shell.type import font

__all__ = ["Theme", "ThemeMode", "ThemeStore", "active_theme"]


class Theme:
    """A colour for every role of the look. Use a colour by its role, never by its figure.

    Immutable; written out rather than made a dataclass, whose generated code for this many
    fields takes longer than all the rest of the theme does before the first paint.
    """

    __slots__ = ("name", *ROLES)

    name: str
    window: QColor
    canvas: QColor
    surface: QColor
    sunken: QColor
    text: QColor
    text_2: QColor
    text_3: QColor
    hairline: QColor
    outline: QColor
    neutral: QColor
    accent: QColor
    on_accent: QColor
    accent_tint: QColor
    accent_strong: QColor
    selected: QColor
    measured: QColor
    measured_band: QColor
    judged: QColor
    interval: QColor
    interval_tick: QColor
    stage: QColor
    on_stage: QColor
    action: QColor
    action_edge: QColor
    pain: QColor
    pain_edge: QColor
    pain_text: QColor
    improvement: QColor
    improvement_edge: QColor
    improvement_text: QColor
    blind: QColor
    blind_line: QColor
    good: QColor
    warning: QColor
    graph_edge: QColor
    graph_thin: QColor
    cause_data: QColor
    cause_method: QColor
    cause_assumption: QColor
    detractor: QColor
    passive: QColor
    promoter: QColor
    shadow: QColor

    def __init__(self, name: str) -> None:
        column = 1 if name == ThemeMode.DARK else 0
        object.__setattr__(self, "name", name)
        for role, colours in ROLES.items():
            object.__setattr__(self, role, QColor(f"#{colours[column]}"))

    def __setattr__(self, name: str, _value: object) -> None:
        raise AttributeError(name)

    def __delattr__(self, name: str) -> None:
        raise AttributeError(name)

    @property
    def is_dark(self) -> bool:
        """Whether this is the dark theme."""
        return self.name == ThemeMode.DARK

    def role(self, name: str) -> QColor:
        """Return the colour of a role by its name; KeyError for a role that does not exist."""
        if name not in ROLES:
            raise KeyError(name)
        colour = getattr(self, name)
        assert isinstance(colour, QColor)
        return colour

    @staticmethod
    @cache
    def light() -> "Theme":
        """Return the light theme (one shared object)."""
        return Theme(ThemeMode.LIGHT)

    @staticmethod
    @cache
    def dark() -> "Theme":
        """Return the dark theme (one shared object)."""
        return Theme(ThemeMode.DARK)


class ThemeStore(QObject):
    """Owns the choice of theme and gives it to the application.

    `changed` fires after palette and stylesheet are in place. Widgets need not listen: Qt sends
    them a style change and they repaint with `active_theme()`; scenes and cached pictures do.
    """

    changed = Signal()

    _active: ClassVar[Theme | None] = None

    def __init__(
        self,
        app: QApplication,
        mode: ThemeMode = ThemeMode.SYSTEM,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent or app)
        self._app = app
        self._mode = mode
        self._theme: Theme | None = None
        if app.style().objectName() != "fusion":
            app.setStyle("Fusion")
        app.setFont(font("base"))
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self._choose(mode)

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self._theme or Theme.light()

    @property
    def mode(self) -> ThemeMode:
        """What the user chose: follow the system, light or dark."""
        return self._mode

    def set_mode(self, mode: ThemeMode) -> None:
        """Choose light, dark or the system's own; takes effect at once."""
        if mode != self._mode:
            self._mode = mode
            self._choose(mode)

    def _choose(self, mode: ThemeMode) -> None:
        hints = self._app.styleHints()
        # Qt passes the choice to the platform, so native title bars and dialogs follow it too.
        if mode is ThemeMode.SYSTEM:
            hints.unsetColorScheme()
        else:
            scheme = Qt.ColorScheme.Dark if mode is ThemeMode.DARK else Qt.ColorScheme.Light
            hints.setColorScheme(scheme)
        self._follow()

    def _follow(self) -> None:
        dark = self._mode is ThemeMode.DARK
        if self._mode is ThemeMode.SYSTEM:
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        theme = Theme.dark() if dark else Theme.light()
        if theme is not self._theme:
            self._theme = theme
            ThemeStore._active = theme
            self._app.setPalette(application_palette(theme))
            self._app.setStyleSheet(application_stylesheet(theme))
            self.changed.emit()


def active_theme() -> Theme:
    """Return the theme the application shows now; light where no store was made.

    It belongs to the application as its palette does, so every paint reads it here.
    """
    return ThemeStore._active or Theme.light()
