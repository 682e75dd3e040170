"""What a cell says when the pointer rests on it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from ui.shell.widgets.evidence import level_words
from ui.table.columns import Editor
from ui.table.paint import has_room

if TYPE_CHECKING:
    from ui.table.grid import Grid

_LONGEST = 2_000


def tooltip_of(grid: "Grid", place: QPoint) -> str:
    """Return the tooltip of the cell at a place; "" where its text is whole and plain."""
    index = grid.indexAt(place)
    if not index.isValid():
        return ""
    table = grid.table
    column = table.columns[index.column()]
    pasted = table.pasted_into(index.row())
    if pasted is not None:
        cell = pasted.cells.get(column.key)
        return _as_text((cell.reason if cell is not None else "") or pasted.reason)
    shown = table.cell(index.row(), column)
    if shown.mark == "level":
        return level_words(shown.text)
    if column.editor is Editor.CLASS:
        return ""
    whole = has_room(table, index.row(), column, grid.visualRect(index).width())
    return "" if whole and "\n" not in shown.text else _as_text(shown.text)


def _as_text(text: str) -> str:
    """Return a text Qt shows letter by letter: what looks like HTML it would take for it."""
    text = text[:_LONGEST]
    if "<" not in text:
        return text
    for letter, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\n", "<br>")):
        text = text.replace(letter, name)
    return f"<p>{text}</p>"
