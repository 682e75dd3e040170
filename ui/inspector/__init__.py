"""The panel that shows and edits whatever is selected."""

from ui.inspector.inspector import Inspector

__all__ = ["Inspector"]
