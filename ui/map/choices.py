"""Which lanes are shown, folded or hidden, by hand and by the size of the window."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.map.board import Board
from ui.map.lanes import LaneKind

if TYPE_CHECKING:
    from ui.map.view import MapView

NARROW, LOW = 1500, 800
# What a low window folds by itself, beside the thoughts.
_FOLD_FIRST = frozenset({LaneKind.KPIS, LaneKind.STRENGTHS})
_CHROME = 84  # top bar and status bar, which a window has beside the map


class LaneChoices(QObject):
    """Keeps what was chosen by hand apart from what a small window folds by itself."""

    def __init__(self, view: "MapView") -> None:
        super().__init__(view)
        self._view = view
        self._by_hand: dict[str, bool] = {}
        shape = view.board.shape
        view.board.set_shape(replace(shape, hidden=hidden_at_first(view.board)))

    def state(self) -> dict[str, str]:
        """Return "hidden", "folded" or "open" for each lane chosen by hand, by key."""
        hidden = self._view.board.shape.hidden
        state = dict.fromkeys(hidden, "hidden")
        chosen = {k: "folded" if v else "open" for k, v in self._by_hand.items()}
        return chosen | state

    def restore(self, state: dict[str, str]) -> None:
        """Hide and fold lanes as `state` told."""
        self._by_hand = {k: v == "folded" for k, v in state.items() if v != "hidden"}
        hidden = frozenset(k for k, v in state.items() if v == "hidden")
        board = self._view.board
        board.set_shape(replace(board.shape, hidden=hidden, folded=self._folds(board.shape.low)))
        self._view.show_everything()

    def toggle(self, key: str) -> None:
        """Hide a lane or show it again."""
        view, shape = self._view, self._view.board.shape
        view.editor.finish()
        view.board.set_shape(replace(shape, hidden=shape.hidden ^ {key}))
        view.put_cursor(None)
        view.show_everything()
        view.lanes_changed.emit()

    def show(self, key: str) -> None:
        """Show a lane if it is hidden, and unfold it."""
        if key in self._view.board.shape.hidden:
            self.toggle(key)
        if key in self._view.board.shape.folded:
            self.toggle_fold(key)

    def toggle_fold(self, key: str) -> None:
        """Fold a lane to one line, or unfold it."""
        view, shape = self._view, self._view.board.shape
        view.editor.finish()
        self._by_hand[key] = key not in shape.folded
        view.board.set_shape(replace(shape, folded=self._folds(shape.low)))
        view.show_everything()
        view.lanes_changed.emit()

    def adapt(self) -> None:
        """Take the widths and folds that suit the window."""
        view, window = self._view, self._view.window()
        narrow = window.width() < NARROW
        low = window.height() + (_CHROME if window is view else 0) < LOW
        view.toolbar.set_narrow(narrow)
        view.overview.set_narrow(narrow)
        view.canvas.set_names_width(112.0 if narrow else 132.0)
        shape = view.board.shape
        wanted = replace(shape, column=130.0 if narrow else 136.0, low=low)
        if wanted != shape:
            view.board.set_shape(replace(wanted, folded=self._folds(low)))
            view.show_everything()

    def _folds(self, low: bool) -> frozenset[str]:
        by_itself = {
            spec.key
            for spec in self._view.board.specs
            if low and (spec.content == "thoughts" or spec.kind in _FOLD_FIRST)
        }
        folded = {key for key, chosen in self._by_hand.items() if chosen}
        opened = {key for key, chosen in self._by_hand.items() if not chosen}
        return frozenset((by_itself - opened) | folded)


def hidden_at_first(board: Board) -> frozenset[str]:
    """Return the lanes a map starts without: strengths, until there are any."""
    return frozenset() if board.workspace.strengths else frozenset({LaneKind.STRENGTHS.value})
