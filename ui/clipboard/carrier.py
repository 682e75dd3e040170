"""What goes on the clipboard and what comes off it, as MIME data."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QGuiApplication, QImage, QTextDocumentFragment

from journey.edit import Fragment
from journey.model.ids import Kind, Ref
from journey.model.map import Note
from journey.model.workspace import Entity
from ui.clipboard.fragments import parse_fragment, write_fragment
from ui.clipboard.rows import parse_at_most, write_rows
from ui.numbers import number

MIME: Final = "application/x-waymark-fragment+json"
MOST_CELLS: Final = 5_000  # a larger paste belongs into an import
_BESIDE: Final = frozenset({Kind.STAGE, Kind.TOUCHPOINT})


def carry(fragment: Fragment) -> QMimeData:
    """Return a fragment for Waymark, and as rows of text for every other program.

    Each touchpoint is a column, each card of it a row, as they stand on the map.
    """
    from storage.exports.csv import safe_cell

    data = QMimeData()
    data.setData(MIME, write_fragment(fragment))
    by_ref = {Ref(e.kind, e.id): e for e in fragment.entities}
    columns: dict[int, list[str]] = {}
    alike = len({ref.kind for ref in fragment.roots}) == 1
    for place, ref in enumerate(fragment.roots):
        # Stages and touchpoints stand beside each other whatever columns lie between.
        beside = alike and ref.kind in _BESIDE
        column = place if beside else fragment.columns.get(ref.id, 0)
        columns.setdefault(column, []).append(_words(by_ref[ref]))
    depth = max((len(cells) for cells in columns.values()), default=0)
    across = [columns.get(column, []) for column in range(max(columns, default=-1) + 1)]
    rows = [[cells[row] if row < len(cells) else "" for cells in across] for row in range(depth)]
    # What is pasted into a spreadsheet may not run there.
    data.setText(write_rows([[safe_cell(cell) for cell in row] for row in rows]))
    return data


def _words(entity: Entity) -> str:
    if isinstance(entity, Note):
        return entity.title or entity.text
    return str(getattr(entity, "name", "") or getattr(entity, "title", ""))


def on_clipboard() -> QMimeData:
    """Return what is on the clipboard; nothing where it is empty or another program holds it."""
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return data if data is not None else QMimeData()


def read_fragment(data: QMimeData) -> Fragment | None:
    """Return the part of a workspace on the clipboard, if there is one."""
    return parse_fragment(bytes(data.data(MIME).data())) if data.hasFormat(MIME) else None


def read_rows(data: QMimeData) -> list[list[str]]:
    """Return the cells of a text on the clipboard; of HTML only the letters.

    None of more than 5,000: a paste that is cut loses words, see `cells_beyond`.
    """
    rows = parse_at_most(plain_text(data), MOST_CELLS)
    return [] if rows is None else rows


def cells_beyond(data: QMimeData) -> int:
    """Return how many cells there are, by tabs and line breaks, if they are too many; else 0."""
    text = plain_text(data)
    if text.count("\t") + text.count("\n") + text.count("\r") < MOST_CELLS:
        return 0
    if parse_at_most(text, MOST_CELLS) is not None:
        return 0
    text = text.replace("\r\n", "\n").rstrip("\n")
    return text.count("\t") + text.count("\n") + 1


def too_many_words(cells: int) -> str:
    """Return why so many cells are not pasted, and what to do instead."""
    words = QCoreApplication.translate(
        "Clipboard",
        "%1 cells are on the clipboard, and a paste takes %2. Nothing was pasted: "
        "paste them in parts, or import the file.",
    )
    return words.replace("%1", number(cells, 0)).replace("%2", number(MOST_CELLS, 0))


def plain_text(data: QMimeData) -> str:
    """Return the clipboard's text; of HTML without a text beside it, what can be read in it."""
    if data.hasText() and not data.hasHtml():
        return data.text()
    if data.hasFormat("text/plain") and data.text():
        return data.text()
    if not data.hasHtml():
        return ""
    # A picture in a page comes as a sign of its own, which is no letter.
    return QTextDocumentFragment.fromHtml(data.html()).toPlainText().replace("\ufffc", "")


def picture_in(data: QMimeData) -> QImage | str | None:
    """Return a picture on the clipboard, or the path of a file copied there, if it is one."""
    if data.hasImage():
        image = data.imageData()
        return image if isinstance(image, QImage) else None
    urls = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return urls[0] if len(urls) == 1 else None
