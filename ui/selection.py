"""What is selected: one selection for every view."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from journey.edit import Changes
from journey.model.ids import Ref


class Selection(QObject):
    """The selected objects, the current one last.

    Attributes:
        changed: what is selected is another now; origin is whoever set it, or None.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._refs: tuple[Ref, ...] = ()

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The selected objects in the order they were chosen."""
        return self._refs

    @property
    def current(self) -> Ref | None:
        """The object chosen last."""
        return self._refs[-1] if self._refs else None

    def set(self, refs: Sequence[Ref] | Ref | None, origin: QObject | None = None) -> None:
        """Select these and nothing else."""
        if refs is None:
            chosen: tuple[Ref, ...] = ()
        elif isinstance(refs, Ref):
            chosen = (refs,)
        else:
            chosen = tuple(dict.fromkeys(refs))
        if chosen != self._refs:
            self._refs = chosen
            self.changed.emit(origin)

    def toggle(self, ref: Ref, origin: QObject | None = None) -> None:
        """Add an object to the selection, or take it out."""
        kept = [r for r in self._refs if r != ref]
        self.set(kept if ref in self._refs else [*kept, ref], origin)

    def forget(self, changes: Changes) -> None:
        """Drop from the selection what an edit removed."""
        gone = changes.removed
        if gone:
            self.set([r for r in self._refs if r not in gone])
