"""Which lanes are shown, folded or hidden, by hand and by the size of the window."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from journey.edit import Rename, Set
from journey.model.ids import Kind, Ref
from journey.model.text import clean_name
from ui.map.lane_names import WIDE, narrowest
from ui.map.lanes import LaneKind, LanePref, prefs_json

if TYPE_CHECKING:
    from ui.map.view import MapView

NARROW, LOW = 1500, 800
# What a low window folds by itself, beside the thoughts.
_FOLD_FIRST = frozenset({LaneKind.KPIS, LaneKind.STRENGTHS})
_CHROME = 84  # top bar and status bar, which a window has beside the map


class LaneChoices(QObject):
    """Changes the lanes a journey keeps, and folds what a small window has no room for.

    Where the workspace is open for reading only, the choices hold until the map is closed.
    """

    def __init__(self, view: "MapView") -> None:
        super().__init__(view)
        self._view = view

    def toggle(self, key: str) -> None:
        """Hide a lane or show it again."""
        self._view.editor.finish()
        hidden = key not in self._view.board.shape.hidden
        self._view.put_cursor(None)
        self._keep(key, hidden=hidden)

    def show(self, key: str) -> None:
        """Show a lane if it is hidden, and unfold it."""
        if key in self._view.board.shape.hidden:
            self.toggle(key)
        if key in self._view.board.shape.folded:
            self.toggle_fold(key)

    def toggle_fold(self, key: str) -> None:
        """Fold a lane to one line, or unfold it."""
        self._view.editor.finish()
        folded = key in self._view.board.shape.folded
        self._keep(key, fold="open" if folded else "folded")

    def rename(self, key: str, name: str) -> None:
        """Give a lane another name; an empty one gives back the usual one."""
        spec = next((s for s in self._view.board.specs if s.key == key), None)
        if spec is None or name.strip() == spec.name:
            return
        if spec.lane is None:
            self._keep(key, name=clean_name(name))
        elif clean_name(name):
            self._view.run(Rename(Ref(Kind.LANE, spec.lane), name))

    def move(self, key: str, index: int) -> None:
        """Set a lane at an index among those shown, itself left out of the count."""
        board = self._view.board
        prefs = board.all_prefs()
        mine = next((pref for pref in prefs if pref.key == key), None)
        if mine is None:  # taken away while its name was dragged
            return
        others = [pref for pref in prefs if pref.key != key]
        shown = [p.key for p in others if p.key not in board.shape.hidden]
        if index >= len(shown):
            at = len(others)
        else:
            at = next(i for i, p in enumerate(others) if p.key == shown[max(index, 0)])
        self._write([*others[:at], mine, *others[at:]])

    def step(self, key: str, by: int) -> None:
        """Move a lane one place up (−1) or down (+1)."""
        shown = [row.spec.key for row in self._view.layout_now.lanes]
        if key in shown:
            self.move(key, max(shown.index(key) + by, 0))

    def _keep(self, key: str, **values: Any) -> None:
        prefs = [
            replace(pref, **values) if pref.key == key else pref
            for pref in self._view.board.all_prefs()
        ]
        self._write(prefs)

    def _write(self, prefs: list[LanePref]) -> None:
        view = self._view
        journey = view.workspace.journeys.get(view.journey)
        if journey is None or tuple(prefs) == view.board.all_prefs():
            return
        if view.read_only:
            view.board.set_prefs(tuple(prefs))
            self.follow()
            view.show_everything()
            return
        layout = {**journey.layout, "lanes": prefs_json(prefs)}
        view.run(Set(Ref(Kind.JOURNEY, journey.id), layout=layout))

    def follow(self) -> bool:
        """Fold what the journey's lanes ask for now; True if anything is folded otherwise."""
        board = self._view.board
        folded = self._folds(board.shape.low)
        if folded == board.shape.folded:
            return False
        board.set_shape(replace(board.shape, folded=folded))
        return True

    def adapt(self) -> None:
        """Take the widths and folds that suit the window."""
        view, window = self._view, self._view.window()
        narrow = window.width() < NARROW
        low = window.height() + (_CHROME if window is view else 0) < LOW
        view.toolbar.set_narrow(narrow)
        view.overview.set_narrow(narrow)
        view.canvas.set_names_width(narrowest() if narrow else WIDE)
        shape = view.board.shape
        wanted = replace(shape, column=130.0 if narrow else 136.0, low=low)
        if wanted != shape:
            view.board.set_shape(replace(wanted, folded=self._folds(low)))
            view.show_everything()

    def _folds(self, low: bool) -> frozenset[str]:
        board = self._view.board
        by_itself = {
            spec.key
            for spec in board.specs
            if low and (spec.content == "thoughts" or spec.kind in _FOLD_FIRST)
        }
        by_hand = {pref.key: pref.fold for pref in board.prefs if pref.fold}
        folded = {key for key, fold in by_hand.items() if fold == "folded"}
        return frozenset((by_itself - by_hand.keys()) | folded)
