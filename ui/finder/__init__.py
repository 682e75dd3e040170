"""The line that finds: every action (Ctrl+K), everything written (Ctrl+F)."""

from ui.finder.finder import Finder
from ui.finder.rows import FoundRow

__all__ = ["Finder", "FoundRow"]
