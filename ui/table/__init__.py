"""The Table screen: every kind of object as a spreadsheet."""

from ui.table.screen import TableScreen

__all__ = ["TableScreen"]
