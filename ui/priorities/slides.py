"""Rows that slide to their new places when the list is ranked again."""

import sys
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEasingCurve, QObject, Qt, QVariantAnimation, Signal
from PySide6.QtWidgets import QApplication, QStyle

DURATION_MS: Final = 200


class Slides(QObject):
    """How far each row still is from its place. Fires `moved` when it is to be painted again."""

    moved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._from: dict[str, float] = {}
        self._left = 0.0
        self._run = QVariantAnimation(self)
        self._run.setStartValue(1.0)
        self._run.setEndValue(0.0)
        self._run.setDuration(DURATION_MS)
        self._run.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._run.valueChanged.connect(self._on_value)

    @property
    def is_running(self) -> bool:
        """Whether rows are on their way."""
        return self._run.state() is QVariantAnimation.State.Running

    def offset(self, key: str) -> float:
        """Return how far below its place a row is painted, logical pixels."""
        return self._from.get(key, 0.0) * self._left

    def start(self, before: Mapping[str, float], after: Mapping[str, float]) -> None:
        """Let rows slide from where they were painted to where they are now."""
        self._run.stop()
        moved = {k: before[k] - y for k, y in after.items() if k in before and before[k] != y}
        self._from, self._left = moved, 0.0
        if moved and not is_motion_reduced():
            self._left = 1.0
            self._run.start()

    def _on_value(self, value: object) -> None:
        assert isinstance(value, float)
        self._left = value
        self.moved.emit()


def is_motion_reduced() -> bool:
    """Whether the system asks for no animations."""
    style = QApplication.style()
    if style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0:
        return True
    on_windows = sys.platform == "win32"
    return on_windows and not QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
